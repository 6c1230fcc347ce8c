"""Live figures for a script: push intervals, read metrics."""

from __future__ import annotations

from math import isfinite

from biofeedback.practice.breath import phase_at
from biofeedback.signals.causal import CausalArtefacts
from biofeedback.signals.live import LiveMetrics
from biofeedback.signals.series import PLAUSIBLE_RR_MS
from biofeedback.types import (
    MS_PER_TICK,
    TICKS_PER_S,
    Beat,
    BeatFlag,
    BreathPattern,
    BreathSegment,
    Metrics,
)

_LONGEST_TICKS = 0xFFFF
"""What a strap can send; anything above counts as this."""


class Stream:
    """The live figures of a heart, beat by beat, as a practice shows them.

    Beats are judged two beats late, so the figures are those of the last judged one. Time is the
    running sum of the intervals. The same intervals give the same figures, to the last bit, and
    memory stays flat however long it runs.

    Parameters
    ----------
    guide_per_min
        Pace of a breath guide that began with the stream, in breaths a minute; then `Metrics`
        tells how the heart follows it. None: no guide.

    Raises
    ------
    ValueError
        If the pace is not a positive number.

    Examples
    --------
    >>> stream = Stream()
    >>> for rr_ms in [1000.0, 980.0, 1010.0, 1030.0] * 20:
    ...     metrics = stream.push(rr_ms)
    >>> round(metrics.hr_bpm, 1), round(metrics.rmssd_ms, 1)
    (59.9, 25.3)
    """

    def __init__(self, *, guide_per_min: float | None = None) -> None:
        self._segment: BreathSegment | None = None
        if guide_per_min is not None:
            if not (isfinite(guide_per_min) and guide_per_min > 0):
                raise ValueError(f"a pace of {guide_per_min} breaths a minute is none")
            half_s = 30 / guide_per_min
            self._segment = BreathSegment(0.0, BreathPattern(half_s, 0.0, half_s, 0.0))
        self._artefacts = CausalArtefacts()
        self._live = LiveMetrics()
        self._ticks = 0
        self._stretch = 0
        self._metrics = Metrics(t_s=0.0, reason="short")

    def push(self, rr_ms: float) -> Metrics:
        """Take the next interval; return the figures as of the last beat that is judged.

        Parameters
        ----------
        rr_ms
            The interval in ms, rounded to the nearest 1/1024 s. Where it is no heartbeat (see
            `biofeedback.signals.series.PLAUSIBLE_RR_MS`), it counts as an artefact and breaks
            the series.

        Raises
        ------
        ValueError
            If it is negative, infinite or not a number.
        """
        if not (isfinite(rr_ms) and rr_ms >= 0):
            raise ValueError(f"an interval of {rr_ms} ms is none")
        ticks = min(round(rr_ms / MS_PER_TICK), _LONGEST_TICKS)
        shortest_ms, longest_ms = PLAUSIBLE_RR_MS
        if shortest_ms <= ticks * MS_PER_TICK <= longest_ms:
            self._ticks += ticks
            beat = Beat(self._ticks / TICKS_PER_S, ticks, self._stretch)
        else:
            # one tick keeps times rising; nobody knows how long it really took
            self._ticks += 1
            flag = BeatFlag.IMPLAUSIBLE
            beat = Beat(self._ticks / TICKS_PER_S, ticks, self._stretch, flag)
            self._stretch += 1
        self._take(self._artefacts.push(beat))
        return self._metrics

    def gap(self) -> None:
        """Note that beats may be missing here: the next interval is joined to none before it."""
        self._take(self._artefacts.flush())
        self._stretch += 1

    def finish(self) -> Metrics:
        """Judge the last beats without their successors; return the figures as of the last one."""
        self._take(self._artefacts.flush())
        return self._metrics

    def _take(self, judged: tuple[Beat, ...]) -> None:
        for beat in judged:
            breath = phase_at(self._segment, beat.t_s) if self._segment else None
            self._metrics = self._live.push(beat, breath)
