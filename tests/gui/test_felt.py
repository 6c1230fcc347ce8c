"""How it feels: asked only when wanted, never filled in before, kept, and shown apart."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from biofeedback.run import Outcome
from biofeedback.sessions.info import Ended
from biofeedback.sessions.reflection import Felt, Moment, Reflection, Scale
from biofeedback.sessions.store import Store
from biofeedback.sessions.summary import Summary
from biofeedback.types import PhaseName
from gui.main_window import MainWindow
from gui.screens.felt import FeltScreen
from gui.screens.screen import Screen
from gui.settings import SettingsFile

LONG_MS = 30_000
CANARY = "canary-8832-heron"


def shows(window: MainWindow, screen: Screen) -> bool:
    return window.pages.current is screen and screen.isVisible()


def click(widget: QWidget) -> None:
    middle = QPoint(widget.width() // 2, widget.height() // 2)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)


def press(window: MainWindow, *keys: Qt.Key) -> None:
    """Press keys where the keyboard is, as a person would."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)


@pytest.fixture
def asking(window: MainWindow) -> MainWindow:
    """A window whose person wants to be asked."""
    window._file.change(ratings=True)
    return window


@pytest.fixture
def page(window: MainWindow) -> FeltScreen:
    """The page, just opened."""
    window.felt.ask(Moment.BEFORE)
    window.pages.turn_to(window.felt, at_once=True)
    return window.felt


def kept(home: Path, session_id: int = 1) -> Reflection:
    with Store.open(home) as store:
        return store.reflections.of(session_id)


# ------------------------------------------------------------------------------ the page
def test_nothing_is_chosen_until_somebody_chooses(page: FeltScreen) -> None:
    assert page.felt == Felt()
    assert not any(dot.isChecked() for row in page.scales.values() for dot in row._dots)
    page.scales[Scale.DISTRESS].set_value(4)
    page.ask(Moment.AFTER)
    assert page.felt == Felt()


def test_digits_arrows_enter_and_backspace(window: MainWindow, page: FeltScreen) -> None:
    done: list[Felt] = []
    page.done.connect(done.append)
    press(window, Qt.Key.Key_7, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_1, Qt.Key.Key_0)
    assert page.felt == Felt(7, 10)
    press(window, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert page.felt == Felt(7, 8)
    press(window, Qt.Key.Key_Enter, Qt.Key.Key_Right)
    assert page.felt == Felt(7, 8, 0)
    press(window, Qt.Key.Key_Up, Qt.Key.Key_Backspace)
    assert page.felt == Felt(7, None, 0)
    press(window, Qt.Key.Key_Left)  # from nothing, the other end
    assert page.felt == Felt(7, 10, 0)
    press(window, Qt.Key.Key_Right, Qt.Key.Key_1, Qt.Key.Key_Right, Qt.Key.Key_0)
    assert page.felt == Felt(7, 0, 0)  # only a 0 right after a 1 makes ten
    press(window, Qt.Key.Key_Return)
    assert done == []
    press(window, Qt.Key.Key_Return)
    assert done == [Felt(7, 0, 0)]


def test_escape_skips_and_keeps_what_was_chosen(window: MainWindow, page: FeltScreen) -> None:
    done: list[Felt] = []
    page.done.connect(done.append)
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_3, Qt.Key.Key_Escape)
    assert done == [Felt(), Felt(3)]


def test_the_mouse_chooses_and_takes_back(page: FeltScreen) -> None:
    dot = page.scales[Scale.KINDNESS].dot(6)
    click(dot)
    assert page.felt == Felt(kindness=6)
    click(dot)
    assert page.felt == Felt()
    assert not dot.isChecked()


def test_tab_goes_from_scale_to_scale(window: MainWindow, page: FeltScreen) -> None:
    page.scales[Scale.DISTRESS].set_value(5)
    page.scales[Scale.TENSION].take_keyboard()
    seen = []
    for _ in range(4):
        seen.append(QApplication.focusWidget())
        press(window, Qt.Key.Key_Tab)
    rows = page.scales
    assert seen[:3] == [
        rows[Scale.TENSION].dot(0),
        rows[Scale.DISTRESS].dot(5),
        rows[Scale.KINDNESS].dot(0),
    ]
    assert seen[3] is page.go_on


def test_a_screen_reader_hears_the_scale_the_number_and_that_none_is_chosen(
    page: FeltScreen,
) -> None:
    interface = QAccessible.queryAccessibleInterface(page.scales[Scale.TENSION].dot(7))
    assert interface.text(QAccessible.Text.Name) == "Tension: 7 of 10"
    assert interface.role() == QAccessible.Role.RadioButton
    assert not interface.state().checked


# ------------------------------------------------------------------------ around a practice
def test_who_did_not_ask_for_it_is_asked_nothing(window: MainWindow, qtbot: QtBot) -> None:
    click(window.home.demo)
    assert shows(window, window.practice)


def test_asked_before_and_after_and_kept(asking: MainWindow, qtbot: QtBot, home: Path) -> None:
    window = asking
    click(window.home.demo)
    assert shows(window, window.felt)
    assert not window.bridge.practising
    press(window, Qt.Key.Key_7, Qt.Key.Key_Down, Qt.Key.Key_5, Qt.Key.Key_Escape)
    assert shows(window, window.practice)
    qtbot.waitUntil(lambda: window.practice.phase is PhaseName.GUIDED, timeout=LONG_MS)
    assert kept(home) == Reflection(Felt(7, 5))  # already on disk
    qtbot.waitUntil(lambda: shows(window, window.felt), timeout=LONG_MS)
    assert window.felt.felt == Felt()
    press(window, Qt.Key.Key_4, Qt.Key.Key_Enter, Qt.Key.Key_Enter, Qt.Key.Key_9)
    press(window, Qt.Key.Key_Enter)
    assert shows(window, window.summary)
    said = Reflection(Felt(7, 5), Felt(4, None, 9))
    qtbot.waitUntil(lambda: kept(home) == said)
    panel = window.summary.felt
    assert "1 of 3 rated both times." in panel.count.text()
    assert "Not rated: Distress after, Kindness to myself before." in panel.count.text()
    assert panel.drift.isVisible()
    assert "Tension: 7 before, 4 after" in panel.pairs.accessibleDescription()
    assert not panel.rate.isVisible()


def test_each_rating_after_is_on_disk_as_it_is_chosen(
    window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    outcome(window, home)
    click(window.summary.felt.rate)
    press(window, Qt.Key.Key_6)
    qtbot.waitUntil(lambda: kept(home) == Reflection(after=Felt(6)))
    press(window, Qt.Key.Key_Down, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: kept(home) == Reflection(after=Felt(6, 3)))
    assert shows(window, window.felt)


def test_back_from_the_page_begins_nothing(asking: MainWindow) -> None:
    click(asking.home.demo)
    click(asking.felt.back)
    assert shows(asking, asking.home)
    assert not asking.bridge.practising


def test_grounding_from_the_page_comes_back_to_it(asking: MainWindow) -> None:
    click(asking.home.demo)
    press(asking, Qt.Key.Key_G)
    assert shows(asking, asking.grounding)
    press(asking, Qt.Key.Key_Escape)
    assert shows(asking, asking.felt)


def test_stop_asks_nothing_and_it_can_still_be_said(
    asking: MainWindow, qtbot: QtBot, home: Path
) -> None:
    window = asking
    click(window.home.demo)
    press(window, Qt.Key.Key_8, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.practice.phase is not None, timeout=10_000)
    press(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: window.practice.phase is PhaseName.GUIDED, timeout=10_000)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.summary), timeout=10_000)
    assert kept(home) == Reflection(Felt(8))
    click(window.summary.felt.rate)
    assert shows(window, window.felt)
    press(window, Qt.Key.Key_2, Qt.Key.Key_Escape)
    assert shows(window, window.summary)
    qtbot.waitUntil(lambda: kept(home) == Reflection(Felt(8), Felt(2)))


# --------------------------------------------------------------------- the page of afterwards
def outcome(window: MainWindow, home: Path) -> Outcome:
    """A session that is kept, and its page."""
    from tests.biofeedback.sessions.test_reflection import begin

    with Store.open(home) as store:
        session_id = begin(store)
    made = Outcome(
        session_id, Summary(0, 0, None, 300.0, True, (), None, None), Ended.COMPLETED, n_kept=1
    )
    window.summary.show_outcome(made, [], [], "", known_tags=("morning", "rain"))
    window.reflecting.after(made)
    window.pages.turn_to(window.summary, at_once=True)
    return made


def test_who_is_not_asked_can_ask_to_be(window: MainWindow, home: Path) -> None:
    outcome(window, home)
    assert window.summary.felt.count.text() == "Nothing was rated this time."
    click(window.summary.felt.asking)
    assert SettingsFile(home).settings.ratings
    assert not window.summary.felt.asking.isVisible()


def test_tags_and_a_note_are_written_changed_cleared_and_brought_back(
    window: MainWindow, home: Path, qtbot: QtBot
) -> None:
    outcome(window, home)
    remark = window.summary.remark
    remark.tags.setFocus()
    QTest.keyClicks(remark.tags, "after work, Rain")
    remark.note.setFocus()
    QTest.keyClicks(remark.note, "Gray and good. Rest? No.")  # letters that are keys elsewhere
    assert shows(window, window.summary)
    said = Reflection(tags=("after work", "Rain"), note="Gray and good. Rest? No.")
    qtbot.waitUntil(lambda: kept(home) == said)
    click(remark._pills[1])  # rain is there already: it goes
    qtbot.waitUntil(lambda: kept(home).tags == ("after work",))
    click(remark.clear)
    qtbot.waitUntil(lambda: kept(home) == Reflection())
    click(remark.undo)
    qtbot.waitUntil(lambda: kept(home) == replace(said, tags=("after work",)))
    click(remark.undo)
    qtbot.waitUntil(lambda: kept(home) == said)
    assert remark.note.toPlainText() == said.note
    assert "Kept on this computer only" in remark.state.text()


def test_tab_goes_through_tags_to_the_note(window: MainWindow, home: Path) -> None:
    outcome(window, home)
    remark = window.summary.remark
    remark.tags.setFocus()
    seen = []
    for _ in range(3):
        press(window, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [*remark._pills, remark.note]


def test_what_was_just_typed_is_kept_when_the_window_closes(window: MainWindow, home: Path) -> None:
    outcome(window, home)
    window.summary.remark.note.setFocus()
    QTest.keyClicks(window.summary.remark.note, "last words")
    window.close()
    assert kept(home).note == "last words"


def test_a_note_that_cannot_be_kept_is_said(window: MainWindow, home: Path, qtbot: QtBot) -> None:
    outcome(window, home)
    window.bridge.read_kept()
    qtbot.waitUntil(lambda: window.bridge._store is not None)
    (home / "sessions.sqlite3").rename(home / "elsewhere")
    window.summary.remark.note.setPlainText("words")
    window.summary.remark.commit()
    qtbot.waitUntil(lambda: "moved or deleted" in window.summary.remark.state.text())
    assert window.summary.remark.note.toPlainText() == "words"


def test_what_is_said_is_in_no_log_and_in_no_other_file(
    window: MainWindow,
    home: Path,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    outcome(window, home)
    with caplog.at_level(logging.DEBUG):
        window.bridge.start()
        loop = window.bridge._loop
        assert loop is not None
        loop.set_debug(True)  # asyncio then logs what it runs
        loop.slow_callback_duration = 0.0
        window.summary.remark.tags.setText(CANARY)
        window.summary.remark.note.setPlainText(CANARY)
        window.summary.remark.commit()
        qtbot.waitUntil(lambda: kept(home).note == CANARY)
        (home / "sessions.sqlite3").rename(home / "gone.sqlite3")
        window.summary.remark.note.setPlainText(CANARY + " more")
        window.summary.remark.commit()
        qtbot.waitUntil(lambda: "moved or deleted" in window.summary.remark.state.text())
        window.close()
    told = capfd.readouterr()
    assert "Executing" in caplog.text  # asyncio did log
    assert CANARY not in caplog.text + told.out + told.err
    for path in home.rglob("*"):
        if path.is_file() and ".sqlite3" not in path.name:
            assert CANARY.encode() not in path.read_bytes(), path
