"""``doctor`` says of each thing whether it works, and ends with 0 only if a practice can begin."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from biofeedback.cli import sound, voice
from biofeedback.cli.doctor import (
    Answer,
    Check,
    Heard,
    choose,
    data_check,
    heard_checks,
    listen,
    window_check,
)
from biofeedback.cli.scan import remembered_strap
from biofeedback.hrm import encode
from biofeedback.ports import Clock
from biofeedback.sessions.backups import back_up
from biofeedback.sessions.store import Store
from biofeedback.types import (
    Event,
    HeartRateMeasurement,
    LinkLost,
    LinkReason,
    LinkUp,
    Packet,
    Strap,
    StrapKind,
)
from devices.clock import VirtualClock
from devices.faults import Fault, FaultKind
from devices.link import FoundStrap
from devices.simulator import SimulatedSource
from devices.words import describe
from tests.biofeedback.cli.conftest import Command
from tests.biofeedback.sessions.test_backups import spoil
from tests.biofeedback.sessions.test_deletion import record
from tests.bluez.bus import SYSTEM_BUS
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import HR_MEASUREMENT, heart_rate_service, strap_profile
from tests.bluez.strap import FakeStrap

pytest_plugins = ["tests.bluez.fixtures"]

OK, ATTENTION, UNKNOWN = "ok", "attention", "could not check"
NEAR, FAR = "F0:9E:1A:00:00:01", "C0:00:00:00:00:02"


@pytest.fixture(autouse=True)
def brief_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("biofeedback.cli.doctor.LOOK_S", 0.2)


def _answers(out: str) -> dict[str, str]:
    return {check["name"]: check["answer"] for check in json.loads(out)["checks"]}


def _sentences(out: str) -> dict[str, str]:
    return {check["name"]: check["sentence"] for check in json.loads(out)["checks"]}


@contextmanager
def _beating(
    strap: FakeStrap, rr_ticks: Callable[[int], int], n_packets: int = 8
) -> Iterator[None]:
    """Let a strap send a minute of beats in a moment, as soon as somebody listens."""

    def beat() -> None:
        strap.wait_subscribed()
        for at in range(n_packets):
            beats = tuple(rr_ticks(9 * at + i) for i in range(9))
            measurement = HeartRateMeasurement(64, beats, contact=True)
            strap.notify(HR_MEASUREMENT, encode(measurement))

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    yield
    thread.join(10)


def _alive(at: int) -> int:
    return 960 + random.Random(at).randrange(60)


# ---------------------------------------------------------------------- over the fake bus
@pytest.fixture(autouse=True)
def quick_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt takes a second to load, each time; the tests of sound and voice have the real probes."""
    found = json.dumps({"device": "Speakers", "error": ""})
    monkeypatch.setattr(sound, "PROBE", [sys.executable, "-Sc", f"print({found!r})"])
    found = json.dumps({"engine": "speechd", "languages": ["en"]})
    monkeypatch.setattr(voice, "PROBE", [sys.executable, "-Sc", f"print({found!r})"])


def test_with_a_good_strap_all_is_well(command: Command, strap: FakeStrap) -> None:
    with _beating(strap, _alive):
        said = command("doctor", "--json", "--seconds", 10)
    result = json.loads(said.out)
    assert result["ok"] is True, result
    assert said.code == 0
    answers = _answers(said.out)
    assert set(answers) == {
        "data",
        "window",
        "sound",
        "voice",
        "bluetooth",
        "strap",
        "intervals",
        "signal",
        "battery",
    }
    assert {name for name, answer in answers.items() if answer != OK} <= {"window"}
    sentences = _sentences(said.out)
    assert strap.name in sentences["strap"]
    assert sentences["intervals"] == describe(StrapKind.TRUE_RR).sentence
    assert sentences["battery"] == "The strap's battery is at 87 %."


def test_it_lets_go_of_the_strap(command: Command, bluez: FakeBluez, strap: FakeStrap) -> None:
    with _beating(strap, _alive):
        command("doctor", "--json", "--seconds", 10)
    strap.wait_released()
    assert not bluez.discovering


def test_a_strap_that_fills_in_is_said_and_exit_code_is_1(
    command: Command, strap: FakeStrap
) -> None:
    with _beating(strap, lambda at: random.Random(at).choice((512, 1536))):
        said = command("doctor", "--seconds", 10)
    assert said.code == 1
    words = describe(StrapKind.FILLER)
    assert words.sentence in said.out
    assert words.action in said.out
    assert "Traceback" not in said.err


def test_too_few_beats_are_no_verdict_and_no_obstacle(command: Command, strap: FakeStrap) -> None:
    with _beating(strap, _alive, n_packets=1):
        said = command("doctor", "--json", "--seconds", 1)
    assert said.code == 0
    assert _answers(said.out)["intervals"] == UNKNOWN


def test_a_strap_that_stays_silent_is_said(command: Command, strap: FakeStrap) -> None:
    said = command("doctor", "--json", "--seconds", 1)
    assert said.code == 1
    assert _answers(said.out)["intervals"] == ATTENTION
    assert _answers(said.out)["battery"] == OK


def test_a_strap_that_tells_nothing_of_itself_is_no_obstacle(
    command: Command, bluez: FakeBluez
) -> None:
    strap = bluez.add_strap(profile=heart_rate_service(location=None))
    with _beating(strap, _alive):
        said = command("doctor", "--json", "--seconds", 1)
    assert said.code == 0
    assert _answers(said.out)["battery"] == UNKNOWN


def test_a_low_battery_is_said_and_no_obstacle(command: Command, bluez: FakeBluez) -> None:
    strap = bluez.add_strap(profile=strap_profile(battery_pct=7))
    with _beating(strap, _alive):
        said = command("doctor", "--json", "--seconds", 10)
    assert said.code == 0
    assert _answers(said.out)["battery"] == ATTENTION


def test_no_strap_is_said_with_what_helps(command: Command, bluez: FakeBluez) -> None:
    said = command("doctor", "--seconds", 0.1)
    assert said.code == 1
    assert describe(LinkReason.NOT_FOUND).action in said.out


def test_bluetooth_off_ends_the_search(command: Command, bluez: FakeBluez) -> None:
    bluez.set_powered(False)
    said = command("doctor", "--json", "--seconds", 0.1)
    assert said.code == 1
    assert _sentences(said.out)["bluetooth"] == describe(LinkReason.BLUETOOTH_OFF).sentence
    assert "strap" not in _answers(said.out)


def test_bluetooth_denied_is_said(command: Command, dbus_daemon: None) -> None:
    with FakeBluez(denied=True):
        said = command("doctor", "--json", "--seconds", 0.1)
    assert _sentences(said.out)["bluetooth"] == describe(LinkReason.BLUETOOTH_DENIED).sentence


# ------------------------------------------------------------------------- without a bus
@pytest.fixture
def no_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SYSTEM_BUS, "unix:path=/nowhere/bus")


@pytest.mark.skipif(sys.platform != "linux", reason="the bus is Linux's")
def test_without_bluetooth_the_rest_is_looked_at(command: Command, no_bus: None) -> None:
    said = command("doctor", "--json", "--seconds", 0.1)
    assert said.code == 1
    assert _answers(said.out)["data"] == OK
    assert _answers(said.out)["bluetooth"] == ATTENTION
    assert "Traceback" not in said.err


@pytest.mark.skipif(sys.platform != "linux", reason="the bus is Linux's")
def test_a_folder_that_cannot_be_written_is_said(
    command: Command, home: Path, no_bus: None
) -> None:
    home.write_text("not a folder")
    said = command("doctor", "--json", "--seconds", 0.1)
    assert said.code == 1
    assert _answers(said.out)["data"] == ATTENTION
    assert str(home) in _sentences(said.out)["data"]


@pytest.mark.skipif(sys.platform != "linux", reason="the bus is Linux's")
def test_a_damaged_store_is_said_and_left_as_it_is(
    command: Command, home: Path, no_bus: None
) -> None:
    home.mkdir()
    (home / "sessions.sqlite3").write_bytes(b"this is no database" * 300)
    said = command("doctor", "--json", "--seconds", 0.1)
    assert _answers(said.out)["data"] == ATTENTION
    assert (home / "sessions.sqlite3").read_bytes().startswith(b"this is no database")


def test_the_newest_backup_is_told_and_what_helps_against_damage(home: Path) -> None:
    with Store.open(home) as store:
        for _ in range(4):
            record(store)
    assert "4 so far)." in data_check().words.template
    back_up(home, date(2026, 3, 4))
    assert "4 so far; newest backup 2026-03-04)." in data_check().words.template
    spoil(home / "sessions.sqlite3")
    found = data_check()
    assert found.answer is Answer.ATTENTION
    assert "store restore newest" in found.words.action


def test_wrong_seconds_are_wrong_use(command: Command) -> None:
    assert command("doctor", "--seconds", 0).code == 2


def test_the_window_is_looked_at_without_qt() -> None:
    code = (
        "import sys; from biofeedback.cli.doctor import data_check, window_check; "
        "window_check(); "
        "sys.exit(len([m for m in sys.modules if m.startswith('PySide6')]))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_no_display_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    check = window_check()
    assert check.answer is Answer.ATTENTION
    assert check.words.action
    assert not check.needed


# ------------------------------------------------------------------------ which and what
STRONG, WEAK = FoundStrap(NEAR, "Near", -50), FoundStrap(FAR, "Far", -80)


def test_the_strap_of_last_time_goes_before_a_stronger_one(home: Path) -> None:
    assert choose([STRONG, WEAK], remembered_strap()) == STRONG
    home.mkdir(exist_ok=True)
    (home / "settings.ini").write_text(f"[strap]\naddress={FAR.lower()}\nname=Far %1\n")
    assert choose([STRONG, WEAK], remembered_strap()) == WEAK
    assert choose([STRONG], remembered_strap()) == STRONG
    assert choose([], remembered_strap()) is None


def test_settings_that_cannot_be_read_name_no_strap(home: Path) -> None:
    home.mkdir()
    (home / "settings.ini").write_bytes(b"\xff\xfe nonsense")
    assert remembered_strap() == ""


class _Given:
    """A source of given events, and then silence."""

    label = "given:"

    def __init__(self, given: list[Event], clock: Clock) -> None:
        self._given = given
        self._clock = clock

    async def events(self):  # type: ignore[no-untyped-def]
        for event in self._given:
            await self._clock.sleep_until(event.t_s)
            yield event
        await asyncio.Event().wait()


def _listen(given: list[Event], seconds: float = 45.0) -> Heard:
    return asyncio.run(listen(lambda clock: _Given(given, clock), VirtualClock(), seconds))


def _by_name(heard: Heard) -> dict[str, Check]:
    return {check.name: check for check in heard_checks(heard)}


def _simulated(**fault: object) -> Heard:
    faults = [Fault(**fault)] if fault else []  # type: ignore[arg-type]
    return asyncio.run(
        listen(
            lambda clock: SimulatedSource(clock, lambda _: None, 3, faults=faults),
            VirtualClock(),
            45.0,
        )
    )


def test_a_simulated_heart_passes_every_check() -> None:
    heard = _simulated()
    assert heard.kind is StrapKind.TRUE_RR
    assert [check.answer for check in heard_checks(heard)] == [Answer.OK] * 3


def test_lost_contact_is_said() -> None:
    heard = _simulated(t_s=1.0, kind=FaultKind.CONTACT_LOST, duration_s=200.0)
    checks = _by_name(heard)
    assert checks["signal"].answer is Answer.ATTENTION
    assert checks["signal"].needed
    assert "skin" in checks["signal"].words.sentence


def test_heart_rate_alone_is_recognised() -> None:
    packets: list[Event] = [
        Packet(float(t), encode(HeartRateMeasurement(70))) for t in range(1, 60)
    ]
    heard = _listen([LinkUp(0.5, Strap(NEAR, "Band", battery_pct=50)), *packets])
    assert heard.kind is StrapKind.NONE
    check = _by_name(heard)["intervals"]
    assert (check.answer, check.words) == (Answer.ATTENTION, describe(StrapKind.NONE))


def test_a_strap_that_cannot_be_reached_is_given_up_and_the_reason_said() -> None:
    heard = _listen([LinkLost(1.0, LinkReason.SEARCHING), LinkLost(9.0, LinkReason.CONNECT_FAILED)])
    checks = _by_name(heard)
    assert checks["intervals"].words == describe(LinkReason.CONNECT_FAILED)
    assert "signal" not in checks


def test_a_rough_signal_says_what_helps() -> None:
    heard = Heard()
    heard.n_packets, heard.link, heard.kind = 50, None, StrapKind.TRUE_RR
    heard.clear_share = 0.9
    signal = _by_name(heard)["signal"]
    assert signal.answer is Answer.ATTENTION
    assert signal.words.action == "Tighten the strap."


def test_a_true_strap_is_told_before_the_time_is_up() -> None:
    clock = VirtualClock()

    async def main() -> Heard:
        return await listen(lambda c: SimulatedSource(c, lambda _: None, 3), clock, 500.0)

    assert asyncio.run(main()).kind is StrapKind.TRUE_RR
    assert clock.now_s() < 60
