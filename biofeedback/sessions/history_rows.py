"""Reads the rows of a history from the store."""

from __future__ import annotations

from biofeedback.practice.content import Content
from biofeedback.sessions.history import Listed, listed, newest_first
from biofeedback.sessions.store import Store


def read_rows(store: Store, content: Content) -> tuple[Listed, ...]:
    """Return every session as a row, newest first.

    Parameters
    ----------
    store
        Where they are kept.
    content
        The words in use, with the person's own plans.

    Raises
    ------
    StorageError
        If the store cannot be read.
    """
    said = store.reflections.all()
    return newest_first(listed(info, content, said.get(info.id)) for info in store.sessions())
