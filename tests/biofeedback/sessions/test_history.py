"""A history is what is kept, and no more: rows, what they are narrowed to, days and months."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.practice.assessing import STEPPED
from biofeedback.practice.content import load_content
from biofeedback.practice.kinds import Kind
from biofeedback.sessions import history
from biofeedback.sessions.history import Came, Filter, Listed
from biofeedback.sessions.info import Ended

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def row(number: int, *, days: float = 0, **more: Any) -> Listed:
    """A row that began so many days after noon of 4 March."""
    more.setdefault("practice", "soothing")
    return Listed(id=number, started_at=NOON + timedelta(days=days), **more)


def came(**more: Any) -> Came:
    """What came of a session of seven minutes, with a strap."""
    given: dict[str, Any] = {
        "ended": Ended.COMPLETED,
        "plan_id": "five",
        "n_packets": 420,
        "answer": None,
        "following_r2": None,
        "strap_kind": "true_rr",
    }
    return history.came_from(**{**given, **more})


# ------------------------------------------------------------------------------ one session
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("calmer", Came.SLOWER),
        ("same", Came.SAME),
        ("more_active", Came.FASTER),
        ("cannot_tell", Came.CANNOT_TELL),
    ],
)
def test_a_row_says_what_the_verdict_says(answer: str, told: Came) -> None:
    assert came(answer=answer, following_r2=0.9) is told


def test_without_a_verdict_a_row_says_what_is_known() -> None:
    assert came(following_r2=0.7) is Came.FOLLOWED
    assert came(following_r2=0.1) is Came.NOT_COMPARED
    assert came(following_r2=0.7, strap_kind="smoothed") is Came.NOT_COMPARED
    assert came(n_packets=0, following_r2=0.7) is Came.NO_STRAP
    assert came(plan_id=STEPPED, following_r2=0.7) is Came.LOOKED
    assert came(ended=None, n_packets=None) is Came.RUNNING
    assert came() is Came.NOT_COMPARED


def test_a_row_names_practice_and_strap() -> None:
    content = load_content()
    assert history.practice_of("five", content) == Kind.SOOTHING.value
    assert history.practice_of("letter", content) == Kind.LETTER.value
    assert history.practice_of("a plan that is gone", content) == Kind.OWN.value
    assert history.practice_of(STEPPED, content) == history.PACE
    assert history.strap_of("Polar H10", "ble:", 420) == "Polar H10"
    assert history.strap_of("", "sim:7", 100) == history.SIMULATED
    assert history.strap_of("Polar H10", "ble:", 0) == ""  # it was never heard


def test_what_a_person_says_is_in_no_repr() -> None:
    assert "secret" not in repr(row(1, tags=("secret",), note="secret"))
    assert "secret" not in repr(Filter(text="secret"))


# -------------------------------------------------------------------------------- narrowing
ROWS = (
    row(4, days=3, practice="letter", strap="", tags=("Rain", "late"), note="A long day."),
    row(3, days=2, strap="Polar H10", tags=("morning",)),
    row(2, days=1, strap="HRM-Dual", note="Rainy, and still."),
    row(1, strap="Polar H10"),
)


@pytest.mark.parametrize(
    ("narrowed", "numbers"),
    [
        (Filter(), [4, 3, 2, 1]),
        (Filter(practice="letter"), [4]),
        (Filter(strap="Polar H10"), [3, 1]),
        (Filter(tag="rain"), [4]),
        (Filter(text="RAIN"), [4, 2]),
        (Filter(text="  still   rain "), [2]),
        (Filter(text="rain", practice="letter"), [4]),
        (Filter(text="snow"), []),
    ],
)
def test_a_list_is_narrowed_by_practice_strap_tag_and_words(
    narrowed: Filter, numbers: list[int]
) -> None:
    assert [each.id for each in narrowed.shown(ROWS)] == numbers


def test_only_what_is_there_is_offered() -> None:
    assert history.practices(ROWS) == ("soothing", "letter")
    assert history.straps(ROWS) == ("Polar H10", "HRM-Dual")
    assert history.tags((*ROWS, row(5, tags=("RAIN", "air")))) == ("air", "late", "morning", "Rain")


def test_the_newest_comes_first_whatever_the_time_zone() -> None:
    early = Listed(
        id=1,
        started_at=datetime(2026, 3, 4, 23, 0, tzinfo=timezone(timedelta(hours=9))),
        practice="soothing",
    )
    late = Listed(id=2, started_at=datetime(2026, 3, 4, 20, 0, tzinfo=UTC), practice="soothing")
    assert [each.id for each in history.newest_first((early, late))] == [2, 1]


# --------------------------------------------------------------------------- days and months
def test_a_day_is_the_one_where_the_person_was() -> None:
    here = datetime(2026, 3, 5, 0, 30, tzinfo=timezone(timedelta(hours=9)))  # still the 4th in UTC
    assert list(history.by_day([Listed(id=1, started_at=here, practice="x")])) == [date(2026, 3, 5)]


def test_days_hold_their_rows_in_order() -> None:
    days = history.by_day((row(3, days=0.2), row(2, days=0.1), row(1, days=-2)))
    assert {day: [each.id for each in those] for day, those in days.items()} == {
        date(2026, 3, 4): [3, 2],
        date(2026, 3, 2): [1],
    }


def test_a_range_of_days_takes_both_ends_in() -> None:
    first, last = date(2026, 3, 5), date(2026, 3, 6)
    assert [each.id for each in history.between(ROWS, first, last)] == [3, 2]
    assert history.between(ROWS, last, first) == history.between(ROWS, first, last)


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)), st.integers(0, 6))
def test_a_month_is_whole_weeks_with_every_day_once(month: date, first_weekday: int) -> None:
    weeks = history.month_grid(month, first_weekday)
    days = [day for week in weeks for day in week]
    assert all(len(week) == 7 and week[0].weekday() == first_weekday for week in weeks)
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    inside = [day for day in days if (day.year, day.month) == (month.year, month.month)]
    assert len(inside) == monthrange(month.year, month.month)[1]
    assert any(day in inside for day in weeks[0])
    assert any(day in inside for day in weeks[-1])


@given(st.dates(date(1000, 1, 1), date(9000, 12, 31)), st.integers(-600, 600))
def test_some_months_on_is_that_month(day: date, n: int) -> None:
    on = history.months_on(day, n)
    assert (on.year * 12 + on.month) - (day.year * 12 + day.month) == n
    assert on.day == min(day.day, monthrange(on.year, on.month)[1])


# --------------------------------------------------------------------------------- comparing
def test_two_are_marked_to_compare_and_the_older_mark_gives_way() -> None:
    marks = history.marked(history.marked((), 4), 2)
    assert marks == (4, 2)
    assert history.marked(marks, 1) == (2, 1)
    assert history.marked(marks, 4) == (2,)
    assert history.in_time(ROWS, marks) == (2, 4)
    assert history.in_time(ROWS, (9, 4)) == (4,)
