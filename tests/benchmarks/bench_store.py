"""One commit an event has to be quick, and so has opening a session again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from biofeedback.sessions.store import Store
from biofeedback.types import Choices, Packet

N_PACKETS_20_MIN = 1200
PAYLOAD = bytes.fromhex("10400004")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        yield opened


def fill(store: Store, n_packets: int) -> int:
    """Put a session with this many packets on disk in one commit; return its number."""
    recorder = store.begin(
        source="sim:", choices=Choices(), started_at=datetime(2026, 1, 2, tzinfo=UTC)
    )
    store._connection.executemany(
        "INSERT INTO event VALUES (?, ?, ?, 'packet', ?)",
        ((recorder.session_id, n, n / 1.1, PAYLOAD) for n in range(n_packets)),
    )
    recorder.finish("completed", duration_s=1, n_packets=n_packets, n_beats=0)
    return recorder.session_id


def test_one_packet_on_disk(store: Store, benchmark: BenchmarkFixture) -> None:
    recorder = store.begin(
        source="sim:", choices=Choices(), started_at=datetime(2026, 1, 2, tzinfo=UTC)
    )
    seq = count()
    benchmark.pedantic(  # type: ignore[no-untyped-call]
        lambda: recorder.write(Packet(next(seq) / 1.1, PAYLOAD)), rounds=1500, warmup_rounds=50
    )


def test_events_of_20_minutes(store: Store, benchmark: BenchmarkFixture) -> None:
    session_id = fill(store, N_PACKETS_20_MIN)
    assert len(benchmark(store.events, session_id)) == N_PACKETS_20_MIN


def test_list_of_3650_sessions(store: Store, benchmark: BenchmarkFixture) -> None:
    fill(store, 1)
    columns = "started_at, source, plan, choices, ended, duration_s, n_packets, n_beats"
    store._connection.executemany(
        f"INSERT INTO session (uid, {columns}) SELECT ?, {columns} FROM session WHERE id = 1",
        ((f"{n:032x}",) for n in range(3649)),
    )
    assert len(benchmark(store.sessions)) == 3650


def test_opening(tmp_path: Path, benchmark: BenchmarkFixture) -> None:
    with Store.open(tmp_path) as store:
        fill(store, N_PACKETS_20_MIN)
    benchmark(lambda: Store.open(tmp_path).close())
