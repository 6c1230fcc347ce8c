"""Time domain and Poincare against their definitions, written out with the standard library."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.signals.hrv import TimeDomain, time_domain, triangular_index
from biofeedback.signals.series import NNSeries


def series(rr_ms: Sequence[float], keep: Sequence[bool] | None = None) -> NNSeries:
    return NNSeries.from_rr(
        np.array(rr_ms, dtype=np.float64),
        keep=None if keep is None else np.array(keep, dtype=np.bool_),
    )


def test_hand_computed_example() -> None:
    got = time_domain(series([800, 850, 800, 880]))
    assert got.n_nn == 4
    assert got.n_differences == 3
    assert got.mean_nn_ms == 832.5
    assert got.hr_bpm == 60000 / 832.5
    assert got.sdnn_ms == pytest.approx(statistics.stdev([800, 850, 800, 880]), rel=1e-14)
    assert got.rmssd_ms == pytest.approx(math.sqrt((2500 + 2500 + 6400) / 3), rel=1e-14)
    assert got.ln_rmssd == pytest.approx(math.log(math.sqrt(11400 / 3)), rel=1e-14)
    assert got.sd1_ms == pytest.approx(statistics.stdev([50, -50, 80]) / math.sqrt(2), rel=1e-14)
    assert got.sd2_ms == pytest.approx(statistics.stdev([1650, 1650, 1680]) / math.sqrt(2))


def test_pnn_is_strict_and_divides_by_the_number_of_differences() -> None:
    got = time_domain(series([800, 850, 801, 821, 842]))  # 50, -49, 20, 21
    assert got.pnn50_pct == 0
    assert got.pnn20_pct == 75
    assert time_domain(series([800, 851, 801, 821, 842])).pnn50_pct == 25


@pytest.mark.parametrize("base", [812.3, 1001.7, 640.1])
def test_strictness_survives_a_mean_that_is_no_round_number(base: float) -> None:
    assert time_domain(series([800, 850, 800, base])).pnn50_pct == pytest.approx(
        100 * sum(abs(d) > 50 for d in (50, -50, base - 800)) / 3
    )


def test_hrvi_is_the_count_over_the_fullest_bin() -> None:
    bin_ms = 7.8125
    got = triangular_index(
        series([100 * bin_ms, 100.5 * bin_ms, 100.9 * bin_ms, 101 * bin_ms, 900])
    )
    assert got == 5 / 3
    assert triangular_index(series([])) is None


def test_no_difference_is_formed_across_a_removed_beat() -> None:
    got = time_domain(series([800, 810, 400, 900, 905], [True, True, False, True, True]))
    assert got.n_nn == 4
    assert got.n_differences == 2
    assert got.rmssd_ms == pytest.approx(math.sqrt((100 + 25) / 2))
    assert got.sd1_ms == pytest.approx(statistics.stdev([10, 5]) / math.sqrt(2))
    assert got.sd2_ms == pytest.approx(statistics.stdev([1610, 1805]) / math.sqrt(2))
    assert got.mean_nn_ms == pytest.approx((800 + 810 + 900 + 905) / 4)


def test_too_few_beats_give_none() -> None:
    assert time_domain(series([])) == TimeDomain()
    one = time_domain(series([800]))
    assert (one.mean_nn_ms, one.hr_bpm) == (800, 75)
    assert one.sdnn_ms is one.rmssd_ms is one.ln_rmssd is one.pnn50_pct is one.sd1_ms is None
    two = time_domain(series([800, 810]))
    assert two.sdnn_ms == pytest.approx(statistics.stdev([800, 810]))
    assert two.rmssd_ms == 10
    assert two.sd1_ms is two.sd2_ms is None


def test_beats_with_no_neighbours_have_spread_but_no_change() -> None:
    got = time_domain(series([800, 300, 820], [True, False, True]))
    assert got.sdnn_ms == pytest.approx(statistics.stdev([800, 820]))
    assert got.rmssd_ms is got.pnn20_pct is got.sd1_ms is None


def test_a_constant_heart_has_exactly_no_variability() -> None:
    got = time_domain(series([833.3] * 77))
    assert got.mean_nn_ms == 833.3
    assert (got.sdnn_ms, got.rmssd_ms, got.sd1_ms, got.sd2_ms) == (0, 0, 0, 0)
    assert got.ln_rmssd is None


def test_long_series_are_summed_as_exactly_as_short_ones() -> None:
    rr_ms = 900 + 50 * np.sin(np.arange(20_000) * 0.7)
    got = time_domain(series(rr_ms.tolist()))
    assert got.sdnn_ms == pytest.approx(statistics.stdev(rr_ms.tolist()), rel=1e-12)


@given(
    st.lists(
        st.tuples(st.floats(min_value=200, max_value=3000), st.booleans()), min_size=3, max_size=60
    )
)
@settings(max_examples=60, deadline=None)
def test_figures_equal_their_definitions_on_any_beats(beats: list[tuple[float, bool]]) -> None:
    rr_ms = [rr for rr, _ in beats]
    keep = [kept for _, kept in beats]
    got = time_domain(series(rr_ms, keep))
    nn = [rr for rr, kept in beats if kept]
    pairs = [(rr_ms[i], rr_ms[i + 1]) for i in range(len(beats) - 1) if keep[i] and keep[i + 1]]
    d = [b - a for a, b in pairs]
    assert got.n_nn == len(nn)
    assert got.n_differences == len(d)
    if nn:
        assert got.mean_nn_ms == pytest.approx(statistics.fmean(nn), rel=1e-12)
    if len(nn) > 1:
        assert got.sdnn_ms == pytest.approx(statistics.stdev(nn), rel=1e-9, abs=1e-9)
    if d:
        assert got.rmssd_ms == pytest.approx(
            math.sqrt(statistics.fmean([x * x for x in d])), rel=1e-12
        )
        assert got.pnn50_pct == pytest.approx(100 * sum(abs(x) > 50 for x in d) / len(d))
    if len(d) > 1:
        assert got.sd1_ms == pytest.approx(statistics.stdev(d) / 2**0.5, rel=1e-9, abs=1e-9)
        assert got.sd2_ms == pytest.approx(
            statistics.stdev([a + b for a, b in pairs]) / 2**0.5, rel=1e-9, abs=1e-9
        )


def test_rmssd_of_a_sinusoid_is_root_two_times_a_times_sine_of_pi_f_rr() -> None:
    """RMSSD = sqrt 2 * A * |sin(pi f RR)|."""
    amplitude_ms, cycles_per_beat = 40.0, 0.09
    beat = np.arange(1000)
    got = time_domain(series(900 + amplitude_ms * np.sin(2 * np.pi * cycles_per_beat * beat)))
    expected = math.sqrt(2) * amplitude_ms * math.sin(math.pi * cycles_per_beat)
    assert got.rmssd_ms == pytest.approx(expected, rel=2e-3)
