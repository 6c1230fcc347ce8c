"""A minute with a simulated strap that sends its ECG."""

from __future__ import annotations

import asyncio
from functools import cache

import numpy as np
from numpy.typing import NDArray

from biofeedback.leaving.laid_out import LaidOut
from biofeedback.run import summed_up
from biofeedback.sessions.info import Ended
from biofeedback.sessions.whole import WholeSession
from biofeedback.types import BreathPhase, Choices, Event
from devices.clock import VirtualClock
from devices.simulator import SimulatedSource
from tests.biofeedback.leaving.full_session import full_session

CHOICES = Choices(length_s=30.0, quiet_s=0.0)


@cache
def session_with_ecg() -> WholeSession:
    """Return it."""

    def no_guide(t_s: float) -> BreathPhase | None:
        del t_s
        return None

    async def taken() -> list[Event]:
        source = SimulatedSource(VirtualClock(), no_guide, 3, with_sensors=True)
        events: list[Event] = []
        async for event in source.events():
            if event.t_s > 30:
                break
            events.append(event)
        return events

    events = asyncio.run(taken())
    summary = summed_up(events, CHOICES, 30.0)
    return WholeSession(
        uid="ec" * 16,
        started_at=full_session().started_at,
        source="sim:3",
        choices=CHOICES,
        strap=None,
        ended=Ended.COMPLETED,
        duration_s=30.0,
        n_packets=summary.n_packets,
        n_beats=summary.n_beats,
        figures=summary.to_dict(),
        events=tuple(events),
    )


def ecg_of(laid: LaidOut) -> NDArray[np.float64]:
    """Return the samples in the order in which they were sent."""
    return np.concatenate([np.array(part.uv, dtype=np.float64) for part in laid.ecg])


def ends_s(laid: LaidOut) -> float:
    """Return when the last sample was taken, where all are evenly apart."""
    before = sum(len(part.uv) for part in laid.ecg[:-1])
    step_s = (laid.ecg[-1].from_s - laid.ecg[0].from_s) / before
    return laid.ecg[-1].from_s + step_s * (len(laid.ecg[-1].uv) - 1)
