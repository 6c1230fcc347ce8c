"""Two tables as CSV: one row a beat, and one row a session. And RR text, as Kubios reads it.

Decimals have a point, whatever the system's language; empty means that something is not known.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from biofeedback.leaving.cells import as_words
from biofeedback.leaving.laid_out import LaidOut
from biofeedback.sessions.reflection import Felt, Scale
from biofeedback.sessions.summary import ALGORITHM
from biofeedback.types import PhaseName

BEAT_COLUMNS = (
    "session",
    "time_s",
    "rr_ms",
    "rr_ticks",
    "flag",
    "segment",
    "phase",
    "paused",
    "left_out",
    "guide_stage",
    "guide_fraction",
    "guide_cycles",
    "guide_per_min",
)
"""What a row of a beat holds; docs/export.md tells what each means."""

MEASURED = (PhaseName.QUIET_BEFORE, PhaseName.GUIDED, PhaseName.QUIET_AFTER)

SESSION_COLUMNS = (
    "session",
    "started_at",
    "source",
    "strap_kind",
    "plan",
    "guide",
    "touch",
    "anchor",
    "ended",
    "duration_s",
    "n_packets",
    "n_beats",
    "artefact_fraction",
    *(f"{phase.value}_{figure}" for phase in MEASURED for figure in ("hr_bpm", "rmssd_ms")),
    "following_share",
    "following_r2",
    "following_amplitude_bpm",
    "following_locking",
    "verdict",
    "algorithm",
    *(f"{scale.value}_{moment}" for moment in ("before", "after") for scale in Scale),
    "tags",
    "note",
)


def beat_header() -> bytes:
    """Return the first line of the table of beats."""
    return _lines([BEAT_COLUMNS])


def beat_rows(laid: LaidOut) -> bytes:
    """Return a session's beats, a line each."""
    return _lines(_beats(laid))


def session_header() -> bytes:
    """Return the first line of the table of sessions."""
    return _lines([SESSION_COLUMNS])


def session_row(laid: LaidOut) -> bytes:
    """Return a session as a line."""
    return _lines([_session(laid)])


def rr_text(laid: LaidOut) -> bytes:
    """Return a session's intervals in ms, one a line, without what the person leaves out.

    Artefacts stay in: the program that reads them has a rule of its own.
    """
    beats = (beat for beat in laid.beats if laid.keeps(beat))
    return "".join(f"{_number(beat.rr_ms)}\n" for beat in beats).encode("ascii")


def _beats(laid: LaidOut) -> Iterator[tuple[str, ...]]:
    for beat in laid.beats:
        guide = laid.guide(beat.t_s)
        breath: tuple[str, ...] = ("", "", "", "")
        if guide is not None:
            stands, per_min = guide
            breath = (
                stands.stage.value,
                f"{stands.cycles % 1:.6f}",
                f"{stands.cycles:.6f}",
                _number(round(per_min, 6)),
            )
        yield (
            laid.session.uid,
            _number(beat.t_s),
            _number(beat.rr_ms),
            str(beat.rr_ticks),
            beat.flag.value,
            str(beat.segment),
            laid.phase(beat.t_s),
            str(int(laid.paused(beat.t_s))),
            str(int(not laid.keeps(beat))),
            *breath,
        )


def _session(laid: LaidOut) -> tuple[str, ...]:
    session, summary = laid.session, laid.summary
    phases = {phase.name: phase for phase in summary.phases}
    of_phases = [
        getattr(phases.get(name), figure, None)
        for name in MEASURED
        for figure in ("hr_bpm", "rmssd_ms")
    ]
    of_following = [
        getattr(summary.following, name, None)
        for name in ("share", "r2", "amplitude_bpm", "locking")
    ]
    felt = [
        (said or Felt()).ratings()[scale]
        for said in (session.said.before, session.said.after)
        for scale in Scale
    ]
    choices = session.choices
    return (
        session.uid,
        session.started_at.isoformat(),
        as_words(session.source),
        summary.strap_kind.value,
        as_words(choices.plan_id),
        as_words(choices.guide_id),
        as_words(choices.touch_id),
        as_words(choices.anchor_id),
        session.ended.value,
        _number(session.duration_s),
        str(session.n_packets),
        str(session.n_beats),
        _number(summary.artefact_fraction),
        *map(_number, of_phases),
        *map(_number, of_following),
        summary.verdict.answer.value if summary.verdict else "",
        str(ALGORITHM),
        *("" if rating is None else str(rating) for rating in felt),
        as_words("; ".join(session.said.tags)),
        as_words(session.said.note),
    )


def _number(value: float | None) -> str:
    """Write a number so that it comes back as the same; whole ones without a decimal."""
    if value is None:
        return ""
    text = repr(float(value))
    return text.removesuffix(".0")


def _lines(rows: Iterable[tuple[str, ...]]) -> bytes:
    written = StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode("utf-8", "replace")
