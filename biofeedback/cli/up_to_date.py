"""See that kept figures are those of this version, before they are looked at."""

from __future__ import annotations

import sys

from biofeedback.cli.say import note
from biofeedback.refreshed import refresh
from biofeedback.sessions.store import Store

PROGRESS_FROM = 20
"""Fewer sessions than this are done before a bar says anything."""


def bring_up_to_date(store: Store) -> None:
    """Work out anew what another version made, or what was changed since.

    Raises
    ------
    StorageError
        If the disk did not take it.
    """
    n_stale = len(store.figures.stale())
    if n_stale >= PROGRESS_FROM and sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Working out figures anew", total=n_stale)
            refreshed = refresh(store, lambda done, _: bar.update(task, completed=done))
    else:
        refreshed = refresh(store)
    for session_id, problem in refreshed.problems:
        note(f"The figures of session {session_id} stay as they were: {problem}")
