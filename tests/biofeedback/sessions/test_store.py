"""What is recorded is on disk when `write` returns, and comes back as it was."""

from __future__ import annotations

import sqlite3
import stat
import struct
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biofeedback.ports import Recorder
from biofeedback.sessions.errors import NoSuchSessionError, StorageError
from biofeedback.sessions.info import Ended, choices_from_json, choices_to_json
from biofeedback.sessions.recorder import SessionRecorder
from biofeedback.sessions.store import FILE_NAME, Store
from biofeedback.types import (
    Action,
    Choices,
    Event,
    LinkLost,
    LinkReason,
    LinkUp,
    Marker,
    Packet,
    Strap,
    Tick,
)
from tests.biofeedback.sessions.conftest import STARTED_AT
from tests.biofeedback.sessions.test_event_codec import events as any_event

ONE_OF_EACH: list[Event] = [
    LinkLost(0.0, LinkReason.SEARCHING),
    LinkUp(1.25, Strap("AA:BB", "Polar H10", 87)),
    Packet(2.1, b"\x10\x40\x00\x04"),
    Marker(2.1, Action.GUIDE, "slower"),
    Packet(0.1 + 0.2, b""),
    Packet(-0.0, b"\x00"),
    LinkLost(9.0, LinkReason.DROPPED),
]


def begin(store: Store, choices: Choices | None = None) -> SessionRecorder:
    return store.begin(source="sim:", choices=choices or Choices(), started_at=STARTED_AT)


def write_all(recorder: SessionRecorder, events: Sequence[Event]) -> None:
    for event in events:
        recorder.write(event)


def bits(events: Sequence[Event]) -> list[bytes]:
    return [struct.pack("<d", event.t_s) for event in events]


# ---------------------------------------------------------------------------- round trips
def test_events_come_back_in_order_bit_for_bit(store: Store, folder: Path) -> None:
    recorder: Recorder = (kept := begin(store))
    for event in ONE_OF_EACH:
        recorder.write(event)

    with Store.open(folder) as another:
        back = another.events(kept.session_id)
    assert back == ONE_OF_EACH
    assert bits(back) == bits(ONE_OF_EACH)


@given(st.lists(any_event, max_size=8))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_events_come_back(store: Store, events: list[Event]) -> None:
    recorder = begin(store)
    write_all(recorder, events)
    recorder.finish("stopped", duration_s=0, n_packets=0, n_beats=0)

    back = store.events(recorder.session_id)
    assert back == events
    assert bits(back) == bits(events)


def test_a_tick_is_passed_over(store: Store) -> None:
    recorder = begin(store)
    write_all(recorder, [Tick(0.0), Packet(1.0, b"a"), Tick(2.0)])

    assert store.events(recorder.session_id) == [Packet(1.0, b"a")]


def test_each_write_is_one_commit_that_another_connection_sees(store: Store) -> None:
    recorder = begin(store)
    with closing(sqlite3.connect(store.path)) as other:
        for n, event in enumerate(ONE_OF_EACH, start=1):
            recorder.write(event)
            assert other.execute("SELECT count(*) FROM event").fetchone() == (n,)


def test_a_commit_that_was_reported_lost_but_reached_the_disk_is_not_doubled(store: Store) -> None:
    recorder = begin(store)
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute(
            "INSERT INTO event VALUES (?, 0, 1.0, 'packet', ?)", (recorder.session_id, b"a")
        )
    write_all(recorder, [Packet(1.0, b"a"), Packet(2.0, b"b")])

    assert store.events(recorder.session_id) == [Packet(1.0, b"a"), Packet(2.0, b"b")]


def test_sessions_recorded_at_once_do_not_mix(store: Store) -> None:
    first, second = begin(store), begin(store)
    for n in range(5):
        first.write(Packet(n, b"1"))
        second.write(Packet(n, b"2"))

    assert store.events(first.session_id) == [Packet(n, b"1") for n in range(5)]
    assert store.events(second.session_id) == [Packet(n, b"2") for n in range(5)]


def test_a_write_from_any_thread_is_kept(store: Store) -> None:
    recorder = begin(store)
    threads = [
        threading.Thread(target=write_all, args=(recorder, [Packet(t, b"x")] * 25))
        for t in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(event.t_s for event in store.events(recorder.session_id)) == sorted(
        [0.0, 1.0, 2.0, 3.0] * 25
    )


@given(
    st.builds(
        Choices,
        plan_id=st.text(max_size=5),
        sight=st.booleans(),
        quiet_s=st.floats(0, 1e9),
        length_s=st.none() | st.floats(0, 1e9),
    )
)
@settings(max_examples=25, deadline=None)
def test_choices_survive_their_json(choices: Choices) -> None:
    assert choices_from_json(choices_to_json(choices)) == choices


def test_what_a_later_version_adds_to_choices_is_left_out() -> None:
    assert choices_from_json('{"plan_id": "ten", "music": "rain"}') == Choices(plan_id="ten")


# ------------------------------------------------------------------------------- sessions
def test_a_finished_session_is_listed_with_what_it_came_to(store: Store) -> None:
    choices = Choices(plan_id="ten", touch_id="none", length_s=90.0)
    east = datetime(2026, 3, 4, 5, 6, 7, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    recorder = store.begin(source="ble:AA:BB", choices=choices, started_at=east)
    write_all(recorder, ONE_OF_EACH)
    summary = {"algorithm": 3, "rmssd_ms": 41.7, "verdict": None, "phases": [{"name": "guided"}]}
    recorder.finish("completed", duration_s=301.5, n_packets=3, n_beats=4, summary=summary)

    (info,) = store.sessions()
    assert info == store.session(recorder.session_id)
    assert info.id == recorder.session_id
    assert info.uid == recorder.uid
    assert info.started_at == east
    assert info.started_at.utcoffset() == east.utcoffset()
    assert (info.source, info.plan, info.choices) == ("ble:AA:BB", "ten", choices)
    assert info.strap == Strap("AA:BB", "Polar H10", 87)
    assert info.ended is Ended.COMPLETED
    assert (info.duration_s, info.n_packets, info.n_beats) == (301.5, 3, 4)
    assert info.summary == summary


def test_a_running_session_has_no_figures_yet(store: Store) -> None:
    recorder = begin(store)
    info = store.session(recorder.session_id)

    assert store.is_running(info)
    assert info.ended is None
    assert (info.duration_s, info.n_packets, info.n_beats) == (None, None, None)
    assert info.strap is None
    assert info.summary is None


def test_the_strap_is_known_as_soon_as_it_is_connected(store: Store) -> None:
    recorder = begin(store)
    recorder.write(LinkUp(0.0, Strap("AA", "first")))
    recorder.write(LinkUp(9.0, Strap("AA", "again", battery_pct=50)))

    assert store.session(recorder.session_id).strap == Strap("AA", "again", battery_pct=50)


def test_sessions_are_listed_newest_first_whatever_their_time_zones(store: Store) -> None:
    offsets_h = [0, 9, -8, 3]
    started = [
        datetime(2026, 1, 1, 12, n, tzinfo=timezone(timedelta(hours=h)))
        for n, h in enumerate(offsets_h)
    ]
    for when in started:
        store.begin(source="sim:", choices=Choices(), started_at=when)

    newest_first = sorted(started, reverse=True)
    assert [info.started_at for info in store.sessions()] == newest_first
    for n in range(len(started) + 2):
        assert store.newest(n) == store.sessions()[:n]


def test_sessions_of_some_plans_are_listed_alone(store: Store) -> None:
    for plan_id in ("five", "ten", "five", "stepped"):
        begin(store, Choices(plan_id=plan_id))
    assert [info.id for info in store.sessions(["five"])] == [3, 1]
    assert [info.id for info in store.sessions(("ten", "stepped"))] == [4, 2]
    assert store.sessions([]) == []


def test_a_start_without_offset_is_refused(store: Store) -> None:
    naive = STARTED_AT.replace(tzinfo=None)
    with pytest.raises(ValueError, match="offset"):
        store.begin(
            source="sim:",
            choices=Choices(),
            started_at=naive,
        )
    assert store.sessions() == []


def test_a_session_that_is_not_there_is_said_so(store: Store) -> None:
    for ask in (store.session, store.events):
        with pytest.raises(NoSuchSessionError, match=r"There is no session 7\."):
            ask(7)
    assert store.events(begin(store).session_id) == []


def test_nothing_is_written_after_the_end(store: Store) -> None:
    recorder = begin(store)
    recorder.finish("stopped", duration_s=1, n_packets=0, n_beats=0)

    with pytest.raises(RuntimeError, match="over"):
        recorder.write(Packet(2.0, b""))
    with pytest.raises(RuntimeError, match="over"):
        recorder.finish("completed", duration_s=2, n_packets=0, n_beats=0)
    assert store.session(recorder.session_id).ended is Ended.STOPPED


def test_a_wrong_end_changes_nothing_and_can_be_put_right(store: Store) -> None:
    recorder = begin(store)
    with pytest.raises(ValueError, match="bored"):
        recorder.finish("bored", duration_s=1, n_packets=0, n_beats=0)
    with pytest.raises(ValueError, match="JSON"):
        recorder.finish(
            "stopped", duration_s=1, n_packets=0, n_beats=0, summary={"rmssd_ms": float("nan")}
        )
    assert store.is_running(store.session(recorder.session_id))

    recorder.finish("stopped", duration_s=1, n_packets=0, n_beats=0)
    assert store.session(recorder.session_id).ended is Ended.STOPPED


# ---------------------------------------------------------------------------- interrupted
def test_a_running_session_is_not_taken_for_interrupted(store: Store, folder: Path) -> None:
    recorder = begin(store)
    with Store.open(folder) as another:
        assert another.unfinished() == []
        assert not another.close_interrupted(
            recorder.session_id, duration_s=0, n_packets=0, n_beats=0
        )
    assert store.unfinished() == []
    assert store.session(recorder.session_id).ended is None


def test_a_session_that_was_let_go_is_found_and_closed_once(store: Store, folder: Path) -> None:
    with Store.open(folder) as crashed:
        recorder = begin(crashed)
        recorder.write(Packet(1.0, b"a"))
    (info,) = store.unfinished()
    assert info.id == recorder.session_id

    summary = {"algorithm": 1}
    with Store.open(folder) as another:
        assert another.close_interrupted(
            info.id, duration_s=1.0, n_packets=1, n_beats=2, summary=summary
        )
    assert not store.close_interrupted(info.id, duration_s=9.0, n_packets=9, n_beats=9)

    closed = store.session(info.id)
    assert closed.ended is Ended.INTERRUPTED
    assert (closed.duration_s, closed.n_packets, closed.n_beats) == (1.0, 1, 2)
    assert closed.summary == summary
    assert store.unfinished() == []
    assert list((folder / "running").iterdir()) == []


def test_what_is_still_pending_is_written_when_the_store_closes(folder: Path) -> None:
    with Store.open(folder) as store:
        recorder = begin(store)
        away = store.path.rename(folder / "away")
        with pytest.raises(StorageError):
            recorder.write(Packet(1.0, b"a"))
        away.rename(store.path)
    with Store.open(folder) as store:
        assert store.events(recorder.session_id) == [Packet(1.0, b"a")]


# ---------------------------------------------------------------------------------- files
@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no permission bits")
def test_every_file_is_for_this_user_alone(folder: Path) -> None:
    with Store.open(folder) as store:
        begin(store).write(Packet(0.0, b"a"))
        modes = {
            path.relative_to(folder).name: stat.S_IMODE(path.stat().st_mode)
            for path in folder.rglob("*")
        }
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", "running"} < set(modes)
    assert modes.pop("running") == 0o700
    assert set(modes.values()) == {0o600}


def test_the_file_is_set_up_to_lose_nothing_and_to_forget_for_real(store: Store) -> None:
    def pragma(name: str) -> object:
        return store._connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2  # FULL
    assert pragma("foreign_keys") == 1
    assert pragma("secure_delete") == 1
    assert pragma("busy_timeout") == 5000


def test_deleting_a_session_leaves_no_trace_of_its_events(folder: Path) -> None:
    secret = b"a heartbeat nobody else may see"
    with Store.open(folder) as store:
        recorder = begin(store)
        write_all(recorder, [Packet(n, secret) for n in range(50)])
        recorder.finish("stopped", duration_s=1, n_packets=50, n_beats=0)
        store._connection.execute("DELETE FROM session")
        assert store._connection.execute("SELECT count(*) FROM event").fetchone() == (0,)
    (path,) = folder.glob("sessions*")
    assert secret not in path.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
def test_a_file_that_is_moved_away_in_use_is_noticed_and_nothing_is_lost(store: Store) -> None:
    recorder = begin(store)
    recorder.write(Packet(0.0, b"a"))
    away = store.path.rename(store.path.with_name("away"))

    with pytest.raises(StorageError, match="was moved or deleted while it was in use"):
        recorder.write(Packet(1.0, b"b"))
    with pytest.raises(StorageError, match="was moved"):
        begin(store)
    with pytest.raises(StorageError, match="was moved"):
        recorder.finish("stopped", duration_s=1, n_packets=1, n_beats=0)
    assert recorder.pending == 1
    away.rename(store.path)
    recorder.write(Packet(2.0, b"c"))
    assert recorder.pending == 0
    assert [event.t_s for event in store.events(recorder.session_id)] == [0.0, 1.0, 2.0]
