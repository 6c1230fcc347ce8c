"""A file that is no store: said in words, left as it is, set aside when asked."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biofeedback.sessions.backups import back_up, backups
from biofeedback.sessions.errors import DamagedStoreError, NewerStoreError, StorageError
from biofeedback.sessions.event_pack import unpack
from biofeedback.sessions.looking_through import look_through
from biofeedback.sessions.restoring import restore
from biofeedback.sessions.schema import APPLICATION_ID
from biofeedback.sessions.store import FILE_NAME, Store
from biofeedback.types import Choices, LinkUp, Packet, Strap
from tests.biofeedback.sessions.conftest import STARTED_AT
from tests.biofeedback.sessions.test_deletion import everything

N_EVENTS = 40
PAGE_BYTES = 4096
LEAF_OF_A_TABLE, LEAF_OF_AN_INDEX = 0x0D, 0x0A


def payload(session_id: int, n: int) -> bytes:
    """200 bytes that no compression makes fewer."""
    return random.Random(100 * session_id + n).randbytes(200)


@pytest.fixture(scope="module")
def good_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store with three sessions of `N_EVENTS` in it."""
    with Store.open(tmp_path_factory.mktemp("good")) as store:
        for session_id in (1, 2, 3):
            recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
            recorder.write(LinkUp(0.0, Strap("a", "b")))
            for n in range(N_EVENTS - 1):
                recorder.write(Packet(n, payload(session_id, n)))
            recorder.finish("completed", duration_s=150, n_packets=150, n_beats=0)
    return store.path.read_bytes()


@pytest.fixture
def path(folder: Path, good_file: bytes) -> Path:
    """That store, closed."""
    folder.mkdir(0o700)
    path = folder / FILE_NAME
    path.write_bytes(good_file)
    return path


def unpack_all(path: Path) -> None:
    """Leave every session's events as rows, as a version before schema 5 did."""
    with closing(sqlite3.connect(path)) as older, older:
        for session_id, packed in older.execute("SELECT session_id, events FROM packed").fetchall():
            older.executemany(
                "INSERT INTO event VALUES (?, ?, ?, ?, ?)",
                [(session_id, seq, *row) for seq, row in enumerate(unpack(packed))],
            )
        older.execute("DELETE FROM packed")


def to_garbage(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(50_000))


def to_text(path: Path) -> None:
    path.write_text("dear diary\n" * 500)


def to_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def overwrite_all_but_the_header(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xaa" * (len(content) - 100))


def page_of(content: bytearray, kind: int, holding: bytes) -> int:
    """Return where a page of this kind begins (sqlite.org/fileformat2.html, 1.6)."""
    return next(
        start
        for start in range(PAGE_BYTES, len(content), PAGE_BYTES)
        if content[start] == kind and holding in content[start : start + PAGE_BYTES]
    )


def damage_page(path: Path, kind: int, holding: bytes) -> None:
    content = bytearray(path.read_bytes())
    start = page_of(content, kind, holding)
    content[start : start + PAGE_BYTES] = b"\xaa" * PAGE_BYTES
    path.write_bytes(content)


def damage_the_page_of_sessions(path: Path) -> None:
    damage_page(path, LEAF_OF_A_TABLE, b"completed")


DAMAGES = [
    to_garbage,
    to_text,
    to_half,
    overwrite_all_but_the_header,
    damage_the_page_of_sessions,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_named_and_left_as_it_is(
    path: Path, damage: Callable[[Path], None]
) -> None:
    damage(path)
    before = path.read_bytes()
    with pytest.raises(DamagedStoreError, match=r"is damaged.* begin a fresh one") as caught:
        Store.open(path.parent)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.glob("sessions*")] == [FILE_NAME]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_set_aside_when_asked_and_a_fresh_one_works(
    path: Path, damage: Callable[[Path], None]
) -> None:
    for n in (1, 2):
        damage(path)
        before = path.read_bytes()
        with Store.open(path.parent, set_aside_damaged=True) as store:
            assert store.set_aside == path.with_name(f"sessions.damaged-{n}.sqlite3")
            assert store.set_aside.read_bytes() == before
            assert store.sessions() == []
            recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
            recorder.write(Packet(0.0, b"a"))
            recorder.finish("completed", duration_s=1, n_packets=1, n_beats=0)
            assert store.events(recorder.session_id) == [Packet(0.0, b"a")]


def test_a_good_file_is_never_set_aside(path: Path) -> None:
    with Store.open(path.parent, set_aside_damaged=True) as store:
        assert store.set_aside is None
        assert len(store.sessions()) == 3
        assert store.check() == []


def test_a_file_is_not_set_aside_under_a_program_that_records(path: Path) -> None:
    with Store.open(path.parent) as store:
        store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
        to_garbage(path)
        with pytest.raises(StorageError, match="Another program is recording"):
            Store.open(path.parent, set_aside_damaged=True)
        assert path.exists()


def test_a_log_whose_file_is_gone_is_kept(path: Path) -> None:
    # The log of a killed program holds all that was not yet moved into the file.
    log = path.with_name(FILE_NAME + "-wal")
    for leave in ("nothing", "an empty file"):
        log.write_bytes(b"what was recorded last")
        path.unlink()
        if leave == "an empty file":
            path.write_bytes(b"")
        with pytest.raises(DamagedStoreError, match="missing or empty"):
            Store.open(path.parent)
        assert log.read_bytes() == b"what was recorded last"

        with Store.open(path.parent, set_aside_damaged=True) as store:
            assert store.set_aside is not None
            kept = store.set_aside.with_name(store.set_aside.name + "-wal")
            assert kept.read_bytes() == b"what was recorded last"


def test_an_empty_file_becomes_a_store(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"")
    with Store.open(folder) as store:
        assert store.sessions() == []


def test_a_folder_instead_of_the_file_is_refused_in_words(folder: Path) -> None:
    (folder / FILE_NAME).mkdir(parents=True)
    for set_aside in (False, True):
        with pytest.raises(StorageError, match="is a folder where a file belongs"):
            Store.open(folder, set_aside_damaged=set_aside)
    assert (folder / FILE_NAME).is_dir()


def test_a_file_instead_of_the_folder_of_running_sessions_is_refused_in_words(
    folder: Path,
) -> None:
    folder.mkdir()
    (folder / "running").write_text("")
    with pytest.raises(StorageError, match="a file is in the way"):
        Store.open(folder)


def test_another_programs_database_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    before = path.read_bytes()
    for set_aside in (False, True):
        with pytest.raises(StorageError, match="of another program"):
            Store.open(folder, set_aside_damaged=set_aside)
    assert path.read_bytes() == before


def test_a_later_versions_store_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as later:
        later.execute("PRAGMA user_version = 999")
    before = path.read_bytes()
    for set_aside in (False, True):
        with pytest.raises(NewerStoreError, match=r"a later version .*schema 999") as caught:
            Store.open(path.parent, set_aside_damaged=set_aside)
        assert "Nothing was changed" in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("number", [0, -1])
def test_a_schema_that_no_version_wrote_is_damage(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {number}")
    with pytest.raises(DamagedStoreError, match=f"number {number}"):
        Store.open(path.parent)
    with Store.open(path.parent, set_aside_damaged=True) as store:
        assert store.set_aside is not None


def test_tables_that_are_not_ours_are_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("ALTER TABLE session RENAME COLUMN plan TO plot")
    with Store.open(path.parent) as store, pytest.raises(DamagedStoreError, match="no such column"):
        store.sessions()


def test_text_that_cannot_be_decoded_is_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE session SET source = CAST(x'ff41' AS TEXT) WHERE id = 2")
    with Store.open(path.parent) as store, pytest.raises(DamagedStoreError, match="UTF-8"):
        store.sessions()
    with Store.open(path.parent, set_aside_damaged=True) as store:
        assert store.set_aside is not None


def test_the_file_bears_our_mark(path: Path) -> None:
    header = path.read_bytes()[:100]
    assert header[:16] == b"SQLite format 3\0"
    assert header[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"HonH"


def test_an_event_of_a_later_version_is_said_so(path: Path) -> None:
    unpack_all(path)
    with closing(sqlite3.connect(path)) as later, later:
        later.execute("UPDATE event SET kind = 'gesture' WHERE session_id = 2 AND seq = 3")
    with Store.open(path.parent) as store:
        with pytest.raises(StorageError, match=r"Session 2 holds .*'gesture'"):
            store.events(2)
        assert len(store.events(1)) == len(store.events(3)) == N_EVENTS


def readable(store: Store) -> list[int]:
    """Return the sessions whose events can all be read."""
    found = []
    for info in store.sessions():
        try:
            assert len(store.events(info.id)) == N_EVENTS
        except DamagedStoreError:
            continue
        found.append(info.id)
    return sorted(found)


def test_one_damaged_page_of_rows_costs_no_other_session(path: Path) -> None:
    unpack_all(path)
    damage_page(path, LEAF_OF_AN_INDEX, payload(2, 20))
    with Store.open(path.parent) as store:
        assert store.check() != []
        assert len(readable(store)) >= 1

    # Opening does not read every page; looking through the whole file does.
    with Store.open(path.parent, set_aside_damaged=True) as store:
        assert store.set_aside is not None


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_damaged_piece_of_packed_events_costs_that_session_alone(
    path: Path, share: float
) -> None:
    with closing(sqlite3.connect(path)) as raw:
        (packed,) = raw.execute("SELECT events FROM packed WHERE session_id = 2").fetchone()
    content = bytearray(path.read_bytes())
    at = int(share * (len(packed) - 16))
    content[content.index(packed[at : at + 16]) + 7] ^= 1
    path.write_bytes(content)
    with Store.open(path.parent) as store:
        assert readable(store) == [1, 3]
        with pytest.raises(DamagedStoreError, match=r"events of session 2 .* checksum .*backup"):
            store.events(2)
        # it can still be listed, said something of, and deleted for real
        store.reflections.set_note(2, "still mine")
        store.delete([2])
        assert store.purge() == 1
        assert readable(store) == [1, 3]


def test_of_a_damaged_page_anywhere_a_backup_brings_all_back(path: Path) -> None:
    folder, chance = path.parent, random.Random(20260304)
    with Store.open(folder) as store:
        for session_id in (1, 2, 3):
            store.reflections.set_note(session_id, f"note {session_id}")
        expected = everything(store)
    made = back_up(folder, date(2026, 3, 4))
    assert made is not None
    good = path.read_bytes()
    noticed = 0
    for _ in range(25):
        content = bytearray(good)
        start = chance.randrange(len(content) // PAGE_BYTES) * PAGE_BYTES
        content[start : start + PAGE_BYTES] = chance.randbytes(PAGE_BYTES)
        path.write_bytes(content)
        try:
            with Store.open(folder) as store:
                found = look_through(store)
                if not found:  # nothing was on that page
                    assert everything(store) == expected
        except StorageError as error:
            found = [str(error)]
        noticed += bool(found)
        assert backups(folder) == [made]
        aside = restore(folder, made.path)
        assert aside is not None
        with Store.open(folder) as store:
            assert everything(store) == expected
            assert look_through(store) == []
        aside.unlink()
    assert noticed > 15


@given(st.integers(0, 2**32), st.integers(1, 300), st.binary(min_size=1, max_size=4))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_damage_ends_in_anything_but_a_sentence(
    path: Path, at: int, length: int, pattern: bytes
) -> None:
    good = path.read_bytes()
    content = bytearray(good)
    at %= len(content)
    length = min(length, len(content) - at)
    content[at : at + length] = (pattern * length)[:length]
    path.write_bytes(content)
    said = f"{path}"
    try:
        with Store.open(path.parent) as store:
            store.check()
            store.unfinished()
            for info in store.sessions():
                store.events(info.id)
            recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
            recorder.write(Packet(0.0, b"a"))
    except StorageError as error:
        said = str(error)
    finally:
        for leftover in path.parent.glob(FILE_NAME + "-*"):
            leftover.unlink()
        path.write_bytes(good)
    assert str(path.parent) in said or said.startswith("Session ")
