"""Ears for tests: render, and measure what a person would hear."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from biofeedback.sound.choices import SoundChoices
from biofeedback.sound.control import BLOCK
from biofeedback.sound.rendering import blocks
from biofeedback.sound.soundscape import Soundscape
from biofeedback.types import (
    BreathPattern,
    BreathSegment,
    GuideChanged,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Update,
)

RATE_HZ = 16_000
EASE = BreathPattern(4.5, 0.0, 5.5, 0.0)

SILENCE = SoundChoices(tones=0)
ALL = SoundChoices(tones=1, bowl=1, waves=1, heart=1)


def breathing(pattern: BreathPattern = EASE, breaths: int = 4) -> list[Update]:
    """A guided phase of some breaths, and its end."""
    end_s = breaths * pattern.cycle_s
    return [
        PhaseStarted(0.0, PhaseName.GUIDED, end_s),
        GuideChanged(0.0, BreathSegment(0.0, pattern)),
        GuideChanged(end_s, None),
        PracticeEnded(end_s, completed=True),
    ]


def heard(updates: list[Update], choices: SoundChoices, rate_hz: int = RATE_HZ) -> NDArray:
    return np.concatenate(list(blocks(updates, choices, rate_hz)))


def play(soundscape: Soundscape, begins_s: float, seconds: float) -> NDArray:
    """Let a soundscape go on for a while."""
    length_s = BLOCK / soundscape.rate_hz
    number = max(1, round(seconds / length_s))
    return np.concatenate(
        [
            soundscape.block(begins_s + at * length_s, begins_s + (at + 1) * length_s)
            for at in range(number)
        ]
    )


def between(sound: NDArray, begins_s: float, ends_s: float, rate_hz: int = RATE_HZ) -> NDArray:
    return sound[round(begins_s * rate_hz) : round(ends_s * rate_hz)]


def spectrum(sound: NDArray, rate_hz: int = RATE_HZ) -> tuple[NDArray, NDArray]:
    windowed = sound * np.hanning(len(sound))
    return np.fft.rfftfreq(len(sound), 1 / rate_hz), np.abs(np.fft.rfft(windowed)) ** 2


def centroid_hz(sound: NDArray, rate_hz: int = RATE_HZ) -> float:
    hz, power = spectrum(sound, rate_hz)
    return float(np.sum(hz * power) / np.sum(power))


def pitch_hz(sound: NDArray, rate_hz: int = RATE_HZ) -> float:
    """The strongest frequency below 500 Hz."""
    hz, power = spectrum(sound, rate_hz)
    low = hz < 500
    return float(hz[low][np.argmax(power[low])])


def rms(sound: NDArray) -> float:
    return float(np.sqrt(np.mean(np.square(sound, dtype=float))))
