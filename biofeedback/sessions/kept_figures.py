"""A few figures of each session, kept where lists and trends find them all at once.

They are worked out from the raw log and say with which version of the program, so that nothing
is lost when they are worked out anew (`biofeedback.refreshed`).
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any, Self

from biofeedback.sessions.errors import DamagedStoreError, NoSuchSessionError, in_words
from biofeedback.sessions.summary import ALGORITHM, Summary
from biofeedback.sessions.transaction import transaction
from biofeedback.types import PhaseName, StrapKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What lists and trends show of a session; None where the data does not carry it.

    Attributes
    ----------
    algorithm
        The version that worked them out; 0 where something was changed since.
    before_hr_bpm, before_rmssd_ms
        Of the quiet time before, own breath.
    guided_hr_bpm
        Of the guided phase. There is no RMSSD of it: slow breath raises that by arithmetic.
    after_hr_bpm, after_rmssd_ms
        Of the quiet time after, own breath.
    following_r2, following_locking, amplitude_bpm
        See `biofeedback.types.Following`.
    artefact_fraction
        Share of the intervals that were flagged, 0..1.
    answer
        Of the calm verdict: a value of `biofeedback.signals.calm.CalmAnswer`; None where there
        was nothing to compare.
    strap_kind
        What the strap gave.
    """

    algorithm: int
    before_hr_bpm: float | None = None
    before_rmssd_ms: float | None = None
    guided_hr_bpm: float | None = None
    after_hr_bpm: float | None = None
    after_rmssd_ms: float | None = None
    following_r2: float | None = None
    following_locking: float | None = None
    amplitude_bpm: float | None = None
    artefact_fraction: float | None = None
    answer: str | None = None
    strap_kind: StrapKind = StrapKind.UNKNOWN

    @classmethod
    def from_summary(cls, summary: Summary) -> Self:
        """Return those of a summary.

        Where a phase took place more than once, the last quiet time counts, as in the verdict, and
        the longest guided one.
        """
        phases = sorted(summary.phases, key=lambda phase: phase.end_s - phase.start_s)
        guided = {phase.name: phase for phase in phases}.get(PhaseName.GUIDED)
        quiet = {phase.name: phase for phase in summary.phases}
        before, after = quiet.get(PhaseName.QUIET_BEFORE), quiet.get(PhaseName.QUIET_AFTER)
        follows, verdict = summary.following, summary.verdict
        return cls(
            algorithm=ALGORITHM,
            before_hr_bpm=before.hr_bpm if before else None,
            before_rmssd_ms=before.rmssd_ms if before else None,
            guided_hr_bpm=guided.hr_bpm if guided else None,
            after_hr_bpm=after.hr_bpm if after else None,
            after_rmssd_ms=after.rmssd_ms if after else None,
            following_r2=follows.r2 if follows else None,
            following_locking=follows.locking if follows else None,
            amplitude_bpm=follows.amplitude_bpm if follows else None,
            artefact_fraction=summary.artefact_fraction,
            answer=verdict.answer.value if verdict else None,
            strap_kind=summary.strap_kind,
        )


_NAMES = tuple(field.name for field in fields(Figures))
_COLUMNS = ", ".join(_NAMES)


class KeptFigures:
    """The figures of a store; `Store.figures` is one. It may be used from any thread."""

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

    def all(self) -> dict[int, Figures]:
        """Return what is kept, by session, stale ones too; running sessions have none yet."""
        return self._read("")

    def of(self, session_id: int) -> Figures | None:
        """Return the figures of one session; None if none were worked out yet."""
        return self._read("AND session_id = ?", session_id).get(session_id)

    def stale(self) -> list[int]:
        """Return the sessions that have to be worked out anew, newest first.

        Their figures are of another version, or something was left out or taken in since, or
        there are none.
        """
        with self._guard, in_words(self._path):
            rows = self._connection.execute(
                "SELECT id FROM session LEFT JOIN figures ON session_id = id"
                " WHERE ended IS NOT NULL AND NOT deleted AND algorithm IS NOT ?"
                " ORDER BY id DESC",
                (ALGORITHM,),
            ).fetchall()
        return [row[0] for row in rows]

    def set(self, session_id: int, figures: Figures, summary: dict[str, Any] | None = None) -> None:
        """Keep a session's figures in place of those before.

        Parameters
        ----------
        session_id
            Which session.
        figures
            What to keep.
        summary
            What they were taken from (`Summary.to_dict`), to be kept in the same commit; None
            leaves the session's own.

        Raises
        ------
        NoSuchSessionError
            If there is no such session.
        StorageError
            If the disk did not take it.
        ValueError
            If ``summary`` holds a NaN.
        """
        written = None if summary is None else json.dumps(summary, allow_nan=False)
        with self._guard, in_words(self._path), transaction(self._connection):
            self._is_there()
            done = self._connection.execute(
                "UPDATE session SET summary = coalesce(?, summary) WHERE id = ? AND NOT deleted",
                (written, session_id),
            )
            if done.rowcount != 1:
                raise NoSuchSessionError(f"There is no session {session_id}.")
            insert_figures(self._connection, session_id, figures)

    def _read(self, where: str, *values: object) -> dict[int, Figures]:
        with self._guard, in_words(self._path):
            rows = self._connection.execute(
                f"SELECT session_id, {_COLUMNS} FROM figures WHERE session_id NOT IN"
                f" (SELECT id FROM session WHERE deleted) {where}",
                values,
            ).fetchall()
        try:
            return {row[0]: _from_row(row[1:]) for row in rows}
        except (ValueError, TypeError) as error:
            raise DamagedStoreError(
                f"The figures of a session in {self._path} cannot be read ({error}). "
                "Put a good copy back."
            ) from error


def _from_row(row: tuple[Any, ...]) -> Figures:
    return Figures(**dict(zip(_NAMES, (*row[:-1], StrapKind(row[-1])), strict=True)))


def insert_figures(connection: sqlite3.Connection, session_id: int, figures: Figures) -> None:
    """Put figures into the table; the caller holds the transaction."""
    marks = ", ".join("?" * len(_NAMES))
    connection.execute(
        f"INSERT OR REPLACE INTO figures (session_id, {_COLUMNS}) VALUES (?, {marks})",
        (session_id, *astuple(figures)),
    )
