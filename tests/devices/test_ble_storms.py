"""Faults one upon the other, in any order: the link heals, every packet is stored exactly once.

A hypothesis state machine drives bleak's own BlueZ back end over the fake org.bluez. A few
sequences run with the suite, always the same; more, and others each time, with::

    HAND_ON_HEART_STORMS=500 uv run pytest -n 2 tests/devices/test_ble_storms.py
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from biofeedback.hrm import encode
from biofeedback.sessions.store import Store
from biofeedback.types import Choices, HeartRateMeasurement, LinkReason, Packet
from devices.clock import RealClock
from tests.bluez.bus import DAEMON
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import (
    ABORT_BY_LOCAL,
    BATTERY_LEVEL,
    HR_MEASUREMENT,
    IN_PROGRESS,
    NOT_CONNECTED,
    PAGE_TIMEOUT,
    UNLIKELY_ERROR,
)
from tests.bluez.listening import BRIEF_SCAN, SPEED, Listening
from tests.bluez.strap import FakeStrap

WANTED = os.environ.get("HAND_ON_HEART_STORMS")
IN_THE_SUITE = 6

# Long enough for a busy machine, short enough that hanging parts end within the test.
TIMING = replace(BRIEF_SCAN, connect_s=20.0, stall_s=100.0, read_s=10.0, watch_s=2.0)

NAME, OTHER = "Polar H10 12345678", "C0:00:00:00:00:02"


class _JumpingClock(RealClock):
    """A clock that can be told that time has passed without a packet."""

    jumped_s = 0.0

    def now_s(self) -> float:
        return super().now_s() + self.jumped_s


class Storm(RuleBasedStateMachine):
    """A strap, a computer and a person with bad luck.

    What can happen next depends on what the rules did alone, never on how far the link has come
    meanwhile: hypothesis must be able to say the same again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.threads_before = set(threading.enumerate())
        self.home = tempfile.TemporaryDirectory(prefix="storm-")
        self.store = Store.open(Path(self.home.name))
        self.recorder = self.store.begin(
            source="ble:", choices=Choices(), started_at=datetime(2026, 1, 2, tzinfo=UTC)
        )
        self.bluez = FakeBluez()
        self.bluez.__enter__()
        self.strap = self.bluez.add_strap(NAME)
        self.clock = _JumpingClock(SPEED)
        self.slept_s = 0.0
        self.numbers = itertools.count(1)
        self.other: FakeStrap | None = None
        self.adapter_in = True
        self.heard: Listening | None = None

    @initialize(address_known=st.booleans())
    def begin(self, *, address_known: bool) -> None:
        address = self.strap.address if address_known else None
        self.heard = Listening(
            address,
            timing=TIMING,
            clock=self.clock,
            slept=lambda: self.slept_s,
            keep=self.recorder.write,
        )
        self.heard.__enter__()
        self.strap.wait_subscribed(timeout_s=20)
        self.send(1)
        self.caught_up()  # from its first packet on this strap is the only one that will do

    @property
    def listening(self) -> Listening:
        assert self.heard is not None
        return self.heard

    def caught_up(self) -> None:
        self.listening.wait_packets(len(self.strap.sent))

    # ------------------------------------------------------------------------ all is well
    @rule(count=st.integers(1, 5))
    def send(self, count: int) -> None:
        """Send packets of which no two are alike."""
        for number in itertools.islice(self.numbers, count):
            ticks = (1024, number % 65536, number // 65536)
            self.strap.notify(HR_MEASUREMENT, encode(HeartRateMeasurement(60, ticks)))

    @rule()
    def wait_for_the_link(self) -> None:
        """Give it the time to heal, where it can."""
        if self.adapter_in and self.bluez.adapter.powered and not self.strap.connect_hangs:
            if not self.strap.link_up:
                self.strap.appear()
            self.strap.wait_subscribed(timeout_s=20)

    # --------------------------------------------------------------------- the strap's part
    @rule()
    def drop(self) -> None:
        """Lose the link."""
        self.strap.drop()

    @rule()
    def vanish(self) -> None:
        """Go out of range, until BlueZ has forgotten the strap."""
        self.strap.vanish()

    @rule()
    def be_taken_by_another_device(self) -> None:
        """Stop advertising, as a strap does that a phone has connected to."""
        self.strap.drop()
        self.strap.call_away()

    @rule()
    def come_back(self) -> None:
        """Advertise again."""
        if not self.strap.link_up:
            self.strap.appear()

    @precondition(lambda self: self.other is None)
    @rule()
    def a_stronger_one_of_the_same_name_appears(self) -> None:
        """Bring a neighbour's strap."""
        self.other = self.bluez.add_strap(NAME, OTHER, rssi_dbm=-20)

    @rule(percent=st.integers(0, 100))
    def the_battery_runs_down(self, percent: int) -> None:
        """Have another charge from the next connection on."""
        self.strap.characteristic(BATTERY_LEVEL).value = bytes([percent])

    @rule(hangs=st.booleans())
    def reading_hangs(self, *, hangs: bool) -> None:
        """Never answer what the battery holds, or answer again."""
        self.strap.characteristic(BATTERY_LEVEL).hangs = hangs

    # ------------------------------------------------------------------------- connecting
    @rule(hangs=st.booleans())
    def connecting_hangs(self, *, hangs: bool) -> None:
        """Never answer a connection attempt, or answer again."""
        self.strap.connect_hangs = hangs

    @rule(fault=st.sampled_from([PAGE_TIMEOUT, IN_PROGRESS, ABORT_BY_LOCAL]))
    def connecting_fails(self, fault: object) -> None:
        """Refuse the next attempt."""
        self.strap.connect_faults = [fault]  # type: ignore[list-item]

    @rule(
        call=st.sampled_from(
            [
                ("StartNotify", HR_MEASUREMENT),
                ("StopNotify", HR_MEASUREMENT),
                ("ReadValue", BATTERY_LEVEL),
            ]
        ),
        fault=st.sampled_from([UNLIKELY_ERROR, NOT_CONNECTED]),
    )
    def gatt_fails(self, call: tuple[str, str], fault: object) -> None:
        """Answer the next call with an error."""
        self.strap.gatt_faults[call] = [fault]  # type: ignore[list-item]

    @rule(seconds=st.sampled_from([0.0, 0.05, 5.0]))
    def services_come_slowly(self, seconds: float) -> None:
        """Take time to say what the strap has."""
        self.strap.resolve_s = seconds

    # ------------------------------------------------------------------- the computer's part
    @rule(on=st.booleans())
    def switch_bluetooth(self, *, on: bool) -> None:
        """Switch Bluetooth off or on."""
        self.bluez.set_powered(on)

    @precondition(lambda self: self.adapter_in)
    @rule()
    def pull_the_adapter_out(self) -> None:
        """Take the adapter away."""
        self.adapter_in = False
        self.bluez.remove_adapter()

    @precondition(lambda self: not self.adapter_in)
    @rule()
    def put_the_adapter_in(self) -> None:
        """Give it back."""
        self.adapter_in = True
        self.bluez.insert_adapter()

    @precondition(lambda self: self.adapter_in)
    @rule()
    def restart_the_bus(self) -> None:
        """Kill the message bus; what is on its way then is lost with it."""
        self.caught_up()
        self.bluez.kill_bus()
        self.bluez.revive_bus()

    @precondition(lambda self: self.adapter_in)
    @rule()
    def restart_bluetoothd(self) -> None:
        """Let bluetoothd die without a word and start again."""
        self.bluez.crash()
        self.bluez.restart()

    @rule()
    def sleep(self) -> None:
        """Close the lid for ten minutes."""
        self._let_go_by(lambda: setattr(self, "slept_s", self.slept_s + 600.0), LinkReason.SLEPT)

    @rule()
    def fall_silent(self) -> None:
        """Send nothing for longer than a link may."""
        self._let_go_by(self._jump, LinkReason.STALLED)

    def _jump(self) -> None:
        self.clock.jumped_s += TIMING.stall_s + 1

    def _let_go_by(self, what: object, reason: LinkReason) -> None:
        streaming = self.strap.subscribed()
        connects, told = self.strap.connects, len(self.listening.reasons)
        self.caught_up()
        assert callable(what)
        what()
        if not streaming:
            return
        # Whoever lets go of a strap hears nothing of what it still sends: nothing is sent.
        self.bluez.wait_until(
            lambda: not self.strap.subscribed() or self.strap.connects > connects, "letting go"
        )
        self.listening.wait_until(lambda: len(self.listening.reasons) > told, str(reason))

    # ------------------------------------------------------------------------------ always
    @invariant()
    def packets_come_once_and_in_order(self) -> None:
        """Nothing is heard that was not sent, or twice, or out of order."""
        if self.heard is not None:
            heard = self.heard.packets
            assert heard == self.strap.sent[: len(heard)]

    @invariant()
    def nobody_elses_strap_is_touched(self) -> None:
        """A neighbour keeps their strap."""
        assert self.other is None or self.other.connects == 0

    def teardown(self) -> None:
        """Let all be well again: it streams, and leaves nothing behind."""
        try:
            if self.heard is not None:
                self._heal()
                self.listening.close()
                self._check()
        finally:
            if self.heard is not None:
                self.heard.close()
            self.bluez.__exit__()
            self.store.close()
            self.home.cleanup()
        assert not self.bluez.bugs
        left = {t for t in set(threading.enumerate()) - self.threads_before if t.is_alive()}
        assert not left, left

    def _heal(self) -> None:
        strap = self.strap
        strap.connect_hangs, strap.resolve_s = False, 0.0
        strap.connect_faults, strap.gatt_faults = [], {}
        strap.characteristic(BATTERY_LEVEL).hangs = False
        if not self.adapter_in:
            self.put_the_adapter_in()
        self.bluez.set_powered(True)
        if not strap.link_up:
            strap.appear()
        strap.wait_subscribed(timeout_s=30)
        self.send(1)
        self.caught_up()

    def _check(self) -> None:
        stored = self.store.events(self.recorder.session_id)
        assert [event.payload for event in stored if isinstance(event, Packet)] == self.strap.sent
        assert stored == self.listening.events
        assert self.listening.left_behind == []
        self.strap.wait_released()
        self.bluez.wait_until(lambda: not self.bluez.discovering, "the end of all scans")


TestStorms = pytest.mark.skipif(
    shutil.which(DAEMON) is None and os.environ.get("CI") != "true",
    reason="no dbus-daemon here (Debian: apt install dbus)",
)(Storm.TestCase)
TestStorms.settings = settings(
    max_examples=int(WANTED or IN_THE_SUITE),
    stateful_step_count=14,
    deadline=None,
    derandomize=WANTED is None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
