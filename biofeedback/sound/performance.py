"""A soundscape in time with a session: the loudspeaker's thread asks, any thread may tell."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from biofeedback.sound.audible import AudibleTime
from biofeedback.sound.control import BLOCK
from biofeedback.sound.soundscape import Soundscape
from biofeedback.types import Update

_OVER_S = 0.5


class Performance:
    """Gives a device its samples, each for the moment at which it will be heard.

    Parameters
    ----------
    soundscape
        What sounds; from now on only `tell` may touch it.
    now_s
        Session time; asked from the device's thread.
    """

    def __init__(self, soundscape: Soundscape, now_s: Callable[[], float]) -> None:
        self._soundscape = soundscape
        self._now_s = now_s
        self._audible = AudibleTime()
        self._told: deque[Callable[[Soundscape], None]] = deque()
        self._still_blocks = 0
        self._finishing = False

    @property
    def rate_hz(self) -> int:
        """Frames a second."""
        return self._soundscape.rate_hz

    def take(self, update: Update) -> None:
        """Let an update be heard in the next block."""
        self.tell(lambda soundscape: soundscape.take(update))

    def finish(self) -> None:
        """Nothing more will be told; once what sounds has died away, it is over."""
        self._finishing = True

    @property
    def finishing(self) -> bool:
        """Whether nothing more will be told."""
        return self._finishing

    @property
    def over(self) -> bool:
        """Whether nothing will be heard any more."""
        return self._finishing and not self._told and self.still_s > _OVER_S

    @property
    def still_s(self) -> float:
        """For how long nothing has been heard."""
        return self._still_blocks * BLOCK / self.rate_hz

    def tell(self, what: Callable[[Soundscape], None]) -> None:
        """Let something be done with the soundscape before its next block; any thread may call."""
        self._told.append(what)

    def block(self, ahead_s: float) -> NDArray[np.float32]:
        """Return the next block.

        Parameters
        ----------
        ahead_s
            Seconds until its first sample is heard: what is queued, and what the device adds.
        """
        while self._told:
            self._told.popleft()(self._soundscape)
        length_s = BLOCK / self.rate_hz
        begins_s, ends_s = self._audible.block(self._now_s() + ahead_s, length_s)
        block = self._soundscape.block(begins_s, ends_s)
        self._still_blocks = self._still_blocks + 1 if self._soundscape.still else 0
        return block
