"""The guide is exact at any time, smooth, and continuous when the pace changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.practice.breath import breath_end_s, continued, phase_at, whole_breaths
from biofeedback.types import BreathPattern, BreathSegment, BreathStage

EASE = BreathPattern(4.5, 0.0, 5.5, 0.0)
BOX = BreathPattern(4.0, 4.0, 4.0, 4.0)

stage_s = st.floats(1.0, 12.0)
hold_s = st.one_of(st.just(0.0), st.floats(0.5, 8.0))
patterns = st.builds(BreathPattern, stage_s, hold_s, stage_s, hold_s)
times_s = st.floats(0.0, 100_000.0)


def test_stages_come_in_order_with_their_lengths() -> None:
    box = BreathSegment(10.0, BOX)
    stages = [phase_at(box, 10.0 + t).stage for t in (0.0, 3.9, 4.1, 7.9, 8.1, 11.9, 12.1, 15.9)]
    assert stages == [
        BreathStage.INHALE,
        BreathStage.INHALE,
        BreathStage.HOLD_IN,
        BreathStage.HOLD_IN,
        BreathStage.EXHALE,
        BreathStage.EXHALE,
        BreathStage.HOLD_OUT,
        BreathStage.HOLD_OUT,
    ]


def test_a_pattern_without_holds_never_holds() -> None:
    ease = BreathSegment(0.0, EASE)
    seen = {phase_at(ease, step / 100).stage for step in range(3000)}
    assert seen == {BreathStage.INHALE, BreathStage.EXHALE}


def test_fullness_is_a_raised_cosine() -> None:
    ease = BreathSegment(0.0, EASE)
    assert phase_at(ease, 0.0).fullness == pytest.approx(0.0)
    assert phase_at(ease, 2.25).fullness == pytest.approx(0.5)
    assert phase_at(ease, 4.5).fullness == pytest.approx(1.0)
    assert phase_at(ease, 4.5 + 2.75).fullness == pytest.approx(0.5)
    assert phase_at(ease, 1.125).fullness == pytest.approx(0.1464466)


@given(patterns, times_s, times_s)
def test_cycles_count_time_exactly_at_any_time(
    pattern: BreathPattern, start_s: float, after_s: float
) -> None:
    phase = phase_at(BreathSegment(start_s, pattern, 7.0), start_s + after_s)
    assert phase.cycles == pytest.approx(7.0 + after_s / pattern.cycle_s, abs=1e-6)
    assert 0.0 <= phase.fullness <= 1.0
    assert 0.0 <= phase.stage_fraction <= 1.0


@given(patterns, times_s)
def test_fullness_has_no_jumps(pattern: BreathPattern, t_s: float) -> None:
    segment = BreathSegment(0.0, pattern)
    step_s = 0.001
    change = phase_at(segment, t_s + step_s).fullness - phase_at(segment, t_s).fullness
    # the steepest raised cosine here lasts 1 s: pi/2 of its range a second
    assert abs(change) <= 1.6 * step_s + 1e-6


@given(patterns, times_s)
def test_a_breath_ends_on_a_whole_breath_not_before_now(pattern: BreathPattern, t_s: float) -> None:
    segment = BreathSegment(0.0, pattern)
    end_s = breath_end_s(segment, t_s)
    assert t_s <= end_s <= t_s + pattern.cycle_s * (1 + 1e-6)
    cycles = end_s / pattern.cycle_s
    assert cycles == pytest.approx(round(cycles), abs=1e-6)


@given(patterns, patterns, times_s)
def test_a_change_of_pace_goes_on_from_the_same_breath(
    old: BreathPattern, new: BreathPattern, t_s: float
) -> None:
    segment = BreathSegment(0.0, old)
    at_s = breath_end_s(segment, t_s)
    changed = continued(segment, at_s, new)
    assert phase_at(changed, at_s).fullness == pytest.approx(0.0, abs=1e-6)
    assert phase_at(changed, at_s).cycles == pytest.approx(at_s / old.cycle_s, abs=1e-6)


def test_a_slot_takes_whole_breaths_and_enough_to_read() -> None:
    assert whole_breaths(20, EASE) == 2
    assert whole_breaths(24, EASE) == 2
    assert whole_breaths(1, EASE) == 1
    light = BreathPattern(3.0, 0.0, 4.0, 0.0)
    assert whole_breaths(7, light) == 1
    assert whole_breaths(7, light, at_least_s=8) == 2
