"""The database file: opened with its settings, set aside when damaged, one opening at a time."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from biofeedback.sessions import schema
from biofeedback.sessions.connecting import open_connection
from biofeedback.sessions.errors import DamagedStoreError, StorageError, from_os, in_words
from biofeedback.sessions.folder import private_file
from biofeedback.sessions.running import FileLock, is_locked

FILE_NAME = "sessions.sqlite3"

_OPENING_TIMEOUT_S = 20.0
_BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite appends to the name of a database for its own files."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the database at ``path``, new or not, with the present schema."""
    _refuse_half(path)
    if path.is_dir():
        raise StorageError(f"{path} is a folder where a file belongs. Move that folder away.")
    private_file(path)
    with in_words(path):
        connection = open_connection(path, path.parent)
        try:
            schema.check_ours(connection, path, schema.MIGRATIONS)
            # The journal of a new file must be gone for good before its log holds anything: found
            # again after a power cut, it would take the file back to nothing, log and all.
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            connection.execute("PRAGMA synchronous = FULL")
            if sys.platform == "darwin":
                # There, fsync alone leaves data in the drive's cache.
                connection.execute("PRAGMA fullfsync = ON")
            connection.execute("PRAGMA secure_delete = ON").fetchone()
            # A commit takes a page of the log for 40 bytes of news: keep the log short.
            connection.execute("PRAGMA wal_autocheckpoint = 100").fetchone()
            schema.migrate(connection, path, schema.MIGRATIONS)
            connection.execute("PRAGMA foreign_keys = ON")
            # Read what a new session is going to be written beside.
            connection.execute("SELECT total(length(choices)) FROM session").fetchone()
            connection.execute("SELECT max(session_id) FROM event").fetchone()
        except BaseException:
            connection.close()
            raise
    return connection


def _refuse_half(path: Path) -> None:
    """Stop where the main file is gone but its log is there: SQLite would delete the log."""
    log = path.with_name(path.name + "-wal")
    try:
        lost = not path.exists() or (path.is_file() and path.stat().st_size == 0)
        if lost and log.exists() and log.stat().st_size > 0:
            raise DamagedStoreError(
                f"{path} is missing or empty, though {log.name} beside it holds sessions. "
                "Put the file back, or keep both under another name and begin a fresh one."
            )
    except StorageError:
        raise
    except OSError as error:
        raise from_os(error, path) from error


def refuse_while_recording(path: Path) -> None:
    """See that no program records into the database at ``path``.

    Raises
    ------
    StorageError
        If one does.
    """
    if any(is_locked(lock) for lock in (path.parent / "running").glob("*.lock")):
        raise StorageError(
            f"Another program is recording into {path}. Close it first, then try again."
        )


def set_aside(path: Path) -> Path:
    """Give a damaged database and its log another name; return it."""
    refuse_while_recording(path)
    aside = schema.free_name(path, "damaged")
    try:
        for suffix in _BESIDE:
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise from_os(error, path) from error
    return aside


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """One program at a time creates, migrates or sets aside."""
    words = "Another program is opening the sessions and takes long. Try again in a moment."
    with held(path, words, _OPENING_TIMEOUT_S):
        yield


@contextmanager
def held(path: Path, words: str, timeout_s: float) -> Iterator[None]:
    """Hold the lock on ``path``; wait where somebody else does.

    Raises
    ------
    StorageError
        With these words, if that takes longer than ``timeout_s``.
    """
    pause = threading.Event()
    step_s, waited_s = 0.01, 0.0
    while (lock := FileLock.acquire(path)) is None:
        if waited_s >= timeout_s:
            raise StorageError(words)
        pause.wait(step_s)
        waited_s += step_s
    try:
        yield
    finally:
        lock.release()
