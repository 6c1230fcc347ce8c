"""Looking for straps, over bleak's own BlueZ back end."""

from __future__ import annotations

import asyncio

import pytest

from biofeedback.types import LinkReason
from devices.ble import BluetoothUnavailableError, FoundStrap, scan
from tests.bluez.bus import SYSTEM_BUS
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import AUDIO_SINK, NOT_READY, DBusFault, strap_profile

pytest_plugins = ["tests.bluez.fixtures"]

MOMENT_S = 0.15
NEAR, FAR, OTHER = "F0:9E:1A:00:00:01", "C0:00:00:00:00:02", "D1:22:33:44:55:66"


def test_it_finds_what_advertises_heart_rate_strongest_first(bluez: FakeBluez) -> None:
    bluez.add_strap("TICKR", FAR, rssi_dbm=-88)
    bluez.add_strap("Polar H10", NEAR, rssi_dbm=-50)
    bluez.add_strap("Headphones", OTHER, advertises=(AUDIO_SINK,))
    found = asyncio.run(scan(MOMENT_S))
    assert [(strap.address, strap.name) for strap in found] == [(NEAR, "Polar H10"), (FAR, "TICKR")]
    strengths = [strap.rssi_dbm for strap in found]
    assert strengths[0] in (-50, -51)
    assert strengths[1] in (-88, -89)


def test_it_finds_nothing_where_nothing_is(bluez: FakeBluez) -> None:
    assert asyncio.run(scan(0.05)) == []


def test_it_tells_of_each_strap_as_it_is_found_and_once(bluez: FakeBluez) -> None:
    bluez.add_strap("Polar H10", NEAR)
    bluez.add_strap("TICKR", FAR)
    told: list[FoundStrap] = []
    found = asyncio.run(scan(MOMENT_S, told.append))
    assert sorted(strap.address for strap in told) == sorted(strap.address for strap in found)
    assert len(told) == 2


def test_a_strap_that_this_computer_holds_already_is_found_last(bluez: FakeBluez) -> None:
    bluez.add_strap("Polar H10", NEAR).hold()
    bluez.add_strap("TICKR", FAR)
    found = asyncio.run(scan(MOMENT_S))
    assert [strap.address for strap in found] == [FAR, NEAR]
    assert found[-1] == FoundStrap(NEAR, "Polar H10", None)


def test_a_strap_that_went_away_is_not_found(bluez: FakeBluez) -> None:
    strap = bluez.add_strap("Polar H10", NEAR)
    assert len(asyncio.run(scan(MOMENT_S))) == 1
    strap.vanish()
    assert asyncio.run(scan(MOMENT_S)) == []


def test_a_strap_that_is_only_remembered_is_not_found(bluez: FakeBluez) -> None:
    strap = bluez.add_strap("Polar H10", NEAR)
    assert len(asyncio.run(scan(MOMENT_S))) == 1
    strap.fade()

    async def scan_while_it_changes() -> list[FoundStrap]:
        scanning = asyncio.create_task(scan(MOMENT_S))
        await asyncio.to_thread(bluez.wait_until, lambda: bool(bluez.discovering), "a scan")
        strap.fade()
        return await scanning

    assert asyncio.run(scan_while_it_changes()) == []


def test_it_stops_the_scan(bluez: FakeBluez) -> None:
    asyncio.run(scan(0.05))
    bluez.wait_until(lambda: not bluez.discovering, "the end of the scan")
    assert bluez.count("StopDiscovery") == 1


def test_a_scan_that_is_cut_short_is_stopped_too(bluez: FakeBluez) -> None:
    async def cut_short() -> None:
        async with asyncio.timeout(0.2):
            await scan(60.0)

    with pytest.raises(TimeoutError):
        asyncio.run(cut_short())
    bluez.wait_until(lambda: not bluez.discovering, "the end of the scan")
    assert bluez.count("StopDiscovery") == 1


def test_two_scans_at_a_time_find_the_same(bluez: FakeBluez) -> None:
    bluez.add_strap("Polar H10", NEAR)

    async def both() -> list[list[FoundStrap]]:
        return list(await asyncio.gather(scan(MOMENT_S), scan(MOMENT_S)))

    one, two = asyncio.run(both())
    assert [strap.address for strap in one] == [NEAR]
    assert [strap.address for strap in two] == [NEAR]


# -------------------------------------------------------------------- Bluetooth itself
def reason_of_scan() -> LinkReason:
    with pytest.raises(BluetoothUnavailableError) as caught:
        asyncio.run(scan(0.05))
    return caught.value.reason


def test_bluetooth_off_is_said(bluez: FakeBluez) -> None:
    bluez.set_powered(False)
    assert reason_of_scan() is LinkReason.BLUETOOTH_OFF


def test_no_adapter_is_said(dbus_daemon: None) -> None:
    with FakeBluez(adapter=False):
        assert reason_of_scan() is LinkReason.BLUETOOTH_ABSENT


def test_a_bus_that_refuses_is_said(dbus_daemon: None) -> None:
    with FakeBluez(denied=True):
        assert reason_of_scan() is LinkReason.BLUETOOTH_DENIED


def test_bluetoothd_that_does_not_run_is_said(bluez: FakeBluez) -> None:
    bluez.crash()
    assert reason_of_scan() is LinkReason.BLUETOOTH_ABSENT


def test_no_bus_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SYSTEM_BUS, "unix:path=/nowhere/bus")
    assert reason_of_scan() is LinkReason.BLUETOOTH_ABSENT


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (NOT_READY, LinkReason.BLUETOOTH_OFF),
        (DBusFault("org.bluez.Error.Failed", "out of sorts"), LinkReason.BLUETOOTH_ABSENT),
    ],
)
def test_a_scan_that_bluez_refuses_is_said(
    bluez: FakeBluez, fault: DBusFault, reason: LinkReason
) -> None:
    bluez.adapter.discovery_faults.append(fault)
    assert reason_of_scan() is reason


def test_a_strap_of_any_make_is_found(bluez: FakeBluez) -> None:
    bluez.add_strap("", NEAR, profile=strap_profile(manufacturer="Nobody"))
    (found,) = asyncio.run(scan(MOMENT_S))
    assert found.name == ""
