from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from biofeedback.sessions.formats import RecordingError, read_recording
from tests.biofeedback.sessions.formats.conftest import Write

RR = NDArray[np.float64]


def rows(*columns: object, delimiter: str = ",") -> str:
    """Join columns of strings or numbers into lines."""
    return "".join(
        delimiter.join(str(cell) for cell in cells) + "\n" for cells in zip(*columns, strict=True)
    )


def whole(values: RR) -> list[int]:
    return [int(value) for value in values]


@pytest.mark.parametrize(
    "name",
    [
        "rr", "RR", "RR [ms]", "rr_ms", "RRms", "RR-interval [ms]", "R-R", "ibi", "IBI (ms)",
        "ibi_ms", "nn", "NNI", "nn_interval", "RR Interval", "Inter-beat interval (ms)", "interval",
        "PP-Interval", "rr_intervals", '"rr"',
    ],
)  # fmt: skip
def test_the_column_is_found_by_its_name(write: Write, rr_ms: RR, name: str) -> None:
    text = f"hr,{name},quality\n" + rows([70] * 60, whole(rr_ms), [812] * 60)
    np.testing.assert_array_equal(read_recording(write(text, "a.csv")).rr_ms, rr_ms)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", ", "])
@pytest.mark.parametrize("head", ["t,rr\n", ""])
def test_time_and_interval_with_any_delimiter(
    write: Write, rr_ms: RR, delimiter: str, head: str
) -> None:
    t_s = np.round(np.cumsum(rr_ms) / 1000, 3)
    text = head.replace(",", delimiter) + rows(t_s, whole(rr_ms), delimiter=delimiter)
    read = read_recording(write(text, "a.csv"))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    np.testing.assert_allclose(read.t_s, t_s)
    assert read.format == "CSV"


def test_semicolons_with_decimal_commas(write: Write, rr_ms: RR) -> None:
    t_s = np.cumsum(rr_ms) / 1000
    text = "Zeit;RR [s]\n" + rows(t_s.round(3), (rr_ms / 1000).round(3), delimiter=";")
    read = read_recording(write(text.replace(".", ","), "a.csv"))
    np.testing.assert_allclose(read.rr_ms, rr_ms)
    np.testing.assert_allclose(read.t_s, t_s, atol=1e-3)


def test_a_counter_of_rows_is_no_time(write: Write, rr_ms: RR) -> None:
    read = read_recording(write(rows(range(60), whole(rr_ms)), "a.csv"))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    np.testing.assert_allclose(read.t_s, np.cumsum(rr_ms) / 1000)


def test_a_heart_rate_beside_the_interval(write: Write, rr_ms: RR) -> None:
    heart_rate = np.round(60_000 / rr_ms)
    read = read_recording(write(rows(whole(heart_rate), whole(rr_ms)), "a.csv"))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)


def test_polar_sensor_logger(write: Write, rr_ms: RR) -> None:
    # The phone stamps a packet on arrival: several intervals share a stamp, and stamps jitter.
    start = datetime(2024, 3, 1, 23, 59, 40)  # noqa: DTZ001
    late_s = np.repeat(np.random.default_rng(3).uniform(0, 0.4, 30), 2)
    arrived_s = np.repeat((np.cumsum(rr_ms) / 1000)[1::2], 2) + late_s
    arrived_s[40:] += 30
    stamps = [
        (start + timedelta(seconds=float(t))).isoformat(timespec="milliseconds") for t in arrived_s
    ]
    text = "Phone timestamp;RR-interval [ms]\n" + rows(stamps, whole(rr_ms), delimiter=";")
    read = read_recording(write(text, "Polar_H10_RR.txt"))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    assert np.flatnonzero(read.starts).tolist() == [0, 40]
    true_s = np.cumsum(rr_ms) / 1000 + np.where(np.arange(60) < 40, 0, 30)
    np.testing.assert_allclose(read.t_s, true_s, atol=0.4)
    np.testing.assert_allclose(np.diff(read.t_s)[:39], rr_ms[1:40] / 1000)


@pytest.mark.parametrize("zone", ["", "Z", "+02:00"])
def test_hrv_logger(write: Write, rr_ms: RR, zone: str) -> None:
    # Its times are those at which intervals began.
    start = datetime(2025, 3, 15, 9, 0, 15)  # noqa: DTZ001
    since = np.concatenate(([0], np.cumsum(rr_ms)[:-1]))
    stamps = [
        (start + timedelta(milliseconds=float(t))).isoformat(" ", "milliseconds") + zone
        for t in since
    ]
    text = "date,rr,since start\n" + rows(stamps, whole(rr_ms), whole(since))
    read = read_recording(write(text, "2025-03-15_RR_A.csv"))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    np.testing.assert_allclose(read.t_s, np.cumsum(rr_ms) / 1000, atol=2e-3)
    assert read.n_gaps == 0


def test_empatica(write: Write, rr_ms: RR) -> None:
    t_s = np.cumsum(rr_ms) / 1000 + 83.5
    t_s[30:] += 100
    text = "1560279825.000000, IBI\n" + rows(t_s.round(6), (rr_ms / 1000).round(6))
    read = read_recording(write(text, "IBI.csv"))
    np.testing.assert_allclose(read.rr_ms, rr_ms)
    np.testing.assert_allclose(read.t_s, t_s)
    assert np.flatnonzero(read.starts).tolist() == [0, 30]
    assert read.notes == ("Intervals were in seconds.", "The recording has 1 gap.")


def test_openhrv(write: Write, rr_ms: RR) -> None:
    start = datetime(2024, 1, 1)  # noqa: DTZ001
    lines = ["event,value,timestamp"]
    for rr, t_s in zip(whole(rr_ms), np.cumsum(rr_ms) / 1000, strict=True):
        stamp = (start + timedelta(seconds=float(t_s) + 0.03)).isoformat()
        lines += [f"InterBeatInterval,{rr},{stamp}", f"PacerRate,6.0,{stamp}", f"HRV,42,{stamp}"]
    read = read_recording(write("\n".join(lines), "openhrv.csv"))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)


def test_kubios_report_with_the_intervals_in_a_table_far_down(write: Write, rr_ms: RR) -> None:
    t_s = np.cumsum(rr_ms) / 1000
    lines = ["Kubios HRV results", "File name:,a.txt", "Mean RR  (ms):, 812.1", "RMSSD (ms):,40.2"]
    lines += [f"Parameter {at},{at}" for at in range(120)]
    lines += ["RR INTERVAL DATA and SPECTRUM ESTIMATES", "SAMPLE 1,,,", ",,,"]
    lines += ["Time,RR,Frequency,PSD", "(s),(s),(Hz),(s^2/Hz)"]
    for at in range(60):
        spectrum = f"{at / 100},{at * 1e-5}" if at < 40 else ","
        lines.append(f"{t_s[at]:.3f},{rr_ms[at] / 1000:.3f},{spectrum}")
    read = read_recording(write("\r\n".join(lines), "report.csv"))
    np.testing.assert_allclose(read.rr_ms, rr_ms)
    np.testing.assert_allclose(read.t_s, t_s)
    assert not read.dropped


def test_kubios_report_whose_titles_speak_of_rr_and_whose_first_column_is_empty(
    write: Write, rr_ms: RR
) -> None:
    t_s = np.cumsum(rr_ms) / 1000
    lines = [
        "Kubios HRV, version 3",
        "",
        "RR INTERVAL SAMPLES SELECTED FOR ANALYSIS",
        " , SAMPLE 1",
    ]
    lines += ["Sample limits (hh:mm:ss):, 00:00:00-00:05:00", ""]
    lines += ["RR INTERVAL DATA and SPECTRUM ESTIMATES", " ,SAMPLE 1 ,,,"]
    lines += [" ,RR INTERVAL DATA , , FFT SPECTRUM ,", " ,Time ,RR Interval, Frequency, PSD"]
    lines += [" ,(s), (s), (Hz), (s^2/Hz)"]
    lines += [f",{t:.3f},{rr / 1000:.3f},0.1,0.2" for t, rr in zip(t_s, rr_ms, strict=True)]
    read = read_recording(write("\n".join(lines), "report.csv"))
    np.testing.assert_allclose(read.rr_ms, rr_ms)
    assert not read.dropped


def test_polar_flow_leaves_out_what_was_without_contact(write: Write) -> None:
    text = "duration,offline\n871,0\n865,0\n1,1\n2,1\n880,0\n875,0\n"
    read = read_recording(write(text, "RR.csv"))
    assert read.rr_ms.tolist() == [871, 865, 880, 875]
    assert read.dropped == {"without contact": 2}
    assert read.starts.tolist() == [True, False, True, False]
    assert read.format == "Polar Flow"


def test_a_unit_in_the_name_that_cannot_be_is_said(write: Write) -> None:
    read = read_recording(write("hr,rr [s]\n70,800\n71,810\n", "a.csv"))
    assert read.rr_ms.tolist() == [800, 810]
    assert "named in s, but its numbers can only be ms" in read.notes[-1]


def test_date_and_time_in_columns_of_their_own(write: Write, rr_ms: RR) -> None:
    t_s = np.cumsum(rr_ms) / 1000 + np.where(np.arange(60) < 30, 0, 20)
    stamps = [f"2024-05-01 10:{int(t // 60):02}:{t % 60:06.3f}" for t in t_s.tolist()]
    read = read_recording(write(rows(stamps, whole(rr_ms), delimiter=" ")))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    np.testing.assert_allclose(read.t_s, t_s, atol=2e-3)
    assert np.flatnonzero(read.starts).tolist() == [0, 30]


def test_heart_rates_alone_are_not_enough(write: Write) -> None:
    with pytest.raises(RecordingError, match="Heart rates alone are not enough"):
        read_recording(write("time,hr\n1,70\n2,71\n", "a.csv"))


def test_a_heading_in_prose_is_no_header(write: Write, rr_ms: RR) -> None:
    text = "RR intervals of one morning, in ms\n" + rows(whole(rr_ms))
    np.testing.assert_array_equal(read_recording(write(text)).rr_ms, rr_ms)


def test_clock_times_go_over_midnight(write: Write, rr_ms: RR) -> None:
    t_s = np.cumsum(rr_ms) / 1000 + 86_390
    stamps = [
        f"{int(t // 3600) % 24:02}:{int(t // 60) % 60:02}:{t % 60:06.3f}" for t in t_s.tolist()
    ]
    read = read_recording(write("time,rr\n" + rows(stamps, whole(rr_ms)), "a.csv"))
    np.testing.assert_allclose(read.t_s, np.cumsum(rr_ms) / 1000, atol=2e-3)
    assert read.n_gaps == 0


@pytest.mark.parametrize(
    ("name", "factor"), [("timestamp", 1e3), ("ts [ns]", 1e9), ("unix", 1), ("t_min", 1 / 60)]
)
def test_numeric_times_of_any_unit(write: Write, rr_ms: RR, name: str, factor: float) -> None:
    since_1970_s = 1_700_000_000 if name != "t_min" else 5
    t_s = np.cumsum(rr_ms) / 1000
    t_s[20:] += 5
    times = [f"{(since_1970_s + t) * factor:.6f}" for t in t_s.tolist()]
    read = read_recording(write(f"{name},rr\n" + rows(times, whole(rr_ms)), "a.csv"))
    assert np.flatnonzero(read.starts).tolist() == [0, 20]
    np.testing.assert_allclose(read.t_s - read.t_s[0], t_s - t_s[0], atol=1e-3)


def test_ticks_are_taken_by_name_alone(write: Write) -> None:
    read = read_recording(write("rr [1/1024 s]\n" + "1024\n" * 10, "a.csv"))
    assert read.unit == "ticks"
    np.testing.assert_allclose(read.rr_ms, 1000)
    assert read.notes == ("Intervals were in ticks of 1/1024 s.",)


def test_rows_without_an_interval_are_no_garbage(write: Write) -> None:
    read = read_recording(write("hr,rr\n70,\n70,800\n71,\n71,810\n72,805\n", "a.csv"))
    assert read.rr_ms.tolist() == [800, 810, 805]
    assert not read.dropped
    assert read.n_gaps == 0


@pytest.mark.parametrize("cell", ["800 810", "[800, 810]", "800|810", "800/810"])
def test_several_intervals_in_a_cell(write: Write, cell: str) -> None:
    text = f'hr;rr\n70;"{cell}"\n70;805\n71;\n71;[]\n72;"{cell}"\n'
    assert read_recording(write(text, "a.csv")).rr_ms.tolist() == [800, 810, 805, 800, 810]


def test_text_in_the_column_names_the_line(write: Write) -> None:
    with pytest.raises(RecordingError, match=r"Line 3 of a.csv has text .*'oops'"):
        read_recording(write("t,rr\n1,800\n2,oops\n3,810\n", "a.csv"))


def test_unknown_names_are_listed(write: Write) -> None:
    with pytest.raises(RecordingError, match=r"\(day, AVNN, RMSSD\).*rr_ms"):
        read_recording(write("day,AVNN,RMSSD\n1,812,40\n2,820,45\n3,805,39\n", "a.csv"))


def test_two_columns_that_could_be_it_are_refused(write: Write, rr_ms: RR) -> None:
    corrected = rr_ms.copy()
    corrected[7] = 800
    with pytest.raises(RecordingError, match=r"2 columns .* could hold RR intervals"):
        read_recording(write(rows(whole(rr_ms), whole(corrected)), "a.csv"))


@pytest.mark.parametrize("text", ["812,805\n790,799\n830,821\n", "1,70\n2,71\n"])
def test_a_comma_that_can_mean_two_things_is_refused(write: Write, text: str) -> None:
    with pytest.raises(RecordingError, match=r"comma .* can mean two things"):
        read_recording(write(text, "a.csv"))


def test_three_rows_of_time_and_interval(write: Write) -> None:
    read = read_recording(write("0.8 800\n1.6 790\n2.4 810\n"))
    assert read.rr_ms.tolist() == [800, 790, 810]
    np.testing.assert_allclose(read.t_s, [0.8, 1.6, 2.4])


def test_times_that_run_backwards_name_the_line(write: Write) -> None:
    text = "t,rr\n" + rows([0.8, 1.6, 2.4, 3.2, 0.9, 4.8], [800] * 6)
    with pytest.raises(RecordingError, match="run backwards at line 6"):
        read_recording(write(text, "a.csv"))


def test_a_missed_beat_in_the_times_is_a_gap(write: Write, rr_ms: RR) -> None:
    t_s = (np.cumsum(rr_ms) / 1000).round(3)
    kept = np.arange(60) != 30
    read = read_recording(write("t,rr\n" + rows(t_s[kept], whole(rr_ms[kept])), "a.csv"))
    assert np.flatnonzero(read.starts).tolist() == [0, 30]


def test_a_late_packet_is_no_gap(write: Write, rr_ms: RR) -> None:
    t_s = np.cumsum(rr_ms) / 1000 + np.random.default_rng(2).uniform(0, 0.3, 60)
    t_s[20:23] = t_s[23]  # three came with the fourth
    read = read_recording(write("t,rr\n" + rows(t_s.round(3), whole(rr_ms)), "a.csv"))
    assert read.n_gaps == 0
    np.testing.assert_allclose(np.diff(read.t_s), rr_ms[1:] / 1000)


def test_quotes_and_a_trailing_delimiter(write: Write, rr_ms: RR) -> None:
    text = '"time","rr",\n' + "".join(f'"{at}","{rr:.0f}",\n' for at, rr in enumerate(rr_ms))
    np.testing.assert_array_equal(read_recording(write(text, "a.csv")).rr_ms, rr_ms)
