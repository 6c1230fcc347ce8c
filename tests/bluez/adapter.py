"""The Bluetooth adapter of the fake org.bluez: power, discovery, advertisements."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from dbus_fast import Message, Variant

from tests.bluez.gatt import ADAPTER, DEVICE, IN_PROGRESS, NOT_READY, DBusFault

if TYPE_CHECKING:
    from tests.bluez.fake import FakeBluez

_NOT_STARTED = DBusFault("org.bluez.Error.Failed", "No discovery started")


class FakeAdapter:
    """One adapter. All of it happens on the service's loop, but for what is set before.

    Attributes
    ----------
    path
        Its place on the bus.
    powered, inserted
        Whether Bluetooth is on, and whether there is an adapter at all.
    discovering
        Who scans, and for which service UUIDs.
    discovery_answer_s
        How long BlueZ takes to answer StartDiscovery, after it began.
    discovery_faults
        Errors to answer the next StartDiscovery calls with, oldest first.
    """

    path = "/org/bluez/hci0"

    def __init__(
        self, bluez: FakeBluez, *, powered: bool, inserted: bool, advertise_every_s: float
    ) -> None:
        self.powered = powered
        self.inserted = inserted
        self.discovering: dict[str, frozenset[str]] = {}
        self.discovery_answer_s = 0.0
        self.discovery_faults: list[DBusFault] = []
        self._bluez = bluez
        self._filters: dict[str, frozenset[str]] = {}
        self._advertise_every_s = advertise_every_s

    def properties(self) -> dict[str, Variant]:
        """What org.bluez.Adapter1 says of it."""
        return {
            "Address": Variant("s", "00:11:22:33:44:55"),
            "AddressType": Variant("s", "public"),
            "Name": Variant("s", "fake"),
            "Alias": Variant("s", "fake"),
            "Powered": Variant("b", self.powered),
            "Discovering": Variant("b", False),
            "Roles": Variant("as", ["central", "peripheral"]),
            "UUIDs": Variant("as", []),
        }

    def set_powered(self, on: bool) -> None:
        """Switch Bluetooth off or on; off ends all links and scans."""
        self.powered = on
        if not on:
            self._lose_all()
        self._bluez.changed(self.path, ADAPTER, {"Powered": Variant("b", on)})

    def remove(self) -> None:
        """Take the adapter and all that hangs on it off the bus."""
        self._lose_all()
        for path in sorted(self._bluez.tree, reverse=True):
            if path.startswith(self.path):
                self._bluez.remove(path)

    def insert(self) -> None:
        """Put it on the bus."""
        self._bluez.add(self.path, {ADAPTER: self.properties()})

    def wipe(self) -> None:
        """Forget all, without a signal: bluetoothd died."""
        self.discovering.clear()
        self._filters.clear()

    def client_gone(self, name: str) -> None:
        """A client left the bus: its scans end."""
        self.discovering.pop(name, None)
        self._filters.pop(name, None)

    async def answer(self, msg: Message) -> Message:
        """Answer a call to org.bluez.Adapter1."""
        reply = self._answer(msg)
        if msg.member == "StartDiscovery" and self.discovery_answer_s:
            self._bluez.look()
            await asyncio.sleep(self.discovery_answer_s)
        return reply

    async def advertise_for_ever(self) -> None:
        """Let straps in range be seen, as long as somebody scans."""
        while True:
            await asyncio.sleep(self._advertise_every_s)
            if self.discovering and self.powered:
                self._advertise()

    def _answer(self, msg: Message) -> Message:
        assert msg.sender is not None
        if not self.powered and msg.member in ("StartDiscovery", "StopDiscovery"):
            return NOT_READY.reply(msg)
        match msg.member:
            case "SetDiscoveryFilter":
                uuids = msg.body[0].get("UUIDs")
                self._filters[msg.sender] = frozenset(uuids.value if uuids else ())
            case "StartDiscovery":
                if self.discovery_faults:
                    return self.discovery_faults.pop(0).reply(msg)
                if msg.sender in self.discovering:
                    return IN_PROGRESS.reply(msg)
                self.discovering[msg.sender] = self._filters.get(msg.sender, frozenset())
                asyncio.get_running_loop().call_soon(self._advertise)
            case "StopDiscovery":
                if msg.sender not in self.discovering:
                    return _NOT_STARTED.reply(msg)
                del self.discovering[msg.sender]
                if not self.discovering:
                    self._forget_strengths()
        return Message.new_method_return(msg)

    def _lose_all(self) -> None:
        self.discovering.clear()
        for strap in self._bluez.straps.values():
            strap.lose_link()

    def _forget_strengths(self) -> None:
        # BlueZ takes RSSI back when discovery ends.
        tree = self._bluez.tree
        for path in self._bluez.straps:
            if path in tree and "RSSI" in tree[path][DEVICE]:
                self._bluez.changed(path, DEVICE, {}, ("RSSI",))

    def _advertise(self) -> None:
        if self.path not in self._bluez.tree:
            return
        for strap in self._bluez.straps.values():
            offered = frozenset(strap.advertises)
            wanted = self.discovering.values()
            if strap.advertising and any(not uuids or uuids & offered for uuids in wanted):
                strap.advertise_now()
