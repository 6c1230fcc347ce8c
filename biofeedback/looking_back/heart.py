"""The heart of a whole session as arrays: what was measured, what was not, what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.left_out import Span
from biofeedback.signals.series import NNSeries
from biofeedback.types import Beat, BeatFlag, BeatsJudged, PulseSeen, Update

JOINED_S = 4.0
"""Points further apart than this are not joined by a line."""

LOWEST_BPM, HIGHEST_BPM = 30.0, 220.0
"""What lies beyond is no heart rate that a line could follow."""

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class HeartLine:
    """One point a beat, or one a second where a strap sends no heartbeats.

    Attributes
    ----------
    t_s
        When, rising, shape (n,).
    hr_bpm
        60000 / RR; the sensor's own figure where there are no intervals.
    normal
        False where a beat doesn't fit its neighbours: no line goes through it.
    joined
        True where the line goes on from the last normal point before it.
    segment
        Counts up at each gap.
    of_beats
        False where it is the sensor's own figure.
    """

    t_s: FloatArray
    hr_bpm: FloatArray
    normal: BoolArray
    joined: BoolArray
    segment: NDArray[np.int64]
    of_beats: bool = True

    @property
    def size(self) -> int:
        """Number of points."""
        return int(self.t_s.size)

    def kept(self, left_out: Sequence[Span]) -> BoolArray:
        """Return which points count: normal, and not left out by the person, shape (n,)."""
        return self.normal & self.outside(left_out)

    def outside(self, left_out: Sequence[Span]) -> BoolArray:
        """Return which points are not left out: the whole interval has to lie outside."""
        lies = np.ones(self.size, dtype=np.bool_)
        began_s = self.t_s - 60 / self.hr_bpm if self.of_beats else self.t_s
        for from_s, to_s in left_out:
            lies &= (began_s >= to_s) | (self.t_s <= from_s)
        return lies

    def nearest(self, t_s: float) -> int | None:
        """Return the number of the point that is nearest to ``t_s``; None without any."""
        if not self.size:
            return None
        at = int(self.t_s.searchsorted(t_s))
        if at == self.size or (at > 0 and t_s - self.t_s[at - 1] <= self.t_s[at] - t_s):
            at -= 1
        return at

    def series(self, from_s: float, to_s: float, left_out: Sequence[Span]) -> NNSeries:
        """Return the normal intervals between two times that are not left out."""
        first, end = np.searchsorted(self.t_s, (from_s, to_s))
        starts = np.ones(self.size, dtype=np.bool_)
        starts[1:] = self.segment[1:] != self.segment[:-1]
        part = slice(int(first), int(end))
        return NNSeries.from_rr(
            60_000 / self.hr_bpm[part],
            keep=self.kept(left_out)[part],
            starts=starts[part],
            t_s=self.t_s[part],
        )


def line_of_beats(beats: Sequence[Beat]) -> HeartLine:
    """Return the line through judged beats, in order."""
    beats = [beat for beat in beats if beat.rr_ticks > 0]
    n = len(beats)
    hr_bpm = np.fromiter((60_000 / beat.rr_ms for beat in beats), np.float64, n)
    flagged = np.fromiter((beat.flag is not BeatFlag.NORMAL for beat in beats), np.bool_, n)
    return _line(
        np.fromiter((beat.t_s for beat in beats), np.float64, n),
        hr_bpm,
        ~flagged & (hr_bpm >= LOWEST_BPM) & (hr_bpm <= HIGHEST_BPM),
        np.fromiter((beat.segment for beat in beats), np.int64, n),
        of_beats=True,
    )


def line_of_sensor(pulses: Iterable[PulseSeen]) -> HeartLine:
    """Return the line through the heart rate that a strap works out itself."""
    told = [each for each in pulses if each.hr_bpm and each.contact is not False]
    t_s = np.array([each.t_s for each in told], dtype=np.float64)
    hr_bpm = np.array([each.hr_bpm for each in told], dtype=np.float64)
    gaps = np.zeros(t_s.size, dtype=np.int64)
    gaps[1:] = np.cumsum(np.diff(t_s) > JOINED_S)
    return _line(t_s, hr_bpm, np.ones(t_s.size, dtype=np.bool_), gaps, of_beats=False)


def heart_line(updates: Iterable[Update], *, measured: bool) -> HeartLine:
    """Return the heart's line of a session.

    Parameters
    ----------
    updates
        All that it told.
    measured
        Whether its intervals are measured heartbeats; otherwise the sensor's own figure is taken.
    """
    if measured:
        return line_of_beats(
            [beat for each in updates if isinstance(each, BeatsJudged) for beat in each.beats]
        )
    return line_of_sensor(each for each in updates if isinstance(each, PulseSeen))


def _line(
    t_s: FloatArray,
    hr_bpm: FloatArray,
    normal: BoolArray,
    segment: NDArray[np.int64],
    *,
    of_beats: bool,
) -> HeartLine:
    joined = np.zeros(t_s.size, dtype=np.bool_)
    at = np.flatnonzero(normal)
    joined[at[1:]] = (segment[at[1:]] == segment[at[:-1]]) & (np.diff(t_s[at]) <= JOINED_S)
    return HeartLine(t_s, hr_bpm, normal, joined, segment, of_beats)
