"""Heart Rate Measurement (characteristic 0x2A37), both ways.

Source: Bluetooth SIG, Heart Rate Service 1.0, section 3.1. Flags, lowest bit first: heart
rate is uint16; contact detected; contact supported; energy expended present; RR present.
"""

from __future__ import annotations

from struct import unpack_from

from biofeedback.types import HeartRateMeasurement

UINT16_MAX = 0xFFFF
MAX_RR_PER_PACKET = 9
"""RR intervals that fit one notification at the default ATT_MTU of 23 with uint8 heart rate."""

_HR_UINT16 = 0x01
_CONTACT_DETECTED = 0x02
_CONTACT_SUPPORTED = 0x04
_ENERGY = 0x08
_RR = 0x10


class MalformedMeasurementError(ValueError):
    """The bytes are no Heart Rate Measurement; the message says what is missing."""


def decode(payload: bytes) -> HeartRateMeasurement:
    """Read one notification.

    Lenient where the standard leaves room: reserved flags and an odd trailing byte are
    ignored, and the RR flag may come with no RR behind it.

    Parameters
    ----------
    payload
        The value as received.

    Returns
    -------
    HeartRateMeasurement
        Every field as sent; whether a figure is plausible is not decided here.

    Raises
    ------
    MalformedMeasurementError
        If a field that the flags promise is cut off.
    """
    if not payload:
        raise MalformedMeasurementError("an empty packet")
    flags, at = payload[0], 1
    width = 2 if flags & _HR_UINT16 else 1
    if len(payload) < at + width:
        raise MalformedMeasurementError("a packet that ends before its heart rate")
    hr_bpm = int.from_bytes(payload[at : at + width], "little")
    at += width
    contact = bool(flags & _CONTACT_DETECTED) if flags & _CONTACT_SUPPORTED else None
    energy_kj: int | None = None
    if flags & _ENERGY:
        if len(payload) < at + 2:
            raise MalformedMeasurementError("a packet that ends before its energy")
        energy_kj = int.from_bytes(payload[at : at + 2], "little")
        at += 2
    rr_ticks: tuple[int, ...] = ()
    if flags & _RR:
        rr_ticks = unpack_from(f"<{(len(payload) - at) // 2}H", payload, at)
    return HeartRateMeasurement(hr_bpm, rr_ticks, contact, energy_kj)


def encode(measurement: HeartRateMeasurement) -> bytes:
    """Write one notification, as short as the standard allows.

    Parameters
    ----------
    measurement
        Heart rate, energy and each RR interval must fit uint16.

    Returns
    -------
    bytes
        The value; `decode` gives the measurement back.

    Raises
    ------
    ValueError
        If a field does not fit.
    """
    fields = (measurement.hr_bpm, measurement.energy_kj or 0, *measurement.rr_ticks)
    if not all(0 <= value <= UINT16_MAX for value in fields):
        raise ValueError("heart rate, energy and RR intervals must fit 16 bits")
    flags, body = 0, bytearray()
    if measurement.hr_bpm > 0xFF:
        flags |= _HR_UINT16
        body += measurement.hr_bpm.to_bytes(2, "little")
    else:
        body.append(measurement.hr_bpm)
    if measurement.contact is not None:
        flags |= _CONTACT_SUPPORTED | (_CONTACT_DETECTED if measurement.contact else 0)
    if measurement.energy_kj is not None:
        flags |= _ENERGY
        body += measurement.energy_kj.to_bytes(2, "little")
    if measurement.rr_ticks:
        flags |= _RR
        for ticks in measurement.rr_ticks:
            body += ticks.to_bytes(2, "little")
    return bytes([flags]) + bytes(body)
