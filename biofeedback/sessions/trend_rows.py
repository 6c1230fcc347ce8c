"""What trends are made of, read from the store in three sweeps: years of sessions in a moment."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from biofeedback.practice.assessing import PROTOCOLS
from biofeedback.sessions.errors import DamagedStoreError, in_words
from biofeedback.sessions.left_out import ALL
from biofeedback.sessions.reflection import Moment, Scale
from biofeedback.sessions.trends import TrendFigure, TrendSession
from biofeedback.signals.left_out import Span, spans_outside

# The kept figures, or where none are kept yet, those of the summary. Where the quiet time before
# took place more than once the last one counts, as it does in the kept figures.
_SESSIONS = """
    SELECT
        session.id,
        started_at,
        source,
        coalesce(json_extract(choices, '$.posture'), ''),
        json_extract(quiet, '$.start_s'),
        json_extract(quiet, '$.end_s'),
        json_extract(quiet, '$.heard_s'),
        iif(kept, before_hr_bpm, json_extract(quiet, '$.hr_bpm')),
        iif(kept, before_rmssd_ms, json_extract(quiet, '$.rmssd_ms')),
        iif(kept, following_r2, json_extract(summary, '$.following.r2')),
        plan,
        coalesce(json_extract(choices, '$.guide_id'), '')
    FROM (
        SELECT *, (
            SELECT value FROM json_each(summary, '$.phases')
            WHERE json_extract(value, '$.name') = 'quiet_before' ORDER BY key DESC LIMIT 1
        ) AS quiet
        FROM session WHERE deleted = 0 AND ended IS NOT NULL
    ) AS session
    LEFT JOIN (SELECT *, 1 AS kept FROM figures) AS figures ON figures.session_id = session.id
    ORDER BY session.id
"""

_RATINGS = "SELECT session_id, moment, tension, distress, kindness FROM felt"

_LEFT_OUT = "SELECT session_id, start_s, end_s FROM left_out"

_FIGURES = {moment: tuple(TrendFigure(f"{scale}_{moment}") for scale in Scale) for moment in Moment}


class TrendSessions:
    """The sessions of a store, as trends take them; `Store.trend_sessions` is one.

    It may be used from any thread.
    """

    def __init__(self, connection: sqlite3.Connection, guard: threading.RLock, path: Path) -> None:
        self._connection = connection
        self._guard = guard
        self._path = path

    def all(self) -> list[TrendSession]:
        """Return every session that has ended, oldest number first.

        Raises
        ------
        StorageError
            If they can't be read.
        """
        with self._guard, in_words(self._path):
            rows = self._connection.execute(_SESSIONS).fetchall()
            rated = self._connection.execute(_RATINGS).fetchall()
            ranges = self._connection.execute(_LEFT_OUT).fetchall()
        ratings: dict[int, dict[TrendFigure, int]] = {}
        for session_id, moment, *values in rated:
            given = ratings.setdefault(session_id, {})
            for figure, value in zip(_FIGURES[Moment(moment)], values, strict=True):
                if value is not None:
                    given[figure] = value
        left_out: dict[int, list[Span]] = {}
        for session_id, start_s, end_s in ranges:
            span = ALL if start_s is None else (start_s, end_s)
            left_out.setdefault(session_id, []).append(span)
        try:
            return [
                TrendSession(
                    session_id=row[0],
                    started_at=datetime.fromisoformat(row[1]),
                    source=row[2],
                    posture=row[3],
                    quiet_s=_length_s(row[4], row[5], row[6], left_out.get(row[0], ())),
                    hr_bpm=row[7],
                    rmssd_ms=row[8],
                    # an assessment goes through several paces
                    following_r2=None if row[10] in PROTOCOLS else row[9],
                    guide_id=row[11],
                    left_out=ALL in left_out.get(row[0], ()),
                    ratings=ratings.get(row[0]),
                )
                for row in rows
            ]
        except ValueError as error:
            raise DamagedStoreError(
                f"A session in {self._path} cannot be read ({error}). Put a good copy back."
            ) from error


def _length_s(
    start_s: float | None, end_s: float | None, heard_s: float | None, left_out: Sequence[Span]
) -> float | None:
    """Return how much of a quiet time heartbeats fill; None if there was none."""
    if start_s is None or end_s is None:
        return None
    used_s = end_s - start_s
    if left_out:
        used_s = sum(
            until_s - from_s for from_s, until_s in spans_outside(start_s, end_s, left_out)
        )
    return used_s if heard_s is None else min(used_s, heard_s)
