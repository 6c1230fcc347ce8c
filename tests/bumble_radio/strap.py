"""A strap on a virtual radio, of bumble's own GATT services."""

from __future__ import annotations

import struct

from bumble.controller import Controller
from bumble.core import AdvertisingData
from bumble.device import Device
from bumble.gatt import Service
from bumble.hci import Address
from bumble.profiles.battery_service import BatteryService
from bumble.profiles.device_information_service import DeviceInformationService
from bumble.profiles.heart_rate_service import HeartRateService

from tests.bumble_radio.radio import Air

HEART_RATE = 0x180D

_ADVERTISE_EVERY_MS = 50.0


class VirtualStrap:
    """A strap that advertises heart rate.

    Attributes
    ----------
    sent
        Packets that went to somebody who had subscribed, oldest first.
    """

    def __init__(
        self,
        air: Air,
        name: str = "Polar H10 12345678",
        address: str = "F0:9E:1A:00:00:01",
        *,
        with_heart_rate: bool = True,
        with_details: bool = True,
    ) -> None:
        controller = Controller(name, link=air.link)
        self.sent: list[bytes] = []
        self._device = Device.with_hci(name, Address(address), controller, controller)
        self._device.advertising_interval_min = _ADVERTISE_EVERY_MS
        self._device.advertising_interval_max = _ADVERTISE_EVERY_MS
        self._heart_rate = HeartRateService(
            lambda _: HeartRateService.HeartRateMeasurement(60),
            HeartRateService.BodySensorLocation.CHEST,
        )
        services: list[Service] = [self._heart_rate] if with_heart_rate else []
        if with_details:
            services.append(BatteryService(lambda _: 87))
            services.append(
                DeviceInformationService(manufacturer_name="Polar Electro Oy", model_number="H10")
            )
        self._device.add_services(services)
        kinds = AdvertisingData.Type
        self._device.advertising_data = bytes(
            AdvertisingData(
                [
                    (kinds.FLAGS, b"\x06"),
                    (
                        kinds.INCOMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
                        struct.pack("<H", HEART_RATE),
                    ),
                    (kinds.COMPLETE_LOCAL_NAME, name.encode()),
                ]
            )
        )

    async def wake(self) -> None:
        """Be put on: advertise."""
        await self._device.power_on()
        await self._device.start_advertising(auto_restart=True)

    async def appear(self) -> None:
        """Advertise again after `vanish`."""
        await self._device.start_advertising(auto_restart=True)

    async def vanish(self) -> None:
        """Lose the link and stop advertising."""
        await self._device.stop_advertising()
        await self.drop()

    async def drop(self) -> None:
        """Lose the link."""
        for connection in list(self._device.connections.values()):
            await connection.disconnect()

    @property
    def connected(self) -> bool:
        """Whether somebody is connected."""
        return bool(self._device.connections)

    async def send(self, hr_bpm: int, rr_s: tuple[float, ...]) -> None:
        """Send one packet to whoever has subscribed, as bumble encodes it."""
        measurement = HeartRateService.HeartRateMeasurement(hr_bpm, True, None, rr_s)
        self.sent.append(bytes(measurement))
        await self._device.notify_subscribers(
            self._heart_rate.heart_rate_measurement_characteristic, bytes(measurement)
        )
