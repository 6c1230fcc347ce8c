"""The strap's ECG as a line that is drawn from side to side, over what it drew before.

Samples come in bunches, half a second of them at a time, and late. The line runs `BEHIND_S`
behind, so that it moves evenly; each frame draws what is new and repaints no more than that.
"""

from __future__ import annotations

from bisect import bisect_left
from math import ceil, floor, inf

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from biofeedback.sensing import EcgSamples
from gui import theme
from gui.roles import Role

SPAN_S = 6.0
"""Time from side to side."""

BEHIND_S = 1.6
"""So much later than it was measured the line shows a sample; by then it has come."""

LEAST_UV = 800.0
"""Less than this never fills the height: noise stays small."""

_GAP_PX = 18
_PEN_PX = 1.6
_KEPT_S = 2 * SPAN_S
_MOST_POINTS = 4096
_LOST_S = 4.0
_JOIN_S = 0.05
"""Samples further apart than this are not joined."""


class EcgTrace(QWidget):
    """The trace. Whoever owns it pushes samples and calls `move_to` before each frame."""

    accessible_role = Role.Chart

    def __init__(self, tone: str = "raised", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("The strap's ECG over the last seconds"))
        self._points: list[tuple[float, float, bool]] = []
        self._next = 0
        self._picture = QPixmap()
        self._drawn_s = 0.0
        self._low_uv = self._high_uv = 0.0
        self._last: QPointF | None = None
        self._last_s = 0.0
        self._pens: tuple[QPen, QColor] | None = None
        self.clear()
        theme.look().changed.connect(self._repaint_all)

    # ---------------------------------------------------------------------------- control
    def clear(self) -> None:
        """Forget everything: another strap, another session."""
        self._points.clear()
        self._next = 0
        self._low_uv = self._high_uv = 0.0
        self._drawn_s = 0.0
        self._repaint_all()

    def push(self, samples: EcgSamples) -> None:
        """Take the samples of a frame, in order of time."""
        for number, uv in enumerate(samples.uv):
            begins = samples.starts and number == 0
            self._points.append((samples.from_s + number * samples.step_s, float(uv), begins))
        if len(self._points) > _MOST_POINTS:
            old = bisect_left(self._points, (self._points[-1][0] - _KEPT_S, 0.0, False))
            del self._points[:old]
            self._next = max(0, self._next - old)

    def move_to(self, now_s: float) -> None:
        """Let the line go on to where it stands at ``now_s``."""
        until_s = now_s - BEHIND_S
        if self.width() < 8 or not self.isVisible():
            return
        if self._picture.isNull() or not 0 <= until_s - self._drawn_s <= SPAN_S / 2:
            self._begin_at(until_s - SPAN_S + _GAP_PX / self._px_per_s)
        self._draw_to(until_s)

    @property
    def drawn_s(self) -> float:
        """How far the line is drawn, in session time."""
        return self._drawn_s

    # ----------------------------------------------------------------------------- drawing
    @property
    def _px_per_s(self) -> float:
        return self.width() / SPAN_S

    def _begin_at(self, from_s: float) -> None:
        """Clear the picture and begin anew."""
        ratio = self.devicePixelRatioF()
        self._picture = QPixmap(ceil(self.width() * ratio), ceil(self.height() * ratio))
        self._picture.setDevicePixelRatio(ratio)
        tones = theme.current().colours
        ground = QColor(getattr(tones, self._tone))
        pen = QPen(QColor(tones.heart), _PEN_PX)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._pens = (pen, ground)
        self._picture.fill(ground)
        self._drawn_s = from_s
        self._next = bisect_left(self._points, (from_s, -inf, False))
        self._last = None
        self._find_range(from_s + SPAN_S)
        self.update()

    def _draw_to(self, until_s: float) -> None:
        """Draw the new piece, a sweep at a time, and ask for no more than its columns."""
        while self._drawn_s < until_s:
            sweep = floor(self._drawn_s / SPAN_S)
            end_s = min(until_s, (sweep + 1) * SPAN_S)
            self._draw_piece(sweep * SPAN_S, self._drawn_s, end_s)
            self._drawn_s = end_s
            if end_s == (sweep + 1) * SPAN_S:
                self._last = None
                self._find_range(end_s)

    def _draw_piece(self, zero_s: float, from_s: float, to_s: float) -> None:
        assert self._pens is not None
        pen, ground = self._pens
        scale = self._px_per_s
        left = (from_s - zero_s) * scale
        right = (to_s - zero_s) * scale
        room = QRect(floor(left) - 2, 0, ceil(right) - floor(left) + 4 + _GAP_PX, self.height())
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # what was drawn a sweep ago gives way
        clear_from = ceil(left) if self._last is not None else floor(left)
        painter.fillRect(
            QRect(clear_from, 0, ceil(right) + _GAP_PX - clear_from, self.height()), ground
        )
        painter.setPen(pen)
        for line in self._lines(zero_s, from_s, to_s):
            painter.drawPolyline(QPolygonF(line))
        painter.end()
        self.update(room)

    def _lines(self, zero_s: float, from_s: float, to_s: float) -> list[list[QPointF]]:
        """Return the line's points in a stretch of time, cut where samples are missing."""
        high, span = self._high_uv, self._high_uv - self._low_uv
        height = self.height()
        lines: list[list[QPointF]] = []
        line = [self._last] if self._last is not None else []
        for t_s, uv, begins in self._points[self._next :]:
            if t_s >= to_s:
                break
            self._next += 1
            if t_s < from_s:
                continue  # it came too late to be drawn
            y = height * (0.08 + 0.84 * (high - uv) / span)
            point = QPointF((t_s - zero_s) * self._px_per_s, min(height - 1.0, max(1.0, y)))
            if (begins or t_s - self._last_s > _JOIN_S) and line:
                lines.append(line)
                line = []
            line.append(point)
            self._last, self._last_s = point, t_s
        lines.append(line)
        return [each for each in lines if len(each) > 1]

    def _find_range(self, now_s: float) -> None:
        """Fit the height to the last sweep; within a sweep it stays, so that nothing jumps."""
        recent = [uv for t_s, uv, _ in self._points if now_s - SPAN_S <= t_s < now_s + _LOST_S]
        if not recent:
            recent = [uv for _, uv, _ in self._points] or [0.0]
        low, high = min(recent), max(recent)
        missing = max(0.0, LEAST_UV - (high - low))
        self._low_uv, self._high_uv = low - missing / 2, high + missing / 2

    def _repaint_all(self) -> None:
        self._picture = QPixmap()
        self.update()

    # ------------------------------------------------------------------------------- Qt's
    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a calm height."""
        return QSize(320, theme.current().px(90))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Begin anew at another size."""
        super().resizeEvent(event)
        self._repaint_all()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Copy what is asked for."""
        painter = QPainter(self)
        if self._picture.isNull():
            painter.fillRect(event.rect(), QColor(getattr(theme.current().colours, self._tone)))
            return
        ratio = self._picture.devicePixelRatio()
        rect = event.rect()
        source = QRect(
            round(rect.x() * ratio),
            round(rect.y() * ratio),
            round(rect.width() * ratio),
            round(rect.height() * ratio),
        )
        painter.drawPixmap(rect, self._picture, source)
