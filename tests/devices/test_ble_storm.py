"""Faults one upon the other, in any order: the link heals, and every packet comes once."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from biofeedback.hrm import encode
from biofeedback.types import HeartRateMeasurement
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
from tests.bluez.listening import BRIEF_SCAN, Listening
from tests.bluez.strap import FakeStrap

pytest_plugins = ["tests.bluez.fixtures"]

# Long enough for a busy machine, short enough that hanging parts end within the test.
TIMING = replace(BRIEF_SCAN, connect_s=20.0, stall_s=40.0, read_s=10.0)


def packets() -> Iterator[bytes]:
    """Packets of which no two are alike."""
    for number in itertools.count(1):
        yield encode(HeartRateMeasurement(60, (1024, number % 65536, number // 65536)))


NUMBERED = packets()


def faults(bluez: FakeBluez, strap: FakeStrap, chance: random.Random) -> list[Callable[[], None]]:
    """Everything that can go wrong, and some of what can go right."""

    def send() -> None:
        for packet in itertools.islice(NUMBERED, chance.randint(1, 5)):
            strap.notify(HR_MEASUREMENT, packet)

    def refuse_connection() -> None:
        strap.connect_faults = [chance.choice([PAGE_TIMEOUT, IN_PROGRESS, ABORT_BY_LOCAL])]

    def refuse_gatt() -> None:
        call = chance.choice(
            [
                ("StartNotify", HR_MEASUREMENT),
                ("StopNotify", HR_MEASUREMENT),
                ("ReadValue", BATTERY_LEVEL),
            ]
        )
        strap.gatt_faults[call] = [chance.choice([UNLIKELY_ERROR, NOT_CONNECTED])]

    def hang() -> None:
        strap.connect_hangs = chance.random() < 0.5

    def resolve_slowly() -> None:
        strap.resolve_s = chance.choice([0.0, 0.05, 5.0])

    def restart_bus() -> None:
        bluez.kill_bus()
        bluez.revive_bus()

    def restart_bluetoothd() -> None:
        bluez.crash()
        bluez.restart()

    def switch() -> None:
        bluez.set_powered(chance.random() < 0.5)

    def come_back() -> None:
        if not strap.link_up:
            strap.appear()

    return [
        *([send] * 4),
        *([strap.drop] * 2),
        strap.vanish,
        come_back,
        switch,
        hang,
        resolve_slowly,
        refuse_connection,
        refuse_gatt,
        restart_bus,
        restart_bluetoothd,
    ]


@pytest.mark.parametrize("seed", range(8))
def test_after_a_storm_the_strap_streams_and_no_packet_was_lost_or_doubled(
    bluez: FakeBluez, strap: FakeStrap, seed: int
) -> None:
    chance = random.Random(seed)
    with Listening(chance.choice([None, strap.address]), timing=TIMING) as heard:
        strap.wait_subscribed()
        for fault in chance.choices(faults(bluez, strap, chance), k=chance.randint(4, 14)):
            fault()
            if strap.subscribed():
                strap.notify(HR_MEASUREMENT, next(NUMBERED))
        strap.connect_hangs, strap.resolve_s = False, 0.0
        strap.connect_faults, strap.gatt_faults = [], {}
        bluez.set_powered(True)
        if not strap.link_up:
            strap.appear()
        strap.wait_subscribed()
        last = next(NUMBERED)
        strap.notify(HR_MEASUREMENT, last)
        heard.wait_packets(len(strap.sent))
    assert heard.packets == strap.sent
    assert heard.packets[-1] == last
    assert heard.left_behind == []
    strap.wait_released()
    bluez.wait_until(lambda: not bluez.discovering, "the end of all scans")
