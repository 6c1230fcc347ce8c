"""Two sessions held against one another: like with like, and nothing else.

Quiet time goes with quiet time, since the breath was the person's own in both. What was breathed
with a guide goes with what was breathed at the same pace: another pace moves these figures by
itself. A difference is a difference, and no verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from biofeedback.looking_back.opened import Opened
from biofeedback.sessions.summary import PhaseFigures
from biofeedback.types import PhaseName

SAME_PACE_PER_MIN = 0.25
"""Paces that are no further apart than this count as one."""

COMPARED = (PhaseName.QUIET_BEFORE, PhaseName.GUIDED, PhaseName.QUIET_AFTER)


class Figure(StrEnum):
    """What is compared."""

    HR = "hr"
    RMSSD = "rmssd"
    FOLLOWING = "following"
    SWING = "swing"


_ABOUT_THE_SAME = {Figure.HR: 1.0, Figure.FOLLOWING: 0.1, Figure.SWING: 1.0}
"""Differences below this are about none, in the figure's own unit."""

_RMSSD_ABOUT_THE_SAME = 0.1
"""RMSSD differs in proportion: below this part of the larger one it is about the same."""


class Apart(StrEnum):
    """Why two figures are not held against one another."""

    MISSING = "missing"
    OTHER_PACE = "other_pace"
    OTHER_HEART = "other_heart"
    OTHER_KIND = "other_kind"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of both sessions.

    Attributes
    ----------
    phase, figure
        Which figure of which phase. HR and swing in beats a minute, RMSSD in ms, following 0..1.
    first, second
        Its values; None where the data does not carry it.
    apart
        Why they are not compared; None where they are.
    """

    phase: PhaseName
    figure: Figure
    first: float | None
    second: float | None
    apart: Apart | None = None

    @property
    def difference(self) -> float | None:
        """How much more it was in the second; None where they are not compared."""
        if self.apart is not None or self.first is None or self.second is None:
            return None
        return self.second - self.first

    @property
    def about_the_same(self) -> bool:
        """Whether they are compared and hardly differ."""
        if self.difference is None or self.first is None or self.second is None:
            return False
        if self.figure is Figure.RMSSD:
            larger = max(self.first, self.second)
            return abs(self.difference) < _RMSSD_ABOUT_THE_SAME * larger
        return abs(self.difference) < _ABOUT_THE_SAME[self.figure]


def compare(first: Opened, second: Opened, *, same_heart: bool = True) -> tuple[Row, ...]:
    """Hold two sessions against one another.

    Parameters
    ----------
    first, second
        The sessions, the earlier one first.
    same_heart
        False where one heart is a person's and the other simulated.
    """
    rows: list[Row] = []
    for phase in COMPARED:
        one, other = _figures(first, phase), _figures(second, phase)
        if one is None and other is None:
            continue
        pairs: list[tuple[Figure, float | None, float | None]] = [
            (Figure.HR, one.hr_bpm if one else None, other.hr_bpm if other else None),
            (Figure.RMSSD, one.rmssd_ms if one else None, other.rmssd_ms if other else None),
        ]
        if phase is PhaseName.GUIDED:
            pairs += _followed(first, second)
        for figure, was, came in pairs:
            if was is None and came is None:
                continue
            apart = None
            if was is None or came is None:
                apart = Apart.MISSING
            elif not same_heart:
                apart = Apart.OTHER_HEART
            elif first.heart.of_beats is not second.heart.of_beats:
                apart = Apart.OTHER_KIND
            elif phase is PhaseName.GUIDED and not same_pace(first, second):
                apart = Apart.OTHER_PACE
            rows.append(Row(phase, figure, was, came, apart))
    return tuple(rows)


def same_pace(first: Opened, second: Opened) -> bool:
    """Tell whether both were breathed at one pace, or both without a guide."""
    one, other = first.pace_per_min, second.pace_per_min
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SAME_PACE_PER_MIN


def _figures(opened: Opened, phase: PhaseName) -> PhaseFigures | None:
    return next((each for each in opened.summary.phases if each.name is phase), None)


def _followed(first: Opened, second: Opened) -> list[tuple[Figure, float | None, float | None]]:
    one, other = first.summary.following, second.summary.following
    return [
        (Figure.FOLLOWING, one.r2 if one else None, other.r2 if other else None),
        (
            Figure.SWING,
            2 * one.amplitude_bpm if one else None,
            2 * other.amplitude_bpm if other else None,
        ),
    ]
