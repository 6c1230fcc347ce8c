"""Beats on the time axis: steady under radio jitter, in order whatever comes."""

from __future__ import annotations

import math
import random
import tracemalloc
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.signals.beats import BeatAxis
from biofeedback.types import Beat, BeatFlag

TICKS = 1024


def _place_all(packets: Sequence[tuple[float, tuple[int, ...]]]) -> list[Beat]:
    axis = BeatAxis()
    return [beat for arrival_s, rr in packets for beat in axis.place(arrival_s, rr)]


def _radio(
    seed: int, length_s: float = 600.0, ppm: float = 30.0
) -> tuple[list[tuple[float, tuple[int, ...]]], list[float]]:
    """Return packets as a radio delivers them, and when their beats truly happened."""
    rng = random.Random(seed)
    packets: list[tuple[float, tuple[int, ...]]] = []
    truth: list[float] = []
    waiting: list[int] = []
    next_beat_s, last_s, stalled_until_s, arrived_s = 0.9, 0.0, 0.0, 0.0
    for second in range(1, int(length_s)):
        while next_beat_s <= second:
            waiting.append(round((next_beat_s - last_s) * (1 + ppm * 1e-6) * TICKS))
            truth.append(next_beat_s)
            last_s = next_beat_s
            wave = 1 + 0.06 * math.sin(2 * math.pi * next_beat_s / 10)
            next_beat_s += 60 / 64 * wave + rng.gauss(0, 0.015)
        delay_s = 0.02 + rng.random() * 0.05 + (rng.random() < 0.1) * rng.random() * 0.3
        if rng.random() < 0.01:
            stalled_until_s = second + 1 + 2 * rng.random()
        arrived_s = max(second + delay_s, stalled_until_s, arrived_s + 0.001)
        if waiting:
            packets.append((arrived_s, tuple(waiting)))
            waiting = []
    return packets, truth[: sum(len(rr) for _, rr in packets)]


@pytest.mark.parametrize("seed", range(5))
def test_jitter_is_that_of_the_clocks_and_not_of_the_radio(seed: int) -> None:
    packets, truth = _radio(seed)
    beats = _place_all(packets)
    errors = [b.t_s - true for b, true in zip(beats, truth, strict=True) if true > 60]
    mean = sum(errors) / len(errors)
    spread = math.sqrt(sum((e - mean) ** 2 for e in errors) / len(errors))
    assert spread < 0.025
    assert {beat.segment for beat in beats} == {0}


def test_intervals_of_a_segment_are_the_strap_s_own() -> None:
    beats = _place_all([(1.0, (1024,)), (2.0, (1000,)), (4.1, (1010, 1030))])
    steps = [later.t_s - earlier.t_s for earlier, later in pairwise(beats)]
    assert steps[-1] == pytest.approx(1030 / 1024, abs=1e-12)
    assert [beat.rr_ticks for beat in beats] == [1024, 1000, 1010, 1030]


def test_a_day_of_beats_stays_on_the_clock() -> None:
    axis = BeatAxis()
    last = Beat(0.0, 0)
    for second in range(1, 86_401):
        (last,) = axis.place(second + 0.02, (1024,))
    assert last.t_s == pytest.approx(86_400.02, abs=1e-9)
    assert last.segment == 0


def test_memory_stays_flat() -> None:
    axis = BeatAxis()
    for second in range(200):
        axis.place(second + 0.01 * (second % 7), (1024,))
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for second in range(200, 20_000):
        axis.place(second + 0.01 * (second % 7), (1024,))
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 20_000


def test_a_lost_link_begins_a_new_segment_where_the_next_packet_says() -> None:
    axis = BeatAxis()
    first = axis.place(1.0, (900,))
    axis.gap()
    axis.gap()
    (second,) = axis.place(31.0, (900,))
    assert (first[0].segment, second.segment) == (0, 1)
    assert second.t_s == pytest.approx(31.0)


def test_lost_packets_begin_a_new_segment_once_they_stay_lost() -> None:
    packets = [(float(s), (1024,)) for s in range(1, 30) if s not in (10, 11)]
    beats = _place_all(packets)
    assert beats[-1].segment == 1
    assert beats[-1].t_s == pytest.approx(29.0)
    first_new = next(beat for beat in beats if beat.segment == 1)
    assert first_new.t_s <= 12 + 5


def test_silence_longer_than_patience_breaks_at_once() -> None:
    packets = [(float(s), (1024,)) for s in (1, 2, 3, 15, 16)]
    assert [beat.segment for beat in _place_all(packets)] == [0, 0, 0, 1, 1]


def test_a_stall_that_catches_up_is_no_gap() -> None:
    packets = [(float(s), (1024,)) for s in range(1, 10)]
    packets += [(13.0 + 0.01 * k, (1024,)) for k in range(4)]
    packets += [(float(s), (1024,)) for s in range(14, 30)]
    beats = _place_all(packets)
    assert {beat.segment for beat in beats} == {0}
    assert [beat.t_s for beat in beats] == pytest.approx(list(range(1, 30)))


@pytest.mark.parametrize("nonsense", [0, 1, 204, 3073, 65535])
def test_an_interval_that_is_no_heartbeat_breaks_and_moves_nothing(nonsense: int) -> None:
    beats = _place_all([(10.0, (1024,)), (11.0, (1024, nonsense)), (12.0, (1024,))])
    assert [beat.flag for beat in beats] == [
        BeatFlag.NORMAL,
        BeatFlag.NORMAL,
        BeatFlag.IMPLAUSIBLE,
        BeatFlag.NORMAL,
    ]
    assert [beat.segment for beat in beats] == [0, 0, 0, 1]
    assert beats[-1].t_s == pytest.approx(12.0)


def test_what_follows_nonsense_in_a_packet_is_placed_before_the_arrival() -> None:
    beats = _place_all([(10.0, (1024, 65535, 512, 512))])
    assert [beat.t_s for beat in beats] == pytest.approx([9.0, 9.0, 9.5, 10.0], abs=2e-3)


def test_a_packet_without_intervals_changes_nothing() -> None:
    with_empty = [(1.0, (1024,)), (1.5, ()), (2.0, (1024,))]
    assert _place_all(with_empty) == _place_all([p for p in with_empty if p[1]])


def test_a_less_delayed_packet_pulls_back_without_bunching_beats() -> None:
    beats = _place_all([(3.0, (1024,)), (3.1, (1024,)), (3.2, (1024,)), (4.0, (1024,))])
    steps = [later.t_s - earlier.t_s for earlier, later in pairwise(beats)]
    assert min(steps) > 0
    assert beats[-1].t_s <= 4.0


_packets = st.lists(
    st.tuples(
        st.floats(0, 8),
        st.lists(st.one_of(st.integers(0, 65535), st.integers(300, 1500)), max_size=9),
        st.booleans(),
    ),
    max_size=40,
)


@settings(max_examples=80, deadline=None)
@given(_packets)
def test_times_rise_strictly_and_segments_never_fall(
    steps: list[tuple[float, list[int], bool]],
) -> None:
    def run() -> list[Beat]:
        axis, arrival_s = BeatAxis(), 0.0
        beats: list[Beat] = []
        for step_s, rr, gap in steps:
            arrival_s += step_s
            if gap:
                axis.gap()
            beats.extend(axis.place(arrival_s, tuple(rr)))
        return beats

    beats = run()
    assert beats == run()
    assert len(beats) == sum(len(rr) for _, rr, _ in steps)
    for earlier, later in pairwise(beats):
        assert later.t_s > earlier.t_s
        assert later.segment >= earlier.segment
        if earlier.flag is BeatFlag.IMPLAUSIBLE:
            assert later.segment > earlier.segment
