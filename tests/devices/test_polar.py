"""ECG and accelerometer of a Polar strap, over bleak's own BlueZ back end."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from biofeedback.hrm import encode
from biofeedback.pmd import AccFrame, EcgFrame, Measurement, encode_frame
from biofeedback.pmd_control import PMD_CONTROL, PMD_DATA, Operation, Settings, Status
from biofeedback.types import HeartRateMeasurement, LinkReason, Packet, SensorFrame, SensorStream
from devices.polar import NEEDS_PAIRING, NOT_STARTED, chosen
from devices.words import MAX_CHARS, Words
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import (
    BATTERY_LEVEL,
    HR_MEASUREMENT,
    UNLIKELY_ERROR,
    DBusFault,
    strap_profile,
)
from tests.bluez.listening import QUICK, Listening
from tests.bluez.pmd import (
    ACC,
    ECG,
    H10_SETTINGS,
    INSUFFICIENT_AUTHENTICATION,
    NOT_PAIRED,
    FakePmd,
)
from tests.bluez.strap import FakeStrap

pytest_plugins = ["tests.bluez.fixtures"]

STOPS = [(Operation.STOP, ACC), (Operation.STOP, ECG)]


@pytest.fixture
def pmd() -> FakePmd:
    """The PMD service of an H10."""
    return FakePmd()


@pytest.fixture
def h10(bluez: FakeBluez, pmd: FakePmd) -> FakeStrap:
    """An H10 in range."""
    return with_service(bluez, pmd)


def with_service(bluez: FakeBluez, pmd: FakePmd) -> FakeStrap:
    strap = bluez.add_strap(profile=pmd.profile())
    pmd.join(strap)
    return strap


def packet(number: int) -> bytes:
    return encode(HeartRateMeasurement(60 + number % 60, (1024, 100 + number)))


def ecg(number: int) -> bytes:
    return encode_frame(EcgFrame(1_000_000 * number, tuple(range(number, number + 73))))


def acc(number: int) -> bytes:
    return encode_frame(AccFrame(1_000_000 * number, ((number, 0, 1000),) * 36))


def asked(pmd: FakePmd) -> list[tuple[Operation, int]]:
    return [(command.operation, command.measurement) for command in pmd.commands]


def check_left_clean(heard: Listening, strap: FakeStrap, pmd: FakePmd) -> None:
    """See that both streams were stopped and that nothing holds on to anything."""
    assert heard.left_behind == []
    assert asked(pmd)[-2:] == STOPS
    assert pmd.running == {}
    strap.wait_released()
    assert not strap.subscribed(PMD_DATA)
    assert not strap.subscribed(PMD_CONTROL)


# -------------------------------------------------------------------------- the good path
def test_frames_come_as_sent_and_in_order_with_packets(h10: FakeStrap, pmd: FakePmd) -> None:
    wanted: list[tuple[object, bytes]] = []
    with Listening(with_pmd=True) as heard:
        pmd.wait_on(ECG, ACC)
        for number in range(12):
            for stream, payload in (
                (SensorStream.ECG, ecg(number)),
                (SensorStream.ACC, acc(number)),
            ):
                assert pmd.send(payload)
                wanted.append((stream, payload))
            assert h10.notify(HR_MEASUREMENT, packet(number))
            wanted.append((None, packet(number)))
        heard.wait_packets(12)
        heard.wait_frames(24)
        assert heard.source.sensor_words is None
    got = [
        (event.stream if isinstance(event, SensorFrame) else None, event.payload)
        for event in heard.events
        if isinstance(event, SensorFrame | Packet)
    ]
    assert got == wanted
    times_s = [event.t_s for event in heard.events]
    assert all(before <= after for before, after in itertools.pairwise(times_s))
    check_left_clean(heard, h10, pmd)


def test_the_strap_is_asked_what_it_can_do_and_told_one_of_it(h10: FakeStrap, pmd: FakePmd) -> None:
    with Listening(with_pmd=True):
        pmd.wait_on(ECG, ACC)
        running = dict(pmd.running)
    assert asked(pmd) == [
        (Operation.SETTINGS, ECG),
        (Operation.START, ECG),
        (Operation.SETTINGS, ACC),
        (Operation.START, ACC),
        *STOPS,
    ]
    assert running == {ECG: Settings((130,), (14,)), ACC: Settings((50,), (16,), (2,))}


def test_heart_rate_comes_before_all_that(h10: FakeStrap, pmd: FakePmd) -> None:
    h10.characteristic(BATTERY_LEVEL).hangs = True
    with Listening(with_pmd=True) as heard:
        h10.wait_subscribed()
        for number in range(3):
            assert h10.notify(HR_MEASUREMENT, packet(number))
        heard.wait_packets(3)
        assert pmd.commands == []
    assert heard.packets == [packet(0), packet(1), packet(2)]
    assert heard.left_behind == []
    h10.wait_released()


def test_without_asking_for_it_nothing_is_written(h10: FakeStrap, pmd: FakePmd) -> None:
    with Listening() as heard:
        heard.wait_ups(2)
        assert h10.notify(HR_MEASUREMENT, packet(0))
        heard.wait_packets(1)
        assert not h10.subscribed(PMD_DATA)
    assert pmd.commands == []
    h10.wait_released()


# -------------------------------------------------------------- what the strap may leave out
def check_streams_heart_rate_alone(heard: Listening, strap: FakeStrap, first: int = 0) -> None:
    for number in range(first, first + 3):
        assert strap.notify(HR_MEASUREMENT, packet(number))
    heard.wait_packets(first + 3)


def test_a_strap_without_it_loses_nothing(bluez: FakeBluez) -> None:
    strap = bluez.add_strap(profile=strap_profile(model="H9"))
    with Listening(with_pmd=True) as heard:
        heard.wait_ups(2)
        check_streams_heart_rate_alone(heard, strap)
        assert heard.source.sensor_words is None
    assert heard.left_behind == []
    assert bluez.count("StopNotify") == 1
    strap.wait_released()


def test_an_arm_band_is_left_alone(bluez: FakeBluez) -> None:
    pmd = FakePmd(features=frozenset({Measurement.PPG, ACC}))
    strap = with_service(bluez, pmd)
    with Listening(with_pmd=True) as heard:
        heard.wait_ups(2)
        bluez.wait_until(lambda: bluez.count("ReadValue") >= 5, "a look at what it has")
        check_streams_heart_rate_alone(heard, strap)
        assert not strap.subscribed(PMD_DATA)
    assert pmd.commands == []
    assert heard.left_behind == []


@pytest.mark.parametrize("features", [b"", b"\x0f", b"\xf0\x01\x00"])
def test_features_that_make_no_sense_are_settled_by_trying(
    h10: FakeStrap, pmd: FakePmd, features: bytes
) -> None:
    h10.characteristic(PMD_CONTROL).value = features
    with Listening(with_pmd=True):
        pmd.wait_on(ECG, ACC)


def test_a_strap_that_says_nothing_of_its_settings_is_taken_for_an_h10(
    h10: FakeStrap, pmd: FakePmd
) -> None:
    pmd.statuses = {(Operation.SETTINGS, one): Status.NOT_SUPPORTED for one in (ECG, ACC)}
    with Listening(with_pmd=True):
        pmd.wait_on(ECG, ACC)
        assert pmd.running[ACC] == Settings((50,), (16,), (2,))


# -------------------------------------------------------------------------------- faults
def check_says(heard: Listening, strap: FakeStrap, words: Words) -> None:
    """Let heart rate go on until it is said what is the matter with the rest."""
    numbers = itertools.count()
    strap.wait_subscribed()
    while heard.source.sensor_words is None:
        number = next(numbers)
        assert number < 10_000, "nothing was said"
        assert strap.notify(HR_MEASUREMENT, packet(number))
        heard.wait_packets(number + 1)
    assert heard.source.sensor_words == words


def test_streams_that_a_crash_left_on_are_taken_over_and_stopped(
    h10: FakeStrap, pmd: FakePmd
) -> None:
    pmd.running = {ECG: H10_SETTINGS[ECG], ACC: Settings((200,), (16,), (8,))}
    with Listening(with_pmd=True) as heard:
        pmd.wait_commands(Operation.START, 2)
        assert pmd.send(ecg(1))
        heard.wait_frames(1)
        assert heard.source.sensor_words is None
    check_left_clean(heard, h10, pmd)


def test_after_a_drop_they_start_again(h10: FakeStrap, pmd: FakePmd) -> None:
    with Listening(with_pmd=True) as heard:
        for drops in range(3):
            pmd.wait_commands(Operation.START, 2 * (drops + 1))
            pmd.wait_on(ECG, ACC)
            check_streams_heart_rate_alone(heard, h10, 3 * drops)
            assert pmd.send(ecg(drops))
            assert pmd.send(acc(drops))
            heard.wait_frames(2 * (drops + 1))
            h10.drop()
            heard.wait_reason(LinkReason.DROPPED, drops + 1)
            if drops == 1:
                pmd.running.clear()  # this time it also went out
        pmd.wait_commands(Operation.START, 8)
    assert [frame.payload for frame in heard.frames] == [
        payload for drops in range(3) for payload in (ecg(drops), acc(drops))
    ]
    check_left_clean(heard, h10, pmd)


@pytest.mark.parametrize(
    "fault", [NOT_PAIRED, INSUFFICIENT_AUTHENTICATION], ids=["bluez", "att 0x05"]
)
def test_a_strap_that_wants_pairing_says_so_and_streams_its_heart_rate(
    h10: FakeStrap, pmd: FakePmd, fault: DBusFault
) -> None:
    pmd.write_fault = fault
    with Listening(with_pmd=True) as heard:
        check_says(heard, h10, NEEDS_PAIRING)
    assert heard.reasons == [LinkReason.SEARCHING, LinkReason.CONNECTING]
    assert heard.left_behind == []
    h10.wait_released()


@pytest.mark.parametrize("method", ["ReadValue", "StartNotify", "WriteValue"])
def test_an_error_of_the_strap_is_said_and_heart_rate_goes_on(
    h10: FakeStrap, pmd: FakePmd, method: str
) -> None:
    h10.gatt_faults[method, PMD_CONTROL] = [UNLIKELY_ERROR]
    with Listening(with_pmd=True) as heard:
        check_says(heard, h10, NOT_STARTED)
    assert heard.left_behind == []
    h10.wait_released()


def test_a_refused_ecg_is_said_and_the_accelerometer_starts(h10: FakeStrap, pmd: FakePmd) -> None:
    pmd.statuses = {(Operation.START, ECG): Status.INVALID_STATE}
    with Listening(with_pmd=True) as heard:
        pmd.wait_on(ACC)
        check_says(heard, h10, NOT_STARTED)
    check_left_clean(heard, h10, pmd)


def test_a_strap_that_never_answers_is_given_up_and_stopped_all_the_same(
    h10: FakeStrap, pmd: FakePmd
) -> None:
    pmd.silent = {Operation.SETTINGS, Operation.START}
    with Listening(with_pmd=True, timing=replace(QUICK, read_s=8.0)) as heard:
        pmd.wait_on(ECG, ACC)
        check_says(heard, h10, NOT_STARTED)
    check_left_clean(heard, h10, pmd)


def test_leaving_in_the_middle_of_a_start_stops_it(h10: FakeStrap, pmd: FakePmd) -> None:
    pmd.silent = {Operation.START}
    with Listening(with_pmd=True) as heard:
        pmd.wait_commands(Operation.START, 1)
    assert heard.left_behind == []
    assert asked(pmd)[-1] == (Operation.STOP, ECG)
    assert pmd.running == {}
    h10.wait_released()


def test_a_strap_that_is_deaf_to_the_stop_is_left_all_the_same(
    h10: FakeStrap, pmd: FakePmd
) -> None:
    pmd.silent = {Operation.STOP}
    with Listening(with_pmd=True) as heard:
        pmd.wait_on(ECG, ACC)
    check_left_clean(heard, h10, pmd)


def test_a_drop_in_the_middle_of_a_start_heals(h10: FakeStrap, pmd: FakePmd) -> None:
    pmd.silent = {Operation.SETTINGS}
    with Listening(with_pmd=True) as heard:
        pmd.wait_commands(Operation.SETTINGS, 1)
        pmd.silent = set()
        h10.drop()
        pmd.wait_on(ECG, ACC)
    check_left_clean(heard, h10, pmd)


def test_a_link_that_breaks_upon_the_start_keeps_its_heart_rate(
    h10: FakeStrap, pmd: FakePmd
) -> None:
    pmd.breaks_link = 1_000
    with Listening(with_pmd=True) as heard:
        heard.wait_reason(LinkReason.DROPPED, 2)
        check_says(heard, h10, NEEDS_PAIRING)
        check_streams_heart_rate_alone(heard, h10, len(heard.packets))
        assert heard.source.sensor_words == NEEDS_PAIRING
    starts = [command for command in pmd.commands if command.operation is Operation.START]
    assert len(starts) == 2
    assert heard.reasons.count(LinkReason.DROPPED) == 2
    assert heard.left_behind == []
    h10.wait_released()


def test_a_link_that_breaks_once_upon_the_start_gets_its_ecg(h10: FakeStrap, pmd: FakePmd) -> None:
    pmd.breaks_link = 1
    with Listening(with_pmd=True) as heard:
        for drops in range(3):
            pmd.wait_commands(Operation.START, 3 + 2 * drops)
            pmd.wait_on(ECG, ACC)
            assert pmd.send(ecg(drops))
            heard.wait_frames(drops + 1)
            assert heard.source.sensor_words is None
            pmd.breaks_link = 0
            h10.drop()
            heard.wait_reason(LinkReason.DROPPED, drops + 2)
        pmd.wait_commands(Operation.START, 9)
    check_left_clean(heard, h10, pmd)


def test_frames_of_other_measurements_and_none_are_not_passed_on(
    h10: FakeStrap, pmd: FakePmd
) -> None:
    with Listening(with_pmd=True) as heard:
        pmd.wait_on(ECG, ACC)
        for payload in (b"", b"\x01\x00", b"\x03", b"\xff"):
            assert h10.notify(PMD_DATA, payload)
        assert pmd.send(ecg(1))
        heard.wait_frames(1)
    assert [frame.payload for frame in heard.frames] == [ecg(1)]


def test_a_frame_is_passed_on_though_nobody_can_read_it(h10: FakeStrap, pmd: FakePmd) -> None:
    with Listening(with_pmd=True) as heard:
        pmd.wait_on(ECG, ACC)
        assert pmd.send(b"\x00\xff")
        heard.wait_frames(1)
    assert heard.frames[0].payload == b"\x00\xff"


# ------------------------------------------------------------------------------ settings
@pytest.mark.parametrize(
    ("measurement", "offered", "wanted"),
    [
        (ECG, H10_SETTINGS[ECG], Settings((130,), (14,))),
        (ACC, H10_SETTINGS[ACC], Settings((50,), (16,), (2,))),
        (ACC, Settings((26, 52, 104), (16,), (8,), (3,)), Settings((52,), (16,), (8,), (3,))),
        (ACC, Settings((25,), (16,)), Settings((25,), (16,))),
        (ECG, Settings(), Settings((130,), (14,))),
        (ACC, Settings(), Settings((50,), (16,), (2,))),
    ],
)
def test_what_is_offered_nearest_to_what_is_needed_is_chosen(
    measurement: Measurement, offered: Settings, wanted: Settings
) -> None:
    assert chosen(measurement, offered) == wanted


@pytest.mark.parametrize("words", [NEEDS_PAIRING, NOT_STARTED])
def test_words_fit_a_line(words: Words) -> None:
    for sentence in (words.sentence, words.action):
        assert len(sentence) <= MAX_CHARS
        assert sentence.endswith(".")
