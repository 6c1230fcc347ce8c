"""Beats on a time axis, from packets that say how long but not when.

A packet says how long its intervals were, exactly, and arrives late by an unknown and unsteady
delay. The strap's own clock (the running sum of the intervals) is steady but has no zero. The
two are joined by the least delayed packet of the last minute: arrival minus running sum, at its
minimum. That minimum moves with the drift of the clocks alone, not with the radio. In
simulation it places beats with 18 ms of jitter, against 371 ms for the times of arrival.

What remains unknown is a constant: a strap may hold an interval for 3-4 s before it sends it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from biofeedback.signals.series import PLAUSIBLE_RR_MS
from biofeedback.types import MS_PER_TICK, TICKS_PER_S, Beat, BeatFlag

WINDOW_S = 60.0
"""How long a packet stays a candidate for the least delayed one."""

LATE_S = 1.5
"""A packet later than this against the least delayed one is late: more than radio jitter."""

PATIENCE_S = 5.0
"""A stall of the radio makes up for itself within this; lost packets never do."""

_TICK_S = 1 / TICKS_PER_S
_SHORTEST_TICKS, _LONGEST_TICKS = (limit_ms / MS_PER_TICK for limit_ms in PLAUSIBLE_RR_MS)


class BeatAxis:
    """Places the beats of packets on the session's time axis.

    The same calls give the same beats, to the last bit. Times rise strictly over the whole
    session. Intervals of one segment follow one another without a hole; a new segment begins
    after a gap, after packets that stay late (some were lost: they stay lost), and after an
    interval that is no heartbeat (see `PLAUSIBLE_RR_MS`).

    Lost packets show only after `PATIENCE_S`; beats that came in meanwhile are up to that much
    too early and belong to the old segment.
    """

    def __init__(self) -> None:
        self._segment = -1
        self._fresh = True
        self._sum_ticks = 0
        self._offsets: deque[tuple[float, float]] = deque()
        self._last_arrival_s = 0.0
        self._late_since_s: float | None = None
        self._last_t_s: float | None = None

    def gap(self) -> None:
        """Note that beats may have been lost: the next one begins a new segment."""
        self._fresh = True

    def place(self, arrival_s: float, rr_ticks: tuple[int, ...]) -> tuple[Beat, ...]:
        """Place the beats of one packet.

        Parameters
        ----------
        arrival_s
            When the packet arrived, in seconds of session time; not earlier than the last one.
        rr_ticks
            Its intervals in 1/1024 s, oldest first; may be empty.

        Returns
        -------
        tuple of Beat
            One for each interval. Those outside `PLAUSIBLE_RR_MS` are flagged implausible: they
            end their segment and take no part in the running sum. All others are NORMAL, which
            here means not yet judged.
        """
        beats: list[Beat] = []
        if all(map(_plausible, rr_ticks)):
            self._place_run(arrival_s, rr_ticks, beats)
            return tuple(beats)
        run: list[int] = []
        # What follows an interval in its packet tells how long before the arrival it ended.
        remaining_ticks = sum(ticks for ticks in rr_ticks if _plausible(ticks))
        for ticks in rr_ticks:
            if _plausible(ticks):
                run.append(ticks)
                remaining_ticks -= ticks
                continue
            ended_s = arrival_s - remaining_ticks * _TICK_S
            self._place_run(ended_s, run, beats)
            run.clear()
            beats.append(self._implausible(ended_s, ticks))
        self._place_run(arrival_s, run, beats)
        return tuple(beats)

    def _place_run(self, ended_s: float, run: Sequence[int], beats: list[Beat]) -> None:
        if not run:
            return
        before_ticks = self._sum_ticks
        self._sum_ticks += sum(run)
        offset_s = ended_s - self._sum_ticks * _TICK_S
        if self._fresh or self._lost_some(ended_s, offset_s):
            self._begin_segment()
            before_ticks, self._sum_ticks = 0, sum(run)
            offset_s = ended_s - self._sum_ticks * _TICK_S
        anchor_s = self._anchor(ended_s, offset_s)
        self._last_arrival_s = ended_s
        at_ticks = before_ticks
        for ticks in run:
            at_ticks += ticks
            t_s = self._rising(anchor_s + at_ticks * _TICK_S, ticks, ended_s)
            beats.append(Beat(t_s, ticks, self._segment))

    def _lost_some(self, ended_s: float, offset_s: float) -> bool:
        if offset_s - self._offsets[0][1] <= LATE_S:
            self._late_since_s = None
            return False
        if self._late_since_s is None:
            # The hole opened right after the last packet that was on time.
            self._late_since_s = self._last_arrival_s
        return ended_s - self._late_since_s > PATIENCE_S

    def _begin_segment(self) -> None:
        self._segment += 1
        self._fresh = False
        self._sum_ticks = 0
        self._offsets.clear()
        self._late_since_s = None

    def _anchor(self, ended_s: float, offset_s: float) -> float:
        """Return the running minimum of the offsets (a queue of rising candidates)."""
        offsets = self._offsets
        while offsets and offsets[-1][1] >= offset_s:
            offsets.pop()
        offsets.append((ended_s, offset_s))
        while offsets[0][0] < ended_s - WINDOW_S:
            offsets.popleft()
        return offsets[0][1]

    def _implausible(self, ended_s: float, ticks: int) -> Beat:
        if self._fresh:
            self._begin_segment()
        self._fresh = True
        t_s = ended_s
        if self._last_t_s is not None:
            t_s = min(self._last_t_s + max(ticks, 0) * _TICK_S, ended_s)
        return Beat(self._rising(t_s, 0, ended_s), ticks, self._segment, BeatFlag.IMPLAUSIBLE)

    def _rising(self, t_s: float, ticks: int, ended_s: float) -> float:
        """Keep times in order where a less delayed packet pulls the axis back.

        Half an interval is kept where there is room, so that no two beats come to lie within
        milliseconds of each other: an interpolation through them would swing wildly.
        """
        last_s = self._last_t_s
        if last_s is not None:
            t_s = max(t_s, min(last_s + ticks * _TICK_S / 2, ended_s), last_s + _TICK_S)
        self._last_t_s = t_s
        return t_s


def _plausible(ticks: int) -> bool:
    return _SHORTEST_TICKS <= ticks <= _LONGEST_TICKS
