"""Put a backup, or another copy of the sessions, in the place of the present file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from biofeedback.sessions import schema
from biofeedback.sessions.connecting import open_connection
from biofeedback.sessions.converting import encrypt_database, is_encrypted, is_plain, sidecars
from biofeedback.sessions.database import FILE_NAME, opening, refuse_while_recording
from biofeedback.sessions.errors import DamagedStoreError, StorageError, from_os, in_words
from biofeedback.sessions.folder import private_file
from biofeedback.sessions.in_use import is_in_use
from biofeedback.sessions.looking_through import first_damage
from biofeedback.sessions.unlocked import key_of
from biofeedback.sessions.whole_file import settle


def restore(folder: Path, source: Path) -> Path | None:
    """Put a copy of ``source`` in the place of the sessions in ``folder``.

    The copy is looked through first. The present file is kept under another name, where deleting
    for good reaches it as well.

    Parameters
    ----------
    folder
        The data folder.
    source
        A backup, or a store that was copied from elsewhere; it stays where it is.

    Returns
    -------
    Path or None
        Where the present file is kept now; None if there was none.

    Raises
    ------
    DamagedStoreError
        If ``source`` is damaged.
    StorageError
        If it is no store, a program has the present file open, or the disk did not take it. The
        present file is in its place then.
    """
    path = folder / FILE_NAME
    part = folder / ".restored.part"
    with opening(folder / "opening.lock"):
        refuse_while_recording(path)
        try:
            _copy(source, part, folder)
            _fold_log(path)
            return _put(part, path)
        finally:
            for leftover in (part, *sidecars(part)):
                with suppress(OSError):
                    leftover.unlink(missing_ok=True)


def _copy(source: Path, part: Path, folder: Path) -> None:
    """Copy a store beside the present one, and see that it is one, and whole."""
    if not source.is_file():
        raise StorageError(f"There is no file {source}.")
    key = key_of(folder)
    if is_encrypted(source) and key is None:
        raise StorageError(
            f"{source} is locked with a passphrase, and its key file {folder / 'sessions.key'} is "
            "missing. Put that back first, from the same backup."
        )
    plain = is_plain(source)
    for leftover in (part, *sidecars(part)):
        leftover.unlink(missing_ok=True)
    private_file(part)

    def open_(path: Path) -> sqlite3.Connection:
        if plain:
            return sqlite3.connect(path, isolation_level=None)
        return open_connection(path, folder)

    with in_words(source), closing(open_(source)) as original, closing(open_(part)) as copy:
        schema.check_ours(original, source)
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        found = first_damage(copy, thoroughly=True)
        apart = copy.execute("PRAGMA foreign_key_check").fetchone()
        if found or apart is not None or schema.version_of(copy) == 0:
            raise DamagedStoreError(
                f"{source} is damaged, so it was not put in place. Try another backup."
            )
        copy.execute("SELECT count(*) FROM session").fetchone()
    if plain and key is not None:
        encrypt_database(part, key)
    with part.open("r+b") as file:
        os.fsync(file.fileno())


def _fold_log(path: Path) -> None:
    """Fold the present file's log into it; that nobody has it open is known by that."""
    if not path.exists():
        return
    words = f"{path} is open in a window or a terminal. Close that first, then try again."
    if is_in_use(path):
        raise StorageError(words)
    try:
        with closing(open_connection(path, path.parent)) as present:
            (mode,) = present.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.DatabaseError as error:
        kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StorageError(words) from error
        return  # damaged: it is kept as it is, its log too
    if mode != "delete":
        raise StorageError(words)


def _put(part: Path, path: Path) -> Path | None:
    """Put ``part`` in place in one step; the present file has its second name before."""
    try:
        if not path.exists():
            part.replace(path)
            settle(path.parent)
            return None
        aside = schema.free_name(path, "before-restore")
        try:
            os.link(path, aside)
        except OSError:  # a memory stick may know no second names
            path.rename(aside)
        for beside in sidecars(path):
            beside.rename(aside.with_name(aside.name + beside.name.removeprefix(path.name)))
        part.replace(path)
        settle(path.parent)
    except OSError as error:
        raise from_os(error, path) from error
    return aside
