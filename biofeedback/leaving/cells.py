"""Words in the cells of a table that a spreadsheet may open."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def as_words(text: str) -> str:
    """Keep a spreadsheet from taking somebody's words for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
