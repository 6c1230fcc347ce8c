"""Which columns of a table hold intervals and times, and the recording that they make."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from biofeedback.sessions.formats.assembling import assemble
from biofeedback.sessions.formats.beats import from_beat_times
from biofeedback.sessions.formats.clock import (
    moment_of_epoch,
    moment_of_text,
    seconds_of_numbers,
    seconds_of_texts,
)
from biofeedback.sessions.formats.names import (
    interval_unit,
    is_beat_times,
    is_heart_rate,
    is_intervals,
    is_kind,
    is_times,
    is_unit,
    is_value,
    unit_in,
)
from biofeedback.sessions.formats.recording import Recording, RecordingError, Unit, began
from biofeedback.sessions.formats.table import SAMPLE_LINES, Table, number
from biofeedback.signals.series import PLAUSIBLE_RR_MS

TEXT_SHARE = 0.05
"""More text than this share in the column of intervals: the file is not what it seems."""

NAMED_LINES = 5
UNIT_LINES = 3
LEAST_BEATS = 10
"""Fewer numbers than this may grow by chance."""
_MISSING = re.compile(r"[+-]?(nan|inf|infinity)|na|n/a|null|none|-+|\.")
_BETWEEN = re.compile(r"[\s,;|/\[\]()]+")


class _Times(NamedTuple):
    """Times beside intervals.

    Attributes
    ----------
    seconds
        As `assemble` takes them; None without any.
    of_clock
        Whether they are those of a clock.
    first
        The moment of the first of them, where they name it.
    """

    seconds: NDArray[np.float64] | None = None
    of_clock: bool = False
    first: datetime | None = None


class _Found(NamedTuple):
    values: NDArray[np.float64]
    rows: NDArray[np.int64]
    notes: tuple[str, ...] = ()


def read_table(table: Table, path: Path, format_name: str) -> Recording:
    """Make a recording of a table.

    A column is chosen by its name; without names, the only one whose numbers can be intervals
    is taken. Rows with several intervals are read along the row.

    Raises
    ------
    RecordingError
        If no column, or more than one, can hold the intervals; if too much of it is text.
    """
    if table.names:
        named = _by_name(table, path, format_name)
        if named is not None:
            return named
    return _by_content(table, path, format_name)


def _by_name(table: Table, path: Path, format_name: str) -> Recording | None:
    names = table.names
    kinds = [at for at, name in enumerate(names) if is_kind(name)]
    values = [at for at, name in enumerate(names) if is_value(name)]
    rr = [at for at, name in enumerate(names) if is_intervals(name)]
    if not rr and {"duration", "offline"} <= {name.lower() for name in names}:
        return _polar_flow(table, path)
    if kinds and values and not rr:
        return _one_event_a_row(table, kinds[0], values[0], path, format_name)
    if rr:
        notes = []
        if len(rr) > 1:
            chosen, *others = (names[at] for at in rr)
            notes = [f"Column {chosen} was read, and not {', '.join(others)}."]
        if len(names) == 1 and table.n_columns > 1:
            unit = interval_unit(names[0])
            return _along_rows(table, path, format_name, unit)
        found = _numbers(table, rr[0], path)
        return _with_times(table, found, rr[0], path, format_name, tuple(notes))
    peaks = [at for at, name in enumerate(names) if is_beat_times(name)]
    if peaks:
        return _beats(table, peaks[0], path, format_name)
    if len(names) > 1:
        rates = any(is_heart_rate(name) for name in names)
        raise RecordingError(
            f"None of the columns of {path.name} ({_told(names)}) is known to hold RR intervals. "
            + ("Heart rates alone are not enough. " if rates else "")
            + "Call the right one rr_ms."
        )
    return None


def _by_content(table: Table, path: Path, format_name: str) -> Recording:
    columns = [table.values(at, SAMPLE_LINES) for at in range(min(table.n_columns, 64))]
    growing = [at for at, values in enumerate(columns) if _grows(values)]
    fitting = [at for at, values in enumerate(columns) if at not in growing and _fits(values)]
    if len(columns) == 1 and not growing:
        return _with_times(table, _numbers(table, 0, path), 0, path, format_name)
    if len(fitting) == 1:
        found = _numbers(table, fitting[0], path)
        return _with_times(table, found, fitting[0], path, format_name)
    filled = [at for at, values in enumerate(columns) if np.isfinite(values).any()]
    if not fitting and growing and all(at in growing for at in filled):
        peaks = [at for at in growing if _beat_like(columns[at])]
        if len(peaks) == 1 or (len(growing) == 1 and columns[growing[0]].size > LEAST_BEATS):
            return _beats(table, (peaks or growing)[0], path, format_name)
    if len(fitting) > 1 and not growing and _runs_along_rows(table, columns):
        return _along_rows(table, path, format_name, None)
    if len(fitting) > 1:
        raise RecordingError(
            f"{len(fitting)} columns of {path.name} could hold RR intervals. "
            "Put a line of names above them and call the right one rr_ms."
        )
    first = fitting[0] if fitting else filled[0] if filled else 0
    found = _numbers(table, first, path)
    return assemble(found.values, path, format_name, lines=table.lines[found.rows])


def _with_times(
    table: Table,
    found: _Found,
    column: int,
    path: Path,
    format_name: str,
    notes: tuple[str, ...] = (),
) -> Recording:
    unit = interval_unit(table.name(column))
    times = _times(table, found, column, unit)
    recording = assemble(
        found.values,
        path,
        format_name,
        unit=unit,
        times_s=times.seconds,
        rebase=times.of_clock,
        lines=table.lines[found.rows],
        notes=(*notes, *found.notes),
    )
    if times.first is not None:
        recording = began(recording, times.first)
    told = unit_in(table.name(column))
    if told in ("ms", "s") and told != recording.unit:
        note = f"The column is named in {told}, but its numbers can only be {recording.unit}."
        return replace(recording, notes=(*recording.notes, note))
    return recording


def _polar_flow(table: Table, path: Path) -> Recording:
    """Read Polar Flow's ``duration,offline``; offline marks what the strap made up."""
    low = [name.lower() for name in table.names]
    found = _numbers(table, low.index("duration"), path)
    offline = table.values(low.index("offline"))[found.rows]
    flags = np.nan_to_num(offline) != 0
    if table.rows is not None:
        cells = table.texts(low.index("offline"))
        flags |= np.array([cells[row].lower() == "true" for row in found.rows], dtype=np.bool_)
    return assemble(
        found.values,
        path,
        "Polar Flow",
        refused=("without contact", flags),
        lines=table.lines[found.rows],
        notes=found.notes,
    )


def _times(table: Table, found: _Found, column: int, unit: Unit | None) -> _Times:
    """Return the times beside the intervals."""
    good = found.values[np.isfinite(found.values) & (found.values > 0)]
    if not good.size:
        return _Times()
    middle = float(np.median(good))
    rr_s = middle / 1024 if unit == "ticks" else middle if middle <= 10 else middle / 1000
    for at in range(min(table.n_columns, 64)):
        if at == column:
            continue
        name = table.name(at)
        if table.names and not is_times(name):
            continue
        sample = table.values(at, SAMPLE_LINES)
        if not name and not _mostly_grows(sample) and table.numbers is not None:
            continue
        if np.count_nonzero(np.isfinite(sample)) >= 0.5 * sample.size:
            seconds = seconds_of_numbers(table.values(at)[found.rows], rr_s, unit_in(name))
            if seconds is not None:
                return _Times(seconds, False, _first_moment(name, seconds))
        elif table.rows is not None:
            cells = table.texts(at)
            stamped = seconds_of_texts([cells[row] for row in found.rows])
            if stamped is not None:
                return _Times(stamped, True, moment_of_text(cells[int(found.rows[0])]))
    return _Times()


def _first_moment(name: str, seconds: NDArray[np.float64]) -> datetime | None:
    """Return when the first of numeric times was: since 1970, or since the moment in the name."""
    known = seconds[np.isfinite(seconds)]
    if not known.size:
        return None
    first_s = float(known[0])
    # Empatica names its times by the moment they count from.
    since_s = float(name) if name.replace(".", "", 1).isdecimal() else 0.0
    return moment_of_epoch(since_s + first_s)


def _one_event_a_row(
    table: Table, kind: int, value: int, path: Path, format_name: str
) -> Recording:
    """Read logs that name what each row holds (OpenHRV: ``event,value,timestamp``)."""
    wanted = [row for row, cell in enumerate(table.texts(kind)) if is_intervals(cell)]
    if not wanted or table.rows is None:
        raise RecordingError(
            f"No row of {path.name} is called RR, IBI or interbeat interval, so no heartbeats were "
            "found in it."
        )
    rows = [table.rows[row] for row in wanted]
    part = Table(table.names, rows, None, table.lines[wanted], table.decimal_comma)
    return _with_times(part, _numbers(part, value, path), value, path, format_name)


def _beats(table: Table, column: int, path: Path, format_name: str) -> Recording:
    found = _numbers(table, column, path)
    told = unit_in(table.name(column))
    return from_beat_times(
        found.values,
        path,
        format_name,
        unit=told,
        lines=table.lines[found.rows],
        notes=found.notes,
    )


def _numbers(table: Table, column: int, path: Path) -> _Found:
    """Return the numbers of a column and their rows; empty cells are passed over.

    Raises
    ------
    RecordingError
        If too much of it is text.
    """
    if table.numbers is not None:
        return _Found(table.values(column), np.arange(table.numbers.shape[0]))
    cells = table.texts(column)
    known = table.values(column)
    if np.isfinite(known).all():
        return _Found(known, np.arange(known.size))
    values: list[float] = []
    rows: list[int] = []
    texts: list[int] = []
    for row, (cell, value) in enumerate(zip(cells, known.tolist(), strict=True)):
        if not cell.strip("[]()\"' ") or (row < UNIT_LINES and is_unit(cell)):
            continue
        if value != value and not _MISSING.fullmatch(cell.lower().strip("\"'")):
            several = [number(part) for part in _BETWEEN.split(cell.strip("[]()\"' ")) if part]
            if len(several) > 1 and all(map(np.isfinite, several)):
                values += several
                rows += [row] * len(several)
                continue
            texts.append(row)
        values.append(value)
        rows.append(row)
    if len(texts) > TEXT_SHARE * len(values):
        cell = cells[texts[0]][:40]
        raise RecordingError(
            f"Line {table.lines[texts[0]]} of {path.name} has text where a number belongs: "
            f"{cell!r}. Take such lines out, or choose a file with RR intervals."
        )
    notes: tuple[str, ...] = ()
    if texts:
        places = ", ".join(str(table.lines[row]) for row in texts[:NAMED_LINES])
        more = " and more" if len(texts) > NAMED_LINES else ""
        many = "s" if len(texts) > 1 else ""
        notes = (f"Text in place of a number was left out (line{many} {places}{more}).",)
    return _Found(np.array(values, dtype=np.float64), np.array(rows, dtype=np.int64), notes)


def _along_rows(table: Table, path: Path, format_name: str, unit: Unit | None) -> Recording:
    """Read one series that is written along the rows."""
    if table.numbers is not None:
        lines = np.repeat(table.lines, table.numbers.shape[1])
        return assemble(table.numbers.ravel(), path, format_name, unit=unit, lines=lines)
    assert table.rows is not None
    cells = [[cell.strip()] for row in table.rows for cell in row]
    lines = np.repeat(table.lines, [len(row) for row in table.rows])
    found = _numbers(Table((), cells, None, lines, table.decimal_comma), 0, path)
    return assemble(
        found.values, path, format_name, unit=unit, lines=lines[found.rows], notes=found.notes
    )


def _told(names: tuple[str, ...]) -> str:
    """Name the first columns, short enough to print."""
    short = [" ".join(name.split())[:24] for name in names[:8]]
    return ", ".join(short) + (", ..." if len(names) > 8 else "")


def _fits(values: NDArray[np.float64]) -> bool:
    low, high = PLAUSIBLE_RR_MS
    known = values[np.isfinite(values)]
    in_ms = np.count_nonzero((known >= low) & (known <= high))
    in_s = np.count_nonzero((known >= low / 1000) & (known <= high / 1000))
    return bool(known.size) and bool(max(in_ms, in_s) >= 0.5 * known.size)


def _grows(values: NDArray[np.float64]) -> bool:
    known = values[np.isfinite(values)]
    steps = np.diff(known)
    ahead = np.count_nonzero(steps > 0)
    return bool(
        known.size > 2
        and (steps >= 0).all()
        and ahead >= 0.9 * steps.size
        and known[-1] > known[0] * 1.5
    )


def _mostly_grows(values: NDArray[np.float64]) -> bool:
    steps = np.diff(values[np.isfinite(values)])
    return bool(np.count_nonzero(steps >= 0) >= 0.9 * steps.size)


def _beat_like(values: NDArray[np.float64]) -> bool:
    return _fits(np.diff(values[np.isfinite(values)]))


def _runs_along_rows(table: Table, columns: list[NDArray[np.float64]]) -> bool:
    """Return whether a table is one series written along its rows, not columns side by side."""
    if table.lines.size == 1:
        return True
    width = min(values.size for values in columns)
    grid = np.column_stack([values[:width] for values in columns])
    along = np.abs(np.diff(grid, axis=1))
    wrap = np.abs(grid[1:, 0] - grid[:-1, -1])
    down = np.abs(np.diff(grid, axis=0))
    along, wrap, down = (part[np.isfinite(part)] for part in (along, wrap, down))
    if not along.size or not wrap.size or not down.size:
        return True
    if np.count_nonzero(along == 0) > 0.5 * along.size and np.median(wrap) > 0:
        return False  # a column and its copy
    return float(np.median(np.concatenate((along, wrap)))) <= float(np.median(down)) * 1.2
