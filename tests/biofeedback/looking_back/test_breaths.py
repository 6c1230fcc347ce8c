"""The guide as arrays: the very same breath that frames draw one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.looking_back.breaths import (
    Guided,
    cycles,
    fullness,
    guided_stretches,
    longest,
    segment_at,
)
from biofeedback.practice.breath import continued, phase_at
from biofeedback.types import BreathPattern, BreathSegment, GuideChanged

stages = st.floats(0.5, 8.0)
holds = st.sampled_from([0.0, 1.0, 4.0])
patterns = st.builds(BreathPattern, stages, holds, stages, holds)


@given(
    pattern=patterns,
    lead=st.lists(patterns, max_size=4),
    start_s=st.floats(0.0, 500.0),
    begun=st.floats(0.0, 30.0),
    length_s=st.floats(5.0, 200.0),
)
def test_many_times_at_once_are_what_one_by_one_they_are(
    pattern: BreathPattern,
    lead: list[BreathPattern],
    start_s: float,
    begun: float,
    length_s: float,
) -> None:
    whole = float(round(begun)) if lead else begun
    segment = BreathSegment(start_s, pattern, whole, tuple(lead))
    stretch = Guided(start_s, start_s + length_s, segment)
    t_s = np.linspace(start_s, start_s + length_s, 97, endpoint=False)
    expected = [phase_at(segment, t) for t in t_s.tolist()]
    np.testing.assert_allclose(cycles(stretch, t_s), [e.cycles for e in expected], atol=1e-6)
    # where a breath ends its fullness is 0 on both sides, or 1 where a hold of none follows
    np.testing.assert_allclose(fullness([stretch], t_s), [e.fullness for e in expected], atol=1e-6)


def test_the_guide_rests_between_stretches() -> None:
    one = BreathSegment(10.0, BreathPattern(4.0, 0.0, 6.0, 0.0))
    other = continued(one, 60.0, BreathPattern(5.0, 0.0, 5.0, 0.0))
    changes = [
        GuideChanged(10.0, one),
        GuideChanged(30.0, None),
        GuideChanged(50.0, one),
        GuideChanged(60.0, other),
    ]
    stretches = guided_stretches(changes, 100.0)
    assert [(s.from_s, s.to_s) for s in stretches] == [(10.0, 30.0), (50.0, 60.0), (60.0, 100.0)]
    full = fullness(stretches, np.array([5.0, 12.0, 40.0, 55.0, 70.0]))
    assert np.isnan(full).tolist() == [True, False, True, False, False]
    assert segment_at(stretches, 40.0) is None
    assert segment_at(stretches, 60.0) is other
    found = longest(stretches)
    assert found is not None
    assert found.segment is other


def test_a_guide_that_never_ran_has_no_longest_stretch() -> None:
    assert guided_stretches([], 100.0) == ()
    assert longest([]) is None
    assert np.isnan(fullness([], np.array([1.0, 2.0]))).all()


def test_a_change_at_the_very_end_is_no_stretch() -> None:
    segment = BreathSegment(10.0, BreathPattern(4.0, 0.0, 6.0, 0.0))
    assert guided_stretches([GuideChanged(50.0, segment)], 50.0) == ()


@pytest.mark.parametrize("size", [0, 1])
def test_no_times_and_one_time_are_fine(size: int) -> None:
    segment = BreathSegment(0.0, BreathPattern(4.0, 0.0, 6.0, 0.0))
    assert cycles(Guided(0.0, 20.0, segment), np.full(size, 5.0)).tolist() == [0.5] * size
