"""The smooth curve through beats, read off at even times.

A cubic spline with the not-a-knot ends that scipy's `CubicSpline` has, and the same values; on
the few hundred beats of a session it takes a third of the time, and scipy.interpolate need not
be loaded.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LEAST_POINTS = 4
"""Not-a-knot makes one cubic of the first two pieces, and of the last two."""

_BLOCK = 1 << 15

FloatArray = NDArray[np.float64]


def even_samples(t_s: FloatArray, values: FloatArray, rate_hz: float) -> FloatArray:
    """Interpolate at ``t_s[0]``, ``t_s[0] + 1 / rate_hz`` and so on, up to the last time.

    Parameters
    ----------
    t_s
        Times in seconds, rising, shape (n,), n >= `LEAST_POINTS`.
    values
        Shape (n,).
    rate_hz
        Samples a second.

    Returns
    -------
    ndarray
        Shape (m,).
    """
    slopes = knot_slopes(t_s, values)
    # Where each piece begins, counted in samples; the last knot closes the last piece.
    knots = (t_s - t_s[0]) * rate_hz
    n_even = int(knots[-1] + 1e-9) + 1
    begins = np.ceil(knots).astype(np.int64)
    begins[-1] = n_even
    even = np.empty(n_even)
    for first in range(0, t_s.size - 1, _BLOCK):
        last = min(first + _BLOCK, t_s.size - 1)
        piece = slice(first, last)
        after = slice(first + 1, last + 1)
        lengths = t_s[after] - t_s[piece]
        means = (values[after] - values[piece]) / lengths
        bend = (slopes[piece] + slopes[after] - 2 * means) / lengths
        curve = (means - slopes[piece]) / lengths - bend
        bend /= lengths
        at = np.repeat(np.arange(last - first), begins[after] - begins[piece])
        away_s = np.arange(begins[first], begins[last]) / rate_hz
        away_s -= (t_s[piece] - t_s[0])[at]
        part = even[begins[first] : begins[last]]
        np.multiply(bend[at], away_s, out=part)
        part += curve[at]
        part *= away_s
        part += slopes[piece][at]
        part *= away_s
        part += values[piece][at]
    return even


def knot_slopes(t_s: FloatArray, values: FloatArray) -> FloatArray:
    """Return the slopes at the knots that make the second derivative continuous, shape (n,).

    de Boor, A Practical Guide to Splines (1978), chapter IV.
    """
    from scipy.linalg.lapack import dgtsv

    length = t_s[1:] - t_s[:-1]
    mean = (values[1:] - values[:-1]) / length
    diagonal = np.empty(t_s.size)
    right = np.empty(t_s.size)
    below, above = np.empty(length.size), np.empty(length.size)
    diagonal[1:-1] = 2 * (length[:-1] + length[1:])
    right[1:-1] = 3 * (length[1:] * mean[:-1] + length[:-1] * mean[1:])
    below[:-1] = length[1:]
    above[1:] = length[:-1]
    # The third derivative is continuous at the second knot and at the last but one.
    both = length[0] + length[1]
    diagonal[0], above[0] = length[1], both
    right[0] = (
        (length[0] + 2 * both) * length[1] * mean[0] + length[0] * length[0] * mean[1]
    ) / both
    both = length[-1] + length[-2]
    diagonal[-1], below[-1] = length[-2], both
    right[-1] = (
        (length[-1] + 2 * both) * length[-2] * mean[-1] + length[-1] * length[-1] * mean[-2]
    ) / both
    slopes = dgtsv(below, diagonal, above, right, 1, 1, 1, 1)[3]
    return np.asarray(slopes, dtype=np.float64)
