"""Draws a whole session, or a part of it: heart, breath, phases, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from biofeedback.looking_back.breaths import fullness
from biofeedback.types import PhaseName
from gui import session_words, theme, wording
from gui.time_view import TimeView
from gui.widgets.heart_curve import curve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from biofeedback.looking_back.opened import Opened

LEAST_BPM = 24.0
"""Less than this never fills the height: a steady heart looks steady."""

_DENSE = 1.5
"""With more points to a pixel than one in so many, the line is drawn as a band of its extremes."""

_WAVE_STEP_PX = 2.0
_LEAST_BREATH_PX = 10.0
"""Narrower breaths can't be told apart, and are one soft band."""
_CROSS_PX = 3.4
_DOT_PX, _DOT_EVERY_PX = 2.4, 9.0
_BAR_PX = 3.0


@dataclass(frozen=True, slots=True)
class Scale:
    """From seconds and beats a minute to pixels."""

    view: TimeView
    plot: QRectF
    low_bpm: float
    high_bpm: float

    def x(self, t_s: float) -> float:
        """Return where a time lies."""
        return self.plot.left() + self.view.part(t_s) * self.plot.width()

    def y(self, bpm: float) -> float:
        """Return where a heart rate lies."""
        part = (bpm - self.low_bpm) / (self.high_bpm - self.low_bpm)
        return self.plot.bottom() - part * self.plot.height()

    def box(self, from_s: float, to_s: float) -> QRectF:
        """Return the part of the plot between two times that is in sight; it may be empty."""
        left = max(self.plot.left(), self.x(from_s))
        right = min(self.plot.right(), self.x(to_s))
        return QRectF(left, self.plot.top(), max(0.0, right - left), self.plot.height())


def heart_limits(opened: Opened) -> tuple[float, float]:
    """Return the lowest and the highest heart rate to show, the same however close one looks."""
    rates = opened.heart.hr_bpm[opened.heart.normal]
    low, high = (float(rates.min()), float(rates.max())) if rates.size else (60.0, 60.0)
    missing = max(0.0, LEAST_BPM - (high - low))
    return low - missing / 2 - 2, high + missing / 2 + 2


def paint_session(painter: QPainter, opened: Opened, scale: Scale, *, numbers: bool) -> None:
    """Draw everything but what is pointed at."""
    if numbers:
        paint_levels(painter, scale)
    painter.save()
    painter.setClipRect(scale.plot.adjusted(-1, -1, 1, 1))
    paint_phases(painter, opened, scale)
    _wave(painter, opened, scale)
    paint_heart(painter, opened, scale, QColor(theme.current().colours.heart))
    _odd_beats(painter, opened, scale)
    _lost(painter, opened, scale)
    _pauses(painter, opened, scale)
    for from_s, to_s in opened.left_out:
        paint_hatched(painter, scale.box(from_s, to_s))
    if opened.all_left_out:
        paint_hatched(painter, scale.plot)
    painter.restore()
    _phase_names(painter, opened, scale)


def paint_phases(painter: QPainter, opened: Opened, scale: Scale) -> None:
    """Lay a soft ground under the practice, and a line where a phase begins."""
    tones = theme.current().colours
    for stretch in opened.phases:
        box = scale.box(stretch.from_s, stretch.to_s)
        if box.width() <= 0:
            continue
        if stretch.phase is PhaseName.GUIDED:
            painter.fillRect(box, theme.colour(tones.wave, 0.10))
        if stretch.from_s > scale.view.from_s:
            painter.setPen(QPen(theme.colour(tones.ink_soft, 0.6), 1, Qt.PenStyle.DashLine))
            painter.drawLine(box.topLeft(), box.bottomLeft())


def paint_hatched(painter: QPainter, box: QRectF) -> None:
    """Hatch what is left out: it stays to be seen, and does not look like the rest."""
    if box.width() <= 0:
        return
    tones = theme.current().colours
    painter.fillRect(box, theme.colour(tones.sunken, 0.45))
    painter.fillRect(box, QBrush(theme.colour(tones.ink_soft, 0.75), Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(QColor(tones.ink_soft), 1.2))
    painter.drawLine(box.topLeft(), box.bottomLeft())
    painter.drawLine(box.topRight(), box.bottomRight())


def paint_heart(
    painter: QPainter, opened: Opened, scale: Scale, tone: QColor, *, dashed: bool = False
) -> None:
    """Draw the heart's line, broken where nothing joins."""
    heart = opened.heart
    first = max(0, int(heart.t_s.searchsorted(scale.view.from_s)) - 1)
    end = min(heart.size, int(heart.t_s.searchsorted(scale.view.to_s)) + 1)
    at = np.flatnonzero(heart.normal[first:end]) + first
    if not at.size:
        return
    x = scale.plot.left() + scale.plot.width() * (
        (heart.t_s[at] - scale.view.from_s) / max(1e-6, scale.view.span_s)
    )
    part = (heart.hr_bpm[at] - scale.low_bpm) / (scale.high_bpm - scale.low_bpm)
    y = scale.plot.bottom() - part * scale.plot.height()
    breaks = np.flatnonzero(~heart.joined[at])
    bounds = [0, *breaks[breaks > 0].tolist(), at.size]
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    dense = at.size * _DENSE > scale.plot.width()
    # a thin line with plain joins is several times as fast, and looks the same where it is dense
    pen = QPen(tone, 1.0, style) if dense else QPen(tone, 1.8, style, cap, join)
    for begin, stop in pairwise(bounds):
        if dense:
            painter.setPen(pen)
            painter.drawPolyline(_polygon(*_extremes(x[begin:stop], y[begin:stop])))
        else:
            painter.strokePath(curve(_rising(x[begin:stop], y[begin:stop])), pen)


def _rising(x: NDArray[np.float64], y: NDArray[np.float64]) -> Sequence[QPointF]:
    points = list(map(QPointF, x.tolist(), y.tolist()))
    kept = points[:1]
    for point in points[1:]:
        if point.x() > kept[-1].x():
            kept.append(point)
    return kept


def _extremes(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Thin a line out to first, lowest, highest and last of each half pixel's column."""
    if x.size < 4:
        return x, y
    column = np.floor(x * 2).astype(np.int64)
    starts = np.flatnonzero(np.r_[True, column[1:] != column[:-1]])
    if starts.size * 4 >= x.size:
        return x, y
    low, high = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    ends = np.r_[starts[1:], x.size] - 1
    thin_y = np.stack((y[starts], low, high, y[ends]), axis=1).ravel()
    return np.repeat(x[starts], 4), thin_y


def _polygon(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
    return QPolygonF(list(map(QPointF, x.tolist(), y.tolist())))


def _wave(painter: QPainter, opened: Opened, scale: Scale) -> None:
    """Draw the guide's breath at the foot; too narrow to be told apart, it is one soft band."""
    n = max(2, ceil(scale.plot.width() / _WAVE_STEP_PX))
    t_s = np.linspace(scale.view.from_s, scale.view.to_s, n)
    full = fullness(opened.guided, t_s)
    runs = np.isfinite(full)
    if not runs.any():
        return
    floor, rise = scale.plot.bottom(), 0.34 * scale.plot.height()
    x = np.linspace(scale.plot.left(), scale.plot.right(), n)
    edges = np.flatnonzero(np.diff(np.r_[False, runs, False]))
    tone = theme.colour(theme.current().colours.wave, 0.42)
    narrow = _breath_px(opened, scale) < _LEAST_BREATH_PX
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        left, right = float(x[begin]), float(x[end - 1])
        if narrow:
            painter.fillRect(QRectF(left, floor - rise / 2, right - left, rise / 2), tone)
            continue
        path = QPainterPath(QPointF(left, floor))
        for point in map(QPointF, x[begin:end].tolist(), (floor - rise * full[begin:end]).tolist()):
            path.lineTo(point)
        path.lineTo(right, floor)
        painter.fillPath(path, tone)


def _breath_px(opened: Opened, scale: Scale) -> float:
    shortest_s = min(each.segment.pattern.cycle_s for each in opened.guided)
    return shortest_s / max(1e-6, scale.view.span_s) * scale.plot.width()


def paint_levels(painter: QPainter, scale: Scale) -> None:
    """Name a few heart rates at the side."""
    tones = theme.current().colours
    painter.setFont(theme.current().font(theme.SMALL_PX))
    height = QFontMetricsF(painter.font()).height()
    step = 10 if scale.high_bpm - scale.low_bpm < 60 else 20
    bpm = ceil(scale.low_bpm / step) * step
    while bpm < scale.high_bpm:
        y = scale.y(bpm)
        if scale.plot.top() + height / 2 < y < scale.plot.bottom() - height / 2:
            painter.setPen(QPen(theme.colour(tones.ink_soft, 0.28), 1))
            painter.drawLine(QLineF(scale.plot.left(), y, scale.plot.right(), y))
            painter.setPen(QColor(tones.ink_soft))
            box = QRectF(0, y - height / 2, scale.plot.left() - 8, height)
            middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            absolute = int(middle | Qt.AlignmentFlag.AlignAbsolute)
            painter.drawText(box, absolute, wording.number(bpm))
        bpm += step


def _odd_beats(painter: QPainter, opened: Opened, scale: Scale) -> None:
    """Mark each beat that doesn't fit by a cross at the top: by its shape, not its colour."""
    heart = opened.heart
    t_s = heart.t_s[~heart.normal]
    t_s = t_s[(t_s >= scale.view.from_s) & (t_s <= scale.view.to_s)]
    painter.setPen(QPen(QColor(theme.current().colours.ink), 1.5))
    y = scale.plot.top() + 2 * _CROSS_PX
    last = -1e9
    for x in map(scale.x, t_s.tolist()):
        if x - last < 2:  # one cross stands for all that would lie on it
            continue
        last = x
        painter.drawLine(QLineF(x - _CROSS_PX, y - _CROSS_PX, x + _CROSS_PX, y + _CROSS_PX))
        painter.drawLine(QLineF(x - _CROSS_PX, y + _CROSS_PX, x + _CROSS_PX, y - _CROSS_PX))


def _lost(painter: QPainter, opened: Opened, scale: Scale) -> None:
    """Mark where nothing was heard by a row of dots: nothing is guessed."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().colours.ink_soft))
    y = scale.plot.center().y()
    for stretch in opened.lost:
        box = scale.box(stretch.from_s, stretch.to_s)
        x = box.left() + _DOT_EVERY_PX / 2
        while box.width() > 0 and x <= box.right() + _DOT_EVERY_PX / 2:
            painter.drawEllipse(QPointF(x, y), _DOT_PX, _DOT_PX)
            x += _DOT_EVERY_PX


def _pauses(painter: QPainter, opened: Opened, scale: Scale) -> None:
    """Mark each pause by two bars, and its length by lines."""
    tones = theme.current().colours
    for from_s, to_s in opened.pauses:
        box = scale.box(from_s, to_s)
        if box.width() <= 0:
            continue
        painter.fillRect(box, QBrush(theme.colour(tones.ink_soft, 0.35), Qt.BrushStyle.VerPattern))
        x, y = box.center().x(), box.bottom() - 18
        for side in (-1, 1):
            bar = QRectF(x + side * _BAR_PX * 1.2 - _BAR_PX / 2, y, _BAR_PX, 12)
            painter.fillRect(bar, QColor(tones.ink))


def _phase_names(painter: QPainter, opened: Opened, scale: Scale) -> None:
    """Name each phase above its band, where there is room."""
    painter.setFont(theme.current().font(theme.SMALL_PX))
    painter.setPen(QColor(theme.current().colours.ink))
    metrics = QFontMetricsF(painter.font())
    for stretch in opened.phases:
        box = scale.box(stretch.from_s, stretch.to_s)
        words = session_words.phase_short(stretch.phase)
        if box.width() >= metrics.horizontalAdvance(words) + 4:
            top = QRectF(box.left(), box.top() - metrics.height() - 3, box.width(), 0)
            top.setHeight(metrics.height())
            painter.drawText(top, int(Qt.AlignmentFlag.AlignCenter), words)
