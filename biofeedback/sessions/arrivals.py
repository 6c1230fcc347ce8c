"""Whole sessions out of a store and into one, each as it was; nothing of it is worked out anew."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from biofeedback.practice.personal_json import personal_to_json
from biofeedback.sessions.errors import DamagedStoreError, in_words
from biofeedback.sessions.event_codec import strap_to_json, to_row
from biofeedback.sessions.info import SessionInfo, choices_to_json
from biofeedback.sessions.recorded_events import insert_packed
from biofeedback.sessions.reflection import Moment, Reflection, insert_felt
from biofeedback.sessions.transaction import transaction
from biofeedback.sessions.whole import ImportedFile, LeftOut, WholeSession
from biofeedback.types import Event


class Arrivals:
    """The whole sessions of a store; `Store.arrivals` is one. It may be used from any thread."""

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

    # ---------------------------------------------------------------------------- reading
    def known_uids(self) -> dict[str, int | None]:
        """Return the number of each session by its uid; None for one that is being deleted."""
        with self._guard, in_words(self._path):
            rows = self._connection.execute("SELECT uid, id, deleted FROM session").fetchall()
        return {uid: None if deleted else session_id for uid, session_id, deleted in rows}

    def known_files(self) -> dict[str, str]:
        """Return the uid of each session that was read from a file, by the file's SHA-256."""
        with self._guard, in_words(self._path):
            rows = self._connection.execute(
                "SELECT sha256, uid FROM imported JOIN session ON session.id = session_id"
            ).fetchall()
        return dict(rows)

    def file_bytes(self) -> dict[int, int]:
        """Return the length of the file that a session was read from, by the session's number."""
        with self._guard, in_words(self._path):
            rows = self._connection.execute(
                "SELECT session_id, length(content) FROM imported"
            ).fetchall()
        return dict(rows)

    def whole(self, info: SessionInfo, events: Iterable[Event], said: Reflection) -> WholeSession:
        """Return a session that is over with all that belongs to it.

        Parameters
        ----------
        info, events, said
            As `Store.session`, `Store.events` and `Store.reflections` give them.

        Raises
        ------
        StorageError
            If it can't be read.
        ValueError
            If the session runs still.
        """
        if info.ended is None or info.duration_s is None:
            raise ValueError("a session that runs still is not whole")
        return WholeSession(
            uid=info.uid,
            started_at=info.started_at,
            source=info.source,
            choices=info.choices,
            strap=info.strap,
            ended=info.ended,
            duration_s=info.duration_s,
            n_packets=info.n_packets or 0,
            n_beats=info.n_beats or 0,
            figures=info.summary,
            personal=info.personal,
            said=said,
            left_out=self._left_out(info.id),
            imported=self.imported(info.id),
            events=tuple(events),
        )

    def imported(self, session_id: int) -> ImportedFile | None:
        """Return the file that a session was read from; None where it was recorded here.

        Raises
        ------
        StorageError
            If it can't be read, or is not what it was.
        """
        with self._guard, in_words(self._path):
            row = self._connection.execute(
                "SELECT file_name, form, content, sha256 FROM imported WHERE session_id = ?",
                (session_id,),
            ).fetchone()
        if row is None:
            return None
        found = ImportedFile(file_name=row[0], form=row[1], content=row[2])
        if found.sha256 != row[3]:
            raise DamagedStoreError(
                f"The file that session {session_id} was read from is damaged in {self._path}. "
                "Put a good copy back."
            )
        return found

    def _left_out(self, session_id: int) -> tuple[LeftOut, ...]:
        with self._guard, in_words(self._path):
            rows = self._connection.execute(
                "SELECT start_s, end_s FROM left_out WHERE session_id = ? ORDER BY id",
                (session_id,),
            ).fetchall()
        return tuple(None if start_s is None else (start_s, end_s) for start_s, end_s in rows)

    # ---------------------------------------------------------------------------- writing
    def add(self, sessions: Iterable[WholeSession]) -> list[int]:
        """Keep sessions as they are, all of them or none; return their numbers, in order.

        Raises
        ------
        StorageError
            If the disk did not take it.
        ValueError
            If one of that uid is here already.
        """
        with self._guard, in_words(self._path), transaction(self._connection):
            self._is_there()
            return [self._insert(session) for session in sessions]

    def _insert(self, session: WholeSession) -> int:
        try:
            row = self._connection.execute(
                "INSERT INTO session (uid, started_at, source, plan, choices, personal, strap,"
                " ended, duration_s, n_packets, n_beats, summary)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    session.uid,
                    session.started_at.isoformat(),
                    session.source,
                    session.choices.plan_id,
                    choices_to_json(session.choices),
                    None if session.personal.empty else personal_to_json(session.personal),
                    strap_to_json(session.strap) if session.strap else None,
                    session.ended.value,
                    session.duration_s,
                    session.n_packets,
                    session.n_beats,
                    None
                    if session.figures is None
                    else json.dumps(session.figures, allow_nan=False),
                ),
            )
        except sqlite3.IntegrityError as error:
            raise ValueError(f"session {session.uid} is here already") from error
        session_id = row.lastrowid
        assert session_id is not None
        rows = [to_row(event) for event in session.events]
        if rows and not insert_packed(self._connection, session_id, rows):
            self._connection.executemany(
                "INSERT INTO event (session_id, seq, t_s, kind, payload) VALUES (?, ?, ?, ?, ?)",
                [(session_id, seq, *row) for seq, row in enumerate(rows)],
            )
        self._insert_said(session_id, session.said)
        self._connection.executemany(
            "INSERT INTO left_out (session_id, start_s, end_s) VALUES (?, ?, ?)",
            [(session_id, *(part or (None, None))) for part in session.left_out],
        )
        if session.imported is not None:
            self._connection.execute(
                "INSERT INTO imported (session_id, sha256, file_name, form, content)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    session_id,
                    session.imported.sha256,
                    session.imported.file_name,
                    session.imported.form,
                    session.imported.content,
                ),
            )
        return session_id

    def _insert_said(self, session_id: int, said: Reflection) -> None:
        for moment, felt in ((Moment.BEFORE, said.before), (Moment.AFTER, said.after)):
            if felt is not None:
                insert_felt(self._connection, session_id, moment, felt)
        self._connection.executemany(
            "INSERT INTO tag (session_id, place, tag) VALUES (?, ?, ?)",
            [(session_id, place, tag) for place, tag in enumerate(said.tags)],
        )
        if said.note:
            self._connection.execute(
                "INSERT INTO note (session_id, note) VALUES (?, ?)", (session_id, said.note)
            )
