"""Steering a simulated heart: from any thread, within a second, and the same again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from biofeedback.hrm import decode
from biofeedback.pmd import AccFrame, decode_frame
from biofeedback.ports import Clock, Guide, Source
from biofeedback.run import practise, replay
from biofeedback.sessions.store import Store
from biofeedback.types import (
    BreathPhase,
    Choices,
    Event,
    LinkLost,
    LinkReason,
    LinkUp,
    Packet,
    SensorFrame,
    SensorStream,
    Update,
)
from devices.clock import RealClock, VirtualClock
from devices.heart import HeartTraits
from devices.opening import open_source
from devices.simulator import SimulatedSource
from devices.steering import MOST_TENSE, Steer, Steered, Steering, SteeringState


def resting(_t_s: float) -> BreathPhase | None:
    return None


def run(
    end_s: float,
    asked: Iterable[Steered] = (),
    *,
    steering: Steering | None = None,
    with_sensors: bool = False,
    traits: HeartTraits | None = None,
) -> list[Event]:
    steering = steering or Steering(asked)

    async def collect() -> list[Event]:
        events: list[Event] = []
        source = SimulatedSource(
            VirtualClock(), resting, 3, steering=steering, with_sensors=with_sensors, traits=traits
        )
        stream = source.events()
        async for event in stream:
            if event.t_s > end_s:
                break
            events.append(event)
        await stream.aclose()
        return events

    return asyncio.run(collect())


def mean_bpm(events: list[Event], start_s: float, end_s: float) -> float:
    ticks = [
        rr
        for event in events
        if isinstance(event, Packet) and start_s <= event.t_s < end_s
        for rr in decode(event.payload).rr_ticks
    ]
    return 60 * 1024 * len(ticks) / sum(ticks)


# ------------------------------------------------------------------------- what it does
@pytest.mark.parametrize(("steer", "change_bpm"), [(Steer.CALMER, -4.0), (Steer.TENSER, 4.0)])
def test_a_step_moves_the_rate_by_about_four_beats_a_minute(
    steer: Steer, change_bpm: float
) -> None:
    left_alone, steered = run(200), run(200, [Steered(60.0, steer)])
    assert [e for e in left_alone if e.t_s < 61] == [e for e in steered if e.t_s < 61]
    change = mean_bpm(steered, 120, 200) - mean_bpm(left_alone, 120, 200)
    assert change == pytest.approx(change_bpm, abs=0.5)


def test_a_tense_heart_swings_less_with_the_breath() -> None:
    person = HeartTraits(mayer_bpm=0.0, drift_bpm=0.0, jitter=0.0)

    def swing_ms(asked: list[Steered]) -> float:
        packets = [e for e in run(200, asked, traits=person) if isinstance(e, Packet)]
        rr = [ticks for p in packets if p.t_s > 100 for ticks in decode(p.payload).rr_ticks]
        return max(rr) / min(rr) - 1

    tense = [Steered(0.0, Steer.TENSER)] * 3
    assert swing_ms(tense) < 0.6 * swing_ms([])


def test_the_heart_goes_back_to_what_it_was() -> None:
    asked = [Steered(20.0, Steer.TENSER), Steered(21.0, Steer.TENSER), Steered(60, Steer.AS_IT_WAS)]
    change = mean_bpm(run(300, asked), 200, 300) - mean_bpm(run(300), 200, 300)
    assert abs(change) < 0.3


def test_tension_has_an_end_either_way() -> None:
    steering = Steering()
    for steer, most in ((Steer.TENSER, MOST_TENSE), (Steer.CALMER, -MOST_TENSE)):
        for _ in range(10):
            steering.steer(steer)
        assert steering.state.tension == most


def test_the_truth_knows_that_it_was_steered() -> None:
    async def truth() -> float:
        clock = VirtualClock()
        traits = HeartTraits(calm_bpm=0.0)
        source = SimulatedSource(
            clock, resting, traits=traits, steering=Steering([Steered(0.0, Steer.CALMER)])
        )
        stream = source.events()
        async for event in stream:
            if event.t_s > 100:
                break
        await stream.aclose()
        return source.calm_now_bpm

    assert asyncio.run(truth()) == pytest.approx(-4.0, abs=0.01)


def test_a_restless_strap_makes_rough_beats_and_loses_contact_now_and_then() -> None:
    asked = [Steered(30.0, Steer.STRAP_RESTLESS), Steered(90.0, Steer.STRAP_STILL)]
    events = run(150, asked)
    packets = [(e.t_s, decode(e.payload)) for e in events if isinstance(e, Packet)]
    without = {int(t_s) for t_s, m in packets if m.contact is False}
    assert without
    assert all(30 <= second <= 93 for second in without)

    def ratio_beyond(start_s: float, end_s: float) -> int:
        rr = [r for t_s, m in packets if start_s <= t_s < end_s for r in m.rr_ticks]
        return sum(not 0.7 < b / a < 1.4 for a, b in pairwise(rr))

    assert ratio_beyond(0, 30) == 0
    assert ratio_beyond(31, 90) > 10
    assert ratio_beyond(95, 150) == 0


def test_who_wears_a_restless_strap_moves() -> None:
    def spread_mg(asked: list[Steered]) -> float:
        frames = [
            decode_frame(event.payload)
            for event in run(60, asked, with_sensors=True)
            if isinstance(event, SensorFrame) and event.stream is SensorStream.ACC
        ]
        z = [mg[2] for f in frames if isinstance(f, AccFrame) for mg in f.samples_mg]
        return float(max(z) - min(z))

    assert spread_mg([Steered(5.0, Steer.STRAP_RESTLESS)]) > 2 * spread_mg([])


def test_a_lost_link_stays_lost_until_it_is_let_come_back() -> None:
    events = run(60, [Steered(20.0, Steer.LINK_LOST), Steered(41.0, Steer.LINK_BACK)])
    changes = [e for e in events if isinstance(e, LinkLost | LinkUp)]
    assert [type(change) for change in changes] == [LinkUp, LinkLost, LinkUp]
    assert changes[1] == LinkLost(20.0, LinkReason.DROPPED)
    assert changes[2].t_s == 41.0
    assert not any(isinstance(e, Packet) and 20 < e.t_s < 41 for e in events)


def test_asking_twice_changes_nothing_more() -> None:
    asked = [Steered(20.0 + i, Steer.LINK_LOST) for i in range(3)]
    asked += [Steered(30.0 + i, Steer.LINK_BACK) for i in range(3)]
    changes = [e.t_s for e in run(60, asked) if isinstance(e, LinkLost | LinkUp)]
    assert changes == [0.0, 20.0, 30.0]


# --------------------------------------------------------------------- threads and replay
def test_it_is_steered_from_another_thread_and_the_notes_repeat_it_byte_for_byte() -> None:
    steering = Steering()
    wishes = [Steer.TENSER, Steer.STRAP_RESTLESS, Steer.LINK_LOST, Steer.LINK_BACK, Steer.CALMER]
    turn = threading.Semaphore(0)

    def hand() -> None:
        for wish in wishes:
            turn.acquire()
            steering.steer(wish)

    async def live() -> list[Event]:
        events: list[Event] = []
        source = SimulatedSource(RealClock(400), resting, 3, steering=steering, with_sensors=True)
        stream = source.events()
        asked_at = [20.0, 12.0, 5.0]
        async for event in stream:
            if event.t_s > 60:
                break
            events.append(event)
            if asked_at and event.t_s > asked_at[-1]:
                asked_at.pop()
                turn.release()
            if isinstance(event, LinkLost):  # nothing more comes until its return is asked for
                turn.release(2)
        await stream.aclose()
        return events

    thread = threading.Thread(target=hand)
    thread.start()
    events = asyncio.run(live())
    thread.join(10)
    assert not thread.is_alive()
    assert [steered.steer for steered in steering.log] == wishes
    assert run(60, steering.log, with_sensors=True) == events


def test_what_was_asked_for_shows_at_once() -> None:
    steering = Steering()
    steering.steer(Steer.STRAP_RESTLESS)
    steering.steer(Steer.LINK_LOST)
    assert steering.state == SteeringState(strap_restless=True, link_lost=True)
    assert not steering.log
    steering.reach(7.0)
    assert steering.state == SteeringState(strap_restless=True, link_lost=True)
    assert steering.log == (Steered(7.0, Steer.STRAP_RESTLESS), Steered(7.0, Steer.LINK_LOST))


def test_a_heart_that_nobody_steers_is_the_heart_it_was() -> None:
    assert run(60) == run(60, steering=Steering())


def test_steering_happens_at_a_time_that_can_come() -> None:
    with pytest.raises(ValueError, match="finite"):
        Steered(float("nan"), Steer.CALMER)


def test_a_steered_practice_is_recorded_as_sent_and_replays_the_same(tmp_path: Path) -> None:
    script = [
        Steered(5.0, Steer.TENSER),
        Steered(12.0, Steer.LINK_LOST),
        Steered(20.0, Steer.LINK_BACK),
    ]
    choices = Choices(length_s=40)
    updates: list[Update] = []

    def opened(clock: Clock, guide: Guide) -> Source:
        return SimulatedSource(clock, guide, 3, with_sensors=True, steering=Steering(script))

    with Store.open(tmp_path / "home") as store:
        outcome = asyncio.run(
            practise(
                choices=choices,
                open_source=opened,
                clock=VirtualClock(),
                store=store,
                sink=updates.append,
                inbox=asyncio.Queue(),
                started_at=datetime(2026, 1, 2, tzinfo=UTC),
                ticking=False,
            )
        )
        assert outcome.session_id is not None
        stored = store.events(outcome.session_id)
    assert any(isinstance(event, SensorFrame) for event in stored)
    assert any(isinstance(event, LinkLost) and event.t_s == 12.0 for event in stored)
    again, summary = replay(stored, choices, outcome.summary.duration_s)
    assert again == updates
    assert summary == outcome.summary


def test_the_opener_hands_the_steering_on() -> None:
    steering = Steering()
    source = open_source("sim:4", VirtualClock(), resting, steering=steering)
    assert isinstance(source, SimulatedSource)
    assert source.steering is steering


# ------------------------------------------------------------------------------- sensors
def test_with_sensors_the_packets_are_the_same_and_frames_come_in_order() -> None:
    plain, rich = run(60), run(60, with_sensors=True)
    packets = [e for e in rich if isinstance(e, Packet)]
    assert [p.payload for p in packets] == [e.payload for e in plain if isinstance(e, Packet)]
    times = [event.t_s for event in rich]
    assert times == sorted(times)
    streams = {e.stream for e in rich if isinstance(e, SensorFrame)}
    assert streams == {SensorStream.ECG, SensorStream.ACC}


def test_no_frame_comes_much_later_than_it_was_due() -> None:
    async def watch() -> float:
        clock = VirtualClock()
        late_s = 0.0
        stream = SimulatedSource(clock, resting, 3, with_sensors=True).events()
        async for event in stream:
            late_s = max(late_s, clock.now_s() - event.t_s)
            if event.t_s > 30:
                break
        await stream.aclose()
        return late_s

    assert asyncio.run(watch()) < 0.1


def test_a_lost_link_brings_no_frames() -> None:
    asked = [Steered(20.0, Steer.LINK_LOST), Steered(30.0, Steer.LINK_BACK)]
    events = run(40, asked, with_sensors=True)
    assert not any(isinstance(e, Packet | SensorFrame) and 20 < e.t_s < 30 for e in events)
    assert any(isinstance(e, SensorFrame) and e.t_s > 30 for e in events)
