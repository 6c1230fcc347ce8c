"""The sessions of a store as listed: what is known of each, apart from its events."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection
from datetime import datetime
from heapq import nlargest
from pathlib import Path

from biofeedback.sessions.errors import DamagedStoreError, NoSuchSessionError, in_words
from biofeedback.sessions.info import COLUMNS, SessionInfo, from_columns


class SessionRows:
    """What `Store.sessions`, `Store.newest` and others read. It may be used from any thread."""

    def __init__(self, connection: sqlite3.Connection, guard: threading.RLock, path: Path) -> None:
        self._connection = connection
        self._guard = guard
        self._path = path

    def all(self, plans: Collection[str] | None = None) -> list[SessionInfo]:
        """Return every session that is not deleted, or those of some plans, newest first."""
        if plans is None:
            return _newest_first(self.where("NOT deleted"))
        marks = ", ".join("?" * len(plans))
        return _newest_first(self.where(f"NOT deleted AND plan IN ({marks})", *plans))

    def newest(self, n: int) -> list[SessionInfo]:
        """Return the newest that are not deleted, newest first."""
        with self._guard, in_words(self._path):
            rows = self._connection.execute(
                "SELECT started_at, id FROM session WHERE NOT deleted"
            ).fetchall()
        try:
            begun = [(datetime.fromisoformat(started_at), id_) for started_at, id_ in rows]
        except (ValueError, TypeError) as error:
            raise self._unreadable(error) from error
        ids = [id_ for _, id_ in nlargest(n, begun)]
        marks = ", ".join("?" * len(ids))
        return _newest_first(self.where(f"NOT deleted AND id IN ({marks})", *ids))

    def count(self) -> int:
        """Return how many there are that are not deleted."""
        with self._guard, in_words(self._path):
            row = self._connection.execute(
                "SELECT count(*) FROM session WHERE NOT deleted"
            ).fetchone()
        return int(row[0])

    def one(self, session_id: int) -> SessionInfo:
        """Return one that is not deleted.

        Raises
        ------
        NoSuchSessionError
            If there is none with that number.
        """
        found = self.where("id = ? AND NOT deleted", session_id)
        if not found:
            raise NoSuchSessionError(f"There is no session {session_id}.")
        return found[0]

    def where(self, condition: str, *values: object) -> list[SessionInfo]:
        """Return those of which an SQL condition holds, by their numbers."""
        with self._guard, in_words(self._path):
            rows = self._connection.execute(
                f"SELECT {COLUMNS} FROM session WHERE {condition} ORDER BY id", values
            ).fetchall()
        try:
            return [from_columns(row) for row in rows]
        except ValueError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> DamagedStoreError:
        return DamagedStoreError(
            f"A session in {self._path} cannot be read ({error}). Put a good copy back."
        )


def _newest_first(infos: list[SessionInfo]) -> list[SessionInfo]:
    return sorted(infos, key=lambda info: (info.started_at, info.id), reverse=True)
