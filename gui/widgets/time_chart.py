"""A chart along time that can be looked at closely, moved along, and pointed at."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from gui import theme, wording
from gui.announce import announce
from gui.time_view import TimeView
from gui.widgets.chart import Chart, time_ticks, with_control

_RAIL_PX = 12
"""Height of the strip at the foot that shows which part is in sight, and moves it."""

_NOTCH = 120
"""What a wheel says for one notch."""

_STEPS, _LARGE_STEPS = 60, 12
"""So many arrow keys go through what is in sight."""


class TimeChart(Chart):
    """What it draws is kept as a picture until something changes; the cursor lies above it.

    Arrows move the cursor, with Shift in larger steps; page keys move along, Home and End go to
    the ends, + and - look closer and further, 0 shows all. The wheel looks closer once the chart
    has the keyboard, or with Ctrl, and moves along with Shift: else the page scrolls.
    """

    moved = Signal(str)
    """The cursor stands at another moment: what there is, in words."""

    def __init__(self, name: str, height_px: int, parent: QWidget | None = None) -> None:
        super().__init__(name, height_px, parent)
        self.setMouseTracking(True)
        self.view = TimeView()
        self.numbers = True
        self.cursor_s: float | None = None
        """Where the cursor stands; None before anyone pointed."""
        self._railing = False
        self._drawn = QPixmap()

    # --------------------------------------------------------------- what each chart knows
    def words_at(self, t_s: float) -> str:
        """Say what there is at a moment."""
        raise NotImplementedError

    def paint_view(self, painter: QPainter) -> None:
        """Draw what is in sight, without the axis."""
        raise NotImplementedError

    def tick_words(self, t_s: float) -> str:
        """Name a moment on the axis."""
        return wording.minutes(t_s)

    # ---------------------------------------------------------------------------- control
    def set_numbers(self, shown: bool) -> None:
        """Show figures or hide them."""
        self.numbers = shown
        self.restyle()
        if self.cursor_s is not None:
            self.moved.emit(self.words_at(self.cursor_s))

    def point_at(self, t_s: float, *, aloud: bool = False) -> None:
        """Put the cursor at a moment, and tell what there is."""
        self.cursor_s = min(max(0.0, t_s), self.view.duration_s)
        words = self.words_at(self.cursor_s)
        self.moved.emit(words)
        if aloud:
            announce(self, words)
        self.update()

    def zoom(self, steps: float) -> None:
        """Look closer around the cursor, or further with less than 0."""
        around_s = self.cursor_s
        if around_s is None or not self.view.from_s <= around_s <= self.view.to_s:
            around_s = (self.view.from_s + self.view.to_s) / 2
        self.view.zoom(steps, around_s)
        self.restyle()

    def pan(self, spans: float) -> None:
        """Move along by a part of what is shown."""
        self.view.pan(spans * self.view.span_s)
        self.restyle()

    def show_all(self) -> None:
        """Show all of it."""
        self.view.whole()
        self.restyle()

    def clear(self) -> None:
        """Forget what was shown, and where one pointed."""
        self.view, self.cursor_s = TimeView(), None
        super().clear()

    def restyle(self) -> None:
        """Draw everything anew."""
        self._drawn = QPixmap()
        super().restyle()

    # ----------------------------------------------------------------------------- layout
    @property
    def plot(self) -> QRectF:
        """Where it is drawn: a line of words above, figures beside it, the strip below."""
        side = 2.6 * theme.current().px(theme.SMALL_PX) if self.numbers else 0.0
        return super().plot.adjusted(side, self.line_px, 0, -_RAIL_PX - 4)

    @property
    def _rail(self) -> QRectF:
        plot = self.plot
        top = self.ground.bottom() - _RAIL_PX - 8
        return QRectF(plot.left(), top, plot.width(), _RAIL_PX)

    def x_of(self, t_s: float) -> float:
        """Return where a time lies."""
        return self.plot.left() + self.view.part(t_s) * self.plot.width()

    def t_s_at(self, x: float) -> float:
        """Return the time that lies there."""
        return self.view.at((x - self.plot.left()) / max(1.0, self.plot.width()))

    # --------------------------------------------------------------------------- painting
    def draw_figures(self, painter: QPainter) -> None:
        """Copy the picture of what is in sight; draw it first where it has changed."""
        ratio = painter.device().devicePixelRatioF()
        if self._drawn.isNull() or self._drawn.devicePixelRatio() != ratio:
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._drawn)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_view(inner)
            most = max(2, int(self.plot.width() / (6 * theme.current().px(theme.SMALL_PX))))
            ticks = time_ticks(self.view.from_s, self.view.to_s, most)
            self.draw_ticks(inner, [(self.x_of(t_s), self.tick_words(t_s)) for t_s in ticks])
            self._draw_rail(inner)
            inner.end()
        painter.drawPixmap(0, 0, self._drawn)

    def draw_hand(self, painter: QPainter) -> None:
        """Draw the cursor."""
        if self.cursor_s is not None and not self.why:
            self.draw_moment(painter, self.cursor_s, Qt.PenStyle.SolidLine)

    def draw_moment(self, painter: QPainter, t_s: float, style: Qt.PenStyle) -> None:
        """Draw a line at a moment, if it is in sight."""
        x = self.x_of(t_s)
        if self.plot.left() - 1 <= x <= self.plot.right() + 1:
            painter.setPen(QPen(QColor(theme.current().colours.ink), 1.2, style))
            painter.drawLine(QPointF(x, self.plot.top()), QPointF(x, self.plot.bottom()))

    def _draw_rail(self, painter: QPainter) -> None:
        if self.view.is_whole:
            return
        tones = theme.current().colours
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(tones.ink_soft, 0.22))
        painter.drawRoundedRect(self._rail, _RAIL_PX / 2, _RAIL_PX / 2)
        painter.setBrush(QColor(tones.breath))
        painter.drawRoundedRect(self._handle(), _RAIL_PX / 2, _RAIL_PX / 2)

    def _handle(self) -> QRectF:
        rail = self._rail
        all_s = max(1e-6, self.view.duration_s)
        left = rail.left() + self.view.from_s / all_s * rail.width()
        wide = max(24.0, self.view.span_s / all_s * rail.width())
        return QRectF(min(left, rail.right() - wide), rail.top(), wide, rail.height())

    # ------------------------------------------------------------------------------ by hand
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Point, or take hold of the strip."""
        if event.button() is not Qt.MouseButton.LeftButton or self.why:
            event.ignore()
            return
        grown = self._rail.adjusted(0, -6, 0, 6)
        self._railing = not self.view.is_whole and grown.contains(event.position())
        if self._railing:
            self._rail_to(event.position().x())
        else:
            self.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Point, or move the strip."""
        if self._railing:
            self._rail_to(event.position().x())
        elif not self.why:
            self.drag(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        railing, self._railing = self._railing, False
        if not railing:
            self.release(event.position())

    def press(self, at: QPointF) -> None:
        """Point where the button went down."""
        self.point_at(self.t_s_at(at.x()))

    def drag(self, at: QPointF) -> None:
        """Point where the mouse is."""
        if self.plot.left() <= at.x() <= self.plot.right():
            self.point_at(self.t_s_at(at.x()))

    def release(self, at: QPointF) -> None:
        """Do nothing more when the button comes up."""

    def _rail_to(self, x: float) -> None:
        rail = self._rail
        middle_s = (x - rail.left()) / max(1.0, rail.width()) * self.view.duration_s
        self.view.pan(middle_s - (self.view.from_s + self.view.to_s) / 2)
        self.restyle()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Look closer or move along where that is meant; otherwise the page scrolls."""
        notches = event.angleDelta().y() / _NOTCH
        aside = event.angleDelta().x() / _NOTCH
        modifiers = event.modifiers()
        if self.why:
            event.ignore()
        elif aside or modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.pan(-(aside or notches) / 8)
        elif self.hasFocus() or modifiers & Qt.KeyboardModifier.ControlModifier:
            self.view.zoom(notches, self.t_s_at(event.position().x()))
            self.restyle()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go along and look closer; leave other keys to the page."""
        if self.why or with_control(event) or not self.key(event):
            super().keyPressEvent(event)

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for here; return whether it stands for anything."""
        at_s = self.cursor_s if self.cursor_s is not None else self.view.from_s
        large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step_s = self.view.span_s / (_LARGE_STEPS if large else _STEPS)
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left:
                self._go(at_s - step_s)
            case Qt.Key.Key_Right:
                self._go(at_s + step_s)
            case Qt.Key.Key_Home:
                self._go(0.0)
            case Qt.Key.Key_End:
                self._go(self.view.duration_s)
            case Qt.Key.Key_PageUp:
                self.pan(-0.8)
                self._say_seen()
            case Qt.Key.Key_PageDown:
                self.pan(0.8)
                self._say_seen()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(1)
                self._say_seen()
            case Qt.Key.Key_Minus:
                self.zoom(-1)
                self._say_seen()
            case Qt.Key.Key_0:
                self.show_all()
                self._say_seen()
            case _:
                return False
        return True

    def _say_seen(self) -> None:
        """Say which part is in sight, for those who don't see it."""
        words = wording.tr("In sight: {start} to {end}").format(
            start=self.tick_words(self.view.from_s), end=self.tick_words(self.view.to_s)
        )
        announce(self, words)

    def _go(self, t_s: float) -> None:
        self.point_at(t_s, aloud=True)
        if self.cursor_s is not None:
            before_s = self.view.from_s
            self.view.show(self.cursor_s)
            if self.view.from_s != before_s:
                self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew."""
        super().resizeEvent(event)
        self.restyle()
