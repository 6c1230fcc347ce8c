"""Rows of a history to look at: some weeks of practice, of all kinds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from biofeedback.sessions.history import SIMULATED, Came, Listed, newest_first

NOW = datetime(2026, 3, 9, 21, 5, tzinfo=UTC)
_PRACTICES = ("soothing", "soothing", "letter", "mindful", "common", "soothing")
_TAGS = (("after work",), ("morning", "rain"), (), (), ("long day", "after work"))
_STRAPS = ("Polar H10 A1B2C3D4", SIMULATED, "HRM-Dual:019823")
_CAME = (Came.SLOWER, Came.SAME, Came.FASTER, Came.CANNOT_TELL, Came.FOLLOWED)


def rows(n: int) -> tuple[Listed, ...]:
    """So many practices, the newest one first: every 30 hours one, back from `NOW`."""
    return newest_first(
        Listed(
            id=n - each,
            started_at=NOW - timedelta(hours=30 * each),
            practice=_PRACTICES[each % len(_PRACTICES)],
            strap=_STRAPS[each % len(_STRAPS)],
            duration_s=(420.0, 720.0, 60.0)[each % 3],
            came=_CAME[each % len(_CAME)],
            tags=_TAGS[each % len(_TAGS)],
            note="A quiet room." if each % 4 == 0 else "",
            left_out=each == 5,
        )
        for each in range(n)
    )
