"""A simulated strap on a simulated heart, for everybody without a strap and for every test."""

from __future__ import annotations

import math
import random
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from dataclasses import replace
from enum import IntEnum

from biofeedback.hrm import encode
from biofeedback.ports import Clock, Guide
from biofeedback.types import (
    TICKS_PER_S,
    Event,
    HeartRateMeasurement,
    LinkLost,
    LinkReason,
    LinkUp,
    Packet,
    Strap,
)
from devices.faults import Fault, FaultKind, of_kinds
from devices.heart import Heart, HeartBeat, HeartTraits

DEFAULT_SEED = 1
"""The heart of ``sim:``."""

_PACKET_S = 1
_LATENCY_S = (0.02, 0.08)
_APART_S = 0.002
_SMOOTHED_OVER = 5


class _Detector:
    """What the strap makes of the beats: intervals of a packet and a smoothed rate."""

    def __init__(self, contact_lost: tuple[Fault, ...]) -> None:
        self._contact_lost = contact_lost
        self._recent: deque[int] = deque(maxlen=_SMOOTHED_OVER)

    def measure(self, t_s: float, beats: list[HeartBeat]) -> HeartRateMeasurement:
        """Return what is sent at ``t_s`` about ``beats``."""
        contact = not any(_holds(fault, t_s) for fault in self._contact_lost)
        seen = tuple(beat.rr_ticks for beat in beats if self._touched_throughout(beat))
        self._recent.extend(seen)
        if not contact:
            self._recent.clear()
            return HeartRateMeasurement(0, (), contact=False)
        if not self._recent:
            return HeartRateMeasurement(0, (), contact=True)
        mean_ticks = sum(self._recent) / len(self._recent)
        return HeartRateMeasurement(round(60 * TICKS_PER_S / mean_ticks), seen, contact=True)

    def _touched_throughout(self, beat: HeartBeat) -> bool:
        began_s = beat.t_s - beat.rr_ticks / TICKS_PER_S
        return not any(
            began_s < _over_s(fault) and beat.t_s >= fault.t_s for fault in self._contact_lost
        )


class SimulatedSource:
    """A strap that sends a packet a second, for ever.

    Packets are stamped with the time at which they were due, so that they do not depend on the
    machine or on the clock's speed: the same seed and the same guide give the same events.

    Parameters
    ----------
    clock
        Session time.
    guide
        What the person breathes with. When a packet is due, it is asked for every 1/32 s of the
        second behind it, in order: never for a time that the clock has not reached.
    seed
        Which heart it is, and all chance.
    traits
        The person, where chance is not to choose.
    faults
        What goes wrong, in any order. By default nothing does.
    """

    def __init__(
        self,
        clock: Clock,
        guide: Guide,
        seed: int = DEFAULT_SEED,
        *,
        traits: HeartTraits | None = None,
        faults: Iterable[Fault] = (),
    ) -> None:
        self._clock = clock
        self._guide = guide
        self._seed = seed
        self._faults = tuple(faults)
        self._traits = HeartTraits.draw(seed) if traits is None else traits
        self._heart: Heart | None = None

    @property
    def label(self) -> str:
        """The specification that opens this heart again."""
        return "sim:" if self._seed == DEFAULT_SEED else f"sim:{self._seed}"

    @property
    def traits(self) -> HeartTraits:
        """The person: the truth that estimates can be held against."""
        return self._traits

    @property
    def calm_now_bpm(self) -> float:
        """How much the practice has truly changed the mean rate by now."""
        return 0.0 if self._heart is None else self._heart.calm_now_bpm

    async def events(self) -> AsyncGenerator[Event, None]:
        """Connect, then send packets until closed."""
        # A source that is opened late does not make up for the time before.
        start_s = math.floor(self._clock.now_s())
        heart = self._heart = Heart(
            self._seed, traits=self._traits, faults=self._faults, start_s=start_s
        )
        radio = _Radio(self.label, self._faults, start_s)
        detector = _Detector(of_kinds(self._faults, FaultKind.CONTACT_LOST))
        chance = random.Random(f"latency {self._seed}")
        for event in radio.connect(float(start_s)):
            yield event
        packet_s = start_s
        while True:
            packet_s += _PACKET_S
            due_s = packet_s + chance.uniform(*_LATENCY_S)
            while (interruption_s := radio.next_interruption_s()) <= due_s:
                await self._clock.sleep_until(interruption_s)
                for event in radio.interrupt():
                    yield event
            await self._clock.sleep_until(due_s)
            measured = detector.measure(packet_s, heart.advance(packet_s, self._guide))
            for event in radio.send(due_s, encode(measured)):
                yield event


class _Radio:
    """The way from the strap to here, with all that may happen on it."""

    def __init__(self, label: str, faults: tuple[Fault, ...], start_s: float) -> None:
        self._strap = Strap(label, "Simulated heart", battery_pct=100, location="chest")
        self._battery = of_kinds(faults, FaultKind.BATTERY)
        self._lost = of_kinds(faults, FaultKind.PACKETS_LOST)
        self._late = of_kinds(faults, FaultKind.PACKETS_LATE)
        self._doubled = of_kinds(faults, FaultKind.PACKETS_DOUBLED)
        self._held: list[bytes] = []
        self._drops = 0
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
                return [Packet(self._rising(t_s), payload) for payload in held]
            case _Turn.DROP:
                self._held.clear()
                self._drops += 1
                if self._drops == 1:
                    return [LinkLost(self._rising(t_s), LinkReason.DROPPED)]
            case _Turn.RETURN:
                self._drops -= 1
                if self._drops == 0:
                    return self.connect(t_s)
        return []

    def send(self, t_s: float, payload: bytes) -> list[Event]:
        """Return what arrives of a packet that is due at ``t_s``."""
        if self._drops or any(_holds(fault, t_s) for fault in self._lost):
            return []
        if any(_holds(fault, t_s) for fault in self._late):
            self._held.append(payload)
            return []
        copies = 2 if any(_holds(fault, t_s) for fault in self._doubled) else 1
        return [Packet(self._rising(t_s), payload) for _ in range(copies)]

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
        return ((_over_s(fault), _Turn.RELEASE),)
    return ((fault.t_s, _Turn.DROP), (_over_s(fault), _Turn.RETURN))


def _over_s(fault: Fault) -> float:
    """Return when a fault is over; at least one packet is hit."""
    return max(fault.ends_s, fault.t_s + _PACKET_S)


def _holds(fault: Fault, t_s: float) -> bool:
    return fault.t_s <= t_s < _over_s(fault)
