"""One figure over days: each day's value, its mean over a week, and the usual band.

Everything here is arithmetic on values that were chosen before (`biofeedback.sessions.trends`
says which), one a day.

- The mean of a day is that of the 7 days up to it, from 3 days with a value on. Of trained
  athletes' lnRMSSD, three days of a week came close to all seven (Plews 2014; Flatt & Esco 2015
  would rather see five).
- The coefficient of variation is taken over the same days: how much the values wander within a
  week (Plews 2012).
- The band is mean +- 0.5 SD of the person's own days, 14 of them or more. Half a standard
  deviation is the field's rule of thumb for the smallest change worth a word (Plews 2013;
  Buchheit 2014); it is no limit of health.

References: Plews 2012, doi:10.1007/s00421-012-2354-4. Plews 2013, doi:10.1007/s40279-013-0071-8.
Plews 2014, doi:10.1123/ijspp.2013-0455. Flatt & Esco 2015, Int J Sports Physiol Perform 10(8):994.
Buchheit 2014, doi:10.3389/fphys.2014.00073.

Departures: those papers study athletes who measure on waking; here a person sits down to practise
whenever it suits, so only sessions of one posture and one time of day are put side by side. The
days of the band end with the last day that there is, since the first weeks would otherwise have
no band at all; so the last week is judged by a band that it is part of, which makes it a little
harder to be outside of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from typing import Any

MIN_SESSIONS = 8
"""With fewer there is no trend to look for."""

WEEK_DAYS = 7
MIN_DAYS_FOR_MEAN = 3
MIN_DAYS_FOR_BAND = 14
BAND_DAYS = 60
"""How far back the band looks: what was usual a year ago need not be usual now."""

BAND_SD = 0.5

_ROUNDING = 1e-9
"""Of sums: days that are all alike are within a band that is a line."""


class Lacking(StrEnum):
    """Of what there is too little."""

    SESSIONS = "sessions"
    """Usable sessions, for any trend."""
    DAYS_IN_WEEK = "days_in_week"
    """Days with a value among the last 7, for their mean."""
    DAYS_FOR_BAND = "days_for_band"
    """Days with a value among the last 60, for the usual band."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a trend still needs.

    Attributes
    ----------
    lacking
        Of what.
    have, need
        How many there are, and how many it takes.
    """

    lacking: Lacking
    have: int
    need: int


class Place(StrEnum):
    """Where the last week lies. No verdict: higher and lower are all that can be said."""

    LOWER = "lower"
    WITHIN = "within"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class DayValue:
    """One day of a figure.

    Attributes
    ----------
    day
        The calendar day on which the session began, by the person's own clock.
    value
        Of the day's session, in the figure's unit.
    session_id
        Which session that was.
    n_week_days
        Days with a value among the 7 that end with this one.
    week_mean
        Their mean; None with fewer than 3 of them, or while there is no trend.
    week_cv_pct
        Their standard deviation (n - 1) as a percentage of their mean; None as the mean is, or
        where a percentage of it makes no sense.
    """

    day: date
    value: float
    session_id: int
    n_week_days: int
    week_mean: float | None
    week_cv_pct: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """What has been usual for this person.

    Attributes
    ----------
    mean, sd
        Of the daily values, in the figure's unit; the SD with n - 1.
    low, high
        Mean minus and plus half of that SD.
    n_days
        Days with a value.
    first, last
        The first and the last of them: the band says nothing of other days.
    """

    mean: float
    sd: float
    low: float
    high: float
    n_days: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Series:
    """A figure over days.

    Attributes
    ----------
    days
        Those with a value, oldest first, one value each; days without are simply not there.
    n_sessions
        Sessions that carry the figure, several a day counted each.
    band
        None with fewer than 14 days in 60, or while there is no trend.
    place
        Where the mean of the last week lies against the band; None without one of them.
    missing
        What it still takes; empty when all is there.
    """

    days: tuple[DayValue, ...]
    n_sessions: int
    band: Band | None
    place: Place | None
    missing: tuple[Missing, ...]

    @property
    def is_trend(self) -> bool:
        """Whether there are enough sessions to look for a trend at all."""
        return self.n_sessions >= MIN_SESSIONS

    @property
    def last(self) -> DayValue | None:
        """The last day with a value."""
        return self.days[-1] if self.days else None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, ready for JSON."""
        band = self.band
        return {
            "n_sessions": self.n_sessions,
            "is_trend": self.is_trend,
            "days": [
                {
                    "day": each.day.isoformat(),
                    "value": each.value,
                    "session_id": each.session_id,
                    "n_week_days": each.n_week_days,
                    "week_mean": each.week_mean,
                    "week_cv_pct": each.week_cv_pct,
                }
                for each in self.days
            ],
            "band": None
            if band is None
            else {
                "low": band.low,
                "high": band.high,
                "mean": band.mean,
                "sd": band.sd,
                "n_days": band.n_days,
                "first": band.first.isoformat(),
                "last": band.last.isoformat(),
            },
            "place": None if self.place is None else self.place.value,
            "missing": [
                {"lacking": each.lacking.value, "have": each.have, "need": each.need}
                for each in self.missing
            ],
        }


def series(
    values: Sequence[tuple[date, float, int]], n_sessions: int, *, varies: bool = False
) -> Series:
    """Put a figure's daily values in a row.

    Parameters
    ----------
    values
        Day, value and session; oldest first, each day once.
    n_sessions
        Sessions that carry the figure.
    varies
        Whether a coefficient of variation makes sense: the figure has a true zero.

    Raises
    ------
    ValueError
        If the days don't rise.
    """
    ordinals = [day.toordinal() for day, _, _ in values]
    if any(later <= earlier for earlier, later in pairwise(ordinals)):
        raise ValueError("each day belongs in once, oldest first")
    enough = n_sessions >= MIN_SESSIONS
    days: list[DayValue] = []
    begin = 0
    for at, (day, value, session_id) in enumerate(values):
        while ordinals[begin] <= ordinals[at] - WEEK_DAYS:
            begin += 1
        week = [value for _, value, _ in values[begin : at + 1]]
        mean, cv_pct = None, None
        if enough and len(week) >= MIN_DAYS_FOR_MEAN:
            mean, sd = _mean_and_sd(week)
            cv_pct = 100 * sd / mean if varies and mean > 0 else None
        days.append(DayValue(day, value, session_id, len(week), mean, cv_pct))
    near = values[bisect_right(ordinals, ordinals[-1] - BAND_DAYS) :] if values else ()
    band = _band(near) if enough and len(near) >= MIN_DAYS_FOR_BAND else None
    last_mean = days[-1].week_mean if days else None
    return Series(
        tuple(days),
        n_sessions,
        band,
        None if band is None or last_mean is None else _place(last_mean, band),
        _missing(n_sessions, days[-1].n_week_days if days else 0, len(near)),
    )


def _missing(n_sessions: int, n_week_days: int, n_band_days: int) -> tuple[Missing, ...]:
    wanted = (
        Missing(Lacking.SESSIONS, n_sessions, MIN_SESSIONS),
        Missing(Lacking.DAYS_IN_WEEK, n_week_days, MIN_DAYS_FOR_MEAN),
        Missing(Lacking.DAYS_FOR_BAND, n_band_days, MIN_DAYS_FOR_BAND),
    )
    return tuple(each for each in wanted if each.have < each.need)


def _band(values: Sequence[tuple[date, float, int]]) -> Band:
    mean, sd = _mean_and_sd([value for _, value, _ in values])
    return Band(
        mean,
        sd,
        mean - BAND_SD * sd,
        mean + BAND_SD * sd,
        len(values),
        values[0][0],
        values[-1][0],
    )


def _place(mean: float, band: Band) -> Place:
    if mean < band.low - _ROUNDING:
        return Place.LOWER
    return Place.HIGHER if mean > band.high + _ROUNDING else Place.WITHIN


def _mean_and_sd(values: Sequence[float]) -> tuple[float, float]:
    mean = sum(values) / len(values)
    return mean, sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
