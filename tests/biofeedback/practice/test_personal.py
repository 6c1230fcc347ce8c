"""What is a person's own: laid over the words, written, and kept with a session."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.engine import Engine
from biofeedback.practice.content import Content, Cue, Line, Plan, PlanPart, load_content
from biofeedback.practice.personal import (
    ANCHORS,
    NOTHING,
    OwnPlan,
    Personal,
    PersonalError,
    can_be_changed,
    plan_set,
)
from biofeedback.practice.personal_json import personal_from_json, personal_to_json
from biofeedback.types import (
    Action,
    BreathPattern,
    Choices,
    GuideChanged,
    LineShown,
    Marker,
    Tick,
    Update,
)

CONTENT = load_content()
SLOW = BreathPattern(5.0, 1.0, 7.0, 0.0)
EVENING = OwnPlan(
    Plan(
        "evening",
        "Evening",
        120.0,
        (
            PlanPart(plan_set("evening"), ("soft", "side"), 15.0, 0.0),
            PlanPart("", (), 0.0, 60.0),
            PlanPart("kind", ("side", "odd"), 15.0, 0.0),
        ),
    ),
    "en",
    (
        Line(
            "soft",
            plan_set("evening"),
            "A soft breath, if you like.",
            Cue.EXHALE,
            starts_pacing=True,
        ),
        Line("side", plan_set("evening"), "I am here.", Cue.EXHALE, hint="Or not."),
    ),
    note="For the evening.",
    author="A friend",
)


def _run(choices: Choices, content: Content, until_s: float = 2000.0) -> list[Update]:
    engine = Engine(choices, content)
    updates: list[Update] = []
    t_s = 0.0
    while engine.ended_s is None and t_s < until_s:
        updates += engine.step(Tick(t_s))
        t_s += 1.0
    return updates


def _texts(updates: list[Update]) -> list[str]:
    return [each.text for each in updates if isinstance(each, LineShown)]


def _planned_s(plan: Plan) -> float:
    return sum(part.quiet_s + len(part.line_ids) * part.seconds_per_line for part in plan.parts)


# --------------------------------------------------------------------------------- words
def test_an_edited_line_says_the_persons_words_in_all_its_forms() -> None:
    own = NOTHING.with_edit("en", "settle", "hand", "  My hand,\n here. ")
    line = CONTENT.with_personal(own).sets["settle"].line("hand")
    for choices in (Choices(), Choices(touch_id="none"), Choices(sight=False, anchor_id="feet")):
        assert line.text_for(choices, paced=False) == "My hand, here."
    assert "My hand, here." in _texts(_run(Choices(quiet_s=0), CONTENT.with_personal(own)))


def test_an_edit_counts_in_its_own_language_alone() -> None:
    own = NOTHING.with_edit("de", "settle", "hand", "Meine Hand.")
    assert CONTENT.with_personal(own).sets["settle"] == CONTENT.sets["settle"]


def test_a_line_put_back_is_as_it_came() -> None:
    own = NOTHING.with_edit("en", "settle", "hand", "Mine.").with_edit("en", "settle", "hand", None)
    assert own == NOTHING
    assert CONTENT.with_personal(own) is CONTENT


def test_an_anchors_line_is_the_persons_too() -> None:
    own = NOTHING.with_edit("en", ANCHORS, "feet", "My feet.")
    assert CONTENT.with_personal(own).anchors["feet"].line == "My feet."


def test_a_hidden_line_is_never_shown_and_the_plan_keeps_its_length() -> None:
    own = NOTHING.with_hidden("kind", "side").with_hidden("settle", "other")
    content = CONTENT.with_personal(own)
    plan = content.plans["five"]
    assert plan.seconds == CONTENT.plans["five"].seconds == _planned_s(plan)
    shown = _texts(_run(Choices(quiet_s=0), content))
    assert CONTENT.sets["kind"].line("side").text not in shown
    assert CONTENT.sets["settle"].line("other").text not in shown


def test_the_guide_begins_and_ends_though_the_words_for_it_are_hidden() -> None:
    own = NOTHING.with_hidden("settle", "soft").with_hidden("close", "own")
    before = _run(Choices(quiet_s=0), CONTENT)
    after = _run(Choices(quiet_s=0), CONTENT.with_personal(own))
    guides = [each for each in before if isinstance(each, GuideChanged)]
    assert [each for each in after if isinstance(each, GuideChanged)] == guides
    assert CONTENT.sets["settle"].line("soft").text not in _texts(after)


def test_the_quiet_minute_can_be_without_words() -> None:
    content = CONTENT.with_personal(NOTHING.with_hidden("rest", "before"))
    shown = [each for each in _run(Choices(), content) if isinstance(each, LineShown)]
    assert shown[0].text == ""
    assert shown[0].set_id == "rest"


def test_a_written_step_that_is_hidden_goes_and_its_time_with_it() -> None:
    content = CONTENT.with_personal(NOTHING.with_hidden("reframe", "feel"))
    plan = content.plans["ten_reframe"]
    assert plan.seconds == CONTENT.plans["ten_reframe"].seconds - 75 == _planned_s(plan)


def test_a_plan_whose_every_line_is_hidden_is_quiet() -> None:
    own = NOTHING
    for line_set in CONTENT.sets.values():
        for line in line_set.lines:
            own = own.with_hidden(line_set.set_id, line.line_id)
    content = CONTENT.with_personal(own)
    for plan in content.plans.values():
        assert plan.seconds > 0
        assert _planned_s(plan) == pytest.approx(plan.seconds)
        updates = _run(Choices(plan_id=plan.plan_id), content)
        assert all(
            not each.text or each.set_id in {"ground", ANCHORS}
            for each in updates
            if isinstance(each, LineShown)
        )
    assert content.sets["ground"].lines == CONTENT.sets["ground"].lines
    assert content.sets["safety"] == CONTENT.sets["safety"]


def test_safety_and_feedback_lines_stay_as_they_are() -> None:
    assert not can_be_changed("safety")
    assert not can_be_changed("fb_calmer")
    own = NOTHING.with_edit("en", "safety", "crisis", "Nothing.").with_hidden("fb_steady", "there")
    content = CONTENT.with_personal(own)
    assert content.sets["safety"] == CONTENT.sets["safety"]
    assert content.sets["fb_steady"] == CONTENT.sets["fb_steady"]


# ------------------------------------------------------------------------------- phrases
def test_an_own_phrase_is_said_before_the_closing_line_that_is_essential() -> None:
    own, phrase = NOTHING.with_phrase("en", "kind", "May I be kind to myself.")
    content = CONTENT.with_personal(own)
    plan = content.plans["five"]
    kind = next(part for part in plan.parts if part.set_id == "kind")
    assert kind.line_ids == ("voice", "side", phrase.phrase_id, "odd")
    assert plan.seconds == 300 == _planned_s(plan)
    assert phrase.text in _texts(_run(Choices(quiet_s=0), content))


def test_more_phrases_than_there_is_quiet_for_make_the_plan_longer() -> None:
    own = NOTHING
    for number in range(5):
        own, _ = own.with_phrase("en", "kind", f"Phrase {number}.")
    plan = CONTENT.with_personal(own).plans["five"]
    assert plan.seconds == 300 + 5 * 20 - 40 == _planned_s(plan)


def test_a_number_is_not_given_twice() -> None:
    own, first = NOTHING.with_phrase("en", "kind", "One.")
    own, second = own.with_phrase("en", "kind", "Two.")
    own, third = own.without_phrase(first.phrase_id).with_phrase("en", "kind", "Three.")
    assert len({first.phrase_id, second.phrase_id, third.phrase_id}) == 3


# -------------------------------------------------------------------------- guides, plans
def test_an_own_guide_can_be_picked_and_changed_to_in_the_middle() -> None:
    own, guide = NOTHING.with_guide("  Long out ", SLOW)
    content = CONTENT.with_personal(own)
    assert content.guides[guide.guide_id].label == "Long out"
    engine = Engine(Choices(quiet_s=0), content)
    engine.step(Tick(100.0))
    updates = engine.step(Marker(101.0, Action.GUIDE, guide.guide_id)) + engine.step(Tick(120.0))
    segments = [each.segment for each in updates if isinstance(each, GuideChanged)]
    assert segments[-1] is not None
    assert segments[-1].pattern == SLOW


@pytest.mark.parametrize(
    "breath",
    [
        BreathPattern(0.5, 0, 5, 0),
        BreathPattern(4, 0, 21, 0),
        BreathPattern(4, 30, 5, 0),
        BreathPattern(float("nan"), 0, 5, 0),
        BreathPattern(4, -1, 5, 0),
    ],
)
def test_a_breath_out_of_bounds_is_refused_in_words(breath: BreathPattern) -> None:
    with pytest.raises(PersonalError, match="seconds"):
        NOTHING.with_guide("Odd", breath)


def test_a_guide_needs_a_name_of_its_own() -> None:
    own, _ = NOTHING.with_guide("Mine", SLOW)
    with pytest.raises(PersonalError, match="another name"):
        own.with_guide("Mine", SLOW)
    with pytest.raises(PersonalError, match="1 to 40"):
        own.with_guide("  ", SLOW)


def test_a_plan_of_ones_own_runs_with_its_own_lines() -> None:
    content = CONTENT.with_personal(NOTHING.with_plan(EVENING))
    shown = _texts(_run(Choices(plan_id="evening", quiet_s=0), content))
    assert "A soft breath, if you like." in shown
    assert "I am here." in shown
    assert CONTENT.sets["kind"].line("odd").text in shown


def test_a_plan_that_names_a_line_of_another_version_is_left_out() -> None:
    part = PlanPart("kind", ("gone",), 15.0, 0.0)
    own = NOTHING.with_plan(replace(EVENING, plan=replace(EVENING.plan, parts=(part,))))
    assert "evening" not in CONTENT.with_personal(own).plans


# --------------------------------------------------------------------- written and read
LINES = [(s.set_id, line.line_id) for s in CONTENT.sets.values() for line in s.lines]
LETTERS = 'aZ "\\{}\N{LATIN SMALL LETTER SHARP S}\N{WAVING HAND SIGN}'
texts = st.text(LETTERS, min_size=1, max_size=100)


@st.composite
def personals(draw: st.DrawFn) -> Personal:
    own = NOTHING
    for _ in range(draw(st.integers(0, 3))):
        seconds = st.floats(1.5, 8)
        breath = BreathPattern(draw(seconds), 0.0, draw(seconds), draw(st.floats(0, 8)))
        own, _ = own.with_guide(f"Guide {len(own.guides)}", breath)
    for set_id, line_id in draw(st.lists(st.sampled_from(LINES), max_size=8)):
        own = own.with_edit(draw(st.sampled_from(["en", "de"])), set_id, line_id, draw(texts))
    for set_id, line_id in draw(st.lists(st.sampled_from(LINES), max_size=20)):
        own = own.with_hidden(set_id, line_id)
    for set_id in draw(st.lists(st.sampled_from([*CONTENT.sets]), max_size=4)):
        own, _ = own.with_phrase(draw(st.sampled_from(["en", "de"])), set_id, draw(texts))
    if draw(st.booleans()):
        own = own.with_plan(EVENING)
    return own


@given(personals())
def test_what_is_written_is_read_back_whole(own: Personal) -> None:
    assert personal_from_json(personal_to_json(own)) == own
    assert personal_from_json(personal_to_json(own, indent=2)) == own


KEYS = ("schema", "guides", "edits", "hidden", "phrases", "plans", "parts", "lines", "id", "quiet")
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 3) | st.floats() | st.sampled_from(KEYS),
    lambda each: (
        st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(KEYS), each, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(KEYS), json_values, max_size=6), st.booleans())
def test_nothing_that_can_be_in_a_file_does_more_than_be_refused(
    content: dict[str, object], known: bool
) -> None:
    text = json.dumps(content | {"schema": 1} if known else content)
    try:
        own = personal_from_json(text)
    except PersonalError:
        return
    assert isinstance(own, Personal)


def test_a_later_form_is_refused_and_named() -> None:
    with pytest.raises(PersonalError, match="schema 2"):
        personal_from_json('{"schema": 2}')


PLANS = [*CONTENT.plans, "evening"]


@given(personals(), st.sampled_from(PLANS), st.sampled_from(PLANS))
def test_the_part_that_a_session_keeps_gives_the_same_practice(
    own: Personal, plan: str, other: str
) -> None:
    own = own.with_plan(EVENING)
    choices = Choices(plan_id=plan, quiet_s=20)
    used = personal_from_json(personal_to_json(own.used_by("en")))
    assert {each.language for each in used.edits} <= {"en"}
    assert {each.language for each in used.phrases} <= {"en"}

    def told(personal: Personal) -> list[Update]:
        engine = Engine(choices, CONTENT.with_personal(personal))
        updates = engine.step(Tick(100.0))
        # another plan and another guide can be picked in the middle
        updates += engine.step(Marker(101.0, Action.PLAN, other))
        for guide in own.guides:
            updates += engine.step(Marker(150.0, Action.GUIDE, guide.guide_id))
        return updates + engine.step(Tick(400.0))

    assert told(used) == told(own)


@given(personals())
def test_every_plan_adds_up_whatever_is_hidden_or_added(own: Personal) -> None:
    for plan in CONTENT.with_personal(own).plans.values():
        assert _planned_s(plan) == pytest.approx(plan.seconds)
        assert plan.seconds > 0


@given(personals(), personals())
def test_joining_loses_nothing_of_either(one: Personal, other: Personal) -> None:
    both = one.joined(other)
    assert {g.label for g in one.guides} <= {g.label for g in both.guides}
    assert {(g.label, g.pattern) for g in other.guides} <= {
        (g.label, g.pattern) for g in both.guides
    }
    ids = [guide.guide_id for guide in both.guides]
    assert len(ids) == len(set(ids))
    assert set(other.edits) <= set(both.edits)
    assert set(one.hidden) | set(other.hidden) == set(both.hidden)
    said = {(p.language, p.set_id, p.text) for p in both.phrases}
    assert {(p.language, p.set_id, p.text) for p in (*one.phrases, *other.phrases)} == said
