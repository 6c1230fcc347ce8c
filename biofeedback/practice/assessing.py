"""The assessment of one's own pace as a state machine: time and actions in, updates out.

Two protocols, named by ``Choices.plan_id`` in place of a plan:

- `STEPPED`: 6.5, 6, 5.5, 5 and 4.5 breaths a minute (Lehrer 2000; Shaffer & Meehan 2020), each for
  two minutes, in an order shuffled by ``Choices.seed``, with a rest before each.
- `SLIDE`: from 6.75 to 4.25 breaths a minute in 78 breaths, each longer than the one before by the
  same time (Fisher & Lehrer 2022), in a quarter of an hour.

Its rules:

- arriving -> rest, step, rest, step ... -> ended; arriving ends with the first packet.
- Skip ends the step or the rest that runs; what was breathed of a step counts.
- Paused, nothing moves; resumed, the step or rest that ran begins anew.
- Stop ends it at once, from anywhere.

As in a practice, each update carries the exact time it was due.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass

from biofeedback.practice.breath import phase_at
from biofeedback.practice.content import ContentError
from biofeedback.practice.guides import paced
from biofeedback.types import (
    Action,
    BreathPattern,
    BreathPhase,
    BreathSegment,
    Choices,
    GuideChanged,
    Paused,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Resumed,
    StepStarted,
    Update,
)

STEPPED = "resonance_steps"
SLIDE = "resonance_slide"
PROTOCOLS = (STEPPED, SLIDE)

PACES_PER_MIN = (6.5, 6.0, 5.5, 5.0, 4.5)
STEP_S = 120.0
REST_S = 30.0

SLIDE_FROM_PER_MIN, SLIDE_TO_PER_MIN = 6.75, 4.25
SLIDE_BREATHS = 78

_SHUFFLED = 0x9E3779B97F4A7C15
"""Keeps the order of neighbouring seeds apart."""


def order(seed: int) -> tuple[float, ...]:
    """Return the paces in the order that ``seed`` gives them (Fisher & Yates)."""
    paces = list(PACES_PER_MIN)
    # randrange of a seeded Random is the same on every machine and version
    chance = random.Random(seed * _SHUFFLED)
    for last in range(len(paces) - 1, 0, -1):
        other = chance.randrange(last + 1)
        paces[last], paces[other] = paces[other], paces[last]
    return tuple(paces)


def slide() -> tuple[BreathPattern, ...]:
    """Return the breaths of the slide: equally longer from one to the next."""
    first_s, last_s = 60 / SLIDE_FROM_PER_MIN, 60 / SLIDE_TO_PER_MIN
    step_s = (last_s - first_s) / (SLIDE_BREATHS - 1)
    return tuple(paced(60 / (first_s + number * step_s)) for number in range(SLIDE_BREATHS))


@dataclass(frozen=True, slots=True)
class _Part:
    """A step, or the rest before it (no ``breath``)."""

    seconds: float
    number: int
    breath: BreathPattern | None = None
    lead: tuple[BreathPattern, ...] = ()

    def segment(self, start_s: float) -> BreathSegment | None:
        return BreathSegment(start_s, self.breath, 0.0, self.lead) if self.breath else None


def _parts(choices: Choices) -> tuple[_Part, ...]:
    if choices.plan_id == SLIDE:
        breaths = slide()
        length_s = sum(breath.cycle_s for breath in breaths)
        return _Part(REST_S, 1), _Part(length_s, 1, breaths[-1], breaths)
    parts: list[_Part] = []
    for number, pace in enumerate(order(choices.seed), start=1):
        breath = paced(pace)
        length_s = round(STEP_S / breath.cycle_s) * breath.cycle_s
        parts += [_Part(REST_S, number), _Part(length_s, number, breath)]
    return tuple(parts)


def planned_s(choices: Choices) -> float:
    """Return how long the assessment takes from its first rest to its end."""
    return sum(part.seconds for part in _parts(choices))


class Assessing:
    """One assessment from start to end; it has the methods of a `Practice`.

    Parameters
    ----------
    choices
        The protocol, its seed, and whether it waits for the heart.

    Raises
    ------
    ContentError
        If there is no such protocol.
    """

    def __init__(self, choices: Choices) -> None:
        if choices.plan_id not in PROTOCOLS:
            raise ContentError(
                f"There is no assessment called '{choices.plan_id}'. "
                f"There are: {', '.join(PROTOCOLS)}."
            )
        self.choices = choices
        self.ended_s: float | None = None
        self.paused = False
        self.phase: PhaseName | None = None
        self._parts = _parts(choices)
        self._starts_s: list[float] = []
        """When each part from `_first` on begins; one more for the end."""
        self._first = 0
        self._next = 0
        self._guide_times: list[float] = []
        self._guide_segments: list[BreathSegment | None] = []

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.ended_s is not None

    # ------------------------------------------------------------------------------ time
    def advance(self, t_s: float) -> list[Update]:
        """Let time reach ``t_s``; return what was due by then, in order."""
        updates: list[Update] = []
        if self.phase is None:
            if self.choices.wait_for_heart:
                self.phase = PhaseName.ARRIVING
                updates.append(PhaseStarted(0.0, PhaseName.ARRIVING, None))
            else:
                self._begin(0.0, updates)
        while self._running and self._starts_s[self._next - self._first] <= t_s:
            self._begin_part(updates)
        return updates

    @property
    def _running(self) -> bool:
        return self.phase is PhaseName.GUIDED and not self.paused and not self.ended

    def heart_arrived(self, t_s: float) -> list[Update]:
        """Begin what waited for the first packet."""
        updates = self.advance(t_s)
        if self.phase is PhaseName.ARRIVING and not self.ended:
            self._begin(t_s, updates)
            updates += self.advance(t_s)
        return updates

    def breath_at(self, t_s: float) -> BreathPhase | None:
        """Tell where the guide stands; past times as it was, future ones as planned."""
        at = bisect_right(self._guide_times, t_s)
        segment = self._guide_segments[at - 1] if at else None
        if self._running and t_s >= self._starts_s[self._next - self._first]:
            part = self._first + bisect_right(self._starts_s, t_s) - 1
            segment = None
            if part < len(self._parts):
                segment = self._parts[part].segment(self._starts_s[part - self._first])
        return phase_at(segment, t_s) if segment else None

    # --------------------------------------------------------------------------- actions
    def act(self, t_s: float, action: Action, value: str = "") -> list[Update]:
        """Do what the person asked for at ``t_s``; what makes no sense here changes nothing."""
        updates = self.advance(t_s)
        if self.ended:
            return updates
        match action:
            case Action.STOP:
                self._end(t_s, updates, completed=False)
            case Action.PAUSE | Action.GROUND if not self.paused:
                self._rest_guide(t_s, updates)
                self.paused = True
                updates.append(Paused(t_s))
            case Action.RESUME if self.paused:
                self._go_on(t_s, updates, max(0, self._next - 1))
            case Action.SKIP | Action.NEXT_LINE if self.phase is PhaseName.GUIDED:
                self._go_on(t_s, updates, self._next)
            case Action.SKIP | Action.BEGIN if self.phase is PhaseName.ARRIVING:
                if self.paused:
                    self.paused = False
                    updates.append(Resumed(t_s))
                self._begin(t_s, updates)
            case _:
                pass
        return updates + self.advance(t_s)

    def choices_after(self, action: Action, value: str) -> Choices:
        """Return the choices as they are: nothing of them changes in the middle."""
        return self.choices

    def _begin(self, t_s: float, updates: list[Update]) -> None:
        self.phase = PhaseName.GUIDED
        self._lay(0, t_s)
        updates.append(PhaseStarted(t_s, PhaseName.GUIDED, self._starts_s[-1]))

    def _go_on(self, t_s: float, updates: list[Update], part: int) -> None:
        """Begin ``part`` now, awake; past the last one, end."""
        if self.phase is PhaseName.GUIDED:
            self._lay(part, t_s)
        if self.paused:
            self.paused = False
            updates.append(Resumed(t_s, self._starts_s[-1] if self._starts_s else None))

    def _lay(self, first: int, t_s: float) -> None:
        """Lay the parts from ``first`` on after one another."""
        self._first = self._next = first
        self._starts_s = [t_s]
        for part in self._parts[first:]:
            self._starts_s.append(self._starts_s[-1] + part.seconds)

    def _begin_part(self, updates: list[Update]) -> None:
        t_s = self._starts_s[self._next - self._first]
        if self._next == len(self._parts):
            self._end(t_s, updates, completed=True)
            return
        part = self._parts[self._next]
        segment = part.segment(t_s)
        self._rest_guide(t_s, updates)
        if segment is not None:
            self._set_guide(GuideChanged(t_s, segment), updates)
        first = (part.lead or (part.breath,))[0]
        updates.append(
            StepStarted(
                t_s,
                self._starts_s[self._next - self._first + 1],
                part.number,
                self._parts[-1].number,
                _rate_per_min(first),
                _rate_per_min(part.breath),
            )
        )
        self._next += 1

    def _end(self, t_s: float, updates: list[Update], *, completed: bool) -> None:
        self._rest_guide(t_s, updates)
        self.ended_s = t_s
        updates.append(PracticeEnded(t_s, completed))

    def _rest_guide(self, t_s: float, updates: list[Update]) -> None:
        if self._guide_segments and self._guide_segments[-1] is not None:
            self._set_guide(GuideChanged(t_s, None), updates)

    def _set_guide(self, update: GuideChanged, updates: list[Update]) -> None:
        self._guide_times.append(update.t_s)
        self._guide_segments.append(update.segment)
        updates.append(update)


def _rate_per_min(breath: BreathPattern | None) -> float | None:
    """Return a pace as it was meant: 6.5, where 60 s over its length has a little more."""
    return round(breath.rate_per_min, 6) if breath else None
