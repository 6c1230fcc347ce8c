"""A series of normal intervals that knows where it is broken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from biofeedback.types import Beat, BeatFlag

PLAUSIBLE_RR_MS = (200.0, 3000.0)
"""Outside (300 and 20 beats a minute) an interval is no heartbeat, whatever its neighbours say."""


@dataclass(frozen=True, eq=False)
class NNSeries:
    """Normal-to-normal intervals in order, and which of them are neighbours.

    Attributes
    ----------
    nn_ms
        Intervals in ms, shape (n,).
    ended_s
        When each ended, in seconds, shape (n,), increasing; None: the running sum of all. Read it
        as `t_s`.
    joined
        Shape (n,): True where the interval directly follows the one before it in this series.
        False at the start and after a removed beat, a lost packet or a gap; no difference is
        formed there.
    """

    nn_ms: NDArray[np.float64]
    ended_s: NDArray[np.float64] | None
    joined: NDArray[np.bool_]

    @cached_property
    def t_s(self) -> NDArray[np.float64]:
        """When each ended, in seconds, shape (n,). Time goes on through removed beats.

        Summed up when first asked for: the figures of the time domain need none, and it takes
        longer than they do.
        """
        if self.ended_s is not None:
            return self.ended_s
        ended_s = np.add.accumulate(self.nn_ms)
        ended_s /= 1000
        return ended_s

    @classmethod
    def from_rr(
        cls,
        rr_ms: NDArray[np.float64],
        *,
        keep: NDArray[np.bool_] | None = None,
        starts: NDArray[np.bool_] | None = None,
        t_s: NDArray[np.float64] | None = None,
    ) -> NNSeries:
        """Take the kept ones of ``rr_ms``.

        Parameters
        ----------
        rr_ms
            All intervals in ms, shape (m,).
        keep
            Shape (m,): False removes an interval; None keeps all.
        starts
            Shape (m,): True where an interval begins after a gap; None: nowhere but the first.
        t_s
            When each of ``rr_ms`` ended; None: the running sum.
        """
        rr_ms = np.asarray(rr_ms, dtype=np.float64)
        if keep is None:
            joined = np.ones(rr_ms.size, dtype=np.bool_) if starts is None else ~starts
            joined[:1] = False
            return cls(rr_ms, t_s, joined)
        joined = np.zeros(rr_ms.size, dtype=np.bool_)
        joined[1:] = keep[:-1]
        if starts is not None:
            joined &= ~starts
        if t_s is None:
            t_s = np.cumsum(rr_ms) / 1000
        return cls(rr_ms[keep], t_s[keep], joined[keep])

    @classmethod
    def from_beats(cls, beats: Iterable[Beat]) -> NNSeries:
        """Take the beats that were judged normal; segments and flagged beats break the series."""
        listed = list(beats)
        segment = np.fromiter((beat.segment for beat in listed), dtype=np.int64, count=len(listed))
        starts = np.ones(len(listed), dtype=np.bool_)
        starts[1:] = segment[1:] != segment[:-1]
        return cls.from_rr(
            np.fromiter((beat.rr_ms for beat in listed), dtype=np.float64, count=len(listed)),
            keep=np.fromiter(
                (beat.flag is BeatFlag.NORMAL for beat in listed), dtype=np.bool_, count=len(listed)
            ),
            starts=starts,
            t_s=np.fromiter((beat.t_s for beat in listed), dtype=np.float64, count=len(listed)),
        )

    @property
    def size(self) -> int:
        """Number of intervals."""
        return int(self.nn_ms.size)

    def between(self, start_s: float, end_s: float) -> NNSeries:
        """Return the part whose beats ended in [start_s, end_s)."""
        first, last = np.searchsorted(self.t_s, (start_s, end_s))
        joined = self.joined[first:last].copy()
        joined[:1] = False
        return NNSeries(self.nn_ms[first:last], self.t_s[first:last], joined)

    def differences_ms(self) -> NDArray[np.float64]:
        """Return successive differences between neighbours alone, in ms."""
        at = np.flatnonzero(self.joined)
        return np.asarray(self.nn_ms[at] - self.nn_ms[at - 1], dtype=np.float64)
