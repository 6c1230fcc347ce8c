"""Sessions to look back at, made by the engine from a simulated heart, in no time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import lru_cache

from biofeedback.engine import Engine
from biofeedback.looking_back.opened import Opened, open_session
from biofeedback.timeline import Timeline, timeline
from biofeedback.types import Action, Choices, Event, Marker
from devices.clock import VirtualClock
from devices.faults import Fault, FaultKind
from devices.simulator import SimulatedSource

CHOICES = Choices()
LENGTH_S = 420.0

PAUSE = (Marker(80.0, Action.PAUSE), Marker(96.5, Action.RESUME))
FAULTS = (
    Fault(120.0, FaultKind.ECTOPIC),
    Fault(260.0, FaultKind.LINK_DROPPED, 9.0),
)


def recorded(
    choices: Choices = CHOICES,
    seed: int = 3,
    faults: Sequence[Fault] = (),
    does: Sequence[Marker] = (),
    length_s: float = LENGTH_S,
) -> list[Event]:
    """Return the events of a practice with what the person does in it."""
    engine = Engine(choices)
    source = SimulatedSource(VirtualClock(), engine.breath_at, seed, faults=list(faults))
    waiting = list(does)
    events: list[Event] = []

    async def run() -> None:
        async for event in source.events():
            while waiting and waiting[0].t_s <= event.t_s:
                events.append(waiting.pop(0))
                engine.step(events[-1])
            if event.t_s > length_s:
                return
            events.append(event)
            engine.step(event)

    asyncio.run(run())
    return events


@lru_cache(maxsize=8)
def laid_out(
    choices: Choices = CHOICES,
    seed: int = 3,
    faults: tuple[Fault, ...] = (),
    does: tuple[Marker, ...] = (),
    length_s: float = LENGTH_S,
) -> Timeline:
    """Return the timeline of such a practice."""
    return timeline(recorded(choices, seed, faults, does, length_s), choices, length_s)


@lru_cache(maxsize=8)
def smooth() -> Opened:
    """Return a practice in which all went well."""
    return open_session(laid_out())


@lru_cache(maxsize=8)
def rough() -> Opened:
    """Return one with an odd beat, a lost link and a pause."""
    return open_session(laid_out(faults=FAULTS, does=PAUSE))
