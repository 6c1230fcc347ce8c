"""Everything that sounds, mixed: updates and choices in, blocks of samples out. Deterministic."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray

from biofeedback.practice.breath import breath_from, phase_at
from biofeedback.sound import struck
from biofeedback.sound.choices import SoundChoices, gain
from biofeedback.sound.control import BLOCK, STEP, STEPS, Line
from biofeedback.sound.heart_tone import STALE_S, HeartTone
from biofeedback.sound.struck import Struck
from biofeedback.sound.tones import BreathTones
from biofeedback.sound.warmth import warmth
from biofeedback.sound.waves import Waves
from biofeedback.types import (
    BreathPhase,
    BreathSegment,
    GuideChanged,
    LinkChanged,
    Metrics,
    Paused,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Resumed,
    Update,
)

RATE_HZ = 48_000
"""What it is made for; other rates work alike."""

PEAK = 0.6
"""No sample is larger, whatever is turned up: full scale is 1."""

_BEGINS_PER_S, _PAUSES_PER_S = 0.7, 3.0
"""The sound fades in within 1.4 s, and out within a third of a second."""

_VOLUME_PER_S = 4.0
_DUCKS_PER_S = 4.0
DUCKED = 0.3
"""What is left of the sound under a spoken line."""


class Answer(Enum):
    """A sound that answers what the person did, so that eyes can stay shut."""

    PAUSED = struck.PAUSED
    RESUMED = struck.RESUMED
    GROUNDED = struck.GROUNDED
    STOPPED = struck.STOPPED


class Soundscape:
    """The sound of one practice.

    Parameters
    ----------
    choices
        Volumes.
    rate_hz
        Frames a second.
    seed
        Of the waves' noise.
    """

    def __init__(self, choices: SoundChoices, rate_hz: int = RATE_HZ, seed: int = 0) -> None:
        self.rate_hz = rate_hz
        self._choices = choices
        self._seed = seed
        self._step_s = STEP / rate_hz
        self._segment: BreathSegment | None = None
        self._guided = False
        self._paused = False
        self._ended = False
        self._speaking = False
        self._grounding = False
        self._metrics: Metrics | None = None
        self._tones = BreathTones(rate_hz)
        self._waves: Waves | None = None
        self._heart = HeartTone(rate_hz)
        self._bowl = Struck(rate_hz)
        self._answers = Struck(rate_hz)
        self._going = Line(0.0, _BEGINS_PER_S)
        self._pausing = Line(1.0, _PAUSES_PER_S)
        self._ducking = Line(1.0, _DUCKS_PER_S)
        self._volumes = {
            name: Line(gain(getattr(choices, name)), _VOLUME_PER_S)
            for name in ("tones", "waves", "heart")
        }
        self._aloud = Line(0.0 if choices.muted else 1.0, _VOLUME_PER_S)
        self._still = True
        self.choose(choices)

    # ------------------------------------------------------------------------------ inputs
    def choose(self, choices: SoundChoices) -> None:
        """Take other volumes; they are reached within a quarter of a second."""
        self._choices = choices
        if choices.waves > 0 and self._waves is None:
            self._waves = Waves(self.rate_hz, self._seed)

    def take(self, update: Update) -> None:
        """Let an update be heard."""
        match update:
            case GuideChanged(_, segment):
                self._segment = segment
            case PhaseStarted(_, phase, _):
                self._guided = phase is PhaseName.GUIDED
                if phase is not PhaseName.ARRIVING:
                    self._bowl.strike(struck.PHASE_BOWL, gain(self._choices.bowl))
            case Metrics():
                self._metrics = update
            case LinkChanged(_, _, reason) if reason is not None:
                self._metrics = None
            case Paused():
                self._paused = True
                if not self._grounding:
                    self.answer(Answer.PAUSED)
            case Resumed():
                self._paused = self._grounding = False
                self.answer(Answer.RESUMED)
            case PracticeEnded(_, completed):
                self._ended = True
                if completed:
                    self._bowl.strike(struck.END_BOWL, gain(self._choices.bowl))
                else:
                    self.answer(Answer.STOPPED)
            case _:
                pass

    def ground(self) -> None:
        """Answer the key of grounding; the pause that comes with it needs no answer more."""
        self._grounding = True
        self.answer(Answer.GROUNDED)

    def answer(self, answer: Answer) -> None:
        """Answer the person, as loud as the loudest of what was chosen."""
        if self._choices.loudest > 0:
            self._answers.strike(answer.value, gain(self._choices.loudest))

    def speak(self, speaking: bool) -> None:
        """Make room for a spoken line, or take it back."""
        self._speaking = speaking

    # ------------------------------------------------------------------------------ output
    @property
    def still(self) -> bool:
        """Whether nothing could be heard in the last block."""
        return self._still

    def block(self, begins_s: float, ends_s: float) -> NDArray[np.float32]:
        """Make the next samples.

        Parameters
        ----------
        begins_s, ends_s
            Session times at which their first is heard, and the first one after them.

        Returns
        -------
        ndarray of float32, shape (BLOCK,)
            One channel; full scale is 1, and nothing is above `PEAK`.
        """
        step_s = self._step_s
        slope = (ends_s - begins_s) / STEPS
        times_s = [begins_s + slope * (at + 1) for at in range(STEPS)]
        going = self._going.to(0.0 if self._ended else 1.0, step_s)
        going *= self._pausing.to(0.0 if self._paused else 1.0, step_s)
        segment = self._segment
        phases = [phase_at(segment, t_s) for t_s in times_s] if segment is not None else []
        sound = self._tones_of(phases, times_s) + self._waves_of(phases) + self._heart_of(begins_s)
        sound *= going
        sound += self._bowl.render()
        sound *= self._ducking.to(DUCKED if self._speaking else 1.0, step_s)
        sound += self._answers.render()
        sound *= self._aloud.to(0.0 if self._choices.muted else 1.0, step_s)
        limited = PEAK * np.tanh(sound / PEAK)
        self._still = not np.any(limited)
        return limited.astype(np.float32)

    def _volume(self, name: str) -> NDArray[np.float64] | None:
        """Return a layer's volume, or None where it is absent."""
        wanted = gain(getattr(self._choices, name))
        line = self._volumes[name]
        return None if wanted == 0 and line.rests_at(0.0) else line.to(wanted, self._step_s)

    def _tones_of(self, phases: list[BreathPhase], times_s: list[float]) -> NDArray[np.float64]:
        volume = self._volume("tones")
        if volume is None:
            return np.zeros(BLOCK)
        segment = self._segment
        breaths = [breath_from(segment, t_s) for t_s in times_s] if segment is not None else []
        return volume * self._tones.render(phases, breaths, self._step_s)

    def _waves_of(self, phases: list[BreathPhase]) -> NDArray[np.float64]:
        volume = self._volume("waves")
        # quiet times stay quiet: what is heard in one but not in the other would tell them apart
        on = self._guided and not self._ended
        if volume is None or self._waves is None or (not on and self._waves.still):
            return np.zeros(BLOCK)
        return volume * self._waves.render(phases, self._step_s, on=on)

    def _heart_of(self, now_s: float) -> NDArray[np.float64]:
        volume = self._volume("heart")
        if volume is None:
            return np.zeros(BLOCK)
        metrics = self._metrics
        wanted = 0.0
        fresh = metrics is not None and now_s - metrics.t_s < STALE_S
        if metrics is not None and fresh and self._segment is not None and not self._ended:
            wanted = warmth(metrics)
        return volume * self._heart.render(wanted, self._step_s)
