"""Days along a picture: named at round places, and no line across a gap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.sessions.trend_series import DayValue
from gui.day_axis import DayAxis, day_ticks, unbroken, value_ticks

FIRST = date(2026, 3, 4)


def value(days: int, mean: float | None = 3.0) -> DayValue:
    return DayValue(FIRST + timedelta(days=days), 3.1, 1, 3, mean, None)


def test_days_lie_evenly_and_a_single_one_in_the_middle() -> None:
    axis = DayAxis(FIRST, FIRST + timedelta(days=10), 100.0, 300.0)
    assert axis.x(FIRST) == 100
    assert axis.x(FIRST + timedelta(days=5)) == 200
    assert DayAxis(FIRST, FIRST, 100.0, 300.0).x(FIRST) == 200
    days = [FIRST, FIRST + timedelta(days=8)]
    assert axis.nearest(days, 170) == 0
    assert axis.nearest(days, 190) == 1
    assert axis.nearest([], 100) is None


@pytest.mark.parametrize(
    ("last", "most", "named"),
    [
        (date(2026, 3, 6), 8, ["2026-03-04", "2026-03-05", "2026-03-06"]),
        (
            date(2026, 4, 1),
            5,
            ["2026-03-04", "2026-03-11", "2026-03-18", "2026-03-25", "2026-04-01"],
        ),
        (
            date(2026, 8, 1),
            6,
            ["2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01", "2026-08-01"],
        ),
        (
            date(2027, 9, 1),
            7,
            ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01", "2027-04-01", "2027-07-01"],
        ),
        (
            date(2036, 3, 4),
            6,
            ["2028-01-01", "2030-01-01", "2032-01-01", "2034-01-01", "2036-01-01"],
        ),
    ],
)
def test_round_days_are_named(last: date, most: int, named: list[str]) -> None:
    assert [day.isoformat() for day in day_ticks(FIRST, last, most)] == named


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 20_000), st.integers(2, 12))
def test_never_many_more_days_are_named_than_there_is_room_for(
    first: date, n_days: int, most: int
) -> None:
    last = first + timedelta(days=n_days)
    named = day_ticks(first, last, most)
    assert len(named) <= most + 1
    assert all(first <= day <= last for day in named)
    assert named == sorted(set(named))


def test_round_values_are_named() -> None:
    assert value_ticks(18.0, 61.0, 5) == [20, 30, 40, 50, 60]
    assert value_ticks(61.2, 66.4, 4) == [62, 64, 66]
    assert value_ticks(0.0, 10.0, 2) == [0, 5, 10]


@given(st.floats(-1e4, 1e4), st.floats(0.01, 1e4), st.integers(2, 8))
def test_named_values_lie_within(low: float, span: float, most: int) -> None:
    named = value_ticks(low, low + span, most)
    slack = span * 1e-6
    assert len(named) <= most + 1
    assert all(low - slack <= each <= low + span + slack for each in named)


def test_no_line_is_drawn_across_a_week_without_or_a_day_without_a_mean() -> None:
    days = [value(0), value(2), value(9), value(10, None), value(11), value(12)]
    assert [[day.day for day, _ in run] for run in unbroken(days)] == [[4, 6], [13], [15, 16]]
