"""Ratings, tags and notes: kept as given, null where skipped, taken back, never leaked."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.sessions.errors import NoSuchSessionError, StorageError
from biofeedback.sessions.reflection import (
    NOTE_CHARS,
    TAG_CHARS,
    Felt,
    Moment,
    Reflection,
    Scale,
    clean_note,
    clean_tags,
)
from biofeedback.sessions.store import Store
from biofeedback.types import Choices
from tests.biofeedback.sessions.conftest import STARTED_AT

rating = st.one_of(st.none(), st.integers(0, 10))
felts = st.builds(Felt, rating, rating, rating)
asked = st.one_of(st.none(), felts)


def begin(store: Store, felt_before: Felt | None = None) -> int:
    recorder = store.begin(
        source="sim:", choices=Choices(), started_at=STARTED_AT, felt_before=felt_before
    )
    recorder.finish("stopped", duration_s=1, n_packets=0, n_beats=0)
    return recorder.session_id


@pytest.mark.parametrize("value", [-1, 11, 3.0, True, "3"])
def test_only_whole_numbers_from_0_to_10_are_ratings(value: object) -> None:
    with pytest.raises(ValueError, match="rated from 0 to 10"):
        Felt(tension=value)  # type: ignore[arg-type]


def test_nothing_is_said_of_a_session_until_somebody_says_it(store: Store) -> None:
    session_id = begin(store)
    assert store.reflections.of(session_id) == Reflection()
    assert store.reflections.all() == {}


def test_ratings_before_are_on_disk_with_the_session(store: Store, folder: Path) -> None:
    recorder = store.begin(
        source="sim:", choices=Choices(), started_at=STARTED_AT, felt_before=Felt(7, None, 0)
    )
    with Store.open(folder) as other:
        assert other.reflections.of(recorder.session_id).before == Felt(7, None, 0)


def test_what_was_skipped_is_null_and_who_was_not_asked_has_no_row(store: Store) -> None:
    skipped, unasked = begin(store, Felt()), begin(store)
    assert store.reflections.of(skipped).before == Felt()
    assert store.reflections.of(unasked).before is None
    with closing(sqlite3.connect(store.path)) as raw:
        assert raw.execute("SELECT * FROM felt").fetchall() == [
            (skipped, "before", None, None, None)
        ]


def test_ratings_are_changed_and_taken_back(store: Store) -> None:
    session_id = begin(store, Felt(5, 5, 5))
    for felt in (Felt(3, None, 10), Felt(2, 1, 0)):
        store.reflections.set_felt(session_id, Moment.AFTER, felt)
        assert store.reflections.of(session_id) == Reflection(Felt(5, 5, 5), felt)
    store.reflections.set_felt(session_id, Moment.AFTER, None)
    assert store.reflections.of(session_id) == Reflection(Felt(5, 5, 5))


def test_tags_and_note_are_kept_changed_and_cleared(store: Store) -> None:
    first, second = begin(store), begin(store)
    said = store.reflections
    assert said.set_tags(first, [" after  work ", "", "Rain", "rain"]) == ("after work", "Rain")
    assert said.set_note(first, "Sat by the window.\n\n") == "Sat by the window."
    said.set_tags(second, ["morning", "Rain"])
    assert said.all() == {
        first: Reflection(tags=("after work", "Rain"), note="Sat by the window."),
        second: Reflection(tags=("morning", "Rain")),
    }
    assert said.known_tags() == ("morning", "Rain", "after work")
    assert said.known_tags(1) == ("morning",)
    said.set_tags(first, [])
    said.set_note(first, " ")
    assert said.of(first) == Reflection()


def test_a_session_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(NoSuchSessionError):
        store.reflections.set_felt(1, Moment.AFTER, Felt(1, 1, 1))
    with pytest.raises(NoSuchSessionError):
        store.reflections.set_tags(1, ["rain"])
    with pytest.raises(NoSuchSessionError):
        store.reflections.set_note(1, "rain")


def test_what_is_said_goes_with_its_session(store: Store) -> None:
    session_id = begin(store, Felt(1, 1, 1))
    store.reflections.set_tags(session_id, ["rain"])
    store.reflections.set_note(session_id, "wet")
    store._connection.execute("DELETE FROM session WHERE id = ?", (session_id,))
    assert store.reflections.all() == {}


@given(st.lists(st.text(st.characters(), max_size=60)))
def test_tags_are_clean_and_stay_so(tags: list[str]) -> None:
    kept = clean_tags(tags)
    assert clean_tags(kept) == kept
    assert len({tag.casefold() for tag in kept}) == len(kept)
    for tag in kept:
        assert tag == tag.strip() != ""
        assert len(tag) <= TAG_CHARS
        tag.encode()


@given(st.text(st.characters()))
def test_any_text_is_a_note_that_can_be_stored(note: str) -> None:
    kept = clean_note(note)
    kept.encode()
    assert "\0" not in kept
    assert clean_note(kept) == kept


def test_a_long_note_is_cut_and_stored(store: Store) -> None:
    session_id = begin(store)
    assert len(store.reflections.set_note(session_id, "é" * 20_000)) == NOTE_CHARS
    assert store.reflections.of(session_id).note == "é" * NOTE_CHARS


# --------------------------------------------------------------------------------- facts
@given(asked, asked)
def test_a_rating_counts_only_where_it_was_given_both_times(
    before: Felt | None, after: Felt | None
) -> None:
    reflection = Reflection(before, after)
    pairs = [reflection.pairs()[scale] for scale in (Scale.TENSION, Scale.DISTRESS)]
    steps = [after - before for before, after in pairs if before is not None and after is not None]
    facts = reflection.facts()
    assert ("rating_lower" in facts) == (
        any(step < 0 for step in steps) and all(step <= 0 for step in steps)
    )
    assert ("rating_higher" in facts) == (
        any(step > 0 for step in steps) and all(step >= 0 for step in steps)
    )


def test_kindness_alone_makes_nothing_easier() -> None:
    assert Reflection(Felt(5, 5, 9), Felt(5, 5, 1)).facts() == frozenset()


@given(asked, asked)
def test_the_plain_form_has_every_scale_twice(before: Felt | None, after: Felt | None) -> None:
    plain = Reflection(before, after).felt_dict()
    assert {moment: list(scales) for moment, scales in plain.items()} == {
        "before": ["tension", "distress", "kindness"],
        "after": ["tension", "distress", "kindness"],
    }
    assert plain["before"]["tension"] == (before.tension if before else None)


# --------------------------------------------------------------------------------- canaries
CANARY = "canary-4711-sparrow"


def test_no_log_no_error_and_no_repr_holds_what_was_said(
    folder: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        errors = []
        with Store.open(folder) as store:
            session_id = begin(store, Felt(9, 8, 7))
            store.reflections.set_tags(session_id, [CANARY])
            store.reflections.set_note(session_id, CANARY)
            said = store.reflections.of(session_id)
            logging.getLogger("anyone").debug("%s %r", said, said)
            for attempt in (
                lambda: store.reflections.set_note(99, CANARY),
                lambda: store.reflections.set_tags(99, [CANARY]),
            ):
                with pytest.raises(StorageError) as caught:
                    attempt()
                errors.append(str(caught.value))
            store.path.rename(store.path.with_name("elsewhere"))
            with pytest.raises(StorageError) as caught:
                store.reflections.set_note(session_id, CANARY)
            errors.append(str(caught.value))
    captured = capfd.readouterr()
    told = "\n".join([*errors, caplog.text, captured.out, captured.err, repr(said), repr(Felt(9))])
    assert CANARY not in told
    assert "9" not in repr(Felt(9, 8, 7))
    assert "anyone" in caplog.text  # the log was listened to
