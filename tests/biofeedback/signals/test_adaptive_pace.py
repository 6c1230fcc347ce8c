"""The guide drifts little by little, within the limits, and only where the heart follows."""

from __future__ import annotations

import random
from math import atan, cos, pi, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.signals.adaptive_pace import EVERY_S, STEP_PER_MIN, AdaptivePace
from biofeedback.signals.resonance_curve import chance_below
from biofeedback.signals.resonance_response import Response
from biofeedback.types import Beat


def _response(rate: float, f0_per_min: float, q: float = 2.5) -> Response:
    off = rate / f0_per_min - f0_per_min / rate
    return Response(
        rate_per_min=rate,
        swing_bpm=7 / sqrt(1 + (q * off) ** 2),
        swing_error_bpm=0.3,
        phase_rad=-atan(q * off) - 2 * pi * rate / 60,
        phase_error_rad=0.08,
        locking=0.95,
        n_breaths=9,
    )


def _breathe(
    pace: AdaptivePace, rate: float, begins_s: float, size_bpm: float, seconds: float
) -> float:
    """Give a block of beats at a pace; return when it is over."""
    t_s = begins_s
    while t_s < begins_s + seconds:
        cycles = rate / 60 * (t_s - begins_s)
        ticks = round(60 / (65 + size_bpm * cos(2 * pi * cycles)) * 1024)
        t_s += ticks / 1024
        pace.push(Beat(t_s, ticks), rate / 60 * (t_s - begins_s) + begins_s)
    return t_s


def test_the_side_on_which_the_resonance_lies_is_told_by_quicker_paces() -> None:
    for f0_per_min, below in ((5.0, True), (7.0, False)):
        responses = [_response(rate, f0_per_min) for rate in (7.5, 6.0)]
        assert (chance_below(responses, 6.0, 4.5, 7.0) > 0.5) is below


def test_nothing_is_decided_before_two_minutes_of_a_pace() -> None:
    pace = AdaptivePace(4.5, 7.0)
    pace.keep_to(6.0, 0.0)
    _breathe(pace, 6.0, 0.0, 6.0, 130.0)
    assert pace.decide(EVERY_S - 0.1) is None
    decided = pace.decide(EVERY_S)
    assert decided is None or abs(decided - 6.0) == pytest.approx(STEP_PER_MIN)
    # the block is used up
    assert pace.decide(EVERY_S + 60) is None


def test_a_heart_that_does_not_follow_moves_nothing() -> None:
    pace = AdaptivePace(4.5, 7.0)
    pace.keep_to(6.0, 0.0)
    chance = random.Random(1)
    for second in range(1, 130):
        pace.push(Beat(float(second), round(chance.gauss(1000, 60))), second / 10)
    assert pace.decide(130.0) is None


def test_at_rest_and_without_beats_it_stays() -> None:
    pace = AdaptivePace(4.5, 7.0)
    assert pace.decide(1000.0) is None
    pace.keep_to(6.0, 0.0)
    assert pace.decide(1000.0) is None
    pace.rest()
    assert pace.decide(5000.0) is None


@given(
    st.floats(4.5, 7.0),
    st.floats(4.5, 5.5),
    st.floats(5.6, 7.0),
    st.lists(st.floats(0.5, 12.0), min_size=3, max_size=6),
)
@settings(max_examples=15, deadline=None)
def test_it_never_leaves_the_limits_never_jumps_and_says_the_same_again(
    start: float, slowest: float, fastest: float, sizes: list[float]
) -> None:
    def run() -> list[float]:
        pace, rate, t_s, paces = AdaptivePace(slowest, fastest), start, 0.0, [start]
        pace.keep_to(rate, t_s)
        for size_bpm in sizes:
            t_s = _breathe(pace, rate, t_s, size_bpm, EVERY_S + 1)
            decided = pace.decide(t_s)
            if decided is not None:
                assert abs(decided - rate) <= STEP_PER_MIN + 1e-6
                assert min(slowest, start) - 1e-6 <= decided <= max(fastest, start) + 1e-6
                rate = decided
                pace.keep_to(rate, t_s)
            paces.append(rate)
        return paces

    assert run() == run()
