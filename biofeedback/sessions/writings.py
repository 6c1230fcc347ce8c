"""Letters and other writing that a person asked to keep: saved, read again, deleted for real.

Nothing comes here by itself: what is written stays in memory until the person saves it. It is not
encrypted; like the rest of the store it can be read by this user alone.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from biofeedback.practice.writing import Answer, Writing
from biofeedback.sessions.backups import no_backup_is_made
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
    uid
        Its name in the world: the same in every copy.
    """

    id: int
    written_at: datetime
    writing: Writing
    reread_on: date | None = None
    uid: str = ""


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
                "SELECT id, written_at, set_id, answers, reread_on, uid FROM writing"
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
            uid = self._connection.execute(
                "SELECT uid FROM writing WHERE id = ?", (writing_id,)
            ).fetchone()[0]
        return SavedWriting(writing_id, written_at, writing, reread_on, uid)

    def add(self, pages: Iterable[SavedWriting]) -> int:
        """Keep pages from another store, under their own uids; return how many were new here.

        Raises
        ------
        StorageError
            If the disk did not take it.
        """
        n_new = 0
        with self._guard, in_words(self._path), transaction(self._connection):
            self._is_there()
            for page in pages:
                row = self._connection.execute(
                    "INSERT INTO writing (uid, written_at, set_id, answers, reread_on)"
                    " VALUES (?, ?, ?, ?, ?) ON CONFLICT (uid) DO NOTHING",
                    (
                        page.uid,
                        page.written_at.isoformat(),
                        page.writing.set_id,
                        _to_json(page.writing),
                        _day(page.reread_on),
                    ),
                )
                n_new += row.rowcount
        return n_new

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
        if not self._deleted():
            return 0
        # Before the guard: nobody who records waits for a backup.
        with no_backup_is_made(self._path.parent), self._guard, in_words(self._path):
            gone = self._deleted()
            delete_from_copies(self._path, "writing", gone)
            self._connection.execute("DELETE FROM writing WHERE deleted")
            forget_log(self._connection)
        return len(gone)

    def _deleted(self) -> list[str]:
        """Return the uids of the pages that are being deleted."""
        with self._guard, in_words(self._path):
            rows = self._connection.execute("SELECT uid FROM writing WHERE deleted").fetchall()
        return [row[0] for row in rows]

    def _update(self, writing_id: int, change: str, value: object) -> None:
        with self._guard, in_words(self._path):
            self._is_there()
            done = self._connection.execute(
                f"UPDATE writing SET {change} WHERE id = ?", (value, writing_id)
            )
            if done.rowcount != 1:
                raise NoSuchWritingError(f"There is no writing {writing_id}.")


def writings_to_json(pages: Iterable[SavedWriting]) -> str:
    """Return pages as a JSON document, oldest first."""
    plain = [
        {
            "uid": page.uid,
            "written_at": page.written_at.isoformat(),
            "set": page.writing.set_id,
            "answers": _to_rows(page.writing),
            "reread_on": _day(page.reread_on),
        }
        for page in sorted(pages, key=lambda page: (page.written_at, page.uid))
    ]
    return json.dumps({"format": "hand-on-heart-writings", "version": 1, "pages": plain}) + "\n"


def writings_from_json(text: str) -> list[SavedWriting]:
    """Return the pages that `writings_to_json` wrote; they have no number yet.

    Raises
    ------
    ValueError
        If it is something else. What was written is not in the message.
    """
    try:
        content = json.loads(text)
        if content["format"] != "hand-on-heart-writings" or content["version"] != 1:
            raise ValueError
        return [_from_plain(page) for page in content["pages"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("no pages of writing in a form that this version knows") from None


def _from_plain(page: dict[str, Any]) -> SavedWriting:
    uid = page["uid"]
    answers = [(row["line"], row["prompt"], row["text"]) for row in page["answers"]]
    texts = [uid, page["set"], *(text for row in answers for text in row)]
    written_at = datetime.fromisoformat(page["written_at"])
    if not all(isinstance(text, str) for text in texts) or written_at.utcoffset() is None:
        raise ValueError
    if not (uid.isascii() and uid.isalnum()):
        raise ValueError
    return SavedWriting(
        0,
        written_at,
        Writing(
            storable(page["set"]),
            tuple(Answer(*(storable(each) for each in row)) for row in answers),
        ),
        None if page["reread_on"] is None else date.fromisoformat(page["reread_on"]),
        uid,
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _to_json(writing: Writing) -> str:
    return json.dumps(_to_rows(writing), ensure_ascii=False)


def _to_rows(writing: Writing) -> list[dict[str, str]]:
    return [
        {"line": each.line_id, "prompt": each.prompt, "text": storable(each.text)}
        for each in writing.answers
    ]


def _from_row(
    writing_id: int, written_at: str, set_id: str, answers: str, reread_on: str | None, uid: str
) -> SavedWriting:
    rows = json.loads(answers)
    return SavedWriting(
        writing_id,
        datetime.fromisoformat(written_at),
        Writing(set_id, tuple(Answer(row["line"], row["prompt"], row["text"]) for row in rows)),
        None if reread_on is None else date.fromisoformat(reread_on),
        uid,
    )
