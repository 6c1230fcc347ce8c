"""The rows of a history are what the store keeps, deleted sessions apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from biofeedback.practice.content import load_content
from biofeedback.sessions.errors import DamagedStoreError
from biofeedback.sessions.history import SIMULATED, Came
from biofeedback.sessions.info import Ended
from biofeedback.sessions.kept_figures import Figures
from biofeedback.sessions.store import Store
from biofeedback.sessions.summary import Summary
from biofeedback.signals.calm import CalmAnswer, CalmVerdict
from biofeedback.signals.calm_reasons import CalmReason
from biofeedback.types import Choices, LinkUp, Strap
from tests.biofeedback.sessions.conftest import STARTED_AT

STRAP = Strap("F0:9E:1A:00:00:01", "Polar H10")


def keep(store: Store, days: int, source: str = "ble:", *, figures: bool = True) -> int:
    """Keep a session with a verdict, begun so many days after the first."""
    recorder = store.begin(
        source=source,
        choices=Choices(plan_id="letter"),
        started_at=STARTED_AT + timedelta(days=days),
    )
    recorder.write(LinkUp(0.0, STRAP))
    verdict = CalmVerdict(CalmAnswer.SAME, -1.0, (-2.0, 0.0), CalmReason.WITHIN)
    summary = Summary(420, 400, 0.0, 420.0, True, (), None, verdict)
    recorder.finish(
        "completed",
        duration_s=420.0,
        n_packets=420,
        n_beats=400,
        summary=summary.to_dict(),
        figures=Figures.from_summary(summary) if figures else None,
    )
    return recorder.session_id


@pytest.mark.parametrize("figures", [True, False])
def test_a_row_says_what_is_kept(store: Store, figures: bool) -> None:
    number = keep(store, 0, figures=figures)
    store.reflections.set_tags(number, ["rain", "late"])
    store.reflections.set_note(number, "Dull.")
    store.left_out.add(number, (10.0, 20.0))
    (row,) = store.history.all(load_content())
    assert (row.id, row.started_at, row.duration_s) == (number, STARTED_AT, 420.0)
    assert (row.practice, row.strap, row.ended) == ("letter", "Polar H10", Ended.COMPLETED)
    assert (row.tags, row.note) == (("rain", "late"), "Dull.")
    assert (row.left_out, row.part_left_out) == (False, True)
    assert row.came is Came.SAME


def test_all_of_it_left_out_is_more_than_a_part(store: Store) -> None:
    number = keep(store, 0)
    assert not store.history.all(load_content())[0].left_out
    for part in ((1.0, 2.0), None):
        store.left_out.add(number, part)
    (row,) = store.history.all(load_content())
    assert (row.left_out, row.part_left_out) == (True, False)


def test_the_newest_comes_first(store: Store) -> None:
    numbers = [keep(store, days) for days in (1, 3, 2)]
    assert [row.id for row in store.history.all(load_content())] == [
        numbers[1],
        numbers[2],
        numbers[0],
    ]


def test_one_that_runs_is_there(store: Store) -> None:
    store.begin(source="sim:7", choices=Choices(), started_at=STARTED_AT)
    (row,) = store.history.all(load_content())
    assert (row.came, row.strap, row.duration_s) == (Came.RUNNING, SIMULATED, None)


def test_deleted_ones_are_listed_apart(store: Store) -> None:
    kept, gone = keep(store, 0), keep(store, 1)
    store.delete([gone])
    content = load_content()
    assert [row.id for row in store.history.all(content)] == [kept]
    assert [row.id for row in store.history.deleted(content)] == [gone]
    store.restore([gone])
    assert store.history.deleted(content) == ()


def test_a_row_that_makes_no_sense_is_said(store: Store) -> None:
    number = keep(store, 0)
    store._connection.execute("UPDATE session SET started_at = 'once' WHERE id = ?", (number,))
    with pytest.raises(DamagedStoreError, match="cannot be read"):
        store.history.all(load_content())
