"""How the heart follows the breath guide.

All is computed in breaths of the guide in place of seconds: the heart rate as a function of
``cycles``, counted back from the newest beat. At a steady pace that is the same; through a slow
change of pace it stays with the guide. And since only differences of ``cycles`` matter, a strap
that holds back its intervals for some seconds changes nothing: the phase of the heart against
the guide has an unknown constant in it, so its constancy is used and never its value.

What these figures say: that the heart rate swings with the guide. What they can't say: that the
person breathes with it (a heart may swing at this pace by itself), how deep the breath is, and
whether anybody is calm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, hypot, pi

import numpy as np
from numpy.typing import NDArray

from biofeedback.types import Following

MIN_BREATHS = 8
"""Fewer breaths than this carry no figure."""

PER_BREATH = 16
"""Samples a breath of the evenly resampled heart rate."""

LOWEST_HZ, HIGHEST_HZ = 0.0033, 0.4
"""The power that counts as the heart rate's variability at all."""

LONGEST_HOLE_BREATHS = 0.5
"""A longer stretch without beats hides whether the heart went up or down."""

SHIFT_STEP = 0.25
"""Step between the shifted guides of `locking_surrogates`, in breaths a window."""

KEPT_R2 = 0.3
"""Least share of the heart rate's variance that the guide explains where a heart keeps to it."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """What depends on the number of breaths alone."""

    at: FloatArray
    ramp: FloatArray
    window: FloatArray
    turn: NDArray[np.complex128]


@lru_cache(maxsize=256)
def _grid(n_breaths: int) -> _Grid:
    size = n_breaths * PER_BREATH
    steps = np.arange(size, dtype=np.float64)
    ramp = steps - (size - 1) / 2
    return _Grid(
        at=steps / PER_BREATH - n_breaths,
        ramp=ramp / np.sqrt((ramp * ramp).sum()),
        window=0.5 - 0.5 * np.cos(2 * pi * steps / size),
        turn=np.exp(-2j * pi * np.arange(PER_BREATH) / PER_BREATH),
    )


def following(t_s: FloatArray, hr_bpm: FloatArray, cycles: FloatArray) -> Following | None:
    """Tell how the heart rate follows the guide over the last whole breaths given.

    Parameters
    ----------
    t_s
        When the beats happened, in seconds, shape (n,).
    hr_bpm
        Heart rate at each beat (60000 / NN in ms), shape (n,). Leave flagged beats out.
    cycles
        `BreathPhase.cycles` of the guide at each beat, shape (n,), rising.

    Returns
    -------
    Following or None
        None with fewer than `MIN_BREATHS` breaths, or where beats are missing for longer than
        `LONGEST_HOLE_BREATHS`.

        ``share``: power within one spectral line (1 / length) of the guide's frequency, over the
        power from `LOWEST_HZ` to `HIGHEST_HZ`; Hann window, mean and trend removed. White noise
        gives 3 lines of all (about .09 at 6 breaths a minute over 8 breaths), and an overtone
        of a swing that is no sinusoid counts against it.

        ``r2``: share of the beats' variance that ``mean + a cos + b sin`` of the guide's phase
        explains, least squares. A slow drift counts against it.

        ``amplitude_bpm``: ``sqrt(a^2 + b^2)``. An interval averages the heart rate over its own
        length, which takes ``(pi f RR)^2 / 6`` of it: 1.6 % at 6 breaths and 60 beats a minute.
        ``sqrt(2) A |sin(pi f RR)|`` of the same sinusoid in the intervals is its RMSSD.

        ``locking``: one phase a breath, that of ``sum hr exp(-2 pi i c)`` over the breath (counted
        back from the newest beat); the length of the mean of their unit vectors. Random phases
        give about ``.89 / sqrt(breaths)``; compare with `locking_surrogates`.

    Raises
    ------
    ValueError
        If the shapes differ or ``cycles`` does not rise.
    """
    _check(t_s, hr_bpm, cycles)
    return following_unchecked(t_s, hr_bpm, cycles)


def following_unchecked(
    t_s: FloatArray, hr_bpm: FloatArray, cycles: FloatArray
) -> Following | None:
    """Do what `following` does for a caller that knows its beats to be in order."""
    back, n_breaths = _back(cycles)
    if n_breaths < MIN_BREATHS:
        return None
    first = int(back.searchsorted(-float(n_breaths), side="right")) - 1
    if first > 0:
        back, hr_bpm, t_s = back[first:], hr_bpm[first:], t_s[first:]
    if _has_hole(back):
        return None
    grid = _grid(n_breaths)
    even = _detrended(np.interp(grid.at, back, hr_bpm), grid)
    # the oldest beat lies at or before the first whole breath
    ahead = (-n_breaths - float(back[0])) / float(back[1] - back[0])
    began_s = float(t_s[0]) + ahead * float(t_s[1] - t_s[0])
    r2, amplitude_bpm = _sinusoid(back, hr_bpm, n_breaths)
    return Following(
        share=_share(even, grid, n_breaths, float(t_s[-1]) - began_s),
        r2=r2,
        amplitude_bpm=amplitude_bpm,
        locking=_locking(even, grid, n_breaths),
    )


def breath_vectors(hr_bpm: FloatArray, cycles: FloatArray) -> list[complex] | None:
    """Return the phase of each breath as a unit vector, oldest first: locking is their mean's size.

    Parameters
    ----------
    hr_bpm, cycles
        As for `following`.

    Returns
    -------
    list of complex or None
        None where `following` would say None, or the heart rate stands still.
    """
    _check(hr_bpm, hr_bpm, cycles)
    back, n_breaths = _back(cycles)
    if n_breaths < MIN_BREATHS or _has_hole(back):
        return None
    grid = _grid(n_breaths)
    even = _detrended(np.interp(grid.at, back, hr_bpm), grid)
    return _unit_vectors(even, grid, n_breaths) or None


def locking_surrogates(hr_bpm: FloatArray, cycles: FloatArray) -> float | None:
    """Return the locking that this heart would show, by chance, with a guide of another pace.

    Moving a steady guide in time only adds a constant to the phase, so the surrogates move it in
    pace: the same heart rate is held against guides that make from half to one and a half times
    as many breaths, at least one breath a window off the real one. The 95th percentile of their
    lockings is what the real one has to beat. No random numbers: the same data, the same answer.

    A heart whose own rhythm happens to lie at the guide's pace beats them too; only a change of
    pace tells the two apart.

    Parameters
    ----------
    hr_bpm, cycles
        As for `following`.

    Returns
    -------
    float or None
        0..1, or None where `following` would say None.
    """
    _check(hr_bpm, hr_bpm, cycles)
    back, n_breaths = _back(cycles)
    if n_breaths < MIN_BREATHS or _has_hole(back):
        return None
    lockings = []
    for step in range(-floor(n_breaths / 2 / SHIFT_STEP), floor(n_breaths / 2 / SHIFT_STEP) + 1):
        shift = step * SHIFT_STEP
        if abs(shift) < 1:
            continue
        breaths = floor(n_breaths + shift)
        grid = _grid(breaths)
        at = grid.at * (n_breaths / (n_breaths + shift))
        even = _detrended(np.interp(at, back, hr_bpm), grid)
        lockings.append(_locking(even, grid, breaths))
    return float(np.percentile(lockings, 95))


def keeps_to_guide(found: Following, surrogates: float) -> bool:
    """Tell whether a heart keeps to the guide beyond chance.

    Locking alone says so too often of people who breathe by themselves (a fifth of stretches of
    eight breaths, a tenth of two minutes, over simulated hearts): a heart's slow waves are not the
    same at every pace, so guides of other paces are an easy match. That the guide also explains
    `KEPT_R2` of the variance leaves 4 and 1 %, at the cost of 1 to 3 % of those who follow.

    Parameters
    ----------
    found
        Of `following`.
    surrogates
        Of `locking_surrogates`, for the same beats.
    """
    return found.locking > surrogates and found.r2 >= KEPT_R2


def _check(t_s: FloatArray, hr_bpm: FloatArray, cycles: FloatArray) -> None:
    if not t_s.shape == hr_bpm.shape == cycles.shape or cycles.ndim != 1:
        raise ValueError("t_s, hr_bpm and cycles need one value a beat each")
    if cycles.size > 1 and not (cycles[1:] > cycles[:-1]).all():
        raise ValueError("cycles need to rise from beat to beat")


def _back(cycles: FloatArray) -> tuple[FloatArray, int]:
    """Return the breaths counted back from the newest beat, and how many whole ones there are."""
    if cycles.size < 2:
        return cycles, 0
    back = cycles - cycles[-1]
    return back, floor(1e-9 - float(back[0]))


def _has_hole(back: FloatArray) -> bool:
    return bool(np.maximum.reduce(back[1:] - back[:-1]) > LONGEST_HOLE_BREATHS)


def _detrended(even: FloatArray, grid: _Grid) -> FloatArray:
    even -= np.add.reduce(even) / even.size
    even -= np.add.reduce(even * grid.ramp) * grid.ramp
    return even


def _share(even: FloatArray, grid: _Grid, n_breaths: int, length_s: float) -> float:
    lowest = max(ceil(LOWEST_HZ * length_s), 1)
    # a guide near the upper end of the band keeps its own lines
    highest = max(floor(HIGHEST_HZ * length_s), n_breaths + 1)
    lines = np.fft.rfft(even * grid.window)[: highest + 1]
    power = lines.real**2 + lines.imag**2
    total = float(np.add.reduce(power[lowest:]))
    if total <= 0:
        return 0.0
    return float(np.add.reduce(power[n_breaths - 1 : n_breaths + 2])) / total


def _sinusoid(back: FloatArray, hr_bpm: FloatArray, n_breaths: int) -> tuple[float, float]:
    if back[0] < -n_breaths:
        back, hr_bpm = back[1:], hr_bpm[1:]
    angle = back * (2 * pi)
    rows = np.empty((3, back.size))
    np.cos(angle, out=rows[0])
    np.sin(angle, out=rows[1])
    rows[2] = hr_bpm
    rows -= np.add.reduce(rows, axis=1, keepdims=True) / back.size
    # plain sums of products, no BLAS: it stalls when the machine is busy
    (cc, cs, yc), (_, ss, ys), (_, _, yy) = np.einsum("in,jn->ij", rows, rows).tolist()
    det = cc * ss - cs * cs
    if yy <= 0 or det <= 1e-9 * cc * ss:
        return 0.0, 0.0
    a, b = (yc * ss - ys * cs) / det, (ys * cc - yc * cs) / det
    return min(max((a * yc + b * ys) / yy, 0.0), 1.0), hypot(a, b)


def _unit_vectors(even: FloatArray, grid: _Grid, n_breaths: int) -> list[complex]:
    turned = even.reshape(n_breaths, PER_BREATH) * grid.turn
    breaths: list[complex] = np.add.reduce(turned, axis=1).tolist()
    return [breath / abs(breath) for breath in breaths] if all(breaths) else []


def _locking(even: FloatArray, grid: _Grid, n_breaths: int) -> float:
    return abs(sum(_unit_vectors(even, grid, n_breaths))) / n_breaths
