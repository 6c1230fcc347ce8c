"""Sessions to make trends of: mornings of some weeks, with a gap, and a few that don't fit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import sin

from biofeedback.sessions.trends import TrendFigure, TrendSession

BEGIN = datetime(2026, 1, 5, 7, 40, tzinfo=UTC)


def sessions(n_days: int, *, rated: bool = True) -> list[TrendSession]:
    """One session each morning but for days 20 to 31; lying now and then of an evening."""
    made = []
    for n in range(n_days):
        if 20 <= n < 32:
            continue
        ratings = {TrendFigure.TENSION_BEFORE: 5 + n % 3, TrendFigure.TENSION_AFTER: 3 + n % 3}
        made.append(
            TrendSession(
                n + 1,
                BEGIN + timedelta(days=n),
                "ble:AA",
                "sitting",
                60.0,
                64.0 - 2 * sin(n / 5),
                30.0 + 6 * sin(n / 5) + n % 4,
                0.5 + n % 5 / 20,
                False,
                ratings if rated else None,
            )
        )
        if n % 6 == 0:
            late = BEGIN + timedelta(days=n, hours=12)
            made.append(TrendSession(1000 + n, late, "ble:AA", "lying", 60.0, 60.0, 41.0))
    return made
