"""Which part of a session is in sight: never beyond its ends, whatever is done."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.time_view import LEAST_SPAN_S, TimeView
from gui.widgets.chart import time_ticks

moves = st.lists(
    st.one_of(
        st.tuples(st.just("zoom"), st.floats(-6, 6), st.floats(-100, 4000)),
        st.tuples(st.just("pan"), st.floats(-4000, 4000), st.just(0.0)),
        st.tuples(st.just("show"), st.floats(0, 3000), st.just(0.0)),
    ),
    max_size=12,
)


def shown(duration_s: float) -> TimeView:
    view = TimeView(duration_s)
    view.whole()
    return view


@given(duration_s=st.floats(20.0, 3000.0), does=moves)
def test_the_view_never_leaves_the_session(
    duration_s: float, does: list[tuple[str, float, float]]
) -> None:
    view = shown(duration_s)
    for what, value, around_s in does:
        match what:
            case "zoom":
                view.zoom(value, around_s)
            case "pan":
                view.pan(value)
            case "show":
                view.show(min(value, duration_s))
        assert -1e-6 <= view.from_s < view.to_s <= duration_s + 1e-6
        assert view.span_s >= min(LEAST_SPAN_S, duration_s) - 1e-6


@given(duration_s=st.floats(100.0, 3000.0), t_s=st.floats(0.0, 1.0), steps=st.floats(0.5, 5.0))
def test_looking_closer_leaves_the_moment_where_it_is(
    duration_s: float, t_s: float, steps: float
) -> None:
    view = shown(duration_s)
    around_s = t_s * duration_s
    before = view.part(around_s)
    view.zoom(steps, around_s)
    assert view.part(around_s) == pytest.approx(before, abs=1e-6)


@given(t_s=st.floats(0.0, 600.0))
def test_a_moment_that_is_to_be_seen_is_in_sight(t_s: float) -> None:
    view = shown(600.0)
    view.zoom(4, 100.0)
    span_s = view.span_s
    view.show(t_s)
    assert view.from_s - 1e-6 <= t_s <= view.to_s + 1e-6
    assert view.span_s == pytest.approx(span_s)


def test_a_session_of_no_length_can_be_looked_at() -> None:
    view = shown(0.0)
    view.zoom(2, 0.0)
    view.pan(5.0)
    assert (view.from_s, view.to_s) == (0.0, 0.0)
    assert view.part(3.0) == 0.0
    assert view.at(0.7) == 0.0


@given(from_s=st.floats(-100.0, 3000.0), span_s=st.floats(10.0, 7000.0), most=st.integers(2, 12))
def test_ticks_are_round_and_in_sight(from_s: float, span_s: float, most: int) -> None:
    ticks = time_ticks(from_s, from_s + span_s, most)
    assert all(from_s <= tick <= from_s + span_s for tick in ticks)
    assert all(tick == round(tick) for tick in ticks)
    assert len(ticks) <= most + 1 or span_s > 3600 * most
