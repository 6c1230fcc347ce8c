"""RR intervals as plain text: one a line, several a line, or each after its time.

Elite HRV and most other programs export one interval a line. Milliseconds or seconds,
decimal points or commas, any white space, comments with ``#``.
"""

from __future__ import annotations

from pathlib import Path

from biofeedback.sessions.formats.columns import read_table
from biofeedback.sessions.formats.opening import decode, load, text_or_none
from biofeedback.sessions.formats.recording import Recording
from biofeedback.sessions.formats.table import parse

NAME = "RR text"


def matches(head: bytes, path: Path) -> bool:
    """Return whether this is any text; readers of special texts are asked before."""
    return text_or_none(head) is not None


def read(path: Path) -> Recording:
    """Read the file.

    Raises
    ------
    RecordingError
        If it holds no heart intervals.
    """
    return read_table(parse(decode(load(path), path), path), path, NAME)
