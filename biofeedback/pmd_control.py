"""The control point of Polar Measurement Data (PMD): commands, replies and features, both ways.

Source: Polar Electro, "Polar Measurement Data Specification". A command is an operation, a
measurement and, to start, settings; the strap answers with an indication ``F0``, operation,
measurement, status, a flag for more to come, and parameters. Reading the characteristic gives
``0F`` and a bit for each measurement that the strap has.

Settings are type, count, values; the values of a type all have one width.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from biofeedback.pmd import Measurement

PMD_SERVICE = "fb005c80-02e7-f387-1cad-8acd2d8df0c8"
PMD_CONTROL = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"
PMD_DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"

_FEATURES = 0x0F
_REPLY = 0xF0
_WIDTHS_BYTES = {0: 2, 1: 2, 2: 2, 3: 4, 4: 1, 5: 4, 6: 16}
"""Rate, resolution, range, range in thousandths, channels, factor, security."""

_RATE, _RESOLUTION, _RANGE, _CHANNELS = 0, 1, 2, 4


class Operation(IntEnum):
    """What a command asks for."""

    SETTINGS = 1
    START = 2
    STOP = 3


class Status(IntEnum):
    """What became of a command. Straps may answer with other numbers, too."""

    SUCCESS = 0
    INVALID_OPERATION = 1
    INVALID_MEASUREMENT = 2
    NOT_SUPPORTED = 3
    INVALID_LENGTH = 4
    INVALID_PARAMETER = 5
    ALREADY_ON = 6
    INVALID_RESOLUTION = 7
    INVALID_RATE = 8
    INVALID_RANGE = 9
    INVALID_MTU = 10
    INVALID_CHANNELS = 11
    INVALID_STATE = 12
    CHARGING = 13


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings that a strap offers, or, one value each, those that it is asked to use.

    Attributes
    ----------
    rates_hz
        Samples a second.
    resolutions_bits
        Bits of a sample.
    ranges_g
        Largest acceleration, in units of gravity.
    channels
        Number of channels; not sent by chest straps.
    """

    rates_hz: tuple[int, ...] = ()
    resolutions_bits: tuple[int, ...] = ()
    ranges_g: tuple[int, ...] = ()
    channels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """What is written to the control point. Only a start has settings."""

    operation: Operation
    measurement: int
    settings: Settings = Settings()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the control point answers.

    Attributes
    ----------
    operation, measurement
        Those of the command.
    status
        A `Status`, or a number that this version doesn't know.
    more
        Whether the parameters go on in another indication.
    parameters
        As sent; `decode_settings` reads those of `Operation.SETTINGS`.
    """

    operation: int
    measurement: int
    status: int
    more: bool = False
    parameters: bytes = b""


class MalformedControlError(ValueError):
    """The bytes are none of the control point's; the message says why."""


def encode_settings(settings: Settings) -> bytes:
    """Write settings; `decode_settings` gives them back.

    Raises
    ------
    ValueError
        If a value does not fit, or there are over 255 of a kind.
    """
    body = bytearray()
    for kind, values in (
        (_RATE, settings.rates_hz),
        (_RESOLUTION, settings.resolutions_bits),
        (_RANGE, settings.ranges_g),
        (_CHANNELS, settings.channels),
    ):
        width = _WIDTHS_BYTES[kind]
        if len(values) > 0xFF or not all(0 <= value < 1 << (8 * width) for value in values):
            raise ValueError(f"settings must fit {8 * width} bits, and 255 of a kind")
        if values:
            body += bytes([kind, len(values)])
            for value in values:
                body += value.to_bytes(width, "little")
    return bytes(body)


def decode_settings(body: bytes) -> Settings:
    """Read settings.

    Lenient, so that a strap can offer more than this version knows: kinds that it has no use
    for are skipped, and the first one of unknown width ends it.

    Raises
    ------
    MalformedControlError
        If a kind is cut off.
    """
    found: dict[int, tuple[int, ...]] = {}
    at = 0
    while at < len(body):
        width = _WIDTHS_BYTES.get(body[at])
        if width is None:
            break
        values_at = at + 2
        if len(body) < values_at:
            raise MalformedControlError("settings that break off")
        end = values_at + width * body[at + 1]
        if len(body) < end:
            raise MalformedControlError("settings that break off")
        found[body[at]] = found.get(body[at], ()) + tuple(
            int.from_bytes(body[i : i + width], "little") for i in range(values_at, end, width)
        )
        at = end
    return Settings(
        rates_hz=found.get(_RATE, ()),
        resolutions_bits=found.get(_RESOLUTION, ()),
        ranges_g=found.get(_RANGE, ()),
        channels=found.get(_CHANNELS, ()),
    )


def encode_command(command: Command) -> bytes:
    """Write a command.

    Raises
    ------
    ValueError
        If a setting does not fit, or a command other than a start has settings.
    """
    if command.operation is not Operation.START and command.settings != Settings():
        raise ValueError("only a start has settings")
    head = bytes([command.operation, command.measurement])
    return head + encode_settings(command.settings)


def decode_command(value: bytes) -> Command:
    """Read a command, as a strap does.

    Raises
    ------
    MalformedControlError
        If it is cut off, or of an unknown operation.
    """
    if len(value) < 2:
        raise MalformedControlError("a command that breaks off")
    try:
        operation = Operation(value[0])
    except ValueError:
        raise MalformedControlError(f"a command of the unknown operation {value[0]}") from None
    settings = decode_settings(value[2:]) if operation is Operation.START else Settings()
    return Command(operation, value[1], settings)


def encode_reply(reply: Reply) -> bytes:
    """Write a reply, as a strap does; `decode_reply` gives it back."""
    head = bytes([_REPLY, reply.operation, reply.measurement, reply.status, reply.more])
    return head + reply.parameters


def decode_reply(value: bytes) -> Reply:
    """Read a reply.

    Raises
    ------
    MalformedControlError
        If it is none, or cut off.
    """
    if not value or value[0] != _REPLY:
        raise MalformedControlError("no reply")
    if len(value) < 4:
        raise MalformedControlError("a reply that breaks off")
    # A refusal may end with its status.
    more = len(value) > 4 and value[4] != 0
    return Reply(value[1], value[2], value[3], more, bytes(value[5:]))


def encode_features(measurements: frozenset[Measurement]) -> bytes:
    """Write what a strap has, as it does when its control point is read."""
    bits = sum(1 << measurement for measurement in measurements)
    return bytes([_FEATURES, bits]) + bytes(15)


def decode_features(value: bytes) -> frozenset[Measurement]:
    """Read what a strap has; measurements that this version doesn't know are left out.

    Raises
    ------
    MalformedControlError
        If these are no features.
    """
    if len(value) < 2 or value[0] != _FEATURES:
        raise MalformedControlError("no features")
    return frozenset(m for m in Measurement if value[1] >> m & 1)
