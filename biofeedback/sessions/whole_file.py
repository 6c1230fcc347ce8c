"""Write a file whole: it is there with all of its content, or as it was before."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from biofeedback.sessions.errors import from_os
from biofeedback.sessions.folder import FILE_MODE


def write_whole(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` with mode 0600: all of it, or what was there before stays.

    Raises
    ------
    StorageError
        If it can't be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        settle(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise from_os(error, path) from error


def settle(folder: Path) -> None:
    """See new names in ``folder`` through to the disk, where the system can."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
