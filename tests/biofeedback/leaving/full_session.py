"""A practice of a minute and a half that somebody might have had."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from biofeedback.hrm import encode
from biofeedback.run import replay
from biofeedback.sessions.info import Ended
from biofeedback.sessions.reflection import Felt, Reflection
from biofeedback.sessions.whole import WholeSession
from biofeedback.types import (
    Action,
    Choices,
    Event,
    HeartRateMeasurement,
    LinkLost,
    LinkReason,
    LinkUp,
    Marker,
    Packet,
    Strap,
)

STRAP = Strap("AA:BB:CC:DD:EE:FF", "Polar H10 1234", 80)
CHOICES = Choices(length_s=90.0, quiet_s=30.0, guide_id="ease")


def full_session(uid: str = "ab" * 16, minute: int = 4) -> WholeSession:
    """Return it; another uid and minute make another one."""
    events: list[Event] = [LinkUp(0.0, STRAP)]
    for second in range(1, 90):
        rr_ticks = (900 + 40 * (second % 5),)
        events.append(Packet(float(second), encode(HeartRateMeasurement(66, rr_ticks))))
        if second == 50:
            events += [Marker(50.2, Action.PAUSE), Marker(52.4, Action.RESUME)]
        if second == 70:
            events += [LinkLost(70.5, LinkReason.DROPPED), LinkUp(70.9, STRAP)]
    events.sort(key=lambda event: event.t_s)
    _, summary = replay(events, CHOICES, 95.0)
    session = WholeSession(
        uid=uid,
        started_at=datetime(2026, 3, minute, 5, 6, 7, 890123, timezone(timedelta(hours=1))),
        source="ble:AA:BB:CC:DD:EE:FF",
        choices=CHOICES,
        strap=STRAP,
        ended=Ended.COMPLETED,
        duration_s=summary.duration_s,
        n_packets=summary.n_packets,
        n_beats=summary.n_beats,
        figures=None,
        said=Reflection(Felt(5, 4, None), Felt(3, 4, 6), ("evening", "at home"), "It was good."),
        left_out=((10.0, 12.5),),
        events=tuple(events),
    )
    return replace(session, figures=summary.to_dict())
