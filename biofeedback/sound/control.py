"""Control values: a few a block, joined by straight lines, so that nothing ever jumps."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float64]

STEP = 256
"""Frames from one control value to the next."""

STEPS = 4
"""Control values in a block."""

BLOCK = STEP * STEPS
"""Frames in a block; everything is rendered in whole blocks."""

_RAMP = np.arange(1, STEP + 1) / STEP


class Line:
    """A control value over the frames of a block.

    Parameters
    ----------
    value
        Where it begins.
    most_per_s
        How fast it may change; None where it is smooth by itself.
    """

    def __init__(self, value: float = 0.0, most_per_s: float | None = None) -> None:
        self.value = value
        self._most_per_s = most_per_s

    def through(self, targets: list[float], step_s: float) -> Samples:
        """Go through ``targets``, one each ``step_s`` seconds, as near as its speed allows.

        Returns
        -------
        ndarray, shape (STEP * len(targets),)
            The value at each frame; the last one is where the next call begins.
        """
        points = np.empty(len(targets) + 1)
        points[0] = value = self.value
        most = self._most_per_s * step_s if self._most_per_s is not None else None
        for at, target in enumerate(targets, 1):
            value = target if most is None else value + max(-most, min(most, target - value))
            points[at] = value
        self.value = value
        return (points[:-1, None] + (points[1:] - points[:-1])[:, None] * _RAMP).reshape(-1)

    def to(self, target: float, step_s: float) -> Samples:
        """Go to one value for a whole block."""
        if self.value == target:
            return np.full(BLOCK, target)
        return self.through([target] * STEPS, step_s)

    def rests_at(self, target: float) -> bool:
        """Whether it stands there."""
        return self.value == target
