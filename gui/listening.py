"""Listens to a strap without a practice, to see how good its signal is. Nothing is kept of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from biofeedback.engine import Engine
from biofeedback.ports import Clock, Source
from biofeedback.types import Choices, Update

_CHOICES = Choices(wait_for_heart=True, quiet_s=0.0)


async def listen(
    open_source: Callable[[Clock], Source], clock: Clock, tell: Callable[[Update], None]
) -> None:
    """Tell what a source says of itself, until cancelled; then it is let go of.

    Parameters
    ----------
    open_source
        Makes the source.
    clock
        Session time.
    tell
        Is told each update that the engine makes of it, those of a practice left out by
        whoever listens.
    """
    engine = Engine(_CHOICES)
    events = open_source(clock).events()
    try:
        async for event in events:
            for update in engine.step(event):
                tell(update)
    finally:
        if hasattr(events, "aclose"):
            await events.aclose()
    await asyncio.Event().wait()  # a source that has ended says no more; the person decides
