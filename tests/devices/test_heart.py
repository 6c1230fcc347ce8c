"""The simulated heart: what it owes to real ones, and that chance has no say twice."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from biofeedback.practice.breath import phase_at
from biofeedback.types import BreathPattern, BreathPhase, BreathSegment
from devices.breathing import BreathTraits
from devices.faults import Fault, FaultKind
from devices.heart import Heart, HeartBeat, HeartTraits

Guide = Callable[[float], BreathPhase | None]

EASE = BreathPattern(4.5, 0.0, 5.5, 0.0)
SLOW = BreathPattern(6.0, 0.0, 7.0, 0.0)
SEEDS = range(32)

STILL = HeartTraits(
    hr_bpm=60.0,
    f0_hz=0.1,
    q=1.5,
    rsa_bpm=6.0,
    mayer_bpm=0.0,
    drift_bpm=0.0,
    jitter=0.0,
    calm_bpm=0.0,
    calm_gain=0.0,
    breath=BreathTraits(willingness=1.0, variability=0.0, delay_s=0.3),
)
"""A heart that nothing but the breath moves."""


def resting(_t_s: float) -> BreathPhase | None:
    return None


def guided(start_s: float, end_s: float, pattern: BreathPattern = EASE) -> Guide:
    segment = BreathSegment(start_s, pattern)
    return lambda t_s: phase_at(segment, t_s) if start_s <= t_s < end_s else None


@dataclass(frozen=True)
class Run:
    t_s: NDArray[np.float64]
    rr_ms: NDArray[np.float64]

    @classmethod
    def of(cls, beats: list[HeartBeat]) -> Run:
        return cls(
            np.array([beat.t_s for beat in beats]),
            np.array([beat.rr_ticks for beat in beats]) * (1000 / 1024),
        )

    def between(self, start_s: float, end_s: float) -> Run:
        inside = (self.t_s >= start_s) & (self.t_s < end_s)
        return Run(self.t_s[inside], self.rr_ms[inside])

    @property
    def hr_bpm(self) -> float:
        return float(60000 / self.rr_ms.mean())

    @property
    def rmssd_ms(self) -> float:
        return float(np.sqrt(np.mean(np.diff(self.rr_ms) ** 2)))

    def sinusoid(self, hz: float) -> tuple[float, float]:
        """Return R^2 and amplitude in bpm of a least-squares sinusoid, after a straight line."""
        middle_s = self.t_s - self.rr_ms / 2000
        hr_bpm = 60000 / self.rr_ms
        line = np.column_stack([np.ones_like(middle_s), middle_s - middle_s.mean()])
        wave = 2 * np.pi * hz * middle_s
        both = np.column_stack([line, np.cos(wave), np.sin(wave)])
        without = hr_bpm - line @ np.linalg.lstsq(line, hr_bpm, rcond=None)[0]
        found = np.linalg.lstsq(both, hr_bpm, rcond=None)[0]
        rest = hr_bpm - both @ found
        return 1 - float(rest.var() / without.var()), math.hypot(found[2], found[3])


@pytest.fixture(scope="module")
def at_rest() -> list[Run]:
    """Nine minutes of doing nothing."""
    return [Run.of(Heart(seed).advance(540, resting)) for seed in SEEDS]


@pytest.fixture(scope="module")
def in_practice() -> list[Run]:
    """Two quiet minutes, five with the guide, two quiet ones."""
    return [Run.of(Heart(seed).advance(540, guided(120, 420))) for seed in SEEDS]


def spread(values: list[float]) -> float:
    return float(np.std(values, ddof=1))


# -------------------------------------------------------------------------- determinism
def test_the_same_seed_and_guide_give_the_same_beats() -> None:
    first, second = (Heart(5).advance(120, guided(20, 90)) for _ in range(2))
    assert first == second
    assert len(first) > 80


def test_another_seed_is_another_heart() -> None:
    assert Heart(5).advance(60, resting) != Heart(6).advance(60, resting)
    assert Heart(5).advance(60, resting) != Heart(-5).advance(60, resting)


def test_beats_do_not_depend_on_how_the_time_is_cut() -> None:
    whole = Heart(2).advance(90, guided(10, 80))
    cut, heart, t_s = [], Heart(2), 0.0
    for step_s in (0.01, 0.5, 1.0, 0.333, 2.7) * 40:
        t_s = min(90.0, t_s + step_s)
        cut += heart.advance(t_s, guided(10, 80))
    assert cut == whole


def test_going_back_in_time_changes_nothing() -> None:
    heart = Heart(2)
    heart.advance(30, resting)
    assert heart.advance(10, resting) == []
    assert heart.now_s == 30


def test_the_guide_is_asked_in_order_and_never_for_the_future() -> None:
    asked: list[float] = []

    def watching(t_s: float) -> BreathPhase | None:
        asked.append(t_s)
        return None

    heart = Heart(1)
    for until_s in (0.5, 1.0, 7.3):
        heart.advance(until_s, watching)
        assert asked[-1] <= until_s
    assert asked == sorted(asked)
    assert asked[0] > 0


# ------------------------------------------------------------------------------- timing
def test_rounding_to_ticks_never_drifts() -> None:
    beats = Heart(4).advance(1800, resting)
    began_s = beats[0].t_s - beats[0].rr_ticks / 1024
    ticks = np.cumsum([beat.rr_ticks for beat in beats])
    error_ticks = ticks - (np.array([beat.t_s for beat in beats]) - began_s) * 1024
    assert np.abs(error_ticks).max() <= 1.5
    assert abs(error_ticks[-200:].mean() - error_ticks[:200].mean()) < 0.2


def test_beats_come_in_order_within_the_time_that_was_asked_for() -> None:
    heart = Heart(3)
    heart.advance(10, resting)
    beats = heart.advance(20, resting)
    times = [beat.t_s for beat in beats]
    assert times == sorted(times)
    assert times[0] > 10
    assert times[-1] <= 20


def test_the_integral_of_the_rate_counts_the_beats() -> None:
    run = Run.of(Heart(1, traits=replace(STILL, rsa_bpm=0.0)).advance(600, resting))
    assert run.rr_ms == pytest.approx(1000.0, abs=1.0)
    assert run.t_s.size == pytest.approx(600, abs=1)


def test_rmssd_of_a_paced_heart_is_that_of_its_sinusoid() -> None:
    run = Run.of(Heart(1, traits=STILL).advance(400, guided(0, 400))).between(100, 400)
    r2, amplitude_bpm = run.sinusoid(0.1)
    rr_s = run.rr_ms.mean() / 1000
    amplitude_ms = amplitude_bpm / run.hr_bpm * run.rr_ms.mean()
    expected_ms = math.sqrt(2) * amplitude_ms * abs(math.sin(math.pi * 0.1 * rr_s))
    assert r2 > 0.93
    assert run.rmssd_ms == pytest.approx(expected_ms, rel=0.1)


# -------------------------------------------------------------------------- the resting heart
def test_resting_hearts_beat_at_rates_of_resting_people(at_rest: list[Run]) -> None:
    rates = [run.hr_bpm for run in at_rest]
    assert min(rates) > 50
    assert max(rates) < 86
    assert spread(rates) > 5


def test_resting_hearts_drift_by_themselves_as_real_ones_do(at_rest: list[Run]) -> None:
    changes = [run.between(420, 540).hr_bpm - run.between(0, 120).hr_bpm for run in at_rest]
    assert 1.5 < spread(changes) < 2.5
    assert abs(np.mean(changes)) < 0.9


def test_resting_variability_is_that_of_adults(at_rest: list[Run]) -> None:
    rmssd_ms = np.median([run.between(0, 300).rmssd_ms for run in at_rest])
    sdnn_ms = np.median([run.between(0, 300).rr_ms.std(ddof=1) for run in at_rest])
    assert 19 < rmssd_ms < 42
    assert 28 < sdnn_ms < 60


def test_without_a_guide_the_heart_follows_the_breath_of_its_own() -> None:
    for per_min in (12.0, 18.0):
        traits = replace(STILL, breath=replace(STILL.breath, rate_per_min=per_min))
        run = Run.of(Heart(1, traits=traits).advance(300, resting))
        r2 = {hz: run.sinusoid(hz)[0] for hz in (0.1, 0.2, 0.3)}
        assert max(r2, key=lambda hz: r2[hz]) == per_min / 60


# --------------------------------------------------------------------- following the guide
def test_following_the_guide_is_visible_with_default_hearts(in_practice: list[Run]) -> None:
    seen = [run.between(200, 300).sinusoid(0.1) for run in in_practice]
    r2 = np.array([r2 for r2, _ in seen])
    amplitude_bpm = np.array([amplitude for _, amplitude in seen])
    assert 0.6 < np.median(r2) < 0.92
    assert np.quantile(r2, 0.1) > 0.3
    assert 4 < np.median(amplitude_bpm) < 8
    assert np.quantile(amplitude_bpm, 0.1) > 2
    assert np.quantile(amplitude_bpm, 0.9) < 12


def test_quiet_minutes_do_not_look_like_following(at_rest: list[Run]) -> None:
    assert np.median([run.between(200, 300).sinusoid(0.1)[0] for run in at_rest]) < 0.3


def test_the_heart_changes_pace_with_the_guide() -> None:
    def changing(t_s: float) -> BreathPhase | None:
        return guided(0, 200, EASE)(t_s) if t_s < 200 else guided(200, 400, SLOW)(t_s)

    run = Run.of(Heart(1, traits=STILL).advance(400, changing))
    for part, hz in ((run.between(30, 200), 0.1), (run.between(230, 400), 1 / 13)):
        other_hz = 1 / 13 if hz == 0.1 else 0.1
        assert part.sinusoid(hz)[0] > 0.85
        assert part.sinusoid(other_hz)[0] < 0.15


def test_the_heart_stops_following_when_the_guide_rests() -> None:
    run = Run.of(Heart(1, traits=STILL).advance(300, guided(0, 150)))
    assert run.between(30, 150).sinusoid(0.1)[0] > 0.85
    assert run.between(180, 300).sinusoid(0.1)[0] < 0.1


def test_the_unwilling_breathe_their_own_way() -> None:
    r2 = {}
    for willingness in (0.0, 0.8, 1.0):
        traits = replace(STILL, breath=replace(STILL.breath, willingness=willingness))
        run = Run.of(Heart(1, traits=traits).advance(300, guided(0, 300)))
        r2[willingness] = run.between(30, 300).sinusoid(0.1)[0]
    assert r2[0.0] < 0.2 < r2[0.8] < r2[1.0]


def test_the_delay_of_the_person_delays_the_heart() -> None:
    peaks_s = []
    for delay_s in (0.2, 1.0):
        traits = replace(STILL, breath=replace(STILL.breath, delay_s=delay_s))
        run = Run.of(Heart(1, traits=traits).advance(400, guided(0, 400))).between(100, 400)
        wave = np.exp(-2j * np.pi * 0.1 * (run.t_s - run.rr_ms / 2000))
        angle = np.angle(np.sum((60000 / run.rr_ms - run.hr_bpm) * wave))
        peaks_s.append(-angle / (2 * np.pi * 0.1))
    assert peaks_s[1] - peaks_s[0] == pytest.approx(0.8, abs=0.2)


def test_breath_near_the_resonance_moves_the_heart_most() -> None:
    swings_bpm = {}
    for cycle_s in (24.0, 10.0, 4.0):
        pattern = BreathPattern(cycle_s / 2, 0.0, cycle_s / 2, 0.0)
        run = Run.of(Heart(1, traits=STILL).advance(300, guided(0, 300, pattern)))
        swings_bpm[cycle_s] = run.between(60, 300).sinusoid(1 / cycle_s)[1]
    assert swings_bpm[10.0] == pytest.approx(STILL.rsa_bpm, rel=0.15)
    assert swings_bpm[24.0] < 0.6 * swings_bpm[10.0]
    assert swings_bpm[4.0] < 0.5 * swings_bpm[10.0]


def test_a_guide_that_starts_again_is_followed_again() -> None:
    def twice(t_s: float) -> BreathPhase | None:
        return guided(0, 100)(t_s) if t_s < 100 else guided(105, 300)(t_s)

    run = Run.of(Heart(1, traits=STILL).advance(300, twice))
    assert run.between(130, 300).sinusoid(0.1)[0] > 0.85


# ---------------------------------------------------------------------------------- calm
def test_a_practice_calms_a_little_on_average_and_some_hearts_rise(
    in_practice: list[Run],
) -> None:
    changes = [run.between(420, 540).hr_bpm - run.between(0, 120).hr_bpm for run in in_practice]
    assert -2.0 < np.mean(changes) < 0.0
    assert sum(change > 0 for change in changes) > 0.15 * len(changes)


def test_calm_is_drawn_around_the_effects_of_the_literature() -> None:
    many = [HeartTraits.draw(seed) for seed in range(2000)]
    people = spread([traits.hr_bpm for traits in many])
    calm_bpm = [traits.calm_bpm for traits in many]
    assert -0.2 < np.mean(calm_bpm) / people < -0.05
    assert 0.15 < np.mean(np.array(calm_bpm) > 0) < 0.4


def test_rmssd_rises_a_little_after_the_practice(
    at_rest: list[Run], in_practice: list[Run]
) -> None:
    people = spread([math.log(run.between(0, 120).rmssd_ms) for run in at_rest])
    rise = np.mean(
        [
            math.log(run.between(420, 540).rmssd_ms / run.between(0, 120).rmssd_ms)
            for run in in_practice
        ]
    )
    assert 0.1 < rise / people < 0.8


def test_the_truth_about_calm_is_what_the_beats_show() -> None:
    traits = replace(STILL, calm_bpm=-6.0)
    heart = Heart(1, traits=traits)
    run = Run.of(heart.advance(600, guided(60, 540)))
    change_bpm = run.between(540, 600).hr_bpm - run.between(0, 60).hr_bpm
    assert -6.0 < heart.calm_now_bpm < -4.5
    assert change_bpm == pytest.approx(heart.calm_now_bpm, abs=0.5)


def test_nothing_calms_without_a_practice() -> None:
    heart = Heart(1)
    heart.advance(300, resting)
    assert heart.calm_now_bpm == 0.0


# -------------------------------------------------------------------------------- faults
FLAT = replace(STILL, rsa_bpm=0.0)


def flat_with(*faults: Fault) -> list[int]:
    return [beat.rr_ticks for beat in Heart(1, traits=FLAT, faults=faults).advance(20, resting)]


def unusual(ticks: list[int]) -> list[int]:
    return [t for t in ticks if abs(t - 1024) > 1]


def test_an_ectopic_beat_comes_early_and_a_pause_makes_up_for_it() -> None:
    early, pause = unusual(flat_with(Fault(8.0, FaultKind.ECTOPIC)))
    assert early == pytest.approx(0.65 * 1024, abs=2)
    assert early + pause == pytest.approx(2048, abs=2)


def test_a_missed_beat_joins_two_intervals() -> None:
    assert unusual(flat_with(Fault(8.0, FaultKind.MISSED))) == [pytest.approx(2048, abs=2)]


def test_an_extra_beat_splits_an_interval() -> None:
    first, second = unusual(flat_with(Fault(8.0, FaultKind.EXTRA)))
    assert first + second == pytest.approx(1024, abs=2)


def test_faults_happen_once_each_at_the_first_beat_after_their_time() -> None:
    faults = tuple(Fault(t_s, FaultKind.MISSED) for t_s in (12.0, 4.0, 4.1))
    beats = Heart(1, traits=FLAT, faults=faults).advance(20, resting)
    long = [beat for beat in beats if beat.rr_ticks > 2000]
    assert [round(beat.rr_ticks / 1024) for beat in long] == [3, 2]
    assert 4 <= long[0].t_s - long[0].rr_ticks / 1024 + 1 <= 5.1


@pytest.mark.parametrize(
    "wrong",
    [{"t_s": math.nan}, {"duration_s": -1.0}, {"duration_s": math.inf}, {"battery_pct": 101}],
)
def test_a_fault_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"fault|battery"):
        replace(Fault(1.0, FaultKind.BATTERY), **wrong)  # type: ignore[arg-type]
