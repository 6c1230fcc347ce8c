"""The way from a simulated strap to here, with all that may happen on it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from enum import IntEnum

from biofeedback.types import Event, LinkLost, LinkReason, LinkUp, Strap
from devices.faults import Fault, FaultKind, of_kinds

PACKET_S = 1
"""A strap sends a packet a second."""

_APART_S = 0.002

Arrival = Callable[[float], Event]
"""Makes the event of a thing sent, given when it arrives."""


class Radio:
    """Carries what a strap sends.

    Parameters
    ----------
    label
        The strap's address.
    faults
        What goes wrong; faults of the heart and the skin are none of the radio's.
    start_s
        Session time at which the strap is connected to.
    """

    def __init__(self, label: str, faults: tuple[Fault, ...], start_s: float) -> None:
        self._strap = Strap(label, "Simulated heart", battery_pct=100, location="chest")
        self._battery = of_kinds(faults, FaultKind.BATTERY)
        self._lost = of_kinds(faults, FaultKind.PACKETS_LOST)
        self._late = of_kinds(faults, FaultKind.PACKETS_LATE)
        self._doubled = of_kinds(faults, FaultKind.PACKETS_DOUBLED)
        self._held: list[Arrival] = []
        self._drops = 0
        self._cut = False
        self._last_s = -math.inf
        # Latest first, so that the next one is popped from the end.
        self._interruptions = sorted(
            (
                turn
                for fault in (*self._late, *of_kinds(faults, FaultKind.LINK_DROPPED))
                if fault.t_s >= start_s
                for turn in _turns(fault)
            ),
            reverse=True,
        )

    def connect(self, t_s: float) -> list[Event]:
        """Return what a connection begins with."""
        charges = [fault.battery_pct for fault in self._battery if fault.t_s <= t_s]
        if charges:
            self._strap = replace(self._strap, battery_pct=charges[-1])
        return [LinkUp(self._rising(t_s), self._strap)]

    def next_interruption_s(self) -> float:
        """Return when something happens between packets; infinity if nothing will."""
        return self._interruptions[-1][0] if self._interruptions else math.inf

    def interrupt(self) -> list[Event]:
        """Let happen what is next."""
        t_s, turn = self._interruptions.pop()
        match turn:
            case _Turn.RELEASE:
                held, self._held = self._held, []
                return [arrival(self._rising(t_s)) for arrival in held]
            case _Turn.DROP:
                return self._drop(t_s)
            case _Turn.RETURN:
                return self._return(t_s)

    def cut(self, t_s: float, *, lost: bool) -> list[Event]:
        """Keep the link down from ``t_s`` on, or let it come back; return what that shows as."""
        if lost is self._cut:
            return []
        self._cut = lost
        return self._drop(t_s) if lost else self._return(t_s)

    def send(self, t_s: float, arrival: Arrival) -> list[Event]:
        """Return what arrives of something that is due at ``t_s``."""
        if self._drops or any(holds(fault, t_s) for fault in self._lost):
            return []
        if any(holds(fault, t_s) for fault in self._late):
            self._held.append(arrival)
            return []
        copies = 2 if any(holds(fault, t_s) for fault in self._doubled) else 1
        return [arrival(self._rising(t_s)) for _ in range(copies)]

    def _drop(self, t_s: float) -> list[Event]:
        self._held.clear()
        self._drops += 1
        return [LinkLost(self._rising(t_s), LinkReason.DROPPED)] if self._drops == 1 else []

    def _return(self, t_s: float) -> list[Event]:
        self._drops -= 1
        return [] if self._drops else self.connect(t_s)

    def _rising(self, t_s: float) -> float:
        """Keep events a little apart and in order."""
        self._last_s = float(t_s) if t_s > self._last_s else self._last_s + _APART_S
        return self._last_s


class _Turn(IntEnum):
    """What happens between packets."""

    RELEASE = 0
    DROP = 1
    RETURN = 2


def _turns(fault: Fault) -> tuple[tuple[float, _Turn], ...]:
    if fault.kind is FaultKind.PACKETS_LATE:
        return ((over_s(fault), _Turn.RELEASE),)
    return ((fault.t_s, _Turn.DROP), (over_s(fault), _Turn.RETURN))


def over_s(fault: Fault) -> float:
    """Return when a fault is over; at least one packet is hit."""
    return max(fault.ends_s, fault.t_s + PACKET_S)


def holds(fault: Fault, t_s: float) -> bool:
    """Tell whether a fault that lasts is on at ``t_s``."""
    return fault.t_s <= t_s < over_s(fault)
