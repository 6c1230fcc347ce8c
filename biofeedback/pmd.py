"""Frames of Polar Measurement Data (PMD): ECG and accelerometer, both ways.

Source: Polar Electro, "Polar Measurement Data Specification" (the frame types and the delta
frame), checked against frames that people published. A frame is a measurement type, the strap's
own time of its **last** sample as uint64 nanoseconds since 2000, a frame type (bit 7: delta
compressed), and samples; all little endian. The clock of an H10 starts anywhere, so it tells how
far apart samples are and nothing else; `biofeedback.signals.sensor_axis` places them.

The control point is in `biofeedback.pmd_control`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

ECG_RATE_HZ = 130.0
"""The one rate at which a chest strap sends its ECG; the strap's own clock is a little off."""

SENSOR_NS_MAX = (1 << 64) - 1
UV_MIN, UV_MAX = -(1 << 23), (1 << 23) - 1
MG_MIN, MG_MAX = -(1 << 15), (1 << 15) - 1

MgSample = tuple[int, int, int]
"""x, y and z in mG (thousandths of gravity)."""

_HEADER_BYTES = 10
_COMPRESSED = 0x80
_ECG_BYTES = 3
_ACC_CHANNELS = 3
_ACC_WIDTHS_BYTES = {0: 1, 1: 2, 2: 3}
_ACC_TYPE = 1
_ACC_DELTA_TYPE = _COMPRESSED | _ACC_TYPE
_ACC_DELTA_TYPES = (_COMPRESSED, _ACC_DELTA_TYPE)
_MOST_DELTA_BITS = 32
_MOST_DELTAS = 255


class Measurement(IntEnum):
    """What a strap can measure, with the number that the protocol gives it."""

    ECG = 0
    PPG = 1
    ACC = 2
    PPI = 3


@dataclass(frozen=True, slots=True)
class EcgFrame:
    """Some of an ECG.

    Attributes
    ----------
    sensor_ns
        The strap's time of the last sample, in nanoseconds; only differences mean anything.
    samples_uv
        Oldest first, in microvolts.
    """

    sensor_ns: int
    samples_uv: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AccFrame:
    """Some of what an accelerometer felt, gravity included.

    Attributes
    ----------
    sensor_ns
        The strap's time of the last sample, in nanoseconds; only differences mean anything.
    samples_mg
        Oldest first, each x, y and z in mG.
    """

    sensor_ns: int
    samples_mg: tuple[MgSample, ...]


Frame = EcgFrame | AccFrame


class MalformedFrameError(ValueError):
    """The bytes are no frame that can be read; the message says why."""


def measurement_of(payload: bytes) -> int | None:
    """Return the number of the measurement that a frame belongs to; None if it is empty."""
    return payload[0] if payload else None


def decode_frame(payload: bytes) -> Frame:
    """Read one notification of the data characteristic.

    Strict where the ends of samples are concerned: the time belongs to the last sample, so of a
    frame that was cut off nothing can be placed.

    Parameters
    ----------
    payload
        The value as received.

    Returns
    -------
    EcgFrame or AccFrame
        Samples as sent; whether they are plausible is not decided here. The specification calls
        all of them mG; arm bands send frame type 0x80 in steps of 1/4096 of gravity instead.

    Raises
    ------
    MalformedFrameError
        If it is cut off, holds no sample, or is of a kind that no chest strap sends.
    """
    if len(payload) < _HEADER_BYTES:
        raise MalformedFrameError("a frame that ends before its samples")
    measurement, frame_type = payload[0], payload[9]
    sensor_ns = int.from_bytes(payload[1:9], "little")
    body = payload[_HEADER_BYTES:]
    if measurement == Measurement.ECG:
        if frame_type != 0:
            raise MalformedFrameError(f"an ECG frame of the unknown type {frame_type}")
        return EcgFrame(sensor_ns, tuple(_integers(body, _ECG_BYTES)))
    if measurement == Measurement.ACC:
        if frame_type in _ACC_DELTA_TYPES:
            return AccFrame(sensor_ns, tuple(_inflated(body)))
        width = _ACC_WIDTHS_BYTES.get(frame_type)
        if width is None:
            raise MalformedFrameError(f"an accelerometer frame of the unknown type {frame_type}")
        flat = list(_integers(body, width, at_a_time=_ACC_CHANNELS))
        return AccFrame(sensor_ns, tuple(zip(flat[::3], flat[1::3], flat[2::3], strict=True)))
    raise MalformedFrameError(f"a frame of measurement {measurement}, which is not read here")


def encode_frame(frame: Frame, *, compressed: bool = False) -> bytes:
    """Write one notification, as an H10 sends it.

    Parameters
    ----------
    frame
        At least one sample; ECG must fit 24 bits, acceleration 16.
    compressed
        Send differences, for the accelerometer alone.

    Returns
    -------
    bytes
        The value; `decode_frame` gives the frame back.

    Raises
    ------
    ValueError
        If something does not fit.
    """
    if not 0 <= frame.sensor_ns <= SENSOR_NS_MAX:
        raise ValueError("a strap's time must fit 64 bits")
    time = frame.sensor_ns.to_bytes(8, "little")
    if isinstance(frame, EcgFrame):
        if compressed:
            raise ValueError("an ECG is not sent compressed")
        if not frame.samples_uv or not all(UV_MIN <= uv <= UV_MAX for uv in frame.samples_uv):
            raise ValueError("a frame needs samples, and each of an ECG must fit 24 bits")
        body = b"".join(uv.to_bytes(_ECG_BYTES, "little", signed=True) for uv in frame.samples_uv)
        return bytes([Measurement.ECG]) + time + b"\0" + body
    flat = [mg for sample in frame.samples_mg for mg in sample]
    if not flat or not all(MG_MIN <= mg <= MG_MAX for mg in flat):
        raise ValueError("a frame needs samples, and each acceleration must fit 16 bits")
    if compressed:
        return bytes([Measurement.ACC]) + time + bytes([_ACC_DELTA_TYPE]) + _deflated(frame)
    body = b"".join(mg.to_bytes(2, "little", signed=True) for mg in flat)
    return bytes([Measurement.ACC]) + time + bytes([_ACC_TYPE]) + body


def _integers(body: bytes, width: int, *, at_a_time: int = 1) -> Iterator[int]:
    if not body:
        raise MalformedFrameError("a frame without samples")
    if len(body) % (width * at_a_time):
        raise MalformedFrameError("a frame that breaks off within a sample")
    for at in range(0, len(body), width):
        yield int.from_bytes(body[at : at + width], "little", signed=True)


def _inflated(body: bytes) -> Iterator[MgSample]:
    """Read a reference sample and packages of differences.

    A package is the bits of a difference, the number of samples, and the differences channel by
    channel, packed from the lowest bit on and filled up to whole bytes.
    """
    reference_bytes = 2 * _ACC_CHANNELS
    if len(body) < reference_bytes:
        raise MalformedFrameError("a compressed frame that ends before its first sample")
    x, y, z = _integers(body[:reference_bytes], 2)
    yield x, y, z
    at = reference_bytes
    while at < len(body):
        if len(body) < at + 2:
            raise MalformedFrameError("a compressed frame that breaks off")
        bits, n_samples = body[at], body[at + 1]
        at += 2
        n_bytes = (bits * n_samples * _ACC_CHANNELS + 7) // 8
        if bits > _MOST_DELTA_BITS:
            raise MalformedFrameError(f"a compressed frame with differences of {bits} bits")
        if len(body) < at + n_bytes:
            raise MalformedFrameError("a compressed frame that breaks off")
        packed = int.from_bytes(body[at : at + n_bytes], "little")
        at += n_bytes
        for i in range(n_samples):
            first = i * _ACC_CHANNELS
            x += _signed(packed >> (first * bits), bits)
            y += _signed(packed >> ((first + 1) * bits), bits)
            z += _signed(packed >> ((first + 2) * bits), bits)
            if min(x, y, z) < MG_MIN or max(x, y, z) > MG_MAX:
                raise MalformedFrameError("a compressed frame whose samples exceed 16 bits")
            yield x, y, z


def _deflated(frame: AccFrame) -> bytes:
    samples = frame.samples_mg
    body = b"".join(mg.to_bytes(2, "little", signed=True) for mg in samples[0])
    deltas = [
        tuple(new - old for new, old in zip(after, before, strict=True))
        for before, after in pairwise(samples)
    ]
    for at in range(0, len(deltas), _MOST_DELTAS):
        package = [delta for sample in deltas[at : at + _MOST_DELTAS] for delta in sample]
        # One bit more than the magnitude, for the sign.
        bits = max(1 + (delta if delta >= 0 else ~delta).bit_length() for delta in package)
        packed = sum((delta & ((1 << bits) - 1)) << (i * bits) for i, delta in enumerate(package))
        body += bytes([bits, len(package) // _ACC_CHANNELS])
        body += packed.to_bytes((bits * len(package) + 7) // 8, "little")
    return body


def _signed(value: int, bits: int) -> int:
    """Read the lowest ``bits`` of ``value`` as two's complement."""
    if bits == 0:
        return 0
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value
