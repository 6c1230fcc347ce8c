"""A recorded event as a row of the raw log, both ways and without loss.

The payload of a packet, and of an ECG or accelerometer frame, is what the strap sent, byte for
byte. The other kinds carry ASCII JSON, which holds any text, even half a surrogate pair.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, fields
from functools import lru_cache
from typing import Any

from biofeedback.types import (
    Action,
    Event,
    LinkLost,
    LinkReason,
    LinkUp,
    Marker,
    Packet,
    SensorFrame,
    SensorStream,
    Strap,
)

Row = tuple[float, str, bytes]
"""``(t_s, kind, payload)``."""

PACKET = "packet"
LINK_UP = "link_up"
LINK_LOST = "link_lost"
MARKER = "marker"
SENSOR = {"sensor_ecg": SensorStream.ECG, "sensor_acc": SensorStream.ACC}
"""The kinds of a sensor's frames."""

_KIND_OF_SENSOR = {stream: kind for kind, stream in SENSOR.items()}
_STRAP_FIELDS = frozenset(field.name for field in fields(Strap))


class UnreadableEventError(ValueError):
    """A row that holds no event that this version knows."""


def to_row(event: Event) -> Row:
    """Return the row of an event.

    Raises
    ------
    TypeError
        If the event is one that is never recorded.
    ValueError
        If its time is no finite number.
    """
    t_s = float(event.t_s)
    if not math.isfinite(t_s):
        raise ValueError(f"an event at {t_s} s has no place in time")
    match event:
        case Packet(payload=payload):
            return t_s, PACKET, bytes(payload)
        case SensorFrame(stream=stream, payload=payload):
            return t_s, _KIND_OF_SENSOR[stream], bytes(payload)
        case LinkUp(strap=strap):
            return t_s, LINK_UP, strap_to_json(strap).encode("ascii")
        case LinkLost(reason=reason):
            return t_s, LINK_LOST, _json({"reason": reason.value})
        case Marker(action=action, value=value):
            return t_s, MARKER, _json({"action": action.value, "value": value})
    raise TypeError(f"{type(event).__name__} is never recorded")


def from_row(t_s: float, kind: str, payload: bytes) -> Event:
    """Return the event of a row that `to_row` made.

    Raises
    ------
    UnreadableEventError
        If there is no such kind, or the payload does not fit it.
    """
    if type(t_s) is not float or type(payload) is not bytes:
        raise UnreadableEventError("an event whose columns hold something else")
    if kind == PACKET:
        return Packet(t_s, payload)
    if kind in SENSOR:
        return SensorFrame(t_s, SENSOR[kind], payload)
    if kind not in (LINK_UP, LINK_LOST, MARKER):
        raise UnreadableEventError(f"an event of the unknown kind {kind!r}")
    try:
        content = json.loads(payload)
        if kind == LINK_UP:
            return LinkUp(t_s, _strap(content))
        if kind == LINK_LOST:
            return LinkLost(t_s, LinkReason(content["reason"]))
        return Marker(t_s, Action(content["action"]), content["value"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableEventError(f"a {kind} that this version cannot read: {error}") from error


def strap_to_json(strap: Strap) -> str:
    """Return a strap as ASCII JSON."""
    return json.dumps(asdict(strap))


@lru_cache(maxsize=64)  # a long list of sessions repeats a few
def strap_from_json(text: str) -> Strap:
    """Return the strap that `strap_to_json` wrote; what a later version added is left out."""
    return _strap(json.loads(text))


def _strap(content: dict[str, Any]) -> Strap:
    return Strap(**{name: value for name, value in content.items() if name in _STRAP_FIELDS})


def _json(content: dict[str, str]) -> bytes:
    return json.dumps(content).encode("ascii")
