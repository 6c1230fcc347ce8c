"""How figures go over weeks and months, like compared with like.

What enters:

- sessions of the person's own heart: no simulated one, no replay, none that was left out;
- the quiet time *before*, own breath, of at least a minute with at most 5 % of its beats flagged
  (a session that has it is *usable*). In 3387 adults RMSSD of 2 minutes agreed almost perfectly
  with that of 4 to 5, of 10 seconds still well, and always better than SDNN did (Munoz 2015); a
  minute lies between;
- one posture and one time of day: the pair with the most usable sessions, unless another is
  asked for. Posture and the hour of day move heart rate and RMSSD by themselves;
- one value a day: that of the first usable session. The sources measure once a day, at the same
  time (Plews 2012, 2013; Buchheit 2014). A later session of a day follows a practice, so its quiet
  time before is none without practice.

Paced and spontaneous breathing are never mixed: how the heart followed the guide is a series of
its own, and slow breath raises RMSSD by arithmetic. It is of one breath guide alone, the most
usual one, since another pace moves it by itself. Ratings are the person's own word, and a
series each, before and after.

What is made of it, and from how many sessions and days on, stands in
`biofeedback.sessions.trend_series`.

References: Munoz 2015, doi:10.1371/journal.pone.0138921. Plews 2012,
doi:10.1007/s00421-012-2354-4. Plews 2013, doi:10.1007/s40279-013-0071-8. Buchheit 2014,
doi:10.3389/fphys.2014.00073.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from math import log
from typing import Any

from biofeedback.sessions.paces import heart_of
from biofeedback.sessions.reflection import Moment, Scale
from biofeedback.sessions.trend_series import Series, series

MIN_QUIET_S = 58.5
"""A minute; the beat cut at each edge is forgiven, as the calm verdict forgives it."""

ANY = "any"
"""Asked for, it takes sessions of every posture, or of every time of day."""

UNKNOWN_POSTURE = ""
"""Nobody said; sessions of which nobody said are compared among themselves."""


class TimeOfDay(StrEnum):
    """When a session began, by the person's own clock."""

    MORNING = "morning"
    """From 5 to 11."""
    MIDDAY = "midday"
    """From 11 to 17."""
    EVENING = "evening"
    """From 17 to 22."""
    NIGHT = "night"
    """From 22 to 5."""


_BEGINS_AT = ((5, TimeOfDay.MORNING), (11, TimeOfDay.MIDDAY), (17, TimeOfDay.EVENING))


def time_of_day(started_at: datetime) -> TimeOfDay:
    """Return the part of the day in which a session began."""
    found = TimeOfDay.NIGHT
    if started_at.hour < 22:
        for hour, part in _BEGINS_AT:
            if started_at.hour >= hour:
                found = part
    return found


class TrendFigure(StrEnum):
    """What is followed over days."""

    LN_RMSSD = "ln_rmssd"
    """ln of RMSSD in ms, quiet time before, own breath."""
    HR = "hr_bpm"
    """Heart rate in bpm, quiet time before, own breath."""
    FOLLOWING = "following_r2"
    """How the heart followed the guide, 0..1; paced, and of the practice itself."""
    TENSION_BEFORE = "tension_before"
    TENSION_AFTER = "tension_after"
    DISTRESS_BEFORE = "distress_before"
    DISTRESS_AFTER = "distress_after"
    KINDNESS_BEFORE = "kindness_before"
    KINDNESS_AFTER = "kindness_after"


RATINGS: Mapping[TrendFigure, tuple[Scale, Moment]] = {
    TrendFigure(f"{scale}_{moment}"): (scale, moment) for scale in Scale for moment in Moment
}
"""The figures that are the person's own word."""


class LeftAside(StrEnum):
    """Why a session is not in a trend. Each session counts for the first that holds."""

    NOT_OWN_HEART = "not_own_heart"
    """A simulated heart, or a recording played again."""
    LEFT_OUT = "left_out"
    """The person left it out."""
    NO_QUIET_MINUTE = "no_quiet_minute"
    """No quiet time before, or less than a minute of it."""
    NO_RMSSD = "no_rmssd"
    """The strap sent no true intervals, or too many beats were unclear."""
    OTHER_POSTURE = "other_posture"
    OTHER_TIME_OF_DAY = "other_time_of_day"


@dataclass(frozen=True, slots=True)
class TrendSession:
    """What a trend needs of one session.

    Attributes
    ----------
    session_id
        Its number.
    started_at
        The person's local time.
    source
        Where its heartbeats came from.
    posture
        As chosen; empty where nobody said.
    quiet_s
        How much of the quiet time before heartbeats fill (of sessions that an older version summed
        up: its length); None if there was none.
    hr_bpm, rmssd_ms
        Of the quiet time before, own breath; None where the data does not carry it.
    following_r2
        How the heart followed the guide; None where it can't be said.
    left_out
        Whether the person left the whole session out of the figures.
    ratings
        What was rated, 0..10; what was skipped is not in it.
    guide_id
        The breath guide that was chosen.
    """

    session_id: int
    started_at: datetime
    source: str
    posture: str = UNKNOWN_POSTURE
    quiet_s: float | None = None
    hr_bpm: float | None = None
    rmssd_ms: float | None = None
    following_r2: float | None = None
    left_out: bool = False
    ratings: Mapping[TrendFigure, int] | None = None
    guide_id: str = ""

    @property
    def usable(self) -> bool:
        """Whether it has a quiet minute before, of a true and steady signal."""
        return _why_unusable(self) is None


@dataclass(frozen=True, slots=True)
class Alike:
    """Which sessions are put side by side.

    Attributes
    ----------
    posture
        Of this posture; `ANY` for every one.
    time_of_day
        Of this part of the day; `ANY` for every one.
    posture_asked, time_asked
        Whether it was asked for, and not merely the most usual.
    guide_id
        The breath guide of which the series of following is; empty where there is none.
    """

    posture: str
    time_of_day: str
    posture_asked: bool
    time_asked: bool
    guide_id: str = ""


@dataclass(frozen=True, slots=True)
class Trends:
    """How figures went over a time.

    Attributes
    ----------
    first, last
        The days asked for; where none were, those of the first and the last session; None if
        there is no session.
    n_sessions
        All sessions of that time.
    n_usable
        Those that are usable and alike.
    alike
        Which sessions were put side by side.
    left_aside
        Sessions that are not in the trend of lnRMSSD, by reason. `n_usable` and these add up to
        `n_sessions`.
    series
        Each figure's; all of sessions that are alike.
    """

    first: date | None
    last: date | None
    n_sessions: int
    n_usable: int
    alike: Alike
    left_aside: Mapping[LeftAside, int]
    series: Mapping[TrendFigure, Series]

    def __getitem__(self, figure: TrendFigure) -> Series:
        """Return the series of a figure."""
        return self.series[figure]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, ready for JSON."""
        return {
            "first": None if self.first is None else self.first.isoformat(),
            "last": None if self.last is None else self.last.isoformat(),
            "n_sessions": self.n_sessions,
            "n_usable": self.n_usable,
            "posture": self.alike.posture,
            "posture_asked": self.alike.posture_asked,
            "time_of_day": self.alike.time_of_day,
            "time_of_day_asked": self.alike.time_asked,
            "following_guide": self.alike.guide_id,
            "left_aside": {why.value: self.left_aside.get(why, 0) for why in LeftAside},
            "series": {figure.value: each.to_dict() for figure, each in self.series.items()},
        }


def trends(
    sessions: Iterable[TrendSession],
    *,
    posture: str | None = None,
    time_of_day: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Trends:
    """Follow the figures of sessions over days.

    Parameters
    ----------
    sessions
        In any order.
    posture
        Of this posture alone (empty: those of which nobody said); `ANY` for all together; None
        for the most usual.
    time_of_day
        A `TimeOfDay`; `ANY` for all together; None for the most usual.
    first, last
        Of these days alone, both counted; None for no limit.

    Raises
    ------
    ValueError
        If there is no such time of day.
    """
    if time_of_day not in (None, ANY, *TimeOfDay):
        raise ValueError(f"there is no time of day called '{time_of_day}'")
    among = sorted(
        (
            each
            for each in sessions
            if (first is None or each.started_at.date() >= first)
            and (last is None or each.started_at.date() <= last)
        ),
        key=lambda each: (each.started_at.replace(tzinfo=None), each.session_id),
    )
    own = [each for each in among if _why_unfit(each) is None]
    alike = _alike(own, posture, time_of_day)
    taken = [each for each in own if _why_other(each, alike) is None]
    usable = [each for each in taken if each.usable]
    alike = replace(alike, guide_id=_usual_guide(taken))
    paced = [each for each in taken if each.guide_id == alike.guide_id]
    aside = Counter(
        why
        for each in among
        if (why := _why_unfit(each) or _why_unusable(each) or _why_other(each, alike))
    )
    found = {
        TrendFigure.LN_RMSSD: _follow(usable, lambda each: log(each.rmssd_ms or 1.0), varies=True),
        TrendFigure.HR: _follow(usable, lambda each: each.hr_bpm, varies=True),
        TrendFigure.FOLLOWING: _follow(paced, lambda each: each.following_r2),
    }
    for figure in RATINGS:
        found[figure] = _follow(taken, partial(_rating, figure))
    return Trends(
        first or (among[0].started_at.date() if among else None),
        last or (among[-1].started_at.date() if among else None),
        len(among),
        len(usable),
        alike,
        dict(aside),
        found,
    )


def _follow(
    sessions: Sequence[TrendSession],
    value_of: Callable[[TrendSession], float | None],
    *,
    varies: bool = False,
) -> Series:
    """Take each day's first session that carries a figure."""
    daily: dict[date, tuple[date, float, int]] = {}
    n_sessions = 0
    for each in sessions:
        value = value_of(each)
        if value is not None:
            n_sessions += 1
            day = each.started_at.date()
            daily.setdefault(day, (day, float(value), each.session_id))
    return series(list(daily.values()), n_sessions, varies=varies)


def _rating(figure: TrendFigure, session: TrendSession) -> float | None:
    return (session.ratings or {}).get(figure)


def _why_unfit(session: TrendSession) -> LeftAside | None:
    if heart_of(session.source) != "person":
        return LeftAside.NOT_OWN_HEART
    return LeftAside.LEFT_OUT if session.left_out else None


def _why_unusable(session: TrendSession) -> LeftAside | None:
    if session.quiet_s is None or session.quiet_s < MIN_QUIET_S:
        return LeftAside.NO_QUIET_MINUTE
    # one tick of the clock is no variability that could be measured
    return LeftAside.NO_RMSSD if session.rmssd_ms is None or session.rmssd_ms < 1.0 else None


def _why_other(session: TrendSession, alike: Alike) -> LeftAside | None:
    if alike.posture not in (ANY, session.posture):
        return LeftAside.OTHER_POSTURE
    if alike.time_of_day not in (ANY, time_of_day(session.started_at)):
        return LeftAside.OTHER_TIME_OF_DAY
    return None


def _usual_guide(sessions: Sequence[TrendSession]) -> str:
    """Return the guide with which most of them were paced, the later one where two are as usual."""
    paced = [each.guide_id for each in sessions if each.following_r2 is not None]
    counted = Counter(reversed(paced))  # of equals, `most_common` keeps the first that it met
    return counted.most_common(1)[0][0] if counted else ""


def _alike(own: Sequence[TrendSession], posture: str | None, part: str | None) -> Alike:
    """Choose what is most usual among usable sessions, the later one where two are as usual."""
    counted: Counter[tuple[str, str]] = Counter()
    latest: dict[tuple[str, str], int] = {}
    for at, each in enumerate([each for each in own if each.usable] or own):
        pair = (
            ANY if posture == ANY else each.posture,
            ANY if part == ANY else time_of_day(each.started_at).value,
        )
        if posture in (None, pair[0]) and part in (None, pair[1]):
            counted[pair] += 1
            latest[pair] = at
    default = (posture or UNKNOWN_POSTURE, part or ANY)
    usual = max(counted, key=lambda pair: (counted[pair], latest[pair]), default=default)
    return Alike(*usual, posture is not None, part is not None)
