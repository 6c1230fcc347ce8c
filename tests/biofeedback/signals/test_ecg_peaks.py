"""R peaks between samples, held against the intervals of the strap."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from biofeedback.signals.ecg_peaks import (
    NoDetectorError,
    check_rr,
    r_peaks,
    sleepecg_detector,
)
from biofeedback.signals.sensor_samples import Samples, SensorReader
from biofeedback.types import MS_PER_TICK, SensorFrame, SensorStream
from devices.h10_wave import H10Wave, WaveTraits
from devices.heart import Heart, HeartBeat, HeartTraits

FloatArray = np.ndarray


def highest(ecg: FloatArray, rate_hz: float) -> np.ndarray:
    """Find peaks as simply as can be: above half of the highest, 0.25 s apart."""
    level = ecg - np.median(ecg)
    level = level if level.max() > -level.min() else -level
    found = np.flatnonzero(
        (level[1:-1] > 0.5 * level.max()) & (level[1:-1] >= level[:-2]) & (level[1:-1] > level[2:])
    )
    keep = np.concatenate(([True], np.diff(found) > 0.25 * rate_hz))
    return (found + 1)[keep]


def simulated(
    seconds: int = 60, seed: int = 4, traits: WaveTraits | None = None
) -> tuple[list[SensorFrame], list[HeartBeat]]:
    person = HeartTraits.draw(seed)
    heart, wave = Heart(seed, traits=person), H10Wave(seed, person.breath, traits=traits)
    frames: list[SensorFrame] = []
    beats: list[HeartBeat] = []
    for second in range(1, seconds + 1):
        new = heart.advance(second, lambda _: None)
        beats += new
        frames += wave.advance(second, new, lambda _: None)
    return frames, beats


def ecg_of(frames: list[SensorFrame]) -> tuple[FloatArray, FloatArray]:
    reader = SensorReader(SensorStream.ECG)
    read = [samples for frame in frames if (samples := reader.step(frame)) is not None]
    assert [samples.starts for samples in read] == [True] + [False] * (len(read) - 1)
    return (
        np.concatenate([samples.t_s for samples in read]),
        np.concatenate([samples.values for samples in read]),
    )


def inside(beats: list[HeartBeat], end_s: float) -> FloatArray:
    return np.array([beat.t_s for beat in beats if 0.2 < beat.t_s < end_s - 0.2])


def beats_of(beats: list[HeartBeat]) -> tuple[FloatArray, FloatArray]:
    rr_ms = np.array([beat.rr_ticks for beat in beats]) * MS_PER_TICK
    return np.array([beat.t_s for beat in beats]), rr_ms


# ------------------------------------------------------------------------------ the peaks
@pytest.mark.parametrize("sign", [1, -1])
def test_peaks_are_found_between_samples_either_way_up(sign: int) -> None:
    frames, beats = simulated()
    _, uv = ecg_of(frames)
    peaks_s = r_peaks(sign * uv, 130.0, highest) / 130
    true_s = inside(beats, uv.size / 130)
    found_s = peaks_s[(peaks_s > 0.15) & (peaks_s < uv.size / 130 - 0.15)]
    assert found_s.size == true_s.size
    # Whole samples alone would be up to 3.8 ms off, and intervals twice that.
    assert np.sqrt(((found_s - true_s) ** 2).mean()) < 0.001
    assert np.abs(np.diff(found_s) - np.diff(true_s)).max() < 0.005


def test_a_find_that_is_a_little_off_snaps_to_the_peak() -> None:
    _, uv = ecg_of(simulated(20)[0])
    exact = r_peaks(uv, 130.0, highest)
    assert r_peaks(uv, 130.0, lambda ecg, rate_hz: highest(ecg, rate_hz) + 5) == pytest.approx(
        exact
    )


def test_two_finds_at_one_peak_are_one() -> None:
    _, uv = ecg_of(simulated(20)[0])

    def twice(ecg: FloatArray, rate_hz: float) -> FloatArray:
        found = highest(ecg, rate_hz)
        return np.sort(np.concatenate((found, found + 2)))

    assert r_peaks(uv, 130.0, twice) == pytest.approx(r_peaks(uv, 130.0, highest))


def test_finds_at_the_ends_are_left_out_and_nothing_is_found_in_nothing() -> None:
    uv = np.zeros(1300)
    ends = np.array([0, 3, 1297, 1299])
    assert r_peaks(uv, 130.0, lambda _, __: ends).size == 0
    assert r_peaks(uv, 130.0, lambda _, __: ends[:0]).size == 0
    assert r_peaks(uv[:100], 130.0, lambda _, __: ends).size == 0
    flat = r_peaks(uv, 130.0, lambda _, __: np.array([650]))
    assert flat.size == 1


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sleepecg", None)
    with pytest.raises(NoDetectorError, match=r"hand-on-heart\[ecg\]"):
        r_peaks(np.zeros(1300), 130.0)


def test_the_detector_finds_every_beat_of_a_noisy_ecg() -> None:
    pytest.importorskip("sleepecg", reason="the extra 'ecg' is not installed")
    for seed in range(3):
        frames, beats = simulated(60, seed, WaveTraits(ecg_noise_uv=40.0, wander_uv=200.0))
        _, uv = ecg_of(frames)
        peaks_s = r_peaks(uv, 130.0, sleepecg_detector()) / 130
        true_s = inside(beats, uv.size / 130)
        found_s = peaks_s[(peaks_s > 0.15) & (peaks_s < uv.size / 130 - 0.15)]
        assert found_s.size == true_s.size
        assert np.abs(found_s - true_s).max() < 0.012


# -------------------------------------------------------------------------- the cross-check
@pytest.mark.parametrize("delay_s", [-0.5, 0.0, 1.0, 3.6])
def test_intervals_of_one_heart_agree_and_the_delay_is_found(delay_s: float) -> None:
    frames, beats = simulated(90)
    t_s, uv = ecg_of(frames)
    peaks_s = np.interp(r_peaks(uv, 130.0, highest), np.arange(uv.size), t_s)
    beats_s, rr_ms = beats_of(beats)
    check = check_rr(peaks_s, beats_s + delay_s, rr_ms)
    assert check is not None
    assert check.n_compared >= 80
    assert check.agreement == 1.0
    assert check.apart_ms < 2.0
    # The ECG's own times are late by what its frames took.
    assert check.delay_s == pytest.approx(delay_s - 0.3, abs=0.05)


def test_intervals_of_another_heart_do_not_agree() -> None:
    frames, _ = simulated(90, 4)
    _, others = simulated(90, 5)
    t_s, uv = ecg_of(frames)
    peaks_s = np.interp(r_peaks(uv, 130.0, highest), np.arange(uv.size), t_s)
    check = check_rr(peaks_s, *beats_of(others))
    assert check is None or check.agreement < 0.6


def test_beats_that_a_strap_made_up_are_counted() -> None:
    _, beats = simulated(90)
    beats_s, rr_ms = beats_of(beats)
    wrong = rr_ms.copy()
    wrong[10:40:3] += 150
    check = check_rr(beats_s, beats_s, wrong)
    assert check is not None
    assert (check.n_compared, check.n_agreeing) == (len(beats) - 1, len(beats) - 11)
    assert check.apart_ms < 1
    assert check.delay_s == pytest.approx(0, abs=1e-6)


def test_too_little_is_not_compared() -> None:
    few_s = np.arange(8.0)
    many_s = np.arange(60.0)
    assert check_rr(few_s, many_s, np.full(60, 1000.0)) is None
    assert check_rr(many_s, few_s, np.full(8, 1000.0)) is None
    assert check_rr(many_s, many_s + 500, np.full(60, 1000.0)) is None
    assert check_rr(5 * many_s, many_s, np.full(60, 1000.0)) is None


# ------------------------------------------------------------------------------- reading
def test_a_reader_passes_over_what_is_not_its_own() -> None:
    ecg = [frame for frame in simulated(5)[0] if frame.stream is SensorStream.ECG]
    reader = SensorReader(SensorStream.ECG)
    first = reader.step(ecg[0])
    assert isinstance(first, Samples)
    assert reader.step(ecg[0]) is None
    assert reader.step(SensorFrame(9.0, SensorStream.ACC, ecg[1].payload)) is None
    assert reader.step(SensorFrame(9.0, SensorStream.ECG, b"\x00\x01")) is None
    assert (
        SensorReader(SensorStream.ACC).step(SensorFrame(9.0, SensorStream.ACC, ecg[1].payload))
        is None
    )
    second = reader.step(ecg[1])
    assert second is not None
    assert not second.starts
    reader.gap()
    third = reader.step(ecg[2])
    assert third is not None
    assert third.starts
    assert reader.rate_hz == pytest.approx(130)
