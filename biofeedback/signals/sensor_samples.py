"""A strap's frames as samples with times: for a trace, for the breath, for R peaks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biofeedback.pmd import ECG_RATE_HZ, EcgFrame, MalformedFrameError, decode_frame
from biofeedback.signals.sensor_axis import FloatArray, SensorAxis
from biofeedback.types import SensorFrame, SensorStream

ACC_RATE_HZ = 50.0
"""What a strap's accelerometer is asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The samples of a frame.

    Attributes
    ----------
    t_s
        When they were taken, in session time, shape (n,), rising.
    sensor_s
        The same by the strap's clock: steady, from any zero.
    values
        Microvolts, shape (n,), or x, y and z in mG, shape (n, 3).
    starts
        True where samples may be missing before the first.
    """

    t_s: FloatArray
    sensor_s: FloatArray
    values: FloatArray
    starts: bool


class SensorReader:
    """Reads the frames of one sensor as they arrive.

    Parameters
    ----------
    stream
        ECG or accelerometer; frames of the other one are passed over.
    rate_hz
        Samples a second that the strap was asked for; None for what it is always asked.
    """

    def __init__(self, stream: SensorStream, *, rate_hz: float | None = None) -> None:
        self._stream = stream
        usual_hz = ECG_RATE_HZ if stream is SensorStream.ECG else ACC_RATE_HZ
        self._axis = SensorAxis(rate_hz or usual_hz)

    @property
    def rate_hz(self) -> float:
        """Samples a second, as the strap's clock has them."""
        return self._axis.rate_hz

    def gap(self) -> None:
        """Note that the link was lost."""
        self._axis.gap()

    def step(self, event: SensorFrame) -> Samples | None:
        """Read a frame; None if it is another sensor's, came before, or can't be read."""
        if event.stream is not self._stream:
            return None
        try:
            frame = decode_frame(event.payload)
        except MalformedFrameError:
            return None
        is_ecg = isinstance(frame, EcgFrame)
        if is_ecg != (self._stream is SensorStream.ECG):
            return None
        whole = frame.samples_uv if isinstance(frame, EcgFrame) else frame.samples_mg
        placed = self._axis.place(event.t_s, frame.sensor_ns, len(whole))
        if not placed.t_s.size:
            return None
        values = np.array(whole, dtype=np.float64)
        return Samples(placed.t_s, placed.sensor_s, values, placed.starts)
