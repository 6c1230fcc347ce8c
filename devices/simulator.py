"""A simulated strap on a simulated heart, for everybody without a strap and for every test."""

from __future__ import annotations

import heapq
import math
import random
from collections import deque
from collections.abc import AsyncGenerator, Iterable

from biofeedback.hrm import encode
from biofeedback.ports import Clock, Guide
from biofeedback.types import (
    TICKS_PER_S,
    Event,
    HeartRateMeasurement,
    Packet,
    SensorFrame,
)
from devices.faults import Fault, FaultKind, of_kinds
from devices.heart import Heart, HeartBeat, HeartTraits
from devices.simulated_radio import PACKET_S, Arrival, Radio, holds, over_s
from devices.steering import Steering
from devices.truth import Truth

DEFAULT_SEED = 1
"""The heart of ``sim:``."""

_LATENCY_S = (0.02, 0.08)
_SMOOTHED_OVER = 5

_SENSORS_STEP_S = 0.125
"""Sensors send several frames a second, which have to be ready when they are due."""

_RESTLESS_BEAT, _RESTLESS_SKIN = 0.35, 0.08
"""Chance that a second of a restless strap has a wrong beat, or no contact."""

_RESTLESS_MG = 60.0


class _Detector:
    """What the strap makes of the beats: intervals of a packet and a smoothed rate."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self._contact_lost = of_kinds(faults, FaultKind.CONTACT_LOST)
        self._recent: deque[int] = deque(maxlen=_SMOOTHED_OVER)

    def disturb(self, faults: Iterable[Fault]) -> None:
        """Let contact be lost again."""
        self._contact_lost = of_kinds((*self._contact_lost, *faults), FaultKind.CONTACT_LOST)

    def measure(self, t_s: float, beats: list[HeartBeat]) -> HeartRateMeasurement:
        """Return what is sent at ``t_s`` about ``beats``."""
        contact = not any(holds(fault, t_s) for fault in self._contact_lost)
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
            began_s < over_s(fault) and beat.t_s >= fault.t_s for fault in self._contact_lost
        )


class SimulatedSource:
    """A strap that sends a packet a second, for ever.

    Packets are stamped with the time at which they were due, so that they do not depend on the
    machine or on the clock's speed: the same seed, guide and steering give the same events.

    Parameters
    ----------
    clock
        Session time.
    guide
        What the person breathes with. At the end of each second (with sensors, of each eighth)
        it is asked for every 1/32 s behind it, in order: never for a time that the clock has
        not reached.
    seed
        Which heart it is, and all chance.
    traits
        The person, where chance is not to choose.
    faults
        What goes wrong, in any order. By default nothing does.
    with_sensors
        Be a strap with ECG and accelerometer, too, as an H10: `SensorFrame` among the events.
    steering
        Where to ask for a calmer or more tense heart, a restless strap or a lost link while it
        runs; from any thread: ``source.steering.steer(Steer.CALMER)``.
    truth
        Where to keep what really happens: beats, breath, calm.
    """

    def __init__(
        self,
        clock: Clock,
        guide: Guide,
        seed: int = DEFAULT_SEED,
        *,
        traits: HeartTraits | None = None,
        faults: Iterable[Fault] = (),
        with_sensors: bool = False,
        steering: Steering | None = None,
        truth: Truth | None = None,
    ) -> None:
        self._truth = truth
        self.steering = Steering() if steering is None else steering
        self._clock = clock
        self._guide = guide
        self._seed = seed
        self._faults = tuple(faults)
        self._traits = HeartTraits.draw(seed) if traits is None else traits
        self._with_sensors = with_sensors
        self._person: _Person | None = None

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
        """How much the practice, and whoever steers, have truly changed the mean rate by now."""
        return 0.0 if self._person is None else self._person.heart.calm_now_bpm

    async def events(self) -> AsyncGenerator[Event, None]:
        """Connect, then send packets until closed."""
        # A source that is opened late does not make up for the time before.
        start_s = math.floor(self._clock.now_s())
        person = self._person = _Person(
            self._seed,
            self._traits,
            self._faults,
            start_s,
            with_sensors=self._with_sensors,
            truth=self._truth,
        )
        radio = Radio(self.label, self._faults, start_s)
        on_the_way: list[tuple[float, int, Arrival]] = []
        n_sent = 0
        step_s = _SENSORS_STEP_S if self._with_sensors else PACKET_S
        now_s = float(start_s)
        for event in radio.connect(now_s):
            yield event
        while True:
            steered = self.steering.reach(now_s)
            for event in radio.cut(now_s, lost=steered.link_lost):
                yield event
            person.steer(now_s, steered.tension, restless=steered.strap_restless)
            now_s += step_s
            while True:
                arrives_s = on_the_way[0][0] if on_the_way else math.inf
                interruption_s = radio.next_interruption_s()
                due_s = min(arrives_s, interruption_s)
                if due_s > now_s:
                    break
                await self._clock.sleep_until(due_s)
                if interruption_s <= arrives_s:
                    arrived = radio.interrupt()
                else:
                    arrived = radio.send(due_s, heapq.heappop(on_the_way)[2])
                for event in arrived:
                    yield event
            await self._clock.sleep_until(now_s)
            for arrives_s, arrival in person.advance(now_s, self._guide):
                n_sent += 1
                heapq.heappush(on_the_way, (arrives_s, n_sent, arrival))


class _Person:
    """A heart and the strap on it."""

    def __init__(
        self,
        seed: int,
        traits: HeartTraits,
        faults: tuple[Fault, ...],
        start_s: int,
        *,
        with_sensors: bool,
        truth: Truth | None,
    ) -> None:
        self.heart = Heart(seed, traits=traits, faults=faults, start_s=start_s, truth=truth)
        self._detector = _Detector(faults)
        self._wave = None
        if with_sensors:
            # What needs no waves starts sooner without.
            from devices.h10_wave import H10Wave

            self._wave = H10Wave(seed, traits.breath, start_s=start_s)
        self._latency = random.Random(f"latency {seed}")
        self._restless = random.Random(f"restless {seed}")
        self._beats: list[HeartBeat] = []

    def steer(self, t_s: float, tension: int, *, restless: bool) -> None:
        """Let what was asked for hold from ``t_s`` on."""
        self.heart.tension = tension
        if self._wave is not None:
            self._wave.move(_RESTLESS_MG if restless else 0.0)
        if restless and t_s % PACKET_S == 0:
            faults = self._jolts(t_s)
            self.heart.disturb(faults)
            self._detector.disturb(faults)

    def advance(self, now_s: float, guide: Guide) -> list[tuple[float, Arrival]]:
        """Live on; return what the strap sends meanwhile, and when each arrives."""
        sent: list[tuple[float, Arrival]] = []
        beats = self.heart.advance(now_s, guide)
        self._beats += beats
        if self._wave is not None:
            frames = self._wave.advance(now_s, beats, guide)
            sent += [(frame.t_s, _frame_arrival(frame)) for frame in frames]
        if now_s % PACKET_S == 0:
            payload = encode(self._detector.measure(now_s, self._beats))
            self._beats = []
            due_s = now_s + self._latency.uniform(*_LATENCY_S)
            sent.append((due_s, lambda t_s: Packet(t_s, payload)))
        return sent

    def _jolts(self, t_s: float) -> list[Fault]:
        """Draw what a loose strap makes of the second that begins at ``t_s``."""
        jolts = []
        if self._restless.random() < _RESTLESS_BEAT:
            kind = self._restless.choice((FaultKind.MISSED, FaultKind.EXTRA))
            jolts.append(Fault(t_s + self._restless.random(), kind))
        if self._restless.random() < _RESTLESS_SKIN:
            jolts.append(Fault(t_s, FaultKind.CONTACT_LOST, 2.0))
        return jolts


def _frame_arrival(frame: SensorFrame) -> Arrival:
    return lambda t_s: SensorFrame(t_s, frame.stream, frame.payload)
