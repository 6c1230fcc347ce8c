"""All choices of a practice on one page; they are remembered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from biofeedback.types import Choices
from gui import spoken, theme, wording
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import ChoiceGroup
from gui.widgets.flow import Flow
from gui.widgets.sound_choices import SoundSection
from gui.widgets.text import Text

QUIET_S = (0.0, 60.0, 120.0)


class SetupScreen(Screen):
    """The choices. What is chosen is told at once."""

    changed = Signal(object, bool)
    """The `Choices`, and whether numbers are shown."""
    sensors_chosen = Signal(bool)
    """Whether ECG and accelerometer are asked for."""
    begin_wanted = Signal()
    demo_wanted = Signal()
    back_wanted = Signal()
    pace_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("My choices"), parent)
        self._choices = Choices()
        self._notes: dict[str, str] = {}
        self.plan = ChoiceGroup(self.tr("Which practice"), ())
        self.quiet = ChoiceGroup(
            self.tr("Quiet time before and after"),
            [(f"{seconds:g}", _quiet_label(seconds)) for seconds in QUIET_S],
            note=self.tr("The same quiet on both sides makes a fair comparison."),
        )
        self.guide = ChoiceGroup(self.tr("Breath guide"), ())
        self.guide_note = Text("", theme.SMALL_PX, tone="ink_soft")
        self.pace = Pill(self.tr("Find my pace"), Kind.QUIET)
        self.pace.clicked.connect(self.pace_wanted)
        self.touch = ChoiceGroup(self.tr("Touch"), ())
        self.anchor = ChoiceGroup(self.tr("Where your mind can rest"), ())
        self.sight = ChoiceGroup(
            self.tr("Lines about looking around"),
            [("yes", self.tr("They fit")), ("no", self.tr("Leave them out"))],
        )
        self.numbers = ChoiceGroup(
            self.tr("Numbers during the practice"),
            [("no", self.tr("Hidden")), ("yes", self.tr("Shown small"))],
        )
        self.sensors = ChoiceGroup(
            self.tr("ECG and breath from the chest"),
            [("no", self.tr("Off")), ("yes", self.tr("On"))],
            note=self.tr(
                "A Polar H10 can send them, and the simulated heart can. From the next practice on."
            ),
        )
        self.sensors.chosen.connect(lambda value: self.sensors_chosen.emit(value == "yes"))
        for group in (
            self.plan,
            self.quiet,
            self.guide,
            self.touch,
            self.anchor,
            self.sight,
            self.numbers,
        ):
            group.chosen.connect(self._changed)
        self.sound = SoundSection(sample=True)
        self.begin = Pill(self.tr("Begin with my strap"), Kind.OUTLINE)
        self.demo = Pill(self.tr("Begin without a strap"), Kind.OUTLINE)
        self.back = Pill(self.tr("Back"), Kind.QUIET, key=self.tr("Esc"))
        self.begin.clicked.connect(self.begin_wanted)
        self.demo.clicked.connect(self.demo_wanted)
        self.back.clicked.connect(self.back_wanted)
        self._lay_out()
        self._take_words()
        spoken.spoken().changed.connect(self._take_words)
        theme.look().changed.connect(self._arrange)

    def _lay_out(self) -> None:
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setHorizontalSpacing(56)
        self._grid.setVerticalSpacing(20)
        self._groups: tuple[tuple[QWidget, ...], tuple[QWidget, ...]] = (
            (self.plan, self.quiet, self._with_note(), self.numbers, self.sound),
            (self.touch, self.anchor, self.sight, self.sensors),
        )
        self._sides = []
        for groups in self._groups:
            side = QWidget()
            box = QVBoxLayout(side)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(18)
            for group in groups:
                box.addWidget(group)
            box.addStretch(1)
            self._sides.append(side)
        self._inner = inner
        foot = Flow(6)
        for button in (self.begin, self.demo, self.back):
            foot.add(button)
        self._title = Text(self.tr("My choices"), theme.TITLE_PX)
        self._lead = Text(
            self.tr("All of it can be changed during a practice, and is remembered."),
            theme.BODY_PX,
            tone="ink_soft",
        )
        indented = [self._title, self._lead]
        for each in self._sides:
            indented += each.findChildren(Text)
        for text in indented:
            text.setIndent(RING_PX)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(4)
        self._outer.addWidget(self._title)
        self._outer.addWidget(self._lead)
        self._outer.addSpacing(12)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addWidget(foot)

    def _with_note(self) -> QWidget:
        both = QWidget()
        box = QVBoxLayout(both)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.guide)
        box.addWidget(self.guide_note)
        box.addWidget(self.pace)
        return both

    # ---------------------------------------------------------------------------- choices
    def _take_words(self) -> None:
        """Offer what the words in use offer."""
        content = spoken.current()
        self._notes = {
            guide.guide_id: wording.guide_note(guide.pattern) for guide in content.guides.values()
        }
        self.plan.set_options((plan.plan_id, plan.title) for plan in content.plans.values())
        self.guide.set_options((each.guide_id, each.label) for each in content.guides.values())
        self.touch.set_options((each.choice_id, each.label) for each in content.touches.values())
        self.anchor.set_options((each.choice_id, each.label) for each in content.anchors.values())

    def set_choices(self, choices: Choices, *, numbers: bool, sensors: bool = False) -> None:
        """Show what is chosen."""
        self.sensors.set_value("yes" if sensors else "no")
        self._choices = choices
        self.plan.set_value(choices.plan_id)
        self.quiet.set_value(f"{choices.quiet_s:g}")
        self.guide.set_value(choices.guide_id)
        self.touch.set_value(choices.touch_id)
        self.anchor.set_value(choices.anchor_id)
        self.sight.set_value("yes" if choices.sight else "no")
        self.numbers.set_value("yes" if numbers else "no")
        self.guide_note.setText(self._note(choices.guide_id))

    def _note(self, guide_id: str) -> str:
        known = self._notes.get(guide_id)
        return (
            wording.guide_note(spoken.current().guide(guide_id).pattern) if known is None else known
        )

    def first_focus(self) -> QWidget:
        """Return the first button after the choices."""
        return self.begin

    def _changed(self) -> None:
        quiet = self.quiet.value
        choices = replace(
            self._choices,
            plan_id=self.plan.value or self._choices.plan_id,
            quiet_s=float(quiet) if quiet else self._choices.quiet_s,
            guide_id=self.guide.value,
            touch_id=self.touch.value,
            anchor_id=self.anchor.value,
            sight=self.sight.value != "no",
        )
        self._choices = choices
        self.guide_note.setText(self._note(choices.guide_id))
        self.changed.emit(choices, self.numbers.value == "yes")

    # ------------------------------------------------------------------------------- Qt's
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set the groups in two columns, or in one where it is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(1120)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 26, side - RING_PX, 18)
        two = self.width() >= theme.current().px(900)
        for number, each in enumerate(self._sides):
            self._grid.removeWidget(each)
            self._grid.addWidget(
                each, 0 if two else number, number if two else 0, Qt.AlignmentFlag.AlignTop
            )
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(1, 6 if two else 0)
        self._grid.setHorizontalSpacing(56 if self.width() >= NARROW_PX else 24)
        self._grid.setContentsMargins(0, 0, 10, 10)


def _quiet_label(seconds: float) -> str:
    if seconds == 0:
        return wording.tr("None")
    if seconds == 60:
        return wording.tr("1 minute each")
    return wording.tr("{n} minutes each").format(n=wording.number(seconds / 60))
