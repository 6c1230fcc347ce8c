from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from biofeedback.sessions.formats import RecordingError, read_recording
from biofeedback.sessions.formats.wfdb_annotations import parse
from tests.biofeedback.sessions.formats.conftest import Write

N, V, A, NOISE = 1, 5, 8, 14


def word(kind: int, step: int) -> bytes:
    return (kind << 10 | step).to_bytes(2, "little")


def skip(samples: int) -> bytes:
    samples %= 1 << 32
    return (
        word(59, 0)
        + (samples >> 16).to_bytes(2, "little")
        + (samples & 0xFFFF).to_bytes(2, "little")
    )


def aux(text: bytes) -> bytes:
    return word(63, len(text)) + text + b"\0" * (len(text) % 2)


END = b"\0\0"


@pytest.fixture
def header(write: Write) -> Path:
    return write("# made for a test\nr01 1 250 15000\nr01.dat 16 200 12 0 0 0 0 ECG\n", "r01.hea")


def test_intervals_labels_and_times(write: Write, header: Path) -> None:
    data = b"".join(
        [word(N, 100), word(N, 200), word(V, 150), word(NOISE, 10), word(N, 240), word(N, 205), END]
    )
    read = read_recording(write(data, "r01.atr"))
    np.testing.assert_allclose(read.rr_ms, [800, 600, 1000, 820])
    np.testing.assert_allclose(read.t_s, [1.2, 1.8, 2.8, 3.62])
    assert read.labels == ("N", "V", "N", "N")
    assert read.normal is not None
    assert read.normal.tolist() == [True, False, False, True]
    assert read.unit == "samples"
    assert read.format == "WFDB annotations"
    assert "r01.hea says 250 samples a second." in read.notes
    assert "Annotations that mark no beat were passed over: 1." in read.notes


def test_long_skips_and_fields_between(write: Write, header: Path) -> None:
    data = b"".join(
        [
            word(28, 0), aux(b"(AFIB"), skip(100_000), word(N, 0), word(60, 3), word(61, 1),
            word(62, 2), skip(-50), word(N, 250), word(A, 200), aux(b"even"), END, word(N, 7),
        ]
    )  # fmt: skip
    read = read_recording(write(data, "r01.atr"))
    np.testing.assert_allclose(read.rr_ms, [800, 800])
    np.testing.assert_allclose(read.t_s, [400.8, 401.6])


def test_the_frequency_in_the_file_itself_comes_first(write: Write, header: Path) -> None:
    data = word(22, 0) + aux(b"## time resolution: 1000") + word(N, 800) * 3 + END
    np.testing.assert_allclose(read_recording(write(data, "r01.qrs")).rr_ms, [800, 800])


def test_the_header_may_be_named_instead(write: Write, header: Path) -> None:
    write(word(N, 200) * 5 + END, "r01.ecg")
    write(b"\0\1", "r01.dat")
    assert len(read_recording(header)) == 4


def test_a_header_with_two_annotation_files_asks_which(write: Write, header: Path) -> None:
    write(END, "r01.ecg")
    write(END, "r01.atr")
    with pytest.raises(RecordingError, match=r"Name one: r01.atr, r01.ecg"):
        read_recording(header)


def test_a_header_alone_says_what_is_missing(header: Path) -> None:
    with pytest.raises(RecordingError, match=r"r01\.atr, beside it"):
        read_recording(header)


def test_without_a_frequency_the_header_is_asked_for(write: Write) -> None:
    with pytest.raises(RecordingError, match=r"stands in r02\.hea\. Put that file beside it"):
        read_recording(write(word(N, 200) * 5 + END, "r02.atr"))


def test_annotations_of_no_beats(write: Write, header: Path) -> None:
    with pytest.raises(RecordingError, match="No heartbeats"):
        read_recording(write(word(NOISE, 200) * 5 + END, "r01.atr"))


PANDAS_MOVES_ON = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")


@PANDAS_MOVES_ON
def test_the_wfdb_package_reads_the_same(write: Write, header: Path, tmp_path: Path) -> None:
    wfdb = pytest.importorskip("wfdb")
    random = np.random.default_rng(5)
    samples = np.cumsum(random.integers(1, 3000, 500))
    symbols = random.choice(list("NVAL~|+"), 500)
    notes = [f"note {at}" if at % 7 == 0 else "" for at in range(500)]
    wfdb.wrann(
        "r01", "atr", samples, symbol=symbols, aux_note=notes, chan=samples % 3, num=samples % 5,
        subtype=samples % 4, write_dir=str(tmp_path),
    )  # fmt: skip
    theirs = wfdb.rdann(str(tmp_path / "r01"), "atr", return_label_elements=["label_store"])
    ours, types = parse((tmp_path / "r01.atr").read_bytes())
    np.testing.assert_array_equal(ours, theirs.sample)
    np.testing.assert_array_equal(types, theirs.label_store)


@PANDAS_MOVES_ON
def test_the_wfdb_package_reads_the_same_of_a_whole_day(shared_data: Path) -> None:
    wfdb = pytest.importorskip("wfdb")
    path = shared_data / "physionet_nsr2db" / "nsr004.ecg"
    theirs = wfdb.rdann(str(path.with_suffix("")), "ecg")
    beats = np.isin(theirs.symbol, ["N", "V", "A"])
    read = read_recording(path)
    np.testing.assert_allclose(read.rr_ms, np.diff(theirs.sample[beats]) / theirs.fs * 1000)
    assert read.labels == tuple(np.array(theirs.symbol)[beats][1:])
    assert theirs.fs == 128
