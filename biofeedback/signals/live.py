"""The live figures after each beat, from sums that never drift.

Windows hold integers (ticks of 1/1024 s), so that adding the newest beat and dropping the oldest
is exact: after a day the figures are those of a fresh start. A window of W seconds that ends at
time t holds the beats that ended in (t - W, t]; a difference counts where both of its beats lie
in the window and follow one another.
"""

from __future__ import annotations

from collections import deque
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.following import MIN_BREATHS, following_unchecked
from biofeedback.types import (
    MS_PER_TICK,
    TICKS_PER_S,
    Beat,
    BeatFlag,
    BreathPhase,
    Following,
    Metrics,
)

HR_WINDOW_S, HR_NEEDS_S = 10.0, 10.0
RMSSD_WINDOW_S, RMSSD_NEEDS_S = 60.0, 30.0
SDNN_WINDOW_S, SDNN_NEEDS_S = 300.0, 120.0
"""Length of each window, and how much of it has to be there."""

MAX_FLAGGED = 0.05
"""A window with a larger share of flagged beats shows no figure. One beat is always allowed:
in the 10 beats of the heart rate's window it would be a tenth, and the mean of the other nine
is still right."""

SLACK_S = 0.5
"""Beats' times move a little against their intervals; a window isn't broken by that."""

FOLLOWING_KEEPS_S = 600.0
"""Eight breaths take less than this at any pace; older beats are let go."""

SHORT, GAP, ARTEFACTS = "short", "gap", "artefacts"


class LiveMetrics:
    """Turns judged beats, in order, into the figures that a person sees.

    Pure: the same calls give the same figures. Memory is bounded by the longest window.
    """

    def __init__(self) -> None:
        self._hr = _Window(HR_WINDOW_S)
        self._rmssd = _Window(RMSSD_WINDOW_S)
        self._sdnn = _Window(SDNN_WINDOW_S)
        self._guided = _Guided()
        self._total_ticks = 0
        self._last: Beat | None = None

    def guide_changed(self) -> None:
        """Note that the guide follows another pattern, begins or rests.

        Following then starts over: a heart answers another pace with another delay. Where
        ``cycles`` merely go on at a slowly changing pace, no call is needed.
        """
        self._guided.clear()

    def push(self, beat: Beat, breath: BreathPhase | None) -> Metrics:
        """Take a judged beat; return the figures as of its time.

        Parameters
        ----------
        beat
            With its final flag. Flagged ones count as artefacts and take part in no figure.
        breath
            Where the guide stood when the beat happened (at ``beat.t_s``, not now); None while
            it rests, which ends the stretch that following looks at.
        """
        normal = beat.flag is BeatFlag.NORMAL
        plausible = beat.flag is not BeatFlag.IMPLAUSIBLE
        last = self._last
        joined = (
            normal
            and last is not None
            and last.flag is BeatFlag.NORMAL
            and last.segment == beat.segment
        )
        step = beat.rr_ticks - last.rr_ticks if joined and last is not None else None
        entry = (beat.t_s, beat.rr_ticks if plausible else 0, normal, step)
        self._last = beat
        if plausible:
            self._total_ticks += beat.rr_ticks
        for window in (self._hr, self._rmssd, self._sdnn):
            window.push(entry)

        hr_lack = self._lack(self._hr, HR_NEEDS_S)
        rmssd_lack = self._lack(self._rmssd, RMSSD_NEEDS_S)
        sdnn_lack = self._lack(self._sdnn, SDNN_NEEDS_S)
        followed, following_lack = self._guided.push(beat, breath)
        lacks = (hr_lack, rmssd_lack, sdnn_lack, following_lack)
        return Metrics(
            t_s=beat.t_s,
            hr_bpm=None if hr_lack else self._hr.hr_bpm(),
            rmssd_ms=None if rmssd_lack else self._rmssd.rmssd_ms(),
            sdnn_ms=None if sdnn_lack else self._sdnn.sdnn_ms(),
            following=followed,
            artefact_fraction=self._rmssd.flagged / self._rmssd.size,
            reason=next((why for why in (ARTEFACTS, GAP, SHORT) if why in lacks), ""),
        )

    def _lack(self, window: _Window, needs_s: float) -> str:
        """Say why the window carries no figure; empty if it does."""
        if window.flagged > max(MAX_FLAGGED * window.size, 1):
            return ARTEFACTS
        if self._total_ticks < needs_s * TICKS_PER_S:
            return SHORT
        if window.covered_ticks < (needs_s - SLACK_S) * TICKS_PER_S or window.n_steps < 2:
            return GAP
        return ""


class _Window:
    """Sums over the beats of the last seconds. All integers, so nothing is ever rounded."""

    __slots__ = (
        "_entries",
        "_length_s",
        "covered_ticks",
        "flagged",
        "n_normal",
        "n_steps",
        "sum_squares",
        "sum_step_squares",
        "sum_ticks",
    )

    def __init__(self, length_s: float) -> None:
        self._length_s = length_s
        self._entries: deque[tuple[float, int, bool, int | None]] = deque()
        self.covered_ticks = 0
        self.flagged = 0
        self.n_normal = 0
        self.n_steps = 0
        self.sum_ticks = 0
        self.sum_squares = 0
        self.sum_step_squares = 0

    @property
    def size(self) -> int:
        return len(self._entries)

    def push(self, entry: tuple[float, int, bool, int | None]) -> None:
        t_s, ticks, normal, step = entry
        entries = self._entries
        self.covered_ticks += ticks
        if normal:
            self.n_normal += 1
            self.sum_ticks += ticks
            self.sum_squares += ticks * ticks
            # the oldest beat's difference reaches out of the window
            if step is not None and entries:
                self.n_steps += 1
                self.sum_step_squares += step * step
        else:
            self.flagged += 1
        entries.append(entry)
        begin_s = t_s - self._length_s
        while entries[0][0] <= begin_s:
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        entries = self._entries
        _, ticks, normal, _ = entries.popleft()
        self.covered_ticks -= ticks
        if normal:
            self.n_normal -= 1
            self.sum_ticks -= ticks
            self.sum_squares -= ticks * ticks
        else:
            self.flagged -= 1
        step = entries[0][3]
        if step is not None:
            self.n_steps -= 1
            self.sum_step_squares -= step * step

    def hr_bpm(self) -> float:
        return 60000 * self.n_normal / (self.sum_ticks * MS_PER_TICK)

    def rmssd_ms(self) -> float:
        return sqrt(self.sum_step_squares / self.n_steps) * MS_PER_TICK

    def sdnn_ms(self) -> float:
        n = self.n_normal
        spread = n * self.sum_squares - self.sum_ticks * self.sum_ticks
        return sqrt(spread / (n * (n - 1))) * MS_PER_TICK


class _Guided:
    """The normal beats of the last breaths of the guide, as arrays that stay contiguous."""

    def __init__(self) -> None:
        self._rows: NDArray[np.float64] = np.empty((3, 256))
        self._flagged_cycles: deque[float] = deque()
        self.clear()

    def clear(self) -> None:
        self._first = self._end = 0
        self._flagged_cycles.clear()
        self._last_cycles = -np.inf

    def push(self, beat: Beat, breath: BreathPhase | None) -> tuple[Following | None, str]:
        """Take a beat; return how the heart follows, and if it can't be said, why not."""
        if breath is None:
            self.clear()
            return None, ""
        cycles = breath.cycles
        if cycles <= self._last_cycles:
            # the guide began anew
            self.clear()
        self._last_cycles = cycles
        if beat.flag is BeatFlag.NORMAL:
            self._append(beat.t_s, 60000 / beat.rr_ms, cycles)
        else:
            self._flagged_cycles.append(cycles)
        if self._first == self._end:
            return None, ""
        t_s, hr_bpm, kept = self._rows[:, self._first : self._end]
        began = kept[0]
        while self._flagged_cycles and self._flagged_cycles[0] < began:
            self._flagged_cycles.popleft()
        if kept[-1] - began < MIN_BREATHS:
            return None, ""
        flagged = len(self._flagged_cycles)
        if flagged > max(MAX_FLAGGED * (flagged + kept.size), 1):
            return None, ARTEFACTS
        followed = following_unchecked(t_s, hr_bpm, kept)
        return followed, "" if followed else GAP

    def _append(self, t_s: float, hr_bpm: float, cycles: float) -> None:
        rows = self._rows
        if self._end == rows.shape[1]:
            live = rows[:, self._first : self._end].copy()
            if live.shape[1] > rows.shape[1] // 2:
                rows = self._rows = np.empty((3, 2 * rows.shape[1]))
            rows[:, : live.shape[1]] = live
            self._first, self._end = 0, live.shape[1]
        at = self._end
        rows[0, at], rows[1, at], rows[2, at] = t_s, hr_bpm, cycles
        self._end = at + 1
        # The beat before the window's edge stays: the first breath is measured from there.
        kept, first = rows[2], self._first
        while first < at and cycles - kept[first + 1] >= MIN_BREATHS:
            first += 1
        while rows[0, first] < t_s - FOLLOWING_KEEPS_S:
            first += 1
        self._first = first
