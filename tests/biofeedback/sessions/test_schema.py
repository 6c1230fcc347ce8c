"""Old files become new ones, all or nothing, and a copy of the old one stays."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.practice.writing import Answer, Writing
from biofeedback.sessions import schema
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.info import Ended
from biofeedback.sessions.reflection import Felt, Reflection
from biofeedback.sessions.store import FILE_NAME, Store
from biofeedback.types import BreathPattern, Choices, LinkUp, Marker, Packet, Strap
from tests.biofeedback.sessions.conftest import STARTED_AT

OWN = (
    Personal()
    .with_guide("Mine", BreathPattern(4.0, 0.0, 6.0, 0.0))[0]
    .with_hidden("settle", "none")
)
SCHEMAS = Path(__file__).parent / "schemas"


def restore(number: int, folder: Path) -> Path:
    """Build a store as the version with this schema left it."""
    folder.mkdir()
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"{number}.sql").read_text(encoding="utf-8"))
    return path


def tables(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        ).fetchall()
    return [(name, " ".join(sql.split())) for name, sql in rows]


@pytest.mark.parametrize("number", range(1, len(schema.MIGRATIONS) + 1))
def test_a_store_of_every_released_schema_opens_with_all_it_held(
    number: int, folder: Path, tmp_path: Path
) -> None:
    path = restore(number, folder)
    with Store.open(folder) as store:
        ended, running = store.session(1), store.session(2)
        events = store.events(1)
        assert store.unfinished() == [running]
    assert ended.started_at.isoformat() == "2026-03-04T05:06:07.890123+01:00"
    assert ended.uid == "0f" * 16
    assert ended.ended is Ended.COMPLETED
    assert ended.choices == Choices(plan_id="five", touch_id="none")
    assert ended.strap == Strap("AA:BB", "Polar H10", 87)
    assert (ended.duration_s, ended.n_packets, ended.n_beats) == (301.5, 1, 1)
    assert ended.summary == {"algorithm": 1, "rmssd_ms": 41.7}
    assert [type(event) for event in events] == [LinkUp, Packet, Marker]
    assert events[1] == Packet(0.1 + 0.2, b"\x10\x40\x00\x04")
    assert running.personal == NOTHING
    assert ended.personal == (NOTHING if number < 3 else OWN)

    with Store.open(tmp_path / "fresh") as fresh:
        pass
    assert tables(path) == tables(fresh.path)


@pytest.mark.parametrize("number", range(4, len(schema.MIGRATIONS) + 1))
def test_what_was_written_and_saved_is_there_in_every_schema_that_held_it(
    number: int, folder: Path
) -> None:
    restore(number, folder)
    with Store.open(folder) as store:
        (saved,) = store.writings.all()
    assert saved.writing == Writing(
        "letter", (Answer("dear", "Start the letter.", "Liebe Gr\u00fc\u00dfe"),)
    )
    assert saved.written_at.isoformat() == "2026-03-04T05:20:00+01:00"
    assert saved.reread_on == date(2026, 4, 1)


def test_what_was_said_of_a_session_is_there_in_every_schema_that_held_it(folder: Path) -> None:
    restore(2, folder)
    with Store.open(folder) as store:
        assert store.reflections.all() == {
            1: Reflection(
                Felt(6, None, 3), Felt(4, 2, None), ("evening", "after work"), "Quiet rain."
            )
        }


def add_note(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE session ADD COLUMN note TEXT NOT NULL DEFAULT 'none'")


def add_note_and_break(connection: sqlite3.Connection) -> None:
    add_note(connection)
    connection.execute("INSERT INTO nowhere VALUES (1)")


def orphan_events(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM session")


@pytest.fixture
def old(folder: Path) -> Path:
    """A store of today's schema with one session, which is the old one below."""
    with Store.open(folder) as store:
        recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
        recorder.write(Packet(1.0, b"a"))
        recorder.finish("stopped", duration_s=1, n_packets=1, n_beats=0)
        return store.path


def add_migration(monkeypatch: pytest.MonkeyPatch, step: schema.Migration) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, step])


def test_a_migration_keeps_a_copy_of_the_old_file(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = len(schema.MIGRATIONS)
    old_tables = tables(old)
    add_migration(monkeypatch, add_note)
    with Store.open(old.parent) as store:
        assert store._connection.execute("SELECT note FROM session").fetchall() == [("none",)]
        assert store.events(1) == [Packet(1.0, b"a")]
        assert schema.version_of(store._connection) == version + 1

    copy = old.with_name(f"sessions.schema-{version}-1.sqlite3")
    assert tables(copy) == old_tables
    assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IMODE(old.stat().st_mode)
    with closing(sqlite3.connect(copy)) as connection:
        assert schema.version_of(connection) == version
        assert connection.execute("SELECT count(*) FROM packed").fetchone() == (1,)

    with Store.open(old.parent):
        pass
    assert len(list(old.parent.glob("sessions*"))) == 2


@pytest.mark.parametrize("step", [add_note_and_break, orphan_events])
def test_a_migration_that_breaks_changes_nothing(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: schema.Migration
) -> None:
    old_tables = tables(old)
    with monkeypatch.context() as later:
        add_migration(later, step)
        for set_aside in (False, True):
            with pytest.raises(StorageError, match="they were left as they are"):
                Store.open(old.parent, set_aside_damaged=set_aside)
    assert tables(old) == old_tables
    with Store.open(old.parent) as store:
        assert store.events(1) == [Packet(1.0, b"a")]


def test_a_new_store_makes_no_copy(folder: Path) -> None:
    with Store.open(folder):
        pass
    assert [path.name for path in folder.glob("sessions*")] == [FILE_NAME]


def test_an_old_program_that_is_open_goes_on_recording_through_a_migration(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(old.parent) as running:
        recorder = running.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
        recorder.write(Packet(1.0, b"a"))
        add_migration(monkeypatch, add_note)
        with Store.open(old.parent) as later:
            recorder.write(Packet(2.0, b"b"))
            assert [event.t_s for event in later.events(recorder.session_id)] == [1.0, 2.0]
