"""What can be told of a fault without anything private: where it was in the program.

An exception's message may quote a letter, a note or a heartbeat (``invalid literal: 'Dear me'``),
and people send what they copy around. So messages stay out, and of a file's path only what lies
in the program is told: a home folder bears a name.
"""

from __future__ import annotations

import platform
import re
import traceback
from collections.abc import Callable

from biofeedback.version import version

_PYTHON = re.compile(r"python3\.\d+")
_PACKAGES = ("biofeedback", "devices", "gui")


def without_messages(error: BaseException) -> str:
    """Return the traceback of an exception and of those that led to it, without any message."""

    def told(link: BaseException) -> str:
        return "".join(traceback.format_tb(link.__traceback__))

    return _chained(error, told)


def details(error: BaseException, **also: str) -> str:
    """Return what whoever mends it needs to know, to be copied and sent; nothing private is in it.

    Lines of code stay out as well: those of somebody's own device may hold a name.

    Parameters
    ----------
    error
        What was raised.
    also
        More that is told of the computer, such as ``qt="6.11.1"``.
    """

    def told(link: BaseException) -> str:
        return "".join(
            f"  {_within_the_program(place.filename)}:{place.lineno} in {place.name}\n"
            for place in traceback.extract_tb(link.__traceback__)
        )

    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    known = {"python": platform.python_version(), "system": system, **also}
    computer = ", ".join(f"{name} {value}" for name, value in known.items())
    return f"hand-on-heart {version()}, {computer}\n\n{_chained(error, told)}"


def _chained(error: BaseException, told: Callable[[BaseException], str]) -> str:
    parts: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        kind = f"{type(link).__module__}.{type(link).__qualname__}".removeprefix("builtins.")
        parts.append(f"Traceback (most recent call last):\n{told(link)}{kind}\n")
        hidden = None if link.__suppress_context__ else link.__context__
        link = link.__cause__ or hidden
    return "\nThis led to:\n\n".join(reversed(parts))


def _within_the_program(path: str) -> str:
    """Return the part of a path that is the same on every computer."""
    parts = re.split(r"[/\\]", path)
    for number in range(len(parts) - 2, -1, -1):
        if parts[number] in _PACKAGES or _PYTHON.fullmatch(parts[number]):
            return "/".join(parts[number:])
        if parts[number] == "site-packages":
            return "/".join(parts[number + 1 :])
    return parts[-1]
