"""Readers of recordings, one format a file.

A reader is a module with ``NAME``, ``matches(head: bytes, path: Path) -> bool`` and
``read(path: Path) -> Recording``. A new format is one file and one line in `READERS`.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import numpy as np

from biofeedback.sessions.formats.clock import moment_of_name
from biofeedback.sessions.formats.opening import load
from biofeedback.sessions.formats.recording import Recording, RecordingError

__all__ = ["READERS", "Reader", "Recording", "RecordingError", "read_recording"]

HEAD_BYTES = 4096

READERS = (
    "numpy_array",
    "fit_hrv",
    "edf_annotations",
    "wfdb_annotations",
    "polar_hrm",
    "beat_list",
    "csv_table",
    "rr_text",
)
"""Modules of this package, asked in this order: by content, the most particular first."""


class Reader(Protocol):
    """What each module in `READERS` offers."""

    NAME: str

    def matches(self, head: bytes, path: Path) -> bool:
        """Return whether the file that begins with ``head`` is in this format."""
        ...

    def read(self, path: Path) -> Recording:
        """Read the whole file, or raise `RecordingError`."""
        ...


def read_recording(path: str | Path) -> Recording:
    """Read RR intervals from a file of any known format, recognised by its content.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Recording
        Intervals in ms with their times and gaps, and what was left out.

    Raises
    ------
    RecordingError
        If no heartbeats can be read; the message is a sentence with a way forward.
    """
    path = Path(path)
    head = load(path, HEAD_BYTES)
    for name in READERS:
        reader = cast("Reader", import_module(f"{__name__}.{name}"))
        if reader.matches(head, path):
            with np.errstate(all="ignore"):  # garbage overflows; what comes of it is dropped
                return _dated(reader.read(path), path)
    raise RecordingError(
        f"{path.name} is in no format that can be read here. "
        "Export it as text with one RR interval a line, or as CSV."
    )


def _dated(recording: Recording, path: Path) -> Recording:
    """Take the moment in a file's name, as Elite HRV writes it, where the content has none."""
    moment = moment_of_name(path.stem)
    if recording.started_at is not None or moment is None:
        return recording
    return replace(
        recording,
        started_at=moment,
        notes=(*recording.notes, "When it was recorded stands in its name alone."),
    )
