"""The practices to choose from, and the lengths in which each can be had."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from biofeedback.practice.content import Content, Cue, Plan
from biofeedback.types import Choices

LENGTHS_S = (300.0, 600.0, 1200.0)
"""Every practice in which nothing is written can be had in these lengths."""


class Kind(StrEnum):
    """What a plan practises."""

    SOOTHING = "soothing"
    MINDFUL = "mindful"
    COMMON = "common"
    REFRAME = "reframe"
    LETTER = "letter"
    GROUNDING = "grounding"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Length:
    """A way to have a practice.

    Attributes
    ----------
    plan_id
        Its plan.
    guided_s
        The length that it is fitted to; None for its own.
    seconds
        How long that is, without the quiet times.
    writes
        Whether the person writes in it: its length then is a guess.
    """

    plan_id: str
    guided_s: float | None
    seconds: float
    writes: bool

    @property
    def value(self) -> str:
        """The same as the value of an `Action.PLAN`."""
        return self.plan_id if self.guided_s is None else f"{self.plan_id}@{self.guided_s:g}"


def kind_of(plan: Plan, content: Content) -> Kind:
    """Tell what a plan practises, by the sets that it is made of."""
    if plan.plan_id in content.own_plans:
        return Kind.OWN
    sets = {part.set_id for part in plan.parts}
    for set_id, kind in (
        ("letter", Kind.LETTER),
        ("reframe", Kind.REFRAME),
        ("ground", Kind.GROUNDING),
    ):
        if set_id in sets:
            return kind
    if ("mindful" in sets) is not ("common" in sets):
        return Kind.MINDFUL if "mindful" in sets else Kind.COMMON
    return Kind.SOOTHING


def kinds(content: Content) -> list[Kind]:
    """Return the practices that there are, in order."""
    there = {kind_of(plan, content) for plan in content.plans.values()}
    return [kind for kind in Kind if kind in there]


def lengths(kind: Kind, content: Content) -> list[Length]:
    """Return the lengths of a practice, shortest first: its plans', and those it can be fitted to.

    A plan of the person's own is as long as they made it.
    """
    plans = [plan for plan in content.plans.values() if kind_of(plan, content) is kind]
    found = [Length(plan.plan_id, None, plan.seconds, _writes(plan, content)) for plan in plans]
    if kind is not Kind.OWN and not any(length.writes for length in found):
        for seconds in LENGTHS_S:
            if all(length.seconds != seconds for length in found):
                nearest = min(plans, key=lambda plan: abs(plan.seconds - seconds))
                found.append(Length(nearest.plan_id, seconds, seconds, writes=False))
    return sorted(found, key=lambda length: length.seconds)


def chosen_length(choices: Choices, content: Content) -> Length:
    """Return the length that is chosen."""
    plan = content.plans[choices.plan_id]
    writes = _writes(plan, content)
    guided_s = None if writes or choices.guided_s == plan.seconds else choices.guided_s
    return Length(plan.plan_id, guided_s, guided_s or plan.seconds, writes)


def nearest_length(kind: Kind, seconds: float, content: Content) -> Length:
    """Return the length of a practice that comes nearest to ``seconds``."""
    return min(lengths(kind, content), key=lambda length: abs(length.seconds - seconds))


def _writes(plan: Plan, content: Content) -> bool:
    return any(
        content.sets[part.set_id].line(line_id).cue is Cue.USER
        for part in plan.parts
        for line_id in part.line_ids
    )
