from __future__ import annotations

import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from biofeedback.sessions.formats import Recording, RecordingError, read_recording, wfdb_annotations
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
BEATS = word(N, 200) * 5 + END


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
            word(62, 2), skip(-50), word(N, 250), word(A, 200), aux(b"even"), END,
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


# ------------------------------------------------------------------ written by the wfdb package
def wrann(folder: Path, record: str, **told: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas deprecates what wfdb uses
        import wfdb

        wfdb.wrann(record, "atr", write_dir=str(folder), **told)


def test_what_the_wfdb_package_wrote_comes_back(header: Path, tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    samples = 40_000 + np.cumsum(random.integers(100, 400, 500))
    symbols = random.choice(list("NVAL~|+"), 500)
    notes = [f"note {at}" if at % 7 == 0 else "" for at in range(500)]
    wrann(
        tmp_path, "r01", sample=samples, symbol=symbols, aux_note=notes, chan=samples % 3,
        num=samples % 5, subtype=samples % 4,
    )  # fmt: skip
    read = read_recording(tmp_path / "r01.atr")
    beats = np.isin(symbols, list("NVAL"))
    np.testing.assert_allclose(read.rr_ms, np.diff(samples[beats]) / 250 * 1000)
    np.testing.assert_allclose(read.t_s, samples[beats][1:] / 250)
    assert read.labels == tuple(symbols[beats][1:])
    assert f"Annotations that mark no beat were passed over: {(~beats).sum()}." in read.notes


def test_its_own_frequency_and_types_of_annotations(tmp_path: Path) -> None:
    types = [1, 42, 1, 5, 43, 1]
    wrann(
        tmp_path, "r01", sample=np.arange(1, 7) * 300, label_store=np.array(types), fs=360,
        custom_labels=[(42, "Y", "no beat"), (43, "Z", "none either")],
    )  # fmt: skip
    read = read_recording(tmp_path / "r01.atr")
    np.testing.assert_allclose(read.t_s, [2.5, 10 / 3, 5])
    assert read.labels == ("N", "V", "N")
    assert "Annotations that mark no beat were passed over: 2." in read.notes


@pytest.mark.parametrize(("record", "n_beats"), [("nsr001", 106_460), ("nsr004", 97_815)])
def test_beats_and_labels_of_a_whole_day(shared_data: Path, record: str, n_beats: int) -> None:
    path = shared_data / "physionet_nsr2db" / f"{record}.ecg"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import wfdb

        theirs = wfdb.rdann(str(path.with_suffix("")), "ecg")
    beats = np.isin(theirs.symbol, ["N", "V", "A"])
    read = read_recording(path)
    np.testing.assert_allclose(read.rr_ms, np.diff(theirs.sample[beats]) / theirs.fs * 1000)
    assert read.labels == tuple(np.array(theirs.symbol)[beats][1:])
    assert theirs.fs == 128
    assert len(read) == n_beats - 1


# ------------------------------------------------------------------------- names and places
@pytest.mark.parametrize("name", ["My Rec v1.2.ATR", "R01.Atr", "r.01.x.atr1", "ü ñ.atr", "r01"])
@pytest.mark.parametrize("ending", [".hea", ".HEA"])
@pytest.mark.parametrize("relative", [True, False])
def test_any_name_will_do(
    write: Write, monkeypatch: pytest.MonkeyPatch, name: str, ending: str, relative: bool
) -> None:
    path = write(BEATS, name)
    write("r.1 1 2.5e2\n", path.with_suffix(ending).name)
    monkeypatch.chdir(path.parent)
    for named in (path, path.with_suffix(ending)):
        read = read_recording(named.name if relative else named)
        np.testing.assert_allclose(read.rr_ms, 800)
        assert read.source_path.name == name


def test_nothing_stays_in_the_folder_for_temporary_files(
    write: Write, header: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    path = write(BEATS, "r01.atr")
    assert len(read_recording(path)) == 4
    assert not list(folder.iterdir())
    folder.rmdir()
    with pytest.raises(RecordingError, match=r"r01\.atr could not be copied .*No such file"):
        read_recording(path)


# ------------------------------------------------------------------------- damage and limits
def test_a_file_cut_off_anywhere_is_read_up_to_there(write: Write, header: Path) -> None:
    data = word(N, 200) * 2 + word(22, 0) + aux(b"a note") + skip(200) + word(N, 0) + END
    for length in range(4, len(data)):
        read = read_recording(write(data[:length], "r01.atr"))
        assert len(read) == (2 if length >= len(data) - 2 else 1)
    read = read_recording(write(data + b"\0" * 500, "r01.atr"))
    np.testing.assert_allclose(read.rr_ms, [800, 800])


def test_a_damaged_definition_costs_no_beat(write: Write, header: Path) -> None:
    """The wfdb package alone never returns from the first three."""
    notes = [b"## by hand", b"## time resolution: ?", b"## ", b"## annotation type definitions"]
    paths = [
        write((word(22, 0) + aux(note)) * 2 + BEATS, f"r01.a{at}") for at, note in enumerate(notes)
    ]
    done: list[Recording] = []
    reading = Thread(target=lambda: done.extend(map(read_recording, paths)), daemon=True)
    reading.start()
    reading.join(60)
    assert not reading.is_alive()
    for read in done:
        np.testing.assert_allclose(read.rr_ms, [800] * 4)
    assert len(done) == len(notes)


def test_beats_that_look_like_a_definition_stay(write: Write) -> None:
    write("r01 1 50\n", "r01.hea")
    looks = b"\xfc## "
    assert looks == word(A, 1020) + word(A, 35)
    read = read_recording(write(word(N, 40) * 5 + looks + word(N, 40) + END, "r01.atr"))
    np.testing.assert_allclose(read.rr_ms[-2:], [700, 800])


def test_what_cannot_be_read_at_all_is_a_sentence(
    write: Write, header: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wfdb_annotations, "PADDING_BYTES", 0)  # as another version might give up
    with pytest.raises(RecordingError, match=r"r01\.atr is damaged"):
        read_recording(write(word(N, 800) * 2 + word(63, 200), "r01.atr"))


def test_too_large_for_annotations(
    write: Write, header: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(BEATS, "r01.atr")
    monkeypatch.setattr(wfdb_annotations, "MAX_BYTES", len(BEATS))
    assert len(read_recording(path)) == 4
    monkeypatch.setattr(wfdb_annotations, "MAX_BYTES", len(BEATS) - 1)
    with pytest.raises(RecordingError, match="too much for annotations of heartbeats"):
        read_recording(path)


def test_a_signal_is_no_annotation(write: Write, header: Path) -> None:
    with pytest.raises(RecordingError, match=r"holds a signal.* such as r01\.atr"):
        read_recording(write(BEATS, "r01.dat"))


def test_a_missing_package_is_named(
    write: Write, header: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "wfdb", None)
    with pytest.raises(RecordingError, match=r'pip install "hand-on-heart\[formats\]"'):
        read_recording(write(BEATS, "r01.atr"))


def test_recognising_takes_no_package(write: Write, header: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from biofeedback.sessions.formats.wfdb_annotations import matches\n"
        f"paths = [Path({str(write(BEATS, 'r01.atr'))!r}), Path({str(header)!r})]\n"
        "print([matches(path.read_bytes(), path) for path in paths])\n"
        "print(sorted({'wfdb', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["[True, True]", "[]"]
