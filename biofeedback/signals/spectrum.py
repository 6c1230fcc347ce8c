"""Power of the intervals by frequency: Welch's spectrum, the bands, and their peaks.

Bands: VLF below 0.04 Hz, LF [0.04, 0.15), HF [0.15, 0.4), in ms^2 (Task Force 1996,
doi:10.1161/01.CIR.93.5.1043), summed as rectangles. LF/HF balances nothing (Billman 2013,
doi:10.3389/fphys.2013.00026): breathing four times a minute gave 54 in a quiet, healthy person.
The other spectrum, of the beats as they lie, is in `biofeedback.signals.lomb`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.detrend import RATE_HZ, resample, smooth_trend, stretches
from biofeedback.signals.series import NNSeries
from biofeedback.signals.spline import LEAST_POINTS

VLF_END_HZ, LF_END_HZ, HF_END_HZ = 0.04, 0.15, 0.4
"""Where the bands end; each begins where the one before ends."""

SEGMENT_S = 300.0
"""Length of Welch's segments; they overlap by half."""

HF_NEEDS_S, LF_NEEDS_S = 60.0, 250.0
"""Unbroken time that the bands need (Munoz 2015; Shaffer 2020)."""

EDGE_S = 1.5
"""A cut-out minute loses up to a beat at its edges; that much is forgiven."""

NO_POWER_MS2 = 1e-9
"""Below this there is no variability at all, and nothing to divide by."""

_BLOCK = 1 << 17

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Psd:
    """A one-sided power spectral density; its integral is the variance of the intervals.

    Attributes
    ----------
    step_hz
        Distance of the lines.
    first_hz
        Frequency of the first line.
    density_ms2_per_hz
        Shape (m,).
    stretch_s
        Length of the longest stretch with no hole that it was made of.
    n_segments
        How many overlapping segments were averaged.
    left_out_s
        Length of other stretches that it could not use.
    """

    step_hz: float
    first_hz: float
    density_ms2_per_hz: FloatArray
    stretch_s: float
    n_segments: int = 1
    left_out_s: float = 0.0

    @property
    def frequency_hz(self) -> FloatArray:
        """The frequencies of the lines, shape (m,)."""
        lines = np.arange(self.density_ms2_per_hz.size, dtype=np.float64)
        return self.first_hz + lines * self.step_hz

    def power_ms2(self, low_hz: float, high_hz: float) -> float:
        """Sum the rectangles of the lines in [low, high), in ms^2."""
        first, end = self._lines(low_hz, high_hz)
        return float(np.add.reduce(self.density_ms2_per_hz[first:end])) * self.step_hz

    def peak_hz(self, low_hz: float, high_hz: float) -> float | None:
        """Return the frequency of the highest line in [low, high); None if there is no power."""
        first, end = self._lines(low_hz, high_hz)
        inside = self.density_ms2_per_hz[first:end]
        if not inside.size:
            return None
        at = int(inside.argmax())
        if float(inside[at]) * self.step_hz <= NO_POWER_MS2:
            return None
        return self.first_hz + (first + at) * self.step_hz

    def _lines(self, low_hz: float, high_hz: float) -> tuple[int, int]:
        # The edge belongs to the band above it, whatever the last bit of k * step says.
        first = ceil((low_hz - self.first_hz) / self.step_hz - 1e-9)
        end = ceil((high_hz - self.first_hz) / self.step_hz - 1e-9)
        return max(first, 0), max(end, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Powers in ms^2 and what is made of them; None where the series does not carry them.

    Attributes
    ----------
    vlf_ms2, lf_ms2, hf_ms2
        Power of each band.
    total_ms2
        All power below 0.4 Hz.
    lf_hf
        LF / HF. It is no balance of anything.
    lf_nu
        LF / (LF + HF), 0..1.
    lf_peak_hz, hf_peak_hz
        Where each band is highest.
    """

    vlf_ms2: float | None = None
    lf_ms2: float | None = None
    hf_ms2: float | None = None
    total_ms2: float | None = None
    lf_hf: float | None = None
    lf_nu: float | None = None
    lf_peak_hz: float | None = None
    hf_peak_hz: float | None = None


def bands(psd: Psd, *, slow_part: bool = True) -> Bands:
    """Sum a spectrum over the bands that its length carries.

    Parameters
    ----------
    psd
        From `welch` or `biofeedback.signals.lomb.lomb`.
    slow_part
        False where smoothness priors took the slow part out: then no VLF and no total.

    Returns
    -------
    Bands
        HF from 60 s on; the others from 250 s on.
    """
    if psd.stretch_s < HF_NEEDS_S - EDGE_S:
        return Bands()
    hf_ms2 = psd.power_ms2(LF_END_HZ, HF_END_HZ)
    hf_peak_hz = psd.peak_hz(LF_END_HZ, HF_END_HZ)
    if psd.stretch_s < LF_NEEDS_S - EDGE_S:
        return Bands(hf_ms2=hf_ms2, hf_peak_hz=hf_peak_hz)
    lf_ms2 = psd.power_ms2(VLF_END_HZ, LF_END_HZ)
    both_ms2 = lf_ms2 + hf_ms2
    return Bands(
        vlf_ms2=psd.power_ms2(0.0, VLF_END_HZ) if slow_part else None,
        lf_ms2=lf_ms2,
        hf_ms2=hf_ms2,
        total_ms2=psd.power_ms2(0.0, HF_END_HZ) if slow_part else None,
        lf_hf=lf_ms2 / hf_ms2 if hf_ms2 > NO_POWER_MS2 else None,
        lf_nu=lf_ms2 / both_ms2 if both_ms2 > NO_POWER_MS2 else None,
        lf_peak_hz=psd.peak_hz(VLF_END_HZ, LF_END_HZ),
        hf_peak_hz=hf_peak_hz,
    )


def welch(series: NNSeries, *, detrend: str = "mean", segment_s: float = SEGMENT_S) -> Psd | None:
    """Estimate the spectrum by Welch's method (1967, doi:10.1109/TAU.1967.1161901).

    Cubic interpolation at 4 Hz, the mean (or the trend) removed, segments of 300 s under a Hann
    window that overlap by half, each with its own mean removed. Every stretch of the series that
    holds a segment takes part; where none does, the longest stretch is one segment.

    Parameters
    ----------
    series
        Normal intervals.
    detrend
        ``mean``, or ``smooth`` for smoothness priors.
    segment_s
        Length of the segments in seconds.

    Returns
    -------
    Psd or None
        None where no stretch has four beats.

    Raises
    ------
    ValueError
        If ``detrend`` is unknown.
    """
    if detrend not in ("mean", "smooth"):
        raise ValueError(f'detrend is "mean" or "smooth", not {detrend!r}')
    t_s = series.t_s
    found = [(first, end) for first, end in stretches(series) if end - first >= LEAST_POINTS]
    if not found:
        return None
    lengths_s = [float(t_s[end - 1] - t_s[first]) for first, end in found]
    longest_s = max(lengths_s)
    size = round(segment_s * RATE_HZ)
    used = [
        span
        for span, length_s in zip(found, lengths_s, strict=True)
        if int(length_s * RATE_HZ + 1e-9) + 1 >= size
    ]
    if not used:
        used = [found[lengths_s.index(longest_s)]]
        size = int(longest_s * RATE_HZ + 1e-9) + 1
    total = np.zeros(size // 2 + 1)
    n_segments = 0
    used_s = 0.0
    for first, end in used:
        even = resample(t_s[first:end], series.nn_ms[first:end])
        if detrend == "smooth":
            even -= smooth_trend(even)
        n_segments += _add_segments(even, size, total)
        used_s += float(t_s[end - 1] - t_s[first])
    total *= 2 / (n_segments * RATE_HZ * _hann(size)[1])
    total[0] /= 2
    if size % 2 == 0:
        total[-1] /= 2
    return Psd(
        step_hz=RATE_HZ / size,
        first_hz=0.0,
        density_ms2_per_hz=total,
        # The first interval was there before its beat, which is where the samples begin.
        stretch_s=longest_s + float(series.nn_ms[used[0][0]]) / 1000,
        n_segments=n_segments,
        left_out_s=sum(lengths_s) - used_s,
    )


def _add_segments(even: FloatArray, size: int, total: FloatArray) -> int:
    """Add the squared transforms of the segments to ``total``; return how many there were."""
    segments = np.lib.stride_tricks.sliding_window_view(even, size)[:: size - size // 2]
    hann, _ = _hann(size)
    at_once = max(1, _BLOCK // size)
    for first in range(0, segments.shape[0], at_once):
        part = segments[first : first + at_once]
        windowed = part - np.add.reduce(part, axis=1, keepdims=True) / size
        windowed *= hann
        lines = np.fft.rfft(windowed, axis=1)
        total += np.add.reduce(lines.real**2 + lines.imag**2, axis=0)
    return int(segments.shape[0])


@lru_cache(maxsize=8)
def _hann(size: int) -> tuple[FloatArray, float]:
    """Return the periodic Hann window, shape (size,), and the sum of its squares."""
    hann = 0.5 - 0.5 * np.cos(2 * np.pi / size * np.arange(size))
    hann.flags.writeable = False
    return hann, float(np.add.reduce(hann * hann))
