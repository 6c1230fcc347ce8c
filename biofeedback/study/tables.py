"""The table on disk: Parquet, or CSV. The same rows give the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, BinaryIO, Protocol

from biofeedback.leaving.cells import as_words
from biofeedback.study.columns import COLUMNS, Row

ROWS_TOGETHER = 20_000
"""Rows of a row group: enough to pack well, few enough to be held."""


class NoParquetError(ImportError):
    """The package for Parquet is missing; the message names it."""


class Table(Protocol):
    """Takes rows, in order; `close` ends it."""

    def add(self, rows: Sequence[Row]) -> None:
        """Take rows."""
        ...

    def close(self) -> None:
        """Write what is left, and the end."""
        ...


class CsvTable:
    """Rows as CSV, with a point before decimals."""

    def __init__(self, file: BinaryIO) -> None:
        self._text = TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
        names = [name for name, _ in COLUMNS]
        self._rows = csv.DictWriter(self._text, names, lineterminator="\n")
        self._rows.writeheader()

    def add(self, rows: Sequence[Row]) -> None:
        """Take rows."""
        self._rows.writerows(
            {
                name: as_words(value) if isinstance(value, str) else value
                for name, value in row.items()
            }
            for row in rows
        )

    def close(self) -> None:
        """Write what is left; the file stays open."""
        self._text.detach()


class ParquetTable:
    """Rows as Parquet.

    Raises
    ------
    NoParquetError
        If the package for it is missing.
    """

    def __init__(self, file: BinaryIO) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError as error:
            raise NoParquetError(
                'Parquet needs one more package: pip install "hand-on-heart[study]". '
                "Or take --csv, which needs none."
            ) from error
        types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
        self._schema: Any = pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS])
        self._arrow: Any = pyarrow
        self._waiting: list[Row] = []
        # Everything that the writer would choose by itself is said, and no time is among it.
        self._writer: Any = pyarrow.parquet.ParquetWriter(
            file,
            self._schema,
            version="2.6",
            data_page_version="1.0",
            compression="zstd",
            compression_level=3,
            use_dictionary=True,
            write_statistics=True,
            store_schema=False,
        )

    def add(self, rows: Sequence[Row]) -> None:
        """Take rows."""
        self._waiting += rows
        while len(self._waiting) >= ROWS_TOGETHER:
            self._write(self._waiting[:ROWS_TOGETHER])
            del self._waiting[:ROWS_TOGETHER]

    def close(self) -> None:
        """Write what is left, and the end; the file stays open."""
        if self._waiting:
            self._write(self._waiting)
            self._waiting = []
        self._writer.close()

    def _write(self, rows: Sequence[Row]) -> None:
        table = self._arrow.Table.from_pylist(list(rows), schema=self._schema)
        self._writer.write_table(table, row_group_size=ROWS_TOGETHER)
