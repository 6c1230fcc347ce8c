"""Sessions out of a JSON document of this program, one by one. See `biofeedback.leaving.document`.

The file may have been made by anybody: what is wrong with one session is said, and the others are
read all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

from biofeedback.leaving.document import FORMAT, VERSION
from biofeedback.sessions.whole import WholeSession
from biofeedback.sessions.whole_json import NotASessionError, from_plain

LONGEST_SESSION_BYTES = 256 * 2**20
"""Days of a strap with ECG; what is longer was not made by this program."""

_FIRST_LINE = f'{{"format":"{FORMAT}","version":{VERSION},"sessions":['.encode()


class NotOursError(ValueError):
    """No document of ours, or one of a later version; the message says which."""


def may_be_ours(head: bytes) -> bool:
    """Tell whether a file that begins with ``head`` is JSON that names our format."""
    return head.lstrip()[:1] == b"{" and f'"{FORMAT}"'.encode() in head


def read_document(file: BinaryIO) -> Iterator[WholeSession | NotASessionError]:
    """Yield each session of a document, or what is wrong with it.

    Parameters
    ----------
    file
        At its beginning.

    Raises
    ------
    NotOursError
        If it is no such document, or cut off; what stood before has been yielded.
    """
    first = file.readline(LONGEST_SESSION_BYTES)
    if first.rstrip(b"\r\n") == _FIRST_LINE:
        # As this program writes it: a session a line, so that years need no memory.
        yield from _line_by_line(file)
        return
    rest = file.read(LONGEST_SESSION_BYTES)
    if len(rest) == LONGEST_SESSION_BYTES:
        raise NotOursError("it is too long")
    content = _parsed(first + rest)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise NotOursError("it is no export of Hand on Heart")
    if content.get("version") != VERSION:
        raise NotOursError(
            f"it has version {content.get('version')!r}, and this program knows {VERSION}; "
            "a later one may read it"
        )
    sessions = content.get("sessions")
    if not isinstance(sessions, list):
        raise NotOursError("it has no list of sessions")
    for plain in sessions:
        yield _session(plain)


def _line_by_line(file: BinaryIO) -> Iterator[WholeSession | NotASessionError]:
    while line := file.readline(LONGEST_SESSION_BYTES):
        text = line.rstrip(b"\r\n")
        if text == b"]}":
            return
        if len(line) == LONGEST_SESSION_BYTES:
            raise NotOursError("a session in it is too long")
        if not line.endswith(b"\n"):
            break
        if text:
            yield _session_of(text.removesuffix(b","))
    raise NotOursError("it is cut off; what stands before was read")


def _session_of(text: bytes) -> WholeSession | NotASessionError:
    try:
        return _session(_parsed(text))
    except NotOursError as error:
        return NotASessionError(str(error))


def _session(plain: object) -> WholeSession | NotASessionError:
    try:
        return from_plain(plain)
    except NotASessionError as error:
        return error


def _parsed(text: bytes) -> object:
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError, MemoryError):
        raise NotOursError("it is no JSON") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")
