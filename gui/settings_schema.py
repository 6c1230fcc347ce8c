"""Whether a file of settings can be read: of which schema it is, and what brings it up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QSettings

from biofeedback.sessions.folder import FILE_MODE
from biofeedback.sessions.schema import free_name

SCHEMA = 1
"""What is written today. Whoever changes what a key means adds a step, and one to this."""

KEY = "schema"

Step = Callable[[QSettings], None]


def _name_the_schema(_: QSettings) -> None:
    """0 to 1: the keys are the same; that a schema is named is all that is new."""


STEPS: Mapping[int, Step] = {0: _name_the_schema}
"""By the schema that each begins with; it leads to the next one."""


class Why(StrEnum):
    """Why a file was put aside; its name says it, too."""

    DAMAGED = "damaged"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Aside:
    """A file of settings that was put aside.

    Attributes
    ----------
    why
        What was the matter.
    name
        What it is called now, in the same folder.
    """

    why: Why
    name: str


def put_in_order(path: Path) -> Aside | None:
    """Bring a file of settings up to date; put one aside that can't be.

    Parameters
    ----------
    path
        The file, which is there.

    Returns
    -------
    Aside or None
        What was put aside: nothing stands at ``path`` then. None where the file can be read.

    Raises
    ------
    OSError
        If it can be neither read nor put aside.
    """
    if _is_damaged(path):
        return _put_aside(path, Why.DAMAGED)
    file = QSettings(str(path), QSettings.Format.IniFormat)
    if file.status() is not QSettings.Status.NoError:
        return _put_aside(path, Why.DAMAGED)
    schema = _number(file.value(KEY, "0"))
    if schema is None:
        return _put_aside(path, Why.DAMAGED)
    if schema > SCHEMA:
        return _put_aside(path, Why.NEWER)
    bring_up_to_date(file, schema, STEPS, SCHEMA)
    file.sync()
    path.chmod(FILE_MODE)  # Qt writes a new file in its place
    return None


def bring_up_to_date(file: QSettings, schema: int, steps: Mapping[int, Step], to: int) -> None:
    """Take each step from ``schema`` to ``to``; a file that is there already stays untouched."""
    if schema == to:
        return
    for number in range(schema, to):
        steps[number](file)
    file.setValue(KEY, to)


def _is_damaged(path: Path) -> bool:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return True
    # a disk that failed leaves zeros; text without a single key is no file of settings
    return "\0" in text or bool(text.strip() and "=" not in text)


def _number(value: object) -> int | None:
    try:
        number = int(str(value))
    except ValueError:
        return None
    return number if number >= 0 else None


def _put_aside(path: Path, why: Why) -> Aside:
    aside = free_name(path, why.value)
    path.rename(aside)
    return Aside(why, aside.name)
