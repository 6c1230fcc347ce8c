"""The rows of one session: one for all of it, and one for each phase that took place.

Pure: the same session gives the same rows on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from biofeedback.analysis import analyze
from biofeedback.leaving.laid_out import LaidOut, Part, lay_out
from biofeedback.sessions.summary import ALGORITHM
from biofeedback.sessions.whole import WholeSession
from biofeedback.study.columns import COLUMNS, FIGURES, FOLLOWING, RATINGS, WHOLE, Row
from biofeedback.types import Beat, PhaseName, StrapKind
from biofeedback.version import version

NO_BEATS = "There are no beats."
NO_HEARTBEATS = "What this strap sends as heartbeats is not measured, so nothing is made of it."
NO_RR = "This strap sends heart rate alone."
NO_FOLLOWING = "The heart's following of the breath is known of a guided phase with one pace alone."
NO_VERDICT = "Nothing was compared: a quiet time before or after is missing."

_OF_FOLLOWING = ("share", "r2", "amplitude_bpm", "locking")


def rows_of(session: WholeSession) -> list[Row]:
    """Return the rows of a session, all of it first, then its phases in order.

    Raises
    ------
    CannotLayOutError
        If it used words that this version does not know.
    """
    laid = lay_out(session)
    same = _of_session(laid)
    whole = Part(0.0, session.duration_s, WHOLE)
    rows = [same | _of_part(laid, whole, 0) | _said(laid)]
    measured = [part for part in laid.phases if part.name != PhaseName.ARRIVING]
    rows += [same | _of_part(laid, part, number) for number, part in enumerate(measured, 1)]
    return [{name: row.get(name) for name, _ in COLUMNS} for row in rows]


def _of_session(laid: LaidOut) -> Row:
    session = laid.session
    return {
        "session": session.uid,
        "started_at": session.started_at.isoformat(),
        # The kind alone: an address is nobody else's business.
        "source": session.source.partition(":")[0],
        "strap_kind": laid.summary.strap_kind.value,
        "plan": session.choices.plan_id,
        "guide": session.choices.guide_id,
        "ended": session.ended.value,
        "algorithm": ALGORITHM,
        "program": version(),
    }


def _said(laid: LaidOut) -> Row:
    """Return what is known of a session as a whole: the verdict, and ratings."""
    said, verdict = laid.session.said, laid.summary.verdict
    ratings: list[int | None] = []
    for felt in (said.before, said.after):
        ratings += [None] * 3 if felt is None else felt.ratings().values()
    row: Row = dict(zip(RATINGS, ratings, strict=True))
    return row | {"verdict": verdict.answer.value if verdict else None}


def _of_part(laid: LaidOut, part: Part, number: int) -> Row:
    beats, starts = _beats_in(laid, part)
    reasons: dict[str, str] = {}
    row: Row = {
        "phase": part.name,
        "phase_number": number,
        "start_s": part.start_s,
        "end_s": part.end_s,
        "left_out_s": _left_out_s(laid, part),
        "n_beats": len(beats),
    }
    kind = laid.summary.strap_kind
    if not beats or kind.untrue:
        why = NO_HEARTBEATS if kind.untrue else NO_RR if kind is StrapKind.NONE else NO_BEATS
        reasons |= dict.fromkeys(FIGURES, why)
    else:
        row |= _figures(beats, starts, reasons)
    row |= _following(laid, part, reasons)
    if part.name == WHOLE and laid.summary.verdict is None:
        reasons["verdict"] = NO_VERDICT
    row["reasons"] = json.dumps(reasons, sort_keys=True) if reasons else None
    return row


def _beats_in(laid: LaidOut, part: Part) -> tuple[list[Beat], list[bool]]:
    """Return the beats that count, and which begin after a gap, a pause or what is left out."""
    beats: list[Beat] = []
    starts: list[bool] = []
    broken, segment = True, -1
    for beat in laid.beats:
        inside = part.start_s <= beat.t_s and (part.name == WHOLE or beat.t_s < part.end_s)
        if not inside or laid.paused(beat.t_s) or not laid.keeps(beat):
            broken = True
            continue
        beats.append(beat)
        starts.append(broken or beat.segment != segment)
        broken, segment = False, beat.segment
    return beats, starts


def _figures(beats: Sequence[Beat], starts: Sequence[bool], reasons: dict[str, str]) -> Row:
    found = analyze(
        np.array([beat.rr_ms for beat in beats]),
        t_s=np.array([beat.t_s for beat in beats]),
        starts=np.array(starts),
    )
    reasons |= {
        name: why for name, why in found.notes.items() if getattr(found, name, None) is None
    }
    names = ("n_beats", "n_normal", "duration_s", "artefact_fraction", *FIGURES)
    return {name: getattr(found, name) for name in names}


def _following(laid: LaidOut, part: Part, reasons: dict[str, str]) -> Row:
    follows = laid.summary.following
    if part.name != PhaseName.GUIDED or follows is None:
        reasons["following"] = NO_FOLLOWING
        return {}
    values: list[Any] = [getattr(follows, name) for name in _OF_FOLLOWING]
    return dict(zip(FOLLOWING, values, strict=True))


def _left_out_s(laid: LaidOut, part: Part) -> float:
    """Return how much of a part the person leaves out, in seconds; stretches may overlap."""
    return sum((end_s - start_s for start_s, end_s in _joined(laid, part)), 0.0)


def _joined(laid: LaidOut, part: Part) -> Iterator[tuple[float, float]]:
    reached_s = part.start_s
    for start_s, end_s in sorted(laid.left_out):
        first_s, last_s = max(start_s, reached_s), min(end_s, part.end_s)
        if first_s < last_s:
            yield first_s, last_s
            reached_s = last_s
