"""``scan`` and ``practice --source ble:`` over bleak's own back end and the fake bus."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from biofeedback.cli.scan import find_strap
from biofeedback.hrm import encode
from biofeedback.sessions.store import Store
from biofeedback.types import HeartRateMeasurement, Packet
from tests.biofeedback.cli.conftest import Command
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import HR_MEASUREMENT

pytest_plugins = ["tests.bluez.fixtures"]

ADDRESS = "F0:9E:1A:00:00:01"


def test_scan_lists_straps_and_nothing_else(bluez: FakeBluez, command: Command) -> None:
    bluez.add_strap("Polar H10 12345678", ADDRESS)
    bluez.add_strap(
        "Headphones", "D1:22:33:44:55:66", advertises=("0000110b-0000-1000-8000-00805f9b34fb",)
    )
    found = json.loads(command("scan", "--seconds", "1", "--json").out)
    assert [(strap["address"], strap["name"]) for strap in found] == [
        (ADDRESS, "Polar H10 12345678")
    ]
    assert ADDRESS in command("scan", "--seconds", "1").out


def test_scan_with_bluetooth_off_says_what_to_do(bluez: FakeBluez, command: Command) -> None:
    bluez.set_powered(False)
    said = command("scan", "--seconds", "1", "--json")
    assert said.code == 1
    assert said.out == ""
    assert "Bluetooth" in said.err
    assert said.err.count("\n") == 1


def test_a_practice_with_a_strap_is_kept_packet_for_packet(bluez: FakeBluez, home: Path) -> None:
    strap = bluez.add_strap("Polar H10 12345678", ADDRESS)
    process = subprocess.Popen(
        [sys.executable, "-m", "biofeedback", "practice", "--source", "ble:", "--headless"],
        env={**os.environ, "HAND_ON_HEART_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        strap.wait_subscribed(timeout_s=40.0)
        sent = [encode(HeartRateMeasurement(60, (1000 + at,))) for at in range(20)]
        for payload in sent:
            assert strap.notify(HR_MEASUREMENT, payload)
        assert process.stdout
        for line in process.stdout:
            if "Quiet time before" in line:
                break
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0, err
    assert "You stopped" in out
    with Store.open(home) as store:
        (info,) = store.sessions()
        kept = [e.payload for e in store.events(info.id) if isinstance(e, Packet)]
    assert info.source == f"ble:{ADDRESS}"
    assert info.strap is not None
    assert info.strap.name == "Polar H10 12345678"
    assert kept == sent[: len(kept)]
    assert kept
    assert not strap.link_up


def test_the_strap_of_last_time_goes_before_a_stronger_one(bluez: FakeBluez, home: Path) -> None:
    bluez.add_strap("TICKR", "C0:00:00:00:00:02", rssi_dbm=-30)
    bluez.add_strap("Polar H10 12345678", ADDRESS, rssi_dbm=-80)
    assert find_strap("ble:") == "ble:C0:00:00:00:00:02"
    home.mkdir(exist_ok=True)
    (home / "settings.ini").write_text(f"[strap]\naddress={ADDRESS}\n", encoding="utf-8")
    assert find_strap("ble:") == f"ble:{ADDRESS}"
    assert find_strap("ble:c0:00:00:00:00:02") == "ble:C0:00:00:00:00:02"
