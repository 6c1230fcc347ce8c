"""The GATT tables of straps, and the names of org.bluez."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dbus_fast import Message

ADAPTER = "org.bluez.Adapter1"
DEVICE = "org.bluez.Device1"
SERVICE = "org.bluez.GattService1"
CHARACTERISTIC = "org.bluez.GattCharacteristic1"
OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"


def uuid16(number: int) -> str:
    """Spell a 16-bit UUID out as BlueZ does."""
    return f"0000{number:04x}-0000-1000-8000-00805f9b34fb"


HEART_RATE_SERVICE = uuid16(0x180D)
BATTERY_SERVICE = uuid16(0x180F)
DEVICE_INFORMATION = uuid16(0x180A)
HR_MEASUREMENT = uuid16(0x2A37)
BODY_LOCATION = uuid16(0x2A38)
HR_CONTROL = uuid16(0x2A39)
BATTERY_LEVEL = uuid16(0x2A19)
MANUFACTURER = uuid16(0x2A29)
MODEL = uuid16(0x2A24)
AUDIO_SINK = uuid16(0x110B)


@dataclass(frozen=True)
class DBusFault:
    """A D-Bus error to answer with."""

    name: str
    text: str = ""

    def reply(self, msg: Message) -> Message:
        """Make it the answer to a call."""
        return Message.new_error(msg, self.name, self.text)


UNLIKELY_ERROR = DBusFault("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0e")
IN_PROGRESS = DBusFault("org.bluez.Error.InProgress", "Operation already in progress")
NOT_READY = DBusFault("org.bluez.Error.NotReady", "Resource Not Ready")
NOT_CONNECTED = DBusFault("org.bluez.Error.Failed", "Not connected")
ABORT_BY_LOCAL = DBusFault("org.bluez.Error.Failed", "le-connection-abort-by-local")
PAGE_TIMEOUT = DBusFault("org.bluez.Error.Failed", "Page Timeout")


@dataclass
class Characteristic:
    """One characteristic.

    Attributes
    ----------
    owners
        Unique bus names that called StartNotify. Like bluetoothd, a registration survives a
        link loss and works again on reconnect until its bus connection goes away, and every
        registration emits its own PropertiesChanged (measured with BlueZ 5.66).
    hangs
        Never answer a read.
    on_write
        Takes what is written, on the service's loop, and may answer with an error.
    """

    uuid: str
    flags: tuple[str, ...]
    value: bytes = b""
    hangs: bool = False
    on_write: Callable[[bytes], DBusFault | None] | None = None
    path: str = ""
    owners: list[str] = field(default_factory=list)


Profile = dict[str, list[Characteristic]]
"""Characteristics by service UUID."""


def heart_rate_service(*, location: int | None = 1) -> Profile:
    """Heart rate alone, as the cheapest straps have it."""
    characteristics = [Characteristic(HR_MEASUREMENT, ("notify",))]
    if location is not None:
        characteristics.append(Characteristic(BODY_LOCATION, ("read",), bytes([location])))
    characteristics.append(Characteristic(HR_CONTROL, ("write",)))
    return {HEART_RATE_SERVICE: characteristics}


def strap_profile(
    *,
    battery_pct: int = 87,
    location: int = 1,
    manufacturer: str = "Polar Electro Oy",
    model: str = "H10",
) -> Profile:
    """All that a good strap has."""
    return {
        **heart_rate_service(location=location),
        BATTERY_SERVICE: [Characteristic(BATTERY_LEVEL, ("read", "notify"), bytes([battery_pct]))],
        DEVICE_INFORMATION: [
            Characteristic(MANUFACTURER, ("read",), manufacturer.encode()),
            Characteristic(MODEL, ("read",), model.encode()),
        ],
    }
