"""A scripted strap on the fake org.bluez: what it is, what it does, how it misbehaves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbus_fast import Message, Variant

from tests.bluez.gatt import (
    ABORT_BY_LOCAL,
    CHARACTERISTIC,
    DEVICE,
    HEART_RATE_SERVICE,
    HR_MEASUREMENT,
    IN_PROGRESS,
    NOT_CONNECTED,
    SERVICE,
    Characteristic,
    DBusFault,
    Profile,
)

if TYPE_CHECKING:
    from tests.bluez.fake import FakeBluez

Interfaces = dict[str, dict[str, Variant]]
"""Properties by interface, as org.freedesktop.DBus.ObjectManager gives them."""


@dataclass(eq=False)
class FakeStrap:
    """A strap. The methods of the first part may be called from any thread.

    Attributes
    ----------
    advertises
        Service UUIDs in its advertisement.
    advertising
        Whether it can be seen; a strap that is connected cannot.
    connect_hangs
        Never answer Connect, until Disconnect cancels it.
    connect_faults
        Errors to answer the next Connect calls with, oldest first.
    gatt_faults
        Errors to answer the next calls of (method, uuid) with, oldest first.
    resolve_s
        Time that the discovery of services takes.
    link_up
        Whether it is connected.
    connects
        Connect calls so far.
    sent
        Packets of 0x2A37 that went out to a subscriber, oldest first.
    """

    bluez: FakeBluez
    name: str
    address: str
    profile: Profile
    rssi_dbm: int = -60
    advertises: tuple[str, ...] = (HEART_RATE_SERVICE,)
    advertising: bool = True
    connect_hangs: bool = False
    connect_faults: list[DBusFault] = field(default_factory=list)
    gatt_faults: dict[tuple[str, str], list[DBusFault]] = field(default_factory=dict)
    resolve_s: float = 0.0
    link_up: bool = False
    connects: int = 0
    sent: list[bytes] = field(default_factory=list)
    _pending: list[Message] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Its place on the bus."""
        return f"{self.bluez.adapter.path}/dev_{self.address.replace(':', '_')}"

    # ------------------------------------------------------------------ from any thread
    def notify(self, uuid: str, value: bytes) -> bool:
        """Send one notification; False when nobody is subscribed or the link is down."""
        return self.bluez.call(self.indicate, uuid, bytes(value))

    def drop(self) -> None:
        """Lose the link at once: out of range, or taken off."""
        self.bluez.call(self.lose_link)

    def vanish(self) -> None:
        """Go out of range: no link, no advertisement, and BlueZ forgets it."""
        self.bluez.call(self._vanish)

    def appear(self) -> None:
        """Come back into range and advertise."""
        self.bluez.call(self._set_advertising, True)

    def fade(self) -> None:
        """Go out of range while BlueZ still remembers it, and changes what it remembers."""
        self.bluez.call(self._fade)

    def call_away(self) -> None:
        """Stay in range but be connected to another device: it advertises no more."""
        self.bluez.call(self._set_advertising, False)

    def hold(self) -> None:
        """Be connected already, as after a program that ended without letting go."""
        self.bluez.call(self._hold)

    def subscribed(self, uuid: str = HR_MEASUREMENT) -> bool:
        """Whether somebody subscribed over a link that is up."""
        return self.link_up and bool(self.characteristic(uuid).owners)

    def wait_subscribed(self, uuid: str = HR_MEASUREMENT, timeout_s: float = 10.0) -> None:
        """Come back when somebody subscribed.

        Raises
        ------
        TimeoutError
            If nobody does.
        """
        self.bluez.wait_until(lambda: self.subscribed(uuid), "a subscription", timeout_s)

    def wait_released(self, timeout_s: float = 10.0) -> None:
        """Come back when the link is down and nobody is subscribed.

        Raises
        ------
        TimeoutError
            If somebody holds on.
        """
        self.bluez.wait_until(lambda: self.released, "the release of the strap", timeout_s)

    @property
    def released(self) -> bool:
        """Whether the link is down and no registration is left behind."""
        every = [c for chars in self.profile.values() for c in chars]
        return not self.link_up and not any(c.owners for c in every)

    def characteristic(self, uuid: str) -> Characteristic:
        """Look a characteristic up; KeyError if the strap has none."""
        for characteristics in self.profile.values():
            for characteristic in characteristics:
                if characteristic.uuid == uuid:
                    return characteristic
        raise KeyError(uuid)

    # -------------------------------------------------------------- on the service's loop
    def advertise_now(self) -> None:
        """Be seen once: a new object on the bus, or news of its signal strength."""
        if self.path not in self.bluez.tree:
            self.bluez.add(self.path, {DEVICE: self._properties()})
        else:
            known = self.bluez.tree[self.path][DEVICE].get("RSSI")
            flicker = 1 if known is not None and known.value == self.rssi_dbm else 0
            strength = Variant("n", self.rssi_dbm - flicker)
            self.bluez.changed(self.path, DEVICE, {"RSSI": strength})

    def lose_link(self) -> None:
        """Go from connected to advertising, with one signal as BlueZ sends it."""
        if not self.link_up:
            return
        self.link_up, self.advertising = False, True
        # The GATT objects stay on the bus, as BlueZ keeps them in its cache.
        down = {"ServicesResolved": Variant("b", False), "Connected": Variant("b", False)}
        self.bluez.changed(self.path, DEVICE, down)

    def wipe(self) -> None:
        """Forget all, without a signal: bluetoothd died."""
        self.link_up, self.advertising = False, True
        self._pending.clear()
        for characteristics in self.profile.values():
            for characteristic in characteristics:
                characteristic.owners.clear()

    def client_gone(self, name: str) -> None:
        """A client left the bus: its registrations end."""
        for characteristics in self.profile.values():
            for characteristic in characteristics:
                if name in characteristic.owners:
                    characteristic.owners.remove(name)

    async def connect(self, msg: Message) -> Message | None:
        """Answer Connect."""
        self.connects += 1
        if self.link_up:
            return Message.new_method_return(msg)
        if self.connect_hangs or not self.advertising:
            self._pending.append(msg)
            return None
        if self.connect_faults:
            fault = self.connect_faults.pop(0)
            if fault == ABORT_BY_LOCAL:
                # BlueZ reports the link up and down again around this error.
                self.bluez.changed(self.path, DEVICE, {"Connected": Variant("b", True)})
                down = {"Connected": Variant("b", False)}
                self.bluez.later(0.01, lambda: self.bluez.changed(self.path, DEVICE, down))
            return fault.reply(msg)
        self.link_up, self.advertising = True, False
        # The order was recorded from BlueZ 5.66: Connected, reply, GATT objects, resolved.
        self.bluez.changed(self.path, DEVICE, {"Connected": Variant("b", True)})
        self.bluez.send(Message.new_method_return(msg))
        if self.resolve_s:
            await asyncio.sleep(self.resolve_s)
        if self.link_up:
            self._resolve()
        return None

    def disconnect(self, msg: Message) -> Message:
        """Answer Disconnect; it cancels a Connect that is under way."""
        for waiting in self._pending:
            self.bluez.send(IN_PROGRESS.reply(waiting))
        self._pending.clear()
        self.lose_link()
        return Message.new_method_return(msg)

    def gatt_call(self, characteristic: Characteristic, msg: Message) -> Message | None:
        """Answer ReadValue, WriteValue, StartNotify and StopNotify."""
        assert msg.member is not None
        assert msg.sender is not None
        faults = self.gatt_faults.get((msg.member, characteristic.uuid))
        if faults:
            fault = faults.pop(0)
            return fault.reply(msg)
        if not self.link_up:
            return NOT_CONNECTED.reply(msg)
        match msg.member:
            case "ReadValue":
                return self._read(characteristic, msg)
            case "WriteValue":
                return _write(characteristic, msg)
            case "StartNotify":
                return self._start_notify(characteristic, msg)
            case "StopNotify":
                if msg.sender not in characteristic.owners:
                    return Message.new_error(msg, NOT_CONNECTED.name, "No notify session started")
                characteristic.owners.remove(msg.sender)
                return Message.new_method_return(msg)
        return None

    def _read(self, characteristic: Characteristic, msg: Message) -> Message | None:
        if characteristic.hangs:
            return None
        if "read" not in characteristic.flags:
            return Message.new_error(msg, "org.bluez.Error.NotPermitted", "Read not permitted")
        # BlueZ emits what was read as PropertiesChanged too.
        value = Variant("ay", characteristic.value)
        self.bluez.changed(characteristic.path, CHARACTERISTIC, {"Value": value})
        return Message.new_method_return(msg, "ay", [characteristic.value])

    def _start_notify(self, characteristic: Characteristic, msg: Message) -> Message:
        assert msg.sender is not None
        if not {"notify", "indicate"} & set(characteristic.flags):
            return Message.new_error(
                msg, "org.bluez.Error.NotSupported", "Operation is not supported"
            )
        if msg.sender in characteristic.owners:
            return IN_PROGRESS.reply(msg)
        characteristic.owners.append(msg.sender)
        return Message.new_method_return(msg)

    def indicate(self, uuid: str, value: bytes) -> bool:
        """Send one notification or indication; False when nobody would get it."""
        characteristic = self.characteristic(uuid)
        if not self.link_up or not characteristic.owners:
            return False
        for _ in characteristic.owners:
            changed = {"Value": Variant("ay", value)}
            self.bluez.changed(characteristic.path, CHARACTERISTIC, changed)
        if uuid == HR_MEASUREMENT:
            self.sent.append(value)
        return True

    def _set_advertising(self, on: bool) -> None:
        self.advertising = on

    def _fade(self) -> None:
        self.lose_link()
        self.advertising = False
        self.bluez.changed(self.path, DEVICE, {"Trusted": Variant("b", True)}, ("RSSI",))

    def _vanish(self) -> None:
        self.lose_link()
        self.advertising = False
        for path in sorted(self.bluez.tree, reverse=True):
            if path == self.path or path.startswith(self.path + "/"):
                self.bluez.remove(path)

    def _hold(self) -> None:
        self.advertise_now()
        self.link_up, self.advertising = True, False
        self.bluez.changed(self.path, DEVICE, {"Connected": Variant("b", True)})
        self._resolve()

    def _properties(self) -> dict[str, Variant]:
        return {
            "Address": Variant("s", self.address),
            "AddressType": Variant("s", "random"),
            "Name": Variant("s", self.name),
            "Alias": Variant("s", self.name or self.address.replace(":", "-")),
            "Paired": Variant("b", False),
            "Bonded": Variant("b", False),
            "Trusted": Variant("b", False),
            "Blocked": Variant("b", False),
            "LegacyPairing": Variant("b", False),
            "RSSI": Variant("n", self.rssi_dbm),
            "Connected": Variant("b", self.link_up),
            "UUIDs": Variant("as", list(self.advertises)),
            "Adapter": Variant("o", self.bluez.adapter.path),
            "ServicesResolved": Variant("b", False),
        }

    def _resolve(self) -> None:
        handle = 0x000A
        for service_uuid, characteristics in self.profile.items():
            service_path = f"{self.path}/service{handle:04x}"
            if service_path not in self.bluez.tree:
                service = {
                    "UUID": Variant("s", service_uuid),
                    "Device": Variant("o", self.path),
                    "Primary": Variant("b", True),
                    "Includes": Variant("ao", []),
                }
                self.bluez.add(service_path, {SERVICE: service})
            for characteristic in characteristics:
                handle += 2
                characteristic.path = f"{service_path}/char{handle - 1:04x}"
                if characteristic.path not in self.bluez.tree:
                    properties = {
                        "UUID": Variant("s", characteristic.uuid),
                        "Service": Variant("o", service_path),
                        "Value": Variant("ay", b""),
                        "Flags": Variant("as", list(characteristic.flags)),
                        "MTU": Variant("q", 247),
                    }
                    self.bluez.add(characteristic.path, {CHARACTERISTIC: properties})
            handle += 1
        resolved = {
            "UUIDs": Variant("as", sorted({*self.profile, *self.advertises})),
            "ServicesResolved": Variant("b", True),
        }
        self.bluez.changed(self.path, DEVICE, resolved)


def _write(characteristic: Characteristic, msg: Message) -> Message:
    if characteristic.on_write is None:
        return Message.new_error(msg, "org.bluez.Error.NotPermitted", "Write not permitted")
    fault = characteristic.on_write(bytes(msg.body[0]))
    if fault is not None:
        return Message.new_error(msg, fault.name, fault.text)
    return Message.new_method_return(msg)
