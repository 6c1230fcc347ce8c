"""What can be changed in the middle of a practice, as a sheet at the side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from biofeedback.types import Action, Choices
from gui import wording
from gui.screens.sheet import Sheet
from gui.widgets.buttons import Chip, Kind, Pill
from gui.widgets.choosing import ChoiceGroup, chain_tabs
from gui.widgets.practice_choices import PracticeChoices
from gui.widgets.sound_choices import SoundSection


class ChangePanel(Sheet):
    """All that was chosen before; each choice counts at once, and is remembered."""

    chosen = Signal(object, str)
    """An `Action` and the choice."""
    numbers_chosen = Signal(bool)
    ratings_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            wording.tr("Change your choices"),
            wording.tr("Change anything, any time"),
            "C",
            parent,
        )
        self.choices = PracticeChoices(self)
        self.choices.chosen.connect(self.chosen)
        self.groups = self.choices.groups
        self.numbers = ChoiceGroup(
            self.tr("Numbers during the practice"),
            [("no", self.tr("Hidden")), ("yes", self.tr("Shown small"))],
        )
        self.ratings = ChoiceGroup(
            self.tr("How it feels, before and after"),
            [("no", self.tr("Don't ask me")), ("yes", self.tr("Ask me"))],
        )
        self.numbers.chosen.connect(lambda value: self.numbers_chosen.emit(value == "yes"))
        self.ratings.chosen.connect(lambda value: self.ratings_chosen.emit(value == "yes"))
        self.sound = SoundSection()
        self.sound.changed.connect(self.choices.set_sound)
        self.choices.voice_wanted.connect(self.sound.speak)
        self.small = Pill(self.tr("The shape alone, above other windows"), Kind.OUTLINE, key="O")
        groups = self.groups
        self._order = (
            self.choices.guide,
            groups[Action.TOUCH],
            groups[Action.ANCHOR],
            self.choices.eyes,
            groups[Action.SIGHT],
            self.choices.words,
            self.choices.plan,
            self.choices.kind,
            groups[Action.QUIET],
            self.numbers,
            self.ratings,
            self.sound,
            self.small,
        )
        self.lay(*self._order)

    def set_choices(self, choices: Choices) -> None:
        """Show what is chosen now."""
        self.choices.set_choices(choices)
        self.choices.set_sound(self.sound.choices)
        self.sound.set_eyes(choices.eyes)
        self._chain()

    def _chain(self) -> None:
        if self.isVisible():
            chain_tabs([*self._order, self.close_button])

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let Tab go down the sheet."""
        super().showEvent(event)
        self.choices.set_sound(self.sound.choices)
        self._chain()

    def set_shown(self, *, numbers: bool, ratings: bool) -> None:
        """Show whether numbers are shown, and ratings asked for."""
        self.numbers.set_value("yes" if numbers else "no")
        self.ratings.set_value("yes" if ratings else "no")

    def first_focus(self) -> QWidget:
        """Return the chip that is chosen in the first group."""
        for chip in self.groups[Action.GUIDE].findChildren(Chip):
            if chip.isChecked():
                return chip
        return self
