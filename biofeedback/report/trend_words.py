"""Trends in plain sentences: what was put side by side, what came of it, and what is missing."""

from __future__ import annotations

from math import exp

from biofeedback.practice.content import ContentError
from biofeedback.report.wording import Wording
from biofeedback.sessions.trend_series import Missing, Series
from biofeedback.sessions.trends import (
    ANY,
    UNKNOWN_POSTURE,
    Alike,
    LeftAside,
    TimeOfDay,
    TrendFigure,
    Trends,
)

FROM_THE_HEART = (TrendFigure.LN_RMSSD, TrendFigure.HR, TrendFigure.FOLLOWING)


def posture_words(posture: str, words: Wording) -> str:
    """Name a posture; it may be unknown, or any."""
    if posture == ANY:
        return words.say("any_posture")
    if posture == UNKNOWN_POSTURE:
        return words.say("unknown_posture")
    known = words.content.postures.get(posture)
    return known.label if known else posture


def time_words(part: str, words: Wording) -> str:
    """Name a part of the day; it may be any."""
    return words.say("any_time") if part == ANY else words.say(f"time_{TimeOfDay(part)}")


def guide_words(guide_id: str, words: Wording) -> str:
    """Name a breath guide; one of the person's own by its seconds."""
    named = words.content.guides.get(guide_id)
    if named is not None:
        return named.label
    try:
        pattern = words.content.guide(guide_id).pattern
    except ContentError:
        pattern = None
    if pattern is None:
        return words.say("guide_own")
    return words.say(
        "guide_seconds",
        inhale=words.number(pattern.inhale_s, 1),
        exhale=words.number(pattern.exhale_s, 1),
    )


def following_guide_words(alike: Alike, words: Wording) -> str:
    """Say of which breath guide the series of following is."""
    return words.say("of_one_guide", guide=guide_words(alike.guide_id, words))


def alike_words(alike: Alike, words: Wording) -> str:
    """Say which sessions are put side by side, and whether that was asked for."""
    asked = alike.posture_asked + alike.time_asked
    posture = posture_words(alike.posture, words)
    return words.say(
        ("alike_usual", "alike_partly", "alike_asked")[asked],
        posture=posture[:1].lower() + posture[1:],  # it stands within a sentence
        time=time_words(alike.time_of_day, words),
    )


def aside_words(trends: Trends, words: Wording) -> list[str]:
    """Say how many sessions are not in the trend, and why."""
    return [
        words.counted(f"aside_{why}", trends.left_aside[why])
        for why in LeftAside
        if trends.left_aside.get(why)
    ]


def missing_words(missing: Missing, words: Wording) -> str:
    """Say what a trend still needs."""
    return words.counted(
        f"lacking_{missing.lacking}", missing.have, need=words.number(missing.need)
    )


def in_units(figure: TrendFigure, value: float) -> float:
    """Return a value as it is shown: ln RMSSD as RMSSD in ms, following in per cent."""
    if figure is TrendFigure.LN_RMSSD:
        return exp(value)
    return 100 * value if figure is TrendFigure.FOLLOWING else value


def digits(figure: TrendFigure) -> int:
    """Return how many decimals of a figure are worth a look."""
    return 0 if figure in (TrendFigure.LN_RMSSD, TrendFigure.FOLLOWING) else 1


def shown(figure: TrendFigure, value: float | None, words: Wording) -> str:
    """Return a value of a figure as it is shown, without its unit; a dash where there is none."""
    if value is None:
        return words.say("none")
    return words.number(in_units(figure, value), digits(figure))


def figure_words(figure: TrendFigure, words: Wording) -> str:
    """Name a figure with its unit."""
    return words.say(f"figure_{figure}")


def series_words(figure: TrendFigure, series: Series, words: Wording) -> list[str]:
    """Say how one figure went: the last week, the usual band, and what is missing."""
    last = series.last
    if last is None:
        return [words.say("no_day")]
    said = []
    if last.week_mean is not None:
        said.append(
            words.counted(
                "week_mean",
                last.n_week_days,
                day=words.day(last.day),
                value=shown(figure, last.week_mean, words),
            )
        )
        if last.week_cv_pct is not None:
            name = "week_cv_ln" if figure is TrendFigure.LN_RMSSD else "week_cv"
            said.append(words.say(name, value=words.number(last.week_cv_pct, 1)))
    if series.band is not None:
        said.append(
            words.say(
                "band",
                low=shown(figure, series.band.low, words),
                high=shown(figure, series.band.high, words),
                n=words.number(series.band.n_days),
            )
        )
    if series.place is not None:
        said.append(words.say(f"place_{series.place}"))
    said += [missing_words(each, words) for each in series.missing]
    return said


def trend_words(trends: Trends, words: Wording, *, private: bool = False) -> list[str]:
    """Say what the trend is of, in sentences; in private, not at which time of day."""
    if trends.n_sessions == 0:
        return [words.say("no_session")]
    said = [
        words.counted("sessions", trends.n_sessions),
        words.say("alike_private") if private else alike_words(trends.alike, words),
        words.counted("usable", trends.n_usable),
    ]
    aside = aside_words(trends, words)
    if aside:
        said.append(words.say("aside", list=words.listed(aside)))
    return said
