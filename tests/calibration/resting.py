"""Resting hearts for the calibration: stretches of recordings, and simulated ones."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEADY_RANGE_BPM = 10.0
"""A stretch is steady where its 30-second mean heart rates lie within so many bpm."""

LONGEST_SILENCE_S = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """RR intervals of one person in ms, as a strap would send them, artefacts included."""

    name: str
    rr_ms: Array
    t_s: Array


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two windows of one stretch of rest, with nothing done in between."""

    recording: str
    start_s: float
    before_ms: Array
    after_ms: Array
    length_s: float
    gap_s: float

    def shifted_ms(self, change_bpm: float) -> Array:
        """Return the second window with its mean heart rate changed by so many bpm.

        Every interval is stretched alike, so RMSSD grows with the intervals; the drift that is
        in the pair stays.
        """
        hr_bpm = 60_000 / float(self.after_ms.mean())
        return np.asarray(self.after_ms * hr_bpm / (hr_bpm + change_bpm))


def long_recordings(data: Path) -> list[Recording]:
    """Two people, 23 hours each (PhysioNet nsr2db)."""
    found = []
    for name in ("nsr001", "nsr004"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import wfdb

            marks = wfdb.rdann(str(data / "physionet_nsr2db" / name), "ecg")
        beats = np.isin(np.asarray(marks.symbol), list("NVASFQJaLR"))
        at_s = np.asarray(marks.sample)[beats] / 128
        found.append(Recording(name, np.diff(at_s) * 1000, at_s[1:]))
    return found


def short_recordings(data: Path) -> list[Recording]:
    """One resting recording each of some more people."""
    listed = (
        ("rhenan rest", data / "rhenan_hrv" / "rest_rri.txt"),
        ("rhenan real", data / "rhenan_hrv" / "real_rri.txt"),
        ("joegle ear pulse", data / "joegle" / "2013-02-03-18-40-12.txt"),
    )
    found = [_from_rr(name, np.loadtxt(path, ndmin=1)) for name, path in listed]
    long_nn = np.load(data / "pyhrv_samples" / "SampleNNISeriesLong.npy").ravel()
    return [*found, _from_rr("pyhrv long", long_nn.astype(np.float64))]


def _from_rr(name: str, rr_ms: Array) -> Recording:
    return Recording(name, rr_ms, np.cumsum(np.where(rr_ms < 3000, rr_ms, 0.0)) / 1000)


def pairs(
    recording: Recording,
    *,
    length_s: float,
    gap_s: float,
    step_s: float,
    range_bpm: float = STEADY_RANGE_BPM,
) -> Iterator[Pair]:
    """Cut the steady stretches of a recording into pairs of windows.

    Parameters
    ----------
    recording
        Where from.
    length_s, gap_s
        Length of each window and time between them.
    step_s
        Time from one stretch to the next; less than the stretch makes them overlap.
    range_bpm
        What counts as steady.
    """
    t_s, rr_ms = recording.t_s, recording.rr_ms
    whole_s = 2 * length_s + gap_s
    for start_s in np.arange(t_s[0], t_s[-1] - whole_s, step_s):
        first, last = np.searchsorted(t_s, (start_s, start_s + whole_s))
        at_s, rr = t_s[first:last] - start_s, rr_ms[first:last]
        if not _steady(at_s, rr, whole_s, range_bpm):
            continue
        middle, after = np.searchsorted(at_s, (length_s, length_s + gap_s))
        yield Pair(recording.name, float(start_s), rr[:middle], rr[after:], length_s, gap_s)


def _steady(at_s: Array, rr_ms: Array, whole_s: float, range_bpm: float) -> bool:
    plausible = (rr_ms > 300) & (rr_ms < 2000)
    if rr_ms[plausible].sum() < 950 * whole_s:
        return False
    part = (at_s // 30).astype(np.int64)
    n_parts = int(whole_s // 30)
    beats = np.bincount(part[plausible], minlength=n_parts)[:n_parts]
    if beats.min() < 10:
        return False
    rates = 60_000 * beats / np.bincount(part[plausible], rr_ms[plausible], n_parts)[:n_parts]
    return bool(np.ptp(rates) <= range_bpm)


# ------------------------------------------------------------------------------- simulated
def simulated_pair(
    rng: np.random.Generator, *, hr_bpm: float, length_s: float, gap_s: float
) -> Pair:
    """Draw a resting heart: 1/f drift of the documented size, two waves, restless moments.

    The drift's size varies from heart to heart (log-normal, sd 0.35) around a level at which the
    change between windows of 120 s, 5 minutes apart, has a standard deviation of 1.95 bpm, the
    figure measured over 72 people.
    """
    whole_s = int(2 * length_s + gap_s) + 20
    at_s = np.arange(0, whole_s, 0.25)
    drift = _pink(rng, at_s.size) * DRIFT_BPM * float(np.exp(rng.normal(-0.06, 0.35)))
    breath_hz, wave_hz = rng.uniform(0.17, 0.33), rng.uniform(0.08, 0.12)
    # The depth of breath changes slowly, so RMSSD wanders by a fifth as it does in recordings.
    depth = np.exp(rng.normal(0, 0.4) + 0.2 * np.sin(at_s / 160 + rng.uniform(0, 2 * np.pi)))
    waves = 2.5 * depth * np.sin(2 * np.pi * breath_hz * at_s + _wander(rng, at_s.size, 0.25))
    waves += 2.0 * np.sin(2 * np.pi * wave_hz * at_s + _wander(rng, at_s.size, 0.12))
    stirs = np.zeros(at_s.size)
    for _ in range(rng.poisson(whole_s / 200)):
        since_s = at_s - rng.uniform(0, whole_s)
        stirs += np.where(since_s > 0, rng.uniform(2, 8) * np.exp(-since_s / 8), 0.0)
    rate_hz = (hr_bpm + drift + waves + stirs).clip(35, 180) / 60
    phase = np.concatenate(([0.0], np.cumsum(rate_hz) * 0.25))
    edges_s = np.concatenate((at_s, [whole_s]))
    beats_s = np.interp(np.arange(1, int(phase[-1])), phase, edges_s)
    beats_s = beats_s + rng.normal(0, 0.004, beats_s.size)
    ticks = np.round(np.diff(beats_s) * 1024)
    rr_ms, t_s = ticks * 1000 / 1024, beats_s[1:]
    before = (t_s >= 5) & (t_s < 5 + length_s)
    after = (t_s >= 5 + length_s + gap_s) & (t_s < 5 + 2 * length_s + gap_s)
    return Pair("simulated", 0.0, rr_ms[before], rr_ms[after], length_s, gap_s)


DRIFT_BPM = 31.0
"""Scale of `_pink` that gives sd 1.95 bpm between windows; see `simulated_pair`."""


def _pink(rng: np.random.Generator, n: int) -> Array:
    """Noise whose power falls with 1/f from one wave an hour to 0.05 Hz, scaled by `DRIFT_BPM`."""
    m = 14_400  # One hour at 4 Hz, so that hearts differ in what is slower than the stretch.
    f_hz = np.fft.rfftfreq(m, 0.25)
    level = np.where((f_hz > 0) & (f_hz < 0.05), 1.0, 0.0)
    level[1:] /= np.sqrt(f_hz[1:])
    spectrum = level * (rng.standard_normal(f_hz.size) + 1j * rng.standard_normal(f_hz.size))
    noise = np.fft.irfft(spectrum, m)
    noise *= np.sqrt(m) / 40
    return np.asarray(np.resize(noise, n) if n <= m else np.tile(noise, n // m + 1)[:n])


def _wander(rng: np.random.Generator, n: int, per_s: float) -> Array:
    return np.asarray(np.cumsum(rng.normal(0, per_s * 0.5, n)) + rng.uniform(0, 2 * np.pi))
