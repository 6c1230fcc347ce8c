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

FloatArray = NDArray[np.float64]

_AT_S = np.arange(_SIZE) / RATE_HZ
_HANN = 0.5 - 0.5 * np.cos(2 * pi * np.arange(_SIZE) / _SIZE)
_STEPS = np.arange(_SIZE, dtype=np.float64) - (_SIZE - 1) / 2
_RAMP = _STEPS / np.sqrt((_STEPS * _STEPS).sum())

LINES_HZ: FloatArray = np.arange(_PADDED // 2 + 1, dtype=np.float64) * (RATE_HZ / _PADDED)
"""The frequencies of `window_power`."""


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
    concentrations, peaks_hz = [], []
    in_total = (LINES_HZ >= TOTAL_LOW_HZ) & (LINES_HZ <= TOTAL_HIGH_HZ)
    in_peak = (LINES_HZ >= PEAK_LOW_HZ) & (LINES_HZ <= PEAK_HIGH_HZ)
    first_peak = int(np.flatnonzero(in_peak)[0])
    for begin_s in window_begins_s(series, STEP_S):
        power = window_power(series, begin_s)
        total = float(power[in_total].sum())
        peak_hz = float(LINES_HZ[first_peak + int(power[in_peak].argmax())])
        concentrations.append(power_near(power, peak_hz, HALF_WIDTH_HZ) / total if total else 0.0)
        peaks_hz.append(peak_hz)
    if not concentrations:
        return None
    return Rhythm(
        concentration=float(np.median(concentrations)),
        peak_hz=float(np.median(peaks_hz)),
        n_windows=len(concentrations),
    )


def window_begins_s(series: NNSeries, step_s: float) -> list[float]:
    """Return where looks of `WINDOW_S` begin, the last one ending with the series.

    Looks that begin or end in a hole, or have one of more than `LONGEST_HOLE_S`, are left out.
    """
    t_s = series.t_s
    if t_s.size < 2:
        return []
    first_s = float(t_s[0]) - float(series.nn_ms[0]) / 1000
    last_s = float(t_s[-1])
    n_steps = int((last_s - first_s - WINDOW_S) / step_s + 1e-9) if last_s > first_s else -1
    if last_s - first_s < WINDOW_S - 1e-6:
        return []
    begins_s = [last_s - WINDOW_S - k * step_s for k in range(n_steps, -1, -1)]
    holes = np.flatnonzero(t_s[1:] - t_s[:-1] > LONGEST_HOLE_S)
    return [
        begin_s
        for begin_s in begins_s
        if not any(t_s[k] < begin_s + WINDOW_S and t_s[k + 1] > begin_s for k in holes)
    ]


def window_power(series: NNSeries, begin_s: float) -> FloatArray:
    """Return the power of the intervals in one look, at `LINES_HZ`, in arbitrary units.

    Linear interpolation at `RATE_HZ`, mean and trend removed, Hann.
    """
    first = max(int(np.searchsorted(series.t_s, begin_s)) - 1, 0)
    last = int(np.searchsorted(series.t_s, begin_s + WINDOW_S)) + 1
    even = np.interp(begin_s + _AT_S, series.t_s[first:last], series.nn_ms[first:last])
    even -= even.sum() / _SIZE
    even -= (even * _RAMP).sum() * _RAMP
    lines = np.fft.rfft(even * _HANN, _PADDED)
    return np.asarray(lines.real**2 + lines.imag**2, dtype=np.float64)


def power_near(power: FloatArray, at_hz: float, half_width_hz: float) -> float:
    """Return the sum of ``power`` (at `LINES_HZ`) within ``half_width_hz`` of ``at_hz``."""
    first, last = np.searchsorted(
        LINES_HZ, (at_hz - half_width_hz - 1e-9, at_hz + half_width_hz + 1e-9)
    )
    return float(power[first:last].sum())
