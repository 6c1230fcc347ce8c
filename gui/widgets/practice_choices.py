"""Everything that can be chosen of a practice, in groups; before it, and in the middle."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.practice.kinds import (
    Kind,
    chosen_length,
    kind_of,
    kinds,
    lengths,
    nearest_length,
)
from biofeedback.sound.choices import SoundChoices
from biofeedback.types import EYES, Action, Choices
from gui import spoken, theme, wording
from gui.widgets.choosing import ChoiceGroup
from gui.widgets.text import Text

QUIET_S = (0.0, 60.0, 120.0, 180.0)


class PracticeChoices(QObject):
    """The groups, which a page lays out as it likes.

    Attributes
    ----------
    kind, plan
        Which practice, and how long.
    groups
        The others, by the action that changes them.
    words
        Whether lines are read alone, or heard as well.
    guide, eyes
        Two of the groups, each with the note that belongs to what is chosen.
    """

    chosen = Signal(object, str)
    """An `Action` and its value (`biofeedback.practice.changing`)."""
    voice_wanted = Signal(bool)
    """Whether lines are spoken, too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self._tones = True
        self.kind = ChoiceGroup(self.tr("Practice"), ())
        self.plan = ChoiceGroup(self.tr("How long"), ())
        self.groups = {
            Action.QUIET: ChoiceGroup(
                self.tr("Quiet time before and after"),
                [(f"{seconds:g}", wording.quiet_words(seconds)) for seconds in QUIET_S],
                note=self.tr(
                    "The same quiet on both sides makes a fair comparison. "
                    "Two minutes tell more than one."
                ),
            ),
            Action.GUIDE: ChoiceGroup(self.tr("Breath guide"), ()),
            Action.TOUCH: ChoiceGroup(self.tr("Touch"), ()),
            Action.ANCHOR: ChoiceGroup(self.tr("Where your mind can rest"), ()),
            Action.EYES: ChoiceGroup(
                self.tr("Eyes"), [(eyes, wording.eyes_words(eyes)) for eyes in EYES]
            ),
            Action.SIGHT: ChoiceGroup(
                self.tr("Lines about looking around"),
                [("yes", self.tr("They fit")), ("no", self.tr("Leave them out"))],
            ),
        }
        self.words = ChoiceGroup(
            self.tr("Words"),
            [("read", self.tr("To read")), ("heard", self.tr("To read and to hear"))],
        )
        self.words.chosen.connect(lambda value: self.voice_wanted.emit(value == "heard"))
        self._guide_note = Text("", theme.SMALL_PX, tone="ink_soft")
        self._eyes_note = Text("", theme.SMALL_PX, tone="ink_soft")
        self.guide = _with_note(self.groups[Action.GUIDE], self._guide_note)
        self.eyes = _with_note(self.groups[Action.EYES], self._eyes_note)
        self.kind.chosen.connect(self._kind_chosen)
        self.plan.chosen.connect(lambda value: self.chosen.emit(Action.PLAN, value))
        for action, group in self.groups.items():
            group.chosen.connect(lambda value, action=action: self.chosen.emit(action, value))
        self._take_words()
        spoken.spoken().changed.connect(self._take_words)

    def set_choices(self, choices: Choices) -> None:
        """Show what is chosen."""
        self._choices = choices
        content = spoken.current()
        if choices.plan_id in content.plans:
            kind = kind_of(content.plans[choices.plan_id], content)
            self.kind.set_value(kind.value)
            self._offer_lengths(kind)
            self.plan.set_value(chosen_length(choices, content).value)
        groups = self.groups
        groups[Action.QUIET].set_value(f"{choices.quiet_s:g}")
        groups[Action.GUIDE].set_value(choices.guide_id)
        groups[Action.TOUCH].set_value(choices.touch_id)
        groups[Action.ANCHOR].set_value(choices.anchor_id)
        groups[Action.EYES].set_value(choices.eyes)
        groups[Action.SIGHT].set_value("yes" if choices.sight else "no")
        # with eyes shut the question does not arise
        groups[Action.SIGHT].setVisible(choices.eyes != "shut")
        self._guide_note.setText(wording.guide_note(content.guide(choices.guide_id).pattern))
        self._tell_eyes()

    def set_sound(self, sound: SoundChoices) -> None:
        """Take what can be heard: with eyes shut it leads."""
        self.words.set_value("heard" if sound.wants_voice else "read")
        self._tones = not sound.muted and max(sound.tones, sound.waves) > 0
        self._tell_eyes()

    def _tell_eyes(self) -> None:
        note = wording.eyes_note(self._choices.eyes, tones=self._tones)
        self._eyes_note.setText(note)
        self._eyes_note.setVisible(bool(note))

    def _take_words(self) -> None:
        """Offer what the words in use offer."""
        content, groups = spoken.current(), self.groups
        self.kind.set_options((kind.value, wording.kind_words(kind)) for kind in kinds(content))
        groups[Action.GUIDE].set_options(
            (each.guide_id, each.label) for each in content.guides.values()
        )
        groups[Action.TOUCH].set_options(
            (each.choice_id, each.label) for each in content.touches.values()
        )
        groups[Action.ANCHOR].set_options(
            (each.choice_id, each.label) for each in content.anchors.values()
        )
        if self._choices.guide_id in content.guides or self._choices.guide_id[:1].isdecimal():
            self.set_choices(self._choices)

    def _offer_lengths(self, kind: Kind) -> None:
        content = spoken.current()
        self.plan.set_options(
            (
                length.value,
                content.plans[length.plan_id].title
                if kind is Kind.OWN
                else wording.length_words(length.seconds, about=length.writes),
            )
            for length in lengths(kind, content)
        )

    def _kind_chosen(self, value: str) -> None:
        """Take the length of the other practice that comes nearest to the present one."""
        content = spoken.current()
        now = chosen_length(self._choices, content)
        self.chosen.emit(Action.PLAN, nearest_length(Kind(value), now.seconds, content).value)


def _with_note(group: ChoiceGroup, note: Text) -> QWidget:
    both = QWidget()
    box = QVBoxLayout(both)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    box.addWidget(group)
    box.addWidget(note)
    return both
