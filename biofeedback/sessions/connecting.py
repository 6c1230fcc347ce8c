"""Every connection to a database of ours is opened here, with the key where there is a lock."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from biofeedback.sessions.unlocked import key_of

BUSY_TIMEOUT_S = 5.0
"""How long one program waits for another's write."""


def open_connection(path: Path, folder: Path) -> sqlite3.Connection:
    """Open the database at ``path``, the store of the data folder ``folder`` or a copy of it.

    Any thread may use it, one at a time; there are no implicit transactions. What SQLite needs
    for sorting stays in memory.

    Raises
    ------
    LockedStoreError
        If the store is locked.
    KeyFileError
        If its key file can't be read.
    sqlite3.Error
        If it can't be opened.
    """
    key = key_of(folder)
    if key is None:
        connection = sqlite3.connect(
            path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
    else:
        from biofeedback.sessions import cipher

        connection = cipher.connect(path, key.for_database(), timeout_s=BUSY_TIMEOUT_S)
    try:
        connection.execute("PRAGMA temp_store = MEMORY")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
