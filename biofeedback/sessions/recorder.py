"""Write a running session's events to disk as they come."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.practice.personal_json import personal_to_json
from biofeedback.sessions.errors import NoSuchSessionError, StorageError, in_words
from biofeedback.sessions.event_codec import LINK_UP, to_row
from biofeedback.sessions.info import Ended, choices_to_json
from biofeedback.sessions.kept_figures import Figures, insert_figures
from biofeedback.sessions.recorded_events import pack_events
from biofeedback.sessions.reflection import Felt, Moment, insert_felt
from biofeedback.sessions.running import FileLock
from biofeedback.sessions.transaction import transaction
from biofeedback.types import Choices, Event, Tick

_INSERT = (
    "INSERT INTO event (session_id, seq, t_s, kind, payload) VALUES (?, ?, ?, ?, ?)"
    # A commit can reach the disk and be reported lost; the second try finds it there.
    " ON CONFLICT (session_id, seq) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a session begins with; see `Store.begin`.

    Raises
    ------
    ValueError
        If ``started_at`` has no offset from UTC.
    """

    source: str
    choices: Choices
    started_at: datetime
    felt_before: Felt | None = None
    personal: Personal = NOTHING

    def __post_init__(self) -> None:
        if self.started_at.utcoffset() is None:
            raise ValueError("started_at needs its offset from UTC")


class SessionRecorder:
    """The recorder of one session: implements `biofeedback.ports.Recorder`.

    `Store.begin` makes it. One thread at a time may write; which one does not matter.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        guard: threading.RLock,
        path: Path,
        session_id: int,
        uid: str,
        running: FileLock,
        is_there: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._guard = guard
        self._path = path
        self._running = running
        self._is_there = is_there
        self._seq = 0
        self._waiting: list[tuple[int, int, float, str, bytes]] = []
        self._over = False
        self.session_id = session_id
        self.uid = uid

    @classmethod
    def begin(
        cls,
        connection: sqlite3.Connection,
        guard: threading.RLock,
        path: Path,
        uid: str,
        running_file: Path,
        is_there: Callable[[], None],
        beginning: Beginning,
    ) -> SessionRecorder:
        """Put a new session on disk, in one commit with how it felt before.

        Raises
        ------
        StorageError
            If the disk did not take it.
        """
        # Locked before the row is there, so that nobody takes it for interrupted.
        running = FileLock.acquire(running_file)
        if running is None:
            raise StorageError(f"{running_file} is in use. Try again in a moment.")
        try:
            with guard, in_words(path), transaction(connection):
                is_there()
                session_id = _insert(connection, uid, beginning)
        except BaseException:
            running.release(remove=True)
            raise
        return cls(connection, guard, path, session_id, uid, running, is_there)

    @property
    def pending(self) -> int:
        """Number of events that are kept in memory because the disk did not take them."""
        return len(self._waiting)

    def write(self, event: Event) -> None:
        """Put one event on disk, after those that are still pending; a `Tick` is passed over.

        What could not be written stays pending, in order, and is tried again with the next.

        Raises
        ------
        StorageError
            If the disk did not take it; the message is a sentence for the person.
        ValueError
            If the event's time is no finite number.
        RuntimeError
            If the session is over.
        """
        if self._over:
            raise RuntimeError("this session is over")
        if isinstance(event, Tick):
            return
        row = to_row(event)
        with self._guard:
            self._waiting.append((self.session_id, self._seq, *row))
            self._seq += 1
            self.flush()

    def flush(self) -> None:
        """Try again to put on disk what is pending.

        Raises
        ------
        StorageError
            If the disk did not take it.
        """
        with self._guard, in_words(self._path):
            self._is_there()
            if len(self._waiting) == 1 and self._waiting[0][3] != LINK_UP:
                # One statement is a transaction of its own.
                self._connection.execute(_INSERT, self._waiting[0])
            elif self._waiting:
                with transaction(self._connection):
                    self._insert_waiting()
            self._waiting.clear()

    def finish(
        self,
        ended: str,
        *,
        duration_s: float,
        n_packets: int,
        n_beats: int,
        summary: dict[str, Any] | None = None,
        figures: Figures | None = None,
    ) -> None:
        """Close the session with what it amounts to, all in one commit with what is pending.

        Parameters
        ----------
        ended
            A value of `Ended`.
        duration_s
            Length in seconds.
        n_packets, n_beats
            Packets and beats.
        summary
            Derived figures, JSON-able, with the version that made them under ``"algorithm"``.
        figures
            Those of them that lists and trends are made of.

        Raises
        ------
        StorageError
            If the disk did not take it; it may be called again.
        ValueError
            If ``ended`` is no value of `Ended`, or ``summary`` holds a NaN.
        RuntimeError
            If the session is over.
        """
        if self._over:
            raise RuntimeError("this session is over")
        end = end_columns(ended, duration_s, n_packets, n_beats, summary)
        with self._guard:
            with in_words(self._path), transaction(self._connection):
                self._is_there()
                self._insert_waiting()
                closed = self._connection.execute(UPDATE_END, (*end, self.session_id))
                if closed.rowcount != 1:
                    raise NoSuchSessionError(f"Session {self.session_id} was deleted as it ran.")
                if figures is not None:
                    insert_figures(self._connection, self.session_id, figures)
            self._waiting.clear()
            self._over = True
            # A commit of its own: what the disk has no room for now is packed another time.
            with suppress(StorageError), in_words(self._path), transaction(self._connection):
                pack_events(self._connection, self.session_id)
            self._running.release(remove=True)

    def close(self) -> None:
        """Let go of a session that was not finished; the next start finds it interrupted."""
        with self._guard:
            if not self._over:
                with suppress(StorageError):
                    self.flush()
            self._over = True
            self._running.release()

    def _insert_waiting(self) -> None:
        self._connection.executemany(_INSERT, self._waiting)
        straps = [row for row in self._waiting if row[3] == LINK_UP]
        if straps:
            self._connection.execute(
                "UPDATE session SET strap = ? WHERE id = ?",
                (straps[-1][4].decode("ascii"), self.session_id),
            )


def _insert(connection: sqlite3.Connection, uid: str, beginning: Beginning) -> int:
    """Insert the row of a session; return its number."""
    choices, personal = beginning.choices, beginning.personal
    row = connection.execute(
        "INSERT INTO session (uid, started_at, source, plan, choices, personal)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            uid,
            beginning.started_at.isoformat(),
            beginning.source,
            choices.plan_id,
            choices_to_json(choices),
            None if personal.empty else personal_to_json(personal),
        ),
    )
    assert row.lastrowid is not None
    if beginning.felt_before is not None:
        insert_felt(connection, row.lastrowid, Moment.BEFORE, beginning.felt_before)
    return row.lastrowid


UPDATE_END = (
    "UPDATE session SET ended = ?, duration_s = ?, n_packets = ?, n_beats = ?, summary = ?"
    " WHERE id = ?"
)
"""Takes `end_columns` and the session's number."""


def end_columns(
    ended: str,
    duration_s: float,
    n_packets: int,
    n_beats: int,
    summary: dict[str, Any] | None,
) -> tuple[str, float, int, int, str | None]:
    """Return the columns that close a session.

    Raises
    ------
    ValueError
        If ``ended`` is no value of `Ended`, or ``summary`` holds a NaN.
    """
    written = None if summary is None else json.dumps(summary, allow_nan=False)
    return Ended(ended).value, float(duration_s), int(n_packets), int(n_beats), written
