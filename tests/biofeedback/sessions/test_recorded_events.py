"""A session's events are packed once it is over, and never lost on the way."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biofeedback.sessions import recorded_events
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.event_codec import to_row
from biofeedback.sessions.store import Store
from biofeedback.types import Choices, Event, LinkUp, Packet, Strap
from tests.biofeedback.sessions.conftest import STARTED_AT
from tests.biofeedback.sessions.test_event_codec import events as any_event
from tests.biofeedback.sessions.test_store import ONE_OF_EACH, bits
from tests.biofeedback.sessions.test_store_full_disk import make_room


def record(store: Store, events: Sequence[Event] = ONE_OF_EACH) -> int:
    recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    for event in events:
        recorder.write(event)
    recorder.finish("stopped", duration_s=1, n_packets=0, n_beats=0)
    return recorder.session_id


def counts(store: Store) -> tuple[int, int]:
    """Return how many rows and how many packs there are."""
    with closing(sqlite3.connect(store.path)) as raw:
        (n_rows,) = raw.execute("SELECT count(*) FROM event").fetchone()
        (n_packs,) = raw.execute("SELECT count(*) FROM packed").fetchone()
    return n_rows, n_packs


def as_rows(store: Store, session_id: int) -> None:
    """Keep a session's events as rows again, as versions before schema 5 did."""
    rows = store.recorded.rows(session_id)
    with closing(sqlite3.connect(store.path)) as older, older:
        older.executemany(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?)",
            [(session_id, seq, *row) for seq, row in enumerate(rows)],
        )
        older.execute("DELETE FROM packed WHERE session_id = ?", (session_id,))


def test_rows_while_it_runs_one_piece_once_it_is_over(store: Store, folder: Path) -> None:
    recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    for event in ONE_OF_EACH:
        recorder.write(event)
    assert counts(store) == (len(ONE_OF_EACH), 0)
    assert not store.recorded.pack(recorder.session_id)
    recorder.finish("stopped", duration_s=1, n_packets=0, n_beats=0)
    assert counts(store) == (0, 1)
    with Store.open(folder) as another:
        again = another.events(recorder.session_id)
    assert again == ONE_OF_EACH
    assert bits(again) == bits(ONE_OF_EACH)


def test_an_interrupted_session_is_packed_when_it_is_closed(store: Store, folder: Path) -> None:
    with Store.open(folder) as crashed:
        recorder = crashed.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
        recorder.write(Packet(1.0, b"a"))
    assert counts(store) == (1, 0)
    store.close_interrupted(1, duration_s=1.0, n_packets=1, n_beats=0)
    assert counts(store) == (0, 1)
    assert store.events(1) == [Packet(1.0, b"a")]


def test_a_session_without_events_needs_no_piece(store: Store) -> None:
    session_id = record(store, [])
    assert counts(store) == (0, 0)
    assert store.events(session_id) == []
    assert store.recorded.unpacked() == []


@given(st.lists(any_event, max_size=8))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_older_versions_kept_as_rows_can_be_packed_later(
    store: Store, events: list[Event]
) -> None:
    session_id = record(store, events)
    as_rows(store, session_id)
    assert store.recorded.unpacked() == ([session_id] if events else [])
    assert store.events(session_id) == events
    assert store.recorded.pack(session_id) == bool(events)
    assert store.recorded.unpacked() == []
    assert not store.recorded.pack(session_id)
    again = store.events(session_id)
    assert again == events
    assert bits(again) == bits(events)


def test_where_there_is_no_room_to_pack_the_session_ends_with_its_rows(store: Store) -> None:
    recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    packets = [Packet(n, random.Random(n).randbytes(3000)) for n in range(30)]
    for packet in packets:
        recorder.write(packet)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}").fetchone()
    recorder.finish("completed", duration_s=30, n_packets=30, n_beats=0)
    assert store.recorded.unpacked() == [recorder.session_id]
    assert store.events(recorder.session_id) == packets
    with pytest.raises(StorageError, match="disk is full"):
        store.recorded.pack(recorder.session_id)
    assert store.events(recorder.session_id) == packets
    make_room(store)
    assert store.recorded.pack(recorder.session_id)
    assert store.events(recorder.session_id) == packets


def test_a_piece_that_would_not_come_back_the_same_is_not_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(recorded_events, "unpack", lambda packed: [(0.0, "packet", b"")])
        session_id = record(store, [Packet(-0.0, b"")])
    assert counts(store) == (1, 0)
    assert store.recorded.pack(session_id)


def test_a_piece_of_a_later_format_is_said_so(store: Store) -> None:
    session_id = record(store)
    with closing(sqlite3.connect(store.path)) as later, later:
        (packed,) = later.execute("SELECT events FROM packed").fetchone()
        content = packed[:4] + b"\x07" + packed[5:-32]
        later.execute("UPDATE packed SET events = ?", (content + hashlib.sha256(content).digest(),))
    with pytest.raises(StorageError, match=r"packed in format 7; .* later version .* can read it"):
        store.events(session_id)
    assert store.n_sessions() == 1


def test_an_event_that_only_a_later_version_knows_is_packed_and_said_so(store: Store) -> None:
    session_id = record(store)
    as_rows(store, session_id)
    with closing(sqlite3.connect(store.path)) as later, later:
        later.execute("UPDATE event SET kind = 'gesture' WHERE seq = 3")
    rows = store.recorded.rows(session_id)
    assert store.recorded.pack(session_id)
    assert store.recorded.rows(session_id) == rows
    with pytest.raises(StorageError, match=r"Session 1 holds .*'gesture'"):
        store.events(session_id)


_PACKER = """
import sys
from pathlib import Path
from biofeedback.sessions.store import Store

with Store.open(Path(sys.argv[1])) as store:
    for session_id in store.recorded.unpacked():
        assert store.recorded.pack(session_id)
        print(session_id, flush=True)
"""


def test_a_program_that_reads_while_another_packs_misses_nothing(
    store: Store, folder: Path
) -> None:
    packets = [Packet(n, bytes([n])) for n in range(200)]
    ids = [record(store, packets) for _ in range(12)]
    for session_id in ids:
        as_rows(store, session_id)
    program = subprocess.Popen(
        [sys.executable, "-c", _PACKER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    reads = 0
    while program.poll() is None:
        for session_id in ids:
            assert store.events(session_id) == packets
            reads += 1
    out, _ = program.communicate()
    assert program.returncode == 0
    assert [int(line) for line in out.split()] == ids
    assert reads
    assert counts(store) == (0, 12)


def test_the_strap_is_still_known(store: Store) -> None:
    session_id = record(store, [LinkUp(0.0, Strap("AA", "first"))])
    assert store.session(session_id).strap == Strap("AA", "first")
    assert [kind for _, kind, _ in store.recorded.rows(session_id)] == ["link_up"]
    assert to_row(store.events(session_id)[0]) == store.recorded.rows(session_id)[0]
