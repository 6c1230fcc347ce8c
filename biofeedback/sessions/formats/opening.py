"""From a path to bytes and from bytes to text, with a sentence for all that can go wrong."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from biofeedback.sessions.formats.recording import RecordingError

MAX_BYTES = 256 * 2**20
"""A year of heartbeats as text; what is larger is something else."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def load(path: Path, limit: int | None = None) -> bytes:
    """Read a file, or its first ``limit`` bytes.

    Raises
    ------
    RecordingError
        If there is no such file, it is a folder, empty, too large, or cannot be read.
    """
    try:
        if path.is_dir():
            raise RecordingError(f"{path} is a folder. Name one file in it.")
        if not path.exists():
            raise RecordingError(f"There is no file {path}. Check the spelling of its name.")
        if not path.is_file():
            raise RecordingError(f"{path} is not an ordinary file, so it holds no recording.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise RecordingError(
                f"{path.name} has {size / 2**20:.0f} MB, more than any recording of heartbeats. "
                f"Choose a file of less than {MAX_BYTES // 2**20} MB."
            )
        with path.open("rb") as file:
            data = file.read() if limit is None else file.read(limit)
    except RecordingError:
        raise
    except OSError as error:
        why = error.strerror or "no reason given"
        raise RecordingError(
            f"{path} could not be read ({why}). Check that it is yours to open."
        ) from error
    except ValueError as error:  # a null character in the name
        raise RecordingError(f"{str(path)!r} is no name of a file.") from error
    if not data:
        raise RecordingError(f"{path.name} is empty. Choose a file that has heartbeats in it.")
    return data


def decode(data: bytes, path: Path) -> str:
    """Turn bytes into text: UTF-8 (with a mark or without), UTF-16 with a mark, else Latin-1.

    Raises
    ------
    RecordingError
        If the bytes are no text.
    """
    text = text_or_none(data)
    if text is None:
        raise RecordingError(
            f"{path.name} is neither text nor a recording in a known format. "
            "Export it as text with one RR interval a line, or as CSV."
        )
    if not text.strip():
        raise RecordingError(f"{path.name} is empty. Choose a file that has heartbeats in it.")
    return text


def text_or_none(data: bytes) -> str | None:
    """Return the text that ``data`` is, or None. ``data`` may end within a character."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        try:
            text = decoder.decode(data)
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    text = text.rstrip("\x00\x1a")  # padding and end mark of old programs
    return None if _CONTROL.search(text) else text
