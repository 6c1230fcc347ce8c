"""Give room back to the disk: events packed, free pages gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from biofeedback.sessions.database import refuse_while_recording
from biofeedback.sessions.store import Store


@dataclass(frozen=True, slots=True)
class Compacted:
    """What came of it.

    Attributes
    ----------
    n_packed
        Sessions whose events were rows until now.
    bytes_before, bytes_after
        How large the file was and is.
    """

    n_packed: int
    bytes_before: int
    bytes_after: int


def compact(store: Store, progress: Callable[[int, int], None] | None = None) -> Compacted:
    """Pack what earlier versions left as rows, and make the file as small as it can be.

    Each session is a commit of its own: what is interrupted goes on the next time.

    Parameters
    ----------
    store
        The store.
    progress
        Is told how many sessions are done and how many there are.

    Raises
    ------
    StorageError
        If a program records, or the disk has no room for a second copy of the file meanwhile.
    """
    refuse_while_recording(store.path)
    before = store.n_bytes()
    waiting = store.recorded.unpacked()
    n_packed = 0
    for n, session_id in enumerate(waiting):
        if progress is not None:
            progress(n, len(waiting))
        n_packed += store.recorded.pack(session_id)
    if progress is not None and waiting:
        progress(len(waiting), len(waiting))
    store.make_small()
    return Compacted(n_packed, before, store.n_bytes())
