"""RSA amplitude, and a breath rate that is right or not given."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from biofeedback.signals.breathing import breath_rate, rsa_amplitude
from biofeedback.signals.causal_batch import causal_flags
from biofeedback.signals.series import NNSeries
from biofeedback.types import BeatFlag


def _series(
    waves: list[tuple[float, float]],
    *,
    hr_bpm: float = 65.0,
    noise_ms: float = 8.0,
    length_s: float = 240.0,
    seed: int = 0,
) -> NNSeries:
    """Return a heart with waves of (frequency in Hz, amplitude in ms) and noise."""
    rng = np.random.default_rng(seed)
    t_s, rr_ms = 0.0, []
    while t_s < length_s:
        value = 60000 / hr_bpm + rng.normal(0, noise_ms)
        value += sum(size * math.sin(2 * math.pi * hz * t_s + hz * 40) for hz, size in waves)
        rr_ms.append(value)
        t_s += value / 1000
    return NNSeries.from_rr(np.array(rr_ms))


def _clean(rr_ms: np.ndarray) -> NNSeries:
    keep = np.array([flag is BeatFlag.NORMAL for flag in causal_flags(rr_ms)])
    return NNSeries.from_rr(rr_ms, keep=keep)


def _rsa_series(amplitude_bpm: float, noise_bpm: float = 0.0) -> NNSeries:
    rng = np.random.default_rng(5)
    t_s, rr_ms = 0.0, []
    while t_s < 120:
        rate = 65 + amplitude_bpm * math.sin(2 * math.pi * 0.1 * t_s) + rng.normal(0, noise_bpm)
        rr_ms.append(60000 / rate)
        t_s += rr_ms[-1] / 1000
    return NNSeries.from_rr(np.array(rr_ms))


def test_rsa_is_twice_the_amplitude_of_a_sinusoid() -> None:
    series = _rsa_series(6)
    found = rsa_amplitude(series, series.t_s * 0.1)
    assert found is not None
    assert found.peak_to_trough_bpm == pytest.approx(12, rel=0.02)
    assert found.n_breaths == 11


def test_rsa_barely_moves_with_a_strap_s_delay() -> None:
    series = _rsa_series(6, noise_bpm=0.5)
    prompt = rsa_amplitude(series, series.t_s * 0.1)
    late = rsa_amplitude(series, (series.t_s + 3.5) * 0.1)
    assert prompt is not None
    assert late is not None
    assert late.peak_to_trough_bpm == pytest.approx(prompt.peak_to_trough_bpm, rel=0.05)


def test_rsa_error_grows_with_the_spread_of_the_breaths() -> None:
    calm, noisy = (_rsa_series(6, noise_bpm=noise) for noise in (0.2, 3.0))
    first, second = (rsa_amplitude(series, series.t_s * 0.1) for series in (calm, noisy))
    assert first is not None
    assert second is not None
    assert second.error_bpm > 3 * first.error_bpm


def test_a_breath_with_a_removed_beat_takes_no_part() -> None:
    whole = _rsa_series(6)
    keep = np.ones(whole.size, dtype=bool)
    keep[60] = False
    broken = NNSeries.from_rr(whole.nn_ms, keep=keep)
    found = rsa_amplitude(broken, broken.t_s * 0.1)
    assert found is not None
    assert found.n_breaths == 10
    assert found.peak_to_trough_bpm == pytest.approx(12, rel=0.02)


def test_fewer_than_six_breaths_carry_no_rsa() -> None:
    series = _rsa_series(6).between(0, 58)
    assert rsa_amplitude(series, series.t_s * 0.1) is None
    empty = NNSeries.from_rr(np.zeros(0))
    assert rsa_amplitude(empty, np.zeros(0)) is None


def test_rsa_refuses_counts_that_do_not_fit() -> None:
    series = _rsa_series(6)
    with pytest.raises(ValueError, match="one value"):
        rsa_amplitude(series, series.t_s[:-1])
    with pytest.raises(ValueError, match="rise"):
        rsa_amplitude(series, -series.t_s)


@pytest.mark.parametrize("per_min", [11.0, 14.0, 18.0])
def test_a_plain_breath_is_found(per_min: float) -> None:
    found = breath_rate(_series([(per_min / 60, 35)]))
    assert found.per_min == pytest.approx(per_min, abs=0.5)
    assert found.confidence > 0.5
    assert found.reason == ""


def test_deep_slow_breath_is_found() -> None:
    found = breath_rate(_series([(0.1, 60), (0.2, 8)], noise_ms=5))
    assert found.per_min == pytest.approx(6, abs=0.3)


def test_a_wave_of_blood_pressure_beside_the_breath_is_not_called_breath() -> None:
    """The usual heart at rest: 0.1 Hz stronger than the breath."""
    found = breath_rate(_series([(0.1, 30), (0.27, 15)]))
    assert (found.per_min, found.reason) == (None, "slow")


def test_a_breath_near_half_the_heart_rate_may_be_a_mirror_image() -> None:
    found = breath_rate(_series([(28 / 60, 35)], hr_bpm=50))
    assert found.per_min is None


def test_noise_and_short_series_are_refused() -> None:
    assert breath_rate(_series([], noise_ms=20)).per_min is None
    assert breath_rate(_series([(0.2, 40)], length_s=90)).reason == "short"
    assert breath_rate(NNSeries.from_rr(np.zeros(0))).reason == "short"
    assert breath_rate(NNSeries.from_rr(np.full(200, 1000.0))).per_min is None


def test_a_belt_at_16_and_intervals_at_8_are_refused(shared_data: Path) -> None:
    table = np.loadtxt(shared_data / "neurokit/bio_resting_5min_100hz_rr_derived.txt")
    series = _clean(table[:, 1])
    assert breath_rate(series).per_min is None
    for start_s in range(0, 130, 10):
        part = breath_rate(series.between(start_s, start_s + 150))
        assert part.per_min is None or part.per_min == pytest.approx(16.5, abs=1)


def test_four_breaths_a_minute_of_a_real_strap_are_found(shared_data: Path) -> None:
    table = np.loadtxt(shared_data / "polar_h10_dhyb/sample_data_ibi.csv", delimiter=",")
    found = breath_rate(_clean(table[:, 1]))
    assert found.per_min == pytest.approx(4, abs=0.5)
