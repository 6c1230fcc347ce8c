"""A strap from the first advertisement to goodbye, over bleak's own BlueZ back end."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import aclosing

import pytest

from biofeedback.hrm import encode
from biofeedback.types import (
    HeartRateMeasurement,
    LinkLost,
    LinkReason,
    LinkUp,
    Packet,
    Strap,
)
from devices.ble import BleSource
from devices.clock import RealClock
from devices.link import LinkTiming
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import (
    AUDIO_SINK,
    BATTERY_LEVEL,
    BATTERY_SERVICE,
    BODY_LOCATION,
    HEART_RATE_SERVICE,
    HR_MEASUREMENT,
    MANUFACTURER,
    UNLIKELY_ERROR,
    Characteristic,
    heart_rate_service,
    strap_profile,
)
from tests.bluez.listening import BRIEF_SCAN, QUICK, SPEED, Listening
from tests.bluez.strap import FakeStrap

pytest_plugins = ["tests.bluez.fixtures"]

NAME, ADDRESS = "Polar H10 12345678", "F0:9E:1A:00:00:01"
OTHER = "C0:00:00:00:00:02"
PLAIN = Strap(ADDRESS, NAME)
FULL = Strap(ADDRESS, NAME, 87, "chest", "Polar Electro Oy", "H10")


def packet(number: int) -> bytes:
    """A packet like no other below 60000."""
    return encode(HeartRateMeasurement(60 + number % 60, (1024, 100 + number)))


def send(strap: FakeStrap, first: int, count: int) -> list[bytes]:
    """Send numbered packets; all go to a subscriber."""
    packets = [packet(number) for number in range(first, first + count)]
    for one in packets:
        assert strap.notify(HR_MEASUREMENT, one)
    return packets


# -------------------------------------------------------------------------- the good path
def test_the_label_opens_the_same_source_again() -> None:
    clock = RealClock()
    assert BleSource(None, clock).label == "ble:"
    assert BleSource(ADDRESS, clock).label == f"ble:{ADDRESS}"


def test_it_searches_connects_says_who_it_is_and_streams(strap: FakeStrap) -> None:
    with Listening() as heard:
        heard.wait_ups(2)
        sent = send(strap, 0, 50)
        heard.wait_packets(50)
    assert heard.packets == sent
    assert heard.reasons == [LinkReason.SEARCHING, LinkReason.CONNECTING]
    assert [up.strap for up in heard.ups] == [PLAIN, FULL]


def test_times_never_go_back(strap: FakeStrap) -> None:
    with Listening() as heard:
        heard.wait_ups(2)
        send(strap, 0, 20)
        heard.wait_packets(20)
        strap.drop()
        heard.wait_ups(3)
    times = [event.t_s for event in heard.events]
    assert all(before <= after for before, after in itertools.pairwise(times))


def test_the_first_packets_are_not_delayed_by_reading_what_the_strap_is(strap: FakeStrap) -> None:
    strap.characteristic(BATTERY_LEVEL).hangs = True
    with Listening() as heard:
        strap.wait_subscribed()
        sent = send(strap, 0, 3)
        heard.wait_packets(3)
    assert heard.packets == sent
    assert [up.strap for up in heard.ups] == [PLAIN]


def test_a_packet_is_stamped_when_it_arrives_not_when_it_is_read(strap: FakeStrap) -> None:
    async def read_late() -> tuple[float, float]:
        clock = RealClock()
        source = BleSource(ADDRESS, clock, timing=QUICK)
        async with aclosing(source.events()) as events:
            async for event in events:
                if isinstance(event, LinkUp):
                    strap.notify(HR_MEASUREMENT, packet(1))
                    sent_s = clock.now_s()
                    await clock.sleep_until(sent_s + 0.3)
                elif isinstance(event, Packet):
                    return event.t_s - sent_s, clock.now_s() - sent_s
        raise AssertionError

    stamped_s, read_s = asyncio.run(read_late())
    assert stamped_s < 0.25
    assert read_s >= 0.3


@pytest.mark.parametrize(
    "payload", [b"", b"\x00", b"\xff" * 20, b"\x10", bytes(range(200))], ids=len
)
def test_garbage_passes_through_untouched(strap: FakeStrap, payload: bytes) -> None:
    with Listening() as heard:
        strap.wait_subscribed()
        strap.notify(HR_MEASUREMENT, payload)
        sent = send(strap, 0, 1)
        heard.wait_packets(2)
    assert heard.packets == [payload, *sent]


def test_a_strap_without_rr_streams_all_the_same(strap: FakeStrap) -> None:
    with Listening() as heard:
        strap.wait_subscribed()
        strap.notify(HR_MEASUREMENT, b"\x00\x48")
        heard.wait_packets(1)
    assert heard.packets == [b"\x00\x48"]


def test_two_equal_packets_are_two_packets(strap: FakeStrap) -> None:
    with Listening() as heard:
        strap.wait_subscribed()
        for _ in range(5):
            strap.notify(HR_MEASUREMENT, packet(7))
        heard.wait_packets(5)
    assert heard.packets == [packet(7)] * 5


# -------------------------------------------------------------- what the strap may leave out
def test_a_strap_that_says_nothing_of_itself_streams(bluez: FakeBluez) -> None:
    strap = bluez.add_strap(profile=heart_rate_service(location=None))
    with Listening() as heard:
        strap.wait_subscribed()
        send(strap, 0, 3)
        heard.wait_packets(3)
    assert [up.strap for up in heard.ups] == [PLAIN]


def test_an_error_in_one_detail_spoils_no_other(strap: FakeStrap) -> None:
    strap.gatt_faults["ReadValue", BATTERY_LEVEL] = [UNLIKELY_ERROR]
    strap.gatt_faults["ReadValue", MANUFACTURER] = [UNLIKELY_ERROR]
    with Listening() as heard:
        heard.wait_ups(2)
        send(strap, 0, 3)
        heard.wait_packets(3)
    assert heard.ups[-1].strap == Strap(ADDRESS, NAME, None, "chest", None, "H10")


@pytest.mark.parametrize(
    ("battery", "location", "strap"),
    [
        (b"\x00", b"\x06", Strap(ADDRESS, NAME, 0, "foot")),
        (b"\x65", b"\x00", Strap(ADDRESS, NAME, None, "other")),
        (b"", b"\x63", None),
        (b"\x64", b"", Strap(ADDRESS, NAME, 100, None)),
    ],
)
def test_a_detail_out_of_its_range_counts_as_not_said(
    bluez: FakeBluez, battery: bytes, location: bytes, strap: Strap | None
) -> None:
    profile = {
        HEART_RATE_SERVICE: [
            Characteristic(HR_MEASUREMENT, ("notify",)),
            Characteristic(BODY_LOCATION, ("read",), location),
        ],
        BATTERY_SERVICE: [Characteristic(BATTERY_LEVEL, ("read",), battery)],
    }
    fake = bluez.add_strap(profile=profile)
    with Listening() as heard:
        if strap is not None:
            heard.wait_ups(2)
        fake.wait_subscribed()
        send(fake, 0, 1)
        heard.wait_packets(1)
    assert heard.ups[-1].strap == (strap or PLAIN)


def test_names_that_are_no_text_are_made_readable(bluez: FakeBluez) -> None:
    bluez.add_strap(profile=strap_profile(manufacturer="Wahoo \0\0", model=""))
    with Listening() as heard:
        heard.wait_ups(2)
    assert heard.ups[-1].strap.manufacturer == "Wahoo"
    assert heard.ups[-1].strap.model is None


def test_a_strap_without_a_name_has_an_empty_one(bluez: FakeBluez) -> None:
    bluez.add_strap("", profile=heart_rate_service(location=None))
    with Listening() as heard:
        heard.wait_ups(1)
    assert heard.ups[0].strap == Strap(ADDRESS, "")


def test_a_reading_of_the_battery_is_no_packet(strap: FakeStrap) -> None:
    with Listening() as heard:
        heard.wait_ups(2)  # BlueZ has echoed the reading as a change of value by now
        sent = send(strap, 0, 1)
        heard.wait_packets(1)
    assert heard.packets == sent


# ----------------------------------------------------------------------------- choosing
def test_other_devices_are_left_alone(bluez: FakeBluez) -> None:
    headphones = bluez.add_strap("Headphones", OTHER, advertises=(AUDIO_SINK,))
    with Listening(timing=BRIEF_SCAN) as heard:
        heard.wait_reason(LinkReason.NOT_FOUND)
    assert headphones.connects == 0


def test_of_two_straps_the_stronger_is_used(bluez: FakeBluez) -> None:
    far = bluez.add_strap("TICKR", OTHER, rssi_dbm=-90)
    near = bluez.add_strap(NAME, ADDRESS, rssi_dbm=-45)
    with Listening() as heard:
        heard.wait_ups(1)
    assert (near.connects, far.connects) == (1, 0)


def test_a_strap_that_was_asked_for_is_used_though_another_is_nearer(bluez: FakeBluez) -> None:
    far = bluez.add_strap("TICKR", OTHER, rssi_dbm=-90)
    near = bluez.add_strap(NAME, ADDRESS, rssi_dbm=-45)
    with Listening(OTHER.lower()) as heard:
        heard.wait_ups(1)
        sent = send(far, 0, 2)
        heard.wait_packets(2)
    assert heard.packets == sent
    assert (near.connects, far.connects) == (0, 1)


def test_after_a_drop_it_waits_for_its_own_strap_though_another_is_there(bluez: FakeBluez) -> None:
    mine = bluez.add_strap(NAME, ADDRESS, rssi_dbm=-45)
    with Listening(timing=BRIEF_SCAN) as heard:
        mine.wait_subscribed()
        send(mine, 0, 1)
        heard.wait_packets(1)
        theirs = bluez.add_strap(NAME, OTHER, rssi_dbm=-40)
        mine.vanish()
        heard.wait_reason(LinkReason.NOT_FOUND)
        mine.appear()
        mine.wait_subscribed()
    assert theirs.connects == 0


def test_two_sources_stream_two_straps_side_by_side(bluez: FakeBluez) -> None:
    one = bluez.add_strap(NAME, ADDRESS)
    two = bluez.add_strap("TICKR", OTHER)
    with Listening(ADDRESS) as first:
        # One after the other: bleak may miss a device that appears while it takes stock.
        one.wait_subscribed()
        second = Listening(OTHER)
        with second:
            two.wait_subscribed()
            to_first, to_second = send(one, 0, 5), send(two, 100, 5)
            first.wait_packets(5)
            second.wait_packets(5)
    assert (first.packets, second.packets) == (to_first, to_second)


# ------------------------------------------------------------------------------- goodbye
def test_leaving_while_streaming_disconnects_the_strap(bluez: FakeBluez, strap: FakeStrap) -> None:
    with Listening() as heard:
        heard.wait_ups(2)
        send(strap, 0, 3)
        heard.wait_packets(3)
    assert heard.left_behind == []
    assert bluez.count("StopNotify") == 1
    assert bluez.count("Disconnect") == 1
    strap.wait_released()
    assert not strap.notify(HR_MEASUREMENT, packet(9))


def test_leaving_while_scanning_stops_the_scan(bluez: FakeBluez) -> None:
    with Listening() as heard:
        bluez.wait_until(lambda: bool(bluez.discovering), "a scan")
    assert heard.left_behind == []
    bluez.wait_until(lambda: not bluez.discovering, "the end of the scan")
    assert bluez.count("StopDiscovery") == 1


def test_leaving_while_connecting_gives_up_the_connection(
    bluez: FakeBluez, strap: FakeStrap
) -> None:
    strap.connect_hangs = True
    with Listening() as heard:
        bluez.wait_until(lambda: strap.connects == 1, "a connection attempt")
    assert heard.left_behind == []
    assert bluez.count("Disconnect") == 1
    strap.wait_released()


def test_leaving_while_services_are_discovered_disconnects(
    bluez: FakeBluez, strap: FakeStrap
) -> None:
    strap.resolve_s = 30.0
    with Listening() as heard:
        bluez.wait_until(lambda: strap.link_up, "a link")
    assert heard.left_behind == []
    strap.wait_released()


def test_leaving_while_a_scan_is_about_to_start_stops_it(bluez: FakeBluez) -> None:
    bluez.adapter.discovery_answer_s = 0.2
    with Listening() as heard:
        bluez.wait_until(lambda: bool(bluez.discovering), "a scan")
    assert heard.left_behind == []
    bluez.wait_until(lambda: not bluez.discovering, "the end of the scan")
    assert bluez.count("StopDiscovery") == 1


def test_leaving_while_it_waits_is_at_once(bluez: FakeBluez) -> None:
    bluez.set_powered(False)
    with Listening(timing=LinkTiming(look_again_s=1e6)) as heard:
        heard.wait_reason(LinkReason.BLUETOOTH_OFF)
    assert heard.left_behind == []


def test_breaking_off_under_plain_asyncio_run_disconnects(strap: FakeStrap) -> None:
    async def read_one() -> None:
        source = BleSource(ADDRESS, RealClock(SPEED), timing=QUICK)
        async with aclosing(source.events()) as events:
            async for event in events:
                if isinstance(event, LinkUp):
                    break

    asyncio.run(read_one())
    strap.wait_released()


def test_a_reader_that_is_forgotten_is_closed_with_its_loop(strap: FakeStrap) -> None:
    async def read_one() -> None:
        source = BleSource(ADDRESS, RealClock(SPEED), timing=QUICK)
        async for event in source.events():
            if isinstance(event, LinkUp):
                return

    asyncio.run(read_one())
    strap.wait_released()


def test_a_source_can_be_read_again(strap: FakeStrap) -> None:
    async def read(source: BleSource, number: int) -> bytes:
        async with aclosing(source.events()) as events:
            async for event in events:
                if isinstance(event, LinkUp):
                    strap.notify(HR_MEASUREMENT, packet(number))
                elif isinstance(event, Packet):
                    return event.payload
                else:
                    assert isinstance(event, LinkLost)
        raise AssertionError

    async def both() -> list[bytes]:
        source = BleSource(ADDRESS, RealClock(SPEED), timing=QUICK)
        return [await read(source, number) for number in range(2)]

    assert asyncio.run(both()) == [packet(0), packet(1)]
    strap.wait_released()
