"""Rhythm concentration against the values that it has without any practice."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.signals.rhythm import (
    LONGEST_HOLE_S,
    WINDOW_S,
    rhythm_concentration,
    window_begins_s,
)
from biofeedback.signals.series import NNSeries

Draw = Callable[[np.random.Generator], float]


def _even_noise(rng: np.random.Generator, phi: float) -> NNSeries:
    """Return a heart whose intervals are noise sampled at 4 Hz: white, or AR(1) with ``phi``."""
    steps = rng.normal(0, 20, 900)
    for i in range(1, steps.size):
        steps[i] += phi * steps[i - 1]
    t_s = np.arange(steps.size) / 4
    joined = np.ones(steps.size, dtype=bool)
    joined[0] = False
    return NNSeries(900 + steps, t_s, joined)


def _beat_noise(rng: np.random.Generator, phi: float) -> NNSeries:
    steps = rng.normal(0, 20, 150)
    for i in range(1, steps.size):
        steps[i] += phi * steps[i - 1]
    return NNSeries.from_rr(900 + steps)


def _one_look(series: NNSeries) -> float:
    end_s = float(series.t_s[-1])
    found = rhythm_concentration(series.between(end_s - WINDOW_S - 1, end_s + 1))
    assert found is not None
    assert found.n_windows == 1
    return found.concentration


@pytest.mark.parametrize("hz", [0.07, 0.1, 0.13])
def test_a_pure_sinusoid_gives_point_89(hz: float) -> None:
    t_s, rr_ms = 0.0, []
    while t_s < 200:
        rr_ms.append(900 + 40 * math.sin(2 * math.pi * hz * t_s))
        t_s += rr_ms[-1] / 1000
    found = rhythm_concentration(NNSeries.from_rr(np.array(rr_ms)))
    assert found is not None
    assert found.concentration == pytest.approx(0.89, abs=0.01)
    assert found.peak_hz == pytest.approx(hz, abs=0.004)


def test_white_noise_gives_point_19() -> None:
    rng = np.random.default_rng(1)
    seen = [_one_look(_even_noise(rng, 0.0)) for _ in range(250)]
    assert np.mean(seen) == pytest.approx(0.19, abs=0.03)
    assert np.quantile(seen, 0.95) == pytest.approx(0.32, abs=0.04)


def test_ar1_noise_gives_point_33_and_up_to_point_58() -> None:
    rng = np.random.default_rng(2)
    seen = [_one_look(_beat_noise(rng, 0.8)) for _ in range(250)]
    assert np.mean(seen) == pytest.approx(0.33, abs=0.03)
    assert np.quantile(seen, 0.95) == pytest.approx(0.58, abs=0.05)


def test_a_longer_series_gives_the_median_of_its_looks() -> None:
    rng = np.random.default_rng(3)
    found = rhythm_concentration(NNSeries.from_rr(900 + rng.normal(0, 20, 400)))
    assert found is not None
    assert found.n_windows == 10


def test_less_than_64_s_says_nothing() -> None:
    assert rhythm_concentration(NNSeries.from_rr(np.full(63, 1000.0))) is None
    assert rhythm_concentration(NNSeries.from_rr(np.zeros(0))) is None
    assert rhythm_concentration(NNSeries.from_rr(np.full(1, 1000.0))) is None


def test_looks_with_a_hole_are_left_out() -> None:
    rr_ms = np.random.default_rng(4).normal(1000, 30, 300)
    t_s = np.cumsum(rr_ms) / 1000
    t_s[150:] += 10
    broken = NNSeries.from_rr(rr_ms, t_s=t_s)
    whole = rhythm_concentration(NNSeries.from_rr(rr_ms))
    found = rhythm_concentration(broken)
    assert found is not None
    assert whole is not None
    assert found.n_windows < whole.n_windows


def test_a_heart_that_stands_still_has_no_rhythm() -> None:
    found = rhythm_concentration(NNSeries.from_rr(np.full(100, 1000.0)))
    assert found is not None
    assert found.concentration == pytest.approx(0, abs=1e-9)


@given(st.sets(st.integers(1, 399), max_size=8), st.sampled_from([16.0, 32.0]))
@settings(max_examples=60, deadline=None)
def test_a_look_is_left_out_where_any_hole_touches_it(holes: set[int], step_s: float) -> None:
    t_s = np.arange(1, 401, dtype=np.float64)
    for at in holes:
        t_s[at:] += LONGEST_HOLE_S + 1
    series = NNSeries.from_rr(np.full(400, 1000.0), t_s=t_s)
    length_s = t_s[-1] - t_s[0] + 1 - WINDOW_S
    every = t_s[-1] - WINDOW_S - step_s * np.arange(int(length_s / step_s + 1e-9), -1, -1)
    whole = [
        begin_s
        for begin_s in every
        if not any(t_s[k - 1] < begin_s + WINDOW_S and t_s[k] > begin_s for k in holes)
    ]
    assert window_begins_s(series, step_s).tolist() == whole
