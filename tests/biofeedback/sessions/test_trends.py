"""Which sessions a trend puts side by side, and why others stay out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from math import log
from typing import Any

import pytest

from biofeedback.sessions.trends import (
    ANY,
    LeftAside,
    TimeOfDay,
    TrendFigure,
    TrendSession,
    time_of_day,
    trends,
)

BEGIN = datetime(2026, 1, 5, 8, 30, tzinfo=timezone(timedelta(hours=1)))


def _session(day: int, hour: int = 8, **changes: Any) -> TrendSession:
    usual = TrendSession(
        session_id=100 * day + hour,
        started_at=(BEGIN + timedelta(days=day)).replace(hour=hour),
        source="ble:AA",
        posture="sitting",
        quiet_s=60.0,
        hr_bpm=66.0,
        rmssd_ms=30.0 + day,
        following_r2=0.6,
    )
    return replace(usual, **changes)


def test_the_trend_is_of_ln_rmssd_and_heart_rate_of_the_quiet_minute_before() -> None:
    found = trends([_session(day) for day in range(20)])
    assert (found.n_sessions, found.n_usable, dict(found.left_aside)) == (20, 20, {})
    last = found[TrendFigure.LN_RMSSD].last
    assert last is not None
    assert last.value == pytest.approx(log(49))
    assert last.week_mean == pytest.approx(sum(log(30 + day) for day in range(13, 20)) / 7)
    assert found[TrendFigure.HR].band is not None
    assert found[TrendFigure.HR].days[0].value == 66.0


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"source": "sim:"}, LeftAside.NOT_OWN_HEART),
        ({"source": "sim:7"}, LeftAside.NOT_OWN_HEART),
        ({"source": "replay:3"}, LeftAside.NOT_OWN_HEART),
        ({"left_out": True}, LeftAside.LEFT_OUT),
        ({"quiet_s": None}, LeftAside.NO_QUIET_MINUTE),
        ({"quiet_s": 30.0}, LeftAside.NO_QUIET_MINUTE),
        ({"rmssd_ms": None}, LeftAside.NO_RMSSD),
        ({"rmssd_ms": 0.0}, LeftAside.NO_RMSSD),
        ({"posture": "lying"}, LeftAside.OTHER_POSTURE),
        ({"posture": ""}, LeftAside.OTHER_POSTURE),
        ({"started_at": BEGIN.replace(hour=20)}, LeftAside.OTHER_TIME_OF_DAY),
    ],
)
def test_what_is_not_alike_stays_out_and_it_is_said_why(
    changes: dict[str, Any], why: LeftAside
) -> None:
    found = trends([*(_session(day) for day in range(10)), _session(11, **changes)])
    assert found.n_usable == 10
    assert dict(found.left_aside) == {why: 1}
    assert found[TrendFigure.LN_RMSSD].n_sessions == 10


def test_of_several_sessions_of_a_day_the_first_usable_one_counts() -> None:
    early = _session(3, 6, rmssd_ms=None)
    found = trends([_session(3, 9, rmssd_ms=50.0), early, _session(3, 8, rmssd_ms=40.0)])
    (day,) = found[TrendFigure.LN_RMSSD].days
    assert day.value == pytest.approx(log(40))
    assert day.session_id == 308
    assert found[TrendFigure.LN_RMSSD].n_sessions == 2


def test_the_most_usual_posture_and_time_of_day_are_taken_together() -> None:
    mornings = [_session(day) for day in range(6)]
    evenings = [_session(day, 19, posture="lying") for day in range(9)]
    found = trends([*mornings, *evenings])
    assert (found.alike.posture, found.alike.time_of_day) == ("lying", TimeOfDay.EVENING)
    assert (found.alike.posture_asked, found.alike.time_asked) == (False, False)
    asked = trends([*mornings, *evenings], posture="sitting")
    assert (asked.alike.time_of_day, asked.n_usable) == (TimeOfDay.MORNING, 6)
    assert asked.alike.posture_asked


def test_any_posture_and_any_time_can_be_asked_for() -> None:
    both = [_session(1), _session(2, 19, posture="lying"), _session(3, 2)]
    assert trends(both, posture=ANY, time_of_day=ANY).n_usable == 3
    assert trends(both, posture=ANY, time_of_day="night").n_usable == 1
    assert trends(both, posture="", time_of_day=ANY).n_usable == 0
    with pytest.raises(ValueError, match="noon"):
        trends(both, time_of_day="noon")


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (4, "night"),
        (5, "morning"),
        (10, "morning"),
        (11, "midday"),
        (16, "midday"),
        (17, "evening"),
        (21, "evening"),
        (22, "night"),
        (0, "night"),
    ],
)
def test_a_day_has_four_parts(hour: int, part: str) -> None:
    assert time_of_day(BEGIN.replace(hour=hour)) == part


def test_the_person_s_own_clock_says_which_day_and_part_it_was() -> None:
    east = datetime(2026, 1, 6, 7, 0, tzinfo=timezone(timedelta(hours=10)))
    assert east.astimezone(UTC).date() == date(2026, 1, 5)
    found = trends([_session(0, 7), replace(_session(1), started_at=east)])
    assert [each.day.day for each in found[TrendFigure.HR].days] == [5, 6]


def test_only_days_that_are_asked_for_enter() -> None:
    all_of_it = [_session(day) for day in range(30)]
    found = trends(all_of_it, first=date(2026, 1, 10), last=date(2026, 1, 12))
    assert found.n_sessions == 3
    assert (found.first, found.last) == (date(2026, 1, 10), date(2026, 1, 12))


def test_paced_and_spontaneous_breathing_are_never_in_one_series() -> None:
    no_quiet = [_session(day, quiet_s=None, rmssd_ms=None) for day in range(9)]
    found = trends(no_quiet)
    assert found[TrendFigure.LN_RMSSD].days == ()
    assert found[TrendFigure.FOLLOWING].is_trend
    assert found[TrendFigure.FOLLOWING].days[0].week_cv_pct is None


def test_following_is_of_one_breath_guide_alone_the_most_usual() -> None:
    easy = [_session(day, guide_id="ease") for day in range(9)]
    slow = [_session(day, guide_id="slow", following_r2=0.9) for day in range(9, 13)]
    none = [_session(day, guide_id="own", following_r2=None) for day in range(13, 30)]
    found = trends([*easy, *slow, *none])
    assert found.alike.guide_id == "ease"
    assert found[TrendFigure.FOLLOWING].n_sessions == 9
    assert {each.value for each in found[TrendFigure.FOLLOWING].days} == {0.6}
    assert found[TrendFigure.LN_RMSSD].n_sessions == 30
    assert trends(easy[:2] + slow[:2]).alike.guide_id == "slow"  # as usual, and later
    assert trends(none).alike.guide_id == ""


def test_ratings_are_series_of_their_own_and_what_was_skipped_is_missing() -> None:
    rated = {TrendFigure.TENSION_BEFORE: 6, TrendFigure.TENSION_AFTER: 0}
    found = trends([*(_session(day, ratings=rated) for day in range(9)), _session(9)])
    assert found[TrendFigure.TENSION_BEFORE].n_sessions == 9
    assert found[TrendFigure.TENSION_AFTER].days[0].value == 0
    assert found[TrendFigure.KINDNESS_AFTER].n_sessions == 0


def test_without_a_session_nothing_is_said_and_nothing_breaks() -> None:
    found = trends([])
    assert (found.n_sessions, found.first, found[TrendFigure.HR].days) == (0, None, ())
    assert found.to_dict()["series"]["hr_bpm"]["missing"][0] == {
        "lacking": "sessions",
        "have": 0,
        "need": 8,
    }
