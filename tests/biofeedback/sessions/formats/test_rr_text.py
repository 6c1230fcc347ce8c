from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from biofeedback.sessions.formats import RecordingError, read_recording
from tests.biofeedback.sessions.formats.conftest import Write

RR = NDArray[np.float64]


def column(values: RR, form: str = "{:.0f}", end: str = "\n") -> str:
    return "".join(form.format(value) + end for value in values)


def test_one_interval_a_line_in_milliseconds(write: Write, rr_ms: RR) -> None:
    read = read_recording(write(column(rr_ms)))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    np.testing.assert_allclose(read.t_s, np.cumsum(rr_ms) / 1000)
    assert read.starts.tolist() == [True] + [False] * 59
    assert (read.unit, read.format, read.dropped, read.notes) == ("ms", "RR text", {}, ())
    assert read.labels is None
    assert read.rr_ms.dtype == np.float64


def test_a_path_may_be_a_string(write: Write, rr_ms: RR) -> None:
    assert len(read_recording(str(write(column(rr_ms))))) == 60


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", " \n", "\t\n", " ", ", ", ";", "\t"])
def test_any_separator_and_line_end(write: Write, rr_ms: RR, end: str) -> None:
    np.testing.assert_array_equal(read_recording(write(column(rr_ms, end=end))).rr_ms, rr_ms)


def test_seconds_are_recognised_and_said(write: Write, rr_ms: RR) -> None:
    read = read_recording(write(column(rr_ms / 1000, "{:.3f}"), "a.ibi"))
    np.testing.assert_allclose(read.rr_ms, rr_ms)
    assert read.unit == "s"
    assert read.notes == ("Intervals were in seconds.",)


@pytest.mark.parametrize("form", ["{:.3f}", "{:.4f}"])
def test_decimal_commas(write: Write, rr_ms: RR, form: str) -> None:
    text = column(rr_ms / 1000, form).replace(".", ",")
    np.testing.assert_allclose(read_recording(write(text)).rr_ms, rr_ms)


def test_decimal_commas_in_milliseconds(write: Write, rr_ms: RR) -> None:
    text = column(rr_ms + 0.5, "{:.1f}").replace(".", ",")
    np.testing.assert_allclose(read_recording(write(text)).rr_ms, rr_ms + 0.5)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_encodings_and_byte_order_marks(write: Write, rr_ms: RR, encoding: str) -> None:
    text = "# Übung am Morgen\n" + column(rr_ms)
    np.testing.assert_array_equal(read_recording(write(text.encode(encoding))).rr_ms, rr_ms)


def test_comments_and_a_preamble_are_passed_over(write: Write, rr_ms: RR) -> None:
    text = "Patient: A. B.\nRecorded at home\n# the rr of one morning\n" + column(rr_ms)
    text = text.replace("\n812", "\n# a pause\n812")
    read = read_recording(write(text))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    assert not read.dropped


def test_several_intervals_a_line(write: Write, rr_ms: RR) -> None:
    rows = [rr_ms[at : at + 8] for at in range(0, 60, 8)]  # the last is shorter
    text = "\n".join(" ".join(f"{value:.0f}" for value in row) for row in rows)
    np.testing.assert_array_equal(read_recording(write(text)).rr_ms, rr_ms)


def test_time_and_interval_in_two_columns(write: Write, rr_ms: RR) -> None:
    t_s = np.cumsum(rr_ms) / 1000 + 4
    text = "# t_s rr_ms (made for a test)\n" + "".join(
        f"{t:.4f} {rr:.2f}\n" for t, rr in zip(t_s, rr_ms, strict=True)
    )
    read = read_recording(write(text))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    np.testing.assert_allclose(read.t_s, t_s, atol=1e-4)


def test_the_same_without_the_comment(write: Write, rr_ms: RR) -> None:
    t_s = np.cumsum(rr_ms) / 1000
    text = "".join(f"{t:.4f}\t{rr:.2f}\n" for t, rr in zip(t_s, rr_ms, strict=True))
    read = read_recording(write(text))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    np.testing.assert_allclose(read.t_s, t_s, atol=1e-4)


def test_garbage_is_dropped_counted_and_leaves_a_gap(write: Write) -> None:
    values = ["800"] * 10 + ["0", "-5", "4294967295", "nan", "inf"] + ["810"] * 10 + ["0"]
    read = read_recording(write("\n".join(values)))
    assert read.rr_ms.tolist() == [800] * 10 + [810] * 10
    assert read.dropped == {"not a number": 2, "zero": 2, "negative": 1, "out of range": 1}
    assert read.n_dropped == 6
    assert np.flatnonzero(read.starts).tolist() == [0, 10]
    assert "6 of 26 values were no heart intervals and were left out" in read.notes[0]


def test_artefacts_are_no_garbage(write: Write) -> None:
    read = read_recording(write("800\n40\n5000\n12000\n800\n790\n810\n805\n"))
    assert read.rr_ms.tolist() == [800, 40, 5000, 12000, 800, 790, 810, 805]


def test_a_stray_line_of_text_is_left_out_and_its_line_named(write: Write) -> None:
    lines = ["800"] * 40
    lines[12] = "battery low"
    read = read_recording(write("\n".join(lines)))
    assert len(read) == 39
    assert read.dropped == {"not a number": 1}
    assert any("line 13" in note for note in read.notes)
    assert np.flatnonzero(read.starts).tolist() == [0, 12]


def test_more_text_than_that_is_an_error_that_names_the_line(write: Write) -> None:
    with pytest.raises(RecordingError, match=r"Line 4 of recording.txt has text .*'lunch'"):
        read_recording(write("800\n810\n805\nlunch\n790\n800\n"))


@pytest.mark.parametrize("text", ["0.8\n" * 30 + "800\n" * 30, "800\n" * 30 + "0.81\n" * 30])
def test_mixed_units_are_refused(write: Write, text: str) -> None:
    with pytest.raises(RecordingError, match="mixes units"):
        read_recording(write(text))


def test_one_wrong_unit_in_a_short_file_is_refused(write: Write) -> None:
    with pytest.raises(RecordingError, match=r"mixes units.*line 4 \(0.81\)"):
        read_recording(write("800\n810\n805\n0.81\n790\n"))


def test_a_single_wrong_unit_in_a_long_file_is_dropped(write: Write) -> None:
    read = read_recording(write("800\n" * 500 + "0.81\n" + "805\n" * 500))
    assert read.dropped == {"out of range": 1}


def test_heart_rates_are_not_taken_for_intervals(write: Write) -> None:
    with pytest.raises(RecordingError, match="median is 72, which would be a heart rate"):
        read_recording(write("71\n72\n73\n" * 20))


@pytest.mark.parametrize("value", ["12", "0.03", "90000", "1e300"])
def test_numbers_that_no_heart_makes(write: Write, value: str) -> None:
    with pytest.raises(RecordingError, match="no heart intervals"):
        read_recording(write(f"{value}\n" * 20))


def test_times_of_beats_in_seconds(write: Write, rr_ms: RR) -> None:
    beats_s = np.concatenate(([2.5], 2.5 + np.cumsum(rr_ms) / 1000))
    read = read_recording(write(column(beats_s, "{:.3f}")))
    np.testing.assert_allclose(read.rr_ms, rr_ms, atol=1e-6)
    np.testing.assert_allclose(read.t_s, beats_s[1:])
    assert any("times of beats" in note for note in read.notes)


def test_times_of_beats_that_may_be_samples_are_refused_unless_named(
    write: Write, rr_ms: RR
) -> None:
    beats = column(np.cumsum(rr_ms))
    with pytest.raises(RecordingError, match="milliseconds or in samples"):
        read_recording(write(beats))
    np.testing.assert_allclose(read_recording(write("beat_ms\n" + beats)).rr_ms, rr_ms[1:])


def test_times_of_beats_in_samples_are_recognised_and_refused(write: Write, rr_ms: RR) -> None:
    samples = np.round(np.cumsum(rr_ms) * 0.1)
    with pytest.raises(RecordingError, match=r"only grow, by 8.* divide them by the sampling freq"):
        read_recording(write(column(samples)))


@pytest.mark.parametrize("text", ["812\n", "812", "0.812", "812 805"])
def test_one_or_two_intervals_are_a_recording(write: Write, text: str) -> None:
    assert read_recording(write(text)).rr_ms[0] == 812


def test_underscores_are_text_not_numbers(write: Write) -> None:
    with pytest.raises(RecordingError, match="text"):
        read_recording(write("8_12\n8_05\n"))
