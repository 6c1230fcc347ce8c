"""Spectra of practice and quiet time: two pictures side by side, each to its own height."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from biofeedback.looking_back.lacks import Lack
from biofeedback.looking_back.power import Power
from gui import session_words, theme, wording
from gui.widgets.chart import Chart

if TYPE_CHECKING:
    from biofeedback.looking_back.opened import Opened

HEIGHT_PX = 240
_FROM_PER_MIN, _TO_PER_MIN = 2.4, 24.0
_TICKS_PER_MIN = (3, 6, 9, 12, 15, 18, 21, 24)
_GAP_PX = 22


class PowerChart(Chart):
    """How much the heart swings, by how often a minute; the guide's pace is a dashed line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            wording.tr("Swings of the heart, by how many come a minute"), HEIGHT_PX, parent
        )
        self._parts: list[tuple[str, Power | Lack]] = []

    def show_session(self, opened: Opened) -> None:
        """Show the spectra of a session, or say why there are none."""
        quiet, guided = opened.quiet_power, opened.guided_power
        self._parts = [
            (wording.tr("Quiet time before"), quiet),
            (wording.tr("Practice"), guided),
        ]
        lacking = [part for _, part in self._parts if isinstance(part, Lack)]
        why = ""
        if len(lacking) == len(self._parts):
            why = session_words.lack(lacking[1])
        self.describe(
            session_words.power_words(quiet, guided),
            lambda: session_words.power_table(quiet, guided),
            why,
        )

    def clear(self) -> None:
        """Forget the session."""
        self._parts = []
        super().clear()

    def draw_figures(self, painter: QPainter) -> None:
        """Draw one part after the other."""
        plot = self.plot
        wide = (plot.width() - _GAP_PX) / 2
        ticks: list[tuple[float, str]] = []
        for number, (name, part) in enumerate(self._parts):
            left = plot.left() + number * (wide + _GAP_PX)
            room = QRectF(left, plot.top() + self.line_px, wide, plot.height() - self.line_px)
            self._name(painter, room, name)
            if isinstance(part, Lack):
                painter.setPen(QColor(theme.current().colours.ink))
                wrapped = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
                painter.drawText(room, wrapped, session_words.lack(part))
                continue
            self._part(painter, room, part)
            every = 1 if wide > theme.current().px(300) else 2
            ticks += [
                (self._x(room, per_min), wording.number(per_min))
                for per_min in _TICKS_PER_MIN[1::every]
            ]
        self.draw_ticks(painter, ticks)

    def _x(self, room: QRectF, per_min: float) -> float:
        part = (per_min - _FROM_PER_MIN) / (_TO_PER_MIN - _FROM_PER_MIN)
        return room.left() + part * room.width()

    def _name(self, painter: QPainter, room: QRectF, name: str) -> None:
        painter.setFont(theme.current().font(theme.SMALL_PX))
        painter.setPen(QColor(theme.current().colours.ink))
        head = QRectF(room.left(), room.top() - self.line_px, room.width(), self.line_px)
        shown = QFontMetricsF(painter.font()).elidedText(
            name, Qt.TextElideMode.ElideRight, head.width()
        )
        painter.drawText(head, int(Qt.AlignmentFlag.AlignLeading), shown)

    def _part(self, painter: QPainter, room: QRectF, power: Power) -> None:
        tones = theme.current().colours
        top = float(power.density_ms2_per_hz.max(initial=0.0))
        painter.setPen(QPen(theme.colour(tones.ink_soft, 0.45), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        if power.pace_per_min is not None:
            x = self._x(room, power.pace_per_min)
            painter.setPen(QPen(QColor(tones.breath), 1.8, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        if top <= 0:
            return
        path = QPainterPath(QPointF(self._x(room, float(power.per_min[0])), room.bottom()))
        height = 0.94 * room.height()
        for per_min, density in zip(
            power.per_min.tolist(), power.density_ms2_per_hz.tolist(), strict=True
        ):
            path.lineTo(self._x(room, per_min), room.bottom() - density / top * height)
        path.lineTo(self._x(room, float(power.per_min[-1])), room.bottom())
        painter.fillPath(path, theme.colour(tones.heart, 0.20))
        painter.strokePath(path, QPen(QColor(tones.heart), 1.6))
