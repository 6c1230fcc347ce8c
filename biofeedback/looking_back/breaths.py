"""The breath guide over a whole session, as arrays: what `phase_at` tells, many times at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, inf

import numpy as np
from numpy.typing import NDArray

from biofeedback.types import BreathPattern, BreathSegment, GuideChanged

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Guided:
    """A stretch in which the guide ran as one segment says.

    Attributes
    ----------
    from_s, to_s
        In session time.
    segment
        The guide.
    """

    from_s: float
    to_s: float
    segment: BreathSegment

    @property
    def length_s(self) -> float:
        """How long it ran."""
        return self.to_s - self.from_s


def guided_stretches(changes: Sequence[GuideChanged], end_s: float) -> tuple[Guided, ...]:
    """Return when the guide ran, in order; ``end_s`` is the session's end."""
    found = []
    for change, after in pairwise((*changes, GuideChanged(end_s, None))):
        if change.segment is not None and after.t_s > change.t_s:
            found.append(Guided(change.t_s, after.t_s, change.segment))
    return tuple(found)


def longest(stretches: Sequence[Guided]) -> Guided | None:
    """Return the longest stretch; of two as long, the first. None where the guide never ran."""
    return max(stretches, key=lambda stretch: stretch.length_s, default=None)


def fullness(stretches: Sequence[Guided], t_s: FloatArray) -> FloatArray:
    """Return how full the guide's breath is at each time, 0..1; NaN where the guide rests.

    Parameters
    ----------
    stretches
        As `guided_stretches` returns them.
    t_s
        Session times in seconds, rising, shape (n,).
    """
    full = np.full(t_s.shape, np.nan)
    for stretch in stretches:
        first, end = np.searchsorted(t_s, (stretch.from_s, stretch.to_s))
        if end > first:
            full[first:end] = _fullness_of(stretch, t_s[first:end])
    return full


def cycles(stretch: Guided, t_s: FloatArray) -> FloatArray:
    """Return `BreathPhase.cycles` at each of ``t_s`` (rising, within the stretch), shape (n,)."""
    table = _Breaths.of(stretch)
    number, into_s = table.at(t_s)
    return table.first_cycles + number + into_s / table.length_s[number]


def segment_at(stretches: Sequence[Guided], t_s: float) -> BreathSegment | None:
    """Return the guide that runs at ``t_s``; None while it rests."""
    at = bisect_right([stretch.from_s for stretch in stretches], t_s) - 1
    return stretches[at].segment if at >= 0 and t_s < stretches[at].to_s else None


def _fullness_of(stretch: Guided, t_s: FloatArray) -> FloatArray:
    table = _Breaths.of(stretch)
    number, into_s = table.at(t_s)
    inhale_s, hold_in_s, exhale_s = table.stages_s[:, number]
    full = np.zeros(t_s.shape)
    rises = into_s < inhale_s
    full[rises] = 0.5 - 0.5 * np.cos(np.pi * into_s[rises] / inhale_s[rises])
    into_s = into_s - inhale_s
    full[~rises & (into_s < hold_in_s)] = 1.0
    into_s = into_s - hold_in_s
    falls = ~rises & (into_s >= 0) & (into_s < exhale_s)
    full[falls] = 0.5 + 0.5 * np.cos(np.pi * into_s[falls] / exhale_s[falls])
    return full


@dataclass(frozen=True, slots=True, eq=False)
class _Breaths:
    """Every breath of a stretch.

    Attributes
    ----------
    began_s
        When each began, rising, shape (n,).
    length_s
        Shape (n,).
    stages_s
        Inhale, held in, exhale, of each, shape (3, n).
    first_cycles
        Whole breaths that the guide had made before the first of them.
    """

    began_s: FloatArray
    length_s: FloatArray
    stages_s: FloatArray
    first_cycles: float

    @classmethod
    def of(cls, stretch: Guided) -> _Breaths:
        segment = stretch.segment
        begun = floor(segment.cycles)
        # a segment may go on within a breath
        t_s = segment.start_s - (segment.cycles - begun) * segment.pattern.cycle_s
        led_s = segment.lead_ends_s[-1] if segment.lead else 0.0
        steady = stretch.to_s - t_s - led_s
        n_steady = max(0, floor(steady / segment.pattern.cycle_s) + 1)
        patterns: list[BreathPattern] = [*segment.lead, *([segment.pattern] * n_steady)]
        if not patterns:
            patterns = [segment.pattern]
        length_s = np.array([pattern.cycle_s for pattern in patterns])
        began_s = t_s + np.concatenate(([0.0], np.cumsum(length_s)[:-1]))
        stages_s = np.array(
            [(pattern.inhale_s, pattern.hold_in_s, pattern.exhale_s) for pattern in patterns]
        ).T
        return cls(began_s, length_s, stages_s, float(begun))

    def at(self, t_s: FloatArray) -> tuple[NDArray[np.intp], FloatArray]:
        """Return which breath each time is in, and how far into it, in seconds."""
        number = np.clip(self.began_s.searchsorted(t_s, side="right") - 1, 0, None)
        into_s = np.clip(t_s - self.began_s[number], 0.0, inf)
        return number, into_s
