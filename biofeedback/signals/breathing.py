"""Breath in the heart: how far the heart rate swings with a breath, and how fast breaths are.

The second is a guess from intervals alone, and often nobody can make it: a wave at 0.1 Hz that
blood pressure makes by itself looks like slow breathing, breathing faster than half the heart
rate shows up at a wrong pace, and in some people the breath leaves no trace. In one recording a
belt breathed 16.5 times a minute while the intervals peaked at 8. So `breath_rate` refuses
unless one peak stands alone, steadily; while a guide runs, say how the heart follows it instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.rhythm import (
    LINES_HZ,
    FloatArray,
    powers_near,
    window_begins_s,
    window_powers,
)
from biofeedback.signals.series import NNSeries

MIN_RSA_BREATHS = 6
"""Fewer whole breaths carry no RSA amplitude."""

RSA_RATE_HZ = 4.0
"""Of the cubic interpolation of the heart rate."""

SLOW_HZ = 0.15
"""Below this a wave of blood pressure may pass for breathing."""

LOWEST_HZ, HIGHEST_HZ = 0.05, 0.45
"""Breaths are looked for between 3 and 27 a minute."""

NYQUIST_SHARE = 0.8
"""A peak above this share of 1 / (2 mean RR) may be the mirror image of a faster breath."""

HALF_WIDTH_HZ = 0.0235
"""Half the width of a peak seen through 64 s of Hann."""

STEP_S = 16.0
MIN_LENGTH_S = 120.0
MIN_AGREEING = 0.6
"""Share of the looks that have to find the same pace, within 0.015 Hz of each other's median."""

AGREE_HZ = 0.015

FAST_SHARE = 0.5
"""A peak above `SLOW_HZ` holds at least this share of all power."""

SLOW_SHARE = 0.75
SLOW_REST = 0.05
"""A peak below `SLOW_HZ` holds at least `SLOW_SHARE`, and of what is fast and no overtone of it
there is at most `SLOW_REST`: a person who breathes otherwise leaves more than that."""


@dataclass(frozen=True, slots=True)
class RsaAmplitude:
    """How far the heart rate swings with a breath.

    Attributes
    ----------
    peak_to_trough_bpm
        Median over the breaths of highest minus lowest heart rate.
    error_bpm
        Standard error of that median, from the spread of the breaths.
    n_breaths
        Whole, unbroken breaths.
    """

    peak_to_trough_bpm: float
    error_bpm: float
    n_breaths: int


@dataclass(frozen=True, slots=True)
class BreathRate:
    """A breath rate from intervals alone, or a refusal.

    Attributes
    ----------
    per_min
        Breaths a minute; None is a refusal.
    confidence
        0..1: share of the looks that agree, times the share of power in their peak (medians).
        With a refusal, what there was of it.
    reason
        Empty, or why it is refused: ``short`` (under 2 minutes, or too broken), ``unsteady`` (no
        pace that the looks agree on), ``unclear`` (the peak doesn't stand alone), ``slow`` (it
        might be a wave of blood pressure), ``fast`` (too near to half the heart rate).
    """

    per_min: float | None
    confidence: float
    reason: str = ""


def rsa_amplitude(series: NNSeries, cycles: NDArray[np.float64]) -> RsaAmplitude | None:
    """Compute the RSA amplitude: highest minus lowest heart rate of each breath, and the median.

    The heart rate is interpolated by a cubic spline over each unbroken stretch. Breaths are
    counted from the first beat, so that a constant delay of the strap changes little; a breath
    with a removed beat in it is left out. The figure is biased upward by noise: a heart that
    doesn't follow any breath has one too. `following.Following.amplitude_bpm` has no such bias.

    Parameters
    ----------
    series
        Normal intervals.
    cycles
        Breaths so far at each beat, shape (n,), rising: `BreathPhase.cycles` of the guide, or
        the count of a belt.

    Returns
    -------
    RsaAmplitude or None
        None with fewer than `MIN_RSA_BREATHS` whole breaths.

    Raises
    ------
    ValueError
        If the shapes differ or ``cycles`` does not rise.
    """
    if cycles.shape != series.nn_ms.shape:
        raise ValueError("cycles needs one value for each interval")
    if cycles.size > 1 and not (cycles[1:] > cycles[:-1]).all():
        raise ValueError("cycles need to rise from beat to beat")
    swings_bpm = breath_swings_bpm(series, cycles)
    if len(swings_bpm) < MIN_RSA_BREATHS:
        return None
    # 1.2533 = sqrt(pi / 2): a median varies so much more than a mean (normal spread)
    spread = float(np.std(swings_bpm, ddof=1))
    return RsaAmplitude(
        peak_to_trough_bpm=float(np.median(swings_bpm)),
        error_bpm=1.2533 * spread / len(swings_bpm) ** 0.5,
        n_breaths=len(swings_bpm),
    )


def breath_swings_bpm(series: NNSeries, cycles: NDArray[np.float64]) -> list[float]:
    """Return highest minus lowest heart rate of each whole, unbroken breath, in order."""
    from scipy.interpolate import CubicSpline

    if series.size < 2:
        return []
    hr_bpm = 60000 / series.nn_ms
    origin = float(cycles[0])
    swings_bpm: list[float] = []
    edges = np.flatnonzero(~series.joined)
    for first, end in zip(edges, [*edges[1:].tolist(), series.size], strict=True):
        if end - first < 4:
            continue
        t_s = series.t_s[first:end]
        spline = CubicSpline(t_s, hr_bpm[first:end])
        own = cycles[first:end] - origin
        k = floor(own[0])
        k += own[0] > k
        while k + 1 <= own[-1]:
            begin_s, end_s = np.interp((k, k + 1), own, t_s)
            at_s = np.linspace(begin_s, end_s, max(int((end_s - begin_s) * RSA_RATE_HZ), 4) + 1)
            values = spline(at_s)
            swings_bpm.append(float(values.max() - values.min()))
            k += 1
    return swings_bpm


def breath_rate(series: NNSeries) -> BreathRate:
    """Guess the breath rate from intervals alone, or refuse.

    Looks of 64 s, 16 s apart, each with its highest peak between 3 and 27 a minute (and below
    `NYQUIST_SHARE` of the limit 1 / (2 mean RR)). A rate is named only where most looks agree on
    it, the peak holds most of the power, and nothing else in the spectrum could be the breath.

    Parameters
    ----------
    series
        Normal intervals of at least 2 minutes.

    Returns
    -------
    BreathRate
        With ``per_min`` None and a reason where it would be a guess.
    """
    begins_s = window_begins_s(series, STEP_S)
    if begins_s.size < 3 or series.t_s[-1] - series.t_s[0] < MIN_LENGTH_S - 3:
        return BreathRate(None, 0.0, "short")
    nyquist_hz = 1000 / (2 * float(series.nn_ms.mean()))
    looks = [_look(power) for powers in window_powers(series, begins_s) for power in powers]
    peaks_hz = np.array([look.peak_hz for look in looks])
    at_hz = _crowd_hz(peaks_hz)
    agreeing = [look for look in looks if abs(look.peak_hz - at_hz) <= AGREE_HZ]
    agreement = len(agreeing) / len(looks)
    share = float(np.median([look.share for look in agreeing]))
    fast_rest = float(np.median([look.fast_rest for look in agreeing]))
    confidence = min(agreement * share, 1.0)
    if agreement < MIN_AGREEING:
        return BreathRate(None, confidence, "unsteady")
    rate_hz = float(np.median([look.peak_hz for look in agreeing]))
    if rate_hz > NYQUIST_SHARE * nyquist_hz:
        return BreathRate(None, confidence, "fast")
    if rate_hz < SLOW_HZ:
        if share < SLOW_SHARE or fast_rest > SLOW_REST:
            return BreathRate(None, confidence, "slow")
    elif share < FAST_SHARE:
        return BreathRate(None, confidence, "unclear")
    return BreathRate(60 * rate_hz, confidence)


@dataclass(frozen=True, slots=True)
class _Look:
    """One window: its highest peak, its share, and the fast power that is no overtone of it."""

    peak_hz: float
    share: float
    fast_rest: float


def _look(power: FloatArray) -> _Look:
    inner = power[1:-1]
    peaks = np.flatnonzero(
        (inner >= power[:-2])
        & (inner > power[2:])
        & (LINES_HZ[1:-1] >= LOWEST_HZ)
        & (LINES_HZ[1:-1] <= HIGHEST_HZ)
    )
    total = float(power[LINES_HZ <= HIGHEST_HZ + HALF_WIDTH_HZ].sum())
    if not peaks.size or total <= 0:
        return _Look(0.0, 0.0, 1.0)
    peak_hz = float(LINES_HZ[1 + peaks[inner[peaks].argmax()]])
    overtone = np.zeros(power.size, dtype=np.bool_)
    for k in range(1, int(HIGHEST_HZ / peak_hz) + 2):
        overtone |= np.abs(LINES_HZ - k * peak_hz) <= HALF_WIDTH_HZ
    fast = (LINES_HZ >= SLOW_HZ) & (LINES_HZ <= HIGHEST_HZ)
    counted = float(power[(LINES_HZ >= LOWEST_HZ) & (LINES_HZ <= HIGHEST_HZ)].sum())
    fast_rest = float(power[fast & ~overtone].sum()) / counted if counted else 1.0
    near = float(powers_near(power[None, :], np.array([peak_hz]), HALF_WIDTH_HZ)[0])
    return _Look(peak_hz, near / total, fast_rest)


def _crowd_hz(peaks_hz: NDArray[np.float64]) -> float:
    """Return the peak that most others lie near."""
    near = np.abs(peaks_hz[:, None] - peaks_hz[None, :]) <= AGREE_HZ
    return float(peaks_hz[int(near.sum(axis=1).argmax())])
