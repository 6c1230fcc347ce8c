"""Encrypt a database or a file in its place, or decrypt it; a kill at any moment spoils nothing.

The new one is written beside the old under a hidden name, looked through, and put in its place in
one step. What was plain is overwritten before it goes; a disk may keep older blocks all the same.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from biofeedback.sessions.connecting import BUSY_TIMEOUT_S
from biofeedback.sessions.errors import DamagedStoreError, StorageError, from_os, in_words
from biofeedback.sessions.folder import private_file
from biofeedback.sessions.in_use import is_in_use
from biofeedback.sessions.key_file import DATABASE_HEAD, StoreKey
from biofeedback.sessions.sealed import MAGIC, is_sealed, seal, unseal
from biofeedback.sessions.whole_file import settle, write_whole

PLAIN_HEAD = b"SQLite format 3\0"
"""What every database begins with that is not encrypted."""

BESIDE = ("-wal", "-shm", "-journal")
_CHUNK_BYTES = 1 << 20


def is_plain(path: Path) -> bool:
    """Tell whether a file is a database that anybody can read.

    Ask only where no connection of this process to it is open: closing a second handle would drop
    SQLite's locks (sqlite.org/howtocorrupt.html, 2.2).
    """
    return _head(path, len(PLAIN_HEAD)) == PLAIN_HEAD


def is_encrypted(path: Path) -> bool:
    """Tell whether a file is a database that opens with a key of ours; as `is_plain`."""
    return _head(path, len(DATABASE_HEAD)) == DATABASE_HEAD


def encrypt_database(path: Path, key: StoreKey) -> None:
    """Encrypt the database at ``path``.

    Raises
    ------
    DamagedStoreError
        If it can't be read through; it is left as it is.
    StorageError
        If another program has it open, or the disk did not take it.
    """
    _convert(path, None, key.for_database())


def decrypt_database(path: Path, key: StoreKey) -> None:
    """Decrypt the database at ``path``.

    Raises
    ------
    DamagedStoreError, StorageError
        As `encrypt_database`.
    """
    _convert(path, key.for_database(), None)


def refuse_if_in_use(path: Path, key: StoreKey | None) -> None:
    """See that nobody else has the database at ``path`` open.

    Raises
    ------
    StorageError
        If somebody has.
    """
    from biofeedback.sessions import cipher

    if is_in_use(path):
        raise StorageError(
            f"{path} is in use. Stop the practice, then try again. Nothing was changed."
        )
    opens = None if key is None else key.for_database()
    with in_words(path), closing(cipher.connect(path, opens, timeout_s=BUSY_TIMEOUT_S)) as source:
        _alone(source, path)


def seal_file(path: Path, key: StoreKey) -> None:
    """Encrypt a whole file in its place, unless it is.

    Raises
    ------
    StorageError
        If the disk did not take it.
    """
    if not is_sealed(_head(path, len(MAGIC))):
        content = _whole(path)
        _replace_plain(path, lambda: write_whole(path, seal(content, key)))


def unseal_file(path: Path, key: StoreKey) -> None:
    """Decrypt a whole file in its place, if it is encrypted.

    Raises
    ------
    SealError
        If it can't be; it is left as it is.
    StorageError
        If the disk did not take it.
    """
    if is_sealed(_head(path, len(MAGIC))):
        write_whole(path, unseal(_whole(path), key))


def wipe(path: Path) -> None:
    """Overwrite a file and delete it; one that isn't there is as good.

    One that has another name is only deleted under this one: a kill before the new file took its
    place leaves the living database with two.
    """
    try:
        with path.open("r+b") as file:
            found = os.fstat(file.fileno())
            left = found.st_size if found.st_nlink == 1 else 0
            while left > 0:
                left -= file.write(bytes(min(left, _CHUNK_BYTES)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        raise from_os(error, path) from error


def wipe_leftovers(folder: Path, name: str = "") -> None:
    """Delete what a killed conversion left in a folder, of files that begin with ``name``."""
    for pattern in (f".{name}*.part", f".{name}*.part-*", f".{name}*.old"):
        for path in folder.glob(pattern):
            wipe(path)


def _convert(path: Path, from_key: bytes | None, to_key: bytes | None) -> None:
    part = path.with_name(f".{path.name}.part")
    for each in (part, *(part.with_name(part.name + suffix) for suffix in BESIDE)):
        wipe(each)
    private_file(part)
    try:
        with in_words(path):
            found = _export(path, from_key, part, to_key)
            _look_through(part, to_key, found)
    except BaseException:
        wipe(part)
        raise
    if from_key is None:
        _replace_plain(path, lambda: _put(part, path))
    else:
        _put(part, path)


def _export(path: Path, from_key: bytes | None, part: Path, to_key: bytes | None) -> dict[str, int]:
    """Copy everything; return how many rows each table has."""
    from biofeedback.sessions import cipher

    with closing(cipher.connect(path, from_key, timeout_s=BUSY_TIMEOUT_S)) as source:
        _alone(source, path)
        source.execute("PRAGMA temp_store = MEMORY")
        literal = "''" if to_key is None else cipher.key_literal(to_key)
        source.execute(f"ATTACH DATABASE ? AS part KEY {literal}", (str(part),))
        source.execute("PRAGMA part.synchronous = FULL")
        source.execute("SELECT sqlcipher_export('part')").fetchone()
        for pragma in ("application_id", "user_version"):
            (value,) = source.execute(f"PRAGMA main.{pragma}").fetchone()
            source.execute(f"PRAGMA part.{pragma} = {int(value)}")
        return _rows(source)


def _alone(connection: sqlite3.Connection, path: Path) -> None:
    """See that nobody else has the database open, and fold its log into it.

    SQLite lets only the last connection leave its write-ahead log.
    """
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        mode = "wal"
    if mode != "delete":
        raise StorageError(
            f"Another program has {path} open: a window of Hand on Heart, or a practice in a "
            "terminal. Close it, then try again. Nothing was changed."
        )


def _look_through(part: Path, key: bytes | None, expected: dict[str, int]) -> None:
    from biofeedback.sessions import cipher

    with closing(cipher.connect(part, key, timeout_s=BUSY_TIMEOUT_S)) as copy:
        answers = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")]
        if answers != ["ok"] or _rows(copy) != expected:
            raise DamagedStoreError(
                "What is kept could not be copied whole, so it was left as it is."
            )
    with part.open("r+b") as file:
        os.fsync(file.fileno())


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    # what SQLite notes for itself (sqlite_stat1) may be left behind; the numbers used up must not
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table'"
            " AND (name NOT LIKE 'sqlite\\_%' ESCAPE '\\' OR name = 'sqlite_sequence')"
        )
    ]
    return {
        name: connection.execute(f'SELECT count(*) FROM main."{name}"').fetchone()[0]
        for name in names
    }


def _replace_plain(path: Path, replace: Callable[[], None]) -> None:
    """Keep the plain file under another name while it is replaced, then overwrite it."""
    old = path.with_name(f".{path.name}.old")
    with suppress(OSError):
        old.unlink(missing_ok=True)
        os.link(path, old)  # a memory stick may know no second names; then it is deleted only
    replace()
    wipe(old)


def _put(part: Path, path: Path) -> None:
    try:
        part.replace(path)
    except OSError as error:
        raise from_os(error, path) from error
    settle(path.parent)


def _head(path: Path, n_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(n_bytes)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise from_os(error, path) from error


def _whole(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise from_os(error, path) from error


def sidecars(path: Path) -> Iterator[Path]:
    """Return SQLite's own files beside a database that are there."""
    for suffix in BESIDE:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            yield beside
