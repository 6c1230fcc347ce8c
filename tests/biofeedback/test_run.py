"""The whole path on a real store: recorded first, replayed to the bit, closed after a crash."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from biofeedback.hrm import encode
from biofeedback.ports import Clock, Guide, Source
from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.run import Outcome, close_interrupted, practise, replay, summed_up
from biofeedback.sessions.info import Ended
from biofeedback.sessions.store import Store
from biofeedback.types import (
    Action,
    BreathPattern,
    Choices,
    Event,
    HeartRateMeasurement,
    LineShown,
    LinkLost,
    LinkReason,
    LinkUp,
    Marker,
    Metrics,
    Packet,
    PracticeEnded,
    RecordingProblem,
    Strap,
    Update,
)
from devices.clock import RealClock, VirtualClock
from devices.simulator import SimulatedSource
from tests.biofeedback.practice.test_personal import EVENING

STARTED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SHORT = Choices(length_s=90)


def _simulated(seed: int) -> Callable[[Clock, Guide], Source]:
    return lambda clock, guide: SimulatedSource(clock, guide, seed=seed)


class _Given:
    """A source whose events are given; the clock decides when."""

    label = "given:"

    def __init__(self, given: list[Event], clock: Clock) -> None:
        self._given = given
        self._clock = clock
        self.closed = False

    async def events(self) -> AsyncIterator[Event]:
        try:
            for event in self._given:
                await self._clock.sleep_until(event.t_s)
                yield event
        finally:
            self.closed = True


def _packets(seconds: int) -> list[Event]:
    payload = encode(HeartRateMeasurement(60, (1000,)))
    return [Packet(float(t), payload) for t in range(1, seconds + 1)]


def _practise(
    store: Store | None,
    open_source: Callable[[Clock, Guide], Source],
    choices: Choices = SHORT,
    does: list[tuple[Action, str]] | None = None,
    *,
    clock: Clock | None = None,
    end_with_source: bool = True,
    ticking: bool = False,
    personal: Personal = NOTHING,
) -> tuple[Outcome, list[Update]]:
    updates: list[Update] = []

    async def main() -> Outcome:
        inbox: asyncio.Queue[tuple[Action, str]] = asyncio.Queue()
        for action in does or []:
            inbox.put_nowait(action)
        return await practise(
            choices=choices,
            open_source=open_source,
            clock=clock or VirtualClock(),
            store=store,
            sink=updates.append,
            inbox=inbox,
            started_at=STARTED_AT,
            end_with_source=end_with_source,
            ticking=ticking,
            personal=personal,
        )

    return asyncio.run(main()), updates


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Store.open(tmp_path / "home") as opened:
        yield opened


def test_a_practice_runs_to_its_end_and_is_kept(store: Store) -> None:
    outcome, updates = _practise(store, _simulated(3))
    assert outcome.ended is Ended.COMPLETED
    assert outcome.session_id is not None
    info = store.session(outcome.session_id)
    assert info.ended is Ended.COMPLETED
    assert info.n_packets == outcome.summary.n_packets >= 85
    assert info.n_beats == outcome.summary.n_beats > 60
    assert info.summary == outcome.summary.to_dict()
    assert any(isinstance(update, PracticeEnded) for update in updates)


def test_where_the_clock_jumps_a_written_practice_comes_to_its_end(store: Store) -> None:
    choices = Choices(plan_id="ten_reframe", quiet_s=0.0, length_s=60.0)
    outcome, live = _practise(store, _simulated(3), choices=choices)
    assert outcome.ended is Ended.COMPLETED
    assert outcome.session_id is not None
    info = store.session(outcome.session_id)
    again, _ = replay(store.events(info.id), info.choices, info.duration_s)
    assert again == live


def test_a_recorded_session_replays_to_the_last_bit(store: Store) -> None:
    does = [(Action.PAUSE, ""), (Action.RESUME, ""), (Action.GUIDE, "light"), (Action.SKIP, "")]
    for seed in range(4):
        outcome, live = _practise(store, _simulated(seed), does=does[seed:])
        assert outcome.session_id is not None
        info = store.session(outcome.session_id)
        again, summary = replay(store.events(info.id), info.choices, info.duration_s)
        assert again == live
        assert summary == outcome.summary


def test_without_the_live_figures_all_else_is_told_the_same(store: Store) -> None:
    choices = Choices(length_s=240.0, adaptive=True)
    does = [(Action.PAUSE, ""), (Action.RESUME, ""), (Action.GUIDE, "light")]
    outcome, live = _practise(store, _simulated(4), choices, does)
    assert outcome.session_id is not None
    info = store.session(outcome.session_id)
    told: list[Update] = []
    events = store.events(info.id)
    summary = summed_up(events, info.choices, info.duration_s, sink=told.append)
    assert summary == outcome.summary
    assert any(isinstance(update, Metrics) for update in live)
    assert told == [update for update in live if not isinstance(update, Metrics)]


def test_a_session_with_words_of_ones_own_replays_without_their_file(tmp_path: Path) -> None:
    own, guide = NOTHING.with_guide("Mine", BreathPattern(4.0, 0.0, 5.0, 0.0))
    own = own.with_edit("en", "settle", "soft", "My breath.").with_hidden("kind", "side")
    own, _ = own.with_phrase("en", "kind", "May I be kind.")
    does = [(Action.SKIP, ""), (Action.GUIDE, guide.guide_id), (Action.PLAN, "evening")]
    own = own.with_plan(EVENING)
    with Store.open(tmp_path / "home") as store:
        outcome, live = _practise(store, _simulated(2), does=does, personal=own)
    with Store.open(tmp_path / "home") as store:
        assert outcome.session_id is not None
        info = store.session(outcome.session_id)
        events = store.events(info.id)
    assert any(
        isinstance(each, LineShown) and each.text == "A soft breath, if you like." for each in live
    )
    again, summary = replay(events, info.choices, info.duration_s, info.personal)
    assert again == live
    assert summary == outcome.summary


def test_with_time_told_by_a_running_clock_it_replays_to_the_last_bit_too(store: Store) -> None:
    outcome, live = _practise(
        store,
        _simulated(5),
        Choices(length_s=40),
        [(Action.GUIDE, "even")],
        clock=RealClock(speed=60.0),
        ticking=True,
    )
    assert outcome.session_id is not None
    info = store.session(outcome.session_id)
    again, summary = replay(store.events(info.id), info.choices, info.duration_s)
    assert again == live
    assert summary == outcome.summary


def test_the_same_seed_gives_the_same_bytes(store: Store) -> None:
    first, _ = _practise(store, _simulated(11))
    second, _ = _practise(store, _simulated(11))
    assert first.session_id is not None
    assert second.session_id is not None
    assert store.events(first.session_id) == store.events(second.session_id)
    assert first.summary == second.summary


def test_a_recording_that_ends_ends_the_session(store: Store) -> None:
    given = [*_packets(30), LinkLost(31.0, LinkReason.FINISHED)]
    outcome, _ = _practise(store, lambda clock, _: _Given(given, clock))
    assert outcome.ended is Ended.SOURCE_ENDED
    assert outcome.summary.n_packets == 30


def test_without_a_heart_the_practice_goes_on_to_its_end(store: Store) -> None:
    given = [*_packets(5), LinkLost(6.0, LinkReason.FINISHED)]
    outcome, _ = _practise(
        store,
        lambda clock, _: _Given(given, clock),
        Choices(length_s=20),
        clock=RealClock(speed=100.0),
        end_with_source=False,
        ticking=True,
    )
    assert outcome.ended is Ended.COMPLETED


def test_stop_is_instant_and_keeps_everything(store: Store) -> None:
    outcome, _ = _practise(store, _simulated(1), does=[(Action.STOP, "")])
    assert outcome.ended is Ended.STOPPED
    assert outcome.session_id is not None
    assert isinstance(store.events(outcome.session_id)[-1], Marker)


def test_an_unknown_choice_is_not_recorded(store: Store) -> None:
    outcome, _ = _practise(store, _simulated(1), does=[(Action.TOUCH, "nose")])
    assert outcome.session_id is not None
    assert not [e for e in store.events(outcome.session_id) if isinstance(e, Marker)]
    assert outcome.ended is Ended.COMPLETED


def test_the_source_is_closed_when_the_practice_ends() -> None:
    sources: list[_Given] = []

    def opened(clock: Clock, guide: Guide) -> Source:
        sources.append(_Given(_packets(500), clock))
        return sources[0]

    outcome, _ = _practise(None, opened, Choices(length_s=30))
    assert outcome.ended is Ended.COMPLETED
    assert outcome.session_id is None
    assert sources[0].closed


def test_cancelling_saves_it_as_stopped(store: Store) -> None:
    async def main() -> None:
        reached = asyncio.Event()

        def sink(update: Update) -> None:
            if update.t_s > 20:
                reached.set()

        task = asyncio.create_task(
            practise(
                choices=Choices(),
                open_source=_simulated(1),
                clock=VirtualClock(),
                store=store,
                sink=sink,
                inbox=asyncio.Queue(),
                started_at=STARTED_AT,
                ticking=False,
            )
        )
        waiting = asyncio.create_task(reached.wait())
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        assert not task.done(), task.exception()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    (info,) = store.sessions()
    assert info.ended is Ended.STOPPED
    assert info.n_packets is not None
    assert info.n_packets > 15


def test_an_interrupted_session_is_summed_up_at_the_next_start(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        recorder = store.begin(source="ble:", choices=Choices(), started_at=STARTED_AT)
        recorder.write(LinkUp(0.0, Strap("AA", "A strap")))
        for event in _packets(100):
            recorder.write(event)
    with Store.open(tmp_path) as store:
        (closed,) = close_interrupted(store)
        assert closed.ended is Ended.INTERRUPTED
        assert (closed.n_packets, closed.n_beats) == (100, 100)
        assert closed.duration_s == 100.0
        assert close_interrupted(store) == []


def test_a_summary_tells_the_phases_and_leaves_pauses_out(store: Store) -> None:
    outcome, _ = _practise(store, _simulated(2), Choices())
    phases = outcome.summary.phases
    assert [phase.name.value for phase in phases] == ["quiet_before", "guided", "quiet_after"]
    assert [(phase.start_s, phase.end_s) for phase in phases] == [
        (0.0, 60.0),
        (60.0, 360.0),
        (360.0, 420.0),
    ]
    for phase in phases:
        assert phase.hr_bpm is not None
        assert 40 < phase.hr_bpm < 110
    assert outcome.summary.following is not None
    assert outcome.summary.verdict is not None
    assert outcome.summary.verdict.change_bpm is not None


def test_a_disk_that_fails_leaves_the_practice_alone_and_catches_up(store: Store) -> None:
    connection = store._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]

    def opened(clock: Clock, guide: Guide) -> Source:
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")
        return SimulatedSource(clock, guide, seed=1)

    outcome, updates = _practise(store, opened, Choices(length_s=600))
    problems = [update.why for update in updates if isinstance(update, RecordingProblem)]
    assert problems
    assert "full" in problems[0].lower()
    assert outcome.summary.completed
    assert outcome.problem
