"""All choices of a practice on one page; they are remembered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from biofeedback.practice.changing import changed
from biofeedback.types import Action, Choices
from gui import spoken, theme
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import ChoiceGroup, chain_tabs
from gui.widgets.flow import Flow
from gui.widgets.practice_choices import PracticeChoices
from gui.widgets.sound_choices import SoundSection
from gui.widgets.text import Text

UNSAID = "unsaid"
"""The answer of who does not say how they sit or lie."""


class SetupScreen(Screen):
    """The choices. What is chosen is told at once."""

    changed = Signal(object, bool)
    """The `Choices`, and whether numbers are shown."""
    sensors_chosen = Signal(bool)
    """Whether ECG and accelerometer are asked for."""
    ratings_chosen = Signal(bool)
    """Whether the person is asked how it feels."""
    begin_wanted = Signal()
    demo_wanted = Signal()
    back_wanted = Signal()
    pace_wanted = Signal()
    own_wanted = Signal()
    """A breath guide of the person's own is to be made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("My choices"), parent)
        self._choices = Choices()
        self.choices = PracticeChoices(self)
        self.choices.chosen.connect(self._chosen)
        self.kind, self.plan = self.choices.kind, self.choices.plan
        groups = self.choices.groups
        self.quiet, self.guide = groups[Action.QUIET], groups[Action.GUIDE]
        self.touch, self.anchor = groups[Action.TOUCH], groups[Action.ANCHOR]
        self.eyes, self.sight = groups[Action.EYES], groups[Action.SIGHT]
        self.pace = Pill(self.tr("Find my pace"), Kind.QUIET)
        self.pace.clicked.connect(self.pace_wanted)
        self.own = Pill(self.tr("A breath of my own"), Kind.QUIET)
        self.own.clicked.connect(self.own_wanted)
        self.adaptive = ChoiceGroup(
            self.tr("May the guide drift?"),
            [("no", self.tr("It stays as it is")), ("yes", self.tr("A little at a time"))],
            note=self.tr(
                "At most a tenth of a breath a minute every two minutes, to where your heart "
                "follows more. From the next practice on."
            ),
        )
        self.adaptive.chosen.connect(self._drift_chosen)
        self.posture = ChoiceGroup(
            self.tr("How you sit or lie"),
            (),
            note=self.tr(
                "Your heart beats differently when you sit, lie or stand. If you say which, days "
                "can be compared fairly. From the next practice on."
            ),
        )
        self.posture.chosen.connect(self._posture_chosen)
        self.ramp = ChoiceGroup(
            self.tr("How does the guide begin?"),
            [("yes", self.tr("Little by little")), ("no", self.tr("At its pace"))],
            note=self.tr(
                "Little by little, it begins lightly and comes to its pace within a few breaths. "
                "From the next practice on."
            ),
        )
        self.ramp.chosen.connect(self._ramp_chosen)
        self.ratings = ChoiceGroup(
            self.tr("How it feels, before and after"),
            [("no", self.tr("Don't ask me")), ("yes", self.tr("Ask me"))],
            note=self.tr("Tension, distress and kindness to yourself, each of them skippable."),
        )
        self.ratings.chosen.connect(lambda value: self.ratings_chosen.emit(value == "yes"))
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
        self.numbers.chosen.connect(lambda _: self._tell())
        self.sound = SoundSection(sample=True)
        self.sound.changed.connect(self.choices.set_sound)
        self.choices.voice_wanted.connect(self.sound.speak)
        self.begin = Pill(self.tr("Begin with my strap"), Kind.SOLID)
        self.demo = Pill(self.tr("Begin without a strap"), Kind.SOLID)
        self.back = Pill(self.tr("Back"), Kind.QUIET, key=self.tr("Esc"))
        self.begin.clicked.connect(self.begin_wanted)
        self.demo.clicked.connect(self.demo_wanted)
        self.back.clicked.connect(self.back_wanted)
        self._take_words()
        spoken.spoken().changed.connect(self._take_words)
        self._lay_out()
        theme.look().changed.connect(self._arrange)

    def _lay_out(self) -> None:
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setHorizontalSpacing(56)
        self._grid.setVerticalSpacing(20)
        self._groups: tuple[tuple[QWidget, ...], tuple[QWidget, ...]] = (
            (
                self.kind,
                self.plan,
                self.quiet,
                self._with_pace(),
                self.ramp,
                self.adaptive,
                self.ratings,
                self.numbers,
                self.sensors,
            ),
            (
                self.touch,
                self.anchor,
                self.posture,
                self.choices.eyes,
                self.sight,
                self.choices.words,
                self.sound,
            ),
        )
        self._sides = []
        for groups in self._groups:
            side = QWidget(inner)
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

    def _with_pace(self) -> QWidget:
        both = QWidget()
        box = QVBoxLayout(both)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.choices.guide)
        more = Flow(2)
        more.add(self.pace)
        more.add(self.own)
        box.addWidget(more)
        return both

    # ---------------------------------------------------------------------------- choices
    def set_choices(
        self, choices: Choices, *, numbers: bool, sensors: bool = False, ratings: bool = False
    ) -> None:
        """Show what is chosen."""
        self._choices = choices
        self.choices.set_choices(choices)
        self.choices.set_sound(self.sound.choices)
        self.sound.set_eyes(choices.eyes)
        self.ramp.set_value("yes" if choices.ramp else "no")
        self.adaptive.set_value("yes" if choices.adaptive else "no")
        self.posture.set_value(choices.posture or UNSAID)
        self.numbers.set_value("yes" if numbers else "no")
        self.sensors.set_value("yes" if sensors else "no")
        self.ratings.set_value("yes" if ratings else "no")
        self._chain()

    def _chain(self) -> None:
        if self.isVisible():
            left, right = self._groups
            chain_tabs([*left, *right, self.begin, self.demo, self.back])

    def first_focus(self) -> QWidget:
        """Return the first button after the choices."""
        return self.begin

    def _chosen(self, action: Action, value: str) -> None:
        self._choices = changed(self._choices, action, value, spoken.current())
        self.choices.set_choices(self._choices)
        self._chain()
        self._tell()

    def _ramp_chosen(self, value: str) -> None:
        self._choices = replace(self._choices, ramp=value == "yes")
        self._tell()

    def _drift_chosen(self, value: str) -> None:
        self._choices = replace(self._choices, adaptive=value == "yes")
        self._tell()

    def _posture_chosen(self, value: str) -> None:
        self._choices = replace(self._choices, posture="" if value == UNSAID else value)
        self._tell()

    def _take_words(self) -> None:
        postures = spoken.current().postures.values()
        self.posture.set_options(
            [*((each.choice_id, each.label) for each in postures), (UNSAID, self.tr("I don't say"))]
        )
        self.posture.set_value(self._choices.posture or UNSAID)

    def _tell(self) -> None:
        self.changed.emit(self._choices, self.numbers.value == "yes")

    # ------------------------------------------------------------------------------- Qt's
    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let Tab go down the page."""
        super().showEvent(event)
        self.choices.set_sound(self.sound.choices)
        self._chain()

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
