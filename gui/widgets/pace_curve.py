"""The picture of an assessment: how far the heart swung at each pace, and the curve through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import pace_words, theme, wording
from gui.roles import Role

if TYPE_CHECKING:
    from biofeedback.signals.resonance_assessment import ResonanceAssessment

_HEIGHT_PX = 230
_DOT_PX = 5.0
_FROM_PER_MIN, _TO_PER_MIN = 4.2, 7.1
_TICKS_PER_MIN = (4.5, 5.0, 5.5, 6.0, 6.5, 7.0)


class PaceCurve(QWidget):
    """Dots with their give or take, the curve with its band, and where its peak may lie.

    Slow paces are at the reading side. Nothing in it is good or bad.
    """

    accessible_role = Role.Chart

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: ResonanceAssessment | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setAccessibleName(self.tr("Picture of the paces"))
        theme.look().changed.connect(self.updateGeometry)

    def show_found(self, found: ResonanceAssessment) -> None:
        """Draw an assessment."""
        self._found = found
        self.setAccessibleDescription(pace_words.picture(found))
        self.setVisible(bool(found.responses))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the curve."""
        return QSize(480, theme.current().px(_HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least at which it can be read."""
        return QSize(240, theme.current().px(_HEIGHT_PX) * 3 // 4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ground, interval, band, curve and dots."""
        found = self._found
        if found is None or not found.responses:
            return
        look = theme.current()
        tones = look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.sunken))
        painter.drawRoundedRect(ground, theme.RADIUS_PX, theme.RADIUS_PX)
        small = look.font(theme.SMALL_PX)
        line_h = QFontMetricsF(small).height()
        plot = ground.adjusted(look.px(24), line_h + 20, -look.px(24), -line_h - 16)
        painter.setFont(small)
        top_bpm = self._top_bpm(found)

        def x(per_min: float) -> float:
            part = (per_min - _FROM_PER_MIN) / (_TO_PER_MIN - _FROM_PER_MIN)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                part = 1 - part
            return plot.left() + part * plot.width()

        def y(bpm: float) -> float:
            return plot.bottom() - bpm / top_bpm * plot.height()

        self._labels(painter, ground, plot, x, line_h)
        painter.setClipRect(ground)
        if found.pace_per_min is not None and found.low_per_min and found.high_per_min:
            left, right = sorted((x(found.low_per_min), x(found.high_per_min)))
            span = QRectF(left, plot.top(), right - left, plot.height())
            painter.fillRect(span, theme.colour(tones.wave, 0.16))
            painter.setPen(QPen(QColor(tones.breath), 1.6, Qt.PenStyle.DashLine))
            at = x(found.pace_per_min)
            painter.drawLine(QPointF(at, plot.top()), QPointF(at, plot.bottom()))
        curve = found.curve
        if curve is not None:
            upper = [
                QPointF(x(p), y(2 * s))
                for p, s in zip(curve.at_per_min, curve.swing_high_bpm, strict=True)
            ]
            lower = [
                QPointF(x(p), y(2 * s))
                for p, s in zip(curve.at_per_min, curve.swing_low_bpm, strict=True)
            ]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(tones.heart, 0.16))
            painter.drawPolygon(QPolygonF(upper + lower[::-1]))
            path = QPainterPath()
            for number, (p, s) in enumerate(zip(curve.at_per_min, curve.swing_bpm, strict=True)):
                point = QPointF(x(p), y(2 * s))
                path.lineTo(point) if number else path.moveTo(point)
            painter.strokePath(path, QPen(QColor(tones.heart), 2))
        pen = QPen(QColor(tones.ink), 1.4)
        for each in found.responses:
            at, reach = x(each.rate_per_min), 2 * each.swing_error_bpm
            painter.setPen(pen)
            painter.drawLine(
                QPointF(at, y(2 * each.swing_bpm + reach)),
                QPointF(at, y(max(0.0, 2 * each.swing_bpm - reach))),
            )
            painter.setBrush(QColor(tones.raised))
            painter.drawEllipse(QPointF(at, y(2 * each.swing_bpm)), _DOT_PX, _DOT_PX)

    def _top_bpm(self, found: ResonanceAssessment) -> float:
        highest = max(2 * (each.swing_bpm + each.swing_error_bpm) for each in found.responses)
        if found.curve is not None:
            highest = max(highest, 2 * max(found.curve.swing_bpm))
        return 1.08 * highest

    def _labels(
        self,
        painter: QPainter,
        ground: QRectF,
        plot: QRectF,
        x: object,
        line_h: float,
    ) -> None:
        """Say what the picture shows, and name the paces beneath it."""
        assert callable(x)
        tones = theme.current().colours
        painter.setPen(QColor(tones.ink_soft))
        title = wording.tr("Swing of the heart rate, and breaths a minute")
        metrics = QFontMetricsF(painter.font())
        room = QRectF(plot.left(), ground.top() + 8, plot.width(), line_h)
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeading), shown)
        widest = metrics.horizontalAdvance(wording.number(4.5, 1)) + 8
        every = 1 if plot.width() / len(_TICKS_PER_MIN) > widest else 2
        for per_min in _TICKS_PER_MIN[::every]:
            at = x(per_min)
            painter.setPen(QPen(theme.colour(tones.ink_soft, 0.4), 1))
            painter.drawLine(QPointF(at, plot.bottom()), QPointF(at, plot.bottom() + 4))
            painter.setPen(QColor(tones.ink_soft))
            box = QRectF(at - widest, plot.bottom() + 5, 2 * widest, line_h)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), wording.number(per_min, 1))
