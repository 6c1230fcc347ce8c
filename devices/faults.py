"""What can go wrong with a simulated heart or its strap, as a script of frozen values."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What goes wrong.

    Of the heart and the detector, once, at the first beat after the time: ``ECTOPIC`` (a beat
    comes early and a compensatory pause follows), ``MISSED`` (a beat is not seen), ``EXTRA``
    (a beat is seen that was none).

    Of the strap and the radio, for ``duration_s``, or for one packet if that is 0:
    ``CONTACT_LOST`` (heart rate 0, no intervals, contact bit cleared), ``PACKETS_LOST``,
    ``PACKETS_LATE`` (held back, then all at once), ``PACKETS_DOUBLED``, ``LINK_DROPPED``
    (the intervals in between are gone). ``BATTERY`` takes effect with the next connection,
    when a strap is asked for it.
    """

    ECTOPIC = "ectopic"
    MISSED = "missed"
    EXTRA = "extra"
    CONTACT_LOST = "contact_lost"
    PACKETS_LOST = "packets_lost"
    PACKETS_LATE = "packets_late"
    PACKETS_DOUBLED = "packets_doubled"
    LINK_DROPPED = "link_dropped"
    BATTERY = "battery"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong at a time.

    Attributes
    ----------
    t_s
        When, in session time.
    kind
        What.
    duration_s
        How long, for the kinds that last.
    battery_pct
        The charge that is left, for ``BATTERY``.

    Raises
    ------
    ValueError
        If a time is not finite, or the duration or charge is out of range.
    """

    t_s: float
    kind: FaultKind
    duration_s: float = 0.0
    battery_pct: int = 10

    def __post_init__(self) -> None:
        if not math.isfinite(self.t_s):
            raise ValueError(f"a fault happens at a finite time, not at {self.t_s} s")
        if not (math.isfinite(self.duration_s) and self.duration_s >= 0):
            raise ValueError(f"a fault lasts 0 s or more, not {self.duration_s} s")
        if not 0 <= self.battery_pct <= 100:
            raise ValueError(f"a battery holds 0 to 100 %, not {self.battery_pct}")

    @property
    def ends_s(self) -> float:
        """When it is over."""
        return self.t_s + self.duration_s


def of_kinds(faults: Iterable[Fault], *kinds: FaultKind) -> tuple[Fault, ...]:
    """Return those of ``kinds``, in order of time."""
    return tuple(sorted((f for f in faults if f.kind in kinds), key=lambda f: f.t_s))
