"""Keeps the link to one strap: searches, connects, listens, lets go, as `devices.link` says.

One of the four files that import bleak; `devices.ble` is the way in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from bleak import BleakClient
from bleak.backends.device import BLEDevice

from biofeedback.ports import Clock
from biofeedback.types import Event, LinkLost, LinkReason, LinkUp, Packet, SensorFrame, Strap
from devices.ble_radio import (
    BACKEND_ERRORS,
    characteristic_of,
    end,
    happening,
    looking,
    released,
    until,
    within,
)
from devices.link import FoundStrap, Happening, Link, LinkState, LinkTiming
from devices.polar import NEEDS_PAIRING, PolarStreams
from devices.words import Words

HR_MEASUREMENT = "00002a37-0000-1000-8000-00805f9b34fb"
BATTERY_LEVEL = "00002a19-0000-1000-8000-00805f9b34fb"
BODY_LOCATION = "00002a38-0000-1000-8000-00805f9b34fb"
MANUFACTURER = "00002a29-0000-1000-8000-00805f9b34fb"
MODEL = "00002a24-0000-1000-8000-00805f9b34fb"

_LOCATIONS = ("other", "chest", "wrist", "finger", "hand", "ear lobe", "foot")
"""Body Sensor Location (HRS 1.0, 3.2), in the order of its codes."""

MOST_BROKEN_LINKS = 2
"""After so many drops in a row that came upon asking for the ECG, it is left alone."""

SHORTEST_SLEEP_S = 1.0
"""Two clocks that differ by less were only not read at the same time."""


class NoHeartRateError(Exception):
    """The device has no characteristic 0x2A37 that notifies."""


class Keeper:
    """Does what the link's state asks for, and tells the link what came of it.

    Parameters
    ----------
    link
        The rules, fresh.
    clock, timing
        What packets are stamped with, and how long each part may take.
    tell
        Is told each event, in order of time, on the event loop.
    slept
        Tells how many seconds the computer has slept that the clock left out.
    with_pmd
        Take ECG and accelerometer, too.
    """

    def __init__(
        self,
        link: Link,
        clock: Clock,
        timing: LinkTiming,
        tell: Callable[[Event], None],
        *,
        slept: Callable[[], float],
        with_pmd: bool,
    ) -> None:
        self._slept = slept
        self._leaving = False
        self._looked_s = self._slept_before_s = 0.0
        self._with_pmd = with_pmd
        self._streams: PolarStreams | None = None
        self._broken_links = 0
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
        if self._broken_links >= MOST_BROKEN_LINKS:
            return NEEDS_PAIRING
        return None if self._streams is None else self._streams.words

    async def run(self) -> None:
        """Keep the link until cancelled."""
        self._happen(Happening.OPENED)
        try:
            while not self._leaving:
                if self._link.state is LinkState.SCANNING:
                    await self._search()
                elif self._link.state is LinkState.CONNECTING and self._device is not None:
                    await self._keep(self._device)
                else:
                    await self._clock.sleep_until(self._until_s())
                    self._happen(Happening.TIME_UP)
        finally:
            self._happen(Happening.CLOSED)

    def leave(self) -> None:
        """Begin nothing new; cancel `run` then.

        A library may swallow a cancellation, as `asyncio.wait_for` does up to Python 3.11 where
        what it waits for is done at the same moment.
        """
        self._leaving = True

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
            if self._link.state is LinkState.STREAMING and not self._leaving:
                await self._watch(client, gone)
        finally:
            await self._release(client)
        if self._link.state is LinkState.STALLED:
            self._happen(Happening.RELEASED)

    async def _try(self, client: BleakClient, gone: asyncio.Event) -> None:
        try:
            await within(self._clock, self._timing.connect_s, self._subscribe(client, gone))
        except NoHeartRateError:
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
            raise NoHeartRateError
        await client.start_notify(measurement, lambda _, data: self._on_packet(client, data))
        self._connected(client, self._clock.now_s())

    def _on_packet(self, client: BleakClient, data: bytearray) -> None:
        t_s = self._clock.now_s()
        self._connected(client, t_s)
        # It may be the first to come after a sleep, and lies beyond the gap.
        self._woke(t_s)
        self._tell(Packet(t_s, bytes(data)))
        if self._link.state is LinkState.STREAMING:
            self._link.on(Happening.PACKET, t_s)

    def _connected(self, client: BleakClient, t_s: float) -> None:
        # The first packet may overtake the answer to the subscription.
        if self._link.state is LinkState.CONNECTING:
            self._link.on(Happening.CONNECTED, t_s)
            self._looked_s, self._slept_before_s = t_s, self._slept()
            self._say(t_s)
            self._tell(LinkUp(t_s, self._known[client.address]))

    async def _watch(self, client: BleakClient, gone: asyncio.Event) -> None:
        greeting = asyncio.create_task(self._greet(client))
        try:
            while self._link.state is LinkState.STREAMING:
                look_s = self._clock.now_s() + self._timing.watch_s
                await until(self._clock, gone, min(look_s, self._until_s()))
                if self._woke(self._clock.now_s()):
                    break
                if gone.is_set():
                    self._blame(self._streams)
                    self._happen(Happening.DROPPED)
                elif self._clock.now_s() >= self._until_s():
                    self._happen(Happening.TIME_UP)
        finally:
            await end(greeting)

    def _woke(self, t_s: float) -> bool:
        """Tell whether the computer slept while packets came, and say so once."""
        if self._link.state is not LinkState.STREAMING:
            return self._link.state is LinkState.STALLED
        slept_s = self._slept()
        unnoticed = slept_s - self._slept_before_s >= SHORTEST_SLEEP_S
        jumped = t_s - self._looked_s >= self._timing.sleep_s
        self._looked_s, self._slept_before_s = t_s, slept_s
        if unnoticed or jumped:
            self._happen(Happening.SLEPT)
        return unnoticed or jumped

    async def _greet(self, client: BleakClient) -> None:
        """Do what may wait until heart rate streams, one thing at a time: straps are simple."""
        await self._read_details(client)
        if self._with_pmd and self._broken_links < MOST_BROKEN_LINKS:
            self._streams = PolarStreams(
                client, self._clock, self._on_frame, reply_s=self._timing.read_s
            )
            await self._streams.start()

    def _blame(self, streams: PolarStreams | None) -> None:
        """Count drops that came upon asking for the ECG: some computers break the link at that."""
        if streams is not None and streams.asked:
            self._broken_links = 0 if streams.heard else self._broken_links + 1

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
