"""Several statements as one: all of them reach the disk, or none does."""

from __future__ import annotations

import sqlite3


class transaction:  # noqa: N801 - reads as a word in a with statement
    """Everything inside, or nothing; the write lock is taken at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, value: object, traceback: object) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
        finally:
            # SQLite itself rolls back after some errors and not after others.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
