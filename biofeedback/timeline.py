"""A recorded session laid out in time: what had been told by any moment of it.

The engine is pure, so that one run over the recorded events tells everything; where a moment lies
in it is then looked up. `Timeline.until` gives what a replay up to that moment tells, exactly.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from biofeedback.engine import Engine
from biofeedback.practice.content import load_content
from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.sensing import ChestBreath, EcgSamples, RrChecked
from biofeedback.types import (
    BeatsJudged,
    Choices,
    Event,
    LinkLost,
    LinkReason,
    LinkUp,
    Metrics,
    Packet,
    PacketUnreadable,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    PulseSeen,
    Tick,
    Update,
)

RECENT_S = 600.0
"""So much of the heart's past is enough to show the present: it is more than any screen holds."""

_OF_THE_HEART = (
    PulseSeen,
    BeatsJudged,
    Metrics,
    Packet,
    PacketUnreadable,
    EcgSamples,
    ChestBreath,
    RrChecked,
)
"""What comes with the strap's news. Everything else is due at a time of its own, or is rare."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the session, for a line of time: a phase, or (``phase`` None) a lost link."""

    from_s: float
    to_s: float
    phase: PhaseName | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a session told, and when.

    Attributes
    ----------
    updates
        All of them, in order.
    told_s
        When each was told, in session time; never falling.
    duration_s
        The session's length.
    stretches
        Phases and lost links, in order of their beginnings.
    """

    updates: tuple[Update, ...]
    told_s: tuple[float, ...]
    duration_s: float
    stretches: tuple[Stretch, ...]

    def until(self, t_s: float) -> Sequence[Update]:
        """Return everything that had been told by ``t_s``."""
        return self.updates[: self.count(t_s)]

    def count(self, t_s: float) -> int:
        """Return how many updates had been told by ``t_s``."""
        return bisect_right(self.told_s, t_s)

    def to_show(self, t_s: float) -> list[Update]:
        """Return what has to be told to a fresh screen so that it shows ``t_s``.

        All of `until` but the heart's news that is older than `RECENT_S`.
        """
        count = self.count(t_s)
        recent = bisect_right(self.told_s, t_s - RECENT_S)
        old = [each for each in self.updates[:recent] if not isinstance(each, _OF_THE_HEART)]
        return [*old, *self.updates[recent:count]]


class TimelineBuilder:
    """Runs recorded events through an engine, piece by piece, so that a long session may wait.

    Parameters
    ----------
    events
        As recorded, in order.
    choices
        What was chosen when the session began.
    duration_s
        The session's length, which may end with time alone; None: it ends with its last event.
    personal
        What the session used of the person's own.

    Raises
    ------
    ContentError
        If a choice is unknown.
    """

    def __init__(
        self,
        events: Sequence[Event],
        choices: Choices,
        duration_s: float | None = None,
        personal: Personal = NOTHING,
    ) -> None:
        self._events = events
        self._engine = Engine(choices, load_content(choices.language).with_personal(personal))
        last_s = events[-1].t_s if events else 0.0
        self._end_s = max(last_s, duration_s or 0.0)
        self._updates: list[Update] = []
        self._told_s: list[float] = []
        self._lost: list[tuple[float, float | None]] = []

    def steps(self, at_a_time: int = 256) -> Iterator[float]:
        """Do a piece of the work; yield how much of it is done, 0..1."""
        for number, event in enumerate(self._events):
            self._take(event)
            if (number + 1) % at_a_time == 0:
                yield (number + 1) / len(self._events)
        if not self._events or self._end_s > self._events[-1].t_s:
            self._take(Tick(self._end_s))
        self._told(self._engine.finish(self._end_s), self._end_s)
        yield 1.0

    def timeline(self) -> Timeline:
        """Return what came of it, once all steps are done."""
        return Timeline(
            tuple(self._updates), tuple(self._told_s), self._end_s, tuple(self._stretches())
        )

    def _take(self, event: Event) -> None:
        self._told(self._engine.step(event), event.t_s)
        match event:
            case LinkLost(t_s, reason):
                if reason is not LinkReason.FINISHED and not self._open:
                    self._lost.append((t_s, None))
            case LinkUp(t_s) | Packet(t_s) if self._open:
                self._lost[-1] = (self._lost[-1][0], t_s)
            case _:
                pass

    @property
    def _open(self) -> bool:
        return bool(self._lost) and self._lost[-1][1] is None

    def _told(self, updates: list[Update], t_s: float) -> None:
        """Note updates; those of the practice were due before the event that brought them."""
        reached_s = self._told_s[-1] if self._told_s else 0.0
        for update in updates:
            if not isinstance(update, _OF_THE_HEART):
                reached_s = max(reached_s, min(update.t_s, t_s))
            else:
                reached_s = max(reached_s, t_s)
            self._updates.append(update)
            self._told_s.append(reached_s)

    def _stretches(self) -> list[Stretch]:
        found: list[Stretch] = []
        for update in self._updates:
            if isinstance(update, PhaseStarted | PracticeEnded):
                if found:
                    found[-1] = replace(found[-1], to_s=update.t_s)
                if isinstance(update, PhaseStarted):
                    found.append(Stretch(update.t_s, self._end_s, update.phase))
        found += [
            Stretch(from_s, self._end_s if to_s is None else to_s, None)
            for from_s, to_s in self._lost
        ]
        return sorted(found, key=lambda stretch: stretch.from_s)


def timeline(
    events: Sequence[Event],
    choices: Choices,
    duration_s: float | None = None,
    personal: Personal = NOTHING,
) -> Timeline:
    """Lay out a session at once; see `TimelineBuilder`."""
    builder = TimelineBuilder(events, choices, duration_s, personal)
    for _ in builder.steps():
        pass
    return builder.timeline()
