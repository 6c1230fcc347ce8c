"""Exports: what leaves, looked at first, then written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from biofeedback.leaving.archive import write_archive
from biofeedback.leaving.choosing import Chosen, Progress, whole_sessions
from biofeedback.leaving.document import document_parts
from biofeedback.leaving.writing_whole import refuse_existing, written_whole
from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.sessions.store import Store
from biofeedback.sessions.whole import WholeSession
from biofeedback.sessions.writings import SavedWriting

NOT_PROTECTED = "This file is not protected: whoever has it can read it."
"""Is said before anything is written."""

SAMPLED = 3
"""So many sessions are laid out to estimate how large the whole becomes."""


class Form(StrEnum):
    """What sessions can leave as."""

    JSON = "json"
    ZIP = "zip"


LOSSLESS = frozenset({Form.JSON, Form.ZIP})
"""Those that come back bit for bit."""


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
        What a study calls them; empty for nothing.
    """

    form: Form
    chosen: Chosen
    personal: Personal = NOTHING
    writings: tuple[SavedWriting, ...] | None = None
    person: str = ""


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


def preview(store: Store, leaving: Leaving) -> Preview:
    """Look at what an export will hold.

    Raises
    ------
    StorageError
        If the store can't be read.
    """
    infos = leaving.chosen.infos
    personal = leaving.personal
    n_own = sum(
        len(part)
        for part in (
            personal.guides,
            personal.edits,
            personal.hidden,
            personal.phrases,
            personal.plans,
        )
    )
    return Preview(
        n_sessions=len(infos),
        n_beats=sum(info.n_beats or 0 for info in infos),
        hours=sum(info.duration_s or 0.0 for info in infos) / 3600,
        n_running=leaving.chosen.n_running,
        n_own=n_own if leaving.form is Form.ZIP else 0,
        n_writings=None if leaving.writings is None else len(leaving.writings),
        n_straps=sum(info.strap is not None and info.source.startswith("ble:") for info in infos),
        about_bytes=_about_bytes(store, leaving),
    )


def write(
    store: Store,
    leaving: Leaving,
    path: Path,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> list[Path]:
    """Write what leaves to ``path``; return the files that were written.

    Raises
    ------
    CannotLeaveError
        If it can't be written there, or a file is there and ``force`` is not given.
    StorageError
        If the store can't be read.
    """
    refuse_existing(path, force=force)
    with written_whole(path) as file:
        _write_one(file, leaving, whole_sessions(store, leaving.chosen, progress))
    return [path]


def _write_one(file: BinaryIO, leaving: Leaving, sessions: Iterable[WholeSession]) -> None:
    match leaving.form:
        case Form.JSON:
            for part in document_parts(sessions):
                file.write(part)
        case Form.ZIP:
            write_archive(file, sessions, leaving.personal, leaving.writings, leaving.person)


def _about_bytes(store: Store, leaving: Leaving) -> int:
    """Lay out a few sessions, and take the others for as large as those, beat for beat."""
    infos = leaving.chosen.infos
    if not infos:
        return 0
    step = max(1, len(infos) // SAMPLED)
    some = Chosen(infos[::step][:SAMPLED])
    laid_out = BytesIO()
    _write_one(laid_out, leaving, whole_sessions(store, some))
    # A session costs about as much as so many packets, even where it has none.
    weight = [(info.n_packets or 0) + 20 for info in infos]
    sampled = sum((info.n_packets or 0) + 20 for info in some.infos)
    return round(laid_out.tell() * sum(weight) / sampled)
