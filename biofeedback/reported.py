"""Reports out of a store: one session or a time gathered, told on a page, and written to a file."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from biofeedback.report.around import Wanted
from biofeedback.report.page import Page
from biofeedback.report.period_page import PeriodTold, period_page
from biofeedback.report.session_page import SessionTold, session_page
from biofeedback.report.wording import Wording
from biofeedback.run import replay
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.folder import FILE_MODE
from biofeedback.sessions.store import Store
from biofeedback.sessions.trends import trends


def report_of_session(store: Store, session_id: int, words: Wording, wanted: Wanted) -> Page:
    """Return the report of a session.

    Raises
    ------
    StorageError
        If there is no such session, it runs still, or it can't be read.
    ContentError
        If it used words that are not known.
    """
    info = store.session(session_id)
    if info.ended is None:
        raise StorageError(f"Session {session_id} is not over yet. Its report comes at its end.")
    left_out = store.left_out.spans(session_id)
    updates, summary = replay(
        store.events(session_id), info.choices, info.duration_s, info.personal, left_out
    )
    said = store.reflections.of(session_id)
    return session_page(SessionTold(info, updates, summary, said, left_out), words, wanted)


def report_of_time(
    store: Store,
    words: Wording,
    wanted: Wanted,
    *,
    first: date | None = None,
    last: date | None = None,
    posture: str | None = None,
    time_of_day: str | None = None,
) -> Page:
    """Return the report of a time.

    Parameters
    ----------
    store, words, wanted
        As for a session.
    first, last, posture, time_of_day
        As `biofeedback.sessions.trends.trends` takes them.

    Raises
    ------
    StorageError
        If the sessions can't be read.
    """
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
            posture=posture,
            time_of_day=time_of_day,
            first=first,
            last=last,
        ),
    )
    return period_page(told, words, wanted)


def write_report(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write a file for this user alone, whole or not at all.

    Raises
    ------
    FileExistsError
        If it is there already and must not be overwritten.
    OSError
        If it can't be written.
    """
    beside = path if not overwrite else path.with_name(f".{path.name}.part")
    fresh = os.O_TRUNC if overwrite else os.O_EXCL
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | fresh, FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        if overwrite:
            beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
