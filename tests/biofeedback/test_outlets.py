"""What other programs are told: every key with its unit, over real sockets and streams."""

from __future__ import annotations

import contextlib
import json
import math
import os
import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from pythonosc.osc_message import OscMessage

from biofeedback.outlets import json_lines
from biofeedback.outlets.json_lines import JsonLines
from biofeedback.outlets.osc import Osc
from biofeedback.outlets.telling import OutletError, Told, told_of
from biofeedback.types import (
    Beat,
    BeatFlag,
    BeatsJudged,
    LinkChanged,
    LinkReason,
    Metrics,
    PacketUnreadable,
    Paused,
    PulseSeen,
    Strap,
    StrapKind,
    StrapRecognised,
    Update,
)

BEAT = Beat(9.5, 1024, 2, BeatFlag.ECTOPIC)
STRAP = Strap("F0:9E:1A:00:00:01", "Polar H10", 87, "chest", "Polar Electro Oy", "H10")
UPDATES: list[Update] = [
    LinkChanged(1.0, STRAP, None),
    PulseSeen(10.0, 61, True, (Beat(9.5, 1024, 2),)),
    BeatsJudged(10.0, (BEAT,)),
    Metrics(9.5, hr_bpm=61.5, rmssd_ms=None, sdnn_ms=40.0, artefact_fraction=0.1, reason="x"),
    StrapRecognised(10.0, StrapKind.TRUE_RR),
    PacketUnreadable(11.0, "too short"),
    LinkChanged(12.0, None, LinkReason.DROPPED),
]


def told() -> list[Told]:
    every = [told_of(update) for update in UPDATES]
    return [one for one in every if one is not None]


# ------------------------------------------------------------------------------ telling
def test_every_update_of_the_heart_is_told() -> None:
    assert [one["type"] for one in told()] == [
        "link",
        "pulse",
        "beats",
        "metrics",
        "strap_kind",
        "unreadable",
        "link",
    ]


def test_updates_of_the_practice_are_not_told() -> None:
    assert told_of(Paused(1.0)) is None


def numbers(value: Any, key: str = "") -> Iterator[str]:
    """Yield the key of each number."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from numbers(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers(inner, key)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield key


def test_every_number_has_its_unit_in_its_key() -> None:
    units = ("_s", "_ms", "_bpm", "_hz", "_uv", "_mg", "_pct", "_fraction")
    keys = set(numbers(told())) - {"segment", "schema"}
    assert keys
    assert all(key.endswith(units) for key in keys)


def test_no_address_is_told() -> None:
    assert STRAP.address not in json.dumps(told())


def test_what_is_not_known_is_null() -> None:
    metrics = next(one for one in told() if one["type"] == "metrics")
    assert metrics["rmssd_ms"] is None


# --------------------------------------------------------------------------- JSON lines
def test_each_line_is_there_as_soon_as_it_is_told() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as reader, os.fdopen(writing, "w") as out:
        outlet = JsonLines(out)
        for one in told():
            outlet.tell(one)
            assert json.loads(reader.readline()) == one
        outlet.close()


def test_a_reader_that_has_gone_is_noticed() -> None:
    reading, writing = os.pipe()
    out = os.fdopen(writing, "w")
    outlet = JsonLines(out)
    os.close(reading)
    outlet.tell(told()[0])
    outlet.close()  # by now it has tried
    with pytest.raises(BrokenPipeError):
        outlet.tell(told()[0])
    with pytest.raises(BrokenPipeError):
        out.close()


def test_a_reader_that_stands_still_delays_nothing() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as reader, os.fdopen(writing, "w") as out:
        outlet = JsonLines(out)
        for _ in range(3000):  # far more than a pipe holds
            outlet.tell(told()[0])
        lines = [reader.readline() for _ in range(3000)]
        outlet.close()
    assert len(lines) == 3000


def test_a_reader_that_never_reads_is_given_up_once_too_much_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_lines, "WAITING_LINES", 100)
    monkeypatch.setattr(json_lines, "_PATIENCE_S", 0.05)
    monkeypatch.setattr(json_lines, "_LAST_WORDS_S", 0.05)
    reading, writing = os.pipe()
    out = os.fdopen(writing, "w")
    outlet = JsonLines(out)

    def tell_on() -> None:
        for _ in range(100_000):
            outlet.tell(told()[0])

    with pytest.raises(BrokenPipeError, match="stands still"):
        tell_on()
    outlet.close()
    os.close(reading)
    outlet._thread.join(5)
    with contextlib.suppress(BrokenPipeError):
        out.close()


# ---------------------------------------------------------------------------------- OSC
def received(tell: list[Told]) -> list[OscMessage]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(0.5)
        outlet = Osc(port=sock.getsockname()[1])
        for one in tell:
            outlet.tell(one)
        outlet.close()
        messages = []
        while True:
            try:
                messages.append(OscMessage(sock.recv(65536)))
            except TimeoutError:
                return messages


def test_osc_arrives_by_udp_on_this_computer() -> None:
    messages = received(told())
    assert [(m.address, m.params) for m in messages] == [
        ("/hand_on_heart/link", ["up", 1.0]),
        ("/hand_on_heart/battery_pct", [87, 1.0]),
        ("/hand_on_heart/sensor_hr_bpm", [61.0, 10.0]),
        ("/hand_on_heart/contact", [1, 10.0]),
        ("/hand_on_heart/rr_ms", [1000.0, 9.5]),
        ("/hand_on_heart/beat", [1000.0, "ectopic", 9.5]),
        ("/hand_on_heart/hr_bpm", [61.5, 9.5]),
        ("/hand_on_heart/sdnn_ms", [40.0, 9.5]),
        ("/hand_on_heart/artefact_fraction", [pytest.approx(0.1), 9.5]),
        ("/hand_on_heart/strap_kind", ["true_rr", 10.0]),
        ("/hand_on_heart/link", ["dropped", 12.0]),
    ]


def test_osc_carries_the_samples_of_sensors() -> None:
    ecg = {"type": "ecg", "t_s": 1.0, "rate_hz": 130.0, "starts": False}
    acc = {"type": "acc", "t_s": 1.5, "rate_hz": 50.0, "starts": False}
    messages = received(
        [{**ecg, "samples_uv": [1.0, -2.0] * 36}, {**acc, "samples_mg": [[1.0, 2.0, 3.0]]}]
    )
    assert messages[0].params == [*([1.0, -2.0] * 36), 130.0, 1.0]
    assert messages[1].params == [1.0, 2.0, 3.0, 50.0, 1.5]


def test_nobody_who_listens_to_osc_is_no_matter() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    outlet = Osc(port=port)
    for _ in range(3):
        for one in told():
            outlet.tell(one)
    outlet.close()


def test_a_host_that_does_not_exist_is_said() -> None:
    with pytest.raises(OutletError, match="OSC can't be sent to"):
        Osc("no such host.invalid")


@pytest.mark.parametrize("package", ["pythonosc.udp_client", "pylsl"])
def test_a_missing_package_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from biofeedback.outlets.lsl import Lsl

    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(OutletError, match="pip install 'hand-on-heart"):
        Osc() if "osc" in package else Lsl(lambda _: 0.0)


# ---------------------------------------------------------------------------------- LSL
@pytest.mark.usefixtures("lsl_alone")
def test_lsl_streams_reach_a_real_inlet_with_units_and_times() -> None:
    import pylsl

    from biofeedback.outlets.lsl import Lsl

    outlet = Lsl(lambda t_s: 20.0 - t_s, with_sensors=True)
    found = pylsl.resolve_byprop("source_id", "hand-on-heart-metrics", 1, 10)
    found += pylsl.resolve_byprop("source_id", "hand-on-heart-rr", 1, 10)
    found += pylsl.resolve_byprop("source_id", "hand-on-heart-ecg", 1, 10)
    found += pylsl.resolve_byprop("source_id", "hand-on-heart-events", 1, 10)
    metrics, rr, ecg, events = (pylsl.StreamInlet(info) for info in found)
    channel = metrics.info(5).desc().child("channels").child("channel")
    assert (channel.child_value("label"), channel.child_value("unit")) == ("hr", "bpm")
    assert ecg.info(5).nominal_srate() == 130.0
    for inlet in (metrics, rr, ecg, events):
        inlet.open_stream(10)
    now_s = pylsl.local_clock()
    for one in told():
        outlet.tell(one)
    outlet.tell(
        {"type": "ecg", "t_s": 18.0, "rate_hz": 130.0, "starts": True, "samples_uv": [1.0, 2.0]}
    )
    sample, stamp = metrics.pull_sample(5)
    assert sample[0] == 61.5
    assert math.isnan(sample[1])
    assert stamp == pytest.approx(now_s - 10.5, abs=0.5)
    assert rr.pull_sample(5)[0] == [1000.0, 0.0]
    assert [events.pull_sample(5)[0][0] for _ in range(3)] == [
        "link up",
        "strap true_rr",
        "link dropped",
    ]
    samples, stamps = ecg.pull_chunk(timeout=1.0, max_samples=2)
    assert samples == [[1.0], [2.0]]
    assert stamps[1] - stamps[0] == pytest.approx(1 / 130)
    for inlet in (metrics, rr, ecg, events):
        inlet.close_stream()
    outlet.close()
