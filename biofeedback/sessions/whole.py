"""A session with everything that is kept of it, as it leaves one store and comes into another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.sessions.info import Ended
from biofeedback.sessions.reflection import Reflection
from biofeedback.types import Choices, Event, Strap

LeftOut = tuple[float, float] | None
"""A stretch of session time that is left out of the figures, in seconds; None: all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """The file of another program that a session was read from.

    Attributes
    ----------
    file_name
        What it was called, without its folder.
    form
        Which reader read it.
    content
        Its bytes.
    """

    file_name: str
    form: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """By what the same content is known again."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeSession:
    """One session that is over, and all that is kept with it; its number in a store is not part.

    Attributes
    ----------
    uid
        Its name in the world: the same in every copy.
    started_at
        Local time of the person when it began, with the offset from UTC.
    source, choices, strap, ended, duration_s, n_packets, n_beats, personal
        As in `biofeedback.sessions.info.SessionInfo`.
    figures
        The summary, with the version that made it under ``"algorithm"``; None if none was made.
        It follows from everything else, so that copies of other versions are the same session.
    said
        Ratings, tags and note.
    left_out
        What the person leaves out of the figures, in their order.
    imported
        The file that it was read from; None where it was recorded here.
    events
        As recorded, in order.
    """

    uid: str
    started_at: datetime
    source: str
    choices: Choices
    strap: Strap | None
    ended: Ended
    duration_s: float
    n_packets: int
    n_beats: int
    figures: dict[str, Any] | None
    personal: Personal = NOTHING
    said: Reflection = field(default_factory=Reflection)
    left_out: tuple[LeftOut, ...] = ()
    imported: ImportedFile | None = None
    events: tuple[Event, ...] = field(default=(), repr=False)

    def same_as(self, other: WholeSession) -> bool:
        """Tell whether both hold the same; figures, which follow from the rest, aside."""
        return replace(self, figures=None) == replace(other, figures=None)
