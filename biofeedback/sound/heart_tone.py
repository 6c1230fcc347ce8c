"""A tone that warms as the heart follows the breath, and is silent where that can't be said."""

from __future__ import annotations

from math import exp, tau

import numpy as np

from biofeedback.sound.control import BLOCK, STEPS, Line, Samples

LEVEL = 0.1
"""Amplitude at full volume and full warmth."""

STALE_S = 12.0
"""Figures older than this say nothing: beats have stopped coming."""

_RISES_S, _FALLS_S = 4.0, 1.5
"""Time constants: it comes slowly, and goes a little faster, never at once."""

_PARTIALS = ((220.0, 0.52), (220.3, 0.06), (330.0, 0.26))
_BRIGHT = ((440.4, 0.10), (659.6, 0.06))
"""Frequencies in Hz and amplitudes; the bright ones come with full warmth alone.

Nothing beats strongly: a pulse of its own would pace somebody.
"""

_NOTHING = 1e-4


class HeartTone:
    """Sounds `biofeedback.sound.warmth`."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._level = 0.0
        self._line = Line()
        self._frame = 0

    def render(self, wanted: float, step_s: float) -> Samples:
        """Sound one block on the way to ``wanted``."""
        targets = []
        for _ in range(STEPS):
            constant_s = _RISES_S if wanted > self._level else _FALLS_S
            self._level += (wanted - self._level) * (1 - exp(-step_s / constant_s))
            if wanted == 0.0 and self._level < _NOTHING:
                self._level = 0.0
            targets.append(self._level)
        begins_level = self._line.value
        gains = self._line.through(targets, step_s)
        frames = self._frame + np.arange(BLOCK)
        self._frame += BLOCK
        if begins_level == 0.0 and self._level == 0.0:
            return np.zeros(BLOCK)
        turn = tau / self._rate_hz * frames
        wave = np.zeros(BLOCK)
        for hz, amplitude in _PARTIALS:
            wave += amplitude * np.sin(hz * turn)
        bright = np.zeros(BLOCK)
        for hz, amplitude in _BRIGHT:
            bright += amplitude * np.sin(hz * turn)
        return LEVEL * gains * (wave + gains * bright)

    @property
    def still(self) -> bool:
        """Whether nothing of it is left."""
        return self._level == 0.0 and self._line.rests_at(0.0)
