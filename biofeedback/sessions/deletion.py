"""Deleting for real: in the log and in every copy beside the file, not in the tables alone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Literal

from biofeedback.sessions.connecting import open_connection

BACKUPS = "backups"
"""The folder of the rolling backups, beside the file."""


def copies(path: Path) -> Iterator[Path]:
    """Return the copies of the database at ``path``: of migrations, set aside, backups."""
    yield from path.parent.glob(f"{path.stem}.*{path.suffix}")
    yield from (path.parent / BACKUPS).glob(f"*{path.suffix}")


def delete_from_copies(
    path: Path, table: Literal["session", "writing"], uids: Sequence[str]
) -> None:
    """Delete rows, and all that belongs to them, from every copy that can be read."""
    for copy in copies(path):
        with suppress(sqlite3.Error, OSError):  # one that can't be read must not keep the others
            _delete_from(copy, path.parent, table, uids)


def forget_log(connection: sqlite3.Connection) -> None:
    """Write the log back and empty it: what was there before is in it."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _delete_from(copy: Path, folder: Path, table: str, uids: Sequence[str]) -> None:
    of_ns = copy.stat().st_mtime_ns
    with closing(open_connection(copy, folder)) as connection:
        held = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        if held is None:
            return
        connection.execute("PRAGMA secure_delete = ON").fetchone()
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"DELETE FROM {table} WHERE uid = ?", [(uid,) for uid in uids])
        connection.execute("COMMIT")
        forget_log(connection)
    # A backup tells by its time which change of the store it is of: not of this one.
    os.utime(copy, ns=(of_ns, of_ns))
