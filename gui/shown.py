"""A session as its page shows it, read off Qt's thread; straps are heard meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from biofeedback.looking_back.opened import Opened, open_session
from biofeedback.refreshed import refresh_one
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.info import SessionInfo
from biofeedback.sessions.left_out import Range
from biofeedback.sessions.reflection import Reflection
from biofeedback.timeline import TimelineBuilder

if TYPE_CHECKING:
    from pathlib import Path

    from biofeedback.sessions.store import Store
    from biofeedback.signals.left_out import Span

_EVENTS_AT_A_TIME = 64


@dataclass(frozen=True, slots=True)
class Shown:
    """A session with what the person said of it.

    Attributes
    ----------
    info
        As the store knows it.
    opened
        What its pictures show.
    said
        Ratings, tags, note.
    left_out
        What is left out of it, as it is kept.
    known_tags
        Tags to pick from.
    """

    info: SessionInfo
    opened: Opened
    said: Reflection
    left_out: tuple[Range, ...] = ()
    known_tags: tuple[str, ...] = ()

    @property
    def whole(self) -> Range | None:
        """What leaves out all of it; None if nothing does."""
        return next((each for each in self.left_out if each.whole), None)

    def part_at(self, t_s: float) -> Range | None:
        """Return the part that is left out at ``t_s``; None if it is in."""
        parts = [each for each in self.left_out if not each.whole]
        return next((each for each in parts if each.start_s <= t_s < each.end_s), None)


GoesOn = Callable[[float], bool]
"""Is told how much has been read, 0..1; says whether anybody still waits for it."""


class UnwantedError(Exception):
    """Nobody waits any more for what is being read."""


async def read_shown(store: Store, session_id: int, goes_on: GoesOn = lambda _: True) -> Shown:
    """Read a session and all that belongs to it.

    Raises
    ------
    UnwantedError
        If ``goes_on`` says so.
    StorageError
        If there is no such session, or it can't be read.
    ContentError
        If it needs words that this version doesn't have.
    """
    info = store.session(session_id)
    builder = TimelineBuilder(
        store.events(session_id), info.choices, info.duration_s, info.personal
    )
    for part in builder.steps(_EVENTS_AT_A_TIME):
        if not goes_on(part):
            raise UnwantedError
        await asyncio.sleep(0)  # a strap that has news is heard
    left_out = store.left_out.of(session_id)
    return Shown(
        info,
        open_session(builder.timeline(), [each.span for each in left_out]),
        store.reflections.of(session_id),
        left_out,
        store.reflections.known_tags(),
    )


Undo = Callable[["Store"], object]
"""Takes back what was done."""


def leave_out(store: Store, session_id: int, span: Span | None) -> Undo:
    """Leave out a part, or (None) all of a session; return what takes it in again.

    Raises
    ------
    StorageError
        If the disk did not take it.
    """
    range_id = store.left_out.add(session_id, span)
    return lambda store: store.left_out.remove(range_id)


def take_in(store: Store, session_id: int, range_: Range) -> Undo:
    """Take a part in again; return what leaves it out as before.

    Raises
    ------
    StorageError
        If the disk did not take it.
    """
    store.left_out.remove(range_.id)
    span = None if range_.whole else range_.span
    return lambda store: store.left_out.add(session_id, span)


def worked_out_anew(store: Store, shown: Shown) -> Shown:
    """Return a session as it is with what is left out of it now.

    Raises
    ------
    StorageError
        If the store can't be read.
    """
    left_out = store.left_out.of(shown.info.id)
    opened = open_session(shown.opened.timeline, [each.span for each in left_out])
    return replace(shown, opened=opened, left_out=left_out)


async def keep_figures(store: Store, session_id: int) -> str:
    """Work out the kept figures anew; return a sentence where that could not be."""
    try:
        await asyncio.to_thread(refresh_one, store, session_id)
    except StorageError as error:
        return str(error)
    return ""


async def session_before(store: Store, info: SessionInfo) -> int | None:
    """Return the number of the session before; None if there was none."""
    sessions = await asyncio.to_thread(store.sessions)
    at = info.started_at, info.id
    return next((each.id for each in sessions if (each.started_at, each.id) < at), None)


def save_copy(store: Store, session_id: int, path: Path) -> str:
    """Write a session to a file that this program reads; return why it could not be, or nothing."""
    from biofeedback.leaving.choosing import Wanted, choose
    from biofeedback.leaving.export import Form, Leaving, write
    from biofeedback.leaving.writing_whole import CannotLeaveError

    try:
        chosen = choose(store, Wanted(numbers=(session_id,)))
        write(store, Leaving(form=Form.JSON, chosen=chosen), path, force=True)
    except CannotLeaveError as error:
        return str(error)
    return ""
