"""A ZIP that this program wrote, read without trusting it.

Nothing is unpacked to disk, names in it are never used as paths, what it says of lengths is
bounded before anything is read, and every member is held against the sum in its list.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from biofeedback.coming.own_document import LONGEST_SESSION_BYTES, NotOursError, read_document
from biofeedback.leaving.archive import FORMAT, MANIFEST, PERSONAL, SESSIONS, WRITINGS
from biofeedback.leaving.document import VERSION
from biofeedback.practice.personal import Personal, PersonalError
from biofeedback.practice.personal_json import personal_from_json
from biofeedback.sessions.whole import WholeSession
from biofeedback.sessions.whole_json import NotASessionError
from biofeedback.sessions.writings import SavedWriting, writings_from_json

MOST_MEMBERS = 200_000
MOST_UNPACKED = 50
"""So many times its own length a ZIP may hold, beyond `FREE_BYTES`; heartbeats pack by about 10."""

FREE_BYTES = 64 * 2**20
LONGEST_OTHER_BYTES = 64 * 2**20
"""Of the list, and of what is no session."""

_TROUBLE = (
    BadZipFile,
    LargeZipFile,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,  # a password
    MemoryError,
    OverflowError,
    UnicodeError,
    zlib.error,
)


class OwnArchive:
    """An archive that is open for reading; use it in a ``with`` statement.

    Parameters
    ----------
    path
        Where it is.

    Raises
    ------
    NotOursError
        If it is none of ours, damaged, or would unpack to more than it should.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._archive = ZipFile(path)
        except _TROUBLE:
            raise NotOursError("it is damaged, or no ZIP") from None
        try:
            self._members = self._checked(path)
            self._manifest = self._read_manifest()
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> OwnArchive:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    @property
    def person(self) -> str:
        """What the person is called in a study; empty if nothing."""
        person = self._manifest.get("person", "")
        return person if isinstance(person, str) else ""

    @property
    def names(self) -> list[str]:
        """The members that hold sessions, in order of their names."""
        return sorted(name for name in self._sums if name.startswith(SESSIONS))

    @property
    def _sums(self) -> dict[str, Any]:
        sums = self._manifest.get("sha256")
        if not isinstance(sums, dict):
            raise NotOursError("its list has no sums")
        return sums

    def sessions(self, name: str) -> Iterator[WholeSession | NotASessionError]:
        """Yield the sessions of a member, or what is wrong with them.

        Raises
        ------
        NotOursError
            If the member is damaged.
        """
        yield from read_document(BytesIO(self._content(name, LONGEST_SESSION_BYTES)))

    def personal(self) -> Personal | None:
        """Return what is the person's own; None if the archive has nothing of it.

        Raises
        ------
        NotOursError
            If it is damaged.
        """
        if PERSONAL not in self._sums:
            return None
        try:
            return personal_from_json(self._content(PERSONAL, LONGEST_OTHER_BYTES).decode("utf-8"))
        except (PersonalError, UnicodeDecodeError):
            raise NotOursError(f"{PERSONAL} in it cannot be read") from None

    def writings(self) -> list[SavedWriting]:
        """Return the pages of writing in it.

        Raises
        ------
        NotOursError
            If they are damaged.
        """
        if WRITINGS not in self._sums:
            return []
        try:
            return writings_from_json(self._content(WRITINGS, LONGEST_OTHER_BYTES).decode("utf-8"))
        except ValueError:
            raise NotOursError(f"{WRITINGS} in it cannot be read") from None

    def _checked(self, path: Path) -> dict[str, ZipInfo]:
        members = self._archive.infolist()
        unpacked = sum(member.file_size for member in members)
        if (
            len(members) > MOST_MEMBERS
            or unpacked > FREE_BYTES + MOST_UNPACKED * path.stat().st_size
        ):
            raise NotOursError("it would unpack to far more than an export holds")
        found = {member.filename: member for member in members}
        if len(found) != len(members):
            raise NotOursError("two files in it have one name")
        return found

    def _read_manifest(self) -> dict[str, Any]:
        if MANIFEST not in self._members:
            raise NotOursError("it is no export of Hand on Heart; unpack it and name its folder")
        try:
            manifest = json.loads(self._bytes(MANIFEST, LONGEST_OTHER_BYTES))
        except (ValueError, RecursionError):
            raise NotOursError("its list is no JSON") from None
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise NotOursError("it is no export of Hand on Heart; unpack it and name its folder")
        if manifest.get("version") != VERSION:
            raise NotOursError(
                f"it has version {manifest.get('version')!r}, and this program knows {VERSION}; "
                "a later one may read it"
            )
        return manifest

    def _content(self, name: str, most: int) -> bytes:
        content = self._bytes(name, most)
        if sha256(content).hexdigest() != self._sums.get(name):
            raise NotOursError(f"{shown(name)} in it has changed since it was written")
        return content

    def _bytes(self, name: str, most: int) -> bytes:
        member = self._members.get(name)
        if member is None:
            raise NotOursError(f"{shown(name)} is missing in it")
        if member.file_size > most:
            raise NotOursError(f"{shown(name)} in it is too long")
        try:
            with self._archive.open(member) as file:
                return file.read(most)
        except _TROUBLE:
            raise NotOursError(f"{shown(name)} in it is damaged") from None


def shown(name: str) -> str:
    """Return a name from a file as it may be shown: short, and nothing that moves a cursor."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:80]
