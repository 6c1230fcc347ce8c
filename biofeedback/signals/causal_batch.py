"""The causal rule on a whole series at once: the same flags as beat by beat, ten times as fast.

What the rule needs of every beat (steps, local medians, distances) is worked out in one go; the
quartiles, and the rule itself, only for the few beats that could be flagged at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from biofeedback.signals.causal import (
    FLOOR,
    LOOK_AHEAD,
    MEDIAN_PAST,
    QUARTILE_BEATS,
    Verdict,
    decide,
    median_of,
    range_of,
)
from biofeedback.signals.series import PLAUSIBLE_RR_MS
from biofeedback.types import BeatFlag

_ROWS = 8192


def causal_flags(
    rr_ms: Sequence[float] | NDArray[np.float64], starts: Iterable[bool] | None = None
) -> list[BeatFlag]:
    """Judge a whole series exactly as `CausalArtefacts` does beat by beat.

    Parameters
    ----------
    rr_ms
        Intervals in ms, shape (n,). Those outside `PLAUSIBLE_RR_MS` (NaN too) become
        IMPLAUSIBLE and break the series.
    starts
        Shape (n,): True where an interval begins after a gap; None: nowhere but the first.

    Returns
    -------
    list of BeatFlag
        One for each interval.
    """
    flags = [BeatFlag.NORMAL] * len(rr_ms)
    for at, flag in causal_flagged(rr_ms, starts).items():
        flags[at] = flag
    return flags


def causal_flagged(
    rr_ms: Sequence[float] | NDArray[np.float64], starts: Iterable[bool] | None = None
) -> dict[int, BeatFlag]:
    """Return the flags of the intervals that are not normal, by index; else as `causal_flags`."""
    values = np.asarray(rr_ms, dtype=np.float64)
    shortest_ms, longest_ms = PLAUSIBLE_RR_MS
    plausible = (values >= shortest_ms) & (values <= longest_ms)
    begins = np.zeros(values.size, dtype=np.bool_)
    if starts is not None:
        begins[:] = np.fromiter(starts, dtype=np.bool_)
    begins[:1] = True
    begins[1:] |= ~plausible[:-1]
    if plausible.all():
        return dict(_AllAtOnce(values, begins).judge())
    flagged = dict.fromkeys(np.flatnonzero(~plausible).tolist(), BeatFlag.IMPLAUSIBLE)
    kept = np.flatnonzero(plausible)
    for where, flag in _AllAtOnce(values[kept], begins[kept]).judge():
        flagged[int(kept[where])] = flag
    return flagged


class _AllAtOnce:
    """The rule on a whole series: only beats that could be flagged are looked at one by one.

    Parameters
    ----------
    rr_ms
        Plausible intervals, shape (n,).
    begins
        Shape (n,): True where a stretch begins.
    """

    def __init__(self, rr_ms: NDArray[np.float64], begins: NDArray[np.bool_]) -> None:
        self._rr = rr_ms
        n = rr_ms.size
        self._begins = begins
        firsts = np.flatnonzero(begins)
        self._stretch_ends = np.empty(n, dtype=np.int64)
        lengths = np.diff(np.append(firsts, n))
        self._stretch_ends[:] = np.repeat(firsts + lengths, lengths)
        self._stretch_starts = np.repeat(firsts, lengths)
        self._d = np.diff(rr_ms, prepend=rr_ms[:1])
        self._d[begins] = 0.0
        self._steps = np.abs(self._d[~begins])
        # how many steps are known once a beat is there
        self._n_steps = np.cumsum(~begins)
        self._medians = self._local_medians()
        off = rr_ms - self._medians
        off[off < 0] *= 2
        self._offs = np.abs(off)
        self._off = off

    def _local_medians(self) -> NDArray[np.float64]:
        rr, n, width = self._rr, self._rr.size, MEDIAN_PAST + LOOK_AHEAD + 1
        medians = np.empty(n)
        low = np.maximum(self._stretch_starts, np.arange(n) - MEDIAN_PAST)
        high = np.minimum(self._stretch_ends, np.arange(n) + LOOK_AHEAD + 1)
        whole = np.flatnonzero(high - low == width)
        if whole.size:
            windows = sliding_window_view(rr, width)
            for k in range(0, whole.size, _ROWS):
                rows = whole[k : k + _ROWS]
                medians[rows] = np.sort(windows[rows - MEDIAN_PAST], axis=1)[:, width // 2]
        for at in np.flatnonzero(high - low < width).tolist():
            medians[at] = median_of(sorted(rr[low[at] : high[at]].tolist()))
        return medians

    def judge(self) -> Iterator[tuple[int, BeatFlag]]:
        """Yield which beats are flagged, in order, and as what."""
        open_to_doubt = self._begins | (np.abs(self._d) > FLOOR * self._medians)
        looked_at = np.flatnonzero(open_to_doubt).tolist()
        ends = self._stretch_ends
        given = 0
        again = second = -1
        while given < len(looked_at) or again >= 0 or second >= 0:
            at = looked_at[given] if given < len(looked_at) else self._rr.size
            if second >= 0:
                at = min(at, second)
            if again >= 0:
                at = min(at, again)
            if given < len(looked_at) and looked_at[given] == at:
                given += 1
            is_second, is_again = at == second, at == again
            again = second = -1
            if is_second:
                yield at, BeatFlag.EXTRA
                continue
            verdict = self._verdict(at, is_again)
            if verdict.flag is not BeatFlag.NORMAL:
                yield at, verdict.flag
            if at + 1 < ends[at]:
                again = at + 1 if verdict.look_again else -1
                second = at + 1 if verdict.second_half else -1

    def _verdict(self, at: int, look_again: bool) -> Verdict:
        end = int(self._stretch_ends[at])
        newest = min(at + LOOK_AHEAD, end - 1)
        n_steps = int(self._n_steps[newest])
        ahead = newest - at
        d = self._d

        def spread(values: NDArray[np.float64], known: int) -> float:
            return range_of(sorted(values[max(0, known - QUARTILE_BEATS) : known].tolist()))

        return decide(
            float(self._rr[at]),
            float(self._medians[at]),
            float(self._off[at]),
            before=0.0 if self._begins[at] else float(d[at - 1]),
            here=float(d[at]),
            next1=float(d[at + 1]) if ahead else 0.0,
            next2=float(d[at + 2]) if ahead > 1 else 0.0,
            after=float(self._rr[at + 1]) if ahead else None,
            first=bool(self._begins[at]),
            look_again=look_again,
            n_steps=min(n_steps, QUARTILE_BEATS),
            step_range=lambda: spread(self._steps, n_steps),
            off_range=lambda: spread(self._offs, at + 1),
        )
