"""How widely the middle half of many short windows is spread, all at once."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

_ROWS = 4096

FloatArray = NDArray[np.float64]


def windows(values: FloatArray, width: int) -> FloatArray:
    """Return every window of ``width`` values, read-only, shape (n - width + 1, width).

    numpy's ``sliding_window_view`` does the same and takes longer than the sorting of a window.
    """
    if not 0 < width <= values.size:
        raise ValueError(f"no window of {width} in {values.size} values")
    shape = (values.size - width + 1, width)
    return as_strided(values, shape, values.strides * 2, writeable=False)


def interquartile_ranges(
    values: FloatArray, first: NDArray[np.int64], end: NDArray[np.int64]
) -> FloatArray:
    """Return Q3 - Q1 of ``values[first:end]`` for each pair of ``first`` and ``end``.

    Quartiles are interpolated linearly, as numpy does by default, with the arithmetic of
    `biofeedback.signals.causal`, so that both give the same bits.

    Parameters
    ----------
    values
        Shape (n,).
    first, end
        Where the windows begin and end (exclusive), shape (m,); each holds at least one value,
        and those that are shorter than the widest lie at one end of ``values``.

    Returns
    -------
    ndarray
        Shape (m,).
    """
    ranges = np.empty(first.size)
    if not first.size:
        return ranges
    last = end - first - 1
    widest = int(last.max()) + 1
    # Sorting puts the padding behind the values of a window that is cut short by an end.
    padding = np.full(widest, np.inf)
    padded = windows(np.concatenate((padding, values, padding)), widest)
    begins = np.where(end == values.size, first + widest, end)
    for k in range(0, first.size, _ROWS):
        rows = slice(k, k + _ROWS)
        ordered = padded[begins[rows]]
        ordered.sort(axis=1)
        ranges[rows] = _quantile(ordered, last[rows], 0.75) - _quantile(ordered, last[rows], 0.25)
    return ranges


def _quantile(ordered: FloatArray, last: NDArray[np.int64], share: float) -> FloatArray:
    rows = np.arange(last.size)
    rank = share * last
    below = rank.astype(np.int64)
    lower = ordered[rows, below]
    upper = ordered[rows, np.minimum(below + 1, last)]
    return np.asarray(lower + (rank - below) * (upper - lower), dtype=np.float64)
