"""A deleted session is shown nowhere, can be brought back, and then is gone to the last byte."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from biofeedback.practice.personal import Personal
from biofeedback.sessions.errors import NoSuchSessionError, SessionRunningError
from biofeedback.sessions.kept_figures import Figures
from biofeedback.sessions.reflection import Felt, Moment
from biofeedback.sessions.store import Store
from biofeedback.sessions.summary import ALGORITHM
from biofeedback.types import Action, BreathPattern, Choices, Marker, Packet
from tests.biofeedback.sessions.conftest import STARTED_AT
from tests.biofeedback.sessions.test_writings import holds

CANARY = "a heron at dusk"


def record(store: Store, canary: str = "nothing") -> int:
    """A session with every kind of thing in it, each with the canary."""
    personal, _ = Personal().with_guide(f"guide {canary}", BreathPattern(4.0, 0.0, 6.0, 0.0))
    recorder = store.begin(
        source=f"source {canary}",
        choices=Choices(plan_id=f"plan {canary}"),
        started_at=STARTED_AT,
        felt_before=Felt(tension=7),
        personal=personal,
    )
    for n in range(30):
        heart = random.Random(f"{canary} {n}").randbytes(900)
        recorder.write(Packet(n, f"packet {canary} {n}".encode() + heart))
    recorder.write(Marker(31.0, Action.GUIDE, f"marker {canary}"))
    recorder.finish(
        "completed",
        duration_s=31,
        n_packets=30,
        n_beats=0,
        summary={"algorithm": 1, "said": f"summary {canary}" * 300},
        figures=Figures(algorithm=ALGORITHM, answer=f"answer {canary}"),
    )
    session_id = recorder.session_id
    store.reflections.set_felt(session_id, Moment.AFTER, Felt(tension=3))
    store.reflections.set_tags(session_id, [f"tag {canary}"])
    store.reflections.set_note(session_id, f"note {canary}" * 500)
    store.left_out.add(session_id, (1.0, 2.0))
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute(
            "INSERT INTO imported VALUES (?, ?, ?, 'rr_text', ?)",
            (session_id, f"sha {canary}", f"{canary}.txt", f"content {canary}".encode() * 3000),
        )
    return session_id


def packed_in_pieces(store: Store, session_id: int) -> list[bytes]:
    """Return what the session's packed events look like in any file, a few bytes at a time."""
    with closing(sqlite3.connect(store.path)) as raw:
        (packed,) = raw.execute(
            "SELECT events FROM packed WHERE session_id = ?", (session_id,)
        ).fetchone()
    return [packed[at : at + 16] for at in range(16, len(packed) - 16, 16)]


def everything(store: Store) -> list[object]:
    return [
        store.sessions(),
        store.n_sessions(),
        [store.events(info.id) for info in store.sessions()],
        store.figures.all(),
        store.figures.stale(),
        store.reflections.all(),
        store.reflections.known_tags(),
        store.left_out.all(),
    ]


def test_a_deleted_session_is_shown_nowhere_until_it_is_brought_back(
    store: Store, folder: Path
) -> None:
    kept = record(store, "kept")
    before = everything(store)
    gone = record(store, "gone")
    with_both = everything(store)
    store.delete([gone])
    with closing(sqlite3.connect(store.path)) as raw:
        assert raw.execute("SELECT count(*) FROM session").fetchone() == (2,)
    assert everything(store) == before
    for ask in (store.session, store.events):
        with pytest.raises(NoSuchSessionError):
            ask(gone)
    assert store.figures.of(gone) is None
    assert store.reflections.of(gone) == store.reflections.of(999)
    with pytest.raises(NoSuchSessionError):
        store.reflections.set_note(gone, "again")
    store.restore([gone])
    assert everything(store) == with_both
    store.delete([kept, gone])
    assert everything(store)[:2] == [[], 0]
    store.restore([kept, gone])
    assert everything(store) == with_both


def test_an_interrupted_session_that_is_deleted_is_not_found_again(
    store: Store, folder: Path
) -> None:
    with Store.open(folder) as crashed:
        crashed.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    store.delete([1])
    assert store.unfinished() == []


def test_a_session_that_is_recorded_cannot_be_deleted(store: Store, folder: Path) -> None:
    kept = record(store)
    running = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    for one in (store, another := Store.open(folder)):
        with pytest.raises(SessionRunningError, match=r"Session 2 is being recorded now\. Stop it"):
            one.delete([kept, running.session_id])
    another.close()
    assert store.n_sessions() == 2
    running.finish("stopped", duration_s=1, n_packets=0, n_beats=0)
    store.delete([running.session_id])
    assert [info.id for info in store.sessions()] == [kept]


def test_all_or_none_are_deleted_and_brought_back(store: Store) -> None:
    first = record(store)
    for change in (store.delete, store.restore):
        with pytest.raises(NoSuchSessionError, match=r"There is no session 7\."):
            change([first, 7])
    assert store.n_sessions() == 1


def test_after_the_purge_no_byte_of_it_is_in_any_file(store: Store, folder: Path) -> None:
    record(store, "kept")
    gone = record(store, CANARY)
    copies = [
        store.path.with_name("sessions.schema-4-1.sqlite3"),
        store.path.with_name("sessions.damaged-1.sqlite3"),
        folder / "backups" / "sessions-2026-03-04.sqlite3",
    ]
    copies[-1].parent.mkdir()
    for copy in copies:
        with closing(sqlite3.connect(store.path)) as source, closing(sqlite3.connect(copy)) as to:
            source.backup(to)
    store.path.with_name("sessions.schema-1-1.sqlite3").write_bytes(b"no database")
    assert set(holds(folder, CANARY)) >= {copy.name for copy in copies}

    pieces = packed_in_pieces(store, gone)
    held = b"".join(path.read_bytes() for path in folder.rglob("*.sqlite3"))
    assert all(piece in held for piece in pieces[:20])

    store.delete([gone])
    assert store.purge() == 1
    assert holds(folder, CANARY) == []
    left = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not any(piece in left for piece in pieces)
    assert store.purge() == 0
    assert store.check() == []
    for copy in copies:
        with closing(sqlite3.connect(copy)) as raw:
            assert raw.execute("SELECT count(*) FROM session").fetchone() == (1,)
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with pytest.raises(NoSuchSessionError):
        store.restore([gone])
    assert everything(store)[1] == 1
    # its number is not used again
    assert record(store) == gone + 1


def test_it_is_gone_from_the_log_too_while_another_program_records(
    store: Store, folder: Path
) -> None:
    gone = record(store, CANARY)
    with Store.open(folder) as another:
        recorder = another.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
        recorder.write(Packet(1.0, b"a"))
        another.events(gone)
        store.delete([gone])
        store.purge()
        assert holds(folder, CANARY) == []
        recorder.write(Packet(2.0, b"b"))
        assert holds(folder, CANARY) == []
        assert another.events(recorder.session_id) == [Packet(1.0, b"a"), Packet(2.0, b"b")]


def test_the_next_opening_makes_it_final(folder: Path) -> None:
    with Store.open(folder) as store:
        store.delete([record(store, CANARY)])
        assert store.n_sessions() == 0
    assert "sessions.sqlite3" in holds(folder, CANARY)
    with Store.open(folder) as store:
        assert holds(folder, CANARY) == []
        assert store.n_sessions() == 0


def test_what_is_brought_back_while_it_is_purged_stays(store: Store) -> None:
    first, second = record(store), record(store)
    store.delete([first, second])
    store.restore([first])
    assert store.purge() == 1
    assert [info.id for info in store.sessions()] == [first]
