"""What is kept, as a history: rows to list, what they can be narrowed to, days and months.

Pure: rows come from the store, nothing here reads or writes. A day is the one on the person's own
calendar when a session began, wherever they were.
"""

from __future__ import annotations

from calendar import Calendar, monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from biofeedback.practice.assessing import PROTOCOLS
from biofeedback.practice.content import Content
from biofeedback.practice.kinds import Kind, kind_of
from biofeedback.practice.listening import RECORDING
from biofeedback.sessions.info import Ended
from biofeedback.types import FOLLOWS_R2, StrapKind

PACE = "pace"
"""The practice of who looked for a pace of their own."""

SIMULATED, RECORDED = "sim:", "replay:"
"""In place of a strap's name: a simulated heart, and a recording that was played or brought in."""

_BROUGHT_IN = "import:"


class Came(StrEnum):
    """What came of a session, as far as one quiet line can say it. None is better or worse."""

    RUNNING = "running"
    LOOKED = "looked"
    NO_STRAP = "no_strap"
    SLOWER = "slower"
    SAME = "same"
    FASTER = "faster"
    CANNOT_TELL = "cannot_tell"
    FOLLOWED = "followed"
    NOT_COMPARED = "not_compared"


_ANSWERS = {
    "calmer": Came.SLOWER,
    "same": Came.SAME,
    "more_active": Came.FASTER,
    "cannot_tell": Came.CANNOT_TELL,
}

_UNTRUE = frozenset(kind.value for kind in StrapKind if kind.untrue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One session as a row.

    Attributes
    ----------
    id
        Its number in the store.
    started_at
        Local time of the person when it began, with the offset from UTC.
    practice
        What was practised (`practice_of`).
    strap
        What the heart came from (`strap_of`); empty where nothing did.
    duration_s
        None while it runs.
    ended
        None while it runs.
    came
        What came of it.
    tags
        In the person's order.
    note
        Empty if there is none.
    left_out
        Whether the person leaves all of it out of the figures.
    part_left_out
        Whether they leave a part of it out.
    """

    id: int
    started_at: datetime
    practice: str
    strap: str = ""
    duration_s: float | None = None
    ended: Ended | None = None
    came: Came = Came.NOT_COMPARED
    # Kept out of repr: what holds a repr may end up in a log.
    tags: tuple[str, ...] = field(default=(), repr=False)
    note: str = field(default="", repr=False)
    left_out: bool = False
    part_left_out: bool = False

    @property
    def day(self) -> date:
        """The person's day on which it began."""
        return self.started_at.date()


# ----------------------------------------------------------------------------- one session
def practice_of(plan_id: str, content: Content) -> str:
    """Tell what a plan practises: a `Kind`, the id of a plan of one's own, `PACE` or `RECORDING`.

    A plan that is gone was one of the person's own.
    """
    if plan_id in PROTOCOLS:
        return PACE
    if plan_id == RECORDING:
        return RECORDING
    plan = content.plans.get(plan_id)
    if plan is None:
        return Kind.OWN.value
    kind = kind_of(plan, content)
    return plan_id if kind is Kind.OWN else kind.value


def strap_of(name: str, source: str, n_packets: int | None) -> str:
    """Tell what the heart came from: a strap's name, `SIMULATED`, `RECORDED`, or nothing."""
    for kind in (SIMULATED, RECORDED):
        if source.startswith(kind):
            return kind
    if source.startswith(_BROUGHT_IN):
        return RECORDED
    return name if n_packets else ""


def came_from(
    *,
    ended: Ended | None,
    plan_id: str,
    n_packets: int | None,
    answer: str | None,
    following_r2: float | None,
    strap_kind: str | None,
) -> Came:
    """Tell what came of a session by its figures.

    Parameters
    ----------
    ended, plan_id, n_packets
        As in `SessionInfo`.
    answer
        Of the verdict; None without one.
    following_r2
        Share of the heart's swing that went with the breath, 0..1; None if it is not known.
    strap_kind
        A `StrapKind`; None if it is not known.
    """
    if ended is None:
        return Came.RUNNING
    if plan_id in PROTOCOLS:
        return Came.LOOKED
    if not n_packets:
        return Came.NO_STRAP
    if answer in _ANSWERS:
        return _ANSWERS[answer]
    if following_r2 is not None and following_r2 >= FOLLOWS_R2 and strap_kind not in _UNTRUE:
        return Came.FOLLOWED
    return Came.NOT_COMPARED


# ------------------------------------------------------------------------------- narrowing
@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; what is empty lets everything through.

    Attributes
    ----------
    practice, strap
        As in `Listed`.
    tag
        One tag, upper and lower case alike.
    text
        Every word of it is to be found in the tags or the note, as a word or a part of one.
    """

    practice: str = ""
    tag: str = ""
    strap: str = ""
    text: str = field(default="", repr=False)

    @property
    def empty(self) -> bool:
        """Whether it lets everything through."""
        return not (self.practice or self.tag or self.strap or self.text.strip())

    def shown(self, rows: Iterable[Listed]) -> tuple[Listed, ...]:
        """Return the rows that it lets through, in their order."""
        words = self.text.casefold().split()
        tag = self.tag.casefold()
        return tuple(
            row
            for row in rows
            if (not self.practice or row.practice == self.practice)
            and (not self.strap or row.strap == self.strap)
            and (not tag or any(one.casefold() == tag for one in row.tags))
            and (not words or _holds(row, words))
        )


def _holds(row: Listed, words: list[str]) -> bool:
    said = "\n".join((*row.tags, row.note)).casefold()
    return all(word in said for word in words)


def newest_first(rows: Iterable[Listed]) -> tuple[Listed, ...]:
    """Return rows in the order of a list."""
    return tuple(sorted(rows, key=lambda row: (row.started_at, row.id), reverse=True))


def practices(rows: Iterable[Listed]) -> tuple[str, ...]:
    """Return what was practised, most often first."""
    return _by_number([row.practice for row in rows])


def straps(rows: Iterable[Listed]) -> tuple[str, ...]:
    """Return what hearts came from, most often first."""
    return _by_number([row.strap for row in rows if row.strap])


def tags(rows: Iterable[Listed]) -> tuple[str, ...]:
    """Return the tags, in the order of the alphabet; one that differs in case alone comes once."""
    found: dict[str, str] = {}
    for row in rows:
        for tag in row.tags:
            found.setdefault(tag.casefold(), tag)
    return tuple(found[key] for key in sorted(found))


def _by_number(values: Sequence[str]) -> tuple[str, ...]:
    numbers: dict[str, int] = {}
    for value in values:
        numbers[value] = numbers.get(value, 0) + 1
    return tuple(sorted(numbers, key=lambda value: (-numbers[value], value)))


# -------------------------------------------------------------------------- days and months
def by_day(rows: Iterable[Listed]) -> dict[date, tuple[Listed, ...]]:
    """Return the rows of each day that has any, in their order."""
    found: dict[date, list[Listed]] = {}
    for row in rows:
        found.setdefault(row.day, []).append(row)
    return {day: tuple(those) for day, those in found.items()}


def between(rows: Iterable[Listed], first: date, last: date) -> tuple[Listed, ...]:
    """Return the rows of the days from ``first`` to ``last``, both included, in either order."""
    first, last = min(first, last), max(first, last)
    return tuple(row for row in rows if first <= row.day <= last)


def month_grid(month: date, first_weekday: int) -> tuple[tuple[date, ...], ...]:
    """Return the weeks that a month touches, with the days of its neighbours that fill them.

    Parameters
    ----------
    month
        Any day of it.
    first_weekday
        0 is Monday, 6 is Sunday.

    Raises
    ------
    ValueError
        If a week would reach out of the calendar (before the year 1 or after 9999).
    """
    try:
        weeks = Calendar(first_weekday).monthdatescalendar(month.year, month.month)
    except OverflowError as error:
        raise ValueError(f"the calendar ends near {month}") from error
    return tuple(tuple(week) for week in weeks)


def months_on(day: date, n: int) -> date:
    """Return the same day ``n`` months on; the last of a month that is shorter."""
    number = day.year * 12 + day.month - 1 + n
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


# ------------------------------------------------------------------------------- comparing
def marked(marks: tuple[int, ...], number: int) -> tuple[int, ...]:
    """Mark a session to compare, or take its mark away; of two marks the older one gives way."""
    if number in marks:
        return tuple(mark for mark in marks if mark != number)
    return (*marks[-1:], number)


def in_time(rows: Iterable[Listed], marks: tuple[int, ...]) -> tuple[int, ...]:
    """Return the marked sessions that are there, oldest first."""
    found = [row for row in rows if row.id in marks]
    return tuple(row.id for row in sorted(found, key=lambda row: (row.started_at, row.id)))
