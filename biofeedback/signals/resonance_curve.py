"""The curve of a resonance through the responses of several paces, with its uncertainty.

A second-order resonance (Vaschillo 2002 describes the heart's so) answers a breath of frequency f

    with the gain   1 / sqrt(1 + Q^2 x^2),   x = f / f0 - f0 / f,
    and a phase     - atan(Q x) - 2 pi f T:

the swing is largest at f0, and the heart falls behind the breath fastest there. T is the delay of
everything between guide and interval: the person's, the strap's. Every f0, Q and T on a grid is
held against the responses, each with its error; what they say of f0 is the posterior over the
grid, while Q, T, the height of the curve and the constant of the phase are left open. There is no
chance in it: the same responses give the same curve.

A phase counts only as far as it can be trusted: with a share of `ASTRAY` it is taken to be any, so
that steps whose breath began elsewhere than stated leave the decision to the sizes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import pi

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.resonance_response import Response

FloatArray = NDArray[np.float64]

SIZE_ERROR = 0.12
"""By what one step's swing differs from another's for other reasons: the depth of breath, waves
of blood pressure, what came before. A share of the swing; added to the error of the breaths."""

PHASE_ERROR_RAD = 0.12
"""The same for the phase."""

ASTRAY = 0.1

F0_PER_MIN = np.arange(4.0, 7.5001, 0.05)
"""Where the resonance of grown people lies, with half a breath to either side (Vaschillo 2006)."""

Q = np.geomspace(0.1, 5.0, 28)
"""From a curve that is flat to a narrow one."""

DELAY_S = np.arange(0.0, 6.01, 0.5)
DELAY_MEAN_S, DELAY_SD_S = 1.0, 1.5
"""Half a second to follow the guide and as long for an interval to end; a strap may hold it 4 s."""

PEAKED_Q = 1.0
"""From here on the curve has a peak to speak of: half a breath beside it, 2 % of the swing less."""

INTERVAL = (0.05, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What the responses say of the resonance.

    Attributes
    ----------
    peak_per_min, error_per_min
        Mean and standard deviation of the posterior of f0, in breaths a minute.
    low_per_min, high_per_min
        Its 90 % interval.
    peaked
        How likely it is that Q is at least `PEAKED_Q`, 0..1.
    at_per_min
        Paces at which the curve is drawn, shape (n,).
    swing_bpm, swing_low_bpm, swing_high_bpm
        Mean of the curve there and its 90 % band, shape (n,).
    """

    peak_per_min: float
    error_per_min: float
    low_per_min: float
    high_per_min: float
    peaked: float
    at_per_min: tuple[float, ...]
    swing_bpm: tuple[float, ...]
    swing_low_bpm: tuple[float, ...]
    swing_high_bpm: tuple[float, ...]


def fit_curve(responses: Sequence[Response], at_per_min: Sequence[float] = ()) -> Curve:
    """Hold every curve of the grid against the responses.

    Parameters
    ----------
    responses
        At least three, of different paces.
    at_per_min
        Where the curve is to be drawn.
    """
    f0, q, _ = _grid()
    posterior, heights = _posterior(responses)
    of_f0, of_q = posterior.sum(axis=(1, 2)), posterior.sum(axis=(0, 2))
    peak = float((of_f0 * F0_PER_MIN).sum())
    low, high = np.interp(INTERVAL, np.cumsum(of_f0), F0_PER_MIN).tolist()
    mean, lowest, highest = _drawn(at_per_min, posterior.ravel(), f0, q, heights)
    return Curve(
        peak_per_min=peak,
        error_per_min=float(np.sqrt((of_f0 * (F0_PER_MIN - peak) ** 2).sum())),
        low_per_min=low,
        high_per_min=high,
        peaked=float(of_q[Q >= PEAKED_Q].sum()),
        at_per_min=tuple(float(at) for at in at_per_min),
        swing_bpm=mean,
        swing_low_bpm=lowest,
        swing_high_bpm=highest,
    )


def chance_below(
    responses: Sequence[Response],
    rate_per_min: float,
    slowest_per_min: float,
    fastest_per_min: float,
) -> float:
    """Return how likely it is that the resonance lies below a pace, 0..1.

    Before there are responses, it lies anywhere between the limits.

    Parameters
    ----------
    responses
        Any number, of any paces; the sizes and phases of a few say little.
    rate_per_min
        The pace.
    slowest_per_min, fastest_per_min
        Where the resonance is looked for.
    """
    of_f0 = _posterior(responses)[0].sum(axis=(1, 2))
    within = (slowest_per_min - 1e-6 < F0_PER_MIN) & (fastest_per_min + 1e-6 > F0_PER_MIN)
    below = float(of_f0[within & (rate_per_min - 1e-6 > F0_PER_MIN)].sum())
    above = float(of_f0[within & (rate_per_min + 1e-6 < F0_PER_MIN)].sum())
    return below / (below + above) if below + above > 0 else 0.5


def _posterior(responses: Sequence[Response]) -> tuple[FloatArray, FloatArray]:
    """Return the posterior over f0, Q and delay, and the height of each curve."""
    rates = np.array([each.rate_per_min for each in responses])
    f0, q, _ = _grid()
    off = rates / f0[:, None] - f0[:, None] / rates
    logs, heights = _of_sizes(responses, q, off)
    logs = logs + _of_phases(responses, rates, off)
    likely = np.exp(logs - logs.max())
    likely /= likely.sum()
    return likely.reshape(F0_PER_MIN.size, Q.size, DELAY_S.size), heights


@lru_cache(maxsize=1)
def _grid() -> tuple[FloatArray, FloatArray, FloatArray]:
    f0, q, delay_s = (axis.ravel() for axis in np.meshgrid(F0_PER_MIN, Q, DELAY_S, indexing="ij"))
    return f0, q, delay_s


def _of_sizes(
    responses: Sequence[Response], q: FloatArray, off: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the log likelihood of the swings' sizes, and the height of each curve."""
    swings = np.array([each.swing_bpm for each in responses])
    errors = np.array([each.swing_error_bpm for each in responses]) / swings
    weights = 1 / (errors**2 + SIZE_ERROR**2)
    above = np.log(swings) + 0.5 * np.log(1 + (q[:, None] * off) ** 2)
    height = (weights * above).sum(axis=1) / weights.sum()
    misfit = (weights * (above - height[:, None]) ** 2).sum(axis=1)
    return -misfit / 2, np.exp(height)


def _of_phases(responses: Sequence[Response], rates: FloatArray, off: FloatArray) -> FloatArray:
    """Return the log likelihood of the phases, with the prior of the delay."""
    _, q, delay_s = _grid()
    phases = np.array([each.phase_rad for each in responses])
    errors = np.array([each.phase_error_rad for each in responses])
    sd = np.sqrt(errors**2 + PHASE_ERROR_RAD**2)
    weights = 1 / sd**2
    behind = 2 * pi * rates / 60 * delay_s[:, None] + np.arctan(q[:, None] * off)
    apart = phases + behind
    constant = np.angle((weights * np.exp(1j * apart)).sum(axis=1))
    apart = np.angle(np.exp(1j * (apart - constant[:, None])))
    normal = np.exp(-0.5 * (apart / sd) ** 2) / (sd * np.sqrt(2 * pi))
    fits = np.log((1 - ASTRAY) * normal + ASTRAY / (2 * pi)).sum(axis=1)
    return np.asarray(fits - 0.5 * ((delay_s - DELAY_MEAN_S) / DELAY_SD_S) ** 2)


def _drawn(
    at_per_min: Sequence[float],
    likely: FloatArray,
    f0: FloatArray,
    q: FloatArray,
    heights: FloatArray,
) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Return mean and band of all the curves, each as likely as it is."""
    counts = likely > 1e-9 * likely.max()
    likely, f0, q, heights = likely[counts], f0[counts], q[counts], heights[counts]
    means, lows, highs = [], [], []
    for rate in at_per_min:
        values = heights / np.sqrt(1 + (q * (rate / f0 - f0 / rate)) ** 2)
        order = np.argsort(values, kind="stable")
        shares = np.cumsum(likely[order])
        low, high = np.interp(INTERVAL, shares, values[order]).tolist()
        means.append(float((likely * values).sum()))
        lows.append(low)
        highs.append(high)
    return tuple(means), tuple(lows), tuple(highs)
