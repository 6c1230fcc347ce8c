"""What can go wrong with the store, each as a sentence that says what to do next."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StorageError(OSError):
    """Something could not be kept or read; the message is a sentence for the person."""


class DamagedStoreError(StorageError):
    """The file of sessions cannot be read as such.

    It is never deleted: `Store.open` with ``set_aside_damaged=True`` keeps it under another name
    and begins a fresh one.
    """


class NewerStoreError(StorageError):
    """The file of sessions was written by a later version of the program."""


class LockedStoreError(StorageError):
    """What is kept is locked, and nobody has given the passphrase yet."""


class WrongPassphraseError(StorageError):
    """The passphrase is another one."""


class KeyFileError(StorageError):
    """The key file is missing or can't be read, so that no passphrase is of use."""


class NoSuchSessionError(StorageError):
    """There is no session with that number."""


class SessionRunningError(StorageError):
    """That can't be done to a session that is being recorded."""


class NoSuchWritingError(StorageError):
    """There is no saved writing with that number."""


_FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM}


def from_os(error: OSError, path: Path) -> StorageError:
    """Put an error of the operating system at ``path`` into words."""
    if error.errno in _FULL_DISK:
        return StorageError(f"The disk is full at {path}. Make some room; then it can go on.")
    if error.errno == errno.EROFS:
        return StorageError(
            f"{path} is on a disk that can only be read. "
            "Choose another folder with HAND_ON_HEART_HOME."
        )
    if error.errno in _NOT_ALLOWED:
        return StorageError(
            f"This user may not write to {path}. "
            "Change its permissions, or choose another folder with HAND_ON_HEART_HOME."
        )
    if error.errno in {errno.EEXIST, errno.ENOTDIR}:
        return StorageError(
            f"{path} cannot be a folder, because a file is in the way. "
            "Move that file, or choose another folder with HAND_ON_HEART_HOME."
        )
    if error.errno == errno.EISDIR:
        return StorageError(f"{path} is a folder where a file belongs. Move that folder away.")
    what = error.strerror or str(error) or type(error).__name__
    return StorageError(
        f"{path} cannot be used ({what}). Choose another folder with HAND_ON_HEART_HOME."
    )


def from_sqlite(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> StorageError:
    """Put an error of SQLite on the database at ``path`` into words."""
    # The low byte is the kind, the rest says where it arose (sqlite.org/rescode.html). Text that
    # cannot be decoded has no code; it is damage, as is SQL of ours that does not fit the tables.
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return StorageError(f"The disk is full at {path}. Make some room; then it can go on.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_ERROR:
            return DamagedStoreError(
                f"The file of sessions {path} is damaged ({error}). Nothing was changed in it. "
                "Put a good copy back, or keep it under another name and begin a fresh one."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return StorageError(
                f"This user may not write to {path}. "
                "Change its permissions, or choose another folder with HAND_ON_HEART_HOME."
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StorageError(
                f"Another program is busy with {path}. Close it, or try again in a moment."
            )
        case sqlite3.SQLITE_IOERR:
            return StorageError(
                f"The disk did not take what was written to {path} ({error}). "
                "See whether it is full or was removed; then it can go on."
            )
        case sqlite3.SQLITE_CANTOPEN:
            return StorageError(
                f"{path} cannot be opened. See whether it and its folder belong to this user."
            )
    return StorageError(f"{path} cannot be used ({error}). Restart the program and try again.")


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite raises inside into a `StorageError`.

    Misuse of the interface (`sqlite3.ProgrammingError`) is no matter for the person and passes.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise from_sqlite(error, path) from error
