"""Trends over ten years: ``python -m tests.benchmarks.trends [-n N]``.

N sessions (3650 unless said), seeded, as rows of a real store: a quiet minute before with a heart
that wanders from day to day, ratings on most days, a demo now and then, days without any. Told
are the best of five times, in ms, for opening the store, for reading, and for the trends.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from biofeedback.sessions.info import Ended, choices_to_json
from biofeedback.sessions.kept_figures import Figures, insert_figures
from biofeedback.sessions.recorder import UPDATE_END, end_columns
from biofeedback.sessions.store import Store
from biofeedback.sessions.summary import PhaseFigures, Summary
from biofeedback.sessions.trends import TrendFigure, trends
from biofeedback.types import Choices, Following, PhaseName

BEGIN = datetime(2016, 1, 1, tzinfo=UTC)


def summaries(n: int, seed: int = 1) -> Iterator[tuple[datetime, str, Summary]]:
    """Return when each session began, where its beats came from, and what it came to."""
    chance = np.random.default_rng(seed)
    mood = 0.0
    for day in range(n):
        mood = 0.9 * mood + chance.normal(0, 0.08)
        hour = 7.5 if chance.random() < 0.7 else 20.0
        started_at = BEGIN + timedelta(days=day, hours=hour + chance.normal(0, 0.5))
        rmssd_ms = float(np.exp(3.5 + mood + chance.normal(0, 0.2)))
        hr_bpm = float(66 - 8 * mood + chance.normal(0, 2))
        clear = chance.random() < 0.95
        phases = (
            PhaseFigures(PhaseName.QUIET_BEFORE, 2.0, 62.0, hr_bpm, rmssd_ms if clear else None),
            PhaseFigures(PhaseName.GUIDED, 62.0, 362.0, hr_bpm - 1, 2 * rmssd_ms),
            PhaseFigures(PhaseName.QUIET_AFTER, 362.0, 422.0, hr_bpm - 2, 1.1 * rmssd_ms),
        )
        following = Following(0.6, float(chance.uniform(0.3, 0.9)), 5.0, 0.9)
        source = "sim:7" if chance.random() < 0.05 else "ble:AA"
        yield (
            started_at,
            source,
            Summary(420, 480, 0.0 if clear else 0.1, 424.0, True, phases, following, None),
        )


def fill(store: Store, n: int, choices: Choices | None = None) -> None:
    """Put the sessions into a store, without their events: trends ask for none."""
    kept_choices = choices_to_json(choices or Choices())
    chance = np.random.default_rng(2)
    with closing(sqlite3.connect(store.path)) as connection, connection:
        for number, (started_at, source, summary) in enumerate(summaries(n)):
            row = connection.execute(
                "INSERT INTO session (uid, started_at, source, plan, choices)"
                " VALUES (?, ?, ?, 'five', ?)",
                (f"{number:032x}", started_at.isoformat(), source, kept_choices),
            )
            end = end_columns(Ended.COMPLETED, 424.0, 420, 480, summary.to_dict())
            connection.execute(UPDATE_END, (*end, row.lastrowid))
            assert row.lastrowid is not None
            insert_figures(connection, row.lastrowid, Figures.from_summary(summary))
            if chance.random() < 0.8:
                for moment, low in (("before", 3), ("after", 1)):
                    rated = [int(low + chance.integers(0, 5)) for _ in range(3)]
                    connection.execute(
                        "INSERT INTO felt VALUES (?, ?, ?, ?, ?)", (row.lastrowid, moment, *rated)
                    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=3650)
    options = parser.parse_args()
    best: dict[str, float] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder) as store:
            fill(store, options.n)
        for _ in range(5):
            begin_s = time.perf_counter()
            with Store.open(folder) as store:
                opened_s = time.perf_counter()
                sessions = store.trend_sessions.all()
                read_s = time.perf_counter()
                found = trends(sessions)
                done_s = time.perf_counter()
            for what, took_s in (
                ("open", opened_s - begin_s),
                ("read", read_s - opened_s),
                ("trends", done_s - read_s),
                ("all", done_s - begin_s),
            ):
                best[what] = min(best.get(what, took_s), took_s)
    days = len(found[TrendFigure.LN_RMSSD].days)
    print(f"{options.n} sessions, {found.n_usable} usable and alike, {days} days")
    for what, took_s in best.items():
        print(f"{what:<8}{1000 * took_s:8.1f} ms")


if __name__ == "__main__":
    main()
