from __future__ import annotations

import builtins
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from biofeedback.sessions.formats import RecordingError, read_recording
from tests.biofeedback.sessions.formats.conftest import Write

RR = NDArray[np.float64]


def lines(values: RR) -> str:
    return "\r\n".join(f"{value:.0f}" for value in values)


# ---------------------------------------------------------------------------- Polar .hrm
HRM = (
    "[Params]\r\nVersion=106\r\nSMode=000000000\r\nInterval={}\r\n\r\n"
    "[IntTimes]\r\n00:06:05.6\t83\t38\r\n\r\n[HRData]\r\n"
)


def test_hrm_with_rr_intervals(write: Write, rr_ms: RR) -> None:
    read = read_recording(write(HRM.format(238) + lines(rr_ms) + "\r\n\r\n", "a.hrm"))
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    assert (read.format, read.unit) == ("Polar HRM", "ms")


def test_hrm_with_heart_rates_says_so(write: Write) -> None:
    with pytest.raises(RecordingError, match="a heart rate every 5 s and no RR intervals"):
        read_recording(write(HRM.format(5) + "70\r\n71\r\n", "a.hrm"))


def test_hrm_names_the_line_of_text(write: Write) -> None:
    with pytest.raises(RecordingError, match=r"Line 11 of a.hrm has text"):
        read_recording(write(HRM.format(238) + "800\r\nx\r\n", "a.hrm"))


@pytest.mark.parametrize("text", ["[Params]\nInterval=238\n", "[Params]\nInterval=238\n[HRData]\n"])
def test_hrm_without_data(write: Write, text: str) -> None:
    with pytest.raises(RecordingError, match=r"\[HRData\]"):
        read_recording(write(text, "a.hrm"))


# ----------------------------------------------------------------------------- beat list
def test_beat_list_with_labels(write: Write) -> None:
    text = (
        "00000000\n4.0    X\n10.0   N\n10.8   N\n11.5   V\n12.6   N\n13.4   X\n14.2   N\n15.0   N\n"
    )
    read = read_recording(write(text))
    np.testing.assert_allclose(read.rr_ms, [800, 700, 1100, 800])
    np.testing.assert_allclose(read.t_s, [10.8, 11.5, 12.6, 15.0])
    assert read.labels == ("N", "V", "N", "N")
    assert read.normal is not None
    assert read.normal.tolist() == [True, False, False, True]
    assert read.starts.tolist() == [True, False, False, True]
    assert "labelled as no heartbeat: 2" in " ".join(read.notes)


def test_beat_list_with_much_else_names_the_line(write: Write) -> None:
    with pytest.raises(RecordingError, match=r"Line 3 .* is no beat"):
        read_recording(write("1.0 N\n1.8 N\nsomething\n2.6 N\n3.4 N\n"))


# ---------------------------------------------------------------------------------- NumPy
@pytest.mark.parametrize("kind", ["<f8", ">f8", "<i4", "<u2", "<f4"])
def test_npy_in_one_dimension(tmp_path: Path, rr_ms: RR, kind: str) -> None:
    np.save(tmp_path / "a.npy", rr_ms.astype(kind))
    read = read_recording(tmp_path / "a.npy")
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    assert read.format == "NumPy array"


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("across", [False, True])
def test_npy_with_times(tmp_path: Path, rr_ms: RR, order: Any, across: bool) -> None:
    t_s = np.cumsum(rr_ms) / 1000 + 7
    grid = np.column_stack((t_s, rr_ms))
    np.save(tmp_path / "a.npy", np.asarray(grid.T if across else grid, order=order))
    read = read_recording(tmp_path / "a.npy")
    np.testing.assert_array_equal(read.rr_ms, rr_ms)
    np.testing.assert_allclose(read.t_s, t_s)


@pytest.mark.parametrize(
    "array",
    [
        np.array([{"a": 1}], dtype=object),
        np.array(["812", "805"]),
        np.zeros((3, 3, 3)),
        np.array([]),
        np.array([1 + 2j]),
    ],
)
def test_npy_that_is_no_recording(tmp_path: Path, array: Any) -> None:
    np.save(tmp_path / "a.npy", array)
    with pytest.raises(RecordingError):
        read_recording(tmp_path / "a.npy")


def test_npy_that_claims_more_than_it_has(tmp_path: Path, rr_ms: RR) -> None:
    np.save(tmp_path / "a.npy", rr_ms)
    data = (tmp_path / "a.npy").read_bytes()
    (tmp_path / "a.npy").write_bytes(data.replace(b"(60,)", b"(9999999999999,)"[:5]))
    with pytest.raises(RecordingError):
        read_recording(tmp_path / "a.npy")


# ------------------------------------------------------------------------------------ FIT
def fit_crc(data: bytes) -> int:
    """CRC-16/ARC, as in Garmin's FIT SDK documentation."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def fit(*messages: bytes) -> bytes:
    body = b"".join(messages)
    head = struct.pack("<BBHI4s", 14, 0x10, 2140, len(body), b".FIT")
    head += struct.pack("<H", fit_crc(head))
    return head + body + struct.pack("<H", fit_crc(head + body))


def fit_hrv(values_ms: list[int]) -> bytes:
    """Definition of message 78 with field 0 (time, uint16[5], ms), then its messages."""
    out = bytes([0x40, 0, 0]) + struct.pack("<HB", 78, 1) + bytes([0, 10, 0x84])
    for at in range(0, len(values_ms), 5):
        out += b"\0" + struct.pack("<5H", *(values_ms[at : at + 5] + [0xFFFF] * 5)[:5])
    return out


def fit_timer(event_type: int) -> bytes:
    """Message 21: event 0 is the timer; type 0 starts, 4 stops all."""
    return (
        bytes([0x41, 0, 0])
        + struct.pack("<HB", 21, 2)
        + bytes([0, 1, 0, 1, 1, 0, 1, 0, event_type])
    )


def test_fit_intervals_and_filler(write: Write, rr_ms: RR) -> None:
    read = read_recording(write(fit(fit_hrv([int(rr) for rr in rr_ms[:58]])), "a.fit"))
    np.testing.assert_allclose(read.rr_ms, rr_ms[:58])
    assert (read.format, read.unit) == ("FIT", "s")
    assert read.n_gaps == 0
    assert not read.dropped


def test_fit_a_stopped_timer_is_a_gap(write: Write) -> None:
    stop_and_go = fit_timer(4) + fit_timer(0)
    data = fit(fit_timer(0), fit_hrv([800] * 10), stop_and_go, fit_hrv([810] * 10))
    assert np.flatnonzero(read_recording(write(data, "a.fit")).starts).tolist() == [0, 10]


def test_fit_without_intervals(write: Write) -> None:
    with pytest.raises(RecordingError, match="Log HRV"):
        read_recording(write(fit(fit_timer(0)), "a.fit"))


def test_fit_cut_off_gives_what_is_there(write: Write) -> None:
    data = fit(fit_hrv([800] * 20))
    read = read_recording(write(data[:-20], "a.fit"))
    assert 5 <= len(read) < 20
    assert "damaged" in read.notes[-1]


# ----------------------------------------------------------------------------------- EDF+
def edf(tmp_path: Path, marks: list[tuple[float, str]]) -> Path:
    import edfio

    signal = edfio.EdfSignal(np.zeros(6000), 100, label="ECG")
    notes = [edfio.EdfAnnotation(onset, None, text) for onset, text in marks]
    path = tmp_path / "a.edf"
    edfio.Edf([signal], annotations=notes).write(path)
    return path


@pytest.mark.parametrize("text", ["R", "N", "beat", "R-peak", "QRS"])
def test_edf_beats(tmp_path: Path, rr_ms: RR, text: str) -> None:
    t_s = np.round(1 + np.cumsum(rr_ms) / 1000, 4)
    marks = [(float(t), text) for t in t_s if t < 59]
    read = read_recording(edf(tmp_path, [*marks, (3.3, "lights out")]))
    np.testing.assert_allclose(read.rr_ms, rr_ms[1 : len(marks)], atol=0.2)
    np.testing.assert_allclose(read.t_s, [t for t, _ in marks][1:], atol=1e-4)
    assert read.format == "EDF+ annotations"


def test_edf_labels(tmp_path: Path) -> None:
    marks = [(1.0, "N"), (1.8, "V"), (2.9, "N"), (3.7, "N")]
    assert read_recording(edf(tmp_path, marks)).labels == ("V", "N", "N")


@pytest.mark.parametrize("form", ["RR {:.0f}", "rr={:.0f} ms", "IBI: {:.0f}"])
def test_edf_intervals(tmp_path: Path, rr_ms: RR, form: str) -> None:
    t_s = np.cumsum(rr_ms) / 1000
    marks = [(float(t), form.format(rr)) for t, rr in zip(t_s, rr_ms, strict=True)]
    np.testing.assert_array_equal(read_recording(edf(tmp_path, marks)).rr_ms, rr_ms)


def test_edf_without_beats(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="No heartbeats were found among the 1 annotations"):
        read_recording(edf(tmp_path, [(1.0, "lights out")]))


# ------------------------------------------------------------------------ missing packages
@pytest.mark.parametrize(("package", "name"), [("fitdecode", "a.fit"), ("edfio", "a.edf")])
def test_a_missing_package_is_named(
    write: Write, monkeypatch: pytest.MonkeyPatch, package: str, name: str
) -> None:
    real = builtins.__import__

    def without(wanted: str, *args: Any, **kwargs: Any) -> Any:
        if wanted.split(".")[0] == package:
            raise ImportError(wanted)
        return real(wanted, *args, **kwargs)

    data = fit(fit_hrv([800])) if name == "a.fit" else b"0       ".ljust(512)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(RecordingError, match=r'pip install "hand-on-heart\[formats\]"'):
        read_recording(write(data, name))
