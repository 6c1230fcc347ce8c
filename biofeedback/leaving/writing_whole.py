"""Put a file where a person wants it: the whole of it, or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.folder import FILE_MODE, FOLDER_MODE


class CannotLeaveError(Exception):
    """A file could not be written, or what was asked for is not there; a sentence says which."""


def refuse_existing(path: Path, *, force: bool, makes_folder: bool = False) -> None:
    """See that ``path`` is free, or may be written over.

    Parameters
    ----------
    path
        Where a file is to stand.
    force
        Whether one that is there may be written over.
    makes_folder
        Whether its folder is going to be made.

    Raises
    ------
    CannotLeaveError
        If a file is there and ``force`` is not given, or a folder.
    """
    try:
        if path.is_dir():
            raise CannotLeaveError(f"{path} is a folder. Name a file in it.")
        if path.exists() and not force:
            raise CannotLeaveError(
                f"{path} is there already. Name another file, or write over it with --force."
            )
        folder = path.parent.parent if makes_folder else path.parent
        if not folder.is_dir():
            raise CannotLeaveError(f"There is no folder {folder}. Make it first.")
    except (OSError, ValueError) as error:
        raise _in_words(path, error) from error


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that gets its name only when all of it is on disk.

    It is written beside ``path`` under another name, for this user alone (0600), and removed if
    anything goes wrong or the person interrupts: what was at ``path`` before stays then.

    Raises
    ------
    CannotLeaveError
        If the disk doesn't take it.
    """
    part = path.with_name(f".{path.name[:100]}.{uuid4().hex[:8]}.part")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, FILE_MODE)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
    except StorageError:
        raise  # the store's own trouble, not this file's
    except (OSError, ValueError) as error:
        raise _in_words(path, error) from error


def private_new_folder(folder: Path) -> None:
    """Make a folder for this user alone, unless it is there.

    Raises
    ------
    CannotLeaveError
        If it can't be made.
    """
    try:
        folder.mkdir(FOLDER_MODE, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _in_words(folder, error) from error


def _in_words(path: Path, error: OSError | ValueError) -> CannotLeaveError:
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return CannotLeaveError(
        f"{path} could not be written ({why}). Choose another place, or make room there."
    )
