"""One file of a study: its sessions as rows, and what could not be read of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from biofeedback.coming.own_archive import OwnArchive
from biofeedback.coming.own_document import NotOursError, may_be_ours, read_document
from biofeedback.coming.recorded_elsewhere import as_session
from biofeedback.leaving.laid_out import CannotLayOutError
from biofeedback.sessions.formats import HEAD_BYTES, read_recording
from biofeedback.sessions.formats.opening import load
from biofeedback.sessions.formats.recording import RecordingError
from biofeedback.sessions.whole import WholeSession
from biofeedback.sessions.whole_json import NotASessionError
from biofeedback.study.columns import Row
from biofeedback.study.phase_rows import rows_of

_ZIP = b"PK"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRows:
    """What came of a file. It says nothing of where the file is or whose it is.

    Attributes
    ----------
    rows
        In order of the sessions' beginnings.
    problems
        A sentence for each thing that could not be read.
    person
        What an export calls the person; empty if nothing.
    stumbled
        Whether the program itself failed: a later try may not, so that it is not done yet.
    """

    rows: tuple[Row, ...] = ()
    problems: tuple[str, ...] = ()
    person: str = ""
    stumbled: bool = False

    def to_plain(self) -> dict[str, Any]:
        """Return it as plain values, ready for JSON."""
        return {"rows": self.rows, "problems": self.problems, "person": self.person}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Self:
        """Return what `to_plain` made."""
        return cls(
            rows=tuple(plain["rows"]), problems=tuple(plain["problems"]), person=plain["person"]
        )


def rows_of_file(path: Path) -> FileRows:
    """Read a file and work out its rows; whatever goes wrong becomes part of the result."""
    try:
        return _rows_of_file(path)
    except (RecordingError, NotOursError, OSError) as error:
        return FileRows(problems=(_sentence(path, str(error)),))
    except Exception as error:  # noqa: BLE001 - one bad file must not stop thousands
        return FileRows(problems=(_stumbled(path.name, error),), stumbled=True)


def _rows_of_file(path: Path) -> FileRows:
    head = load(path, HEAD_BYTES)
    if head.startswith(_ZIP):
        with OwnArchive(path) as archive:
            return replace(_of_sessions(path, _in_archive(archive)), person=archive.person)
    if may_be_ours(head):
        with path.open("rb") as file:
            return _of_sessions(path, _until_broken(read_document(file)))
    recording = read_recording(path)
    session, _ = as_session(recording, load(path), path)
    began = recording.started_at.isoformat() if recording.started_at else None
    # Neither this computer's zone nor a file's own date: they differ from one to the next.
    return FileRows(rows=tuple(row | {"started_at": began} for row in rows_of(session)))


def _in_archive(archive: OwnArchive) -> Iterator[WholeSession | str]:
    for name in archive.names:
        yield from _until_broken(archive.sessions(name))


def _until_broken(
    found: Iterator[WholeSession | NotASessionError],
) -> Iterator[WholeSession | str]:
    try:
        for session in found:
            yield session if isinstance(session, WholeSession) else str(session)
    except NotOursError as error:
        yield str(error)


def _of_sessions(path: Path, found: Iterator[WholeSession | str]) -> FileRows:
    per_session: list[tuple[tuple[str, str], list[Row]]] = []
    problems: list[str] = []
    stumbled = False
    for session in found:
        if isinstance(session, str):
            problems.append(_sentence(path, session))
            continue
        try:
            rows = rows_of(session)
        except CannotLayOutError as error:
            problems.append(_sentence(path, str(error)))
        except Exception as error:  # noqa: BLE001 - one bad session must not stop thousands
            problems.append(_stumbled(f"Session {session.uid} in {path.name}", error))
            stumbled = True
        else:
            per_session.append(((session.started_at.isoformat(), session.uid), rows))
    per_session.sort(key=lambda each: each[0])
    return FileRows(
        rows=tuple(row for _, rows in per_session for row in rows),
        problems=tuple(problems),
        stumbled=stumbled,
    )


def _stumbled(what: str, error: Exception) -> str:
    return f"{what} made the program stumble ({type(error).__name__})."


def _sentence(path: Path, why: str) -> str:
    return why if path.name in why else f"{path.name}: {why}"
