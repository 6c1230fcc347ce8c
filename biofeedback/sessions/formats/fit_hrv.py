"""Garmin FIT activities that log heart rate variability: their ``hrv`` messages."""

from __future__ import annotations

import struct
import warnings
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from biofeedback.sessions.formats.assembling import assemble
from biofeedback.sessions.formats.opening import load
from biofeedback.sessions.formats.recording import Recording, RecordingError

NAME = "FIT"
FILLER_S = 65.535
"""0xFFFF in ms: a place in the message that holds no interval."""

_STOPS = ("stop", "stop_all", "stop_disable", "stop_disable_all")


def matches(head: bytes, path: Path) -> bool:
    """Return whether the file has FIT's mark in its header."""
    return head[8:12] == b".FIT"


def read(path: Path) -> Recording:
    """Read all intervals; where the timer was stopped, a gap begins.

    Raises
    ------
    RecordingError
        If the activity has none, the file is damaged, or the package for FIT is missing.
    """
    try:
        import fitdecode
    except ImportError:
        raise RecordingError(
            'FIT files need one more package. Install it with: pip install "hand-on-heart[formats]"'
        ) from None
    values: list[float] = []
    breaks: list[bool] = []
    stopped = False
    damaged = False
    clock = _Clock()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with fitdecode.FitReader(BytesIO(load(path))) as frames:
                for frame in frames:
                    if frame.frame_type != fitdecode.FIT_FRAME_DATA:
                        continue
                    clock.look_at(frame)
                    if frame.name == "event" and frame.get_value("event", fallback=None) == "timer":
                        stopped |= frame.get_value("event_type", fallback=None) in _STOPS
                    if frame.name != "hrv":
                        continue
                    told = frame.get_value("time", fallback=None)
                    for value in chain(told if isinstance(told, tuple) else (told,)):
                        if isinstance(value, int | float) and value < FILLER_S:
                            values.append(float(value))
                            breaks.append(stopped)
                            stopped = False
    except (
        fitdecode.FitError,
        LookupError,
        ArithmeticError,
        ValueError,
        TypeError,
        AttributeError,
        AssertionError,
        EOFError,
        OSError,
        RecursionError,
        struct.error,
    ) as error:
        if isinstance(error, RecordingError):
            raise
        damaged = True
    if not values:
        raise RecordingError(
            f"{path.name} is damaged: no heartbeats could be read. Copy it from the watch again."
            if damaged
            else f"{path.name} has no RR intervals. Turn on 'Log HRV' in the watch's settings."
        )
    notes = ["The file is damaged; what stands before the damage was read."] if damaged else []
    recording = assemble(
        np.array(values, dtype=np.float64),
        path,
        NAME,
        unit="s",
        breaks=np.array(breaks, dtype=np.bool_),
        notes=notes,
    )
    return replace(recording, started_at=clock.started_at)


class _Clock:
    """What the messages of a file tell of the time.

    Attributes
    ----------
    _began
        When the timer was started or the first record made, in UTC.
    _offset
        Of the person's local time from UTC, where the file tells it.
    """

    def __init__(self) -> None:
        self._began: datetime | None = None
        self._offset: timedelta | None = None

    def look_at(self, frame: Any) -> None:
        """Take note of a message."""
        stamp = frame.get_value("timestamp", fallback=None)
        if not isinstance(stamp, datetime):
            return
        if self._began is None and frame.name in ("event", "record"):
            self._began = stamp
        if frame.name == "activity":
            local = frame.get_value("local_timestamp", fallback=None)
            if isinstance(local, datetime):
                self._offset = local.replace(tzinfo=None) - stamp.replace(tzinfo=None)

    @property
    def started_at(self) -> datetime | None:
        """When it began, in the person's local time where that is known."""
        if self._began is None or self._offset is None or abs(self._offset) >= timedelta(days=1):
            return self._began
        return self._began.astimezone(timezone(self._offset))
