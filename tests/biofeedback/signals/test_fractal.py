"""DFA alpha1 against numpy's polynomial fits, box by box."""

from __future__ import annotations

import numpy as np
import pytest

from biofeedback.signals.fractal import dfa_alpha1
from biofeedback.signals.series import NNSeries


def slow_alpha1(series: NNSeries) -> float:
    """As Peng et al. wrote it down; boxes begin anew after each break."""
    profile = np.cumsum(series.nn_ms - series.nn_ms.mean())
    runs = np.split(profile, np.flatnonzero(~series.joined)[1:])
    spreads = []
    for size in range(4, 17):
        x = np.arange(size)
        left = [
            box - np.polyval(np.polyfit(x, box, 1), x)
            for run in runs
            for box in run[: run.size // size * size].reshape(-1, size)
        ]
        spreads.append(np.sqrt(np.mean(np.square(left))))
    return float(np.polyfit(np.log(np.arange(4, 17)), np.log(spreads), 1)[0])


@pytest.mark.parametrize("n", [16, 40, 333, 1200])
def test_an_unbroken_series_equals_the_definition(n: int) -> None:
    series = NNSeries.from_rr(np.random.default_rng(n).normal(900, 40, n))
    assert dfa_alpha1(series) == pytest.approx(slow_alpha1(series), rel=1e-9)


def test_boxes_begin_anew_after_a_break() -> None:
    drawn = np.random.default_rng(1).normal(900, 40, 400)
    keep = ~np.isin(np.arange(400), [3, 60, 61, 199, 395])
    series = NNSeries.from_rr(drawn, keep=keep)
    assert dfa_alpha1(series) == pytest.approx(slow_alpha1(series), rel=1e-9)


def test_long_series_are_the_sum_of_their_parts() -> None:
    series = NNSeries.from_rr(np.random.default_rng(2).normal(900, 40, 9_011))
    assert dfa_alpha1(series) == pytest.approx(slow_alpha1(series), rel=1e-9)


def test_noise_is_a_half_and_a_walk_is_one_and_a_half() -> None:
    drawn = np.random.default_rng(3).standard_normal(20_000)
    noise = dfa_alpha1(NNSeries.from_rr(900 + drawn))
    walk = dfa_alpha1(NNSeries.from_rr(900 + np.cumsum(drawn) / 10))
    # small boxes are known to lift it a little
    assert noise == pytest.approx(0.55, abs=0.06)
    assert walk == pytest.approx(1.5, abs=0.06)


def test_where_there_is_no_exponent() -> None:
    assert dfa_alpha1(NNSeries.from_rr(np.full(300, 801.7))) is None
    assert dfa_alpha1(NNSeries.from_rr(np.arange(600.0, 615.0))) is None
    alone = np.arange(300) % 10 != 0
    drawn = np.random.default_rng(4).normal(900, 40, 300)
    assert dfa_alpha1(NNSeries.from_rr(drawn, keep=alone)) is None
    with pytest.raises(ValueError, match="boxes"):
        dfa_alpha1(NNSeries.from_rr(drawn), first_box=16, last_box=4)
