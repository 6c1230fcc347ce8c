"""Breath guides of the person's own: how they are spelled, their limits, and the way to a pace.

A guide that no content file names is spelled out where its id stands, in a plan's choices or in
a marker: ``in-hold-out-hold`` in seconds, such as ``4.5-0-6-0``. A recording so carries all that
it takes to run it again, whatever becomes of the person's list of guides.
"""

from __future__ import annotations

import math

from biofeedback.types import BreathPattern

SLOWEST_SUGGESTED_PER_MIN = 4.5
"""The program suggests no slower pace; whoever chooses one is asked to ask first."""

IN_OUT_S = (1.5, 15.0)
HOLD_S = (0.0, 15.0)
CYCLE_S = (3.0, 24.0)
"""The shortest and longest of each part, and of a breath (20 to 2.5 breaths a minute)."""

STEP = 0.08
"""A ramp makes no breath longer or shorter than the one before by a larger share."""

STAGE_STEP_S = 1.0
"""Nor any part of it by more seconds, roughly: an equal pace may still be split otherwise."""

OWN_PER_MIN = (4.5, 20.0)
"""An own pace outside is taken for its nearest end: no guide begins there."""

INHALE_SHARE = 0.45
"""Of a breath whose pace alone is known: out a little longer than in."""


class GuideError(ValueError):
    """A breath guide that can't be: the message is a sentence for the person."""


def paced(rate_per_min: float) -> BreathPattern:
    """Return the breath of a pace: no holds, out a little longer than in.

    Parameters
    ----------
    rate_per_min
        Breaths a minute, above 0.
    """
    cycle_s = 60 / rate_per_min
    return BreathPattern(INHALE_SHARE * cycle_s, 0.0, (1 - INHALE_SHARE) * cycle_s, 0.0)


def spelled(pattern: BreathPattern) -> str:
    """Return the id of a breath guide of the person's own; `read_pattern` reads it back."""
    stages_s = (pattern.inhale_s, pattern.hold_in_s, pattern.exhale_s, pattern.hold_out_s)
    return "-".join(f"{seconds:.12g}" for seconds in stages_s)


def read_pattern(text: str) -> BreathPattern:
    """Read a breath guide that is spelled out.

    Parameters
    ----------
    text
        Seconds, joined by ``-``: ``in-out``, ``in-hold-out`` or ``in-hold-out-hold``.

    Raises
    ------
    GuideError
        If it is none, or lies outside the limits.
    """
    parts = text.split("-")
    try:
        seconds = [float(part) for part in parts]
    except ValueError:
        seconds = []
    match seconds:
        case [inhale_s, exhale_s]:
            pattern = BreathPattern(inhale_s, 0.0, exhale_s, 0.0)
        case [inhale_s, hold_in_s, exhale_s]:
            pattern = BreathPattern(inhale_s, hold_in_s, exhale_s, 0.0)
        case [inhale_s, hold_in_s, exhale_s, hold_out_s]:
            pattern = BreathPattern(inhale_s, hold_in_s, exhale_s, hold_out_s)
        case _:
            raise GuideError(
                f"'{text}' is no breath: write the seconds in and out as 4-6, "
                "or with holds as 4-2-6-0."
            )
    check(pattern)
    return pattern


def check(pattern: BreathPattern) -> None:
    """Hold a breath of the person's own against the limits.

    Raises
    ------
    GuideError
        If a part of it, or all of it, is too short or too long.
    """
    for name, seconds, (least_s, most_s) in (
        ("Breathing in", pattern.inhale_s, IN_OUT_S),
        ("Breathing out", pattern.exhale_s, IN_OUT_S),
        ("The hold after breathing in", pattern.hold_in_s, HOLD_S),
        ("The hold after breathing out", pattern.hold_out_s, HOLD_S),
        ("A whole breath", pattern.cycle_s, CYCLE_S),
    ):
        if not (math.isfinite(seconds) and least_s <= seconds <= most_s):
            raise GuideError(f"{name} can take {least_s:g} to {most_s:g} seconds.")


def asks_first(pattern: BreathPattern | None) -> bool:
    """Tell whether the note belongs to it: it holds the breath, or is slower than is suggested."""
    if pattern is None:
        return False
    slowest_s = 60 / SLOWEST_SUGGESTED_PER_MIN
    return pattern.hold_in_s > 0 or pattern.hold_out_s > 0 or pattern.cycle_s > slowest_s + 1e-9


def ramp(start: BreathPattern, target: BreathPattern) -> tuple[BreathPattern, ...]:
    """Return whole breaths that lead from one breath to another, the first being ``start``.

    Each breath is longer or shorter than the one before by at most `STEP`; so is ``target``, which
    comes next. Empty where they are the same.
    """
    if start == target:
        return ()
    ratio = target.cycle_s / start.cycle_s
    stages = tuple(
        (getattr(start, name), getattr(target, name))
        for name in ("inhale_s", "hold_in_s", "exhale_s", "hold_out_s")
    )
    longest_s = max(abs(after - before) for before, after in stages)
    by_pace = math.ceil(abs(math.log(ratio)) / math.log(1 + STEP) - 1e-9)
    n = max(1, by_pace, math.ceil(longest_s / STAGE_STEP_S - 1e-9))
    breaths = []
    for k in range(n):
        share = k / n
        if abs(ratio - 1) > 1e-6:
            share = (ratio**share - 1) / (ratio - 1)
        breaths.append(
            BreathPattern(*(before + (after - before) * share for before, after in stages))
        )
    return tuple(breaths)


def at_pace(breath: BreathPattern, rate_per_min: float) -> BreathPattern:
    """Return a breath of the same shape at another pace, in breaths a minute."""
    scale = 60 / rate_per_min / breath.cycle_s
    return BreathPattern(
        breath.inhale_s * scale,
        breath.hold_in_s * scale,
        breath.exhale_s * scale,
        breath.hold_out_s * scale,
    )


def first_breath(
    own_per_min: float | None, light: BreathPattern, target: BreathPattern
) -> BreathPattern:
    """Return the breath that a ramp to ``target`` begins with.

    Parameters
    ----------
    own_per_min
        The person's own pace where a sensor on the chest knows it surely. The intervals of a
        heart alone can't tell it, so None is the rule.
    light
        The breath to begin with otherwise, unless the target is as quick anyway.
    target
        Where the ramp leads.
    """
    if own_per_min is None:
        return light if light.cycle_s < target.cycle_s else target
    slowest, fastest = OWN_PER_MIN
    cycle_s = 60 / min(max(own_per_min, slowest), fastest)
    share = light.inhale_s / light.cycle_s
    return BreathPattern(share * cycle_s, 0.0, (1 - share) * cycle_s, 0.0)
