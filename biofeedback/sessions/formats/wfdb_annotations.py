"""Beat annotations of PhysioNet's databases (``.atr``, ``.ecg``, ``.qrs`` ...).

Source: G. Moody, WFDB Applications Guide, annot(5) and header(5). The annotations are read by
the ``wfdb`` package, loaded only then, since it takes seconds to start and 80 MB. What they are
recognised by is read here, and with it the sampling frequency: `wfdb.rdheader` takes 1e3 for 1,
and no name that has a dot.
"""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from biofeedback.sessions.formats.beats import BEAT_LABELS, from_beat_times
from biofeedback.sessions.formats.opening import decode, load, text_or_none
from biofeedback.sessions.formats.recording import Recording, RecordingError

NAME = "WFDB annotations"
EXTENSIONS = (".atr", ".ecg", ".qrs", ".ann", ".ari", ".man", ".wqrs", ".gqrs", ".xqrs")
"""What annotators call their files; any other is taken where a header stands beside it."""

NO_ANNOTATIONS = frozenset({".hea", ".dat", ".xyz", ".edf", ".txt", ".csv", ".html"})
DEFAULT_FS_HZ = 250.0
"""What header(5) takes where a header names no frequency."""

MAX_BYTES = 4 * 2**20
"""Three weeks of heartbeats; ``wfdb`` takes half a minute and 0.5 GB for as much."""

PADDING_BYTES = 260
"""Zeros that end a file anywhere, even in the longest note: 255 bytes and what announces it."""

_FS_NOTE = re.compile(rb"## time resolution: (\d+(?:\.\d+)?)")
_NOTE = re.compile(rb"([\xfc-\xff])## ")
_HEADER = re.compile(r"\S+[ \t]+\d+(?:[ \t]+(\d+(?:\.\d*)?(?:[eE][-+]?\d+)?))?")


def matches(head: bytes, path: Path) -> bool:
    """Return whether these are annotations by name or neighbour, or a header of some."""
    if path.suffix.lower() == ".hea":
        text = text_or_none(head)
        return text is not None and _header_line(text) is not None
    if b"\0" not in head and text_or_none(head) is not None:
        return False
    return (
        path.suffix.lower() in EXTENSIONS
        or _header_of(path) is not None
        or _FS_NOTE.search(head) is not None
    )


def read(path: Path) -> Recording:
    """Read the beats of an annotation file, or of the one beside a header.

    Raises
    ------
    RecordingError
        If the sampling frequency is nowhere to be found, there are no beats, the file is
        damaged or too large, or the package for WFDB is missing.
    """
    if path.suffix.lower() == ".hea":
        path = _beside(path)
    if path.suffix.lower() == ".dat":
        raise RecordingError(
            f"{path.name} holds a signal. Choose the annotations that mark its beats, "
            f"such as {path.stem}.atr."
        )
    data = load(path, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise RecordingError(
            f"{path.name} has more than {MAX_BYTES // 2**20} MB, too much for annotations of "
            "heartbeats. Choose those that mark beats, such as the ones ending in .atr or .ecg."
        )
    samples, symbols = _annotations(data, path)
    beats = np.array([symbol in BEAT_LABELS for symbol in symbols], dtype=np.bool_)
    if np.count_nonzero(beats) < 2:
        raise RecordingError(
            f"No heartbeats were found in {path.name}. Choose the annotations that mark beats, "
            "such as those ending in .atr or .ecg."
        )
    fs_hz, notes = _frequency(data, path)
    others = int(np.count_nonzero(~beats))
    if others:
        notes.append(f"Annotations that mark no beat were passed over: {others}.")
    return from_beat_times(
        samples[beats] / fs_hz,
        path,
        NAME,
        unit="s",
        counted_in="samples",
        labels=[symbol for symbol in symbols if symbol in BEAT_LABELS],
        notes=notes,
    )


def _annotations(data: bytes, path: Path) -> tuple[NDArray[np.int64], list[str]]:
    """Return sample number and symbol of each annotation, up to where the file is cut off.

    `wfdb.rdann` reads a copy: it takes names of its own kind only, gives up where a file is cut
    off, and never returns from some notes that begin with ``## ``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pandas deprecates what wfdb uses
            import wfdb
    except ImportError:
        raise RecordingError(
            "WFDB annotations need one more package. "
            'Install it with: pip install "hand-on-heart[formats]"'
        ) from None
    copied = _NOTE.sub(_blank, data[: len(data) // 2 * 2]) + b"\0" * PADDING_BYTES
    try:
        with TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            record = Path(folder, "copy")
            record.with_suffix(".atr").write_bytes(copied)
            read = wfdb.rdann(str(record), "atr")
    except (IndexError, ValueError) as error:
        raise RecordingError(
            f"{path.name} is damaged: its annotations cannot be read. "
            "Fetch it again from its database."
        ) from error
    except OSError as error:
        why = error.strerror or "no reason given"
        raise RecordingError(
            f"{path.name} could not be copied to the folder for temporary files ({why}). "
            "Make some room there and try again."
        ) from error
    return read.sample, read.symbol


def _blank(note: re.Match[bytes]) -> bytes:
    """Take the mark of a definition from a note; at an even byte it is no note but beats."""
    return note[1] + b"   " if note.start() % 2 else note[0]


def _frequency(data: bytes, path: Path) -> tuple[float, list[str]]:
    """Return the sampling frequency in Hz and what is to be said of it."""
    noted = _FS_NOTE.search(data[:4096])
    if noted and float(noted[1]) > 0:
        return float(noted[1]), []
    header = _header_of(path)
    if header is None:
        raise RecordingError(
            f"{path.name} counts in samples, and its sampling frequency stands in "
            f"{path.stem}.hea. Put that file beside it."
        )
    line = _header_line(decode(load(header), header))
    if line is None:
        raise RecordingError(f"{header.name} is no WFDB header. Fetch it again from its database.")
    fs_hz = float(line[1]) if line[1] else DEFAULT_FS_HZ
    if not 1 <= fs_hz <= 1e6:
        raise RecordingError(f"{header.name} names a sampling frequency of {fs_hz:g} Hz.")
    told = f"{fs_hz:g} samples a second"
    return fs_hz, [f"{header.name} says {told}." if line[1] else f"Taken to have {told}."]


def _header_of(path: Path) -> Path | None:
    headers = (path.with_suffix(suffix) for suffix in (".hea", ".HEA"))
    try:
        return next((header for header in headers if header.is_file()), None)
    except OSError:  # a name too long to have a neighbour
        return None


def _header_line(text: str) -> re.Match[str] | None:
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            return _HEADER.match(line.strip())
    return None


def _beside(header: Path) -> Path:
    try:
        near = sorted(
            path
            for path in header.parent.iterdir()
            if path.stem == header.stem and path.suffix.lower() not in NO_ANNOTATIONS
        )
    except OSError:
        near = []
    known = [path for path in near if path.suffix.lower() in EXTENSIONS]
    if len(known or near) == 1:
        return (known or near)[0]
    if not near:
        raise RecordingError(
            f"{header.name} describes a recording, but its beats are not in this folder. "
            f"Put its annotations, such as {header.stem}.atr, beside it."
        )
    names = ", ".join(path.name for path in known or near)
    raise RecordingError(f"{header.name} has several annotation files. Name one: {names}.")
