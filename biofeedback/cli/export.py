"""``export``: sessions as files that this program, or another, reads."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from biofeedback.cli.kept import open_store
from biofeedback.cli.own import own_file
from biofeedback.cli.progress import bar
from biofeedback.cli.say import CouldNotError, note, say
from biofeedback.cli.typed import ask
from biofeedback.leaving.choosing import Wanted, choose
from biofeedback.leaving.document import schema_text
from biofeedback.leaving.export import NOT_PROTECTED, Form, Leaving, Preview, preview, write
from biofeedback.leaving.writing_whole import CannotLeaveError
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.store import Store


def run(options: argparse.Namespace) -> int:
    """Carry out ``export``."""
    if options.schema:
        sys.stdout.write(schema_text())
        return 0
    form = Form(options.format)
    try:
        with open_store() as store:
            return _export(store, options, form)
    except (StorageError, CannotLeaveError) as error:
        raise CouldNotError(str(error)) from error


def _export(store: Store, options: argparse.Namespace, form: Form) -> int:
    wanted = Wanted(
        numbers=tuple(options.numbers),
        first_day=options.first_day,
        last_day=options.last_day,
        tag=options.tag,
    )
    chosen = choose(store, wanted)
    with_all = form is Form.ZIP
    leaving = Leaving(
        form=form,
        chosen=chosen,
        **({"personal": own_file().personal} if with_all else {}),
        writings=tuple(store.writings.all()) if options.with_writings else None,
        person=options.person,
    )
    if not chosen.infos and not (with_all and (leaving.writings or not leaving.personal.empty)):
        raise CouldNotError("No session fits. `hand-on-heart sessions` lists what is kept.")
    path = Path(options.output) if options.output else _default_path(form)
    for line in preview_lines(preview(store, leaving), path):
        note(line)
    note(NOT_PROTECTED)
    if options.preview:
        return 0
    if not options.yes:
        if not sys.stdin.isatty():
            raise CouldNotError("Nobody is there to say yes. Add --yes to write it.")
        if not ask("Write it? [y/N] "):
            say("Nothing was written.")
            return 0
    with bar("Writing", len(chosen.infos)) as progress:
        files = write(store, leaving, path, force=options.force, progress=progress)
    for file in files:
        say(str(file))
    return 0


def preview_lines(seen: Preview, path: Path) -> list[str]:
    """Say in sentences what an export will hold."""
    sessions = "1 session" if seen.n_sessions == 1 else f"{seen.n_sessions} sessions"
    lines = [
        f"{path} will hold {sessions}, {seen.n_beats} beats in {seen.hours:.1f} hours, "
        f"about {_size(seen.about_bytes)}."
    ]
    if seen.n_straps:
        lines.append(f"Your strap's name and address stand in {seen.n_straps} of them.")
    if seen.n_own:
        lines.append(f"Guides, words and plans of your own: {seen.n_own}.")
    if seen.n_writings is not None:
        lines.append(f"Pages of your saved writing: {seen.n_writings}.")
    if seen.n_running:
        lines.append(f"Left out because they run still: {seen.n_running}.")
    return lines


def _size(n_bytes: int) -> str:
    for unit, length in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if n_bytes >= length:
            return f"{n_bytes / length:.1f} {unit}"
    return f"{n_bytes} bytes"


def _default_path(form: Form) -> Path:
    today = datetime.now().astimezone().date()
    return Path(f"hand-on-heart-{today}.{form.value}")
