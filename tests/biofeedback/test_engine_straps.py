"""What a strap truly gives decides what is shown and summed up; what it sent is kept anyway."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from biofeedback.engine import Engine
from biofeedback.hrm import decode, encode
from biofeedback.ports import Clock, Guide, Source
from biofeedback.run import Outcome, practise, replay
from biofeedback.sessions.store import Store
from biofeedback.signals.calm import CalmAnswer
from biofeedback.types import (
    BeatsJudged,
    Choices,
    Event,
    HeartRateMeasurement,
    LinkUp,
    Metrics,
    Packet,
    PulseSeen,
    Strap,
    StrapKind,
    StrapRecognised,
    Update,
)
from devices.clock import VirtualClock
from devices.faults import Fault, FaultKind
from devices.simulator import SimulatedSource

Sensor = Callable[[HeartRateMeasurement], HeartRateMeasurement]

SHORT = Choices(length_s=280)
STARTED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def _as_measured(measured: HeartRateMeasurement) -> HeartRateMeasurement:
    return measured


def _filled(measured: HeartRateMeasurement) -> HeartRateMeasurement:
    return replace(measured, rr_ticks=(512,) * len(measured.rr_ticks))


def _reckoned(measured: HeartRateMeasurement) -> HeartRateMeasurement:
    if not measured.hr_bpm:
        return measured
    return replace(measured, rr_ticks=(round(61440 / measured.hr_bpm),))


def _alone(measured: HeartRateMeasurement) -> HeartRateMeasurement:
    return replace(measured, rr_ticks=())


class _Sensing:
    """A simulated heart under a sensor of another kind."""

    label = "sensor:"

    def __init__(self, clock: Clock, guide: Guide, sensor: Sensor, faults: tuple[Fault, ...]):
        self._source = SimulatedSource(clock, guide, seed=4, faults=faults)
        self._sensor = sensor

    async def events(self) -> AsyncIterator[Event]:
        async for event in self._source.events():
            if isinstance(event, Packet):
                measured = self._sensor(decode(event.payload))
                yield replace(event, payload=encode(measured))
            else:
                yield event


def _practise(
    sensor: Sensor,
    store: Store | None = None,
    *,
    faults: tuple[Fault, ...] = (),
    choices: Choices = SHORT,
) -> tuple[Outcome, list[Update]]:
    updates: list[Update] = []

    def opened(clock: Clock, guide: Guide) -> Source:
        return _Sensing(clock, guide, sensor, faults)

    async def main() -> Outcome:
        return await practise(
            choices=choices,
            open_source=opened,
            clock=VirtualClock(),
            store=store,
            sink=updates.append,
            inbox=asyncio.Queue(),
            started_at=STARTED_AT,
            ticking=False,
        )

    return asyncio.run(main()), updates


def _kinds(updates: list[Update]) -> list[StrapKind]:
    return [update.kind for update in updates if isinstance(update, StrapRecognised)]


UNTRUE = [
    pytest.param(_filled, StrapKind.FILLER, "untrue_rr", id="filler"),
    pytest.param(_reckoned, StrapKind.DERIVED, "untrue_rr", id="derived"),
    pytest.param(_alone, StrapKind.NONE, "no_rr", id="none"),
]


@pytest.mark.parametrize(("sensor", "kind", "reason"), UNTRUE)
def test_only_heart_rate_is_shown_once_the_strap_is_recognised(
    sensor: Sensor, kind: StrapKind, reason: str
) -> None:
    _, updates = _practise(sensor)
    assert _kinds(updates) == [kind]
    known = next(at for at, u in enumerate(updates) if isinstance(u, StrapRecognised))
    shown = [update for update in updates[known:] if isinstance(update, Metrics)]
    assert len(shown) > 100
    for metrics in shown:
        assert metrics.reason == reason
        assert metrics.hr_bpm is not None
        assert 40 < metrics.hr_bpm < 110
        assert (metrics.rmssd_ms, metrics.sdnn_ms, metrics.following) == (None, None, None)


@pytest.mark.parametrize(("sensor", "kind", "reason"), UNTRUE)
def test_its_session_is_summed_up_by_heart_rate_alone(
    sensor: Sensor, kind: StrapKind, reason: str
) -> None:
    del reason
    outcome, _ = _practise(sensor)
    summary = outcome.summary
    assert summary.strap_kind is kind
    assert summary.to_dict()["strap_kind"] == kind.value
    assert len(summary.phases) == 3
    for phase in summary.phases:
        assert phase.rmssd_ms is None
        assert phase.hr_bpm is not None
        assert 40 < phase.hr_bpm < 110
    assert summary.following is None
    assert summary.verdict is not None
    assert summary.verdict.answer is CalmAnswer.CANNOT_TELL
    assert summary.verdict.change_bpm is None
    assert 0 < len(summary.verdict.reason) <= 90


@pytest.mark.parametrize("sensor", [_as_measured, _filled, _reckoned, _alone])
def test_what_was_sent_is_kept_and_replays_to_the_last_bit(sensor: Sensor, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        outcome, live = _practise(sensor, store)
        assert outcome.session_id is not None
        info = store.session(outcome.session_id)
        events = store.events(info.id)
    packets = [event for event in events if isinstance(event, Packet)]
    assert len(packets) == outcome.summary.n_packets >= 275
    again, summary = replay(events, info.choices, info.duration_s)
    assert again == live
    assert summary == outcome.summary


def test_a_strap_that_measures_is_recognised_and_shown_in_full() -> None:
    outcome, updates = _practise(_as_measured)
    assert _kinds(updates) == [StrapKind.TRUE_RR]
    assert outcome.summary.strap_kind is StrapKind.TRUE_RR
    assert outcome.summary.following is not None
    assert all(phase.rmssd_ms is not None for phase in outcome.summary.phases)


def test_a_true_strap_that_is_taken_off_at_the_end_keeps_its_session() -> None:
    count = 0

    def off_at_last(measured: HeartRateMeasurement) -> HeartRateMeasurement:
        nonlocal count
        count += 1
        return measured if count < 230 else replace(measured, hr_bpm=60, rr_ticks=(1024,))

    outcome, updates = _practise(off_at_last)
    assert _kinds(updates) == [StrapKind.TRUE_RR, StrapKind.CONSTANT]
    assert outcome.summary.strap_kind is StrapKind.TRUE_RR
    assert outcome.summary.phases[0].rmssd_ms is not None


def test_a_true_strap_whose_intervals_stop_shows_heart_rate_and_stays_true() -> None:
    count = 0

    def stops(measured: HeartRateMeasurement) -> HeartRateMeasurement:
        nonlocal count
        count += 1
        return replace(measured, rr_ticks=()) if 100 <= count < 130 else measured

    outcome, updates = _practise(stops)
    assert _kinds(updates) == [StrapKind.TRUE_RR]
    shown = [u for u in updates if isinstance(u, Metrics) and 112 <= u.t_s < 129]
    assert len(shown) >= 15
    assert {metrics.reason for metrics in shown} == {"gap"}
    assert all(metrics.hr_bpm for metrics in shown)
    assert outcome.summary.strap_kind is StrapKind.TRUE_RR


def test_copies_of_packets_are_kept_but_make_no_beats() -> None:
    doubled = Fault(10.0, FaultKind.PACKETS_DOUBLED, 150.0)
    once, plain = _practise(_as_measured)
    twice, updates = _practise(_as_measured, faults=(doubled,))
    assert twice.summary.n_packets > once.summary.n_packets + 140
    assert twice.summary.n_beats == once.summary.n_beats
    assert _beats(updates) == _beats(plain)


def _beats(updates: list[Update]) -> list[int]:
    judged = [beat for u in updates if isinstance(u, BeatsJudged) for beat in u.beats]
    return [beat.rr_ticks for beat in judged]


def test_another_strap_is_looked_at_afresh_and_the_same_one_is_remembered() -> None:
    engine, chance = Engine(Choices()), random.Random(2)
    updates: list[Update] = []

    def wear(address: str, begin_s: int, *, steady: bool) -> None:
        updates.extend(engine.step(LinkUp(float(begin_s), Strap(address, "A strap"))))
        for t in range(1, 60):
            ticks = 700 if steady else 900 + chance.randrange(60)
            payload = encode(HeartRateMeasurement(66, (ticks,)))
            updates.extend(engine.step(Packet(float(begin_s + t), payload)))

    wear("AA", 0, steady=True)
    wear("AA", 100, steady=True)
    assert _kinds(updates) == [StrapKind.FILLER]
    wear("BB", 200, steady=False)
    assert _kinds(updates)[1:] == [StrapKind.UNKNOWN, StrapKind.TRUE_RR]


def test_a_copy_shows_the_pulse_and_nothing_more() -> None:
    engine = Engine(Choices())
    payload = encode(HeartRateMeasurement(60, (1024,)))
    for t in range(1, 8):
        first = engine.step(Packet(float(t), payload))
        copy = engine.step(Packet(t + 0.01, payload))
        assert any(isinstance(update, PulseSeen) and update.beats for update in first)
        assert copy == [PulseSeen(t + 0.01, 60, None, ())]
