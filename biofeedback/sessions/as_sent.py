"""Intervals as the packets that a strap would have sent them in.

So a recording of another program takes the same path as a strap: the decoder always runs.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from biofeedback.hrm import MAX_RR_PER_PACKET, UINT16_MAX, encode
from biofeedback.types import (
    TICKS_PER_S,
    Event,
    HeartRateMeasurement,
    LinkLost,
    LinkReason,
    LinkUp,
    Packet,
    Strap,
)

PACKET_S = 1.0
"""A strap sends about once a second."""

UNKNOWN_GAP_S = 1.0
"""How long a gap lasts of which nobody knows how long it was."""

_SHORTEST_GAP_S = 0.2
_APART_S = 0.001
_SMOOTHED_OVER = 5


class Sent:
    """Intervals to be sent; made by `of`.

    Every interval is sent once and in order, at most 9 in a packet, in the second in which it
    ended. A heart rate is the mean of the last five, as straps smooth it.

    Attributes
    ----------
    n
        How many intervals are sent.
    left_out
        Intervals that no packet can carry (not finite, not above 0, or over 64 s).
    """

    def __init__(self, ticks: NDArray[np.int64], gaps_s: dict[int, float], left_out: int) -> None:
        self._ticks = ticks
        self._gaps_s = gaps_s
        self.n = int(ticks.size)
        self.left_out = left_out

    @classmethod
    def of(
        cls,
        rr_ms: ArrayLike,
        *,
        starts: Sequence[bool] | NDArray[np.bool_] | None = None,
        t_s: ArrayLike | None = None,
    ) -> Self:
        """Take intervals.

        Parameters
        ----------
        rr_ms
            RR intervals in ms, shape (n,). They are sent rounded to 1/1024 s.
        starts
            Shape (n,): True where an interval begins after a gap; None: nowhere. The strap is
            lost for the gap, and so it is where an interval had to be left out, so that no two
            intervals seem to be neighbours that aren't.
        t_s
            Shape (n,): when each interval ended, in seconds from any zero; tells how long the
            gaps are. None, or where it makes no sense: `UNKNOWN_GAP_S`.

        Raises
        ------
        ValueError
            If the shapes differ.
        """
        rr = np.atleast_1d(np.asarray(rr_ms, dtype=np.float64))
        begins = np.zeros(rr.size, np.bool_) if starts is None else np.array(starts, np.bool_)
        ended_s = None if t_s is None else np.atleast_1d(np.asarray(t_s, dtype=np.float64))
        if rr.ndim != 1 or begins.shape != rr.shape:
            raise ValueError("intervals and their starts are two lists of one length")
        if ended_s is not None and ended_s.shape != rr.shape:
            raise ValueError("intervals and their times are two lists of one length")
        with np.errstate(invalid="ignore", over="ignore"):
            exact_ticks = np.rint(rr * (TICKS_PER_S / 1000))
            fits = (exact_ticks >= 1) & (exact_ticks <= UINT16_MAX)
        begins[1:] |= ~fits[:-1]
        # What begins after a gap and is left out itself hands the gap on: the line above.
        ticks = exact_ticks[fits].astype(np.int64)
        gaps_s = _gaps_s(ticks, begins[fits], None if ended_s is None else ended_s[fits])
        return cls(ticks, gaps_s, int(rr.size - ticks.size))

    def events(self, strap: Strap) -> Iterator[Event]:
        """Yield what the strap would have sent: one packet a second."""
        return _as_a_strap_would(self._ticks, self._gaps_s, strap)


def _gaps_s(
    ticks: NDArray[np.int64], begins: NDArray[np.bool_], ended_s: NDArray[np.float64] | None
) -> dict[int, float]:
    """Return the length of the gap before each interval that begins after one."""
    gaps_s: dict[int, float] = {}
    for i in np.flatnonzero(begins):
        if i == 0:
            continue
        gap_s = UNKNOWN_GAP_S
        if ended_s is not None:
            told_s = float(ended_s[i] - ended_s[i - 1] - ticks[i] / TICKS_PER_S)
            # Less than a heartbeat is no gap that anything was lost in, but the times' own noise.
            if math.isfinite(told_s) and told_s >= _SHORTEST_GAP_S:
                gap_s = told_s
        gaps_s[int(i)] = gap_s
    return gaps_s


def _as_a_strap_would(
    ticks: NDArray[np.int64], gaps_s: dict[int, float], strap: Strap
) -> Iterator[Event]:
    """Yield one packet a second, with the intervals that ended since the last one."""
    yield LinkUp(0.0, strap)
    sender = _Sender()
    # Within a stretch the sum of the intervals is exact; only gaps are told in seconds.
    stretch_s, stretch_ticks = 0.0, 0
    for i, rr_ticks in enumerate(ticks.tolist()):
        gap_s = gaps_s.get(i)
        if gap_s is not None:
            lost_s = stretch_s + stretch_ticks / TICKS_PER_S
            # Sent as late as all the others: earlier, it could be taken for a copy of the last.
            sent_s = min(sender.due_s, lost_s + gap_s / 2)
            yield from sender.flush(sent_s)
            yield LinkLost(sender.rising_s(sent_s), LinkReason.DROPPED)
            stretch_s, stretch_ticks = lost_s + gap_s, 0
            yield LinkUp(sender.rising_s(stretch_s), strap)
            sender.restart(stretch_s)
        stretch_ticks += rr_ticks
        yield from sender.take(stretch_s + stretch_ticks / TICKS_PER_S, rr_ticks)
    yield from sender.flush(math.ceil(stretch_s + stretch_ticks / TICKS_PER_S))


class _Sender:
    """Gathers intervals into packets.

    Attributes
    ----------
    due_s
        When the next packet is sent.
    """

    def __init__(self) -> None:
        self._waiting: list[int] = []
        self._recent: deque[int] = deque(maxlen=_SMOOTHED_OVER)
        self.due_s = PACKET_S
        self._last_s = 0.0

    def restart(self, t_s: float) -> None:
        """Begin anew after a gap that ended at ``t_s``."""
        self._recent.clear()
        self.due_s = math.floor(t_s) + PACKET_S

    def take(self, ended_s: float, rr_ticks: int) -> Iterator[Packet]:
        """Take an interval that ended then; yield the packets that were due before."""
        while self.due_s < ended_s:
            yield from self._send(self.due_s)
            self.due_s += PACKET_S
        self._waiting.append(rr_ticks)

    def flush(self, t_s: float) -> Iterator[Packet]:
        """Send what waits."""
        if self._waiting:
            yield from self._send(t_s)

    def rising_s(self, t_s: float) -> float:
        """Keep events in order of time."""
        self._last_s = max(float(t_s), self._last_s + _APART_S)
        return self._last_s

    def _send(self, t_s: float) -> Iterator[Packet]:
        # More than fit one notification: as many as it takes.
        for at in range(0, max(1, len(self._waiting)), MAX_RR_PER_PACKET):
            rr_ticks = tuple(self._waiting[at : at + MAX_RR_PER_PACKET])
            self._recent.extend(rr_ticks)
            mean_ticks = sum(self._recent) / len(self._recent) if self._recent else math.inf
            hr_bpm = round(60 * TICKS_PER_S / mean_ticks)
            yield Packet(self.rising_s(t_s), encode(HeartRateMeasurement(hr_bpm, rr_ticks)))
        self._waiting.clear()
