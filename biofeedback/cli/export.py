"""``export``: sessions as files that this program, or another, reads."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from biofeedback.cli.kept import open_store
from biofeedback.cli.own import own_file
from biofeedback.cli.progress import bar
from biofeedback.cli.say import CouldNotError, complain, note, say
from biofeedback.cli.typed import ask
from biofeedback.leaving.choosing import Wanted, choose
from biofeedback.leaving.document import schema_text
from biofeedback.leaving.export import (
    NOT_PROTECTED,
    ONE_EACH,
    Form,
    Leaving,
    name_of,
    preview,
    preview_words,
    write,
)
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
    path = Path(options.output) if options.output else _default_path(leaving)
    note(f"{path}:")
    for line in preview_words(preview(store, leaving)):
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
        written = write(store, leaving, path, force=options.force, progress=progress)
    for problem in written.problems:
        complain(problem)
    for file in written.files:
        say(str(file))
    return 1 if written.problems else 0


def _default_path(leaving: Leaving) -> Path:
    """Return a name in this folder that says when: of the session, or of today for several."""
    form, infos = leaving.form, leaving.chosen.infos
    if form in ONE_EACH and len(infos) == 1:
        return Path(name_of(infos[0], form))
    today = datetime.now().astimezone().date()
    return Path(
        f"hand-on-heart-{today}-{form}" if form in ONE_EACH else f"hand-on-heart-{today}.{form}"
    )
