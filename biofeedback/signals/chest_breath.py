"""Breath felt by the accelerometer of a chest strap: how fast, and does it go with the guide.

A breath tilts the strap by a degree or so, and gravity shows it. Samples are smoothed over about
a second, the direction that moves most between 0.05 and 0.5 Hz is taken (the first principal
component), and what it does is looked at once a second over the last minute.

It refuses rather than guesses: where somebody moves (nothing is joined across that), where there
is too little, and where no one rhythm stands out. It can't tell in from out by itself, since a
strap may be worn either way up: the phase is settled by the guide, as the half turn that lies
nearer to it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import ceil, floor, pi

import numpy as np

from biofeedback.ports import Guide
from biofeedback.sensing import ChestBreath, GuideAgreement
from biofeedback.signals.chest_motion import (
    GRID_HZ,
    GRID_S,
    REACH_S,
    FloatArray,
    detrended,
    fitted,
    projected,
    smoothed,
    spectrum,
)
from biofeedback.signals.sensor_samples import SensorReader
from biofeedback.types import SensorFrame, SensorStream

WINDOW_S = 60.0
"""Longest look back."""

STEP_S = 1.0
"""Distance between looks."""

MIN_S = 30.0
MIN_BREATHS = 2.5
"""A look needs at least this long and this many breaths."""

MIN_SHARE = 0.55
"""One rhythm holds at least this share of the movement. In simulation sway and noise alone then
pass for breath in 3 looks of 1000, and of breaths of 5 to 15 mG 1 look of 100 is refused, or 10
of 100 where the person sways as much."""

MIN_AMPLITUDE_MG = 1.5
"""Less is the accelerometer's own noise."""

MOVING_MG = 50.0
LEANING_MG = 80.0
"""Whoever shakes by so much within a second, or leans by so much from one to the next, moves."""

_HOLE_S = 0.5
_SETTLING_S = 1.0
_ENOUGH_BREATHS = 10.0
_GUIDED_BREATHS = 3
_SURE_OF_SIDE = 0.8


class ChestBreathTracker:
    """Follows the breath through samples as they come. The same samples give the same looks.

    Parameters
    ----------
    guide
        Where the breath guide stands at a time; None: there is none. Asked four times a second
        in order, never beyond the newest sample.
    """

    def __init__(self, guide: Guide | None = None) -> None:
        self._guide = guide
        self._axis: FloatArray | None = None
        self._moved = False
        self._forget()

    def _forget(self) -> None:
        self._t_s = np.empty(0)
        self._about_mg = np.empty((0, 3))
        self._origin_mg: FloatArray | None = None
        self._next: int | None = None
        self._still_from_s = -np.inf
        self._grid: deque[_Point] = deque(maxlen=int(WINDOW_S * GRID_HZ) + 1)

    def gap(self) -> None:
        """Note that samples are missing: nothing is joined across."""
        self._moved = False
        self._forget()

    def push(self, t_s: FloatArray, acc_mg: FloatArray) -> list[ChestBreath]:
        """Take samples.

        Parameters
        ----------
        t_s
            When they were taken, in seconds, shape (n,), rising from call to call. A hole of
            over half a second is a gap.
        acc_mg
            x, y and z in mG, shape (n, 3).

        Returns
        -------
        list of ChestBreath
            The looks that became due, one for each whole second.

        Raises
        ------
        ValueError
            If the shapes differ or the times do not rise.
        """
        if t_s.ndim != 1 or acc_mg.shape != (t_s.size, 3):
            raise ValueError("samples need a time, and x, y and z each")
        joined = np.concatenate((self._t_s[-1:], t_s))
        steps_s = joined[1:] - joined[:-1]
        if not (steps_s > 0).all():
            raise ValueError("the times of samples need to rise")
        looks: list[ChestBreath] = []
        first = 0 if self._t_s.size else 1
        begins = np.flatnonzero(steps_s > _HOLE_S) + first
        for start, end in zip((0, *begins), (*begins, t_s.size), strict=True):
            if start in begins:
                self.gap()
            looks += self._take(t_s[start:end], acc_mg[start:end])
        return looks

    def _take(self, t_s: FloatArray, acc_mg: FloatArray) -> list[ChestBreath]:
        if not t_s.size:
            return []
        self._t_s = np.concatenate((self._t_s, t_s))
        # One origin throughout, so that rounding doesn't depend on how samples are cut into calls.
        if self._origin_mg is None:
            self._origin_mg = acc_mg[0].copy()
        self._about_mg = np.concatenate((self._about_mg, acc_mg - self._origin_mg))
        if self._next is None:
            self._next = ceil((float(self._t_s[0]) + REACH_S) * GRID_HZ)
        last = floor((float(self._t_s[-1]) - REACH_S) * GRID_HZ)
        if last < self._next:
            return []
        first, self._next = self._next, last + 1
        means_mg, roughness_mg = smoothed(self._t_s, self._about_mg, first, last)
        keep = int(np.searchsorted(self._t_s, (last + 1) * GRID_S - REACH_S))
        self._t_s, self._about_mg = self._t_s[keep:], self._about_mg[keep:]
        looks = []
        for i, (mean_mg, rough_mg) in enumerate(zip(means_mg, roughness_mg, strict=True)):
            self._add(_Point((first + i) * GRID_S, mean_mg), float(rough_mg))
            if (first + i) % (GRID_HZ * STEP_S) == 0:
                looks.append(self._look((first + i) * GRID_S))
        return looks

    def _add(self, point: _Point, rough_mg: float) -> None:
        before = self._grid[-GRID_HZ] if len(self._grid) >= GRID_HZ else None
        leaned = before is not None and _distance(point.mean_mg, before.mean_mg) > LEANING_MG
        if leaned or rough_mg > MOVING_MG:
            self._moved = True
            self._grid.clear()
            self._still_from_s = point.t_s + _SETTLING_S
        elif point.t_s >= self._still_from_s:
            phase = None if self._guide is None else self._guide(point.t_s)
            if phase is not None:
                point.cycles, point.fullness = phase.cycles, phase.fullness
            self._grid.append(point)

    def _look(self, t_s: float) -> ChestBreath:
        if len(self._grid) < MIN_S * GRID_HZ:
            return ChestBreath(t_s, None, 0.0, "movement" if self._moved else "short")
        means_mg = np.array([point.mean_mg for point in self._grid])
        whole = spectrum(means_mg)
        # The latest breaths alone, where they are fast: nobody breathes at one pace for long.
        size = max(MIN_S, _ENOUGH_BREATHS / whole.peak_hz) * GRID_HZ
        recent = spectrum(means_mg[-ceil(size) :]) if size < len(means_mg) else whole
        axis = self._side(recent.axis)
        agreement = None
        agreed = _agreement(self._grid, projected(means_mg, axis))
        if agreed is not None:
            agreement, turned = agreed
            if turned and agreement.locking >= _SURE_OF_SIDE:
                axis = -axis
        if recent.seconds * recent.rate_hz < MIN_BREATHS:
            return ChestBreath(t_s, None, recent.share, "short", agreement=agreement)
        fit = fitted(projected(means_mg, axis), recent.rate_hz)
        amplitude_mg = float(abs(fit) / np.sinc(recent.rate_hz * REACH_S) ** 2)
        if recent.share < MIN_SHARE or amplitude_mg < MIN_AMPLITUDE_MG:
            return ChestBreath(t_s, None, recent.share, "unclear", agreement=agreement)
        self._axis = axis
        return ChestBreath(
            t_s=t_s,
            rate_per_min=60 * recent.rate_hz,
            confidence=recent.share,
            phase_cycles=float(np.angle(fit) / (2 * pi) + 0.5) % 1.0,
            amplitude_mg=amplitude_mg,
            agreement=agreement,
        )

    def _side(self, axis: FloatArray) -> FloatArray:
        """Turn an axis to the side that the last one looked to; at first, up or out."""
        if self._axis is None:
            return axis if float(axis[np.abs(axis).argmax()]) > 0 else -axis
        return axis if float((axis * self._axis).sum()) >= 0 else -axis


def chest_breaths(
    t_s: FloatArray, acc_mg: FloatArray, guide: Guide | None = None
) -> list[ChestBreath]:
    """Look at a whole recording, once a second, exactly as a live one is looked at.

    Parameters
    ----------
    t_s, acc_mg
        As for `ChestBreathTracker.push`.
    guide
        As for `ChestBreathTracker`.
    """
    return ChestBreathTracker(guide).push(t_s, acc_mg)


class ChestFrames:
    """The breath out of a strap's frames as they arrive: read, placed in time, followed.

    Parameters
    ----------
    guide
        As for `ChestBreathTracker`.
    rate_hz
        Samples a second that the strap was asked for; None for what it is always asked.
    """

    def __init__(self, guide: Guide | None = None, *, rate_hz: float | None = None) -> None:
        self._reader = SensorReader(SensorStream.ACC, rate_hz=rate_hz)
        self._tracker = ChestBreathTracker(guide)

    def gap(self) -> None:
        """Note that the link was lost."""
        self._reader.gap()
        self._tracker.gap()

    def step(self, event: SensorFrame) -> list[ChestBreath]:
        """Take a frame and return the looks that became due.

        Frames of other sensors, and such as can't be read, are passed over.
        """
        samples = self._reader.step(event)
        if samples is None:
            return []
        if samples.starts:
            self._tracker.gap()
        return self._tracker.push(samples.t_s, samples.values)


@dataclass(slots=True, eq=False)
class _Point:
    """Four times a second: where the strap was, and where the guide stood."""

    t_s: float
    mean_mg: FloatArray
    cycles: float | None = None
    fullness: float = 0.0


def _agreement(grid: deque[_Point], moved_mg: FloatArray) -> tuple[GuideAgreement, bool] | None:
    """Hold the chest against the guide, breath by breath, counted back from the newest point.

    Also tells whether the chest goes with the guide only if it is taken the other way round.
    """
    cycles: list[float] = []
    for point in reversed(grid):
        if point.cycles is None or (cycles and point.cycles >= cycles[-1]):
            break
        cycles.append(point.cycles)
    if not cycles:
        return None
    back = cycles[0] - np.array(cycles)
    n_breaths = floor(float(back[-1]) + 1e-9)
    if n_breaths < _GUIDED_BREATHS:
        return None
    size = int(np.searchsorted(back, n_breaths))
    turn = np.exp(2j * pi * back[:size])
    chest = detrended(moved_mg[: -size - 1 : -1])
    full = np.array([point.fullness for point in list(grid)[: -size - 1 : -1]])
    guide = ((full - full.mean()) * turn).sum()
    in_breath = np.minimum(back[:size].astype(np.int64), n_breaths - 1)
    each = np.array([(chest * turn)[in_breath == i].sum() for i in range(n_breaths)])
    sizes = np.abs(each)
    if not (sizes > 0).all() or guide == 0:
        return None
    whole = (chest * turn).sum()
    behind_cycles = -float(np.angle(whole / guide)) / (2 * pi)
    turned = abs(behind_cycles) > 0.25
    if turned:
        behind_cycles -= 0.5 if behind_cycles > 0 else -0.5
    cycle_s = size / GRID_HZ / n_breaths
    agreement = GuideAgreement(
        locking=float(abs((each / sizes).mean())),
        share=min(1.0, 2 * float(abs(whole)) ** 2 / size / float((chest * chest).sum())),
        lag_s=behind_cycles * cycle_s,
    )
    return agreement, turned


def _distance(one: FloatArray, other: FloatArray) -> float:
    return float(np.sqrt(((one - other) ** 2).sum()))
