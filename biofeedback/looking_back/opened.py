"""One session, opened: everything that its page draws, from one run of the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from biofeedback.looking_back.breaths import Guided, guided_stretches, longest
from biofeedback.looking_back.follows import FollowingLine, following_line
from biofeedback.looking_back.heart import HeartLine, heart_line
from biofeedback.looking_back.lacks import Lack
from biofeedback.looking_back.power import Power, power
from biofeedback.sessions.summary import Summary, Tally
from biofeedback.signals.left_out import Span
from biofeedback.timeline import Stretch, Timeline
from biofeedback.types import (
    GuideChanged,
    Paused,
    PhaseName,
    PracticeEnded,
    Resumed,
    StrapKind,
    Update,
)


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A session as its page shows it.

    Attributes
    ----------
    timeline
        Everything that it told; a replay needs it.
    summary
        Its figures, without what is left out.
    heart
        The heart's line.
    guided
        When the breath guide ran, and how.
    phases
        In order, each with its beginning and end.
    lost
        When nothing could be heard of the strap.
    pauses
        When the person paused.
    following
        Following over time.
    quiet_power, guided_power
        Spectra of the quiet time before and of the longest stretch of one pace; or why not.
    left_out
        What the person leaves out of the figures; overlapping ranges are one.
    all_left_out
        Whether the whole session is left out of trends and lists of figures.
    """

    timeline: Timeline
    summary: Summary
    heart: HeartLine
    guided: tuple[Guided, ...]
    phases: tuple[Stretch, ...]
    lost: tuple[Stretch, ...]
    pauses: tuple[Span, ...]
    following: FollowingLine
    quiet_power: Power | Lack
    guided_power: Power | Lack
    left_out: tuple[Span, ...] = ()
    all_left_out: bool = False

    @property
    def duration_s(self) -> float:
        """The session's length."""
        return self.timeline.duration_s

    @property
    def pace_per_min(self) -> float | None:
        """Breaths a minute of the guide that ran longest; None where none did."""
        stretch = longest(self.guided)
        return None if stretch is None else stretch.segment.pattern.rate_per_min

    @property
    def guided_from_s(self) -> float | None:
        """When the practice itself began, after the quiet time; None where it never did."""
        return next((s.from_s for s in self.phases if s.phase is PhaseName.GUIDED), None)

    def phase_at(self, t_s: float) -> PhaseName | None:
        """Return the phase that runs at ``t_s``; None before the first."""
        found = [stretch for stretch in self.phases if stretch.from_s <= t_s]
        return found[-1].phase if found else None

    def is_left_out(self, t_s: float) -> bool:
        """Tell whether a moment is left out by the person."""
        return any(from_s <= t_s < to_s for from_s, to_s in self.left_out)


def open_session(timeline: Timeline, left_out: Sequence[Span] = ()) -> Opened:
    """Work out what the page of a session shows.

    Parameters
    ----------
    timeline
        Everything that the session told.
    left_out
        What the person leaves out of the figures, in session time. A session that is left out as
        a whole is in no list of figures and no trend; its own page shows its figures all the same.
    """
    parts = [span for span in left_out if all(map(isfinite, span))]
    ranges = merged(parts, timeline.duration_s)
    tally = Tally(ranges)
    for update in timeline.updates:
        tally.add(update)
    summary = tally.summary(timeline.duration_s)
    kind = summary.strap_kind
    measured = not (kind.untrue or kind is StrapKind.NONE)
    heart = heart_line(timeline.updates, measured=measured)
    changes = [each for each in timeline.updates if isinstance(each, GuideChanged)]
    guided = guided_stretches(changes, timeline.duration_s)
    phases = tuple(each for each in timeline.stretches if each.phase is not None)
    return Opened(
        timeline=timeline,
        summary=summary,
        heart=heart,
        guided=guided,
        phases=phases,
        lost=tuple(each for each in timeline.stretches if each.phase is None),
        pauses=pauses(timeline.updates, timeline.duration_s),
        following=following_line(heart, guided if measured else (), ranges),
        quiet_power=_quiet_power(heart, phases, ranges),
        guided_power=_guided_power(heart, guided, ranges),
        left_out=ranges,
        all_left_out=len(parts) < len(left_out),
    )


def _quiet_power(
    heart: HeartLine, phases: Sequence[Stretch], left_out: Sequence[Span]
) -> Power | Lack:
    if not heart.size:
        return Lack.NO_HEART
    quiet = [each for each in phases if each.phase is PhaseName.QUIET_BEFORE]
    if not quiet:
        return Lack.NO_QUIET
    return power(heart, quiet[-1].from_s, quiet[-1].to_s, left_out)


def _guided_power(
    heart: HeartLine, guided: Sequence[Guided], left_out: Sequence[Span]
) -> Power | Lack:
    if not heart.size:
        return Lack.NO_HEART
    stretch = longest(guided)
    if stretch is None:
        return Lack.NO_GUIDE
    pace = stretch.segment.pattern.rate_per_min
    return power(heart, stretch.from_s, stretch.to_s, left_out, pace)


def pauses(updates: Sequence[Update], end_s: float) -> tuple[Span, ...]:
    """Return when the practice was paused; one that was never resumed lasts to the end."""
    found: list[Span] = []
    since_s: float | None = None
    for update in updates:
        match update:
            case Paused(t_s) if since_s is None:
                since_s = t_s
            case Resumed(t_s) | PracticeEnded(t_s) if since_s is not None:
                found.append((since_s, t_s))
                since_s = None
            case _:
                pass
    if since_s is not None:
        found.append((since_s, end_s))
    return tuple(found)


def merged(ranges: Sequence[Span], end_s: float) -> tuple[Span, ...]:
    """Return ranges in order, cut to the session; those that touch are one."""
    found: list[Span] = []
    for from_s, to_s in sorted(ranges):
        from_s, to_s = max(0.0, from_s), min(end_s, to_s)
        if to_s <= from_s:
            continue
        if found and from_s <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], to_s))
        else:
            found.append((from_s, to_s))
    return tuple(found)
