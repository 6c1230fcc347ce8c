"""EDF+ and BDF+ files whose annotations mark beats, or name RR intervals.

Beats are annotations such as ``R``, ``N``, ``beat`` or ``R-peak``; intervals are such as
``RR 812`` or ``RR=0.812``, placed where they end.
"""

from __future__ import annotations

import re
import struct
import warnings
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from biofeedback.sessions.formats.assembling import assemble
from biofeedback.sessions.formats.beats import BEAT_LABELS, from_beat_times
from biofeedback.sessions.formats.opening import load
from biofeedback.sessions.formats.recording import Recording, RecordingError

NAME = "EDF+ annotations"

_INTERVAL = re.compile(
    r"\s*(?:rri?|ibi|nni?)(?:[ _-]?interval)?\s*[:= ]\s*(\d+(?:[.,]\d+)?)\s*(?:ms|s)?\s*", re.I
)
_BEAT = re.compile(r"\s*(?:r|qrs|r[ _-]?(?:peak|wave)|(?:heart)?[ _-]?beat|pulse|normal)\s*", re.I)


def matches(head: bytes, path: Path) -> bool:
    """Return whether this is the header of an EDF or a BDF file."""
    edf = head[:8] == b"0       "
    return len(head) >= 256 and (edf or head[:8] == b"\xffBIOSEMI")


def read(path: Path) -> Recording:
    """Read intervals that annotations name; without any, the beats that they mark.

    Raises
    ------
    RecordingError
        If there are neither, the file is damaged, or the package for EDF is missing.
    """
    try:
        import edfio
    except ImportError:
        raise RecordingError(
            'EDF files need one more package. Install it with: pip install "hand-on-heart[formats]"'
        ) from None
    data = load(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = edfio.read_bdf(data) if data[:1] == b"\xff" else edfio.read_edf(data)
            marks = sorted((float(mark.onset), str(mark.text)) for mark in opened.annotations)
            began = _began(opened)
    except (
        LookupError,
        ArithmeticError,
        ValueError,
        TypeError,
        AttributeError,
        AssertionError,
        EOFError,
        OSError,
        MemoryError,
        RecursionError,
        struct.error,
    ):
        raise RecordingError(
            f"{path.name} is an EDF file that is damaged or cut off. Copy or export it again."
        ) from None
    intervals = [(onset, found) for onset, text in marks if (found := _INTERVAL.fullmatch(text))]
    if intervals:
        recording = assemble(
            np.array([float(found[1].replace(",", ".")) for _, found in intervals]),
            path,
            NAME,
            times_s=np.array([onset for onset, _ in intervals]),
        )
        return _dated(recording, began, intervals[0][0])
    beats = [
        (onset, "N" if _BEAT.fullmatch(text) else text.strip())
        for onset, text in marks
        if text.strip() in BEAT_LABELS or _BEAT.fullmatch(text)
    ]
    if not beats:
        raise RecordingError(
            f"No heartbeats were found among the {len(marks)} annotations of {path.name}. "
            "They would be called R, N or beat, or RR with a number."
        )
    recording = from_beat_times(
        np.array([onset for onset, _ in beats]),
        path,
        NAME,
        unit="s",
        labels=[label for _, label in beats],
    )
    return _dated(recording, began, beats[1][0] if len(beats) > 1 else beats[0][0])


def _began(opened: Any) -> datetime | None:
    """Return when the file says that it begins; a date that was taken out of it is none."""
    try:
        return datetime.combine(opened.startdate, opened.starttime)
    except (ValueError, AttributeError, TypeError):
        return None


def _dated(recording: Recording, began: datetime | None, first_ended_s: float) -> Recording:
    if began is None:
        return recording
    try:
        before_s = first_ended_s - float(recording.rr_ms[0]) / 1000
        return replace(recording, started_at=began + timedelta(seconds=before_s))
    except OverflowError:
        return recording
