"""Tables of many programs: comma, semicolon or tab, with a line of names or without.

Known by their names: HRV Logger (``date,rr,since start``), Polar Sensor Logger
(``Phone timestamp;RR-interval [ms]``), Empatica (a start time, then ``IBI``), OpenHRV
(``event,value,timestamp``), Hertz & Hearts (the same with ``elapsed_sec``), Kubios (the table of
intervals within a report), and whatever calls a column rr, ibi or nn.
"""

from __future__ import annotations

from pathlib import Path

from biofeedback.sessions.formats.columns import read_table
from biofeedback.sessions.formats.opening import decode, load, text_or_none
from biofeedback.sessions.formats.recording import Recording
from biofeedback.sessions.formats.table import parse

NAME = "CSV"
_LOOK_LINES = 50
_LOOK_CHARS = 4096

_PROGRAMS = {
    ("date", "rr", "since start"): "HRV Logger",
    ("phone timestamp", "rr-interval [ms]"): "Polar Sensor Logger",
    ("event", "value", "timestamp"): "OpenHRV",
    ("event", "value", "timestamp", "elapsed_sec"): "Hertz & Hearts",
}


def matches(head: bytes, path: Path) -> bool:
    """Return whether most of the first lines have a delimiter, or one names a column."""
    text = text_or_none(head)
    if text is None:
        return False
    lines = [line for line in text.splitlines()[:_LOOK_LINES] if line.strip()]
    marked = sum(any(mark in line for mark in ";,\t") for line in lines)
    return path.suffix.lower() in {".csv", ".tsv"} or marked > 0.5 * len(lines) > 0


def read(path: Path) -> Recording:
    """Read the file.

    Raises
    ------
    RecordingError
        If no column, or more than one, can hold the intervals.
    """
    text = decode(load(path), path)
    table = parse(text, path)
    return read_table(table, path, _program(table.names, text))


def _program(names: tuple[str, ...], text: str) -> str:
    """Name the program that wrote a table, where its names tell; else the format."""
    low = tuple(name.lower() for name in names)
    if low in _PROGRAMS:
        return _PROGRAMS[low]
    if len(low) == 2 and low[0].replace(".", "", 1).isdecimal() and low[1] == "ibi":
        return "Empatica"
    return "Kubios" if "Kubios HRV" in text[:_LOOK_CHARS] else NAME
