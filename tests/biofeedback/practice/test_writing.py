"""What is written, as a page to read."""

from biofeedback.practice.content import load_content
from biofeedback.practice.writing import WRITTEN_SETS, Writing, writing_of

CONTENT = load_content()


def test_a_letter_reads_as_a_letter() -> None:
    texts = {"topic": "Being late\n", "see": "  It was hard.", "dear": "Dear you,\n\n", "end": " "}
    topic, letter = writing_of("letter", texts, CONTENT).blocks
    assert topic == (CONTENT.sets["letter"].line("topic").text, "Being late")
    assert letter == ("", "Dear you,\n\n  It was hard.")


def test_a_reframed_thought_keeps_each_prompt_with_its_answer() -> None:
    texts = {"rewrite": "I was tired.", "catch": "You never learn."}
    lines = CONTENT.sets["reframe"]
    assert writing_of("reframe", texts, CONTENT).blocks == (
        (lines.line("catch").text, "You never learn."),
        (lines.line("rewrite").text, "I was tired."),
    )


def test_blank_pages_have_no_text() -> None:
    assert not Writing("letter", ()).has_text
    assert not writing_of("letter", {"dear": " \n\t"}, CONTENT).has_text
    assert writing_of("letter", {"dear": "x"}, CONTENT).has_text


def test_what_is_answered_in_writing_waits_for_the_person() -> None:
    for set_id, line_set in CONTENT.sets.items():
        wants_text = any(line.wants_text for line in line_set.lines)
        assert wants_text == (set_id in WRITTEN_SETS)
