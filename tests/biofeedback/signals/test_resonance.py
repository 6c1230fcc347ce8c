"""Resonance: a clear peak is found, and where there is none that is said."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from biofeedback.signals.resonance import (
    Resonance,
    StepScore,
    find_resonance,
    score_step,
)
from biofeedback.signals.series import NNSeries

RATES = (6.5, 6.0, 5.5, 5.0, 4.5)


def _step(
    rate_per_min: float, amplitude_bpm: float, rng: np.random.Generator, length_s: float = 122.0
) -> StepScore | None:
    hz = rate_per_min / 60
    t_s, rr_ms = 0.0, []
    while t_s < length_s:
        size = amplitude_bpm * (1 + 0.15 * math.sin(t_s / 9 + rng.uniform(0, 6)))
        rate = 64 + size * math.sin(2 * math.pi * hz * t_s - 1.2) + rng.normal(0, 1.2)
        rr_ms.append(round(60 / rate * 1024) * 1000 / 1024)
        t_s += rr_ms[-1] / 1000
    series = NNSeries.from_rr(np.array(rr_ms))
    return score_step(series, series.t_s * hz, rate_per_min)


def _sweep(amplitudes_bpm: tuple[float, ...], seed: int = 0) -> Resonance:
    rng = np.random.default_rng(seed)
    steps = [_step(rate, size, rng) for rate, size in zip(RATES, amplitudes_bpm, strict=True)]
    return find_resonance([step for step in steps if step is not None])


def _score(rate_per_min: float, **other: Any) -> StepScore:
    plain = StepScore(
        rate_per_min=rate_per_min,
        locking=0.95,
        locking_error=0.01,
        locked=True,
        peak_to_trough_bpm=10.0,
        peak_to_trough_error_bpm=0.5,
        lf_power_ms2=2000.0,
        lf_peak_ms2_per_hz=100_000.0,
        smoothness=0.9,
        n_lf_peaks=1,
    )
    return replace(plain, **other)


def test_a_clear_peak_is_found() -> None:
    found = [_sweep((5, 7, 10, 7, 5), seed) for seed in range(8)]
    assert [result.best_per_min for result in found] == [5.5] * 8
    assert {result.decided_by for result in found} == {"peak_to_trough"}
    assert found[0].low_per_min == found[0].high_per_min == 5.5


def test_a_flat_response_has_no_clear_peak() -> None:
    found = [_sweep((6, 6, 6, 6, 6), seed) for seed in range(8)]
    assert {result.best_per_min for result in found} == {None}
    open_ended = next(result for result in found if result.reason == "no_clear_peak")
    assert open_ended.low_per_min is not None
    assert open_ended.high_per_min is not None
    assert open_ended.low_per_min < open_ended.high_per_min


def test_a_response_that_rises_to_the_edge_has_none_either() -> None:
    found = _sweep((4, 5, 6, 8, 11))
    assert (found.best_per_min, found.reason, found.low_per_min) == (None, "edge", 4.5)


def test_a_heart_that_follows_nowhere_has_none() -> None:
    found = [_sweep((0, 0, 0, 0, 0), seed) for seed in range(8)]
    assert {result.reason for result in found} == {"not_following"}


def test_criteria_decide_in_their_order() -> None:
    paces = [_score(rate) for rate in RATES]

    def decided_by(at: int, **better: float) -> tuple[float | None, str]:
        changed = list(paces)
        changed[at] = _score(RATES[at], **better)
        found = find_resonance(changed)
        return found.best_per_min, found.decided_by

    assert decided_by(1, locking=1.05) == (6.0, "locking")
    assert decided_by(2, peak_to_trough_bpm=12.0) == (5.5, "peak_to_trough")
    assert decided_by(3, lf_power_ms2=3000.0) == (5.0, "lf_power")
    assert decided_by(2, lf_peak_ms2_per_hz=150_000.0) == (5.5, "lf_peak")
    assert decided_by(2, smoothness=0.97) == (5.5, "smoothness")
    assert decided_by(2, n_lf_peaks=0) == (5.5, "fewest_lf_peaks")
    assert find_resonance(paces).reason == "no_clear_peak"


def test_a_pace_below_four_and_a_half_is_never_suggested() -> None:
    scores = [_score(rate) for rate in (5.0, 4.5, 3.5)]
    scores.append(_score(4.0, peak_to_trough_bpm=20.0))
    found = find_resonance(scores)
    assert (found.best_per_min, found.reason) == (None, "too_slow")


def test_a_step_of_few_breaths_has_no_score_and_few_steps_no_answer() -> None:
    assert _step(6.0, 8.0, np.random.default_rng(0), length_s=60) is None
    assert find_resonance([_score(6.0), _score(5.0)]).reason == "short"
    with pytest.raises(ValueError, match="each pace"):
        find_resonance([_score(6.0), _score(6.0), _score(5.0)])


def test_the_score_of_a_step_measures_what_was_put_in() -> None:
    score = _step(6.0, 8.0, np.random.default_rng(1))
    assert score is not None
    assert score.locked
    assert score.locking > 0.98
    assert score.peak_to_trough_bpm == pytest.approx(17.5, rel=0.1)
    # the intervals swing by about 8 bpm * 60000 / 64^2: half its square is their power
    assert score.lf_power_ms2 == pytest.approx((8 * 60000 / 64**2) ** 2 / 2, rel=0.2)
    assert score.n_lf_peaks == 1
    assert score.smoothness > 0.9
