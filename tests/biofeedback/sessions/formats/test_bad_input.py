from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biofeedback.sessions.formats import RecordingError, read_recording
from biofeedback.sessions.formats import opening as opening_module
from tests.biofeedback.sessions.formats.conftest import Write

NAMES = ("a.txt", "a.csv", "a.npy", "a.fit", "a.edf", "a.atr", "a.hrm", "a")
quick = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def check(path: Path) -> None:
    """Whatever stands in the file, it is a sound recording or a sentence."""
    try:
        read = read_recording(path)
    except RecordingError as error:
        sentence = str(error)
        assert sentence.endswith((".", '"'))
        assert "\n" not in sentence
        return
    assert read.rr_ms.size == read.t_s.size == read.starts.size >= 1
    assert np.isfinite(read.rr_ms).all()
    assert np.isfinite(read.t_s).all()
    assert (read.rr_ms > 0).all()
    assert (np.diff(read.t_s) >= 0).all()
    assert read.duration_s > 0
    assert repr(read)
    assert read._repr_html_()


def test_an_empty_file(write: Write) -> None:
    with pytest.raises(RecordingError, match=r"a.txt is empty"):
        read_recording(write("", "a.txt"))


@pytest.mark.parametrize("text", ["\n\n", "  \t\n", "\ufeff"])
def test_a_file_of_blanks(write: Write, text: str) -> None:
    with pytest.raises(RecordingError, match="is empty"):
        read_recording(write(text))


@pytest.mark.parametrize("text", ["# only a comment\n", "rr_ms\n", "t,rr\n"])
def test_a_file_without_numbers(write: Write, text: str) -> None:
    with pytest.raises(RecordingError, match="No numbers were found"):
        read_recording(write(text))


@pytest.mark.parametrize("text", ["0\n0\n0\n", "-800\n-810\n", "nan\nnan\n"])
def test_numbers_but_no_heartbeats(write: Write, text: str) -> None:
    with pytest.raises(RecordingError, match="No heartbeats were found"):
        read_recording(write(text))


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="is a folder"):
        read_recording(tmp_path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"There is no file .*nothing.txt"):
        read_recording(tmp_path / "nothing.txt")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, ""])
def test_a_name_that_is_none(name: str) -> None:
    with pytest.raises(RecordingError):
        read_recording(name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RecordingError, match="not an ordinary file"):
        read_recording(tmp_path / "pipe")


def test_a_file_that_may_not_be_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write("812\n")
    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, so chmod is no test
    with pytest.raises(RecordingError, match=r"could not be read \(Permission denied\)"):
        read_recording(path)


def test_a_file_too_large_for_any_recording(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening_module, "MAX_BYTES", 100)
    with pytest.raises(RecordingError, match="more than any recording"):
        read_recording(write("812\n" * 50))


def test_binary_garbage(write: Write) -> None:
    with pytest.raises(RecordingError, match=r"neither text nor a recording|in no format"):
        read_recording(write(bytes(range(256)) * 4, "a.bin"))


@pytest.mark.parametrize("name", NAMES)
@quick
@given(data=st.binary(min_size=1, max_size=300))
def test_random_bytes(write: Write, name: str, data: bytes) -> None:
    check(write(data, name))


ANNOTATED = b"\0X\x17\xfc## time resolution: 250\0"


@pytest.mark.parametrize(
    "magic", [b"\x93NUMPY\x01\x00", b"0       ".ljust(184), b"\x0e\x10\x5c\x08", ANNOTATED]
)
@quick
@given(data=st.binary(min_size=1, max_size=400))
def test_random_bytes_behind_a_true_beginning(write: Write, magic: bytes, data: bytes) -> None:
    if magic[0] == 0x0E:
        magic += len(data).to_bytes(4, "little") + b".FIT"
    check(write(magic + data, "a.bin"))


BITS_OF_ANNOTATIONS = st.one_of(
    st.integers(0, 1023).map(lambda step: (1 << 10 | step).to_bytes(2, "little")),
    st.sampled_from([ANNOTATED, b"\0X\x05\xfc## by\0", b"\0\xec", b"\0\0", b"\xff\xfc"]),
    st.binary(min_size=1, max_size=8),
)


@quick
@given(bits=st.lists(BITS_OF_ANNOTATIONS, min_size=2, max_size=40), text=st.text(max_size=9))
def test_random_annotations(write: Write, bits: list[bytes], text: str) -> None:
    write(f"a 1 250{text}", "a.hea")
    check(write(b"".join(bits), "a.atr"))


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
@quick
@given(text=st.text(max_size=200))
def test_random_text(write: Write, name: str, text: str) -> None:
    check(write(text.encode(errors="surrogatepass"), name))


CELLS = st.one_of(
    st.integers(-10, 3000).map(str),
    st.floats().map(str),
    st.floats(0.3, 2).map("{:.3f}".format),
    st.sampled_from(
        ["", "rr", "t", "ibi", "time", "event", "value", "4294967295", "2024-01-01T10:00:00.5", '"']
    ),
    st.sampled_from(["10:00:01", "812 805", "812,5", "#", "N", "[HRData]", "(ms)", "1e400", "NaT"]),
)


@quick
@given(
    grid=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=30),
    delimiter=st.sampled_from([",", ";", "\t", " "]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_random_tables(write: Write, grid: list[list[str]], delimiter: str, end: str) -> None:
    check(write(end.join(delimiter.join(row) for row in grid), "a.csv"))


@quick
@given(
    rr_ms=st.lists(st.integers(300, 2500), min_size=1, max_size=50),
    unit=st.sampled_from(["ms", "s"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_any_plausible_series_comes_back(
    write: Write, rr_ms: list[int], unit: str, delimiter: str
) -> None:
    cells = [str(rr) if unit == "ms" else f"{rr / 1000:.3f}" for rr in rr_ms]
    text = f"n{delimiter}rr\n" + "".join(f"{at}{delimiter}{c}\n" for at, c in enumerate(cells))
    for path in (write("\n".join(["rr", *cells]), "a.txt"), write(text, "a.csv")):
        read = read_recording(path)
        np.testing.assert_allclose(read.rr_ms, rr_ms)
        assert read.unit == unit
        assert not read.dropped


def test_the_heavy_packages_are_not_loaded_for_text(write: Write) -> None:
    import subprocess

    script = (
        "import sys; from biofeedback.sessions.formats import read_recording; "
        f"read_recording({str(write('812' + chr(10)))!r}); "
        "print(sorted({'wfdb','edfio','fitdecode','pandas','scipy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
