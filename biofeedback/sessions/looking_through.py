"""Look through what is kept for damage: quickly, or all of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from biofeedback.sessions.connecting import open_connection
from biofeedback.sessions.errors import StorageError, from_sqlite

if TYPE_CHECKING:
    from biofeedback.sessions.store import Store


def first_damage(connection: sqlite3.Connection, *, thoroughly: bool = False) -> str:
    """Return the first damage that SQLite finds in the pages of a database, in its words, or "".

    Raises
    ------
    sqlite3.Error
        If it is so damaged that it can't be looked through.
    """
    pragma = "integrity_check" if thoroughly else "quick_check"
    said: str = connection.execute(f"PRAGMA {pragma}(1)").fetchone()[0]
    return "" if said == "ok" else said.strip().splitlines()[-1]


def damage_of(path: Path) -> str:
    """Look quickly through the database at ``path``; return a sentence if it is damaged, else "".

    Every page is read, and no piece of packed events is.

    Raises
    ------
    StorageError
        If it can't be opened.
    """
    try:
        with closing(open_connection(path, path.parent)) as connection:
            found = first_damage(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(from_sqlite(error, path))
    if not found:
        return ""
    return (
        f"The file of sessions {path} is damaged ({found}). What can be read is shown. "
        "A backup may hold the rest: hand-on-heart store restore."
    )


def look_through(store: Store, progress: Callable[[int, int], None] | None = None) -> list[str]:
    """Look through every page, index and reference, and read every event of every session.

    Parameters
    ----------
    store
        What to look through.
    progress
        Is told how many sessions are done and how many there are.

    Returns
    -------
    list of str
        What is wrong, in sentences; nothing if all is well.
    """
    found = store.check(thoroughly=True)
    try:
        ids = [info.id for info in store.sessions()]
    except StorageError:
        return found  # the sentence is among them
    for n, session_id in enumerate(ids):
        if progress is not None:
            progress(n, len(ids))
        try:
            store.events(session_id)
        except StorageError as error:
            found.append(str(error))
    if progress is not None and ids:
        progress(len(ids), len(ids))
    return found
