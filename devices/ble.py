"""Bluetooth straps: any that advertises the Heart Rate Service, through bleak.

`devices.link` has the rules; this file carries them out. One of the three files that import
bleak; the others are `devices.ble_radio` and `devices.polar`.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace

from bleak import BleakClient
from bleak.backends.device import BLEDevice

from biofeedback.ports import Clock
from biofeedback.types import Event, LinkLost, LinkReason, LinkUp, Packet, SensorFrame, Strap
from devices.ble_radio import (
    BACKEND_ERRORS,
    RELEASE_LIMIT_S,
    characteristic_of,
    end,
    happening,
    looking,
    released,
    until,
    within,
)
from devices.clock import RealClock
from devices.link import (
    BluetoothUnavailableError,
    FoundStrap,
    Happening,
    Link,
    LinkState,
    LinkTiming,
)
from devices.polar import PolarStreams
from devices.words import Words

__all__ = ["BleSource", "BluetoothUnavailableError", "FoundStrap", "scan"]

HR_MEASUREMENT = "00002a37-0000-1000-8000-00805f9b34fb"
BATTERY_LEVEL = "00002a19-0000-1000-8000-00805f9b34fb"
BODY_LOCATION = "00002a38-0000-1000-8000-00805f9b34fb"
MANUFACTURER = "00002a29-0000-1000-8000-00805f9b34fb"
MODEL = "00002a24-0000-1000-8000-00805f9b34fb"

_LOCATIONS = ("other", "chest", "wrist", "finger", "hand", "ear lobe", "foot")
"""Body Sensor Location (HRS 1.0, 3.2), in the order of its codes."""

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
        with_pmd: bool = False,
    ) -> None:
        self._with_pmd = with_pmd
        self._keeper: _Keeper | None = None
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
        keeper = self._keeper = _Keeper(
            link, self._clock, self._timing, news.put_nowait, with_pmd=self._with_pmd
        )
        keeping = asyncio.create_task(keeper.run(), name="strap")
        keeping.add_done_callback(lambda _: news.put_nowait(None))
        try:
            while (event := await news.get()) is not None:
                yield event
            await keeping  # it has no end but an error or a cancellation
        finally:
            # A second cancellation would cut off the goodbye to the strap, unless that hangs.
            if not keeping.cancelling():
                keeping.cancel()
            await asyncio.wait({keeping}, timeout=4 * RELEASE_LIMIT_S)
            await end(keeping)


class _NoHeartRateError(Exception):
    """The device has no characteristic 0x2A37 that notifies."""


class _Keeper:
    """Does what the link's state asks for, and tells the link what came of it."""

    def __init__(
        self,
        link: Link,
        clock: Clock,
        timing: LinkTiming,
        tell: Callable[[Event], None],
        *,
        with_pmd: bool,
    ) -> None:
        self._with_pmd = with_pmd
        self._streams: PolarStreams | None = None
        self._link = link
        self._clock = clock
        self._timing = timing
        self._tell = tell
        self._said: LinkReason | None = None
        self._device: BLEDevice | None = None
        self._known: dict[str, Strap] = {}

    @property
    def sensor_words(self) -> Words | None:
        """What is the matter with the ECG; None if nothing is."""
        return None if self._streams is None else self._streams.words

    async def run(self) -> None:
        """Keep the link until cancelled."""
        self._happen(Happening.OPENED)
        try:
            while True:
                if self._link.state is LinkState.SCANNING:
                    await self._search()
                elif self._link.state is LinkState.CONNECTING and self._device is not None:
                    await self._keep(self._device)
                else:
                    await self._clock.sleep_until(self._until_s())
                    self._happen(Happening.TIME_UP)
        finally:
            self._happen(Happening.CLOSED)

    def _happen(self, what: Happening) -> None:
        t_s = self._clock.now_s()
        self._link.on(what, t_s)
        self._say(t_s)

    def _say(self, t_s: float) -> None:
        reason = self._link.reason
        if reason is not None and reason is not self._said:
            self._tell(LinkLost(t_s, reason))
        self._said = reason

    def _until_s(self) -> float:
        return self._clock.now_s() if self._link.until_s is None else self._link.until_s

    # ------------------------------------------------------------------------ scanning
    async def _search(self) -> None:
        seen: dict[str, tuple[FoundStrap, BLEDevice]] = {}
        news = asyncio.Event()

        def on_seen(strap: FoundStrap, device: BLEDevice) -> None:
            seen[strap.address] = (strap, device)
            news.set()

        chosen: FoundStrap | None = None
        scan_s, ask_held = self._timing.scan_s, self._link.ask_held
        try:
            async with looking(self._clock, scan_s, on_seen, ask_held=ask_held):
                self._happen(Happening.LOOKING)
                while chosen is None:
                    now_s, until_s = self._clock.now_s(), self._until_s()
                    chosen = self._link.choose((strap for strap, _ in seen.values()), now_s)
                    if chosen is not None or now_s >= until_s:
                        break
                    news.clear()
                    choose_at_s = self._link.choose_at_s
                    next_s = until_s if choose_at_s is None else choose_at_s
                    await until(self._clock, news, next_s)
        except BACKEND_ERRORS as error:
            self._happen(happening(error))
            return
        # Only now that the scan is over: many radios can't scan and connect at a time.
        if chosen is None:
            self._happen(Happening.TIME_UP)
            return
        _, self._device = seen[chosen.address]
        t_s = self._clock.now_s()
        self._link.found(chosen, t_s)
        known = self._known.get(chosen.address) or Strap(chosen.address, chosen.name)
        self._known[chosen.address] = replace(known, name=chosen.name or known.name)
        self._say(t_s)

    # ----------------------------------------------------------- connecting, streaming
    async def _keep(self, device: BLEDevice) -> None:
        gone = asyncio.Event()
        self._streams = None
        client = BleakClient(device, lambda _: gone.set())
        try:
            await self._try(client, gone)
            if self._link.state is LinkState.STREAMING:
                await self._watch(client, gone)
        finally:
            await self._release(client)
        if self._link.state is LinkState.STALLED:
            self._happen(Happening.RELEASED)

    async def _try(self, client: BleakClient, gone: asyncio.Event) -> None:
        try:
            await within(self._clock, self._timing.connect_s, self._subscribe(client, gone))
        except _NoHeartRateError:
            self._happen(Happening.NO_HEART_RATE)
        except BACKEND_ERRORS as error:
            if self._link.state is LinkState.STREAMING:  # a packet came before the error did
                self._happen(Happening.DROPPED)
            else:
                late = isinstance(error, TimeoutError)
                self._happen(Happening.TIME_UP if late else happening(error))

    async def _subscribe(self, client: BleakClient, gone: asyncio.Event) -> None:
        await client.connect()
        gone.clear()  # bleak also calls an attempt that it repeated by itself a disconnection
        measurement = characteristic_of(client, HR_MEASUREMENT, "notify")
        if measurement is None:
            raise _NoHeartRateError
        await client.start_notify(measurement, lambda _, data: self._on_packet(client, data))
        self._connected(client, self._clock.now_s())

    def _on_packet(self, client: BleakClient, data: bytearray) -> None:
        t_s = self._clock.now_s()
        self._connected(client, t_s)
        self._tell(Packet(t_s, bytes(data)))
        if self._link.state is LinkState.STREAMING:
            self._link.on(Happening.PACKET, t_s)

    def _connected(self, client: BleakClient, t_s: float) -> None:
        # The first packet may overtake the answer to the subscription.
        if self._link.state is LinkState.CONNECTING:
            self._link.on(Happening.CONNECTED, t_s)
            self._say(t_s)
            self._tell(LinkUp(t_s, self._known[client.address]))

    async def _watch(self, client: BleakClient, gone: asyncio.Event) -> None:
        greeting = asyncio.create_task(self._greet(client))
        try:
            while self._link.state is LinkState.STREAMING:
                await until(self._clock, gone, self._until_s())
                if gone.is_set():
                    self._happen(Happening.DROPPED)
                elif self._clock.now_s() >= self._until_s():
                    self._happen(Happening.TIME_UP)
        finally:
            await end(greeting)

    async def _greet(self, client: BleakClient) -> None:
        """Do what may wait until heart rate streams, one thing at a time: straps are simple."""
        await self._read_details(client)
        if self._with_pmd:
            self._streams = PolarStreams(
                client, self._clock, self._on_frame, reply_s=self._timing.read_s
            )
            await self._streams.start()

    def _on_frame(self, frame: SensorFrame) -> None:
        # What comes while the link is being let go belongs to no time that was streamed.
        if self._link.state is LinkState.STREAMING:
            self._tell(frame)

    async def _release(self, client: BleakClient) -> None:
        # An orderly goodbye. Where the link is dead, unsubscribing would only hang.
        if client.is_connected and self._link.state is LinkState.STREAMING:
            if self._streams is not None:
                await self._streams.stop()
            measurement = characteristic_of(client, HR_MEASUREMENT, "notify")
            if measurement is not None:
                await released(client.stop_notify(measurement))
        # Also after a drop: BlueZ doubles every packet of a client that didn't let go.
        await released(client.disconnect())

    # ------------------------------------------------------------------------- details
    async def _read_details(self, client: BleakClient) -> None:
        before = self._known[client.address]
        battery = await self._read(client, BATTERY_LEVEL)
        strap = replace(before, battery_pct=_battery_pct(battery))
        if strap.manufacturer is None and strap.model is None and strap.location is None:
            strap = replace(
                strap,
                location=_location(await self._read(client, BODY_LOCATION)),
                manufacturer=_text(await self._read(client, MANUFACTURER)),
                model=_text(await self._read(client, MODEL)),
            )
        if strap != before:
            self._known[client.address] = strap
            self._tell(LinkUp(self._clock.now_s(), strap))

    async def _read(self, client: BleakClient, uuid: str) -> bytes:
        """Read what the strap may say of itself; empty where it doesn't."""
        try:
            characteristic = characteristic_of(client, uuid, "read")
            if characteristic is None:
                return b""
            reading = client.read_gatt_char(characteristic)
            return bytes(await within(self._clock, self._timing.read_s, reading))
        except BACKEND_ERRORS:
            return b""


def _battery_pct(value: bytes) -> int | None:
    return value[0] if value and value[0] <= 100 else None


def _location(value: bytes) -> str | None:
    return _LOCATIONS[value[0]] if value and value[0] < len(_LOCATIONS) else None


def _text(value: bytes) -> str | None:
    return value.decode(errors="replace").strip("\0 ") or None
