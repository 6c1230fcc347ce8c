"""Figures are kept in the commit that ends a session, and come back as they were."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.sessions.errors import DamagedStoreError, NoSuchSessionError, StorageError
from biofeedback.sessions.kept_figures import Figures
from biofeedback.sessions.store import Store
from biofeedback.sessions.summary import ALGORITHM, PhaseFigures, Summary
from biofeedback.signals.calm import CalmAnswer, CalmVerdict
from biofeedback.signals.calm_reasons import CalmReason
from biofeedback.types import Choices, Following, PhaseName, StrapKind
from tests.biofeedback.sessions.conftest import STARTED_AT
from tests.biofeedback.sessions.test_store_full_disk import fill_up, make_room

SOME = Figures(algorithm=ALGORITHM, before_hr_bpm=68.5, answer="same", strap_kind=StrapKind.TRUE_RR)
SUMMARY = Summary(
    n_packets=300,
    n_beats=290,
    artefact_fraction=0.01,
    duration_s=300.0,
    completed=True,
    phases=(
        PhaseFigures(PhaseName.QUIET_BEFORE, 0.0, 60.0, 68.0, 30.0),
        PhaseFigures(PhaseName.GUIDED, 60.0, 65.0, 99.0, None),
        PhaseFigures(PhaseName.GUIDED, 65.0, 240.0, 65.0, 44.0),
        PhaseFigures(PhaseName.QUIET_AFTER, 240.0, 300.0, 62.0, None),
    ),
    following=Following(share=0.4, r2=0.6, amplitude_bpm=5.5, locking=0.9),
    verdict=CalmVerdict(CalmAnswer.CALMER, -6.0, (-7.0, -5.0), CalmReason.SLOWER),
    strap_kind=StrapKind.TRUE_RR,
)

number = st.none() | st.floats(allow_nan=False, allow_infinity=False)
any_figures = st.builds(
    Figures,
    algorithm=st.integers(0, 99),
    answer=st.none() | st.sampled_from(CalmAnswer).map(lambda answer: answer.value),
    strap_kind=st.sampled_from(StrapKind),
    **{
        field.name: number
        for field in fields(Figures)
        if field.name not in ("algorithm", "answer", "strap_kind")
    },
)


def ended(store: Store, figures: Figures | None = SOME) -> int:
    recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    recorder.finish("stopped", duration_s=1, n_packets=0, n_beats=0, figures=figures)
    return recorder.session_id


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("figures")) as store:
        ended(store)
        yield store


@given(any_figures)
@settings(max_examples=40, deadline=None)
def test_any_figures_come_back(one_store: Store, figures: Figures) -> None:
    one_store.figures.set(1, figures)
    assert one_store.figures.of(1) == figures
    assert one_store.figures.all() == {1: figures}


def test_the_columns_are_the_table(one_store: Store) -> None:
    with closing(sqlite3.connect(one_store.path)) as raw:
        columns = [row[1] for row in raw.execute("PRAGMA table_info(figures)")]
    assert columns == ["session_id", *(field.name for field in fields(Figures))]


def test_they_are_taken_from_a_summary() -> None:
    assert Figures.from_summary(SUMMARY) == Figures(
        algorithm=ALGORITHM,
        before_hr_bpm=68.0,
        before_rmssd_ms=30.0,
        guided_hr_bpm=65.0,
        after_hr_bpm=62.0,
        after_rmssd_ms=None,
        following_r2=0.6,
        following_locking=0.9,
        amplitude_bpm=5.5,
        artefact_fraction=0.01,
        answer="calmer",
        strap_kind=StrapKind.TRUE_RR,
    )
    nothing = Summary(0, 0, None, 0.0, False, (), None, None)
    assert Figures.from_summary(nothing) == Figures(algorithm=ALGORITHM)


def test_the_end_of_a_session_and_its_figures_are_one_commit(store: Store) -> None:
    recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    fill_up(store)
    big = {"filler": "x" * 50_000}
    with pytest.raises(StorageError):
        recorder.finish("stopped", duration_s=1, n_packets=0, n_beats=0, summary=big, figures=SOME)
    assert store.figures.all() == {}
    assert store.session(recorder.session_id).ended is None
    make_room(store)
    recorder.finish("stopped", duration_s=1, n_packets=0, n_beats=0, summary=big, figures=SOME)
    assert store.figures.all() == {recorder.session_id: SOME}


def test_an_interrupted_session_is_closed_with_its_figures_once(store: Store, folder: Path) -> None:
    with Store.open(folder) as crashed:
        crashed.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    end = {"duration_s": 1.0, "n_packets": 1, "n_beats": 2}
    assert store.close_interrupted(1, **end, figures=SOME)  # type: ignore[arg-type]
    other = Figures(algorithm=1)
    assert not store.close_interrupted(1, **end, figures=other)  # type: ignore[arg-type]
    assert store.figures.of(1) == SOME


def test_those_of_another_version_or_missing_are_stale(store: Store) -> None:
    old = ended(store, Figures(algorithm=ALGORITHM - 1))
    ended(store)
    missing = ended(store, None)
    store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    deleted = ended(store, None)
    store.delete([deleted])
    assert store.figures.stale() == [missing, old]


def test_summary_and_figures_are_replaced_together(store: Store) -> None:
    session_id = ended(store)
    new = Figures.from_summary(SUMMARY)
    with pytest.raises(ValueError, match="JSON"):
        store.figures.set(session_id, new, {"rmssd_ms": float("nan")})
    assert store.figures.of(session_id) == SOME
    store.figures.set(session_id, new, SUMMARY.to_dict())
    assert store.session(session_id).summary == SUMMARY.to_dict()
    store.figures.set(session_id, SOME)
    assert store.session(session_id).summary == SUMMARY.to_dict()
    with pytest.raises(NoSuchSessionError):
        store.figures.set(7, SOME)


def test_figures_that_no_version_wrote_are_damage(store: Store) -> None:
    ended(store)
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("UPDATE figures SET strap_kind = 'sundial'")
    with pytest.raises(DamagedStoreError, match="sundial"):
        store.figures.all()
