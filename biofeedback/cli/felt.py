"""Felt ratings in the terminal: asked one by one, or given with the command."""

from __future__ import annotations

import argparse
import sys

from biofeedback.cli.say import note
from biofeedback.sessions.reflection import Felt, Moment, Reflection, Scale

SCALE_WORDS = {
    Scale.TENSION: "Tension",
    Scale.DISTRESS: "Distress",
    Scale.KINDNESS: "Kindness to myself",
}

_HEADINGS = {
    Moment.BEFORE: "How is it right now? 0 not at all, 10 very much. Enter skips.",
    Moment.AFTER: "And how is it now? 0 not at all, 10 very much. Enter skips.",
}

DRIFT = "People often start when tense, and drift back by themselves."
"""Stands under every comparison of ratings."""


def read_felt(text: str) -> Felt:
    """Read ratings as they are typed: ``3,4,5``; a ``-`` or nothing skips one.

    Raises
    ------
    argparse.ArgumentTypeError
        If that is not what was typed.
    """
    parts = [part.strip() for part in text.split(",")]
    try:
        if len(parts) != len(Scale):
            raise ValueError
        return Felt(*(None if part in {"", "-"} else _rating(part) for part in parts))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not three ratings from 0 to 10, such as 3,4,5 (tension, distress, "
            "kindness; a - skips one)"
        ) from None


def _rating(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError
    return int(text)


def can_ask() -> bool:
    """Return whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_felt(moment: Moment) -> Felt:
    """Ask for each rating in turn; Enter skips one, Ctrl+D or Ctrl+C the rest."""
    note("")
    note(_HEADINGS[moment])
    given: dict[str, int] = {}
    try:
        for scale in Scale:
            rating = _ask(SCALE_WORDS[scale])
            if rating is not None:
                given[scale.value] = rating
    except (EOFError, KeyboardInterrupt):
        note("")
    return Felt(**given)


def _ask(name: str) -> int | None:
    """Ask until the answer is a rating or nothing. The question goes to stderr."""
    while True:
        sys.stderr.write(f"  {name} (0-10): ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        answer = line.strip()
        if answer in {"", "-"}:
            return None
        try:
            return Felt(tension=_rating(answer)).tension
        except ValueError:
            note("  A whole number from 0 to 10, or Enter to skip.")


def felt_lines(said: Reflection) -> list[str]:
    """Return the ratings before and after in words, what is missing, and how to take them."""
    if not (said.before and said.before.given) and not (said.after and said.after.given):
        return []
    lines, pairs = ["How it felt, 0 to 10:"], 0
    for scale, (before, after) in said.pairs().items():
        pairs += before is not None and after is not None
        lines.append(
            f"  {SCALE_WORDS[scale]:<20} before {_shown(before):>2}   after {_shown(after):>2}"
        )
    lines.append(f"  {pairs} of {len(Scale)} rated both times. {DRIFT}")
    return lines


def _shown(rating: int | None) -> str:
    return "-" if rating is None else str(rating)
