"""Breath out of the accelerometer: right on simulated chests, refused on noise and movement."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from biofeedback.pmd import AccFrame, decode_frame, encode_frame
from biofeedback.ports import Guide
from biofeedback.practice.breath import continued, phase_at
from biofeedback.sensing import ChestBreath
from biofeedback.signals.chest_breath import (
    MIN_S,
    ChestBreathTracker,
    ChestFrames,
    chest_breaths,
)
from biofeedback.types import BreathPattern, BreathPhase, BreathSegment, SensorFrame, SensorStream
from devices.breathing import BreathTraits
from devices.h10_wave import H10Wave, WaveTraits
from devices.heart import HeartTraits

FloatArray = np.ndarray
SEEDS = range(30)
RATES = [4 + 16 * seed / 29 for seed in SEEDS]
WILLING = BreathTraits(willingness=1.0, delay_s=0.4)


def resting(t_s: float) -> None:
    return None


def pacing(rate_per_min: float) -> Guide:
    """A guide at this pace, a little longer out than in."""
    cycle_s = 60 / rate_per_min
    segment = BreathSegment(0.0, BreathPattern(0.45 * cycle_s, 0.0, 0.55 * cycle_s, 0.0))
    return lambda t_s: phase_at(segment, t_s)


def frames(
    seed: int,
    seconds: int,
    guide: Guide = resting,
    *,
    breath: BreathTraits = WILLING,
    traits: WaveTraits | None = None,
) -> list[SensorFrame]:
    wave = H10Wave(seed, breath, traits=traits)
    sent = [frame for second in range(1, seconds + 1) for frame in wave.advance(second, [], guide)]
    return [frame for frame in sent if frame.stream is SensorStream.ACC]


def samples(sent: list[SensorFrame]) -> tuple[FloatArray, FloatArray]:
    """When samples were truly taken, and what they say."""
    read = [decode_frame(frame.payload) for frame in sent]
    acc = [mg for one in read if isinstance(one, AccFrame) for mg in one.samples_mg]
    return np.arange(len(acc)) / 50, np.array(acc, dtype=np.float64)


def noise(seed: int, seconds: int, tau_s: float, sway_mg: float) -> tuple[FloatArray, FloatArray]:
    """Gravity, white noise, and sway along one direction that forgets itself in ``tau_s``."""
    chance = np.random.default_rng(seed)
    n = 50 * seconds
    keep = math.exp(-1 / (50 * tau_s))
    kicks = chance.standard_normal(n) * sway_mg * math.sqrt(1 - keep * keep)
    sway = np.zeros(n)
    for i in range(1, n):
        sway[i] = keep * sway[i - 1] + kicks[i]
    acc = np.array([0.0, 980.0, 190.0]) + 4 * chance.standard_normal((n, 3))
    return np.arange(n) / 50, np.rint(acc + sway[:, None] * np.array([0.2, 0.5, 0.84]))


def rates(looks: list[ChestBreath]) -> list[float]:
    return [look.rate_per_min for look in looks if look.rate_per_min is not None]


# ------------------------------------------------------------------------------- the rate
@pytest.mark.parametrize(("seed", "rate_per_min"), list(zip(SEEDS, RATES, strict=True)))
def test_the_rate_is_within_half_a_breath_a_minute(seed: int, rate_per_min: float) -> None:
    breath_mg = (6.0, 12.0, 25.0)[seed % 3]
    guide = pacing(rate_per_min)
    sent = frames(seed, 72, guide, traits=WaveTraits(breath_mg=breath_mg))
    tracker = ChestFrames()
    late = [look for frame in sent for look in tracker.step(frame) if look.t_s > 62]
    assert len(late) >= 8
    assert rates(late) == pytest.approx([rate_per_min] * len(late), abs=0.5)


def test_breathing_by_oneself_is_followed_most_of_the_time() -> None:
    """The truth is the breath's own count over what the look saw."""
    errors, refused, n = [], 0, 0
    for seed in range(5):
        breath = HeartTraits.draw(seed).breath
        sent = frames(seed, 80, breath=breath)
        t_s, acc_mg = samples(sent)
        for look in chest_breaths(t_s, acc_mg):
            if look.t_s < 45:
                continue
            n += 1
            if look.rate_per_min is None:
                refused += 1
            else:
                errors.append(look.rate_per_min / breath.rate_per_min - 1)
    assert refused / n < 0.05
    assert np.median(np.abs(errors)) < 0.12


def test_breath_by_oneself_is_counted_as_the_lungs_moved() -> None:
    chance = random.Random(4)
    # Breaths of 3.4 to 4.6 s, joined without a jump.
    turns_s = [0.0]
    while turns_s[-1] < 80:
        turns_s.append(turns_s[-1] + chance.uniform(3.4, 4.6))
    t_s = np.arange(75 * 50) / 50
    cycles = np.interp(t_s, turns_s, np.arange(len(turns_s)))
    acc = np.array([0.0, 980.0, 190.0]) - 12 * np.cos(2 * math.pi * cycles)[:, None] * (0, 0.4, 0.9)
    acc += 4 * np.random.default_rng(1).standard_normal(acc.shape)
    last = chest_breaths(t_s, acc)[-1]
    assert last.rate_per_min is not None
    seen_s = 10 / (last.rate_per_min / 60)
    # A look weighs the middle of what it sees most.
    seen = cycles[(t_s >= last.t_s - seen_s) & (t_s <= last.t_s)]
    weights = np.hanning(seen.size - 1) ** 2
    counted = float((np.diff(seen) * weights).sum() / weights.sum()) * 50 * 60
    assert last.rate_per_min == pytest.approx(counted, abs=0.5)
    assert last.amplitude_mg == pytest.approx(12 * math.hypot(0.4, 0.9), rel=0.15)


@pytest.mark.parametrize("pattern", [(4, 4, 4, 4), (3, 0, 7, 0), (5, 0, 5, 2)], ids=str)
def test_holds_and_long_breaths_out_change_nothing(pattern: tuple[int, int, int, int]) -> None:
    segment = BreathSegment(0.0, BreathPattern(*map(float, pattern)))
    t_s, acc_mg = samples(frames(2, 80, lambda t_s: phase_at(segment, t_s)))
    late = [look for look in chest_breaths(t_s, acc_mg) if look.t_s > 62]
    assert rates(late) == pytest.approx([60 / sum(pattern)] * len(late), abs=0.5)


def test_after_a_change_of_pace_the_new_one_is_found() -> None:
    first = BreathSegment(0.0, BreathPattern(1.8, 0.0, 2.2, 0.0))
    then = continued(first, 60.0, BreathPattern(4.5, 0.0, 5.5, 0.0))

    def guide(t_s: float) -> BreathPhase:
        return phase_at(first if t_s < 60 else then, t_s)

    t_s, acc_mg = samples(frames(2, 130, guide))
    looks = chest_breaths(t_s, acc_mg)
    assert rates(looks[50:58]) == pytest.approx([15] * 8, abs=0.5)
    assert rates(looks[-8:]) == pytest.approx([6] * 8, abs=0.5)


# ------------------------------------------------------------------------------- refusals
@pytest.mark.parametrize("sway_mg", [0.0, 3.0, 10.0, 25.0])
def test_noise_and_sway_are_not_called_breath(sway_mg: float) -> None:
    looks = [
        look
        for seed in range(5)
        for tau_s in (2.0, 12.0)
        for look in chest_breaths(*noise(seed, 75, tau_s, sway_mg))
        if look.reason != "short"
    ]
    assert len(looks) > 300
    # Looks a second apart see nearly the same: one false one seldom comes alone.
    assert len(rates(looks)) / len(looks) <= 0.015
    assert {look.reason for look in looks} <= {"", "unclear", "movement"}


@pytest.mark.parametrize("seed", range(4))
def test_a_chest_that_does_not_move_gives_no_rate(seed: int) -> None:
    t_s, acc_mg = samples(frames(seed, 70, traits=WaveTraits(breath_mg=0.0)))
    assert rates(chest_breaths(t_s, acc_mg)) == []


def test_a_strap_on_a_table_gives_no_rate() -> None:
    t_s = np.arange(3500) / 50
    looks = chest_breaths(t_s, np.tile([1.0, -2.0, 1004.0], (3500, 1)))
    assert {look.reason for look in looks} == {"short", "unclear"}


def test_walking_is_movement() -> None:
    t_s = np.arange(3500) / 50
    steps = np.sin(2 * math.pi * 1.8 * t_s)[:, None] * (60.0, 200.0, 120.0)
    looks = chest_breaths(t_s, np.array([0.0, 980.0, 190.0]) + steps)
    assert {look.reason for look in looks} == {"movement"}


def test_who_moves_gets_no_rate_until_half_a_minute_of_sitting_still() -> None:
    t_s, acc_mg = samples(frames(1, 130, pacing(10)))
    acc_mg[50 * 60 : 50 * 62] += 200 * np.random.default_rng(1).standard_normal((100, 3))
    looks = chest_breaths(t_s, acc_mg)
    by_time = {round(look.t_s): look for look in looks}
    assert by_time[58].rate_per_min == pytest.approx(10, abs=0.5)
    assert {by_time[second].reason for second in range(61, 62 + int(MIN_S))} == {"movement"}
    assert by_time[100].rate_per_min == pytest.approx(10, abs=0.5)


def test_who_leans_back_moves() -> None:
    t_s, acc_mg = samples(frames(1, 75, pacing(10)))
    acc_mg[50 * 50 :] += (0.0, -60.0, 150.0)
    looks = chest_breaths(t_s, acc_mg)
    assert looks[-1].reason == "movement"
    assert looks[40].rate_per_min is not None


def test_who_leans_slowly_moves_too() -> None:
    t_s, acc_mg = samples(frames(1, 75, pacing(10)))
    acc_mg += np.interp(t_s, (50, 52), (0, 1))[:, None] * (0.0, -90.0, 220.0)
    assert chest_breaths(t_s, acc_mg)[-1].reason == "movement"


def test_a_regular_tremble_of_the_desk_is_no_breath() -> None:
    t_s = np.arange(3000) / 50
    tremble = 0.9 * np.sin(2 * math.pi * 0.2 * t_s)[:, None] * (0.0, 0.0, 1.0)
    looks = chest_breaths(t_s, np.array([0.0, 0.0, 1000.0]) + tremble)
    assert {look.reason for look in looks} == {"short", "unclear"}
    assert looks[-1].confidence > 0.9
    assert looks[-1].amplitude_mg == 0.0


def test_a_restless_person_gets_hardly_any_rate_and_never_a_wrong_one() -> None:
    for seed in range(4):
        t_s, acc_mg = samples(frames(seed, 90, pacing(6), traits=WaveTraits(restless_mg=150.0)))
        found = rates(chest_breaths(t_s, acc_mg))
        assert found == pytest.approx([6.0] * len(found), abs=0.5)


def test_too_little_is_short() -> None:
    t_s, acc_mg = samples(frames(1, 31, pacing(10)))
    looks = chest_breaths(t_s[: 50 * 29], acc_mg[: 50 * 29])
    assert looks
    assert {look.reason for look in looks} == {"short"}
    assert {look.confidence for look in looks} == {0.0}
    assert chest_breaths(t_s[:0], acc_mg[:0]) == []


def test_a_hole_is_not_bridged() -> None:
    t_s, acc_mg = samples(frames(1, 90, pacing(10)))
    keep = (t_s < 45) | (t_s >= 46)
    by_time = {round(look.t_s): look for look in chest_breaths(t_s[keep], acc_mg[keep])}
    assert by_time[44].rate_per_min is not None
    assert by_time[50].reason == by_time[74].reason == "short"
    assert by_time[80].rate_per_min is not None


# ------------------------------------------------------------------------------ the guide
def test_who_breathes_with_the_guide_agrees_with_it() -> None:
    guide = pacing(6)
    for seed in range(3):
        t_s, acc_mg = samples(frames(seed, 75, guide))
        last = chest_breaths(t_s, acc_mg, guide)[-1]
        assert last.agreement is not None
        assert last.agreement.locking > 0.95
        assert last.agreement.share > 0.85
        # The person takes 0.4 s and a little, the lungs 0.3 s.
        assert last.agreement.lag_s == pytest.approx(0.8, abs=0.25)


def test_who_breathes_alone_does_not_agree() -> None:
    guide = pacing(6)
    alone = BreathTraits(rate_per_min=14.0, willingness=0.0)
    looks = []
    for seed in range(3):
        t_s, acc_mg = samples(frames(seed, 75, guide, breath=alone))
        looks += [look.agreement for look in chest_breaths(t_s, acc_mg, guide) if look.agreement]
    assert len(looks) > 60
    assert np.percentile([look.share for look in looks], 95) < 0.1
    assert np.median([look.locking for look in looks]) < 0.6


def test_without_a_guide_there_is_no_agreement_and_with_one_that_rests_neither() -> None:
    t_s, acc_mg = samples(frames(1, 50, pacing(10)))
    for looks in (chest_breaths(t_s, acc_mg), chest_breaths(t_s, acc_mg, resting)):
        assert [look.agreement for look in looks] == [None] * len(looks)
        assert looks[-1].rate_per_min is not None


@pytest.mark.parametrize("upside_down", [False, True])
def test_the_guide_tells_in_from_out_however_the_strap_is_worn(upside_down: bool) -> None:
    guide = pacing(6)
    t_s, acc_mg = samples(frames(1, 75, guide))
    if upside_down:
        acc_mg = acc_mg * (-1.0, -1.0, -1.0)
    last = chest_breaths(t_s, acc_mg, guide)[-1]
    phase = guide(last.t_s)
    assert phase is not None
    assert last.phase_cycles is not None
    behind = (phase.cycles - last.phase_cycles + 0.5) % 1.0 - 0.5
    # 0.8 s of 10 s behind; an even rise and fall stands for a breath that is longer out.
    assert behind == pytest.approx(0.05, abs=0.06)


def test_the_agreement_goes_on_through_a_change_of_pace() -> None:
    first = BreathSegment(0.0, BreathPattern(3.0, 0.0, 4.0, 0.0))
    then = continued(first, 63.0, BreathPattern(4.5, 0.0, 5.5, 0.0))

    def guide(t_s: float) -> BreathPhase:
        return phase_at(first if t_s < 63 else then, t_s)

    t_s, acc_mg = samples(frames(2, 110, guide))
    agreements = [look.agreement for look in chest_breaths(t_s, acc_mg, guide)[40:]]
    assert all(one is not None and one.locking > 0.85 for one in agreements)


# ------------------------------------------------------------------------ live, and frames
@pytest.mark.parametrize("size", [1, 36, 1000])
def test_live_looks_are_those_of_the_recording_to_the_last_bit(size: int) -> None:
    guide = pacing(6)
    t_s, acc_mg = samples(frames(3, 45, guide))
    tracker = ChestBreathTracker(guide)
    live = [
        look
        for at in range(0, t_s.size, size)
        for look in tracker.push(t_s[at : at + size], acc_mg[at : at + size])
    ]
    assert live == chest_breaths(t_s, acc_mg, guide)
    assert [look.t_s for look in live] == [float(second) for second in range(1, 45)]


def test_the_guide_is_never_asked_beyond_the_newest_sample() -> None:
    asked: list[float] = []
    newest_s = 0.0

    def guide(t_s: float) -> BreathPhase:
        assert t_s <= newest_s
        asked.append(t_s)
        return phase_at(BreathSegment(0.0, BreathPattern(4.0, 0.0, 6.0, 0.0)), t_s)

    t_s, acc_mg = samples(frames(3, 20))
    tracker = ChestBreathTracker(guide)
    for at in range(0, t_s.size, 36):
        newest_s = float(t_s[at : at + 36][-1])
        tracker.push(t_s[at : at + 36], acc_mg[at : at + 36])
    assert asked == sorted(set(asked))
    assert len(asked) > 60


def test_frames_that_cannot_be_read_and_those_of_the_ecg_are_passed_over() -> None:
    tracker = ChestFrames()
    assert tracker.step(SensorFrame(0.0, SensorStream.ECG, b"\x00")) == []
    assert tracker.step(SensorFrame(0.0, SensorStream.ACC, b"")) == []
    ecg_in_disguise = b"\x00" + bytes(9) + b"\x01\x02\x03"
    assert tracker.step(SensorFrame(0.0, SensorStream.ACC, ecg_in_disguise)) == []


def test_a_lost_frame_or_link_begins_anew() -> None:
    sent = frames(1, 80, pacing(10))
    for gap in ("frame", "link", "twice"):
        tracker = ChestFrames()
        looks: list[ChestBreath] = []
        for i, frame in enumerate(sent):
            if i == 60:
                if gap == "frame":
                    continue
                if gap == "link":
                    tracker.gap()
                else:
                    looks += tracker.step(frame)
            looks += tracker.step(frame)
        after = [look for look in looks if 47 < look.t_s < 70]
        if gap == "twice":
            assert len(rates(after)) == len(after)
        else:
            assert {look.reason for look in after} == {"short"}
        assert looks[-1].rate_per_min is not None


def test_times_that_fall_and_shapes_that_differ_are_refused() -> None:
    tracker = ChestBreathTracker()
    tracker.push(np.array([1.0, 1.02]), np.zeros((2, 3)))
    with pytest.raises(ValueError, match="rise"):
        tracker.push(np.array([1.02]), np.zeros((1, 3)))
    with pytest.raises(ValueError, match="x, y and z"):
        tracker.push(np.array([2.0]), np.zeros((2, 3)))


def test_compressed_frames_tell_the_same() -> None:
    sent = frames(1, 40, pacing(10))
    plain, compressed = ChestFrames(), ChestFrames()
    for frame in sent:
        one = decode_frame(frame.payload)
        small = SensorFrame(frame.t_s, frame.stream, encode_frame(one, compressed=True))
        assert compressed.step(small) == plain.step(frame)
