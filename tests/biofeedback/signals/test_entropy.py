"""Sample entropy against its definition, counted the slow way."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from biofeedback.signals import entropy
from biofeedback.signals.entropy import matches, sample_entropy
from biofeedback.signals.series import NNSeries


def slow_counts(series: NNSeries, r_ms: float) -> tuple[int, int]:
    """Ordered pairs of different templates, as Richman & Moorman wrote it down."""
    x, joined = series.nn_ms.tolist(), series.joined.tolist()
    at = [i for i in range(len(x) - 2) if joined[i + 1] and joined[i + 2]]
    pairs = triples = 0
    for i in at:
        for j in at:
            if i == j or max(abs(x[i + k] - x[j + k]) for k in range(2)) > r_ms:
                continue
            pairs += 1
            triples += abs(x[i + 2] - x[j + 2]) <= r_ms
    return pairs, triples


def ticks(n: int, seed: int = 1) -> NDArray[np.float64]:
    drawn = np.random.default_rng(seed).normal(900, 40, n)
    return np.asarray(np.round(drawn * 1.024) / 1.024, dtype=np.float64)


def test_the_published_value_of_337_intervals(shared_data: Path) -> None:
    nn_ms = np.load(shared_data / "pyhrv_samples" / "SampleNNISeriesShort.npy")
    got = sample_entropy(NNSeries.from_rr(nn_ms))
    assert got == pytest.approx(1.7122387639675827, rel=1e-12)


@given(
    st.lists(st.integers(600, 640), min_size=4, max_size=60),
    st.sets(st.integers(0, 59), max_size=5),
    st.sampled_from([0.0, 1.0, 3.0, 7.5]),
)
@settings(max_examples=80, deadline=None)
def test_counts_equal_the_definition(rr_ms: list[int], removed: set[int], r_ms: float) -> None:
    keep = np.array([i not in removed for i in range(len(rr_ms))])
    series = NNSeries.from_rr(np.array(rr_ms, dtype=np.float64), keep=keep)
    assert matches(series, r_ms) == slow_counts(series, r_ms)


@pytest.mark.parametrize("n", [63, 64, 65, 66, 67, 130, 200])
@pytest.mark.parametrize("every", [3, 4, 7, 1000])
def test_however_few_templates_the_gaps_leave_they_are_counted(n: int, every: int) -> None:
    series = NNSeries.from_rr(ticks(n), keep=np.arange(n) % every != 2)
    assert matches(series, 8.0) == slow_counts(series, 8.0)


@pytest.mark.parametrize("way", ["all pairs", "tables", "trees"])
@pytest.mark.parametrize("broken", [False, True])
def test_every_way_of_counting_gives_the_same(
    way: str, broken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way != "all pairs":
        monkeypatch.setattr(entropy, "_MOST_UNSORTED", 0)
    if way == "trees":
        monkeypatch.setattr(entropy, "_MOST_VALUES", 0)
    rr_ms = ticks(250)
    keep = np.arange(250) % 41 != 7 if broken else None
    series = NNSeries.from_rr(rr_ms, keep=keep)
    for r_ms in (4.0, 10 * 1000 / 1024, 25.0):
        slow = slow_counts(series, r_ms + 1e-6)
        assert matches(series, r_ms) == slow
        assert slow[0] > slow[1] > 0


def test_many_values_and_few_give_the_same_at_three_thousand_beats(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    series = NNSeries.from_rr(ticks(3000))
    by_tables = matches(series, 8.0)
    monkeypatch.setattr(entropy, "_MOST_VALUES", 0)
    assert matches(series, 8.0) == by_tables


def test_intervals_that_never_repeat_are_counted_too() -> None:
    series = NNSeries.from_rr(np.random.default_rng(5).normal(900, 40, 300))
    assert matches(series, 8.0) == slow_counts(series, 8.0)


def test_a_distance_of_exactly_r_counts() -> None:
    series = NNSeries.from_rr(np.array([800, 810, 820, 810, 820, 830], dtype=np.float64))
    assert matches(series, 10.0) == slow_counts(series, 10.0)
    assert matches(series, 10.0)[0] > matches(series, 9.999)[0]


def test_r_is_a_fifth_of_the_standard_deviation_with_n_minus_1() -> None:
    series = NNSeries.from_rr(ticks(200))
    r_ms = 0.2 * float(series.nn_ms.std(ddof=1))
    assert sample_entropy(series) == sample_entropy(series, r_ms=r_ms)
    pairs, triples = slow_counts(series, r_ms)
    assert sample_entropy(series) == pytest.approx(math.log(pairs / triples))


def test_where_there_is_no_entropy() -> None:
    assert sample_entropy(NNSeries.from_rr(np.full(200, 801.7))) is None
    apart = np.array([500.0, 600, 750, 980, 1300, 1800])
    assert sample_entropy(NNSeries.from_rr(apart), r_ms=5.0) is None
    assert sample_entropy(NNSeries.from_rr(np.tile([800.0, 900.0], 20))) == 0
    assert sample_entropy(NNSeries.from_rr(np.array([800.0, 810.0]))) is None
    with pytest.raises(ValueError, match="tolerance"):
        sample_entropy(NNSeries.from_rr(ticks(50)), r_ms=-1.0)


def test_too_long_a_recording_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entropy, "MOST_INTERVALS", 150)
    assert sample_entropy(NNSeries.from_rr(ticks(151))) is None
    assert sample_entropy(NNSeries.from_rr(ticks(150))) is not None
