"""What a person says of a session: how it felt before and after, tags, and a note.

It is kept beside the raw log and never enters the engine: the body's data and the person's own
word stay apart, and a replay of the heart needs no opinion.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from biofeedback.sessions.errors import NoSuchSessionError, in_words
from biofeedback.sessions.transaction import transaction

LEAST, MOST = 0, 10
"""The ends of each scale."""

TAG_CHARS = 40
NOTE_CHARS = 10_000
"""Longer than a tag or a note gets; what lies beyond is cut off."""


class Moment(StrEnum):
    """When a person was asked."""

    BEFORE = "before"
    AFTER = "after"


class Scale(StrEnum):
    """What a person may rate, 0 (not at all) to 10 (very much)."""

    TENSION = "tension"
    DISTRESS = "distress"
    KINDNESS = "kindness"


EASE_SCALES = (Scale.TENSION, Scale.DISTRESS)
"""Those of which less is easier."""


@dataclass(frozen=True, slots=True)
class Felt:
    """How it felt at one moment, each 0..10; None where it was skipped.

    Attributes
    ----------
    tension, distress, kindness
        Tension, distress, and kindness to oneself.

    Raises
    ------
    ValueError
        If a rating is no whole number from 0 to 10.
    """

    # Kept out of repr: what holds a repr may end up in a log.
    tension: int | None = field(default=None, repr=False)
    distress: int | None = field(default=None, repr=False)
    kindness: int | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for scale, value in self.ratings().items():
            if value is not None and (type(value) is not int or not LEAST <= value <= MOST):
                raise ValueError(f"{scale} is rated from {LEAST} to {MOST}, in whole numbers")

    def ratings(self) -> dict[Scale, int | None]:
        """Return every scale with its rating, in order."""
        return {Scale(one.name): getattr(self, one.name) for one in fields(self)}

    @property
    def given(self) -> bool:
        """Whether anything was rated."""
        return any(value is not None for value in self.ratings().values())

    def to_dict(self) -> dict[str, int | None]:
        """Return it as plain values, ready for JSON."""
        return {scale.value: value for scale, value in self.ratings().items()}


@dataclass(frozen=True, slots=True)
class Reflection:
    """All that a person said of one session.

    Attributes
    ----------
    before, after
        How it felt; None where nobody asked.
    tags
        In the person's order.
    note
        Empty if there is none.
    """

    before: Felt | None = None
    after: Felt | None = None
    tags: tuple[str, ...] = field(default=(), repr=False)
    note: str = field(default="", repr=False)

    def pairs(self) -> dict[Scale, tuple[int | None, int | None]]:
        """Return what was rated before and after, by scale."""
        before, after = self.before or Felt(), self.after or Felt()
        return {scale: (was, after.ratings()[scale]) for scale, was in before.ratings().items()}

    def facts(self) -> frozenset[str]:
        """Return what holds, in the words that a line's ``needs`` are written in.

        ``rating_lower`` (or ``rating_higher``): of tension and distress, what was rated both
        times went down (or up) in sum, and neither went the other way.
        """
        rated = [self.pairs()[scale] for scale in EASE_SCALES]
        steps = [after - before for before, after in rated if None not in (before, after)]  # type: ignore[operator]
        if steps and sum(steps) < 0 and max(steps) <= 0:
            return frozenset({"rating_lower"})
        if steps and sum(steps) > 0 and min(steps) >= 0:
            return frozenset({"rating_higher"})
        return frozenset()

    def felt_dict(self) -> dict[str, dict[str, int | None]]:
        """Return the ratings as plain values: always the same shape, null where skipped."""
        return {
            Moment.BEFORE.value: (self.before or Felt()).to_dict(),
            Moment.AFTER.value: (self.after or Felt()).to_dict(),
        }


@lru_cache(maxsize=4096)  # years of sessions repeat a few
def _felt(tension: int | None, distress: int | None, kindness: int | None) -> Felt:
    return Felt(tension, distress, kindness)


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags as they are kept: trimmed, none empty, none twice (case aside), in order."""
    kept: dict[str, str] = {}
    for tag in tags:
        words = " ".join(storable(tag).split())[:TAG_CHARS].strip()
        if words:
            kept.setdefault(words.casefold(), words)
    return tuple(kept.values())


def clean_note(note: str) -> str:
    """Return a note as it is kept: without blank lines at its end."""
    return storable(note).rstrip()[:NOTE_CHARS]


def storable(text: str) -> str:
    """Take out what no file of text can hold: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


_SHOWN = "session_id NOT IN (SELECT id FROM session WHERE deleted)"


class Reflections:
    """The reflections of a store; `Store.reflections` is one. It may be used from any thread."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        guard: threading.RLock,
        path: Path,
        is_there: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._guard = guard
        self._path = path
        self._is_there = is_there

    # ---------------------------------------------------------------------------- reading
    def of(self, session_id: int) -> Reflection:
        """Return what was said of one session; an empty one if nothing was."""
        return self._read("AND session_id = ?", session_id).get(session_id, Reflection())

    def all(self) -> dict[int, Reflection]:
        """Return what was said, by session; sessions of which nothing was said are left out."""
        return self._read("")

    def known_tags(self, most: int = 8) -> tuple[str, ...]:
        """Return the tags that were used last, newest first."""
        with self._guard, in_words(self._path):
            rows = self._connection.execute(
                f"SELECT tag FROM tag WHERE {_SHOWN} ORDER BY session_id DESC, place"
            ).fetchall()
        return clean_tags(row[0] for row in rows)[:most]

    def _read(self, where: str, *values: object) -> dict[int, Reflection]:
        with self._guard, in_words(self._path):
            felt = self._connection.execute(
                "SELECT session_id, moment, tension, distress, kindness FROM felt"
                f" WHERE {_SHOWN} {where}",
                values,
            ).fetchall()
            tags = self._connection.execute(
                f"SELECT session_id, tag FROM tag WHERE {_SHOWN} {where}"
                " ORDER BY session_id, place",
                values,
            ).fetchall()
            notes = self._connection.execute(
                f"SELECT session_id, note FROM note WHERE {_SHOWN} {where}", values
            ).fetchall()
        said = {(row[0], Moment(row[1])): _felt(*row[2:]) for row in felt}
        tagged: dict[int, list[str]] = {}
        for session_id, tag in tags:
            tagged.setdefault(session_id, []).append(tag)
        noted = dict(notes)
        sessions = {session_id for session_id, _ in said} | tagged.keys() | noted.keys()
        return {
            session_id: Reflection(
                said.get((session_id, Moment.BEFORE)),
                said.get((session_id, Moment.AFTER)),
                tuple(tagged.get(session_id, ())),
                noted.get(session_id, ""),
            )
            for session_id in sessions
        }

    # ---------------------------------------------------------------------------- writing
    def set_felt(self, session_id: int, moment: Moment, felt: Felt | None) -> None:
        """Keep how it felt, in place of what was kept before; None takes it back.

        Raises
        ------
        NoSuchSessionError
            If there is no such session.
        StorageError
            If the disk did not take it.
        """
        with self._guard, in_words(self._path), transaction(self._connection):
            self._there(session_id)
            if felt is None:
                self._connection.execute(
                    "DELETE FROM felt WHERE session_id = ? AND moment = ?",
                    (session_id, moment.value),
                )
            else:
                insert_felt(self._connection, session_id, moment, felt)

    def set_tags(self, session_id: int, tags: Iterable[str]) -> tuple[str, ...]:
        """Keep these tags and no others; return them as they are kept (see `clean_tags`).

        Raises
        ------
        NoSuchSessionError, StorageError
            As `set_felt`.
        """
        kept = clean_tags(tags)
        with self._guard, in_words(self._path), transaction(self._connection):
            self._there(session_id)
            self._connection.execute("DELETE FROM tag WHERE session_id = ?", (session_id,))
            self._connection.executemany(
                "INSERT INTO tag (session_id, place, tag) VALUES (?, ?, ?)",
                [(session_id, place, tag) for place, tag in enumerate(kept)],
            )
        return kept

    def set_note(self, session_id: int, note: str) -> str:
        """Keep a note, in place of the one before; return it as it is kept.

        Raises
        ------
        NoSuchSessionError, StorageError
            As `set_felt`.
        """
        kept = clean_note(note)
        with self._guard, in_words(self._path), transaction(self._connection):
            self._there(session_id)
            self._connection.execute("DELETE FROM note WHERE session_id = ?", (session_id,))
            if kept:
                self._connection.execute(
                    "INSERT INTO note (session_id, note) VALUES (?, ?)", (session_id, kept)
                )
        return kept

    def _there(self, session_id: int) -> None:
        self._is_there()
        found = self._connection.execute(
            "SELECT 1 FROM session WHERE id = ? AND NOT deleted", (session_id,)
        )
        if found.fetchone() is None:
            raise NoSuchSessionError(f"There is no session {session_id}.")


def insert_felt(
    connection: sqlite3.Connection, session_id: int, moment: Moment, felt: Felt
) -> None:
    """Put ratings into the table; the caller holds the transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO felt (session_id, moment, tension, distress, kindness)"
        " VALUES (?, ?, ?, ?, ?)",
        (session_id, moment.value, *felt.ratings().values()),
    )
