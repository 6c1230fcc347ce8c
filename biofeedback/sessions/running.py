"""Tell whether a session is being recorded right now, by this program or another.

Each running session holds a lock on a file of its own. The operating system lets go of it when
the process ends, however it ends, so that neither a crash nor a process number used twice can
mislead.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from biofeedback.sessions.errors import from_os
from biofeedback.sessions.folder import FILE_MODE

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int, *, shared: bool) -> bool:
        del shared  # Windows' C library knows exclusive locks alone
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(handle: int, *, shared: bool) -> bool:
        # flock and not lockf: it also holds between two handles of one process.
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class FileLock:
    """An exclusive lock on a file; held until `release`, or until the process ends."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle: int | None = handle

    @classmethod
    def acquire(cls, path: Path) -> FileLock | None:
        """Take the lock on ``path``, making the file; None if somebody else holds it.

        Raises
        ------
        StorageError
            If the file cannot be made or locked.
        """
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
            try:
                held = _try_lock(handle, shared=False)
            except OSError:
                os.close(handle)
                raise
        except OSError as error:
            raise from_os(error, path) from error
        if held:
            return cls(path, handle)
        os.close(handle)
        return None

    def release(self, *, remove: bool = False) -> None:
        """Let go, and delete the file if ``remove``; nothing happens the second time."""
        if self._handle is None:
            return
        os.close(self._handle)
        self._handle = None
        if remove:
            remove_lock(self._path)


def is_locked(path: Path) -> bool:
    """Return whether somebody holds the lock on ``path``, which need not exist.

    Raises
    ------
    StorageError
        If that cannot be found out.
    """
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise from_os(error, path) from error
    try:
        # Shared, so that two who ask at once don't take each other for the holder.
        return not _try_lock(handle, shared=True)
    except OSError as error:
        raise from_os(error, path) from error
    finally:
        os.close(handle)


def remove_lock(path: Path) -> None:
    """Delete a lock file that is of no more use; one that cannot be deleted does no harm."""
    with suppress(OSError):
        path.unlink()
