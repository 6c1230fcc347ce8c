"""A picture of trends: each day, the mean of its week, and the usual band."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from biofeedback.cli.plot import BREATH, HEART, INK
from biofeedback.report.trend_words import FROM_THE_HEART, figure_words, in_units, series_words
from biofeedback.report.wording import Wording
from biofeedback.sessions.trend_series import WEEK_DAYS, Series
from biofeedback.sessions.trends import TrendFigure, Trends


def draw(trends: Trends, words: Wording, path: Path) -> None:
    """Draw trends to ``path``; the ending decides the format (svg, png, pdf).

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    OSError, ValueError
        If the file can't be written, or its ending is unknown.
    """
    from matplotlib.dates import AutoDateLocator, DateFormatter, date2num
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 9), layout="constrained")
    panels = figure.subplots(len(FROM_THE_HEART), 1, sharex=True)
    for axes, which in zip(panels, FROM_THE_HEART, strict=True):
        series = trends[which]
        axes.set_title(figure_words(which, words), loc="left", fontsize=10, color=INK)
        axes.spines[["top", "right"]].set_visible(False)
        if not series.days:
            axes.text(0.5, 0.5, words.say("no_day"), ha="center", transform=axes.transAxes)
            axes.set_yticks([])
            continue
        if which is TrendFigure.LN_RMSSD:
            axes.set_yscale("log")
            axes.yaxis.set_major_formatter(lambda value, _: words.number(value))
            axes.yaxis.set_minor_formatter(lambda value, _: words.number(value))
        band = series.band
        if band is not None:
            axes.fill_between(
                date2num([band.first, band.last]),
                in_units(which, band.low),
                in_units(which, band.high),
                color=BREATH,
                alpha=0.15,
                linewidth=0,
                label=words.say("plot_band"),
            )
        axes.plot(
            date2num([each.day for each in series.days]),
            [in_units(which, each.value) for each in series.days],
            "o",
            color=HEART,
            alpha=0.55,
            markersize=4,
            label=words.say("plot_day"),
        )
        days, means = _with_gaps(series, which)
        axes.plot(date2num(days), means, color=BREATH, linewidth=1.6, label=words.say("plot_week"))
        axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
        if not series.is_trend:
            axes.set_xlabel(" ".join(series_words(which, series, words)), fontsize=8)
    locator = AutoDateLocator()
    panels[-1].xaxis.set_major_locator(locator)
    panels[-1].xaxis.set_major_formatter(DateFormatter("%Y-%m-%d"))
    panels[-1].tick_params(axis="x", rotation=30)
    figure.savefig(path)


def _with_gaps(series: Series, which: TrendFigure) -> tuple[list[date], list[float]]:
    """Return the means of weeks, with NaN where a week or more lies between two days."""
    days: list[date] = []
    means: list[float] = []
    for each in series.days:
        if days and each.day - days[-1] >= timedelta(days=WEEK_DAYS):
            days.append(days[-1])
            means.append(np.nan)
        days.append(each.day)
        mean = each.week_mean
        means.append(np.nan if mean is None else in_units(which, mean))
    return days, means
