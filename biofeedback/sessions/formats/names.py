"""What the names of columns mean, in the exports of many programs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from biofeedback.sessions.formats.recording import Unit

_INTERVALS = re.compile(
    r"(rr|ibi|nn|pp)(i|s|is|int|intervals?|intervalle?|abstand|data|values?|times?|durations?|raw|"
    r"corrected|list)?"
    r"|(inter|heart|pulse|(beat|pulse|peak|heartbeat)to)?(beat|pulse|peak|heartbeat)?intervals?"
    r"|(interbeat|beattobeat)"
)
_BEAT_TIMES = re.compile(r"(r|ecgr|heart)?(peaks?|beats?)(times?)?|rtimes?")
_TIMES = re.compile(
    r"t|ts|(unix|epoch|elapsed|local|system|start|phone|sensor)?(time|timestamp|clock)s?"
    r"|time.*|.*timestamp|(timesince|since)start|elapsed|epoch|unix|seconds|offset|duration"
    r"|date(andtime|time)?|datum|zeit(stempel)?|(recorded|created)at"
    r"|\d+"  # Empatica names its times by the moment they count from
)
_KINDS = re.compile(r"event|name|type|key|kind|measure|signal|channel")
_VALUES = re.compile(r"values?|data")

_UNIT = r"(1/1024\s*s?|ticks?|milliseconds?|msecs?|ms|seconds?|secs?|s|us|ns|min)"
_BRACKETED = re.compile(rf"[\[(]\s*{_UNIT}\s*[\])]", re.IGNORECASE)
_UNIT_CELL = re.compile(rf"[\[(]?\s*(?:{_UNIT}|-)\s*[\])]?", re.IGNORECASE)
_SUFFIX = re.compile(rf"(?:[_\s.,/-]|\bin\s){_UNIT}\s*$", re.IGNORECASE)


def bare(name: str) -> str:
    """Return a name without its unit, in small letters and digits alone: ``RR [ms]`` -> ``rr``."""
    name = re.sub(r"[\[(].*?[\])]", " ", name).strip().strip("\"'")
    return re.sub(r"[^a-z0-9]", "", _SUFFIX.sub("", name).lower())


def unit_in(name: str) -> str | None:
    """Return the unit that a name tells, as "ms", "s", "ticks", "us", "ns" or "min", or None."""
    found = _BRACKETED.search(name) or _SUFFIX.search(name)
    if found is None:
        return "ms" if re.search(r"(?i)(rr|ibi|nn)ms$", name) else None
    told = found[1].lower()
    if told.startswith(("tick", "1/1024")):
        return "ticks"
    if told.startswith(("milli", "ms")):
        return "ms"
    return "s" if told.startswith("s") else told


def is_unit(cell: str) -> bool:
    """Return whether a cell below a name is its unit: ``(s)``."""
    return _UNIT_CELL.fullmatch(cell.strip()) is not None


def interval_unit(name: str) -> Unit | None:
    """Return ``ticks`` where a name says so. What it says of ms or s, the numbers tell better."""
    return "ticks" if unit_in(name) == "ticks" else None


def is_intervals(name: str) -> bool:
    """Return whether a column of this name holds intervals."""
    plain = bare(name)
    return bool(_INTERVALS.fullmatch(plain) or _INTERVALS.fullmatch(plain.removesuffix("ms")))


def is_beat_times(name: str) -> bool:
    """Return whether a column of this name holds the times of beats."""
    return _BEAT_TIMES.fullmatch(bare(name)) is not None


def is_times(name: str) -> bool:
    """Return whether a column of this name holds times of any kind."""
    return _TIMES.fullmatch(bare(name)) is not None


def is_kind(name: str) -> bool:
    """Return whether a column of this name tells what each row holds."""
    return _KINDS.fullmatch(bare(name)) is not None


def is_value(name: str) -> bool:
    """Return whether a column of this name holds values of the kind that the row names."""
    return _VALUES.fullmatch(bare(name)) is not None


def is_heart_rate(name: str) -> bool:
    """Return whether a column of this name holds heart rates."""
    return re.fullmatch(r"hr|heartrate|bpm|pulse|hrbpm|herzfrequenz", bare(name)) is not None


def header_column(cells: Sequence[str]) -> int | None:
    """Return which of these cells names a column of intervals, beats or values, or None.

    Empatica's first line counts: the start as a number, then ``IBI``.
    """
    for names in (is_intervals, is_beat_times):
        for at, cell in enumerate(cells):
            if names(cell):
                return at
    plain = [cell.strip().lower() for cell in cells]
    if "duration" in plain and "offline" in plain:  # Polar Flow
        return plain.index("duration")
    if any(map(is_kind, cells)):
        return next((at for at, cell in enumerate(cells) if is_value(cell)), None)
    return None
