"""A practice as a file, through the same synthesiser."""

import wave
from pathlib import Path

import numpy as np
import pytest

from biofeedback.practice.breath import phase_at
from biofeedback.practice.content import load_content
from biofeedback.practice.state import Practice
from biofeedback.sound.choices import SoundChoices
from biofeedback.sound.rendering import blocks, write_wav
from biofeedback.types import BreathStage, Choices, GuideChanged, PracticeEnded, Update
from tests.biofeedback.sound.listening import RATE_HZ, SILENCE, breathing, centroid_hz, heard, rms


def read(path: Path) -> tuple[np.ndarray, int]:
    with wave.open(str(path)) as file:
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return data / 32767, file.getframerate()


def test_two_minutes_of_a_practice_differ_in_and_out_by_their_spectra(tmp_path: Path) -> None:
    choices = Choices(quiet_s=5.0, length_s=120.0)
    updates = Practice(choices, load_content()).advance(1e6)
    path = tmp_path / "practice.wav"
    seconds = write_wav(path, updates, SoundChoices(tones=1), RATE_HZ)
    assert seconds == pytest.approx(120, abs=2)
    sound, rate_hz = read(path)
    assert rate_hz == RATE_HZ
    (segment, *_) = [u.segment for u in updates if isinstance(u, GuideChanged) and u.segment]
    centroids: dict[BreathStage, list[float]] = {BreathStage.INHALE: [], BreathStage.EXHALE: []}
    for at_s in np.arange(segment.start_s + 10, segment.start_s + 70, 0.5):
        phase = phase_at(segment, float(at_s))
        if 0.25 < phase.stage_fraction < 0.75:
            part = sound[round(at_s * rate_hz) : round((at_s + 0.3) * rate_hz)]
            centroids[phase.stage].append(centroid_hz(part, rate_hz))
    ins, outs = centroids[BreathStage.INHALE], centroids[BreathStage.EXHALE]
    assert min(len(ins), len(outs)) >= 10
    assert min(ins) > max(outs) + 50  # Hz, at the nearest
    assert np.mean(ins) > 1.5 * np.mean(outs)


def test_it_rings_out_and_ends_in_silence() -> None:
    updates = breathing(breaths=1)
    sound = heard(updates, SoundChoices(tones=0, bowl=1))
    end_s = updates[-1].t_s
    assert len(sound) / RATE_HZ > end_s + 5
    assert sound[-1] == 0.0
    assert rms(sound[round((end_s + 0.1) * RATE_HZ) : round((end_s + 2) * RATE_HZ)]) > 0.01


def test_updates_without_an_end_still_end() -> None:
    updates: list[Update] = [u for u in breathing(breaths=1) if not isinstance(u, PracticeEnded)]
    sound = heard(updates, SoundChoices(tones=1))
    assert len(sound) / RATE_HZ < 20


def test_nothing_gives_a_moment_of_silence() -> None:
    (only,) = blocks([], SILENCE)
    assert not np.any(only)
