"""NumPy arrays in ``.npy`` files: intervals, or times and intervals in two columns."""

from __future__ import annotations

import tokenize
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from biofeedback.sessions.formats.columns import read_table
from biofeedback.sessions.formats.opening import load
from biofeedback.sessions.formats.recording import Recording, RecordingError
from biofeedback.sessions.formats.table import Table

NAME = "NumPy array"
MAX_COLUMNS = 64


def matches(head: bytes, path: Path) -> bool:
    """Return whether the file begins as NumPy writes it."""
    return head.startswith(npy.MAGIC_PREFIX)


def read(path: Path) -> Recording:
    """Read the array; nothing in it is ever executed.

    Raises
    ------
    RecordingError
        If it is damaged, holds no numbers, or has more than two dimensions.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            array = _array(load(path))
    except (ValueError, TypeError, KeyError, SyntaxError, tokenize.TokenError, RecursionError):
        raise RecordingError(
            f"{path.name} is a NumPy file that is damaged or holds no numbers. "
            "Save a plain array of RR intervals with numpy.save."
        ) from None
    if not array.size:
        raise RecordingError(f"The array in {path.name} is empty. Save one with heartbeats in it.")
    if array.ndim == 2 and array.shape[0] <= 3 < array.shape[1]:
        array = array.T  # series as rows
    if array.ndim > 2 or (array.ndim == 2 and array.shape[1] > MAX_COLUMNS):
        raise RecordingError(
            f"The array in {path.name} has the shape {array.shape}. "
            "RR intervals in one dimension, or times and intervals in two columns, can be read."
        )
    grid = array.reshape(-1, 1) if array.ndim < 2 else array
    return read_table(Table((), None, grid, np.arange(1, grid.shape[0] + 1)), path, NAME)


def _array(data: bytes) -> NDArray[np.float64]:
    file = BytesIO(data)
    version = npy.read_magic(file)
    header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, column_major, dtype = header(file)
    if dtype.kind not in "iuf":
        raise ValueError("not numbers")
    count = int(np.prod(shape, dtype=object)) if shape else 1
    flat: NDArray[Any] = np.frombuffer(data, dtype=dtype, count=count, offset=file.tell())
    values = flat.astype(np.float64)
    return values.reshape(shape, order="F" if column_major else "C")
