"""One's own pace: found where there is a peak, said where there is none, never outside."""

from __future__ import annotations

import json
from math import atan, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback import resonance_assessment
from biofeedback.practice.assessing import SLIDE, STEPPED
from biofeedback.signals.resonance_assessment import (
    FASTEST_PER_MIN,
    SLOWEST_PER_MIN,
    PaceStep,
    ResonanceAssessment,
    agreed_per_min,
    assess,
)
from biofeedback.signals.resonance_curve import fit_curve
from biofeedback.signals.resonance_response import PacedStretch, Response, response, spatial_median
from biofeedback.signals.series import NNSeries
from tests.calibration.resonance import Kind, trial

PACES = (6.5, 6.0, 5.5, 5.0, 4.5)


def _responses(f0_per_min: float, q: float, delay_s: float = 1.0) -> list[Response]:
    """What a resonance answers, without noise."""
    found = []
    for rate in PACES:
        off = rate / f0_per_min - f0_per_min / rate
        found.append(
            Response(
                rate_per_min=rate,
                swing_bpm=7 / sqrt(1 + (q * off) ** 2),
                swing_error_bpm=0.3,
                phase_rad=2.0 - atan(q * off) - 2 * pi * rate / 60 * delay_s,
                phase_error_rad=0.08,
                locking=0.95,
                n_breaths=9,
            )
        )
    return found


@pytest.mark.parametrize("f0_per_min", [4.7, 5.0, 5.5, 6.0, 6.5, 6.9])
@pytest.mark.parametrize("delay_s", [0.5, 1.0, 4.0])
def test_the_peak_of_a_clear_resonance_is_found_whatever_the_strap_delays(
    f0_per_min: float, delay_s: float
) -> None:
    curve = fit_curve(_responses(f0_per_min, 2.5, delay_s))
    assert curve.peak_per_min == pytest.approx(f0_per_min, abs=0.4)
    assert curve.low_per_min <= f0_per_min <= curve.high_per_min
    assert curve.peaked > 0.8


@pytest.mark.parametrize("delay_s", [0.5, 1.0, 4.0])
def test_a_flat_answer_has_no_peak_whatever_the_strap_delays(delay_s: float) -> None:
    assert fit_curve(_responses(5.5, 0.05, delay_s)).peaked < 0.3


def test_the_band_lies_around_the_curve() -> None:
    curve = fit_curve(_responses(5.5, 2.5), (4.5, 5.5, 6.5))
    for low, mean, high in zip(
        curve.swing_low_bpm, curve.swing_bpm, curve.swing_high_bpm, strict=True
    ):
        assert low <= mean <= high
    assert curve.swing_bpm[1] == max(curve.swing_bpm)
    assert curve.swing_bpm[1] == pytest.approx(7.0, rel=0.1)


def _stretches(f0_per_min: float, q: float, *, noise_bpm: float = 0.5) -> list[PacedStretch]:
    chance = np.random.default_rng(3)
    found = []
    for rate in PACES:
        off = rate / f0_per_min - f0_per_min / rate
        size = 7 / sqrt(1 + (q * off) ** 2)
        t_s, ended, nn = 0.0, [], []
        while t_s < 120:
            swing = size * np.cos(2 * pi * rate / 60 * t_s - 1.0 - atan(q * off))
            nn.append(60_000 / (65 + swing + chance.normal(0, noise_bpm)))
            t_s += nn[-1] / 1000
            ended.append(t_s)
        series = NNSeries.from_rr(np.array(nn), t_s=np.array(ended))
        found.append(PacedStretch(rate, series, series.t_s * rate / 60))
    return found


def test_an_assessment_names_the_pace_its_interval_and_every_step() -> None:
    found = assess(_stretches(5.3, 2.5))
    assert found.reason == ""
    assert found.pace_per_min == pytest.approx(5.3, abs=0.3)
    assert found.low_per_min is not None
    assert found.high_per_min is not None
    assert found.low_per_min < 5.3 < found.high_per_min
    assert [each.rate_per_min for each in found.responses] == list(PACES)
    assert found.criteria is not None


def test_a_response_is_the_swing_that_was_put_in() -> None:
    for stretch in _stretches(5.5, 0.01, noise_bpm=0.05):
        found = response(stretch)
        assert found is not None
        assert found.swing_bpm == pytest.approx(7.0, rel=0.03)
        assert found.locking > 0.99


def test_with_the_beats_of_some_breaths_missing_the_others_still_count() -> None:
    stretch = _stretches(5.5, 2.5)[1]
    away = (stretch.cycles < 4.2) | (stretch.cycles > 5.1)
    held = NNSeries.from_rr(stretch.series.nn_ms[away], t_s=stretch.series.t_s[away])
    found = response(PacedStretch(6.0, held, stretch.cycles[away]))
    whole = response(stretch)
    assert found is not None
    assert whole is not None
    assert MISSED <= whole.n_breaths - found.n_breaths <= MISSED + 1
    assert found.swing_bpm == pytest.approx(whole.swing_bpm, rel=0.1)


MISSED = 2
"""Windows of two breaths that a hole of one breath spoils."""


def test_few_paces_or_few_breaths_are_too_short() -> None:
    assert assess(_stretches(5.5, 2.5)[:2]).reason == "short"
    assert assess([]).reason == "short"
    # the same pace twice is one pace
    assert assess([*_stretches(5.5, 2.5)[:2], _stretches(5.5, 2.5)[0]]).reason == "short"


def test_noise_alone_is_a_heart_that_does_not_follow() -> None:
    chance = np.random.default_rng(1)
    stretches = []
    for rate in PACES:
        series = NNSeries.from_rr(900 + chance.normal(0, 30, 140))
        stretches.append(PacedStretch(rate, series, series.t_s * rate / 60))
    assert assess(stretches).reason == "not_following"


@given(
    st.lists(
        st.tuples(
            st.floats(4.0, 8.0), st.floats(0.01, 30), st.floats(0.001, 10), st.floats(-3.1, 3.1)
        ),
        min_size=3,
        max_size=9,
    )
)
@settings(max_examples=15, deadline=None)
def test_whatever_comes_in_no_figure_is_wild(
    rows: list[tuple[float, float, float, float]],
) -> None:
    curve = fit_curve(
        [
            Response(
                rate_per_min=rate,
                swing_bpm=swing,
                swing_error_bpm=error,
                phase_rad=phase,
                phase_error_rad=0.1,
                locking=0.9,
                n_breaths=8,
            )
            for rate, swing, error, phase in rows
        ],
        (5.0,),
    )
    assert 4.0 <= curve.low_per_min <= curve.high_per_min <= 7.5
    assert 0.0 <= curve.peaked <= 1.0 + 1e-9
    assert np.isfinite(curve.swing_bpm[0])


@given(
    st.one_of(st.none(), st.floats(4.5, 7.0)),
    st.one_of(st.none(), st.floats(4.5, 7.0)),
)
def test_a_pace_is_kept_only_where_two_assessments_agree(
    first: float | None, second: float | None
) -> None:
    kept = agreed_per_min(first, second)
    if first is None or second is None or abs(first - second) > 0.5 + 1e-6:
        assert kept is None
    elif kept is not None:
        assert SLOWEST_PER_MIN <= kept <= FASTEST_PER_MIN
        assert abs(kept - (first + second) / 2) <= 0.05 + 1e-9
    assert kept == agreed_per_min(second, first)


def test_agreeing_means_half_a_breath_apart_at_most() -> None:
    assert agreed_per_min(5.2, 5.7) == pytest.approx(5.45, abs=0.06)
    assert agreed_per_min(5.2, 5.8) is None
    assert agreed_per_min(None, 5.8) is None


def test_an_assessment_is_read_back_as_it_was_written() -> None:
    for found in (assess(_stretches(5.3, 2.5)), assess([])):
        text = json.dumps(found.to_dict(), allow_nan=False)
        assert ResonanceAssessment.from_dict(json.loads(text)) == found


# ------------------------------------------------------------------------ from a recording
def _recording() -> tuple[list[float], list[dict[str, float]]]:
    rr_ms: list[float] = []
    steps, t_s = [], 0.0
    for stretch in _stretches(5.3, 2.5):
        begins_s = t_s
        for nn_ms in stretch.series.nn_ms.tolist():
            rr_ms.append(nn_ms)
            t_s += nn_ms / 1000
        steps.append({"start_s": begins_s, "end_s": t_s, "pace": stretch.rate_per_min})
    return rr_ms, steps


def test_a_stepped_recording_is_assessed_from_scripts() -> None:
    rr_ms, steps = _recording()
    found = resonance_assessment(rr_ms, steps)
    assert found.pace_per_min == pytest.approx(5.3, abs=0.3)
    as_values = [
        PaceStep(start_s=s["start_s"], end_s=s["end_s"], pace_per_min=s["pace"]) for s in steps
    ]
    assert resonance_assessment(rr_ms, as_values) == found
    # the same to the last bit, on every run and in any order of the steps
    assert resonance_assessment(np.array(rr_ms), steps) == found
    turned = resonance_assessment(rr_ms, steps[::-1])
    assert turned.pace_per_min == found.pace_per_min


def test_an_ectopic_beat_changes_little() -> None:
    rr_ms, steps = _recording()
    whole = resonance_assessment(rr_ms, steps)
    for at in (60, 200, 333, 471):
        rr_ms[at], rr_ms[at + 1] = 0.65 * rr_ms[at], rr_ms[at + 1] + 0.35 * rr_ms[at]
    found = resonance_assessment(rr_ms, steps)
    assert found.pace_per_min == pytest.approx(whole.pace_per_min, abs=0.2)


@pytest.mark.parametrize(
    "step",
    [
        {"start_s": 0, "end_s": 120},
        {"start_s": 120, "end_s": 0, "pace": 6},
        {"start_s": 0, "end_s": 120, "pace": 0},
        {"start_s": 0, "end_s": 120, "pace": float("nan")},
        {},
    ],
)
def test_a_step_that_is_none_is_refused(step: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="step"):
        resonance_assessment([900.0] * 10, [step])


def test_intervals_that_are_none_are_refused_and_none_at_all_are_too_short() -> None:
    with pytest.raises(ValueError, match="intervals"):
        resonance_assessment([900.0, float("nan")], [])
    assert resonance_assessment([], []).reason == "short"


def test_the_spatial_median_leaves_the_crowd_for_no_outlier() -> None:
    crowd = np.full(9, 3 + 4j)
    assert spatial_median(np.append(crowd, 1000 + 0j)) == pytest.approx(3 + 4j, abs=1e-3)


# ------------------------------------------------------------- a few of the simulated hearts
@pytest.mark.parametrize(
    ("kind", "seeds"), [(Kind.CLEAR, range(901, 906)), (Kind.FLAT, range(911, 914))]
)
def test_of_simulated_hearts_the_clear_peaks_are_found_and_the_flat_ones_said(
    kind: Kind, seeds: range
) -> None:
    found = [trial(seed, kind, STEPPED) for seed in seeds]
    assert not any(each.unsafe for each in found)
    if kind is Kind.CLEAR:
        assert sum(each.near for each in found) >= 0.8 * len(found)
    else:
        assert sum(each.found.pace_per_min is None for each in found) >= 0.8 * len(found)


def test_the_slide_finds_the_same_heart() -> None:
    found = trial(5001, Kind.CLEAR, SLIDE)
    assert found.near
    assert not found.unsafe
