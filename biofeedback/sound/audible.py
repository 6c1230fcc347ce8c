"""Which moment of the session the next samples are for, as a loudspeaker's clock drifts."""

from __future__ import annotations

JUMP_S = 0.12
"""A device this far off has stood still or was changed: the sound takes up where time is."""

_PULL_S = 1.0
"""Time constant with which an error is taken back."""

_MOST = 0.05
"""The breath may be led this much faster or slower than it is; its pitch stays the same."""


class AudibleTime:
    """Follows the session's clock smoothly, whatever the clock of the device does.

    Sound is made ahead, and the device plays it at its own speed. For each block it is told when
    the block will be heard; what differs from that is taken back within a second or two, without
    a step. Errors of telling average out the same way.
    """

    def __init__(self) -> None:
        self._next_s: float | None = None

    def block(self, heard_s: float, length_s: float) -> tuple[float, float]:
        """Return the session times at which a block begins and ends.

        Parameters
        ----------
        heard_s
            Session time at which its first sample will be heard, as well as it is known.
        length_s
            Its length on the device's clock.
        """
        if self._next_s is None or abs(heard_s - self._next_s) > JUMP_S:
            self._next_s = heard_s
        begins_s = self._next_s
        lead = max(-_MOST, min(_MOST, (heard_s - begins_s) / _PULL_S))
        self._next_s = begins_s + length_s * (1 + lead)
        return begins_s, self._next_s
