"""A plan as a row of steps, and a plan fitted into another length."""

from __future__ import annotations

from dataclasses import dataclass, replace

from biofeedback.practice.breath import whole_breaths
from biofeedback.practice.content import Content, Cue, Line, Plan
from biofeedback.types import BreathPattern


@dataclass(frozen=True, slots=True)
class Step:
    """A slot of the guided phase.

    Attributes
    ----------
    line
        The words, or None for a quiet stretch.
    seconds
        Planned length; whole breaths are made of it where a guide runs.
    paced
        Whether a breath guide runs here, if the person picked one.
    part
        Number of the plan's part that it belongs to; skipping goes to the next part.
    """

    line: Line | None
    seconds: float
    paced: bool
    part: int

    @property
    def waits(self) -> bool:
        """Whether it waits for the person to go on, however long that takes."""
        return self.line is not None and self.line.cue is Cue.USER

    def duration_s(self, pattern: BreathPattern | None, min_show_s: float) -> float:
        """Return the slot's length with a breath of ``pattern`` (None: no guide)."""
        at_least_s = min_show_s if self.line else 0.0
        if self.paced and pattern:
            return whole_breaths(self.seconds, pattern, at_least_s=at_least_s) * pattern.cycle_s
        return max(self.seconds, at_least_s)


def plan_steps(plan: Plan, content: Content) -> tuple[Step, ...]:
    """Lay out the guided phase of ``plan``: where the guide runs follows from its lines."""
    steps: list[Step] = []
    pacing = False
    for number, part in enumerate(plan.parts):
        if not part.set_id:
            steps.append(Step(None, part.quiet_s, pacing, number))
        for line_id in part.line_ids:
            line = content.sets[part.set_id].line(line_id)
            pacing = pacing or line.starts_pacing
            paced = pacing and line.cue is not Cue.USER
            steps.append(Step(line, part.seconds_per_line, paced, number))
            pacing = pacing and not line.ends_pacing
    return tuple(steps)


def fitted(
    steps: tuple[Step, ...], length_s: float, pattern: BreathPattern | None, min_show_s: float
) -> tuple[Step, ...]:
    """Fit steps into ``length_s`` seconds, leaving out lines where they could not be read.

    Slots shrink or grow alike. Where they would get shorter than a line needs, lines go: first
    from the longest part, essential ones last, the one that starts the guide never.
    """
    scale = length_s / sum(step.seconds for step in steps)
    kept = [replace(step, seconds=step.seconds * scale) for step in steps]

    def words_s() -> float:
        return sum(step.duration_s(pattern, min_show_s) for step in kept if step.line)

    while words_s() > length_s and (goes := _next_to_go(kept)) is not None:
        del kept[goes]
    return tuple(kept)


def without_one(steps: tuple[Step, ...]) -> tuple[Step, ...] | None:
    """Leave out the line that is missed least; None where none may go."""
    goes = _next_to_go(list(steps))
    return None if goes is None else steps[:goes] + steps[goes + 1 :]


def _next_to_go(steps: list[Step]) -> int | None:
    if len(steps) == 1:
        return None  # without any step there is nothing to be done

    def droppable(essential: bool) -> list[int]:
        return [
            at
            for at, step in enumerate(steps)
            if step.line and step.line.essential is essential and not step.line.starts_pacing
        ]

    candidates = droppable(essential=False) or droppable(essential=True)
    if not candidates:
        return None
    sizes = {at: sum(other.part == steps[at].part for other in steps) for at in candidates}
    return max(candidates, key=lambda at: (sizes[at], at))
