"""The report of a time: how the quiet minutes went, how it felt, and when there was a practice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from biofeedback.report.around import Wanted, is_brought_in, page, plan_words
from biofeedback.report.days_picture import days_picture
from biofeedback.report.felt_picture import felt_pairs, felt_picture
from biofeedback.report.page import Bullets, Page, Paragraph, Section, Table
from biofeedback.report.trend_picture import trend_picture
from biofeedback.report.trend_words import (
    FROM_THE_HEART,
    figure_words,
    following_guide_words,
    series_words,
    trend_words,
)
from biofeedback.report.wording import Wording
from biofeedback.sessions.info import SessionInfo
from biofeedback.sessions.kept_figures import Figures
from biofeedback.sessions.paces import heart_of
from biofeedback.sessions.reflection import Reflection
from biofeedback.sessions.trends import TrendFigure, Trends
from biofeedback.signals.calm import CalmAnswer

MOST_SESSIONS = 120
"""So many of the last sessions are listed one by one."""


@dataclass(frozen=True, slots=True)
class PeriodTold:
    """All that is known of a time.

    Attributes
    ----------
    sessions
        That began in it and are over, newest first.
    figures, said
        Of each, by number.
    left_out
        The numbers of those that the person left out as a whole.
    trends
        Of the same time.
    """

    sessions: Sequence[SessionInfo]
    figures: Mapping[int, Figures]
    said: Mapping[int, Reflection]
    left_out: frozenset[int]
    trends: Trends


def period_page(told: PeriodTold, words: Wording, wanted: Wanted) -> Page:
    """Tell a time on a page."""
    first, last = told.trends.first, told.trends.last
    if first is None or last is None:
        first = last = wanted.made_on
    counted = [
        each
        for each in told.sessions
        if heart_of(each.source) == "person" and each.id not in told.left_out
    ]
    sections = [
        Section(
            words.say("in_short"),
            (Bullets(tuple(trend_words(told.trends, words, private=wanted.private))),),
        ),
        *_heart(told, first, last, words),
    ]
    if not wanted.private:
        sections += _felt(told, counted, words)
    if told.sessions:
        days = {
            each.started_at.date()
            for each in told.sessions
            if not each.source.startswith("replay:")
            and not is_brought_in(each.source)
            and each.id not in told.left_out
        }
        picture = days_picture(days, first, last, words)
        sections.append(
            Section(
                words.say("days_title"),
                (Paragraph(words.say("days_lead")), Paragraph(picture.description), picture),
            )
        )
    answers = _answers(counted, told, words)
    if answers is not None:
        sections.append(
            Section(words.say("answers_title"), (Paragraph(words.say("answers_lead")), answers))
        )
    if told.sessions:
        sections.append(_listed(told, words, wanted))
    title = words.say("title_period", first=words.day(first), last=words.day(last))
    return page(title, words.say("lead_period"), sections, words, wanted)


def _heart(told: PeriodTold, first: date, last: date, words: Wording) -> list[Section]:
    sections = []
    for figure in FROM_THE_HEART:
        series = told.trends[figure]
        if series.days:
            said = [*series_words(figure, series, words), words.say(f"about_{figure}")]
            if figure is TrendFigure.FOLLOWING:
                said.append(following_guide_words(told.trends.alike, words))
            picture = trend_picture(figure, series, first, last, words)
            sections.append(Section(figure_words(figure, words), (Bullets(tuple(said)), picture)))
    if sections:
        both = Bullets((words.say("one_day"), words.say("no_verdict")))
        sections.append(Section(words.say("how_to_read"), (both,)))
    return sections


def _felt(told: PeriodTold, counted: Sequence[SessionInfo], words: Wording) -> list[Section]:
    said = [told.said.get(each.id, Reflection()) for each in counted]
    asked = [
        each
        for each in said
        if any(felt is not None and felt.given for felt in (each.before, each.after))
    ]
    if not asked:
        return []
    pairs = felt_pairs(asked)
    n_none = len(said) - len(asked)
    return [
        Section(
            words.say("felt_title"),
            (
                Paragraph(
                    words.say("felt_of", n=words.number(len(asked)), none=words.number(n_none))
                ),
                felt_picture(pairs, words, several=True),
                Paragraph(words.say("know_drift_back")),
            ),
        )
    ]


def _answers(counted: Sequence[SessionInfo], told: PeriodTold, words: Wording) -> Table | None:
    """Count what the comparisons of quiet minutes came to."""
    answers = Counter(
        figures.answer
        for each in counted
        if (figures := told.figures.get(each.id)) is not None and figures.answer is not None
    )
    if not answers:
        return None
    rows = tuple(
        (words.say(f"answer_{answer}"), words.number(answers[answer])) for answer in CalmAnswer
    )
    heads = (words.say("col_answer"), words.say("col_sessions"))
    return Table(words.say("answers_table"), heads, rows)


def _listed(told: PeriodTold, words: Wording, wanted: Wanted) -> Section:
    none = words.say("none")
    rows = []
    for each in told.sessions[:MOST_SESSIONS]:
        figures = told.figures.get(each.id)
        row = [words.day(each.started_at.date())]
        if not wanted.private:
            row.append(words.clock(each.started_at))
        row.append(plan_words(each.plan, words))
        row.append(none if each.duration_s is None else words.minutes(each.duration_s))
        rates: tuple[float | None, float | None] = (None, None)
        if figures is not None and each.id not in told.left_out:
            rates = (figures.before_hr_bpm, figures.after_hr_bpm)
        row += [none if value is None else words.number(value, 1) for value in rates]
        if each.id in told.left_out:
            row.append(words.say("answer_left_out"))
        elif heart_of(each.source) != "person":
            row.append(words.say("answer_not_own"))
        else:
            answer = figures.answer if figures is not None else None
            row.append(none if answer is None else words.say(f"answer_{answer}"))
        rows.append(tuple(row))
    heads = ["col_day", *([] if wanted.private else ["col_time"]), "col_practice", "col_length"]
    heads += ["col_hr_before", "col_hr_after", "col_answer"]
    table = Table(words.say("listed_table"), tuple(map(words.say, heads)), tuple(rows))
    blocks: tuple[Paragraph | Table, ...] = (table,)
    if len(told.sessions) > MOST_SESSIONS:
        only = words.say(
            "listed_last",
            shown=words.number(MOST_SESSIONS),
            n=words.number(len(told.sessions)),
        )
        blocks = (Paragraph(only), table)
    return Section(words.say("listed_title"), blocks)
