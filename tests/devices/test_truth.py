"""What is measured, held against what really happened in simulated hearts."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from biofeedback.practice.breath import phase_at
from biofeedback.signals.calm import CalmAnswer
from biofeedback.types import BreathPattern, BreathPhase, BreathSegment, Packet
from devices.clock import VirtualClock
from devices.faults import Fault, FaultKind
from devices.h10_wave import H10Wave
from devices.heart import Heart, HeartTraits
from devices.simulator import SimulatedSource
from devices.truth import Truth
from tests.calibration.simulated import followed, resonance_per_min, verdict, without_noise

SEGMENT = BreathSegment(10.0, BreathPattern(4.5, 0.0, 5.5, 0.0))


def guide(t_s: float) -> BreathPhase | None:
    return phase_at(SEGMENT, t_s) if t_s >= 10 else None


def lived(seed: int, end_s: float, *faults: Fault) -> tuple[Truth, list[float]]:
    """Return the truth, and when the strap saw beats."""
    truth = Truth()
    beats = Heart(seed, faults=faults, truth=truth).advance(end_s, guide)
    return truth, [beat.t_s for beat in beats]


# ------------------------------------------------------------------------- what is true
def test_true_beats_are_those_that_were_seen_where_nothing_went_wrong() -> None:
    truth, seen = lived(3, 60)
    assert truth.beats_s[-len(seen) :] == seen
    assert len(truth.beats_s) - len(seen) <= 1


def test_a_missed_beat_is_true_and_an_extra_one_is_not() -> None:
    truth, _ = lived(3, 60)
    missing, seen = lived(3, 60, Fault(20.0, FaultKind.MISSED), Fault(30.0, FaultKind.MISSED))
    assert missing.beats_s == truth.beats_s
    assert len(set(missing.beats_s) - set(seen)) <= 3
    extra, seen = lived(3, 60, Fault(20.0, FaultKind.EXTRA))
    assert extra.beats_s == truth.beats_s
    assert len(set(seen) - set(extra.beats_s)) == 1


def test_an_ectopic_beat_is_true_and_blocks_the_next() -> None:
    truth, _ = lived(3, 60)
    ectopic, seen = lived(3, 60, Fault(20.0, FaultKind.ECTOPIC))
    assert ectopic.beats_s[-len(seen) :] == seen
    assert len(ectopic.beats_s) == len(truth.beats_s)
    assert len(set(ectopic.beats_s) - set(truth.beats_s)) == 1


def test_the_true_breath_is_that_which_the_strap_feels() -> None:
    truth = Truth()
    traits = HeartTraits.draw(5)
    beats = Heart(5, traits=traits, truth=truth).advance(20, guide)
    wave = H10Wave(5, traits.breath)
    wave.advance(20.0, beats, guide)
    at_s = np.array(truth.t_s[-64:])
    assert wave.lungs_at(at_s) == pytest.approx(np.array(truth.lungs[-64:]))


def test_the_true_breath_follows_the_guide_as_often_as_the_person_is_willing() -> None:
    truth = Truth()
    traits = HeartTraits.draw(5)
    Heart(5, traits=traits, truth=truth).advance(1200, guide)
    share = float(np.mean(truth.follows[20 * 32 :]))
    assert share == pytest.approx(traits.breath.willingness, abs=0.12)


def test_keeping_the_truth_changes_nothing() -> None:
    assert Heart(3, truth=Truth()).advance(60, guide) == Heart(3).advance(60, guide)


def test_a_source_keeps_it_too() -> None:
    truth = Truth()

    async def run() -> float:
        source = SimulatedSource(VirtualClock(), guide, 3, truth=truth)
        stream = source.events()
        async for event in stream:
            if isinstance(event, Packet) and event.t_s > 30:
                break
        await stream.aclose()
        return source.calm_now_bpm

    calm = asyncio.run(run())
    assert truth.calm_bpm[-1] == calm
    assert len(truth.beats_s) > 25


# ----------------------------------------------------------------- recovered from the heart
@pytest.mark.parametrize("seed", [2, 5, 11, 13, 14, 104])
def test_with_noise_off_the_resonance_is_recovered_to_a_tenth_of_a_breath(seed: int) -> None:
    traits = HeartTraits.draw(seed)
    found = resonance_per_min(seed, without_noise(traits))
    assert abs(found - 60 * traits.f0_hz) <= 0.1


def test_with_noise_following_is_said_of_those_who_follow_and_of_nobody_else() -> None:
    seeds = range(300, 305)
    drawn = [HeartTraits.draw(seed) for seed in seeds]
    said = [followed(seed, one).said for seed, one in zip(seeds, drawn, strict=True)]
    assert np.mean(said) >= 0.8
    by_themselves = [replace(one, breath=replace(one.breath, willingness=0.0)) for one in drawn]
    alone = [followed(seed, one).said for seed, one in zip(seeds, by_themselves, strict=True)]
    assert np.mean(alone) <= 0.05


def test_with_noise_the_verdict_is_seldom_wrong_and_finds_most_falls() -> None:
    # So few hearts only catch what is broken; the rates are measured over 200 (docs/simulated.md).
    seeds = range(300, 308)
    wrong = {CalmAnswer.CALMER, CalmAnswer.MORE_ACTIVE}
    assert sum(verdict(seed, 0.0) in wrong for seed in seeds) <= 2
    assert sum(verdict(seed, -5.0) is CalmAnswer.CALMER for seed in seeds) >= 4
