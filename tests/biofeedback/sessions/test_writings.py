"""Saved writing: kept when asked, read again on the day, deleted for real."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from biofeedback.practice.writing import Answer, Writing
from biofeedback.sessions.errors import DamagedStoreError, NoSuchWritingError
from biofeedback.sessions.store import Store

WRITTEN_AT = datetime(2026, 3, 4, 21, 5, tzinfo=timezone(timedelta(hours=1)))
CANARY = "marmalade heron at dusk"
LETTER = Writing("letter", (Answer("dear", "Start.", f"Dear friend,\n{CANARY} \U0001f33f"),))
OTHER = Writing("reframe", (Answer("catch", "What?", "It is late."), Answer("feel", "How?", "")))


def holds(folder: Path, words: str) -> list[str]:
    """Return the files in which the words are found."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and words.encode() in path.read_bytes()
    ]


def test_what_is_saved_comes_back_as_it_was(folder: Path) -> None:
    with Store.open(folder) as store:
        one = store.writings.save(LETTER, written_at=WRITTEN_AT, reread_on=date(2026, 4, 1))
        other = store.writings.save(OTHER, written_at=WRITTEN_AT)
    with Store.open(folder) as store:
        assert store.writings.all() == [other, one]
    assert one.writing == LETTER
    assert one.reread_on == date(2026, 4, 1)


def test_the_day_can_be_picked_changed_and_taken_back(store: Store) -> None:
    saved = store.writings.save(LETTER, written_at=WRITTEN_AT)
    store.writings.set_reread(saved.id, date(2026, 12, 24))
    assert store.writings.all()[0].reread_on == date(2026, 12, 24)
    store.writings.set_reread(saved.id, None)
    assert store.writings.all()[0].reread_on is None


def test_what_was_deleted_can_be_brought_back_until_it_is_final(store: Store) -> None:
    saved = store.writings.save(LETTER, written_at=WRITTEN_AT)
    store.writings.delete(saved.id)
    assert store.writings.all() == []
    store.writings.restore(saved.id)
    assert store.writings.all() == [saved]
    store.writings.delete(saved.id)
    assert store.writings.purge() == 1
    with pytest.raises(NoSuchWritingError):
        store.writings.restore(saved.id)
    assert store.writings.purge() == 0


def test_deleted_is_deleted_on_the_disk_too(store: Store, folder: Path) -> None:
    kept = store.writings.save(OTHER, written_at=WRITTEN_AT)
    saved = store.writings.save(LETTER, written_at=WRITTEN_AT)
    assert holds(folder, CANARY)
    store.writings.delete(saved.id)
    store.writings.purge()
    assert holds(folder, CANARY) == []  # while it is still open, log and all
    assert store.writings.all() == [kept]


def test_a_deletion_that_a_crash_cut_short_is_finished_at_the_next_start(folder: Path) -> None:
    with Store.open(folder) as store:
        saved = store.writings.save(LETTER, written_at=WRITTEN_AT)
        store.writings.delete(saved.id)
    with Store.open(folder):
        assert holds(folder, CANARY) == []


def test_the_copies_that_migrations_left_forget_it_too(store: Store, folder: Path) -> None:
    saved = store.writings.save(LETTER, written_at=WRITTEN_AT)
    store.writings.save(OTHER, written_at=WRITTEN_AT)
    copy = store.path.with_name("sessions.schema-4-1.sqlite3")
    with closing(sqlite3.connect(store.path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    store.path.with_name("sessions.schema-1-1.sqlite3").write_bytes(b"no database")
    assert copy.name in holds(folder, CANARY)
    store.writings.delete(saved.id)
    store.writings.purge()
    assert holds(folder, CANARY) == []
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM writing").fetchone() == (1,)


def test_text_that_no_file_can_hold_is_saved_without_it(store: Store) -> None:
    odd = Writing("letter", (Answer("dear", "Start.", "a\0b\ud800c"),))
    store.writings.save(odd, written_at=WRITTEN_AT)
    assert store.writings.all()[0].writing.answers[0].text == "ab?c"


def test_trouble_with_a_page_quotes_nothing_of_it(store: Store) -> None:
    store.writings.save(LETTER, written_at=WRITTEN_AT)
    broken = json.dumps([{"line": CANARY}])
    store._connection.execute("UPDATE writing SET answers = ?", (broken,))
    with pytest.raises(DamagedStoreError) as told:
        store.writings.all()
    assert CANARY not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


def test_a_page_shows_nothing_of_itself_in_a_repr() -> None:
    assert CANARY not in repr(LETTER)
    assert CANARY not in repr(LETTER.answers[0])


def test_a_time_without_its_offset_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="UTC"):
        store.writings.save(LETTER, written_at=datetime(2026, 3, 4))  # noqa: DTZ001
