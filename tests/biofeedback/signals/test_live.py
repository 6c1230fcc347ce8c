"""Live figures: equal to the batch functions over the same beats, and honest about what lacks."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.practice.breath import phase_at
from biofeedback.signals.following import following
from biofeedback.signals.hrv import time_domain
from biofeedback.signals.live import LiveMetrics
from biofeedback.signals.series import NNSeries
from biofeedback.types import (
    Beat,
    BeatFlag,
    BreathPattern,
    BreathPhase,
    BreathSegment,
    Metrics,
)

SIX_A_MINUTE = BreathSegment(0.0, BreathPattern(4.0, 0.0, 6.0, 0.0))
FLAGS = [BeatFlag.NORMAL] * 12 + [BeatFlag.ECTOPIC, BeatFlag.MISSED]


def _beats(
    ticks: Sequence[int],
    *,
    wrong: Sequence[int] = (),
    gaps_s: dict[int, float] | None = None,
    flag: BeatFlag = BeatFlag.ECTOPIC,
) -> list[Beat]:
    beats, t_s, segment = [], 0.0, 0
    for i, rr_ticks in enumerate(ticks):
        if gaps_s and i in gaps_s:
            t_s += gaps_s[i]
            segment += 1
        t_s += rr_ticks / 1024
        beats.append(Beat(t_s, rr_ticks, segment, flag if i in wrong else BeatFlag.NORMAL))
    return beats


def _run(beats: Sequence[Beat], guide: BreathSegment | None = None) -> list[Metrics]:
    live = LiveMetrics()
    return [live.push(beat, phase_at(guide, beat.t_s) if guide else None) for beat in beats]


def _window(beats: Sequence[Beat], length_s: float) -> NNSeries:
    newest_s = beats[-1].t_s
    return NNSeries.from_beats([beat for beat in beats if beat.t_s > newest_s - length_s])


def _assert_equal_to_batch(beats: Sequence[Beat], metrics: Metrics) -> None:
    if metrics.hr_bpm is not None:
        assert metrics.hr_bpm == pytest.approx(time_domain(_window(beats, 10)).hr_bpm, rel=1e-9)
    if metrics.rmssd_ms is not None:
        batch = time_domain(_window(beats, 60)).rmssd_ms
        assert metrics.rmssd_ms == pytest.approx(batch, rel=1e-9, abs=1e-9)
    if metrics.sdnn_ms is not None:
        batch = time_domain(_window(beats, 300)).sdnn_ms
        assert metrics.sdnn_ms == pytest.approx(batch, rel=1e-9, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(400, 1500), st.sampled_from(FLAGS), st.integers(0, 60)),
        min_size=1,
        max_size=250,
    ),
    st.integers(0, 3),
)
def test_every_figure_equals_its_batch_function_over_the_same_beats(
    drawn: list[tuple[int, BeatFlag, int]], gaps: int
) -> None:
    beats, t_s, segment = [], 0.0, 0
    for rr_ticks, flag, chance in drawn:
        if chance < gaps:
            t_s += 7.5
            segment += 1
        t_s += rr_ticks / 1024
        beats.append(Beat(t_s, rr_ticks, segment, flag))
    metrics = _run(beats)
    for i in range(0, len(beats), 7):
        _assert_equal_to_batch(beats[: i + 1], metrics[i])
        last_minute = [b for b in beats[: i + 1] if b.t_s > beats[i].t_s - 60]
        flagged = sum(beat.flag is not BeatFlag.NORMAL for beat in last_minute)
        assert metrics[i].artefact_fraction == pytest.approx(flagged / len(last_minute))


def _heart(n: int, seed: int = 0, amplitude_ticks: float = 60) -> list[int]:
    rng = np.random.default_rng(seed)
    t_s, ticks = 0.0, []
    for _ in range(n):
        value = 940 + amplitude_ticks * math.sin(2 * math.pi * 0.1 * t_s) + rng.normal(0, 12)
        ticks.append(round(value))
        t_s += ticks[-1] / 1024
    return ticks


def test_figures_are_there_throughout_and_equal_their_batch_functions() -> None:
    beats = _beats(_heart(500), wrong=(100, 250), gaps_s={300: 4.0})
    metrics = _run(beats)
    for i in range(150, 500, 9):
        _assert_equal_to_batch(beats[: i + 1], metrics[i])
    shown = metrics[480]
    assert None not in (shown.hr_bpm, shown.rmssd_ms, shown.sdnn_ms)
    assert shown.reason == ""


def test_each_figure_waits_for_its_length() -> None:
    metrics = _run(_beats([1024] * 130))
    assert next(m.t_s for m in metrics if m.hr_bpm is not None) == 10
    assert next(m.t_s for m in metrics if m.rmssd_ms is not None) == 30
    assert next(m.t_s for m in metrics if m.sdnn_ms is not None) == 120
    assert [m.reason for m in metrics] == ["short"] * 119 + [""] * 11


def test_more_than_a_twentieth_flagged_withholds_and_says_artefacts() -> None:
    shown, withheld = (
        _run(_beats(_heart(200), wrong=wrong))[-1]
        for wrong in (range(145, 190, 15), range(145, 190, 9))
    )
    assert shown.rmssd_ms is not None
    assert shown.reason == ""
    assert withheld.rmssd_ms is None
    assert withheld.artefact_fraction > 0.05
    assert withheld.reason == "artefacts"


def test_one_flagged_beat_leaves_the_heart_rate_of_the_other_nine() -> None:
    one, two = (_run(_beats([1024] * 60, wrong=wrong))[-1] for wrong in ((55,), (53, 56)))
    assert one.hr_bpm == pytest.approx(60)
    assert two.hr_bpm is None


def test_an_implausible_interval_counts_as_an_artefact_and_as_a_hole() -> None:
    beats = _beats([1024] * 70)
    beats[55] = Beat(beats[55].t_s, 65535, 0, BeatFlag.IMPLAUSIBLE)
    metrics = _run(beats)
    assert (metrics[60].hr_bpm, metrics[60].reason) == (None, "gap")
    assert metrics[60].artefact_fraction == pytest.approx(1 / 60)
    assert metrics[60].rmssd_ms == 0
    assert metrics[66].hr_bpm == pytest.approx(60)


def test_after_a_gap_the_figures_wait_again_and_say_why() -> None:
    metrics = _run(_beats([1024] * 200, gaps_s={150: 100.0}))
    assert metrics[149].reason == ""
    after = metrics[155]
    assert (after.hr_bpm, after.rmssd_ms, after.reason) == (None, None, "gap")
    assert metrics[160].hr_bpm == pytest.approx(60)
    assert metrics[185].rmssd_ms == 0


def test_no_difference_is_formed_across_a_gap_or_a_flagged_beat() -> None:
    ticks = [1000] * 40 + [600] * 40
    assert _run(_beats(ticks, gaps_s={40: 1.0}))[-1].rmssd_ms == 0
    ticks[40] = 2000
    assert _run(_beats(ticks, wrong=(40,)))[-1].rmssd_ms == 0


def test_following_appears_after_eight_breaths_and_equals_batch() -> None:
    beats = _beats(_heart(260), wrong=(150,))
    metrics = _run(beats, SIX_A_MINUTE)
    first = next(m for m in metrics if m.following is not None)
    assert 80 <= first.t_s < 83
    cycles = np.array([phase_at(SIX_A_MINUTE, beat.t_s).cycles for beat in beats])
    for i in range(100, 260, 7):
        normal = [k for k in range(i + 1) if beats[k].flag is BeatFlag.NORMAL]
        older = [k for k in normal if cycles[normal[-1]] - cycles[k] >= 8]
        kept = normal[normal.index(older[-1]) :]
        batch = following(
            np.array([beats[k].t_s for k in kept]),
            np.array([60000 / beats[k].rr_ms for k in kept]),
            cycles[kept],
        )
        live = metrics[i].following
        assert live is not None
        assert batch is not None
        assert (live.share, live.r2, live.amplitude_bpm, live.locking) == pytest.approx(
            (batch.share, batch.r2, batch.amplitude_bpm, batch.locking), rel=1e-9
        )


def test_following_ends_with_the_guide_and_begins_anew() -> None:
    live = LiveMetrics()
    beats = _beats(_heart(400))

    def push(beat: Beat, breath: BreathPhase | None) -> bool:
        return live.push(beat, breath).following is not None

    guided = [push(beat, phase_at(SIX_A_MINUTE, beat.t_s)) for beat in beats[:150]]
    assert guided[-1]
    assert not push(beats[150], None)
    resumed = [push(beat, phase_at(SIX_A_MINUTE, beat.t_s)) for beat in beats[151:300]]
    assert resumed.index(True) > 80
    live.guide_changed()
    assert not push(beats[300], phase_at(SIX_A_MINUTE, beats[300].t_s))


def test_following_is_withheld_over_artefacts_and_holes() -> None:
    flagged = _run(_beats(_heart(200), wrong=range(120, 200, 12)), SIX_A_MINUTE)[-1]
    assert flagged.following is None
    assert flagged.reason == "artefacts"
    holed = _run(_beats(_heart(200), gaps_s={160: 6.0}), SIX_A_MINUTE)[-1]
    assert holed.following is None
    assert holed.reason == "gap"
    assert holed.hr_bpm is not None


def test_a_guide_that_begins_again_from_zero_is_noticed() -> None:
    live = LiveMetrics()
    for beat in _beats(_heart(150)):
        metrics = live.push(beat, phase_at(SIX_A_MINUTE, beat.t_s))
    assert metrics.following is not None
    again = BreathSegment(metrics.t_s, SIX_A_MINUTE.pattern)
    later = Beat(metrics.t_s + 0.9, 922)
    assert live.push(later, phase_at(again, later.t_s)).following is None
