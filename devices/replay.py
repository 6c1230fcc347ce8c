"""A recording as a strap: the consumer can't tell the difference."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from biofeedback.ports import Clock
from biofeedback.sessions.as_sent import Sent
from biofeedback.types import (
    Event,
    LinkLost,
    LinkReason,
    LinkUp,
    Packet,
    SensorFrame,
    Strap,
)


class ReplaySource:
    """Sends what was recorded, at the times of the recording, and ends with it.

    Made by `from_events` or `from_rr`. The clock decides when an event comes, the recording
    what its ``t_s`` says.

    Attributes
    ----------
    left_out
        Intervals that no packet can carry (not finite, not above 0, or over 64 s).
    """

    def __init__(
        self, script: Callable[[], Iterator[Event]], clock: Clock, label: str, *, left_out: int = 0
    ) -> None:
        self._script = script
        self._clock = clock
        self._label = label
        self.left_out = left_out

    @classmethod
    def from_events(cls, recorded: Iterable[Event], clock: Clock, label: str) -> Self:
        """Replay what a strap sent and link changes; what the person did is left out.

        Parameters
        ----------
        recorded
            In order of time.
        clock
            Session time.
        label
            The specification that opens it again.
        """
        kept = [
            event
            for event in recorded
            if isinstance(event, Packet | SensorFrame | LinkUp)
            or (isinstance(event, LinkLost) and event.reason is not LinkReason.FINISHED)
        ]
        return cls(lambda: iter(kept), clock, label)

    @classmethod
    def from_rr(
        cls,
        rr_ms: ArrayLike,
        clock: Clock,
        label: str,
        *,
        starts: Sequence[bool] | NDArray[np.bool_] | None = None,
        t_s: ArrayLike | None = None,
    ) -> Self:
        """Turn intervals into the packets that a strap would have sent.

        Parameters
        ----------
        rr_ms, starts, t_s
            As `biofeedback.sessions.as_sent.Sent.of` takes them.
        clock
            Session time.
        label
            The specification that opens it again.

        Raises
        ------
        ValueError
            If the shapes differ.
        """
        sent = Sent.of(rr_ms, starts=starts, t_s=t_s)
        strap = Strap(label, "Recording")
        return cls(lambda: sent.events(strap), clock, label, left_out=sent.left_out)

    @property
    def label(self) -> str:
        """The specification that opens this recording again."""
        return self._label

    async def events(self) -> AsyncGenerator[Event, None]:
        """Send the recording; the last event says that it is finished."""
        t_s = 0.0
        for event in self._script():
            await self._clock.sleep_until(event.t_s)
            yield event
            t_s = event.t_s
        yield LinkLost(t_s, LinkReason.FINISHED)
