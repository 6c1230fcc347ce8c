"""Where the disk takes nothing more, a sentence is said and every event is kept, in order."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.info import Ended
from biofeedback.sessions.store import Store
from biofeedback.types import Choices, Event, LinkUp, Packet, Strap
from tests.biofeedback.sessions.conftest import STARTED_AT


def fill_up(store: Store) -> None:
    """Let SQLite say of this file that the disk is full."""
    store._connection.execute("PRAGMA max_page_count = 1").fetchone()


def make_room(store: Store) -> None:
    store._connection.execute("PRAGMA max_page_count = 1000000").fetchone()


# Each payload needs pages of its own, so that a full disk is noticed at once.
steps = st.lists(st.sampled_from(["write", "write", "link", "fill", "room", "flush"]), max_size=25)


@given(steps)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nothing_is_lost_or_doubled_and_the_order_stands(store: Store, steps: list[str]) -> None:
    make_room(store)
    recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    written: list[Event] = []
    full = False
    said: list[str] = []
    for n, step in enumerate(steps):
        try:
            if step == "fill":
                fill_up(store)
                full = True
            elif step == "room":
                make_room(store)
                full = False
            elif step == "flush":
                recorder.flush()
            else:
                packet = Packet(n / 3, bytes([n]) * 20_000)
                link = LinkUp(n / 3, Strap("a" * 20_000, ""))
                written.append(packet if step == "write" else link)
                recorder.write(written[-1])
        except StorageError as error:
            assert full
            said.append(str(error))
            assert recorder.pending > 0
        on_disk = store.events(recorder.session_id)
        assert on_disk == written[: len(written) - recorder.pending]
    assert all(sentence.startswith("The disk is full at ") for sentence in said)
    make_room(store)
    recorder.finish("stopped", duration_s=1, n_packets=0, n_beats=0)
    assert recorder.pending == 0
    assert store.events(recorder.session_id) == written
    assert store.session(recorder.session_id).ended is Ended.STOPPED


def test_a_session_that_cannot_be_finished_can_be_finished_later(store: Store) -> None:
    recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
    fill_up(store)
    big = {"algorithm": 1, "filler": "x" * 50_000}
    with pytest.raises(StorageError, match="disk is full"):
        recorder.finish("completed", duration_s=1, n_packets=0, n_beats=0, summary=big)
    assert store.session(recorder.session_id).ended is None
    assert store.unfinished() == []

    make_room(store)
    recorder.finish("completed", duration_s=1, n_packets=0, n_beats=0, summary=big)
    assert store.session(recorder.session_id).summary == big


def test_a_session_that_cannot_begin_leaves_nothing_behind(store: Store, folder: Path) -> None:
    fill_up(store)
    with pytest.raises(StorageError, match="disk is full"):
        store.begin(source="sim:" + "x" * 50_000, choices=Choices(), started_at=STARTED_AT)
    assert store.sessions() == []
    assert list((folder / "running").iterdir()) == []


_LIMITED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.store import Store
from biofeedback.types import Choices, Packet

def limit(n_bytes):
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, resource.RLIM_INFINITY))

with Store.open(Path(sys.argv[1])) as store:
    recorder = store.begin(
        source="sim:", choices=Choices(), started_at=datetime(2026, 1, 2, tzinfo=UTC)
    )
    said = []
    limit(200_000)
    for seq in range(120):
        if seq == 100:
            limit(resource.RLIM_INFINITY)
        try:
            recorder.write(Packet(float(seq), bytes([seq])))
        except StorageError as error:
            said.append((seq, recorder.pending, str(error)))
    seqs = [event.payload[0] for event in store.events(recorder.session_id)]
    assert seqs == list(range(120)), seqs
    assert recorder.pending == 0
    first = said[0][0]
    assert [(s, p) for s, p, _ in said] == [(s, s - first + 1) for s in range(first, 100)]
    assert store.check() == []
    print(said[0][2])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
def test_a_disk_that_refuses_real_writes_for_a_while_costs_nothing(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("The disk did not take what was written to ")
