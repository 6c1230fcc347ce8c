"""A session laid out in time for tables: its beats as judged, with what was going on at each."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from biofeedback.practice.breath import phase_at
from biofeedback.practice.content import ContentError
from biofeedback.run import summed_up
from biofeedback.sensing import EcgSamples
from biofeedback.sessions.summary import Summary
from biofeedback.sessions.whole import WholeSession
from biofeedback.signals.left_out import Span, is_outside
from biofeedback.types import (
    Beat,
    BeatsJudged,
    BreathPhase,
    BreathSegment,
    GuideChanged,
    LineShown,
    LinkChanged,
    Paused,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Resumed,
    Update,
)


class CannotLayOutError(ValueError):
    """A session's events can't be played through; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of session time, in seconds, and what it is called."""

    start_s: float
    end_s: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """What a session told, in order of time.

    Attributes
    ----------
    session
        Which session.
    summary
        What it amounts to, without what is left out.
    beats
        All of them, as judged.
    phases, pauses, losses, left_out
        Stretches of phases, pauses, lost links, and what the person leaves out.
    lines
        What was said, and when.
    ecg
        The samples of its ECG; none where the strap sent none.
    """

    session: WholeSession
    summary: Summary
    beats: tuple[Beat, ...]
    phases: tuple[Part, ...]
    pauses: tuple[Part, ...]
    losses: tuple[Part, ...]
    left_out: tuple[Span, ...]
    lines: tuple[LineShown, ...]
    ecg: tuple[EcgSamples, ...]
    _guide_s: tuple[float, ...]
    _guide: tuple[BreathSegment | None, ...]

    def phase(self, t_s: float) -> str:
        """Return the phase that ran then; empty outside of any."""
        return name_at(self.phases, t_s)

    def paused(self, t_s: float) -> bool:
        """Return whether the practice stood still then."""
        return bool(name_at(self.pauses, t_s))

    def guide(self, t_s: float) -> tuple[BreathPhase, float] | None:
        """Return where the breath guide stood then, and its breaths a minute; None at rest."""
        at = bisect_right(self._guide_s, t_s)
        segment = self._guide[at - 1] if at else None
        if segment is None:
            return None
        return phase_at(segment, t_s), segment.pattern.rate_per_min

    def keeps(self, beat: Beat) -> bool:
        """Return whether a beat lies outside of what the person leaves out."""
        return is_outside(beat.t_s - beat.rr_ms / 1000, beat.t_s, self.left_out)


def lay_out(session: WholeSession) -> LaidOut:
    """Play a session through.

    Raises
    ------
    CannotLayOutError
        If it used words that this version does not know.
    """
    left_out = tuple(part or (-math.inf, math.inf) for part in session.left_out)
    try:
        updates: list[Update] = []
        summary = summed_up(
            list(session.events),
            session.choices,
            session.duration_s,
            session.personal,
            left_out,
            sink=updates.append,
        )
    except ContentError as error:
        raise CannotLayOutError(
            f"The session of {session.started_at:%Y-%m-%d %H:%M} can't be played through: {error} "
            "As json or zip it leaves all the same."
        ) from error
    guide = [update for update in updates if isinstance(update, GuideChanged)]
    end_s = session.duration_s
    return LaidOut(
        session=session,
        summary=summary,
        beats=tuple(
            beat for update in updates if isinstance(update, BeatsJudged) for beat in update.beats
        ),
        phases=tuple(_phases(updates, end_s)),
        pauses=tuple(_pauses(updates, end_s)),
        losses=tuple(_losses(updates, end_s)),
        left_out=left_out,
        lines=tuple(each for each in updates if isinstance(each, LineShown) and each.text),
        ecg=tuple(update for update in updates if isinstance(update, EcgSamples)),
        _guide_s=tuple(update.t_s for update in guide),
        _guide=tuple(update.segment for update in guide),
    )


def name_at(parts: Sequence[Part], t_s: float) -> str:
    """Return the name of the part that ``t_s`` lies in; empty outside of any."""
    return next((part.name for part in parts if part.start_s <= t_s < part.end_s), "")


def _phases(updates: Sequence[Update], end_s: float) -> Iterator[Part]:
    open_: tuple[float, PhaseName] | None = None
    for update in updates:
        if not isinstance(update, PhaseStarted | PracticeEnded):
            continue
        if open_:
            yield Part(open_[0], update.t_s, open_[1].value)
        open_ = (update.t_s, update.phase) if isinstance(update, PhaseStarted) else None
    if open_:
        yield Part(open_[0], max(end_s, open_[0]), open_[1].value)


def _pauses(updates: Sequence[Update], end_s: float) -> Iterator[Part]:
    since_s: float | None = None
    for update in updates:
        if isinstance(update, Paused):
            since_s = update.t_s if since_s is None else since_s
        elif isinstance(update, Resumed | PracticeEnded) and since_s is not None:
            yield Part(since_s, update.t_s, "paused")
            since_s = None
    if since_s is not None:
        yield Part(since_s, max(end_s, since_s), "paused")


def _losses(updates: Sequence[Update], end_s: float) -> Iterator[Part]:
    lost: tuple[float, str] | None = None
    for update in updates:
        if not isinstance(update, LinkChanged):
            continue
        if update.reason is None:
            if lost:
                yield Part(lost[0], update.t_s, lost[1])
            lost = None
        elif lost is None:
            lost = (update.t_s, update.reason.value)
    if lost and lost[1] != "finished":
        yield Part(lost[0], max(end_s, lost[0]), lost[1])
