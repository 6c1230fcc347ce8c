"""Polar ``.hrm`` files with RR intervals.

Source: Polar HRM2 File Format Description 1.4 (2009). ``Interval`` in ``[Params]`` is the
seconds between rows of ``[HRData]``; 238 says that the rows are RR intervals in ms.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np

from biofeedback.sessions.formats.columns import read_table
from biofeedback.sessions.formats.opening import decode, load, text_or_none
from biofeedback.sessions.formats.recording import Recording, RecordingError
from biofeedback.sessions.formats.table import Table

NAME = "Polar HRM"
RR_INTERVAL = "238"

_SECTION = re.compile(r"^\s*\[([^\]\n]+)\]\s*$", re.MULTILINE)


def matches(head: bytes, path: Path) -> bool:
    """Return whether the text begins with the section ``[Params]``, or has ``[HRData]``."""
    text = text_or_none(head)
    if text is None:
        return False
    first = _SECTION.search(text)
    names = {found.lower() for found in _SECTION.findall(text)}
    begins = first is not None and not text[: first.start()].strip()
    return begins and bool(names & {"params", "hrdata"})


def read(path: Path) -> Recording:
    """Read the rows of ``[HRData]``.

    Raises
    ------
    RecordingError
        If the watch stored heart rates instead of intervals, or nothing.
    """
    text = decode(load(path), path).replace("\r\n", "\n").replace("\r", "\n")
    parts = list(_SECTION.finditer(text))
    sections = {
        part[1].strip().lower(): (part.end(), after.start() if after else len(text))
        for part, after in zip(parts, [*parts[1:], None], strict=True)
    }
    if "hrdata" not in sections:
        raise RecordingError(
            f"{path.name} has no section [HRData], so it holds no heartbeats. "
            "Export it again from the watch's program."
        )
    begin, end = sections.get("params", (0, 0))
    params = text[begin:end]
    told = re.search(r"(?im)^\s*Interval\s*=\s*(\d+)", params)
    if told is not None and told[1] != RR_INTERVAL:
        raise RecordingError(
            f"{path.name} holds a heart rate every {told[1]} s and no RR intervals. "
            "Set the watch to record RR data."
        )
    begin, end = sections["hrdata"]
    first_line = text.count("\n", 0, begin) + 1
    rows = [
        (line, cells)
        for line, row in enumerate(text[begin:end].split("\n"), first_line)
        if (cells := row.split())
    ]
    if not rows:
        raise RecordingError(f"The section [HRData] of {path.name} is empty: nothing was recorded.")
    lines = np.array([line for line, _ in rows], dtype=np.int64)
    table = Table((), [cells[:1] for _, cells in rows], None, lines)
    return replace(read_table(table, path, NAME), started_at=_started_at(params))


def _started_at(params: str) -> datetime | None:
    """Return when the exercise began: ``Date`` and ``StartTime``, by the watch's own clock."""
    day = re.search(r"(?im)^\s*Date\s*=\s*(\d{8})\s*$", params)
    time = re.search(r"(?im)^\s*StartTime\s*=\s*(\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)\s*$", params)
    if day is None or time is None:
        return None
    try:
        hours, rest = time[1].split(":", 1)
        return datetime.fromisoformat(f"{day[1]}T{hours:0>2}:{rest}")
    except ValueError:
        return None
