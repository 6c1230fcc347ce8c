"""See that kept figures are those of this version, before they are looked at."""

from __future__ import annotations

from biofeedback.cli.progress import bar
from biofeedback.cli.say import note
from biofeedback.refreshed import refresh
from biofeedback.sessions.store import Store


def bring_up_to_date(store: Store) -> None:
    """Work out anew what another version made, or what was changed since.

    Raises
    ------
    StorageError
        If the disk did not take it.
    """
    with bar("Working out figures anew", len(store.figures.stale())) as progress:
        refreshed = refresh(store, progress)
    for session_id, problem in refreshed.problems:
        note(f"The figures of session {session_id} stay as they were: {problem}")
