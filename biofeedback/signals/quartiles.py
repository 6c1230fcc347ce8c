"""How widely the middle half of many short windows is spread, all at once."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

_ROWS = 4096

FloatArray = NDArray[np.float64]


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
        Where the windows begin and end (exclusive), shape (m,); each holds at least one value.

    Returns
    -------
    ndarray
        Shape (m,).
    """
    ranges = np.empty(first.size)
    if not first.size:
        return ranges
    sizes = end - first
    widest = int(sizes.max())
    places = np.arange(widest)
    all_windows = sliding_window_view(values, widest)
    for k in range(0, first.size, _ROWS):
        rows = slice(k, k + _ROWS)
        size = sizes[rows]
        if int(size.min()) == widest:
            windows = all_windows[first[rows]]
        else:
            at = np.minimum(first[rows, None] + places, values.size - 1)
            windows = np.where(places < size[:, None], values[at], np.inf)
        windows.sort(axis=1)
        last = size - 1
        ranges[rows] = _quantile(windows, last, 0.75) - _quantile(windows, last, 0.25)
    return ranges


def _quantile(windows: FloatArray, last: NDArray[np.int64], share: float) -> FloatArray:
    rows = np.arange(last.size)
    rank = share * last
    below = rank.astype(np.int64)
    lower = windows[rows, below]
    upper = windows[rows, np.minimum(below + 1, last)]
    return np.asarray(lower + (rank - below) * (upper - lower), dtype=np.float64)
