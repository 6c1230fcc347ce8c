"""What is said of a result: its uncertainty with it, whole sentences, nothing claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from biofeedback.sessions.reflection import Felt, Reflection
from biofeedback.sessions.summary import Summary
from biofeedback.signals.calm import CalmAnswer, CalmVerdict
from biofeedback.signals.calm_reasons import CalmReason
from gui import spoken, wording


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


def said(
    answer: CalmAnswer, change_bpm: float, half_bpm: float, reason: CalmReason = CalmReason.WITHIN
) -> str:
    verdict = CalmVerdict(
        answer, change_bpm, (change_bpm - half_bpm, change_bpm + half_bpm), reason
    )
    return wording.verdict_sentence(Summary(400, 400, 0.0, 420.0, True, (), None, verdict))


@pytest.mark.parametrize(
    ("answer", "change_bpm", "half_bpm", "sentence"),
    [
        (
            CalmAnswer.CALMER,
            -4.2,
            1.9,
            "Your heart was 4 beats a minute slower afterwards, give or take 2.",
        ),
        (
            CalmAnswer.CALMER,
            -3.3,
            3.2,
            "Your heart was 3.3 beats a minute slower afterwards, give or take 3.2.",
        ),
        (
            CalmAnswer.MORE_ACTIVE,
            7.0,
            0.2,
            "Your heart was 7 beats a minute faster afterwards, give or take 1.",
        ),
        (
            CalmAnswer.SAME,
            -1.2,
            2.0,
            "Your heart was about the same afterwards: 1 beat a minute slower, give or take 2. "
            "Hearts drift that much at rest.",
        ),
        (
            CalmAnswer.SAME,
            0.1,
            2.4,
            "Your heart was about the same afterwards: no change in beats a minute, give or take "
            "2. Hearts drift that much at rest.",
        ),
        (
            CalmAnswer.CANNOT_TELL,
            -4.0,
            2.0,
            "It cannot be told this time, and that is a fine answer. "
            "The change is no larger than hearts drift at rest.",
        ),
    ],
)
def test_the_verdict_is_said_with_its_give_or_take(
    answer: CalmAnswer, change_bpm: float, half_bpm: float, sentence: str
) -> None:
    assert said(answer, change_bpm, half_bpm) == sentence


@given(st.floats(0.5, 30), st.floats(0.01, 1.0))
def test_a_sure_change_is_never_said_as_one_that_may_be_nothing(
    change_bpm: float, part: float
) -> None:
    sentence = said(CalmAnswer.CALMER, -change_bpm, 0.98 * part * change_bpm)
    found = re.search(
        r"was ([\d.]+) beats? a minute slower afterwards, give or take ([\d.]+)\.", sentence
    )
    assert found, sentence
    size, give = (float(number) for number in found.groups())
    assert give <= size
    assert size == pytest.approx(change_bpm, abs=0.51)
    assert give >= 0.1


def test_numbers_off_says_it_without_numbers() -> None:
    for answer in CalmAnswer:
        verdict = CalmVerdict(answer, -4.0, (-6.0, -2.0), CalmReason.WITHIN)
        summary = Summary(400, 400, 0.0, 420.0, True, (), None, verdict)
        assert not re.search(r"\d", wording.verdict_sentence(summary, numbers=False))


def test_numbers_are_written_as_the_person_writes_them() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert "3,3 beats" in said(CalmAnswer.CALMER, -3.3, 3.2)


def test_why_nothing_can_be_told_is_said_in_the_language_of_the_practice() -> None:
    verdict = CalmVerdict(CalmAnswer.CANNOT_TELL, None, None, CalmReason.UNCLEAR_AFTER)
    summary = Summary(400, 400, 0.0, 420.0, True, (), None, verdict)
    try:
        spoken.use("de")
        german = wording.verdict_sentence(summary)
    finally:
        spoken.use("en")
    assert german.endswith("In der ruhigen Zeit danach waren zu viele Herzschläge unklar.")
    assert verdict.reason in wording.verdict_sentence(summary)
    assert "cannot" not in german


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (Felt(7, 5, 3), Felt(4, 5, 6), "3 of 3 rated both times."),
        (Felt(7, 5), Felt(4, None, 6), "1 of 3 rated both times. Not rated: Distress after, "
         "Kindness to myself before."),
        (Felt(7), None, "0 of 3 rated both times. Not rated: Tension after, Distress, "
         "Kindness to myself."),
    ],
)  # fmt: skip
def test_ratings_come_with_how_many_and_what_is_missing(
    before: Felt, after: Felt | None, words: str
) -> None:
    assert wording.pairs_words(Reflection(before, after)) == words
