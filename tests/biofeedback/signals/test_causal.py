"""The causal artefact rule: what it finds, what it leaves, and that live equals batch."""

from __future__ import annotations

import warnings
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from biofeedback.signals.causal import CausalArtefacts
from biofeedback.signals.causal_batch import causal_flags
from biofeedback.types import MS_PER_TICK, Beat, BeatFlag

NORMAL = BeatFlag.NORMAL


def _breathing(
    hr_bpm: float, amplitude_bpm: float, *, hz: float = 0.1, n: int = 600, seed: int = 0
) -> list[float]:
    rng = np.random.default_rng(seed)
    t_s, rr_ms = 0.0, []
    for _ in range(n):
        rate = hr_bpm + amplitude_bpm * np.sin(2 * np.pi * hz * t_s)
        interval_s = 60 / rate + rng.normal(0, 0.004)
        t_s += interval_s
        rr_ms.append(round(interval_s * 1024) * MS_PER_TICK)
    return rr_ms


def _live(beats: list[Beat]) -> list[Beat]:
    rule = CausalArtefacts()
    judged = [done for beat in beats for done in rule.push(beat)]
    return [*judged, *rule.flush()]


@pytest.mark.parametrize("hr_bpm", [50, 60, 70, 80, 90])
@pytest.mark.parametrize("amplitude_bpm", [2, 8, 15])
def test_slow_paced_breathing_is_left_alone(hr_bpm: float, amplitude_bpm: float) -> None:
    flags = causal_flags(_breathing(hr_bpm, amplitude_bpm, n=1000))
    assert sum(flag is not NORMAL for flag in flags) <= 1


def _with(kind: str, at: int, seed: int = 0) -> tuple[list[float], list[int]]:
    rr_ms = _breathing(65, 3, n=80, seed=seed)
    whole = rr_ms[at]
    match kind:
        case "missed":
            rr_ms[at : at + 2] = [rr_ms[at] + rr_ms[at + 1]]
            return rr_ms, [at]
        case "extra":
            rr_ms[at : at + 1] = [0.4 * whole, 0.6 * whole]
        case _:
            rr_ms[at] -= 0.35 * whole
            rr_ms[at + 1] += 0.35 * whole
    return rr_ms, [at, at + 1]


@pytest.mark.parametrize("at", [2, 5, 9, 20, 40, 70])
@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("missed", [{"missed"}]),
        ("extra", [{"extra"}, {"extra"}]),
        ("premature", [{"long_short"}, {"ectopic", "long_short"}]),
    ],
)
def test_one_artefact_is_found_and_named_and_its_neighbours_are_kept(
    kind: str, names: list[set[str]], at: int
) -> None:
    rr_ms, wrong = _with(kind, at)
    flags = causal_flags(rr_ms)
    assert [i for i, flag in enumerate(flags) if flag is not NORMAL] == wrong
    assert all(flags[i].value in allowed for i, allowed in zip(wrong, names, strict=True))


@pytest.mark.parametrize("share", [0.03, 0.1, 0.2, 0.35])
def test_many_wrong_intervals_do_not_hide_one_another(share: float) -> None:
    rng = np.random.default_rng(8)
    right = iter(_breathing(65, 4, n=1500))
    rr_ms: list[float] = []
    wrong: list[bool] = []
    for interval in right:
        if rng.random() > share:
            rr_ms.append(interval)
            wrong.append(False)
        elif rng.random() < 0.5:
            rr_ms.append(interval + next(right, interval))
            wrong.append(True)
        else:
            cut = rng.uniform(0.25, 0.75)
            rr_ms += [cut * interval, (1 - cut) * interval]
            wrong += [True, True]
    flagged = np.array([flag is not NORMAL for flag in causal_flags(rr_ms)])
    assert flagged[np.array(wrong)].mean() > 0.75
    assert flagged[~np.array(wrong)].mean() < 0.05


def test_a_doubled_beat_is_found_even_as_the_very_first() -> None:
    rr_ms, _ = _with("missed", 0)
    flags = causal_flags(rr_ms)
    assert flags[0] is BeatFlag.MISSED
    assert set(flags[1:]) == {NORMAL}


def test_a_heart_like_a_clock_is_not_flagged() -> None:
    rr_ms = [1000.0] * 50 + [1010.0] + [1000.0] * 50
    assert set(causal_flags(rr_ms)) == {NORMAL}


def test_a_young_heart_at_rest_keeps_its_deep_swings(shared_data: Path) -> None:
    rr_ms = np.load(shared_data / "pyhrv_samples/SampleNNISeriesShort.npy")
    flags = causal_flags(rr_ms)
    assert sum(flag is not NORMAL for flag in flags) / len(flags) < 0.015


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_short_series_are_normal(n: int) -> None:
    assert causal_flags([800.0] * n) == [NORMAL] * n


def test_no_difference_is_formed_across_a_gap() -> None:
    slow, fast = [1000.0] * 40, [600.0] * 40
    starts = [i in (0, 40) for i in range(80)]
    assert set(causal_flags(slow + fast, starts)) == {NORMAL}


@pytest.mark.parametrize("nonsense", [0.0, 199.0, 3001.0, 64000.0, float("nan"), float("inf")])
def test_an_implausible_interval_is_flagged_and_breaks(nonsense: float) -> None:
    rr_ms = [1000.0] * 30 + [nonsense] + [700.0] * 30
    flags = causal_flags(rr_ms)
    assert flags[30] is BeatFlag.IMPLAUSIBLE
    assert flags.count(NORMAL) == 60


def test_verdicts_come_two_beats_late_and_at_once_at_a_break() -> None:
    rule = CausalArtefacts()
    beats = [Beat(i * 0.8, 820, segment=i // 5) for i in range(6)]
    counts = [len(rule.push(beat)) for beat in beats]
    assert counts == [0, 0, 1, 1, 1, 2]
    assert rule.push(Beat(5.0, 0, 2, BeatFlag.IMPLAUSIBLE)) == (
        beats[5],
        Beat(5.0, 0, 2, BeatFlag.IMPLAUSIBLE),
    )
    assert rule.flush() == ()


_series = st.lists(
    st.one_of(st.integers(600, 900), st.integers(180, 3200), st.sampled_from([0, 65535])),
    max_size=160,
)


@settings(max_examples=60, deadline=None)
@given(_series, st.sets(st.integers(0, 160), max_size=4))
def test_live_equals_batch(ticks: list[int], begins: set[int]) -> None:
    starts = [i in begins for i in range(len(ticks))]
    rr_ms = np.array(ticks, dtype=np.float64) * MS_PER_TICK
    batch = causal_flags(rr_ms, starts)
    segment, beats = 0, []
    for i, (count, start) in enumerate(zip(ticks, starts, strict=True)):
        segment += start
        implausible = batch[i] is BeatFlag.IMPLAUSIBLE
        beats.append(Beat(float(i), count, segment, batch[i] if implausible else NORMAL))
        segment += implausible
    judged = _live(beats)
    assert [beat.flag for beat in judged] == batch
    assert [beat.t_s for beat in judged] == [beat.t_s for beat in beats]


def _annotated(path: Path) -> tuple[NDArray[np.float64], list[str], list[bool]]:
    """Return intervals in ms, the label of the beat that ends each, and where holes are."""
    wfdb = pytest.importorskip("wfdb")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # wfdb's own use of pandas
        annotation = wfdb.rdann(str(path), "ecg")
    at = [i for i, symbol in enumerate(annotation.symbol) if symbol in "NVASFJ"]
    t_ms = np.array([annotation.sample[i] for i in at]) / 128 * 1000
    rr_ms = np.round(np.diff(t_ms) / MS_PER_TICK) * MS_PER_TICK
    starts = [later - earlier > 1 for earlier, later in pairwise(at)]
    return rr_ms, [annotation.symbol[i] for i in at[1:]], starts


@pytest.mark.parametrize(("record", "at_least"), [("nsr001", 74), ("nsr004", 35)])
def test_annotated_beats_of_a_day_are_found(shared_data: Path, record: str, at_least: int) -> None:
    """The rest (7 of 81, 1 of 36) came on time: no interval shows them."""
    rr_ms, labels, starts = _annotated(shared_data / "physionet_nsr2db" / record)
    wrong = np.array([flag is not NORMAL for flag in causal_flags(rr_ms, starts)])
    labelled = [i for i, label in enumerate(labels) if label in "VA"]
    found = sum(bool(wrong[i] or wrong[i + 1]) for i in labelled)
    assert found >= at_least
    apart = np.ones(wrong.size, dtype=bool)
    for i in labelled:
        apart[max(i - 1, 0) : i + 3] = False
    assert wrong[apart].mean() < 0.002
