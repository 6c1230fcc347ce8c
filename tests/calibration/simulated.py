"""Hold what is measured against the truth of simulated hearts:
``python -m tests.calibration.simulated``.

Prints the table of docs/simulated.md; ``--write`` puts it there. Each heart is one of 200 people
(`HeartTraits.draw`), its intervals as a strap sends them.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from biofeedback.practice.breath import phase_at
from biofeedback.signals.calm import CalmAnswer, calm_verdict
from biofeedback.signals.causal_batch import causal_flags
from biofeedback.signals.following import following, keeps_to_guide, locking_surrogates
from biofeedback.signals.resonance_response import PacedStretch, response
from biofeedback.signals.series import NNSeries
from biofeedback.types import FOLLOWS_R2, BeatFlag, BreathPattern, BreathPhase, BreathSegment
from devices.heart import Heart, HeartTraits
from devices.truth import Truth

Array = NDArray[np.float64]

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "simulated.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"

PACES_PER_MIN = (4.5, 5.0, 5.5, 6.0, 6.5, 7.0, 7.5)
SETTLING_S, STEP_S = 40.0, 110.0
QUIET_S, GUIDED_S = 120.0, 300.0
EASE = BreathPattern(4.5, 0.0, 5.5, 0.0)
DROP_BPM = 5.0


# ------------------------------------------------------------------------------ resonance
def without_noise(traits: HeartTraits) -> HeartTraits:
    """Leave nothing but the resonance and an even breath that keeps to the guide."""
    even = replace(traits.breath, willingness=1.0, variability=0.0, unevenness=0.0)
    return replace(
        traits, mayer_bpm=0.0, drift_bpm=0.0, jitter=0.0, calm_bpm=0.0, calm_gain=0.0, breath=even
    )


def resonance_per_min(seed: int, traits: HeartTraits) -> float:
    """Recover the resonance from how far the heart swings at each pace for its true breath."""
    gains = np.log([_gain(seed, pace, traits) for pace in PACES_PER_MIN])
    paces = np.array(PACES_PER_MIN)

    def misses(guess: Array) -> Array:
        f0_per_min, q, height = guess
        off = paces / f0_per_min - f0_per_min / paces
        return np.asarray(height - 0.5 * np.log1p((q * off) ** 2) - gains)

    found = least_squares(misses, [5.75, 1.5, float(gains.max())])
    return float(found.x[0])


def _gain(seed: int, pace_per_min: float, traits: HeartTraits) -> float:
    cycle_s = 60 / pace_per_min
    segment = BreathSegment(0.0, BreathPattern(0.45 * cycle_s, 0.0, 0.55 * cycle_s, 0.0))
    truth = Truth()
    heart = Heart(seed, traits=traits, truth=truth)
    end_s = SETTLING_S + STEP_S
    series = _series(heart, heart_beats_until(heart, end_s, segment)).between(SETTLING_S, end_s)
    told = response(PacedStretch(pace_per_min, series, series.t_s * pace_per_min / 60))
    assert told is not None
    hz = pace_per_min / 60
    t_s, lungs = np.array(truth.t_s), np.array(truth.lungs)
    whole = (t_s > SETTLING_S) & (t_s <= SETTLING_S + math.floor(STEP_S * hz) / hz)
    breath = 2 * abs(np.mean(lungs[whole] * np.exp(-2j * np.pi * hz * t_s[whole])))
    # An interval holds the mean rate over its length, which makes a wave a little flatter.
    flattened = float(np.sinc(hz * series.nn_ms.mean() / 1000))
    return float(told.swing_bpm / breath / flattened)


# ------------------------------------------------------------------------ following, calm
@dataclass(frozen=True, slots=True)
class Followed:
    """Shares of the moments of a guided stretch, 0..1.

    Attributes
    ----------
    said
        'Your heart follows your breath' would be said.
    locked
        The heart keeps to the guide beyond chance (`keeps_to_guide`).
    """

    said: float
    locked: float


def followed(seed: int, traits: HeartTraits) -> Followed:
    """Look once a breath at how the heart follows, from the eighth breath of the guide on."""
    segment = BreathSegment(0.0, EASE)
    heart = Heart(seed, traits=traits)
    series = _series(heart, heart_beats_until(heart, GUIDED_S, segment))
    hr_bpm = 60000 / series.nn_ms
    cycles = np.array([phase_at(segment, t_s).cycles for t_s in series.t_s.tolist()])
    said, locked, n = 0, 0, 0
    for breath in range(9, math.floor(GUIDED_S / EASE.cycle_s)):
        part = (cycles > breath - 8.5) & (cycles <= breath)
        found = following(series.t_s[part], hr_bpm[part], cycles[part])
        if found is None:
            continue
        shifted = locking_surrogates(hr_bpm[part], cycles[part])
        n += 1
        said += found.r2 >= FOLLOWS_R2
        locked += shifted is not None and keeps_to_guide(found, shifted)
    return Followed(said / n, locked / n) if n else Followed(0.0, 0.0)


def verdict(seed: int, change_bpm: float, traits: HeartTraits | None = None) -> CalmAnswer:
    """Judge a practice (2 min quiet, 5 min guided, 2 min quiet) that changed the heart so far."""
    drawn = HeartTraits.draw(seed) if traits is None else traits
    share = _calmed_share(seed, drawn) if change_bpm else 1.0
    person = replace(drawn, calm_bpm=change_bpm / share, calm_gain=0.0)
    heart = Heart(seed, traits=person)
    segment = BreathSegment(QUIET_S, EASE)
    series = _series(heart, heart_beats_until(heart, 2 * QUIET_S + GUIDED_S, segment))
    before = series.between(0.0, QUIET_S)
    after = series.between(QUIET_S + GUIDED_S, 2 * QUIET_S + GUIDED_S)
    return calm_verdict(before, after).answer


def _calmed_share(seed: int, traits: HeartTraits) -> float:
    """Return how much of a person's change holds in the quiet time after, in the mean."""
    truth = Truth()
    heart = Heart(seed, traits=replace(traits, calm_bpm=1.0), truth=truth)
    heart_beats_until(heart, 2 * QUIET_S + GUIDED_S, BreathSegment(QUIET_S, EASE))
    after = np.array(truth.t_s) > QUIET_S + GUIDED_S
    return float(np.array(truth.calm_bpm)[after].mean())


# -------------------------------------------------------------------------------- hearing
Beats = tuple[Array, Array]


def heart_beats_until(heart: Heart, end_s: float, segment: BreathSegment) -> Beats:
    """Return times in s and intervals in ms; the guide runs for `GUIDED_S` at most."""

    def guide(t_s: float) -> BreathPhase | None:
        inside = segment.start_s <= t_s < segment.start_s + GUIDED_S
        return phase_at(segment, t_s) if inside else None

    beats = heart.advance(end_s, guide)
    rr_ms = np.array([beat.rr_ticks for beat in beats]) * 1000 / 1024
    return np.array([beat.t_s for beat in beats]), rr_ms


def _series(heart: Heart, beats: Beats) -> NNSeries:
    t_s, rr_ms = beats
    keep = np.array([flag is BeatFlag.NORMAL for flag in causal_flags(rr_ms)])
    return NNSeries.from_rr(rr_ms, keep=keep, t_s=t_s)


# ---------------------------------------------------------------------------------- table
def table(seeds: Sequence[int]) -> str:
    """Measure everything and write it as markdown."""
    n = len(seeds)
    drawn = {seed: HeartTraits.draw(seed) for seed in seeds}
    errors = np.array(
        [
            resonance_per_min(seed, without_noise(one)) - 60 * one.f0_hz
            for seed, one in drawn.items()
        ]
    )
    willing = [followed(seed, one) for seed, one in drawn.items()]
    alone = [
        followed(seed, replace(one, breath=replace(one.breath, willingness=0.0)))
        for seed, one in drawn.items()
    ]
    nothing = [verdict(seed, 0.0) for seed in seeds]
    fallen = [verdict(seed, -DROP_BPM) for seed in seeds]
    wrong = sum(answer in (CalmAnswer.CALMER, CalmAnswer.MORE_ACTIVE) for answer in nothing)
    found = sum(answer is CalmAnswer.CALMER for answer in fallen)

    def percent(values: Sequence[float]) -> str:
        return f"{100 * float(np.mean(values)):.1f} %"

    rows = [
        ("resonance recovered, noise off: within 0.1 breaths/min of the truth", "all",
         percent((np.abs(errors) <= 0.1).astype(float).tolist())),
        ("the same: largest error in breaths/min", "0.1", f"{np.abs(errors).max():.2f}"),
        ("'your heart follows' said, moments of people who follow 75 to 99 % of breaths", "",
         percent([one.said for one in willing])),
        ("the same said of people who breathe by themselves", "<= 5 %",
         percent([one.said for one in alone])),
        ("keeps to the guide beyond chance, people who follow", "",
         percent([one.locked for one in willing])),
        ("the same, people who breathe by themselves", "<= 5 %",
         percent([one.locked for one in alone])),
        ("verdict wrong though nothing changed (calmer or more active)", "<= 5 %",
         percent([wrong / n])),
        ("verdict 'calmer' after a true fall of 5 beats/min", ">= 80 %", percent([found / n])),
    ]  # fmt: skip
    lines = [f"| over {n} hearts | target | measured |", "|---|---|---|"]
    lines += [f"| {what} | {target} | {measured} |" for what, target, measured in rows]
    return "\n".join(lines)


def main() -> None:
    """Print the table, and put it into the page if asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.calibration.simulated")
    parser.add_argument("--hearts", type=int, default=200, help="how many (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the first heart (default 1)")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.name}")
    given = parser.parse_args()
    text = table(range(given.seed, given.seed + given.hearts))
    print(text)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        head, rest = page.split(BEGIN)
        tail = rest.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
