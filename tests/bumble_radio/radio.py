"""bleak on virtual radios: bumble's controllers, host stack and GATT in place of the system's.

Real HCI, L2CAP and ATT bytes flow, and no operating system is involved, so what passes here does
not lean on BlueZ. All of it lives on one event loop::

    air = Air()
    air.install(monkeypatch)  # leads bleak here
    await air.switch_on()
"""

from __future__ import annotations

from typing import Any, ClassVar

import bleak
import pytest
from bleak.backends.adapter import BaseBleakAdapter
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakDeviceNotFoundError, BleakError
from bleak.uuids import normalize_uuid_str
from bumble.controller import Controller
from bumble.core import UUID, AdvertisingData, ProtocolError
from bumble.device import Connection, Device, Peer
from bumble.gatt import Characteristic
from bumble.hci import Address
from bumble.link import LocalLink

_PROPERTIES = {
    Characteristic.Properties.READ: "read",
    Characteristic.Properties.WRITE: "write",
    Characteristic.Properties.WRITE_WITHOUT_RESPONSE: "write-without-response",
    Characteristic.Properties.NOTIFY: "notify",
    Characteristic.Properties.INDICATE: "indicate",
}


class Air:
    """The air that radios share, and this computer's radio in it.

    Attributes
    ----------
    link
        What other radios join.
    computer
        This computer's.
    """

    def __init__(self) -> None:
        self.link = LocalLink()
        controller = Controller("computer", link=self.link)
        address = Address("C0:C1:C2:C3:C4:C5")
        self.computer = Device.with_hci("computer", address, controller, controller)

    async def switch_on(self) -> None:
        """Switch this computer's radio on."""
        await self.computer.power_on()

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Lead bleak here, whatever the system."""
        air = {"air": self}
        for kind, base in (("scanner", _Scanner), ("client", _Client), ("adapter", _Adapter)):
            found = (type(f"Bumble{kind.title()}", (base,), dict(air)), "bumble")
            monkeypatch.setattr(bleak, f"get_platform_{kind}_backend_type", lambda f=found: f)


class _Adapter(BaseBleakAdapter):
    """Knows of no straps that are connected already."""

    air: ClassVar[Air]

    @classmethod
    async def get(cls, **_: Any) -> _Adapter:
        return cls()

    async def get_connected_devices(self, service_uuids: frozenset[str]) -> list[BLEDevice]:
        return []


class _Scanner(BaseBleakScanner):
    air: ClassVar[Air]

    def __init__(self, callback: Any, service_uuids: Any, *_: Any, **__: Any) -> None:
        super().__init__(callback, service_uuids)

    async def start(self) -> None:
        self.seen_devices = {}
        self.air.computer.on("advertisement", self._on_advertisement)
        await self.air.computer.start_scanning(legacy=True, filter_duplicates=False)

    async def stop(self) -> None:
        self.air.computer.remove_listener("advertisement", self._on_advertisement)
        await self.air.computer.stop_scanning(legacy=True)

    def _on_advertisement(self, advertisement: Any) -> None:
        uuids = [
            _text(uuid)
            for kind in (
                AdvertisingData.Type.INCOMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
                AdvertisingData.Type.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
            )
            for uuid in advertisement.data.get(kind) or ()
        ]
        if not self.is_allowed_uuid(uuids):
            return
        name = advertisement.data.get(AdvertisingData.Type.COMPLETE_LOCAL_NAME)
        address = str(advertisement.address).partition("/")[0]
        data = AdvertisementData(name, {}, {}, uuids, None, advertisement.rssi, (advertisement,))
        device = self.create_or_update_device(address, address, name, advertisement.address, data)
        self.call_detection_callbacks(device, data)


class _Client(BaseBleakClient):
    air: ClassVar[Air]

    def __init__(self, device: BLEDevice | str, **options: Any) -> None:
        super().__init__(
            device,
            disconnected_callback=options.get("disconnected_callback"),
            timeout=options.get("timeout", 30.0),
        )
        self._bumble_address = device.details if isinstance(device, BLEDevice) else None
        self._connection: Connection | None = None
        self._listeners: dict[int, Any] = {}

    @property
    def name(self) -> str:
        return self.address

    @property
    def mtu_size(self) -> int:
        return 23 if self._connection is None else int(self._connection.att_mtu)

    @property
    def is_connected(self) -> bool:
        return self._connection is not None

    async def connect(self, pair: bool, **_: Any) -> None:
        if self._bumble_address is None:
            raise BleakDeviceNotFoundError(self.address, "it has to be seen first")
        try:
            connection = await self.air.computer.connect(
                self._bumble_address, timeout=self._timeout
            )
        except ProtocolError as error:
            raise BleakError(str(error)) from error
        self._connection = connection
        connection.on("disconnection", self._on_disconnection)
        peer = Peer(connection)
        try:
            await peer.discover_all()
        except (ProtocolError, TimeoutError) as error:
            await self.disconnect()
            raise BleakError(str(error)) from error
        self.services = _services(peer, lambda: self.mtu_size - 3)

    async def disconnect(self) -> None:
        if self._connection is not None:
            await self._connection.disconnect()

    async def pair(self, *_: Any, **__: Any) -> None:
        raise NotImplementedError

    async def unpair(self) -> None:
        raise NotImplementedError

    async def read_gatt_char(self, characteristic: BleakGATTCharacteristic, **_: Any) -> bytearray:
        return bytearray(await self._within(characteristic.obj.read_value()))

    async def read_gatt_descriptor(self, descriptor: BleakGATTDescriptor, **_: Any) -> bytearray:
        return bytearray(await self._within(descriptor.obj.read_value()))

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: Any, response: bool
    ) -> None:
        await self._within(characteristic.obj.write_value(bytes(data), with_response=response))

    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: Any) -> None:
        await self._within(descriptor.obj.write_value(bytes(data), with_response=True))

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: Any, **_: Any
    ) -> None:
        def listener(value: bytes) -> None:
            callback(bytearray(value))

        self._listeners[characteristic.handle] = listener
        await self._within(characteristic.obj.subscribe(listener))

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        listener = self._listeners.pop(characteristic.handle)
        await self._within(characteristic.obj.unsubscribe(listener))

    async def _within(self, work: Any) -> Any:
        if self._connection is None:
            work.close()
            raise BleakError("Not connected")
        try:
            return await work
        except (ProtocolError, TimeoutError) as error:
            raise BleakError(str(error)) from error

    def _on_disconnection(self, _: int) -> None:
        self._connection = None
        self._listeners.clear()
        if self._disconnected_callback is not None:
            self._disconnected_callback()


def _text(uuid: UUID) -> str:
    return normalize_uuid_str(uuid.to_hex_str("-" if len(uuid.to_bytes()) > 4 else ""))


def _services(peer: Peer, write_size: Any) -> BleakGATTServiceCollection:
    found = BleakGATTServiceCollection()
    for service in peer.services:
        ours = BleakGATTService(service, service.handle, _text(service.uuid))
        found.add_service(ours)
        for characteristic in service.characteristics:
            can: Any = [
                name for flag, name in _PROPERTIES.items() if characteristic.properties & flag
            ]
            uuid = _text(characteristic.uuid)
            added = BleakGATTCharacteristic(
                characteristic, characteristic.handle, uuid, can, write_size, ours
            )
            found.add_characteristic(added)
            for descriptor in characteristic.descriptors:
                kind = _text(descriptor.type)
                found.add_descriptor(
                    BleakGATTDescriptor(descriptor, descriptor.handle, kind, added)
                )
    return found
