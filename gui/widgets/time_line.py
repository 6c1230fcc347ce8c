"""A session as a line of time: its phases, where the link was lost, and where one stands."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from biofeedback.types import PhaseName
from gui import theme, wording

if TYPE_CHECKING:
    from biofeedback.timeline import Stretch  # brings numpy: not before the first picture

STEP_S, PAGE_S = 5, 60
"""An arrow key and a page key go so far."""

_GROOVE_PX = 10
_HANDLE_PX = 9
_SIDE_PX = 14


class TimeLine(QSlider):
    """Goes to where it is clicked or dragged; arrows, page keys, Home and End go along it."""

    sought = Signal(float)
    """A person wants that session time, in seconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(self.tr("Time in the session, in seconds"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSingleStep(STEP_S)
        self.setPageStep(PAGE_S)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._duration_s = 0.0
        self._now_s = 0.0
        self._stretches: tuple[Stretch, ...] = ()
        theme.look().changed.connect(self.updateGeometry)

    # ---------------------------------------------------------------------------- control
    def show_session(self, duration_s: float, stretches: Sequence[Stretch]) -> None:
        """Show a session from its start."""
        self._duration_s, self._stretches = duration_s, tuple(stretches)
        self.setRange(0, ceil(duration_s))
        self.move_to(0.0)
        self.update()

    def move_to(self, now_s: float) -> None:
        """Stand at ``now_s``; nobody is told."""
        before, self._now_s = self._now_s, now_s
        blocked = self.blockSignals(True)
        self.setValue(round(now_s))
        self.blockSignals(blocked)
        self.setAccessibleDescription(
            self.tr("{now} of {all}").format(
                now=wording.minutes(now_s), all=wording.minutes(self._duration_s)
            )
        )
        if round(self._x(before)) != round(self._x(now_s)):
            self.update()

    # ----------------------------------------------------------------------------- by hand
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go along the line."""
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        forward = -1 if mirrored else 1
        steps = {
            Qt.Key.Key_Right: forward * STEP_S,
            Qt.Key.Key_Left: -forward * STEP_S,
            Qt.Key.Key_Up: STEP_S,
            Qt.Key.Key_Down: -STEP_S,
            Qt.Key.Key_PageUp: PAGE_S,
            Qt.Key.Key_PageDown: -PAGE_S,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._seek(self._now_s + steps[key])
        elif key == Qt.Key.Key_Home:
            self._seek(0.0)
        elif key == Qt.Key.Key_End:
            self._seek(self._duration_s)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go to where it is clicked."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._seek(self._t_s(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go along with the mouse."""
        if self.isSliderDown():
            self._seek(self._t_s(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        del event
        self.setSliderDown(False)

    def _seek(self, t_s: float) -> None:
        t_s = min(max(0.0, t_s), self._duration_s)
        self.move_to(t_s)
        self.sought.emit(t_s)

    # ----------------------------------------------------------------------------- drawing
    def _x(self, t_s: float) -> float:
        part = t_s / self._duration_s if self._duration_s > 0 else 0.0
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            part = 1 - part
        return _SIDE_PX + part * (self.width() - 2 * _SIDE_PX)

    def _t_s(self, x: float) -> float:
        part = (x - _SIDE_PX) / max(1, self.width() - 2 * _SIDE_PX)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            part = 1 - part
        return part * self._duration_s

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a height that is easy to hit."""
        return QSize(240, max(36, theme.current().px(36)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same height, and little width."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw phases as bands, lost links as dots, and where one stands."""
        del event
        tones = theme.current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        left, right = sorted((self._x(0.0), self._x(self._duration_s)))
        groove = QRectF(left, middle - _GROOVE_PX / 2, right - left, _GROOVE_PX)
        painter.setPen(QPen(QColor(tones.line), 1))
        painter.setBrush(QColor(tones.sunken))
        painter.drawRoundedRect(groove, _GROOVE_PX / 2, _GROOVE_PX / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        for stretch in self._stretches:
            if stretch.phase is PhaseName.GUIDED:
                self._band(painter, stretch, groove)
        for stretch in self._stretches:
            if stretch.phase is None:
                self._dots(painter, stretch, groove)
        here = QPointF(self._x(self._now_s), middle)
        painter.setPen(QPen(QColor(tones.paper), 2))
        painter.setBrush(QColor(tones.breath))
        painter.drawEllipse(here, _HANDLE_PX, _HANDLE_PX)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tones.focus), theme.FOCUS_PX))
            painter.drawEllipse(here, _HANDLE_PX + 3, _HANDLE_PX + 3)

    def _band(self, painter: QPainter, stretch: Stretch, groove: QRectF) -> None:
        ends = sorted((self._x(stretch.from_s), self._x(stretch.to_s)))
        painter.setBrush(theme.colour(theme.current().colours.breath, 0.35))
        painter.drawRect(QRectF(ends[0], groove.top() + 1, ends[1] - ends[0], groove.height() - 2))

    def _dots(self, painter: QPainter, stretch: Stretch, groove: QRectF) -> None:
        begin, end = sorted((self._x(stretch.from_s), self._x(stretch.to_s)))
        painter.setBrush(QColor(theme.current().colours.ink_soft))
        x = begin
        while x <= max(end, begin):
            painter.drawEllipse(QPointF(x, groove.bottom() + 5), 1.5, 1.5)
            x += 5
