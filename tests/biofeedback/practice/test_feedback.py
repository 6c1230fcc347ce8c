"""Nothing is said that the data doesn't carry: the kind line after, and following, live."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.practice.content import load_content
from biofeedback.practice.feedback import (
    DIFFER,
    SETS,
    VERDICT,
    Follows,
    follows,
    kind_line,
    verdict_words,
)
from biofeedback.practice.languages import languages
from biofeedback.practice.personal import can_be_changed
from biofeedback.sessions.reflection import Felt, Reflection
from biofeedback.sessions.summary import FEW_SESSIONS, Summary
from biofeedback.signals.calm import CalmAnswer, CalmVerdict
from biofeedback.signals.calm_reasons import ENGLISH, CalmReason
from biofeedback.types import FOLLOWS_R2, Following, Metrics

CONTENT = load_content()
NEEDS = sorted(
    {need for set_id in SETS.values() for line in CONTENT.sets[set_id].lines for need in line.needs}
)
ALL_FACTS = [
    frozenset(facts)
    for facts in chain.from_iterable(combinations(NEEDS, n) for n in range(len(NEEDS) + 1))
]
TURNS = range(8)


@pytest.mark.parametrize("answer", [None, *SETS])
def test_every_need_of_the_line_holds_for_all_facts_and_answers(answer: str | None) -> None:
    for facts in ALL_FACTS:
        for turn in TURNS:
            line = kind_line(answer, facts, CONTENT, turn=turn)
            assert facts.issuperset(line.needs), (answer, facts, line)


@pytest.mark.parametrize(
    ("answer", "facts", "set_id"),
    [
        ("calmer", {"hr_lower", "signal_good"}, "fb_calmer"),
        ("same", {"hr_same", "signal_good"}, "fb_steady"),
        ("more_active", {"hr_higher", "signal_good"}, "fb_notcalmer"),
        ("cannot_tell", {"signal_poor"}, "fb_unclear"),
        (None, {"window_short"}, "fb_unclear"),
        ("cannot_tell", set(), "fb_steady"),
        ("calmer", {"hr_lower", "signal_good", DIFFER}, "fb_unclear"),
        ("more_active", {"hr_higher", "signal_good", DIFFER}, "fb_unclear"),
        (None, {"rating_lower"}, "fb_calmer"),
        (None, {"rating_lower", "window_short"}, "fb_unclear"),
        (None, set(), "fb_steady"),
    ],
)
def test_the_line_comes_from_the_set_that_answers(
    answer: str | None, facts: set[str], set_id: str
) -> None:
    for turn in TURNS:
        assert kind_line(answer, frozenset(facts), CONTENT, turn=turn).set_id == set_id


def test_lines_take_turns() -> None:
    facts = frozenset({"hr_same", "signal_good"})
    assert len({kind_line("same", facts, CONTENT, turn=turn).line_id for turn in range(8)}) == 4


# --------------------------------------------------------------------------------- facts
def summary(answer: CalmAnswer | None, n_packets: int = 400) -> Summary:
    verdict = CalmVerdict(answer, -4.0, (-6.0, -2.0), CalmReason.WITHIN) if answer else None
    return Summary(n_packets, n_packets, 0.0, 420.0, True, (), None, verdict)


rating = st.one_of(st.none(), st.integers(0, 10))
asked = st.one_of(st.none(), st.builds(Felt, rating, rating, rating))


@given(
    st.sampled_from([None, *CalmAnswer]),
    st.integers(0, 2),
    st.builds(Reflection, asked, asked),
    st.one_of(st.none(), st.integers(1, 20)),
    st.integers(0, 30),
)
def test_facts_never_contradict_each_other_and_the_line_fits_them(
    answer: CalmAnswer | None, n_packets: int, said: Reflection, n_kept: int | None, turn: int
) -> None:
    facts = summary(answer, n_packets).facts(said, n_kept)
    for one, other in (
        ("hr_lower", "hr_higher"),
        ("hr_lower", "hr_same"),
        ("hr_higher", "hr_same"),
        ("signal_good", "signal_poor"),
        ("rating_lower", "rating_higher"),
    ):
        assert not {one, other} <= facts
    assert (DIFFER in facts) == (
        {"hr_lower", "rating_higher"} <= facts or {"hr_higher", "rating_lower"} <= facts
    )
    assert ("few_sessions" in facts) == (n_kept is not None and n_kept < FEW_SESSIONS)
    line = kind_line(answer.value if answer else None, facts, CONTENT, turn=turn)
    assert facts.issuperset(line.needs)
    if "rating_higher" in facts:
        assert line.line_id not in {"rated", "toward"}


def test_strap_and_rating_that_disagree_are_said_so() -> None:
    said = Reflection(Felt(2, 2, 5), Felt(6, 2, 5))
    facts = summary(CalmAnswer.CALMER).facts(said)
    assert kind_line("calmer", facts, CONTENT).line_id == "differ"


# ---------------------------------------------------------------------------------- live
def metrics(r2: float | None, reason: str = "") -> Metrics:
    following = None if r2 is None else Following(share=r2, r2=r2, amplitude_bpm=4, locking=0.9)
    return Metrics(1.0, hr_bpm=64.0, following=following, reason=reason)


@pytest.mark.parametrize(
    ("r2", "step"),
    [
        (None, None),
        (0.0, None),
        (0.49, None),
        (0.5, Follows.LITTLE),
        (0.7, Follows.WELL),
        (0.9, Follows.CLOSELY),
    ],
)
def test_following_is_told_in_steps(r2: float | None, step: Follows | None) -> None:
    assert follows(metrics(r2)) is step


@pytest.mark.parametrize("reason", ["artefacts", "gap", "no_rr", "untrue_rr"])
@pytest.mark.parametrize("before", [None, *Follows])
def test_poor_data_is_silence_at_once(reason: str, before: Follows | None) -> None:
    assert follows(metrics(0.95, reason), before) is None


@given(st.floats(0, 1), st.sampled_from([None, *Follows]))
def test_nothing_is_said_of_a_heart_that_hardly_follows(r2: float, before: Follows | None) -> None:
    told = follows(metrics(r2), before)
    if r2 < FOLLOWS_R2 - 0.05:
        assert told is None
    if r2 >= FOLLOWS_R2:
        assert told is not None


@given(st.floats(0, 1), st.floats(-0.02, 0.02), st.sampled_from([None, *Follows]))
def test_words_dont_flicker(r2: float, wobble: float, before: Follows | None) -> None:
    first = follows(metrics(r2), before)
    second = follows(metrics(min(1.0, max(0.0, r2 + wobble))), first)
    third = follows(metrics(r2), second)
    assert third is second  # a wobble changes the words once at most


# ------------------------------------------------------------------------------- verdict
@pytest.mark.parametrize("reason", CalmReason)
def test_a_reason_has_words_in_every_language(reason: CalmReason) -> None:
    said = {language: verdict_words(reason, load_content(language)) for language in languages()}
    assert said["en"] == ENGLISH[reason]
    assert len(set(said.values())) == len(said)


def test_no_person_can_hide_or_edit_what_the_heart_says() -> None:
    assert not can_be_changed(VERDICT)
