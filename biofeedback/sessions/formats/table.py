"""Text as a table: where it begins, what separates its cells, what its columns are called."""

from __future__ import annotations

import csv
import itertools
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from biofeedback.sessions.formats.commas import decimal_in_cells, decimal_in_lines
from biofeedback.sessions.formats.names import is_header
from biofeedback.sessions.formats.recording import RecordingError

HEADER_SEARCH_LINES = 1000
SAMPLE_LINES = 2000


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
    listed = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    simple = None if "_" in text else _one_column(listed)
    if simple is not None:
        return Table((), None, simple, np.arange(1, len(listed) + 1))
    numbered = [(at, line.strip()) for at, line in enumerate(listed, 1)]
    numbered = [(at, line) for at, line in numbered if line]
    names, first = _header(numbered)
    body = [
        (at, line) for at, line in itertools.islice(numbered, first, None) if line[0] not in "#%/"
    ]
    if not names:
        body = list(itertools.dropwhile(lambda item: not re.search(r"\d", item[1]), body))
        names, body = _unknown_header(body)
    if not body:
        raise RecordingError(
            f"No numbers were found in {path.name}. It would hold RR intervals in milliseconds "
            "or seconds, one a line or in a column named rr."
        )
    lines = np.array([at for at, _ in body], dtype=np.int64)
    return _cells(names, [line for _, line in body], lines, path)


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


def _one_column(lines: list[str]) -> NDArray[np.float64] | None:
    try:
        numbers = np.array(list(map(float, lines)), dtype=np.float64)
    except ValueError:
        return None
    return numbers.reshape(-1, 1)


def _header(numbered: list[tuple[int, str]]) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns and the index of the first line after them."""
    for index, (_, line) in enumerate(numbered[:HEADER_SEARCH_LINES]):
        if len(line) > 1000:
            continue
        bare = line.lstrip("#%/ ")
        if not bare or not any(map(str.isalpha, bare)):
            continue
        mark = delimiter_of(bare)
        for cells in [split(bare, mark)] if mark else [[bare], bare.split()]:
            if is_header(cells):
                return tuple(cell.strip() for cell in cells), index + 1
    return (), 0


def _unknown_header(
    body: list[tuple[int, str]],
) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """Pass over lines at the top that have no number among their cells; they may name columns."""
    names: tuple[str, ...] = ()
    for index, (_, line) in enumerate(body[:HEADER_SEARCH_LINES]):
        cells = re.split(r"[;\t, ]+", line)
        if any(np.isfinite(number(cell)) for cell in cells) or index == len(body) - 1:
            return names, body[index:]
        names = tuple(split(line, delimiter_of(line)))
    return names, body[HEADER_SEARCH_LINES:]


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
