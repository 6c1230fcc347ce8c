"""A session opened: everything on its page agrees with what the session told."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.looking_back.lacks import Lack
from biofeedback.looking_back.opened import merged, open_session, pauses
from biofeedback.looking_back.power import Power
from biofeedback.practice.assessing import STEPPED
from biofeedback.run import replay
from biofeedback.timeline import Timeline, timeline
from biofeedback.types import (
    Beat,
    BeatFlag,
    BeatsJudged,
    Choices,
    Metrics,
    Paused,
    PhaseName,
    PulseSeen,
    StrapKind,
    StrapRecognised,
    Update,
)
from tests.biofeedback.looking_back.made import (
    CHOICES,
    FAULTS,
    LENGTH_S,
    PAUSE,
    laid_out,
    recorded,
    rough,
    smooth,
)


# ------------------------------------------------------------------------------- the heart
def test_every_judged_beat_is_a_point_of_the_line() -> None:
    opened = rough()
    beats = [b for u in opened.timeline.updates if isinstance(u, BeatsJudged) for b in u.beats]
    assert opened.heart.t_s.tolist() == [beat.t_s for beat in beats]
    np.testing.assert_allclose(opened.heart.hr_bpm, [60_000 / beat.rr_ms for beat in beats])
    assert opened.heart.normal.tolist() == [beat.flag is BeatFlag.NORMAL for beat in beats]


def test_no_line_goes_through_an_odd_beat_or_across_a_gap() -> None:
    heart = rough().heart
    assert not heart.joined[~heart.normal].any()
    normal = np.flatnonzero(heart.normal)
    for before, after in pairwise(normal.tolist()):
        far = heart.t_s[after] - heart.t_s[before] > 4.0
        apart = far or heart.segment[after] != heart.segment[before]
        assert heart.joined[after] == (not apart)
    assert not heart.joined[normal[0]]


def test_the_nearest_beat_is_found_at_the_ends_too() -> None:
    heart = smooth().heart
    assert heart.nearest(-5.0) == 0
    assert heart.nearest(1e6) == heart.size - 1
    middle = float((heart.t_s[10] * 0.6) + heart.t_s[11] * 0.4)
    assert heart.nearest(middle) == 10


def test_a_strap_without_heartbeats_shows_its_own_figure_and_no_spectrum() -> None:
    told: list[Update] = [StrapRecognised(0.0, StrapKind.NONE)]
    told += [PulseSeen(float(t), 60 + t % 3, None, ()) for t in range(1, 90) if not 40 < t < 50]
    opened = open_session(Timeline(tuple(told), tuple(u.t_s for u in told), 90.0, ()))
    assert not opened.heart.of_beats
    assert opened.heart.size == 80
    assert opened.heart.normal.all()
    assert np.flatnonzero(~opened.heart.joined).tolist() == [0, 40]
    assert opened.quiet_power is Lack.NO_QUIET
    assert opened.guided_power is Lack.NO_GUIDE
    assert opened.following.t_s.size == 0


def test_a_session_without_a_strap_opens_empty() -> None:
    opened = open_session(timeline([], CHOICES, LENGTH_S))
    assert opened.heart.size == 0
    assert opened.heart.nearest(3.0) is None
    assert opened.quiet_power is Lack.NO_HEART
    assert opened.guided_power is Lack.NO_HEART
    assert opened.following.told == 0
    assert next(p.phase for p in opened.phases) is PhaseName.QUIET_BEFORE


# ---------------------------------------------------------------------- phases and pauses
def test_phases_pauses_and_lost_links_are_where_they_were() -> None:
    opened = rough()
    assert [each.phase for each in opened.phases] == [
        PhaseName.QUIET_BEFORE,
        PhaseName.GUIDED,
        PhaseName.QUIET_AFTER,
    ][: len(opened.phases)]
    ((paused_s, resumed_s),) = opened.pauses
    assert (paused_s, resumed_s) == (80.0, 96.5)
    (lost,) = opened.lost
    assert lost.from_s == pytest.approx(260.0, abs=0.2)
    assert lost.to_s == pytest.approx(269.0, abs=0.5)
    assert opened.phase_at(30.0) is PhaseName.QUIET_BEFORE
    assert opened.phase_at(100.0) is PhaseName.GUIDED
    assert opened.guided_from_s == pytest.approx(60.0)


def test_a_pause_that_nobody_ended_lasts_to_the_end() -> None:
    assert pauses([Paused(50.0)], 80.0) == ((50.0, 80.0),)


# ------------------------------------------------------------------------------- following
def test_following_at_a_whole_breath_is_what_was_told_live() -> None:
    opened = smooth()
    told = {
        u.t_s: u.following.r2
        for u in opened.timeline.updates
        if isinstance(u, Metrics) and u.following is not None
    }
    line = opened.following
    assert line.told >= 5
    shared = [
        (t, r2) for t, r2 in zip(line.t_s.tolist(), line.r2.tolist(), strict=True) if t in told
    ]
    assert len(shared) >= 5
    for t_s, r2 in shared:
        assert r2 == pytest.approx(told[t_s], abs=0.08)


def test_following_has_a_gap_where_the_link_was_lost() -> None:
    line = rough().following
    lost = [r2 for t_s, r2 in zip(line.t_s, line.r2, strict=True) if 269 < t_s < 330]
    assert lost
    assert np.isnan(lost).all()


def test_following_tells_nothing_of_what_is_left_out() -> None:
    opened = open_session(laid_out(), [(150.0, 160.0)])
    line = opened.following
    touched = (line.t_s > 150.0) & (line.t_s < 215.0)
    assert touched.any()
    assert np.isnan(line.r2[touched]).all()
    assert line.told < smooth().following.told


# -------------------------------------------------------------------------------- spectra
def test_the_spectrum_of_the_practice_peaks_at_the_guide() -> None:
    power = smooth().guided_power
    assert isinstance(power, Power)
    assert power.pace_per_min == pytest.approx(6.0, abs=0.01)
    assert power.peak_per_min == pytest.approx(6.0, abs=0.5)
    assert power.per_min.min() >= 2.4 - 1e-9
    assert power.per_min.max() <= 24.0 + 1e-9


def test_the_quiet_time_has_a_spectrum_of_its_own_without_a_pace() -> None:
    power = smooth().quiet_power
    assert isinstance(power, Power)
    assert power.pace_per_min is None
    assert power.from_s == 0.0
    assert power.to_s == pytest.approx(60.0)


def test_a_short_quiet_time_says_that_it_is_short() -> None:
    choices = replace(Choices(), quiet_s=20.0, length_s=120.0)
    assert open_session(laid_out(choices, length_s=120.0)).quiet_power is Lack.SHORT


def test_no_quiet_time_says_so() -> None:
    choices = replace(Choices(), quiet_s=0.0, length_s=120.0)
    assert open_session(laid_out(choices, length_s=120.0)).quiet_power is Lack.NO_QUIET


def test_a_part_with_many_odd_beats_has_no_spectrum() -> None:
    told: list[Update] = []
    for u in laid_out().updates:
        if isinstance(u, BeatsJudged):
            beats = tuple(
                replace(b, flag=BeatFlag.ECTOPIC) if number % 2 else b
                for number, b in enumerate(u.beats, round(u.t_s))
            )
            told.append(replace(u, beats=beats))
        else:
            told.append(u)
    whole = laid_out()
    opened = open_session(replace(whole, updates=tuple(told)))
    assert opened.quiet_power is Lack.ROUGH
    assert opened.following.told == 0


def test_what_is_left_out_takes_its_spectrum_along() -> None:
    opened = open_session(laid_out(), [(0.0, 60.0)])
    assert opened.quiet_power is Lack.LEFT_OUT
    assert isinstance(opened.guided_power, Power)


# -------------------------------------------------------------------------------- figures
def test_the_figures_are_those_of_the_replay() -> None:
    _, summary = replay(recorded(CHOICES, 3, FAULTS, PAUSE), CHOICES, LENGTH_S)
    assert rough().summary == summary


@given(
    ranges=st.lists(st.tuples(st.floats(-50, 400), st.floats(-50, 400)), max_size=6),
    t_s=st.floats(0.0, 299.0),
)
def test_ranges_are_put_in_order_and_cover_the_same_moments(
    ranges: list[tuple[float, float]], t_s: float
) -> None:
    found = merged(ranges, 300.0)
    assert all(0 <= from_s < to_s <= 300 for from_s, to_s in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    covered = any(from_s <= t_s < to_s for from_s, to_s in ranges)
    assert any(from_s <= t_s < to_s for from_s, to_s in found) == covered


def test_a_left_out_beat_stays_on_the_line_and_does_not_count() -> None:
    opened = open_session(laid_out(), [(100.0, 110.0)])
    heart = opened.heart
    inside = (heart.t_s >= 100.0) & (heart.t_s < 110.0)
    assert inside.any()
    assert heart.size == smooth().heart.size
    assert not heart.kept(opened.left_out)[inside].any()
    assert opened.is_left_out(105.0)
    assert not opened.is_left_out(110.0)


def test_nothing_is_joined_across_what_is_left_out() -> None:
    heart = smooth().heart
    series = heart.series(60.0, 200.0, [(100.0, 110.0)])
    after = int(series.t_s.searchsorted(110.0))
    assert not series.joined[after]
    assert series.size == int(
        heart.kept([(100.0, 110.0)])[(heart.t_s >= 60) & (heart.t_s < 200)].sum()
    )


def test_a_search_for_ones_pace_opens_with_what_it_found() -> None:
    choices = Choices(plan_id=STEPPED, quiet_s=0.0, seed=1)
    opened = open_session(laid_out(choices, 12, length_s=780.0))
    assert opened.summary.resonance is not None
    assert len(opened.guided) == 5
    assert opened.quiet_power is Lack.NO_QUIET
    assert isinstance(opened.guided_power, Power)


def test_beats_of_no_length_are_no_points() -> None:
    beats = (Beat(1.0, 0), Beat(2.0, 1024))
    told: tuple[Update, ...] = (BeatsJudged(2.0, beats),)
    assert open_session(Timeline(told, (2.0,), 3.0, ())).heart.t_s.tolist() == [2.0]
