"""Bluetooth straps: any that advertises the Heart Rate Service, through bleak.

`devices.link` has the rules, `devices.ble_keeper` carries them out.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace

from bleak.backends.device import BLEDevice

from biofeedback.ports import Clock
from biofeedback.types import Event, LinkReason
from devices.asleep import slept_s
from devices.ble_keeper import Keeper
from devices.ble_radio import (
    BACKEND_ERRORS,
    RELEASE_LIMIT_S,
    end,
    happening,
    looking,
)
from devices.clock import RealClock
from devices.link import (
    BluetoothUnavailableError,
    FoundStrap,
    Happening,
    Link,
    LinkTiming,
)
from devices.words import Words

__all__ = ["BleSource", "BluetoothUnavailableError", "FoundStrap", "scan"]

_START_LIMIT_S = 10.0
_UNAVAILABLE = {
    Happening.OFF: LinkReason.BLUETOOTH_OFF,
    Happening.DENIED: LinkReason.BLUETOOTH_DENIED,
}


async def scan(
    seconds: float,
    on_found: Callable[[FoundStrap], None] | None = None,
    *,
    clock: Clock | None = None,
) -> list[FoundStrap]:
    """Look for straps.

    Parameters
    ----------
    seconds
        How long to look.
    on_found
        Called with each strap when it is first seen, and again when its name is known.
    clock
        Whose seconds; real ones if not given.

    Returns
    -------
    list of FoundStrap
        Strongest first; those that this computer is connected to already, whose strength
        isn't known, last.

    Raises
    ------
    BluetoothUnavailableError
        If Bluetooth is off, denied or absent.
    """
    clock = clock or RealClock()
    found: dict[str, FoundStrap] = {}

    def seen(strap: FoundStrap, device: BLEDevice) -> None:
        before = found.get(strap.address)
        if before is not None and not strap.name:
            strap = replace(strap, name=before.name)
        found[strap.address] = strap
        if on_found is not None and (before is None or before.name != strap.name):
            on_found(strap)

    try:
        async with looking(clock, _START_LIMIT_S, seen):
            await clock.sleep_until(clock.now_s() + seconds)
    except BACKEND_ERRORS as error:
        reason = _UNAVAILABLE.get(happening(error), LinkReason.BLUETOOTH_ABSENT)
        raise BluetoothUnavailableError(reason) from error
    return sorted(found.values(), key=_weakness)


def _weakness(strap: FoundStrap) -> tuple[float, str]:
    weakness_dbm = float("inf") if strap.rssi_dbm is None else -strap.rssi_dbm
    return (weakness_dbm, strap.address)


class BleSource:
    """A Bluetooth strap as a source of events. Never ends: it reconnects for ever.

    Parameters
    ----------
    address
        The strap to use (a UUID on macOS); None for the strongest around, and then the one
        that was used first is the only one for as long as the events are read.
    clock
        What packets are stamped with and waiting goes by. It has to run with the world
        (`devices.clock.RealClock`): a strap can't be hurried.
    timing
        How long each part may take.
    name_hint
        A name to prefer where ``address`` is None.
    chance
        Where the jitter of waiting comes from.
    slept
        Tells how many seconds the computer has slept that the clock left out.
    with_pmd
        Take the ECG and the accelerometer, too, where the strap has them (Polar's chest
        straps): `SensorFrame` among the other events. Heart rate comes first and goes on
        whatever becomes of them.
    """

    def __init__(
        self,
        address: str | None,
        clock: Clock,
        *,
        timing: LinkTiming | None = None,
        name_hint: str = "",
        chance: random.Random | None = None,
        slept: Callable[[], float] = slept_s,
        with_pmd: bool = False,
    ) -> None:
        self._slept = slept
        self._with_pmd = with_pmd
        self._keeper: Keeper | None = None
        self._address = address
        self._clock = clock
        self._timing = timing or LinkTiming()
        self._name_hint = name_hint
        self._chance = chance

    @property
    def label(self) -> str:
        """The specification that would open it again: ``ble:`` or ``ble:ADDRESS``."""
        return f"ble:{self._address or ''}"

    @property
    def sensor_words(self) -> Words | None:
        """Why there is no ECG though the strap has one, and what helps; None if all is well."""
        return None if self._keeper is None else self._keeper.sensor_words

    async def events(self) -> AsyncGenerator[Event, None]:
        """Packets and link changes, in order of time.

        A `LinkUp` comes when the strap is subscribed to, and once more when it has said
        what it is (battery, location, maker), with no `LinkLost` in between: reading that
        first would cost the first packets.

        Closing this, or cancelling the task that reads it, disconnects the strap, stops
        scanning and leaves nothing running.
        """
        link = Link(
            self._timing, chance=self._chance, address=self._address, name_hint=self._name_hint
        )
        news: asyncio.Queue[Event | None] = asyncio.Queue()
        keeper = self._keeper = Keeper(
            link,
            self._clock,
            self._timing,
            news.put_nowait,
            slept=self._slept,
            with_pmd=self._with_pmd,
        )
        keeping = asyncio.create_task(keeper.run(), name="strap")
        keeping.add_done_callback(lambda _: news.put_nowait(None))
        try:
            while (event := await news.get()) is not None:
                yield event
            await keeping  # it has no end but an error or a cancellation
        finally:
            keeper.leave()
            # A second cancellation would cut off the goodbye to the strap, unless that hangs.
            if not keeping.cancelling():
                keeping.cancel()
            await asyncio.wait({keeping}, timeout=4 * RELEASE_LIMIT_S)
            await end(keeping)
