"""``study``: a table of many people's sessions."""

from __future__ import annotations

import argparse
from pathlib import Path

from biofeedback.cli.progress import bar
from biofeedback.cli.say import CouldNotError, complain, note, say, say_json
from biofeedback.coming.finding import NothingThereError, find_files
from biofeedback.leaving.writing_whole import CannotLeaveError, refuse_existing
from biofeedback.study.persons import NoSaltError, Persons, read_salt
from biofeedback.study.tables import NoParquetError
from biofeedback.study.workers import Dask, Here, NoDaskError, Processes, Workers
from biofeedback.study.working import Studied, errors_of, journal_of, study

NAMED_PROBLEMS = 20
"""So many are told; all of them stand in the table of errors."""


def run(options: argparse.Namespace) -> int:
    """Carry out ``study``."""
    folder, out = Path(options.folder), Path(options.out)
    try:
        if not folder.is_dir():
            raise CouldNotError(f"There is no folder {folder}. Check the spelling of its name.")
        persons = Persons(read_salt(Path(options.pseudonym)) if options.pseudonym else None)
        for path in (out, errors_of(out)):
            refuse_existing(path, force=options.force)
        files = _files(folder, out, options)
        with bar("Working out", len(files)) as progress:
            studied = study(
                folder,
                files,
                out,
                persons=persons,
                as_csv=options.csv,
                workers=_workers(options),
                progress=progress,
            )
    except KeyboardInterrupt:
        raise CouldNotError(
            f"Stopped. What is done stands in {journal_of(out)}; the same command goes on from "
            "there."
        ) from None
    except (
        CannotLeaveError,
        NoDaskError,
        NoParquetError,
        NoSaltError,
        NothingThereError,
        OSError,
    ) as error:
        raise CouldNotError(str(error)) from error
    return _tell(studied, out, as_json=options.json)


def _files(folder: Path, out: Path, options: argparse.Namespace) -> list[Path]:
    """Return the files of the study, in order of their names; what it writes itself is none."""
    own = {path.absolute() for path in (out, errors_of(out), journal_of(out))}
    if options.pseudonym:
        own.add(Path(options.pseudonym).absolute())
    found = [path for path in find_files([folder]) if path.absolute() not in own]
    if not found:
        raise CouldNotError(f"There are no files in {folder}.")
    return sorted(found, key=lambda path: path.relative_to(folder).parts)


def _workers(options: argparse.Namespace) -> Workers:
    if options.dask:
        return Dask(options.dask)
    return Processes(options.jobs) if options.jobs > 1 else Here()


def _tell(studied: Studied, out: Path, *, as_json: bool) -> int:
    for file, problem in studied.problems[:NAMED_PROBLEMS]:
        complain(problem if file in problem else f"{file}: {problem}")
    if len(studied.problems) > NAMED_PROBLEMS:
        note(f"{len(studied.problems) - NAMED_PROBLEMS} more are in {errors_of(out)}.")
    if as_json:
        say_json(
            {
                "table": str(out),
                "errors": str(errors_of(out)),
                "n_rows": studied.n_rows,
                "n_sessions": studied.n_sessions,
                "n_persons": studied.n_persons,
                "n_twice": studied.n_twice,
                "n_problems": len(studied.problems),
            }
        )
    else:
        sessions = _counted(studied.n_sessions, "session")
        people = _counted(studied.n_persons, "person", "people")
        twice = studied.n_twice
        again = f" {_counted(twice, 'session')} {'were' if twice > 1 else 'was'} there twice."
        rows = _counted(studied.n_rows, "row")
        say(f"{out}: {rows} of {sessions} of {people}.{again if twice else ''}")
        if studied.problems:
            n = len(studied.problems)
            say(f"{errors_of(out)}: {_counted(n, 'thing')} that could not be read.")
    return 1 if studied.problems else 0


def _counted(n: int, one: str, more: str | None = None) -> str:
    return f"{n} {one if n == 1 else more or one + 's'}"
