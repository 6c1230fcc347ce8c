"""Asks a probe: a process of its own that tries a part of this computer and prints one object."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any

_LIMIT_S = 30.0


def probed(command: Sequence[str]) -> dict[str, Any] | None:
    """Return what a probe found; None where it ended badly, or not at all."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LIMIT_S, check=True)
        found = json.loads(done.stdout.strip().splitlines()[-1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None
    return found if isinstance(found, dict) else None
