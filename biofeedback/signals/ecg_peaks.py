"""R peaks of an ECG, and whether they agree with the intervals that the strap sent.

The detector is another's, well kept: SleepECG's (Hofer & Brunner 2023, after Pan & Tompkins 1985),
an optional package. What is added is the place of a peak between two samples: at 130 Hz they are
7.7 ms apart, and intervals of whole samples would be too coarse to hold against a strap's 1 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from biofeedback.sensing import RrCheck

FloatArray = NDArray[np.float64]
Detector = Callable[[FloatArray, float], NDArray[np.integer]]
"""Takes samples and their rate in Hz, returns the index of a sample near each R peak, rising."""

SNAP_S = 0.06
"""The peak is looked for within this around what the detector found."""

AGREE_MS = 20.0
"""Intervals that differ by more were not measured at the same beats."""

EARLIEST_S, LATEST_S = -1.0, 6.0
"""A strap's interval comes so long after its beat (before: an ECG that itself came late)."""

MIN_COMPARED = 10

_LONGEST_S = 3.0
_STEP_S = 0.05
_NEAR_S = 0.15


class NoDetectorError(ImportError):
    """The package that finds R peaks is not installed; the message says how to get it."""


def sleepecg_detector() -> Detector:
    """Return SleepECG's detector.

    Raises
    ------
    NoDetectorError
        If it is not installed.
    """
    try:
        heartbeats = import_module("sleepecg")
    except ImportError as error:
        raise NoDetectorError(
            "R peaks are found with the package sleepecg, which is not installed. "
            "Install it with: pip install 'hand-on-heart[ecg]'"
        ) from error
    detector: Detector = heartbeats.detect_heartbeats
    return detector


def r_peaks(ecg_uv: FloatArray, rate_hz: float, detect: Detector | None = None) -> FloatArray:
    """Find R peaks.

    Parameters
    ----------
    ecg_uv
        Samples without a gap, shape (n,), in microvolts; some seconds of them at least.
    rate_hz
        Samples a second.
    detect
        Another detector than `sleepecg_detector`.

    Returns
    -------
    ndarray
        Where the peaks are, in samples from the first one, rising, between samples by the
        parabola through the highest three. An ECG that stands on its head is read as well.

    Raises
    ------
    NoDetectorError
        If no detector is given and none is installed.
    """
    detect = detect or sleepecg_detector()
    reach = max(1, round(SNAP_S * rate_hz))
    if ecg_uv.size < 2 * rate_hz:
        return np.empty(0)
    found = np.asarray(detect(ecg_uv, rate_hz), dtype=np.int64)
    found = found[(found >= reach) & (found < ecg_uv.size - reach - 1)]
    if not found.size:
        return np.empty(0)
    around = ecg_uv[found[:, None] + np.arange(-reach, reach + 1)]
    level = np.median(ecg_uv)
    upright = np.median(around.max(axis=1) - level) >= np.median(level - around.min(axis=1))
    heights = around if upright else -around
    top = np.clip(heights.argmax(axis=1), 1, 2 * reach - 1)
    row = np.arange(found.size)
    before, at, after = (heights[row, top + step] for step in (-1, 0, 1))
    bend = before - 2 * at + after
    safe = np.where(bend < 0, bend, -1.0)
    aside = np.where(bend < 0, 0.5 * (before - after) / safe, 0.0)
    peaks = found - reach + top + np.clip(aside, -0.5, 0.5)
    # Two finds may snap to one peak.
    return np.unique(peaks)


def check_rr(peaks_s: FloatArray, beats_s: FloatArray, rr_ms: FloatArray) -> RrCheck | None:
    """Hold the strap's intervals against its ECG.

    Parameters
    ----------
    peaks_s
        When the R peaks were, in seconds of session time, rising.
    beats_s, rr_ms
        When the strap's intervals ended, as far as is known, and how long they were, shape (n,).
        The delay between the two is found.

    Returns
    -------
    RrCheck or None
        None with fewer than `MIN_COMPARED` intervals to compare.
    """
    if peaks_s.size < MIN_COMPARED or beats_s.size < MIN_COMPARED:
        return None
    ecg_ms = np.diff(peaks_s) * 1000
    ended_s = peaks_s[1:][ecg_ms <= _LONGEST_S * 1000]
    ecg_ms = ecg_ms[ecg_ms <= _LONGEST_S * 1000]
    if ended_s.size < MIN_COMPARED:
        return None
    best: tuple[int, float, float] | None = None
    for delay_s in np.arange(EARLIEST_S, LATEST_S, _STEP_S):
        _, apart_ms = _matched(ended_s, ecg_ms, beats_s - delay_s, rr_ms)
        if apart_ms.size >= MIN_COMPARED:
            agreeing = int((apart_ms <= AGREE_MS).sum())
            rank = (agreeing, -float(np.median(apart_ms)), float(delay_s))
            if best is None or rank[:2] > best[:2]:
                best = rank
    if best is None:
        return None
    late_s, apart_ms = _matched(ended_s, ecg_ms, beats_s - best[2], rr_ms)
    agree = apart_ms <= AGREE_MS
    return RrCheck(
        n_compared=int(apart_ms.size),
        n_agreeing=int(agree.sum()),
        apart_ms=float(np.median(apart_ms[agree] if agree.any() else apart_ms)),
        delay_s=best[2] + float(np.median(late_s)),
    )


def _matched(
    ended_s: FloatArray, ecg_ms: FloatArray, beats_s: FloatArray, rr_ms: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Pair each beat with the nearest peak; return how late it is and how far they differ."""
    right = np.clip(np.searchsorted(ended_s, beats_s), 1, ended_s.size - 1)
    nearest = np.where(beats_s - ended_s[right - 1] < ended_s[right] - beats_s, right - 1, right)
    late_s = beats_s - ended_s[nearest]
    near = np.abs(late_s) <= _NEAR_S
    return late_s[near], np.abs(ecg_ms[nearest] - rr_ms)[near]
