"""Detrended fluctuation analysis, alpha1: how the swings of short and longer times compare.

Peng et al. (1995), doi:10.1063/1.166141. About 0.5 is noise, 1 is 1/f, 1.5 a random walk. Slow
breathing alone moves it, so under a breath guide it is no sign of calm.
"""

from __future__ import annotations

from functools import cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.series import NNSeries

FIRST_BOX, LAST_BOX = 4, 16
"""Box sizes of alpha1, in beats."""

NEEDS_S = 120.0
"""Time of normal beats that alpha1 needs."""

_PART = 8192

FloatArray = NDArray[np.float64]


def dfa_alpha1(
    series: NNSeries, *, first_box: int = FIRST_BOX, last_box: int = LAST_BOX
) -> float | None:
    """Compute the short-term scaling exponent alpha1.

    The intervals' running sum is cut into boxes of n = 4 ... 16 beats that don't overlap, each
    loses its own straight line, and alpha1 is the slope of log F(n) on log n by least squares.
    No box reaches across a removed beat or a gap: boxes begin anew there.

    Parameters
    ----------
    series
        Normal intervals.
    first_box, last_box
        Smallest and largest box in beats, both included.

    Returns
    -------
    float or None
        None where no box of the largest size is whole, or nothing varies.

    Raises
    ------
    ValueError
        If the sizes are not 3 <= first < last.
    """
    if not 3 <= first_box < last_box:
        raise ValueError(f"boxes from {first_box} to {last_box} beats can't be compared")
    if series.size < last_box:
        return None
    whole = np.count_nonzero(series.joined) == series.size - 1
    if not whole:
        begins = np.flatnonzero(~series.joined)
        lengths = np.diff(np.concatenate((begins, [series.size])))
        begins, lengths = begins[lengths >= first_box], lengths[lengths >= first_box]
        if not lengths.size or lengths.max() < last_box:
            return None
    # From the first interval, so that a constant heart gives zeros and not rounding errors.
    away = series.nn_ms - series.nn_ms[0]
    away -= away.sum() / away.size
    profile = np.add.accumulate(away)
    mean_squares = []
    for size in range(first_box, last_box + 1):
        if whole:
            count = profile.size // size
            boxes = profile[: count * size].reshape(count, size)
        else:
            boxes = profile[_box_begins(begins, lengths, size)[:, None] + np.arange(size)]
        mean_squares.append(_about_lines(boxes))
    if min(mean_squares) <= 1e-12:
        return None
    return float(_slope_weights(first_box, last_box) @ np.log(mean_squares))


@cache
def _slope_weights(first_box: int, last_box: int) -> FloatArray:
    """Return what turns log F^2 of the sizes into the slope of log F on log n."""
    log_n = np.log(np.arange(first_box, last_box + 1, dtype=np.float64))
    log_n -= log_n.sum() / log_n.size
    return np.asarray(log_n / (2 * (log_n * log_n).sum()), dtype=np.float64)


def _about_lines(boxes: FloatArray) -> float:
    """Return the mean square of what each row leaves about its own least-squares line."""
    without_line = _without_line(boxes.shape[1])
    if boxes.size <= _PART:
        rest = boxes.dot(without_line).ravel()
        return float(rest.dot(rest)) / boxes.size
    # Parts small enough for BLAS to use one core: waiting for busy ones takes longer than this.
    at_once = _PART // boxes.shape[1]
    total = 0.0
    for first in range(0, boxes.shape[0], at_once):
        rest = boxes[first : first + at_once].dot(without_line).ravel()
        total += float(rest.dot(rest))
    return total / boxes.size


@cache
def _without_line(size: int) -> FloatArray:
    """Return the matrix that takes the least-squares line out of a box, shape (size, size)."""
    ramp = np.arange(size, dtype=np.float64) - (size - 1) / 2
    ramp *= sqrt(12 / (size * (size * size - 1)))
    return np.eye(size) - 1 / size - np.multiply.outer(ramp, ramp)


def _box_begins(
    begins: NDArray[np.int64], lengths: NDArray[np.int64], size: int
) -> NDArray[np.int64]:
    """Return where boxes of ``size`` begin, laid one after another in each run."""
    counts = lengths // size
    order = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.asarray(np.repeat(begins, counts) + order * size, dtype=np.int64)
