"""Which databases this program has open.

The system's file locks tell one program from another, and not two parts of one program.
"""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

_open: Counter[Path] = Counter()
_guard = threading.Lock()


def begin(path: Path) -> None:
    """Note that the database at ``path`` is open once more."""
    with _guard:
        _open[path.resolve()] += 1


def end(path: Path) -> None:
    """Note that it was closed once."""
    with _guard:
        _open[path.resolve()] -= 1


def is_in_use(path: Path) -> bool:
    """Tell whether this program has it open."""
    with _guard:
        return _open[path.resolve()] > 0
