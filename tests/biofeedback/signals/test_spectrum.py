"""Spectra in ms^2: their integral is the variance, and power lands where the swing is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from biofeedback.signals.detrend import RATE_HZ, resample, smooth_trend, stretches
from biofeedback.signals.lomb import lomb, periodogram
from biofeedback.signals.series import NNSeries
from biofeedback.signals.spectrum import Psd, bands, welch
from biofeedback.signals.spline import even_samples


def swinging(length_s: float, swings: dict[float, float], mean_ms: float = 900.0) -> NNSeries:
    """Beats whose intervals follow sinusoids: amplitude in ms by frequency in Hz."""
    t_s, rr_ms, now_s = [], [], 0.0
    while now_s < length_s:
        swing = sum(a * np.sin(2 * np.pi * f * now_s) for f, a in swings.items())
        rr_ms.append(mean_ms + swing)
        now_s += rr_ms[-1] / 1000
        t_s.append(now_s)
    return NNSeries.from_rr(np.array(rr_ms))


def noise(n: int, seed: int = 1) -> NNSeries:
    drawn = np.random.default_rng(seed).standard_normal(n)
    return NNSeries.from_rr(900 + 40 * drawn)


def total_ms2(psd: Psd | None) -> float:
    assert psd is not None
    return float(psd.density_ms2_per_hz.sum()) * psd.step_hz


# ----------------------------------------------------------------------------- Parseval
def test_lombs_integral_to_half_the_heart_rate_is_the_variance() -> None:
    series = noise(600)
    psd = lomb(series, highest_hz=500 / float(series.nn_ms.mean()))
    assert total_ms2(psd) == pytest.approx(float(series.nn_ms.var()), rel=0.02)


def test_lombs_integral_is_the_variance_on_an_even_grid() -> None:
    """Beats at even times with uneven lengths: no leak, so Parseval holds sharply."""
    n = 512
    values = np.random.default_rng(2).standard_normal(n)
    values -= values.mean()
    t_s = np.arange(n, dtype=np.float64)
    power = periodogram(t_s, values, 1 / n, n // 2 - 1)
    last = (values * (-1.0) ** np.arange(n)).sum() ** 2 / n  # the line at half the rate
    assert power.sum() * 2 / n + last / n == pytest.approx(float(values.var()), rel=1e-7)


def test_welchs_integral_is_the_variance_of_the_resampled_series() -> None:
    series = noise(20_000)
    even = resample(series.t_s, series.nn_ms)
    assert total_ms2(welch(series)) == pytest.approx(float(even.var()), rel=0.02)


def test_one_segment_of_a_tone_holds_its_whole_variance() -> None:
    series = swinging(301.0, {0.1: 30.0})
    assert total_ms2(welch(series)) == pytest.approx(30**2 / 2, rel=0.01)


# -------------------------------------------------------------------------------- bands
@pytest.mark.parametrize(("at_hz", "band"), [(0.02, "vlf_ms2"), (0.1, "lf_ms2"), (0.25, "hf_ms2")])
@pytest.mark.parametrize("method", [welch, lomb])
def test_half_the_squared_amplitude_lands_in_the_right_band(
    at_hz: float, band: str, method: type
) -> None:
    found = bands(method(swinging(600.0, {at_hz: 20.0})))
    assert getattr(found, band) == pytest.approx(200.0, rel=0.08)
    for other in {"vlf_ms2", "lf_ms2", "hf_ms2"} - {band}:
        assert getattr(found, other) < 10.0


@pytest.mark.parametrize("method", [welch, lomb])
def test_peaks_and_ratios(method: type) -> None:
    found = bands(method(swinging(600.0, {0.1: 30.0, 0.25: 20.0})))
    assert found.vlf_ms2 is not None
    assert found.lf_ms2 is not None
    assert found.hf_ms2 is not None
    assert found.lf_peak_hz == pytest.approx(0.1, abs=1 / 300)
    assert found.hf_peak_hz == pytest.approx(0.25, abs=1 / 300)
    assert found.lf_hf == pytest.approx(found.lf_ms2 / found.hf_ms2)
    assert found.lf_nu == pytest.approx(found.lf_ms2 / (found.lf_ms2 + found.hf_ms2))
    assert found.total_ms2 == pytest.approx(found.vlf_ms2 + found.lf_ms2 + found.hf_ms2)
    assert found.lf_hf == pytest.approx(900 / 400, rel=0.15)


def test_an_edge_belongs_to_the_band_above_it() -> None:
    """Lines at 0, 0.01, 0.02 ... Hz, each with a power of its own."""
    psd = Psd(0.01, 0.0, np.arange(60, dtype=np.float64) * 100, stretch_s=600.0)
    found = bands(psd)
    assert found.vlf_ms2 == pytest.approx(sum(range(4)))
    assert found.lf_ms2 == pytest.approx(sum(range(4, 15)))
    assert found.hf_ms2 == pytest.approx(sum(range(15, 40)))
    assert found.total_ms2 == pytest.approx(sum(range(40)))
    assert found.hf_peak_hz == pytest.approx(0.39)


def test_what_a_band_needs() -> None:
    assert bands(some(welch(swinging(50.0, {0.1: 20.0, 0.25: 20.0})))).hf_ms2 is None
    short = bands(some(welch(swinging(100.0, {0.1: 20.0, 0.25: 20.0}))))
    assert short.hf_ms2 == pytest.approx(200, rel=0.1)
    assert short.lf_ms2 is short.lf_hf is short.vlf_ms2 is short.total_ms2 is None
    assert bands(some(welch(swinging(251.0, {0.1: 20.0})))).lf_ms2 is not None


def test_a_constant_heart_has_no_power_and_no_ratio() -> None:
    for method in (welch, lomb):
        found = bands(some(method(NNSeries.from_rr(np.full(400, 833.3)))))
        assert found.lf_ms2 == pytest.approx(0, abs=1e-12)
        assert found.lf_hf is found.lf_nu is found.lf_peak_hz is None


def some(psd: Psd | None) -> Psd:
    assert psd is not None
    return psd


def test_four_breaths_a_minute_show_why_lf_hf_is_no_balance(shared_data: Path) -> None:
    rows = np.loadtxt(shared_data / "polar_h10_dhyb" / "sample_data_ibi.csv", delimiter=",")
    found = bands(some(welch(NNSeries.from_rr(rows[:, 1]))))
    assert found.lf_hf == pytest.approx(54, rel=0.1)
    assert found.lf_peak_hz == pytest.approx(4 / 60, abs=0.005)


# --------------------------------------------------------------------- against scipy
def test_welch_is_scipys_with_the_same_settings() -> None:
    from scipy.interpolate import CubicSpline
    from scipy.signal import welch as scipys

    series = noise(1200)
    psd = some(welch(series))
    at_s = series.t_s[0] + np.arange(int((series.t_s[-1] - series.t_s[0]) * 4) + 1) / 4
    even = CubicSpline(series.t_s, series.nn_ms)(at_s)
    frequency_hz, density = scipys(even, 4.0, "hann", nperseg=1200, noverlap=600)
    assert psd.n_segments == 1 + (even.size - 1200) // 600
    np.testing.assert_allclose(psd.frequency_hz, frequency_hz, atol=1e-12)
    np.testing.assert_allclose(psd.density_ms2_per_hz, density, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("n", [5, 60, 700])
def test_lomb_is_scipys_direct_sum(n: int) -> None:
    from scipy.signal import lombscargle

    series = noise(n, seed=n)
    psd = some(lomb(series))
    t_s = series.t_s - series.t_s[0]
    power = lombscargle(t_s, series.nn_ms - series.nn_ms.mean(), 2 * np.pi * psd.frequency_hz)
    direct = power * 2 * float(t_s[-1]) / (n - 1)
    largest = float(direct.max())
    np.testing.assert_allclose(psd.density_ms2_per_hz, direct, atol=1e-7 * largest)


@pytest.mark.parametrize("n", [4, 5, 6, 50, 40_000])
def test_the_spline_is_scipys(n: int) -> None:
    from scipy.interpolate import CubicSpline

    series = noise(n, seed=n)
    even = even_samples(series.t_s, series.nn_ms, RATE_HZ)
    at_s = np.arange(even.size) / RATE_HZ
    scipys = CubicSpline(series.t_s - series.t_s[0], series.nn_ms)(at_s)
    np.testing.assert_allclose(even, scipys, atol=1e-7)
    assert at_s[-1] <= series.t_s[-1] - series.t_s[0] < at_s[-1] + 1 / RATE_HZ


# -------------------------------------------------------------------------- detrending
def test_smoothness_priors_solve_their_equation() -> None:
    z = np.random.default_rng(3).standard_normal(60)
    d2 = np.diff(np.eye(60), n=2, axis=0)
    expected = np.linalg.solve(np.eye(60) + 500.0**2 * d2.T @ d2, z)
    np.testing.assert_allclose(smooth_trend(z), expected, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("method", [welch, lomb])
def test_smoothing_takes_out_what_is_slow_and_leaves_what_is_fast(method: type) -> None:
    series = swinging(600.0, {0.005: 60.0, 0.1: 20.0, 0.25: 20.0})
    with_trend, without = method(series), method(series, detrend="smooth")
    assert with_trend.power_ms2(0, 0.04) > 1500
    assert without.power_ms2(0, 0.04) < 20
    assert bands(without).lf_ms2 == pytest.approx(200, rel=0.15)
    assert bands(without).hf_ms2 == pytest.approx(200, rel=0.08)
    found = bands(without, slow_part=False)
    assert found.vlf_ms2 is found.total_ms2 is None


def test_unknown_detrending_is_refused() -> None:
    for method in (welch, lomb):
        with pytest.raises(ValueError, match="smooth"):
            method(noise(100), detrend="linear")


# --------------------------------------------------------------------------------- gaps
def with_hole(series: NNSeries, start_s: float, end_s: float) -> NNSeries:
    keep: NDArray[np.bool_] = (series.t_s < start_s) | (series.t_s >= end_s)
    joined = series.joined[keep].copy()
    joined[np.searchsorted(series.t_s[keep], end_s)] = False
    return NNSeries(series.nn_ms[keep], series.t_s[keep], joined)


def test_a_short_hole_is_bridged_and_a_long_one_is_not() -> None:
    series = swinging(400.0, {0.1: 30.0, 0.25: 20.0})
    assert len(list(stretches(with_hole(series, 200.0, 203.0)))) == 1
    broken = with_hole(series, 280.0, 320.0)
    assert [end - first for first, end in stretches(broken)] == [
        int((broken.t_s < 280).sum()),
        int((broken.t_s > 280).sum()),
    ]
    psd = some(welch(broken))
    assert psd.stretch_s == pytest.approx(280, abs=2)
    assert psd.left_out_s == pytest.approx(80, abs=2)
    assert bands(psd).hf_ms2 == pytest.approx(200, rel=0.1)


def test_all_stretches_that_hold_a_segment_take_part() -> None:
    series = swinging(1300.0, {0.1: 30.0})
    psd = some(welch(with_hole(series, 605.0, 660.0)))
    assert psd.n_segments == 3 + 3
    assert psd.left_out_s == 0


def test_two_removed_beats_hardly_change_the_spectrum() -> None:
    series = swinging(300.0, {0.1: 30.0, 0.25: 20.0})
    whole, bridged = bands(some(welch(series))), bands(some(welch(with_hole(series, 100, 102))))
    assert bridged.lf_ms2 == pytest.approx(whole.lf_ms2, rel=0.02)
    assert bridged.hf_ms2 == pytest.approx(whole.hf_ms2, rel=0.08)


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_too_few_beats_have_no_spectrum(n: int) -> None:
    assert welch(noise(n)) is None
    assert lomb(noise(n)) is None
