"""A backup a day on which something changed, whole and private, made while a practice goes on."""

from __future__ import annotations

import sqlite3
import stat
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from biofeedback.practice.writing import Answer, Writing
from biofeedback.sessions.backups import N_KEPT, back_up, backups
from biofeedback.sessions.errors import DamagedStoreError, StorageError
from biofeedback.sessions.key_file import Cost
from biofeedback.sessions.locking import set_lock
from biofeedback.sessions.restoring import restore
from biofeedback.sessions.running import FileLock
from biofeedback.sessions.store import FILE_NAME, Store
from biofeedback.sessions.unlocked import forget
from biofeedback.types import Choices, Packet
from tests.biofeedback.sessions.conftest import STARTED_AT
from tests.biofeedback.sessions.test_deletion import CANARY, record
from tests.biofeedback.sessions.test_writings import holds

TODAY = date(2026, 3, 4)
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "backups").iterdir())


def spoil(path: Path) -> None:
    """Damage a page in the middle."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xaa" * 4096
    path.write_bytes(content)


def test_a_backup_is_the_whole_store_in_one_private_file(store: Store, folder: Path) -> None:
    session_id = record(store)
    told: list[tuple[int, int]] = []
    made = back_up(folder, TODAY, progress=lambda done, of: told.append((done, of)))
    assert made is not None
    assert made == backups(folder)[0]
    assert names(folder) == ["sessions-2026-03-04.sqlite3"]
    assert told[-1][0] == told[-1][1] > 0
    if sys.platform != "win32":
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    session, events = store.session(session_id), store.events(session_id)
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / FILE_NAME).write_bytes(made.path.read_bytes())
    with Store.open(elsewhere) as copy:
        assert (copy.session(session_id), copy.events(session_id)) == (session, events)
        assert copy.reflections.all() == store.reflections.all()
        assert copy.check(thoroughly=True) == []


def test_there_is_one_a_day_where_something_changed_and_three_in_all(
    store: Store, folder: Path
) -> None:
    assert back_up(folder, TODAY) is None  # nothing is kept yet
    for day in range(5):
        record(store)
        assert back_up(folder, TODAY + timedelta(days=day)) is not None
        assert back_up(folder, TODAY + timedelta(days=day)) is None
        assert back_up(folder, TODAY + timedelta(days=day), again=True) is None
        # the next day nothing had changed
        assert back_up(folder, TODAY + timedelta(days=day + 1)) is None
    kept = [TODAY + timedelta(days=day) for day in (4, 3, 2)]
    assert [backup.day for backup in backups(folder)] == kept
    assert len(kept) == N_KEPT
    record(store)
    assert back_up(folder, kept[0]) is None
    assert back_up(folder, kept[0], again=True) is not None
    with closing(sqlite3.connect(backups(folder)[0].path)) as raw:
        assert raw.execute("SELECT count(*) FROM session").fetchone() == (6,)


def test_a_clock_that_was_wrong_does_not_end_all_backups(store: Store, folder: Path) -> None:
    record(store)
    back_up(folder, date(2099, 1, 1))
    for day in range(4):
        record(store)
        made = back_up(folder, TODAY + timedelta(days=day))
        assert made in backups(folder)
    record(store)
    made = back_up(folder, date(1970, 1, 1))
    assert made in backups(folder)
    assert len(backups(folder)) == N_KEPT


def test_a_closed_store_that_nobody_changed_needs_no_new_one(folder: Path) -> None:
    for day in range(3):
        with Store.open(folder) as store:
            if day == 0:
                record(store)
        made = back_up(folder, TODAY + timedelta(days=day))
        assert (made is not None) == (day == 0)


def test_writing_alone_is_worth_a_backup(store: Store, folder: Path) -> None:
    letter = Writing("letter", (Answer("dear", "Start.", CANARY),))
    saved = store.writings.save(letter, written_at=STARTED_AT)
    assert back_up(folder, TODAY) is not None
    assert set(holds(folder, CANARY)) >= {"sessions-2026-03-04.sqlite3"}
    store.writings.delete(saved.id)
    store.writings.purge()
    assert holds(folder, CANARY) == []


def test_it_is_made_while_a_practice_is_recorded(store: Store, folder: Path) -> None:
    record(store)
    recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    n_written = 0

    def write(done: int, of: int) -> None:
        nonlocal n_written
        recorder.write(Packet(float(n_written), bytes([n_written])))
        n_written += 1

    made = back_up(folder, TODAY, progress=write)
    assert made is not None
    assert n_written
    recorder.finish("stopped", duration_s=1, n_packets=n_written, n_beats=0)
    assert len(store.events(recorder.session_id)) == n_written
    with closing(sqlite3.connect(made.path)) as raw:
        assert raw.execute("SELECT count(*) FROM event").fetchone() == (0,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_one_that_is_cut_short_leaves_the_others_and_nothing_of_itself(
    store: Store, folder: Path
) -> None:
    record(store, CANARY)
    back_up(folder, TODAY)
    record(store)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(folder, TODAY + timedelta(days=1), progress=stop)
    assert names(folder) == ["sessions-2026-03-04.sqlite3"]
    # killed in the middle, it could not even tidy up; what is deleted is deleted there, too
    (folder / "backups" / ".backup.part").write_bytes(backups(folder)[0].path.read_bytes())
    store.delete([1])
    store.purge()
    assert holds(folder, CANARY) == []
    assert names(folder) == ["sessions-2026-03-04.sqlite3"]
    assert back_up(folder, TODAY + timedelta(days=1)) is not None


@pytest.mark.parametrize("with_backups", [False, True])
def test_a_file_that_was_carried_away_needs_none(
    store: Store, folder: Path, with_backups: bool
) -> None:
    record(store)
    if with_backups:
        back_up(folder, TODAY)
    store.close()
    for beside in folder.glob(f"{FILE_NAME}*"):
        beside.unlink()
    assert back_up(folder, TODAY + timedelta(days=1)) is None
    assert not (folder / FILE_NAME).exists()
    assert len(backups(folder)) == with_backups


def test_a_damaged_file_does_not_take_the_place_of_a_good_backup(folder: Path) -> None:
    with Store.open(folder) as store:
        for _ in range(4):
            record(store)
        back_up(folder, TODAY)
    good = backups(folder)[0].path.read_bytes()
    spoil(folder / FILE_NAME)
    with pytest.raises(DamagedStoreError, match=r"damaged .*was not backed up.*left alone"):
        back_up(folder, TODAY + timedelta(days=1))
    assert names(folder) == ["sessions-2026-03-04.sqlite3"]
    assert backups(folder)[0].path.read_bytes() == good


def test_two_programs_do_not_make_it_at_once(store: Store, folder: Path) -> None:
    record(store)
    other = FileLock.acquire(folder / "backups.lock")
    assert other is not None
    assert back_up(folder, TODAY) is None
    store.delete([1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("biofeedback.sessions.backups._PURGE_WAITS_S", 0.0)
        with pytest.raises(StorageError, match="makes a backup"):
            store.purge()
    other.release()
    assert store.purge() == 1


def test_a_file_in_the_way_of_the_folder_is_said_in_words(store: Store, folder: Path) -> None:
    record(store)
    (folder / "backups").write_text("")
    with pytest.raises(StorageError, match="a file is in the way"):
        back_up(folder, TODAY)
    assert backups(folder) == []


def test_the_backup_of_a_locked_store_is_locked_and_comes_with_its_key(folder: Path) -> None:
    with Store.open(folder) as store:
        record(store, CANARY)
    set_lock(folder, "a long passphrase", cost=CHEAP)
    made = back_up(folder, TODAY)
    assert made is not None
    assert holds(folder, CANARY) == []
    assert (folder / "backups" / "sessions.key").read_bytes() == (
        folder / "sessions.key"
    ).read_bytes()
    with Store.open(folder) as store:
        store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
        assert store.n_sessions() == 2
    aside = restore(folder, made.path)
    assert aside is not None
    with Store.open(folder) as store:
        assert store.n_sessions() == 1
        store.delete([1])
        store.purge()
        assert store.check(thoroughly=True) == []
    forget(folder)
