"""The report of a time: trends with their band, ratings apart, days without a count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from biofeedback.report.html import to_html
from biofeedback.report.period_page import MOST_SESSIONS, PeriodTold, period_page
from biofeedback.report.wording import wording
from biofeedback.sessions.store import Store
from biofeedback.sessions.trends import TrendFigure, trends
from biofeedback.types import Choices
from tests.benchmarks.trends import fill
from tests.biofeedback.report.conftest import WANTED
from tests.biofeedback.report.reading import Element, cells, read


def _told(store: Store, last: date | None = None) -> PeriodTold:
    sessions = [each for each in store.sessions() if last is None or each.started_at.date() <= last]
    return PeriodTold(
        sessions,
        store.figures.all(),
        store.reflections.all(),
        frozenset(store.left_out.all()),
        trends(store.trend_sessions.all(), last=last),
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> PeriodTold:
    """A hundred days, one session of which was left out."""
    folder: Path = tmp_path_factory.mktemp("period")
    with Store.open(folder) as store:
        fill(store, 100, Choices(posture="sitting"))
        store.left_out.add(2, None)
        return _told(store)


@pytest.fixture(scope="module")
def first_week(tmp_path_factory: pytest.TempPathFactory) -> PeriodTold:
    folder: Path = tmp_path_factory.mktemp("week")
    with Store.open(folder) as store:
        fill(store, 7, Choices(posture="sitting"))
        return _told(store)


def _read(told: PeriodTold, language: str = "en", **wanted: Any) -> Element:
    return read(to_html(period_page(told, wording(language), replace(WANTED, **wanted))))


def test_each_trend_has_its_picture_its_band_and_its_numbers(told: PeriodTold) -> None:
    document = _read(told)
    assert len(document.all("svg")) == 5  # three trends, ratings, the calendar
    band = told.trends[TrendFigure.HR].band
    assert band is not None
    assert (
        f"Your usual band is {band.low:.1f} to {band.high:.1f}, from {band.n_days} days."
        in document.text
    )
    assert "One day says little" in document.text
    assert "Higher and lower are no better and worse." in document.text
    weeks = [row for row in cells(document) if row[0].startswith("week of")]
    days = told.trends[TrendFigure.HR].days
    assert sum(int(row[1]) for row in weeks) >= 3 * len(days) - 10


def test_too_little_gives_no_band_and_says_what_is_missing(first_week: PeriodTold) -> None:
    document = _read(first_week)
    assert "from 8 on there is a trend to look for" in document.text
    assert "Your usual band is" not in document.text
    hr = first_week.trends[TrendFigure.HR].days
    rows = {row[0]: row for row in cells(document)}
    assert rows[wording("en").day(hr[-1].day)][1] != ""


def test_gaps_in_a_trend_stay_gaps(told: PeriodTold) -> None:
    document = _read(told)
    lines = document.all("svg")[0].all("polyline")
    days = [each for each in told.trends[TrendFigure.LN_RMSSD].days if each.week_mean is not None]
    holes = sum((b.day - a.day).days >= 7 for a, b in pairwise(days))
    assert len(lines) >= holes + 1 > 1


def test_ratings_stand_apart_with_n_and_what_is_missing(told: PeriodTold) -> None:
    document = _read(told)
    rows = {row[0]: row for row in cells(document)}
    kept = {each.id for each in told.sessions if each.source.startswith("ble:")} - {2}
    both = sum(told.said[each].after is not None for each in kept if each in told.said)
    assert rows["Tension"][3] == str(both)
    assert (
        f"{both} sessions with a strap hold ratings, {len(kept) - both} hold none." in document.text
    )
    assert "drift back by themselves" in document.text


def test_days_are_marked_and_never_counted_up(told: PeriodTold) -> None:
    document = _read(told)
    assert "There is no number to reach. Days without are fine." in document.text
    (january,) = [row for row in cells(document) if row[0] == "January 2016"]
    assert "2," not in january[1].split(" ")  # left out
    for word in ("streak", "in a row", "goal", "target", "keep it up", "%)"):
        assert word not in document.text.lower().replace("% (cv", "")


def test_what_is_not_the_person_s_heart_or_was_left_out_is_in_no_figure(told: PeriodTold) -> None:
    rows = [row for row in cells(_read(told)) if len(row) == 7]
    by_answer = [row[6] for row in rows]
    n_sim = sum(each.source.startswith("sim:") for each in told.sessions)
    assert by_answer.count("not your heart") == n_sim
    (left_out,) = [row for row in rows if row[6] == "left out by you"]
    assert left_out[4:6] == ["-", "-"]
    assert 2 not in {each.session_id for each in told.trends[TrendFigure.HR].days}


def test_for_other_eyes_ratings_and_times_of_day_stay_out(told: PeriodTold) -> None:
    text = _read(told, private=True).text
    assert "Tension" not in text
    assert "Time" not in text.split("One by one")[1]
    assert "morning" not in text


def test_german_is_whole(told: PeriodTold) -> None:
    text = _read(told, "de").text
    assert "Vom 1. Januar 2016 bis 9. April 2016" in text
    assert "Dein übliches Band reicht von 6" in text
    for english in ("usual", "Practice", "the ", "week"):
        assert english not in text


def test_of_very_many_sessions_the_last_are_listed_and_it_says_so(told: PeriodTold) -> None:
    many = replace(told, sessions=[*told.sessions, *told.sessions])
    document = _read(many)
    assert f"The last {MOST_SESSIONS} of 200." in document.text


def test_a_time_without_a_session_says_so(told: PeriodTold) -> None:
    nothing = PeriodTold([], {}, {}, frozenset(), trends([]))
    document = _read(nothing)
    assert "Nothing is kept of that time yet." in document.text
    assert document.all("svg") == []
