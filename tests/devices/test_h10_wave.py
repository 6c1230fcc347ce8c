"""The simulated H10: real frames, of the very beats and breath of the simulated heart."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from biofeedback.pmd import AccFrame, EcgFrame, decode_frame
from biofeedback.ports import Guide
from biofeedback.practice.breath import phase_at
from biofeedback.types import BreathPattern, BreathPhase, BreathSegment, SensorFrame, SensorStream
from devices.breathing import BreathTraits
from devices.h10_wave import ACC_SAMPLES, DELAY_S, ECG_SAMPLES, H10Wave, WaveTraits
from devices.heart import Heart, HeartBeat, HeartTraits

SLOW = BreathSegment(0.0, BreathPattern(4.5, 0.0, 5.5, 0.0))


def slow(t_s: float) -> BreathPhase:
    return phase_at(SLOW, t_s)


def resting(t_s: float) -> None:
    return None


def run(
    seconds: int,
    *,
    seed: int = 3,
    guide: Guide = resting,
    traits: WaveTraits | None = None,
    parts: int = 1,
    start_s: int = 0,
) -> tuple[list[SensorFrame], list[HeartBeat]]:
    """Let a heart and its strap go on, in so many parts a second."""
    person = HeartTraits.draw(seed)
    heart = Heart(seed, traits=person, start_s=start_s)
    wave = H10Wave(seed, person.breath, traits=traits, start_s=start_s)
    frames: list[SensorFrame] = []
    beats: list[HeartBeat] = []
    for part in range(1, seconds * parts + 1):
        until_s = start_s + part / parts
        new = heart.advance(until_s, guide)
        beats += new
        frames += wave.advance(until_s, new, guide)
    return frames, beats


def ecg_of(frames: list[SensorFrame]) -> tuple[np.ndarray, np.ndarray]:
    """Times as the strap's clock has them, from the first sample on, and microvolts."""
    read = [decode_frame(frame.payload) for frame in frames if frame.stream is SensorStream.ECG]
    ecg = [one for one in read if isinstance(one, EcgFrame)]
    uv = np.array([sample for one in ecg for sample in one.samples_uv])
    return np.arange(uv.size) / 130, uv


def acc_of(frames: list[SensorFrame]) -> np.ndarray:
    read = [decode_frame(frame.payload) for frame in frames if frame.stream is SensorStream.ACC]
    return np.array([mg for one in read if isinstance(one, AccFrame) for mg in one.samples_mg])


def test_frames_are_as_an_h10_fills_them_and_come_in_order() -> None:
    frames, _ = run(30)
    sizes: dict[SensorStream, set[int]] = {SensorStream.ECG: set(), SensorStream.ACC: set()}
    clocks: dict[SensorStream, list[int]] = {SensorStream.ECG: [], SensorStream.ACC: []}
    for frame in frames:
        one = decode_frame(frame.payload)
        samples = one.samples_uv if isinstance(one, EcgFrame) else one.samples_mg
        sizes[frame.stream].add(len(samples))
        clocks[frame.stream].append(one.sensor_ns)
    assert sizes == {SensorStream.ECG: {ECG_SAMPLES}, SensorStream.ACC: {ACC_SAMPLES}}
    for stream, step_s in ((SensorStream.ECG, 73 / 130), (SensorStream.ACC, 36 / 50)):
        assert np.diff(clocks[stream]) * 1e-9 == pytest.approx(step_s)
    times_s = [frame.t_s for frame in frames]
    assert all(before <= after for before, after in itertools.pairwise(times_s))


def test_a_frame_arrives_a_little_after_its_last_sample() -> None:
    frames, _ = run(30)
    for stream, step_s in ((SensorStream.ECG, 73 / 130), (SensorStream.ACC, 36 / 50)):
        rate_hz = 130 if stream is SensorStream.ECG else 50
        mine = [frame.t_s for frame in frames if frame.stream is stream]
        delays_s = np.array(mine) - (np.arange(1, len(mine) + 1) * step_s - 1 / rate_hz)
        assert delays_s.min() >= DELAY_S
        assert delays_s.max() <= DELAY_S + 0.1


@pytest.mark.parametrize("parts", [2, 4, 5])
def test_the_same_seed_gives_the_same_bytes_however_time_is_cut(parts: int) -> None:
    whole, _ = run(20, guide=slow)
    cut, _ = run(20, guide=slow, parts=parts)
    assert sorted(cut, key=lambda f: f.t_s)[: len(whole)] == whole


def test_another_seed_gives_other_bytes() -> None:
    assert run(5, seed=1)[0] != run(5, seed=2)[0]


def test_a_strap_that_is_put_on_later_counts_from_there() -> None:
    frames, beats = run(10, start_s=100)
    assert frames[0].t_s > 100
    t_s, uv = ecg_of(frames)
    highest_s = 100 + t_s[uv.argmax()]
    assert min(abs(beat.t_s - highest_s) for beat in beats) < 0.01


def test_every_beat_has_an_r_wave_and_no_other_peak_is_so_high() -> None:
    frames, beats = run(60)
    t_s, uv = ecg_of(frames)
    inner = uv[1:-1]
    peaks_s = t_s[1:-1][(inner > 600) & (inner >= uv[:-2]) & (inner > uv[2:])]
    seen = [beat.t_s for beat in beats if 0.2 < beat.t_s < t_s[-1] - 0.2]
    inside_s = peaks_s[(peaks_s > 0.15) & (peaks_s < t_s[-1] - 0.15)]
    assert len(inside_s) == len(seen)
    assert np.abs(inside_s - np.array(seen)).max() <= 1 / 130


def test_it_breathes_with_the_heart() -> None:
    """The breath is drawn twice, by the heart and by the strap: it has to be the same one."""
    person = HeartTraits.draw(5)
    heart = Heart(5, traits=person)
    wave = H10Wave(5, person.breath, traits=WaveTraits(0.0, 0.0, wander_uv=1.0))
    for second in range(1, 40):
        beats = heart.advance(second, slow)
        wave.advance(second, beats, slow)
        mine = float(wave.lungs_at(np.array([float(second)]))[0])
        assert mine == heart._breather._lungs


def test_the_chest_moves_with_the_guide_of_a_willing_person() -> None:
    wave = H10Wave(
        1,
        BreathTraits(willingness=1.0, delay_s=0.2),
        traits=WaveTraits(breath_mg=20.0, knock_mg=0.0, sway_mg=0.0, acc_noise_mg=0.0),
    )
    frames = [frame for second in range(1, 81) for frame in wave.advance(second, [], slow)]
    acc = acc_of(frames).astype(float)
    moved = acc[500:] - acc[500:].mean(axis=0)
    along = moved @ np.linalg.svd(moved, full_matrices=False)[2][0]
    seconds = np.arange(500, len(acc)) / 50
    wanted = np.exp(-2j * math.pi * (seconds - 0.5) / 10)
    assert abs((along * wanted).sum()) * 2 / along.size == pytest.approx(20.0, rel=0.25)
    assert 2 * abs((along * wanted).sum()) ** 2 / along.size / (along**2).sum() > 0.9


def test_gravity_is_felt() -> None:
    acc = acc_of(run(20)[0])
    assert np.hypot(np.hypot(*acc.mean(axis=0)[:2]), acc.mean(axis=0)[2]) == pytest.approx(
        1000, rel=0.02
    )


def test_a_restless_person_moves() -> None:
    quiet, restless = (
        acc_of(run(60, traits=WaveTraits(restless_mg=mg))[0]).std(axis=0).max()
        for mg in (0.0, 150.0)
    )
    assert restless > 4 * quiet
