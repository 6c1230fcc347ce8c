"""A recorded session at any moment: exactly what a replay up to it tells."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.engine import Engine
from biofeedback.run import practise, replay
from biofeedback.timeline import Timeline, TimelineBuilder, timeline
from biofeedback.types import (
    Action,
    BeatsJudged,
    Choices,
    Event,
    LinkLost,
    LinkReason,
    LinkUp,
    Marker,
    Packet,
    PhaseName,
    Tick,
    Update,
)
from devices.clock import VirtualClock
from devices.faults import Fault, FaultKind
from devices.simulator import SimulatedSource

CHOICES = replace(Choices(), quiet_s=20.0, length_s=120.0)
LENGTH_S = 120.0


def recorded() -> list[Event]:
    """A practice with a lost link, and a person who pauses, goes on and changes the guide."""
    engine = Engine(CHOICES)
    faults = [Fault(50.0, FaultKind.LINK_DROPPED, 9.0), Fault(80.0, FaultKind.ECTOPIC)]
    source = SimulatedSource(VirtualClock(), engine.breath_at, 3, faults=faults)
    does = [
        Marker(30.0, Action.PAUSE),
        Marker(36.5, Action.RESUME),
        Marker(66.2, Action.GUIDE, "light"),
        Marker(70.1, Action.NEXT_LINE),
    ]
    events: list[Event] = []

    async def run() -> None:
        async for event in source.events():
            while does and does[0].t_s <= event.t_s:
                events.append(does.pop(0))
                engine.step(events[-1])
            if event.t_s > LENGTH_S:
                return
            events.append(event)
            engine.step(event)

    asyncio.run(run())
    return events


EVENTS = recorded()
WHOLE = timeline(EVENTS, CHOICES, LENGTH_S)


def replayed_until(t_s: float) -> list[Update]:
    """What an engine tells that is stopped at ``t_s``."""
    engine = Engine(CHOICES)
    updates: list[Update] = []
    for event in EVENTS:
        if event.t_s > t_s:
            break
        updates += engine.step(event)
    return updates + engine.step(Tick(t_s))


@settings(max_examples=60, deadline=None)
@given(t_s=st.floats(0.0, LENGTH_S - 0.001))
def test_any_moment_is_what_a_replay_up_to_it_tells(t_s: float) -> None:
    assert list(WHOLE.until(t_s)) == replayed_until(t_s)


def test_every_moment_at_which_something_is_told_is_what_a_replay_tells() -> None:
    for t_s in sorted(set(WHOLE.told_s))[::7]:
        if t_s < WHOLE.duration_s:
            assert list(WHOLE.until(t_s)) == replayed_until(t_s)


def test_the_end_is_the_whole_replay() -> None:
    again, _ = replay(EVENTS, CHOICES, LENGTH_S)
    assert list(WHOLE.until(WHOLE.duration_s)) == again
    assert list(WHOLE.told_s) == sorted(WHOLE.told_s)


def test_what_is_shown_leaves_out_old_news_of_the_heart_alone() -> None:
    shown = WHOLE.to_show(100.0)
    assert shown == list(WHOLE.until(100.0))  # nothing of it is old
    later = Timeline(
        WHOLE.updates, tuple(t_s * 20 for t_s in WHOLE.told_s), LENGTH_S * 20, WHOLE.stretches
    )
    kept = later.to_show(2000.0)
    old = [u for u, told_s in zip(later.updates, later.told_s, strict=True) if told_s <= 1400.0]
    assert [u for u in old if not isinstance(u, BeatsJudged)]
    assert sum(isinstance(u, BeatsJudged) for u in kept) < sum(
        isinstance(u, BeatsJudged) for u in later.until(2000.0)
    )


def test_phases_and_lost_links_have_their_stretches() -> None:
    phases = [stretch for stretch in WHOLE.stretches if stretch.phase is not None]
    assert [stretch.phase for stretch in phases] == [
        PhaseName.QUIET_BEFORE,
        PhaseName.GUIDED,
        *([PhaseName.QUIET_AFTER] if len(phases) == 3 else []),
    ]
    for before, after in pairwise(phases):
        assert before.to_s == after.from_s
    (lost,) = [stretch for stretch in WHOLE.stretches if stretch.phase is None]
    assert lost.from_s == pytest.approx(50.0, abs=0.1)
    assert lost.to_s == pytest.approx(59.0, abs=0.2)


def test_a_long_session_is_laid_out_piece_by_piece() -> None:
    builder = TimelineBuilder(EVENTS, CHOICES, LENGTH_S)
    parts = list(builder.steps(at_a_time=10))
    assert parts == sorted(parts)
    assert len(parts) > 10
    assert parts[-1] == 1.0
    assert builder.timeline() == WHOLE


def test_nothing_at_all_is_a_timeline_too() -> None:
    assert timeline([], CHOICES, 0.0).duration_s == 0.0
    only = [LinkUp(0.0, next(e.strap for e in EVENTS if isinstance(e, LinkUp)))]
    assert timeline([*only, LinkLost(1.0, LinkReason.FINISHED)], CHOICES).duration_s == 1.0


def test_a_session_that_was_recorded_live_is_laid_out_as_it_was_told() -> None:
    told: list[Update] = []
    events: list[Event] = []

    class Spy(SimulatedSource):
        async def events(self):  # type: ignore[no-untyped-def]
            async for event in super().events():
                events.append(event)
                yield event

    async def run() -> float:
        outcome = await practise(
            choices=CHOICES,
            open_source=lambda clock, guide: Spy(clock, guide, 5),
            clock=VirtualClock(),
            store=None,
            sink=told.append,
            inbox=asyncio.Queue(),
            started_at=datetime(2026, 1, 2, tzinfo=UTC),
        )
        return outcome.summary.duration_s

    duration_s = asyncio.run(run())
    events = [event for event in events if event.t_s <= duration_s]
    assert list(timeline(events, CHOICES, duration_s).updates) == told
    assert any(isinstance(event, Packet) for event in events)
