"""How the simulated person breathes: by themselves, or along with the guide.

The guide is followed with a delay and a chosen willingness: most breaths keep to it, some
drift off at the person's own pace and find back with the next.
"""

from __future__ import annotations

import math
import random
from collections import deque
from dataclasses import dataclass

from biofeedback.types import BreathPhase

_LAG_SPREAD_S = 0.15
_LONGEST_LAG_S = 1.5
_LUNGS_S = 0.3
_INHALE_SHARE = 0.42
_PACE_MEMORY = 0.6


@dataclass(frozen=True, slots=True)
class BreathTraits:
    """What is a person's own about their breath.

    Attributes
    ----------
    rate_per_min
        Breaths a minute when nothing guides.
    variability
        Coefficient of variation of the own breaths' length.
    depth
        Depth of the own breaths, where a guided one is 1.
    willingness
        Share of the guide's breaths that are followed, 0..1.
    delay_s
        How long the person takes to follow the guide.
    unevenness
        How far one breath differs from the next in depth and delay: 1 as people do, 0 not at all.
    """

    rate_per_min: float = 15.0
    variability: float = 0.12
    depth: float = 0.9
    willingness: float = 0.9
    delay_s: float = 0.4
    unevenness: float = 1.0


class Breather:
    """Lung filling, step by step.

    Parameters
    ----------
    traits
        Whose breath it is.
    rng
        Where chance comes from.
    step_s
        Time between two calls of `step`.
    """

    def __init__(self, traits: BreathTraits, rng: random.Random, step_s: float) -> None:
        self._traits = traits
        self._rng = rng
        self._step_s = step_s
        self._seen: deque[BreathPhase | None] = deque(
            [None], maxlen=1 + math.ceil(_LONGEST_LAG_S / step_s)
        )
        self._lungs = 0.0
        self._lungs_share = step_s / _LUNGS_S
        # The breath of the person's own.
        self._phase = rng.random()
        self._pace = 0.0
        self._slowing = 1.0
        self._new_own_breath()
        # The breath of the guide that is being followed, or not.
        self._cycle: int | None = None
        self._follows = False
        self._lag_steps = self._draw_lag_steps()
        self._guided_depth = 1.0

    @property
    def follows(self) -> bool:
        """Whether the present breath keeps to the guide."""
        return self._follows

    def step(self, guide_now: BreathPhase | None) -> float:
        """Go on by one step and return the lung filling, about -1 (empty) to 1 (full)."""
        seen = self._seen
        seen.append(guide_now)
        lag = self._lag_steps
        guide = seen[-1 - lag] if lag < len(seen) else seen[0]
        if guide is None:
            self._cycle = None
            self._follows = False
            self._slowing = 1.0
        else:
            cycle = int(guide.cycles)
            # One step back is only the lag growing at the turn of a breath.
            if self._cycle is None or cycle > self._cycle or cycle < self._cycle - 1:
                self._new_guided_breath(cycle)
        if guide is not None and self._follows:
            wanted = (2 * guide.fullness - 1) * self._guided_depth
        else:
            wanted = self._own_breath()
        self._lungs += (wanted - self._lungs) * self._lungs_share
        return self._lungs

    def _new_guided_breath(self, cycle: int) -> None:
        self._cycle = cycle
        rng = self._rng
        followed = self._follows
        self._follows = rng.random() < self._traits.willingness
        self._guided_depth = min(1.4, max(0.6, rng.gauss(1.0, 0.1 * self._traits.unevenness)))
        self._lag_steps = self._draw_lag_steps()
        # Slower than alone even when the mind wanders.
        self._slowing = rng.uniform(1.0, 1.6)
        if followed and not self._follows:
            self._phase = 0.0
            self._new_own_breath()

    def _draw_lag_steps(self) -> int:
        spread_s = _LAG_SPREAD_S * self._traits.unevenness
        lag_s = self._traits.delay_s + abs(self._rng.gauss(0.0, spread_s))
        return round(min(_LONGEST_LAG_S, lag_s) / self._step_s)

    def _new_own_breath(self) -> None:
        traits, rng = self._traits, self._rng
        spread = traits.variability * math.sqrt(1 - _PACE_MEMORY**2)
        self._pace = _PACE_MEMORY * self._pace + rng.gauss(0.0, spread)
        self._cycle_s = 60 / traits.rate_per_min * min(2.0, max(0.5, 1 + self._pace))
        uneven = 0.2 * traits.unevenness
        self._depth = traits.depth * min(1.6, max(0.4, rng.gauss(1.0, uneven)))

    def _own_breath(self) -> float:
        self._phase += self._step_s / (self._cycle_s * self._slowing)
        if self._phase >= 1:
            self._phase -= 1
            self._new_own_breath()
        phase = self._phase
        if phase < _INHALE_SHARE:
            return -self._depth * math.cos(math.pi * phase / _INHALE_SHARE)
        return self._depth * math.cos(math.pi * (phase - _INHALE_SHARE) / (1 - _INHALE_SHARE))
