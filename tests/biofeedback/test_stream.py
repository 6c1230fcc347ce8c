"""The public stream: what a script sees equals the batch functions, for a beat or for a day."""

from __future__ import annotations

import doctest
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from biofeedback import stream as stream_module
from biofeedback.signals.causal_batch import causal_flags
from biofeedback.signals.hrv import TimeDomain, time_domain
from biofeedback.signals.series import NNSeries
from biofeedback.stream import Stream
from biofeedback.types import MS_PER_TICK, BeatFlag, Metrics


def _heart(n: int, seed: int = 0) -> list[float]:
    """Return ``n`` intervals on the grid of 1/1024 s: slow breath, drift, noise, odd beats."""
    rng = np.random.default_rng(seed)
    at = np.arange(n)
    ticks = 930 + 60 * np.sin(2 * np.pi * at / 11) + 80 * np.sin(2 * np.pi * at / 20_000)
    ticks += rng.normal(0, 12, n)
    ticks[rng.random(n) < 0.004] *= 1.7
    rr_ms: list[float] = (np.round(ticks) * MS_PER_TICK).tolist()
    return rr_ms


def _push_all(rr_ms: list[float]) -> list[Metrics]:
    stream = Stream()
    return [stream.push(value) for value in rr_ms] + [stream.finish()]


def _batch(rr_ms: NDArray[np.float64], end_s: float, length_s: float) -> TimeDomain:
    flags = causal_flags(rr_ms)
    keep = np.array([flag is BeatFlag.NORMAL for flag in flags], dtype=np.bool_)
    series = NNSeries.from_rr(rr_ms, keep=keep)
    first, last = np.searchsorted(series.t_s, (end_s - length_s, end_s), side="right")
    joined = series.joined[first:last].copy()
    joined[:1] = False
    return time_domain(NNSeries(series.nn_ms[first:last], series.t_s[first:last], joined))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.one_of(st.integers(820, 1020), st.integers(820, 1020), st.integers(300, 2500)),
        min_size=3,
        max_size=400,
    ).map(lambda ticks: [count * MS_PER_TICK for count in ticks])
)
def test_every_live_figure_equals_its_batch_function_over_the_same_beats(
    rr_ms: list[float],
) -> None:
    _assert_equal(rr_ms, _push_all(rr_ms)[-1])


def test_a_plain_heart_shows_every_figure_and_each_equals_batch() -> None:
    rr_ms = _heart(900)
    metrics = _push_all(rr_ms)[-1]
    assert None not in (metrics.hr_bpm, metrics.rmssd_ms, metrics.sdnn_ms)
    _assert_equal(rr_ms, metrics)


def _assert_equal(rr_ms: list[float], metrics: Metrics) -> None:
    whole = np.array(rr_ms)
    for shown, name, length_s in (
        (metrics.hr_bpm, "hr_bpm", 10.0),
        (metrics.rmssd_ms, "rmssd_ms", 60.0),
        (metrics.sdnn_ms, "sdnn_ms", 300.0),
    ):
        if shown is not None:
            batch = getattr(_batch(whole, metrics.t_s, length_s), name)
            assert shown == pytest.approx(batch, rel=1e-9, abs=1e-9)


def test_a_day_neither_drifts_nor_grows() -> None:
    rr_ms = _heart(96_000)
    stream = Stream()
    for value in rr_ms[:90_000]:
        stream.push(value)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for value in rr_ms[90_000:]:
        metrics = stream.push(value)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 100_000
    assert metrics.t_s == sum(rr_ms[:-2]) / 1000
    fresh = _push_all(rr_ms[-700:])[-2]
    assert metrics.hr_bpm == fresh.hr_bpm
    assert metrics.rmssd_ms == fresh.rmssd_ms
    assert metrics.sdnn_ms == fresh.sdnn_ms
    assert None not in (metrics.hr_bpm, metrics.rmssd_ms, metrics.sdnn_ms)


def test_figures_are_two_beats_late_and_the_last_ones_come_at_the_end() -> None:
    stream = Stream()
    times = [stream.push(1000.0).t_s for _ in range(4)]
    assert times == [0, 0, 1, 2]
    assert stream.finish().t_s == 4


def test_intervals_are_rounded_to_the_nearest_tick() -> None:
    stream = Stream()
    for _ in range(20):
        stream.push(999.7)
    assert stream.finish().t_s == 20


def test_following_needs_a_guide_and_eight_breaths() -> None:
    with_guide, without = Stream(guide_per_min=6), Stream()
    for i in range(120):
        rr_ms = 950 + 60 * np.sin(2 * np.pi * 0.1 * 0.95 * i)
        guided, plain = with_guide.push(rr_ms), without.push(rr_ms)
        assert plain.following is None
        assert (guided.following is not None) == (guided.t_s > 81.5)
    assert guided.following is not None
    assert guided.following.locking > 0.99


@pytest.mark.parametrize("nonsense", [float("nan"), float("inf"), -1.0])
def test_what_is_no_interval_is_refused(nonsense: float) -> None:
    with pytest.raises(ValueError, match="is none"):
        Stream().push(nonsense)


@pytest.mark.parametrize("pace", [0.0, -6.0, float("nan")])
def test_what_is_no_pace_is_refused(pace: float) -> None:
    with pytest.raises(ValueError, match="is none"):
        Stream(guide_per_min=pace)


@pytest.mark.parametrize("nonsense", [0.0, 150.0, 3500.0, 4_294_967_295.0])
def test_an_implausible_interval_is_an_artefact_and_breaks(nonsense: float) -> None:
    metrics = _push_all([1000.0] * 35 + [nonsense] + [700.0] * 40)[-1]
    assert metrics.rmssd_ms == pytest.approx(0, abs=1e-9)
    assert metrics.artefact_fraction == pytest.approx(1 / 73, abs=3e-3)


def test_a_gap_joins_nothing() -> None:
    stream = Stream()
    for _ in range(35):
        stream.push(1000.0)
    stream.gap()
    for _ in range(40):
        stream.push(700.0)
    assert stream.finish().rmssd_ms == 0


def test_the_example_in_the_docstring_holds() -> None:
    assert doctest.testmod(stream_module).failed == 0
