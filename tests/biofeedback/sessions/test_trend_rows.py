"""What trends are made of, read from a store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from biofeedback.practice.assessing import STEPPED
from biofeedback.sessions.info import Ended
from biofeedback.sessions.kept_figures import Figures
from biofeedback.sessions.reflection import Felt, Moment
from biofeedback.sessions.store import Store
from biofeedback.sessions.summary import ALGORITHM, PhaseFigures, Summary
from biofeedback.sessions.trends import TrendFigure, TrendSession
from biofeedback.types import Choices, Following, PhaseName
from tests.biofeedback.sessions.conftest import STARTED_AT

QUIET = PhaseFigures(PhaseName.QUIET_BEFORE, 2.0, 62.5, 64.25, 41.5)
GUIDED = PhaseFigures(PhaseName.GUIDED, 62.5, 362.5, 61.0, 88.0)


def _finished(store: Store, *phases: PhaseFigures, plan: str = "five") -> int:
    choices = Choices(plan_id=plan, guide_id="light")
    recorder = store.begin(source="ble:AA", choices=choices, started_at=STARTED_AT)
    summary = Summary(
        n_packets=9,
        n_beats=9,
        artefact_fraction=0.0,
        duration_s=362.5,
        completed=True,
        phases=phases,
        following=Following(0.5, 0.7, 6.0, 0.9),
        verdict=None,
    )
    recorder.finish(
        Ended.COMPLETED, duration_s=362.5, n_packets=9, n_beats=9, summary=summary.to_dict()
    )
    return recorder.session_id


def test_a_session_gives_its_quiet_minute_before_and_how_the_guide_was_followed(
    store: Store,
) -> None:
    session_id = _finished(store, QUIET, GUIDED)
    assert store.trend_sessions.all() == [
        TrendSession(session_id, STARTED_AT, "ble:AA", "", 60.5, 64.25, 41.5, 0.7, guide_id="light")
    ]


def test_an_assessment_goes_through_several_paces_so_its_following_is_none_to_compare(
    store: Store,
) -> None:
    _finished(store, QUIET, GUIDED, plan=STEPPED)
    (found,) = store.trend_sessions.all()
    assert (found.rmssd_ms, found.following_r2) == (41.5, None)


def test_the_guided_phase_is_never_taken_for_the_quiet_minute(store: Store) -> None:
    _finished(store, GUIDED)
    (found,) = store.trend_sessions.all()
    assert (found.quiet_s, found.hr_bpm, found.rmssd_ms) == (None, None, None)
    assert not found.usable


def test_ratings_come_with_their_session_and_skipped_ones_are_not_there(store: Store) -> None:
    session_id = _finished(store, QUIET)
    store.reflections.set_felt(session_id, Moment.BEFORE, Felt(6, None, 0))
    store.reflections.set_felt(session_id, Moment.AFTER, Felt(None, 3, None))
    (found,) = store.trend_sessions.all()
    assert found.ratings == {
        TrendFigure.TENSION_BEFORE: 6,
        TrendFigure.KINDNESS_BEFORE: 0,
        TrendFigure.DISTRESS_AFTER: 3,
    }


def test_a_session_that_still_runs_is_not_there(store: Store) -> None:
    store.begin(source="ble:AA", choices=Choices(), started_at=STARTED_AT)
    assert store.trend_sessions.all() == []


def test_what_was_left_out_as_a_whole_is_said_and_what_is_deleted_is_gone(store: Store) -> None:
    whole, part, deleted = (_finished(store, QUIET) for _ in range(3))
    store.left_out.add(whole, None)
    store.left_out.add(part, (100.0, 110.0))
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("UPDATE session SET deleted = 1 WHERE id = ?", (deleted,))
    assert [(each.session_id, each.left_out) for each in store.trend_sessions.all()] == [
        (whole, True),
        (part, False),
    ]


def test_what_was_left_out_of_the_quiet_minute_shortens_it(store: Store) -> None:
    session_id = _finished(store, QUIET)
    store.left_out.add(session_id, (30.0, 50.0))
    store.left_out.add(session_id, (60.0, 80.0))
    (found,) = store.trend_sessions.all()
    assert found.quiet_s == 38.0
    assert (found.left_out, found.usable) == (False, False)


def test_only_what_heartbeats_fill_counts_for_the_quiet_minute(store: Store) -> None:
    _finished(store, replace(QUIET, heard_s=35.25))
    (found,) = store.trend_sessions.all()
    assert found.quiet_s == 35.25
    assert not found.usable


def test_of_two_quiet_times_before_the_last_counts(store: Store) -> None:
    again = PhaseFigures(PhaseName.QUIET_BEFORE, 100.0, 190.0, 60.0, 50.0)
    _finished(store, QUIET, GUIDED, again)
    (found,) = store.trend_sessions.all()
    assert (found.quiet_s, found.hr_bpm, found.rmssd_ms) == (90.0, 60.0, 50.0)


def test_kept_figures_go_before_those_of_the_summary_even_where_they_are_withheld(
    store: Store,
) -> None:
    session_id = _finished(store, QUIET, GUIDED)
    store.figures.set(session_id, Figures(algorithm=ALGORITHM, before_hr_bpm=63.5))
    (found,) = store.trend_sessions.all()
    assert (found.hr_bpm, found.rmssd_ms, found.following_r2) == (63.5, None, None)


def test_a_session_keeps_the_person_s_clock(store: Store) -> None:
    _finished(store, QUIET)
    assert store.trend_sessions.all()[0].started_at.utcoffset() == timedelta(0)
