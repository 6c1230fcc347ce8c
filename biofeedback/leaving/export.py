"""Exports: what leaves, looked at first, then written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from biofeedback.leaving import beat_tables
from biofeedback.leaving.archive import write_archive
from biofeedback.leaving.choosing import Chosen, Progress, whole_sessions
from biofeedback.leaving.document import document_parts
from biofeedback.leaving.edf_file import edf_bytes
from biofeedback.leaving.laid_out import CannotLayOutError, LaidOut, lay_out
from biofeedback.leaving.writing_whole import (
    CannotLeaveError,
    private_new_folder,
    refuse_existing,
    written_whole,
)
from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.sessions.info import SessionInfo
from biofeedback.sessions.store import Store
from biofeedback.sessions.whole import WholeSession
from biofeedback.sessions.writings import SavedWriting

NOT_PROTECTED = "This file is not protected: whoever has it can read it."
"""Is said before anything is written."""

SAMPLED = 3
"""So many sessions are laid out to estimate how large the whole becomes."""


class Form(StrEnum):
    """What sessions can leave as."""

    ZIP = "zip"
    JSON = "json"
    CSV = "csv"
    RR = "rr"
    EDF = "edf"


LOSSLESS = frozenset({Form.JSON, Form.ZIP})
"""Those that come back bit for bit."""

ONE_EACH = {Form.RR: ".txt", Form.EDF: ".edf"}
"""Those of which each session is a file of its own, and its ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What is to leave, and as what.

    Attributes
    ----------
    form
        The kind of file.
    chosen
        The sessions.
    personal
        The person's own guides, words and plans; part of a ZIP alone.
    writings
        Their saved writing, where they asked for it; None leaves it out. Part of a ZIP alone.
    person
        What a study calls them; empty for nothing. Part of a ZIP alone.
    """

    form: Form
    chosen: Chosen
    personal: Personal = NOTHING
    writings: tuple[SavedWriting, ...] | None = None
    person: str = ""

    @property
    def n_own(self) -> int:
        """How many guides, words and plans of the person's own are part of it."""
        own = self.personal
        parts = (own.guides, own.edits, own.hidden, own.phrases, own.plans)
        return sum(map(len, parts)) if self.form is Form.ZIP else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an export will hold.

    Attributes
    ----------
    n_sessions, n_beats
        How many.
    hours
        Their length together.
    n_running
        Sessions that are left out because they run still.
    n_own
        Guides, words and plans of the person's own.
    n_writings
        Pages of saved writing; None where they are left out.
    n_straps
        Sessions that name a strap by its address.
    about_bytes
        Roughly how large it becomes.
    """

    n_sessions: int
    n_beats: int
    hours: float
    n_running: int
    n_own: int
    n_writings: int | None
    n_straps: int
    about_bytes: int


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: its files, and a sentence for each session that could not leave."""

    files: tuple[Path, ...]
    problems: tuple[str, ...] = ()


def preview(store: Store, leaving: Leaving) -> Preview:
    """Look at what an export will hold.

    Raises
    ------
    CannotLeaveError
        If a package is missing that it needs.
    StorageError
        If the store can't be read.
    """
    infos = leaving.chosen.infos
    names_straps = leaving.form is not Form.RR and leaving.form is not Form.EDF
    return Preview(
        n_sessions=len(infos),
        n_beats=sum(info.n_beats or 0 for info in infos),
        hours=sum(info.duration_s or 0.0 for info in infos) / 3600,
        n_running=leaving.chosen.n_running,
        n_own=leaving.n_own,
        n_writings=None if leaving.writings is None else len(leaving.writings),
        n_straps=sum(info.source.startswith("ble:") for info in infos) if names_straps else 0,
        about_bytes=_about_bytes(store, leaving),
    )


def write(
    store: Store,
    leaving: Leaving,
    path: Path,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> Written:
    """Write what leaves to ``path``.

    Where each session is a file of its own and there are several, or ``path`` is a folder, they
    go into that folder, which is made.

    Raises
    ------
    CannotLeaveError
        If it can't be written there, a package is missing, or a file is there and ``force`` is
        not given.
    StorageError
        If the store can't be read.
    """
    sessions = whole_sessions(store, leaving.chosen, progress)
    problems: list[str] = []
    if leaving.form in ONE_EACH:
        targets = files_of(leaving, path)
        for target in targets:
            refuse_existing(target, force=force, makes_folder=target.parent == path)
        if len(targets) != 1 or targets[0] != path:
            private_new_folder(path)
        files = [
            target
            for target, session in zip(targets, sessions, strict=True)
            if _write_each(target, leaving.form, session, problems)
        ]
        return Written(tuple(files), tuple(problems))
    targets = files_of(leaving, path)
    for target in targets:
        refuse_existing(target, force=force)
    with ExitStack() as stack:
        opened = [stack.enter_context(written_whole(target)) for target in targets]
        _write_together(opened, leaving, sessions, problems)
    return Written(tuple(targets), tuple(problems))


def files_of(leaving: Leaving, path: Path) -> list[Path]:
    """Return the files that an export to ``path`` is made of."""
    if leaving.form is Form.CSV:
        return [path, path.with_name(f"{path.stem}-sessions{path.suffix}")]
    if leaving.form not in ONE_EACH:
        return [path]
    infos = leaving.chosen.infos
    if len(infos) == 1 and path.suffix and not path.is_dir():
        return [path]
    return [path / name_of(info, leaving.form) for info in infos]


def name_of(info: SessionInfo, form: Form) -> str:
    """Return what the file of one session is called: when it was, and which."""
    return f"{info.started_at:%Y-%m-%d-%H-%M-%S}-{info.uid[:8]}{ONE_EACH.get(form, f'.{form}')}"


def _write_each(target: Path, form: Form, session: WholeSession, problems: list[str]) -> bool:
    laid = _laid_out(session, problems)
    if laid is None:
        return False
    content = beat_tables.rr_text(laid) if form is Form.RR else edf_bytes(laid)
    with written_whole(target) as file:
        file.write(content)
    return True


def _write_together(
    files: list[BinaryIO], leaving: Leaving, sessions: Iterable[WholeSession], problems: list[str]
) -> None:
    match leaving.form:
        case Form.JSON:
            for part in document_parts(sessions):
                files[0].write(part)
        case Form.ZIP:
            write_archive(files[0], sessions, leaving.personal, leaving.writings, leaving.person)
        case _:
            _write_tables(files[0], files[1], sessions, problems)


def _write_tables(
    beats: BinaryIO, rows: BinaryIO, sessions: Iterable[WholeSession], problems: list[str]
) -> None:
    beats.write(beat_tables.beat_header())
    rows.write(beat_tables.session_header())
    for session in sessions:
        laid = _laid_out(session, problems)
        if laid is not None:
            beats.write(beat_tables.beat_rows(laid))
            rows.write(beat_tables.session_row(laid))


def _laid_out(session: WholeSession, problems: list[str]) -> LaidOut | None:
    try:
        return lay_out(session)
    except CannotLayOutError as error:
        problems.append(str(error))
        return None


def _about_bytes(store: Store, leaving: Leaving) -> int:
    """Lay out a few sessions, and take the others for as large as those, beat for beat."""
    infos = leaving.chosen.infos
    if not infos:
        return 0
    step = max(1, len(infos) // SAMPLED)
    some = Chosen(infos[::step][:SAMPLED])
    sessions = whole_sessions(store, some)
    files: list[BinaryIO] = [BytesIO(), BytesIO()]
    if leaving.form in ONE_EACH:
        for session in sessions:
            laid = _laid_out(session, [])
            if laid is not None:
                each = beat_tables.rr_text(laid) if leaving.form is Form.RR else edf_bytes(laid)
                files[0].write(each)
    else:
        _write_together(files, leaving, sessions, [])
    # A session costs about as much as so many packets, even where it has none.
    weight = [(info.n_packets or 0) + 20 for info in infos]
    sampled = sum((info.n_packets or 0) + 20 for info in some.infos)
    return round(sum(file.tell() for file in files) * sum(weight) / sampled)


def preview_words(seen: Preview) -> list[str]:
    """Say in sentences what an export will hold."""
    sessions = "1 session" if seen.n_sessions == 1 else f"{seen.n_sessions} sessions"
    lines = [
        f"It will hold {sessions}, {seen.n_beats} beats in {seen.hours:.1f} hours, "
        f"about {_size(seen.about_bytes)}."
    ]
    if seen.n_straps:
        lines.append(f"Your strap's name and address stand in {seen.n_straps} of them.")
    if seen.n_own:
        lines.append(f"Guides, words and plans of your own: {seen.n_own}.")
    if seen.n_writings is not None:
        lines.append(f"Pages of your saved writing: {seen.n_writings}.")
    if seen.n_running:
        lines.append(f"Left out because they run still: {seen.n_running}.")
    return lines


def _size(n_bytes: int) -> str:
    for unit, length in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if n_bytes >= length:
            return f"{n_bytes / length:.1f} {unit}"
    return f"{n_bytes} bytes"


__all__ = [
    "LOSSLESS",
    "NOT_PROTECTED",
    "ONE_EACH",
    "CannotLeaveError",
    "Form",
    "Leaving",
    "Preview",
    "Written",
    "files_of",
    "name_of",
    "preview",
    "preview_words",
    "write",
]
