"""What is done of a study, a line a file, so that an interrupted one goes on where it was.

A line holds a file's rows under what the file is: its SHA-256 and its name. Lines of another
version of the program are worth nothing, and begin the journal anew.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from types import TracebackType
from typing import Self

from biofeedback.sessions.folder import FILE_MODE
from biofeedback.sessions.summary import ALGORITHM
from biofeedback.study.columns import COLUMNS
from biofeedback.study.file_rows import FileRows
from biofeedback.version import version

_FORM = 1


class Journal:
    """A journal on disk; use it in a ``with`` statement.

    Parameters
    ----------
    path
        Where it is, or is going to be.

    Raises
    ------
    OSError
        If it can't be opened.
    """

    def __init__(self, path: Path) -> None:
        self._places: dict[str, int] = {}
        handle = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
        with suppress(PermissionError):
            path.chmod(FILE_MODE)
        self._file = os.fdopen(handle, "r+b")
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def knows(self, key: str) -> bool:
        """Return whether a file is done."""
        return key in self._places

    def read(self, key: str) -> FileRows:
        """Return what came of a file that is done."""
        self._file.seek(self._places[key])
        return FileRows.from_plain(json.loads(self._file.readline())["came"])

    def add(self, key: str, came: FileRows) -> None:
        """Note that a file is done."""
        self._file.seek(0, os.SEEK_END)
        place = self._file.tell()
        line = json.dumps({"file": key, "came": came.to_plain()}, allow_nan=False)
        self._file.write(line.encode("ascii") + b"\n")
        self._file.flush()
        self._places[key] = place

    def _open(self) -> None:
        """Find what is done; a line that was cut off is dropped, with all that follows."""
        if self._file.readline() != _header():
            self._begin()
            return
        while True:
            place = self._file.tell()
            line = self._file.readline()
            try:
                if not line.endswith(b"\n"):
                    raise ValueError
                key = json.loads(line)["file"]
            except (ValueError, KeyError, TypeError):
                self._file.truncate(place)
                return
            self._places[key] = place

    def _begin(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(_header())
        self._file.flush()


def key_of(path: Path) -> str:
    """Return what a file is: by its content, and by its name, which may say when it was.

    Raises
    ------
    OSError
        If it can't be read.
    """
    with path.open("rb") as file:
        return f"{file_digest(file, 'sha256').hexdigest()}:{path.name}"


def _header() -> bytes:
    what = {
        "journal": _FORM,
        "program": version(),
        "algorithm": ALGORITHM,
        "columns": [name for name, _ in COLUMNS],
    }
    return json.dumps(what).encode("ascii") + b"\n"
