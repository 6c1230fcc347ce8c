"""What the store knows of a session, apart from its events."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.practice.personal_json import personal_from_json
from biofeedback.sessions.event_codec import strap_from_json
from biofeedback.types import Choices, Strap


class Ended(StrEnum):
    """How a session came to its end."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    SOURCE_ENDED = "source_ended"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionInfo:
    """One session as listed.

    Attributes
    ----------
    id
        Its number in this store.
    uid
        Its name in the world: the same in every copy.
    started_at
        Local time of the person when it began, with the offset from UTC.
    source
        The specification of the source, such as ``sim:``.
    plan
        Id of the plan.
    choices
        What was chosen when it began.
    strap
        The strap as last connected; None if there was none.
    ended
        How it ended; None while it runs, or where the program ended first.
    duration_s, n_packets, n_beats
        Length in seconds, packets and beats; None until it has ended.
    summary
        Derived figures, with the version that made them under ``"algorithm"``; None if none
        were made.
    personal
        What it used of the person's own; a replay needs it.
    """

    id: int
    uid: str
    started_at: datetime
    source: str
    plan: str
    choices: Choices
    strap: Strap | None = None
    ended: Ended | None = None
    duration_s: float | None = None
    n_packets: int | None = None
    n_beats: int | None = None
    summary: dict[str, Any] | None = None
    personal: Personal = NOTHING


COLUMNS = (
    "id, uid, started_at, source, plan, choices, strap, ended, duration_s, n_packets, n_beats,"
    " summary, personal"
)
"""The columns that `from_columns` takes, in its order."""

_CHOICES_FIELDS = frozenset(field.name for field in fields(Choices))


def choices_to_json(choices: Choices) -> str:
    """Return choices as JSON."""
    return json.dumps(asdict(choices))


@lru_cache(maxsize=64)  # a long list repeats a few
def choices_from_json(text: str) -> Choices:
    """Return the choices that `choices_to_json` wrote; what a later version added is left out."""
    content = json.loads(text)
    return Choices(**{name: content[name] for name in content if name in _CHOICES_FIELDS})


def from_columns(row: tuple[Any, ...]) -> SessionInfo:
    """Return the session of a row of `COLUMNS`.

    Raises
    ------
    ValueError
        If the row holds something else.
    """
    try:
        return _info(row)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not the columns of a session: {error}") from error


def _info(row: tuple[Any, ...]) -> SessionInfo:
    (id_, uid, started_at, source, plan, choices, strap, ended, duration_s, n_packets, n_beats) = (
        row[:-2]
    )
    summary, personal = row[-2:]
    if not (isinstance(uid, str) and uid.isalnum()):
        raise ValueError("no uid")
    return SessionInfo(
        id=id_,
        uid=uid,
        started_at=datetime.fromisoformat(started_at),
        source=source,
        plan=plan,
        choices=choices_from_json(choices),
        strap=None if strap is None else strap_from_json(strap),
        ended=None if ended is None else Ended(ended),
        duration_s=duration_s,
        n_packets=n_packets,
        n_beats=n_beats,
        summary=None if summary is None else json.loads(summary),
        personal=NOTHING if personal is None else personal_from_json(personal),
    )
