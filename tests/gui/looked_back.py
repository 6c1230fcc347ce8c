"""Sessions to look back at, without a store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from biofeedback.looking_back.opened import Opened, open_session
from biofeedback.sessions.info import Ended, SessionInfo
from biofeedback.sessions.left_out import Range
from biofeedback.sessions.reflection import Felt, Reflection
from biofeedback.timeline import timeline
from biofeedback.types import Strap
from gui.shown import Shown
from tests.biofeedback.looking_back.made import CHOICES, LENGTH_S, laid_out, rough, smooth
from tests.gui.assessed import FOUND

BEGAN = datetime(2026, 1, 2, 20, 15, tzinfo=UTC)
SAID = Reflection(Felt(7, 5), Felt(4, None, 3), ("after work",), "Rain on the window.")
NAMES = ("2 January 20:15   ·   5 minutes", "3 January 7:05   ·   10 minutes of shared humanity")


def info(number: int) -> SessionInfo:
    """A session with a strap."""
    return SessionInfo(
        id=number,
        uid="ab12",
        started_at=BEGAN,
        source="ble:F0:9E:1A:00:00:01",
        plan="five",
        choices=CHOICES,
        strap=Strap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4"),
        ended=Ended.COMPLETED,
        duration_s=LENGTH_S,
    )


def shown(number: int = 1, opened: Opened | None = None) -> Shown:
    """A session with an odd beat, a pause, a lost link, and a part left out."""
    part = Range(1, 200.0, 215.0)
    rough_again = open_session(rough().timeline, [part.span])
    tags = ("after work", "morning", "a rather long name for a tag, in full")
    return Shown(info(number), opened or rough_again, SAID, (part,), tags)


def assessed() -> Shown:
    """A search for the own pace."""
    opened = smooth()
    summary = replace(opened.summary, phases=(), verdict=None, resonance=FOUND)
    return shown(1, replace(opened, summary=summary))


def empty() -> Shown:
    """A session without a strap."""
    return Shown(info(1), open_session(timeline([], CHOICES, LENGTH_S)), Reflection())


def pair() -> tuple[Shown, Shown]:
    """Two sessions at different paces."""
    light = open_session(laid_out(replace(CHOICES, guide_id="light"), 5))
    return shown(1, smooth()), shown(2, light)
