"""Programs that are killed in mid-write, and programs that record at the same time."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from biofeedback.sessions.backups import back_up
from biofeedback.sessions.errors import SessionRunningError, StorageError
from biofeedback.sessions.info import Ended
from biofeedback.sessions.reflection import Felt, Moment, Reflection
from biofeedback.sessions.running import FileLock
from biofeedback.sessions.store import Store
from tests.biofeedback.sessions import writer
from tests.biofeedback.sessions.test_deletion import record

N_KILLS = 4


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, writer.__file__, str(folder), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def next_number(program: subprocess.Popen[str]) -> int:
    assert program.stdout is not None
    return int(program.stdout.readline())


def kill(program: subprocess.Popen[str]) -> list[int]:
    """Kill it at once; return what it had still said."""
    program.kill()
    assert program.stdin is not None
    assert program.stdout is not None
    # Not communicate(): it would pass over what readline() has taken in beyond its line.
    rest = program.stdout.read()
    program.wait()
    program.stdin.close()
    program.stdout.close()
    # The last line may be cut off.
    return [int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]


def test_kill_9_loses_nothing_that_was_reported(folder: Path) -> None:
    rng = random.Random(20260304)
    reported: dict[int, int] = {}
    for _ in range(N_KILLS):
        program = start(folder)
        session_id = next_number(program)
        seqs = [next_number(program) for _ in range(rng.randrange(1, 400))]
        seqs += kill(program)
        assert seqs == list(range(len(seqs)))
        reported[session_id] = len(seqs)

        with closing(sqlite3.connect(folder / "sessions.sqlite3")) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        with Store.open(folder) as store:
            (info,) = store.unfinished()
            assert info.id == session_id
            events = store.events(session_id)
            # One more may have reached the disk before it could be reported.
            assert len(events) in (len(seqs), len(seqs) + 1)
            assert events == [writer.packet(seq) for seq in range(len(events))]
            assert store.close_interrupted(
                session_id, duration_s=events[-1].t_s, n_packets=len(events), n_beats=0
            )
    with Store.open(folder) as store:
        assert [info.ended for info in store.sessions()] == [Ended.INTERRUPTED] * N_KILLS
        for session_id, n_reported in reported.items():
            assert len(store.events(session_id)) >= n_reported


def test_kill_9_before_the_first_packet_leaves_the_ratings_before(folder: Path) -> None:
    program = start(folder, "0")
    session_id = next_number(program)
    kill(program)
    with Store.open(folder) as store:
        assert [info.id for info in store.unfinished()] == [session_id]
        assert store.reflections.of(session_id) == Reflection(before=writer.FELT_BEFORE)
        assert store.close_interrupted(session_id, duration_s=0, n_packets=0, n_beats=0)
        # the person may still say how it felt after
        store.reflections.set_felt(session_id, Moment.AFTER, Felt(tension=5))
        assert store.reflections.of(session_id) == Reflection(writer.FELT_BEFORE, Felt(tension=5))


def test_a_session_of_another_living_program_is_left_alone_until_it_dies(folder: Path) -> None:
    program = start(folder, "3")
    session_id = next_number(program)
    assert [next_number(program) for _ in range(3)] == [0, 1, 2]
    with Store.open(folder) as store:
        info = store.session(session_id)
        assert store.is_running(info)
        assert store.unfinished() == []
        assert not store.close_interrupted(session_id, duration_s=0, n_packets=0, n_beats=0)
        kill(program)
        assert not store.is_running(info)
        assert store.unfinished() == [info]


def test_a_session_that_another_program_finishes_is_finished(folder: Path) -> None:
    program = start(folder, "3")
    session_id = next_number(program)
    with Store.open(folder) as store:
        program.communicate("go on\n")
        assert program.returncode == 0
        assert store.unfinished() == []
        assert store.session(session_id).ended is Ended.COMPLETED


def test_a_program_that_opens_waits_for_another_that_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(folder):
        pass
    monkeypatch.setattr("biofeedback.sessions.database._OPENING_TIMEOUT_S", 0.0)
    held = FileLock.acquire(folder / "opening.lock")
    assert held is not None
    with pytest.raises(StorageError, match="Another program is opening"):
        Store.open(folder)
    held.release()
    with Store.open(folder) as store:
        assert store.sessions() == []


def test_programs_that_begin_in_an_empty_folder_at_once_all_record(folder: Path) -> None:
    programs = [start(folder, "150") for _ in range(3)]
    # Read them all at once, so that none waits for its reader.
    with ThreadPoolExecutor() as pool:
        said = list(pool.map(lambda program: program.communicate("\n")[0], programs))
    assert [program.returncode for program in programs] == [0, 0, 0]

    ids = [int(lines.split()[0]) for lines in said]
    assert sorted(ids) == [1, 2, 3]
    with Store.open(folder) as store:
        for session_id in ids:
            assert store.events(session_id) == [writer.packet(seq) for seq in range(150)]
        assert store.check() == []


def test_programs_do_not_get_into_each_others_way_whatever_they_do(folder: Path) -> None:
    programs = [start(folder, "200") for _ in range(2)]
    ids = [next_number(program) for program in programs]
    with Store.open(folder) as store, ThreadPoolExecutor() as pool:
        kept = record(store, "kept")
        for session_id in ids:
            with pytest.raises(SessionRunningError):
                store.delete([session_id])
        ends = [pool.submit(program.communicate, "\n") for program in programs]
        n_rounds = 0
        while n_rounds < 3 or not all(end.done() for end in ends):
            n_rounds += 1
            store.reflections.set_note(kept, f"round {n_rounds}")
            store.delete([record(store, f"round {n_rounds}")])
            assert store.purge() == 1
            back_up(folder, date(2026, 3, 4) + timedelta(days=n_rounds))
    assert [program.returncode for program in programs] == [0, 0]
    with Store.open(folder) as store:
        for session_id in ids:
            assert store.events(session_id) == [writer.packet(seq) for seq in range(200)]
        assert sorted(info.id for info in store.sessions()) == sorted([*ids, kept])
        assert store.reflections.of(kept).note == f"round {n_rounds}"
        assert store.check(thoroughly=True) == []
