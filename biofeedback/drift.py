"""Joins the guide of a practice with what decides on its drift: what runs, what may, where to."""

from __future__ import annotations

from biofeedback.practice.guides import at_pace
from biofeedback.signals.adaptive_pace import STEP_PER_MIN, AdaptivePace
from biofeedback.signals.resonance_assessment import FASTEST_PER_MIN, SLOWEST_PER_MIN
from biofeedback.types import (
    Beat,
    BreathPattern,
    BreathPhase,
    BreathSegment,
    Choices,
    GuideDrifted,
)

_ALMOST = 1e-6


class Drift:
    """The drift of one practice's guide; does nothing unless it was chosen.

    Parameters
    ----------
    choices
        Whether the guide may drift, and between which paces.
    """

    def __init__(self, choices: Choices) -> None:
        slowest = max(choices.slowest_per_min, SLOWEST_PER_MIN)
        self._limits = (slowest, min(choices.fastest_per_min, FASTEST_PER_MIN))
        self._pace = AdaptivePace(*self._limits) if choices.adaptive else None
        self._running: BreathSegment | None = None

    def goes_on_with(self, segment: BreathSegment | None) -> bool:
        """Note that the guide runs as ``segment`` says from now on.

        Returns
        -------
        bool
            Whether it only drifted: the count of breaths goes on, and so does what is measured.
        """
        before, self._running = self._running, segment
        if self._pace is None:
            return False
        if segment is None or not self._may_drift(segment.pattern):
            self._pace.rest()
            return False
        lead_s = segment.lead_ends_s[-1] if segment.lead else 0.0
        self._pace.keep_to(segment.pattern.rate_per_min, segment.start_s + lead_s)
        if before is None:
            return False
        moved = abs(before.pattern.rate_per_min - segment.pattern.rate_per_min)
        return segment.cycles > 0 and moved <= STEP_PER_MIN + _ALMOST

    def _may_drift(self, breath: BreathPattern) -> bool:
        """Tell whether it has no holds and lies within the limits: others stay as chosen."""
        slowest, fastest = self._limits
        holds = breath.hold_in_s > 0 or breath.hold_out_s > 0
        within = slowest - _ALMOST <= breath.rate_per_min <= fastest + _ALMOST
        return within and not holds

    def push(self, beat: Beat, breath: BreathPhase | None) -> None:
        """Take a judged beat, and where the guide stood."""
        if self._pace is not None and breath is not None:
            self._pace.push(beat, breath.cycles)

    def decide(self, t_s: float) -> tuple[GuideDrifted, BreathPattern] | None:
        """Return what to say and the breath to go on with; None to stay."""
        if self._pace is None or self._running is None:
            return None
        to_per_min = self._pace.decide(t_s)
        if to_per_min is None:
            return None
        breath = self._running.pattern
        drifted = GuideDrifted(t_s, round(breath.rate_per_min, 6), to_per_min)
        return drifted, at_pace(breath, to_per_min)
