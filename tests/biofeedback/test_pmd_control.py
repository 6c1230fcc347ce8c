"""The control point both ways: the commands of the specification, every reply, every truncation."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.pmd import Measurement
from biofeedback.pmd_control import (
    Command,
    MalformedControlError,
    Operation,
    Reply,
    Settings,
    Status,
    decode_command,
    decode_features,
    decode_reply,
    decode_settings,
    encode_command,
    encode_features,
    encode_reply,
    encode_settings,
)

uint8, uint16 = st.integers(0, 0xFF), st.integers(0, 0xFFFF)
some16 = st.lists(uint16, max_size=6).map(tuple)
settings_values = st.builds(
    Settings, some16, some16, some16, st.lists(uint8, max_size=3).map(tuple)
)

ECG_START = Command(Operation.START, Measurement.ECG, Settings((130,), (14,)))
ACC_START = Command(Operation.START, Measurement.ACC, Settings((200,), (16,), (8,)))


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (ECG_START, "02 00 00 01 82 00 01 01 0e 00"),
        (ACC_START, "02 02 00 01 c8 00 01 01 10 00 02 01 08 00"),
        (Command(Operation.SETTINGS, Measurement.ECG), "01 00"),
        (Command(Operation.SETTINGS, Measurement.ACC), "01 02"),
        (Command(Operation.STOP, Measurement.ECG), "03 00"),
        (Command(Operation.STOP, Measurement.ACC), "03 02"),
    ],
)
def test_commands_are_written_as_the_specification_says(command: Command, wanted: str) -> None:
    assert encode_command(command) == bytes.fromhex(wanted)
    assert decode_command(bytes.fromhex(wanted)) == command


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("f0 02 00 00 00", Reply(2, 0, Status.SUCCESS)),
        ("f0 02 02 06", Reply(2, 2, Status.ALREADY_ON)),
        ("f0 02 02 06 00", Reply(2, 2, Status.ALREADY_ON)),
        ("f0 03 02 63 01", Reply(3, 2, 0x63, more=True)),
        ("f0 01 00 00 00 00 01 82 00", Reply(1, 0, 0, parameters=b"\x00\x01\x82\x00")),
    ],
)
def test_replies_are_read_as_the_specification_says(value: str, wanted: Reply) -> None:
    assert decode_reply(bytes.fromhex(value)) == wanted


def test_the_settings_of_an_h10_are_read() -> None:
    ecg = decode_settings(bytes.fromhex("00 01 82 00 01 01 0e 00"))
    acc = decode_settings(
        bytes.fromhex("00 04 19 00 32 00 64 00 c8 00 01 01 10 00 02 03 02 00 04 00 08 00")
    )
    assert ecg == Settings((130,), (14,))
    assert acc == Settings((25, 50, 100, 200), (16,), (2, 4, 8))


def test_settings_without_a_use_are_skipped_and_an_unknown_kind_ends_them() -> None:
    factor = "05 01 cc 10 f3 38"
    assert decode_settings(bytes.fromhex(f"{factor} 00 01 34 00")) == Settings((52,))
    assert decode_settings(bytes.fromhex("00 01 34 00 63 01 02 01 08 00")) == Settings((52,))


@settings(max_examples=50, deadline=None)
@given(settings_values)
def test_settings_survive_their_bytes(some: Settings) -> None:
    assert decode_settings(encode_settings(some)) == some
    command = Command(Operation.START, Measurement.ACC, some)
    assert decode_command(encode_command(command)) == command


@settings(max_examples=50, deadline=None)
@given(st.builds(Reply, uint8, uint8, uint8, st.booleans(), st.binary(max_size=30)))
def test_a_reply_survives_its_bytes(reply: Reply) -> None:
    assert decode_reply(encode_reply(reply)) == reply


@settings(max_examples=50, deadline=None)
@given(st.frozensets(st.sampled_from(Measurement)))
def test_features_survive_their_bytes(features: frozenset[Measurement]) -> None:
    assert decode_features(encode_features(features)) == features


def test_the_features_of_an_h10_are_read() -> None:
    value = bytes.fromhex("0f05000000000000000000000000000000")
    assert decode_features(value) == {Measurement.ECG, Measurement.ACC}
    assert encode_features(frozenset({Measurement.ECG, Measurement.ACC})) == value


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=20))
def test_any_bytes_are_read_or_refused(value: bytes) -> None:
    for decode in (decode_settings, decode_command, decode_reply, decode_features):
        with contextlib.suppress(MalformedControlError):
            decode(value)


@pytest.mark.parametrize("value", ["00", "00 01", "00 01 82", "00 02 82 00", "05 01 00"])
def test_settings_that_break_off_are_refused(value: str) -> None:
    with pytest.raises(MalformedControlError, match="break off"):
        decode_settings(bytes.fromhex(value))


@pytest.mark.parametrize("value", ["", "f0", "f0 02 00", "0f 05", "00"])
def test_what_is_no_reply_is_refused(value: str) -> None:
    with pytest.raises(MalformedControlError, match=r"no reply|breaks off"):
        decode_reply(bytes.fromhex(value))


@pytest.mark.parametrize("value", ["", "0f", "f0 05"])
def test_what_are_no_features_is_refused(value: str) -> None:
    with pytest.raises(MalformedControlError, match="no features"):
        decode_features(bytes.fromhex(value))


@pytest.mark.parametrize("value", ["", "02", "07 00"])
def test_what_is_no_command_is_refused(value: str) -> None:
    with pytest.raises(MalformedControlError, match=r"breaks off|unknown operation"):
        decode_command(bytes.fromhex(value))


@pytest.mark.parametrize(
    "some",
    [Settings((70_000,)), Settings((-1,)), Settings(channels=(256,)), Settings((1,) * 256)],
)
def test_settings_that_do_not_fit_are_not_sent(some: Settings) -> None:
    with pytest.raises(ValueError, match="must fit"):
        encode_settings(some)


def test_only_a_start_has_settings() -> None:
    with pytest.raises(ValueError, match="only a start"):
        encode_command(Command(Operation.STOP, Measurement.ECG, Settings((130,))))
