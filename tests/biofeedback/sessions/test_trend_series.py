"""The arithmetic of a trend: week means, the usual band, and what is missing."""

from __future__ import annotations

import statistics
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.sessions.trend_series import Lacking, Missing, Place, series

BEGIN = date(2026, 1, 5)


def _days(*values: float | None) -> list[tuple[date, float, int]]:
    """One value a day; None for a day without."""
    return [
        (BEGIN + timedelta(days=at), value, at)
        for at, value in enumerate(values)
        if value is not None
    ]


def _series(*values: float | None, n_sessions: int | None = None):  # type: ignore[no-untyped-def]
    days = _days(*values)
    return series(days, len(days) if n_sessions is None else n_sessions, varies=True)


def test_there_is_no_trend_before_eight_usable_sessions_and_it_says_what_is_missing() -> None:
    seven = _series(*[3.0] * 7)
    assert not seven.is_trend
    assert seven.band is None
    assert all(each.week_mean is None for each in seven.days)
    assert Missing(Lacking.SESSIONS, 7, 8) in seven.missing
    eight = _series(*[3.0] * 8)
    assert eight.is_trend
    assert eight.days[-1].week_mean == pytest.approx(3.0)
    assert eight.missing == (Missing(Lacking.DAYS_FOR_BAND, 8, 14),)


def test_a_week_has_a_mean_from_three_days_on() -> None:
    spread = _series(1, None, None, None, None, None, 2, 3, None, None, 5, n_sessions=8)
    assert [each.n_week_days for each in spread.days] == [1, 2, 2, 3]
    assert [each.week_mean for each in spread.days] == [None, None, None, pytest.approx(10 / 3)]


def test_the_week_s_variation_is_sd_over_mean_with_n_minus_1() -> None:
    week = _series(3.0, 3.4, 3.2, 3.1, 3.6, 3.3, 3.5, 3.8)
    last7 = [3.4, 3.2, 3.1, 3.6, 3.3, 3.5, 3.8]
    expected = 100 * statistics.stdev(last7) / statistics.mean(last7)
    assert week.days[-1].week_cv_pct == pytest.approx(expected)
    assert series(_days(*last7, 3.0), 8).days[-1].week_cv_pct is None  # not asked for


def test_the_band_is_mean_and_half_a_standard_deviation_of_fourteen_days() -> None:
    values = [3.0 + 0.1 * (at % 5) for at in range(14)]
    band = _series(*values).band
    assert band is not None
    half = 0.5 * statistics.stdev(values)
    assert (band.low, band.high) == (
        pytest.approx(statistics.mean(values) - half),
        pytest.approx(statistics.mean(values) + half),
    )
    assert (band.n_days, band.first, band.last) == (14, BEGIN, BEGIN + timedelta(days=13))
    assert _series(*values[:13]).band is None


def test_the_band_looks_back_sixty_days() -> None:
    old, new = [9.0] * 30, [3.0 + 0.1 * (at % 2) for at in range(20)]
    band = _series(*old, *[None] * 40, *new).band
    assert band is not None
    assert band.n_days == 20
    assert band.high < 4


@pytest.mark.parametrize(
    ("week", "place"), [(2.0, Place.LOWER), (3.05, Place.WITHIN), (4.0, Place.HIGHER)]
)
def test_the_last_week_is_lower_within_or_higher(week: float, place: Place) -> None:
    usual = [3.0 + 0.1 * (at % 2) for at in range(30)]
    assert _series(*usual, *[week] * 7).place is place


def test_days_that_are_all_alike_are_within_the_band() -> None:
    assert _series(*[3.3] * 20).place is Place.WITHIN


def test_a_day_belongs_in_once() -> None:
    with pytest.raises(ValueError, match="once"):
        series([(BEGIN, 1.0, 1), (BEGIN, 2.0, 2)], 2)


def test_without_a_day_there_is_nothing_and_no_error() -> None:
    nothing = series([], 0)
    assert (nothing.days, nothing.band, nothing.last) == ((), None, None)
    assert {each.lacking for each in nothing.missing} == set(Lacking)


@given(st.lists(st.one_of(st.none(), st.floats(0.1, 8, allow_nan=False)), min_size=1, max_size=120))
def test_each_day_s_week_is_the_seven_calendar_days_up_to_it(values: list[float | None]) -> None:
    found = _series(*values, n_sessions=100)
    for each in found.days:
        at = (each.day - BEGIN).days
        week = [value for value in values[max(0, at - 6) : at + 1] if value is not None]
        assert each.n_week_days == len(week)
        expected = statistics.fmean(week) if len(week) >= 3 else None
        assert each.week_mean == (None if expected is None else pytest.approx(expected))
    near = [value for value in values[-60:] if value is not None]
    last = next((at for at in range(len(values) - 1, -1, -1) if values[at] is not None), None)
    if last is not None:
        near = [value for value in values[max(0, last - 59) : last + 1] if value is not None]
    assert (found.band is None) == (len(near) < 14)
