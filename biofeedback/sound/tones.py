"""The breath as two soft tones: one rises and is bright, one falls and is dark.

They differ in direction and in colour, so that in and out are told apart with eyes shut and
at any loudness. In a hold both are silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import tau

import numpy as np

from biofeedback.sound.control import BLOCK, STEPS, Line, Samples
from biofeedback.types import BreathPattern, BreathPhase, BreathStage

LEVEL = 0.25
"""Amplitude at full volume."""

_FADE_IN_S = 1.0
_FADE_OUT_S = 0.6
_FADE_SHARE = 0.4
"""Longest part of a stage that a fade may take."""

_SLEW_PER_S = 30.0
"""A gain crosses its whole range in 33 ms at the fastest, whatever happens to the guide."""


@dataclass(frozen=True, slots=True)
class Colour:
    """How a tone sounds.

    Attributes
    ----------
    empty_hz, full_hz
        Its pitch with empty and with full lungs.
    partials
        Amplitudes of its harmonics, from the fundamental on; their sum is 1.
    """

    empty_hz: float
    full_hz: float
    partials: tuple[float, ...]

    def pitch_hz(self, fullness: float) -> float:
        """Return the pitch at a fullness: equal steps are equal intervals."""
        return float(self.empty_hz * (self.full_hz / self.empty_hz) ** fullness)


IN = Colour(261.6, 392.0, (0.48, 0.26, 0.17, 0.09))
"""From C4 up a fifth, with overtones."""

OUT = Colour(220.0, 329.6, (0.94, 0.06))
"""From E4 down a fifth, nearly a pure tone."""


class _Voice:
    """One tone, whose phase goes on from block to block."""

    def __init__(self, colour: Colour, rate_hz: int) -> None:
        self.colour = colour
        self._rate_hz = rate_hz
        self._gain = Line(0.0, _SLEW_PER_S)
        self._pitch = Line(colour.empty_hz)
        self._turns = 0.0

    def render(self, gains: list[float], pitches: list[float], step_s: float) -> Samples | None:
        if self._gain.rests_at(0.0) and not any(gains):
            self._pitch.value = pitches[-1]
            return None
        loudness = self._gain.through(gains, step_s)
        turns = self._turns + np.cumsum(self._pitch.through(pitches, step_s)) / self._rate_hz
        self._turns = float(turns[-1] % 1.0)
        angle = tau * turns
        wave = np.zeros(len(turns))
        for harmonic, amplitude in enumerate(self.colour.partials, 1):
            wave += amplitude * np.sin(harmonic * angle)
        return wave * loudness


class BreathTones:
    """Sounds the breath guide."""

    def __init__(self, rate_hz: int) -> None:
        self._in = _Voice(IN, rate_hz)
        self._out = _Voice(OUT, rate_hz)

    def render(
        self, phases: Sequence[BreathPhase], breaths: Sequence[BreathPattern], step_s: float
    ) -> Samples:
        """Sound one block.

        Parameters
        ----------
        phases
            Where the guide stands at each control value; empty where it rests.
        breaths
            The breath that runs at each of them.
        step_s
            Seconds of sound from one control value to the next.
        """
        in_gains, out_gains = [0.0] * STEPS, [0.0] * STEPS
        in_pitches = [IN.empty_hz] * STEPS
        out_pitches = [OUT.full_hz] * STEPS
        for at, (phase, breath) in enumerate(zip(phases, breaths, strict=True)):
            match phase.stage:
                case BreathStage.INHALE:
                    in_gains[at] = _swell(phase, breath.inhale_s)
                    in_pitches[at] = IN.pitch_hz(phase.fullness)
                case BreathStage.EXHALE:
                    out_gains[at] = _swell(phase, breath.exhale_s)
                    out_pitches[at] = OUT.pitch_hz(phase.fullness)
                case BreathStage.HOLD_IN:
                    in_pitches[at] = IN.full_hz
                case BreathStage.HOLD_OUT:
                    out_pitches[at] = OUT.empty_hz
        sound = np.zeros(BLOCK)
        for part in (
            self._in.render(in_gains, in_pitches, step_s),
            self._out.render(out_gains, out_pitches, step_s),
        ):
            if part is not None:
                sound += part
        return LEVEL * sound


def _swell(phase: BreathPhase, stage_s: float) -> float:
    """Return how loud a tone is at this point of its stage: 0 at both ends.

    It begins slowly: a guide that is about to rest is told a little late, and what has begun of
    the next breath by then must not be heard.
    """
    since_s = phase.stage_fraction * stage_s
    left_s = stage_s - since_s
    rise = _smooth(since_s / min(_FADE_IN_S, _FADE_SHARE * stage_s))
    fall = _smooth(left_s / min(_FADE_OUT_S, _FADE_SHARE * stage_s))
    return rise * rise * fall


def _smooth(part: float) -> float:
    part = max(0.0, min(1.0, part))
    return part * part * (3 - 2 * part)
