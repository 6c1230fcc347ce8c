"""Whether a comma separates cells or stands before decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from biofeedback.sessions.formats.recording import RecordingError
from biofeedback.signals.series import PLAUSIBLE_RR_MS

ENOUGH_LINES = 10
_DECIMAL = re.compile(r"[-+]?\d*,\d+")


def decimal_in_cells(cells: Sequence[str]) -> bool:
    """Return whether commas within cells stand before decimals."""
    with_comma = [cell.strip() for cell in cells if "," in cell]
    return bool(with_comma) and all(_DECIMAL.fullmatch(cell) for cell in with_comma)


def decimal_in_lines(lines: Sequence[str], n_names: int, path: Path) -> bool:
    """Return whether commas stand before decimals in lines that have no other delimiter.

    Raises
    ------
    RecordingError
        If it can be read both ways.
    """
    if n_names > 1 or any(", " in line or ":" in line or '"' in line for line in lines):
        return False
    words = [word for line in lines for word in line.split()]
    if any("." in word or word.count(",") > 1 or word.endswith(",") for word in words):
        return False
    pairs = [word.split(",") for word in words if "," in word]
    if n_names == 1 or len(pairs) < len(words):
        return all(_DECIMAL.fullmatch(",".join(pair)) for pair in pairs)
    if any(not (left.lstrip("-+").isdigit() and right.isdigit()) for left, right in pairs):
        return False
    if len(words) > len(lines):  # white space separates the cells
        return True
    return _decide(pairs, path)


def _decide(pairs: Sequence[Sequence[str]], path: Path) -> bool:
    left = np.array([float(pair[0]) for pair in pairs])
    right = np.array([float(pair[1]) for pair in pairs])
    whole = np.array([float(".".join(pair)) for pair in pairs])
    step = np.diff(left)
    grows = left.size > 1 and bool((step >= 0).all()) and left[-1] > left[0]
    if grows and left.size > 3:
        return False  # times or a counter, then intervals
    if not _fits(whole):
        return False
    if grows:
        raise _unclear(pairs, path)
    padded = any(pair[1].startswith("0") or len(pair[1]) < 3 for pair in pairs)
    if padded or not _fits(right) or (left < 3).all():
        return True
    if left.size >= ENOUGH_LINES and (right >= 300).all() and _fits(left):
        return False  # three random digits would be below 300 now and then
    if left.size >= ENOUGH_LINES:
        return True
    raise _unclear(pairs, path)


def _unclear(pairs: Sequence[Sequence[str]], path: Path) -> RecordingError:
    return RecordingError(
        f"The comma in {path.name} can mean two things: {','.join(pairs[0])} may be one number "
        "or two. Use a point for decimals, or a semicolon between columns."
    )


def _fits(values: NDArray[np.float64]) -> bool:
    low, high = PLAUSIBLE_RR_MS
    in_ms = np.count_nonzero((values >= low) & (values <= high))
    in_s = np.count_nonzero((values >= low / 1000) & (values <= high / 1000))
    return bool(max(in_ms, in_s) >= 0.9 * values.size)
