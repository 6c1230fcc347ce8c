"""Reads what is to be replayed, a kept session or another program's recording, as a timeline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.timeline import Timeline
from biofeedback.types import BreathPhase, Choices, Event

if TYPE_CHECKING:
    from biofeedback.sessions.info import SessionInfo
    from biofeedback.sessions.store import Store


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was opened.

    Attributes
    ----------
    timeline
        Everything that it told.
    source
        What the heart came from.
    choices
        What had been chosen; for a recording of another program, what is chosen now.
    info
        The session; None for a file.
    name
        The file's name; empty for a session.
    """

    timeline: Timeline
    source: str
    choices: Choices
    info: SessionInfo | None = None
    name: str = ""


async def read_replayed(
    name: str, choices: Choices, store: Store | None, progress: Callable[[float], None]
) -> Replayed:
    """Read a session by its number, or a file by its name; a file of that name goes first.

    Parameters
    ----------
    name
        What stands behind ``replay:``.
    choices
        For a file, which knows none.
    store
        Where sessions are kept; None knows none.
    progress
        Is told how much is done, 0..1.

    Raises
    ------
    SourceError
        If there is nothing of that name, or nothing in it; the message is a sentence.
    StorageError
        If the store can't be read.
    ContentError
        If it needs words that this version doesn't have.
    """
    from biofeedback.timeline import TimelineBuilder

    info: SessionInfo | None = None
    duration_s: float | None = None
    personal: Personal = NOTHING
    if store is not None and name.isascii() and name.isdecimal() and not _is_file(name):
        info = _session(store, int(name))
        events = store.events(info.id)
        choices, duration_s, personal = info.choices, info.duration_s, info.personal
    else:
        choices = replace(choices, wait_for_heart=False)
        events = await _recorded(name)
    builder = TimelineBuilder(events, choices, duration_s, personal)
    for part in builder.steps():
        progress(part)
        await asyncio.sleep(0)  # whoever has thought better of it is heard
    source = info.source if info is not None else f"replay:{name}"
    file = "" if info is not None else Path(name).name
    return Replayed(builder.timeline(), source, choices, info, file)


def _is_file(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _session(store: Store, number: int) -> SessionInfo:
    from biofeedback.sessions.errors import NoSuchSessionError
    from devices.opening import SourceError

    try:
        return store.session(number)
    except (NoSuchSessionError, OverflowError):
        raise SourceError(
            f"There is neither a file nor a session called {number}. "
            "The command 'sessions' lists them."
        ) from None


async def _recorded(name: str) -> list[Event]:
    from devices.clock import VirtualClock
    from devices.opening import open_source

    def no_guide(t_s: float) -> BreathPhase | None:
        del t_s
        return None

    source = open_source(f"replay:{name}", VirtualClock(), no_guide)
    return [event async for event in source.events()]
