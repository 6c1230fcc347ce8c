"""A session as its page shows it, read off Qt's thread; straps are heard meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from biofeedback.looking_back.opened import Opened, open_session
from biofeedback.sessions.info import SessionInfo
from biofeedback.sessions.reflection import Reflection
from biofeedback.timeline import TimelineBuilder

if TYPE_CHECKING:
    from biofeedback.sessions.store import Store

_BEATS_AT_A_TIME = 64


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
    known_tags
        Tags to pick from.
    before_id
        The session before it, to compare it with; None if it was the first.
    """

    info: SessionInfo
    opened: Opened
    said: Reflection
    known_tags: tuple[str, ...] = ()
    before_id: int | None = None


async def read_shown(store: Store, session_id: int) -> Shown:
    """Read a session and all that belongs to it.

    Raises
    ------
    StorageError
        If there is no such session, or it can't be read.
    ContentError
        If it needs words that this version doesn't have.
    """
    info = store.session(session_id)
    builder = TimelineBuilder(
        store.events(session_id), info.choices, info.duration_s, info.personal
    )
    for _ in builder.steps(_BEATS_AT_A_TIME):
        await asyncio.sleep(0)  # a strap that has news is heard
    opened = open_session(builder.timeline())
    earlier = [
        each.id
        for each in store.sessions()
        if (each.started_at, each.id) < (info.started_at, info.id)
    ]
    return Shown(
        info,
        opened,
        store.reflections.of(session_id),
        store.reflections.known_tags(),
        earlier[0] if earlier else None,
    )
