"""What the history says: days and lengths by locale, quiet lines, nothing that counts or judges."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTime

from biofeedback.practice.content import Content
from biofeedback.practice.kinds import Kind
from biofeedback.report.wording import wording as report_wording
from gui import spoken, wording
from gui.wording import tr

if TYPE_CHECKING:
    from biofeedback.sessions.history import Filter, Listed

BETWEEN = "   \N{MIDDLE DOT}   "
"""Stands between the parts of a line."""

_YEAR = re.compile(r"[\s,]*(?:'?de'?\s+)?yyyy$")
_WEEKDAY = re.compile(r"^dddd,?\s*(?:den\s+|'den'\s+)?")


# ---------------------------------------------------------------------------- days, lengths
def day_words(day: date, today: date) -> str:
    """Say a day as people do: today, yesterday, or its date as the locale writes it.

    In this year the date goes without the year; in another one without the weekday.
    """
    days = (today - day).days
    if days == 0:
        return tr("Today")
    if days == 1:
        return tr("Yesterday")
    return _dated(day, day.year == today.year, QLocale().name())


@lru_cache(maxsize=1024)  # a list asks again each time it is drawn
def _dated(day: date, this_year: bool, locale_name: str) -> str:
    del locale_name  # part of the key alone
    locale = QLocale()
    whole = locale.dateFormat(QLocale.FormatType.LongFormat)
    form = _YEAR.sub("", whole) if this_year else _WEEKDAY.sub("", whole)
    if this_year and "y" in form:  # a language that writes the year elsewhere
        form = whole
    return locale.toString(QDate(day.year, day.month, day.day), form)


def whole_day_words(day: date) -> str:
    """Say a day with its weekday and year, as the locale writes it."""
    return wording.day(day)


def month_words(month: date) -> str:
    """Name a month and its year."""
    return f"{QLocale().standaloneMonthName(month.month)} {month.year}"


def weekday_words(weekday: int, *, short: bool = False) -> str:
    """Name a day of the week; 0 is Monday."""
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().standaloneDayName(weekday + 1, form)


def first_weekday() -> int:
    """Return the day that a week begins with here; 0 is Monday."""
    return QLocale().firstDayOfWeek().value - 1


def when_words(started_at: datetime, today: date) -> str:
    """Say when a session began, by the person's own clock at that time."""
    time = QTime(started_at.hour, started_at.minute)
    clock = QLocale().toString(time, QLocale.FormatType.ShortFormat)
    return f"{day_words(started_at.date(), today)} {clock}"


def length_words(seconds: float) -> str:
    """Say how long a session was, in whole minutes."""
    minutes = round(seconds / 60)
    if minutes == 0:
        return tr("under a minute")
    if minutes == 1:
        return tr("1 minute")
    return tr("{n} minutes").format(n=wording.number(minutes))


# ---------------------------------------------------------------------------------- a row
def practice_words(practice: str, content: Content) -> str:
    """Name what was practised."""
    from biofeedback.practice.listening import RECORDING
    from biofeedback.sessions.history import PACE

    if practice == PACE:
        return tr("My own pace")
    if practice == RECORDING:
        return tr("A recording of another program")
    if practice in {kind.value for kind in Kind}:
        return wording.kind_words(Kind(practice))
    plan = content.plans.get(practice)
    return plan.title if plan is not None else wording.kind_words(Kind.OWN)


def strap_words(strap: str) -> str:
    """Name what the heart came from."""
    from biofeedback.sessions.history import RECORDED, SIMULATED

    return {SIMULATED: tr("Simulated heart"), RECORDED: tr("A recording")}.get(strap, strap)


def came_words(row: Listed) -> str:
    """Say what came of a session in a few quiet words."""
    return report_wording(spoken.current().language).say(f"came_{row.came}")


def title(row: Listed, content: Content, today: date) -> str:
    """Say when, what and how long."""
    parts = [when_words(row.started_at, today), practice_words(row.practice, content)]
    if row.duration_s is not None:
        parts.append(length_words(row.duration_s))
    return BETWEEN.join(parts)


def detail(row: Listed) -> str:
    """Say what came of it, and what the person says of it."""
    from biofeedback.sessions.history import SIMULATED

    parts = [came_words(row)]
    if row.strap == SIMULATED:
        parts.append(tr("simulated heart"))
    if row.tags:
        parts.append("  ".join(f"#{tag}" for tag in row.tags))
    if row.note:
        parts.append(tr("with a note"))
    if row.left_out:
        parts.append(tr("left out of the figures"))
    elif row.part_left_out:
        parts.append(tr("a part left out of the figures"))
    return BETWEEN.join(parts)


def spoken_row(row: Listed, content: Content, today: date, *, marked: bool) -> str:
    """Say a row to those who hear it, with its mark."""
    parts = [title(row, content, today).replace(BETWEEN, ", "), detail(row).replace(BETWEEN, ", ")]
    if marked:
        parts.append(tr("marked to compare"))
    return ". ".join(parts)


def spoken_day(day: date, *, practised: bool, today: bool) -> str:
    """Say a day of the calendar to those who hear it."""
    parts = [whole_day_words(day)]
    if today:
        parts.append(tr("today"))
    if practised:
        parts.append(tr("you practised"))
    return ", ".join(parts)


# --------------------------------------------------------------------------------- sentences
def narrowed_words(narrowed: Filter, n_shown: int) -> str:
    """Say that a list is narrowed, and to how many."""
    if narrowed.empty:
        return ""
    if n_shown == 0:
        return tr("Nothing here fits that.")
    if n_shown == 1:
        return tr("1 practice fits.")
    return tr("{n} practices fit.").format(n=wording.number(n_shown))


def practices_words(n: int) -> str:
    """Say some practices by their number."""
    if n == 1:
        return tr("1 practice")
    return tr("{n} practices").format(n=wording.number(n))


def deleted_words(n: int) -> str:
    """Say that practices were deleted."""
    if n == 1:
        return tr("Deleted.")
    return tr("{n} practices deleted.").format(n=wording.number(n))
