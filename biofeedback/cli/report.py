"""``report``: one session, or a time, as a page to read, print or hand on."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
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
from biofeedback.report.period_page import PeriodTold, period_page
from biofeedback.report.session_page import SessionTold, session_page
from biofeedback.report.wording import Wording, wording
from biofeedback.run import replay
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.folder import FILE_MODE
from biofeedback.sessions.store import Store
from biofeedback.sessions.trends import trends
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
                _of_session(store, options.session, words, wanted)
                if options.session is not None
                else _of_period(store, options, words, wanted)
            )
    except (StorageError, ContentError) as error:
        raise CouldNotError(str(error)) from error
    note(words.say("not_protected", file=path))
    try:
        _keep(path, write(page), overwrite=options.force)
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


def _of_session(store: Store, session_id: int, words: Wording, wanted: Wanted) -> Page:
    info = store.session(session_id)
    if info.ended is None:
        raise CouldNotError(f"Session {session_id} is not over yet. Its report comes at its end.")
    left_out = store.left_out.spans(session_id)
    updates, summary = replay(
        store.events(session_id), info.choices, info.duration_s, info.personal, left_out
    )
    told = SessionTold(info, updates, summary, store.reflections.of(session_id), left_out)
    return session_page(told, words, wanted)


def _of_period(store: Store, options: argparse.Namespace, words: Wording, wanted: Wanted) -> Page:
    first: date | None = options.first
    last: date | None = options.last
    sessions = [
        info
        for info in store.sessions()
        if info.ended is not None
        and (first is None or info.started_at.date() >= first)
        and (last is None or info.started_at.date() <= last)
    ]
    told = PeriodTold(
        sessions,
        store.figures.all(),
        store.reflections.all(),
        frozenset(
            session_id
            for session_id, ranges in store.left_out.all().items()
            if any(each.whole for each in ranges)
        ),
        trends(
            store.trend_sessions.all(),
            posture=options.posture,
            time_of_day=options.time_of_day,
            first=first,
            last=last,
        ),
    )
    return period_page(told, words, wanted)


def _keep(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write a file for this user alone, whole or not at all."""
    if not overwrite:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
        return
    beside = path.with_name(f".{path.name}.part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
