"""Where to find a person in a crisis, by region: offline, dated, and never without a source."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from biofeedback.types import DEFAULT_LANGUAGE

LONGEST_ABOUT = 120
_PHONE = re.compile(r"\+?[0-9][0-9 ()/-]{1,24}")


class CrisisError(ValueError):
    """A file of help lines that must not be shown; the message says which entry and why."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number to call.

    Attributes
    ----------
    name
        Who answers.
    phone
        As it is dialled.
    about
        Hours, cost, whom it is for; may be empty.
    source
        The address of the primary source.
    checked
        The day on which somebody looked there.
    """

    name: str
    phone: str
    about: str
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world with its emergency number and help lines."""

    region_id: str
    name: str
    emergency: HelpLine
    entries: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True)
class Crisis:
    """The whole file.

    Attributes
    ----------
    everywhere
        By language, the sentence that holds without a region.
    regions
        Those that were checked, by id.
    """

    everywhere: Mapping[str, str]
    regions: Mapping[str, Region]

    def sentence(self, language: str) -> str:
        """Return the sentence that holds everywhere."""
        return self.everywhere.get(language) or self.everywhere[DEFAULT_LANGUAGE]


@cache
def load_crisis() -> Crisis:
    """Read the file that comes with the program.

    Raises
    ------
    CrisisError
        If it must not be shown.
    """
    file = resources.files("biofeedback.practice") / "content" / "crisis.toml"
    return parse_crisis(tomllib.loads(file.read_text(encoding="utf-8")))


def parse_crisis(data: Mapping[str, Any]) -> Crisis:
    """Turn a parsed file into values.

    Raises
    ------
    CrisisError
        If a number has no primary source or no day on which it was checked, or can't be dialled.
    """
    everywhere = data.get("everywhere")
    if not isinstance(everywhere, Mapping) or not everywhere.get(DEFAULT_LANGUAGE):
        raise CrisisError("There is no sentence that holds everywhere.")
    regions: dict[str, Region] = {}
    for item in data.get("regions", []):
        region_id, name = _text(item, "id", "a region"), _text(item, "name", "a region")
        if region_id in regions:
            raise CrisisError(f"{name}: there are two regions '{region_id}'.")
        emergency = {
            **item,
            "name": name,
            "phone": item.get("emergency"),
            "about": "",
        }
        entries = item.get("entries", [])
        regions[region_id] = Region(
            region_id,
            name,
            _line(emergency, f"{name}, emergency"),
            tuple(_line(each, name) for each in entries),
        )
    return Crisis(dict(everywhere), regions)


def _line(item: Mapping[str, Any], where: str) -> HelpLine:
    name = _text(item, "name", where)
    where = f"{where}: {name}"
    phone = _text(item, "phone", where)
    if not _PHONE.fullmatch(phone):
        raise CrisisError(f"{where}: '{phone}' is no number that can be dialled.")
    source = _text(item, "source", where)
    address = urlsplit(source)
    if address.scheme != "https" or "." not in (address.hostname or ""):
        raise CrisisError(f"{where}: '{source}' is no address of a primary source.")
    checked = item.get("checked")
    if not isinstance(checked, date) or isinstance(checked, datetime):
        raise CrisisError(f"{where}: there is no day on which it was checked.")
    about = item.get("about", "")
    if not isinstance(about, str) or len(about) > LONGEST_ABOUT:
        raise CrisisError(f"{where}: about is a text of at most {LONGEST_ABOUT} characters.")
    return HelpLine(name, phone, about, source, checked)


def _text(item: Mapping[str, Any], key: str, where: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CrisisError(f"{where}: there is no {key}.")
    return value.strip()
