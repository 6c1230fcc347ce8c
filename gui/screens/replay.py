"""A kept session or a recording, played as it was: with a line of time, pause, speed and seek."""

from __future__ import annotations

from math import inf
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from biofeedback.types import Choices, LineShown, Update
from gui import theme, wording
from gui.player import Player
from gui.screens.practice import PracticeScreen
from gui.screens.screen import Screen
from gui.screens.signal import SIGNAL_KEY
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.meter import Meter
from gui.widgets.text import Text
from gui.widgets.time_line import STEP_S, TimeLine

_LONGEST_FRAME_S = 0.25
_RUSH_S = 0.009
"""As fast as it goes: so much of a frame is spent on it."""


class ReplayScreen(Screen):
    """Plays one session at a time. Nothing in it acts on a strap or on what is kept."""

    back_wanted = Signal()
    ground_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("A recorded session"), parent)
        self.player: Player | None = None
        self._source, self._choices, self._numbers = "", Choices(), False
        self._sought_s: float | None = None
        self._frame_s = perf_counter()
        self.view = PracticeScreen(self, watching=True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.framing.connect(self._frame)
        self.line = TimeLine()
        self.line.sought.connect(self._seek_soon)
        self._title = Text("", theme.BODY_PX, tone="ink_soft")
        self.clock = Text("", theme.BODY_PX, tone="ink_soft", wrap=False)
        self.rate = Text("", theme.BODY_PX, wrap=False)
        self._opening = Text("", theme.LEAD_PX, tone="ink_soft")
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._meter = Meter()
        self._meter.setAccessibleName(self.tr("Opening the session"))
        self._row = Flow(4, centred=True)
        self._buttons = self._made_buttons()
        self._bar = QWidget(self)
        self._bar.installEventFilter(self)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(12)
        top.addWidget(self._title, 1)
        top.addWidget(self.clock)
        box = QVBoxLayout(self._bar)
        box.setContentsMargins(26, 0, 26, 8)
        box.setSpacing(2)
        box.addWidget(self._opening)
        box.addWidget(self._meter)
        box.addLayout(top)
        box.addWidget(self.line)
        box.addWidget(self._row)
        # while somebody drags, the newest place alone is shown
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._seek_now)
        theme.look().changed.connect(self._arrange)
        self._show_opening(opening=False)

    def _made_buttons(self) -> dict[str, Pill]:
        made: dict[str, Pill] = {}
        for name, text, kind, key, does in (
            ("play", self.tr("Play"), Kind.OUTLINE, self.tr("Space"), self.toggle_play),
            ("slower", self.tr("Slower"), Kind.QUIET, "\N{MINUS SIGN}", lambda: self._rate(-1)),
            ("faster", self.tr("Faster"), Kind.QUIET, "+", lambda: self._rate(1)),
            ("signal", self.tr("Signal"), Kind.QUIET, SIGNAL_KEY, self.view.toggle_signal),
            ("ground", self.tr("Grounding"), Kind.OUTLINE, "G", self.ground_wanted),
            ("back", self.tr("Close"), Kind.OUTLINE, self.tr("Esc"), self.back_wanted),
        ):
            button = Pill(text, kind, key=key)
            button.clicked.connect(does)
            self._row.add(button)
            made[name] = button
            if name == "slower":
                self._row.add(self.rate)
        return made

    # ---------------------------------------------------------------------------- control
    def expect(self, told: str) -> None:
        """Say that a session is being opened."""
        self.player = None
        self._opening.setText(told)
        self.show_progress(0.0)
        self._show_opening(opening=True)

    def show_progress(self, part: float) -> None:
        """Show how much of it has been read, 0..1."""
        self._meter.hold(part)

    def play(
        self, player: Player, *, title: str, source: str, choices: Choices, numbers: bool
    ) -> None:
        """Show a session from its start, playing.

        Parameters
        ----------
        player
            Stands at the start.
        title
            Which session it is.
        source
            What the heart came from, as `devices.opening` names it.
        choices
            What was chosen when it began.
        numbers
            Whether figures are shown.
        """
        self.player = player
        self._title.setText(title)
        self._source, self._choices, self._numbers = source, choices, numbers
        self.line.show_session(player.timeline.duration_s, player.timeline.stretches)
        self._show_opening(opening=False)
        self.seek(0.0)
        player.playing = True
        self._tell()
        self._buttons["play"].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_numbers(self, shown: bool) -> None:
        """Show figures or hide them."""
        self._numbers = shown
        self.view.set_numbers(shown)

    def toggle_play(self) -> None:
        """Pause, or go on; from the end, begin again."""
        if self.player is None:
            return
        if not self.player.playing and self.player.at_end:
            self.seek(0.0)
        self.player.playing = not self.player.playing
        self._tell()

    def seek(self, t_s: float) -> None:
        """Show the session as it stood at ``t_s``: what a replay up to then shows."""
        player = self.player
        if player is None:
            return
        view = self.view
        view.expect(self._source, self._choices, numbers=self._numbers)
        for update in _without_past_lines(player.seek(t_s)):
            view.take(update)
        view.begin(player)
        view.settle()
        self._tell()

    def _seek_soon(self, t_s: float) -> None:
        self._sought_s = t_s
        self._soon.start()

    def _seek_now(self) -> None:
        if self._sought_s is not None:
            sought_s, self._sought_s = self._sought_s, None
            self.seek(sought_s)

    def _rate(self, steps: int) -> None:
        if self.player is not None:
            self.player.faster(steps)
            self._tell()

    def key(self, key: int) -> bool:
        """Do what a key stands for here; return whether it stands for anything."""
        if self.player is None:
            return False
        now_s = self.player.now_s()
        match key:
            case Qt.Key.Key_Space:
                self.toggle_play()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.seek(now_s + (STEP_S if key == Qt.Key.Key_Right else -STEP_S))
            case Qt.Key.Key_Home:
                self.seek(0.0)
            case Qt.Key.Key_End:
                self.seek(self.player.timeline.duration_s)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._rate(1)
            case Qt.Key.Key_Minus:
                self._rate(-1)
            case Qt.Key.Key_I:
                self.view.toggle_signal()
            case _:
                return False
        return True

    def close_sheet(self) -> bool:
        """Close what lies open; return whether anything did."""
        closed = self.view.close_sheet()
        if closed:
            self.setFocus()
        return closed

    def first_focus(self) -> QWidget:
        """Play is where the keyboard begins."""
        return self._buttons["play" if self.player is not None else "back"]

    # ------------------------------------------------------------------------------ frames
    def _frame(self) -> None:
        now_s = perf_counter()
        dt_s = min(now_s - self._frame_s, _LONGEST_FRAME_S)
        self._frame_s = now_s
        player = self.player
        if player is None or not player.playing:
            return
        until_s = now_s + _RUSH_S
        player.advance(dt_s, self.view.take, lambda: perf_counter() >= until_s)
        self.line.move_to(player.now_s())
        self._tell()

    def _tell(self) -> None:
        player = self.player
        if player is None:
            return
        told = self.tr("{now} of {all}").format(
            now=wording.minutes(player.now_s()),
            all=wording.minutes(player.timeline.duration_s),
        )
        if told != self.clock.text():
            self.clock.setText(told)
        self.line.move_to(player.now_s())
        play = self.tr("Pause") if player.playing else self.tr("Play")
        if play != self._buttons["play"].text():
            self._buttons["play"].setText(play)
            self._buttons["play"].updateGeometry()
            self._row.updateGeometry()
        rate = _rate_words(player.speed)
        if rate != self.rate.text():
            self.rate.setText(rate)
            self.rate.updateGeometry()
            self._row.updateGeometry()

    # ------------------------------------------------------------------------------- Qt's
    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Wait while another screen is shown."""
        super().hideEvent(event)
        if self.player is not None:
            self.player.playing = False
            self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Place everything anew."""
        super().resizeEvent(event)
        self._arrange()

    def _show_opening(self, *, opening: bool) -> None:
        waits: tuple[QWidget, ...] = (self._opening, self._meter)
        plays: tuple[QWidget, ...] = (self.view, self.line, self._title, self.clock, self.rate)
        for widget in (*waits, *plays):
            widget.setVisible((widget in waits) is opening)
        for name, button in self._buttons.items():
            button.setVisible(not opening or name in {"ground", "back"})
        self._arrange()

    def _arrange(self) -> None:
        """Place the bar below, as high as it needs to be, and the practice above it."""
        if self.width() < 8:
            return
        layout = self._bar.layout()
        if layout is None:
            return
        height = layout.totalHeightForWidth(self.width())
        if height < 0:
            height = layout.totalSizeHint().height()
        self._bar.setGeometry(0, self.height() - height, self.width(), height)
        self.view.setGeometry(0, 0, self.width(), self.height() - height)
        self._row.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Give the bar another height when its words have changed."""
        if watched is self._bar and event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().eventFilter(watched, event)


def _without_past_lines(updates: list[Update]) -> list[Update]:
    """Leave out every line but the last: a screen reader would read them all out."""
    lines = [number for number, each in enumerate(updates) if isinstance(each, LineShown)]
    past = set(lines[:-1])
    return [each for number, each in enumerate(updates) if number not in past]


def _rate_words(speed: float) -> str:
    if speed == inf:
        return wording.tr("as fast as it goes")
    if speed == 1.0:
        return wording.tr("as it was")
    return wording.tr("{n} times as fast").format(n=wording.number_short(speed))
