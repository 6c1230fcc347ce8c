"""Two sessions held against one another: like with like, and nothing else.

Quiet time goes with quiet time, since the breath was the person's own in both. What was breathed
with a guide goes with what was breathed at the same pace: another pace moves these figures by
itself. A difference is a difference, and no verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from biofeedback.looking_back.opened import Opened
from biofeedback.sessions.kept_figures import Figures
from biofeedback.types import PhaseName

SAME_PACE_PER_MIN = 0.25
"""Paces that are no further apart than this count as one."""


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


def _swing(figures: Figures) -> float | None:
    return None if figures.amplitude_bpm is None else 2 * figures.amplitude_bpm


_VALUES: tuple[tuple[PhaseName, Figure, Callable[[Figures], float | None]], ...] = (
    (PhaseName.QUIET_BEFORE, Figure.HR, lambda kept: kept.before_hr_bpm),
    (PhaseName.QUIET_BEFORE, Figure.RMSSD, lambda kept: kept.before_rmssd_ms),
    (PhaseName.GUIDED, Figure.HR, lambda kept: kept.guided_hr_bpm),
    (PhaseName.GUIDED, Figure.FOLLOWING, lambda kept: kept.following_r2),
    (PhaseName.GUIDED, Figure.SWING, _swing),
    (PhaseName.QUIET_AFTER, Figure.HR, lambda kept: kept.after_hr_bpm),
    (PhaseName.QUIET_AFTER, Figure.RMSSD, lambda kept: kept.after_rmssd_ms),
)
"""What is compared, in order. No RMSSD of the practice: slow breath raises it by arithmetic."""


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
    one, other = (Figures.from_summary(opened.summary) for opened in (first, second))
    for phase, figure, value in _VALUES:
        was, came = value(one), value(other)
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
