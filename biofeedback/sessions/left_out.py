"""What a person leaves out of a session's figures; the raw log keeps it all."""

from __future__ import annotations

import math
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from biofeedback.sessions.errors import NoSuchSessionError, StorageError, in_words
from biofeedback.sessions.transaction import transaction
from biofeedback.signals.left_out import Span

ALL: Span = (-math.inf, math.inf)
"""All of a session."""


@dataclass(frozen=True, slots=True)
class Range:
    """What is left out in one piece.

    Attributes
    ----------
    id
        Its number in this store.
    start_s, end_s
        In session time; infinite where all of the session is left out.
    """

    id: int
    start_s: float
    end_s: float

    @property
    def whole(self) -> bool:
        """Whether all of the session is left out."""
        return self.span == ALL

    @property
    def span(self) -> Span:
        """From when to when, in seconds of session time."""
        return self.start_s, self.end_s


class LeftOut:
    """What is left out of the sessions of a store; `Store.left_out` is one.

    It may be used from any thread. After a change `biofeedback.refreshed.refresh_one` works the
    session's figures out anew; until then they count as stale (`KeptFigures.stale`).
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        guard: threading.RLock,
        path: Path,
        is_there: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._guard = guard
        self._path = path
        self._is_there = is_there

    def of(self, session_id: int) -> tuple[Range, ...]:
        """Return what is left out of one session, in order of time."""
        return self._read("AND session_id = ?", session_id).get(session_id, ())

    def spans(self, session_id: int) -> tuple[Span, ...]:
        """Return the same as bare times, as `run.replay` takes them."""
        return tuple(one.span for one in self.of(session_id))

    def all(self) -> dict[int, tuple[Range, ...]]:
        """Return what is left out, by session; sessions that are whole have no entry."""
        return self._read("")

    def add(self, session_id: int, span: Span | None) -> int:
        """Leave out a stretch, or (None) all of the session; return the number of the range.

        Raises
        ------
        NoSuchSessionError
            If there is no such session.
        StorageError
            If the disk did not take it.
        ValueError
            If the stretch does not end after it begins.
        """
        if span is not None and not (span[0] < span[1] and all(map(math.isfinite, span))):
            raise ValueError(f"{span} is no stretch of time")
        start_s, end_s = span if span is not None else (None, None)
        with self._guard, in_words(self._path), transaction(self._connection):
            self._is_there()
            row = self._connection.execute(
                "INSERT INTO left_out (session_id, start_s, end_s)"
                " SELECT id, ?, ? FROM session WHERE id = ? AND NOT deleted",
                (start_s, end_s, session_id),
            )
            if row.rowcount != 1:
                raise NoSuchSessionError(f"There is no session {session_id}.")
            self._make_stale(session_id)
            assert row.lastrowid is not None
            return row.lastrowid

    def remove(self, range_id: int) -> None:
        """Take a range back in.

        Raises
        ------
        StorageError
            If there is none with that number, or the disk did not take it.
        """
        with self._guard, in_words(self._path), transaction(self._connection):
            self._is_there()
            found = self._connection.execute(
                "DELETE FROM left_out WHERE id = ? RETURNING session_id", (range_id,)
            ).fetchone()
            if found is None:
                raise StorageError("That part is not left out any more.")
            self._make_stale(found[0])

    def _make_stale(self, session_id: int) -> None:
        """See that figures which were worked out before this change are worked out anew."""
        self._connection.execute(
            "UPDATE figures SET algorithm = 0 WHERE session_id = ?", (session_id,)
        )

    def _read(self, where: str, *values: object) -> dict[int, tuple[Range, ...]]:
        with self._guard, in_words(self._path):
            rows = self._connection.execute(
                "SELECT session_id, id, start_s, end_s FROM left_out WHERE session_id NOT IN"
                f" (SELECT id FROM session WHERE deleted) {where} ORDER BY start_s, id",
                values,
            ).fetchall()
        found: dict[int, tuple[Range, ...]] = {}
        for session_id, range_id, start_s, end_s in rows:
            span = ALL if start_s is None else (start_s, end_s)
            found[session_id] = (*found.get(session_id, ()), Range(range_id, *span))
        return found
