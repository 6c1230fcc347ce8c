"""A simulated heart that follows the breath, as an integral pulse frequency modulator.

A beat happens whenever the integral of the momentary rate reaches one (IPFM; Bayly 1968,
Mateo & Laguna 2000). The rate is the person's own, moved by the breath through a resonance
near 0.1 Hz (Vaschillo 2002), by Mayer waves, by a drift whose power goes as 1/f, and by the
little that a practice changes.

Pure and seeded: the same seed and the same guide give the same beats, however the time is
cut into calls. Nothing here is a model of any one person, and none of it tells how a real
heart ought to be.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from biofeedback.ports import Guide
from biofeedback.types import TICKS_PER_S
from devices.breathing import Breather, BreathTraits
from devices.faults import Fault, FaultKind, of_kinds
from devices.truth import Truth

STEPS_PER_S = 32
"""A power of two, so that the time of every step is exact."""

WARM_UP_S = 40
"""How long a heart has been beating, and its owner breathing alone, when it is first looked at."""

_SLOWEST_BPM = 25.0
_DRIFT_TAUS_S = (2.5, 10.0, 40.0, 160.0, 640.0)
_MAYER_HZ = 0.1
_MAYER_TAU_S = 15.0
_ENTRAINING_S = 30.0
_CALMING_S = 150.0
_FADING_S = 1200.0
_TENSION_S = 12.0
_TENSE_BPM = 4.0
_TENSE_GAIN = -0.3
_EARLY_BEAT_AT = 0.65
_EXTRA_BEAT_AT = 0.45


@dataclass(frozen=True, slots=True)
class HeartTraits:
    """What is a heart's own; the truth that estimates can be held against.

    Attributes
    ----------
    hr_bpm
        Mean rate at rest, in beats a minute.
    f0_hz, q
        Frequency and quality of the resonance between breath and heart.
    rsa_bpm
        Amplitude (half of peak to trough) of a guided breath at resonance.
    mayer_bpm
        Root mean square of the Mayer waves.
    drift_bpm
        Standard deviation of each of the five parts of the 1/f drift.
    jitter
        Standard deviation of a beat's timing, as a share of its interval.
    calm_bpm
        How much a long practice changes the mean rate; below 0 is slower.
    calm_gain
        Natural logarithm of how much a long practice changes the RSA.
    breath
        How the person breathes.
    """

    hr_bpm: float = 66.0
    f0_hz: float = 0.095
    q: float = 1.5
    rsa_bpm: float = 7.0
    mayer_bpm: float = 1.6
    drift_bpm: float = 0.93
    jitter: float = 0.004
    calm_bpm: float = -1.0
    calm_gain: float = 0.18
    breath: BreathTraits = field(default_factory=BreathTraits)

    @classmethod
    def draw(cls, seed: int) -> Self:
        """Draw one of many hearts.

        The calm is drawn around the mean effects that Shao 2024 found (heart rate: SMD -0.10,
        RMSSD: SMD 0.37), so that most sessions show little and some a rise.
        """
        rng = random.Random(f"traits {seed}")
        return cls(
            hr_bpm=rng.uniform(55.0, 80.0),
            f0_hz=rng.uniform(0.075, 0.12),
            q=rng.uniform(1.0, 2.0),
            rsa_bpm=min(10.0, max(3.0, rng.lognormvariate(math.log(7.0), 0.3))),
            mayer_bpm=min(3.0, rng.lognormvariate(math.log(1.6), 0.3)),
            drift_bpm=min(2.0, rng.lognormvariate(math.log(0.93), 0.25)),
            jitter=rng.uniform(0.003, 0.006),
            calm_bpm=rng.gauss(-1.0, 1.5),
            calm_gain=rng.gauss(0.18, 0.15),
            breath=BreathTraits(
                rate_per_min=rng.uniform(12.0, 18.0),
                variability=rng.uniform(0.08, 0.16),
                depth=rng.uniform(0.7, 1.1),
                willingness=rng.uniform(0.75, 0.99),
                delay_s=rng.uniform(0.2, 0.6),
            ),
        )


@dataclass(frozen=True, slots=True)
class HeartBeat:
    """A beat as a perfect strap would see it.

    Attributes
    ----------
    t_s
        When it happened, in session time.
    rr_ticks
        The interval that ended with it, in 1/1024 s. What rounding takes from one interval it
        gives to the next, so that the sum never strays from the time by more than a tick.
    """

    t_s: float
    rr_ticks: int


class _Resonance:
    """Second-order band-pass with gain 1 at its centre."""

    def __init__(self, f0_hz: float, q: float, step_s: float) -> None:
        omega = 2 * math.pi * f0_hz
        self._spring = omega * step_s
        self._damping = omega / q * step_s
        self._out = self._stored = 0.0

    def step(self, drive: float) -> float:
        self._out += self._damping * (drive - self._out) - self._spring * self._stored
        self._stored += self._spring * self._out
        return self._out


class _Drift:
    """A 1/f drift: Ornstein-Uhlenbeck processes of several time constants, joined by lines."""

    def __init__(self, sd_bpm: float, rng: random.Random) -> None:
        self._rng = rng
        self._keep = [math.exp(-1 / tau_s) for tau_s in _DRIFT_TAUS_S]
        self._kick_bpm = [sd_bpm * math.sqrt(1 - keep**2) for keep in self._keep]
        self._parts_bpm = [rng.gauss(0.0, sd_bpm) for _ in _DRIFT_TAUS_S]
        self._from_bpm = self._to_bpm = sum(self._parts_bpm)

    def next_second(self) -> None:
        self._parts_bpm = [
            keep * part + self._rng.gauss(0.0, kick)
            for keep, kick, part in zip(self._keep, self._kick_bpm, self._parts_bpm, strict=True)
        ]
        self._from_bpm, self._to_bpm = self._to_bpm, sum(self._parts_bpm)

    def at(self, fraction: float) -> float:
        return self._from_bpm + (self._to_bpm - self._from_bpm) * fraction


class _MayerWave:
    """A 0.1 Hz wave of wandering phase and height."""

    def __init__(self, rms_bpm: float, rng: random.Random, step_s: float) -> None:
        self._rng = rng
        angle = 2 * math.pi * _MAYER_HZ * step_s
        keep = math.exp(-step_s / _MAYER_TAU_S)
        self._cos, self._sin = keep * math.cos(angle), keep * math.sin(angle)
        # Only the hidden part is kicked, so that the wave itself stays smooth.
        self._kick_bpm = rms_bpm * math.sqrt(2 * (1 - math.exp(-2 / _MAYER_TAU_S)))
        self._wave_bpm, self._hidden_bpm = rng.gauss(0.0, rms_bpm), rng.gauss(0.0, rms_bpm)

    def next_second(self) -> None:
        self._hidden_bpm += self._rng.gauss(0.0, self._kick_bpm)

    def step(self) -> float:
        wave, hidden = self._wave_bpm, self._hidden_bpm
        self._wave_bpm = self._cos * wave - self._sin * hidden
        self._hidden_bpm = self._sin * wave + self._cos * hidden
        return self._wave_bpm


class Heart:
    """A heart that beats on when asked to.

    Parameters
    ----------
    seed
        Chooses the person and all chance.
    traits
        The person, where chance is not to choose; None: `HeartTraits.draw`.
    faults
        Ectopic, missed and extra beats; faults of other kinds are not the heart's.
    start_s
        Session time at which it is first looked at. It has been beating before.
    truth
        Where to keep what really happens from then on.

    Attributes
    ----------
    tension
        What the person is moved towards from now on: 0 as they are, below calmer, above more
        tense. A step is about 4 beats a minute in the end, and a third of the RSA.
    """

    def __init__(
        self,
        seed: int,
        *,
        traits: HeartTraits | None = None,
        faults: tuple[Fault, ...] = (),
        start_s: int = 0,
        truth: Truth | None = None,
    ) -> None:
        self._truth: Truth | None = None
        self.tension = 0
        self._tense = 0.0
        self.traits = HeartTraits.draw(seed) if traits is None else traits
        step_s = 1 / STEPS_PER_S
        chance = {name: random.Random(f"{name} {seed}") for name in ("breath", "slow", "beat")}
        self._breather = Breather(self.traits.breath, chance["breath"], step_s)
        self._resonance = _Resonance(self.traits.f0_hz, self.traits.q, step_s)
        self._drift = _Drift(self.traits.drift_bpm, chance["slow"])
        self._mayer = _MayerWave(self.traits.mayer_bpm, chance["slow"], step_s)
        self._chance = chance["beat"]
        self._entrained = 0.0
        self._calmed = 0.0
        self._faults: list[Fault] = []
        self.disturb(faults)
        self._unseen = 0
        self._blocked = False
        self._part = self._chance.random()
        self._due = self._draw_due()
        self._last_tick: int | None = None
        self._start_s = start_s
        self._step = (start_s - WARM_UP_S) * STEPS_PER_S
        self._advance_to_step(start_s * STEPS_PER_S, None)
        self._truth = truth

    @property
    def now_s(self) -> float:
        """The time that it has reached, in session time."""
        return self._step / STEPS_PER_S

    @property
    def calm_now_bpm(self) -> float:
        """How much the mean rate has truly changed by now: the truth behind a verdict."""
        return self.traits.calm_bpm * self._calmed + _TENSE_BPM * self._tense

    def disturb(self, faults: Iterable[Fault]) -> None:
        """Let more go wrong; faults that are none of the heart's change nothing."""
        kinds = (FaultKind.ECTOPIC, FaultKind.MISSED, FaultKind.EXTRA)
        self._faults = list(of_kinds((*self._faults, *faults), *kinds)[::-1])

    def advance(self, until_s: float, guide: Guide) -> list[HeartBeat]:
        """Beat on.

        Parameters
        ----------
        until_s
            Session time to reach; earlier times than before change nothing.
        guide
            Asked for every 1/32 s, in order, up to ``until_s`` and never beyond.

        Returns
        -------
        list of HeartBeat
            The beats since the last call, in order.
        """
        return self._advance_to_step(math.floor(until_s * STEPS_PER_S), guide)

    def _advance_to_step(self, last_step: int, guide: Guide | None) -> list[HeartBeat]:
        beats: list[HeartBeat] = []
        while self._step < last_step:
            if self._step % STEPS_PER_S == 0:
                self._drift.next_second()
                self._mayer.next_second()
            self._step += 1
            phase = None if guide is None else guide(self._step / STEPS_PER_S)
            lungs = self._breather.step(phase)
            self._feel(guided=phase is not None)
            if self._truth is not None:
                self._keep(self._truth, lungs)
            traits = self.traits
            gain = traits.calm_gain * self._calmed + _TENSE_GAIN * self._tense
            rsa_bpm = traits.rsa_bpm * math.exp(gain)
            rate_bpm = (
                traits.hr_bpm
                + self.calm_now_bpm
                + rsa_bpm * self._resonance.step(lungs)
                + (1 - 0.5 * self._entrained) * self._mayer.step()
                + self._drift.at(self._step % STEPS_PER_S / STEPS_PER_S)
            )
            self._integrate(max(_SLOWEST_BPM, rate_bpm) / (60 * STEPS_PER_S), beats)
        return beats

    def _keep(self, truth: Truth, lungs: float) -> None:
        truth.t_s.append(self._step / STEPS_PER_S)
        truth.lungs.append(lungs)
        truth.follows.append(self._breather.follows)
        truth.calm_bpm.append(self.calm_now_bpm)

    def _feel(self, *, guided: bool) -> None:
        self._tense += (self.tension - self._tense) / (_TENSION_S * STEPS_PER_S)
        follows = 1.0 if self._breather.follows else 0.0
        self._entrained += (follows - self._entrained) / (_ENTRAINING_S * STEPS_PER_S)
        if guided:
            self._calmed += follows * (1 - self._calmed) / (_CALMING_S * STEPS_PER_S)
        else:
            self._calmed -= self._calmed / (_FADING_S * STEPS_PER_S)

    def _integrate(self, gained: float, beats: list[HeartBeat]) -> None:
        """Let the integral grow by ``gained`` within this step; a beat is due at `_due`."""
        before = self._part
        self._part += gained
        if self._faults and self._faults[-1].kind is not FaultKind.MISSED:
            self._misplace_beat(before, gained, beats)
        if self._part < self._due:
            return
        t_s = (self._step - (self._part - self._due) / gained) / STEPS_PER_S
        self._part -= self._due
        self._due = self._draw_due()
        if self._truth is not None and not self._blocked:
            self._truth.beats_s.append(t_s)
        self._blocked = False
        if (
            self._faults
            and self._faults[-1].kind is FaultKind.MISSED
            and t_s >= self._faults[-1].t_s
        ):
            self._faults.pop()
            self._unseen += 1
        if self._unseen:
            self._unseen -= 1
        else:
            self._see(t_s, beats)

    def _misplace_beat(self, before: float, gained: float, beats: list[HeartBeat]) -> None:
        fault = self._faults[-1]
        early = fault.kind is FaultKind.ECTOPIC
        at = (_EARLY_BEAT_AT if early else _EXTRA_BEAT_AT) * self._due
        if not before < at <= self._part:
            return
        t_s = (self._step - (self._part - at) / gained) / STEPS_PER_S
        if t_s >= fault.t_s:
            self._faults.pop()
            self._see(t_s, beats)
            if early and self._truth is not None:
                self._truth.beats_s.append(t_s)
            self._blocked = early
            # The sinus beat finds the heart still busy: hence the compensatory pause.
            self._unseen += early

    def _see(self, t_s: float, beats: list[HeartBeat]) -> None:
        tick = round(t_s * TICKS_PER_S)
        if self._last_tick is not None and t_s > self._start_s:
            beats.append(HeartBeat(t_s, tick - self._last_tick))
        self._last_tick = tick

    def _draw_due(self) -> float:
        return max(0.8, self._chance.gauss(1.0, self.traits.jitter))
