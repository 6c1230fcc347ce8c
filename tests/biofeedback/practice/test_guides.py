"""Guides of the person's own: spelled without loss, within limits, reached by small steps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.practice.breath import (
    after_breaths_s,
    breath_end_s,
    breath_from,
    continued,
    phase_at,
)
from biofeedback.practice.guides import (
    CYCLE_S,
    SLOWEST_SUGGESTED_PER_MIN,
    STEP,
    GuideError,
    asks_first,
    check,
    first_breath,
    paced,
    ramp,
    read_pattern,
    spelled,
)
from biofeedback.types import BreathPattern, BreathSegment

LIGHT = BreathPattern(3.0, 0.0, 4.0, 0.0)
EASE = BreathPattern(4.5, 0.0, 5.5, 0.0)
BOX = BreathPattern(4.0, 4.0, 4.0, 4.0)

tenths = st.integers(15, 100).map(lambda n: n / 10)
holds = st.one_of(st.just(0.0), st.integers(5, 60).map(lambda n: n / 10))
patterns = st.builds(BreathPattern, tenths, holds, tenths, holds).filter(
    lambda p: CYCLE_S[0] <= p.cycle_s <= CYCLE_S[1]
)


@given(patterns)
def test_a_guide_is_read_back_as_it_was_spelled(pattern: BreathPattern) -> None:
    assert read_pattern(spelled(pattern)) == pattern


@given(st.floats(4.5, 7.0))
def test_the_breath_of_any_pace_that_may_be_suggested_can_be_spelled(rate_per_min: float) -> None:
    once = read_pattern(spelled(paced(rate_per_min)))
    assert once.rate_per_min == pytest.approx(rate_per_min)
    assert read_pattern(spelled(once)) == once


def test_two_three_or_four_numbers_are_a_breath() -> None:
    assert read_pattern("4-6") == BreathPattern(4, 0, 6, 0)
    assert read_pattern("4-7-8") == BreathPattern(4, 7, 8, 0)
    assert read_pattern("4-4-4-4") == BOX


@pytest.mark.parametrize("text", ["", "5", "a-b", "4-6-1-1-1", "1-6", "4-90", "4-nan", "14-0-14"])
def test_what_is_no_breath_or_outside_the_limits_is_refused(text: str) -> None:
    with pytest.raises(GuideError):
        read_pattern(text)


def test_holds_and_very_slow_breaths_ask_first() -> None:
    assert asks_first(BOX)
    assert asks_first(paced(4.4))
    assert not asks_first(paced(SLOWEST_SUGGESTED_PER_MIN))
    assert not asks_first(EASE)
    assert not asks_first(None)


@given(patterns, patterns)
def test_a_ramp_takes_small_steps_from_its_start_to_its_target(
    start: BreathPattern, target: BreathPattern
) -> None:
    breaths = ramp(start, target)
    assert (breaths == ()) == (start == target)
    for before, after in pairwise((*breaths, target)):
        ratio = after.cycle_s / before.cycle_s
        assert 1 / (1 + STEP) - 1e-9 <= ratio <= 1 + STEP + 1e-9
    if breaths:
        assert breaths[0] == start
        for name in ("inhale_s", "hold_in_s", "exhale_s", "hold_out_s"):
            values = [getattr(breath, name) for breath in (*breaths, target)]
            assert values == sorted(values) or values == sorted(values, reverse=True)


def test_a_ramp_begins_at_the_own_pace_if_it_is_known_and_else_light() -> None:
    assert first_breath(None, LIGHT, EASE) == LIGHT
    assert first_breath(15.0, LIGHT, EASE).rate_per_min == pytest.approx(15.0)
    assert first_breath(90.0, LIGHT, EASE).rate_per_min == pytest.approx(20.0)
    quick = paced(10)
    assert first_breath(None, LIGHT, quick) == quick


led = st.builds(
    lambda start_s, start, target, cycles: BreathSegment(
        start_s, target, float(cycles), ramp(start, target)
    ),
    st.floats(0.0, 5000.0),
    patterns,
    patterns,
    st.integers(0, 500),
)


@given(led, st.floats(0.0, 1000.0))
def test_through_a_ramp_and_past_its_end_fullness_and_breaths_go_on_without_a_jump(
    segment: BreathSegment, after_s: float
) -> None:
    t_s, step_s = segment.start_s + after_s, 0.001
    one, other = phase_at(segment, t_s), phase_at(segment, t_s + step_s)
    # the shortest stage lasts 1.5 s, the shortest breath 3 s
    assert abs(other.fullness - one.fullness) <= 1.1 * step_s + 1e-6
    assert -1e-9 <= other.cycles - one.cycles <= step_s / 3 + 1e-6
    assert 0.0 <= one.fullness <= 1.0


@given(led, st.integers(0, 60))
def test_each_breath_of_a_ramp_begins_empty_where_the_one_before_ended(
    segment: BreathSegment, breaths: int
) -> None:
    begins_s = after_breaths_s(segment, segment.start_s, breaths)
    phase = phase_at(segment, begins_s)
    assert phase.cycles == pytest.approx(segment.cycles + breaths, abs=1e-6)
    assert phase.fullness == pytest.approx(0.0, abs=1e-5)
    breath = breath_from(segment, begins_s)
    middle_s = begins_s + breath.inhale_s
    assert phase_at(segment, middle_s).fullness == pytest.approx(1.0, abs=1e-5)
    assert breath_end_s(segment, middle_s) == pytest.approx(begins_s + breath.cycle_s)
    assert breath_end_s(segment, begins_s) == pytest.approx(begins_s, abs=1e-6)


@given(led, patterns, st.floats(0.0, 1000.0))
def test_the_pace_can_change_in_the_middle_of_a_ramp(
    segment: BreathSegment, new: BreathPattern, after_s: float
) -> None:
    at_s = breath_end_s(segment, segment.start_s + after_s)
    before = phase_at(segment, at_s)
    changed = continued(segment, at_s, new, ramp(breath_from(segment, at_s), new))
    after = phase_at(changed, at_s)
    assert after.cycles == pytest.approx(before.cycles, abs=1e-6)
    assert after.fullness == pytest.approx(before.fullness, abs=1e-5)
    assert breath_from(changed, at_s) == breath_from(segment, at_s)


def test_limits_name_the_part_that_is_wrong() -> None:
    with pytest.raises(GuideError, match="Breathing out"):
        check(BreathPattern(4.0, 0.0, 40.0, 0.0))
