"""From the times of beats to intervals, with the labels that beats may carry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from biofeedback.sessions.formats.assembling import assemble, recognise
from biofeedback.sessions.formats.clock import SECONDS_PER
from biofeedback.sessions.formats.recording import Recording, RecordingError, Unit

BEAT_LABELS = frozenset("NLRBAaJSVrFejnE/fQ?")
"""WFDB's annotation codes that stand for a beat."""

NORMAL_LABELS = frozenset("NLRB")
"""Beats that the sinus node began: normal ones, and those with a bundle branch block."""


def _unit(steps: NDArray[np.float64], path: Path) -> Unit:
    if not (steps > 0).any():
        return "s"
    try:
        return recognise(steps, steps > 0, path)
    except RecordingError:
        raise RecordingError(
            f"The numbers in {path.name} only grow, by {np.median(steps):g} a step, which is no "
            "heartbeat in milliseconds or seconds. If they are samples, divide them by the "
            "sampling frequency."
        ) from None


def from_beat_times(
    times: NDArray[np.float64],
    path: Path,
    format_name: str,
    *,
    unit: str | None = None,
    counted_in: Unit | None = None,
    labels: Sequence[str] | None = None,
    breaks: NDArray[np.bool_] | None = None,
    lines: NDArray[np.int64] | None = None,
    notes: Sequence[str] = (),
) -> Recording:
    """Make a recording of the times of beats.

    Parameters
    ----------
    times
        When each beat was, shape (m,), increasing; what is no number is passed over.
    path, format_name
        Where they come from and what that is called.
    unit
        "s", "ms", ... as in `biofeedback.sessions.formats.clock.SECONDS_PER`; None to recognise.
    counted_in
        What the file itself counts in, where ``times`` are converted already.
    labels
        Label of each beat, length m.
    breaks
        Shape (m,): True where something that is no beat lay between a beat and the one before:
        that makes no interval.
    lines
        Line number of each, shape (m,).
    notes
        Sentences that the reader adds.

    Raises
    ------
    RecordingError
        If there are fewer than two beats, their times run backwards, or their unit could be
        milliseconds as well as samples.
    """
    known = np.flatnonzero(np.isfinite(times))
    beats = times[known]
    if beats.size < 2:
        raise RecordingError(
            f"{path.name} holds {beats.size} beat{'s' if beats.size != 1 else ''}; "
            "an interval takes two."
        )
    steps = np.diff(beats)
    if (steps < 0).any():
        at = known[int(np.argmax(steps < 0)) + 1]
        where = f"beat {at + 1}" if lines is None else f"line {lines[at]}"
        raise RecordingError(
            f"The times of the beats in {path.name} run backwards at {where}. Sort them by time."
        )
    if unit is None:
        unit = _unit(steps, path)
        if unit == "ms" and (beats == np.floor(beats)).all():
            raise RecordingError(
                f"The numbers in {path.name} only grow, so they are times of beats, but in "
                "milliseconds or in samples? Put a line above them that names the unit: beat_ms."
            )
    beats_s = beats * SECONDS_PER[unit]
    in_ms = unit == "ms"
    broken = np.zeros(steps.size, dtype=np.bool_) if breaks is None else breaks[known][1:]
    whole = np.flatnonzero(~broken)  # an interval across something else is none
    if not whole.size:
        raise RecordingError(
            f"No two beats in {path.name} follow each other, so it has no intervals."
        )
    ends = None if labels is None else [labels[int(at)] for at in known]
    is_normal = None if ends is None else np.array([label in NORMAL_LABELS for label in ends])
    return assemble(
        (steps if in_ms else np.diff(beats_s))[whole],
        path,
        format_name,
        unit="ms" if in_ms else "s",
        counted_in=counted_in,
        times_s=beats_s[1:][whole],
        breaks=np.concatenate(([False], broken[:-1]))[whole],
        lines=None if lines is None else lines[known][1:][whole],
        labels=None if ends is None else [ends[at + 1] for at in whole.tolist()],
        normal=None if is_normal is None else (is_normal[1:] & is_normal[:-1])[whole],
        notes=(*notes, "Intervals were computed from the times of beats."),
    )
