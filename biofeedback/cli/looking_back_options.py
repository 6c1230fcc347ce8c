"""What can be typed behind `trends` and `report`."""

from __future__ import annotations

import argparse
from datetime import date

TRENDS = """\
Like is compared with like: sessions of your own heart with a quiet minute before, of the posture
and the time of day of which there are most, unless you ask for others. One value a day, that of
the first such session. There is no trend before 8 of them, and no usual band before 14 days.
Higher and lower are no better and worse, and one day says little. What each figure is:
docs/metrics.md.

examples:
  hand-on-heart trends                              in words, and the last days as a table
  hand-on-heart trends --from 2026-01-01 --plot     since then, drawn to trends.svg
  hand-on-heart trends --posture any --time-of-day any --json
                                                    everything, for another program

--json prints one object:
  first, last            the days that were looked at
  n_sessions, n_usable   all sessions of them, and those that can be compared
  posture, time_of_day   which were put side by side; posture_asked, time_of_day_asked: by you?
  following_guide        the breath guide of which following_r2 is
  left_aside             how many are not among them, by reason
  series                 by figure (ln_rmssd, hr_bpm, following_r2, tension_before, ...):
    days                 day, value, session_id, n_week_days, week_mean, week_cv_pct
    band                 low, high, mean, sd, n_days, first, last; or null
    place                lower, within or higher: the last week against the band; or null
    is_trend, n_sessions, missing
                         whether there are enough, and what is missing (lacking, have, need)
"""

REPORT = """\
A page to read, print or hand on, as one file that needs nothing else. It says what can be said and
what cannot. Letters are never in it, and your tags and note only if you ask. The file is not
protected: whoever has it can read it.

examples:
  hand-on-heart report 12                        session 12, to session-12.html
  hand-on-heart report 12 --format pdf --with-notes
                                                 as PDF, with your tags and note
  hand-on-heart report --from 2026-01-01 --to 2026-03-31 -o winter.pdf --language de
                                                 three months, in German
  hand-on-heart report 12 --private -o for-them.html
                                                 without ratings, touch and time of day
"""

UNSAID = "unsaid"


def add_trends_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be typed behind `trends`."""
    parser.add_argument("--json", action="store_true", help="print JSON on stdout (see below)")
    parser.add_argument(
        "--plot",
        nargs="?",
        const="trends.svg",
        metavar="FILE",
        help="draw it, to trends.svg unless a FILE (svg, png, pdf) is named",
    )
    add_days(parser)
    _add_alike(parser)


def add_report_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be typed behind `report`."""
    parser.add_argument(
        "session",
        metavar="ID",
        nargs="?",
        type=_count,
        help="the session's number, which `sessions` lists; without one, a time is reported",
    )
    add_days(parser)
    _add_alike(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to (default: session-ID or report, here)"
    )
    parser.add_argument(
        "--format", choices=("html", "pdf"), help="default: as FILE ends, else html"
    )
    parser.add_argument(
        "--paper", choices=("a4", "letter"), default="a4", help="of a PDF (default a4)"
    )
    parser.add_argument(
        "--with-notes", action="store_true", help="with your tags and note, in your own words"
    )
    parser.add_argument(
        "--private", action="store_true", help="without ratings, touch, time of day and notes"
    )
    parser.add_argument("--force", action="store_true", help="in place of a file that is there")


def wrong_looking_back(options: argparse.Namespace) -> str:
    """Return what no single option can know to be wrong; empty if all is well."""
    first, last = getattr(options, "first", None), getattr(options, "last", None)
    if first is not None and last is not None and first > last:
        return "--from is a day after --to"
    narrowed = ("first", "last", "posture", "time_of_day")
    of_a_time = options.module == "report" and any(
        getattr(options, name) is not None for name in narrowed
    )
    return "A report is of one session or of a time" if of_a_time and options.session else ""


def _add_alike(parser: argparse.ArgumentParser) -> None:
    """Add which sessions are put side by side."""
    parser.add_argument(
        "--posture",
        type=_posture,
        metavar="POSTURE",
        help="sitting, lying, standing, moving, unsaid (where you said none) or any "
        "(default: what there is most of)",
    )
    parser.add_argument(
        "--time-of-day",
        choices=("morning", "midday", "evening", "night", "any"),
        help="from 5, 11, 17 and 22 o'clock on (default: what there is most of)",
    )


def add_days(parser: argparse.ArgumentParser) -> None:
    """Add the first and the last day to look at."""
    parser.add_argument(
        "--from", dest="first", type=_day, metavar="DATE", help="first day, such as 2026-02-03"
    )
    parser.add_argument("--to", dest="last", type=_day, metavar="DATE", help="last day")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of a session")
    return int(text)


def _posture(text: str) -> str:
    return "" if text == UNSAID else text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day such as 2026-02-03") from None
