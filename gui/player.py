"""Plays a session's timeline: where it stands, how fast, and what is news since the last frame."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING

from biofeedback.types import Update

if TYPE_CHECKING:
    from biofeedback.timeline import Timeline  # brings numpy: not before the first picture

SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 60.0, inf)
"""Times real time; the last one is as fast as it goes."""

_BATCH = 32


class Player:
    """A place in a timeline that moves on; a `biofeedback.ports.Clock` for whoever draws.

    Parameters
    ----------
    timeline
        What is played.

    Attributes
    ----------
    playing
        Whether time moves on.
    speed
        One of `SPEEDS`.
    """

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.playing = False
        self.speed = 1.0
        self._now_s = 0.0
        self._told = 0

    def now_s(self) -> float:
        """Return the session time that is reached."""
        return self._now_s

    async def sleep_until(self, t_s: float) -> None:
        """Nobody waits for a player: it is asked each frame."""
        raise NotImplementedError

    @property
    def at_end(self) -> bool:
        """Whether all of it is over."""
        return self._now_s >= self.timeline.duration_s

    def advance(
        self, dt_s: float, tell: Callable[[Update], None], late: Callable[[], bool]
    ) -> None:
        """Let ``dt_s`` real seconds pass, and tell what came meanwhile.

        Parameters
        ----------
        dt_s
            Real seconds.
        tell
            Is told each update.
        late
            As fast as it goes: asked now and then whether this frame has taken long enough.
        """
        if not self.playing:
            return
        if self.speed == inf:
            self._rush(tell, late)
        else:
            self._now_s = min(self._now_s + dt_s * self.speed, self.timeline.duration_s)
            count = self.timeline.count(self._now_s)
            for update in self.timeline.updates[self._told : count]:
                tell(update)
            self._told = count
        if self.at_end:
            self.playing = False

    def _rush(self, tell: Callable[[Update], None], late: Callable[[], bool]) -> None:
        updates, told_s = self.timeline.updates, self.timeline.told_s
        while not late():
            batch = updates[self._told : self._told + _BATCH]
            for update in batch:
                tell(update)
            self._told += len(batch)
            if self._told == len(updates):
                self._now_s = self.timeline.duration_s
                return
            self._now_s = told_s[self._told - 1]

    def seek(self, t_s: float) -> list[Update]:
        """Go to ``t_s``; return what has to be told to a fresh screen so that it shows it."""
        self._now_s = min(max(0.0, t_s), self.timeline.duration_s)
        self._told = self.timeline.count(self._now_s)
        return self.timeline.to_show(self._now_s)

    def faster(self, steps: int) -> None:
        """Take the next speed, or with -1 the one before."""
        at = SPEEDS.index(self.speed) + steps
        self.speed = SPEEDS[min(max(0, at), len(SPEEDS) - 1)]
