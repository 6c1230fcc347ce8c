"""The JSON document that sessions leave in, and in which they come back bit for bit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

from biofeedback.sessions.whole import WholeSession
from biofeedback.sessions.whole_json import to_plain

FORMAT = "hand-on-heart"
"""What the document calls itself."""

VERSION = 1
"""Number of its form; a change that old versions can't read raises it."""


def schema_text() -> str:
    """Return the document's JSON Schema."""
    file = resources.files("biofeedback.leaving") / "export.schema.json"
    return file.read_text(encoding="utf-8")


def document_parts(sessions: Iterable[WholeSession]) -> Iterator[bytes]:
    """Return the document piece by piece, a session each, so that years need no memory."""
    yield f'{{"format":"{FORMAT}","version":{VERSION},"sessions":['.encode()
    for number, session in enumerate(sessions):
        yield (b",\n" if number else b"\n") + compact(to_plain(session))
    yield b"\n]}\n"


def compact(plain: Any) -> bytes:
    """Return plain values as ASCII JSON, which holds any text, even half a surrogate pair."""
    return json.dumps(plain, separators=(",", ":"), allow_nan=False).encode("ascii")
