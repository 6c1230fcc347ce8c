"""A figure over days: dots, the mean of each week, the usual band; gaps stay gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from math import exp, log

from biofeedback.report.page import Picture, Table
from biofeedback.report.scale import Scale, room_around, ticks
from biofeedback.report.svg import (
    BREATH,
    GRID,
    HEART,
    LINE,
    PALE_BREATH,
    SMALL_PX,
    SOFT,
    Drawing,
)
from biofeedback.report.trend_words import figure_words, in_units, shown
from biofeedback.report.wording import Wording
from biofeedback.sessions.trend_series import WEEK_DAYS, DayValue, Series
from biofeedback.sessions.trends import TrendFigure

WIDTH, HEIGHT = 720.0, 240.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 700.0, 26.0, 186.0
_MOST_ROWS = 40
_MANY_DAYS = 200
_LEAST = {TrendFigure.HR: 8.0, TrendFigure.FOLLOWING: 20.0}
"""Shown at least so much, so that a flat line looks flat."""

_LEAST_LN = log(2)


def trend_picture(
    figure: TrendFigure, series: Series, first: date, last: date, words: Wording
) -> Picture:
    """Draw a figure over days, with a table of its days, weeks or months.

    Parameters
    ----------
    figure, series
        What, and its days.
    first, last
        The days of the report.
    words
        The language.
    """
    title = figure_words(figure, words)
    description = words.counted("trend_desc", len(series.days), figure=title)
    drawing = Drawing(f"trend-{figure.value.replace('_', '-')}", WIDTH, HEIGHT, title, description)
    time = Scale(first.toordinal() - 0.5, last.toordinal() + 0.5, _LEFT, _RIGHT)
    level, marks = _level(figure, series)
    band = series.band
    if band is not None:
        x, until = time.at(band.first.toordinal() - 0.5), time.at(band.last.toordinal() + 0.5)
        low, high = level.at(in_units(figure, band.low)), level.at(in_units(figure, band.high))
        drawing.rect(x, high, until - x, low - high, PALE_BREATH)
        for y in (low, high):
            drawing.line(x, y, until, y, stroke=BREATH, width=0.8, dashed=True)
    for value in marks:
        y = level.at(value)
        drawing.line(_LEFT, y, _RIGHT, y, stroke=GRID, width=0.8)
        drawing.text(_LEFT - 6, y + 4, words.number(value), anchor="end", fill=SOFT, size=SMALL_PX)
    for each in series.days:
        drawing.circle(
            time.at(each.day.toordinal()),
            level.at(in_units(figure, each.value)),
            3.0 if len(series.days) <= _MANY_DAYS else 1.5,
            fill=HEART,
        )
    for run in _runs(series.days):
        drawing.polyline(
            (
                (time.at(each.day.toordinal()), level.at(in_units(figure, each.week_mean or 0.0)))
                for each in run
            ),
            stroke=BREATH,
            width=2.2 if len(series.days) <= _MANY_DAYS else 1.0,
        )
    drawing.text(4, 14, title, fill=SOFT, size=SMALL_PX)
    _time_axis(drawing, time, first, last, words)
    names = ["legend_day"]
    names += ["legend_week"] if any(each.week_mean is not None for each in series.days) else []
    names += ["legend_band"] if band is not None else []
    legend = " \N{MIDDLE DOT} ".join(words.say(name) for name in names)
    drawing.text(_LEFT, HEIGHT - 6, legend, fill=SOFT, size=SMALL_PX)
    return Picture(str(drawing), WIDTH, HEIGHT, description, _table(figure, series, words))


def _level(figure: TrendFigure, series: Series) -> tuple[Scale, list[float]]:
    """Return the scale of a figure and its round values; RMSSD on equal ratios, as it is judged."""
    kept = [each.value for each in series.days]
    kept += [] if series.band is None else [series.band.low, series.band.high]
    if figure is TrendFigure.LN_RMSSD:
        low, high = (exp(end) for end in room_around(kept, _LEAST_LN))
        marks = [
            each for each in (5, 10, 15, 20, 30, 40, 60, 80, 120, 160, 240) if low < each < high
        ]
        return Scale(low, high, _BOTTOM, _TOP, logarithmic=True), [float(each) for each in marks]
    shown_values = [in_units(figure, value) for value in kept]
    low, high = room_around(shown_values, _LEAST.get(figure, 4.0))
    return Scale(low, high, _BOTTOM, _TOP), ticks(low, high, 5)


def _runs(days: Sequence[DayValue]) -> Iterator[list[DayValue]]:
    """Break the line of means where there is none, or where a week or more lies between days."""
    run: list[DayValue] = []
    for each in days:
        far = run and each.day - run[-1].day >= timedelta(days=WEEK_DAYS)
        if run and (far or each.week_mean is None):
            yield run
            run = []
        if each.week_mean is not None:
            run.append(each)
    if run:
        yield run


def _time_axis(drawing: Drawing, time: Scale, first: date, last: date, words: Wording) -> None:
    drawing.line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM, stroke=LINE)
    n_days = (last - first).days + 1
    step = max(1, -(-n_days // 7))
    for number in range(0, n_days, step):
        day = first + timedelta(days=number)
        x = time.at(day.toordinal())
        drawing.line(x, _BOTTOM, x, _BOTTOM + 4)
        name = words.short_day(day) if n_days <= 300 else f"{words.short_day(day)} {day.year}"
        drawing.text(x, _BOTTOM + 18, name, anchor="middle", fill=SOFT, size=SMALL_PX)


def _table(figure: TrendFigure, series: Series, words: Wording) -> Table:
    days = series.days
    if len(days) <= _MOST_ROWS:
        rows = [
            (
                words.day(each.day),
                shown(figure, each.value, words),
                shown(figure, each.week_mean, words),
            )
            for each in days
        ]
        heads = ("col_day", "col_value", "col_week_mean")
        return Table(words.say("trend_table"), tuple(map(words.say, heads)), tuple(rows))
    head, groups, name = "col_week", _grouped(days, _monday), _week_words
    if len(groups) > _MOST_ROWS:
        head, groups, name = "col_month", _grouped(days, _month), _month_words
    if len(groups) > _MOST_ROWS:
        head, groups, name = "col_year", _grouped(days, _year), _year_words
    rows = [
        (
            name(begin, words),
            words.number(len(values)),
            shown(figure, sum(values) / len(values), words),
        )
        for begin, values in groups.items()
    ]
    heads = (head, "col_n_days", "col_mean")
    return Table(words.say("trend_table"), tuple(map(words.say, heads)), tuple(rows))


def _grouped(days: Sequence[DayValue], begin_of: Callable[[date], date]) -> dict[date, list[float]]:
    groups: dict[date, list[float]] = {}
    for each in days:
        groups.setdefault(begin_of(each.day), []).append(each.value)
    return groups


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


def _year(day: date) -> date:
    return day.replace(month=1, day=1)


def _week_words(begin: date, words: Wording) -> str:
    return words.say("week_of", day=words.day(begin))


def _month_words(begin: date, words: Wording) -> str:
    return words.month(begin)


def _year_words(begin: date, words: Wording) -> str:
    return str(begin.year)
