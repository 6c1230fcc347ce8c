"""ECG and accelerometer of a Polar chest strap, over Polar Measurement Data (PMD).

Straps without it lose nothing: nothing is written to them, and they stream their heart rate as
ever. One of the four files that import bleak; `devices.ble` is the way in.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import BleakDBusError, BleakGATTProtocolError, BleakGATTProtocolErrorCode

from biofeedback.pmd import ECG_RATE_HZ, Measurement, measurement_of
from biofeedback.pmd_control import (
    PMD_CONTROL,
    PMD_DATA,
    Command,
    MalformedControlError,
    Operation,
    Reply,
    Settings,
    Status,
    decode_features,
    decode_reply,
    decode_settings,
    encode_command,
)
from biofeedback.ports import Clock
from biofeedback.types import SensorFrame, SensorStream
from devices.ble_radio import BACKEND_ERRORS, characteristic_of, released, within
from devices.words import Words

ACC_RATE_HZ = 50
"""Enough for breath by far; 200 Hz would tire radio, battery and disk for nothing."""

STOP_REPLY_S = 1.0
"""Real seconds that the answer to a stop may take: two fit into what letting go may take at all."""

NEEDS_PAIRING: Final = Words(
    "To send its ECG, the strap wants to be paired with this computer.",
    "Pair it once in the Bluetooth settings. Heart rate goes on without.",
)
NOT_STARTED: Final = Words(
    "The strap did not start its ECG. Heart rate goes on as before.",
    "Close other apps that use the strap. It is tried again with the next connection.",
)

_STREAMS = {Measurement.ECG: SensorStream.ECG, Measurement.ACC: SensorStream.ACC}
_FALLBACK = {
    Measurement.ECG: Settings((round(ECG_RATE_HZ),), (14,)),
    Measurement.ACC: Settings((ACC_RATE_HZ,), (16,), (2,)),
}
_UNPAIRED_CODES = frozenset(
    {
        BleakGATTProtocolErrorCode.INSUFFICIENT_AUTHENTICATION,
        BleakGATTProtocolErrorCode.INSUFFICIENT_AUTHORIZATION,
        BleakGATTProtocolErrorCode.INSUFFICIENT_ENCRYPTION,
        BleakGATTProtocolErrorCode.INSUFFICIENT_ENCRYPTION_KEY_SIZE,
    }
)


def chosen(measurement: Measurement, offered: Settings) -> Settings:
    """Choose what to start a stream with: the rate nearest to ours, the finest resolution.

    Parameters
    ----------
    measurement
        ECG or accelerometer.
    offered
        What the strap says that it can do; where it says nothing, it is taken for an H10.
    """
    wanted = _FALLBACK[measurement]
    if not offered.rates_hz:
        return wanted
    return Settings(
        rates_hz=(min(offered.rates_hz, key=lambda hz: abs(hz - wanted.rates_hz[0])),),
        resolutions_bits=_one(max, offered.resolutions_bits),
        # Whoever sits still never feels more than gravity and a little.
        ranges_g=_one(min, offered.ranges_g),
        channels=_one(max, offered.channels),
    )


def _one(choose: Callable[[tuple[int, ...]], int], values: tuple[int, ...]) -> tuple[int, ...]:
    return (choose(values),) if values else ()


class PolarStreams:
    """The ECG and the accelerometer of one connection.

    Parameters
    ----------
    client
        Connected, and subscribed to whatever else is wanted: that goes first.
    clock
        What frames are stamped with and waiting goes by.
    tell
        Is told each frame, in order, on the event loop.
    reply_s
        How long the strap may take to do one thing, in seconds of session time.

    Attributes
    ----------
    words
        Why there is no ECG though the strap has one, and what helps; None if all is well.
    asked
        Whether anything was asked of the strap that could upset the link.
    heard
        Whether any frame has come.
    """

    def __init__(
        self,
        client: BleakClient,
        clock: Clock,
        tell: Callable[[SensorFrame], None],
        *,
        reply_s: float = 5.0,
    ) -> None:
        self.words: Words | None = None
        self.asked = False
        self.heard = False
        self._client = client
        self._clock = clock
        self._tell = tell
        self._reply_s = reply_s
        self._subscribed: list[BleakGATTCharacteristic] = []
        self._started: list[Measurement] = []
        self._waiting: tuple[Command, asyncio.Future[Reply]] | None = None

    async def start(self) -> None:
        """Start what the strap has; return at once where it has none.

        Nothing that the strap or the radio does raises: `words` then says what is the matter.
        It may be cancelled; call `stop` in any case.
        """
        control = characteristic_of(self._client, PMD_CONTROL, "write")
        data = characteristic_of(self._client, PMD_DATA, "notify")
        if control is None or data is None:
            return
        try:
            if Measurement.ECG not in await self._features(control):
                return  # an arm band, whose accelerometer feels no breath
            self.asked = True
            # The strap answers a command only to those who listen to both.
            for characteristic, on_value in ((control, self._on_control), (data, self._on_data)):
                self._subscribed.append(characteristic)
                starting = self._client.start_notify(characteristic, on_value)
                await within(self._clock, self._reply_s, starting)
            for measurement in _STREAMS:
                await self._start(control, measurement)
        except BACKEND_ERRORS as error:
            self.words = NEEDS_PAIRING if _wants_pairing(error) else NOT_STARTED

    async def stop(self) -> None:
        """Stop what was started and unsubscribe; a strap that streams on stays awake.

        Raises nothing, and takes no longer than letting go of the radio may take.
        """
        await released(self._stop())

    async def _features(self, control: BleakGATTCharacteristic) -> frozenset[Measurement]:
        if "read" not in control.properties:
            return frozenset(_STREAMS)
        reading = self._client.read_gatt_char(control)
        value = await within(self._clock, self._reply_s, reading)
        try:
            return decode_features(bytes(value))
        except MalformedControlError:
            return frozenset(_STREAMS)  # its answer to the start will tell

    async def _start(self, control: BleakGATTCharacteristic, measurement: Measurement) -> None:
        offered = Settings()
        question = Command(Operation.SETTINGS, measurement)
        reply = await self._ask(control, question)
        if reply is not None and reply.status == Status.SUCCESS:
            with contextlib.suppress(MalformedControlError):
                offered = decode_settings(reply.parameters)
        # Before the strap is told: cut off in the middle, it may have heard.
        self._started.append(measurement)
        command = Command(Operation.START, measurement, chosen(measurement, offered))
        reply = await self._ask(control, command)
        # Already on: a program that crashed has left it so.
        if reply is None or reply.status not in (Status.SUCCESS, Status.ALREADY_ON):
            self.words = NOT_STARTED

    async def _stop(self) -> None:
        control = characteristic_of(self._client, PMD_CONTROL, "write")
        while self._started:
            command = Command(Operation.STOP, self._started.pop())
            if control is not None:
                with contextlib.suppress(*BACKEND_ERRORS):
                    async with asyncio.timeout(STOP_REPLY_S):
                        await self._exchange(control, command)
        while self._subscribed:
            with contextlib.suppress(*BACKEND_ERRORS):
                await self._client.stop_notify(self._subscribed.pop())

    async def _ask(self, control: BleakGATTCharacteristic, command: Command) -> Reply | None:
        """Give a command; None if no answer comes in time."""
        try:
            return await within(self._clock, self._reply_s, self._exchange(control, command))
        except TimeoutError:
            return None

    async def _exchange(self, control: BleakGATTCharacteristic, command: Command) -> Reply:
        """Write a command and wait for its answer."""
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting = (command, answer)
        try:
            value = encode_command(command)
            await self._client.write_gatt_char(control, value, response=True)
            return await answer
        finally:
            self._waiting = None

    def _on_control(self, _: BleakGATTCharacteristic, value: bytearray) -> None:
        # BlueZ passes on what was read of the features, too: that is no reply.
        with contextlib.suppress(MalformedControlError):
            reply = decode_reply(bytes(value))
            if self._waiting is not None:
                command, answer = self._waiting
                asked = (command.operation, command.measurement)
                if (reply.operation, reply.measurement) == asked and not answer.done():
                    answer.set_result(reply)

    def _on_data(self, _: BleakGATTCharacteristic, value: bytearray) -> None:
        t_s = self._clock.now_s()
        payload = bytes(value)
        match measurement_of(payload):
            case Measurement.ECG:
                stream = SensorStream.ECG
            case Measurement.ACC:
                stream = SensorStream.ACC
            case _:
                return
        self.heard = True
        self._tell(SensorFrame(t_s, stream, payload))


def _wants_pairing(error: Exception) -> bool:
    match error:
        case BleakGATTProtocolError():
            return error.code in _UNPAIRED_CODES
        case BleakDBusError():  # BlueZ's word for the same codes
            return error.dbus_error_details == "Not paired"
        case _:
            return "access denied" in str(error).casefold()  # Windows, where a key was lost
