"""Recordings sent again: nothing lost, nothing doubled, and the end is told."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.hrm import MAX_RR_PER_PACKET, decode
from biofeedback.sessions.as_sent import UNKNOWN_GAP_S
from biofeedback.types import (
    Action,
    Event,
    LinkLost,
    LinkReason,
    LinkUp,
    Marker,
    Packet,
    Strap,
    Tick,
)
from devices.clock import VirtualClock
from devices.replay import ReplaySource

STRAP = Strap("AA:BB", "A strap")


def play(source: ReplaySource) -> list[Event]:
    async def collect() -> list[Event]:
        return [event async for event in source.events()]

    return asyncio.run(collect())


def replayed(rr_ms: Iterable[float], **told: object) -> list[Event]:
    return play(
        ReplaySource.from_rr(list(rr_ms), VirtualClock(), "replay:x", **told)  # type: ignore[arg-type]
    )


def ticks_of(events: Iterable[Event]) -> list[int]:
    return [
        ticks
        for event in events
        if isinstance(event, Packet)
        for ticks in decode(event.payload).rr_ticks
    ]


# ------------------------------------------------------------------------- from intervals
@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(
                st.floats(300, 2000),
                st.sampled_from(
                    [0.0, -5.0, 0.1, 1.0, 40.0, 20000.0, 64000.0, math.nan, math.inf, 2.0**32]
                ),
            ),
            st.booleans(),
        ),
        max_size=60,
    ),
    st.booleans(),
)
def test_every_interval_comes_back_in_order_nothing_lost_nothing_doubled(
    intervals: list[tuple[float, bool]], timed: bool
) -> None:
    rr_ms = [rr for rr, _ in intervals]
    starts = [start for _, start in intervals]
    t_s = list(np.cumsum(np.nan_to_num(rr_ms, nan=0, posinf=0)) / 1000) if timed else None
    source = ReplaySource.from_rr(rr_ms, VirtualClock(), "replay:x", starts=starts, t_s=t_s)
    events = play(source)
    fitting = [
        round(rr * 1.024) for rr in rr_ms if math.isfinite(rr) and 1 <= round(rr * 1.024) <= 65535
    ]
    assert ticks_of(events) == fitting
    assert source.left_out == len(rr_ms) - len(fitting)
    assert isinstance(events[0], LinkUp)
    assert isinstance(events[-1], LinkLost)
    assert events[-1].reason is LinkReason.FINISHED
    assert all(a.t_s <= b.t_s for a, b in pairwise(events))


def test_packets_come_once_a_second_with_the_beats_since_the_last() -> None:
    events = replayed([800.0] * 100)
    packets = [event for event in events if isinstance(event, Packet)]
    assert [packet.t_s for packet in packets] == [float(second) for second in range(1, 81)]
    assert {len(decode(packet.payload).rr_ticks) for packet in packets} == {1, 2}


def test_a_beat_is_sent_after_it_happened_and_within_a_second() -> None:
    rr_ms = np.random.default_rng(1).uniform(500, 1400, 300)
    ended_s = 0.0
    for event in replayed(rr_ms):
        if isinstance(event, Packet):
            for ticks in decode(event.payload).rr_ticks:
                ended_s += ticks / 1024
                assert ended_s <= event.t_s < ended_s + 1.01


def test_heart_rate_is_the_mean_of_the_last_few_intervals() -> None:
    rates = [
        decode(event.payload).hr_bpm
        for event in replayed([750.0] * 20)
        if isinstance(event, Packet)
    ]
    assert set(rates) == {80}


def test_a_long_interval_is_waited_for_with_packets_that_have_none() -> None:
    packets = [event for event in replayed([800.0, 5000.0, 800.0]) if isinstance(event, Packet)]
    assert len(packets) == 7
    assert [len(decode(packet.payload).rr_ticks) for packet in packets] == [1, 0, 0, 0, 0, 1, 1]


def test_no_packet_holds_more_than_a_notification_does() -> None:
    events = replayed([20.0] * 200)
    assert ticks_of(events) == [20] * 200
    counts = [len(decode(e.payload).rr_ticks) for e in events if isinstance(e, Packet)]
    assert max(counts) == MAX_RR_PER_PACKET


def test_contact_is_not_claimed() -> None:
    packet = next(event for event in replayed([800.0, 800.0]) if isinstance(event, Packet))
    assert decode(packet.payload).contact is None


def test_a_gap_drops_the_link_for_as_long_as_it_lasted() -> None:
    rr_ms = [1000.0] * 10
    starts = [False] * 5 + [True] + [False] * 4
    t_s = [float(i + 101) for i in range(5)] + [float(i + 127) for i in range(5)]
    events = replayed(rr_ms, starts=starts, t_s=t_s)
    lost = [event for event in events[:-1] if isinstance(event, LinkLost)]
    up = [event for event in events if isinstance(event, LinkUp)]
    assert [event.reason for event in lost] == [LinkReason.DROPPED]
    assert lost[0].t_s == pytest.approx(5.0, abs=0.01)
    assert [event.t_s for event in up] == [0.0, pytest.approx(26.0, abs=0.01)]
    assert not any(isinstance(e, Packet) and lost[0].t_s < e.t_s < up[1].t_s for e in events)
    assert ticks_of(events) == [1024] * 10


@pytest.mark.parametrize("t_s", [None, [1.0, 2.0, 3.0, 4.0], [9.0, 8.0, math.nan, math.inf]])
def test_a_gap_of_unknown_length_is_a_gap_all_the_same(t_s: list[float] | None) -> None:
    events = replayed([1000.0] * 4, starts=[True, False, True, False], t_s=t_s)
    lost = [event for event in events[:-1] if isinstance(event, LinkLost)]
    up = [event for event in events if isinstance(event, LinkUp)]
    assert len(lost) == 1
    assert up[1].t_s - lost[0].t_s == pytest.approx(UNKNOWN_GAP_S, abs=0.01)


def test_what_is_left_out_leaves_a_gap_so_that_strangers_are_no_neighbours() -> None:
    events = replayed([800.0, 810.0, 2.0**32 - 1, math.nan, 820.0])
    kinds = [type(event) for event in events]
    assert kinds.count(LinkLost) == 2
    at = next(i for i, event in enumerate(events) if isinstance(event, LinkLost))
    assert ticks_of(events[:at]) == [819, 829]
    assert ticks_of(events[at:]) == [840]


def test_garbage_at_either_end_leaves_no_gap() -> None:
    events = replayed([math.nan, 0.0, 800.0, 800.0, -1.0])
    assert [type(event) for event in events].count(LinkUp) == 1


def test_lists_of_different_lengths_are_refused() -> None:
    clock = VirtualClock()
    with pytest.raises(ValueError, match="one length"):
        ReplaySource.from_rr([800.0, 800.0], clock, "replay:x", starts=[True])
    with pytest.raises(ValueError, match="one length"):
        ReplaySource.from_rr([800.0, 800.0], clock, "replay:x", t_s=[1.0])


def test_an_empty_recording_is_over_at_once() -> None:
    events = replayed([])
    assert [type(event) for event in events] == [LinkUp, LinkLost]


def test_the_same_recording_is_the_same_events() -> None:
    source = ReplaySource.from_rr([800.0] * 50, VirtualClock(), "replay:x")
    assert play(source) == play(source)


def test_a_real_recording_comes_back_whole(shared_data: Path) -> None:
    rr_ms = np.loadtxt(shared_data / "rhenan_hrv" / "rest_rri.txt")
    events = replayed(rr_ms)
    assert ticks_of(events) == [round(rr * 1.024) for rr in rr_ms]
    assert events[-1].t_s == pytest.approx(rr_ms.sum() / 1000, abs=1.5)


# ----------------------------------------------------------------------- from recorded events
RECORDED: list[Event] = [
    LinkLost(0.0, LinkReason.SEARCHING),
    LinkUp(3.25, STRAP),
    Marker(3.5, Action.BEGIN),
    Packet(4.125, b"\x10\x3c\x00\x04"),
    Tick(5.0),
    LinkLost(6.0, LinkReason.DROPPED),
    LinkUp(9.0, STRAP),
    Packet(10.0, b"garbage stays garbage"),
    Marker(11.0, Action.STOP),
]


def test_recorded_events_come_at_their_own_times_without_what_the_person_did() -> None:
    events = play(ReplaySource.from_events(RECORDED, VirtualClock(), "replay:3"))
    kept = [event for event in RECORDED if not isinstance(event, Marker | Tick)]
    assert events == [*kept, LinkLost(10.0, LinkReason.FINISHED)]


def test_the_end_of_a_replayed_replay_is_told_once() -> None:
    once = play(ReplaySource.from_events(RECORDED, VirtualClock(), "replay:3"))
    assert play(ReplaySource.from_events(once, VirtualClock(), "replay:3")) == once


def test_the_clock_decides_when() -> None:
    clock = VirtualClock()

    async def watch() -> list[tuple[float, float]]:
        source = ReplaySource.from_events(RECORDED, clock, "replay:3")
        return [(event.t_s, clock.now_s()) async for event in source.events()]

    assert all(t_s == now_s for t_s, now_s in asyncio.run(watch()))


def test_the_label_is_the_one_it_was_opened_by() -> None:
    assert ReplaySource.from_events([], VirtualClock(), "replay:3").label == "replay:3"
