"""What the pictures of history and trends show: the same practices each time."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import exp, sin
from random import Random

from biofeedback.sessions.history import SIMULATED, Came, Listed, newest_first
from biofeedback.sessions.trends import TrendFigure, TrendSession

_SEED = 3
_PRACTICES = ("soothing", "soothing", "mindful", "soothing", "letter", "common")
_LENGTHS_S = (420.0, 720.0, 420.0, 1320.0)
_TAGS = (("after work",), (), ("morning", "rain"), (), ("long day",), ("before sleep",), ())
_CAME = (Came.SAME, Came.SLOWER, Came.CANNOT_TELL, Came.FASTER, Came.FOLLOWED)


def listed(now: datetime) -> tuple[Listed, ...]:
    """Return the rows of two months, the newest one this morning."""
    chance = Random(_SEED)
    made = []
    for n in range(60):
        if chance.random() < 0.45:
            continue
        hour = 7 if chance.random() < 0.6 else 21
        started_at = (now - timedelta(days=n)).replace(hour=hour, minute=chance.randrange(50))
        if started_at > now:
            continue
        practice = chance.choice(_PRACTICES)
        made.append(
            Listed(
                id=100 - n,
                started_at=started_at,
                practice=practice,
                strap=SIMULATED if n % 17 == 5 else "Polar H10 A1B2C3D4",
                duration_s=chance.choice(_LENGTHS_S),
                came=chance.choice(_CAME),
                tags=chance.choice(_TAGS),
                note="Rain on the window." if n % 6 == 0 else "",
                left_out=n == 9,
            )
        )
    return newest_first(made)


def followed(now: datetime) -> list[TrendSession]:
    """Return the sessions of eleven weeks, most of them of a morning, with a week away."""
    chance = Random(_SEED)
    begin = (now - timedelta(days=79)).replace(hour=7, minute=0)
    made = []
    for n in range(80):
        if 34 < n < 46 or chance.random() < 0.25:
            continue
        mood = 0.12 * sin(n / 9)
        ratings = {
            TrendFigure.TENSION_BEFORE: chance.choice((5, 6, 7)),
            TrendFigure.TENSION_AFTER: chance.choice((3, 4, 5)),
            TrendFigure.KINDNESS_BEFORE: chance.choice((3, 4)),
            TrendFigure.KINDNESS_AFTER: chance.choice((4, 5, 6)),
        }
        made.append(
            TrendSession(
                session_id=n + 1,
                started_at=begin + timedelta(days=n, minutes=chance.randrange(50)),
                source="ble:AA",
                posture="sitting",
                quiet_s=60.0,
                hr_bpm=64 - 10 * mood + chance.gauss(0, 1.6),
                rmssd_ms=exp(3.5 + mood + chance.gauss(0, 0.17)),
                following_r2=min(0.95, max(0.05, 0.55 + chance.gauss(0, 0.12))),
                ratings=ratings if chance.random() < 0.6 else None,
            )
        )
        if chance.random() < 0.3:
            late = begin + timedelta(days=n, hours=14)
            made.append(TrendSession(1000 + n, late, "ble:AA", "lying", 60.0, 61.0, 34.0))
    return made
