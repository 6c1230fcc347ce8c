"""What an H10 on a simulated chest would send beside its heart rate: ECG and acceleration.

The ECG is drawn around the simulated beats: each of its five waves a Gaussian (after McSharry
2003, without the oscillator). It shows what the strap's own detector saw, an extra beat
included, and nothing where a beat was missed. The accelerometer feels gravity, the breath that
tilts the strap, the knock of each beat, slow sway and noise; a restless person moves.

All of it comes as the bytes of real frames. Seeded: the same seed, the same frames, however the
time is cut into calls.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from biofeedback.pmd import ECG_RATE_HZ, MG_MAX, MG_MIN, AccFrame, EcgFrame, encode_frame
from biofeedback.ports import Guide
from biofeedback.types import TICKS_PER_S, SensorFrame, SensorStream
from devices.breathing import Breather, BreathTraits
from devices.heart import STEPS_PER_S, WARM_UP_S, HeartBeat

FloatArray = NDArray[np.float64]

ACC_RATE_HZ = 50.0
ECG_SAMPLES, ACC_SAMPLES = 73, 36
"""Samples of a frame, as an H10 fills them."""

DELAY_S = 0.3
"""From a frame's last sample to its arrival. A beat's first wave comes before the beat, so that
no sample can be drawn sooner."""

_JITTER_S = 0.06
_LOOK_AHEAD_S = 0.25
_FORGET_BEATS_S = 2.0
_SWAY_KEEPS = math.exp(-1 / 30.0)
_SENSOR_START_NS = 599_616_000_000_000_000
"""1 January 2019: where the clock of an H10 begins."""

# Delay after the beat in s (at an interval of 1 s), height as a share of R, width (SD) in s, and
# whether the delay grows with the root of the interval, as the QT interval does (Bazett 1920).
_WAVES = (
    (-0.170, 0.12, 0.024, True),
    (-0.030, -0.09, 0.009, False),
    (0.000, 1.00, 0.011, False),
    (0.031, -0.20, 0.010, False),
    (0.290, 0.27, 0.048, True),
)


@dataclass(frozen=True, slots=True)
class WaveTraits:
    """What is the strap's, its seat's and the person's own.

    Attributes
    ----------
    r_uv
        Height of the R wave, in microvolts.
    ecg_noise_uv
        Standard deviation of the ECG's noise.
    wander_uv
        How far the breath moves the ECG's base line.
    breath_mg
        How far a breath of depth 1 moves the accelerometer, half of peak to trough.
    knock_mg
        Height of the vibration that a beat makes.
    sway_mg
        Standard deviation of the slow sway of a person who sits still.
    acc_noise_mg
        Standard deviation of the accelerometer's noise.
    restless_mg
        How far a restless person moves, every ten seconds or so; 0: not at all.
    """

    r_uv: float = 950.0
    ecg_noise_uv: float = 12.0
    wander_uv: float = 60.0
    breath_mg: float = 18.0
    knock_mg: float = 12.0
    sway_mg: float = 2.0
    acc_noise_mg: float = 4.0
    restless_mg: float = 0.0


class H10Wave:
    """The ECG and the accelerometer of a strap on a simulated person.

    Parameters
    ----------
    seed
        That of the `devices.heart.Heart` whose beats it is given: it is the same breath.
    breath
        How the person breathes, as in the heart's traits.
    traits
        Strap and seat.
    start_s
        Session time at which the strap begins to send, as for the heart.
    """

    def __init__(
        self,
        seed: int,
        breath: BreathTraits,
        *,
        traits: WaveTraits | None = None,
        start_s: int = 0,
    ) -> None:
        self._traits = traits or WaveTraits()
        # A twin of the heart's own breath: made of the same chance, it goes the same way.
        self._breather = Breather(breath, random.Random(f"breath {seed}"), 1 / STEPS_PER_S)
        for _ in range(WARM_UP_S * STEPS_PER_S):
            self._breather.step(None)
        self._start_s = start_s
        self._step = start_s * STEPS_PER_S
        self._lungs: list[float] = [0.0]
        self._lungs_from_step = self._step
        self._beats: list[HeartBeat] = []
        self._ecg = _Stream(SensorStream.ECG, ECG_RATE_HZ, ECG_SAMPLES, seed, start_s)
        self._acc = _Stream(SensorStream.ACC, ACC_RATE_HZ, ACC_SAMPLES, seed, start_s)
        self._seat = _Seat(self._traits, seed, start_s)

    def advance(
        self, until_s: float, beats: Iterable[HeartBeat], guide: Guide
    ) -> list[SensorFrame]:
        """Go on, and return what was sent.

        Parameters
        ----------
        until_s
            Session time to reach, that which the heart has reached.
        beats
            The heart's since the last call.
        guide
            What the person breathes with; asked as the heart asks it.

        Returns
        -------
        list of SensorFrame
            In order of arrival, which is `DELAY_S` and a little after their last samples. Whoever
            sends them in real time goes on a few times a second, to have them when they are due.
        """
        self._beats += beats
        last_step = math.floor(until_s * STEPS_PER_S)
        while self._step < last_step:
            self._step += 1
            self._lungs.append(self._breather.step(guide(self._step / STEPS_PER_S)))
        ecg_t_s = self._ecg.times_s(until_s - _LOOK_AHEAD_S)
        acc_t_s = self._acc.times_s(until_s - _LOOK_AHEAD_S)
        frames = self._ecg.take(self._ecg_uv(ecg_t_s)) + self._acc.take(self._acc_mg(acc_t_s))
        self._forget(until_s)
        return sorted(frames, key=lambda frame: frame.t_s)

    def move(self, restless_mg: float) -> None:
        """Let the person move so far, every ten seconds or so, from now on."""
        self._seat.restless_mg = restless_mg

    def lungs_at(self, t_s: FloatArray) -> FloatArray:
        """Return the lung filling at times since the last call, about -1 (empty) to 1 (full)."""
        steps_s = np.arange(len(self._lungs)) / STEPS_PER_S + self._lungs_from_step / STEPS_PER_S
        return np.interp(t_s, steps_s, self._lungs)

    def _forget(self, until_s: float) -> None:
        keep_from_s = until_s - _FORGET_BEATS_S
        self._beats = [beat for beat in self._beats if beat.t_s >= keep_from_s]
        drop = max(0, math.floor(keep_from_s * STEPS_PER_S) - self._lungs_from_step)
        self._lungs = self._lungs[drop:]
        self._lungs_from_step += drop

    def _ecg_uv(self, t_s: FloatArray) -> FloatArray:
        traits = self._traits
        wave = traits.wander_uv * self.lungs_at(t_s)
        for beat in self._beats:
            root = math.sqrt(min(1.5, max(0.4, beat.rr_ticks / TICKS_PER_S)))
            for delay_s, height, width_s, grows in _WAVES:
                at_s = beat.t_s + delay_s * (root if grows else 1)
                wave += traits.r_uv * height * np.exp(-0.5 * ((t_s - at_s) / width_s) ** 2)
        return wave + traits.ecg_noise_uv * self._ecg.chance.standard_normal(t_s.size)

    def _acc_mg(self, t_s: FloatArray) -> FloatArray:
        knock = np.zeros(t_s.size)
        for beat in self._beats:
            since_s = t_s - beat.t_s - 0.06
            ring = np.exp(-np.clip(since_s, 0, None) / 0.08) * np.sin(2 * math.pi * 9 * since_s)
            knock += np.where(since_s >= 0, ring, 0.0)
        lungs = self.lungs_at(t_s)
        return self._seat.felt_mg(t_s, lungs, knock, self._acc.chance)


class _Stream:
    """Counts samples, fills frames."""

    def __init__(
        self, stream: SensorStream, rate_hz: float, n_samples: int, seed: int, start_s: int
    ) -> None:
        begin = random.Random(f"{stream.value} {seed}")
        self.chance = np.random.default_rng(begin.getrandbits(64))
        self._latency = random.Random(f"{stream.value} latency {seed}")
        self._sensor_start_ns = _SENSOR_START_NS + random.Random(f"h10 {seed}").getrandbits(40)
        self._stream = stream
        self._rate_hz = rate_hz
        self._n_samples = n_samples
        self._start_s = start_s
        self._made = 0
        self._waiting: FloatArray | None = None
        self._sent = 0

    def times_s(self, until_s: float) -> FloatArray:
        """Return when the samples up to ``until_s`` are taken that were not made yet."""
        count = max(self._made, math.floor((until_s - self._start_s) * self._rate_hz))
        times_s = self._start_s + np.arange(self._made, count) / self._rate_hz
        self._made = count
        return times_s

    def take(self, samples: FloatArray) -> list[SensorFrame]:
        """Take the next samples and return the frames that they fill."""
        if self._waiting is not None:
            samples = np.concatenate((self._waiting, samples))
        frames = []
        at = 0
        while at + self._n_samples <= len(samples):
            frames.append(self._frame(samples[at : at + self._n_samples]))
            at += self._n_samples
        self._waiting = samples[at:]
        return frames

    def _frame(self, samples: FloatArray) -> SensorFrame:
        self._sent += len(samples)
        last = (self._sent - 1) / self._rate_hz
        sensor_ns = self._sensor_start_ns + round(last * 1e9)
        t_s = self._start_s + last + DELAY_S + self._latency.uniform(0.0, _JITTER_S)
        whole = np.rint(samples).astype(np.int64)
        if self._stream is SensorStream.ECG:
            payload = encode_frame(EcgFrame(sensor_ns, tuple(whole.tolist())))
        else:
            rows = np.clip(whole, MG_MIN, MG_MAX).tolist()
            payload = encode_frame(AccFrame(sensor_ns, tuple((x, y, z) for x, y, z in rows)))
        return SensorFrame(t_s, self._stream, payload)


class _Seat:
    """How the strap sits, and how the person does."""

    def __init__(self, traits: WaveTraits, seed: int, start_s: int) -> None:
        self._traits = traits
        self.restless_mg = traits.restless_mg
        self._chance = random.Random(f"seat {seed}")
        lean = self._chance.gauss(0.0, 0.2)
        roll = self._chance.gauss(0.0, 0.1)
        # Worn upright, x points to the side, y up, z out of the chest.
        self._gravity_mg = 1000 * np.array(
            [math.sin(roll), math.cos(roll) * math.cos(lean), math.cos(roll) * math.sin(lean)]
        )
        self._breath_axis = self._direction((0.15, 0.5, 0.85))
        self._side_axis = self._direction((0.6, 0.6, -0.4))
        self._knock_axis = self._direction((0.2, 0.6, 0.7))
        self._second = start_s
        self._sway_mg = [self._draw_sway(np.zeros(3), fresh=True)]
        self._posture_mg = [np.zeros(3)]
        self._shaking = [0.0]
        self._start_s = start_s

    def felt_mg(
        self, t_s: FloatArray, lungs: FloatArray, knock: FloatArray, chance: np.random.Generator
    ) -> FloatArray:
        """Return what is felt, shape (n, 3)."""
        noise = chance.standard_normal((t_s.size, 3))
        if not t_s.size:
            return noise
        self._reach(math.ceil(float(t_s[-1])) + 1)
        traits = self._traits
        seconds = np.arange(len(self._sway_mg)) + float(self._second - len(self._sway_mg) + 1)
        sway, posture = np.array(self._sway_mg), np.array(self._posture_mg)
        felt = np.empty((t_s.size, 3))
        for axis in range(3):
            felt[:, axis] = (
                self._gravity_mg[axis]
                + np.interp(t_s, seconds, sway[:, axis])
                + np.interp(t_s, seconds, posture[:, axis])
                + traits.breath_mg * self._breath_axis[axis] * lungs
                # The chest also turns a little as it widens, and the more the fuller it is.
                + 0.15 * traits.breath_mg * self._side_axis[axis] * lungs * lungs
                + traits.knock_mg * self._knock_axis[axis] * knock
            )
        shaking = np.interp(t_s, seconds, self._shaking)
        felt += (traits.acc_noise_mg + shaking)[:, None] * noise
        self._forget(float(t_s[-1]))
        return felt

    def _reach(self, second: int) -> None:
        while self._second < second:
            self._second += 1
            self._sway_mg.append(self._draw_sway(self._sway_mg[-1], fresh=False))
            moves = self._chance.random() < 0.1 and self.restless_mg > 0
            jump = np.array([self._chance.gauss(0.0, 1.0) for _ in range(3)])
            posture = self._posture_mg[-1] + (self.restless_mg * jump if moves else 0.0)
            self._posture_mg.append(posture)
            self._shaking.append(0.5 * self.restless_mg if moves else 0.0)

    def _forget(self, t_s: float) -> None:
        drop = len(self._sway_mg) - (self._second - math.floor(t_s) + 2)
        if drop > 0:
            del self._sway_mg[:drop], self._posture_mg[:drop], self._shaking[:drop]

    def _draw_sway(self, before_mg: FloatArray, *, fresh: bool) -> FloatArray:
        keep = 0.0 if fresh else _SWAY_KEEPS
        kick_mg = self._traits.sway_mg * math.sqrt(1 - keep * keep)
        drawn = [self._chance.gauss(0.0, kick_mg) for _ in range(3)]
        return np.array([keep * b + d for b, d in zip(before_mg.tolist(), drawn, strict=True)])

    def _direction(self, toward: tuple[float, float, float]) -> FloatArray:
        drawn = [component + self._chance.gauss(0.0, 0.15) for component in toward]
        length = math.hypot(*drawn)
        return np.array([component / length for component in drawn])
