"""``stream``: other programs listen in, as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pythonosc.osc_message import OscMessage

from biofeedback.hrm import encode
from biofeedback.sessions.store import Store
from biofeedback.types import HeartRateMeasurement
from tests.biofeedback.cli.conftest import Command
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import HR_MEASUREMENT

pytest_plugins = ["tests.bluez.fixtures"]


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def started(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "biofeedback", "stream", *arguments],
        env={**os.environ, "HAND_ON_HEART_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


# ---------------------------------------------------------------------------- JSON lines
def test_a_simulated_heart_streams_as_json_lines(command: Command) -> None:
    said = command("stream", "--source", "sim:7", "--seconds", 400, "--speed", 0)
    assert said.code == 0
    told = lines(said.out)
    assert told[0]["type"] == "begin"
    assert told[0]["schema"] == 1
    assert told[0]["source"] == "sim"
    assert told[-1] == {"type": "end", "t_s": told[-1]["t_s"], "reason": "stopped"}
    kinds = {one["type"] for one in told}
    assert kinds == {"begin", "link", "pulse", "beats", "metrics", "strap_kind", "end"}
    # every beat but the last few, which are judged two beats late, and far past any plan's end
    seen = [b["rr_ms"] for one in told if one["type"] == "pulse" for b in one["beats"]]
    judged = [b["rr_ms"] for one in told if one["type"] == "beats" for b in one["beats"]]
    assert judged == seen
    assert len(seen) > 350
    times = [one["t_s"] for one in told if one["type"] == "pulse"]
    assert times[-1] > 395
    assert told[-2]["hr_bpm"] is not None


def test_nothing_of_it_is_kept(command: Command, home: Path) -> None:
    command("stream", "--source", "sim:", "--seconds", 5, "--speed", 0)
    with Store.open(home) as store:
        assert store.sessions() == []


def test_sensors_are_told_where_they_are_asked_for(command: Command) -> None:
    arguments = ("stream", "--source", "sim:", "--seconds", 10, "--speed", 0)
    told = lines(command(*arguments, "--sensors").out)
    ecg = [one for one in told if one["type"] == "ecg"]
    assert sum(len(one["samples_uv"]) for one in ecg) > 1000
    assert any(one["type"] == "acc" for one in told)
    assert not any(one["type"] == "ecg" for one in lines(command(*arguments).out))


def test_a_recording_streams_to_its_end(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "rr.txt"
    file.write_text("\n".join(str(800 + i % 7) for i in range(60)))
    said = command("stream", "--source", f"replay:{file}", "--speed", 0)
    told = lines(said.out)
    assert said.code == 0
    assert told[-1]["reason"] == "finished"
    assert told[0]["source"] == "replay"
    assert str(tmp_path) not in said.out
    assert sum(len(one["beats"]) for one in told if one["type"] == "beats") == 60


def test_ctrl_c_ends_it_cleanly(home: Path) -> None:
    process = started(home, "--source", "sim:")
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["type"] == "begin"
    while json.loads(process.stdout.readline())["type"] != "pulse":
        pass
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert lines(out)[-1]["reason"] == "stopped"
    assert err.splitlines() == ["Heartbeats go out, and nothing is kept here. Ctrl+C stops."]


def test_a_reader_that_leaves_ends_it_without_a_word(home: Path) -> None:
    process = started(home, "--source", "sim:", "--speed", "20")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(20) == 1
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()


def test_a_strap_streams_and_is_let_go(bluez: FakeBluez, home: Path) -> None:
    strap = bluez.add_strap()
    process = started(home, "--source", "ble:")
    strap.wait_subscribed(timeout_s=20)
    sent = [1000 + i for i in range(5)]
    for ticks in sent:
        strap.notify(HR_MEASUREMENT, encode(HeartRateMeasurement(60, (ticks,))))
    assert process.stdout is not None
    got: list[float] = []
    while len(got) < len(sent):
        told = json.loads(process.stdout.readline())
        if told["type"] == "pulse":
            got += [beat["rr_ms"] for beat in told["beats"]]
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert got == pytest.approx([ticks / 1.024 for ticks in sent])
    assert lines(out)[-1]["type"] == "end"
    strap.wait_released()


# --------------------------------------------------------------------------- OSC and LSL
def test_osc_goes_to_a_real_socket(home: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(20)
        port = str(sock.getsockname()[1])
        process = started(home, "--source", "sim:", "--to", "osc", "--port", port, "--speed", "20")
        seen = set()
        while "/hand_on_heart/beat" not in seen:
            seen.add(OscMessage(sock.recv(65536)).address)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=20)
    assert {"/hand_on_heart/link", "/hand_on_heart/rr_ms"} <= seen
    assert out == ""
    assert process.returncode == 0


@pytest.mark.usefixtures("lsl_alone")
def test_lsl_goes_to_a_real_inlet(home: Path) -> None:
    import pylsl

    process = started(home, "--source", "sim:", "--to", "lsl", "--to", "jsonl")
    assert process.stdout is not None
    process.stdout.readline()
    found = pylsl.resolve_byprop("source_id", "hand-on-heart-rr", 1, 15)
    assert len(found) == 1
    inlet = pylsl.StreamInlet(found[0])
    samples = [inlet.pull_sample(15) for _ in range(3)]
    inlet.close_stream()
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    judged = [b["rr_ms"] for one in lines(out) if one["type"] == "beats" for b in one["beats"]]
    assert all(sample[0] in judged for sample, _ in samples if sample is not None)
    assert all(400 < sample[0] < 1500 for sample, _ in samples)


def test_the_page_tells_every_type_and_every_key(command: Command) -> None:
    page = (Path(__file__).parents[3] / "docs" / "stream.md").read_text(encoding="utf-8")
    table = page.partition("## JSON lines")[2].partition("## Open Sound Control")[0]
    arguments = ("stream", "--source", "sim:3", "--seconds", 60, "--speed", 0, "--sensors")
    for one in lines(command(*arguments).out):
        assert f"| `{one['type']}` |" in table
        nested = [one, *one.get("beats", []), one.get("strap") or {}]
        for key in {key for each in nested for key in each} - {"type", "t_s", "beats"}:
            assert f"`{key}`" in table, (one["type"], key)


# ---------------------------------------------------------------------------- wrong use
def test_a_strap_in_a_hurry_is_refused(command: Command) -> None:
    said = command("stream", "--source", "ble:", "--speed", 2)
    assert said.code == 1
    assert "real time" in said.err


@pytest.mark.parametrize("port", ["0", "65536", "nine"])
def test_a_port_that_is_none_is_wrong_use(command: Command, port: str) -> None:
    assert command("stream", "--port", port).code == 2


def test_leaving_this_computer_is_said(command: Command) -> None:
    arguments = ("stream", "--source", "sim:", "--seconds", 1, "--speed", 0, "--to", "osc")
    assert "anybody on the network" in command(*arguments, "--host", "192.0.2.1").err
    assert "anybody on the network" not in command(*arguments).err


def test_a_source_that_is_none_is_said(command: Command) -> None:
    said = command("stream", "--source", "nothing:")
    assert said.code == 1
    assert "no source of heartbeats" in said.err


def test_the_help_lists_sources_and_ways(command: Command) -> None:
    said = command("stream", "--help")
    assert said.code == 0
    for word in ("replay:FILE", "jsonl", "osc", "lsl", "docs/stream.md"):
        assert word in said.out
