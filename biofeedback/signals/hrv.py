"""Figures of the time domain: heart rate, its spread, its beat-to-beat change, Poincare.

Definitions: Task Force of the ESC and NASPE (1996), doi:10.1161/01.CIR.93.5.1043; the Poincare
widths: Brennan et al. (2001), doi:10.1109/10.959330. Every difference and every pair is formed
between neighbours alone, never across a removed beat or a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.series import NNSeries

HRVI_BIN_MS = 7.8125
"""Width of the histogram's bins, 1/128 s (Task Force 1996)."""

_FEW = 8192

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeDomain:
    """Figures of the time domain. Each is None where there are too few beats for it.

    Attributes
    ----------
    n_nn
        Number of normal intervals.
    n_differences
        Number of successive differences between neighbours.
    mean_nn_ms
        Mean interval in ms; from one interval on.
    hr_bpm
        60000 / mean NN (not the mean of 60000 / NN, which is higher).
    sdnn_ms
        Standard deviation with n - 1; from two intervals on.
    rmssd_ms
        Root of the mean squared successive difference; from one difference on.
    ln_rmssd
        Natural logarithm of RMSSD in ms; None where RMSSD is 0.
    pnn50_pct, pnn20_pct
        Share of differences strictly above 50 and 20 ms, in percent of the differences.
    sd1_ms, sd2_ms
        Poincare widths: standard deviations (n - 1) of (x[i+1] - x[i]) / sqrt 2 and of
        (x[i] + x[i+1]) / sqrt 2; from two differences on.
    """

    n_nn: int = 0
    n_differences: int = 0
    mean_nn_ms: float | None = None
    hr_bpm: float | None = None
    sdnn_ms: float | None = None
    rmssd_ms: float | None = None
    ln_rmssd: float | None = None
    pnn50_pct: float | None = None
    pnn20_pct: float | None = None
    sd1_ms: float | None = None
    sd2_ms: float | None = None


def time_domain(series: NNSeries) -> TimeDomain:
    """Compute the figures of the time domain.

    Parameters
    ----------
    series
        Normal intervals; its ``joined`` tells which are neighbours.

    Returns
    -------
    TimeDomain
        With None wherever the series has too few beats.
    """
    nn_ms = series.nn_ms
    n = nn_ms.size
    if n == 0:
        return TimeDomain()
    # Measured from the first interval, all is exact for a constant series.
    centred = nn_ms - nn_ms[0]
    offset_ms = float(np.add.reduce(centred)) / n
    mean_ms = float(nn_ms[0]) + offset_ms
    centred -= offset_ms
    sdnn_ms = sqrt(_sum_of_squares(centred) / (n - 1)) if n > 1 else None
    if np.count_nonzero(series.joined) == n - 1:
        change = nn_ms[1:] - nn_ms[:-1]
        level = centred[1:] + centred[:-1]
        sum_changes = float(nn_ms[-1] - nn_ms[0])
        sum_levels = -float(centred[0] + centred[-1])  # as the centred ones add up to 0
    else:
        at = np.flatnonzero(series.joined)
        change = nn_ms[at] - nn_ms[at - 1]
        level = centred[at] + centred[at - 1]
        sum_changes = float(np.add.reduce(change))
        sum_levels = float(np.add.reduce(level))
    k = change.size
    if k == 0:
        return TimeDomain(n_nn=n, mean_nn_ms=mean_ms, hr_bpm=60000 / mean_ms, sdnn_ms=sdnn_ms)
    rmssd_ms = sqrt(_sum_of_squares(change) / k)
    size = np.abs(change)
    sd1_ms = sd2_ms = None
    if k > 1:
        change -= sum_changes / k
        level -= sum_levels / k
        sd1_ms = sqrt(_sum_of_squares(change) / (2 * (k - 1)))
        sd2_ms = sqrt(_sum_of_squares(level) / (2 * (k - 1)))
    return TimeDomain(
        n_nn=n,
        n_differences=k,
        mean_nn_ms=mean_ms,
        hr_bpm=60000 / mean_ms,
        sdnn_ms=sdnn_ms,
        rmssd_ms=rmssd_ms,
        ln_rmssd=log(rmssd_ms) if rmssd_ms > 0 else None,
        pnn50_pct=100 * int(np.count_nonzero(size > 50.0)) / k,
        pnn20_pct=100 * int(np.count_nonzero(size > 20.0)) / k,
        sd1_ms=sd1_ms,
        sd2_ms=sd2_ms,
    )


def _fullest(bins: NDArray[np.int64]) -> int:
    """Return how many values share the fullest bin."""
    return int(np.bincount(bins).max())


def triangular_index(series: NNSeries) -> float | None:
    """Compute the HRV triangular index: intervals over those in the fullest bin of 7.8125 ms.

    Parameters
    ----------
    series
        Normal intervals.

    Returns
    -------
    float or None
        None where there are no intervals.
    """
    if not series.size:
        return None
    bins = (series.nn_ms * (1 / HRVI_BIN_MS)).astype(np.int64)
    bins -= np.minimum.reduce(bins)
    return series.size / int(np.maximum.reduce(np.bincount(bins)))


def _sum_of_squares(values: FloatArray) -> float:
    # BLAS is the fastest for a few; from 10 000 on it shares the work among cores, whose number
    # would then show in the last digits.
    if values.size <= _FEW:
        return float(np.dot(values, values))
    return float(np.add.reduce(values * values))
