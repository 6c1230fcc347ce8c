"""What the choices amount to: which steps, and how long. Made anew when one changes on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from biofeedback.practice.content import Content
from biofeedback.practice.schedule import Entry, Scheduler
from biofeedback.practice.steps import Step, fitted, plan_steps, without_one
from biofeedback.types import Choices


@dataclass(frozen=True, slots=True)
class Planned:
    """A practice laid out from its choices.

    Attributes
    ----------
    steps
        Of the guided phase.
    guided_s, quiet_s
        Length of the guided phase, and of each quiet time.
    hard_end
        Whether the guided phase ends on time even if a line is cut.
    """

    steps: tuple[Step, ...]
    guided_s: float
    quiet_s: float
    hard_end: bool


def planned(choices: Choices, content: Content) -> Planned:
    """Lay out what was chosen.

    A plan in which the person writes keeps its own length: nobody is hurried there.
    """
    plan = content.plans[choices.plan_id]
    steps = plan_steps(plan, content)
    guided_s = plan.seconds
    if choices.guided_s is not None and not any(step.waits for step in steps):
        guided_s = choices.guided_s
    scale = 1.0
    if choices.length_s is not None:
        scale = choices.length_s / (guided_s + 2 * choices.quiet_s)
    guided_s *= scale
    if choices.length_s is not None or guided_s != plan.seconds:
        pattern = content.guide(choices.guide_id).pattern
        steps = fitted(steps, guided_s, pattern, content.min_show_s)
    hard_end = choices.length_s is not None
    if hard_end:
        steps = _read_in_time(steps, guided_s, choices, content)
    return Planned(steps, guided_s, choices.quiet_s * scale, hard_end)


def _read_in_time(
    steps: tuple[Step, ...], guided_s: float, choices: Choices, content: Content
) -> tuple[Step, ...]:
    """Leave out further lines until each that is left has its time before a hard end.

    `fitted` reckons with lengths; cues and ramps cost some more, as only the schedule knows.
    """
    alone = replace(choices, attended=False)
    while True:
        schedule = Scheduler(steps, content, hard_end=True).lay(
            0, 0.0, guided_s, alone, None, Entry()
        )
        shown = {due.step for due in schedule.dues if due.says}
        if all(at in shown for at, step in enumerate(steps) if step.line):
            return steps
        fewer = without_one(steps)
        if fewer is None:
            return steps  # what can't be read is not shown
        steps = fewer


def same_place(steps: tuple[Step, ...], at: int, others: tuple[Step, ...]) -> tuple[int, bool]:
    """Find where to go on in another row of steps.

    Returns
    -------
    tuple of int and bool
        The number of the step in ``others``, and whether it is the very step ``at`` (its line, or
        the quiet stretch after the same line), which then goes on. Otherwise it is the one that
        follows the last line that both rows have so far.
    """

    def key(step: Step) -> tuple[str, str] | None:
        return (step.line.set_id, step.line.line_id) if step.line else None

    places = {key(step): number for number, step in enumerate(others) if step.line}
    here = key(steps[at])
    if here in places:
        return places[here], True
    for earlier in reversed(steps[:at]):
        if earlier.line and key(earlier) in places:
            follows = places[key(earlier)] + 1
            quiet = here is None and follows < len(others) and others[follows].line is None
            return min(follows, len(others) - 1), quiet
    return 0, False
