"""Which files lie where a person points."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

PASSED_OVER = (".hea", ".dat", ".part")
"""Within a folder: headers and signals belong to annotations beside them."""


class NothingThereError(Exception):
    """What was named is not there; the message is a sentence."""


def find_files(named: Iterable[Path]) -> list[Path]:
    """Return the files that are named, and those within folders that are, each once, in order.

    Hidden files are passed over in folders, and folders that are links: they may lead in circles.

    Raises
    ------
    NothingThereError
        If a name is none of a file or a folder, or a folder can't be looked into.
    """
    found: dict[Path, None] = {}
    for path in named:
        try:
            is_folder, is_file = path.is_dir(), path.is_file()
        except (OSError, ValueError):
            is_folder = is_file = False
        if is_folder:
            found.update(dict.fromkeys(_within(path)))
        elif is_file:
            found[path] = None
        else:
            raise NothingThereError(
                f"There is no file or folder {path}. Check the spelling of its name."
            )
    return list(found)


def _within(folder: Path) -> list[Path]:
    def refuse(error: OSError) -> None:
        raise NothingThereError(
            f"{error.filename} cannot be looked into ({error.strerror}). "
            "Check that it is yours to open."
        ) from error

    files = []
    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            ours = not name.startswith(".") and path.suffix.lower() not in PASSED_OVER
            if ours and path.is_file():
                files.append(path)
    return files
