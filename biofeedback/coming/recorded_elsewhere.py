"""Another program's recording as a session: the file kept as it is, its beats sent like a strap's.

From there on it takes the path of every session, and improves when the algorithms do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from biofeedback.practice.listening import recording_choices
from biofeedback.run import summed_up
from biofeedback.sessions.as_sent import Sent
from biofeedback.sessions.formats import read_recording
from biofeedback.sessions.formats.opening import load
from biofeedback.sessions.formats.recording import Recording, RecordingError
from biofeedback.sessions.info import Ended
from biofeedback.sessions.reflection import storable
from biofeedback.sessions.whole import ImportedFile, WholeSession
from biofeedback.types import Strap

SOURCE = "import:"
"""Begins the source of every such session."""

FILE_DATED = ", dated by its file"
"""Ends it where nothing in the file says when it was recorded."""

LATEST = datetime(9990, 1, 1, tzinfo=UTC)
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
"""Outside of these a file's time is no time that anybody wore a strap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadElsewhere:
    """What came of one file; it travels between processes.

    Attributes
    ----------
    path
        The file.
    sha256
        Of its content; empty where it could not be opened.
    session
        What was read; None where it is known already, or could not be read.
    problem
        Why it could not be read, a sentence; empty otherwise.
    notes
        Plain sentences on how it was understood.
    """

    path: Path
    sha256: str = ""
    session: WholeSession | None = None
    problem: str = ""
    notes: tuple[str, ...] = ()


def read_elsewhere(path: Path) -> ReadElsewhere:
    """Read one file; what goes wrong becomes part of the result."""
    try:
        content = load(path)
        session, notes = as_session(read_recording(path), content, path)
    except (RecordingError, OSError) as error:
        return ReadElsewhere(path=path, problem=str(error))
    digest = sha256(content).hexdigest()
    return ReadElsewhere(path=path, sha256=digest, session=session, notes=notes)


def as_session(
    recording: Recording, content: bytes, path: Path
) -> tuple[WholeSession, tuple[str, ...]]:
    """Make a session of a recording; return it, and what is to be said of how it was understood.

    Raises
    ------
    RecordingError
        If it holds no interval that a strap could send.
    OSError
        If the file's own time is needed and can't be read.
    """
    sent = Sent.of(recording.rr_ms, starts=recording.starts, t_s=recording.t_s)
    if not sent.n:
        raise RecordingError(
            f"{path.name} holds no heartbeats that a strap could send. Choose another recording."
        )
    started_at, notes = recording.started_at, recording.notes
    dated_by = ""
    if started_at is not None:
        started_at = _zoned(started_at)
    if started_at is None or not EARLIEST < started_at < LATEST:
        started_at = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
        dated_by = FILE_DATED
        notes = (*notes, "When it was recorded is not in it; it bears the date of the file.")
    if sent.left_out:
        notes = (*notes, f"Intervals that no strap could send were left out: {sent.left_out}.")
    source = f"{SOURCE}{recording.format}{dated_by}"
    events = tuple(sent.events(Strap(f"{SOURCE}{recording.format}", recording.format)))
    choices = recording_choices()
    summary = summed_up(list(events), choices)
    imported = ImportedFile(file_name=storable(path.name), form=recording.format, content=content)
    session = WholeSession(
        # The same file is the same session in every store.
        uid=imported.sha256[:32],
        started_at=started_at,
        source=source,
        choices=choices,
        strap=None,
        ended=Ended.SOURCE_ENDED,
        duration_s=summary.duration_s,
        n_packets=summary.n_packets,
        n_beats=summary.n_beats,
        figures=summary.to_dict(),
        imported=imported,
        events=events,
    )
    return session, notes


def _zoned(moment: datetime) -> datetime | None:
    """Take a time without a zone for the time of this computer; None for one that is none."""
    try:
        # UTC is what files say that know nothing of where the person is.
        return moment.astimezone() if moment.utcoffset() in (None, timedelta(0)) else moment
    except (OverflowError, ValueError, OSError):
        return None
