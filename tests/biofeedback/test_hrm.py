"""0x2A37 both ways: every flag, every truncation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.hrm import MalformedMeasurementError, decode, encode
from biofeedback.types import HeartRateMeasurement

uint16 = st.integers(0, 0xFFFF)
measurements = st.builds(
    HeartRateMeasurement,
    hr_bpm=uint16,
    rr_ticks=st.lists(uint16, max_size=12).map(tuple),
    contact=st.sampled_from([None, True, False]),
    energy_kj=st.none() | uint16,
)


@given(measurements)
def test_decode_undoes_encode(measurement: HeartRateMeasurement) -> None:
    assert decode(encode(measurement)) == measurement


@pytest.mark.parametrize(
    ("payload", "wanted"),
    [
        ("0040", HeartRateMeasurement(64)),
        ("012c01", HeartRateMeasurement(300)),
        ("0240", HeartRateMeasurement(64)),
        ("0440", HeartRateMeasurement(64, contact=False)),
        ("0640", HeartRateMeasurement(64, contact=True)),
        ("08400a00", HeartRateMeasurement(64, energy_kj=10)),
        ("1040b003", HeartRateMeasurement(64, (944,))),
        ("1640b003c003", HeartRateMeasurement(64, (944, 960), contact=True)),
        ("1f4000ffffb003", HeartRateMeasurement(64, (944,), contact=True, energy_kj=0xFFFF)),
        ("e040", HeartRateMeasurement(64)),
        ("1040", HeartRateMeasurement(64)),
        ("1040b00301", HeartRateMeasurement(64, (944,))),
        ("10000000ffff", HeartRateMeasurement(0, (0, 0xFFFF))),
    ],
)
def test_each_flag_is_read_as_the_standard_says(payload: str, wanted: HeartRateMeasurement) -> None:
    assert decode(bytes.fromhex(payload)) == wanted


@pytest.mark.parametrize("payload", ["", "00", "0140", "0840", "08400a", "09400100"])
def test_a_packet_that_breaks_off_is_refused_in_words(payload: str) -> None:
    with pytest.raises(MalformedMeasurementError, match=r"empty|ends before"):
        decode(bytes.fromhex(payload))


@given(st.binary(max_size=40))
def test_any_bytes_are_a_measurement_or_refused(payload: bytes) -> None:
    try:
        measurement = decode(payload)
    except MalformedMeasurementError:
        return
    assert decode(encode(measurement)) == measurement


@pytest.mark.parametrize(
    "measurement",
    [
        HeartRateMeasurement(70_000),
        HeartRateMeasurement(60, (-1,)),
        HeartRateMeasurement(60, (0x10000,)),
        HeartRateMeasurement(60, energy_kj=-3),
    ],
)
def test_what_does_not_fit_is_not_sent(measurement: HeartRateMeasurement) -> None:
    with pytest.raises(ValueError, match="16 bits"):
        encode(measurement)
