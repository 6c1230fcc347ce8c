"""What can be changed in the middle of a practice, as a sheet at the side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from biofeedback.types import Action, Choices
from gui import spoken, wording
from gui.screens.sheet import Sheet
from gui.widgets.buttons import Chip
from gui.widgets.choosing import ChoiceGroup
from gui.widgets.sound_choices import SoundSection


class ChangePanel(Sheet):
    """Touch, anchor, breath guide and looking around; each choice counts at once."""

    chosen = Signal(object, str)
    """An `Action` and the choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            wording.tr("Change your choices"),
            wording.tr("Change anything, any time"),
            "C",
            parent,
        )
        self.groups = {
            Action.GUIDE: ChoiceGroup(self.tr("Breath guide"), ()),
            Action.TOUCH: ChoiceGroup(self.tr("Touch"), ()),
            Action.ANCHOR: ChoiceGroup(self.tr("Where your mind can rest"), ()),
            Action.SIGHT: ChoiceGroup(
                self.tr("Lines about looking around"),
                [("yes", self.tr("They fit")), ("no", self.tr("Leave them out"))],
            ),
        }
        self._take_words()
        spoken.spoken().changed.connect(self._take_words)
        for action, group in self.groups.items():
            group.chosen.connect(lambda value, action=action: self.chosen.emit(action, value))
        self.sound = SoundSection()
        self.lay(*self.groups.values(), self.sound)

    def _take_words(self) -> None:
        """Offer what the words in use offer."""
        content, groups = spoken.current(), self.groups
        guides, touches, anchors = content.guides, content.touches, content.anchors
        groups[Action.GUIDE].set_options((each.guide_id, each.label) for each in guides.values())
        groups[Action.TOUCH].set_options((each.choice_id, each.label) for each in touches.values())
        groups[Action.ANCHOR].set_options((each.choice_id, each.label) for each in anchors.values())

    def set_choices(self, choices: Choices) -> None:
        """Show what is chosen now."""
        self.groups[Action.GUIDE].set_value(choices.guide_id)
        self.groups[Action.TOUCH].set_value(choices.touch_id)
        self.groups[Action.ANCHOR].set_value(choices.anchor_id)
        self.groups[Action.SIGHT].set_value("yes" if choices.sight else "no")

    def first_focus(self) -> QWidget:
        """Return the chip that is chosen in the first group."""
        for chip in self.groups[Action.GUIDE].findChildren(Chip):
            if chip.isChecked():
                return chip
        return self
