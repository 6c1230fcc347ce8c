"""``report``: one session, or a time, as a page to read, print or hand on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from biofeedback.cli.kept import open_store
from biofeedback.cli.own import language_for
from biofeedback.cli.say import CouldNotError, note, say
from biofeedback.cli.trends import check_posture
from biofeedback.cli.up_to_date import bring_up_to_date
from biofeedback.practice.content import ContentError
from biofeedback.report.around import Wanted
from biofeedback.report.page import Page
from biofeedback.report.wording import wording
from biofeedback.reported import report_of_session, report_of_time, write_report
from biofeedback.sessions.errors import StorageError
from biofeedback.version import version

FORMATS = ("html", "pdf")


def run(options: argparse.Namespace) -> int:
    """Carry out ``report``."""
    words = wording(language_for(options))
    wanted = Wanted(
        made_on=datetime.now().astimezone().date(),
        version=version(),
        with_notes=options.with_notes,
        private=options.private,
    )
    check_posture(options.posture, words)
    path, write = _where(options)
    if path.exists() and not options.force:
        raise CouldNotError(f"{path} is there already. Name another file with -o, or add --force.")
    try:
        with open_store() as store:
            bring_up_to_date(store)
            page = (
                report_of_session(store, options.session, words, wanted)
                if options.session is not None
                else report_of_time(
                    store,
                    words,
                    wanted,
                    first=options.first,
                    last=options.last,
                    posture=options.posture,
                    time_of_day=options.time_of_day,
                )
            )
    except (StorageError, ContentError) as error:
        raise CouldNotError(str(error)) from error
    note(words.say("not_protected", file=path))
    try:
        write_report(path, write(page), overwrite=options.force)
    except FileExistsError as error:
        raise CouldNotError(
            f"{path} is there already. Name another file with -o, or add --force."
        ) from error
    except OSError as error:
        raise CouldNotError(f"The report could not be written to {path}: {error}") from error
    say(str(path))
    return 0


def _where(options: argparse.Namespace) -> tuple[Path, Callable[[Page], bytes]]:
    """Return which file is to be written, and what writes it."""
    given = None if options.output is None else Path(options.output)
    form: str | None = options.format
    if form is None:
        ending = given.suffix.lower().lstrip(".") if given is not None else ""
        form = ending if ending in FORMATS else "html"
    if given is None:
        begin = f"session-{options.session}" if options.session is not None else "report"
        given = Path(f"{begin}.{form}")
    return given, partial(_pdf, paper=options.paper) if form == "pdf" else _html


def _html(page: Page) -> bytes:
    from biofeedback.report.html import to_html

    return to_html(page).encode()


def _pdf(page: Page, paper: str) -> bytes:
    try:
        from gui.report_pdf import to_pdf
    except ImportError as error:
        raise CouldNotError(
            f"A PDF needs parts of Qt that are not here ({error}). "
            "Write HTML, and print that to a file from a browser."
        ) from error
    return to_pdf(page, paper)
