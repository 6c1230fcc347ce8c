"""Following the breath: identities, invariances, and what a heart of its own looks like."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from biofeedback.practice.breath import phase_at
from biofeedback.practice.guides import paced
from biofeedback.signals.following import (
    breath_vectors,
    following,
    keeps_to_guide,
    locking_surrogates,
)
from biofeedback.types import BreathSegment, Following
from devices.heart import Heart, HeartTraits

Arrays = tuple[NDArray[np.float64], NDArray[np.float64]]


def _heart(
    amplitude_bpm: float,
    *,
    hz: float = 0.1,
    noise_bpm: float = 0.0,
    drift_bpm: float = 0.0,
    length_s: float = 120.0,
    seed: int = 0,
) -> Arrays:
    """Return when beats happened and the heart rate at each."""
    rng = np.random.default_rng(seed)
    phase = rng.uniform(0, 2 * math.pi)
    t_s, times, rates = 0.0, [], []
    while t_s < length_s:
        rate = 65 + amplitude_bpm * math.sin(2 * math.pi * hz * t_s + phase)
        rate += rng.normal(0, noise_bpm) + drift_bpm * t_s / length_s
        t_s += 60 / rate
        times.append(t_s)
        rates.append(rate)
    return np.array(times), np.array(rates)


def _follow(t_s: NDArray[np.float64], hr_bpm: NDArray[np.float64], hz: float = 0.1) -> Following:
    found = following(t_s, hr_bpm, t_s * hz)
    assert found is not None
    return found


@pytest.mark.parametrize("hz", [0.075, 0.1, 0.1125])
@pytest.mark.parametrize("amplitude_bpm", [2.0, 10.0])
def test_a_pure_swing_at_the_guide_s_pace_is_all_there_is(hz: float, amplitude_bpm: float) -> None:
    found = _follow(*_heart(amplitude_bpm, hz=hz, length_s=150), hz=hz)
    assert found.share > 0.98
    assert found.r2 > 0.99
    assert found.amplitude_bpm == pytest.approx(amplitude_bpm, rel=0.01)
    assert found.locking > 0.999


@pytest.mark.parametrize("hz", [0.075, 0.1, 0.1125])
def test_rmssd_is_root_two_times_amplitude_times_sine(hz: float) -> None:
    """RMSSD = sqrt(2) A |sin(pi f RR)| for a sinusoid of amplitude A in the intervals."""
    mean_ms, swing_ms = 900.0, 20.0
    t_s = np.arange(1, 4000) * mean_ms / 1000
    rr_ms = mean_ms + swing_ms * np.sin(2 * math.pi * hz * t_s)
    rmssd_ms = math.sqrt(np.mean(np.diff(rr_ms) ** 2))
    found = following(t_s, rr_ms, t_s * hz)
    assert found is not None
    expected_ms = math.sqrt(2) * found.amplitude_bpm * abs(math.sin(math.pi * hz * mean_ms / 1000))
    assert rmssd_ms == pytest.approx(expected_ms, rel=5e-4)


@pytest.mark.parametrize("delay_s", [0.5, 3.0, 4.0])
def test_a_strap_that_holds_back_intervals_changes_nothing(delay_s: float) -> None:
    t_s, hr_bpm = _heart(4, noise_bpm=1.5)
    prompt = _follow(t_s, hr_bpm)
    late = _follow(t_s + delay_s, hr_bpm)
    for name in ("share", "r2", "amplitude_bpm", "locking"):
        assert getattr(late, name) == pytest.approx(getattr(prompt, name), rel=1e-9)
    surrogates = locking_surrogates(hr_bpm, t_s * 0.1)
    assert locking_surrogates(hr_bpm, (t_s + delay_s) * 0.1) == pytest.approx(surrogates, rel=1e-9)


def test_figures_stay_with_a_guide_that_slows_down() -> None:
    t_s, _ = _heart(0, length_s=160)
    cycles = 0.11 * t_s - 0.0001 * t_s**2
    hr_bpm = 65 + 5 * np.sin(2 * math.pi * cycles + 1)
    found = following(t_s, hr_bpm, cycles)
    assert found is not None
    assert found.share > 0.98
    assert found.amplitude_bpm == pytest.approx(5, rel=0.01)
    assert found.locking > 0.999


def test_a_drift_touches_neither_share_nor_locking() -> None:
    found = _follow(*_heart(5, drift_bpm=10))
    assert found.share > 0.95
    assert found.locking > 0.99
    assert found.r2 < 0.8


def test_noise_follows_nothing() -> None:
    seen = [_follow(*_heart(0, noise_bpm=2, seed=seed, length_s=90)) for seed in range(40)]
    assert np.mean([found.share for found in seen]) < 0.2
    assert np.mean([found.r2 for found in seen]) < 0.05
    assert np.mean([found.locking for found in seen]) < 0.45


def test_a_heart_that_breathes_by_itself_hardly_ever_keeps_to_the_guide() -> None:
    def keeps(seed: int, willingness: float) -> bool:
        traits = HeartTraits.draw(seed)
        traits = replace(traits, breath=replace(traits.breath, willingness=willingness))
        rate = (6.5, 6.0, 5.5, 5.0, 4.5)[seed % 5]
        guide = BreathSegment(0.0, paced(rate))
        beats = Heart(seed, traits=traits).advance(122.0, lambda t_s: phase_at(guide, t_s))
        t_s = np.array([beat.t_s for beat in beats])
        hr_bpm = 60 * 1024 / np.array([beat.rr_ticks for beat in beats])
        found = following(t_s, hr_bpm, t_s * rate / 60)
        others = locking_surrogates(hr_bpm, t_s * rate / 60)
        assert found is not None
        assert others is not None
        return keeps_to_guide(found, others)

    assert sum(keeps(seed, 0.0) for seed in range(60)) <= 3
    assert sum(keeps(seed, 0.9) for seed in range(20)) >= 18


def test_locking_beats_other_guides_only_where_the_heart_follows() -> None:
    def beats_others(hz: float, amplitude_bpm: float, seed: int) -> bool:
        t_s, hr_bpm = _heart(amplitude_bpm, hz=hz, noise_bpm=2, seed=seed, length_s=90)
        others = locking_surrogates(hr_bpm, t_s * 0.1)
        assert others is not None
        return _follow(t_s, hr_bpm).locking > others

    assert sum(beats_others(0.1, 4, seed) for seed in range(30)) == 30
    assert sum(beats_others(0.085, 4, seed) for seed in range(30)) <= 1
    assert sum(beats_others(0.1, 0, seed) for seed in range(30)) <= 5


def test_a_rhythm_of_its_own_leaves_no_sinusoid_and_no_locking() -> None:
    found = _follow(*_heart(6, hz=0.08))
    assert found.r2 < 0.1
    assert found.locking < 0.4


def test_fewer_than_eight_breaths_say_nothing() -> None:
    t_s, hr_bpm = _heart(5, length_s=79)
    assert following(t_s, hr_bpm, t_s * 0.1) is None
    assert breath_vectors(hr_bpm, t_s * 0.1) is None
    assert locking_surrogates(hr_bpm, t_s * 0.1) is None
    assert following(t_s[:1], hr_bpm[:1], t_s[:1]) is None
    assert following(t_s[:0], hr_bpm[:0], t_s[:0]) is None


def test_a_hole_of_half_a_breath_says_nothing() -> None:
    t_s, hr_bpm = _heart(5)
    keep = (t_s < 80) | (t_s > 86)
    assert following(t_s[keep], hr_bpm[keep], t_s[keep] * 0.1) is None
    assert locking_surrogates(hr_bpm[keep], t_s[keep] * 0.1) is None


def test_a_heart_that_stands_still_follows_nothing() -> None:
    t_s = np.arange(120.0)
    found = following(t_s, np.full(120, 60.0), t_s * 0.1)
    assert found is not None
    assert found.r2 == 0
    assert found.amplitude_bpm == 0
    assert found.locking == pytest.approx(0, abs=0.5)


def test_one_vector_a_breath_whose_mean_is_the_locking() -> None:
    t_s, hr_bpm = _heart(3, noise_bpm=2)
    vectors = breath_vectors(hr_bpm, t_s * 0.1)
    assert vectors is not None
    assert len(vectors) == 11
    assert abs(sum(vectors)) / 11 == pytest.approx(_follow(t_s, hr_bpm).locking, rel=1e-12)


def test_unequal_shapes_and_time_that_runs_back_are_refused() -> None:
    t_s = np.arange(100.0)
    with pytest.raises(ValueError, match="one value a beat"):
        following(t_s, t_s[:-1], t_s)
    with pytest.raises(ValueError, match="rise"):
        following(t_s, t_s, -t_s)
