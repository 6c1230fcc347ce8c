"""Small recordings, written by the tests themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that puts text or bytes into a file and returns its path."""

    def writer(content: str | bytes, name: str = "recording.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return writer


@pytest.fixture(scope="session")
def rr_ms() -> NDArray[np.float64]:
    """Sixty intervals around 812 ms that breathe, whole numbers."""
    beat = np.arange(60)
    rr_ms = np.round(812 + 60 * np.sin(beat / 5) + 7 * np.cos(3.1 * beat))
    return np.asarray(rr_ms, dtype=np.float64)
