"""A link that heals: each fault once, over bleak's own BlueZ back end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from biofeedback.hrm import encode
from biofeedback.types import HeartRateMeasurement, LinkLost, LinkReason, Packet
from devices.asleep import slept_s
from devices.clock import RealClock
from devices.words import describe, signal_words
from tests.bluez.bus import SYSTEM_BUS
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import (
    ABORT_BY_LOCAL,
    BATTERY_LEVEL,
    BATTERY_SERVICE,
    HEART_RATE_SERVICE,
    HR_MEASUREMENT,
    IN_PROGRESS,
    PAGE_TIMEOUT,
    UNLIKELY_ERROR,
    Characteristic,
    DBusFault,
    strap_profile,
)
from tests.bluez.listening import BRIEF_SCAN, QUICK, SPEED, Listening
from tests.bluez.strap import FakeStrap

pytest_plugins = ["tests.bluez.fixtures"]

R = LinkReason
OTHER = "C0:00:00:00:00:02"


def packet(number: int) -> bytes:
    """A packet like no other below 60000."""
    return encode(HeartRateMeasurement(60 + number % 60, (1024, 100 + number)))


def check_streams(heard: Listening, strap: FakeStrap, count: int = 3) -> None:
    """See that packets come through now, and that all so far came exactly once, in order."""
    strap.wait_subscribed()
    for number in range(count):
        assert strap.notify(HR_MEASUREMENT, packet(len(strap.sent) + number))
    heard.wait_packets(len(strap.sent))
    assert heard.packets == strap.sent


# ---------------------------------------------------------------------------------- drops
def test_a_drop_heals_and_no_packet_is_lost_or_doubled(strap: FakeStrap) -> None:
    with Listening() as heard:
        for drops in range(8):
            check_streams(heard, strap, 1 + drops)
            strap.drop()
            heard.wait_reason(R.DROPPED, drops + 1)
        check_streams(heard, strap)
    assert len(strap.sent) == 39
    assert strap.connects == 9
    assert heard.left_behind == []
    strap.wait_released()


def test_every_drop_is_said_and_then_the_way_back(strap: FakeStrap) -> None:
    with Listening() as heard:
        check_streams(heard, strap)
        strap.drop()
        heard.wait_reason(R.CONNECTING, 2)
        check_streams(heard, strap)
    assert heard.reasons == [R.SEARCHING, R.CONNECTING, R.DROPPED, R.CONNECTING]


def test_it_searches_again_before_every_connection(bluez: FakeBluez, strap: FakeStrap) -> None:
    with Listening(timing=BRIEF_SCAN) as heard:
        check_streams(heard, strap)
        strap.vanish()  # BlueZ forgets a strap soon: its object is gone from the bus
        heard.wait_reason(R.NOT_FOUND)
        strap.appear()
        check_streams(heard, strap)
    assert bluez.count("StartDiscovery") >= 3


def test_a_strap_that_drops_while_it_is_being_read_heals(strap: FakeStrap) -> None:
    strap.characteristic(BATTERY_LEVEL).hangs = True
    with Listening() as heard:
        check_streams(heard, strap)
        strap.drop()
        check_streams(heard, strap)
    assert heard.left_behind == []


def test_a_link_lost_before_services_are_known_heals(bluez: FakeBluez, strap: FakeStrap) -> None:
    strap.resolve_s = 30.0
    with Listening() as heard:
        bluez.wait_until(lambda: strap.link_up, "a link")
        strap.resolve_s = 0.0
        strap.drop()
        heard.wait_reason(R.CONNECT_FAILED)
        check_streams(heard, strap)


def test_what_the_strap_is_stays_known_over_a_drop(strap: FakeStrap) -> None:
    with Listening() as heard:
        heard.wait_ups(2)
        check_streams(heard, strap)
        strap.characteristic(BATTERY_LEVEL).value = b"\x0c"
        strap.drop()
        heard.wait_ups(4)
    before, again, now = (up.strap for up in heard.ups[1:])
    assert again == before
    assert now == replace(before, battery_pct=12)


# --------------------------------------------------------------------------------- stalls
def test_a_silent_strap_is_let_go_and_connected_again(strap: FakeStrap) -> None:
    with Listening(timing=replace(QUICK, stall_s=10.0)) as heard:
        check_streams(heard, strap)
        heard.wait_reason(R.CONNECTING, 2)
        check_streams(heard, strap)
    assert heard.reasons[:4] == [R.SEARCHING, R.CONNECTING, R.STALLED, R.CONNECTING]


def test_a_strap_that_sends_is_never_taken_for_silent(strap: FakeStrap) -> None:
    timing = replace(QUICK, stall_s=10.0)
    with Listening(timing=timing) as heard:
        strap.wait_subscribed()
        while heard.clock.now_s() < 25.0:  # far longer than silence may last
            check_streams(heard, strap, 1)
    assert R.STALLED not in heard.reasons


def test_a_strap_that_never_sends_is_tried_again_ever_more_slowly(strap: FakeStrap) -> None:
    timing = replace(QUICK, stall_s=1.0, choose_s=0.0, jitter=0.0, backoff_cap_s=8.0)
    with Listening(timing=timing) as heard:
        heard.wait_reason(R.STALLED, 5)
    stalls = [event.t_s for event in heard.events if getattr(event, "reason", None) is R.STALLED]
    assert stalls[4] - stalls[3] > 1.5 + 1.0  # backoff 0.2, 0.4, 0.8, 1.6 s, and the stall
    assert heard.packets == []


# ---------------------------------------------------------------------------------- sleep
class _Sleeper:
    """A computer's sleep, which its clock leaves out."""

    def __init__(self) -> None:
        self.slept_s = 1234.0  # it has slept before

    def __call__(self) -> float:
        return self.slept_s


class _Jumping(RealClock):
    """A clock that goes on while the computer sleeps."""

    jumped_s = 0.0

    def now_s(self) -> float:
        return super().now_s() + self.jumped_s


AWAKE = replace(QUICK, watch_s=2.0)


def test_after_a_sleep_that_the_clock_left_out_the_link_is_made_afresh(
    bluez: FakeBluez, strap: FakeStrap
) -> None:
    sleeper = _Sleeper()
    with Listening(timing=AWAKE, slept=sleeper) as heard:
        check_streams(heard, strap)
        sleeper.slept_s += 600.0
        heard.wait_reason(R.SLEPT)
        heard.wait_reason(R.CONNECTING, 2)
        check_streams(heard, strap)
    assert heard.reasons == [R.SEARCHING, R.CONNECTING, R.SLEPT, R.CONNECTING]
    assert bluez.count("Disconnect") == 2
    assert heard.left_behind == []


def test_after_a_sleep_that_the_clock_went_through_the_same(strap: FakeStrap) -> None:
    clock = _Jumping(SPEED)
    with Listening(timing=replace(AWAKE, sleep_s=100.0), clock=clock) as heard:
        check_streams(heard, strap)
        clock.jumped_s = 300.0  # less than the silence after which a link counts as dead
        heard.wait_reason(R.SLEPT)
        heard.wait_reason(R.CONNECTING, 2)
        check_streams(heard, strap)
    assert R.STALLED not in heard.reasons


def test_a_packet_that_comes_first_after_a_sleep_lies_beyond_the_gap(strap: FakeStrap) -> None:
    sleeper = _Sleeper()
    with Listening(timing=replace(QUICK, watch_s=20.0), slept=sleeper) as heard:
        check_streams(heard, strap)
        sleeper.slept_s += 600.0
        strap.notify(HR_MEASUREMENT, packet(100))
        heard.wait_reason(R.SLEPT)
        heard.wait_reason(R.CONNECTING, 2)
        check_streams(heard, strap)
    told = [
        event.payload if isinstance(event, Packet) else event.reason
        for event in heard.events
        if isinstance(event, Packet) or (isinstance(event, LinkLost) and event.reason is R.SLEPT)
    ]
    assert told[3:5] == [R.SLEPT, packet(100)]


def test_a_drop_that_the_sleep_brought_is_told_as_the_sleep(strap: FakeStrap) -> None:
    sleeper = _Sleeper()
    with Listening(timing=AWAKE, slept=sleeper) as heard:
        check_streams(heard, strap)
        sleeper.slept_s += 600.0
        strap.drop()
        heard.wait_reason(R.SLEPT)
        check_streams(heard, strap)
    assert R.DROPPED not in heard.reasons


def test_a_sleep_while_it_searches_changes_nothing(bluez: FakeBluez) -> None:
    sleeper = _Sleeper()
    with Listening(timing=AWAKE, slept=sleeper) as heard:
        bluez.wait_until(lambda: bool(bluez.discovering), "a scan")
        sleeper.slept_s += 600.0
        check_streams(heard, bluez.add_strap())
    assert heard.reasons == [R.SEARCHING, R.CONNECTING]


def test_this_computer_tells_how_long_it_slept() -> None:
    slept_before_s = slept_s()
    assert slept_before_s >= -1e-3
    assert slept_s() - slept_before_s < 1.0


# ------------------------------------------------------------------- another holds the strap
def test_a_strap_that_another_device_holds_is_waited_for(strap: FakeStrap) -> None:
    strap.call_away()  # a phone has it: it does not advertise, and this computer has no link
    with Listening(timing=BRIEF_SCAN) as heard:
        heard.wait_reason(R.NOT_FOUND)
        strap.appear()
        check_streams(heard, strap)
    assert "other apps" in describe(R.NOT_FOUND).action


def test_a_strap_that_another_device_takes_during_a_drop_is_waited_for(strap: FakeStrap) -> None:
    with Listening(timing=BRIEF_SCAN) as heard:
        check_streams(heard, strap)
        strap.drop()
        strap.call_away()
        heard.wait_reason(R.NOT_FOUND)
        strap.appear()
        check_streams(heard, strap)
    assert heard.left_behind == []


def test_the_wrong_strap_with_the_same_name_is_not_taken(bluez: FakeBluez) -> None:
    mine = bluez.add_strap("TICKR", "F0:9E:1A:00:00:01", advertising=False)
    theirs = bluez.add_strap("TICKR", OTHER, rssi_dbm=-30)
    with Listening(mine.address, timing=BRIEF_SCAN) as heard:
        heard.wait_reason(R.NOT_FOUND)
        mine.appear()
        check_streams(heard, mine)
    assert theirs.connects == 0
    assert [up.strap.address for up in heard.ups][:1] == [mine.address]


# -------------------------------------------------------------------------------- battery
def test_a_low_battery_is_told_in_a_sentence(bluez: FakeBluez) -> None:
    bluez.add_strap(profile=strap_profile(battery_pct=9))
    with Listening() as heard:
        heard.wait_ups(2)
    strap = heard.ups[-1].strap
    assert strap.battery_pct == 9
    words = signal_words(contact=None, clear_share=None, link=None, battery_pct=strap.battery_pct)
    assert words[-1].sentence == "The battery of the strap is low."


# ----------------------------------------------------------------------------- connecting
def test_a_connection_that_hangs_is_given_up_and_tried_again(strap: FakeStrap) -> None:
    strap.connect_hangs = True
    with Listening(timing=replace(QUICK, connect_s=4.0)) as heard:
        heard.wait_reason(R.CONNECT_FAILED)
        strap.connect_hangs = False
    # The limit is short for a busy machine, so only the failure is waited for.
    assert heard.reasons[:3] == [R.SEARCHING, R.CONNECTING, R.CONNECT_FAILED]
    assert heard.left_behind == []


@pytest.mark.parametrize("fault", [PAGE_TIMEOUT, IN_PROGRESS, DBusFault("org.example.Odd", "odd")])
def test_a_connection_that_is_refused_is_tried_again(strap: FakeStrap, fault: DBusFault) -> None:
    strap.connect_faults = [fault, fault]
    with Listening() as heard:
        check_streams(heard, strap)
    assert heard.reasons.count(R.CONNECT_FAILED) == 2
    assert strap.connects == 3


def test_a_connection_that_aborts_at_first_comes_about(strap: FakeStrap) -> None:
    strap.connect_faults = [ABORT_BY_LOCAL, ABORT_BY_LOCAL]
    with Listening() as heard:
        check_streams(heard, strap)
    assert heard.reasons == [R.SEARCHING, R.CONNECTING]
    assert strap.connects == 3


def test_a_subscription_that_is_refused_is_tried_again(strap: FakeStrap) -> None:
    strap.gatt_faults["StartNotify", HR_MEASUREMENT] = [UNLIKELY_ERROR]
    with Listening() as heard:
        check_streams(heard, strap)
    assert R.CONNECT_FAILED in heard.reasons
    assert strap.connects == 2


@pytest.mark.parametrize(
    "profile",
    [
        {BATTERY_SERVICE: [Characteristic(BATTERY_LEVEL, ("read",), b"\x50")]},
        {HEART_RATE_SERVICE: [Characteristic(HR_MEASUREMENT, ("read",), b"\x00\x48")]},
    ],
    ids=["without 0x2A37", "0x2A37 without notify"],
)
def test_a_device_without_heart_rate_is_let_go(
    bluez: FakeBluez, profile: dict[str, list[Characteristic]]
) -> None:
    scales = bluez.add_strap("Scales", profile=profile)
    with Listening() as heard:
        heard.wait_reason(R.NO_HEART_RATE)
        bluez.wait_until(lambda: not scales.link_up, "a goodbye")
    assert heard.ups == []


def test_a_strap_is_found_beside_a_device_without_heart_rate(bluez: FakeBluez) -> None:
    bluez.add_strap("Scales", profile={BATTERY_SERVICE: []}, rssi_dbm=-30)
    strap = bluez.add_strap("TICKR", OTHER, rssi_dbm=-80)
    with Listening() as heard:
        check_streams(heard, strap)
    assert heard.reasons[:3] == [R.SEARCHING, R.CONNECTING, R.NO_HEART_RATE]


def test_a_strap_left_connected_by_a_program_that_ended_is_taken_over(strap: FakeStrap) -> None:
    strap.hold()  # it does not advertise, so no scan can find it
    with Listening() as heard:
        check_streams(heard, strap)
    strap.wait_released()


# ------------------------------------------------------------------------ Bluetooth itself
def test_bluetooth_that_is_off_heals_when_switched_on(bluez: FakeBluez, strap: FakeStrap) -> None:
    bluez.set_powered(False)
    with Listening() as heard:
        heard.wait_reason(R.BLUETOOTH_OFF)
        bluez.set_powered(True)
        check_streams(heard, strap)
    assert heard.reasons == [R.SEARCHING, R.BLUETOOTH_OFF, R.SEARCHING, R.CONNECTING]


def test_bluetooth_switched_off_in_the_middle_heals(bluez: FakeBluez, strap: FakeStrap) -> None:
    with Listening() as heard:
        for times in range(2):
            check_streams(heard, strap)
            bluez.set_powered(False)
            heard.wait_reason(R.BLUETOOTH_OFF, times + 1)
            bluez.set_powered(True)
        check_streams(heard, strap)
    assert heard.left_behind == []


def test_bluetooth_switched_off_while_scanning_is_said(bluez: FakeBluez) -> None:
    with Listening(timing=BRIEF_SCAN) as heard:
        bluez.wait_until(lambda: bool(bluez.discovering), "a scan")
        bluez.set_powered(False)
        heard.wait_reason(R.BLUETOOTH_OFF)


def test_an_adapter_pulled_out_and_put_in_again_heals(bluez: FakeBluez, strap: FakeStrap) -> None:
    with Listening() as heard:
        check_streams(heard, strap)
        bluez.remove_adapter()
        heard.wait_reason(R.BLUETOOTH_ABSENT)
        bluez.insert_adapter()
        check_streams(heard, strap)


def test_bluetooth_that_is_denied_is_said(dbus_daemon: None) -> None:
    with FakeBluez(denied=True), Listening() as heard:
        heard.wait_reason(R.BLUETOOTH_DENIED)
    assert heard.reasons == [R.SEARCHING, R.BLUETOOTH_DENIED]


def test_no_message_bus_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SYSTEM_BUS, "unix:path=/nowhere/bus")
    with Listening() as heard:
        heard.wait_reason(R.BLUETOOTH_ABSENT)
    assert heard.left_behind == []


# ----------------------------------------------------------------------- the bus and bluetoothd
def test_a_message_bus_that_dies_while_streaming_heals(bluez: FakeBluez, strap: FakeStrap) -> None:
    with Listening() as heard:
        check_streams(heard, strap)
        bluez.kill_bus()
        heard.wait_reason(R.BLUETOOTH_ABSENT)
        bluez.revive_bus()
        check_streams(heard, strap)
    assert heard.left_behind == []


def test_a_message_bus_that_dies_while_scanning_heals(bluez: FakeBluez) -> None:
    with Listening(timing=BRIEF_SCAN) as heard:
        bluez.wait_until(lambda: bool(bluez.discovering), "a scan")
        bluez.kill_bus()
        heard.wait_reason(R.BLUETOOTH_ABSENT)
        bluez.revive_bus()
        check_streams(heard, bluez.add_strap())


def test_a_message_bus_that_dies_while_connecting_heals(bluez: FakeBluez, strap: FakeStrap) -> None:
    strap.connect_hangs = True
    with Listening() as heard:
        bluez.wait_until(lambda: strap.connects == 1, "a connection attempt")
        bluez.kill_bus()
        heard.wait_reason(R.BLUETOOTH_ABSENT)
        strap.connect_hangs = False
        bluez.revive_bus()
        check_streams(heard, strap)


def test_bluetoothd_that_dies_while_streaming_heals(bluez: FakeBluez, strap: FakeStrap) -> None:
    with Listening(timing=replace(QUICK, stall_s=10.0)) as heard:
        check_streams(heard, strap)
        bluez.crash()  # nobody says so: only the silence tells
        heard.wait_reason(R.STALLED)
        heard.wait_reason(R.BLUETOOTH_ABSENT)
        bluez.restart()
        check_streams(heard, strap)
    assert heard.left_behind == []


def test_a_scan_that_bluez_refuses_is_tried_again(bluez: FakeBluez, strap: FakeStrap) -> None:
    bluez.adapter.discovery_faults = [IN_PROGRESS, IN_PROGRESS]
    with Listening() as heard:
        check_streams(heard, strap)
