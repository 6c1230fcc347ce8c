"""My words: edited, left out, added, put back, undone; by keyboard; gentle, never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from biofeedback.practice.content import load_content
from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.sessions.personal_file import PersonalFile
from gui import spoken
from gui.main_window import MainWindow
from gui.own_words import PLANS, OwnWords
from gui.screens.phrases import PhrasesScreen
from gui.screens.screen import Screen
from tests.biofeedback.practice.test_plan_file import GOOD

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: MainWindow) -> PhrasesScreen:
    window.home.own_words.click()
    assert window.pages.current is window.phrases
    QApplication.processEvents()
    return window.phrases


def shown(window: MainWindow) -> Screen | None:
    return window.pages.current


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def write(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def test_every_line_of_a_set_is_shown(page: PhrasesScreen) -> None:
    lines = load_content().sets["settle"].lines
    assert [row.said.text() for row in page.rows.values()] == [line.text for line in lines]
    page.sets.chip("kind").click()
    assert "I can be on my own side today." in [row.said.text() for row in page.rows.values()]


def test_a_line_is_edited_by_keyboard_kept_and_spoken(
    page: PhrasesScreen, window: MainWindow, home: Path
) -> None:
    page.rows["hand"].edit.setFocus()
    press(Qt.Key.Key_Space)
    assert page.editor.field.hasFocus()
    write("My hand is here.")
    press(Qt.Key.Key_Return)
    assert page.rows["hand"].said.text() == "My hand is here.  (yours)"
    assert page.rows["hand"].edit.hasFocus()
    assert PersonalFile(home).personal.edit_of("en", "settle", "hand") == "My hand is here."
    assert spoken.current().sets["settle"].line("hand").text == "My hand is here."
    page.rows["hand"].as_it_came.click()
    assert PersonalFile(home).personal == NOTHING


def test_escape_leaves_the_line_as_it_was_and_then_the_page(
    page: PhrasesScreen, window: MainWindow
) -> None:
    page.rows["hand"].edit.click()
    write("Something else")
    press(Qt.Key.Key_Escape)
    assert shown(window) is page
    assert not page.editor.isVisible()
    assert page.rows["hand"].edit.hasFocus()
    assert window.personal == NOTHING
    press(Qt.Key.Key_Escape)
    assert shown(window) is window.home


def test_keys_that_mean_something_elsewhere_are_letters_here(
    page: PhrasesScreen, window: MainWindow
) -> None:
    page.add.click()
    write("goes NGMB? s")
    assert page.editor.field.text() == "goes NGMB? s"
    assert shown(window) is page


def test_a_line_is_left_out_and_taken_in_again(page: PhrasesScreen, window: MainWindow) -> None:
    page.rows["other"].hiding.click()
    assert "(left out)" in page.rows["other"].said.text()
    assert window.personal.hides("settle", "other")
    assert page.rows["other"].hiding.text() == "Take in"
    page.rows["other"].hiding.click()
    assert window.personal == NOTHING


def test_whoever_leaves_out_a_line_of_care_is_told_and_not_stopped(
    page: PhrasesScreen, window: MainWindow
) -> None:
    page.sets.chip("kind").click()
    page.rows["odd"].hiding.click()
    assert "This line is there for care." in page._told.text()
    assert window.personal.hides("kind", "odd")


def test_a_phrase_is_added_changed_removed_and_brought_back(
    page: PhrasesScreen, window: MainWindow, home: Path
) -> None:
    page.sets.chip("kind").click()
    page.add.click()
    write("May I be kind to myself.")
    press(Qt.Key.Key_Return)
    (phrase,) = PersonalFile(home).personal.phrases
    assert (phrase.set_id, phrase.text) == ("kind", "May I be kind to myself.")
    row = page.rows[phrase.phrase_id]
    row.edit.click()
    page.editor.field.setText("May I be gentle.")
    press(Qt.Key.Key_Return)
    assert page.rows[phrase.phrase_id].said.text() == "May I be gentle.  (yours)"
    page.rows[phrase.phrase_id].hiding.click()
    assert window.personal == NOTHING
    assert phrase.phrase_id not in page.rows
    press(Qt.Key.Key_Z, CONTROL)
    assert page.rows[phrase.phrase_id].said.text() == "May I be gentle.  (yours)"
    assert PersonalFile(home).personal.phrases[0].text == "May I be gentle."


def test_all_goes_back_as_it_came_and_undo_brings_it_again(
    page: PhrasesScreen, window: MainWindow
) -> None:
    page.rows["other"].hiding.click()
    page.rows["hand"].edit.click()
    page.editor.field.setText("Mine.")
    press(Qt.Key.Key_Return)
    mine = window.personal
    page.all_back.click()
    assert window.personal == NOTHING
    assert not page.all_back.isEnabled()
    page.undo.click()
    assert window.personal == mine
    assert page.rows["hand"].said.text() == "Mine.  (yours)"


def test_words_that_can_be_hard_to_hear_get_a_gentle_word_and_are_kept(
    page: PhrasesScreen, window: MainWindow
) -> None:
    page.rows["hand"].edit.click()
    page.editor.field.setText("I must relax.")
    note = page.editor.note.text()
    assert "'must' can be hard to hear" in note
    assert "You can keep it all the same." in note
    press(Qt.Key.Key_Return)
    assert window.personal.edit_of("en", "settle", "hand") == "I must relax."


def test_only_length_is_binding(page: PhrasesScreen, window: MainWindow) -> None:
    page.rows["hand"].edit.click()
    page.editor.field.setText("x" * 91)
    assert not page.editor.keep.isEnabled()
    assert "1 too many" in page.editor.note.text()
    press(Qt.Key.Key_Return)
    assert window.personal == NOTHING
    page.editor.field.setText("   ")
    assert not page.editor.keep.isEnabled()
    page.editor.field.setText("x" * 90)
    assert page.editor.keep.isEnabled()


def test_safety_and_feedback_lines_are_not_offered(page: PhrasesScreen) -> None:
    offered = {set_id for set_id, _ in page.words.sets()}
    assert {"settle", "kind", "ground", "letter"} <= offered
    assert not any(each == "safety" or each.startswith("fb_") for each in offered)


def test_the_language_of_the_words_is_chosen_here_and_remembered(
    page: PhrasesScreen, window: MainWindow, home: Path
) -> None:
    page.language.chip("de").click()
    assert window.language == "de"
    assert page.rows["hand"].said.text().startswith("Wenn es sich gut anfühlt")
    assert "Ankommen" in [text for _, text in page.words.sets()]
    again = MainWindow(home)
    assert again.language == "de"
    again.close()
    page.language.chip("system").click()
    assert window.language == "en"


def test_an_edit_in_one_language_leaves_the_other_alone(
    page: PhrasesScreen, window: MainWindow
) -> None:
    page.rows["hand"].edit.click()
    page.editor.field.setText("Mine.")
    press(Qt.Key.Key_Return)
    page.language.chip("de").click()
    assert "Mine." not in page.rows["hand"].said.text()
    page.language.chip("en").click()
    assert page.rows["hand"].said.text() == "Mine.  (yours)"


def test_a_button_says_to_a_screen_reader_which_line_it_is_for(page: PhrasesScreen) -> None:
    interface = QAccessible.queryAccessibleInterface(page.rows["hand"].edit)
    name = interface.text(QAccessible.Text.Name)
    assert name == "Edit: If it feels okay, rest a hand over your heart."
    assert page.editor.field.accessibleName()


def test_what_is_changed_here_is_there_next_time(page: PhrasesScreen, home: Path) -> None:
    page.rows["other"].hiding.click()
    again = MainWindow(home)
    again.home.own_words.click()
    assert "(left out)" in again.phrases.rows["other"].said.text()
    again.close()


def test_a_plan_from_a_file_is_kept_and_chosen(
    page: PhrasesScreen, window: MainWindow, home: Path
) -> None:
    file = home / "evening.toml"
    file.write_text(GOOD)
    page.rows["other"].hiding.click()
    page.take_plan_file(file)
    assert "is among your plans" in page._told.text()
    assert window.settings.choices.plan_id == "evening"
    assert window.setup.plan.value == "evening"
    assert window.personal.hides("settle", "other")
    page.rows["other"].hiding.click()
    assert [each.plan.plan_id for each in PersonalFile(home).personal.plans] == ["evening"]


def test_a_plan_of_ones_own_can_be_removed_and_brought_back(
    page: PhrasesScreen, window: MainWindow, home: Path
) -> None:
    assert PLANS not in page.sets._chips
    file = home / "evening.toml"
    file.write_text(GOOD)
    page.take_plan_file(file)
    page.sets.chip(PLANS).click()
    row = page.rows["evening"]
    assert row.edit.isHidden()
    assert page.add.isHidden()
    assert row.hiding.accessibleName() == "Remove: Evening, 3 minutes"
    row.hiding.click()
    assert page.rows == {}
    assert "Undo brings it back" in page._told.text()
    assert PersonalFile(home).personal.plans == ()
    assert window.settings.choices.plan_id == "five"
    assert page.undo.hasFocus()
    press(Qt.Key.Key_Space)
    assert list(page.rows) == ["evening"]
    assert [each.plan.plan_id for each in PersonalFile(home).personal.plans] == ["evening"]
    page.sets.chip("settle").click()
    assert not page.add.isHidden()


def test_a_plan_that_cannot_run_is_told_of_with_its_lines(
    page: PhrasesScreen, window: MainWindow, home: Path
) -> None:
    file = home / "bad.toml"
    file.write_text(GOOD.replace('"side"', '"syde"'))
    page.take_plan_file(file)
    assert "Line 28: There is no line 'syde'" in page._told.text()
    page.take_plan_file(home / "missing.toml")
    assert "cannot be read" in page._told.text()
    assert window.personal == NOTHING


# ------------------------------------------------------------------------- the plain object
CONTENT = load_content()
SETS = [set_id for set_id, _ in OwnWords(CONTENT).sets()]
steps = st.tuples(
    st.sampled_from(["say", "add", "hide", "show", "back", "all"]),
    st.sampled_from(SETS),
    st.integers(0, 12),
    st.sampled_from(["Mine.", "  Yours  too ", "x"]),
)


def _do(words: OwnWords, step: tuple[str, str, int, str]) -> None:
    what, set_id, number, text = step
    rows = words.rows(set_id)
    line_id = rows[number % len(rows)].line_id
    match what:
        case "say":
            words.say(set_id, line_id, text)
        case "add":
            words.add(set_id, text)
        case "hide" | "show":
            words.hide(set_id, line_id, hidden=what == "hide")
        case "back":
            words.put_back(set_id, line_id)
        case _:
            words.put_all_back()


@given(st.lists(steps, max_size=12))
def test_undo_leads_back_through_every_step(done: list[tuple[str, str, int, str]]) -> None:
    words = OwnWords(CONTENT)
    been: list[Personal] = [words.personal]
    for step in done:
        _do(words, step)
        if words.personal != been[-1]:
            been.append(words.personal)
    while words.can_undo:
        assert words.personal == been.pop()
        words.undo()
    assert [words.personal] == been == [NOTHING]


@given(st.lists(steps, max_size=12))
def test_what_is_shown_is_what_is_said(done: list[tuple[str, str, int, str]]) -> None:
    words = OwnWords(CONTENT)
    for step in done:
        _do(words, step)
    spoken_sets = CONTENT.with_personal(words.personal).sets
    for set_id in SETS:
        said = {line.line_id: line.text for line in spoken_sets[set_id].lines}
        for row in words.rows(set_id):
            if not row.hidden:
                assert said[row.line_id] == row.text
