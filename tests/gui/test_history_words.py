"""Days and lengths are written as the person's locale writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from biofeedback.practice.content import load_content
from biofeedback.sessions.history import PACE, SIMULATED, Came, Filter, Listed
from gui import history_words

TODAY = date(2026, 3, 9)
STARTED_AT = datetime(2026, 3, 4, 20, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


def use(name: str) -> None:
    QLocale.setDefault(QLocale(name))


@pytest.mark.parametrize(
    ("locale", "this_year", "another_year"),
    [
        ("en_US", "Wednesday, March 4", "March 4, 2025"),
        ("fr_FR", "mercredi 4 mars", "4 mars 2025"),
        ("de_DE", "Mittwoch, 4. März", "4. März 2025"),
        ("es_ES", "miércoles, 4 de marzo", "4 de marzo de 2025"),
        ("ja_JP", "2026年3月4日水曜日", "2025年3月4日火曜日"),
    ],
)
def test_a_day_is_written_as_the_locale_does(
    locale: str, this_year: str, another_year: str
) -> None:
    use(locale)
    assert history_words.day_words(date(2026, 3, 4), TODAY) == this_year
    assert history_words.day_words(date(2025, 3, 4), TODAY) == another_year


def test_the_last_days_are_said_as_people_do() -> None:
    assert history_words.day_words(TODAY, TODAY) == "Today"
    assert history_words.day_words(TODAY - timedelta(days=1), TODAY) == "Yesterday"


@pytest.mark.parametrize(
    ("locale", "when", "month", "monday", "first"),
    [
        ("en_US", "Wednesday, March 4 8:15\N{NARROW NO-BREAK SPACE}PM", "March 2026", "Mon", 6),
        ("de_DE", "Mittwoch, 4. März 20:15", "März 2026", "Mo", 0),
    ],
)
def test_times_months_and_weeks_follow_the_locale(
    locale: str, when: str, month: str, monday: str, first: int
) -> None:
    use(locale)
    assert history_words.when_words(STARTED_AT, TODAY) == when
    assert history_words.month_words(TODAY) == month
    assert history_words.weekday_words(0, short=True) == monday
    assert history_words.first_weekday() == first


def test_a_length_is_said_in_whole_minutes() -> None:
    said = [history_words.length_words(seconds) for seconds in (20, 60, 425, 90_000)]
    use("de_DE")
    assert said[:3] == ["under a minute", "1 minute", "7 minutes"]
    assert history_words.length_words(90_000) == "1.500 minutes"


def test_a_row_is_told_in_two_quiet_lines_and_to_those_who_hear_it() -> None:
    use("de_DE")
    content = load_content()
    row = Listed(
        id=1,
        started_at=STARTED_AT,
        practice="letter",
        strap=SIMULATED,
        duration_s=425.0,
        came=Came.SAME,
        tags=("rain", "late"),
        note="Dull.",
        left_out=True,
    )
    assert history_words.title(row, content, TODAY).split(history_words.BETWEEN) == [
        "Mittwoch, 4. März 20:15",
        "A caring letter",
        "7 minutes",
    ]
    assert history_words.detail(row).split(history_words.BETWEEN) == [
        "The heart was about the same before and after",
        "simulated heart",
        "#rain  #late",
        "with a note",
        "left out of the figures",
    ]
    part = replace(row, left_out=False, part_left_out=True)
    assert history_words.detail(part).endswith("a part left out of the figures")
    said = history_words.spoken_row(row, content, TODAY, marked=True)
    assert said.startswith("Mittwoch, 4. März 20:15, A caring letter, 7 minutes. The heart")
    assert said.endswith("marked to compare")
    assert "Dull." not in said


def test_every_outcome_has_words_that_judge_nobody() -> None:
    for came in Came:
        words = history_words.came_words(
            Listed(id=1, started_at=STARTED_AT, practice="x", came=came)
        )
        assert words
        assert not {"good", "bad", "better", "worse", "normal", "fail"} & set(words.split())


def test_practices_are_named() -> None:
    content = load_content()
    assert history_words.practice_words(PACE, content) == "My own pace"
    assert history_words.practice_words("soothing", content) == "Soothing touch and breath"
    assert history_words.practice_words("gone", content) == "A plan of my own"


def test_a_day_of_the_calendar_is_told_without_a_count() -> None:
    use("en_US")
    said = history_words.spoken_day(date(2026, 3, 4), practised=True, today=False)
    assert said == "Wednesday, March 4, 2026, you practised"
    empty = history_words.spoken_day(TODAY, practised=False, today=True)
    assert empty == "Monday, March 9, 2026, today"


def test_a_narrowed_list_says_so() -> None:
    assert history_words.narrowed_words(Filter(), 0) == ""
    assert history_words.narrowed_words(Filter(text="x"), 0) == "Nothing here fits that."
    assert history_words.narrowed_words(Filter(text="x"), 2) == "2 practices fit."
