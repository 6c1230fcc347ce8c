"""Days along a picture: where they lie, which are named, where a line breaks off. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log10

from biofeedback.sessions.history import months_on
from biofeedback.sessions.trend_series import WEEK_DAYS, DayValue

_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_DAYS_OF_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class DayAxis:
    """Days from one side of a picture to the other.

    Attributes
    ----------
    first, last
        The days at the two sides.
    left, right
        Where the sides are, in pixels.
    """

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Return where a day lies; a single one lies in the middle."""
        n_days = (self.last - self.first).days
        part = (day - self.first).days / n_days if n_days else 0.5
        return self.left + part * (self.right - self.left)

    def nearest(self, days: Sequence[date], x: float) -> int | None:
        """Return the place in ``days`` of the one nearest to ``x``; None without any."""
        return min(range(len(days)), key=lambda at: abs(self.x(days[at]) - x), default=None)


def day_ticks(first: date, last: date, most: int) -> list[date]:
    """Return days to name, at most about ``most``: by days, by weeks, or the first of months."""
    n_days = (last - first).days + 1
    for step in _DAY_STEPS:
        if n_days / step <= most:
            return [first + timedelta(days=n) for n in range(0, n_days, step)]
    wanted = (step for step in _MONTH_STEPS if n_days / (_DAYS_OF_MONTH * step) <= most)
    step = next(wanted, _MONTH_STEPS[-1])
    month = first.replace(day=1)
    if step < 12:  # so that the same months are named in each year
        month = month.replace(month=(month.month - 1) // step * step + 1)
    else:
        month = month.replace(year=max(1, month.year // (step // 12) * (step // 12)), month=1)
    found = []
    while month <= last:
        if month >= first:
            found.append(month)
        month = months_on(month, step)
    return found


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values between two, at most about ``most`` of them."""
    span = max(1e-9, high - low)
    size = 10.0 ** floor(log10(span / max(1, most)))
    step = next((size * each for each in (1, 2, 5, 10) if span / (size * each) <= most), size * 10)
    begin, end = -floor(-low / step + 1e-9), floor(high / step + 1e-9)
    return [round(n * step, 10) for n in range(int(begin), int(end) + 1)]


def unbroken(days: Sequence[DayValue]) -> list[list[tuple[date, float]]]:
    """Return days with the mean of their week, apart where a week or more lies between two.

    A day whose week has no mean breaks the line, too.
    """
    found: list[list[tuple[date, float]]] = []
    last: date | None = None
    for each in days:
        if each.week_mean is None:
            last = None
            continue
        if last is None or each.day - last >= timedelta(days=WEEK_DAYS):
            found.append([])
        found[-1].append((each.day, each.week_mean))
        last = each.day
    return found
