"""While the own pace is looked for: the orb breathes, one step at a time."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from biofeedback.ports import Clock
from biofeedback.practice.breath import phase_at
from biofeedback.types import (
    Action,
    BreathSegment,
    GuideChanged,
    LinkChanged,
    LinkReason,
    Paused,
    PracticeEnded,
    RecordingProblem,
    Resumed,
    StepStarted,
    Strap,
    StrapKind,
    StrapRecognised,
    Update,
)
from gui import pace_words, strap_words, theme, wording
from gui.screens.screen import Screen
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.orb import Orb
from gui.widgets.text import Text

_EDGE_PX = 26
_LONGEST_FRAME_S = 0.25


class AssessingScreen(Screen):
    """Shows the step that runs. No figure of the heart is shown, so that nobody breathes for it."""

    act = Signal(object, str)
    """An `Action` and its value."""
    stop_wanted = Signal()
    ground_wanted = Signal()
    framing = Signal()
    """A frame is about to be drawn: the moment for news."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Finding my pace"), parent)
        self._clock: Clock | None = None
        self._source = ""
        self._segment: BreathSegment | None = None
        self._step: StepStarted | None = None
        self._paused = False
        self._strap: Strap | None = None
        self._about: LinkReason | StrapKind | None = None
        self._unkept = ""
        self._told_s: int | None = None
        self._frame_s = 0.0
        self.orb = Orb(self, cache_bytes=24 * 1024 * 1024)
        self.orb.set_hand(False)
        self.words = Text("", theme.LEAD_PX, parent=self)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.time = Text("", theme.BODY_PX, tone="ink_soft", parent=self)
        self.time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.state = Text("", theme.SMALL_PX, tone="ink_soft", parent=self)
        self.state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.skip = Pill(self.tr("Skip this step"), Kind.QUIET, key="S")
        self.pause = Pill(self.tr("Pause"), key=self.tr("Space"))
        self.ground = Pill(self.tr("Grounding"), key="G")
        self.stop = Pill(self.tr("Stop"), key=self.tr("Esc"))
        self.skip.clicked.connect(lambda: self.act.emit(Action.SKIP, ""))
        self.pause.clicked.connect(self.toggle_pause)
        self.ground.clicked.connect(self.ground_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self._controls = Flow(2, centred=True, parent=self)
        for button in (self.pause, self.skip, self.ground, self.stop):
            self._controls.add(button)
        self._ticker = QTimer(self)
        self._ticker.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticker.setInterval(theme.FRAME_MS)
        self._ticker.timeout.connect(self._frame)
        theme.look().changed.connect(self._arrange)

    # ---------------------------------------------------------------------------- control
    def expect(self, source: str) -> None:
        """Get ready for an assessment that is about to begin."""
        self._clock = self._segment = self._step = self._strap = self._about = None
        self._source, self._unkept, self._paused, self._told_s = source, "", False, None
        self._tell()

    def begin(self, clock: Clock) -> None:
        """Take the clock on which it runs now."""
        self._clock = clock

    def take(self, update: Update) -> None:
        """Show what an update says."""
        match update:
            case GuideChanged(_, segment):
                self._segment = segment
                return
            case StepStarted():
                self._step = update
            case LinkChanged(_, strap, reason):
                self._strap, self._about = strap, reason
            case StrapRecognised(_, kind):
                lacks = kind.untrue or kind is StrapKind.NONE
                self._about = kind if lacks else None
            case Paused():
                self._paused = True
            case Resumed():
                self._paused = False
            case RecordingProblem(_, why):
                self._unkept = why
            case PracticeEnded():
                self._segment = None
            case _:
                return
        self._tell()

    def tell(self, sentence: str) -> None:
        """Say something about the recording, small; empty takes it back."""
        self._unkept = sentence
        self._tell()

    def toggle_pause(self) -> None:
        """Pause, or go on."""
        self.act.emit(Action.RESUME if self._paused else Action.PAUSE, "")

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._paused

    @property
    def step(self) -> StepStarted | None:
        """The step or rest that runs; None before the first."""
        return self._step

    def key(self, key: int) -> bool:
        """Do what a key stands for here; return whether it stands for anything."""
        match key:
            case Qt.Key.Key_Space:
                self.toggle_pause()
            case Qt.Key.Key_S | Qt.Key.Key_Right:
                self.act.emit(Action.SKIP, "")
            case _:
                return False
        return True

    # ------------------------------------------------------------------------------ words
    def _tell(self) -> None:
        from devices.words import describe

        told = strap_words.told(describe(self._about)) if self._about is not None else None
        if self._step is None:
            self.words.setText(told[0] if told else pace_words.arriving(self._source))
            state = told[1] if told else ""
        else:
            self.words.setText(
                self.tr("Paused. The step begins anew when you go on.")
                if self._paused
                else pace_words.step(self._step)
            )
            state = " ".join(told).strip() if told else ""
            if told is None and self._strap is not None:
                state = wording.strap_words(self._strap, self._source)
        self.state.setText(self._unkept or state)
        self.pause.setText(self.tr("Go on") if self._paused else self.tr("Pause"))
        self.pause.updateGeometry()
        rests = self._step is not None and self._step.rate_per_min is None
        self.skip.setText(self.tr("Begin now") if rests else self.tr("Skip this step"))
        self.skip.updateGeometry()
        for button in (self.pause, self.skip):
            button.setVisible(self._step is not None)
        self._tell_time()
        self._arrange()

    def _tell_time(self) -> None:
        left_s = None
        if self._step is not None and self._clock is not None and not self._paused:
            left_s = max(0, round(self._step.ends_s - self._clock.now_s()))
        if left_s != self._told_s or left_s is None:
            self._told_s = left_s
            words = "" if left_s is None else self.tr("{left} left")
            self.time.setText(words.format(left=wording.minutes(left_s or 0)))

    # ------------------------------------------------------------------------------- Qt's
    def _frame(self) -> None:
        self.framing.emit()
        now = perf_counter()
        dt_s = min(now - self._frame_s, _LONGEST_FRAME_S)
        self._frame_s = now
        fullness = None
        if self._segment is not None and self._clock is not None and not self._paused:
            fullness = phase_at(self._segment, self._clock.now_s()).fullness
        self.orb.breathe(fullness, dt_s)
        self._tell_time()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to draw frames."""
        super().showEvent(event)
        self._frame_s = perf_counter()
        self._ticker.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stop drawing frames."""
        super().hideEvent(event)
        self._ticker.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Place everything anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        look = theme.current()
        width, height = self.width(), self.height()
        if width < 8 or height < 8:
            return
        inner = width - 2 * _EDGE_PX
        rows = self._controls.heightForWidth(inner)
        floor = height - rows - look.px(10)
        self._controls.setGeometry(_EDGE_PX, floor, inner, rows)
        self._controls.place()
        words_w = min(inner, look.px(760))
        x = (width - words_w) // 2
        for text in (self.state, self.time, self.words):
            text_h = max(text.heightForWidth(words_w), 1) if text.text() else 0
            floor -= text_h + (6 if text_h else 0)
            text.setGeometry(x, floor, words_w, text_h)
        top = 20
        full_px = max(40.0, min((floor - top) / 2, width * 0.30))
        self.orb.place(QPoint(width // 2, round(top + (floor - top) / 2)), full_px)
        self.orb.lower()
