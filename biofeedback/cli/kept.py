"""Open what is kept, say what was found, and turn trouble into sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from biofeedback.cli.passphrase import unlock_here
from biofeedback.cli.say import CouldNotError, note
from biofeedback.run import close_interrupted
from biofeedback.sessions.backups import backups
from biofeedback.sessions.errors import DamagedStoreError, StorageError
from biofeedback.sessions.folder import data_folder
from biofeedback.sessions.store import Store


def open_store(*, keep_deleted: bool = False) -> Store:
    """Open the store; sessions that were interrupted are closed, and it says so.

    Parameters
    ----------
    keep_deleted
        Leave deleted sessions to be brought back; without it, they go for good now.

    Raises
    ------
    CouldNotError
        If the store can't be used.
    """
    try:
        unlock_here()
        store = Store.open(data_folder(), keep_deleted=keep_deleted)
        for info in close_interrupted(store):
            seconds = round(info.duration_s or 0)
            note(
                f"Session {info.id} was interrupted. It is kept up to then: "
                f"{seconds // 60}:{seconds % 60:02} minutes."
            )
    except StorageError as error:
        raise CouldNotError(str(error)) from error
    return store


def open_store_to_record() -> Store:
    """Open the store; a damaged one is put aside under another name, and it says so.

    Raises
    ------
    CouldNotError
        If the store can't be used.
    """
    try:
        unlock_here()
        Store.open(data_folder()).close()
    except DamagedStoreError as error:
        try:
            store = Store.open(data_folder(), set_aside_damaged=True)
        except StorageError as still:
            raise CouldNotError(str(still)) from still
        note(f"{error} It is kept as {store.set_aside}, and a fresh one has begun.")
        if there := backups(data_folder()):
            note(
                f"There is a backup of {there[0].day}. To put it in place: "
                "hand-on-heart store restore newest"
            )
        return store
    except StorageError as error:
        raise CouldNotError(str(error)) from error
    return open_store()


@contextmanager
def kept_up(store: Store) -> Iterator[None]:
    """Look through the file and back it up meanwhile; what is wrong with it is said at the end."""
    problems: list[str] = []
    store.begin_upkeep(datetime.now().astimezone().date(), problems.append)
    try:
        yield
    finally:
        for problem in problems:
            note(problem)
