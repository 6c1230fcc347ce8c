"""What a history lists, read from the store without its summaries: years of it in a moment."""

from __future__ import annotations

import sqlite3
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from biofeedback.practice.content import Content
from biofeedback.sessions.errors import DamagedStoreError, in_words
from biofeedback.sessions.history import Listed, came_from, newest_first, practice_of, strap_of
from biofeedback.sessions.info import Ended

# The kept figures, or where none are kept yet, what the summary says.
_SESSIONS = """
    SELECT
        session.id,
        started_at,
        source,
        plan,
        json_extract(strap, '$.name'),
        ended,
        duration_s,
        n_packets,
        CASE WHEN figures.session_id IS NULL
            THEN json_extract(summary, '$.verdict.answer') ELSE answer END,
        CASE WHEN figures.session_id IS NULL
            THEN json_extract(summary, '$.following.r2') ELSE following_r2 END,
        CASE WHEN figures.session_id IS NULL
            THEN json_extract(summary, '$.strap_kind') ELSE strap_kind END,
        (SELECT max(start_s IS NULL) FROM left_out WHERE left_out.session_id = session.id)
    FROM session LEFT JOIN figures ON figures.session_id = session.id
    WHERE deleted = ?
"""


class HistoryRows:
    """The sessions of a store as rows; `Store.history` is one. It may be used from any thread."""

    def __init__(self, connection: sqlite3.Connection, guard: threading.RLock, path: Path) -> None:
        self._connection = connection
        self._guard = guard
        self._path = path

    def all(self, content: Content) -> tuple[Listed, ...]:
        """Return every session, newest first.

        Parameters
        ----------
        content
            The words in use, with the person's own plans: they tell what a plan practises.

        Raises
        ------
        StorageError
            If they can't be read.
        """
        return self._read(content, deleted=False)

    def deleted(self, content: Content) -> tuple[Listed, ...]:
        """Return those that are deleted and can still be brought back, newest first.

        Raises
        ------
        StorageError
            If they can't be read.
        """
        return self._read(content, deleted=True)

    def _read(self, content: Content, *, deleted: bool) -> tuple[Listed, ...]:
        with self._guard, in_words(self._path):
            rows = self._connection.execute(_SESSIONS, (deleted,)).fetchall()
            tags = self._connection.execute(
                "SELECT session_id, tag FROM tag ORDER BY session_id, place"
            ).fetchall()
            notes = dict(self._connection.execute("SELECT session_id, note FROM note").fetchall())
        tagged: dict[int, tuple[str, ...]] = {}
        for session_id, tag in tags:
            tagged[session_id] = (*tagged.get(session_id, ()), tag)
        practices = {plan: practice_of(plan, content) for plan in {row[3] for row in rows}}
        try:
            return newest_first(
                _listed(row, practices, tagged.get(row[0], ()), notes.get(row[0], ""))
                for row in rows
            )
        except (ValueError, TypeError) as error:
            raise DamagedStoreError(
                f"A session in {self._path} cannot be read ({error}). Put a good copy back."
            ) from error


def _listed(
    row: tuple[Any, ...], practices: dict[str, str], tags: tuple[str, ...], note: str
) -> Listed:
    id_, started_at, source, plan, strap, ended, duration_s, n_packets, *came, left_out = row
    answer, following_r2, strap_kind = came
    how = None if ended is None else Ended(ended)
    return Listed(
        id=id_,
        started_at=datetime.fromisoformat(started_at),
        practice=practices[plan],
        strap=strap_of(strap or "", source, n_packets),
        duration_s=duration_s,
        ended=how,
        came=came_from(
            ended=how,
            plan_id=plan,
            n_packets=n_packets,
            answer=answer,
            following_r2=following_r2,
            strap_kind=strap_kind,
        ),
        tags=tags,
        note=note,
        left_out=left_out == 1,
        part_left_out=left_out == 0,
    )
