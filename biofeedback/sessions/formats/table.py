"""Text as a table: where it begins, what separates its cells, what its columns are called."""

from __future__ import annotations

import csv
import itertools
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from biofeedback.sessions.formats.commas import decimal_in_cells, decimal_in_lines
from biofeedback.sessions.formats.names import header_column, is_unit
from biofeedback.sessions.formats.recording import RecordingError

COMMENTS = ("#", "%", "/")
HEADER_SEARCH_LINES = 1000
SAMPLE_LINES = 2000
_BETWEEN = re.compile(r"[;\t, ]+")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Cells in rows and columns.

    Attributes
    ----------
    names
        What the header calls the columns; empty without a header.
    rows
        Cells as text, or None where all are numbers.
    numbers
        Cells as numbers, shape (n, m), or None where some are text.
    lines
        Number of each row's line in the file, from 1, shape (n,).
    decimal_comma
        Whether 0,8 means 0.8.
    """

    names: tuple[str, ...]
    rows: list[list[str]] | None
    numbers: NDArray[np.float64] | None
    lines: NDArray[np.int64]
    decimal_comma: bool = False

    @property
    def n_columns(self) -> int:
        """Columns of the widest row."""
        if self.numbers is not None:
            return int(self.numbers.shape[1])
        assert self.rows is not None
        return max(len(row) for row in self.rows)

    def name(self, column: int) -> str:
        """Return what the header calls a column; empty where it doesn't."""
        return self.names[column] if column < len(self.names) else ""

    def texts(self, column: int, limit: int | None = None) -> list[str]:
        """Return a column as text; empty where a row has no such cell."""
        if self.rows is None:
            return [f"{value:.17g}" for value in self.values(column, limit)]
        return [
            row[column].strip() if column < len(row) else ""
            for row in itertools.islice(self.rows, limit)
        ]

    def values(self, column: int, limit: int | None = None) -> NDArray[np.float64]:
        """Return a column as numbers; NaN where a cell is none."""
        if self.numbers is not None:
            if column >= self.n_columns:
                return np.full(self.lines[:limit].size, np.nan)
            return self.numbers[:limit, column]
        cells = self.texts(column, limit)
        if not self.decimal_comma and "_" not in "".join(cells):
            fast = _numbers(cells)
            if fast is not None:
                return fast
        return np.array([number(cell, self.decimal_comma) for cell in cells], dtype=np.float64)


def number(cell: str, decimal_comma: bool = False) -> float:
    """Read one cell; NaN if it is no number."""
    cell = cell.strip().strip("\"'")
    if decimal_comma:
        cell = cell.replace(",", ".")
    try:
        return float(cell) if "_" not in cell else float("nan")
    except ValueError:
        return float("nan")


def parse(text: str, path: Path) -> Table:
    """Make a table of a text.

    Lines that begin with ``#``, ``%`` or ``//`` and empty lines are passed over, a header is
    found among the first lines by its names, and lines before it, or before the first line
    with a number where there is no header, are taken for a preamble.

    Raises
    ------
    RecordingError
        If there are no numbers, or a comma can mean two things.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    simple = _one_column(text)
    if simple is not None:
        return Table((), None, simple.reshape(-1, 1), np.arange(1, simple.size + 1))
    listed = text.split("\n")
    names, first = _header(listed)
    body = listed[first:]
    lines = np.arange(first + 1, len(listed) + 1)
    if any(mark in text for mark in COMMENTS) or "" in body or any(map(str.isspace, body)):
        kept = [at for at, line in enumerate(body) if not _is_idle(line)]
        body, lines = [body[at] for at in kept], lines[kept]
    maybe: tuple[str, ...] = ()
    if not names:
        maybe, skipped = _preamble(body)
        body, lines = body[skipped:], lines[skipped:]
    if not body:
        raise RecordingError(
            f"No numbers were found in {path.name}. It would hold RR intervals in milliseconds "
            "or seconds, one a line or in a column named rr."
        )
    table = _cells(names or maybe, body, lines, path)
    return table if names or len(maybe) == table.n_columns else replace(table, names=())


def delimiter_of(line: str) -> str | None:
    """Return what separates the cells of a header; None for white space or a single cell."""
    return next((mark for mark in (";", "\t", ",") if mark in line), None)


def split(line: str, delimiter: str | None) -> list[str]:
    """Split one line; quotes are respected where there is a delimiter."""
    if delimiter is None:
        return line.split()
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
    except (csv.Error, StopIteration):
        return line.split(delimiter)


def _one_column(text: str) -> NDArray[np.float64] | None:
    """Return the numbers of a text that is nothing but one a line, fast and with little memory."""
    if any(mark in text for mark in " \t,;_"):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            numbers = np.fromstring(text, dtype=np.float64, sep="\n")
    except (ValueError, DeprecationWarning):
        return None
    return numbers if numbers.size == text.count("\n") + 1 else None


def _numbers(cells: list[str]) -> NDArray[np.float64] | None:
    """Return all cells as numbers, fast, or None if one of them is none."""
    try:
        return np.array(list(map(float, cells)), dtype=np.float64)
    except ValueError:
        return None


def _is_idle(line: str) -> bool:
    return line.lstrip()[:1] in ("", *COMMENTS)


def _header(listed: list[str]) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns and the index of the first line after them."""
    for index, line in enumerate(listed[:HEADER_SEARCH_LINES]):
        bare = line[:1000].strip().lstrip("#%/ ")
        if not any(map(str.isalpha, bare)):
            continue
        mark = delimiter_of(bare)
        for cells in [split(line.lstrip("#%/ "), mark)] if mark else [[bare], bare.split()]:
            at = header_column(cells)
            if at is not None and _has_values(listed[index + 1 :], at, mark):
                return tuple(cell.strip() for cell in cells), index + 1
    return (), 0


def _has_values(below: Iterable[str], column: int, mark: str | None) -> bool:
    """Return whether a value stands in ``column``, and nothing but units and blanks before it.

    Where nothing follows at all, a name is believed.
    """
    empty = True
    for line in itertools.islice((each for each in below if not _is_idle(each)), SAMPLE_LINES):
        under = split(line, mark) if mark and mark in line else _BETWEEN.split(line.strip(" "))
        if column >= len(under):
            return False
        cell = under[column].strip("\"'[( ")
        if cell and (cell[0] in "+-.0123456789" or cell.lower() in ("nan", "na")):
            return True
        if cell and not is_unit(cell):
            return False
        empty = False
    return empty


def _preamble(body: list[str]) -> tuple[tuple[str, ...], int]:
    """Return how many lines at the top have no number, and the last of them as names."""
    names: tuple[str, ...] = ()
    for index, line in enumerate(body[:HEADER_SEARCH_LINES]):
        if any(np.isfinite(number(cell)) for cell in _BETWEEN.split(line)):
            return names, index
        names = tuple(cell.strip() for cell in split(line, delimiter_of(line)))
    return (), 0


def _cells(names: tuple[str, ...], body: list[str], lines: NDArray[np.int64], path: Path) -> Table:
    sample = body[:SAMPLE_LINES]
    many = 0.8 * len(sample)
    delimiter: str | None = next(
        (mark for mark in ";\t" if sum(mark in line for line in sample) >= many), None
    )
    decimal = False
    if delimiter is not None:
        decimal = decimal_in_cells([cell for line in sample for cell in line.split(delimiter)])
    elif any("," in line for line in sample):
        decimal = decimal_in_lines(sample, len(names), path)
        delimiter = None if decimal else ","
    if not decimal:
        try:
            grid = np.loadtxt(body, delimiter=delimiter, comments=None, ndmin=2)
        except ValueError:
            pass  # some cell is text, or rows differ in length
        else:
            return Table(names, None, np.asarray(grid, dtype=np.float64), lines)
    rows = [line.split() for line in body] if delimiter is None else _split_all(body, delimiter)
    if decimal:
        fast = _numbers([",".join(row).replace(",", ".") for row in rows])
        if fast is not None:  # one column
            return Table(names, None, fast.reshape(-1, 1), lines)
    return Table(names, rows, None, lines, decimal)


def _split_all(body: list[str], delimiter: str) -> list[list[str]]:
    if any('"' in line for line in body):
        try:
            rows = list(csv.reader(body, delimiter=delimiter, skipinitialspace=True))
        except csv.Error:
            rows = []
        if len(rows) == len(body):  # else a quotation mark joined lines
            return rows
    return [line.split(delimiter) for line in body]
