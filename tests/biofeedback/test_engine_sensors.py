"""A strap's ECG and accelerometer through the engine: recorded raw, told as updates, replayed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from biofeedback.engine import Engine
from biofeedback.pmd import EcgFrame, decode_frame
from biofeedback.run import Outcome, practise, replay
from biofeedback.sensing import ChestBreath, EcgSamples, RrChecked
from biofeedback.sessions.store import Store
from biofeedback.types import (
    Choices,
    Event,
    LinkLost,
    LinkReason,
    LinkUp,
    Packet,
    SensorFrame,
    SensorStream,
    Strap,
    Update,
)
from devices.clock import VirtualClock
from devices.opening import open_source
from devices.replay import ReplaySource

CHOICES = replace(Choices(), guide_id="ease", quiet_s=5.0, length_s=150.0)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Event], list[Update], Outcome]:
    """A practice with a simulated H10: what was recorded, and what was told."""
    told: list[Update] = []

    async def run(store: Store) -> Outcome:
        return await practise(
            choices=CHOICES,
            open_source=lambda clock, guide: open_source("sim:7", clock, guide, with_sensors=True),
            clock=VirtualClock(),
            store=store,
            sink=told.append,
            inbox=asyncio.Queue(),
            started_at=datetime(2026, 1, 2, tzinfo=UTC),
        )

    folder: Path = tmp_path_factory.mktemp("kept")
    with Store.open(folder) as store:
        outcome = asyncio.run(run(store))
        assert outcome.session_id is not None
        return store.events(outcome.session_id), told, outcome


def test_frames_are_recorded_as_they_were_sent(
    kept: tuple[list[Event], list[Update], Outcome],
) -> None:
    frames = [event for event in kept[0] if isinstance(event, SensorFrame)]
    ecg = [frame for frame in frames if frame.stream is SensorStream.ECG]
    assert 140 * 130 < sum(len(_uv(frame)) for frame in ecg) < 151 * 130
    assert any(frame.stream is SensorStream.ACC for frame in frames)
    told = [update for update in kept[1] if isinstance(update, EcgSamples)]
    assert [update.uv for update in told] == [_uv(frame) for frame in ecg]


def _uv(frame: SensorFrame) -> tuple[int, ...]:
    read = decode_frame(frame.payload)
    assert isinstance(read, EcgFrame)
    return read.samples_uv


def test_a_replay_tells_the_same_to_the_last_bit(
    kept: tuple[list[Event], list[Update], Outcome],
) -> None:
    events, told, outcome = kept
    again, _ = replay(events, CHOICES, outcome.summary.duration_s)
    assert again == told


def test_the_breath_is_felt_and_goes_with_the_guide(
    kept: tuple[list[Event], list[Update], Outcome],
) -> None:
    looks = [update for update in kept[1] if isinstance(update, ChestBreath)]
    assert looks[0].rate_per_min is None  # too little to say
    agreed = [look.agreement for look in looks if look.agreement is not None]
    assert agreed
    late = looks[-30]
    assert late.rate_per_min == pytest.approx(6.0, abs=0.7)
    assert late.phase_cycles is not None


def test_the_strap_s_intervals_agree_with_its_ecg(
    kept: tuple[list[Event], list[Update], Outcome],
) -> None:
    pytest.importorskip("sleepecg")
    checks = [update.check for update in kept[1] if isinstance(update, RrChecked)]
    assert len(checks) >= 7
    assert checks[-1] is not None
    assert checks[-1].agreement > 0.95


def test_a_lost_link_joins_no_samples_across_it(
    kept: tuple[list[Event], list[Update], Outcome],
) -> None:
    events = list(kept[0])
    middle = next(i for i, event in enumerate(events) if event.t_s > 70)
    strap = next(event.strap for event in events if isinstance(event, LinkUp))
    t_s = events[middle].t_s
    lost: list[Event] = [LinkLost(t_s, LinkReason.DROPPED), LinkUp(t_s, strap)]
    told, _ = replay(events[:middle] + lost + events[middle:], CHOICES)
    after = [u for u in told if isinstance(u, EcgSamples) and u.t_s >= t_s]
    assert after[0].starts
    looks = [u for u in told if isinstance(u, ChestBreath) and t_s + 5 < u.t_s < t_s + 28]
    assert looks
    assert {look.reason for look in looks} == {"short"}


def test_without_the_detector_everything_else_goes_on(
    kept: tuple[list[Event], list[Update], Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    from biofeedback.signals import sensor_watch
    from biofeedback.signals.ecg_peaks import NoDetectorError

    def none() -> None:
        raise NoDetectorError("not installed")

    monkeypatch.setattr(sensor_watch, "sleepecg_detector", none)
    told, _ = replay(kept[0], CHOICES)
    assert not any(isinstance(update, RrChecked) for update in told)
    assert any(isinstance(update, ChestBreath) for update in told)


def test_frames_that_cannot_be_read_do_no_harm() -> None:
    engine = Engine(CHOICES)
    engine.step(LinkUp(0.0, Strap("F0", "Belt")))
    for stream in SensorStream:
        for payload in (b"", b"\0", b"\0" * 10, b"\2" + b"\xff" * 40, b"\0" * 11):
            assert engine.step(SensorFrame(1.0, stream, payload)) == []


def test_a_recorded_session_sends_its_frames_again(
    kept: tuple[list[Event], list[Update], Outcome],
) -> None:
    async def sent() -> list[Event]:
        source = ReplaySource.from_events(kept[0], VirtualClock(), "replay:1")
        return [event async for event in source.events()]

    kinds = Packet | SensorFrame
    assert [event for event in asyncio.run(sent()) if isinstance(event, kinds)] == [
        event for event in kept[0] if isinstance(event, kinds)
    ]
