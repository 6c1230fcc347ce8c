"""A study from a folder to its table: resumable, in one order, whatever does the work."""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from biofeedback.leaving.cells import as_words
from biofeedback.leaving.writing_whole import written_whole
from biofeedback.study.columns import Row
from biofeedback.study.file_rows import FileRows
from biofeedback.study.journal import Journal, key_of
from biofeedback.study.persons import Persons
from biofeedback.study.tables import CsvTable, ParquetTable, Table
from biofeedback.study.workers import Here, Workers

Progress = Callable[[int, int], None]
"""Is told how many files are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Studied:
    """What came of a study.

    Attributes
    ----------
    n_rows, n_sessions, n_persons
        How much the table holds.
    n_twice
        Sessions that a person's files held more than once; the table has each once.
    problems
        File and sentence of all that could not be read.
    """

    n_rows: int
    n_sessions: int
    n_persons: int
    n_twice: int
    problems: tuple[tuple[str, str], ...]


def study(
    folder: Path,
    files: Sequence[Path],
    out: Path,
    *,
    persons: Persons | None = None,
    as_csv: bool = False,
    workers: Workers | None = None,
    progress: Progress | None = None,
) -> Studied:
    """Make the table of a folder.

    Parameters
    ----------
    folder
        With many people's exports and recordings.
    files
        Those in it, in the order in which their rows shall stand.
    out
        Where the table goes; what is done stands beside it in ``OUT.journal``, what could not be
        read in ``OUT.errors.csv``.
    persons
        How people are named; None by their own names.
    as_csv
        CSV in place of Parquet.
    workers
        Who does the work; the table is the same whoever does.
    progress
        See `Progress`.

    Raises
    ------
    CannotLeaveError, OSError
        If something can't be written.
    NoParquetError, NoDaskError
        If a package is missing.
    """
    collecting = _Collecting(folder, persons or Persons())
    with (
        Journal(journal_of(out)) as journal,
        written_whole(out) as file,
        written_whole(errors_of(out)) as errors,
    ):
        table: Table = CsvTable(file) if as_csv else ParquetTable(file)
        try:
            with closing(_all(files, journal, workers or Here())) as came:
                for done, (path, digest, rows) in enumerate(came, 1):
                    table.add(collecting.take(path, digest, rows))
                    if progress:
                        progress(done, len(files))
        finally:
            table.close()
        _write_errors(errors, collecting.problems)
    return collecting.studied()


def journal_of(out: Path) -> Path:
    """Return where the journal of a study stands."""
    return out.with_name(f"{out.name}.journal")


def errors_of(out: Path) -> Path:
    """Return where the table of what could not be read stands."""
    return out.with_name(f"{out.name}.errors.csv")


def _all(
    files: Sequence[Path], journal: Journal, workers: Workers
) -> Generator[tuple[Path, str, FileRows], None, None]:
    """Yield every file with its SHA-256 and rows, in order: from the journal, or worked out."""
    keys: dict[Path, str] = {}
    for path in files:
        try:
            keys[path] = key_of(path)
        except OSError:
            keys[path] = ""  # the reader says why
    todo = {path for path in files if not journal.knows(keys[path])}
    working = workers.read([path for path in files if path in todo])
    for path in files:
        key = keys[path]
        if path not in todo:
            rows = journal.read(key)
        else:
            _, rows = next(working)
            if key and not rows.stumbled:
                journal.add(key, rows)
        yield path, key.partition(":")[0], rows


class _Collecting:
    """Adds whose a file is to its rows, and keeps count."""

    def __init__(self, folder: Path, persons: Persons) -> None:
        self._folder = folder
        self._persons = persons
        self._seen: set[tuple[str, str]] = set()
        self._people: set[str] = set()
        self._n_rows = 0
        self._n_twice = 0
        self.problems: list[tuple[str, str]] = []

    def take(self, path: Path, digest: str, came: FileRows) -> list[Row]:
        """Return the rows of a file as they stand in the table."""
        name = path.relative_to(self._folder).as_posix()
        self.problems += [(name, problem) for problem in came.problems]
        person = self._persons.name(self._folder, path, came.person)
        file = self._persons.file(self._folder, path)
        sessions = {(person, str(row["session"])) for row in came.rows}
        twice = sessions & self._seen
        rows: list[Row] = [
            row | {"person": person, "file": file, "file_sha256": digest}
            for row in came.rows
            if (person, str(row["session"])) not in twice
        ]
        self._seen |= sessions
        self._n_twice += len(twice)
        if rows:
            self._people.add(person)
        self._n_rows += len(rows)
        return rows

    def studied(self) -> Studied:
        """Return the counts."""
        return Studied(
            self._n_rows,
            len(self._seen),
            len(self._people),
            self._n_twice,
            tuple(self.problems),
        )


def _write_errors(file: BinaryIO, problems: Sequence[tuple[str, str]]) -> None:
    text = TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("file", "problem"))
    rows.writerows((as_words(file), as_words(problem)) for file, problem in problems)
    text.detach()
