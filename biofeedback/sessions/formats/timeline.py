"""Where intervals lie in time, from the times that a file gives, and where it breaks off."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EXACT_S = 0.02
"""Times that differ from the intervals by less than this (median) are those of the beats; else
they are stamps of some clock, such as a phone's on arrival."""

GAP_SHARE = 0.2
EXACT_GAP_S = 0.1
STAMPED_GAP_S = 1.0
BACKWARDS_S = 1.0
LOOK_BEATS = 8
LEAST_BEATS = 10
"""Fewer cannot tell times of beginnings from times of ends."""

MISSING_SHARE = 0.05
DAY_S = 86_400.0


class Placed(NamedTuple):
    """Intervals in time.

    Attributes
    ----------
    t_s
        When each ended, in seconds, shape (n,), increasing.
    starts
        Shape (n,): True where one begins after a gap.
    notes
        Sentences on what was found.
    backwards
        Index at which the times run backwards, or None.
    """

    t_s: NDArray[np.float64]
    starts: NDArray[np.bool_]
    notes: tuple[str, ...] = ()
    backwards: int | None = None


def place(
    rr_ms: NDArray[np.float64],
    times_s: NDArray[np.float64] | None,
    starts: NDArray[np.bool_],
    *,
    rebase: bool = False,
) -> Placed:
    """Place intervals in time.

    Times that agree with the intervals are taken as they are (as ends, or as beginnings if
    they fit better). Times that jitter are stamps: then intervals follow each other, each
    stretch begins as early as its promptest stamp allows, and only a jump that lasts is a gap.

    Parameters
    ----------
    rr_ms
        Intervals in ms, shape (n,), n >= 1.
    times_s
        The file's times in seconds, shape (n,), or None.
    starts
        Gaps that are known already, shape (n,).
    rebase
        Whether to let the first interval begin at 0. Also done for times beyond a day.

    Returns
    -------
    Placed
    """
    rr_s = rr_ms / 1000
    summed = np.cumsum(rr_s)
    if times_s is None:
        return Placed(summed, starts, _gap_note(starts))
    known = np.isfinite(times_s)
    if np.count_nonzero(~known) > MISSING_SHARE * known.size:
        note = "Too many times were missing, so that the intervals were added up instead."
        return Placed(summed, starts, (note, *_gap_note(starts)))
    if not known.all():
        order = np.arange(known.size)
        times_s = np.interp(order, order[known], times_s[known])
    step = np.diff(times_s)
    if (step < -BACKWARDS_S).any():
        return Placed(summed, starts, backwards=int(np.argmax(step < -BACKWARDS_S)) + 1)
    notes: tuple[str, ...] = ()
    late_s = _spread(step - rr_s[1:])
    if rr_s.size >= LEAST_BEATS and _spread(step - rr_s[:-1]) < min(0.5 * late_s, EXACT_S):
        times_s, step, late_s = times_s + rr_s, step + np.diff(rr_s), 0.0
        notes = ("Times were those at which the intervals began.",)
    starts = starts.copy()
    if late_s <= EXACT_S and (step > 0).all():
        excess = step - rr_s[1:]
        starts[1:] |= excess > np.maximum(EXACT_GAP_S, GAP_SHARE * rr_s[1:])
        t_s = times_s
    else:
        starts |= _lasting_jumps(times_s - summed, rr_s)
        t_s = summed + _offsets(times_s - summed, starts)
        notes = (*notes, "Times in the file jitter; they were used for gaps alone.")
    if rebase or t_s[0] > DAY_S or t_s[0] < 0:
        t_s = t_s - t_s[0] + rr_s[0]
    return Placed(np.asarray(t_s, dtype=np.float64), starts, (*notes, *_gap_note(starts)))


def _spread(values: NDArray[np.float64]) -> float:
    return float(np.median(np.abs(values))) if values.size else 0.0


def _lasting_jumps(offset_s: NDArray[np.float64], rr_s: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where the stamps fall behind the intervals for good, not just for a late packet."""
    jumps = np.zeros(offset_s.size, dtype=np.bool_)
    least = np.maximum(STAMPED_GAP_S, GAP_SHARE * rr_s)
    last = 0
    for at in (np.flatnonzero(np.diff(offset_s) > least[1:]) + 1).tolist():
        before = offset_s[max(last, at - LOOK_BEATS) : at].min()
        after = offset_s[at : at + LOOK_BEATS].min()
        if after - before > least[at]:
            jumps[at] = True
            last = at
    return jumps


def _offsets(offset_s: NDArray[np.float64], starts: NDArray[np.bool_]) -> NDArray[np.float64]:
    first = np.flatnonzero(starts)
    if not first.size or first[0] != 0:
        first = np.concatenate(([0], first))
    earliest = np.maximum.accumulate(np.minimum.reduceat(offset_s, first))
    lengths = np.diff(np.concatenate((first, [offset_s.size])))
    return np.repeat(earliest, lengths)


def _gap_note(starts: NDArray[np.bool_]) -> tuple[str, ...]:
    gaps = int(np.count_nonzero(starts[1:]))
    if not gaps:
        return ()
    return (f"The recording has {gaps} gap{'s' if gaps > 1 else ''}.",)
