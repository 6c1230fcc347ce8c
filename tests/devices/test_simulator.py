"""The simulated strap: real packets, on time, the same for the same seed."""

from __future__ import annotations

import asyncio
import math
import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest

from biofeedback.hrm import decode
from biofeedback.ports import Clock, Source
from biofeedback.practice.breath import phase_at
from biofeedback.types import (
    BreathPattern,
    BreathPhase,
    BreathSegment,
    Event,
    HeartRateMeasurement,
    LinkLost,
    LinkReason,
    LinkUp,
    Packet,
    Strap,
)
from devices.clock import RealClock, VirtualClock
from devices.faults import Fault, FaultKind
from devices.heart import Heart, HeartTraits
from devices.simulator import SimulatedSource

SEGMENT = BreathSegment(20.0, BreathPattern(4.5, 0.0, 5.5, 0.0))


def guide(t_s: float) -> BreathPhase | None:
    return phase_at(SEGMENT, t_s) if 20 <= t_s < 100 else None


def resting(_t_s: float) -> BreathPhase | None:
    return None


async def until(source: Source, end_s: float) -> list[Event]:
    events: list[Event] = []
    stream = source.events()
    async for event in stream:
        if event.t_s > end_s:
            break
        events.append(event)
    await stream.aclose()  # type: ignore[attr-defined]
    return events


def run(
    end_s: float,
    *,
    seed: int = 1,
    clock: Clock | None = None,
    guide: Callable[[float], BreathPhase | None] = guide,
    faults: Iterable[Fault] = (),
) -> list[Event]:
    source = SimulatedSource(clock or VirtualClock(), guide, seed, faults=faults)
    return asyncio.run(until(source, end_s))


def measured(events: Iterable[Event]) -> list[HeartRateMeasurement]:
    return [decode(event.payload) for event in events if isinstance(event, Packet)]


def sent_ticks(events: Iterable[Event]) -> list[int]:
    return [ticks for measurement in measured(events) for ticks in measurement.rr_ticks]


def beaten_ticks(seed: int, end_s: float) -> list[int]:
    return [beat.rr_ticks for beat in Heart(seed).advance(end_s, guide)]


# ----------------------------------------------------------------------------- the stream
def test_it_connects_first_as_a_strap_with_a_name_a_place_and_a_charge() -> None:
    strap = Strap("sim:", "Simulated heart", battery_pct=100, location="chest")
    assert run(3)[0] == LinkUp(0.0, strap)


def test_then_a_packet_comes_about_every_second() -> None:
    packets = [event for event in run(60) if isinstance(event, Packet)]
    assert len(packets) == 59
    for second, packet in enumerate(packets, start=1):
        assert 0.01 < packet.t_s - second < 0.1


def test_every_beat_of_the_heart_is_sent_once_and_in_order() -> None:
    assert sent_ticks(run(120.2)) == beaten_ticks(1, 120)


def test_heart_rate_is_a_smoothed_one_and_contact_is_told() -> None:
    measurements = measured(run(60))
    assert all(measurement.contact for measurement in measurements)
    for measurement in measurements[5:]:
        assert 40 < measurement.hr_bpm < 110
    recent = sent_ticks(run(60.5))[-5:]
    assert measurements[-1].hr_bpm == pytest.approx(60 * 1024 * 5 / sum(recent), abs=6)


def test_the_same_seed_and_guide_give_the_same_bytes() -> None:
    assert run(120, seed=9) == run(120, seed=9)
    assert run(120, seed=9) != run(120, seed=10)


def test_a_guide_makes_a_difference_only_from_its_start() -> None:
    with_guide, without = run(60), run(60, guide=resting)
    assert [e for e in with_guide if e.t_s < 19] == [e for e in without if e.t_s < 19]
    assert with_guide != without


def test_the_bytes_do_not_depend_on_the_clock() -> None:
    assert run(20, clock=RealClock(200)) == run(20)


def test_the_guide_is_never_asked_for_a_time_that_has_not_come() -> None:
    clock = VirtualClock()
    asked: list[tuple[float, float]] = []

    def watching(t_s: float) -> BreathPhase | None:
        asked.append((t_s, clock.now_s()))
        return guide(t_s)

    run(30, clock=clock, guide=watching)
    assert len(asked) > 900
    assert all(t_s <= now_s for t_s, now_s in asked)
    assert all(earlier < later for (earlier, _), (later, _) in pairwise(asked))


def test_nothing_is_sent_before_its_time() -> None:
    clock = VirtualClock()

    async def watch() -> None:
        stream = SimulatedSource(clock, guide).events()
        async for event in stream:
            assert event.t_s <= clock.now_s()
            if event.t_s > 30:
                break
        await stream.aclose()

    asyncio.run(watch())


def test_a_source_that_is_opened_late_begins_there() -> None:
    clock = VirtualClock()

    async def late() -> list[Event]:
        await clock.sleep_until(30.7)
        return await until(SimulatedSource(clock, guide), 40)

    events = asyncio.run(late())
    assert isinstance(events[0], LinkUp)
    assert events[0].t_s == 30.0
    assert 31 < events[1].t_s < 31.1
    assert len(events) == 10


def test_it_can_be_opened_again() -> None:
    async def twice() -> tuple[list[Event], list[Event]]:
        first = await until(SimulatedSource(VirtualClock(), guide, 4), 10)
        return first, await until(SimulatedSource(VirtualClock(), guide, 4), 10)

    first, second = asyncio.run(twice())
    assert first == second


@pytest.mark.parametrize(("seed", "label"), [(1, "sim:"), (7, "sim:7"), (-3, "sim:-3")])
def test_the_label_opens_it_again(seed: int, label: str) -> None:
    assert SimulatedSource(VirtualClock(), guide, seed).label == label


def test_the_truth_can_be_asked_for() -> None:
    source = SimulatedSource(VirtualClock(), guide, 3)
    assert source.traits == HeartTraits.draw(3)
    assert source.calm_now_bpm == 0.0
    asyncio.run(until(source, 100))
    assert source.calm_now_bpm != 0.0
    assert math.copysign(1, source.calm_now_bpm) == math.copysign(1, source.traits.calm_bpm)


def test_neither_bleak_nor_qt_nor_scipy_is_imported_for_it() -> None:
    code = (
        "import sys, devices.simulator; "
        "print([m for m in ('bleak', 'PySide6', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# -------------------------------------------------------------------------------- faults
def times(events: Iterable[Event], kind: type[Event] = Packet) -> list[int]:
    return [math.floor(event.t_s) for event in events if isinstance(event, kind)]


def test_off_the_skin_heart_rate_is_zero_and_there_are_no_intervals() -> None:
    events = run(20, faults=[Fault(8.0, FaultKind.CONTACT_LOST, 4.0)])
    packets = dict(zip(times(events), measured(events), strict=True))
    for second in range(8, 12):
        assert packets[second] == HeartRateMeasurement(0, (), contact=False)
    assert packets[7].contact
    assert packets[15].contact
    assert packets[15].hr_bpm > 40


def test_no_interval_reaches_over_the_time_off_the_skin() -> None:
    events = run(20, faults=[Fault(8.0, FaultKind.CONTACT_LOST, 4.0)])
    seen = [
        beat.rr_ticks
        for beat in Heart(1).advance(19, guide)
        if beat.t_s <= 7 or beat.t_s - beat.rr_ticks / 1024 >= 12
    ]
    assert sent_ticks(events) == seen


def test_lost_packets_take_their_beats_with_them() -> None:
    events = run(20, faults=[Fault(8.0, FaultKind.PACKETS_LOST, 3.0)])
    assert times(events) == [*range(1, 8), *range(11, 20)]
    lost = [b.rr_ticks for b in Heart(1).advance(10, guide) if b.t_s > 7]
    assert len(lost) >= 2
    assert len(sent_ticks(events)) + len(lost) == len(beaten_ticks(1, 19))


def test_late_packets_come_all_at_once_and_nothing_is_lost() -> None:
    events = run(20, faults=[Fault(8.0, FaultKind.PACKETS_LATE, 3.5)])
    arrived = [event.t_s for event in events]
    assert sum(11.5 <= t_s < 11.6 for t_s in arrived) == 4
    assert not any(8.0 <= t_s < 11.5 for t_s in arrived)
    assert arrived == sorted(arrived)
    assert sent_ticks(events) == beaten_ticks(1, 19)


def test_a_doubled_packet_is_the_same_one_again() -> None:
    events = run(20, faults=[Fault(8.0, FaultKind.PACKETS_DOUBLED)])
    packets = [event for event in events if isinstance(event, Packet)]
    again = [(a, b) for a, b in pairwise(packets) if b.t_s - a.t_s < 0.5]
    assert len(again) == 1
    assert again[0][0].payload == again[0][1].payload
    assert again[0][0].t_s < again[0][1].t_s


def test_a_dropped_link_says_so_and_comes_back() -> None:
    events = run(20, faults=[Fault(8.5, FaultKind.LINK_DROPPED, 4.0)])
    changes = [event for event in events if isinstance(event, LinkLost | LinkUp)]
    assert changes[1] == LinkLost(8.5, LinkReason.DROPPED)
    assert isinstance(changes[2], LinkUp)
    assert changes[2].t_s == 12.5
    assert len(changes) == 3
    assert times(events) == [*range(1, 9), *range(13, 20)]


def test_links_that_drop_within_each_other_come_back_once() -> None:
    faults = [Fault(8.5, FaultKind.LINK_DROPPED, 4.0), Fault(9.0, FaultKind.LINK_DROPPED, 6.0)]
    changes = [e for e in run(20, faults=faults) if isinstance(e, LinkLost | LinkUp)]
    assert [event.t_s for event in changes] == [0.0, 8.5, 15.0]


def test_a_charge_is_told_with_the_next_connection() -> None:
    faults = [
        Fault(0.0, FaultKind.BATTERY, battery_pct=40),
        Fault(5.0, FaultKind.BATTERY, battery_pct=9),
        Fault(8.5, FaultKind.LINK_DROPPED, 2.0),
    ]
    straps = [e.strap.battery_pct for e in run(20, faults=faults) if isinstance(e, LinkUp)]
    assert straps == [40, 9]


def test_events_stay_in_order_whatever_goes_wrong() -> None:
    kinds = list(FaultKind)
    faults = [Fault(3.0 + 1.7 * i, kinds[i % len(kinds)], 0.9 * (i % 5)) for i in range(40)]
    events = run(90, faults=faults)
    arrived = [event.t_s for event in events]
    assert all(a < b for a, b in pairwise(arrived))
    assert all(isinstance(t_s, float) for t_s in arrived)
    assert times(events)[-1] >= 88


def test_faults_of_the_heart_reach_the_packets() -> None:
    clean, faulty = (
        sent_ticks(run(20, faults=faults)) for faults in ((), [Fault(8.0, FaultKind.MISSED)])
    )
    assert len(clean) == len(faulty) + 1
    assert sum(clean) == sum(faulty)


def test_a_link_that_drops_at_150_s_as_some_straps_do_comes_back() -> None:
    events = run(200, faults=[Fault(150.0, FaultKind.LINK_DROPPED, 3.0)])
    changes = [event for event in events if isinstance(event, LinkLost | LinkUp)]
    assert [event.t_s for event in changes] == [0.0, 150.0, 153.0]
    assert times(events)[-1] == 199
