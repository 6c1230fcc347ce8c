"""The public analysis: what goes in, what comes out, and what it says when it can't."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

import biofeedback
from biofeedback import Analysis, analyze, read_recording
from biofeedback.figures import NAMES
from biofeedback.signals.causal_batch import causal_flags
from biofeedback.signals.hrv import time_domain
from biofeedback.signals.series import NNSeries
from biofeedback.types import BeatFlag

KEYS = [
    "n_beats", "n_normal", "duration_s", "artefact_fraction", "mean_nn_ms", "hr_bpm", "sdnn_ms",
    "rmssd_ms", "ln_rmssd", "pnn50_pct", "pnn20_pct", "sd1_ms", "sd2_ms", "hrvi", "vlf_ms2",
    "lf_ms2", "hf_ms2", "total_ms2", "lf_hf", "lf_nu", "lf_peak_hz", "hf_peak_hz", "sampen",
    "dfa_alpha1", "dfa_alpha1_range", "rhythm_concentration", "breath_per_min",
    "breath_confidence", "artefacts", "notes",
]  # fmt: skip
FIGURES = KEYS[4:-2]


def resting(length_s: float, seed: int = 1, hr_bpm: float = 65.0) -> NDArray[np.float64]:
    """Ticks of a heart at rest, breathing 15 times a minute."""
    rng = np.random.default_rng(seed)
    rr_ms, now_s = [], 0.0
    while now_s < length_s:
        swing = 12 * math.sin(2 * math.pi * 0.1 * now_s) + 35 * math.sin(2 * math.pi * now_s / 4)
        rr = 60000 / hr_bpm + swing + float(rng.normal(0, 8))
        rr_ms.append(round(rr * 1.024) / 1.024)
        now_s += rr_ms[-1] / 1000
    return np.array(rr_ms)


# --------------------------------------------------------------------------- what goes in
@pytest.mark.parametrize("kind", [list, tuple, np.array, pd.Series, iter, "float32", "Int64"])
def test_lists_arrays_and_series_all_do(kind: Any) -> None:
    rr_ms = [812, 845, 829, 801, 870]
    given: Any = pd.Series(rr_ms, dtype=kind) if isinstance(kind, str) else kind(rr_ms)
    assert analyze(given, parts=["time"]) == analyze(rr_ms, parts=["time"])


@pytest.mark.parametrize(
    ("rr_ms", "says"),
    [
        ([800, math.nan, 810], "interval 1"),
        ([800, 810, math.inf], "interval 2"),
        ([-5, 800, 810], "interval 0"),
        ([800, "x"], "number 1 is 'x'"),
        (["800", "810"], "number 0 is '800'"),
        ([800, None], "number 1 is None"),
        ([800, pd.NA], "number 1"),
        ([10**400, 800], "number 0"),
        ([True, False], "number 0 is True"),
        ([1 + 2j], "number 0"),
        ([[800, 810], [820, 830]], "flat list"),
        ([[800], [820, 830]], "flat list"),
        (800, "flat list"),
        ("800 810", "not text"),
        ([0.8, 0.81, 0.79], "seconds"),
        (np.array([0.8, 0.81, 0.0]), "seconds"),
    ],
)  # fmt: skip
def test_bad_input_is_named(rr_ms: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        analyze(rr_ms)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"method": "ar"}, "welch"),
        ({"detrend": "linear"}, "smooth"),
        ({"parts": ["everything"]}, "parts"),
        ({"parts": "time"}, "parts"),
        ({"t_s": [1, 2]}, "2 times for 3 intervals"),
        ({"t_s": [1, 3, 2]}, "time 2"),
        ({"t_s": [1, 2, math.nan]}, "time 2"),
        ({"t_s": [1, 2, 2], "starts": [True, False, False]}, "time 2"),
        ({"starts": [True]}, "1 starts for 3 intervals"),
        ({"window_s": (5, 5)}, "empty"),
    ],
)
def test_bad_options_are_named(options: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        analyze([800, 810, 820], **options)


def test_what_is_no_heartbeat_is_counted_and_left_out() -> None:
    rr_ms = resting(120).tolist()
    for at, value in ((20, 0), (60, 4_294_967_295.0), (90, 65_535)):
        rr_ms[at] = value
    got = analyze(rr_ms)
    found = {a.index: a.label for a in got.artefacts}
    assert {20, 60, 90} <= set(found)
    assert all(found[at] is BeatFlag.IMPLAUSIBLE for at in (20, 60, 90))
    assert got.artefact_fraction == len(found) / len(rr_ms)
    assert got.n_beats == len(rr_ms)
    assert got.n_normal == len(rr_ms) - len(found)
    assert got.duration_s is not None
    assert got.duration_s < 200
    assert got.sdnn_ms is not None
    assert got.sdnn_ms < 100


def test_mixed_units_are_never_a_silent_wrong_number() -> None:
    mixed = resting(60)
    mixed[10:20] /= 1000
    got = analyze(mixed)
    assert got.n_normal <= mixed.size - 10
    assert "left out" in got.notes["artefact_fraction"]
    assert got.mean_nn_ms == pytest.approx(60000 / 65, rel=0.02)


# ------------------------------------------------------------------------- what comes out
def test_every_figure_of_ten_minutes_is_there() -> None:
    got = analyze(resting(600))
    plain = got.to_dict()
    assert list(plain) == KEYS
    missing = {key for key in FIGURES if plain[key] is None}
    assert missing == set()
    assert got.dfa_alpha1_range == (4, 16)
    assert got.lf_peak_hz == pytest.approx(0.1, abs=0.004)
    assert got.hf_peak_hz == pytest.approx(0.25, abs=0.004)
    assert got.breath_per_min == pytest.approx(15, abs=0.5)
    assert got.hr_bpm == pytest.approx(65, rel=0.01)
    assert got.notes == {}


def test_json_has_plain_types_and_comes_back_the_same() -> None:
    rr_ms = resting(120)
    rr_ms[50] *= 0.5
    plain = analyze(rr_ms).to_dict()
    back = json.loads(json.dumps(plain, allow_nan=False))
    assert back == plain
    assert {"index", "time_s", "label"} == set(back["artefacts"][0])


@pytest.mark.parametrize(
    ("length_s", "has", "lacks"),
    [
        (10, ["hr_bpm", "rmssd_ms", "sdnn_ms"], ["hf_ms2", "hrvi", "rhythm_concentration"]),
        (61, ["hf_ms2"], ["lf_ms2", "dfa_alpha1", "hrvi", "sampen", "rhythm_concentration"]),
        (70, ["rhythm_concentration"], ["breath_per_min", "breath_confidence"]),
        (121, ["dfa_alpha1", "dfa_alpha1_range", "hrvi", "sampen"], ["lf_ms2", "lf_hf"]),
        (252, ["vlf_ms2", "lf_ms2", "total_ms2", "lf_hf", "lf_nu", "lf_peak_hz"], []),
    ],
)
def test_what_the_length_carries(length_s: float, has: Sequence[str], lacks: Sequence[str]) -> None:
    got = analyze(resting(length_s)).to_dict()
    assert [key for key in has if got[key] is None] == []
    assert [key for key in lacks if got[key] is not None] == []


@pytest.mark.parametrize(
    "rr_ms", [[], [800], [800, 810], [800] * 400, [800, 0, 800, 0], resting(20), resting(100)]
)
def test_every_figure_that_is_missing_says_why(rr_ms: ArrayLike) -> None:
    got = analyze(rr_ms)
    plain = got.to_dict()
    if not got.n_beats:
        assert got.notes == {"n_beats": "There are no beats."}
        assert {plain[key] for key in KEYS[2:-2]} == {None}
        return
    named = set(got.notes) | ({"dfa_alpha1_range"} if got.dfa_alpha1 is None else set())
    assert {key for key in FIGURES if plain[key] is None} - named == set()


def test_parts_leave_out_the_rest() -> None:
    got = analyze(resting(300), parts=["time"]).to_dict()
    assert got["rmssd_ms"] is not None
    assert got["lf_ms2"] is got["sampen"] is got["rhythm_concentration"] is None


def test_repr_and_html_can_be_read() -> None:
    got = analyze(resting(600))
    text, html = repr(got), got._repr_html_()
    assert text.startswith(f"Analysis: {got.n_beats} beats in 10:0")
    assert "RMSSD" in text
    assert " ms²" in text
    assert html.startswith("<table>")
    assert "RMSSD" in html
    assert "None" not in text + html
    assert repr(analyze([])) == "Analysis: no beats"
    assert "There are no beats." in analyze([])._repr_html_()
    assert {key for key, *_ in NAMES} <= set(FIGURES)


def test_results_are_frozen() -> None:
    with pytest.raises(AttributeError):
        analyze([800, 810]).hr_bpm = 60.0  # type: ignore[misc]


# ------------------------------------------------------------------------------- artefacts
def test_correction_is_the_causal_rule_and_leaves_out_without_filling_in() -> None:
    rr_ms = resting(200)
    rr_ms[100] *= 0.6
    rr_ms[101] *= 1.4
    flags = causal_flags(rr_ms)
    got = analyze(rr_ms)
    assert [(a.index, a.label) for a in got.artefacts] == [
        (at, flag) for at, flag in enumerate(flags) if flag is not BeatFlag.NORMAL
    ]
    assert got.artefacts[0].time_s == pytest.approx(
        float(rr_ms[: got.artefacts[0].index + 1].sum()) / 1000
    )
    keep = np.array([flag is BeatFlag.NORMAL for flag in flags])
    expected = time_domain(NNSeries.from_rr(rr_ms, keep=keep))
    assert (got.rmssd_ms, got.sdnn_ms) == (expected.rmssd_ms, expected.sdnn_ms)
    raw = analyze(rr_ms, correct=False)
    assert raw.artefacts == ()
    assert raw.rmssd_ms == pytest.approx(float(np.sqrt(np.mean(np.diff(rr_ms) ** 2))))
    assert raw.rmssd_ms > 2 * got.rmssd_ms  # type: ignore[operator]


# -------------------------------------------------------------------------- time and gaps
def test_a_window_holds_the_beats_that_ended_in_it() -> None:
    rr_ms = resting(400)
    ended_s = np.cumsum(rr_ms) / 1000
    inside = (ended_s >= 100) & (ended_s < 250)
    got = analyze(rr_ms, window_s=(100, 250))
    assert got.n_beats == inside.sum()
    expected = time_domain(NNSeries.from_rr(rr_ms[inside]))
    assert (got.mean_nn_ms, got.rmssd_ms) == (expected.mean_nn_ms, expected.rmssd_ms)
    assert got.duration_s == pytest.approx(150, abs=2)
    assert analyze(rr_ms, window_s=(None, None)) == analyze(rr_ms)
    assert analyze(rr_ms, window_s=(300, None)).n_beats == (ended_s >= 300).sum()
    assert analyze(rr_ms, window_s=(900, 1000)).notes == {
        "n_beats": "There are no beats in this window."
    }


def test_artefacts_keep_their_places_in_a_window() -> None:
    rr_ms = resting(300)
    rr_ms[200] *= 0.5
    whole = [a for a in analyze(rr_ms).artefacts if a.index >= 100]
    start_s = float(rr_ms[:150].sum()) / 1000
    assert list(analyze(rr_ms, window_s=(start_s, None)).artefacts) == whole


def test_times_show_where_beats_are_missing() -> None:
    rr_ms = resting(300)
    ended_s = np.cumsum(rr_ms) / 1000
    keep = np.ones(rr_ms.size, dtype=np.bool_)
    keep[150:153] = False
    got = analyze(rr_ms[keep], t_s=ended_s[keep], correct=False)
    steps = np.delete(np.diff(rr_ms[keep]), 149)
    assert got.rmssd_ms == pytest.approx(float(np.sqrt(np.mean(steps**2))))
    assert got.duration_s == pytest.approx(float(rr_ms.sum()) / 1000)


def test_starts_break_the_series() -> None:
    got = analyze([800, 810, 900, 905], starts=[True, False, True, False], correct=False)
    assert got.rmssd_ms == pytest.approx(math.sqrt((100 + 25) / 2))


def test_a_recording_brings_its_times_along(shared_data: Path) -> None:
    recording = read_recording(shared_data / "polar_h10_dhyb" / "sample_data_ibi.csv")
    got = analyze(recording)
    assert got.n_beats == len(recording) == 620
    assert got == analyze(recording.rr_ms, t_s=recording.t_s, starts=recording.starts)
    assert got.hr_bpm == pytest.approx(60000 / recording.rr_ms.mean(), rel=0.002)


def test_a_long_gap_is_said() -> None:
    rr_ms = np.concatenate((resting(300, 1), resting(200, 2)))
    ended_s = np.cumsum(rr_ms) / 1000
    ended_s[resting(300, 1).size :] += 60
    got = analyze(rr_ms, t_s=ended_s)
    assert got.lf_ms2 is not None
    assert "beyond gaps" in got.notes["hf_ms2"]


# ---------------------------------------------------------------------------- any numbers
@given(st.lists(st.one_of(st.floats(), st.floats(200, 3000), st.floats(700, 900)), max_size=200))
@example([])
@example([800.0])
@example([1e308] * 5)
@example([5e-324, 800.0, 800.0])
@example([200.0] * 100 + [3000.0] * 30)
@settings(max_examples=60, deadline=None)
def test_any_floats_give_a_sentence_or_finite_figures(rr_ms: list[float]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            check_finite(analyze(rr_ms))
        except ValueError as error:
            said = str(error)
        else:
            said = "all is well"
    assert said.count(" ") >= 2


@given(
    st.lists(st.floats(200, 3000), min_size=70, max_size=400),
    st.sampled_from(["welch", "lomb"]),
    st.sampled_from(["mean", "smooth"]),
    st.booleans(),
)
@settings(max_examples=30, deadline=None)
def test_any_heartbeats_and_options_give_finite_figures(
    rr_ms: list[float], method: Any, detrend: Any, correct: bool
) -> None:
    got = analyze(rr_ms, method=method, detrend=detrend, correct=correct)
    check_finite(got)
    assert json.dumps(got.to_dict(), allow_nan=False)
    assert repr(got)


def check_finite(got: Analysis) -> None:
    for key, value in got.to_dict().items():
        if isinstance(value, float):
            assert math.isfinite(value), key
            assert value >= 0 or key in ("dfa_alpha1", "ln_rmssd"), key


# --------------------------------------------------------------------- the public package
def test_every_public_name_is_there() -> None:
    for name in biofeedback.__all__:
        assert getattr(biofeedback, name) is not None
    assert set(biofeedback.__all__) <= set(dir(biofeedback))
    with pytest.raises(AttributeError, match="breathe"):
        biofeedback.breathe  # noqa: B018


def test_importing_loads_nothing_and_the_time_domain_needs_no_scipy() -> None:
    code = (
        "import sys, biofeedback\n"
        "assert not {'numpy', 'scipy', 'PySide6', 'bleak'} & set(sys.modules)\n"
        "biofeedback.analyze([800, 810, 790] * 50, parts=['time', 'rhythm'])\n"
        "assert 'numpy' in sys.modules and 'scipy' not in sys.modules\n"
        "biofeedback.analyze([800, 810, 790] * 50)\n"
        "assert not {'scipy.signal', 'scipy.interpolate', 'pandas'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
