"""What the core asks of the world: sources of events, a place to keep them, time, a listener."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Protocol

from biofeedback.types import BreathPhase, Event, Update


class Clock(Protocol):
    """Session time. Real, sped up, or as fast as the machine can."""

    def now_s(self) -> float:
        """Seconds since the session began; may be asked from any thread."""
        ...

    async def sleep_until(self, t_s: float) -> None:
        """Come back when session time has reached ``t_s``; at once if it already has."""
        ...


class Source(Protocol):
    """A strap, a simulated heart or a recording: something that packets come from."""

    @property
    def label(self) -> str:
        """The specification that would open it again, such as ``sim:`` or ``ble:ADDRESS``."""
        ...

    def events(self) -> AsyncIterator[Event]:
        """Packets and link changes in order of time; ends when nothing more can come.

        Closing the iterator (``aclose``) disconnects and releases everything.
        """
        ...


class Recorder(Protocol):
    """Keeps events before anything reads them."""

    def write(self, event: Event) -> None:
        """Put one event on disk; it is there when this returns.

        Raises
        ------
        OSError
            If it could not be written; the message is a sentence for the person.
        """
        ...


Sink = Callable[[Update], None]
"""Whoever wants to know: the window, the terminal, a list in a test."""

Guide = Callable[[float], BreathPhase | None]
"""Where the breath guide stands at a session time, or None while it rests."""
