"""Two sessions held against one another: like with like only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from biofeedback.looking_back.comparing import Apart, Figure, Row, compare, same_pace
from biofeedback.looking_back.opened import Opened, open_session
from biofeedback.timeline import timeline
from biofeedback.types import PhaseName
from tests.biofeedback.looking_back.made import CHOICES, LENGTH_S, laid_out, smooth


def other(guide_id: str = CHOICES.guide_id, seed: int = 5) -> Opened:
    return open_session(laid_out(replace(CHOICES, guide_id=guide_id), seed))


def row(rows: tuple[Row, ...], phase: PhaseName, figure: Figure) -> Row:
    (found,) = [each for each in rows if each.phase is phase and each.figure is figure]
    return found


def test_quiet_time_is_compared_with_quiet_time() -> None:
    first, second = smooth(), other()
    quiet = row(compare(first, second), PhaseName.QUIET_BEFORE, Figure.HR)
    assert quiet.apart is None
    assert quiet.difference is not None
    assert quiet.first == first.summary.phases[0].hr_bpm
    assert quiet.difference == second.summary.phases[0].hr_bpm - quiet.first  # type: ignore[operator]


def test_at_one_pace_the_practice_is_compared_too() -> None:
    first, second = smooth(), other()
    assert same_pace(first, second)
    rows = compare(first, second)
    swing = row(rows, PhaseName.GUIDED, Figure.SWING)
    assert swing.apart is None
    assert first.summary.following is not None
    assert swing.first == 2 * first.summary.following.amplitude_bpm


def test_at_another_pace_the_practice_is_not_compared_and_quiet_time_is() -> None:
    first, second = smooth(), other("light")
    assert not same_pace(first, second)
    rows = compare(first, second)
    for each in rows:
        assert (each.apart is Apart.OTHER_PACE) == (each.phase is PhaseName.GUIDED)
        assert (each.difference is None) == (each.phase is PhaseName.GUIDED)
        assert each.first is not None  # both are shown all the same
        assert each.second is not None


def test_a_simulated_heart_is_not_compared_with_a_person() -> None:
    assert {each.apart for each in compare(smooth(), other(), same_heart=False)} == {
        Apart.OTHER_HEART
    }


def test_what_one_of_them_lacks_is_said_to_be_missing() -> None:
    without = open_session(timeline([], CHOICES, LENGTH_S))
    rows = compare(smooth(), without)
    assert rows
    assert {each.apart for each in rows} == {Apart.MISSING}
    assert all(each.second is None for each in rows)


def test_two_sessions_without_a_heart_have_nothing_to_compare() -> None:
    without = open_session(timeline([], CHOICES, LENGTH_S))
    assert compare(without, without) == ()


@pytest.mark.parametrize(
    ("figure", "first", "second", "same"),
    [
        (Figure.HR, 60.0, 60.9, True),
        (Figure.HR, 60.0, 61.1, False),
        (Figure.RMSSD, 100.0, 91.0, True),
        (Figure.RMSSD, 20.0, 17.0, False),
        (Figure.FOLLOWING, 0.5, 0.58, True),
        (Figure.SWING, 6.0, 4.0, False),
    ],
)
def test_small_differences_are_about_the_same(
    figure: Figure, first: float, second: float, same: bool
) -> None:
    assert Row(PhaseName.QUIET_BEFORE, figure, first, second).about_the_same is same


def test_what_is_not_compared_is_not_about_the_same_either() -> None:
    apart = Row(PhaseName.GUIDED, Figure.HR, 60.0, 60.0, Apart.OTHER_PACE)
    assert not apart.about_the_same
    assert apart.difference is None


def test_a_session_compared_with_itself_differs_in_nothing() -> None:
    assert {each.difference for each in compare(smooth(), smooth())} == {0.0}
