"""A backup is looked through before it is put in place, and what was there is kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest

from biofeedback.sessions.backups import back_up
from biofeedback.sessions.errors import DamagedStoreError, NewerStoreError, StorageError
from biofeedback.sessions.locking import set_lock
from biofeedback.sessions.restoring import restore
from biofeedback.sessions.store import FILE_NAME, Store
from biofeedback.sessions.unlocked import forget
from biofeedback.types import Choices
from tests.biofeedback.sessions.conftest import STARTED_AT
from tests.biofeedback.sessions.test_backups import CHEAP, spoil
from tests.biofeedback.sessions.test_deletion import CANARY, record
from tests.biofeedback.sessions.test_schema import SCHEMAS
from tests.biofeedback.sessions.test_writings import holds


@pytest.fixture
def backup(folder: Path) -> Path:
    """A backup with one session in it, of a store that holds two and is closed."""
    with Store.open(folder) as store:
        record(store, "first")
        made = back_up(folder, date(2026, 3, 4))
        assert made is not None
        record(store, "second")
    return made.path


def test_it_comes_back_whole_and_what_was_there_is_kept(folder: Path, backup: Path) -> None:
    aside = restore(folder, backup)
    assert aside == folder / "sessions.before-restore-1.sqlite3"
    with Store.open(folder) as store:
        assert store.n_sessions() == 1
        assert store.check(thoroughly=True) == []
    # and back again
    assert restore(folder, aside) == folder / "sessions.before-restore-2.sqlite3"
    with Store.open(folder) as store:
        assert store.n_sessions() == 2
    assert backup.exists()
    assert aside.exists()
    assert list(folder.glob(".*")) == []


def test_into_an_empty_folder(folder: Path, backup: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert restore(other, backup) is None
    with Store.open(other) as store:
        assert store.n_sessions() == 1


def test_a_damaged_present_file_is_no_obstacle_and_kept_as_it_is(
    folder: Path, backup: Path
) -> None:
    path = folder / FILE_NAME
    for damage in (spoil, lambda path: path.write_bytes(b"\x00" * 5000)):
        damage(path)
        log = path.with_name(FILE_NAME + "-wal")
        log.write_bytes(b"the log of a killed program")
        before = path.read_bytes()
        aside = restore(folder, backup)
        assert aside is not None
        assert aside.read_bytes()[100:] == before[100:]
        with Store.open(folder) as store:
            assert store.n_sessions() == 1


def test_what_is_deleted_for_good_is_deleted_in_what_was_there_before(
    folder: Path, backup: Path
) -> None:
    with Store.open(folder) as store:
        record(store, CANARY)
        newer = back_up(folder, date(2026, 3, 5))
    assert newer is not None
    restore(folder, backup)
    restore(folder, newer.path)
    with Store.open(folder) as store:
        (gone,) = (info.id for info in store.sessions() if CANARY in info.source)
        store.delete([gone])
        store.purge()
    assert holds(folder, CANARY) == []


@pytest.mark.parametrize("damage", ["page", "half", "garbage", "empty", "orphans", "version"])
def test_a_damaged_backup_is_not_put_in_place(folder: Path, backup: Path, damage: str) -> None:
    content = backup.read_bytes()
    match damage:
        case "page":
            spoil(backup)
        case "half":
            backup.write_bytes(content[: len(content) // 2 // 4096 * 4096])
        case "garbage":
            backup.write_bytes(b"dear diary" * 1000)
        case "empty":
            backup.write_bytes(b"")
        case "orphans":
            with closing(sqlite3.connect(backup)) as raw, raw:
                raw.execute("DELETE FROM session")
        case _:
            with closing(sqlite3.connect(backup)) as raw:
                raw.execute("PRAGMA user_version = 0")
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(DamagedStoreError):
        restore(folder, backup)
    assert (folder / FILE_NAME).read_bytes() == before
    assert list(folder.glob("*before-restore*")) == []
    assert list(folder.glob(".*")) == []


def test_what_is_no_store_of_this_version_is_refused_in_words(
    folder: Path, backup: Path, tmp_path: Path
) -> None:
    other = tmp_path / "recipes.sqlite3"
    with closing(sqlite3.connect(other)) as recipes:
        recipes.execute("CREATE TABLE recipe (name TEXT)")
    with pytest.raises(StorageError, match="of another program"):
        restore(folder, other)
    with closing(sqlite3.connect(backup)) as later:
        later.execute("PRAGMA user_version = 999")
    with pytest.raises(NewerStoreError, match="a later version"):
        restore(folder, backup)
    with pytest.raises(StorageError, match="There is no file"):
        restore(folder, tmp_path / "nowhere")


def test_a_copy_that_an_earlier_version_left_is_brought_up_to_date(
    folder: Path, backup: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript((SCHEMAS / "3.sql").read_text(encoding="utf-8"))
    restore(folder, old)
    with Store.open(folder) as store:
        assert store.n_sessions() == 2


def test_not_while_it_is_open_and_not_while_another_program_records(
    folder: Path, backup: Path
) -> None:
    with Store.open(folder) as store:
        with pytest.raises(StorageError, match=r"is open in a window or a terminal\. Close that"):
            restore(folder, backup)
        store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
        with pytest.raises(StorageError, match="Another program is recording"):
            restore(folder, backup)
    with closing(sqlite3.connect(folder / FILE_NAME)) as other:
        other.execute("SELECT count(*) FROM session").fetchone()
        with pytest.raises(StorageError, match="Close that first"):
            restore(folder, backup)
        assert other.execute("SELECT count(*) FROM session").fetchone() == (3,)
    restore(folder, backup)


def test_a_plain_copy_is_locked_as_it_comes_into_a_locked_store(
    folder: Path, backup: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "stick.sqlite3"
    shutil.copy(backup, plain)
    set_lock(folder, "a long passphrase", cost=CHEAP)
    restore(folder, plain)
    assert holds(folder, "packet first") == []
    with Store.open(folder) as store:
        assert store.n_sessions() == 1
    # and a locked one does not open without its key file
    locked = next((folder / "backups").glob("*.sqlite3"))
    forget(folder)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with pytest.raises(StorageError, match=r"locked with a passphrase, and its key file .*missing"):
        restore(elsewhere, locked)


def test_a_kill_at_any_moment_leaves_the_one_file_or_the_other(
    folder: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        pass

    found = []
    for moment in range(9):
        left = moment

        def count(do: Callable[..., object]) -> Callable[..., object]:
            def call(*arguments: object, **named: object) -> object:
                nonlocal left
                left -= 1
                if left < 0:
                    raise KilledError
                return do(*arguments, **named)

            return call

        with monkeypatch.context() as killed:
            killed.setattr("os.link", count(os.link))
            for name in ("rename", "replace"):
                killed.setattr(Path, name, count(getattr(Path, name)))
            with suppress(KilledError):
                restore(folder, backup)
        with Store.open(folder) as store:
            found.append(store.n_sessions())
            assert store.check(thoroughly=True) == []
        if found[-1] == 1:
            break
    assert found == [2] * (len(found) - 1) + [1]
    assert len(found) > 2
