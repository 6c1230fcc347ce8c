"""Beat annotations of PhysioNet's databases (``.atr``, ``.ecg``, ``.qrs`` ...).

Source: G. Moody, WFDB Applications Guide, annot(5) and header(5): words of 16 bits, 6 of type
and 10 of time since the one before, with some types that carry more. Read here rather than by
the ``wfdb`` package, which takes 3 s to start and 80 MB; the tests compare with it.
"""

from __future__ import annotations

import re
from pathlib import Path

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

SYMBOLS = ' NLRaVFJASEj/Q~ | sT*D"=pB^t+u?![]en@xf()r'
"""Symbol of each type; a blank where none is defined."""

_SKIP, _NUM, _SUB, _CHAN, _AUX = 59, 60, 61, 62, 63
_NOTE = 22
_FS_NOTE = re.compile(rb"## time resolution: (\d+(?:\.\d+)?)")
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
        or path.with_suffix(".hea").is_file()
        or _FS_NOTE.search(head) is not None
    )


def read(path: Path) -> Recording:
    """Read the beats of an annotation file, or of the one beside a header.

    Raises
    ------
    RecordingError
        If the sampling frequency is nowhere to be found, or there are no beats.
    """
    if path.suffix.lower() == ".hea":
        path = _beside(path)
    data = load(path)
    samples, types = parse(data)
    symbols = np.array(list(SYMBOLS.ljust(64)))[types]
    beats = np.isin(symbols, list(BEAT_LABELS))
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
        labels=symbols[beats].tolist(),
        notes=notes,
    )


def parse(data: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return sample number and type of each annotation, shape (n,) both.

    Whatever the bytes, something comes back: reading stops at the end mark, or where the file
    is cut off.
    """
    words = np.frombuffer(data, dtype="<u2", count=len(data) // 2)
    types, steps = (words >> 10).astype(np.int64), (words & 0x3FF).astype(np.int64)
    taken = np.zeros(words.size, dtype=np.bool_)  # words that belong to the one before
    end = words.size
    after = 0
    for at in np.flatnonzero((types == _SKIP) | (types == _AUX) | (words == 0)).tolist():
        if at < after:
            continue
        if types[at] == _SKIP:
            after = at + 3
            if after > words.size:
                end = at
                break
            skipped = (int(words[at + 1]) << 16) | int(words[at + 2])
            steps[at] = skipped - (1 << 32) if skipped >= 1 << 31 else skipped
        elif types[at] == _AUX:
            after = at + 1 + (int(steps[at]) + 1) // 2
            steps[at] = 0
        else:
            end = at
            break
        taken[at + 1 : after] = True
    steps[(types >= _NUM) | taken] = 0
    samples = np.cumsum(steps[:end])
    marks = (types[:end] < _SKIP) & ~taken[:end]
    return samples[marks], types[:end][marks]


def _frequency(data: bytes, path: Path) -> tuple[float, list[str]]:
    """Return the sampling frequency in Hz and what is to be said of it."""
    noted = _FS_NOTE.search(data[:4096])
    if noted and float(noted[1]) > 0:
        return float(noted[1]), []
    header = path.with_suffix(".hea")
    if not header.is_file():
        raise RecordingError(
            f"{path.name} counts in samples, and its sampling frequency stands in {header.name}. "
            "Put that file beside it."
        )
    line = _header_line(decode(load(header), header))
    if line is None:
        raise RecordingError(f"{header.name} is no WFDB header. Fetch it again from its database.")
    fs_hz = float(line[1]) if line[1] else DEFAULT_FS_HZ
    if not 1 <= fs_hz <= 1e6:
        raise RecordingError(f"{header.name} names a sampling frequency of {fs_hz:g} Hz.")
    told = f"{fs_hz:g} samples a second"
    return fs_hz, [f"{header.name} says {told}." if line[1] else f"Taken to have {told}."]


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
