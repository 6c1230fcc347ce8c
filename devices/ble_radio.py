"""The computer's Bluetooth as the link needs it: who is there, is it usable, within what time.

One of the four files that import bleak; `devices.ble` is the way in.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from bleak import BleakAdapter, BleakClient, BleakScanner
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakError,
)

from biofeedback.ports import Clock
from devices.link import FoundStrap, Happening

HEART_RATE_SERVICE = "0000180d-0000-1000-8000-00805f9b34fb"

T = TypeVar("T")
Seen = Callable[[FoundStrap, BLEDevice], None]
"""Whoever wants to know of a strap that was seen, each time that it is."""

BACKEND_ERRORS = (
    BleakError,
    OSError,  # of the system's Bluetooth and of the message bus; TimeoutError is one too
    EOFError,  # the message bus went away in the middle of a call
    AssertionError,  # bleak after the bus went away
    AttributeError,  # the same
    LookupError,  # bleak, when an object left the bus between two looks
    RuntimeError,  # what a platform's back end doesn't offer, and Objective-C's surprises
    ValueError,  # a message bus that refuses to let us in
)
"""What using bleak can raise. None of it may end a practice: the link fails and heals."""

RELEASE_LIMIT_S = 5.0
"""Real seconds that letting go of the radio may take, lest a dead system hold us up."""

_STOP_LIMIT_S = 2.0
"""The same for a scan, which stops at once where it stops at all."""

_NO_RSSI_DBM = -127
_UNAVAILABLE = {
    BleakBluetoothNotAvailableReason.POWERED_OFF: Happening.OFF,
    BleakBluetoothNotAvailableReason.DENIED_BY_USER: Happening.DENIED,
    BleakBluetoothNotAvailableReason.DENIED_BY_SYSTEM: Happening.DENIED,
    BleakBluetoothNotAvailableReason.DENIED_BY_UNKNOWN: Happening.DENIED,
}
_DBUS_ERRORS = {
    "org.bluez.Error.NotReady": Happening.OFF,
    "org.freedesktop.DBus.Error.AccessDenied": Happening.DENIED,
    "org.freedesktop.DBus.Error.ServiceUnknown": Happening.ABSENT,
    "org.freedesktop.DBus.Error.NameHasNoOwner": Happening.ABSENT,
    "org.freedesktop.DBus.Error.NoReply": Happening.ABSENT,
    "org.freedesktop.DBus.Error.Disconnected": Happening.ABSENT,
}

# These libraries name devices by address in their messages, and no log may hold one.
_LIBRARIES = ("bleak", "dbus_fast")
for _library in _LIBRARIES:
    logging.getLogger(_library).addHandler(logging.NullHandler())
    logging.getLogger(_library).propagate = False


def _is_ours(record: logging.LogRecord) -> bool:
    """Tell whether an exception that asyncio found unclaimed is not one of the libraries'."""
    step = record.exc_info[2] if record.exc_info else None
    module = ""
    while step is not None:
        module, step = step.tb_frame.f_globals.get("__name__", ""), step.tb_next
    return module.partition(".")[0] not in _LIBRARIES


# On a bus that dies they leave futures behind that nobody asks; the link has healed by then.
logging.getLogger("asyncio").addFilter(_is_ours)

if sys.platform == "linux":
    from bleak.backends.bluezdbus.version import BlueZFeatures

    # bleak would run bluetoothctl before the first connection to refuse a BlueZ older than
    # 5.55 (2020). Cancelled in the middle of that it never connects again, so it isn't asked.
    BlueZFeatures.checked_bluez_version = True


def happening(error: Exception) -> Happening:
    """Tell what an error of bleak means to the link.

    Returns
    -------
    Happening
        OFF, DENIED or ABSENT where Bluetooth itself is the matter, else FAILED.
    """
    match error:
        case BleakBluetoothNotAvailableError():
            return _UNAVAILABLE.get(error.reason, Happening.ABSENT)
        case BleakDBusError():
            return _DBUS_ERRORS.get(error.dbus_error, Happening.FAILED)
        case PermissionError():
            return Happening.DENIED
        case ConnectionError() | FileNotFoundError():  # there is no message bus
            return Happening.ABSENT
        case _:
            return Happening.FAILED


def characteristic_of(client: BleakClient, uuid: str, can: str) -> BleakGATTCharacteristic | None:
    """Find a characteristic of a connected device by what it is and can do; None if it has none."""
    every = client.services.characteristics.values()
    return next((c for c in every if c.uuid == uuid and can in c.properties), None)


async def within(clock: Clock, limit_s: float, work: Coroutine[Any, Any, T]) -> T:
    """Do ``work`` unless it takes longer than ``limit_s`` of session time.

    Raises
    ------
    TimeoutError
        If it does; by then it has been cancelled and has cleaned up.
    """
    task = asyncio.ensure_future(work)
    alarm = asyncio.ensure_future(clock.sleep_until(clock.now_s() + limit_s))
    try:
        await asyncio.wait({task, alarm}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise TimeoutError
        return task.result()
    finally:
        await end(task, alarm)


async def until(clock: Clock, event: asyncio.Event, t_s: float) -> None:
    """Come back when ``event`` is set or session time has reached ``t_s``."""
    with contextlib.suppress(TimeoutError):
        await within(clock, t_s - clock.now_s(), event.wait())


async def end(*tasks: asyncio.Future[Any]) -> None:
    """Cancel tasks and see them off; what they raise at the end is of no more use."""
    for attempt in range(2):
        running = {task for task in tasks if not task.done()}
        if not running:
            break
        for task in running:
            task.cancel()
        # A task that clings to its cleaning up is cancelled out of that as well.
        await asyncio.wait(running, timeout=RELEASE_LIMIT_S if attempt == 0 else 0.1)
    for task in tasks:
        if task.done() and not task.cancelled():
            task.exception()


async def released(work: Coroutine[Any, Any, object], limit_s: float = RELEASE_LIMIT_S) -> None:
    """Let go of something of the radio, for as long as that may take, whatever it answers."""
    with contextlib.suppress(*BACKEND_ERRORS):
        async with asyncio.timeout(limit_s):
            await work


@contextlib.asynccontextmanager
async def looking(
    clock: Clock, limit_s: float, seen: Seen, *, ask_held: bool = True
) -> AsyncIterator[None]:
    """Scan for straps while inside.

    Parameters
    ----------
    clock, limit_s
        The scan has to run within so many seconds of session time.
    seen
        Called on this event loop for each advertisement of a strap.
    ask_held
        Tell of straps that this computer is connected to already, too: they don't advertise.

    Raises
    ------
    Exception
        One of `BACKEND_ERRORS` where the scan can't run; see `happening`.
    """
    shared = _scans.setdefault(asyncio.get_running_loop(), _SharedScan())
    try:
        await within(clock, limit_s, shared.join(seen))
        if ask_held:
            for device in await _held(clock, limit_s):
                seen(FoundStrap(device.address, device.name or "", None), device)
        yield
    finally:
        await shared.leave(seen)


class _SharedScan:
    """The one scan of an event loop: BlueZ refuses a program a second one beside it."""

    def __init__(self) -> None:
        self._lookers: list[Seen] = []
        self._changing = asyncio.Lock()
        self._starting: asyncio.Task[None] | None = None
        self._scanner: BleakScanner | None = None

    async def join(self, seen: Seen) -> None:
        """Start the scan, or have one that runs tell ``seen`` what it saw and will see."""
        self._lookers.append(seen)
        async with self._changing:
            if self._starting is None or self._scanner is None:
                self._scanner = BleakScanner(self._on_seen, service_uuids=[HEART_RATE_SERVICE])
                self._starting = asyncio.create_task(self._scanner.start())
            else:
                known = self._scanner.discovered_devices_and_advertisement_data
                for device, data in known.values():
                    _tell(seen, device, data)
            starting = self._starting
        await asyncio.shield(starting)

    async def leave(self, seen: Seen) -> None:
        """Stop the scan if nobody else looks."""
        if seen in self._lookers:
            self._lookers.remove(seen)
        async with self._changing:
            if self._lookers or self._starting is None or self._scanner is None:
                return
            # A start cut off half-way leaves the radio scanning with nobody to stop it.
            await asyncio.wait({self._starting}, timeout=RELEASE_LIMIT_S)
            await end(self._starting)
            await released(self._scanner.stop(), _STOP_LIMIT_S)
            self._starting = self._scanner = None

    def _on_seen(self, device: BLEDevice, data: AdvertisementData) -> None:
        for seen in tuple(self._lookers):
            _tell(seen, device, data)


_scans: WeakKeyDictionary[asyncio.AbstractEventLoop, _SharedScan] = WeakKeyDictionary()


def _tell(seen: Seen, device: BLEDevice, data: AdvertisementData) -> None:
    # BlueZ also reports changes of devices that it only remembers; those have no strength.
    if data.rssi > _NO_RSSI_DBM:
        seen(FoundStrap(device.address, data.local_name or device.name or "", data.rssi), device)


async def _held(clock: Clock, limit_s: float) -> list[BLEDevice]:
    async def ask() -> list[BLEDevice]:
        adapter = await BleakAdapter.get()
        return await adapter.get_connected_devices([HEART_RATE_SERVICE])

    try:
        return await within(clock, limit_s, ask())
    except BACKEND_ERRORS:
        return []
