"""Packed rows come back to the last bit; anything else is named for what it is."""

from __future__ import annotations

import hashlib
import random
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.hrm import encode
from biofeedback.sessions.event_codec import Row, to_row
from biofeedback.sessions.event_pack import (
    VERSION,
    NewerPackError,
    UnreadablePackError,
    pack,
    unpack,
)
from biofeedback.types import HeartRateMeasurement, Packet
from tests.biofeedback.sessions.test_event_codec import events as any_event

any_row = st.one_of(
    any_event.map(to_row),
    # what no version wrote yet, and times that no clock tells
    st.tuples(
        st.floats(allow_nan=False), st.text(st.characters(codec="utf-8")), st.binary(max_size=70)
    ),
)
PAGE = Path(__file__).parents[3] / "docs" / "recordings.md"


def bits(rows: list[Row]) -> list[tuple[bytes, str, bytes]]:
    return [(struct.pack("<d", t_s), kind, payload) for t_s, kind, payload in rows]


def heart(n: int, seed: int = 1) -> list[Row]:
    """What a strap sends in about ``n`` seconds."""
    chance = random.Random(seed)
    rows, t_s = [], 0.0
    for _ in range(n):
        t_s += 1 + chance.gauss(0, 0.02)
        measurement = HeartRateMeasurement(62, (round(chance.gauss(990, 40)),))
        rows.append(to_row(Packet(t_s, encode(measurement))))
    return rows


@given(st.lists(any_row, max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_rows_come_back_to_the_last_bit(rows: list[Row]) -> None:
    again = unpack(pack(rows))
    assert bits(again) == bits(rows)
    assert [tuple(map(type, row)) for row in again] == [(float, str, bytes)] * len(rows)


def test_the_same_rows_give_the_same_bytes_and_fewer_than_they_were() -> None:
    rows = heart(1200)
    assert pack(rows) == pack(list(rows))
    assert len(pack(rows)) < 10 * len(rows)


def test_what_does_not_shrink_is_kept_as_it_is() -> None:
    rows: list[Row] = [(1.5, "packet", random.Random(2).randbytes(5000))]
    packed = pack(rows)
    assert packed[5] == 0
    assert rows[0][2] in packed
    assert unpack(packed) == rows


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_no_damage_goes_unnoticed(data: st.DataObject) -> None:
    packed = bytearray(pack(heart(50)))
    match data.draw(st.sampled_from(["flip", "cut", "add"])):
        case "flip":
            at = data.draw(st.integers(0, len(packed) - 1))
            packed[at] ^= data.draw(st.integers(1, 255))
        case "cut":
            del packed[data.draw(st.integers(0, len(packed) - 1)) :]
        case _:
            packed += data.draw(st.binary(min_size=1, max_size=9))
    with pytest.raises(UnreadablePackError):
        unpack(bytes(packed))


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_columns_that_do_not_fit_together_are_no_pack(body: bytes) -> None:
    content = struct.pack("<4sBBII", b"HonE", VERSION, 0, 3, len(body)) + body
    try:
        rows = unpack(content + hashlib.sha256(content).digest())
    except UnreadablePackError:
        return
    assert len(rows) == 3


def test_a_later_format_is_said_so() -> None:
    content = bytearray(pack(heart(9))[:-32])
    content[4] = VERSION + 1
    with pytest.raises(NewerPackError, match=rf"format {VERSION + 1}; this one knows {VERSION}"):
        unpack(bytes(content) + hashlib.sha256(content).digest())


def test_the_reader_on_the_page_reads_it() -> None:
    """docs/recordings.md holds a reader of a few lines, for who has nothing but Python."""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition("```python\n")
    source, _, _ = rest.partition("```")
    names: dict[str, object] = {}
    exec(source, names)
    read = names["read_events"]
    assert callable(read)
    rows = [*heart(40), (40.5, "marker", b"{}"), (-0.0, "packet", b""), (41.5, "sensor_ecg", b"x")]
    assert bits(read(pack(rows))) == bits(rows)
