"""Every line of every language keeps to the rules of care: short, plain, inviting, no claim."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.practice.care import (
    INSTEAD,
    MAX_CHARS,
    TOP_GRADE,
    Concern,
    rules_for,
    too_long,
    warnings,
)
from biofeedback.practice.content import Content, ContentError, Line, load_content, read_words
from biofeedback.practice.languages import languages
from biofeedback.practice.translation import FORMS, ids_in, translated, word_ids
from biofeedback.types import DEFAULT_LANGUAGE, Choices

CONTENTS = {language: load_content(language) for language in languages()}
OTHERS = [language for language in languages() if language != DEFAULT_LANGUAGE]
LED = ("settle", "mindful", "common", "kind", "ground", "close")
"""Sets whose lines come by themselves, so that each choice needs its form."""


def _texts(line: Line) -> list[str]:
    return [getattr(line, form) for form in FORMS if getattr(line, form)]


def _lines(content: Content) -> list[Line]:
    return list(chain.from_iterable(line_set.lines for line_set in content.sets.values()))


EVERY_LINE = [
    pytest.param(language, line, id=f"{language}:{line.set_id}.{line.line_id}")
    for language, content in CONTENTS.items()
    for line in _lines(content)
]
EVERY_SET = [(language, set_id) for language in CONTENTS for set_id in CONTENTS[language].sets]


def test_there_are_german_words() -> None:
    assert "de" in languages()


@pytest.mark.parametrize(("language", "line"), EVERY_LINE)
def test_a_line_is_short_and_free_of_wording_to_avoid(language: str, line: Line) -> None:
    rules = rules_for(language)
    assert rules is not None
    for text in _texts(line):
        assert len(text) <= MAX_CHARS == CONTENTS[language].max_chars
        assert rules.avoided_in(text) == []


@pytest.mark.parametrize("language", CONTENTS)
def test_anchor_lines_are_short_and_free_of_it_too(language: str) -> None:
    rules = rules_for(language)
    assert rules is not None
    for anchor in CONTENTS[language].anchors.values():
        assert 0 < len(anchor.line) <= MAX_CHARS
        assert rules.avoided_in(anchor.line) == []


@pytest.mark.parametrize(("language", "set_id"), EVERY_SET)
def test_a_set_reads_at_grade_six_or_below(language: str, set_id: str) -> None:
    rules = rules_for(language)
    assert rules is not None
    lines = CONTENTS[language].sets[set_id].lines
    assert rules.grade([text for line in lines for text in _texts(line)]) <= TOP_GRADE


@pytest.mark.parametrize(("language", "line"), EVERY_LINE)
def test_a_line_has_the_forms_that_its_words_ask_for(language: str, line: Line) -> None:
    rules = rules_for(language)
    assert rules is not None
    if line.set_id in LED:
        for form in rules.forms_asked_by(line.text):
            assert getattr(line, form), f"{line.text!r} needs {form}"


@pytest.mark.parametrize("language", CONTENTS)
def test_no_text_comes_twice(language: str) -> None:
    texts = list(chain.from_iterable(map(_texts, _lines(CONTENTS[language]))))
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("language", CONTENTS)
def test_the_words_say_that_they_are_a_draft(language: str) -> None:
    assert CONTENTS[language].status.lower().startswith(("draft", "entwurf"))


# ------------------------------------------------------------------------ other languages
@pytest.mark.parametrize("language", OTHERS)
def test_another_language_has_the_same_ids_no_more_and_no_less(language: str) -> None:
    ids, wanted = ids_in(read_words(language)), word_ids(CONTENTS[DEFAULT_LANGUAGE])
    assert wanted - ids == set(), f"still to be written in content/{language}.toml"
    assert ids - wanted == set(), f"no such words to translate in content/{language}.toml"


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_repeats_no_line_of_the_first(language: str) -> None:
    first = set(chain.from_iterable(map(_texts, _lines(CONTENTS[DEFAULT_LANGUAGE]))))
    assert first.isdisjoint(chain.from_iterable(map(_texts, _lines(CONTENTS[language]))))


@pytest.mark.parametrize("language", OTHERS)
def test_times_cues_and_plans_are_the_same_in_every_language(language: str) -> None:
    first, other = CONTENTS[DEFAULT_LANGUAGE], CONTENTS[language]
    assert [plan.parts for plan in first.plans.values()] == [
        plan.parts for plan in other.plans.values()
    ]
    assert [guide.pattern for guide in first.guides.values()] == [
        guide.pattern for guide in other.guides.values()
    ]
    for one, two in zip(_lines(first), _lines(other), strict=True):
        assert (one.line_id, one.cue, one.needs, one.wants_text, one.starts_pacing) == (
            two.line_id,
            two.cue,
            two.needs,
            two.wants_text,
            two.starts_pacing,
        )


def test_a_line_that_lacks_a_form_stays_whole_in_the_first_language() -> None:
    first = CONTENTS[DEFAULT_LANGUAGE]
    head = {"language": "xx", "status": "draft", "direction": "ltr"}
    half = {"sets": {"settle": {"lines": {"hand": {"text": "Nur das."}}}}}
    content = translated(first, head | half)
    assert content.sets["settle"].line("hand") == first.sets["settle"].line("hand")
    whole = {"text": "Nur das.", "alt_no_touch": "Oder so."}
    content = translated(first, head | {"sets": {"settle": {"lines": {"hand": whole}}}})
    hand = content.sets["settle"].line("hand")
    assert hand.text_for(Choices(touch_id="none"), paced=False) == "Oder so."


def test_a_file_with_something_else_than_words_is_refused() -> None:
    head = {"language": "xx", "status": "draft", "direction": "ltr"}
    with pytest.raises(ContentError, match=r"plans\.five holds no words"):
        translated(CONTENTS[DEFAULT_LANGUAGE], head | {"plans": {"five": 5}})


# ----------------------------------------------------------------------- a person's words
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "You should relax now."),
        ("en", "Take a deep breath and close your eyes."),
        ("en", "You are safe here."),
        ("en", "This heals your soul."),
        ("de", "Du musst dich entspannen."),
        ("de", "Atme tief ein und schließ die Augen."),
        ("de", "Du bist hier in Sicherheit."),
        ("de", "Halte den Atem an."),
    ],
)
def test_wording_that_can_be_hard_to_hear_gets_a_gentle_word(language: str, text: str) -> None:
    assert warnings(text, language)
    assert all("better:" in sentence for sentence in warnings(text, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "May I be kind to myself."),
        ("en", "My soft, small breath."),
        ("de", "Möge ich gut zu mir sein."),
        ("de", "Der Atem darf klein sein."),
        ("fr", "Je suis là."),
    ],
)
def test_kind_words_get_none(language: str, text: str) -> None:
    assert warnings(text, language) == []


@given(st.text(max_size=120), st.sampled_from(["en", "de", "fr"]))
def test_no_words_are_too_odd_to_be_looked_at(text: str, language: str) -> None:
    assert isinstance(warnings(text, language), list)
    assert bool(too_long(text)) == (len(text) > MAX_CHARS)


def test_each_concern_says_what_to_write_instead() -> None:
    assert set(INSTEAD) == set(Concern)
