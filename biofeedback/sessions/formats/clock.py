"""A column of times, whatever clock wrote it, as seconds."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

SECONDS_PER = {
    "s": 1.0,
    "ms": 1e-3,
    "us": 1e-6,
    "ns": 1e-9,
    "min": 60.0,
    "days": 86_400.0,
    "ticks": 1 / 1024,
}
"""Units that columns of times are found in; days are those of spreadsheets."""

TELLABLE = ("s", "ms", "us", "ns", "min", "days")
STEP_RANGE = (0.4, 6.0)
"""Between these, in median intervals, lies the median step of a true column of times: a packet
may bring several intervals, and none is shorter than half the usual."""

EPOCH_RANGE_S = (6.3e8, 4.1e9)
"""1990 to 2099 as Unix times."""

_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](?=\d)(\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) *(Z|[+-]\d{2}:?\d{2})?$"
)
_IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d{2})[-_.]?([01]\d)[-_.]?([0-3]\d)[-_ T]+"
    r"([0-2]\d)[-_.h]?([0-5]\d)[-_.m]?([0-5]\d)(?!\d)"
)
_OF_DAY = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?\s*([AaPp][Mm])?\s*$")


def seconds_of_numbers(
    numbers: NDArray[np.float64], rr_s: float, told: str | None
) -> NDArray[np.float64] | None:
    """Return numeric times in seconds, or None if these are no times.

    Parameters
    ----------
    numbers
        The column, shape (n,).
    rr_s
        Median interval in seconds: what the steps are compared with to tell their unit.
    told
        Unit that the column's name tells, or None.
    """
    steps = np.diff(numbers[np.isfinite(numbers)])
    if not steps.size or (steps == 1).all():  # a counter of rows
        return None
    ahead = steps[steps > 0]
    if not ahead.size:
        return None
    step = float(np.median(ahead))
    for unit in (told,) if told else TELLABLE:
        in_intervals = step * SECONDS_PER[unit] / rr_s
        if STEP_RANGE[0] <= in_intervals and (told or in_intervals <= STEP_RANGE[1]):
            return np.asarray(numbers * SECONDS_PER[unit], dtype=np.float64)
    return None


def moment_of_text(cell: str) -> datetime | None:
    """Return the moment that a cell names with its date, as ISO 8601 spells it; else None.

    It has no zone where the cell names none.
    """
    found = _MOMENT.match(cell.strip("\"' "))
    if found is None:
        return None
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2].replace(',', '.')}{found[3] or ''}")
    except ValueError:
        return None


def moment_of_epoch(seconds: float) -> datetime | None:
    """Return the moment of a Unix time; None where the number is too small or large for one."""
    if not EPOCH_RANGE_S[0] <= seconds <= EPOCH_RANGE_S[1]:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def moment_of_name(stem: str) -> datetime | None:
    """Return the moment in a file's name, such as ``2013-02-03-18-40-12``; None without one."""
    found = _IN_NAME.search(stem)
    if found is None:
        return None
    try:
        return datetime(*map(int, found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - a name has no zone
    except ValueError:
        return None


def seconds_of_texts(cells: Sequence[str]) -> NDArray[np.float64] | None:
    """Return dates and times of day as seconds, or None if most are neither or all are one.

    ISO 8601 is read whole. Of any other date the time of day is taken, and midnight bridged.
    """
    try:
        seconds = _iso(cells)
    except (ValueError, TypeError, OverflowError):
        seconds = _of_day(cells)
    known = seconds[np.isfinite(seconds)]
    if known.size < max(2, 0.5 * len(cells)) or np.ptp(known) == 0:
        return None
    return np.asarray(seconds - known[0], dtype=np.float64)


def _iso(cells: Sequence[str]) -> NDArray[np.float64]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            stamps = np.array(cells, dtype="datetime64[us]")  # 50 times faster
        return np.asarray((stamps - stamps[0]) / np.timedelta64(1, "s"), dtype=np.float64)
    except (ValueError, UserWarning, DeprecationWarning):
        pass  # zones, and other spellings of ISO 8601
    moments = [datetime.fromisoformat(cell) for cell in cells]
    # Local times are compared with each other alone, so any one zone serves.
    zoned = [moment if moment.tzinfo else moment.replace(tzinfo=UTC) for moment in moments]
    return np.array([(moment - zoned[0]).total_seconds() for moment in zoned], dtype=np.float64)


def _of_day(cells: Sequence[str]) -> NDArray[np.float64]:
    seconds = np.full(len(cells), np.nan)
    for at, cell in enumerate(cells):
        found = _OF_DAY.search(cell)
        if found is None:
            continue
        first, second, third, half = found.groups()
        if third is None and half is None:  # minutes and seconds
            seconds[at] = 60 * int(first) + int(second)
            continue
        hours = int(first)
        if half:
            hours = hours % 12 + (12 if half.lower() == "pm" else 0)
        seconds[at] = 3600 * hours + 60 * int(second) + float((third or "0").replace(",", "."))
    known = np.flatnonzero(np.isfinite(seconds))
    days = np.cumsum(np.diff(seconds[known], prepend=-np.inf) < -43_200)
    seconds[known] += 86_400 * days
    return seconds
