"""The fields of a plan file: each read as what it should be, or told with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from math import isfinite
from typing import Any

from biofeedback.practice.toml_lines import Lines, Path

ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
"""A short name."""

_NOT_IN_A_PLAN = {
    "guide": "the person picks the breath guide",
    "breath_guide": "the person picks the breath guide",
    "hold": "a plan holds no breath; the person may pick a guide that does",
    "hold_in_s": "a plan holds no breath; the person may pick a guide that does",
    "hold_out_s": "a plan holds no breath; the person may pick a guide that does",
    "holds": "a plan holds no breath; the person may pick a guide that does",
    "inhale_s": "the person picks the breath guide",
    "exhale_s": "the person picks the breath guide",
    "touch": "the person chooses touch",
    "anchor": "the person chooses where the mind rests",
    "seconds": "the length is the sum of the parts",
}


class Severity(StrEnum):
    """Whether a plan can run as it is."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a file: on which line, and what to write instead."""

    line: int
    severity: Severity
    message: str


class Fields:
    """A parsed file whose fields are read one by one; what is wrong collects in ``found``.

    Parameters
    ----------
    data
        The parsed file.
    lines
        Where in it everything stands.
    """

    def __init__(self, data: Mapping[str, Any], lines: Lines) -> None:
        self._data = data
        self._lines = lines
        self._found: list[Finding] = []

    def _error(self, path: Path, message: str) -> None:
        self._found.append(Finding(self._lines.of(*path), Severity.ERROR, message))

    def _warn(self, path: Path, message: str) -> None:
        self._found.append(Finding(self._lines.of(*path), Severity.WARNING, message))

    def _tables(
        self, key: str, *, quietly: bool = False
    ) -> Iterable[tuple[int, Mapping[str, Any]]]:
        value = self._data.get(key, [])
        if not isinstance(value, list) or any(not isinstance(each, dict) for each in value):
            if not quietly:
                self._error((key,), f"Write each of the {key} as [[{key}]].")
            return []
        return list(enumerate(value))

    def _known_keys(self, path: Path, item: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in item:
            if key in known:
                continue
            if why := _NOT_IN_A_PLAN.get(key):
                self._error((*path, key), f"Leave {key} out: {why}.")
            else:
                self._error(
                    (*path, key),
                    f"Nothing is called '{key}' here{perhaps(key, known)} "
                    f"Known: {', '.join(known)}.",
                )

    def _id(self, path: Path, item: Mapping[str, Any]) -> str | None:
        value = item.get("id")
        if isinstance(value, str) and ID.fullmatch(value):
            return value
        self._error(
            (*path, "id"),
            'Write id = "a-short-name": small letters a to z, digits, - and _, a letter first.',
        )
        return None

    def _short(
        self,
        path: Path,
        item: Mapping[str, Any],
        key: str,
        longest: int,
        *,
        needed: bool = False,
    ) -> str | None:
        value = item.get(key)
        if value is None and not needed:
            return None
        if not isinstance(value, str) or not value.strip():
            self._error((*path, key), f'Write {key} = "...".')
            return None
        text = " ".join(value.split())
        if len(text) > longest:
            self._error((*path, key), f"{key} has {len(text)} characters; at most {longest} fit.")
            return None
        return text

    def _flag(
        self,
        path: Path,
        item: Mapping[str, Any],
        key: str,
        *,
        default: bool = False,
    ) -> bool:
        value = item.get(key, default)
        if isinstance(value, bool):
            return value
        self._error((*path, key), f"{key} is true or false, without quotes.")
        return default

    def _seconds(
        self,
        path: Path,
        item: Mapping[str, Any],
        key: str,
        least_s: float,
        most_s: float,
    ) -> float:
        value = item.get(key)
        at = (*path, key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._error(at, f"Write {key} = 20, in seconds, without quotes.")
            return 0.0
        if not (isinstance(value, int) or isfinite(value)) or not least_s <= value <= most_s:
            why = "; less can't be read in time" if key == "seconds_per_line" else ""
            self._error(at, f"{key} is from {least_s:g} to {most_s:g} seconds{why}.")
            return 0.0
        return float(value)


def perhaps(word: object, known: Iterable[str]) -> str:
    """Return the end of a sentence that names what may have been meant."""
    near = get_close_matches(str(word), list(known), n=1)
    return f"; did you mean '{near[0]}'?" if near else "."
