"""Run a practice: source, recorder, engine, listener. The window and the terminal share it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from biofeedback.engine import Engine
from biofeedback.ports import Clock, Guide, Recorder, Sink, Source
from biofeedback.practice.content import Content, ContentError, Line, load_content
from biofeedback.practice.feedback import kind_line
from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.info import Ended, SessionInfo
from biofeedback.sessions.kept_figures import Figures
from biofeedback.sessions.recorder import SessionRecorder
from biofeedback.sessions.reflection import Felt, Reflection
from biofeedback.sessions.store import Store
from biofeedback.sessions.summary import Summary, Tally
from biofeedback.signals.left_out import Span
from biofeedback.types import (
    Action,
    Choices,
    Event,
    LinkLost,
    LinkReason,
    Marker,
    RecordingProblem,
    Tick,
    Update,
)

TICK_S = 0.05
"""How often time alone is told to the engine, so that lines come on time without packets."""

TICK_LAG_S = 0.1
"""Ticks stay this much behind, so that what was stamped before them has come through."""

Inbox = asyncio.Queue[tuple[Action, str]]
"""What the person does, from the window or the keyboard."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a practice went.

    Attributes
    ----------
    session_id
        Its number in the store; None where nothing was kept.
    summary
        What it amounts to.
    ended
        How it ended.
    problem
        A sentence where something could not be kept; empty if all is on disk.
    said
        What the person said so far: how it felt before.
    n_kept
        How many sessions the store holds, this one among them; None where nothing was kept.
    """

    session_id: int | None
    summary: Summary
    ended: Ended
    problem: str = ""
    said: Reflection = field(default_factory=Reflection)
    n_kept: int | None = None

    def kind_line(self, content: Content) -> Line:
        """Return the kind sentence that fits what came of it and what was said."""
        verdict = self.summary.verdict
        return kind_line(
            verdict.answer.value if verdict else None,
            self.summary.facts(self.said, self.n_kept),
            content,
            turn=self.session_id or 0,
        )


async def practise(
    *,
    choices: Choices,
    open_source: Callable[[Clock, Guide], Source],
    clock: Clock,
    store: Store | None,
    sink: Sink,
    inbox: Inbox,
    started_at: datetime,
    felt_before: Felt | None = None,
    end_with_source: bool = False,
    ticking: bool = True,
    personal: Personal = NOTHING,
) -> Outcome:
    """Run one practice to its end, and keep it.

    Every event is on disk before the engine reads it. When the task is cancelled, the practice
    stops as if the person had stopped it, everything is saved, and the outcome is returned by
    the next call of the caller's choice: cancellation is not swallowed.

    Parameters
    ----------
    choices
        What the person chose.
    open_source
        Makes the source, given the clock and the breath guide.
    clock
        Session time.
    store
        Where it is kept; None keeps nothing.
    sink
        Is told every update, on this task.
    inbox
        What the person does.
    started_at
        The person's local time, with its offset from UTC.
    felt_before
        How it felt before; kept with the session's beginning. None if nobody asked.
    end_with_source
        End when the source has nothing more to give (a recording); otherwise the practice goes
        on without a heart.
    ticking
        Tell the engine the time between events. Not needed where the clock jumps; nobody can
        answer in time there, so lines that wait for the person go on by themselves.
    personal
        The person's own guides, words and plans; what is used of them is kept with the session.

    Raises
    ------
    StorageError
        If the session could not be begun. Later trouble with the disk is told to the sink and
        leaves the practice alone.
    ContentError
        If a choice is unknown.
    """
    if not ticking:
        choices = replace(choices, attended=False)
    content = load_content(choices.language)
    engine = Engine(choices, content.with_personal(personal))
    source = open_source(clock, engine.breath_at)
    recorder = None
    if store is not None:
        recorder = store.begin(
            source=source.label,
            choices=choices,
            started_at=started_at,
            felt_before=felt_before,
            personal=personal.used_by(choices.language),
        )
    session = _Session(engine, recorder, sink)
    stopped = False
    try:
        async with aclosing(_merged(source, inbox, clock, ticking=ticking)) as events:
            async for event in events:
                session.take(event)
                if engine.ended_s is not None or (end_with_source and _is_finished(event)):
                    break
    except asyncio.CancelledError:
        stopped = True
        raise
    finally:
        if stopped and engine.ended_s is None:
            session.take(Marker(max(clock.now_s(), session.reached_s), Action.STOP))
        session.close()
    return replace(
        session.outcome(),
        said=Reflection(before=felt_before),
        n_kept=_n_kept(store) if store is not None else None,
    )


def _n_kept(store: Store) -> int | None:
    try:
        return store.n_sessions()
    except StorageError:
        return None


class _Session:
    """One running session: what is recorded, stepped and told."""

    def __init__(self, engine: Engine, recorder: SessionRecorder | None, sink: Sink) -> None:
        self.reached_s = 0.0
        self._recorded_s = 0.0
        self._engine = engine
        self._recorder = recorder
        self._sink = sink
        self._tally = Tally()
        self._problem = ""
        self._ended = Ended.STOPPED
        self._summary: Summary | None = None

    def take(self, event: Event) -> None:
        """Record an event, then let the engine read it.

        Where this task was kept waiting so long that time has passed an event's stamp, the event
        gets the time that was reached: a replay then meets everything in the same order.
        """
        if event.t_s < self.reached_s:
            if isinstance(event, Tick):
                return
            event = replace(event, t_s=self.reached_s)
        if isinstance(event, Marker) and not self._makes_sense(event):
            return
        self.reached_s = event.t_s
        if not isinstance(event, Tick):
            self._recorded_s = event.t_s
            if self._recorder:
                self._record(self._recorder, event)
        for update in self._engine.step(event):
            self._tell(update)

    def _makes_sense(self, marker: Marker) -> bool:
        """Tell whether its choice is known: an unknown one, recorded, would stop every replay."""
        try:
            self._engine.check(marker)
        except ContentError:
            return False
        return True

    def _record(self, recorder: Recorder, event: Event) -> None:
        try:
            recorder.write(event)
        except StorageError as error:
            if str(error) != self._problem:
                self._problem = str(error)
                self._tell(RecordingProblem(event.t_s, self._problem))
        else:
            if self._problem:
                self._problem = ""
                self._tell(RecordingProblem(event.t_s, ""))

    def _tell(self, update: Update) -> None:
        self._tally.add(update)
        self._sink(update)

    def close(self) -> None:
        """Judge what is left, sum up, and close the session on disk."""
        end_s = max(self._recorded_s, self._engine.ended_s or 0.0)
        for update in self._engine.finish(end_s):
            self._tell(update)
        self._summary = summary = self._tally.summary(end_s)
        if summary.completed:
            self._ended = Ended.COMPLETED
        elif self._engine.ended_s is None:
            self._ended = Ended.SOURCE_ENDED
        if self._recorder is None:
            return
        try:
            self._recorder.finish(
                self._ended,
                duration_s=summary.duration_s,
                n_packets=summary.n_packets,
                n_beats=summary.n_beats,
                summary=summary.to_dict(),
                figures=Figures.from_summary(summary),
            )
            self._problem = ""
        except StorageError as error:
            self._problem = str(error)

    def outcome(self) -> Outcome:
        assert self._summary is not None
        session_id = self._recorder.session_id if self._recorder else None
        return Outcome(session_id, self._summary, self._ended, self._problem)


def _is_finished(event: Event) -> bool:
    return isinstance(event, LinkLost) and event.reason is LinkReason.FINISHED


async def _merged(
    source: Source, inbox: Inbox, clock: Clock, *, ticking: bool
) -> AsyncGenerator[Event, None]:
    """Yield the source's events, the person's actions and the time, as they come.

    The source is asked for its next event only when the one before it has been dealt with, so a
    simulated heart sees the guide as it is then.
    """
    events = source.events()
    waits: dict[str, asyncio.Task[Event | None]] = {}

    async def next_event() -> Event | None:
        return await anext(events, None)

    async def next_action() -> Event:
        action, value = await inbox.get()
        return Marker(clock.now_s(), action, value)

    async def next_tick() -> Event:
        await clock.sleep_until(clock.now_s() + TICK_S)
        return Tick(clock.now_s() - TICK_LAG_S)

    makers = {"event": next_event, "action": next_action}
    if ticking:
        makers["tick"] = next_tick
    try:
        while True:
            for name, maker in makers.items():
                if name not in waits:
                    waits[name] = asyncio.create_task(maker())
            await asyncio.wait(waits.values(), return_when=asyncio.FIRST_COMPLETED)
            # packets before actions before time: what was stamped first is told first
            for name in ("event", "action", "tick"):
                if name in waits and waits[name].done():
                    event = waits.pop(name).result()
                    if event is None:
                        del makers[name]
                        if not ticking:
                            return
                    else:
                        yield event
    finally:
        for task in waits.values():
            task.cancel()
        for task in waits.values():
            with suppress(asyncio.CancelledError):
                await task
        if hasattr(events, "aclose"):
            await events.aclose()


def replay(
    events: list[Event],
    choices: Choices,
    duration_s: float | None = None,
    personal: Personal = NOTHING,
    left_out: Sequence[Span] = (),
) -> tuple[list[Update], Summary]:
    """Run recorded events through a fresh engine: the same updates as live, to the last bit.

    Parameters
    ----------
    events
        As recorded.
    choices
        What was chosen when the session began.
    duration_s
        The session's length, which may end with time alone; None: it ends with its last event.
    personal
        What the session used of the person's own, as it was kept with it.
    left_out
        Stretches of session time that the summary leaves out; the updates tell them as well.
    """
    updates: list[Update] = []
    summary = summed_up(
        events, choices, duration_s, personal, left_out, sink=updates.append, live=True
    )
    return updates, summary


def summed_up(
    events: list[Event],
    choices: Choices,
    duration_s: float | None = None,
    personal: Personal = NOTHING,
    left_out: Sequence[Span] = (),
    *,
    sink: Sink | None = None,
    live: bool = False,
) -> Summary:
    """Return what recorded events amount to: the summary of `replay`, in half the time.

    Parameters
    ----------
    events, choices, duration_s, personal, left_out
        As in `replay`.
    sink
        Is told the updates.
    live
        Whether the live figures are among them.
    """
    content = load_content(choices.language).with_personal(personal)
    engine = Engine(choices, content, live=live)
    tally = Tally(left_out)

    def tell(updates: list[Update]) -> None:
        for update in updates:
            tally.add(update)
            if sink is not None:
                sink(update)

    for event in events:
        tell(engine.step(event))
    end_s = events[-1].t_s if events else 0.0
    if duration_s is not None and duration_s > end_s:
        end_s = duration_s
        tell(engine.step(Tick(end_s)))
    tell(engine.finish(end_s))
    return tally.summary(end_s)


def close_interrupted(store: Store) -> list[SessionInfo]:
    """Close the sessions that were interrupted (a crash, a power cut); return them.

    What had reached the disk is summed up; nothing of it is lost. One that can't be read is left
    as it is: it must not stop a person from practising.
    """
    closed = []
    for info in store.unfinished():
        try:
            left_out = store.left_out.spans(info.id)
            events = store.events(info.id)
            summary = summed_up(events, info.choices, None, info.personal, left_out)
        except (StorageError, ContentError):
            continue
        if store.close_interrupted(
            info.id,
            duration_s=summary.duration_s,
            n_packets=summary.n_packets,
            n_beats=summary.n_beats,
            summary=summary.to_dict(),
            figures=Figures.from_summary(summary),
        ):
            closed.append(store.session(info.id))
    return closed
