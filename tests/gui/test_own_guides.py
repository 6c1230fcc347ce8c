"""A breath of one's own: made, named, chosen, taken away, and brought back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from biofeedback.sessions.personal_file import PersonalFile
from biofeedback.types import BreathPattern
from gui import spoken
from gui.main_window import MainWindow


def test_a_breath_is_made_named_kept_and_chosen(window: MainWindow, home: object) -> None:
    window.pages.turn_to(window.setup, at_once=True)
    QTest.mouseClick(window.setup.own, Qt.MouseButton.LeftButton)
    screen = window.own_guides
    assert window.pages.current is screen
    assert screen.hold_in.value == screen.hold_out.value == 0  # holds only when chosen
    assert not screen.save.isEnabled()  # it has no name yet
    screen.inhale.less.click()
    screen.exhale.set_value(5.0)
    QTest.keyClicks(screen.name, "evening")
    screen.save.click()
    guide = spoken.current().guide(window.settings.choices.guide_id)
    assert guide.label == "evening"
    assert guide.pattern == BreathPattern(3.5, 0.0, 5.0, 0.0)
    assert PersonalFile(home).personal.guides == window.personal.guides  # type: ignore[arg-type]


def test_a_name_is_given_once_and_a_breath_too_long_is_named(window: MainWindow) -> None:
    screen = window.own_guides
    screen.name.setText("evening")
    screen.save.click()
    screen.name.setText("evening")
    screen.save.click()
    assert "evening" in screen.problem.text()
    assert len(window.personal.guides) == 1
    screen.inhale.set_value(15.0)
    screen.exhale.set_value(15.0)
    assert screen.problem.text()
    assert not screen.save.isEnabled()


def test_holds_say_who_should_ask_first(window: MainWindow) -> None:
    screen = window.own_guides
    assert "care team" not in screen.note.text()
    screen.hold_in.set_value(4.0)
    assert "care team" in screen.note.text()


def test_what_was_taken_away_can_be_brought_back(window: MainWindow) -> None:
    screen = window.own_guides
    screen.name.setText("evening")
    screen.save.click()
    chosen = window.settings.choices.guide_id
    screen._remove(chosen)
    assert not window.personal.guides
    assert window.settings.choices.guide_id != chosen  # it fell back to one that is there
    screen.undo.click()
    assert [guide.label for guide in window.personal.guides] == ["evening"]
