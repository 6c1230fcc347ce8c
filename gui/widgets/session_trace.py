"""The heart of a whole session: looked at closely, pointed at, and a part of it chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui import session_words, theme, wording
from gui.announce import announce
from gui.time_view import TimeView
from gui.widgets.session_paint import Scale, heart_limits, paint_session
from gui.widgets.time_chart import TimeChart

if TYPE_CHECKING:
    from biofeedback.looking_back.opened import Opened
    from biofeedback.signals.left_out import Span

HEIGHT_PX = 300
_LEAST_CHOSEN_S = 0.5
_CLICK_PX = 4
_SPOT_PX = 5.0


class SessionTrace(TimeChart):
    """Heart, breath and phases of one session.

    Drag to choose a part. S and E begin and end one at the cursor, Delete leaves it out, Insert
    takes in again what is left out there, Escape lets go. The other keys are those of
    `TimeChart` and `Chart`.
    """

    chosen = Signal(object)
    """A part is chosen (from and to, in seconds), or none (None)."""
    leave_wanted = Signal()
    """The part that is chosen is to be left out."""
    take_wanted = Signal()
    """The part at the cursor that is left out is to be taken in again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.tr("Your heart, beat by beat"), HEIGHT_PX, parent)
        self._opened: Opened | None = None
        self._limits = (50.0, 80.0)
        self._choice: Span | None = None
        self._begun_s: float | None = None
        self._pressed: QPointF | None = None

    # ---------------------------------------------------------------------------- control
    def show_session(self, opened: Opened, *, keep_view: bool = False) -> None:
        """Show a session; with ``keep_view`` the same part of it as before."""
        self._opened = opened
        self._limits = heart_limits(opened)
        if not keep_view:
            self.view = TimeView(opened.duration_s)
            self.view.whole()
            self.cursor_s = None
        self.choose(None)
        self.describe(
            session_words.trace_words(opened),
            lambda: session_words.trace_table(opened),
            session_words.trace_lack(opened),
        )

    def clear(self) -> None:
        """Forget the session."""
        self._opened = None
        self.choose(None)
        super().clear()

    @property
    def choice(self) -> Span | None:
        """The part that is chosen."""
        return self._choice

    def choose(self, choice: Span | None) -> None:
        """Choose a part, from either end; one that is hardly longer than a beat is none."""
        if choice is not None:
            from_s, to_s = sorted(choice)
            choice = (from_s, to_s) if to_s - from_s >= _LEAST_CHOSEN_S else None
        if choice is None:
            self._begun_s = None
        if choice != self._choice:
            self._choice = choice
            self.chosen.emit(choice)
        self.update()

    def words_at(self, t_s: float) -> str:
        """Say time, heart rate, phase and breath."""
        if self._opened is None:
            return ""
        return session_words.moment_words(self._opened, t_s, numbers=self.numbers)

    # --------------------------------------------------------------------------- painting
    @property
    def _scale(self) -> Scale:
        return Scale(self.view, self.plot, *self._limits)

    def paint_view(self, painter: QPainter) -> None:
        """Draw the session."""
        if self._opened is not None:
            paint_session(painter, self._opened, self._scale, numbers=self.numbers)

    def draw_hand(self, painter: QPainter) -> None:
        """Draw what is chosen, the cursor, and the beat at it."""
        opened = self._opened
        if opened is None or self.why:
            return
        tones = theme.current().colours
        scale = self._scale
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._choice is not None:
            box = scale.box(*self._choice)
            if box.width() > 0:
                painter.fillRect(box, theme.colour(tones.breath, 0.22))
                painter.setPen(QPen(QColor(tones.breath), 2))
                painter.drawRect(box)
        elif self._begun_s is not None:
            self.draw_moment(painter, self._begun_s, Qt.PenStyle.DashLine)
        super().draw_hand(painter)
        at = opened.heart.nearest(self.cursor_s) if self.cursor_s is not None else None
        if at is not None and opened.heart.normal[at]:
            t_s, bpm = float(opened.heart.t_s[at]), float(opened.heart.hr_bpm[at])
            spot = QPointF(scale.x(t_s), scale.y(bpm))
            if self.plot.contains(spot):
                painter.setPen(QPen(QColor(tones.sunken), 2))
                painter.setBrush(QColor(tones.heart))
                painter.drawEllipse(spot, _SPOT_PX, _SPOT_PX)

    # ------------------------------------------------------------------------------ by hand
    def press(self, at: QPointF) -> None:
        """Begin to choose a part."""
        self._pressed = at
        super().press(at)

    def drag(self, at: QPointF) -> None:
        """Choose as far as the mouse has come; with no button down, point."""
        if self._pressed is None:
            super().drag(at)
            return
        self.point_at(self.t_s_at(at.x()))
        if abs(at.x() - self._pressed.x()) > _CLICK_PX:
            self.choose((self.t_s_at(self._pressed.x()), self.t_s_at(at.x())))

    def release(self, at: QPointF) -> None:
        """Let go; a plain click lets go of what was chosen, too."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and abs(at.x() - pressed.x()) <= _CLICK_PX:
            self.choose(None)

    def key(self, event: QKeyEvent) -> bool:
        """Choose a part by its ends; the rest is as along any time."""
        at_s = self.cursor_s if self.cursor_s is not None else self.view.from_s
        match Qt.Key(event.key()):
            case Qt.Key.Key_S:
                self.choose(None)
                self._begun_s = at_s
                self.point_at(at_s)
            case Qt.Key.Key_E if self._begun_s is not None:
                self.choose((self._begun_s, at_s))
                if self._choice is not None:
                    announce(self, session_words.range_words(*self._choice))
            case Qt.Key.Key_Delete if self._choice is not None:
                self.leave_wanted.emit()
            case Qt.Key.Key_Insert:
                self.take_wanted.emit()
            case Qt.Key.Key_Escape if self._choice is not None or self._begun_s is not None:
                self.choose(None)
            case _:
                return super().key(event)
        return True
