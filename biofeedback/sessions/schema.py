"""The tables of the store and how older ones become them.

The schema's number is SQLite's ``user_version``. A change is a new function at the end of
`MIGRATIONS`; a released one is never edited.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from biofeedback.sessions.connecting import open_connection
from biofeedback.sessions.errors import DamagedStoreError, NewerStoreError, StorageError
from biofeedback.sessions.folder import private_file

APPLICATION_ID = int.from_bytes(b"HonH", "big")
"""Marks the file as ours in its header (PRAGMA application_id)."""

Migration = Callable[[sqlite3.Connection], None]


def _version_1(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,  -- a deleted session's number is not used again
            uid TEXT NOT NULL UNIQUE,              -- the same wherever the session is copied to
            started_at TEXT NOT NULL,              -- ISO 8601 with the offset from UTC
            source TEXT NOT NULL,
            plan TEXT NOT NULL,
            choices TEXT NOT NULL,                 -- JSON
            strap TEXT,                            -- JSON
            ended TEXT CHECK (ended IN ('completed', 'stopped', 'source_ended', 'interrupted')),
            duration_s REAL,
            n_packets INTEGER,
            n_beats INTEGER,
            summary TEXT                           -- JSON; its "algorithm" says what made it
        )
        """
    )
    connection.execute("CREATE INDEX session_unfinished ON session (id) WHERE ended IS NULL")
    # t_s has no declared type: as REAL, SQLite would turn -0.0 into 0.0.
    connection.execute(
        """
        CREATE TABLE event (
            session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            t_s NOT NULL CHECK (typeof(t_s) = 'real'),
            kind TEXT NOT NULL,
            payload BLOB NOT NULL CHECK (typeof(payload) = 'blob'),
            PRIMARY KEY (session_id, seq)
        ) WITHOUT ROWID
        """
    )


def _version_2(connection: sqlite3.Connection) -> None:
    """Add what a person says of a session: ratings, tags, a note."""
    # A row says that the person was asked; NULL in it, that this one was skipped.
    connection.execute(
        """
        CREATE TABLE felt (
            session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            moment TEXT NOT NULL CHECK (moment IN ('before', 'after')),
            tension INTEGER CHECK (tension BETWEEN 0 AND 10),
            distress INTEGER CHECK (distress BETWEEN 0 AND 10),
            kindness INTEGER CHECK (kindness BETWEEN 0 AND 10),
            PRIMARY KEY (session_id, moment)
        ) WITHOUT ROWID
        """
    )
    connection.execute(
        """
        CREATE TABLE tag (
            session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            tag TEXT NOT NULL,
            PRIMARY KEY (session_id, place)
        ) WITHOUT ROWID
        """
    )
    connection.execute(
        """
        CREATE TABLE note (
            session_id INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            note TEXT NOT NULL
        )
        """
    )


def _version_3(connection: sqlite3.Connection) -> None:
    """Add what a session used of the person's own guides, words and plans."""
    # JSON; NULL says that it used nothing of them.
    connection.execute("ALTER TABLE session ADD COLUMN personal TEXT")


def _version_4(connection: sqlite3.Connection) -> None:
    """Add what a person writes and asks to keep."""
    connection.execute(
        """
        CREATE TABLE writing (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
            written_at TEXT NOT NULL,              -- ISO 8601 with the offset from UTC
            set_id TEXT NOT NULL,                  -- which lines were answered
            answers TEXT NOT NULL,                 -- JSON: line, prompt, text
            reread_on TEXT,                        -- ISO 8601, a day
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))  -- until it is final
        )
        """
    )


def _version_5(connection: sqlite3.Connection) -> None:
    """Add what months of sessions need: packed events, kept figures, what is left out, imports."""
    # Every event of a session that is over, in one piece; its rows in `event` are gone then. Apart
    # from the session's row, so that a list of sessions need not read past it.
    connection.execute(
        """
        CREATE TABLE packed (
            session_id INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            events BLOB NOT NULL                   -- see event_pack.py
        )
        """
    )
    # 1 from when a person deletes it until that is final; nothing shows it meanwhile.
    connection.execute(
        "ALTER TABLE session ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0"
        " CHECK (deleted IN (0, 1))"
    )
    connection.execute("CREATE INDEX session_deleted ON session (id) WHERE deleted")
    # What lists and trends are made of, so that they need not read every summary. NULL in a
    # figure says that the data does not carry it.
    connection.execute(
        """
        CREATE TABLE figures (
            session_id INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            algorithm INTEGER NOT NULL,            -- the version that worked them out
            before_hr_bpm REAL,                    -- quiet time before, own breath
            before_rmssd_ms REAL,
            guided_hr_bpm REAL,
            after_hr_bpm REAL,                     -- quiet time after, own breath
            after_rmssd_ms REAL,
            following_r2 REAL,
            following_locking REAL,
            amplitude_bpm REAL,
            artefact_fraction REAL,
            answer TEXT,                           -- of the calm verdict
            strap_kind TEXT NOT NULL
        )
        """
    )
    # What a person leaves out of the figures: a stretch of session time, or (both NULL) all of it.
    connection.execute(
        """
        CREATE TABLE left_out (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            start_s REAL,
            end_s REAL,
            CHECK ((start_s IS NULL) = (end_s IS NULL) AND (start_s IS NULL OR start_s < end_s))
        )
        """
    )
    connection.execute("CREATE INDEX left_out_session ON left_out (session_id)")
    # The file that an imported session was read from, byte for byte.
    connection.execute(
        """
        CREATE TABLE imported (
            session_id INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            sha256 TEXT NOT NULL,                  -- of the content: the same file is known again
            file_name TEXT NOT NULL,
            form TEXT NOT NULL,                    -- which reader read it
            content BLOB NOT NULL
        )
        """
    )
    connection.execute("CREATE INDEX imported_sha256 ON imported (sha256)")


MIGRATIONS: list[Migration] = [_version_1, _version_2, _version_3, _version_4, _version_5]
"""The n-th takes schema n - 1 to n."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema's number; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_ours(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """See that the file is a store that this version can open; it is only read.

    Raises
    ------
    NewerStoreError
        If a later version of the program wrote it.
    DamagedStoreError
        If it is ours and not what any version wrote.
    StorageError
        If it is some other program's database.
    """
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    n_tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    is_new = application_id == 0 and n_tables == 0 and version_of(connection) == 0
    if not is_new and application_id != APPLICATION_ID:
        raise StorageError(
            f"{path} is a database of another program. "
            "Move it away, or choose another folder with HAND_ON_HEART_HOME."
        )
    version = version_of(connection)
    if version < 1 and not is_new:
        raise DamagedStoreError(
            f"The file of sessions {path} is damaged (its schema has the number {version}). "
            "Nothing was changed in it. "
            "Put a good copy back, or keep it under another name and begin a fresh one."
        )
    if version > len(migrations):
        raise NewerStoreError(
            f"The sessions in {path} were kept by a later version of Hand on Heart "
            f"(schema {version}; this one knows {len(migrations)}). Nothing was changed. "
            "Install that version to open them."
        )


def migrate(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration] = MIGRATIONS
) -> Path | None:
    """Bring the schema up to date, all of it or nothing.

    Call with ``foreign_keys`` off, so that a migration can rebuild a table.

    Returns
    -------
    Path or None
        The copy that was made of the old file; None where there was nothing to keep.
    """
    if version_of(connection) == len(migrations):
        return None
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(connection)
        copy = _copy(path, version) if 0 < version < len(migrations) else None
        for step in migrations[version:]:
            _take(step, connection, path)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise StorageError(
                f"The sessions in {path} do not fit together, so they were left as they are. "
                "Put a good copy back."
            )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return copy


def _take(step: Migration, connection: sqlite3.Connection, path: Path) -> None:
    try:
        step(connection)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        # A mistake of the program's; the file is not to be taken for damaged.
        raise StorageError(
            f"The sessions in {path} could not be brought up to date ({error}), so they were left "
            "as they are. The version of the program that kept them can still open them."
        ) from error


def free_name(path: Path, word: str) -> Path:
    """Return a name beside ``path`` that nothing bears yet, such as ``sessions.word-1.sqlite3``."""
    n = 1
    while (found := path.with_name(f"{path.stem}.{word}-{n}{path.suffix}")).exists():
        n += 1
    return found


def _copy(path: Path, version: int) -> Path:
    """Copy the database as it stands; the caller holds the write lock."""
    target = free_name(path, f"schema-{version}")
    private_file(target)
    # A connection of its own: it reads what is committed, whatever the caller has begun.
    folder = path.parent
    with (
        closing(open_connection(path, folder)) as source,
        closing(open_connection(target, folder)) as copy,
    ):
        source.backup(copy)
    return target
