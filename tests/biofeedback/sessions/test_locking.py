"""A passphrase for everything that is kept: set, changed, taken away, lost; and kills."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest

from biofeedback.practice.personal import NOTHING
from biofeedback.sessions import locking
from biofeedback.sessions.backups import back_up
from biofeedback.sessions.connecting import open_connection
from biofeedback.sessions.errors import (
    DamagedStoreError,
    KeyFileError,
    LockedStoreError,
    StorageError,
    WrongPassphraseError,
)
from biofeedback.sessions.key_file import FILE_NAME as KEY_FILE
from biofeedback.sessions.personal_file import PersonalFile
from biofeedback.sessions.store import FILE_NAME, Store
from biofeedback.sessions.unlocked import forget, is_lock_set, is_locked_now
from biofeedback.types import Choices, Packet
from tests.biofeedback.sessions import killed

CHEAP = killed.CHEAP
OLD, NEW = killed.OLD, killed.NEW
CANARIES = killed.CANARIES


@pytest.fixture(scope="module")
def memory() -> Iterator[Path | None]:
    """A folder in memory where the system has one: every step waits for the disk otherwise."""
    place = Path("/dev/shm")
    if not os.access(place, os.W_OK):
        yield None
        return
    with TemporaryDirectory(dir=place, prefix="locking-") as name:
        yield Path(name)


@pytest.fixture
def place(memory: Path | None, tmp_path: Path) -> Path:
    return Path(mkdtemp(dir=memory or tmp_path))


@pytest.fixture
def folder(place: Path) -> Iterator[Path]:
    folder = place / "data"
    yield folder
    forget(folder)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("template") / "data"
    killed.fill(place)
    return place


@pytest.fixture
def filled(folder: Path, template: Path) -> Path:
    """A store with something private in every place, and copies of it beside."""
    shutil.copytree(template, folder)
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def plain_places(folder: Path) -> list[tuple[str, bytes]]:
    """Return every file that holds a canary, or is a database that anybody can read."""
    return [
        (name, canary)
        for name, content in bytes_of(folder).items()
        for canary in (*CANARIES, b"SQLite format 3", b"CREATE TABLE")
        if canary in content
    ]


def test_before_a_lock_the_canaries_are_found_so_that_the_search_works(filled: Path) -> None:
    found = {canary for _, canary in plain_places(filled)}
    assert set(CANARIES) <= found


def test_setting_a_lock_leaves_no_plain_byte_in_any_file(filled: Path) -> None:
    locking.set_lock(filled, OLD, cost=CHEAP)
    assert plain_places(filled) == []
    assert {name for name in bytes_of(filled) if ".old" in name or ".part" in name} == set()
    with Store.open(filled) as store:
        killed.see_that_all_is_there(store)
        store.begin(source="sim:", choices=Choices(), started_at=datetime.now(UTC)).write(
            Packet(1.0, CANARIES[0])
        )
        assert plain_places(filled) == []  # in its log neither
    assert PersonalFile(filled).personal == killed.OWN


def test_everything_survives_the_way_there_and_back(filled: Path) -> None:
    with closing(sqlite3.connect(filled / FILE_NAME)) as raw:
        before = list(raw.iterdump())
        numbers = [
            raw.execute(f"PRAGMA {pragma}").fetchone()
            for pragma in ("user_version", "application_id")
        ]
    locking.set_lock(filled, OLD, cost=CHEAP)
    locking.remove_lock(filled, OLD)
    assert not is_lock_set(filled)
    with closing(sqlite3.connect(filled / FILE_NAME)) as raw:
        assert list(raw.iterdump()) == before
        assert [
            raw.execute(f"PRAGMA {pragma}").fetchone()
            for pragma in ("user_version", "application_id")
        ] == numbers
    assert PersonalFile(filled).personal == killed.OWN
    with Store.open(filled) as store:
        killed.see_that_all_is_there(store)


def test_without_the_passphrase_nothing_opens_and_nothing_changes(filled: Path) -> None:
    locking.set_lock(filled, OLD, cost=CHEAP)
    forget(filled)
    before = bytes_of(filled)
    assert is_locked_now(filled)
    with pytest.raises(LockedStoreError, match=r"locked\. It opens with your passphrase"):
        Store.open(filled)
    with pytest.raises(LockedStoreError):
        Store.open(filled, set_aside_damaged=True)
    personal = PersonalFile(filled)
    assert personal.personal == NOTHING
    assert "are locked" in personal.notice
    personal.keep(killed.OWN)  # for this visit
    with pytest.raises(WrongPassphraseError, match=r"not the passphrase\. Nothing was changed"):
        locking.unlock(filled, NEW)
    for refused in (
        lambda: locking.change_passphrase(filled, NEW, OLD, cost=CHEAP),
        lambda: locking.remove_lock(filled, NEW),
    ):
        with pytest.raises(WrongPassphraseError):
            refused()
    assert is_locked_now(filled)
    assert bytes_of(filled) == before


def test_the_right_one_opens_it_until_it_is_locked_again(filled: Path) -> None:
    locking.set_lock(filled, OLD, cost=CHEAP)
    forget(filled)
    locking.unlock(filled, OLD)
    with Store.open(filled) as store:
        killed.see_that_all_is_there(store)
        forget(filled)
        # what is open goes on: a recording is not cut off
        killed.see_that_all_is_there(store)
    with pytest.raises(LockedStoreError):
        Store.open(filled)


def test_a_changed_passphrase_opens_and_the_old_one_does_not(filled: Path) -> None:
    locking.set_lock(filled, OLD, cost=CHEAP)
    locking.change_passphrase(filled, OLD, NEW, cost=CHEAP)
    forget(filled)
    with pytest.raises(WrongPassphraseError):
        locking.unlock(filled, OLD)
    locking.unlock(filled, NEW)
    with Store.open(filled) as store:
        killed.see_that_all_is_there(store)
    assert (filled / "backups" / KEY_FILE).read_bytes() == (filled / KEY_FILE).read_bytes()


def test_a_second_lock_is_refused_and_a_missing_one_can_be_neither_changed_nor_removed(
    filled: Path,
) -> None:
    for refused in (
        lambda: locking.change_passphrase(filled, OLD, NEW, cost=CHEAP),
        lambda: locking.remove_lock(filled, OLD),
        lambda: locking.unlock(filled, OLD),
    ):
        with pytest.raises(StorageError, match="No passphrase is set"):
            refused()
    locking.set_lock(filled, OLD, cost=CHEAP)
    with pytest.raises(StorageError, match="There is a passphrase already"):
        locking.set_lock(filled, NEW, cost=CHEAP)
    locking.unlock(filled, OLD)


def test_while_another_has_it_open_nothing_is_converted(filled: Path) -> None:
    with Store.open(filled) as store:
        before = store.n_sessions()
        with pytest.raises(StorageError, match=r"in use\. .* Nothing was changed"):
            locking.set_lock(filled, OLD, cost=CHEAP)
        assert store.n_sessions() == before
    assert not is_lock_set(filled)
    locking.set_lock(filled, OLD, cost=CHEAP)
    with (
        Store.open(filled) as store,
        pytest.raises(StorageError, match=r"in use\. .* Nothing was changed"),
    ):
        locking.remove_lock(filled, OLD)
    assert plain_places(filled) == []
    locking.remove_lock(filled, OLD)


def test_while_another_program_has_it_open_nothing_is_converted(filled: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from biofeedback.sessions.store import Store\n"
        "store = Store.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.readline()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(filled)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        before = (filled / FILE_NAME).read_bytes()
        with pytest.raises(StorageError, match=r"Another program .* Nothing was changed"):
            locking.set_lock(filled, OLD, cost=CHEAP)
        assert (filled / FILE_NAME).read_bytes() == before
        other.communicate("\n")
    assert not is_lock_set(filled)


def test_a_lost_key_file_is_said_plainly_and_nothing_is_begun_afresh(filled: Path) -> None:
    locking.set_lock(filled, OLD, cost=CHEAP)
    (filled / KEY_FILE).rename(filled.parent / "away")
    (filled / "backups" / KEY_FILE).unlink()
    forget(filled)
    for opens in (Store.open, lambda place: Store.open(place, set_aside_damaged=True)):
        with pytest.raises(KeyFileError, match=r"key file .* is missing. Put it back"):
            opens(filled)
    assert "are locked" in PersonalFile(filled).notice
    (filled.parent / "away").rename(filled / KEY_FILE)
    locking.unlock(filled, OLD)
    with Store.open(filled) as store:
        killed.see_that_all_is_there(store)


def test_a_lost_key_file_comes_back_from_the_backups(filled: Path) -> None:
    locking.set_lock(filled, OLD, cost=CHEAP)
    content = (filled / KEY_FILE).read_bytes()
    (filled / KEY_FILE).unlink()
    forget(filled)
    with pytest.raises(LockedStoreError, match="put back from the backups"):
        Store.open(filled)
    assert (filled / KEY_FILE).read_bytes() == content
    locking.unlock(filled, OLD)
    Store.open(filled).close()


@pytest.mark.parametrize(
    "content",
    [b"no database at all. " * 500, random.Random(1).randbytes(8192)],
    ids=["text", "noise"],
)
def test_damage_of_another_kind_is_not_taken_for_a_lost_key(content: bytes, folder: Path) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(content)
    with pytest.raises(DamagedStoreError):
        Store.open(folder)
    with Store.open(folder, set_aside_damaged=True) as store:
        assert store.set_aside is not None


def test_damage_under_the_lock_is_damage_and_can_be_set_aside(filled: Path) -> None:
    locking.set_lock(filled, OLD, cost=CHEAP)
    with (filled / FILE_NAME).open("r+b") as file:
        file.seek(100)
        file.write(b"\0" * 64)
    with pytest.raises(DamagedStoreError):
        Store.open(filled)
    with Store.open(filled, set_aside_damaged=True) as store:
        assert store.n_sessions() == 0
    assert plain_places(filled) == []


def test_copies_and_what_was_set_aside_are_locked_as_well(filled: Path) -> None:
    damaged = "sessions.damaged-1.sqlite3"
    names, content = set(bytes_of(filled)), bytes_of(filled)[damaged]
    locking.set_lock(filled, OLD, cost=CHEAP)
    assert names <= set(bytes_of(filled))  # none is lost
    with closing(open_connection(filled / "backups" / "old.sqlite3", filled)) as copy:
        assert copy.execute("SELECT count(*) FROM session").fetchone()[0] == 2
    locking.remove_lock(filled, OLD)
    with closing(sqlite3.connect(filled / "backups" / "old.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM session").fetchone()[0] == 2
    # its head says now that it has no log of its own
    assert bytes_of(filled)[damaged][100:] == content[100:]


def test_a_store_that_is_locked_before_its_first_session(folder: Path) -> None:
    locking.set_lock(folder, OLD, cost=CHEAP)
    with Store.open(folder) as store:
        store.begin(source="sim:", choices=Choices(), started_at=datetime.now(UTC))
    assert plain_places(folder) == []
    forget(folder)
    with pytest.raises(LockedStoreError):
        Store.open(folder)
    locking.remove_lock(folder, OLD)
    with Store.open(folder) as store:
        assert store.n_sessions() == 1


def test_writing_that_is_deleted_under_the_lock_is_gone_from_the_copies_too(filled: Path) -> None:
    locking.set_lock(filled, OLD, cost=CHEAP)
    with Store.open(filled) as store:
        (page,) = store.writings.all()
        store.writings.delete(page.id)
        assert store.writings.purge() == 1
    with closing(open_connection(filled / "backups" / "old.sqlite3", filled)) as copy:
        assert copy.execute("SELECT count(*) FROM writing").fetchone() == (0,)


def test_a_plain_file_of_own_words_that_is_put_back_is_locked_at_the_next_unlock(
    filled: Path,
) -> None:
    content = (filled / "personal.json").read_bytes()
    locking.set_lock(filled, OLD, cost=CHEAP)
    (filled / "personal.json").write_bytes(content)
    locking.unlock(filled, OLD)
    assert plain_places(filled) == []
    assert PersonalFile(filled).personal == killed.OWN


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills are made with fork")
@pytest.mark.parametrize("what", ["set", "change", "remove"])
def test_a_kill_at_any_step_leaves_everything_open_to_the_old_or_the_new(
    what: str, place: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.biofeedback.sessions.killed", str(place), what],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) > 10  # kills


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_every_file_of_a_locked_store_is_for_this_user_alone(folder: Path, place: Path) -> None:
    before = os.umask(0)  # nobody else keeps them private
    try:
        killed.fill(folder)
        locking.set_lock(folder, OLD, cost=CHEAP)
        with Store.open(folder) as store:
            back_up(folder, date(2026, 1, 4))
            PersonalFile(folder).bring_in(_exported(place))
            store.begin(source="sim:", choices=Choices(), started_at=datetime.now(UTC))
            modes = _modes(folder)  # with its log and its locks
        locking.change_passphrase(folder, OLD, NEW, cost=CHEAP)
        modes += _modes(folder)
        locking.remove_lock(folder, NEW)
        modes += _modes(folder)
    finally:
        os.umask(before)
    copied = {"backups/old.sqlite3", "sessions.schema-4-1.sqlite3", "sessions.damaged-1.sqlite3"}
    set_aside = {"personal.unreadable-1.json", *copied}  # put there by the test
    assert {name for name, mode in modes if mode & 0o077} <= set_aside
    assert any(name.endswith("-wal") for name, _ in modes)


def _exported(place: Path) -> Path:
    PersonalFile(place).keep(NOTHING.with_hidden("kind", "side"))
    return place / "personal.json"


def _modes(folder: Path) -> list[tuple[str, int]]:
    return [
        (str(path.relative_to(folder)), stat.S_IMODE(path.stat().st_mode))
        for path in (folder, *folder.rglob("*"))
    ]


def test_a_backup_of_a_locked_store_is_locked_and_has_the_key_beside_it(filled: Path) -> None:
    locking.set_lock(filled, OLD, cost=CHEAP)
    made = back_up(filled, date(2026, 1, 4))
    assert made is not None
    assert plain_places(filled) == []
    assert (filled / "backups" / KEY_FILE).read_bytes() == (filled / KEY_FILE).read_bytes()


def test_other_programs_open_it_with_the_same_passphrase(filled: Path) -> None:
    locking.set_lock(filled, OLD, cost=CHEAP)
    program = (
        "import sys; from pathlib import Path\n"
        "from biofeedback.sessions import locking\n"
        "from biofeedback.sessions.store import Store\n"
        "folder = Path(sys.argv[1]); locking.unlock(folder, sys.argv[2])\n"
        "print(Store.open(folder).n_sessions())"
    )
    with Store.open(filled):
        done = subprocess.run(
            [sys.executable, "-c", program, str(filled), OLD],
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout.split() == ["2"]
    assert done.stderr == ""


def test_a_wrong_key_writes_nothing_to_stderr(
    filled: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    key = locking.set_lock(filled, OLD, cost=CHEAP)
    from biofeedback.sessions import cipher

    with (
        closing(cipher.connect(filled / FILE_NAME, key.for_files(), timeout_s=1.0)) as connection,
        pytest.raises(sqlite3.DatabaseError, match="not a database") as refused,
    ):
        connection.execute("SELECT * FROM session").fetchall()
    assert refused.value.sqlite_errorcode == sqlite3.SQLITE_NOTADB
    assert capfd.readouterr().err == ""
