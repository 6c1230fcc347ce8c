"""What a strap's ECG and accelerometer tell while they stream: samples, breath, and a cross-check.

Pure, like everything in here: the same frames and beats give the same updates. Without the
optional detector of R peaks there is no cross-check; everything else goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import numpy as np

from biofeedback.ports import Guide
from biofeedback.sensing import ChestBreath, EcgSamples, RrChecked
from biofeedback.signals.chest_breath import ChestFrames
from biofeedback.signals.ecg_peaks import (
    Detector,
    NoDetectorError,
    check_rr,
    r_peaks,
    sleepecg_detector,
)
from biofeedback.signals.sensor_samples import Samples, SensorReader
from biofeedback.types import Beat, SensorFrame, SensorStream

CHECK_EVERY_S = 15.0
"""How often the strap's intervals are held against its ECG."""

CHECK_OVER_S = 60.0
"""So much of the past is looked at."""

_FIRST_CHECK_S = 30.0

Told = ChestBreath | EcgSamples | RrChecked


class SensorWatch:
    """Follows the sensors of one strap.

    Parameters
    ----------
    guide
        Where the breath guide stands.
    detect
        Finds R peaks; None takes the package that does, where it is installed.
    """

    def __init__(self, guide: Guide, detect: Detector | None = None) -> None:
        self._breath = ChestFrames(guide)
        self._ecg = SensorReader(SensorStream.ECG)
        self._detect = detect
        self._checks = True
        self._beats: deque[Beat] = deque()
        self._forget()

    def _forget(self) -> None:
        self._kept: deque[Samples] = deque()
        self._check_s: float | None = None

    def gap(self) -> None:
        """Note that the link was lost: nothing is joined across."""
        self._breath.gap()
        self._ecg.gap()
        self._forget()

    def take(self, beats: Iterable[Beat]) -> None:
        """Take the intervals that the strap sent, as they were placed."""
        self._beats.extend(beats)
        while self._beats and self._beats[0].t_s < self._beats[-1].t_s - CHECK_OVER_S:
            self._beats.popleft()

    def step(self, frame: SensorFrame) -> list[Told]:
        """Take a frame; return what follows from it."""
        if frame.stream is SensorStream.ACC:
            return [*self._breath.step(frame)]
        samples = self._ecg.step(frame)
        if samples is None:
            return []
        if samples.starts:
            self._forget()
        self._kept.append(samples)
        while self._kept[0].t_s[-1] < samples.t_s[-1] - CHECK_OVER_S:
            self._kept.popleft()
        told: list[Told] = [
            EcgSamples(
                frame.t_s,
                float(samples.t_s[0]),
                1 / self._ecg.rate_hz,
                tuple(int(uv) for uv in samples.values.tolist()),
                samples.starts,
            )
        ]
        if self._check_s is None:
            self._check_s = float(samples.t_s[0]) + _FIRST_CHECK_S
        if self._checks and float(samples.t_s[-1]) >= self._check_s:
            self._check_s += CHECK_EVERY_S
            told += self._checked(frame.t_s)
        return told

    def _checked(self, t_s: float) -> list[Told]:
        try:
            detect = self._detect = self._detect or sleepecg_detector()
        except NoDetectorError:
            self._checks = False
            return []
        ecg_uv = np.concatenate([samples.values for samples in self._kept])
        taken_s = np.concatenate([samples.t_s for samples in self._kept])
        # The strap's own clock between samples: session time wavers with the delay.
        steady_s = np.concatenate([samples.sensor_s for samples in self._kept])
        peaks = r_peaks(ecg_uv, self._ecg.rate_hz, detect)
        at = np.arange(ecg_uv.size, dtype=np.float64)
        offset_s = float(taken_s[-1] - steady_s[-1])
        peaks_s = np.interp(peaks, at, steady_s) + offset_s
        beats = [beat for beat in self._beats if beat.t_s >= taken_s[0]]
        check = check_rr(
            peaks_s,
            np.array([beat.t_s for beat in beats]),
            np.array([beat.rr_ms for beat in beats]),
        )
        return [RrChecked(t_s, check)]
