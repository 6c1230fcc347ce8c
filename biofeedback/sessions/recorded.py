"""A session of one's own as a recording, to be analysed like any other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from biofeedback.hrm import MalformedMeasurementError, decode
from biofeedback.sessions.folder import data_folder
from biofeedback.sessions.formats.recording import Recording, RecordingError
from biofeedback.sessions.store import FILE_NAME, Store
from biofeedback.signals.beats import BeatAxis
from biofeedback.types import Beat, Event, LinkLost, Packet


def recorded_beats(events: Iterable[Event]) -> list[Beat]:
    """Return every interval that a session's packets hold, placed in time, not yet judged."""
    axis = BeatAxis()
    beats: list[Beat] = []
    for event in events:
        match event:
            case Packet(t_s, payload):
                try:
                    measurement = decode(payload)
                except MalformedMeasurementError:
                    continue
                if measurement.contact is False:
                    axis.gap()
                else:
                    beats += axis.place(t_s, measurement.rr_ticks)
            case LinkLost():
                axis.gap()
            case _:
                pass
    return beats


def read_session(session_id: int, folder: Path | None = None) -> Recording:
    """Read a session of one's own.

    Parameters
    ----------
    session_id
        Its number; ``hand-on-heart sessions`` lists them.
    folder
        Where the store is; None for the data folder.

    Raises
    ------
    StorageError
        If the store can't be read, or holds no such session.
    RecordingError
        If the session holds no heartbeat.
    """
    folder = folder or data_folder()
    with Store.open(folder) as store:
        beats = recorded_beats(store.events(session_id))
    if not beats:
        raise RecordingError(f"Session {session_id} holds no heartbeat intervals.")
    segments = np.array([beat.segment for beat in beats])
    starts = np.ones(len(beats), dtype=np.bool_)
    starts[1:] = segments[1:] != segments[:-1]
    t_s = np.array([beat.t_s for beat in beats])
    return Recording(
        rr_ms=np.array([beat.rr_ms for beat in beats]),
        t_s=t_s - (t_s[0] - beats[0].rr_ms / 1000),
        starts=starts,
        unit="ticks",
        format="Hand on Heart session",
        source_path=folder / FILE_NAME,
    )
