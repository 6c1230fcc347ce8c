"""Where everything is kept: one folder, for this user alone."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from platformdirs import user_data_path

from biofeedback.sessions.errors import StorageError, from_os

HOME_VARIABLE = "HAND_ON_HEART_HOME"
FOLDER_MODE = 0o700
FILE_MODE = 0o600


def data_folder() -> Path:
    """Return the folder that sessions are kept in, making it where it is missing.

    ``HAND_ON_HEART_HOME`` names it; else it is the platform's folder for a program's data. A new
    folder is for this user alone (0700). One that the person named and that was there already
    keeps its permissions, since other things may live in it; the files in it are 0600.

    Raises
    ------
    StorageError
        If it is a file, cannot be made or cannot be written to.
    """
    named = os.environ.get(HOME_VARIABLE)
    if not named:
        folder = private_folder(user_data_path("hand-on-heart", appauthor=False))
        _make_private(folder, FOLDER_MODE)
        return folder
    try:
        folder = Path(named).expanduser().absolute()
    except RuntimeError as error:  # a ~user that nobody is
        raise StorageError(
            f"{HOME_VARIABLE} is {named!r}, and there is no such user. Name another folder in it."
        ) from error
    return private_folder(folder)


def private_folder(folder: Path) -> Path:
    """Make ``folder`` with mode 0700 unless it is there, and see that it can be written to.

    Raises
    ------
    StorageError
        If it is a file, cannot be made or cannot be written to.
    """
    try:
        if not folder.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(FOLDER_MODE, exist_ok=True)
            # A umask may have taken away what this user needs.
            _make_private(folder, FOLDER_MODE)
    except OSError as error:
        raise from_os(error, folder) from error
    except ValueError as error:  # a NUL in the name
        raise StorageError(
            f"{str(folder)!r} cannot be the name of a folder. Choose another with {HOME_VARIABLE}."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise from_os(OSError(_why_not_writable(folder), "not writable"), folder)
    return folder


def private_file(path: Path) -> bool:
    """Make an empty file with mode 0600 unless there is one; return whether it is new.

    An existing file is made private without opening it: closing a second handle on a database
    would drop SQLite's locks on it (sqlite.org/howtocorrupt.html, 2.2).

    Raises
    ------
    StorageError
        If it cannot be made.
    """
    try:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, FILE_MODE)
        except FileExistsError:
            _make_private(path, FILE_MODE)
            return False
        os.close(handle)
        _make_private(path, FILE_MODE)
    except OSError as error:
        raise from_os(error, path) from error
    return True


def _make_private(path: Path, mode: int) -> None:
    # A memory stick knows no permissions; better to keep sessions there than not at all.
    with suppress(PermissionError):
        path.chmod(mode)


def _why_not_writable(folder: Path) -> int:
    if hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY:
        return errno.EROFS
    return errno.EACCES
