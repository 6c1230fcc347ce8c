"""Intervals on an even time axis, and the slow trend taken out of them.

A spectrum needs even samples. Holes that removed beats leave are bridged by the spline up to
`LONGEST_HOLE_S`; across a longer one nothing is invented, and the series falls into stretches.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.series import NNSeries
from biofeedback.signals.spline import even_samples

RATE_HZ = 4.0
"""Of the cubic interpolation (Task Force 1996: 2 to 4 Hz)."""

LONGEST_HOLE_S = 5.0
"""Two normal beats further apart than this are not joined by a curve."""

SMOOTHNESS = 500.0
"""Lambda of the smoothness priors; at 4 Hz they pass what is faster than about 0.035 Hz."""

FloatArray = NDArray[np.float64]


def stretches(series: NNSeries) -> Iterator[tuple[int, int]]:
    """Yield first and end (exclusive) of each stretch with no hole above `LONGEST_HOLE_S`."""
    if not series.size:
        return
    t_s = series.t_s
    breaks = np.flatnonzero(t_s[1:] - t_s[:-1] > LONGEST_HOLE_S) + 1
    yield from zip([0, *breaks.tolist()], [*breaks.tolist(), series.size], strict=True)


def resample(t_s: FloatArray, values: FloatArray) -> FloatArray:
    """Interpolate by a cubic spline (not-a-knot) at `RATE_HZ`, from the first time to the last.

    Parameters
    ----------
    t_s
        Times in seconds, shape (n,), rising, n >= `biofeedback.signals.spline.LEAST_POINTS`.
    values
        Shape (n,).

    Returns
    -------
    ndarray
        Shape (m,); the first sample is at ``t_s[0]``.
    """
    return even_samples(t_s, values, RATE_HZ)


def smooth_trend(even: FloatArray, smoothness: float = SMOOTHNESS) -> FloatArray:
    """Return the slow trend of an evenly sampled series, by smoothness priors.

    ``(I + lambda^2 D2' D2)^-1 z`` with D2 the second difference; solved as the banded system
    that it is (Tarvainen, Ranta-aho & Karjalainen 2002, doi:10.1109/10.979357).

    Parameters
    ----------
    even
        Samples, shape (n,).
    smoothness
        Lambda; larger is slower.

    Returns
    -------
    ndarray
        Shape (n,); with fewer than three samples, their mean.
    """
    from scipy.linalg import solveh_banded

    n = even.size
    if n < 3:
        return np.full(n, even.sum() / max(n, 1))
    weight = smoothness * smoothness
    bands = np.zeros((3, n))
    bands[2] = 1.0
    # D2' D2 is the sum of one 3 x 3 block [1 -2 1]' [1 -2 1] for each second difference.
    for k, square in enumerate((1.0, 4.0, 1.0)):
        bands[2, k : n - 2 + k] += weight * square
    for k in (1, 2):
        bands[1, k : n - 2 + k] -= 2 * weight
    bands[0, 2:] = weight
    return np.asarray(
        solveh_banded(bands, even, overwrite_ab=True, check_finite=False), dtype=np.float64
    )
