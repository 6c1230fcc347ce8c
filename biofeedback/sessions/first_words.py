"""Whether the person has seen the page of the first start: an empty private file says so."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.folder import private_file

FILE_NAME = "first-words-seen"


def seen(folder: Path | None) -> bool:
    """Tell whether the first words were shown; without a folder, as if they were not."""
    return folder is not None and (folder / FILE_NAME).exists()


def mark_seen(folder: Path | None) -> None:
    """Remember that they were; a disk that doesn't take it shows them once more."""
    if folder is not None:
        with suppress(StorageError):
            private_file(folder / FILE_NAME)
