"""The words that are in use: a language's, with the person's own laid over them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject, Signal

from biofeedback.practice.content import Content, load_content
from biofeedback.practice.languages import best_language
from biofeedback.practice.personal import NOTHING, Personal


class Spoken(QObject):
    """Holds the words. `changed` says that screens should read them again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.content: Content = load_content()
        self._used = (self.content.language, NOTHING)

    def use(self, language: str, personal: Personal) -> None:
        """Speak ``language``, with the person's own words."""
        if (language, personal) == self._used:
            return
        self._used = (language, personal)
        content = load_content(language).with_personal(personal)
        if content != self.content:
            self.content = content
            self.changed.emit()


_spoken: Spoken | None = None


def spoken() -> Spoken:
    """Return the one that screens ask."""
    global _spoken
    if _spoken is None:
        _spoken = Spoken()
    return _spoken


def current() -> Content:
    """Return the words in use."""
    return spoken().content


def language_alone() -> Content:
    """Return the words in use as they came: what is owed to everyone is no one's to hide."""
    return load_content(current().language)


def use(language: str, personal: Personal = NOTHING) -> None:
    """Speak ``language`` from now on, with the person's own words."""
    spoken().use(language, personal)


def language_for(setting: str, system: Sequence[str] | None = None) -> str:
    """Return the language to speak.

    Parameters
    ----------
    setting
        What the person chose; empty follows the system.
    system
        What the system asks for; None asks it.
    """
    wanted = [setting] if setting else (system if system is not None else _of_the_system())
    return best_language(wanted)


def _of_the_system() -> list[str]:
    return QLocale.system().uiLanguages()
