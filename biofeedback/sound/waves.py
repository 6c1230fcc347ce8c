"""Waves: soft noise that swells and brightens with the breath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from biofeedback.sound.control import BLOCK, STEPS, Line, Samples
from biofeedback.types import BreathPhase

LEVEL = 0.04
"""Root mean square at full volume and full lungs; peaks are about four times that."""

STEADY = 0.3
"""Fullness of the waves where no guide runs: they neither rise nor fall, and pace nobody."""

_SLEW_PER_S = 2.0

_BANDS: tuple[tuple[int, float, float, Callable[[float], float]], ...] = (
    (131_072, 80.0, 350.0, lambda fullness: 0.30 + 0.30 * fullness),
    (121_500, 300.0, 1200.0, lambda fullness: 0.06 + 0.64 * fullness**1.5),
    (110_592, 1000.0, 4000.0, lambda fullness: 0.25 * fullness**2.5),
)
"""Frames until a band's noise comes round again, its edges in Hz, its loudness by fullness.

The lengths share few factors, so that the whole doesn't repeat within a practice; each is quick
to transform.
"""


class Waves:
    """Noise in three bands, made once, played round and round.

    Parameters
    ----------
    rate_hz
        Frames a second.
    seed
        The same seed gives the same waves.
    """

    def __init__(self, rate_hz: int, seed: int = 0) -> None:
        self._bands = _bands(rate_hz, seed)
        self._loudness = [Line(0.0, _SLEW_PER_S) for _ in _BANDS]
        self._frame = 0

    def render(self, phases: Sequence[BreathPhase], step_s: float, *, on: bool) -> Samples:
        """Sound one block; ``phases`` are empty where no guide runs, ``on`` False ebbs away."""
        fullness = [phase.fullness for phase in phases] or [STEADY] * STEPS
        sound = np.zeros(BLOCK)
        frames = self._frame + np.arange(BLOCK)
        for noise, line, (_, _, _, loudness) in zip(
            self._bands, self._loudness, _BANDS, strict=True
        ):
            targets = [loudness(value) for value in fullness] if on else [0.0] * STEPS
            gains = line.through(targets, step_s)
            sound += gains * np.take(noise, frames, mode="wrap")
        self._frame += BLOCK
        return LEVEL * sound

    @property
    def still(self) -> bool:
        """Whether nothing of them is left."""
        return all(line.rests_at(0.0) for line in self._loudness)


@lru_cache(maxsize=2)
def _bands(rate_hz: int, seed: int) -> tuple[Samples, ...]:
    """Return the noise of each band; the next practice finds it made."""
    random = np.random.default_rng(seed)
    return tuple(
        _noise(random, length, low_hz, high_hz, rate_hz) for length, low_hz, high_hz, _ in _BANDS
    )


def _noise(
    random: np.random.Generator, length: int, low_hz: float, high_hz: float, rate_hz: int
) -> Samples:
    """Return a round of noise in a band: root mean square 1, mean 0, no seam where it meets."""
    hz = np.fft.rfftfreq(length, 1 / rate_hz)
    # softer towards the upper edge, as water is
    shape = np.where((hz >= low_hz) & (hz <= high_hz), 1 / np.sqrt(np.maximum(hz, low_hz)), 0.0)
    spectrum = shape * np.exp(2j * np.pi * random.random(len(hz)))
    spectrum[0] = spectrum[-1] = 0.0
    noise = np.fft.irfft(spectrum, length)
    rms = float(np.sqrt(np.mean(noise**2)))
    return noise / rms if rms > 0 else noise
