"""The spectrum of the beats as they lie, with no interpolation: Lomb-Scargle.

Lomb 1976 (doi:10.1007/BF00648343), Scargle 1982 (doi:10.1086/160554). The periodogram P becomes
a density by ``2 T / N`` (T the time that N intervals take), so that its integral up to half the
mean heart rate is the variance (Parseval). Above that there are only mirror images.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.detrend import RATE_HZ, resample, smooth_trend, stretches
from biofeedback.signals.series import NNSeries
from biofeedback.signals.spectrum import HF_END_HZ, Psd
from biofeedback.signals.spline import LEAST_POINTS

OVERSAMPLING = 5
"""Lines per 1/T."""

_KERNEL = 8  # Grid points that a beat is spread over: an error of 1e-8.

FloatArray = NDArray[np.float64]
ComplexArray = NDArray[np.complex128]


def lomb(series: NNSeries, *, detrend: str = "mean", highest_hz: float = HF_END_HZ) -> Psd | None:
    """Estimate the spectrum by Lomb and Scargle's method.

    The whole series takes part, holes and all, since nothing is interpolated.

    Parameters
    ----------
    series
        Normal intervals.
    detrend
        ``mean``, or ``smooth``: the trend of the evenly sampled series (smoothness priors) is
        taken off each interval.
    highest_hz
        The lines go from 1 / (5 T) up to this.

    Returns
    -------
    Psd or None
        None with fewer than four beats, or where all of them lie within the time of one.

    Raises
    ------
    ValueError
        If ``detrend`` is unknown.
    """
    if detrend not in ("mean", "smooth"):
        raise ValueError(f'detrend is "mean" or "smooth", not {detrend!r}')
    n = series.size
    if n < LEAST_POINTS:
        return None
    t_s = series.t_s - series.t_s[0]
    # N even samples span N - 1 steps but stand for N of them.
    span_s = float(t_s[-1]) * n / (n - 1)
    if span_s <= 0:
        return None
    values = (
        series.nn_ms - _trend(series) if detrend == "smooth" else series.nn_ms - series.nn_ms[0]
    )
    values -= np.add.reduce(values) / n
    step_hz = 1 / (span_s * OVERSAMPLING)
    n_lines = int(highest_hz / step_hz + 1e-9)
    if n_lines < 1:
        return None
    density = periodogram(t_s, values, step_hz, n_lines) * (2 * span_s / n)
    longest_s = max(
        float(t_s[end - 1] - t_s[first]) + float(series.nn_ms[first]) / 1000
        for first, end in stretches(series)
    )
    return Psd(step_hz, step_hz, density, stretch_s=longest_s)


def periodogram(t_s: FloatArray, values: FloatArray, step_hz: float, n_lines: int) -> FloatArray:
    """Compute Lomb and Scargle's periodogram at ``step_hz``, 2 ``step_hz`` ... ``n_lines`` of it.

    Scaled so that a pure tone of amplitude A gives N A^2 / 4 (astropy's ``psd``, scipy's default).

    Parameters
    ----------
    t_s
        Times in seconds from 0, shape (n,).
    values
        With their mean removed, shape (n,).
    step_hz, n_lines
        The lines.

    Returns
    -------
    ndarray
        Shape (n_lines,), to 1e-8 of the highest line.
    """
    n = t_s.size
    tones, ones = _sums(t_s, (values, None), step_hz, 2 * n_lines + 1)
    lines = tones[1 : n_lines + 1]
    doubled = ones[2 : 2 * n_lines + 2 : 2]
    # The shift tau that makes sine and cosine orthogonal: tan(2 w tau) = S2 / C2.
    size = np.abs(doubled)
    turned = np.divide(doubled, size, out=np.ones_like(doubled), where=size > 0)
    half = np.sqrt(turned)
    in_phase = lines * np.conj(half)
    # 1e-9 n keeps a line at half the sampling rate, where all sines vanish, from dividing by 0.
    least = 1e-9 * n
    cosines = np.maximum(0.5 * (n + size), least)
    sines = 0.5 * (n - size)
    power = in_phase.real**2 / cosines
    power += np.where(sines > least, in_phase.imag**2 / np.maximum(sines, least), 0.0)
    return np.asarray(0.5 * power, dtype=np.float64)


def _trend(series: NNSeries) -> FloatArray:
    """Return the slow trend at each beat, stretch by stretch."""
    trend = np.empty(series.size)
    for first, end in stretches(series):
        nn_ms, t_s = series.nn_ms[first:end], series.t_s[first:end]
        if end - first < LEAST_POINTS:
            trend[first:end] = nn_ms.sum() / nn_ms.size
            continue
        slow = smooth_trend(resample(t_s, nn_ms))
        trend[first:end] = np.interp(t_s - t_s[0], np.arange(slow.size) / RATE_HZ, slow)
    return trend


def _sums(
    t_s: FloatArray, series: tuple[FloatArray | None, ...], step_hz: float, n_lines: int
) -> list[ComplexArray]:
    """Return ``sum_j v_j exp(2 pi i k step t_j)`` for k = 0 .. n_lines - 1 and each v (None: 1).

    Each beat is spread over `_KERNEL` points of an even grid by a Kaiser-Bessel kernel, twice as
    fine as needed, and one FFT does the rest (Beatty, Nishimura & Pauly 2005,
    doi:10.1109/TMI.2005.848376).
    """
    from scipy.fft import next_fast_len, rfft
    from scipy.special import i0

    grid = next_fast_len(max(4 * n_lines, 2 * _KERNEL), real=True)
    beta = np.pi * np.sqrt((_KERNEL * 0.75) ** 2 - 0.8)
    at = np.remainder(t_s * (step_hz * grid), grid)
    first = np.ceil(at - _KERNEL / 2)
    away: FloatArray = (first - at)[:, None] + np.arange(_KERNEL, dtype=np.float64)
    away *= 2 / _KERNEL
    away *= away
    np.subtract(1.0, away, out=away)
    np.maximum(away, 0.0, out=away)
    np.sqrt(away, out=away)
    away *= beta
    kernel: FloatArray = i0(away)
    cells = first.astype(np.int64)[:, None] + np.arange(_KERNEL)
    cells %= grid
    cells = cells.ravel()
    z = np.sqrt(beta * beta - (np.pi * _KERNEL / grid * np.arange(n_lines)) ** 2)
    undo = z / (_KERNEL * np.sinh(z))
    sums = []
    for values in series:
        spread = kernel if values is None else kernel * values[:, None]
        even = np.bincount(cells, spread.ravel(), minlength=grid)
        sums.append(np.conj(rfft(even, overwrite_x=True)[:n_lines]) * undo)
    return sums
