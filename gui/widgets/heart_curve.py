"""A soft curve through heartbeats, for the live trace and for the summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from biofeedback.types import Beat, BeatFlag

GAP_S = 4.0
"""Beats further apart than this are not joined."""

LOWEST_BPM, HIGHEST_BPM = 30.0, 220.0

Run = list[QPointF]


def drawable(beat: Beat) -> bool:
    """Tell whether a beat belongs on the curve."""
    if beat.flag is not BeatFlag.NORMAL or beat.rr_ticks <= 0:
        return False
    return LOWEST_BPM <= 60_000 / beat.rr_ms <= HIGHEST_BPM


def runs(
    beats: Iterable[Beat], x: Callable[[float], float], y: Callable[[float], float]
) -> list[Run]:
    """Return the curve's points, cut where beats are not joined.

    Parameters
    ----------
    beats
        In order of time.
    x, y
        From seconds and beats a minute to pixels.
    """
    found: list[Run] = []
    last: Beat | None = None
    for beat in beats:
        if not drawable(beat):
            continue
        point = QPointF(x(beat.t_s), y(60_000 / beat.rr_ms))
        joined = last is not None and beat.segment == last.segment and beat.t_s - last.t_s <= GAP_S
        if joined and point.x() > found[-1][-1].x():
            found[-1].append(point)
        else:
            found.append([point])
        last = beat
    return found


def curve(points: Sequence[QPointF]) -> QPainterPath:
    """Return a smooth path that never swings beyond its points (Fritsch & Butland 1984)."""
    path = QPainterPath()
    if not points:
        return path
    path.moveTo(points[0])
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.01, 0))
        return path
    slopes = [(b.y() - a.y()) / (b.x() - a.x()) for a, b in pairwise(points)]
    tangents = [slopes[0]]
    tangents += [
        2 * one * other / (one + other) if one * other > 0 else 0.0
        for one, other in pairwise(slopes)
    ]
    tangents.append(slopes[-1])
    for number, (a, b) in enumerate(pairwise(points)):
        third = (b.x() - a.x()) / 3
        path.cubicTo(
            a.x() + third,
            a.y() + tangents[number] * third,
            b.x() - third,
            b.y() - tangents[number + 1] * third,
            b.x(),
            b.y(),
        )
    return path


def heart_range(beats: Iterable[Beat], least_bpm: float) -> tuple[float, float] | None:
    """Return the lowest and highest heart rate on the curve, at least ``least_bpm`` apart."""
    rates = [60_000 / beat.rr_ms for beat in beats if drawable(beat)]
    if not rates:
        return None
    low, high = min(rates), max(rates)
    missing = max(0.0, least_bpm - (high - low))
    return low - missing / 2, high + missing / 2
