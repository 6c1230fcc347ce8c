"""A guide that drifts toward the pace at which the heart follows it further.

Every two minutes of one pace give a response (`resonance_response`); all responses of the session
give the posterior of the resonance (`resonance_curve`), and the guide moves a tenth of a breath a
minute to the side on which the resonance more likely lies, or stays where the sides are about even.

A tenth of a breath changes a swing by a percent or so, less than blocks differ by themselves. So
at first the guide goes by where the resonances of grown people lie, and what the person's own
heart says weighs more from block to block. It is a slow and unsure guide (docs/resonance.md), off
unless it is chosen.
"""

from __future__ import annotations

import numpy as np

from biofeedback.signals.resonance_curve import chance_below
from biofeedback.signals.resonance_response import PacedStretch, Response, response
from biofeedback.signals.series import NNSeries
from biofeedback.types import Beat, BeatFlag

STEP_PER_MIN = 0.1
"""The most that the pace moves at once."""

EVERY_S = 120.0
"""The least time between two moves."""

SURE = 0.6
"""The guide moves where one side is so likely."""

MIN_LOCKING = 0.6
"""With less, the heart does not follow, and nothing is to be learned from the block."""

_ALMOST = 1e-9


class AdaptivePace:
    """Decides from judged beats alone; the same beats give the same decisions.

    Parameters
    ----------
    slowest_per_min, fastest_per_min
        The person's limits: no pace outside is decided on.
    """

    def __init__(self, slowest_per_min: float, fastest_per_min: float) -> None:
        self._slowest_per_min = slowest_per_min
        self._fastest_per_min = fastest_per_min
        self._responses: list[Response] = []
        self.rest()

    def rest(self) -> None:
        """Note that no guide runs, or none that may drift."""
        self._rate_per_min: float | None = None
        self._begins_s = np.inf
        self._beats: list[Beat] = []
        self._cycles: list[float] = []

    def keep_to(self, rate_per_min: float, begins_s: float) -> None:
        """Note that the guide keeps to a pace from ``begins_s`` on."""
        self.rest()
        self._rate_per_min = rate_per_min
        self._begins_s = begins_s

    def push(self, beat: Beat, cycles: float) -> None:
        """Take a judged beat, and the breaths of the guide at its time."""
        if beat.t_s < self._begins_s or (self._cycles and cycles <= self._cycles[-1]):
            return
        self._beats.append(beat)
        self._cycles.append(cycles)

    def decide(self, t_s: float) -> float | None:
        """Return the pace to go to from ``t_s`` on, or None to stay.

        A block that is over is used up: the next decision comes `EVERY_S` later at the earliest.
        """
        rate = self._rate_per_min
        if rate is None or t_s - self._begins_s < EVERY_S:
            return None
        found = self._block(rate)
        self.keep_to(rate, t_s)
        if found is None or found.locking < MIN_LOCKING:
            return None
        self._responses.append(found)
        below = chance_below(self._responses, rate, self._slowest_per_min, self._fastest_per_min)
        if max(below, 1 - below) < SURE:
            return None
        wanted = rate - STEP_PER_MIN if below > 0.5 else rate + STEP_PER_MIN
        wanted = min(max(wanted, self._slowest_per_min), self._fastest_per_min)
        if abs(wanted - rate) > STEP_PER_MIN + _ALMOST or abs(wanted - rate) < _ALMOST:
            return None  # a pace beyond the limits is the person's own choice, and stays
        return round(wanted, 6)

    def _block(self, rate: float) -> Response | None:
        kept = np.array([beat.flag is BeatFlag.NORMAL for beat in self._beats], dtype=np.bool_)
        if not kept.any():
            return None
        series = NNSeries.from_beats(self._beats)
        return response(PacedStretch(rate, series, np.array(self._cycles)[kept]))
