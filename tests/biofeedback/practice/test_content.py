"""The content file: what is there, what refers to what, and which form of a line fits."""

import pytest

from biofeedback.practice.content import (
    ContentError,
    load_content,
    parse_content,
)
from biofeedback.types import BreathPattern, Choices

CONTENT = load_content()
WANTED_LINES = {
    "settle": (8, 12),
    "mindful": (6, 6),
    "common": (6, 6),
    "kind": (8, 8),
    "reframe": (6, 6),
    "letter": (7, 7),
    "ground": (8, 8),
    "close": (6, 6),
    "fb_calmer": (4, 4),
    "fb_steady": (4, 4),
    "fb_notcalmer": (4, 4),
}


@pytest.mark.parametrize(("set_id", "limits"), WANTED_LINES.items())
def test_a_set_has_its_lines(set_id: str, limits: tuple[int, int]) -> None:
    assert limits[0] <= len(CONTENT.sets[set_id].lines) <= limits[1]


def test_ids_are_unique_in_a_set() -> None:
    for line_set in CONTENT.sets.values():
        ids = [line.line_id for line in line_set.lines]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("plan", CONTENT.plans.values(), ids=lambda plan: plan.plan_id)
def test_the_parts_of_a_plan_add_up_to_its_length(plan) -> None:  # type: ignore[no-untyped-def]
    total = sum(part.quiet_s + len(part.line_ids) * part.seconds_per_line for part in plan.parts)
    assert total == plan.seconds


def test_holds_are_only_in_guides_that_say_so_and_the_default_is_easy() -> None:
    for guide in CONTENT.guides.values():
        holds = guide.pattern and guide.pattern.hold_in_s + guide.pattern.hold_out_s > 0
        assert bool(holds) == (guide.guide_id in ("box", "478"))
        assert guide.asks_first == bool(holds)
        if guide.asks_first:
            assert "Ask first" in guide.note
    default = CONTENT.guides[Choices().guide_id].pattern
    assert default is not None
    assert (default.inhale_s, default.exhale_s) == (4.5, 5.5)


def test_a_guide_of_ones_own_is_spelled_out_and_an_unknown_one_refused() -> None:
    assert CONTENT.guide("4-6").pattern == BreathPattern(4.0, 0.0, 6.0, 0.0)
    CONTENT.check(Choices(guide_id="4.5-0-6-0"))
    for wrong in ("fast", "1-1", "4", "4-x"):
        with pytest.raises(ContentError):
            CONTENT.check(Choices(guide_id=wrong))


def test_own_pace_no_touch_and_another_anchor_are_there() -> None:
    assert CONTENT.guides["own"].pattern is None
    assert "none" in CONTENT.touches
    assert len(CONTENT.anchors) >= 2


def test_the_line_about_old_pain_is_in_every_seated_plan_with_kind_words() -> None:
    for plan in CONTENT.plans.values():
        lines = [(part.set_id, line_id) for part in plan.parts for line_id in part.line_ids]
        if any(set_id == "kind" for set_id, _ in lines):
            assert ("kind", "odd") in lines


def test_a_line_takes_the_form_that_fits_the_choices() -> None:
    hand = CONTENT.sets["settle"].line("hand")
    soft = CONTENT.sets["settle"].line("soft")
    look = CONTENT.sets["close"].line("look")
    assert "heart" in hand.text_for(Choices(), paced=False)
    assert hand.text_for(Choices(touch_id="none"), paced=False) == hand.alt_no_touch
    assert soft.text_for(Choices(), paced=True) == soft.text
    assert soft.text_for(Choices(anchor_id="feet"), paced=True) == soft.alt_no_breath
    assert soft.text_for(Choices(), paced=False) == soft.alt_no_breath
    assert look.text_for(Choices(sight=False), paced=False) == look.alt_no_sight


def test_an_unknown_choice_is_named_with_those_that_are_known() -> None:
    with pytest.raises(ContentError, match=r"no touch called 'nose'.*heart_belly"):
        CONTENT.check(Choices(touch_id="nose"))


def test_a_posture_can_be_said_or_left_unsaid_and_is_none_of_the_words() -> None:
    content = load_content()
    assert list(content.postures) == ["sitting", "lying", "standing", "moving"]
    for posture in ("", *content.postures):
        content.check(Choices(posture=posture))
    with pytest.raises(ContentError, match="sitting, lying, standing, moving"):
        content.check(Choices(posture="upside-down"))


def test_an_unknown_language_is_said() -> None:
    with pytest.raises(ContentError, match="xx"):
        load_content("xx")


def test_a_plan_that_names_a_missing_line_is_refused() -> None:
    data = {
        "language": "en",
        "max_chars": 90,
        "display": {"min_show_seconds": 8},
        "sets": [],
        "breath_guides": [],
        "touch_choices": [],
        "anchors": [],
        "postures": [],
        "plans": [
            {
                "id": "p",
                "title": "P",
                "seconds": 10,
                "parts": [{"set": "kind", "lines": ["side"], "seconds_per_line": 10}],
            }
        ],
    }
    with pytest.raises(ContentError, match=r"kind\.side"):
        parse_content(data)
