"""The engine is pure: what was recorded decides what is said, to the last bit."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.engine import Engine
from biofeedback.hrm import encode
from biofeedback.practice.content import load_content
from biofeedback.types import (
    Action,
    BeatFlag,
    BeatsJudged,
    Choices,
    Event,
    GuideChanged,
    HeartRateMeasurement,
    LinkChanged,
    LinkLost,
    LinkReason,
    LinkUp,
    Marker,
    Metrics,
    Packet,
    PacketUnreadable,
    PhaseStarted,
    PulseSeen,
    SensorFrame,
    SensorStream,
    Strap,
    Tick,
    Update,
)
from devices.h10_wave import H10Wave
from devices.heart import Heart, HeartTraits

STRAP = Strap("AA:BB", "A strap", battery_pct=80)


def _packet(t_s: float, *rr_ticks: int, hr_bpm: int = 60, contact: bool | None = None) -> Packet:
    return Packet(t_s, encode(HeartRateMeasurement(hr_bpm, rr_ticks, contact)))


def _steady(seconds: int, start_s: int = 1, rr_ticks: int = 1000) -> list[Event]:
    return [_packet(float(start_s + t), rr_ticks + 8 * (t % 3)) for t in range(seconds)]


def _run(events: list[Event], choices: Choices | None = None) -> list[Update]:
    engine = Engine(choices or Choices())
    updates = [update for event in events for update in engine.step(event)]
    return updates + engine.finish(events[-1].t_s if events else 0.0)


def _beats(updates: list[Update]) -> list[BeatsJudged]:
    return [update for update in updates if isinstance(update, BeatsJudged)]


def test_every_interval_is_judged_once() -> None:
    events = _steady(50)
    judged = [beat for update in _beats(_run(events)) for beat in update.beats]
    assert [beat.rr_ticks for beat in judged] == [1000 + 8 * (t % 3) for t in range(50)]
    assert all(beat.flag is BeatFlag.NORMAL for beat in judged)


def test_a_packet_that_is_none_is_reported_and_the_next_one_read() -> None:
    updates = _run([Packet(1.0, b"\x10"), _packet(2.0, 1000)])
    assert any(isinstance(update, PacketUnreadable) for update in updates)
    assert any(isinstance(update, PulseSeen) and update.beats for update in updates)


def test_heart_rate_zero_and_impossible_intervals_make_no_figure() -> None:
    events: list[Event] = [_packet(float(t), 0, 0xFFFF, hr_bpm=0) for t in range(1, 60)]
    for update in _run(events):
        if isinstance(update, Metrics):
            assert update.hr_bpm is None
            assert update.rmssd_ms is None
        if isinstance(update, PulseSeen):
            assert update.hr_bpm is None


def test_intervals_sent_off_the_skin_are_not_taken_for_heartbeats() -> None:
    updates = _run([_packet(float(t), 1000, contact=False) for t in range(1, 30)])
    assert not _beats(updates)


def test_nothing_is_joined_across_a_lost_link() -> None:
    events = [
        LinkUp(0.5, STRAP),
        *_steady(20),
        LinkLost(22.0, LinkReason.DROPPED),
        LinkUp(40.0, STRAP),
        *_steady(20, start_s=41),
    ]
    updates = _run(events)
    segments = {beat.segment for update in _beats(updates) for beat in update.beats}
    assert len(segments) == 2
    links = [update for update in updates if isinstance(update, LinkChanged)]
    assert [link.reason for link in links] == [None, LinkReason.DROPPED, None]


def test_a_strap_without_intervals_gives_heart_rate_alone() -> None:
    updates = _run([_packet(float(t), hr_bpm=72) for t in range(1, 40)])
    figures = [update for update in updates if isinstance(update, Metrics)]
    assert figures
    assert figures[-1].reason == "no_rr"
    assert figures[-1].hr_bpm == 72
    assert all(figure.rmssd_ms is None for figure in figures)


def test_the_practice_goes_on_without_a_heart() -> None:
    updates = _run([Tick(100.0), LinkLost(130.0, LinkReason.DROPPED), Tick(1000.0)])
    assert len([update for update in updates if isinstance(update, PhaseStarted)]) == 3


def test_a_frame_of_a_sensor_is_time_and_nothing_else() -> None:
    frames: list[Event] = [SensorFrame(t + 0.5, SensorStream.ECG, b"\0") for t in range(200)]
    ticks: list[Event] = [Tick(frame.t_s) for frame in frames]

    def among(others: list[Event]) -> list[Event]:
        return sorted(_steady(150) + others, key=lambda event: event.t_s)

    assert _run(among(frames)) == _run(among(ticks))
    assert any(isinstance(update, PhaseStarted) for update in _run(frames))


def test_ticks_change_nothing_but_when_it_is_said() -> None:
    events = _steady(200)
    ticked = sorted([*events, *(Tick(t / 7) for t in range(1, 1400))], key=lambda e: e.t_s)
    assert _run(ticked) == _run(events)


packets = st.builds(
    lambda hr_bpm, rr_ticks, contact: encode(
        HeartRateMeasurement(hr_bpm, tuple(rr_ticks), contact)
    ),
    st.integers(0, 300),
    st.lists(st.one_of(st.integers(600, 1200), st.integers(0, 0xFFFF)), max_size=4),
    st.sampled_from([None, True, True, False]),
)
things = st.one_of(
    packets.map(lambda payload: ("packet", payload)),
    packets.map(lambda payload: ("packet", payload)),
    st.binary(max_size=12).map(lambda payload: ("packet", payload)),
    st.sampled_from(list(LinkReason)).map(lambda reason: ("lost", reason)),
    st.just(("up", STRAP)),
    st.sampled_from(
        [
            ("marker", (Action.PAUSE, "")),
            ("marker", (Action.RESUME, "")),
            ("marker", (Action.SKIP, "")),
            ("marker", (Action.GUIDE, "slow")),
            ("marker", (Action.GROUND, "")),
        ]
    ),
)


@given(st.lists(st.tuples(st.floats(0.0, 3.0), things), max_size=120))
@settings(max_examples=60, deadline=None)
def test_the_same_events_give_the_same_updates_to_the_last_bit(
    story: list[tuple[float, tuple[str, object]]],
) -> None:
    events: list[Event] = []
    t_s = 0.0
    for wait_s, (kind, value) in story:
        t_s += wait_s
        match kind, value:
            case "packet", bytes(payload):
                events.append(Packet(t_s, payload))
            case "lost", LinkReason() as reason:
                events.append(LinkLost(t_s, reason))
            case "up", Strap() as strap:
                events.append(LinkUp(t_s, strap))
            case "marker", (Action() as action, str(choice)):
                events.append(Marker(t_s, action, choice))
    once, again = _run(events), _run(events)
    assert once == again
    bits = [struct.pack("<d", update.t_s) for update in once]
    assert bits == [struct.pack("<d", update.t_s) for update in again]
    times_s = [beat.t_s for update in _beats(once) for beat in update.beats]
    assert times_s == sorted(set(times_s))


# ------------------------------------------------------------------------------- the ramp
def _guides(updates: list[Update]) -> list[GuideChanged]:
    return [update for update in updates if isinstance(update, GuideChanged)]


def test_a_ramp_begins_at_the_pace_that_the_chest_sensor_feels() -> None:
    person = HeartTraits.draw(3)
    heart, wave = Heart(3, traits=person), H10Wave(3, person.breath)
    events: list[Event] = []
    for second in range(1, 62):
        beats = heart.advance(float(second), lambda _: None)
        events += wave.advance(float(second), beats, lambda _: None)
        events.append(_packet(float(second), *(beat.rr_ticks for beat in beats)))
    events = sorted(events, key=lambda event: event.t_s)
    choices = Choices(ramp=True)
    started = _guides(_run([*events, Tick(200.0)], choices))[0].segment
    assert started is not None
    own = started.lead[0].rate_per_min
    assert own == pytest.approx(person.breath.rate_per_min, rel=0.25)
    # time alone is no news: a late look at the clock begins at the same pace
    late = _guides(_run([*events, Tick(61.0), Tick(130.0), Tick(200.0)], choices))[0].segment
    assert late == started


def test_a_ramp_takes_no_pace_from_the_intervals_of_a_heart() -> None:
    started = _guides(_run([*_steady(61), Tick(200.0)], Choices(ramp=True)))[0].segment
    assert started is not None
    assert started.lead[0] == load_content().guides["light"].pattern
