"""What trends are made of, read from the store in two sweeps: years of sessions in a moment."""

from __future__ import annotations

import sqlite3
import threading
from datetime import datetime
from pathlib import Path

from biofeedback.sessions.errors import DamagedStoreError, in_words
from biofeedback.sessions.reflection import Moment, Scale
from biofeedback.sessions.trends import TrendFigure, TrendSession

# The kept figures, or where none are kept yet, those of the summary. The first phase that a
# summary holds is the quiet time before, if there was one.
_SESSIONS = """
    SELECT
        session.id,
        started_at,
        source,
        coalesce(json_extract(choices, '$.posture'), ''),
        CASE WHEN json_extract(summary, '$.phases[0].name') = 'quiet_before' THEN
            json_extract(summary, '$.phases[0].end_s')
            - json_extract(summary, '$.phases[0].start_s')
        END,
        CASE WHEN figures.session_id IS NOT NULL THEN before_hr_bpm
            WHEN json_extract(summary, '$.phases[0].name') = 'quiet_before'
            THEN json_extract(summary, '$.phases[0].hr_bpm') END,
        CASE WHEN figures.session_id IS NOT NULL THEN before_rmssd_ms
            WHEN json_extract(summary, '$.phases[0].name') = 'quiet_before'
            THEN json_extract(summary, '$.phases[0].rmssd_ms') END,
        CASE WHEN figures.session_id IS NOT NULL THEN following_r2
            ELSE json_extract(summary, '$.following.r2') END,
        EXISTS (
            SELECT 1 FROM left_out
            WHERE left_out.session_id = session.id AND left_out.start_s IS NULL
        )
    FROM session LEFT JOIN figures ON figures.session_id = session.id
    WHERE deleted = 0 AND ended IS NOT NULL
    ORDER BY session.id
"""

_RATINGS = "SELECT session_id, moment, tension, distress, kindness FROM felt"

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
        ratings: dict[int, dict[TrendFigure, int]] = {}
        for session_id, moment, *values in rated:
            given = ratings.setdefault(session_id, {})
            for figure, value in zip(_FIGURES[Moment(moment)], values, strict=True):
                if value is not None:
                    given[figure] = value
        try:
            return [
                TrendSession(
                    session_id=row[0],
                    started_at=datetime.fromisoformat(row[1]),
                    source=row[2],
                    posture=row[3],
                    quiet_s=row[4],
                    hr_bpm=row[5],
                    rmssd_ms=row[6],
                    following_r2=row[7],
                    left_out=bool(row[8]),
                    ratings=ratings.get(row[0]),
                )
                for row in rows
            ]
        except ValueError as error:
            raise DamagedStoreError(
                f"A session in {self._path} cannot be read ({error}). Put a good copy back."
            ) from error
