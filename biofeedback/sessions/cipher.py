"""SQLite with encrypted pages (SQLCipher), in the clothes of the standard library's `sqlite3`.

Import it only where there is a key: a store without a lock needs none of it. SQLCipher's own
exceptions come out as those of `sqlite3`, so that nobody else has to know two kinds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlcipher3 import dbapi2

T = TypeVar("T")


@contextmanager
def _as_sqlite3() -> Iterator[None]:
    try:
        yield
    except dbapi2.Error as error:
        same = getattr(sqlite3, type(error).__name__)(*error.args)
        for name in ("sqlite_errorcode", "sqlite_errorname"):
            if hasattr(error, name):
                setattr(same, name, getattr(error, name))
        raise same from None


def _telling(method: Callable[..., T]) -> Callable[..., T]:
    @wraps(method)
    def call(*arguments: Any, **named: Any) -> T:
        with _as_sqlite3():
            return method(*arguments, **named)

    return call


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]
    execute = _telling(dbapi2.Cursor.execute)
    executemany = _telling(dbapi2.Cursor.executemany)
    executescript = _telling(dbapi2.Cursor.executescript)
    fetchone = _telling(dbapi2.Cursor.fetchone)
    fetchmany = _telling(dbapi2.Cursor.fetchmany)
    fetchall = _telling(dbapi2.Cursor.fetchall)
    __next__ = _telling(dbapi2.Cursor.__next__)


class _Connection(dbapi2.Connection):  # type: ignore[misc]
    backup = _telling(dbapi2.Connection.backup)
    close = _telling(dbapi2.Connection.close)
    commit = _telling(dbapi2.Connection.commit)
    rollback = _telling(dbapi2.Connection.rollback)

    def cursor(self, factory: type[_Cursor] = _Cursor) -> _Cursor:
        with _as_sqlite3():
            return cast(_Cursor, super().cursor(factory))


def connect(path: Path, key: bytes | None, *, timeout_s: float) -> sqlite3.Connection:
    """Open a database; nothing of it is read yet, so that a wrong key shows at the first question.

    Parameters
    ----------
    path
        The file.
    key
        32 bytes, and the salt of 16 that the file begins with; None opens a database that is not
        encrypted.
    timeout_s
        How long to wait for another's write.
    """
    with _as_sqlite3():
        connection = dbapi2.connect(
            str(path),
            timeout=timeout_s,
            isolation_level=None,
            check_same_thread=False,
            factory=_Connection,
        )
        # it would write to stderr by itself; what is wrong comes back as an exception anyway
        connection.execute("PRAGMA cipher_log_level = NONE").fetchone()
        if key is not None:
            connection.execute(f"PRAGMA key = {key_literal(key)}").fetchone()
    return cast(sqlite3.Connection, connection)


def key_literal(key: bytes) -> str:
    """Return a key as SQL; it is used as it is, no passphrase to be stretched once more."""
    return f"\"x'{key.hex()}'\""
