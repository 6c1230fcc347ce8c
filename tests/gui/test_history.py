"""The history in the window: from home to what is kept, narrowed, remarked on, opened and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from biofeedback.practice.content import load_content
from biofeedback.sessions.first_words import mark_seen
from biofeedback.sessions.store import Store
from biofeedback.types import Choices
from gui import theme
from gui.main_window import MainWindow
from gui.screens.history import HistoryScreen
from gui.widgets.session_list import SessionList
from tests.gui.conftest import opened

NOW = datetime(2026, 3, 9, 21, 5, tzinfo=UTC)
CANARY = "a heron at dusk"
PLANS = ("five", "letter", "five", "ten")


def fill(folder: Path) -> None:
    """Keep four sessions: 1 is the oldest, a day apart."""
    with Store.open(folder, keep_deleted=True) as store:
        for n, plan in enumerate(PLANS):
            recorder = store.begin(
                source="sim:",
                choices=Choices(plan_id=plan),
                started_at=NOW - timedelta(days=len(PLANS) - 1 - n),
            )
            recorder.finish("completed", duration_s=420.0, n_packets=420, n_beats=400)
        store.reflections.set_tags(1, ["rain"])
        store.reflections.set_note(2, "A long day.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("home") / "data"
    made.mkdir(mode=0o700)
    mark_seen(made)
    return made


@pytest.fixture(scope="module")
def one(qapp: QApplication, folder: Path) -> Iterator[MainWindow]:
    """One window for every test here."""
    theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAND_ON_HEART_HOME", str(folder))
        made = opened(MainWindow(folder, speed=120.0))
        made.history._today = NOW.date
        yield made
        made.close()
        made.deleteLater()


@pytest.fixture
def window(one: MainWindow, folder: Path) -> MainWindow:
    """The window at home, with four sessions as they were at first."""
    with Store.open(folder, keep_deleted=True) as store:
        store._connection.execute("DELETE FROM session")
        store._connection.execute("DELETE FROM sqlite_sequence WHERE name = 'session'")
    fill(folder)
    one.go_home()
    return one


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window.focusWidget(), key)


def shows(window: MainWindow, screen: object) -> bool:
    return window.pages.current is screen


Open = Callable[[MainWindow], HistoryScreen]


@pytest.fixture
def open_history(qtbot: QtBot) -> Open:
    def opens(window: MainWindow) -> HistoryScreen:
        while window.history.screen.escape():  # what another test left open
            pass
        window.pages.turn_to(window.home, at_once=True)
        window.history.screen.show_rows((), window.history.screen._content, NOW.date())
        press(window, Qt.Key.Key_H)
        screen = window.history.screen
        qtbot.waitUntil(lambda: len(screen.rows) > 0)
        return screen

    return opens


def numbers(screen: HistoryScreen) -> list[int]:
    return [row.id for row in screen.list.rows.rows]


def test_a_key_at_home_leads_to_what_is_kept(
    window: MainWindow, open_history: Open, qtbot: QtBot
) -> None:
    screen = open_history(window)
    assert shows(window, screen)
    assert numbers(screen) == [4, 3, 2, 1]
    qtbot.waitUntil(lambda: window.focusWidget() is screen.list)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.home)


def test_the_list_at_home_leads_there_too(window: MainWindow, qtbot: QtBot) -> None:
    window.home.set_sessions([(1, "Today")])
    assert window.home.all_kept is not None
    window.home.all_kept.click()
    assert shows(window, window.history.screen)
    window.home.set_sessions([])
    assert window.home.all_kept is None


def test_with_nothing_kept_a_kind_sentence_and_a_way_to_begin(
    window: MainWindow, open_history: Open
) -> None:
    screen = open_history(window)
    screen.show_rows((), screen._content, NOW.date())
    assert screen.nothing.begin.isVisible()
    assert screen.nothing.demo.isVisible()
    assert not screen.foot.open.isVisible()
    assert screen.first_focus() is screen.nothing.begin
    begin = QSignalSpy(screen.begin_wanted)
    press(window, Qt.Key.Key_C, Qt.Key.Key_F)  # nothing to turn, nothing to find
    assert screen.finder.isHidden()
    screen.begin_wanted.disconnect(window.history.begin_wanted)  # a strap would be looked for
    screen.nothing.begin.click()
    assert begin.count() == 1
    screen.begin_wanted.connect(window.history.begin_wanted)


def test_words_narrow_the_list_and_escape_shows_all(window: MainWindow, open_history: Open) -> None:
    screen = open_history(window)
    press(window, Qt.Key.Key_F)
    assert window.focusWidget() is screen.finder.text
    QTest.keyClicks(screen.finder.text, "go long")  # letters that are keys elsewhere
    assert shows(window, screen)
    assert numbers(screen) == []
    assert screen.finder.told.text() == "Nothing here fits that."
    screen.finder.text.setText("LONG")
    assert numbers(screen) == [2]
    press(window, Qt.Key.Key_Down)
    assert window.focusWidget() is screen.list
    press(window, Qt.Key.Key_Escape)
    assert numbers(screen) == [4, 3, 2, 1]
    assert shows(window, screen)


def test_practice_tag_and_strap_narrow_it(window: MainWindow, open_history: Open) -> None:
    screen = open_history(window)
    finder = screen.finder
    screen.open_finder()
    finder.practice.set_value("letter")
    finder.practice.chosen.emit("letter")
    assert numbers(screen) == [2]
    finder.practice.set_value("")
    finder.tag.set_value("rain")
    finder.tag.chosen.emit("rain")
    assert numbers(screen) == [1]
    assert [finder.strap.itemText(n) for n in range(finder.strap.count())] == [
        "Any strap",
        "Simulated heart",
    ]
    finder.practice.setFocus()
    press(window, Qt.Key.Key_G)
    assert shows(window, window.grounding)  # a list of choices swallows no letter
    press(window, Qt.Key.Key_Escape)
    assert shows(window, screen)
    screen.close_finder()


def test_tags_and_a_note_are_kept_from_the_list_and_brought_back(
    window: MainWindow, open_history: Open, folder: Path, qtbot: QtBot
) -> None:
    screen = open_history(window)
    press(window, Qt.Key.Key_Down, Qt.Key.Key_E)
    remark = screen.remark.remark
    assert screen.remark.isVisible()
    assert window.focusWidget() is remark.tags
    QTest.keyClicks(remark.tags, "evening")
    remark.note.setPlainText("Quiet.")
    press(window, Qt.Key.Key_Escape)
    assert screen.remark.isHidden()
    row = next(row for row in screen.rows if row.id == 3)
    assert (row.tags, row.note) == (("evening",), "Quiet.")

    def kept() -> tuple[tuple[str, ...], str]:
        with Store.open(folder, keep_deleted=True) as store:
            said = store.reflections.of(3)
        return said.tags, said.note

    qtbot.waitUntil(lambda: kept() == (("evening",), "Quiet."))
    press(window, Qt.Key.Key_E)
    remark.clear.click()
    remark.undo.click()
    qtbot.waitUntil(lambda: kept() == (("evening",), "Quiet."))
    screen.close_sheet()


def test_two_that_are_marked_are_compared_the_older_first(
    window: MainWindow, open_history: Open
) -> None:
    screen = open_history(window)
    wanted = QSignalSpy(window.history.compare_wanted)
    assert not screen.foot.compare.isVisible()
    press(window, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert screen.foot.compare.isVisible()
    screen.foot.compare.click()
    assert wanted.count() == 1
    assert wanted.at(0) == [2, 4]
    screen.list.rows.unmark()


def test_the_calendar_shows_the_same_and_opens_the_same(
    window: MainWindow, open_history: Open
) -> None:
    screen = open_history(window)
    wanted = QSignalSpy(window.history.open_wanted)
    press(window, Qt.Key.Key_C)
    assert window.focusWidget() is screen.calendar.month
    press(window, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert wanted.count() == 1
    assert wanted.at(0) == [3]
    screen.as_list.setChecked(True)


def test_a_session_is_looked_at_and_back_leads_to_the_list(
    window: MainWindow, open_history: Open, qtbot: QtBot
) -> None:
    screen = open_history(window)
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert not shows(window, screen)
    qtbot.waitUntil(lambda: window.bridge._jobs == 0)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, screen)
    assert screen.list.current_number == 3
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.home)


def test_what_cannot_be_read_is_said(
    window: MainWindow, open_history: Open, folder: Path, qtbot: QtBot
) -> None:
    from biofeedback.sessions.errors import StorageError

    screen = open_history(window)
    window.history._take(StorageError("The disk is away."))
    assert screen.notice.text() == "What is kept can't be read. The disk is away."
    assert screen.notice.isVisible()
    window.history.read()
    qtbot.waitUntil(lambda: not screen.notice.isVisible())


def test_trends_are_a_key_away_and_escape_leads_back(
    window: MainWindow, open_history: Open, qtbot: QtBot
) -> None:
    screen = open_history(window)
    press(window, Qt.Key.Key_T)
    trends = window.history.trends
    assert shows(window, trends)
    qtbot.waitUntil(lambda: trends.found is not None)
    assert "4 sessions are kept" in trends.about.text()
    assert "with a simulated heart" in trends.about.text()
    assert trends.lack.isVisible()
    numbers_before = trends._numbers
    press(window, Qt.Key.Key_N)
    assert trends._numbers is not numbers_before
    trends.figures.click()
    assert trends._numbers is numbers_before
    press(window, Qt.Key.Key_Escape)
    assert shows(window, screen)


def test_nothing_of_what_is_kept_stays_where_it_is_hidden(
    window: MainWindow, open_history: Open, folder: Path, qtbot: QtBot
) -> None:
    with Store.open(folder, keep_deleted=True) as store:
        store.reflections.set_tags(4, [CANARY])
        store.reflections.set_note(4, CANARY)
        store.reflections.set_tags(3, [CANARY])
        store.delete([3])
    screen = open_history(window)
    press(window, Qt.Key.Key_E)
    press(window, Qt.Key.Key_Escape, Qt.Key.Key_D, Qt.Key.Key_Escape, Qt.Key.Key_C, Qt.Key.Key_F)
    screen.finder.text.setText(CANARY)
    assert CANARY in everything_in(screen)
    window.history.hide()
    qtbot.waitUntil(lambda: CANARY not in everything_in(screen))  # what goes, goes with Qt's loop
    screen.close_finder()
    screen.as_list.setChecked(True)


def everything_in(screen: HistoryScreen) -> str:
    """Every word that the page's widgets hold, shown or not."""
    said: list[str] = []
    for widget in screen.findChildren(QWidget):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        for name in ("text", "plainText"):
            said.append(str(widget.property(name) or ""))
        if isinstance(widget, QComboBox):
            said += [widget.itemText(n) for n in range(widget.count())]
        if isinstance(widget, SessionList):
            rows = range(widget.rows.rowCount())
            said += [str(widget.rows.index(n).data()) for n in rows]
    return "\n".join(said)


# ---------------------------------------------------------------------------------- deleting
def listed(folder: Path) -> tuple[list[int], list[int]]:
    """What the store keeps, and what is deleted and not yet gone."""
    content = load_content()
    with Store.open(folder, keep_deleted=True) as store:
        kept, deleted = store.history.all(content), store.history.deleted(content)
    return [row.id for row in kept], [row.id for row in deleted]


def test_delete_and_undo(
    window: MainWindow, open_history: Open, folder: Path, qtbot: QtBot
) -> None:
    screen = open_history(window)
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: numbers(screen) == [4, 2, 1])
    assert screen.bar.isVisible()
    assert screen.bar.words.text() == "Deleted."
    assert screen.list.current_number == 2  # the one that took its place
    assert screen.gone.isVisible()
    assert listed(folder) == ([4, 2, 1], [3])
    press(window, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: numbers(screen) == [4, 3, 2, 1])
    assert screen.list.current_number == 3
    assert not screen.bar.isVisible()
    assert not screen.gone.isVisible()


def test_undo_goes_back_one_by_one(window: MainWindow, open_history: Open, qtbot: QtBot) -> None:
    screen = open_history(window)
    press(window, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: numbers(screen) == [3, 2, 1])
    QTest.keyClick(screen.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(window, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: numbers(screen) == [1])
    assert screen.bar.words.text() == "2 practices deleted."
    screen.bar.undo.click()
    qtbot.waitUntil(lambda: numbers(screen) == [3, 2, 1])
    assert screen.bar.words.text() == "Deleted."
    screen.bar.undo.click()
    qtbot.waitUntil(lambda: numbers(screen) == [4, 3, 2, 1])


def test_closing_the_bar_lets_go_for_good(
    window: MainWindow, open_history: Open, folder: Path, qtbot: QtBot
) -> None:
    screen = open_history(window)
    press(window, Qt.Key.Key_Delete)
    qtbot.waitUntil(screen.bar.isVisible)
    screen.bar.dismiss.click()
    qtbot.waitUntil(lambda: listed(folder) == ([3, 2, 1], []))


def test_what_was_deleted_is_brought_back_after_the_page_was_left(
    window: MainWindow, open_history: Open, folder: Path, qtbot: QtBot
) -> None:
    screen = open_history(window)
    press(window, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: numbers(screen) == [3, 2, 1])
    press(window, Qt.Key.Key_Escape)
    screen = open_history(window)
    assert screen.bar.isHidden()
    qtbot.waitUntil(screen.gone.isVisible)
    press(window, Qt.Key.Key_D)
    deleting = screen.deleting
    assert deleting.list.picked_numbers == (4,)
    deleting.restore.click()
    qtbot.waitUntil(lambda: numbers(screen) == [4, 3, 2, 1])
    assert not deleting.list.isVisible()
    screen.close_sheet()


def test_some_days_are_deleted(window: MainWindow, open_history: Open, qtbot: QtBot) -> None:
    screen = open_history(window)
    press(window, Qt.Key.Key_E)
    screen.remark.more.click()
    deleting = screen.deleting
    assert screen.remark.isHidden()
    deleting.first.set_day(NOW.date() - timedelta(days=2))
    deleting.last.set_day(NOW.date() - timedelta(days=1))
    assert deleting.found.text() == "2 practices"
    deleting.days.click()
    qtbot.waitUntil(lambda: numbers(screen) == [4, 1])
    assert screen.bar.words.text() == "2 practices deleted."
    assert deleting.isHidden()
    press(window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: numbers(screen) == [4, 3, 2, 1])
    deleting.first.set_day(NOW.date() + timedelta(days=2))
    deleting.last.set_day(NOW.date() + timedelta(days=3))
    assert deleting.found.text() == "No practice on these days."
    assert deleting.days.isHidden()


def test_everything_is_asked_for_once_and_is_for_good(
    window: MainWindow, open_history: Open, folder: Path, qtbot: QtBot
) -> None:
    screen = open_history(window)
    press(window, Qt.Key.Key_D)
    deleting = screen.deleting
    deleting.all.click()
    assert "for real" in deleting.question.text()
    assert window.focusWidget() is deleting.keep  # a stray key deletes nothing
    deleting.keep.click()
    assert deleting.question.isHidden()
    assert numbers(screen) == [4, 3, 2, 1]
    deleting.all.click()
    deleting.sure.click()
    qtbot.waitUntil(screen.nothing.begin.isVisible)
    assert listed(folder) == ([], [])
    assert not screen.bar.isVisible()
    qtbot.waitUntil(lambda: window.home.kept == [])


def test_one_that_is_recorded_now_is_not_deleted(
    window: MainWindow, open_history: Open, folder: Path, qtbot: QtBot
) -> None:
    screen = open_history(window)
    with Store.open(folder, keep_deleted=True) as store:
        running = store.begin(source="sim:", choices=Choices(), started_at=NOW)
        window.history._delete((running.session_id,))
        qtbot.waitUntil(screen.notice.isVisible)
        assert "is being recorded now" in screen.notice.text()
        running.finish("stopped", duration_s=1.0, n_packets=0, n_beats=0)


def test_a_practice_is_left_out_of_the_figures_and_taken_back(
    window: MainWindow, open_history: Open, folder: Path, qtbot: QtBot
) -> None:
    screen = open_history(window)
    press(window, Qt.Key.Key_E)
    screen.remark.out.click()
    qtbot.waitUntil(lambda: screen.rows[0].left_out)
    with Store.open(folder, keep_deleted=True) as store:
        assert [part.whole for part in store.left_out.of(4)] == [True]
    assert screen.remark.out.text() == "Take it back into the figures"
    screen.remark.out.click()
    qtbot.waitUntil(lambda: not screen.rows[0].left_out)
    screen.close_sheet()
