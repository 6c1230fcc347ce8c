"""The raw log of sessions: rows while one is recorded, one packed piece once it is over."""

from __future__ import annotations

import sqlite3
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from biofeedback.sessions.errors import DamagedStoreError, StorageError, in_words
from biofeedback.sessions.event_codec import PACKET, Row, UnreadableEventError, from_row
from biofeedback.sessions.event_pack import NewerPackError, UnreadablePackError, pack, unpack
from biofeedback.sessions.transaction import transaction
from biofeedback.types import Event, Packet


class RecordedEvents:
    """The events of a store; `Store.recorded` is one. It may be used from any thread."""

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

    def of(self, session_id: int) -> list[Event]:
        """Return a session's events in the order they were recorded, as they were recorded.

        Raises
        ------
        StorageError
            If they are damaged, or a later version of the program recorded something that this
            one cannot read.
        """
        try:
            return [
                Packet(t_s, payload) if kind == PACKET else from_row(t_s, kind, payload)
                for t_s, kind, payload in self.rows(session_id)
            ]
        except UnreadableEventError as error:
            raise StorageError(
                f"Session {session_id} holds {error}. A later version of the program may read it."
            ) from error

    def rows(self, session_id: int) -> list[Row]:
        """Return the same as rows of `event_codec`.

        Raises
        ------
        StorageError
            As `of`.
        """
        with self._guard, in_words(self._path):
            # Rows first: events go from rows to a pack and never back, so that none are missed
            # where another program packs them between the two questions.
            rows: list[Row] = self._connection.execute(
                "SELECT t_s, kind, payload FROM event WHERE session_id = ?"
                " AND session_id NOT IN (SELECT id FROM session WHERE deleted) ORDER BY seq",
                (session_id,),
            ).fetchall()
            packed = self._connection.execute(
                "SELECT events FROM packed WHERE session_id = ?"
                " AND session_id NOT IN (SELECT id FROM session WHERE deleted)",
                (session_id,),
            ).fetchone()
        if packed is None or rows:
            return rows
        try:
            return unpack(packed[0])
        except NewerPackError as error:
            raise StorageError(
                f"Session {session_id} holds {error}. A later version of the program can read it."
            ) from error
        except UnreadablePackError as error:
            raise DamagedStoreError(
                f"The events of session {session_id} in {self._path} are damaged ({error}). "
                "Nothing was changed. A backup may still hold them: hand-on-heart store restore."
            ) from error

    def unpacked(self) -> list[int]:
        """Return the sessions that are over and whose events are still rows, oldest first."""
        with self._guard, in_words(self._path):
            rows = self._connection.execute(
                "SELECT id FROM session WHERE ended IS NOT NULL AND NOT deleted"
                " AND EXISTS (SELECT 1 FROM event WHERE session_id = id) ORDER BY id"
            ).fetchall()
        return [row[0] for row in rows]

    def pack(self, session_id: int) -> bool:
        """Pack the events of a session that is over; return whether there was anything to do.

        Raises
        ------
        StorageError
            If the disk did not take it; the rows are still there.
        """
        with self._guard, in_words(self._path), transaction(self._connection):
            self._is_there()
            return pack_events(self._connection, session_id)


def pack_events(connection: sqlite3.Connection, session_id: int) -> bool:
    """Put one packed piece in place of a session's rows, if it is over and has any.

    The caller holds the transaction: a power cut leaves the one or the other.
    """
    rows = connection.execute(
        "SELECT t_s, kind, payload FROM event JOIN session ON session_id = id"
        " WHERE session_id = ? AND ended IS NOT NULL AND id NOT IN (SELECT session_id FROM packed)"
        " ORDER BY seq",
        (session_id,),
    ).fetchall()
    if not rows or not insert_packed(connection, session_id, rows):
        return False
    connection.execute("DELETE FROM event WHERE session_id = ?", (session_id,))
    return True


def insert_packed(connection: sqlite3.Connection, session_id: int, rows: list[Row]) -> bool:
    """Keep rows as one packed piece; False where it would not give them back.

    The caller holds the transaction.
    """
    packed = pack(rows)
    if list(map(_bits, unpack(packed))) != list(map(_bits, rows)):
        return False  # never seen; the rows are what counts
    connection.execute(
        "INSERT INTO packed (session_id, events) VALUES (?, ?)", (session_id, packed)
    )
    return True


def _bits(row: Row) -> tuple[bytes, str, bytes]:
    """Return a row so that 0.0 and -0.0 differ."""
    t_s, kind, payload = row
    return struct.pack("<d", t_s), kind, payload
