"""Artefacts of a whole recording, by the published rule, with 45 beats of the future in view.

Lipponen & Tarvainen (2019), doi:10.1080/03091902.2019.1640306. Each step from beat to beat is
measured in 5.2 quartile deviations of the 91 steps around it, each interval's distance from the
median of 11 likewise. What the pattern of steps looks like says which kind it is.

The figures of this program use the causal rule (`biofeedback.signals.causal`) instead, live and
afterwards, since this one flags 2.8 % of normal beats. Departures from the paper: intervals that
are no heartbeat at all are set aside first; no step is measured across them or across a gap; and
no threshold is below one tick (1/1024 s), for a heart that beats like a clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

import numpy as np
from numpy.typing import ArrayLike, NDArray

from biofeedback.signals.quartiles import interquartile_ranges, windows
from biofeedback.signals.series import PLAUSIBLE_RR_MS
from biofeedback.types import MS_PER_TICK, BeatFlag

ALPHA = 5.2
C1 = 0.13
C2 = 0.17
QUARTILE_BEATS = 91
MEDIAN_BEATS = 11
FAR = 3.0
"""An interval further from the median than this many thresholds is long or short."""

_HALF = QUARTILE_BEATS // 2
_STRIDE = 8
_SHORT = 4 * QUARTILE_BEATS

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def offline_labels(
    rr_ms: ArrayLike, starts: Iterable[bool] | NDArray[np.bool_] | None = None
) -> list[BeatFlag]:
    """Label each interval of a recording.

    Parameters
    ----------
    rr_ms
        Intervals in ms, shape (n,). Those outside `PLAUSIBLE_RR_MS` (NaN too) become
        IMPLAUSIBLE.
    starts
        Shape (n,): True where an interval begins after a gap; None: nowhere but the first.

    Returns
    -------
    list of BeatFlag
        One for each interval. Of an ectopic or extra beat one interval carries the label.
    """
    rr = np.asarray(rr_ms, dtype=np.float64)
    low_ms, high_ms = PLAUSIBLE_RR_MS
    plausible = (rr >= low_ms) & (rr <= high_ms)
    breaks = np.zeros(rr.size, dtype=np.bool_)
    if starts is not None:
        breaks |= np.fromiter(starts, np.bool_, count=rr.size)
    whole = bool(plausible.all())
    if not whole:
        breaks[1:] |= ~plausible[:-1]
    kept = np.flatnonzero(plausible)
    found = _labels(rr if whole else rr[kept], breaks if whole else breaks[kept])
    labels = [BeatFlag.NORMAL] * rr.size
    for at in np.flatnonzero(~plausible).tolist():
        labels[at] = BeatFlag.IMPLAUSIBLE
    for at, label in found.items():
        labels[int(kept[at])] = label
    return labels


def _labels(rr: FloatArray, breaks: NDArray[np.bool_]) -> dict[int, BeatFlag]:
    """Return the labels of the intervals that are not normal."""
    n = rr.size
    if n < 2:
        return {}
    # Two zeros behind, so that the last beats have steps to look ahead to.
    step = np.zeros(n + 2)
    step[1:n] = rr[1:] - rr[:-1]
    step[:n][breaks] = 0.0
    size = np.abs(step[:n])
    limit = None
    if n < _SHORT:
        limit = _limits(size, np.arange(n))
        candidates = np.flatnonzero(size > limit)
    else:
        candidates = _candidates(size)
        candidates = candidates[size[candidates] > _limits(size, candidates)]
    if not candidates.size:
        return {}
    # Steps near the candidates in units of their limits; elsewhere nothing asks for them.
    nearby = np.unique(np.clip(candidates[:, None] + np.arange(-1, 4), 0, n - 1))
    relative = np.zeros(n + 3)
    relative[nearby] = step[nearby] / (_limits(size, nearby) if limit is None else limit[nearby])
    relative[-1] = 0.0
    ectopic, unclear = _sorted_out(candidates, relative)
    found = dict.fromkeys(ectopic.tolist(), BeatFlag.ECTOPIC)
    unclear = unclear[unclear < n]
    if unclear.size:
        found |= _long_or_short(rr, relative, unclear)
    return found


def _sorted_out(candidates: IntArray, relative: FloatArray) -> tuple[IntArray, IntArray]:
    """Return which candidates are ectopic, and which intervals to look at for their length."""
    here, after, later = (relative[candidates + ahead] for ahead in range(3))
    before = relative[candidates - 1]  # The last place holds the 0 before the first beat.
    is_ectopic = np.where(
        here > 0,
        np.maximum(before, after) < -C1 * here - C2,
        np.minimum(before, after) > -C1 * here + C2,
    )
    others = np.flatnonzero(~is_ectopic)
    # The interval that a step leads up to may be the next one; then that one's turn is over.
    both = np.abs(after[others]) < np.abs(later[others])
    unclear: list[int] = []
    done = -1
    for at, two in zip(candidates[others].tolist(), both.tolist(), strict=True):
        if at > done:
            unclear.append(at)
            done = at
            if two:
                done = at + 1
                unclear.append(done)
    # An ectopic beat that was looked at for its length already is not judged again.
    return (
        np.setdiff1d(candidates[is_ectopic], unclear, assume_unique=True),
        np.array(unclear, dtype=np.int64),
    )


def _long_or_short(rr: FloatArray, relative: FloatArray, unclear: IntArray) -> dict[int, BeatFlag]:
    """Label the intervals that are too long or too short."""
    around = _running_median(rr)
    off = rr - around
    off[off < 0] *= 2
    np.abs(off, out=off)
    limit = _limits(off, unclear)
    here, next1, next2 = (relative[unclear + ahead] for ahead in range(3))
    long_then_short = (here > 1) & (np.minimum(next1, next2) < -1)
    short_then_long = (here < -1) & (np.maximum(next1, next2) > 1)
    wrong = long_then_short | short_then_long | (off[unclear] > FAR * limit)
    usual = around[unclear]
    # The last interval has none after it, and can't be the first half of one.
    with_next = rr[unclear] + np.append(rr, np.inf)[unclear + 1]
    extra = short_then_long & (np.abs(with_next - usual) < limit)
    missed = long_then_short & (np.abs(rr[unclear] / 2 - usual) < limit)
    found = dict.fromkeys(unclear[wrong].tolist(), BeatFlag.LONG_SHORT)
    found |= dict.fromkeys(unclear[missed].tolist(), BeatFlag.MISSED)
    found |= dict.fromkeys(unclear[extra].tolist(), BeatFlag.EXTRA)
    return found


def _limits(values: FloatArray, at: IntArray) -> FloatArray:
    """Return alpha quartile deviations of the 91 values around each of ``at``."""
    first, end = np.maximum(at - _HALF, 0), np.minimum(at + _HALF + 1, values.size)
    return np.maximum(ALPHA / 2 * interquartile_ranges(values, first, end), MS_PER_TICK)


def _candidates(size: FloatArray) -> IntArray:
    """Return where a step may exceed its threshold; the rest surely doesn't.

    One window in eight is sorted. Its neighbours differ by at most four values, so their
    quartiles lie at most four ranks away, which bounds their thresholds from below.
    """
    n = size.size
    half = _STRIDE // 2
    centres = np.arange(_HALF + half, n - _HALF, _STRIDE)
    ordered = windows(size, QUARTILE_BEATS)[centres - _HALF]
    ordered.sort(axis=1)
    first_rank, third_rank = QUARTILE_BEATS // 4, 3 * QUARTILE_BEATS // 4
    least = ordered[:, third_rank - half] - ordered[:, first_rank + 1 + half]
    bound = np.full(n, MS_PER_TICK)
    covered = slice(int(centres[0]) - half, int(centres[0]) - half + _STRIDE * centres.size)
    spread = np.repeat(np.maximum(ALPHA / 2 * least, MS_PER_TICK), _STRIDE)
    room = bound[covered]
    room[:] = spread[: room.size]
    # Windows shrink at both ends, and the bound doesn't hold there.
    bound[:_HALF] = bound[n - _HALF :] = MS_PER_TICK
    return np.flatnonzero(size > bound)


def _running_median(rr: FloatArray) -> FloatArray:
    """Return the median of 11 intervals around each; fewer at the ends."""
    half = MEDIAN_BEATS // 2
    n = rr.size
    medians = np.empty(n)
    if n >= MEDIAN_BEATS:
        around = windows(rr, MEDIAN_BEATS)
        for k in range(0, around.shape[0], 8192):
            part = np.sort(around[k : k + 8192], axis=1)
            medians[half + k : half + k + part.shape[0]] = part[:, half]
    ends = range(n) if n < MEDIAN_BEATS else [*range(half), *range(n - half, n)]
    for at in ends:
        medians[at] = median(rr[max(at - half, 0) : at + half + 1].tolist())
    return medians
