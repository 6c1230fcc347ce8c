"""Figures are worked out anew from the raw log: where they are old, or something is left out."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from biofeedback.refreshed import UnreadableSessionError, refresh, refresh_one
from biofeedback.run import practise, replay
from biofeedback.sessions.errors import NoSuchSessionError, StorageError
from biofeedback.sessions.info import SessionInfo
from biofeedback.sessions.kept_figures import Figures
from biofeedback.sessions.store import Store
from biofeedback.sessions.summary import ALGORITHM, PhaseFigures
from biofeedback.signals.left_out import Span
from biofeedback.types import Choices, Packet, PhaseName
from devices.clock import VirtualClock
from devices.simulator import SimulatedSource

CHOICES = Choices(length_s=240.0, quiet_s=62.0)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three practices of simulated hearts in it."""
    folder = tmp_path_factory.mktemp("recorded")
    with Store.open(folder) as store:
        for seed in (1, 2, 3):
            asyncio.run(
                practise(
                    choices=CHOICES,
                    open_source=lambda clock, guide, seed=seed: SimulatedSource(  # type: ignore[misc]
                        clock, guide, seed=seed
                    ),
                    clock=VirtualClock(),
                    store=store,
                    sink=lambda update: None,
                    inbox=asyncio.Queue(),
                    started_at=datetime(2026, 1, 2, tzinfo=UTC),
                    ticking=False,
                )
            )
    return folder


@pytest.fixture
def store(recorded: Path, tmp_path: Path) -> Iterator[Store]:
    copytree(recorded, tmp_path / "home")
    with Store.open(tmp_path / "home") as opened:
        yield opened


def make_old(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("UPDATE figures SET algorithm = 1, before_hr_bpm = 1.0")
        other.execute("""UPDATE session SET summary = '{"algorithm": 1}'""")


def test_a_practice_keeps_its_figures(store: Store) -> None:
    figures = store.figures.all()
    assert sorted(figures) == [1, 2, 3]
    for session_id, kept in figures.items():
        summary = store.session(session_id).summary
        assert summary is not None
        assert kept.algorithm == ALGORITHM
        assert kept.before_hr_bpm == summary["phases"][0]["hr_bpm"]
        assert kept.after_rmssd_ms == summary["phases"][-1]["rmssd_ms"]
        assert kept.following_r2 == summary["following"]["r2"]
        assert kept.answer == summary["verdict"]["answer"]
    assert store.figures.stale() == []


def test_old_figures_become_what_they_were(store: Store) -> None:
    sessions, figures = store.sessions(), store.figures.all()
    make_old(store)
    told: list[tuple[int, int]] = []
    done = refresh(store, lambda n, of: told.append((n, of)))
    assert (done.n_done, done.problems) == (3, ())
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert store.sessions() == sessions
    assert store.figures.all() == figures
    assert refresh(store).n_done == 0


def test_it_may_be_interrupted_and_goes_on(store: Store) -> None:
    figures = store.figures.all()
    make_old(store)

    def stop(n: int, of: int) -> None:
        if n == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh(store, stop)
    assert store.figures.stale() == [2, 1]
    assert refresh(store).n_done == 2
    assert store.figures.all() == figures


def test_one_that_cannot_be_read_does_not_stop_the_others(store: Store) -> None:
    make_old(store)
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("""UPDATE session SET choices = '{"plan_id": "nowhere"}' WHERE id = 2""")
    done = refresh(store)
    assert done.n_done == 2
    ((session_id, said),) = done.problems
    assert session_id == 2
    assert "nowhere" in said
    assert store.session(2).summary == {"algorithm": 1}
    with pytest.raises(UnreadableSessionError):
        refresh_one(store, 2)


def test_what_is_left_out_is_not_in_the_figures_and_comes_back_with_them(store: Store) -> None:
    info, figures = store.session(1), store.figures.of(1)
    assert figures is not None
    assert info.summary is not None
    guided = next(p for p in info.summary["phases"] if p["name"] == PhaseName.GUIDED)
    range_id = store.left_out.add(1, (guided["start_s"] + 30.0, guided["end_s"] - 10.0))
    summary = refresh_one(store, 1)
    less = store.figures.of(1)
    assert less == Figures.from_summary(summary)
    assert (less.before_hr_bpm, less.after_hr_bpm) == (figures.before_hr_bpm, figures.after_hr_bpm)
    assert less.answer == figures.answer
    assert less.guided_hr_bpm is not None
    assert less.guided_hr_bpm != figures.guided_hr_bpm
    # less than eight breaths are left in one piece
    assert less.following_r2 is None
    # what was received stays what it was
    assert summary.n_beats == info.n_beats
    assert store.session(1).summary == summary.to_dict()

    store.left_out.remove(range_id)
    refresh_one(store, 1)
    assert store.figures.of(1) == figures
    assert store.session(1) == info


def test_of_a_session_that_is_left_out_no_figure_remains(store: Store) -> None:
    store.left_out.add(3, None)
    refresh(store)
    figures = store.figures.of(3)
    assert figures is not None
    assert figures == Figures(algorithm=ALGORITHM, strap_kind=figures.strap_kind)


def test_a_session_that_runs_or_is_not_there_has_no_figures_to_work_out(store: Store) -> None:
    running = store.begin(
        source="sim:", choices=Choices(), started_at=datetime(2026, 1, 2, tzinfo=UTC)
    )
    with pytest.raises(StorageError, match="not over yet"):
        refresh_one(store, running.session_id)
    with pytest.raises(NoSuchSessionError):
        refresh_one(store, 99)


def test_only_what_heartbeats_fill_counts_as_heard(store: Store) -> None:
    info = store.session(1)
    quiet = summed(store, info, ())
    assert quiet.heard_s == pytest.approx(quiet.end_s - quiet.start_s, abs=1.0)
    assert quiet.heard_s is not None
    out = summed(store, info, ((10.0, 20.0),)).heard_s
    assert out == pytest.approx(quiet.heard_s - 10, abs=2.0)
    silent = [e for e in store.events(1) if not (isinstance(e, Packet) and 10 < e.t_s < 20)]
    _, with_gap = replay(silent, info.choices, info.duration_s)
    assert with_gap.phases[0].heard_s == pytest.approx(quiet.heard_s - 10, abs=3.0)


def summed(store: Store, info: SessionInfo, left_out: tuple[Span, ...]) -> PhaseFigures:
    """The quiet time before, without what is left out."""
    events = store.events(info.id)
    _, summary = replay(events, info.choices, info.duration_s, left_out=left_out)
    return summary.phases[0]
