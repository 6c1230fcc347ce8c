"""How the command line speaks: results on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from typing import Any


class CouldNotError(Exception):
    """The command could not do what it is for; the message is one sentence for the person."""


def say(text: str = "") -> None:
    """Print a line of the result."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Print a line about the result, out of its way."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def complain(text: str) -> None:
    """Print what went wrong."""
    note(f"hand-on-heart: {text}")


def say_json(value: Any) -> None:
    """Print one JSON value; NaN and infinity are errors of ours, not values."""
    say(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))
