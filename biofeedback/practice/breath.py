"""Where the breath guide stands at any time. Exact for every ``t_s``, so frames need no events."""

from __future__ import annotations

from math import ceil, cos, floor, pi

from biofeedback.types import BreathPattern, BreathPhase, BreathSegment, BreathStage

_ALMOST_WHOLE = 1e-9
"""A breath this close to its end, in breaths, is over: rounding must not add another one."""


def phase_at(segment: BreathSegment, t_s: float) -> BreathPhase:
    """Tell where the guide stands.

    Parameters
    ----------
    segment
        The pace and when it began.
    t_s
        Session time in seconds. Before the segment's start, its first moment is given.

    Returns
    -------
    BreathPhase
        The stage, how much of it is over, the breaths so far, and the fullness: a raised cosine
        in time, so that speed is zero at both ends of a breath.
    """
    elapsed_s = max(0.0, t_s - segment.start_s)
    cycles = segment.cycles + elapsed_s / segment.pattern.cycle_s
    stage, fraction = _stage_at(segment.pattern, cycles)
    return BreathPhase(stage, fraction, cycles, _fullness(stage, fraction))


def _stage_at(pattern: BreathPattern, cycles: float) -> tuple[BreathStage, float]:
    into_s = (cycles - floor(cycles)) * pattern.cycle_s
    stages = (
        (BreathStage.INHALE, pattern.inhale_s),
        (BreathStage.HOLD_IN, pattern.hold_in_s),
        (BreathStage.EXHALE, pattern.exhale_s),
        (BreathStage.HOLD_OUT, pattern.hold_out_s),
    )
    last = BreathStage.INHALE
    for stage, length_s in stages:
        if length_s <= 0:
            continue
        if into_s < length_s:
            return stage, into_s / length_s
        into_s -= length_s
        last = stage
    return last, 1.0  # rounding alone can come past the last stage


def _fullness(stage: BreathStage, fraction: float) -> float:
    match stage:
        case BreathStage.INHALE:
            return 0.5 - 0.5 * cos(pi * fraction)
        case BreathStage.HOLD_IN:
            return 1.0
        case BreathStage.EXHALE:
            return 0.5 + 0.5 * cos(pi * fraction)
        case BreathStage.HOLD_OUT:
            return 0.0


def breath_end_s(segment: BreathSegment, t_s: float) -> float:
    """Return when the breath that runs at ``t_s`` ends; ``t_s`` itself on a boundary."""
    cycles = segment.cycles + max(0.0, t_s - segment.start_s) / segment.pattern.cycle_s
    whole = ceil(cycles - _ALMOST_WHOLE)
    return max(t_s, segment.start_s + (whole - segment.cycles) * segment.pattern.cycle_s)


def continued(segment: BreathSegment, t_s: float, pattern: BreathPattern) -> BreathSegment:
    """Change pace at ``t_s``, a breath's end: the count of breaths and the fullness go on."""
    cycles = segment.cycles + (t_s - segment.start_s) / segment.pattern.cycle_s
    return BreathSegment(t_s, pattern, float(round(cycles)))


def whole_breaths(seconds: float, pattern: BreathPattern, *, at_least_s: float = 0.0) -> int:
    """Return how many breaths a slot of ``seconds`` takes: the nearest number, at least one.

    Parameters
    ----------
    seconds
        Length of the slot in seconds.
    pattern
        The breath.
    at_least_s
        A line needs this long to be read; breaths are added until it has it.
    """
    nearest = max(1, round(seconds / pattern.cycle_s))
    return max(nearest, ceil(at_least_s / pattern.cycle_s - _ALMOST_WHOLE))
