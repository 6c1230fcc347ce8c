"""What is left out of a session is kept beside it, and can be taken back in."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from biofeedback.sessions.errors import NoSuchSessionError, StorageError
from biofeedback.sessions.kept_figures import Figures
from biofeedback.sessions.left_out import Range
from biofeedback.sessions.store import Store
from biofeedback.sessions.summary import ALGORITHM
from biofeedback.types import Choices
from tests.biofeedback.sessions.conftest import STARTED_AT


@pytest.fixture
def session_id(store: Store) -> int:
    recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    recorder.finish(
        "stopped", duration_s=9, n_packets=0, n_beats=0, figures=Figures(algorithm=ALGORITHM)
    )
    return recorder.session_id


def test_stretches_are_kept_in_order_of_time(store: Store, folder: Path, session_id: int) -> None:
    late = store.left_out.add(session_id, (5.0, 6.5))
    early = store.left_out.add(session_id, (0.1 + 0.2, 1.0))
    with Store.open(folder) as another:
        found = another.left_out.of(session_id)
        assert another.left_out.all() == {session_id: found}
        assert another.left_out.spans(session_id) == ((0.1 + 0.2, 1.0), (5.0, 6.5))
    assert found == (Range(early, 0.1 + 0.2, 1.0), Range(late, 5.0, 6.5))
    store.left_out.remove(early)
    assert store.left_out.of(session_id) == (Range(late, 5.0, 6.5),)


def test_all_of_a_session_can_be_left_out(store: Store, session_id: int) -> None:
    range_id = store.left_out.add(session_id, None)
    (found,) = store.left_out.of(session_id)
    assert found.whole
    assert found.span == (-math.inf, math.inf)
    store.left_out.remove(range_id)
    assert store.left_out.all() == {}


def test_a_change_makes_the_figures_stale(store: Store, session_id: int) -> None:
    fresh = Figures(algorithm=ALGORITHM)
    assert store.figures.stale() == []
    range_id = store.left_out.add(session_id, (1.0, 2.0))
    assert store.figures.stale() == [session_id]
    store.figures.set(session_id, fresh)
    assert store.figures.stale() == []
    store.left_out.remove(range_id)
    assert store.figures.stale() == [session_id]


@pytest.mark.parametrize("span", [(2.0, 2.0), (3.0, 1.0), (math.nan, 1.0), (0.0, math.inf)])
def test_what_is_no_stretch_is_refused(
    store: Store, session_id: int, span: tuple[float, float]
) -> None:
    with pytest.raises(ValueError, match="no stretch"):
        store.left_out.add(session_id, span)
    assert store.left_out.all() == {}


def test_what_is_not_there_is_said_so(store: Store, session_id: int) -> None:
    with pytest.raises(NoSuchSessionError, match=r"There is no session 7\."):
        store.left_out.add(7, None)
    with pytest.raises(StorageError, match="not left out any more"):
        store.left_out.remove(99)
    store.left_out.add(session_id, (1.0, 2.0))
    store.delete([session_id])
    with pytest.raises(NoSuchSessionError):
        store.left_out.add(session_id, None)
    assert store.left_out.all() == {}
    assert store.left_out.of(session_id) == ()
