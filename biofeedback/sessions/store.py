"""The store: one SQLite file with every session's raw events and what came of them.

Threads: a `Store` may be used from any thread, and one call waits for another. A write waits for
the disk, so keep it off the thread that draws; a window that lists sessions while one is recorded
opens a `Store` of its own. Programs: any number may have the same store open.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import date, datetime
from os.path import samestat
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.sessions import in_use
from biofeedback.sessions.arrivals import Arrivals
from biofeedback.sessions.database import FILE_NAME as FILE_NAME
from biofeedback.sessions.database import connect, opening, set_aside
from biofeedback.sessions.deleted_sessions import DeletedSessions
from biofeedback.sessions.deletion import forget_log
from biofeedback.sessions.errors import (
    DamagedStoreError,
    SessionRunningError,
    StorageError,
    in_words,
)
from biofeedback.sessions.folder import private_folder
from biofeedback.sessions.history_rows import HistoryRows
from biofeedback.sessions.info import Ended, SessionInfo
from biofeedback.sessions.kept_figures import Figures, KeptFigures, insert_figures
from biofeedback.sessions.left_out import LeftOut
from biofeedback.sessions.locking import recover, refuse_without_key
from biofeedback.sessions.recorded_events import RecordedEvents
from biofeedback.sessions.recorder import UPDATE_END, Beginning, SessionRecorder, end_columns
from biofeedback.sessions.reflection import Felt, Reflections
from biofeedback.sessions.running import is_locked, remove_lock
from biofeedback.sessions.session_rows import SessionRows
from biofeedback.sessions.transaction import transaction
from biofeedback.sessions.trend_rows import TrendSessions
from biofeedback.sessions.upkeep import Upkeep
from biofeedback.sessions.writings import Writings
from biofeedback.types import Choices, Event


class Store:
    """Sessions on disk. Open it with `Store.open`; use it in a ``with`` statement or close it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._guard = threading.RLock()
        self._recorders: list[SessionRecorder] = []
        self._file = path.stat()
        self._closed = False
        in_use.begin(path)
        self.path = path
        """The database file."""
        self._rows = SessionRows(connection, self._guard, path)
        self.recorded = RecordedEvents(connection, self._guard, path, self._is_there)
        """The raw log."""
        self.reflections = Reflections(connection, self._guard, path, self._is_there)
        """What the person says of sessions: ratings, tags, notes."""
        self.writings = Writings(connection, self._guard, path, self._is_there)
        """Letters and other writing that the person asked to keep."""
        self.trend_sessions = TrendSessions(connection, self._guard, path)
        """What trends are made of."""
        self.figures = KeptFigures(connection, self._guard, path, self._is_there)
        """A few figures of each session, for lists and trends."""
        self.left_out = LeftOut(connection, self._guard, path, self._is_there)
        """What a person leaves out of the figures."""
        self.history = HistoryRows(connection, self._guard, path)
        """What a history lists."""
        self.arrivals = Arrivals(connection, self._guard, path, self._is_there)
        """Whole sessions, on their way out of the store or into it."""
        self._deleted = DeletedSessions(connection, self._guard, path, self._is_there)
        self._upkeep: Upkeep | None = None
        self.set_aside: Path | None = None
        """Where a damaged file was moved when this store was opened; None if there was none."""

    # ------------------------------------------------------------------- opening, closing
    @classmethod
    def open(
        cls, folder: Path, *, set_aside_damaged: bool = False, keep_deleted: bool = False
    ) -> Store:
        """Open the store in ``folder``, making both where they are missing.

        Parameters
        ----------
        folder
            Usually `biofeedback.sessions.folder.data_folder`.
        set_aside_damaged
            Look through the whole file, and if it is damaged keep it under another name
            (`Store.set_aside`) and begin a fresh one.
        keep_deleted
            Leave what is deleted to be brought back; without it, it goes for good now.

        Raises
        ------
        DamagedStoreError
            If the file is no readable database; it is left as it is.
        NewerStoreError
            If a later version of the program wrote it; it is left as it is.
        LockedStoreError
            If it is locked, and this program has not unlocked it.
        KeyFileError
            If it is locked, and its key file is missing or can't be read.
        StorageError
            If the folder or the file cannot be used.
        """
        path = private_folder(folder) / FILE_NAME
        private_folder(folder / "running")
        with opening(folder / "opening.lock"):
            recover(folder)
            try:
                store = cls(connect(path), path)
                if set_aside_damaged and (found := store.check()):
                    store.close()
                    raise DamagedStoreError(f"The file of sessions {path} is damaged ({found[0]}).")
            except DamagedStoreError:
                refuse_without_key(folder)
                if not set_aside_damaged:
                    raise
                aside = set_aside(path)
                store = cls(connect(path), path)
                store.set_aside = aside
            if not keep_deleted:
                with suppress(StorageError):  # tried again the next time
                    store.purge()
            with suppress(StorageError):
                store.writings.purge()
        return store

    def close(self) -> None:
        """Close the file. Sessions that still run here are let go, to be found interrupted."""
        if self._upkeep is not None:
            self._upkeep.stop()
        with self._guard:
            for recorder in self._recorders:
                recorder.close()
            self._recorders.clear()
            self._connection.close()
            if not self._closed:
                self._closed = True
                in_use.end(self.path)

    def begin_upkeep(
        self,
        today: date,
        told: Callable[[str], None],
        done: Callable[[], None] = lambda: None,
    ) -> bool:
        """Look through the file and back it up, once, on a thread of its own; `close` stops it.

        Parameters
        ----------
        today
            The person's day: there is one backup a day.
        told
            Is told a sentence where something is wrong, on that thread.
        done
            Is called there when all is done, or stopped.

        Returns
        -------
        bool
            False where it was begun before.
        """
        if self._upkeep is not None:
            return False
        self._upkeep = Upkeep(self.path.parent, today, self.recorded, told, done)
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def check(self, *, thoroughly: bool = False) -> list[str]:
        """Look through the whole file; return what is wrong with it, nothing if all is well.

        Parameters
        ----------
        thoroughly
            Hold indexes and references against their tables as well, which takes longer.
        """
        pragma = "integrity_check" if thoroughly else "quick_check"
        with self._guard:
            try:
                rows = self._connection.execute(f"PRAGMA {pragma}(20)").fetchall()
                if thoroughly:
                    apart = self._connection.execute("PRAGMA foreign_key_check").fetchall()
                    rows += [(f"a row of {row[0]} belongs to no session",) for row in apart]
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                return [str(error)]
        lines = [line for row in rows for line in row[0].strip().splitlines()]
        found = [line for line in lines if line != "ok" and not line.startswith("***")]
        if not found:
            try:
                self.sessions()
            except StorageError as error:
                found = [str(error)]
        return found

    def n_bytes(self) -> int:
        """Return how large the file is, with its log."""
        log = self.path.with_name(self.path.name + "-wal")
        return sum(path.stat().st_size for path in (self.path, log) if path.exists())

    def make_small(self) -> None:
        """Write the file anew without its free pages.

        Raises
        ------
        StorageError
            If another program is busy with it, or the disk has no room for a copy meanwhile.
        """
        with self._guard, in_words(self.path):
            self._is_there()
            self._connection.execute("VACUUM")
            forget_log(self._connection)

    # -------------------------------------------------------------------------- recording
    def begin(
        self,
        *,
        source: str,
        choices: Choices,
        started_at: datetime,
        felt_before: Felt | None = None,
        personal: Personal = NOTHING,
    ) -> SessionRecorder:
        """Begin a session; it is on disk when this returns.

        Parameters
        ----------
        source
            The specification of the source, such as ``ble:ADDRESS``.
        choices
            What the person chose.
        started_at
            The person's local time, with its offset from UTC.
        felt_before
            How it felt before; on disk with the session. None if nobody asked.
        personal
            What it uses of the person's own (`Personal.used_by`), so that it can be replayed.

        Raises
        ------
        StorageError
            If it could not be written.
        ValueError
            If ``started_at`` has no offset from UTC.
        """
        uid = uuid4().hex
        recorder = SessionRecorder.begin(
            self._connection,
            self._guard,
            self.path,
            uid,
            self._running_file(uid),
            self._is_there,
            Beginning(source, choices, started_at, felt_before, personal),
        )
        self._recorders.append(recorder)
        return recorder

    # ---------------------------------------------------------------------------- reading
    def sessions(self, plans: Collection[str] | None = None) -> list[SessionInfo]:
        """Return every session that is not deleted, newest first.

        Parameters
        ----------
        plans
            Those of these plans alone; None: of all.
        """
        return self._rows.all(plans)

    def newest(self, n: int) -> list[SessionInfo]:
        """Return the newest sessions, newest first; of the others next to nothing is read."""
        return self._rows.newest(n)

    def n_sessions(self) -> int:
        """Return how many sessions are kept."""
        return self._rows.count()

    def session(self, session_id: int) -> SessionInfo:
        """Return one session.

        Raises
        ------
        NoSuchSessionError
            If there is none with that number.
        """
        return self._rows.one(session_id)

    def events(self, session_id: int) -> list[Event]:
        """Return a session's events in the order they were recorded, as they were recorded.

        Raises
        ------
        NoSuchSessionError
            If there is no session with that number.
        StorageError
            If they are damaged, or a later version of the program recorded something that this
            one cannot read.
        """
        events = self.recorded.of(session_id)
        if not events:
            self.session(session_id)
        return events

    # -------------------------------------------------------------- what was interrupted
    def unfinished(self) -> list[SessionInfo]:
        """Return the sessions that were never finished and that nobody records now, oldest first.

        Their figures are still missing: work them out from `events` and `close_interrupted`.
        """
        open_now = self._rows.where("ended IS NULL AND NOT deleted")
        gone = [info for info in open_now if not self.is_running(info)]
        # One that was finished between the two questions has let go of its lock as well.
        open_still = {info.id for info in self._rows.where("ended IS NULL")}
        return [info for info in gone if info.id in open_still]

    def is_running(self, info: SessionInfo) -> bool:
        """Return whether a program, this or another, records the session now."""
        return info.ended is None and is_locked(self._running_file(info.uid))

    def close_interrupted(
        self,
        session_id: int,
        *,
        duration_s: float,
        n_packets: int,
        n_beats: int,
        summary: dict[str, Any] | None = None,
        figures: Figures | None = None,
    ) -> bool:
        """Close a session that was interrupted with what it amounts to (see `finish`).

        Returns
        -------
        bool
            False where there was nothing to close: it runs, or another program was first.

        Raises
        ------
        StorageError
            If it could not be written, or there is no such session.
        """
        info = self.session(session_id)
        if info.ended is not None or self.is_running(info):
            return False
        end = end_columns(Ended.INTERRUPTED, duration_s, n_packets, n_beats, summary)
        with self._guard, in_words(self.path), transaction(self._connection):
            self._is_there()
            done = self._connection.execute(UPDATE_END + " AND ended IS NULL", (*end, session_id))
            closed = done.rowcount == 1
            if closed and figures is not None:
                insert_figures(self._connection, session_id, figures)
        if closed:
            with suppress(StorageError):  # done another time
                self.recorded.pack(session_id)
        remove_lock(self._running_file(info.uid))
        return closed

    # --------------------------------------------------------------------------- deleting
    def delete(self, session_ids: Iterable[int]) -> None:
        """Take sessions away, all or none; until `purge`, `restore` brings them back.

        Raises
        ------
        SessionRunningError
            If one of them is being recorded.
        NoSuchSessionError
            If there is none with one of the numbers.
        StorageError
            If the disk did not take it.
        """
        ids = list(session_ids)
        for session_id in ids:
            for info in self._rows.where("id = ?", session_id):
                if self.is_running(info):
                    raise SessionRunningError(
                        f"Session {session_id} is being recorded now. Stop it first; then it can "
                        "be deleted."
                    )
        self._deleted.mark(ids, deleted=True)

    def restore(self, session_ids: Iterable[int]) -> None:
        """Bring back what `delete` took away, all or none.

        Raises
        ------
        NoSuchSessionError
            If one of them is gone for good.
        StorageError
            If the disk did not take it.
        """
        self._deleted.mark(session_ids, deleted=False)

    def purge(self) -> int:
        """Delete for good what `delete` took away; return how many sessions that were.

        With a session go its events, figures, ratings, tags, note and imported file. The bytes
        are overwritten (``secure_delete``), in the log and in the copies beside the file as well.

        Raises
        ------
        StorageError
            If the disk did not take it, or another program makes a backup for long.
        """
        return self._deleted.purge()

    def _is_there(self) -> None:
        """See that the file was not moved or deleted: SQLite would write on into nowhere."""
        try:
            there = samestat(self.path.stat(), self._file)
        except OSError:
            there = False
        if not there:
            raise StorageError(
                f"{self.path} was moved or deleted while it was in use. Put it back; then it can "
                "go on."
            )

    def _running_file(self, uid: str) -> Path:
        return self.path.parent / "running" / f"{uid}.lock"
