"""Which language the words are in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from biofeedback.practice.languages import languages
from gui import wording
from gui.widgets.choosing import ChoiceGroup

_NAMES = {"en": "English", "de": "Deutsch"}
_SYSTEM = "system"


class LanguageChoice(ChoiceGroup):
    """The languages that there are, and the system's."""

    language_chosen = Signal(str)
    """A language, or empty for the system's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        draft = wording.tr("{name} (draft)")
        named = [(code, draft.format(name=_NAMES.get(code, code))) for code in languages()]
        super().__init__(
            wording.tr("Language of the words"),
            [(_SYSTEM, wording.tr("As the system")), *named],
            parent=parent,
        )
        self.chosen.connect(lambda value: self.language_chosen.emit(_plain(value)))

    def set_language(self, language: str) -> None:
        """Choose one without telling; empty is the system's."""
        self.set_value(language or _SYSTEM)


def _plain(value: str) -> str:
    return "" if value == _SYSTEM else value
