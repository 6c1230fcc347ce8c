"""Letters and other writing that a person asked to keep: saved, read again, deleted for real.

Nothing comes here by itself: what is written stays in memory until the person saves it. It is not
encrypted; like the rest of the store it can be read by this user alone.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from biofeedback.practice.writing import Answer, Writing
from biofeedback.sessions.deletion import delete_from_copies, forget_log
from biofeedback.sessions.errors import DamagedStoreError, NoSuchWritingError, in_words
from biofeedback.sessions.reflection import storable
from biofeedback.sessions.transaction import transaction


@dataclass(frozen=True, slots=True)
class SavedWriting:
    """A page that is kept.

    Attributes
    ----------
    id
        Its number in this store.
    written_at
        Local time of the person when it was saved, with the offset from UTC.
    writing
        What was written.
    reread_on
        The day that the person picked for reading it again; None if none, or once it was read.
    """

    id: int
    written_at: datetime
    writing: Writing
    reread_on: date | None = None


class Writings:
    """The saved writing of a store; `Store.writings` is one. It may be used from any thread."""

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

    def all(self) -> list[SavedWriting]:
        """Return what is kept, newest first, without what is being deleted."""
        with self._guard, in_words(self._path):
            rows = self._connection.execute(
                "SELECT id, written_at, set_id, answers, reread_on FROM writing"
                " WHERE NOT deleted ORDER BY id DESC"
            ).fetchall()
        try:
            return [_from_row(*row) for row in rows]
        except (ValueError, TypeError, KeyError):
            # without the cause: its message could quote what was written
            raise DamagedStoreError(
                f"A page of your writing in {self._path} cannot be read. Put a good copy back."
            ) from None

    def save(
        self, writing: Writing, *, written_at: datetime, reread_on: date | None = None
    ) -> SavedWriting:
        """Keep a page; it is on disk when this returns.

        Raises
        ------
        StorageError
            If the disk did not take it.
        ValueError
            If ``written_at`` has no offset from UTC.
        """
        if written_at.utcoffset() is None:
            raise ValueError("written_at needs its offset from UTC")
        with self._guard, in_words(self._path), transaction(self._connection):
            self._is_there()
            row = self._connection.execute(
                "INSERT INTO writing (written_at, set_id, answers, reread_on) VALUES (?, ?, ?, ?)",
                (written_at.isoformat(), writing.set_id, _to_json(writing), _day(reread_on)),
            )
            writing_id = row.lastrowid
            assert writing_id is not None
        return SavedWriting(writing_id, written_at, writing, reread_on)

    def set_reread(self, writing_id: int, reread_on: date | None) -> None:
        """Pick the day for reading a page again, another one, or none.

        Raises
        ------
        NoSuchWritingError
            If there is none with that number.
        StorageError
            If the disk did not take it.
        """
        self._update(writing_id, "reread_on = ?", _day(reread_on))

    def delete(self, writing_id: int) -> None:
        """Take a page away; until `purge`, `restore` brings it back.

        Raises
        ------
        NoSuchWritingError, StorageError
            As `set_reread`.
        """
        self._update(writing_id, "deleted = ?", 1)

    def restore(self, writing_id: int) -> None:
        """Bring back a page that `delete` took away.

        Raises
        ------
        NoSuchWritingError
            If it is gone for good.
        StorageError
            If the disk did not take it.
        """
        self._update(writing_id, "deleted = ?", 0)

    def purge(self) -> int:
        """Delete for good what `delete` took away; return how many pages that were.

        The bytes are overwritten (``secure_delete``), in the log and in the copies beside the
        file as well.

        Raises
        ------
        StorageError
            If the disk did not take it.
        """
        with self._guard, in_words(self._path):
            gone = self._connection.execute("SELECT uid FROM writing WHERE deleted").fetchall()
            if not gone:
                return 0
            delete_from_copies(self._path, "writing", [uid for (uid,) in gone])
            self._connection.execute("DELETE FROM writing WHERE deleted")
            forget_log(self._connection)
        return len(gone)

    def _update(self, writing_id: int, change: str, value: object) -> None:
        with self._guard, in_words(self._path):
            self._is_there()
            done = self._connection.execute(
                f"UPDATE writing SET {change} WHERE id = ?", (value, writing_id)
            )
            if done.rowcount != 1:
                raise NoSuchWritingError(f"There is no writing {writing_id}.")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _to_json(writing: Writing) -> str:
    rows = [
        {"line": each.line_id, "prompt": each.prompt, "text": storable(each.text)}
        for each in writing.answers
    ]
    return json.dumps(rows, ensure_ascii=False)


def _from_row(
    writing_id: int, written_at: str, set_id: str, answers: str, reread_on: str | None
) -> SavedWriting:
    rows = json.loads(answers)
    return SavedWriting(
        writing_id,
        datetime.fromisoformat(written_at),
        Writing(set_id, tuple(Answer(row["line"], row["prompt"], row["text"]) for row in rows)),
        None if reread_on is None else date.fromisoformat(reread_on),
    )
