"""What a beat costs while it streams, beside rebuilding everything for each beat.

Ratios are printed, never asserted: a busy machine is no failing test. Run with

    pytest tests/benchmarks/bench_streaming.py --benchmark-only -s
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from statistics import median
from time import perf_counter_ns

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from biofeedback.signals.causal_batch import causal_flags
from biofeedback.stream import Stream
from biofeedback.types import MS_PER_TICK

WARM_BEATS = 400
Push = Callable[[float], object]


def _heart(n: int) -> list[float]:
    rng = np.random.default_rng(0)
    at = np.arange(n)
    ticks = 930 + 50 * np.sin(2 * np.pi * at / 11) + rng.normal(0, 12, n)
    rr_ms: list[float] = (np.round(ticks) * MS_PER_TICK).tolist()
    return rr_ms


class Recompute:
    """What a plain application does for each beat: arrays anew, scipy for the spectrum."""

    def __init__(self) -> None:
        self._rr_ms: list[float] = []

    def push(self, rr_ms: float) -> tuple[float, ...] | None:
        from scipy.interpolate import interp1d
        from scipy.signal import welch

        self._rr_ms.append(rr_ms)
        kept = np.array(self._rr_ms[-400:])
        t_s = np.cumsum(kept) / 1000
        kept = kept[t_s > t_s[-1] - 300]
        if kept.size < 70:
            return None
        step = np.diff(kept)
        recent = kept[-64:]
        t_s = np.cumsum(recent) / 1000
        at_s = np.arange(t_s[0], t_s[-1], 0.25)
        even = interp1d(t_s, recent, kind="cubic")(at_s)
        hz, power = welch(even, 4, nperseg=min(256, at_s.size))
        band = (hz >= 0.04) & (hz < 0.26)
        near = np.abs(hz - hz[band][np.argmax(power[band])]) <= 0.015
        share = np.trapezoid(power[near], hz[near]) / np.trapezoid(power, hz)
        rmssd_ms = np.sqrt(np.mean(step * step))
        return float(np.mean(kept)), float(np.std(kept, ddof=1)), float(rmssd_ms), float(share)


PUSHES: dict[str, Callable[[], Push]] = {
    "core": lambda: Stream().push,
    "core and following": lambda: Stream(guide_per_min=6).push,
    "recompute": lambda: Recompute().push,
}


@pytest.mark.parametrize("name", PUSHES)
def test_a_beat(benchmark: BenchmarkFixture, name: str) -> None:
    push = PUSHES[name]()
    rr_ms = _heart(WARM_BEATS)
    for value in rr_ms:
        push(value)
    endless = cycle(rr_ms)
    benchmark.pedantic(lambda: push(next(endless)), rounds=600)  # type: ignore[no-untyped-call]


def test_ratio_to_recomputing(benchmark: BenchmarkFixture) -> None:
    """Beats are timed in turn, so that all contenders meet the same machine."""
    rr_ms = _heart(WARM_BEATS)
    pushes = {name: make() for name, make in PUSHES.items()}
    for value in rr_ms:
        for push in pushes.values():
            push(value)
    spent_ns: dict[str, list[int]] = {name: [] for name in pushes}

    def one_round() -> None:
        for value in rr_ms:
            for name, push in pushes.items():
                began_ns = perf_counter_ns()
                push(value)
                spent_ns[name].append(perf_counter_ns() - began_ns)

    benchmark.pedantic(one_round, rounds=3)  # type: ignore[no-untyped-call]
    cost_us = {name: median(times) / 1000 for name, times in spent_ns.items()}
    for name, us in cost_us.items():
        ratio = cost_us["recompute"] / us
        benchmark.extra_info[name] = {"median_us": us, "recompute_over_this": ratio}
        print(f"\n{name:20s} {us:8.1f} us a beat, recompute / this = {ratio:.1f}", end="")


def test_a_day_judged_at_once(benchmark: BenchmarkFixture) -> None:
    rr_ms = np.array(_heart(100_000))
    benchmark.pedantic(lambda: causal_flags(rr_ms), rounds=3)  # type: ignore[no-untyped-call]
