"""The spectrum of one part of a session: how much the heart swings, by how fast it swings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from biofeedback.looking_back.heart import HeartLine
from biofeedback.looking_back.lacks import Lack
from biofeedback.signals.left_out import Span
from biofeedback.signals.live import MAX_FLAGGED
from biofeedback.signals.spectrum import EDGE_S, HF_END_HZ, HF_NEEDS_S, VLF_END_HZ, welch

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Power:
    """A spectrum between `VLF_END_HZ` and `HF_END_HZ`.

    Attributes
    ----------
    from_s, to_s
        The part that it is of, in session time.
    per_min
        Swings a minute, rising, shape (n,).
    density_ms2_per_hz
        Shape (n,).
    peak_per_min
        Where it is highest; None where the heart doesn't swing at all.
    pace_per_min
        Breaths a minute of the guide that ran; None where none did.
    """

    from_s: float
    to_s: float
    per_min: FloatArray
    density_ms2_per_hz: FloatArray
    peak_per_min: float | None
    pace_per_min: float | None = None


def power(
    heart: HeartLine,
    from_s: float,
    to_s: float,
    left_out: Sequence[Span],
    pace_per_min: float | None = None,
) -> Power | Lack:
    """Work out the spectrum of a part; or say why it can't be.

    It needs `HF_NEEDS_S` without a hole and no more than `MAX_FLAGGED` of flagged beats.
    """
    if not heart.size:
        return Lack.NO_HEART
    if not heart.of_beats:
        return Lack.NO_BEATS
    if to_s - from_s < HF_NEEDS_S - EDGE_S:
        return Lack.SHORT
    first, end = np.searchsorted(heart.t_s, (from_s, to_s))
    outside = heart.outside(left_out)[first:end]
    n = int(np.count_nonzero(outside))
    if end > first and not n:
        return Lack.LEFT_OUT
    flagged = n - int(np.count_nonzero(heart.normal[first:end] & outside))
    if flagged > MAX_FLAGGED * n:
        return Lack.ROUGH
    psd = welch(heart.series(from_s, to_s, left_out))
    if psd is None or psd.stretch_s < HF_NEEDS_S - EDGE_S:
        return Lack.LEFT_OUT if n < end - first else Lack.ROUGH
    frequency_hz = psd.frequency_hz
    shown = (frequency_hz >= VLF_END_HZ) & (frequency_hz <= HF_END_HZ)
    peak_hz = psd.peak_hz(VLF_END_HZ, HF_END_HZ)
    return Power(
        from_s,
        to_s,
        60 * frequency_hz[shown],
        psd.density_ms2_per_hz[shown],
        None if peak_hz is None else 60 * peak_hz,
        pace_per_min,
    )
