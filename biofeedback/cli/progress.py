"""A bar on stderr for long work, where somebody looks on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PROGRESS_FROM = 20
"""Fewer things than this are done before a bar says anything."""


@contextmanager
def bar(words: str, total: int) -> Iterator[Callable[[int, int], None]]:
    """Show a bar; what is given back is told how much is done, and of how much."""
    if total < PROGRESS_FROM or not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn(words), BarColumn(), MofNCompleteColumn(), Remaining())
    console = Console(stderr=True)
    # What goes into a pipe must not be caught for the terminal.
    to_terminal = sys.stdout.isatty()
    with Progress(*columns, console=console, transient=True, redirect_stdout=to_terminal) as shown:
        task = shown.add_task(words, total=total)
        yield lambda done, of: shown.update(task, completed=done, total=of)
