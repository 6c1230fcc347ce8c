"""Samples of a strap's sensor on a time axis, from frames that carry the strap's own clock.

A frame says when its last sample was taken, by a clock that starts anywhere, and arrives late by
an unknown and unsteady delay. As with heartbeats (`biofeedback.signals.beats`) the two are joined
by the least delayed frame of the last minute. How far samples are apart is learned from the
strap: its clock is a little off, and after a crash it may run at a rate that nobody asked for.

What remains unknown is a constant: how long the least delayed frame took.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

WINDOW_S = 60.0
"""How long a frame stays a candidate for the least delayed one."""

SLACK = 0.25
"""Frames whose distance is within this share of what was expected follow one another."""

_CONVINCING_FRAMES = 3
_SHORTEST_STEP_S, _LONGEST_STEP_S = 0.001, 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """When the samples of a frame were taken.

    Attributes
    ----------
    t_s
        In seconds of session time, shape (n,), rising strictly from frame to frame.
    sensor_s
        In seconds of the strap's clock since the segment began, shape (n,): steady, for the
        distances between samples.
    starts
        True where samples may be missing before the first one, or the clock began anew.
    """

    t_s: FloatArray
    sensor_s: FloatArray
    starts: bool


class SensorAxis:
    """Places the samples of one sensor's frames. The same calls give the same times.

    Parameters
    ----------
    rate_hz
        What the strap was asked for; taken until it shows another one.
    """

    def __init__(self, rate_hz: float) -> None:
        self._step_s = 1 / rate_hz
        self._zero_ns = 0
        self._last_ns: int | None = None
        self._last_t_s: float | None = None
        self._odd_steps_s: list[float] = []
        self._delays: deque[tuple[float, float]] = deque()

    @property
    def rate_hz(self) -> float:
        """Samples a second, as far as is known."""
        return 1 / self._step_s

    def gap(self) -> None:
        """Note that the link was lost: the strap's clock may begin anew."""
        self._last_ns = None

    def place(self, arrival_s: float, sensor_ns: int, n_samples: int) -> Placed:
        """Place the samples of one frame.

        Parameters
        ----------
        arrival_s
            When the frame arrived, in seconds of session time; not earlier than the last one.
        sensor_ns
            The strap's time of the last sample, in nanoseconds.
        n_samples
            How many samples it holds.

        Returns
        -------
        Placed
            Empty where a frame came twice.
        """
        if self._last_ns is not None and sensor_ns == self._last_ns:
            return Placed(np.empty(0), np.empty(0), starts=False)
        step_s = self._step_to(sensor_ns, n_samples)
        starts = step_s is None
        if self._last_ns is None or sensor_ns < self._last_ns:
            self._zero_ns = sensor_ns
            self._delays.clear()
        self._last_ns = sensor_ns
        last_s = (sensor_ns - self._zero_ns) * 1e-9
        back = np.arange(n_samples - 1, -1, -1, dtype=np.float64)
        sensor_s = last_s - back * (self._step_s if step_s is None else step_s)
        delay_s = self._least_delay_s(arrival_s, arrival_s - last_s)
        if self._last_t_s is not None and n_samples:
            # A better guess of the delay moves time back, but never onto samples placed before.
            delay_s = max(delay_s, self._last_t_s + 0.5 * self._step_s - float(sensor_s[0]))
        t_s = sensor_s + delay_s
        if n_samples:
            self._last_t_s = float(t_s[-1])
        return Placed(t_s, sensor_s, starts)

    def _step_to(self, sensor_ns: int, n_samples: int) -> float | None:
        """Return the time between samples of a frame that follows the last one, else None."""
        if self._last_ns is None or sensor_ns < self._last_ns or not n_samples:
            return None
        step_s = (sensor_ns - self._last_ns) * 1e-9 / n_samples
        if abs(step_s - self._step_s) <= SLACK * self._step_s:
            self._odd_steps_s.clear()
            self._step_s = step_s
            return step_s
        if not _SHORTEST_STEP_S <= step_s <= _LONGEST_STEP_S:
            return None
        # Lost frames make a distance longer, never shorter, and not each by the same.
        self._odd_steps_s.append(step_s)
        if step_s < self._step_s or len(self._odd_steps_s) >= _CONVINCING_FRAMES:
            self._step_s = min(self._odd_steps_s)
            self._odd_steps_s.clear()
            if abs(step_s - self._step_s) <= SLACK * self._step_s:
                return step_s
        return None

    def _least_delay_s(self, arrival_s: float, delay_s: float) -> float:
        while self._delays and self._delays[-1][1] >= delay_s:
            self._delays.pop()
        self._delays.append((arrival_s, delay_s))
        while self._delays[0][0] < arrival_s - WINDOW_S:
            self._delays.popleft()
        return self._delays[0][1]
