"""Figures of the time domain: heart rate, its spread, its beat-to-beat change, Poincare.

Definitions: Task Force of the ESC and NASPE (1996), doi:10.1161/01.CIR.93.5.1043; the Poincare
widths: Brennan et al. (2001), doi:10.1109/10.959330. Every difference and every pair is formed
between neighbours alone, never across a removed beat or a gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.series import NNSeries

HRVI_BIN_MS = 7.8125
"""Width of the histogram's bins, 1/128 s (Task Force 1996)."""

_FEW = 8192
_UNSURE = 1e-3  # Of a sum of squares so little may be left after subtraction; less is summed anew.

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
    first_ms, last_ms = float(nn_ms[0]), float(nn_ms[-1])
    offset_ms = sum(float(np.add.reduce(part - first_ms)) for part in _parts(nn_ms)) / n
    mean_ms = first_ms + offset_ms
    energy = sum(_energy(part - first_ms - offset_ms) for part in _parts(nn_ms))
    sdnn_ms = sqrt(energy / (n - 1)) if n > 1 else None
    if np.count_nonzero(series.joined) == n - 1:
        now_ms, before_ms = nn_ms[1:], nn_ms[:-1]
        first, last = first_ms - mean_ms, last_ms - mean_ms
        both_energies = 2 * energy - first * first - last * last
        sum_changes, sum_levels = last_ms - first_ms, -(first + last)
    else:
        at = np.flatnonzero(series.joined)
        now_ms, before_ms = nn_ms[at], nn_ms[at - 1]
        now, before = now_ms - mean_ms, before_ms - mean_ms
        both_energies = _energy(now) + _energy(before)
        sum_changes = float(np.add.reduce(now_ms - before_ms))
        sum_levels = float(np.add.reduce(now + before))
    k = now_ms.size
    if k == 0:
        return TimeDomain(n_nn=n, mean_nn_ms=mean_ms, hr_bpm=60000 / mean_ms, sdnn_ms=sdnn_ms)
    change_energy, above_50, above_20 = 0.0, 0, 0
    for now, before in zip(_parts(now_ms), _parts(before_ms), strict=True):
        change = now - before
        change_energy += _energy(change)
        np.abs(change, out=change)
        above_50 += int(np.count_nonzero(change > 50.0))
        above_20 += int(np.count_nonzero(change > 20.0))
    rmssd_ms = sqrt(change_energy / k)
    sd1_ms = sd2_ms = None
    if k > 1:
        # (a + b)^2 = 2 (a^2 + b^2) - (a - b)^2: levels need no array of their own.
        changes = change_energy - sum_changes**2 / k
        levels = 2 * both_energies - change_energy - sum_levels**2 / k
        if changes < _UNSURE * change_energy:
            changes = _energy(now_ms - before_ms - sum_changes / k)
        if levels < _UNSURE * both_energies:
            levels = _energy((now_ms - mean_ms) + (before_ms - mean_ms) - sum_levels / k)
        sd1_ms, sd2_ms = sqrt(changes / (2 * (k - 1))), sqrt(levels / (2 * (k - 1)))
    return TimeDomain(
        n_nn=n,
        n_differences=k,
        mean_nn_ms=mean_ms,
        hr_bpm=60000 / mean_ms,
        sdnn_ms=sdnn_ms,
        rmssd_ms=rmssd_ms,
        ln_rmssd=log(rmssd_ms) if rmssd_ms > 0 else None,
        pnn50_pct=100 * above_50 / k,
        pnn20_pct=100 * above_20 / k,
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


def _parts(values: FloatArray) -> Iterable[FloatArray]:
    """Return pieces that stay in the processor's cache, one where there are few values."""
    if values.size <= _FEW:
        return (values,)
    return (values[k : k + _FEW] for k in range(0, values.size, _FEW))


def _energy(values: FloatArray) -> float:
    """Return the sum of squares.

    BLAS is the fastest; from 10 000 on it shares the work among cores, whose number would then
    show in the last digits. So it gets pieces.
    """
    return sum(float(np.dot(part, part)) for part in _parts(values))
