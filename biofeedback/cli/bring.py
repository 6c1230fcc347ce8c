"""``import``: one's own exports bit for bit, and other programs' recordings as sessions."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from biofeedback.cli.asked_to_stop import AskedToStop
from biofeedback.cli.kept import open_store_to_record
from biofeedback.cli.own import own_file
from biofeedback.cli.progress import bar
from biofeedback.cli.say import CouldNotError, complain, note, say, say_json
from biofeedback.coming.bringing_in import Came, How, bring_in
from biofeedback.coming.finding import NothingThereError, find_files
from biofeedback.sessions.errors import StorageError

MANY_FILES = 64
"""From so many on, reading them in several processes is quicker than in one."""

LISTED_FILES = 40
"""Of more files than this, only those with trouble are named."""

_SAID = {
    How.NEW: "new",
    How.KNOWN: "here already",
    How.DIFFERENT: "differs from the one here, which is kept as it is",
    How.PROBLEM: "could not be read",
}


def run(options: argparse.Namespace) -> int:
    """Carry out ``import``."""
    try:
        files = find_files(Path(path) for path in options.paths)
        with open_store_to_record() as store, bar("Reading", len(files)) as progress:
            arriving = bring_in(
                files,
                store,
                own_file(),
                preview=options.preview,
                jobs=options.jobs or _jobs_for(len(files)),
                progress=progress,
            )
            # Closed whatever comes: what was read by then goes to disk.
            with AskedToStop() as stop, closing(arriving):
                counts = _tell(arriving, options, stop, lists=len(files) <= LISTED_FILES)
    except (NothingThereError, StorageError) as error:
        raise CouldNotError(str(error)) from error
    if stop:
        raise CouldNotError(
            f"Stopped. {counts[How.NEW]} new sessions are in; the same command goes on from there."
        )
    if options.json:
        return 1 if counts[How.PROBLEM] else 0
    told = ", ".join(f"{counts[how]} {words}" for how, words in _SAID.items() if counts[how])
    would = " Nothing was kept yet: this was a preview." if options.preview else ""
    brought = "1 file" if len(files) == 1 else f"{len(files)} files"
    say(f"{brought}: {told or 'nothing in them'}.{would}")
    return 1 if counts[How.PROBLEM] else 0


def _tell(
    arriving: Iterator[Came], options: argparse.Namespace, stop: AskedToStop, *, lists: bool
) -> Counter[How]:
    counts: Counter[How] = Counter()
    plain: list[dict[str, Any]] = []
    for came in arriving:
        counts[came.how] += 1
        if options.json:
            plain.append(_plain(came))
        elif lists or came.how is not How.NEW:
            _say_one(came, options)
        if stop:
            return counts
    if options.json:
        say_json(plain)
    return counts


def _say_one(came: Came, options: argparse.Namespace) -> None:
    words = " ".join(came.words)
    match came.how:
        case How.PROBLEM | How.DIFFERENT:
            complain(words if came.name in words else f"{came.name}: {words}")
        case How.WORDS | How.WRITING:
            say(f"{came.name}: {words}")
        case How.NEW if came.session is not None:
            minutes = came.session.duration_s / 60
            when = came.session.started_at[:16].replace("T", " ")
            say(
                f"{came.name}: {when}  {minutes:.1f} min  {came.session.n_beats} beats  "
                f"{came.session.source}"
            )
            if options.notes and words:
                note(f"  {words}")


def _plain(came: Came) -> dict[str, Any]:
    session = came.session
    return {
        "file": came.name,
        "how": came.how.value,
        "words": list(came.words),
        "uid": session.uid if session else None,
        "started_at": session.started_at if session else None,
        "source": session.source if session else None,
        "duration_s": session.duration_s if session else None,
        "n_beats": session.n_beats if session else None,
    }


def _jobs_for(n_files: int) -> int:
    return 1 if n_files < MANY_FILES else os.cpu_count() or 1
