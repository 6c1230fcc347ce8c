"""The published offline rule: single faults, and beats that people annotated."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from biofeedback.signals.artefacts import offline_labels
from biofeedback.signals.quartiles import interquartile_ranges
from biofeedback.types import BeatFlag

FloatArray = NDArray[np.float64]


def resting(n: int = 300, seed: int = 1) -> FloatArray:
    """A heart at rest on a grid of 1/1024 s: slow waves and some noise."""
    beat = np.arange(n)
    rr_ms = 850 + 25 * np.sin(beat * 0.5) + 20 * np.sin(beat * 1.7)
    rr_ms += np.random.default_rng(seed).normal(0, 10, n)
    return np.asarray(np.round(rr_ms * 1.024) / 1.024, dtype=np.float64)


def flagged(labels: list[BeatFlag]) -> dict[int, BeatFlag]:
    return {at: label for at, label in enumerate(labels) if label is not BeatFlag.NORMAL}


def test_a_premature_beat_is_ectopic() -> None:
    rr_ms = resting()
    rr_ms[150] -= 300
    rr_ms[151] += 300
    assert BeatFlag.ECTOPIC in flagged(offline_labels(rr_ms)).values()
    assert set(flagged(offline_labels(rr_ms))) <= {150, 151, 152}


def test_a_missed_beat_is_missed() -> None:
    rr_ms = resting()
    missing = np.delete(rr_ms, 151)
    missing[150] = rr_ms[150] + rr_ms[151]
    assert flagged(offline_labels(missing)) == {150: BeatFlag.MISSED}


def test_an_extra_beat_is_extra() -> None:
    rr_ms = resting()
    split = np.insert(rr_ms, 150, 0.4 * rr_ms[150])
    split[151] *= 0.6
    assert flagged(offline_labels(split)).get(150) is BeatFlag.EXTRA


def test_a_heart_at_rest_has_few_faults() -> None:
    labels = offline_labels(resting(5000))
    assert len(flagged(labels)) / len(labels) < 0.03


def test_a_heart_like_a_clock_has_none() -> None:
    rr_ms = np.full(200, 800.0)
    rr_ms[::7] += 1000 / 1024
    assert flagged(offline_labels(rr_ms)) == {}


def test_what_is_no_heartbeat_is_implausible_and_breaks_the_series() -> None:
    rr_ms = resting()
    for at, value in ((50, 0.0), (120, 65535.0), (200, np.nan)):
        rr_ms[at] = value
    implausible = BeatFlag.IMPLAUSIBLE
    assert flagged(offline_labels(rr_ms)) == {50: implausible, 120: implausible, 200: implausible}


def test_no_step_is_measured_across_a_gap() -> None:
    rr_ms = resting()
    rr_ms[150] -= 300
    rr_ms[151] += 300
    starts = np.zeros(300, dtype=np.bool_)
    assert flagged(offline_labels(rr_ms, starts))
    starts[150:153] = True
    assert flagged(offline_labels(rr_ms, starts)) == {}


@pytest.mark.parametrize("n", [0, 1, 2, 3, 5, 12, 90, 91, 92, 363, 364, 365])
def test_any_length_is_labelled(n: int) -> None:
    rr_ms = resting(n)
    if n > 4:
        rr_ms[n // 2] *= 1.9
    assert len(offline_labels(rr_ms)) == n


@given(st.lists(st.floats(0, 4000), max_size=500))
@settings(max_examples=40, deadline=None)
def test_any_numbers_are_labelled(rr_ms: list[float]) -> None:
    assert len(offline_labels(rr_ms)) == len(rr_ms)


def test_skipping_windows_misses_no_candidate() -> None:
    """A long series takes the short cut; pieces of it don't, and agree in their middles."""
    rr_ms = resting(2400)
    rng = np.random.default_rng(7)
    for at in rng.choice(np.arange(20, 2380, 5), 60, replace=False):
        rr_ms[at] *= rng.choice([0.5, 0.7, 1.4, 2.0])
    whole = offline_labels(rr_ms)
    for first in range(0, 2101, 100):
        part = offline_labels(rr_ms[first : first + 300])
        assert part[100:200] == whole[first + 100 : first + 200]


@given(st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=40), st.integers(3, 12))
@settings(max_examples=40, deadline=None)
def test_quartile_ranges_are_numpys(values: list[float], width: int) -> None:
    array = np.array(values)
    at = np.arange(array.size)
    first, end = np.maximum(at - width // 2, 0), np.minimum(at + width // 2 + 1, array.size)
    expected = [
        np.subtract(*np.percentile(array[a:b], [75, 25])) for a, b in zip(first, end, strict=True)
    ]
    np.testing.assert_allclose(interquartile_ranges(array, first, end), expected, atol=1e-9)


def annotated(folder: Path, name: str) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return intervals in ms, and for each beat whether it is labelled V or A."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # wfdb's own use of pandas
        import wfdb

        marks = wfdb.rdann(str(folder / name), "ecg")
    is_beat = np.isin(marks.symbol, ["N", "V", "A"])
    rr_ms = np.diff(np.asarray(marks.sample)[is_beat]) * (1000 / 128)
    return rr_ms, np.asarray(marks.symbol)[is_beat] != "N"


def test_annotated_beats_are_found_as_often_as_published(shared_data: Path) -> None:
    """132 of 136 were found on three records, with 2.8 % of normal beats flagged."""
    n_odd = n_found = n_normal = n_false = 0
    for name in ("nsr001", "nsr004"):
        rr_ms, odd = annotated(shared_data / "physionet_nsr2db", name)
        wrong = np.array([label is not BeatFlag.NORMAL for label in offline_labels(rr_ms)])
        near = np.zeros(rr_ms.size, dtype=np.bool_)
        for beat in np.flatnonzero(odd).tolist():
            n_found += bool(wrong[max(beat - 1, 0) : beat + 1].any())
            near[max(beat - 3, 0) : beat + 3] = True
        n_odd += int(odd.sum())
        n_normal += int((~near).sum())
        n_false += int((wrong & ~near).sum())
    print(f"found {n_found} of {n_odd}; flagged {100 * n_false / n_normal:.2f} % of normal beats")
    assert n_odd == 117
    assert n_found >= 110
    assert n_false / n_normal == pytest.approx(0.028, abs=0.004)
