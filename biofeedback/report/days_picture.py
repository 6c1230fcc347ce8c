"""The days on which somebody practised, as a calendar. Nothing is counted up or joined."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from biofeedback.report.page import Picture, Table
from biofeedback.report.svg import BREATH, PALE, SMALL_PX, SOFT, Drawing
from biofeedback.report.wording import Wording

WIDTH = 720.0
_CELL, _MONTH_PX, _TOP = 22.0, 236.0, 24.0
_A_ROW = 3
_MOST_MONTHS = 12
"""A year fits a sheet of paper."""


def days_picture(days: Collection[date], first: date, last: date, words: Wording) -> Picture:
    """Mark each day with a practice in the calendar of the report's months, the last ones.

    Parameters
    ----------
    days
        With a practice.
    first, last
        Of the report.
    words
        The language.
    """
    months = _months(first, last)[-_MOST_MONTHS:]
    height = _TOP + -(-len(months) // _A_ROW) * (_CELL * 7 + 34)
    all_of_it = months[0] == first.replace(day=1)
    description = words.say("days_desc" if all_of_it else "days_desc_last")
    drawing = Drawing("days", WIDTH, height, words.say("days_title"), description)
    for number, month in enumerate(months):
        left = 6 + (number % _A_ROW) * _MONTH_PX
        top = _TOP + (number // _A_ROW) * (_CELL * 7 + 34)
        drawing.text(left + 4, top - 8, words.month(month))
        for column, name in enumerate(words.weekdays()):
            x = left + (column + 0.5) * _CELL
            drawing.text(x, top + 12, name, anchor="middle", fill=SOFT, size=SMALL_PX)
        day = month
        row = 0
        while day.month == month.month:
            x = left + (day.weekday() + 0.5) * _CELL
            y = top + 28 + row * _CELL
            if not first <= day <= last:
                drawing.circle(x, y, 1.0, fill=PALE)
            elif day in days:
                drawing.circle(x, y, 6.0, fill=BREATH)
            else:
                drawing.circle(x, y, 2.0, fill=SOFT)
            if day.weekday() == 6:
                row += 1
            day += timedelta(days=1)
    rows = []
    for month in months:
        marked = sorted(day for day in days if (day.year, day.month) == (month.year, month.month))
        if marked:
            rows.append((words.month(month), ", ".join(str(day.day) for day in marked)))
    heads = (words.say("col_month"), words.say("col_days"))
    return Picture(
        str(drawing),
        WIDTH,
        height,
        description,
        Table(words.say("days_table"), heads, tuple(rows)),
    )


def _months(first: date, last: date) -> list[date]:
    months = []
    month = first.replace(day=1)
    while month <= last:
        months.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return months
