"""Every recorded event comes back from its row as it was."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.sessions.event_codec import (
    UnreadableEventError,
    from_row,
    strap_from_json,
    strap_to_json,
    to_row,
)
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
    Tick,
)

times_s = st.floats(allow_nan=False, allow_infinity=False)
# Any code point, half a surrogate pair too: names come from other people's devices.
texts = st.text(st.characters(), max_size=20)
straps = st.builds(
    Strap,
    texts,
    texts,
    st.none() | st.integers(0, 255),
    st.none() | texts,
    st.none() | texts,
    st.none() | texts,
)
events = st.one_of(
    st.builds(Packet, times_s, st.binary(max_size=40)),
    st.builds(SensorFrame, times_s, st.sampled_from(SensorStream), st.binary(max_size=240)),
    st.builds(LinkUp, times_s, straps),
    st.builds(LinkLost, times_s, st.sampled_from(LinkReason)),
    st.builds(Marker, times_s, st.sampled_from(Action), texts),
)


def bits(t_s: float) -> bytes:
    return struct.pack("<d", t_s)


@given(events)
@settings(deadline=None)
def test_an_event_survives_its_row(event: Event) -> None:
    back = from_row(*to_row(event))

    assert back == event
    assert type(back) is type(event)
    assert bits(back.t_s) == bits(event.t_s)


@given(straps)
@settings(max_examples=30, deadline=None)
def test_a_strap_survives_its_json(strap: Strap) -> None:
    assert strap_from_json(strap_to_json(strap)) == strap


def test_what_a_later_version_adds_to_a_strap_is_left_out() -> None:
    assert strap_from_json('{"address": "a", "name": "b", "colour": "red"}') == Strap("a", "b")


def test_a_packet_is_stored_as_sent() -> None:
    assert to_row(Packet(1.5, b"\x00\xff")) == (1.5, "packet", b"\x00\xff")


@pytest.mark.parametrize(
    ("stream", "kind"), [(SensorStream.ECG, "sensor_ecg"), (SensorStream.ACC, "sensor_acc")]
)
def test_a_frame_of_a_sensor_is_stored_as_sent(stream: SensorStream, kind: str) -> None:
    row = to_row(SensorFrame(1.5, stream, b"\x00\xff"))
    assert row == (1.5, kind, b"\x00\xff")
    assert from_row(*row) == SensorFrame(1.5, stream, b"\x00\xff")


def test_a_tick_has_no_row() -> None:
    with pytest.raises(TypeError, match="Tick is never recorded"):
        to_row(Tick(1.0))


@pytest.mark.parametrize("t_s", [math.nan, math.inf, -math.inf])
def test_a_time_that_is_no_number_is_refused(t_s: float) -> None:
    with pytest.raises(ValueError, match="no place in time"):
        to_row(Packet(t_s, b""))


def test_a_row_with_columns_of_another_type_says_so() -> None:
    for t_s, payload in [(None, b""), (1, b""), ("1.0", b""), (1.0, "text"), (1.0, None)]:
        with pytest.raises(UnreadableEventError, match="something else"):
            from_row(t_s, "packet", payload)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("gesture", b""),
        ("marker", b"not json"),
        ("marker", b"\xff\xfe"),
        ("marker", b"[]"),
        ("marker", b'{"action": "fly", "value": ""}'),
        ("link_lost", b'{"reason": "bored"}'),
        ("link_up", b"{}"),
        ("link_up", b"7"),
    ],
)
def test_a_row_that_holds_no_event_says_so(kind: str, payload: bytes) -> None:
    with pytest.raises(UnreadableEventError):
        from_row(0.0, kind, payload)
