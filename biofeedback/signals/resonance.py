"""Resonance: the pace of breath at which the heart swings furthest.

A stepped recording (6.5, 6, 5.5, 5, 4.5 breaths a minute, 2 minutes each, order shuffled) gives
each pace a score on the six criteria of Shaffer & Meehan (2020, doi:10.3389/fnins.2020.570400),
in their order: phase synchrony, peak to trough, LF power, LF peak, smoothness, fewest LF peaks.

Each criterion keeps the paces that it can't tell from the best one and hands them to the next.
'No clear peak' is a result, and a frequent one: a retest moved the pace in two thirds of people
(Capdevila 2021). `resonance_assessment` draws a curve through the paces, and says when two agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.breathing import rsa_amplitude
from biofeedback.signals.following import (
    breath_vectors,
    following,
    keeps_to_guide,
    locking_surrogates,
)
from biofeedback.signals.series import NNSeries

LOWEST_PER_MIN = 4.5
"""Slower paces are never suggested."""

SURE = 1.64
"""Standard errors by which a pace has to be better to count as better (95 %, one-sided)."""

LOCKING_TIE = 0.05
POWER_TIE = 0.10
SMOOTHNESS_TIE = 0.05
"""Differences that mean nothing even between steady breaths; of power, relative."""

MIN_STEPS = 3
"""Paces with a score, and with a heart that follows, that it takes to compare them."""

LF_LOW_HZ, LF_HIGH_HZ = 0.04, 0.15
RATE_HZ = 4.0
LF_PEAK_SHARE = 0.10
"""A bump of the spectrum counts as a peak from this share of the highest one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepScore:
    """What one pace came to, on the criteria in their order.

    Attributes
    ----------
    rate_per_min
        The guide's pace.
    locking, locking_error
        Phase locking of the heart to the guide, 0..1, and its standard error (jackknife over
        the breaths).
    locked
        Whether the heart keeps to the guide beyond chance (`following.keeps_to_guide`).
    peak_to_trough_bpm, peak_to_trough_error_bpm
        RSA amplitude and its standard error.
    lf_power_ms2, lf_peak_ms2_per_hz
        Power of the intervals from 0.04 to 0.15 Hz, and its highest density; one Hann window
        over the step.
    smoothness
        Share of the heart rate's power at the guide's frequency, 0..1: 1 is a sinusoid.
    n_lf_peaks
        Peaks of the density from 0.04 to 0.15 Hz.
    """

    rate_per_min: float
    locking: float
    locking_error: float
    locked: bool
    peak_to_trough_bpm: float
    peak_to_trough_error_bpm: float
    lf_power_ms2: float
    lf_peak_ms2_per_hz: float
    smoothness: float
    n_lf_peaks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resonance:
    """Where the resonance lies, or why that can't be said.

    Attributes
    ----------
    best_per_min
        The pace, or None: no clear peak.
    low_per_min, high_per_min
        The paces between which it lies as far as this recording can tell.
    reason
        Empty, or ``short`` (fewer than three paces with a score), ``not_following`` (the heart
        followed at fewer than three), ``edge`` (the best is the slowest or fastest pace tried,
        so the peak may lie beyond), ``no_clear_peak`` (several are as good), ``too_slow``
        (below `LOWEST_PER_MIN`).
    decided_by
        The criterion that left one pace over; empty if none did.
    """

    best_per_min: float | None
    low_per_min: float | None = None
    high_per_min: float | None = None
    reason: str = ""
    decided_by: str = ""


def score_step(
    series: NNSeries, cycles: NDArray[np.float64], rate_per_min: float
) -> StepScore | None:
    """Score one pace of a stepped recording.

    Parameters
    ----------
    series
        Normal intervals of the step.
    cycles
        `BreathPhase.cycles` of the guide at each of them, shape (n,), rising.
    rate_per_min
        The guide's pace in this step.

    Returns
    -------
    StepScore or None
        None with fewer than 8 whole breaths, or too broken a series.
    """
    hr_bpm = 60000 / series.nn_ms
    followed = following(series.t_s, hr_bpm, cycles)
    vectors = breath_vectors(hr_bpm, cycles)
    swing = rsa_amplitude(series, cycles)
    shifted = locking_surrogates(hr_bpm, cycles)
    if followed is None or vectors is None or swing is None or shifted is None:
        return None
    at_hz, density = _density(series)
    in_lf = (at_hz >= LF_LOW_HZ) & (at_hz < LF_HIGH_HZ)
    lf = density[in_lf]
    inner = density[1:-1]
    peaks = (inner > density[:-2]) & (inner >= density[2:]) & in_lf[1:-1]
    return StepScore(
        rate_per_min=rate_per_min,
        locking=followed.locking,
        locking_error=_jackknife(vectors),
        locked=keeps_to_guide(followed, shifted),
        peak_to_trough_bpm=swing.peak_to_trough_bpm,
        peak_to_trough_error_bpm=swing.error_bpm,
        lf_power_ms2=float(lf.sum() * (at_hz[1] - at_hz[0])),
        lf_peak_ms2_per_hz=float(lf.max()),
        smoothness=followed.share,
        n_lf_peaks=int((peaks & (inner >= LF_PEAK_SHARE * lf.max())).sum()),
    )


def find_resonance(scores: Sequence[StepScore]) -> Resonance:
    """Choose the best of the paces, or say that none stands out.

    Parameters
    ----------
    scores
        One a pace, in any order.

    Raises
    ------
    ValueError
        If a pace is there twice.
    """
    rates = sorted(score.rate_per_min for score in scores)
    if len(set(rates)) != len(rates):
        raise ValueError("one value for each pace, please")
    if len(rates) < MIN_STEPS:
        return Resonance(best_per_min=None, reason="short")
    left = [score for score in scores if score.locked]
    if len(left) < MIN_STEPS:
        # a heart that follows at one pace alone most likely does so by chance
        return Resonance(best_per_min=None, reason="not_following")
    decided_by = ""
    for name, value, tie in _CRITERIA:
        if len(left) == 1:
            break
        best = max(left, key=value)
        left = [score for score in left if value(best) - value(score) <= tie(best, score)]
        decided_by = name if len(left) == 1 else ""
    low, high = min(s.rate_per_min for s in left), max(s.rate_per_min for s in left)
    best_per_min: float | None = None
    reason = ""
    if len(left) > 1:
        reason = "no_clear_peak"
    elif low in (rates[0], rates[-1]):
        reason = "edge"
    elif low < LOWEST_PER_MIN:
        reason = "too_slow"
    else:
        best_per_min = low
    return Resonance(
        best_per_min=best_per_min,
        low_per_min=low,
        high_per_min=high,
        reason=reason,
        decided_by=decided_by,
    )


def _locking_tie(best: StepScore, other: StepScore) -> float:
    error = sqrt(best.locking_error**2 + other.locking_error**2)
    return max(SURE * error, LOCKING_TIE)


def _swing_tie(best: StepScore, other: StepScore) -> float:
    return SURE * sqrt(best.peak_to_trough_error_bpm**2 + other.peak_to_trough_error_bpm**2)


def _power_tie(best: StepScore, other: StepScore) -> float:
    """Return the relative difference of power that the spread of the breaths explains.

    Power goes with the square of the amplitude, so its relative error is twice as large.
    """
    relative = [
        score.peak_to_trough_error_bpm / score.peak_to_trough_bpm
        for score in (best, other)
        if score.peak_to_trough_bpm > 0
    ]
    return max(SURE * 2 * sqrt(sum(value**2 for value in relative)), POWER_TIE)


_CRITERIA: tuple[
    tuple[str, Callable[[StepScore], float], Callable[[StepScore, StepScore], float]], ...
] = (
    ("locking", lambda s: s.locking, _locking_tie),
    ("peak_to_trough", lambda s: s.peak_to_trough_bpm, _swing_tie),
    ("lf_power", lambda s: s.lf_power_ms2, lambda b, o: _power_tie(b, o) * b.lf_power_ms2),
    (
        "lf_peak",
        lambda s: s.lf_peak_ms2_per_hz,
        lambda b, o: _power_tie(b, o) * b.lf_peak_ms2_per_hz,
    ),
    ("smoothness", lambda s: s.smoothness, lambda b, o: SMOOTHNESS_TIE),
    ("fewest_lf_peaks", lambda s: -s.n_lf_peaks, lambda b, o: 0.0),
)


def _jackknife(vectors: list[complex]) -> float:
    """Return the standard error of ``|mean|`` by leaving out one breath at a time."""
    n = len(vectors)
    total = sum(vectors)
    without = np.array([abs(total - vector) / (n - 1) for vector in vectors])
    return float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))


def _density(series: NNSeries) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return frequencies and the density of the intervals in ms2/Hz, one Hann window."""
    begin_s, end_s = float(series.t_s[0]), float(series.t_s[-1])
    at_s = np.arange(begin_s, end_s, 1 / RATE_HZ)
    even = np.interp(at_s, series.t_s, series.nn_ms)
    even -= even.mean()
    window = 0.5 - 0.5 * np.cos(2 * pi * np.arange(even.size) / even.size)
    lines = np.fft.rfft(even * window)
    density = 2 * (lines.real**2 + lines.imag**2) / (RATE_HZ * (window * window).sum())
    at_hz = np.arange(density.size) * (RATE_HZ / even.size)
    return at_hz, np.asarray(density, dtype=np.float64)
