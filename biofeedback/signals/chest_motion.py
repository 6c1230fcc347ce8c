"""What a chest strap's accelerometer does while somebody breathes: smoothed, and its one rhythm.

The parts of `biofeedback.signals.chest_breath` that know nothing of guides and refusals.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, pi

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

GRID_HZ = 4
"""Of the smoothed samples."""

GRID_S = 1 / GRID_HZ
REACH_S = 0.5
"""A smoothed sample is made of what lies within this to either side."""

LOWEST_HZ, HIGHEST_HZ = 0.05, 0.5
"""Breaths are looked for between 3 and 30 a minute."""

_TOTAL_LOW_HZ, _TOTAL_HIGH_HZ = 0.03, 0.7
_FIT_BREATHS = 1.5
_PADDED = 1024
_PEAK_LINES = 1.25
_LINES_HZ = np.arange(_PADDED // 2 + 1, dtype=np.float64) * (GRID_HZ / _PADDED)
_LEVELLING = _LINES_HZ**0.75
_BAND = (_LINES_HZ >= LOWEST_HZ) & (_LINES_HZ <= HIGHEST_HZ)
_TOTAL = (_LINES_HZ >= _TOTAL_LOW_HZ) & (_LINES_HZ <= _TOTAL_HIGH_HZ)


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """What stands out of the movement.

    Attributes
    ----------
    axis
        The direction that moves most between `LOWEST_HZ` and `HIGHEST_HZ`: a unit vector whose
        sign is chance.
    peak_hz
        Where the movement along it has its highest peak.
    rate_hz
        The middle of that peak.
    share
        Share of the movement (0.03-0.7 Hz) within 1.25 lines of the peak. Power is weighted by
        ``f ** 1.5`` throughout, which makes a person's slow sway level.
    seconds
        Length of what was looked at.
    """

    axis: FloatArray
    peak_hz: float
    rate_hz: float
    share: float
    seconds: float


def smoothed(
    t_s: FloatArray, about_mg: FloatArray, first: int, last: int
) -> tuple[FloatArray, FloatArray]:
    """Smooth samples onto the points ``first`` to ``last`` of the grid, counted from time 0.

    Returns
    -------
    tuple
        Means in mG, shape (m, 3), and the samples' spread about them, shape (m,): both weighted
        by a triangle of one second, whose zeros swallow what would fold back onto the grid.
    """
    n = last - first + 1
    squares = (about_mg * about_mg).sum(axis=1)
    weight, square, sums = np.zeros(n), np.zeros(n), np.zeros((n, 3))
    below = np.floor(t_s * GRID_HZ).astype(np.int64)
    reach = int(REACH_S * GRID_HZ)
    for offset in range(1 - reach, reach + 1):
        at = below + offset
        weights = 1 - np.abs(t_s - at * GRID_S) / REACH_S
        used = (at >= first) & (at <= last) & (weights > 0)
        at, weights = at[used] - first, weights[used]
        weight += np.bincount(at, weights, n)
        square += np.bincount(at, weights * squares[used], n)
        for axis in range(3):
            sums[:, axis] += np.bincount(at, weights * about_mg[used, axis], n)
    means = sums / weight[:, None]
    spread = np.sqrt(np.maximum(0.0, square / weight - (means * means).sum(axis=1)))
    return means, spread


def detrended(values: FloatArray) -> FloatArray:
    """Take mean and slope away along the first axis."""
    steps = np.arange(len(values), dtype=np.float64) - (len(values) - 1) / 2
    ramp = steps / np.sqrt((steps * steps).sum())
    if values.ndim == 2:
        ramp = ramp[:, None]
    level = values - values.mean(axis=0)
    return np.asarray(level - ramp * (ramp * level).sum(axis=0))


def spectrum(means_mg: FloatArray) -> Spectrum:
    """Find what stands out of smoothed samples, shape (n, 3): Hann window, slope taken away."""
    size = len(means_mg)
    hann = 0.5 - 0.5 * np.cos(2 * pi * (np.arange(size) + 0.5) / size)
    lines = np.fft.rfft(detrended(means_mg) * hann[:, None], _PADDED, axis=0)
    # Sway falls off with frequency; made level, it has no peak that looks like slow breath.
    lines *= _LEVELLING[:, None]
    # The covariance of what is in the band: its first principal component is the breath's axis.
    inside = lines[_BAND]
    covariance = (inside[:, :, None] * inside[:, None, :].conj()).real.sum(axis=0)
    axis = np.linalg.eigh(covariance)[1][:, -1]
    power = np.abs((lines * axis).sum(axis=1)) ** 2
    peak_hz = float(_LINES_HZ[np.where(_BAND, power, -1.0).argmax()])
    near = np.abs(_LINES_HZ - peak_hz) <= _PEAK_LINES * GRID_HZ / size
    # Breaths differ: the middle of the peak is nearer to their mean than its top.
    top = (np.abs(_LINES_HZ - peak_hz) <= GRID_HZ / size) & (_LINES_HZ > 0)
    plain = power[top] / _LEVELLING[top] ** 2
    total = float(power[_TOTAL].sum())
    return Spectrum(
        axis=axis,
        peak_hz=peak_hz,
        rate_hz=float((plain * _LINES_HZ[top]).sum() / plain.sum()) if plain.any() else peak_hz,
        share=float(power[near & _TOTAL].sum()) / total if total > 0 else 0.0,
        seconds=size / GRID_HZ,
    )


def projected(means_mg: FloatArray, axis: FloatArray) -> FloatArray:
    """Return the movement along an axis, in mG, without mean and slope."""
    return detrended((means_mg * axis).sum(axis=1))


def fitted(moved_mg: FloatArray, rate_hz: float) -> complex:
    """Fit a sinusoid to the latest breaths: its height, and its phase at the newest point."""
    size = min(len(moved_mg), ceil(_FIT_BREATHS * GRID_HZ / rate_hz))
    back = np.arange(1 - size, 1) * (2 * pi * rate_hz / GRID_HZ)
    design = np.column_stack((np.cos(back), -np.sin(back), np.ones(size)))
    real, imaginary, _ = np.linalg.lstsq(design, moved_mg[-size:], rcond=None)[0]
    return complex(real, imaginary)
