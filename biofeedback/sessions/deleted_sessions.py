"""Sessions that a person deleted: marked until it is final, then gone to the last byte."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from biofeedback.sessions.backups import no_backup_is_made
from biofeedback.sessions.deletion import delete_from_copies, forget_log
from biofeedback.sessions.errors import NoSuchSessionError, in_words
from biofeedback.sessions.transaction import transaction


class DeletedSessions:
    """What `Store.delete`, `Store.restore` and `Store.purge` do."""

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

    def mark(self, session_ids: Iterable[int], *, deleted: bool) -> None:
        """Mark sessions as deleted, or take the mark away; all of them or none."""
        with self._guard, in_words(self._path), transaction(self._connection):
            self._is_there()
            for session_id in session_ids:
                done = self._connection.execute(
                    "UPDATE session SET deleted = ? WHERE id = ?", (deleted, session_id)
                )
                if done.rowcount != 1:
                    raise NoSuchSessionError(f"There is no session {session_id}.")

    def purge(self) -> int:
        """Delete for good what is marked, here and in every copy; return how many that were."""
        if not self._marked():
            return 0
        # Before the guard: nobody who records waits for a backup.
        with no_backup_is_made(self._path.parent), self._guard, in_words(self._path):
            uids = self._marked()
            # The copies first: what is interrupted here is found and done again.
            delete_from_copies(self._path, "session", uids)
            self._is_there()
            # These and no others: another may have been deleted since, or brought back.
            self._connection.executemany(
                "DELETE FROM session WHERE uid = ? AND deleted", [(uid,) for uid in uids]
            )
            forget_log(self._connection)
        return len(uids)

    def _marked(self) -> list[str]:
        with self._guard, in_words(self._path):
            rows = self._connection.execute("SELECT uid FROM session WHERE deleted").fetchall()
        return [row[0] for row in rows]
