"""The practice: the breath fills the screen, one line of words, the heart beneath."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QHideEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from biofeedback.ports import Clock
from biofeedback.practice.breath import phase_at
from biofeedback.practice.content import NO_HAND
from biofeedback.practice.feedback import Follows, follows
from biofeedback.sound.warmth import warmth
from biofeedback.types import (
    Action,
    BeatsJudged,
    BreathSegment,
    Choices,
    ChoicesChanged,
    EndMoved,
    GuideChanged,
    GuideDrifted,
    LineShown,
    LinkChanged,
    LinkReason,
    Metrics,
    Paused,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    PulseSeen,
    RecordingProblem,
    Resumed,
    Strap,
    StrapKind,
    StrapRecognised,
    Update,
)
from gui import pace_words, spoken, strap_words, theme, wording
from gui.announce import announce
from gui.drawn_heart import DrawnHeart
from gui.screens.change import ChangePanel
from gui.screens.screen import Screen
from gui.screens.sheet import Sheet
from gui.screens.signal import SIGNAL_KEY, SignalPanel
from gui.screens.steer import STEER_KEY, SteerPanel
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.heart_trace import HeartTrace
from gui.widgets.orb import Orb
from gui.widgets.text import Text
from gui.widgets.veil import Veil
from gui.widgets.words import Words

if TYPE_CHECKING:
    from devices.words import Notice

_EDGE_PX = 26
_SHEET_PX = 440
_LEAST_STAGE_PX = 480
_WIDE_STAGE_PX = 700
_ORB_TOP_PX = 30
_LEAST_ORB_PX = 48
"""The fullest orb's radius, in the smallest window with the largest text."""
"""A line of 90 characters takes three lines in the least stage, two in a wide one."""
_MOST_CONTROLS = 0.34
"""Share of the height that controls may take with their keys."""
_LONGEST_FRAME_S = 0.25


class PracticeScreen(Screen):
    """Shows a running practice; what the person does leaves it as signals.

    ``watching`` leaves out everything that acts: a recorded practice is looked at.
    """

    act = Signal(object, str)
    """An `Action` and its value, for the practice."""
    stop_wanted = Signal()
    ground_wanted = Signal()
    other_wanted = Signal()
    """Another strap than the one that is awaited."""
    framing = Signal()
    small_wanted = Signal()
    """The orb alone, above other windows."""
    """A frame is about to be drawn: the moment for news."""

    def __init__(self, parent: QWidget | None = None, *, watching: bool = False) -> None:
        super().__init__(self.tr("Practice"), parent)
        self._watching = watching
        self._clock: Clock | None = None
        self._source = ""
        self._segment: BreathSegment | None = None
        self._phase: PhaseName | None = None
        self._ends_s: float | None = None
        self._told_time: tuple[PhaseName | None, bool, int | None] | None = None
        self._paused = False
        self._metrics: Metrics | None = None
        self._sensor_hr_bpm: int | None = None
        self._strap: Strap | None = None
        self._reason: LinkReason | None = None
        self._kind = StrapKind.UNKNOWN
        self._contact: bool | None = None
        self._rough = False
        self._unkept = self._drift = ""
        self._spoken = False
        self.heart = DrawnHeart()
        self._numbers = False
        self._awake = 1.0
        self._idle_s = 0.0
        self._frame_s = 0.0
        self.orb = Orb(self)
        self.trace = HeartTrace(self)
        self.words = Words(self)
        self._hint = Text("", theme.LEAD_PX, tone="ink_soft", parent=self)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.begin_button = Pill(self.tr("Begin without it"), parent=self)
        self.begin_button.clicked.connect(lambda: self.act.emit(Action.BEGIN, ""))
        self.other_button = Pill(self.tr("Choose a strap"), Kind.QUIET, parent=self)
        self.other_button.clicked.connect(self.other_wanted)
        self.state = Text("", theme.BODY_PX, tone="ink_soft", parent=self)
        self._help = Text("", theme.SMALL_PX, tone="ink_soft", parent=self)
        self._time = Text("", theme.BODY_PX, tone="ink_soft", wrap=False, parent=self)
        self._time.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self.follows = Text("", theme.BODY_PX, tone="heart", parent=self)
        self._follows: Follows | None = None
        self.figures = Text("", theme.SMALL_PX, tone="ink_soft", parent=self)
        self.sound_note = Text("", theme.SMALL_PX, tone="ink_soft", parent=self)
        self._controls = Flow(2, centred=True, parent=self)
        self._buttons = self._made_buttons()
        self._controls.setVisible(not watching)
        self.change = ChangePanel(self)
        self.change.chosen.connect(self.act.emit)
        self.change.small.clicked.connect(self.small_wanted)
        self.signal = SignalPanel(self)
        self.steer = SteerPanel(self)
        self._orb_left = 0
        self._sheets: tuple[Sheet, ...] = (self.change, self.signal, self.steer)
        for sheet in self._sheets:
            sheet.closed.connect(self.close_sheet)
        self._veil = Veil(self)
        self._veil.lift(1.0)
        self._ticker = QTimer(self)
        self._ticker.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticker.setInterval(theme.FRAME_MS)
        self._ticker.timeout.connect(self._frame)
        self.setMouseTracking(True)
        theme.look().changed.connect(self._arrange)

    def _made_buttons(self) -> dict[str, Pill]:
        quiet, outline = Kind.QUIET, Kind.OUTLINE
        made: dict[str, Pill] = {}
        left, right = "\N{LEFTWARDS ARROW}", "\N{RIGHTWARDS ARROW}"
        for name, text, kind, key, does in (
            ("previous", self.tr("Previous"), quiet, left, self._previous),
            ("pause", self.tr("Pause"), outline, self.tr("Space"), self.toggle_pause),
            ("next", self.tr("Next"), quiet, right, self._next),
            ("skip", self.tr("Skip this part"), quiet, "S", self._skip),
            ("change", self.tr("Change"), quiet, "C", self.toggle_change),
            ("signal", self.tr("Signal"), quiet, SIGNAL_KEY, self.toggle_signal),
            ("steer", self.tr("Demo"), quiet, STEER_KEY, self.toggle_steer),
            ("ground", self.tr("Grounding"), outline, "G", self.ground_wanted),
            ("stop", self.tr("Stop"), outline, self.tr("Esc"), self.stop_wanted),
        ):
            button = Pill(text, kind, key=key)
            button.clicked.connect(does)
            button.installEventFilter(self)
            self._controls.add(button)
            made[name] = button
        return made

    # ---------------------------------------------------------------------------- control
    def expect(
        self, source: str, choices: Choices, *, numbers: bool, sensors: bool = False
    ) -> None:
        """Get ready for a practice that is about to begin; ``sensors``: with ECG and breath."""
        self._clock = None
        self._source = source
        self._segment = self._phase = self._ends_s = self._told_time = None
        self._paused = False
        self._metrics = self._sensor_hr_bpm = self._strap = self._reason = None
        self.words.say("")
        self.words.show_at_once()
        self.trace.clear()
        self.orb.set_warmth(0.0)
        self._take_choices(choices)
        if not self._watching:
            self.close_sheet()
        self.change.set_choices(choices)
        self.signal.expect(source, sensors=sensors)
        self.steer.reset()
        self._buttons["steer"].setVisible(self._is_demo)
        self._kind, self._contact, self._rough = StrapKind.UNKNOWN, None, False
        self._unkept = self._drift = ""
        self.heart = DrawnHeart()
        self.set_numbers(numbers)
        self._tell_strap()
        self._tell_pause()
        self._arrange()
        self.wake()

    def begin(self, clock: Clock) -> None:
        """Take the clock on which the practice runs now."""
        self._clock = clock

    def take(self, update: Update) -> None:
        """Show what an update says."""
        self.signal.take(update)
        match update:
            case BeatsJudged() | PulseSeen() | StrapRecognised():
                self._take_heart(update)
            case Metrics():
                self._metrics = update
                self.orb.set_warmth(warmth(update))
                self._tell_figures()
                self._notice(rough=update.reason == "artefacts")
            case GuideChanged(t_s, segment):
                self._segment = segment
                self.trace.set_guide(t_s, segment)
                if segment is None:
                    self.orb.set_warmth(0.0)
                    self._tell_follows()
            case LineShown(text=text):
                self._say(text)
            case EndMoved(_, ends_s):
                self._ends_s = ends_s
            case PhaseStarted(_, phase, ends_s):
                self._phase, self._ends_s = phase, ends_s
                self._tell_strap()
                self._arrange()
            case LinkChanged(_, strap, reason):
                self.heart.take(update)
                self._show_heart()
                self._strap, self._reason = strap, reason
                if reason is not None:
                    self._rough, self._contact = False, None
                    self._metrics = self._sensor_hr_bpm = None
                    self.orb.set_warmth(0.0)
                self._tell_strap()
                self._tell_figures()
            case Paused() | Resumed():
                self._take_pause(update)
            case ChoicesChanged(_, choices):
                self._take_choices(choices)
                self.change.set_choices(choices)
            case RecordingProblem(_, why):
                self.tell(why)
            case GuideDrifted(_, from_per_min, to_per_min):
                self._drift = pace_words.drift(from_per_min, to_per_min)
                self._tell_strap()
            case PracticeEnded():
                self._segment = None
            case _:
                pass

    def _take_heart(self, update: BeatsJudged | PulseSeen | StrapRecognised) -> None:
        self.heart.take(update)
        self._show_heart()
        match update:
            case PulseSeen(_, hr_bpm, contact, _):
                self._sensor_hr_bpm = hr_bpm
                if self._metrics is None:
                    self._tell_figures()
                self._notice(contact=contact)
            case StrapRecognised(_, kind):
                self._kind = kind
                self._tell_strap()
            case _:
                pass

    def _show_heart(self) -> None:
        self.trace.set_beats(self.heart.beats, self.heart.fresh, self.heart.gaps)

    def _notice(self, *, contact: bool | None = None, rough: bool | None = None) -> None:
        """Say what there is to say of the signal, when it has changed."""
        before = (self._contact, self._rough)
        if rough is None:
            self._contact = contact
        else:
            self._rough = rough
        if (self._contact, self._rough) != before:
            self._tell_strap()

    def tell(self, sentence: str) -> None:
        """Say something about the recording, small in the corner; empty takes it back."""
        self._unkept = sentence
        self._tell_strap()

    def tell_sound(self, sentence: str, *, spoken: bool) -> None:
        """Say what can't be heard, small in the corner, and whether a voice reads the lines."""
        self._spoken = spoken
        if sentence != self.sound_note.text():
            self.sound_note.setText(sentence)
            self.wake()
            self._arrange_corners(self.width())

    def set_numbers(self, shown: bool) -> None:
        """Show figures or hide them."""
        self._numbers = shown
        self.figures.setVisible(shown)
        self._tell_figures()
        self._arrange()

    def toggle_pause(self) -> None:
        """Pause, or go on."""
        self.act.emit(Action.RESUME if self._paused else Action.PAUSE, "")

    def toggle_change(self) -> None:
        """Open the choices at the side, or close them."""
        self._toggle(self.change)

    def toggle_signal(self) -> None:
        """Say at the side how good the signal is, or close that."""
        self.signal.tell()
        self._toggle(self.signal)

    def toggle_steer(self) -> None:
        """Open the panel that steers a simulated heart, or close it; others can't be steered."""
        if self._is_demo:
            self._toggle(self.steer)

    @property
    def _is_demo(self) -> bool:
        return self._source.startswith("sim:")

    def _toggle(self, sheet: Sheet) -> None:
        opens = sheet.isHidden()
        self.close_sheet()
        if opens:
            sheet.show()
            sheet.raise_()
            sheet.first_focus().setFocus(Qt.FocusReason.TabFocusReason)
            self._arrange()

    def close_sheet(self) -> bool:
        """Close the sheet that lies open; return whether one did."""
        opened = [sheet for sheet in self._sheets if not sheet.isHidden()]
        for sheet in opened:
            sheet.hide()
        if opened:
            self.setFocus()
            self._arrange()
        self.wake()
        return bool(opened)

    def settle(self) -> None:
        """Let what eases be where it eases to: another moment is shown, at once."""
        self.words.show_at_once()
        self.orb.breathe(self.fullness, 30.0)
        self.trace.move_to(self.now_s)
        self.signal.chest.move_to(self.now_s)

    @property
    def paused(self) -> bool:
        """Whether the practice stands still."""
        return self._paused

    @property
    def phase(self) -> PhaseName | None:
        """The phase that runs; None before the first."""
        return self._phase

    @property
    def help_text(self) -> str:
        """What helps, under the strap's state."""
        return self._help.text()

    @property
    def awake(self) -> float:
        """How visible everything is that isn't the practice, 0..1."""
        return self._awake

    @property
    def segment(self) -> BreathSegment | None:
        """The guide that runs, or None."""
        return self._segment

    @property
    def now_s(self) -> float:
        """Session time; 0 before it begins."""
        return self._clock.now_s() if self._clock else 0.0

    @property
    def fullness(self) -> float | None:
        """How full the guide's breath is now, 0..1; None while no guide runs."""
        if self._segment is None or self._paused:
            return None
        return phase_at(self._segment, self.now_s).fullness

    @property
    def arriving(self) -> bool:
        """Whether the practice waits for the heart."""
        return self._phase is PhaseName.ARRIVING

    def key(self, key: int) -> bool:
        """Do what a key stands for here; return whether it stands for anything."""
        self.wake()
        match key:
            case Qt.Key.Key_Space:
                self.toggle_pause()
            case Qt.Key.Key_Right:
                self._next()
            case Qt.Key.Key_Left:
                self._previous()
            case Qt.Key.Key_S:
                self._skip()
            case Qt.Key.Key_C:
                self.toggle_change()
            case Qt.Key.Key_I:
                self.toggle_signal()
            case Qt.Key.Key_D:
                self.toggle_steer()
            case Qt.Key.Key_B:
                self.act.emit(Action.BEGIN, "")
            case Qt.Key.Key_O:
                self.small_wanted.emit()
            case _:
                return False
        return True

    def _next(self) -> None:
        self.act.emit(Action.NEXT_LINE, "")

    def _previous(self) -> None:
        self.act.emit(Action.PREVIOUS_LINE, "")

    def _skip(self) -> None:
        self.act.emit(Action.SKIP, "")

    # ------------------------------------------------------------------------------ words
    def _say(self, text: str) -> None:
        if self._paused:
            return
        self.words.say(text)
        if not self._spoken:
            announce(self.words, text)

    def _take_choices(self, choices: Choices) -> None:
        self._veil.set_eyes(choices.eyes)
        self.orb.set_hand(choices.touch_id not in NO_HAND)
        self._paced = spoken.current().guide(choices.guide_id).pattern is not None

    def _take_pause(self, update: Paused | Resumed) -> None:
        if isinstance(update, Paused):
            self._paused = True
        else:
            self._paused = False
            if update.ends_s is not None:
                self._ends_s = update.ends_s
        self._tell_pause()

    def _tell_pause(self) -> None:
        button = self._buttons["pause"]
        button.setText(self.tr("Go on") if self._paused else self.tr("Pause"))
        button.updateGeometry()
        self._tell_time()
        self._arrange()
        self.wake()

    def _tell_strap(self) -> None:
        """Say the strap's state: small in the corner, or in the middle while it is awaited."""
        from devices.words import describe

        arriving = self.arriving
        self._hint.setVisible(arriving)
        acts = arriving and not self._watching
        self.begin_button.setVisible(acts)
        self.other_button.setVisible(acts and self._source.startswith("ble:"))
        for name in ("previous", "next"):
            self._buttons[name].setVisible(self._phase is PhaseName.GUIDED)
        for name in ("pause", "skip"):
            self._buttons[name].setVisible(not arriving)
        sentence = action = ""
        about = self._trouble()
        if about is not None:
            sentence, action = strap_words.told(describe(about))
        elif self._strap is not None:
            sentence = wording.strap_words(self._strap, self._source)
            if self._rough:
                action = wording.tr("The signal is rough just now. Sit still for a moment.")
        if arriving:
            sentence = sentence or self.tr("Looking for your strap.")
            self.words.say(sentence)
            self._hint.setText(action)
            self.state.setText("")
            self._help.setText("")
        else:
            changed = sentence != self.state.text()
            self.state.setText(sentence)
            self._help.setText(self._unkept or action or self._drift)
            if about is not None and changed:
                self.wake()
        self._arrange()

    def _trouble(self) -> LinkReason | Notice | StrapKind | None:
        """Return what matters most about the strap, if anything does."""
        from devices.words import LOW_BATTERY_PCT, Notice

        if self._reason is not None:
            return self._reason
        if self._contact is False:
            return Notice.CONTACT_LOST
        if self._kind.untrue or self._kind is StrapKind.NONE:
            return self._kind
        battery_pct = self._strap.battery_pct if self._strap is not None else None
        if battery_pct is not None and battery_pct <= LOW_BATTERY_PCT:
            return Notice.LOW_BATTERY
        return None

    def _tell_time(self) -> None:
        left_s = None
        if self._ends_s is not None and self._clock is not None and not self._paused:
            left_s = round(self._ends_s - self._clock.now_s())
        told = (self._phase, self._paused, left_s)
        if told == self._told_time:
            return
        self._told_time = told
        text = wording.phase_words(self._phase)
        if self._paused:
            text = self.tr("Paused")
        elif left_s is not None:
            left = wording.minutes(left_s)
            text = self.tr("{phase}, {left} left").format(phase=text, left=left)
        self._time.setText(text)
        self._arrange_corners(self.width())

    def _tell_figures(self) -> None:
        self._tell_follows()
        if self._numbers:
            hr_bpm = self._sensor_hr_bpm
            known = self._strap is not None or hr_bpm is not None
            text = wording.figures(self._metrics, hr_bpm) if known else ""
            if text != self.figures.text():
                self.figures.setText(text)
                self._arrange_corners(self.width())

    def _tell_follows(self) -> None:
        """Say how the heart follows the breath; nothing of poor data or of one that doesn't."""
        metrics = self._metrics
        paced = metrics is not None and self._segment is not None
        self._follows = follows(metrics, self._follows) if paced and metrics else None
        text = wording.follows_words(self._follows)
        if text != self.follows.text():
            self.follows.setText(text)
            self._arrange_corners(self.width())

    # ------------------------------------------------------------------------------ frames
    def _frame(self) -> None:
        self.framing.emit()
        now = perf_counter()
        dt_s = min(now - self._frame_s, _LONGEST_FRAME_S)
        self._frame_s = now
        now_s = self.now_s
        self.orb.breathe(self.fullness, dt_s)
        self.trace.move_to(now_s)
        self.signal.chest.move_to(now_s)
        self.words.fade(dt_s)
        self._fade_chrome(dt_s)
        self._tell_time()

    def _fade_chrome(self, dt_s: float) -> None:
        self._idle_s += dt_s
        if self._awake == 1.0 and self._idle_s < theme.CHROME_STAYS_S:
            return
        sheet = any(sheet.isVisible() for sheet in self._sheets)
        stays = self._paused or self.arriving or sheet or self._watching or QAccessible.isActive()
        wanted = 1.0 if stays or self._idle_s < theme.CHROME_STAYS_S else 0.0
        if wanted == self._awake:
            return
        step = dt_s / (0.15 if wanted else theme.CHROME_FADE_S)
        self._awake += max(-step, min(step, wanted - self._awake))
        self._show_awake()

    def _show_awake(self) -> None:
        for button in self._buttons.values():
            button.set_opacity(self._awake)
        self._time.set_opacity(self._awake)
        self._veil.lift(self._awake)
        self.sound_note.set_opacity(self._awake)
        troubled = self._trouble() is not None
        self.state.set_opacity(1.0 if troubled else self._awake)
        if self._awake == 0.0:
            self.setCursor(Qt.CursorShape.BlankCursor)
        else:
            self.unsetCursor()

    def wake(self) -> None:
        """Bring back everything that fades away when nobody moves."""
        self._idle_s = 0.0

    # ------------------------------------------------------------------------------- Qt's
    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to draw frames."""
        super().showEvent(event)
        self._frame_s = perf_counter()
        self._ticker.start()
        self.wake()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stop drawing frames."""
        super().hideEvent(event)
        self._ticker.stop()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Bring everything back."""
        super().mouseMoveEvent(event)
        self.wake()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Bring everything back when the mouse or the keyboard comes to a button."""
        if event.type() in {QEvent.Type.MouseMove, QEvent.Type.FocusIn, QEvent.Type.HoverMove}:
            self.wake()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Place everything anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Place controls below, the heart above them, then the words, and the orb in the rest."""
        look = theme.current()
        width, height = self.width(), self.height()
        if width < 8 or height < 8:
            return
        self._veil.setGeometry(self.rect())
        rows = 0 if self._watching else self._rows_of_controls(width - 2 * _EDGE_PX, height)
        floor = height - rows - look.px(10)
        self._controls.setGeometry(_EDGE_PX, floor, width - 2 * _EDGE_PX, rows)
        self._controls.place()
        left, stage = self._stage(width)
        words_h = self.words.height_of(2 if stage >= look.px(_WIDE_STAGE_PX) else 3)
        words_w = min(stage - 2 * _EDGE_PX, look.px(820))
        orb_least = max(round(height * 0.30), _ORB_TOP_PX + 2 * _LEAST_ORB_PX)
        # where large text leaves less than that, the words are set a little smaller
        words_h = max(self.words.height_of(1), min(words_h, floor - orb_least))
        trace_h = round(min(150, max(64, height * 0.17)))
        spare = floor - words_h - orb_least
        trace_h = trace_h if spare >= trace_h else max(0, spare if spare >= 48 else 0)
        if self.arriving:
            trace_h = max(trace_h, self._arriving_height(width))
        trace_y = floor - trace_h
        self.trace.setVisible(trace_h > 0 and not self.arriving)
        self.trace.setGeometry(0, trace_y, width, max(1, trace_h))
        words_y = trace_y - words_h
        self.words.setGeometry(left + (stage - words_w) // 2, words_y, words_w, words_h)
        top = _ORB_TOP_PX
        full_px = max(_LEAST_ORB_PX, min((words_y - top) / 2, width * 0.30, stage * 0.45))
        self._orb_left = left + stage // 2 - round(full_px)
        self.orb.place(QPoint(left + stage // 2, round(top + (words_y - top) / 2)), full_px)
        self._arrange_arriving(trace_y, trace_h, width)
        self._arrange_corners(width)
        self._arrange_panel(width, height, rows)
        for widget in (self.words, self._controls, *self._sheets, self._veil):
            widget.raise_()

    def _rows_of_controls(self, width: int, height: int) -> int:
        """Return the height of the controls; where large text leaves little, without their keys."""
        for keys in (True, False):
            for button in self._controls.findChildren(Pill):
                button.set_key_shown(keys)
            rows = self._controls.heightForWidth(width)
            if rows <= _MOST_CONTROLS * height:
                break
        return rows

    def _stage(self, width: int) -> tuple[int, int]:
        """Return left edge and width of what an open sheet leaves free for orb and words."""
        sheet_w = theme.current().px(_SHEET_PX) + _EDGE_PX
        opened = any(not sheet.isHidden() for sheet in self._sheets)
        if not opened or self.arriving or width - sheet_w < theme.current().px(_LEAST_STAGE_PX):
            return 0, width  # in less room words would not fit in three lines
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        corner = 2 * _EDGE_PX  # the words in the corner keep clear of the orb
        return sheet_w if mirrored else corner, width - sheet_w - corner

    def _arriving_height(self, width: int) -> int:
        hint_h = self._hint.heightForWidth(self._hint_width(width))
        return hint_h + sum(size.height() for size in self._arriving_sizes(width)) + 20

    def _arriving_buttons(self) -> list[Pill]:
        return [each for each in (self.begin_button, self.other_button) if not each.isHidden()]

    def _arriving_sizes(self, width: int) -> list[QSize]:
        """Return the room of each row of buttons: one row, or where that is too wide, two."""
        sizes = [button.sizeHint() for button in self._arriving_buttons()]
        wide = sum(size.width() for size in sizes)
        if wide <= width - 2 * _EDGE_PX and sizes:
            return [QSize(wide, max(size.height() for size in sizes))]
        return sizes

    def _hint_width(self, width: int) -> int:
        return min(width - 2 * _EDGE_PX, theme.current().px(640))

    def _arrange_arriving(self, top: int, room: int, width: int) -> None:
        if not self.arriving:
            return
        box_w = self._hint_width(width)
        hint_h = self._hint.heightForWidth(box_w)
        rows = self._arriving_sizes(width)
        used = hint_h + sum(size.height() for size in rows) + 8
        y = top + max(0, (room - used) // 2)
        self._hint.setGeometry((width - box_w) // 2, y, box_w, hint_h)
        self._hint.raise_()
        y += hint_h + 8
        buttons = self._arriving_buttons()
        lines = [buttons] if len(rows) == 1 else [[button] for button in buttons]
        for line, size in zip(lines, rows, strict=True):
            x = (width - size.width()) // 2
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                line = line[::-1]
            for button in line:
                button.setGeometry(QRect(QPoint(x, y), button.sizeHint()))
                button.raise_()
                x += button.width()
            y += size.height()

    def _arrange_corners(self, width: int) -> None:
        look = theme.current()
        # No larger than their words: what overlaps the orb is drawn with each of its frames.
        widest = min(look.px(380), round(width * 0.33), self._corner_px())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        y = _EDGE_PX
        corner = (self.state, self._help, self.follows, self.figures, self.sound_note)
        needs = sum(size.height() + 4 for text in corner if (size := text.fitted(widest)).height())
        # where large text leaves no room above the words, this one waits
        self.follows.setVisible(y + needs <= self.words.y())
        for text in corner:
            size = QSize(0, 0) if text.isHidden() else text.fitted(widest)
            left = width - _EDGE_PX - size.width() if mirrored else _EDGE_PX
            text.setGeometry(left, y, size.width(), size.height())
            y += size.height() + 4 if size.height() else 0
        size = self._time.sizeHint()
        left = _EDGE_PX if mirrored else width - _EDGE_PX - size.width()
        self._time.setGeometry(left, _EDGE_PX, size.width(), size.height())
        self._time.setVisible(all(sheet.isHidden() for sheet in self._sheets))
        self._veil.raise_()  # what it dims came up before it

    def _corner_px(self) -> int:
        """Return how wide the words in the corner may be beside the orb of a narrow stage."""
        if self._stage(self.width())[1] >= theme.current().px(_WIDE_STAGE_PX):
            return self.width()
        return max(theme.current().px(120), self._orb_left - 2 * _EDGE_PX)

    def _arrange_panel(self, width: int, height: int, rows: int) -> None:
        panel_w = min(theme.current().px(_SHEET_PX), width - 2 * _EDGE_PX)
        panel_h = height - rows - 2 * _EDGE_PX
        if panel_h < 0.6 * height:
            panel_h = height - 2 * _EDGE_PX  # large text: the sheet lies over the controls
        x = width - panel_w - _EDGE_PX
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = _EDGE_PX
        for sheet in self._sheets:
            sheet.place(QRect(x, _EDGE_PX, panel_w, panel_h))
