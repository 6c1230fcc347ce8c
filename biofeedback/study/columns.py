"""The columns of a study's table, in order, and what each holds. Units stand in the names."""

from __future__ import annotations

from biofeedback.figures import NAMES
from biofeedback.sessions.reflection import Moment, Scale

WHOLE = "whole"
"""In place of a phase's name: all of a session."""

FIGURES: tuple[str, ...] = tuple(key for key, _, _, _ in NAMES)
"""Worked out by `biofeedback.analyze`, each row by itself."""

FOLLOWING: tuple[str, ...] = (
    "following_share",
    "following_r2",
    "following_amplitude_bpm",
    "following_locking",
)
"""Of the guided phase: `biofeedback.types.Following`."""

RATINGS: tuple[str, ...] = tuple(
    f"{scale.value}_{moment.value}" for moment in Moment for scale in Scale
)
"""0 to 10, as the person gave them."""

COLUMNS: tuple[tuple[str, type], ...] = (
    ("person", str),
    ("session", str),
    ("file", str),
    ("file_sha256", str),
    ("started_at", str),
    ("source", str),
    ("strap_kind", str),
    ("plan", str),
    ("guide", str),
    ("ended", str),
    ("phase", str),
    ("phase_number", int),
    ("start_s", float),
    ("end_s", float),
    ("left_out_s", float),
    ("n_beats", int),
    ("n_normal", int),
    ("duration_s", float),
    ("artefact_fraction", float),
    *((name, float) for name in FIGURES),
    *((name, float) for name in FOLLOWING),
    ("verdict", str),
    *((name, int) for name in RATINGS),
    ("algorithm", int),
    ("program", str),
    ("reasons", str),
)
"""Name and type of each; a cell is None where the data does not carry it. docs/study.md explains
them."""

OF_A_FILE = ("person", "file")
"""What is known only of the file, and not of what is in it."""

Row = dict[str, str | int | float | None]
