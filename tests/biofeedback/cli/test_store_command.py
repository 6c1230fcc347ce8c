"""``store``: look through, back up, restore, compact; said in words, in JSON, by exit codes."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from biofeedback.sessions.store import FILE_NAME, Store
from biofeedback.types import Choices
from tests.biofeedback.cli.conftest import Command
from tests.biofeedback.sessions.conftest import STARTED_AT
from tests.biofeedback.sessions.test_backups import spoil
from tests.biofeedback.sessions.test_deletion import record
from tests.biofeedback.sessions.test_recorded_events import as_rows


@pytest.fixture
def kept(home: Path) -> Path:
    """A home with four sessions."""
    with Store.open(home) as store:
        for _ in range(4):
            record(store)
    return home


def today() -> str:
    return datetime.now().astimezone().date().isoformat()


def test_a_whole_store_is_said_to_be_whole(command: Command, kept: Path) -> None:
    for more in ((), ("--quick",)):
        said = command("store", "check", *more)
        assert (said.code, said.err) == (0, "")
        assert said.out == f"All is well: 4 sessions in {kept / FILE_NAME}.\n"
    assert json.loads(command("store", "check", "--json").out) == {
        "file": str(kept / FILE_NAME),
        "sessions": 4,
        "whole": True,
        "found": [],
    }


def test_nothing_kept_is_whole(command: Command, home: Path) -> None:
    assert command("store", "check").out.startswith("All is well: 0 sessions")
    assert command("store", "backup").out.startswith("Nothing is kept yet")
    assert command("store", "backup", "--list").out.startswith("There is no backup yet.")
    said = command("store", "restore", "newest")
    assert said.code == 1
    assert "There is no backup in" in said.err


def test_damage_is_named_line_by_line_and_mended_by_a_backup(command: Command, kept: Path) -> None:
    assert command("store", "backup").code == 0
    spoil(kept / FILE_NAME)
    said = command("store", "check")
    assert said.code == 1
    assert "is damaged. `hand-on-heart store restore newest` puts a backup in place." in said.out
    answer = json.loads(command("store", "check", "--json").out)
    assert not answer["whole"]
    assert answer["found"]
    assert command("store", "backup").code == 1

    said = command("store", "restore", "newest")
    assert said.code == 0, said.err
    assert "is in place: 4 sessions." in said.out
    assert "sessions.before-restore-1.sqlite3" in said.out
    assert command("store", "check").code == 0


def test_one_damaged_session_is_named(command: Command, kept: Path) -> None:
    with Store.open(kept) as store:
        (packed,) = store._connection.execute("SELECT events FROM packed WHERE session_id = 3")
        spoiled = packed[0][:-1] + bytes([packed[0][-1] ^ 1])
        store._connection.execute("UPDATE packed SET events = ? WHERE session_id = 3", (spoiled,))
    said = command("store", "check")
    assert said.code == 1
    assert "The events of session 3 in" in said.out
    assert "checksum" in said.out
    # the pages are in order
    assert command("store", "check", "--quick").code == 0


def test_no_database_at_all_is_said_as_damage(command: Command, home: Path) -> None:
    home.mkdir()
    (home / FILE_NAME).write_bytes(b"this is no database" * 300)
    said = command("store", "check")
    assert said.code == 1
    assert "is damaged" in said.out
    answer = json.loads(command("store", "check", "--json").out)
    assert (answer["whole"], answer["sessions"]) == (False, None)


def test_backups_are_made_listed_and_restored_by_their_day(command: Command, kept: Path) -> None:
    path = kept / "backups" / f"sessions-{today()}.sqlite3"
    made = json.loads(command("store", "backup", "--json").out)["made"]
    assert made == {"day": today(), "file": str(path), "bytes": path.stat().st_size}
    assert "Nothing has changed since the backup of" in command("store", "backup").out
    assert json.loads(command("store", "backup", "--json").out) == {"made": None}
    assert command("store", "backup", "--list").out.startswith(today())
    assert json.loads(command("store", "backup", "--list", "--json").out) == [made]

    with Store.open(kept) as store:
        record(store)
    restored = json.loads(command("store", "restore", today(), "--json").out)
    assert restored == {
        "restored": str(path),
        "sessions": 4,
        "before": str(kept / "sessions.before-restore-1.sqlite3"),
    }
    assert command("store", "restore", restored["before"]).out.startswith(restored["before"])
    with Store.open(kept) as store:
        assert store.n_sessions() == 5
    said = command("store", "restore", "2020-02-02")
    assert said.code == 1
    assert f"There is no backup of 2020-02-02. There are: {today()}." in said.err
    assert command("store", "restore", kept / "nowhere.sqlite3").code == 1


def test_nothing_is_put_in_place_under_a_practice(command: Command, kept: Path) -> None:
    command("store", "backup")
    with Store.open(kept) as store:
        store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
        for name in (("restore", "newest"), ("compact",)):
            said = command("store", *name)
            assert said.code == 1
            assert "Another program is recording" in said.err


def test_compacting_packs_and_gives_room_back(command: Command, kept: Path) -> None:
    with Store.open(kept) as store:
        events = [store.events(session_id) for session_id in (1, 2, 3, 4)]
        for session_id in (1, 2):
            as_rows(store, session_id)
    said = json.loads(command("store", "compact", "--json").out)
    assert said["packed"] == 2
    assert said["bytes_after"] < said["bytes_before"]
    assert said["bytes_after"] == (kept / FILE_NAME).stat().st_size
    assert "MB before" in command("store", "compact").out
    with Store.open(kept) as store:
        assert [store.events(session_id) for session_id in (1, 2, 3, 4)] == events
        assert store.check(thoroughly=True) == []


@pytest.mark.parametrize("name", ["check", "backup", "restore", "compact"])
def test_help_teaches(command: Command, name: str) -> None:
    said = command("store", name, "--help")
    assert said.code == 0
    assert len(said.out.split("\n\n")) >= 3
    assert "--json" in said.out


@pytest.mark.parametrize("wrong", [(), ("restore",), ("mend",), ("check", "--fast")])
def test_wrong_use_is_told_apart(command: Command, wrong: tuple[str, ...]) -> None:
    said = command("store", *wrong)
    assert said.code == 2
    assert "--help" in said.err


def test_a_practice_in_the_terminal_leaves_a_backup(command: Command, kept: Path) -> None:
    said = command("demo", "--seconds", 20, "--headless", "--speed", 40)
    assert said.code == 0, said.err
    assert (kept / "backups" / f"sessions-{today()}.sqlite3").exists()
