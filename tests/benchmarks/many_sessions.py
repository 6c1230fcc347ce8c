"""Ten years of practice: ``python -m tests.benchmarks.many_sessions [-n N] [--keep FOLDER]``.

N sessions of 20 minutes (3650 unless said), seeded: each the real bytes of one of two dozen
simulated hearts, recorded by the real recorder at another speed and another date, with ratings on
most of them. Told are medians of five times, by the wall's clock and of this process alone (which
a busy machine does not change): opening the store, the lists, looking through the file, and
working everything out anew against the same work without a store.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID

from biofeedback.analysis import analyze
from biofeedback.practice.content import load_content
from biofeedback.refreshed import refresh_one
from biofeedback.run import Outcome, practise, summed_up
from biofeedback.sessions.event_codec import Row, to_row
from biofeedback.sessions.event_pack import pack
from biofeedback.sessions.info import SessionInfo, choices_to_json
from biofeedback.sessions.kept_figures import Figures, insert_figures
from biofeedback.sessions.recorded import recorded_beats
from biofeedback.sessions.recorder import UPDATE_END, end_columns
from biofeedback.sessions.reflection import Felt, Moment, insert_felt
from biofeedback.sessions.store import Store
from biofeedback.sessions.transaction import transaction
from biofeedback.types import Choices, Event
from devices.clock import VirtualClock
from devices.simulator import SimulatedSource

BEGIN = datetime(2016, 1, 1, 7, 30, tzinfo=UTC)
N_HEARTS = 24
PLAN = "twenty"
TIMES = 5


def record_hearts(folder: Path, n_hearts: int = N_HEARTS) -> list[tuple[Outcome, list[Event]]]:
    """Record so many different practices by the whole path, and return them."""
    recorded = []
    with Store.open(folder) as store:
        for seed in range(n_hearts):
            outcome = asyncio.run(_practise(store, seed))
            assert outcome.session_id is not None
            recorded.append((outcome, store.events(outcome.session_id)))
    return recorded


async def _practise(store: Store, seed: int) -> Outcome:
    return await practise(
        choices=Choices(plan_id=PLAN),
        open_source=lambda clock, guide: SimulatedSource(clock, guide, seed=seed),
        clock=VirtualClock(),
        store=store,
        sink=lambda update: None,
        inbox=asyncio.Queue(),
        started_at=BEGIN,
        ticking=False,
    )


def fill(store: Store, hearts: list[tuple[Outcome, list[Event]]], n: int, seed: int = 1) -> None:
    """Put ``n`` sessions into a store, one a day, as recording would have left them."""
    chance = Random(seed)
    choices = choices_to_json(Choices(plan_id=PLAN))
    rows = [[to_row(event) for event in events] for _, events in hearts]
    connection = store._connection
    with transaction(connection):
        for day in range(n):
            which = day % len(hearts)
            outcome = hearts[which][0]
            summary = replace(outcome.summary)
            row = connection.execute(
                "INSERT INTO session (uid, started_at, source, plan, choices, strap)"
                " VALUES (?, ?, 'ble:AA:BB', ?, ?, ?)",
                (
                    UUID(int=chance.getrandbits(128)).hex,
                    (BEGIN + timedelta(days=day, seconds=chance.gauss(0, 1800))).isoformat(),
                    PLAN,
                    choices,
                    json.dumps({"address": "AA:BB", "name": "Polar H10"}),
                ),
            )
            session_id = row.lastrowid
            assert session_id is not None
            end = end_columns(
                outcome.ended,
                summary.duration_s,
                summary.n_packets,
                summary.n_beats,
                summary.to_dict(),
            )
            connection.execute(UPDATE_END, (*end, session_id))
            insert_figures(connection, session_id, Figures.from_summary(summary))
            packed = pack(_moved(rows[which], chance.random() * 1e-3))
            connection.execute("INSERT INTO packed VALUES (?, ?)", (session_id, packed))
            if chance.random() < 0.8:
                for moment in Moment:
                    felt = Felt(*(chance.randint(0, 10) for _ in range(3)))
                    insert_felt(connection, session_id, moment, felt)


def _moved(rows: list[Row], by_s: float) -> list[Row]:
    """Return a recording whose arrival times are its own: no two pieces are alike."""
    return [(t_s + by_s, kind, payload) for t_s, kind, payload in rows]


def median_ms(work: Callable[[], object], times: int = TIMES) -> tuple[float, float]:
    """Return how long something takes, by the wall's clock and of this process."""
    took = []
    for _ in range(times):
        begin_s, begin_cpu_s = time.perf_counter(), time.process_time()
        work()
        took.append((time.perf_counter() - begin_s, time.process_time() - begin_cpu_s))
    wall_s, cpu_s = zip(*took, strict=True)
    return 1000 * statistics.median(wall_s), 1000 * statistics.median(cpu_s)


def measure(folder: Path, n: int) -> None:
    """Print what a store of many sessions costs."""

    def say(what: str, took_ms: tuple[float, float], more: str = "") -> None:
        wall_ms, cpu_ms = took_ms
        print(f"{what:<46}{wall_ms:9.1f} ms {cpu_ms:9.1f} ms  {more}".rstrip(), flush=True)

    say("open", median_ms(lambda: Store.open(folder).close()), "budget 1000")
    with Store.open(folder) as store:
        size = sum(path.stat().st_size for path in folder.glob("sessions.sqlite3*"))
        print(f"{n} sessions, {size / 1e6:.1f} MB, {size / n / 1000:.1f} kB each")
        content = load_content()
        say("figures of all", median_ms(store.figures.all))
        say("what was said of all", median_ms(store.reflections.all))
        say("history", median_ms(lambda: store.history.all(content)))

        def listed() -> None:
            store.history.all(content)
            store.figures.all()
            store.reflections.all()

        say("history with figures and ratings", median_ms(listed), "budget 200")
        say("trends", median_ms(store.trend_sessions.all))
        say("the newest three", median_ms(lambda: store.newest(3)))
        say("whole rows with their summaries", median_ms(store.sessions))
        say("look through the whole file", median_ms(store.check))
        ids = list(store.figures.all())
        measure_analysis(store, [store.session(one) for one in ids[:N_HEARTS]], say)


def measure_analysis(
    store: Store, infos: list[SessionInfo], say: Callable[[str, tuple[float, float], str], None]
) -> None:
    """Print how much the store adds to what the signal core does by itself."""
    n = len(infos)
    events = [store.events(info.id) for info in infos]
    beats = [[beat.rr_ms for beat in recorded_beats(one)] for one in events]

    def sum_up_all() -> None:
        for info, recorded in zip(infos, events, strict=True):
            summed_up(recorded, info.choices, info.duration_s, info.personal)

    core = _each(median_ms(sum_up_all, 3), n)
    from_store = _each(median_ms(lambda: [refresh_one(store, info.id) for info in infos], 3), n)
    ratio = from_store[1] / core[1]
    say("a session's summary from its events in memory", core, "")
    say("the same from the store and back into it", from_store, f"{ratio:.2f} times, budget 2")
    batch = _each(median_ms(lambda: [analyze(one) for one in beats], 3), n)
    read = _each(median_ms(lambda: [recorded_beats(store.events(i.id)) for i in infos], 3), n)
    ratio = (batch[1] + read[1]) / batch[1]
    say("all figures of a session's intervals", batch, "")
    say("its intervals out of the store", read, f"{ratio:.2f} times together")


def _each(took_ms: tuple[float, float], n: int) -> tuple[float, float]:
    return took_ms[0] / n, took_ms[1] / n


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=3650)
    parser.add_argument("--keep", metavar="FOLDER", type=Path, help="leave the store there")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(TemporaryDirectory()))
        with TemporaryDirectory() as name:
            hearts = record_hearts(Path(name))
        with Store.open(folder) as store:
            if store.n_sessions() < options.n:
                fill(store, hearts, options.n - store.n_sessions())
        measure(folder, options.n)


if __name__ == "__main__":
    main()
