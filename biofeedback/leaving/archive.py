"""A ZIP of everything: a document a session, what is the person's own, and a list of it all.

The same sessions give the same bytes: members are in a fixed order, bear no time of writing, and
are packed at one level.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from biofeedback.leaving.document import VERSION, document_parts
from biofeedback.practice.personal import Personal
from biofeedback.practice.personal_json import personal_to_json
from biofeedback.sessions.whole import WholeSession
from biofeedback.sessions.writings import SavedWriting, writings_to_json

FORMAT = "hand-on-heart-archive"
MANIFEST = "manifest.json"
PERSONAL = "personal.json"
WRITINGS = "writings.json"
SESSIONS = "sessions/"

_LEVEL = 6
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PRIVATE = 0o100600 << 16


def write_archive(
    file: BinaryIO,
    sessions: Iterable[WholeSession],
    personal: Personal,
    writings: Iterable[SavedWriting] | None = None,
    person: str = "",
) -> None:
    """Write the archive.

    Parameters
    ----------
    file
        Open for writing, at its beginning.
    sessions
        In the order in which they shall stand.
    personal
        The person's own guides, words and plans.
    writings
        What they wrote and saved; None leaves it out.
    person
        A name for the person, for a study; empty says none.
    """
    listed: list[dict[str, Any]] = []
    sums: dict[str, str] = {}
    with ZipFile(file, "w") as archive:

        def put(name: str, content: bytes) -> None:
            member = ZipInfo(name, _NO_TIME)
            member.compress_type = ZIP_DEFLATED
            member.create_system = _UNIX
            member.external_attr = _PRIVATE
            archive.writestr(member, content, compresslevel=_LEVEL)
            sums[name] = sha256(content).hexdigest()

        for session in sessions:
            name = f"{SESSIONS}{session.started_at:%Y-%m-%d}-{session.uid}.json"
            put(name, b"".join(document_parts([session])))
            listed.append(
                {
                    "file": name,
                    "uid": session.uid,
                    "started_at": session.started_at.isoformat(),
                    "duration_s": session.duration_s,
                    "n_beats": session.n_beats,
                }
            )
        if not personal.empty:
            put(PERSONAL, (personal_to_json(personal, indent=2) + "\n").encode("ascii"))
        if writings is not None:
            put(WRITINGS, writings_to_json(writings).encode("ascii"))
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "person": person,
            "sessions": listed,
            "sha256": sums,
        }
        put(MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode("ascii"))
