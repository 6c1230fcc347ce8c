"""``trends``: how the quiet minutes went over weeks and months."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from biofeedback.cli.kept import open_store
from biofeedback.cli.own import language_for
from biofeedback.cli.say import CouldNotError, note, say, say_json
from biofeedback.cli.up_to_date import bring_up_to_date
from biofeedback.report.trend_words import (
    FROM_THE_HEART,
    figure_words,
    following_guide_words,
    series_words,
    shown,
    trend_words,
)
from biofeedback.report.wording import Wording, wording
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.reflection import Moment, Scale
from biofeedback.sessions.trends import ANY, UNKNOWN_POSTURE, TrendFigure, Trends, trends

ROWS = 14
"""So many of the last days make a small table."""

_COLUMNS = (TrendFigure.LN_RMSSD, TrendFigure.HR)


def run(options: argparse.Namespace) -> int:
    """Carry out ``trends``."""
    words = wording(language_for(options))
    check_posture(options.posture, words)
    try:
        with open_store() as store:
            bring_up_to_date(store)
            sessions = store.trend_sessions.all()
    except StorageError as error:
        raise CouldNotError(str(error)) from error
    found = trends(
        sessions,
        posture=options.posture,
        time_of_day=options.time_of_day,
        first=options.first,
        last=options.last,
    )
    if options.json:
        say_json(found.to_dict())
    else:
        for line in _lines(found, words):
            say(line)
    if options.plot is not None:
        _plot(found, words, Path(options.plot))
    return 0


def check_posture(posture: str | None, words: Wording) -> None:
    """See that there is such a posture.

    Raises
    ------
    CouldNotError
        If there is none; it says which there are.
    """
    postures = words.content.postures
    if posture not in (None, UNKNOWN_POSTURE, ANY, *postures):
        raise CouldNotError(
            f"There is no posture called '{posture}'. There are: {', '.join(postures)}, "
            "unsaid, any."
        )


def _lines(found: Trends, words: Wording) -> list[str]:
    lines = trend_words(found, words)
    for figure in FROM_THE_HEART:
        if found[figure].days:
            lines += ["", figure_words(figure, words)]
            lines += [f"  {each}" for each in series_words(figure, found[figure], words)]
            if figure is TrendFigure.FOLLOWING:
                lines.append(f"  {following_guide_words(found.alike, words)}")
    if found.n_usable:
        lines += ["", *_days_table(found, words)]
    lines += _felt_table(found, words)
    if found.n_usable:
        lines += ["", words.say("one_day"), words.say("no_verdict")]
    return lines


def _days_table(found: Trends, words: Wording) -> list[str]:
    """Return the last days in rows: value and week mean of RMSSD and heart rate."""
    heads = [words.say("table_day")]
    for name in ("table_rmssd", "table_hr"):
        heads += [words.say(name), words.say("table_week")]
    hr = {each.day: (each.value, each.week_mean) for each in found[TrendFigure.HR].days}
    rows = []
    for each in found[TrendFigure.LN_RMSSD].days[-ROWS:]:
        hr_bpm, week_hr_bpm = hr.get(each.day, (None, None))
        rows.append(
            [
                each.day.isoformat(),
                shown(TrendFigure.LN_RMSSD, each.value, words),
                shown(TrendFigure.LN_RMSSD, each.week_mean, words),
                shown(TrendFigure.HR, hr_bpm, words),
                shown(TrendFigure.HR, week_hr_bpm, words),
            ]
        )
    lines = _table(heads, rows)
    n_days = len(found[TrendFigure.LN_RMSSD].days)
    if n_days > ROWS:
        lines.append(words.say("table_last", shown=words.number(ROWS), n=words.number(n_days)))
    return lines


def _felt_table(found: Trends, words: Wording) -> list[str]:
    """Return how it felt in the last week with ratings; nothing where nothing was rated."""
    rows = []
    for scale in Scale:
        series = [found[TrendFigure(f"{scale}_{moment}")] for moment in Moment]
        if any(each.days for each in series):
            values = [None if each.last is None else each.last.week_mean for each in series]
            days = [len(each.days) for each in series]
            rows.append(
                [
                    words.say(f"scale_{scale}"),
                    *(words.say("none") if v is None else words.number(v, 1) for v in values),
                    *(words.number(n) for n in days),
                ]
            )
    if not rows:
        return []
    names = ("felt_scale", "felt_before", "felt_after", "felt_days_before", "felt_days_after")
    heads = [words.say(name) for name in names]
    return ["", words.say("felt_week"), *_table(heads, rows)]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return [
        "  "
        + "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (heads, *rows)
    ]


def _plot(found: Trends, words: Wording, path: Path) -> None:
    from biofeedback.cli.trend_plot import draw

    try:
        draw(found, words, path)
    except ImportError as error:
        raise CouldNotError(
            f'A plot needs matplotlib: pip install "hand-on-heart[plots]" ({error}).'
        ) from error
    except (OSError, ValueError) as error:
        raise CouldNotError(f"The plot could not be written to {path}: {error}") from error
    note(f"Drawn to {path}.")
