"""What is left out: no beat of it is used, and nothing is joined across it."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from biofeedback.signals.calm import CalmAnswer, calm_verdict
from biofeedback.signals.left_out import Span, beats_outside, is_outside, spans_outside
from biofeedback.signals.series import NNSeries
from biofeedback.types import Beat

ticks = st.lists(st.integers(300, 2000), min_size=1, max_size=60)
stretches = st.lists(
    st.tuples(st.floats(0, 60), st.floats(0.01, 10)).map(lambda s: (s[0], s[0] + s[1])), max_size=4
)


def beats(rr_ticks: list[int], start_s: float = 0.0) -> list[Beat]:
    """Beats one after the other."""
    at_ticks, placed = 0, []
    for rr in rr_ticks:
        at_ticks += rr
        placed.append(Beat(start_s + at_ticks / 1024, rr))
    return placed


@given(ticks, stretches)
def test_no_beat_of_it_is_used_and_nothing_is_joined_across(
    rr_ticks: list[int], left_out: list[Span]
) -> None:
    given_beats = beats(rr_ticks)
    kept = beats_outside(given_beats, left_out)
    by_time = {beat.t_s: beat for beat in given_beats}
    for beat in given_beats:
        untouched = is_outside(beat.t_s - beat.rr_ms / 1000, beat.t_s, left_out)
        assert untouched == (beat.t_s in {one.t_s for one in kept})
    series = NNSeries.from_beats(kept)
    for n in range(1, series.size):
        before_s, after_s = series.t_s[n - 1], series.t_s[n]
        crossed = any(before_s - 1e-9 < u and f < after_s + 1e-9 for f, u in left_out)
        neighbours = abs(after_s - by_time[float(after_s)].rr_ms / 1000 - before_s) < 1e-9
        assert not (series.joined[n] and not neighbours)
        assert crossed or bool(series.joined[n]) == neighbours


def test_a_stretch_between_two_beats_parts_them() -> None:
    # The first beat ends at 1 s, the next begins there: what lies between is no time at all, so
    # the stretch takes the second beat with it.
    kept = beats_outside(beats([1024, 1024, 1024]), [(1.0, 1.1)])
    assert [beat.t_s for beat in kept] == [1.0, 3.0]
    assert not NNSeries.from_beats(kept).joined.any()


def test_all_can_be_left_out() -> None:
    assert beats_outside(beats([1000] * 5), [(-math.inf, math.inf)]) == []
    assert spans_outside(0.0, 5.0, [(-math.inf, math.inf)]) == []


def test_what_remains_of_a_stretch() -> None:
    assert spans_outside(0.0, 10.0, []) == [(0.0, 10.0)]
    assert spans_outside(0.0, 10.0, [(4.0, 6.0), (1.0, 2.0)]) == [
        (0.0, 1.0),
        (2.0, 4.0),
        (6.0, 10.0),
    ]
    assert spans_outside(0.0, 10.0, [(-1.0, 2.0), (1.0, 3.0), (9.0, 20.0)]) == [(3.0, 9.0)]
    assert spans_outside(5.0, 10.0, [(0.0, 2.0), (12.0, 13.0)]) == [(5.0, 10.0)]


def test_a_stretch_left_out_of_a_quiet_time_is_a_pause_and_no_unclear_beat() -> None:
    swing = [round(1000 + 40 * math.sin(n / 3) + 15 * math.sin(n * 1.7)) for n in range(90)]
    before, after = beats(swing), beats([rr + 60 for rr in swing], 400.0)
    left_out = [(20.0, 29.0)]
    halved = NNSeries.from_beats(beats_outside(before, left_out))
    whole = NNSeries.from_beats(after)
    taken_for_artefacts = calm_verdict(halved, whole)
    assert taken_for_artefacts.reason.startswith("Too many heartbeats were unclear")
    verdict = calm_verdict(halved, whole, left_out=left_out)
    assert verdict.answer is CalmAnswer.CALMER
