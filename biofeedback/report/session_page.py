"""The report of one session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from biofeedback.report.around import (
    Wanted,
    is_brought_in,
    page,
    plan_words,
    source_words,
)
from biofeedback.report.bands_picture import bands_picture
from biofeedback.report.felt_picture import FeltPair, felt_pairs, felt_picture
from biofeedback.report.heart_picture import heart_picture
from biofeedback.report.page import Bullets, Facts, Page, Paragraph, Section, Written
from biofeedback.report.session_view import session_view
from biofeedback.report.trend_words import guide_words, posture_words
from biofeedback.report.verdict_words import following_words, signal_words, verdict_words
from biofeedback.report.wording import Wording
from biofeedback.sessions.info import SessionInfo
from biofeedback.sessions.paces import heart_of
from biofeedback.sessions.reflection import Reflection
from biofeedback.sessions.summary import Summary
from biofeedback.signals.left_out import Span, is_outside, spans_outside
from biofeedback.types import Update


@dataclass(frozen=True, slots=True)
class SessionTold:
    """All that is known of a session.

    Attributes
    ----------
    info
        As listed.
    updates, summary
        What its events tell when they are run again, the summary without what is left out.
    said
        What the person says of it.
    left_out
        Stretches that the summary is made without.
    """

    info: SessionInfo
    updates: Sequence[Update]
    summary: Summary
    said: Reflection
    left_out: tuple[Span, ...] = ()


def session_page(told: SessionTold, words: Wording, wanted: Wanted) -> Page:
    """Tell one session on a page."""
    day = words.day(told.info.started_at.date())
    sections = [
        Section(
            words.say("in_short"),
            (Bullets(tuple(_in_short(told, words))), _facts(told, words, wanted)),
        ),
        _heart(told, words),
    ]
    if told.summary.phases:
        picture = bands_picture(told.summary, words)
        sections.append(
            Section(words.say("bands_title"), (Paragraph(picture.description), picture))
        )
    if not wanted.private:
        felt = _felt(told, words)
        if felt is not None:
            sections.append(felt)
    if wanted.with_notes and not wanted.private:
        sections += _own_words(told, words)
    name = "title_recording" if is_brought_in(told.info.source) else "title_session"
    return page(
        words.say(name, day=day),
        words.say("lead_session"),
        sections,
        words,
        wanted,
    )


def _in_short(told: SessionTold, words: Wording) -> list[str]:
    summary = told.summary
    said = []
    if heart_of(told.info.source) != "person":
        said.append(words.say("not_your_heart"))
    if told.info.ended is not None:
        said.append(words.say(f"ended_{told.info.ended}", length=words.minutes(summary.duration_s)))
    if _whole_left_out(told):
        return [*said, words.say("left_out_whole")]
    said.append(verdict_words(summary, words))
    said += following_words(summary, words)
    said += signal_words(summary, words)
    if told.left_out:
        out_s = summary.duration_s - sum(
            until_s - from_s
            for from_s, until_s in spans_outside(0.0, summary.duration_s, told.left_out)
        )
        said.append(words.counted("left_out", len(told.left_out), length=words.minutes(out_s)))
    return said


def _whole_left_out(told: SessionTold) -> bool:
    end_s = max(told.summary.duration_s, 1e-9)
    return not spans_outside(0.0, end_s, told.left_out) and not is_outside(
        0.0, end_s, told.left_out
    )


def _facts(told: SessionTold, words: Wording, wanted: Wanted) -> Facts:
    info, choices = told.info, told.info.choices
    rows = [(words.say("fact_practice"), plan_words(info.plan, words))]
    if not wanted.private:
        rows.append((words.say("fact_began"), words.clock(info.started_at)))
    rows.append(
        (words.say("fact_length"), words.say("minutes", n=words.minutes(told.summary.duration_s)))
    )
    if not is_brought_in(told.info.source):
        rows.append((words.say("fact_guide"), guide_words(choices.guide_id, words)))
        rows.append((words.say("fact_posture"), posture_words(choices.posture, words)))
        touch = words.content.touches.get(choices.touch_id)
        if touch is not None and not wanted.private:
            rows.append((words.say("fact_touch"), touch.label))
    rows.append((words.say("fact_source"), source_words(info.source, words)))
    return Facts(tuple(rows))


def _heart(told: SessionTold, words: Wording) -> Section:
    view = session_view(told.updates, told.summary, told.left_out)
    picture = heart_picture(view, words)
    return Section(words.say("heart_title"), (Paragraph(picture.description), picture))


def _felt(told: SessionTold, words: Wording) -> Section | None:
    if not any(felt is not None and felt.given for felt in (told.said.before, told.said.after)):
        return None
    pairs = felt_pairs([told.said])
    picture = felt_picture(pairs, words, several=False)
    return Section(
        words.say("felt_title"),
        (
            Paragraph(_how_many(pairs, words)),
            picture,
            Paragraph(words.say("know_drift_back")),
        ),
    )


def _how_many(pairs: tuple[FeltPair, ...], words: Wording) -> str:
    """Say how many were rated both times, and what is missing."""
    both = sum(pair.n_both for pair in pairs)
    said = words.say("rated_both", n=words.number(both), all=words.number(len(pairs)))
    missing = []
    for pair in pairs:
        name = words.say(f"scale_{pair.scale}")
        if pair.before is None and pair.after is None:
            missing.append(name)
        elif pair.before is None:
            missing.append(words.say("missing_before", name=name))
        elif pair.after is None:
            missing.append(words.say("missing_after", name=name))
    if missing:
        said += " " + words.say("missing", list=words.listed(missing))
    return said


def _own_words(told: SessionTold, words: Wording) -> list[Section]:
    blocks: list[Bullets | Written] = []
    if told.said.tags:
        blocks.append(Bullets(told.said.tags))
    if told.said.note:
        blocks.append(Written(told.said.note))
    return [Section(words.say("own_words"), tuple(blocks))] if blocks else []
