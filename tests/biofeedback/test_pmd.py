"""Frames of ECG and accelerometer both ways: every type, every truncation, published examples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.pmd import (
    AccFrame,
    EcgFrame,
    MalformedFrameError,
    decode_frame,
    encode_frame,
    measurement_of,
)

int8, int16, int24 = (st.integers(-(1 << n), (1 << n) - 1) for n in (7, 15, 23))
times_ns = st.integers(0, (1 << 64) - 1)
ecg_frames = st.builds(EcgFrame, times_ns, st.lists(int24, min_size=1, max_size=73).map(tuple))
acc_frames = st.builds(
    AccFrame,
    times_ns,
    st.lists(st.tuples(int16, int16, int16), min_size=1, max_size=36).map(tuple),
)
quiet_frames = st.builds(
    AccFrame, times_ns, st.lists(st.tuples(int8, int8, int8), min_size=1, max_size=300).map(tuple)
)

TIME = bytes.fromhex("ea54a2428b4552 08".replace(" ", ""))
NS = int.from_bytes(TIME, "little")


def frame(measurement: int, frame_type: int, body: str) -> bytes:
    return bytes([measurement]) + TIME + bytes([frame_type]) + bytes.fromhex(body)


@given(ecg_frames | acc_frames)
@settings(max_examples=40, deadline=None)
def test_decode_undoes_encode(one: EcgFrame | AccFrame) -> None:
    assert decode_frame(encode_frame(one)) == one


@given(acc_frames | quiet_frames)
@settings(max_examples=40, deadline=None)
def test_decode_undoes_compression(one: AccFrame) -> None:
    assert decode_frame(encode_frame(one, compressed=True)) == one


@given(
    st.binary(max_size=60)
    | st.builds(
        lambda measurement, frame_type, body: bytes([measurement]) + TIME + frame_type + body,
        st.sampled_from([0, 2]),
        st.sampled_from([b"\x00", b"\x01", b"\x02", b"\x80", b"\x81"]),
        st.binary(max_size=60),
    )
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_a_frame_or_refused(payload: bytes) -> None:
    try:
        one = decode_frame(payload)
    except MalformedFrameError:
        return
    if isinstance(one, EcgFrame):
        assert encode_frame(one) == payload
    elif payload[9] == 2 and not all(-32768 <= mg <= 32767 for s in one.samples_mg for mg in s):
        with pytest.raises(ValueError, match="16 bits"):
            encode_frame(one)
    else:
        assert decode_frame(encode_frame(one)) == one


@pytest.mark.parametrize(
    ("payload", "wanted"),
    [
        (frame(0, 0, "f7ffff 000000 ffff7f"), EcgFrame(NS, (-9, 0, 8388607))),
        (frame(2, 0, "ff0180 7f0000"), AccFrame(NS, ((-1, 1, -128), (127, 0, 0)))),
        (frame(2, 1, "d0ff 6501 e40f"), AccFrame(NS, ((-48, 357, 4068),))),
        (frame(2, 2, "d0ffff 650100 e40f00"), AccFrame(NS, ((-48, 357, 4068),))),
        (frame(2, 0x81, "d0ff 6501 e40f"), AccFrame(NS, ((-48, 357, 4068),))),
    ],
)
def test_each_type_is_read_as_the_specification_says(payload: bytes, wanted: object) -> None:
    assert decode_frame(payload) == wanted


def test_differences_are_packed_from_the_lowest_bit_on_and_end_with_a_byte() -> None:
    # 4 bits, one sample: +1, -1, +7; then 3 bits, two samples: -4, 3, 0 and 1, 2, -1.
    first = 0x1 | 0xF << 4 | 0x7 << 8
    second = 0b100 | 0b011 << 3 | 0b000 << 6 | 0b001 << 9 | 0b010 << 12 | 0b111 << 15
    body = (
        "0000 0000 e803" + "0401" + first.to_bytes(2, "little").hex() + "0302"
    ) + second.to_bytes(3, "little").hex()
    assert decode_frame(frame(2, 0x80, body)) == AccFrame(
        NS, ((0, 0, 1000), (1, -1, 1007), (-3, 2, 1007), (-2, 4, 1006))
    )


# Each from a device that lay still, as its owner published it: 27 samples of 8 bits (the first
# package alone), and 49 samples of 6 bits (up to where the listing ended).
STILL_80 = """
87f2b4fa92f8 08 1b 0a05ffea18ffe9fff829e90328fd021503dffd19e1e5e5e600071c020e0e10f4fceb0efe25e7faf3
f4f5050a011216f414f41eccf7060d0006090cfef800e9eef8f0ff01071b16fdf105fc1afbfc12ef06"""
STILL_81 = """
faff2100f403 06 31 83d0ebc6f1ef3af21bfdef07bf1f00770f247e301041ef0f3fe00bffef0f42e1038000e0c250f4bd
0f0003e0f77e4008422f00c0af173ba127c0b0033d30f47c6e1083fe03bfe01b4381f33e22003c30003e20107ecfffcaef
e38160003f3f00050fe8c20f0cbedf1f80ef13047ff7"""


@pytest.mark.parametrize(
    ("frame_type", "body", "n_samples", "one_g"),
    [(0x80, STILL_80, 28, 4148), (0x81, STILL_81, 50, 1010)],
)
def test_a_device_that_lies_still_feels_nothing_but_gravity(
    frame_type: int, body: str, n_samples: int, one_g: int
) -> None:
    one = decode_frame(frame(2, frame_type, body))
    assert isinstance(one, AccFrame)
    assert len(one.samples_mg) == n_samples
    assert all(math.hypot(*sample) == pytest.approx(one_g, rel=0.012) for sample in one.samples_mg)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x00",
        b"\x02" + TIME,
        frame(0, 0, ""),
        frame(0, 0, "0000"),
        frame(0, 0, "00000000"),
        frame(2, 1, ""),
        frame(2, 1, "0000 0000"),
        frame(2, 1, "0000 0000 0000 00"),
        frame(2, 0x80, ""),
        frame(2, 0x80, "0000 0000"),
        frame(2, 0x80, "0000 0000 0000 08"),
        frame(2, 0x80, "0000 0000 0000 08 01 0000"),
        frame(2, 0x80, "0000 0000 0000 21 00"),
        frame(2, 0x80, "ff7f 0000 0000 08 01 010000"),
    ],
)
def test_a_frame_that_breaks_off_is_refused_in_words(payload: bytes) -> None:
    with pytest.raises(MalformedFrameError, match=r"ends before|without|breaks off|bits"):
        decode_frame(payload)


@pytest.mark.parametrize(
    "payload",
    [frame(0, 1, "000000"), frame(0, 0x80, "000000"), frame(2, 3, "0000"), frame(1, 0, "00")],
)
def test_what_no_chest_strap_sends_is_refused_in_words(payload: bytes) -> None:
    with pytest.raises(MalformedFrameError, match=r"unknown type|not read here"):
        decode_frame(payload)


@pytest.mark.parametrize(
    ("one", "compressed"),
    [
        (EcgFrame(-1, (0,)), False),
        (EcgFrame(1 << 64, (0,)), False),
        (EcgFrame(0, ()), False),
        (EcgFrame(0, (1 << 23,)), False),
        (EcgFrame(0, (0,)), True),
        (AccFrame(0, ()), False),
        (AccFrame(0, ((0, 0, 1 << 15),)), False),
        (AccFrame(0, ((0, 0, 1 << 15),)), True),
    ],
)
def test_what_does_not_fit_is_not_sent(one: EcgFrame | AccFrame, compressed: bool) -> None:
    with pytest.raises(ValueError, match=r"must fit|not sent compressed"):
        encode_frame(one, compressed=compressed)


def test_what_a_frame_measures_is_known_without_reading_it() -> None:
    assert [measurement_of(payload) for payload in (b"", b"\x00", b"\x02\xff")] == [None, 0, 2]


def test_73_samples_of_an_ecg_fit_one_notification() -> None:
    assert len(encode_frame(EcgFrame(0, (0,) * 73))) == 229
