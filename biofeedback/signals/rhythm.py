"""Rhythm concentration: how much of the heart's swing lies at one frequency.

``P_peak / P_total`` of the intervals over 64 s: the highest peak between 0.04 and 0.26 Hz with
0.015 Hz to each side, over all from 0.0033 to 0.4 Hz. What it comes to without any practice:

==================  =====  ===============
series               mean  95th percentile
==================  =====  ===============
a pure sinusoid       .89
white noise           .19              .32
AR(1) noise           .33              .58
==================  =====  ===============

So below .6 it says nothing, and above it only that the heart swings at one pace, not why. The
formula is this one; HeartMath's "coherence" is proprietary, and no equivalence is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import pi

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.series import NNSeries

WINDOW_S = 64.0
"""Length of one look. It resolves 1/64 Hz."""

STEP_S = 32.0
"""Distance between looks at a longer series."""

RATE_HZ = 4.0
"""Of the linear interpolation between beats."""

PEAK_LOW_HZ, PEAK_HIGH_HZ = 0.04, 0.26
TOTAL_LOW_HZ, TOTAL_HIGH_HZ = 0.0033, 0.4
HALF_WIDTH_HZ = 0.015

LONGEST_HOLE_S = 4.0
"""A look with a longer stretch between two normal beats is left out."""

_SIZE = int(WINDOW_S * RATE_HZ)
_PADDED = 8 * _SIZE
"""Zero-padding, so that a peak between two lines is seen whole."""

_HIGHEST_LINE = int(0.5 * _PADDED / RATE_HZ)
"""Nothing asks for more than 0.5 Hz."""

_CHUNK = 64

FloatArray = NDArray[np.float64]

_AT_S = np.arange(_SIZE) / RATE_HZ
_HANN = 0.5 - 0.5 * np.cos(2 * pi * np.arange(_SIZE) / _SIZE)
_STEPS = np.arange(_SIZE, dtype=np.float64) - (_SIZE - 1) / 2
_RAMP = _STEPS / np.sqrt((_STEPS * _STEPS).sum())

LINES_HZ: FloatArray = np.arange(_HIGHEST_LINE + 1, dtype=np.float64) * (RATE_HZ / _PADDED)
"""The frequencies of `window_powers`."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How much of the variability lies at one frequency.

    Attributes
    ----------
    concentration
        0..1; the median of all looks at a series longer than 64 s.
    peak_hz
        Where the highest peak was, the median of all looks.
    n_windows
        Looks of 64 s that were whole enough.
    """

    concentration: float
    peak_hz: float
    n_windows: int


def rhythm_concentration(series: NNSeries) -> Rhythm | None:
    """Compute the rhythm concentration.

    Parameters
    ----------
    series
        Normal intervals; holes of removed beats are bridged by a straight line, up to
        `LONGEST_HOLE_S`.

    Returns
    -------
    Rhythm or None
        None where no 64 s are whole.
    """
    begins_s = window_begins_s(series, STEP_S)
    if not begins_s.size:
        return None
    in_total = (LINES_HZ >= TOTAL_LOW_HZ) & (LINES_HZ <= TOTAL_HIGH_HZ)
    in_peak = (LINES_HZ >= PEAK_LOW_HZ) & (LINES_HZ <= PEAK_HIGH_HZ)
    first_peak = int(np.flatnonzero(in_peak)[0])
    concentrations, peaks_hz = [], []
    for powers in window_powers(series, begins_s):
        totals = powers[:, in_total].sum(axis=1)
        highest_hz = LINES_HZ[first_peak + powers[:, in_peak].argmax(axis=1)]
        near = powers_near(powers, highest_hz, HALF_WIDTH_HZ)
        share = np.zeros(totals.size)
        np.divide(near, totals, out=share, where=totals > 0)
        concentrations.append(share)
        peaks_hz.append(highest_hz)
    return Rhythm(
        concentration=float(np.median(np.concatenate(concentrations))),
        peak_hz=float(np.median(np.concatenate(peaks_hz))),
        n_windows=begins_s.size,
    )


def window_begins_s(series: NNSeries, step_s: float) -> FloatArray:
    """Return where looks of `WINDOW_S` begin, the last one ending with the series.

    Looks that begin or end in a hole, or have one of more than `LONGEST_HOLE_S`, are left out.
    """
    t_s = series.t_s
    if t_s.size < 2:
        return np.empty(0)
    first_s = float(t_s[0]) - float(series.nn_ms[0]) / 1000
    last_s = float(t_s[-1])
    if last_s - first_s < WINDOW_S - 1e-6:
        return np.empty(0)
    n_steps = int((last_s - first_s - WINDOW_S) / step_s + 1e-9)
    steps = np.arange(n_steps, -1, -1, dtype=np.float64)
    begins_s: FloatArray = last_s - WINDOW_S - steps * step_s
    holes = np.flatnonzero(t_s[1:] - t_s[:-1] > LONGEST_HOLE_S)
    if not holes.size:
        return begins_s
    # Holes come one after the other: the first that ends behind a look's begin decides.
    next_hole = np.searchsorted(t_s[holes + 1], begins_s, side="right")
    hole_begins_s = np.append(t_s[holes], np.inf)[next_hole]
    return begins_s[hole_begins_s >= begins_s + WINDOW_S]


def window_powers(series: NNSeries, begins_s: FloatArray) -> Iterator[FloatArray]:
    """Yield the power of the intervals in each look, at `LINES_HZ`, in arbitrary units.

    Linear interpolation at `RATE_HZ`, mean and trend removed, Hann. Looks come by up to
    `_CHUNK` at a time, shape (k, lines), so that a long recording takes no more memory.
    """
    for k in range(0, begins_s.size, _CHUNK):
        at_s = begins_s[k : k + _CHUNK, None] + _AT_S
        even = np.interp(at_s, series.t_s, series.nn_ms)
        even -= even.sum(axis=1, keepdims=True) / _SIZE
        even -= (even * _RAMP).sum(axis=1, keepdims=True) * _RAMP
        lines = np.fft.rfft(even * _HANN, _PADDED, axis=1)[:, : LINES_HZ.size]
        yield np.asarray(lines.real**2 + lines.imag**2, dtype=np.float64)


def powers_near(powers: FloatArray, at_hz: FloatArray, half_width_hz: float) -> FloatArray:
    """Return for each row of ``powers`` its sum within ``half_width_hz`` of its ``at_hz``."""
    first = np.searchsorted(LINES_HZ, at_hz - half_width_hz - 1e-9)
    last = np.searchsorted(LINES_HZ, at_hz + half_width_hz + 1e-9)
    line = np.arange(LINES_HZ.size)
    near = (line >= first[:, None]) & (line < last[:, None])
    return np.asarray(np.where(near, powers, 0.0).sum(axis=1))
