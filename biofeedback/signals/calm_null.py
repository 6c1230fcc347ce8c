"""What resting hearts do by themselves: every constant of the calm verdict, in one place.

The reference: over 2 579 steady 9-minute stretches of 24-hour recordings (72 people), the mean
heart rate of two 2-minute windows 5 minutes apart differed by a standard deviation of 1.95 bpm,
5th percentile -3.2 bpm. The shape of that drift (how it depends on the length of the windows,
how a restless window foretells it, how RMSSD wanders) was read off the two 23-hour recordings
nsr001 and nsr004 of PhysioNet's nsr2db. ``python -m tests.calibration.calm`` measures the error
rates that follow; docs/calm.md publishes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

REFERENCE_LENGTH_S = 120.0
"""Length of the windows to which the limits below belong."""

REFERENCE_SD_BPM = 1.95
"""Spread of the change with no practice: 72 people, 2 579 stretches, windows of 120 s."""

REFERENCE_P5_BPM = -3.2
"""5th percentile of the same changes."""

FALL_LIMIT_BPM = 3.25
"""A fall counts beyond this, at 120 s, a gap of 5 minutes and ordinary restlessness: about 4 in
100 resting hearts pass it."""

RISE_LIMIT_BPM = 5.5
"""A rise counts beyond this: less than 1 in 200. Stricter, for two reasons: the share of wrong
answers (5 in 100) goes to the answer that people practise for, and telling somebody wrongly that
they grew more active does more harm than a wrong 'about the same'."""

LENGTH_SHARE = 0.6
"""Share of the drift's variance at 120 s that longer windows do not average out. Windows of 60 s
drift 1.13 times as far; the limits there are 5 % wider still, as restlessness is known less well.
"""

LONGEST_GAIN_S = 300.0
"""Beyond this length the limits shrink no further: nothing was measured there."""

REFERENCE_GAP_S = 300.0
"""Time between the windows to which the limits belong; taken where the true one isn't known."""

GAP_POWER = 0.22
"""The limits grow with this power of the time between the windows: by 1.16 from 5 to 10 minutes.
Within one long steady stretch drift grew by 1.2 to 1.3, but stretches of that length are steady
by selection. A shorter gap earns no smaller limits."""

LONGEST_GAP_S = 1800.0
"""Beyond this gap the limits grow no further; nothing was measured there."""

RESTLESS_SD_BPM = 1.35
"""Ordinary restlessness: spread of 20-second mean heart rates within a window of 120 s."""

RESTLESS_POWER = 0.25
"""The limits grow with this power of restlessness: a quiet heart needs less, a restless one more.
Small, because a single window tells little of what the next minutes bring."""

RESTLESS_RANGE = (0.8, 1.35)
"""How far restlessness may move the limits."""

UNQUIET_SD_BPM = 5.0
"""More restlessness than this is no quiet minute: the null holds for people who sit still."""

RMSSD_CHANGE_LN = 0.36
"""RMSSD counts as changed beyond this step of its logarithm (30 % less, or 43 % more): the 5th
percentile of its change in resting hearts with no practice. A bare sign would turn down a third
of true drops, for RMSSD wanders by 20 % from one quiet time to the next."""

OWN_MIN_CHANGES = 8
"""So many changes of the person's own replace the general null."""

OWN_FALL_SHARE = 0.04
"""Share of quiet days on which the own null would let a fall pass."""

OWN_RISE_SHARE = 0.005
"""The same for a rise."""

OWN_SD_MIN_BPM = 0.5
"""A history that hardly varies is not believed to be steadier than this."""


@dataclass(frozen=True, slots=True)
class NullLimits:
    """What a change has to pass.

    Attributes
    ----------
    fall_bpm
        Negative: a change below this is more than drift.
    rise_bpm
        A change above this is more than drift.
    """

    fall_bpm: float
    rise_bpm: float


def general_limits(length_s: float, restless_bpm: float, gap_s: float | None = None) -> NullLimits:
    """Limits for a person of whom nothing is known but these two windows.

    Parameters
    ----------
    length_s
        Usable seconds of the shorter window.
    restless_bpm
        Spread (n - 1) of 20-second mean heart rates within the windows, pooled over both.
    gap_s
        Time from the end of the first window to the start of the second; None: not known, and
        taken as `REFERENCE_GAP_S`.
    """
    length_s = min(length_s, LONGEST_GAIN_S)
    length = sqrt(LENGTH_SHARE + (1 - LENGTH_SHARE) * REFERENCE_LENGTH_S / length_s)
    gap_s = REFERENCE_GAP_S if gap_s is None else gap_s
    gap = (min(max(gap_s, REFERENCE_GAP_S), LONGEST_GAP_S) / REFERENCE_GAP_S) ** GAP_POWER
    low, high = RESTLESS_RANGE
    restless = min(max((restless_bpm / RESTLESS_SD_BPM) ** RESTLESS_POWER, low), high)
    factor = length * gap * restless
    return NullLimits(-FALL_LIMIT_BPM * factor, RISE_LIMIT_BPM * factor)


def own_limits(changes_bpm: NDArray[np.float64]) -> NullLimits:
    """Limits for a person whose own changes with no practice are known.

    A prediction interval for the next change of a normal sample: mean + t s sqrt(1 + 1/n). The
    mean stays in it, as many people settle a little by sitting still alone.

    Parameters
    ----------
    changes_bpm
        At least `OWN_MIN_CHANGES` changes with no practice, shape (n,).
    """
    n = changes_bpm.size
    mean_bpm = float(changes_bpm.mean())
    spread_bpm = max(float(changes_bpm.std(ddof=1)), OWN_SD_MIN_BPM) * sqrt(1 + 1 / n)
    fall_bpm = mean_bpm - t_quantile(1 - OWN_FALL_SHARE, n - 1) * spread_bpm
    rise_bpm = mean_bpm + t_quantile(1 - OWN_RISE_SHARE, n - 1) * spread_bpm
    return NullLimits(min(fall_bpm, 0.0), max(rise_bpm, 0.0))


def t_quantile(share: float, freedom: float) -> float:
    """Quantile of Student's t, to 1.5 % from 4 degrees of freedom on.

    Abramowitz & Stegun 1964, 26.7.5; saves the import of scipy.stats.
    """
    z = NormalDist().inv_cdf(share)
    g1 = (z**3 + z) / 4
    g2 = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    g3 = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + g1 / freedom + g2 / freedom**2 + g3 / freedom**3
