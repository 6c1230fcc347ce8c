"""``analyze``: the figures of one recording, or of thousands."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

from biofeedback.analysis import PARTS
from biofeedback.batch import FileResult, Settings, analyze_all
from biofeedback.cli.say import CouldNotError, complain, note, say, say_json
from biofeedback.figures import Analysis

PROGRESS_FROM = 20
"""Fewer files than this are done before a bar says anything."""

_NOT_IN_A_ROW = {"artefacts", "notes"}


def run(options: argparse.Namespace) -> int:
    """Carry out ``analyze``."""
    settings = Settings(
        correct=options.correct,
        method=options.method,
        detrend=options.detrend,
        window_s=options.window,
        parts=PARTS,
    )
    names: list[str] = options.files
    jobs = 1 if _unlocked_for(names) else options.jobs
    results = _with_progress(analyze_all(names, settings, jobs=jobs), len(names))
    n_bad = 0
    if options.csv:
        n_bad = _write_csv(results)
    elif options.json:
        n_bad = _write_json(results, alone=len(names) == 1)
    else:
        for result in results:
            n_bad += _write_words(result)
    if options.plot is not None and not n_bad:
        _plot(names[0], settings, Path(options.plot))
    if n_bad and len(names) > 1:
        note(f"{n_bad} of {len(names)} files could not be read; the others are above.")
    return 1 if n_bad else 0


def _unlocked_for(names: list[str]) -> bool:
    """Ask for the passphrase where a session of one's own is named; tell whether there is one.

    The key stays in this process: others that share the work would not have it.
    """
    if not any(name.isdecimal() and not Path(name).exists() for name in names):
        return False
    from biofeedback.cli.passphrase import unlock_here
    from biofeedback.sessions.folder import data_folder
    from biofeedback.sessions.unlocked import is_lock_set

    unlock_here()
    return is_lock_set(data_folder())


def _with_progress(results: Iterable[FileResult], count: int) -> Iterator[FileResult]:
    if count < PROGRESS_FROM or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(
        results, "Analysing", total=count, console=Console(stderr=True), transient=True
    )


def _bad(result: FileResult) -> bool:
    if result.analysis is None:
        complain(
            f"{result.name}: {result.problem}"
            if result.name not in result.problem
            else result.problem
        )
        return True
    return False


def _write_json(results: Iterable[FileResult], *, alone: bool) -> int:
    plain = []
    n_bad = 0
    for result in results:
        n_bad += _bad(result)
        plain.append(result.to_dict())
    if not alone:
        say_json(plain)
    elif not n_bad:
        say_json(plain[0])
    return n_bad


def _write_csv(results: Iterable[FileResult]) -> int:
    keys = [field.name for field in fields(Analysis) if field.name not in _NOT_IN_A_ROW]
    table = csv.DictWriter(sys.stdout, ["file", "format", *keys], extrasaction="ignore")
    table.writeheader()
    n_bad = 0
    for result in results:
        if _bad(result):
            n_bad += 1
            continue
        row = result.to_dict()
        reach = row["dfa_alpha1_range"]
        row["dfa_alpha1_range"] = None if reach is None else f"{reach[0]}-{reach[1]}"
        table.writerow(row)
    return n_bad


def _write_words(result: FileResult) -> int:
    if _bad(result):
        return 1
    analysis = result.analysis
    assert analysis is not None
    say(f"{result.name} ({result.format})")
    say(f"  {analysis.headline()}")
    rows = analysis.rows()
    width = max((len(name) for name, _ in rows), default=0)
    for name, value in rows:
        say(f"  {name:<{width}}  {value}")
    for text in (*result.file_notes, *dict.fromkeys(analysis.notes.values())):
        say(f"  Note: {text}")
    return 0


def _plot(name: str, settings: Settings, path: Path) -> None:
    from biofeedback.cli.plot import draw

    try:
        draw(name, settings, path)
    except ImportError as error:
        raise CouldNotError(
            f'A plot needs matplotlib: pip install "hand-on-heart[plots]" ({error}).'
        ) from error
    except (OSError, ValueError) as error:
        raise CouldNotError(f"The plot could not be written to {path}: {error}") from error
    note(f"Drawn to {path}.")
