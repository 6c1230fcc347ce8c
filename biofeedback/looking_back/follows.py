"""How the heart followed the guide in the course of a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from biofeedback.looking_back.breaths import Guided, cycles
from biofeedback.looking_back.heart import HeartLine
from biofeedback.signals.following import MIN_BREATHS, following_unchecked
from biofeedback.signals.left_out import Span, is_outside
from biofeedback.signals.live import MAX_FLAGGED

FloatArray = NDArray[np.float64]

MOST_WINDOWS = 400
"""A long session shows no more of them than this: they overlap anyway."""


@dataclass(frozen=True, slots=True, eq=False)
class FollowingLine:
    """Following in windows of `MIN_BREATHS` breaths, one a breath.

    Attributes
    ----------
    t_s
        When each window ended, rising, shape (n,).
    r2
        `Following.r2`; NaN where too many beats are flagged, missing or left out.
    """

    t_s: FloatArray
    r2: FloatArray

    @property
    def told(self) -> int:
        """How many windows carry a figure."""
        return int(np.count_nonzero(np.isfinite(self.r2)))


def following_line(
    heart: HeartLine, stretches: Sequence[Guided], left_out: Sequence[Span]
) -> FollowingLine:
    """Work out following over time.

    A window never reaches across a change of pace. One in which more than `MAX_FLAGGED` of the
    beats are flagged (one is always allowed), or that touches what is left out, tells nothing.
    """
    t_s: list[float] = []
    r2: list[float] = []
    total = sum(stretch.length_s / stretch.segment.pattern.cycle_s for stretch in stretches)
    step = max(1, ceil(total / MOST_WINDOWS))
    for stretch in stretches:
        first, end = np.searchsorted(heart.t_s, (stretch.from_s, stretch.to_s))
        at_s = heart.t_s[first:end]
        if at_s.size < 2:
            continue
        done = cycles(stretch, at_s)
        window = _Window(at_s, heart.hr_bpm[first:end], done, heart.normal[first:end], left_out)
        begin, whole = float(done[0]), int(done[-1] - done[0])
        for n_breaths in range(MIN_BREATHS, whole + 1, step):
            until = int(done.searchsorted(begin + n_breaths, side="left"))
            until = min(until, at_s.size - 1)
            t_s.append(float(at_s[until]))
            r2.append(window.r2(until))
    return FollowingLine(np.array(t_s), np.array(r2))


class _Window:
    """The beats of one stretch of the guide."""

    def __init__(
        self,
        t_s: FloatArray,
        hr_bpm: FloatArray,
        done: FloatArray,
        normal: NDArray[np.bool_],
        left_out: Sequence[Span],
    ) -> None:
        self._t_s, self._done, self._normal = t_s, done, normal
        self._left_out = left_out
        self._kept_s, self._kept_bpm = t_s[normal], hr_bpm[normal]
        self._kept_done = done[normal]

    def r2(self, until: int) -> float:
        """Return following over the last whole breaths up to the beat of that number."""
        begin = self._done[until] - MIN_BREATHS
        first = max(0, int(self._done.searchsorted(begin, side="right")) - 1)
        from_s, to_s = float(self._t_s[first]), float(self._t_s[until])
        if not is_outside(from_s, to_s, self._left_out):
            return np.nan
        n = until + 1 - first
        flagged = n - int(np.count_nonzero(self._normal[first : until + 1]))
        if flagged > max(MAX_FLAGGED * n, 1):
            return np.nan
        low, high = np.searchsorted(self._kept_s, (from_s, to_s))
        part = slice(max(0, int(low) - 1), int(high) + 1)
        found = following_unchecked(self._kept_s[part], self._kept_bpm[part], self._kept_done[part])
        return np.nan if found is None else found.r2
