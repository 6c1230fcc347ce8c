"""How far the heart swings at one pace of breath, how far behind it is, and how surely.

Each breath gives one complex amplitude: the heart rate around it, seen through a Hann window of
two breaths, at the guide's frequency. The size of a step's swing is the mean of its larger half:
a person misses some breaths of the guide, and a missed breath says nothing of the resonance. Its
phase is that of the amplitudes' spatial median, which a few missed breaths, an ectopic beat or a
jump of the heart rate move little.

A strap holds its intervals back by an unknown time, so a phase alone means nothing; how phases
differ from pace to pace does (`resonance_curve`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.series import NNSeries

FloatArray = NDArray[np.float64]
ComplexArray = NDArray[np.complex128]

SETTLING_BREATHS = 1
"""Left out at the beginning of a step: a resonance takes about ten seconds to swing in."""

MIN_BREATHS = 4
"""Fewer amplitudes carry no response. Each looks at two breaths."""

LONGEST_HOLE_BREATHS = 0.5
"""A longer stretch without beats hides whether the heart went up or down."""

PER_BREATH = 32
WINDOW_BREATHS = 2
OVERLAP = 1.5
"""Neighbouring windows share half of their beats: so many amplitudes count as one."""

OFF_PACE_RAD = 0.3
"""A breath may be off the stated pace by this angle each time (5 %), steadily."""

_SD_OF_MAD = 1.4826
_MEDIAN_SD = 1.2533
"""A median varies by so much more than a mean (normal spread)."""


@dataclass(frozen=True, slots=True, eq=False)
class PacedStretch:
    """A stretch of breathing at one pace.

    Attributes
    ----------
    rate_per_min
        The guide's pace, in breaths a minute.
    series
        Normal intervals of the stretch.
    cycles
        Breaths of the guide at each of them, shape (n,), rising; a breath in begins at each
        whole number.
    """

    rate_per_min: float
    series: NNSeries
    cycles: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What one pace came to.

    Attributes
    ----------
    rate_per_min
        The guide's pace.
    swing_bpm, swing_error_bpm
        Half of peak to trough of the heart rate's swing with the breath (mean of the larger half
        of the breaths), and its standard error from their spread.
    phase_rad, phase_error_rad
        Phase of the heart rate against the guide, with an unknown delay in it, and its standard
        error.
    locking
        ``|mean exp(i phase)|`` over the breaths, 0..1, a steady drift taken out.
    n_breaths
        Amplitudes that it rests on.
    """

    rate_per_min: float
    swing_bpm: float
    swing_error_bpm: float
    phase_rad: float
    phase_error_rad: float
    locking: float
    n_breaths: int


def response(stretch: PacedStretch) -> Response | None:
    """Measure one stretch; None with fewer than `MIN_BREATHS` usable breaths."""
    found = _amplitudes(stretch)
    whole = np.isfinite(found)
    n = int(whole.sum())
    if n < MIN_BREATHS:
        return None
    turned = _at_the_true_pace(found)[whole]
    sizes = np.abs(turned)
    if not sizes.all():
        return None
    middle = spatial_median(turned)
    swing_bpm = float(np.sort(sizes)[n // 2 :].mean())
    across_bpm = _spread(((turned - middle) * middle.conjugate() / abs(middle)).imag)
    per_root = 1 / sqrt(n / OVERLAP)
    return Response(
        rate_per_min=stretch.rate_per_min,
        swing_bpm=swing_bpm,
        swing_error_bpm=float(np.std(sizes, ddof=1)) * per_root,
        phase_rad=float(np.angle(middle)),
        phase_error_rad=_MEDIAN_SD * across_bpm * per_root / abs(middle),
        locking=float(abs((turned / sizes).mean())),
        n_breaths=n,
    )


@lru_cache(maxsize=1)
def _fit() -> tuple[FloatArray, FloatArray]:
    """Return where a window is sampled, and what gives cosine and sine of its least squares.

    Mean and slope are fitted beside them, so that a drift doesn't pass for a swing.
    """
    at = (np.arange(WINDOW_BREATHS * PER_BREATH) + 0.5) / PER_BREATH
    root = np.sqrt(0.5 - 0.5 * np.cos(2 * pi * at / WINDOW_BREATHS))
    columns = (np.ones(at.size), at - WINDOW_BREATHS / 2, np.cos(2 * pi * at), np.sin(2 * pi * at))
    rows = np.linalg.pinv(np.stack(columns, axis=1) * root[:, None]) * root
    return at, rows[2:]


def _amplitudes(stretch: PacedStretch) -> ComplexArray:
    """Return one complex amplitude a breath in bpm, NaN where beats are missing."""
    series, cycles = stretch.series, stretch.cycles
    if series.size < 2:
        return np.empty(0, dtype=np.complex128)
    hr_bpm = 60000 / series.nn_ms
    first = ceil(float(cycles[0]) + SETTLING_BREATHS - 1e-6)
    last = floor(float(cycles[-1]) + 1e-6) - WINDOW_BREATHS
    steps, rows = _fit()
    # an interval averages the heart rate over its own length
    through = float(np.sinc(stretch.rate_per_min / 60 * float(np.median(series.nn_ms)) / 1000))
    found = []
    for begins in range(first, last + 1):
        at = begins + steps
        low, high = np.searchsorted(cycles, (at[0], at[-1]))
        held = cycles[max(0, low - 1) : high + 1]
        if held.size < 4 or float((held[1:] - held[:-1]).max()) > LONGEST_HOLE_BREATHS:
            found.append(complex(np.nan, np.nan))
            continue
        even = np.interp(at, cycles, hr_bpm)
        # sums of products, no BLAS: the same bits on every machine
        cosine, sine = (rows * even).sum(axis=1).tolist()
        found.append(complex(cosine, -sine) / through)
    return np.array(found, dtype=np.complex128)


def _at_the_true_pace(found: ComplexArray) -> ComplexArray:
    """Undo a steady drift of the phase, about the middle: breath a little off the stated pace."""
    pairs = found[1:] * found[:-1].conj()
    pairs = pairs[np.isfinite(pairs)]
    drift_rad = float(np.angle(pairs.sum())) if pairs.size else 0.0
    drift_rad = min(max(drift_rad, -OFF_PACE_RAD), OFF_PACE_RAD)
    away = np.arange(found.size) - (found.size - 1) / 2
    return np.asarray(found * np.exp(-1j * drift_rad * away), dtype=np.complex128)


def spatial_median(points: ComplexArray) -> complex:
    """Return the point with the least sum of distances to ``points`` (Weiszfeld 1937)."""
    middle = complex(np.median(points.real), np.median(points.imag))
    for _ in range(50):
        weights = 1 / np.maximum(np.abs(points - middle), 1e-9)
        moved = complex((weights * points).sum() / weights.sum())
        if abs(moved - middle) < 1e-9:
            break
        middle = moved
    return middle if middle else complex(1e-9)


def _spread(values: FloatArray) -> float:
    """Return a standard deviation between one that outliers move and one that few values spoil."""
    mad = _SD_OF_MAD * float(np.median(np.abs(values - np.median(values))))
    return sqrt(mad * float(np.std(values, ddof=1)))
