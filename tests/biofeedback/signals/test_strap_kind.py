"""What a strap gives is recognised, and no real heart is taken for anything but itself."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import aclosing
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.hrm import decode, encode
from biofeedback.practice.breath import phase_at
from biofeedback.sessions.formats import read_recording
from biofeedback.signals.strap_kind import Doubles, StrapKind, StrapKindWatch
from biofeedback.types import (
    BreathPattern,
    BreathPhase,
    BreathSegment,
    HeartRateMeasurement,
    Packet,
)
from devices.clock import VirtualClock
from devices.faults import Fault, FaultKind
from devices.heart import HeartTraits
from devices.simulator import SimulatedSource

Stream = list[tuple[float, HeartRateMeasurement]]

SIX = BreathSegment(0.0, BreathPattern(4.0, 0.0, 6.0, 0.0))
KIND = StrapKind
SEEDS = 100
BEFORE_S, WITHIN_S = 35, 60
"""A strap has been worn for a while when it is connected; then it has a minute."""


def _guided(t_s: float) -> BreathPhase | None:
    return phase_at(SIX, t_s) if t_s >= 0 else None


def _unguided(_: float) -> BreathPhase | None:
    return None


def _simulated(
    seed: int,
    seconds: int,
    *,
    guided: bool = False,
    traits: HeartTraits | None = None,
    faults: Iterable[Fault] = (),
) -> list[Packet]:
    source = SimulatedSource(
        VirtualClock(), _guided if guided else _unguided, seed, traits=traits, faults=faults
    )

    async def listen() -> list[Packet]:
        heard: list[Packet] = []
        async with aclosing(source.events()) as events:
            async for event in events:
                if event.t_s > seconds + 0.5:
                    return heard
                if isinstance(event, Packet):
                    heard.append(event)
        return heard

    return asyncio.run(listen())


def _read(packets: Iterable[Packet]) -> Stream:
    return [(packet.t_s, decode(packet.payload)) for packet in packets]


def _kinds(stream: Stream) -> list[StrapKind]:
    """Every kind that was said, once for each change."""
    watch, kinds = StrapKindWatch(), [KIND.UNKNOWN]
    for t_s, measurement in stream:
        kind = watch.push(measurement, t_s)
        assert kind is watch.kind
        if kind is not kinds[-1]:
            kinds.append(kind)
    return kinds


def _sent(rr_ticks: Iterable[int], rate_over: int = 5) -> Stream:
    """Return a packet a second, with the intervals that ended since the last one."""
    stream: Stream = []
    recent: deque[int] = deque(maxlen=rate_over)
    held: list[int] = []
    ended_ticks, second = 0, 1
    for ticks in rr_ticks:
        ended_ticks += ticks
        while ended_ticks > second * 1024:
            hr_bpm = round(61440 * len(recent) / sum(recent)) if recent else 0
            stream.append((float(second), HeartRateMeasurement(hr_bpm, tuple(held))))
            held = []
            second += 1
        held.append(ticks)
        recent.append(ticks)
    return stream


# ------------------------------------------------------------------------- real recordings
RECORDINGS = [
    "flirt/holter.txt",
    "flirt/empatica_IBI.csv",
    "hrvband/RR1_Cleaned.ibi",
    "hrvband/RR1_With_Artifacts.ibi",
    "joegle/2013-02-03-18-40-12.txt",
    "neurokit/bio_resting_5min_100hz_rr_derived.txt",
    "physionet_nsr2db/nsr001.ecg",
    "physionet_nsr2db/nsr004.ecg",
    "polar_h10_dhyb/sample_data_ibi.csv",
    "pyhrv_samples/SampleNNISeriesLong.npy",
    "pyhrv_samples/SampleNNISeriesShort.npy",
    "rhenan_hrv/08012805.txt",
    "rhenan_hrv/exercise_rri.hrm",
    "rhenan_hrv/noisy_rri.hrm",
    "rhenan_hrv/real_rri.txt",
    "rhenan_hrv/rest_rri.txt",
]


@cache
def _recorded(path: Path) -> list[int]:
    ticks = np.round(read_recording(path).rr_ms * 1.024)
    return [int(t) for t in ticks[(ticks >= 1) & (ticks <= 0xFFFF)]]


@pytest.mark.parametrize("name", RECORDINGS)
@pytest.mark.parametrize("rate_over", [1, 5])
def test_a_real_recording_is_true_rr_and_never_anything_else(
    shared_data: Path, name: str, rate_over: int
) -> None:
    # some go on for a day
    rr_ticks = _recorded(shared_data / name)[:12_000]
    kinds = _kinds(_sent(rr_ticks, rate_over))
    assert kinds == [KIND.UNKNOWN, KIND.TRUE_RR]


# ------------------------------------------------------------------------- simulated hearts
@pytest.fixture(scope="module")
def hearts() -> list[Stream]:
    """Many people, every second of them breathing six times a minute."""
    return [
        _read(_simulated(seed, BEFORE_S + WITHIN_S, guided=seed % 2 == 0)) for seed in range(SEEDS)
    ]


def test_every_simulated_heart_is_recognised_as_measured(hearts: list[Stream]) -> None:
    assert [kinds for kinds in map(_kinds, hearts) if kinds != [KIND.UNKNOWN, KIND.TRUE_RR]] == []


YOUNG = {"hr_bpm": 62.0, "rsa_bpm": 16.0}
EXERCISE = {"hr_bpm": 150.0, "rsa_bpm": 0.3, "mayer_bpm": 0.2, "drift_bpm": 0.1, "jitter": 0.001}
SPRINT = {**EXERCISE, "hr_bpm": 190.0, "rsa_bpm": 0.1, "mayer_bpm": 0.1, "jitter": 0.0008}
NOISELESS = {"mayer_bpm": 0.0, "drift_bpm": 0.0, "jitter": 0.0}


@pytest.mark.parametrize(
    "over", [YOUNG, EXERCISE, SPRINT, NOISELESS], ids=["young", "exercise", "sprint", "noiseless"]
)
def test_hearts_at_the_edges_are_never_called_untrue(over: dict[str, float]) -> None:
    for seed in range(12):
        traits = replace(HeartTraits.draw(seed), **over)  # type: ignore[arg-type]
        kinds = _kinds(_read(_simulated(seed, 120, guided=True, traits=traits)))
        assert set(kinds) <= {KIND.UNKNOWN, KIND.TRUE_RR}


@pytest.mark.parametrize("swing_bpm", [2.0, 8.0, 20.0])
@pytest.mark.parametrize("per_min", [4.0, 6.0])
def test_a_pure_slow_wave_is_never_called_untrue(swing_bpm: float, per_min: float) -> None:
    t_s, rr_ticks = 0.0, []
    for _ in range(600):
        hr_bpm = 62 + swing_bpm * np.sin(2 * np.pi * per_min / 60 * t_s)
        rr_ticks.append(round(61440 / hr_bpm))
        t_s += rr_ticks[-1] / 1024
    assert set(_kinds(_sent(rr_ticks))) <= {KIND.UNKNOWN, KIND.TRUE_RR}


def test_a_heart_that_dithers_by_one_tick_is_not_constant() -> None:
    chance = random.Random(1)
    rr_ticks = [1024 + chance.choice((-1, 0, 0, 1)) for _ in range(600)]
    assert set(_kinds(_sent(rr_ticks))) <= {KIND.UNKNOWN, KIND.TRUE_RR}


# ------------------------------------------------------------------------------- bad straps
def _replaced(heart: Stream, make: Callable[[HeartRateMeasurement], Iterable[int]]) -> Stream:
    return [(t_s, replace(m, rr_ticks=tuple(make(m)))) for t_s, m in heart]


def _none(heart: Stream) -> Stream:
    return _replaced(heart, lambda _: ())


def _constant(heart: Stream) -> Stream:
    return _replaced(heart, lambda m: [round(61440 / heart[0][1].hr_bpm)] * len(m.rr_ticks))


def _filler(heart: Stream) -> Stream:
    return _replaced(heart, lambda m: [512] * len(m.rr_ticks))


def _two_fillers(heart: Stream) -> Stream:
    chance = random.Random(heart[0][1].hr_bpm)
    return _replaced(heart, lambda m: [chance.choice((512, 1536)) for _ in m.rr_ticks])


def _derived(heart: Stream) -> Stream:
    return _replaced(heart, lambda m: [round(61440 / m.hr_bpm)] * len(m.rr_ticks))


def _derived_in_ms_once_a_second(heart: Stream) -> Stream:
    return _replaced(heart, lambda m: [int(int(60000 / m.hr_bpm) * 1.024)])


def _derived_in_ms_sent_as_ticks(heart: Stream) -> Stream:
    return _replaced(heart, lambda m: [round(60000 / m.hr_bpm)] * len(m.rr_ticks))


def _averaged(heart: Stream) -> Stream:
    recent: deque[int] = deque(maxlen=30)

    def mean_of(ticks: int) -> int:
        recent.append(ticks)
        return round(sum(recent) / len(recent))

    return _replaced(heart, lambda m: [mean_of(ticks) for ticks in m.rr_ticks])


def _slowly_following(heart: Stream) -> Stream:
    level: list[float] = []

    def follow(ticks: int) -> int:
        level[:] = [level[0] + 0.04 * (ticks - level[0])] if level else [float(ticks)]
        return round(level[0])

    return _replaced(heart, lambda m: [follow(ticks) for ticks in m.rr_ticks])


@pytest.mark.parametrize(
    ("strap", "kind"),
    [
        (_none, KIND.NONE),
        (_constant, KIND.CONSTANT),
        (_filler, KIND.FILLER),
        (_two_fillers, KIND.FILLER),
        (_derived, KIND.DERIVED),
        (_derived_in_ms_once_a_second, KIND.DERIVED),
        (_derived_in_ms_sent_as_ticks, KIND.DERIVED),
        (_averaged, KIND.SMOOTHED),
        (_slowly_following, KIND.SMOOTHED),
    ],
)
def test_an_untrue_strap_is_recognised_within_a_minute(
    hearts: list[Stream], strap: Callable[[Stream], Stream], kind: StrapKind
) -> None:
    ends = Counter()  # type: Counter[StrapKind]
    for heart in hearts:
        worn = [(t_s, m) for t_s, m in heart if m.hr_bpm]
        connected = [(t_s, m) for t_s, m in strap(worn) if t_s > BEFORE_S]
        ends[_kinds(connected)[-1]] += 1
    assert ends[kind] >= 0.99 * SEEDS, ends


def test_a_slip_of_the_sensor_now_and_then_hides_nothing(hearts: list[Stream]) -> None:
    stream = _filler(hearts[0])
    stream[20] = (stream[20][0], replace(stream[20][1], rr_ticks=(700,)))
    stream[60] = (stream[60][0], replace(stream[60][1], rr_ticks=(900,)))
    assert _kinds(stream) == [KIND.UNKNOWN, KIND.FILLER]


def test_it_is_taken_back_when_true_intervals_come(hearts: list[Stream]) -> None:
    for strap, kind in ((_none, KIND.NONE), (_filler, KIND.FILLER), (_constant, KIND.CONSTANT)):
        later = [(t_s + 100, m) for t_s, m in hearts[3]]
        kinds = _kinds([*strap(hearts[3]), *later])
        assert kinds[1] is kind
        assert kinds[-1] is KIND.TRUE_RR


# ----------------------------------------------------------------------------------- none
def _hr_alone(t_s: float, hr_bpm: int = 70, contact: bool | None = None) -> HeartRateMeasurement:
    del t_s
    return HeartRateMeasurement(hr_bpm, (), contact)


def test_ten_seconds_of_heart_rate_without_an_interval_are_none() -> None:
    watch = StrapKindWatch()
    said = {t: watch.push(_hr_alone(t), float(t)) for t in range(1, 13)}
    assert said[10] is KIND.UNKNOWN
    assert said[11] is KIND.NONE


def test_a_strap_that_measures_stays_one_when_its_intervals_stop_for_a_while(
    hearts: list[Stream],
) -> None:
    hole = [(100.0 + t, HeartRateMeasurement(70)) for t in range(40)]
    later = [(t_s + 140, m) for t_s, m in hearts[0]]
    assert _kinds([*hearts[0], *hole, *later]) == [KIND.UNKNOWN, KIND.TRUE_RR]


@pytest.mark.parametrize("silent", [{"contact": False}, {"hr_bpm": 0}], ids=["off", "zero"])
def test_time_off_the_skin_does_not_count(silent: dict[str, int]) -> None:
    watch = StrapKindWatch()
    for t in range(1, 60):
        quiet = t % 9 == 0
        measurement = _hr_alone(t, **silent) if quiet else _hr_alone(t)  # type: ignore[arg-type]
        assert watch.push(measurement, float(t)) is KIND.UNKNOWN


def test_an_interval_now_and_then_is_not_none() -> None:
    watch = StrapKindWatch()
    for t in range(1, 100):
        rr_ticks = (2900,) if t % 3 == 0 else ()
        assert watch.push(HeartRateMeasurement(21, rr_ticks), float(t)) is not KIND.NONE


@given(
    st.lists(
        st.tuples(
            st.integers(0, 0xFFFF),
            st.lists(st.integers(0, 0xFFFF), max_size=9),
            st.sampled_from([None, True, False]),
        ),
        max_size=80,
    )
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_sent_has_a_kind_and_the_same_one_again(
    sent: list[tuple[int, list[int], bool | None]],
) -> None:
    stream = [
        (float(t), HeartRateMeasurement(hr_bpm, tuple(rr_ticks), contact))
        for t, (hr_bpm, rr_ticks, contact) in enumerate(sent)
    ]
    assert _kinds(stream) == _kinds(stream)


# -------------------------------------------------------------------------------- doubles
Arrivals = list[tuple[float, bytes, tuple[int, ...]]]


def _arrivals(stream: Stream) -> Arrivals:
    return [(t_s, encode(m), m.rr_ticks) for t_s, m in stream]


def _dropped(arrivals: Arrivals) -> list[int]:
    doubles = Doubles()
    return [at for at, arrival in enumerate(arrivals) if doubles.push(*arrival)]


def _busy_radio(arrivals: Arrivals, chance: random.Random) -> Arrivals:
    """Hold some packets back for seconds, and send them at once with those behind them."""
    free_s, late = 0.0, []
    for t_s, payload, rr_ticks in arrivals:
        if chance.random() < 0.02:
            free_s = max(free_s, t_s + chance.uniform(0.5, 4.0))
        free_s = max(t_s + chance.uniform(0.01, 0.06), free_s + 0.002)
        late.append((free_s, payload, rr_ticks))
    return late


@pytest.mark.parametrize("copies", [2, 3])
def test_each_copy_is_dropped_and_nothing_else(hearts: list[Stream], copies: int) -> None:
    for heart in hearts[:30]:
        plain = [arrival for arrival in _arrivals(heart) if arrival[2]]
        sent = [
            (t_s + 0.002 * copy, payload, rr_ticks)
            for t_s, payload, rr_ticks in plain
            for copy in range(copies)
        ]
        dropped = _dropped(sent)
        kept = [sent[at][1] for at in range(len(sent)) if at not in set(dropped)]
        # the first copy can hide where the next beat was just about to come
        assert len(kept) - len(plain) <= 1
        assert [at for at in dropped if at % copies == 0] == []


def test_late_bunches_of_real_packets_lose_none(shared_data: Path) -> None:
    chance = random.Random(7)
    for name in ("physionet_nsr2db/nsr001.ecg", "polar_h10_dhyb/sample_data_ibi.csv"):
        arrivals = _busy_radio(_arrivals(_sent(_recorded(shared_data / name)[:20_000])), chance)
        assert _dropped(arrivals) == []


def test_equal_packets_of_a_fast_heart_are_all_kept() -> None:
    chance = random.Random(3)
    payload = encode(HeartRateMeasurement(200, (307,)))
    beats: Arrivals = [
        (0.3 * at + chance.uniform(0.0, 0.1), payload, (307,)) for at in range(1, 2000)
    ]
    assert sum(b[0] - a[0] < 0.3 for a, b in pairwise(beats)) > 500
    assert _dropped(beats) == []


@given(st.integers(260, 2000), st.lists(st.floats(0.0, 0.49), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_beat_is_lost_that_is_less_than_half_an_interval_late(
    rr_ticks: int, delays: list[float]
) -> None:
    payload = encode(HeartRateMeasurement(60, (rr_ticks,)))
    rr_s = rr_ticks / 1024
    arrivals: Arrivals = [
        ((at + delay) * rr_s, payload, (rr_ticks,)) for at, delay in enumerate(delays, 1)
    ]
    assert _dropped(arrivals) == []


def test_packets_without_intervals_are_no_copies() -> None:
    payload = encode(HeartRateMeasurement(60))
    assert _dropped([(at / 100, payload, ()) for at in range(100)]) == []


def test_a_simulated_strap_that_doubles_is_heard_once() -> None:
    fault = Fault(20.0, FaultKind.PACKETS_DOUBLED, 60.0)
    plain = _arrivals(_read(_simulated(5, 120)))
    doubled = _arrivals(_read(_simulated(5, 120, faults=[fault])))
    dropped = set(_dropped(doubled))
    kept = [rr for at, (_, _, rr) in enumerate(doubled) if at not in dropped and rr]
    assert len(doubled) > len(plain) + 50
    assert kept == [rr for _, _, rr in plain if rr]
