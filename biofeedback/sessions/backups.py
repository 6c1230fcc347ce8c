"""Rolling backups beside the sessions: one a day on which something changed, the newest three.

A backup is a whole store in one file, for this user alone, encrypted where the store is. It is
made by SQLite itself from one moment of the store, while a practice may go on, looked through,
and given its name last: what bears the name of a backup is one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from biofeedback.sessions.connecting import open_connection
from biofeedback.sessions.database import FILE_NAME, held
from biofeedback.sessions.deletion import BACKUPS
from biofeedback.sessions.errors import (
    DamagedStoreError,
    KeyFileError,
    StorageError,
    from_os,
    in_words,
)
from biofeedback.sessions.folder import private_file, private_folder
from biofeedback.sessions.key_file import FILE_NAME as KEY_FILE
from biofeedback.sessions.key_file import KeyFile
from biofeedback.sessions.looking_through import first_damage
from biofeedback.sessions.running import FileLock
from biofeedback.sessions.whole_file import settle

N_KEPT = 3
"""So many backups are kept; each is of another day."""

Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much; what it raises stops the work."""

_LOCK = "backups.lock"
_PAGES_A_STEP = 1000
_PREFIX = f"{Path(FILE_NAME).stem}-"
_PURGE_WAITS_S = 5.0


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is there.

    Attributes
    ----------
    path
        The file.
    day
        When it was made.
    """

    path: Path
    day: date

    @property
    def n_bytes(self) -> int:
        """How large it is."""
        return self.path.stat().st_size


def backups(folder: Path) -> list[Backup]:
    """Return the backups of the sessions in ``folder``, newest first."""
    found = []
    for path in (folder / BACKUPS).glob(f"{_PREFIX}*{Path(FILE_NAME).suffix}"):
        with suppress(ValueError):  # a file that a person put there
            found.append(Backup(path, date.fromisoformat(path.stem.removeprefix(_PREFIX))))
    return sorted(found, key=lambda backup: backup.day, reverse=True)


def back_up(
    folder: Path, today: date, *, again: bool = False, progress: Progress | None = None
) -> Backup | None:
    """Make today's backup if anything changed since the newest; delete those beyond `N_KEPT`.

    Parameters
    ----------
    folder
        The data folder.
    today
        The person's day.
    again
        Also in place of one that was made today already.
    progress
        Is told pages.

    Returns
    -------
    Backup or None
        None where nothing changed, nothing is kept yet, today's is there, or another program is at
        it.

    Raises
    ------
    DamagedStoreError
        If the sessions are damaged: a good backup must not give way to a damaged one.
    StorageError
        If it could not be made; those that were there stay.
    """
    path = folder / FILE_NAME
    there = backups(folder)
    if any((backup.day == today and not again) or _is_of(path, backup) for backup in there):
        return None
    lock = FileLock.acquire(folder / _LOCK)
    if lock is None:
        return None
    try:
        made = _make(path, today, progress)
        if made is not None:
            # Today's stays, whatever a clock that was wrong made of the others' days.
            others = [backup for backup in backups(folder) if backup != made]
            for old in others[N_KEPT - 1 :]:
                delete_file(old.path)
        return made
    finally:
        lock.release()


@contextmanager
def no_backup_is_made(folder: Path) -> Iterator[None]:
    """See that nobody copies what is about to be deleted for good; what was cut short goes.

    Raises
    ------
    StorageError
        If another program does so for long.
    """
    words = "Another program makes a backup of the sessions. Try again in a moment."
    with held(folder / _LOCK, words, _PURGE_WAITS_S):
        for part in (folder / BACKUPS).glob(".backup.part*"):
            delete_file(part)
        yield


def delete_file(path: Path) -> None:
    """Delete a file; one that isn't there is as good.

    Raises
    ------
    StorageError
        If it can't be.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise from_os(error, path) from error


def _make(path: Path, today: date, progress: Progress | None) -> Backup | None:
    folder = private_folder(path.parent / BACKUPS)
    part, target = folder / ".backup.part", folder / f"{_PREFIX}{today.isoformat()}{path.suffix}"
    try:
        changed_ns = _changed_ns(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise from_os(error, path) from error
    for leftover in folder.glob(f"{part.name}*"):
        delete_file(leftover)
    with in_words(path), closing(open_connection(path, path.parent)) as source:
        if not _holds_anything(source):
            return None
        if found := first_damage(source):
            raise DamagedStoreError(
                f"The file of sessions {path} is damaged ({found}), so it was not backed up. "
                "The backups that are there were left alone: hand-on-heart store restore."
            )
        private_file(part)
        try:
            with in_words(part), closing(open_connection(part, path.parent)) as copy:
                _copy(source, copy, progress)
            _through_to_disk(part)
            os.utime(part, ns=(changed_ns, changed_ns))
            part.replace(target)
            settle(folder)
        except BaseException as error:
            for leftover in folder.glob(f"{part.name}*"):
                with suppress(OSError):
                    leftover.unlink()
            if isinstance(error, OSError) and not isinstance(error, StorageError):
                raise from_os(error, part) from error
            raise
    _keep_key(path.parent)
    return Backup(target, today)


def _copy(source: sqlite3.Connection, copy: sqlite3.Connection, progress: Progress | None) -> None:
    """Copy one moment of the store, whatever is recorded meanwhile, and look through the copy."""

    def tell(status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM session").fetchone()  # the moment is now
    source.backup(copy, pages=_PAGES_A_STEP, progress=tell)
    source.execute("ROLLBACK")
    # One file by itself, wherever it is carried.
    copy.execute("PRAGMA journal_mode = DELETE").fetchone()
    if found := first_damage(copy):
        raise DamagedStoreError(f"The backup did not come out whole ({found}). Try again.")


def _holds_anything(connection: sqlite3.Connection) -> bool:
    return any(
        connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
        for table in ("session", "writing")
    )


def _changed_ns(path: Path) -> int:
    """Return when the database or its log was written to, in ns of the file system's clock.

    Raises
    ------
    OSError
        If the database is not there (any longer).
    """
    changed_ns = path.stat().st_mtime_ns
    with suppress(FileNotFoundError):  # a log that is empty, or gone, tells nothing
        log = path.with_name(path.name + "-wal").stat()
        if log.st_size:
            changed_ns = max(changed_ns, log.st_mtime_ns)
    return changed_ns


def _is_of(path: Path, backup: Backup) -> bool:
    """Tell whether a backup is of the store as it is now: it bears the time of its last change."""
    try:
        return path.exists() and backup.path.stat().st_mtime_ns == _changed_ns(path)
    except OSError as error:
        raise from_os(error, path) from error


def _through_to_disk(path: Path) -> None:
    # A handle of its own is harmless here: no connection to it is open.
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _keep_key(folder: Path) -> None:
    """Keep the key file of a locked store with its backups: without it they open for nobody."""
    file = KeyFile.read(folder / KEY_FILE)
    if file is None:
        return
    known: KeyFile | None = None
    with suppress(KeyFileError):
        known = KeyFile.read(folder / BACKUPS / KEY_FILE)
    if known != file:
        file.write(folder / BACKUPS / KEY_FILE)
