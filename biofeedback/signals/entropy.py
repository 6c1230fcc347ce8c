"""Sample entropy: how seldom a pattern of two intervals is followed by a like third one.

Richman & Moorman (2000), doi:10.1152/ajpheart.2000.278.6.H2039, with m = 2, r = 0.2 SD (n - 1),
distance <= r, and the same N - m templates in both counts. The counts are exact; only the way
to them is fast: values become ranks, so that a whole row of comparisons is one unsigned
subtraction, pairs of two are looked up in a summed-area table, and triples are counted in bits.
"""

from __future__ import annotations

from itertools import pairwise
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.series import NNSeries

TOLERANCE_SD = 0.2
"""r as a share of the standard deviation."""

LEAST_INTERVALS = 100
"""Ten to the power of m: fewer carry no figure (Richman & Moorman 2000)."""

MOST_INTERVALS = 300_000
"""About three days. The number of pairs grows with the square."""

_MOST_UNSORTED = 4000
_MOST_VALUES = 4096
_MOST_BITS = 1 << 28  # 32 MB for each of three tables
_ROWS = 1000  # of 64 bits each: their sum fits into 16 bits

FloatArray = NDArray[np.float64]
Codes = NDArray[np.unsignedinteger[Any]]


def sample_entropy(series: NNSeries, *, r_ms: float | None = None) -> float | None:
    """Compute the sample entropy with m = 2.

    A template is two or three intervals that follow each other; none reaches across a removed
    beat or a gap.

    Parameters
    ----------
    series
        Normal intervals.
    r_ms
        The tolerance in ms; None for 0.2 standard deviations of the series.

    Returns
    -------
    float or None
        None where nothing varies, where no two triples are alike, or with more than
        `MOST_INTERVALS` intervals.

    Raises
    ------
    ValueError
        If ``r_ms`` is negative or not a number.
    """
    n = series.size
    if r_ms is not None and not r_ms >= 0:
        raise ValueError(f"a tolerance of {r_ms} ms is none")
    if n < 4 or n > MOST_INTERVALS:
        return None
    if r_ms is None:
        away = series.nn_ms - series.nn_ms[0]
        away -= away.sum() / n
        r_ms = TOLERANCE_SD * sqrt(float((away * away).sum()) / (n - 1))
        if r_ms <= 0:
            return None
    pairs, triples = matches(series, r_ms)
    return log(pairs / triples) if triples else None


def matches(series: NNSeries, r_ms: float) -> tuple[int, int]:
    """Count ordered pairs of different templates within ``r_ms``: of two intervals, of three.

    Distances are Chebyshev's, compared with <= (and 1e-9 of the largest interval of grace, so
    that steps of 1/1024 s that equal r in exact arithmetic count as equal).
    """
    nn_ms = series.nn_ms
    at = np.flatnonzero(series.joined[1:-1] & series.joined[2:])
    if at.size < 2:
        return 0, 0
    order = np.argsort(nn_ms)
    in_order = nn_ms[order]
    grace = 1e-9 * max(-float(in_order[0]), float(in_order[-1]))
    new = np.ones(nn_ms.size, dtype=np.bool_)
    np.not_equal(in_order[1:], in_order[:-1], out=new[1:])
    values = in_order[new]
    few = values.size <= _MOST_VALUES and values.size * nn_ms.size <= _MOST_BITS
    if nn_ms.size > _MOST_UNSORTED and not few:
        return _by_trees(nn_ms, at, r_ms + grace)
    low = np.searchsorted(values, values - (r_ms + grace), "left")
    high = np.searchsorted(values, values + (r_ms + grace), "right")
    # A span may be as large as the number of values, which has to fit, too.
    ranks: Codes = np.empty(nn_ms.size, dtype=np.uint8 if values.size < 256 else np.uint16)
    ranks[order] = np.cumsum(new) - 1
    if nn_ms.size <= _MOST_UNSORTED:
        return _by_bits(ranks, at, low, high)
    return _by_tables((ranks[at], ranks[at + 1], ranks[at + 2]), low, high)


def _by_bits(
    ranks: Codes, at: NDArray[np.int64], low: NDArray[np.int64], high: NDArray[np.int64]
) -> tuple[int, int]:
    """Hold every template against every other, 64 at a time: one bit each."""
    n, n_words = at.size, -(-at.size // 64)
    # Room behind the last beat, so that the bits of any column fill whole words.
    near = np.zeros((low.size, max(64 * n_words + 2, ranks.size)), dtype=np.bool_)
    # One subtraction that wraps around tells both ends of the span.
    np.less(
        ranks - low.astype(ranks.dtype)[:, None],
        (high - low).astype(ranks.dtype)[:, None],
        out=near[:, : ranks.size],
    )
    whole = n == ranks.size - 2

    def near_to_each(ahead: int) -> NDArray[np.uint64]:
        if whole:
            # Without gaps the templates are a slice, which costs no copy.
            columns, own = near[:, ahead : ahead + 64 * n_words], ranks[ahead : ahead + n]
        else:
            columns, own = near.take(at + ahead, axis=1), ranks[at + ahead]
            columns = np.pad(columns, ((0, 0), (0, 64 * n_words - n)))
        bits = np.packbits(columns, axis=1, bitorder="little").view(np.uint64)
        return bits.take(own, axis=0)

    both = near_to_each(0)
    both[:, -1] &= np.uint64((1 << 64) - 1 >> (-n & 63))
    both &= near_to_each(1)
    pairs = _ones(both) - n
    both &= near_to_each(2)
    return pairs, _ones(both) - n


def _ones(words: NDArray[np.uint64]) -> int:
    """Count the bits that are set."""
    return int(np.add.reduce(np.bitwise_count(words), axis=None, dtype=np.int64))


def _by_tables(
    columns: tuple[Codes, Codes, Codes], low: NDArray[np.int64], high: NDArray[np.int64]
) -> tuple[int, int]:
    """Count over the values, of which there are few, and not over the beats."""
    a, b, _ = columns
    n_values = low.size
    histogram = np.bincount(a.astype(np.int64) * n_values + b, minlength=n_values * n_values)
    area = np.zeros((n_values + 1, n_values + 1), dtype=np.int64)
    np.cumsum(histogram.reshape(n_values, n_values), axis=0, out=area[1:, 1:])
    np.cumsum(area[1:, 1:], axis=1, out=area[1:, 1:])
    filled = np.flatnonzero(histogram)
    i, j = filled // n_values, filled % n_values
    near = area[high[i], high[j]] - area[low[i], high[j]]
    near -= area[high[i], low[j]] - area[low[i], low[j]]
    pairs = int((histogram[filled] * near).sum()) - a.size
    return pairs, _Triples(columns, low, high).count() - a.size


class _Triples:
    """Templates sorted by their first value; one bit set a value for the second and the third."""

    def __init__(
        self,
        columns: tuple[Codes, Codes, Codes],
        low: NDArray[np.int64],
        high: NDArray[np.int64],
    ) -> None:
        a, b, c = columns
        order = np.argsort(a, kind="stable")
        self._b, self._c = b[order], c[order]
        self._low, self._high = low, high
        self._edges = np.concatenate(([0], np.cumsum(np.bincount(a, minlength=low.size))))
        self._second, self._third = self._bits(self._b), self._bits(self._c)

    def _bits(self, column: Codes) -> NDArray[np.uint64]:
        """Return for each value, which of the column's are near to it, one bit each."""
        n, n_values = column.size, self._low.size
        below = np.zeros((n_values + 1, -(-n // 64) * 8), dtype=np.uint8)
        for bit in range(8):
            # Of every eighth template no two share a byte, so that each is set just once.
            own = column[bit::8].astype(np.int64) + 1
            below[own, np.arange(own.size)] |= np.uint8(1 << bit)
        words = below.view(np.uint64)
        # Row by row: numpy's accumulate goes down the columns, three times slower.
        for row, after in pairwise(words):
            after ^= row
        # Row k now holds all that are below value k; near is below the one end, not the other.
        near = np.empty((n_values, words.shape[1]), dtype=np.uint64)
        for row, lowest, highest in zip(near, self._low.tolist(), self._high.tolist(), strict=True):
            np.bitwise_xor(words[lowest], words[highest], out=row)
        return near

    def count(self) -> int:
        """Count ordered pairs of triples, each with itself included."""
        edges, total = self._edges.tolist(), 0
        for value, (begin, end) in enumerate(pairwise(edges)):
            if begin < end:
                total += self._with_first(begin, end, edges[int(self._high[value])])
        return total

    def _with_first(self, begin: int, end: int, reach: int) -> int:
        """Count the pairs of triples in [begin, end), which share their first value.

        Their partners are those in [begin, reach); a pair with a larger first value stands for
        the one with a smaller one, too, and counts twice.
        """
        first = begin >> 6
        words, own = slice(first, (reach + 63) >> 6), ((end + 63) >> 6) - first
        ones = (1 << 64) - 1
        from_begin = np.uint64((ones << (begin & 63)) & ones)
        to_end, to_reach = np.uint64(ones >> (-end & 63)), np.uint64(ones >> (-reach & 63))
        total = 0
        for k in range(begin, end, _ROWS):
            rows = slice(k, min(end, k + _ROWS))
            both = self._second[self._b[rows], words]
            both &= self._third[self._c[rows], words]
            both[:, 0] &= from_begin
            both[:, -1] &= to_reach
            total += 2 * _column_ones(both)
            both[:, own - 1] &= to_end
            total -= _column_ones(both[:, :own])
        return total


def _column_ones(words: NDArray[np.uint64]) -> int:
    """Count the bits of at most `_ROWS` rows."""
    a_column = np.add.reduce(np.bitwise_count(words), axis=0, dtype=np.uint16)
    return int(np.add.reduce(a_column, dtype=np.int64))


def _by_trees(nn_ms: FloatArray, at: NDArray[np.int64], r_ms: float) -> tuple[int, int]:
    """Count with trees, for values that hardly ever repeat."""
    from scipy.spatial import cKDTree

    triples = nn_ms[at[:, None] + np.arange(3)]
    two, three = cKDTree(np.ascontiguousarray(triples[:, :2])), cKDTree(triples)
    return (
        int(two.count_neighbors(two, r_ms, p=np.inf)) - at.size,
        int(three.count_neighbors(three, r_ms, p=np.inf)) - at.size,
    )
