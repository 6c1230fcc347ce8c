"""What a strap truly gives, recognised from what it sends.

A strap that measures each heartbeat sends intervals that differ by a few 1/1024 s even in the
steadiest heart: the R peak is found to about 1 ms, and a heart is no clock. Sensors that do not
measure beats fill the field with something else. Five rules, looked at in this order over the
last intervals; each is written so that a real heart cannot meet it:

===========  ==================================================================================
none         heart rate and skin contact for 10 s, and no interval (where the strap is known to
             measure, this is bad contact: it keeps its kind)
filler       nearly always the same one to three values, far from what the heart rate says
constant     nearly always the same single value, near to what the heart rate says, and never
             one just beside it
derived      nearly always 60000 / heart rate to within the rounding, as the heart rate moves
smoothed     steps from beat to beat that are small, resemble the step before, and have less
             roughness than the timing of any R peak
===========  ==================================================================================

``true_rr`` is said on evidence too: roughness above what timing and rounding alone explain.
Where nothing is clear the kind stays what it was, at first ``unknown``.

Known limits: averages over fewer than about twenty beats look like a calmer heart and are not
recognised. A heart that a pacemaker drives at an exact number of ticks looks constant.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from itertools import pairwise
from math import sqrt

from biofeedback.types import TICKS_PER_S, HeartRateMeasurement, StrapKind

__all__ = ["Doubles", "StrapKind", "StrapKindWatch"]

NONE_AFTER_S = 10.0
"""At 20 beats a minute three intervals would have come in this time."""

WINDOW = 40
"""Intervals looked at: within a minute down to 40 beats a minute."""

ENOUGH = 25
"""Intervals for a first verdict; a real heart repeats one value so often by no chance."""

NEARLY_ALWAYS = 0.95
"""One interval in twenty may be a slip of the sensor."""

FEW_VALUES = 3

FAR = 0.2
"""Filler lies further than this from the heart rate. A strap's averaging of a breathing heart
stays within it over a window's median."""

DITHER_TICKS = 2
"""Even the steadiest heart falls a tick or two beside its commonest interval now and then."""

CUT_TICKS, ROUNDED_TICKS = 2.1, 1.1
"""How far below and above 60000 / HR an interval may lie that was reckoned from it: cut to whole
ms and then to whole ticks, or rounded twice."""

SPREAD_TICKS = 5.5
"""Up to 105 beats a minute neighbouring heart rates lie this far apart in intervals; closer
together, any interval is near one of them."""

QUIET_STEPS_TICKS = 6.0
"""Root mean square of the steps (RMSSD) below which smoothness tells of smoothing. A swing of
2 bpm with 6 breaths a minute makes larger ones, so a slow breath is never taken for it."""

ALIKE = 0.2
"""Correlation of a step with the one before. Timing noise makes it -0.5, so that hearts of little
variability, and hearts in exercise, lie below 0."""

SMOOTH_TICKS, ROUGH_TICKS = 0.9, 1.5
"""Roughness: root mean square of the fourth differences over sqrt(70), which is the noise of an
interval. Rounding alone makes 0.3 (0.55 where times are rounded), beats timed to 0.5 ms make 1.0.
Measured: 1.2 at least in real recordings, in hard exercise; 2.5 to 50 at rest."""

DOUBLED_WITHIN_S = 0.3
"""A copy comes in the same moment. Within this, only a heart at 200 beats a minute can beat."""

AT_ONCE_S, COPIES_KNOWN = 0.1, 2
"""Once two packets in a row came twice, an equal one as close as this is a copy."""

ROOM_WINDOW_S = 60.0
"""How long a packet tells how little delay the radio can have."""

_EVERY = 8  # Intervals between two looks: a look costs more than an interval.
_ROOT70 = sqrt(70.0)


class StrapKindWatch:
    """Watches the packets of one strap. Pure: the same calls give the same kinds."""

    def __init__(self) -> None:
        self._kind = StrapKind.UNKNOWN
        self._of_intervals = StrapKind.UNKNOWN
        self._window: deque[tuple[int, int]] = deque(maxlen=WINDOW)
        self._unlooked = 0
        self._without_since_s: float | None = None
        self._without = False

    @property
    def without_intervals(self) -> bool:
        """Whether heart rate has come for 10 s now without an interval."""
        return self._without

    @property
    def kind(self) -> StrapKind:
        """What the strap gives, as far as is known."""
        return self._kind

    def gap(self) -> None:
        """Note that intervals may have been lost: what follows is looked at by itself."""
        self._window.clear()
        self._unlooked = 0
        self._without_since_s = None
        self._without = False

    def push(self, measurement: HeartRateMeasurement, t_s: float) -> StrapKind:
        """Take a packet; return what the strap gives.

        Parameters
        ----------
        measurement
            As decoded. Off the skin, or with heart rate 0 and no interval, it tells nothing.
        t_s
            When it arrived, in seconds of session time.
        """
        if measurement.contact is False:
            self.gap()
            return self._kind
        if measurement.rr_ticks:
            self._without_since_s = None
            self._without = False
            self._kind = self._with_intervals(measurement)
        elif measurement.hr_bpm:
            if self._without_since_s is None:
                self._without_since_s = t_s
            if t_s - self._without_since_s >= NONE_AFTER_S:
                self._without = True
                self._window.clear()
                if self._of_intervals is not StrapKind.TRUE_RR:
                    self._kind = StrapKind.NONE
        else:
            # no heart rate either: the sensor is looking for the heart
            self._without_since_s = None
            self._without = False
        return self._kind

    def _with_intervals(self, measurement: HeartRateMeasurement) -> StrapKind:
        self._window.extend((ticks, measurement.hr_bpm) for ticks in measurement.rr_ticks)
        self._unlooked += len(measurement.rr_ticks)
        if self._unlooked >= _EVERY and len(self._window) >= ENOUGH:
            self._unlooked = 0
            self._of_intervals = self._look()
        return self._of_intervals

    def _look(self) -> StrapKind:
        rr_ticks = [ticks for ticks, _ in self._window]
        needed = NEARLY_ALWAYS * len(rr_ticks)
        commonest = Counter(rr_ticks).most_common(FEW_VALUES)
        if sum(count for _, count in commonest) >= needed and self._far_from_rate():
            return StrapKind.FILLER
        if self._derived(needed):
            return StrapKind.DERIVED
        if len(rr_ticks) == WINDOW and _constant(rr_ticks, commonest[0][0], needed):
            return StrapKind.CONSTANT
        if len(rr_ticks) == WINDOW and _smoothed(rr_ticks):
            return StrapKind.SMOOTHED
        if _typical_roughness_ticks(rr_ticks) >= ROUGH_TICKS:
            return StrapKind.TRUE_RR
        return self._of_intervals

    def _far_from_rate(self) -> bool:
        off = [abs(ticks * hr_bpm / _TICKS_PER_MIN - 1) for ticks, hr_bpm in self._window if hr_bpm]
        return bool(off) and _median(off) > FAR

    def _derived(self, needed: float) -> bool:
        for per_min in (_TICKS_PER_MIN, _MS_PER_MIN):
            by_rate = [
                ticks
                for ticks, hr_bpm in self._window
                if hr_bpm and -CUT_TICKS <= ticks - per_min / hr_bpm <= ROUNDED_TICKS
            ]
            if len(by_rate) < needed:
                continue
            if self._of_intervals is StrapKind.DERIVED:
                return True
            told_apart = _median(by_rate) ** 2 / per_min >= SPREAD_TICKS
            if told_apart and max(by_rate) - min(by_rate) >= SPREAD_TICKS:
                return True
        return False


class Doubles:
    """Tells the copies of packets that some systems deliver from packets of their own.

    Two packets may well be equal: a steady heart, one interval each, and a radio that was busy
    and sends both at once. But intervals take their time. A copy claims beats for which no time
    has passed: reckoned from the least delayed packet of the last minute, they would have come
    before they happened. Only then is it one; and the later it comes, the clearer it has to be.
    Where packets have been copied one after the other, the next copy is known by itself.

    Pure: the same calls give the same answers.
    """

    def __init__(self) -> None:
        self.gap()

    def gap(self) -> None:
        """Note that packets may have been lost, and with them the reckoning of time."""
        self._last: tuple[float, bytes] | None = None
        self._sum_ticks = 0
        # times and offsets; the offsets rise, so that the first is the least
        self._offsets: deque[tuple[float, float]] = deque()
        self._copied = False
        self._copied_in_a_row = 0

    def push(self, t_s: float, payload: bytes, rr_ticks: tuple[int, ...]) -> bool:
        """Take a packet; tell whether it is a copy of the one before.

        Parameters
        ----------
        t_s
            When it arrived, in seconds of session time.
        payload
            As received.
        rr_ticks
            Its intervals; without any it does no harm twice, and tells nothing here.
        """
        if not rr_ticks:
            return False
        last, self._last = self._last, (t_s, payload)
        sum_ticks = self._sum_ticks + sum(rr_ticks)
        offset_s = t_s - sum_ticks / TICKS_PER_S
        if last is not None and payload == last[1]:
            apart_s = t_s - last[0]
            known = self._copied_in_a_row >= COPIES_KNOWN and apart_s < AT_ONCE_S
            too_early = offset_s < self._offsets[0][1] - apart_s
            if apart_s < DOUBLED_WITHIN_S and (known or too_early):
                self._copied = True
                return True
        self._copied_in_a_row = self._copied_in_a_row + 1 if self._copied else 0
        self._copied = False
        self._sum_ticks = sum_ticks
        self._reckon(t_s, offset_s)
        return False

    def _reckon(self, t_s: float, offset_s: float) -> None:
        offsets = self._offsets
        while offsets and offsets[-1][1] >= offset_s:
            offsets.pop()
        offsets.append((t_s, offset_s))
        while offsets[0][0] < t_s - ROOM_WINDOW_S:
            offsets.popleft()


_TICKS_PER_MIN = 60 * TICKS_PER_S
_MS_PER_MIN = 60_000  # Some sensors send ms where ticks belong.


def _constant(rr_ticks: list[int], value: int, needed: float) -> bool:
    beside = sum(0 < abs(ticks - value) <= DITHER_TICKS for ticks in rr_ticks)
    return not beside and rr_ticks.count(value) >= needed


def _smoothed(rr_ticks: list[int]) -> bool:
    steps = [after - before for before, after in pairwise(rr_ticks)]
    if sum(step * step for step in steps) > QUIET_STEPS_TICKS**2 * len(steps):
        return False
    fourth = _fourth_differences(rr_ticks)
    if sqrt(sum(d * d for d in fourth) / len(fourth)) > SMOOTH_TICKS * _ROOT70:
        return False
    mean = sum(steps) / len(steps)
    centred = [step - mean for step in steps]
    power = sum(step * step for step in centred)
    alike = sum(a * b for a, b in pairwise(centred))
    return alike >= ALIKE * power > 0


def _typical_roughness_ticks(rr_ticks: list[int]) -> float:
    """Return it from the median, which single artefacts do not move."""
    return _median(abs(d) for d in _fourth_differences(rr_ticks)) / 0.6745 / _ROOT70


def _median(values: Iterable[float]) -> float:
    # the upper one of two: the statistics module costs more at the start than it saves here
    in_order = sorted(values)
    return in_order[len(in_order) // 2]


def _fourth_differences(rr_ticks: list[int]) -> list[int]:
    return [
        rr_ticks[i] - 4 * rr_ticks[i + 1] + 6 * rr_ticks[i + 2] - 4 * rr_ticks[i + 3] + after
        for i, after in enumerate(rr_ticks[4:])
    ]
