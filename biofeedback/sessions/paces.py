"""The pace that two assessments agree on, out of the sessions that are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from biofeedback.practice.assessing import PROTOCOLS
from biofeedback.sessions.info import SessionInfo
from biofeedback.signals.resonance_assessment import agreed_per_min

PERSON = "person"
"""Whose heart it is where a strap measured it."""


@dataclass(frozen=True, slots=True)
class KeptPace:
    """What the last two assessments that named a pace say together.

    Attributes
    ----------
    pace_per_min
        The pace that they agree on (`agreed_per_min`), or None.
    n_named
        How many of them there are: 0, 1 or 2.
    """

    pace_per_min: float | None
    n_named: int


def heart_of(source: str) -> str:
    """Return whose heart a source is: each simulated one is its own, straps are the person's."""
    return source if source.startswith(("sim:", "replay:")) else PERSON


def kept_pace(sessions: Iterable[SessionInfo], source: str) -> KeptPace:
    """Look for two assessments of the same heart that agree.

    Parameters
    ----------
    sessions
        Newest first, as `Store.sessions` gives them.
    source
        Of the heart that is asked about. A simulated one, or a recording of anybody's, names
        no pace of the person's: nothing of it is kept.
    """
    if heart_of(source) != PERSON:
        return KeptPace(None, 0)
    named: list[float] = []
    for info in sessions:
        if info.plan not in PROTOCOLS or heart_of(info.source) != heart_of(source):
            continue
        resonance = (info.summary or {}).get("resonance") or {}
        pace = resonance.get("pace_per_min")
        if isinstance(pace, int | float):
            named.append(float(pace))
        if len(named) == 2:
            return KeptPace(agreed_per_min(*named), 2)
    return KeptPace(None, len(named))
