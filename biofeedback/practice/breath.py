"""Where the breath guide stands at any time. Exact for every ``t_s``, so frames need no events."""

from __future__ import annotations

from bisect import bisect_right
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
    ends_s = segment.lead_ends_s
    if ends_s and elapsed_s < ends_s[-1]:
        number = bisect_right(ends_s, elapsed_s)
        pattern = segment.lead[number]
        into_s = elapsed_s - (ends_s[number - 1] if number else 0.0)
        cycles = segment.cycles + number + into_s / pattern.cycle_s
        stage, fraction = _stage_at(pattern, into_s)
    else:
        pattern = segment.pattern
        if ends_s:
            elapsed_s -= ends_s[-1]
        cycles = segment.cycles + len(ends_s) + elapsed_s / pattern.cycle_s
        stage, fraction = _stage_at(pattern, (cycles - floor(cycles)) * pattern.cycle_s)
    return BreathPhase(stage, fraction, cycles, _fullness(stage, fraction))


def _stage_at(pattern: BreathPattern, into_s: float) -> tuple[BreathStage, float]:
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
    elapsed_s = max(0.0, t_s - segment.start_s)
    ends_s = segment.lead_ends_s
    if ends_s and elapsed_s < ends_s[-1]:
        begun = _breaths_begun(segment, elapsed_s)
        into_s = elapsed_s - (ends_s[begun - 1] if begun else 0.0)
        if begun == len(ends_s) or into_s <= _ALMOST_WHOLE * segment.lead[begun].cycle_s:
            return t_s
        return max(t_s, segment.start_s + ends_s[begun])
    lead_s = ends_s[-1] if ends_s else 0.0
    whole_before = segment.cycles + len(ends_s)
    cycles = whole_before + (elapsed_s - lead_s) / segment.pattern.cycle_s
    whole = ceil(cycles - _ALMOST_WHOLE)
    return max(t_s, segment.start_s + lead_s + (whole - whole_before) * segment.pattern.cycle_s)


def breath_from(segment: BreathSegment, t_s: float) -> BreathPattern:
    """Return the breath that begins at ``t_s``, a boundary, or that runs then."""
    begun = _breaths_begun(segment, max(0.0, t_s - segment.start_s))
    return segment.lead[begun] if begun < len(segment.lead) else segment.pattern


def after_breaths_s(segment: BreathSegment, t_s: float, breaths: int) -> float:
    """Return when ``breaths`` whole breaths from ``t_s`` on are over; ``t_s`` is a boundary."""
    begun = _breaths_begun(segment, max(0.0, t_s - segment.start_s))
    last = begun + breaths
    ends_s = segment.lead_ends_s
    if begun >= len(ends_s):
        return t_s + breaths * segment.pattern.cycle_s
    beyond = max(0, last - len(ends_s))
    led_s = ends_s[min(last, len(ends_s)) - 1] if last else 0.0
    return max(t_s, segment.start_s + led_s + beyond * segment.pattern.cycle_s)


def _breaths_begun(segment: BreathSegment, elapsed_s: float) -> int:
    """Return the number in the lead of the breath that runs; its length or more: beyond it."""
    begun = bisect_right(segment.lead_ends_s, elapsed_s)
    if begun < len(segment.lead):
        left_s = segment.lead_ends_s[begun] - elapsed_s
        begun += left_s <= _ALMOST_WHOLE * segment.lead[begun].cycle_s
    return begun


def continued(
    segment: BreathSegment,
    t_s: float,
    pattern: BreathPattern,
    lead: tuple[BreathPattern, ...] = (),
) -> BreathSegment:
    """Change pace at ``t_s``, a breath's end: the count of breaths and the fullness go on.

    Parameters
    ----------
    segment
        The guide that has run until now.
    t_s
        The end of one of its breaths, as `breath_end_s` gives it.
    pattern, lead
        The new pace, and the breaths that lead to it.
    """
    return BreathSegment(t_s, pattern, float(round(phase_at(segment, t_s).cycles)), lead)


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
