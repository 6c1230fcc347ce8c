"""The lock in the window: what it covers, what goes without, and how it is set and taken away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from biofeedback.practice.personal import NOTHING
from biofeedback.practice.writing import Answer, Writing
from biofeedback.sessions import locking
from biofeedback.sessions.personal_file import PersonalFile
from biofeedback.sessions.store import Store
from biofeedback.sessions.unlocked import forget, is_lock_set, is_locked_now
from biofeedback.types import BreathPattern, Choices, Packet
from gui import spoken, theme
from gui.main_window import MainWindow
from gui.screens.passphrase import Task
from gui.screens.screen import Screen
from gui.settings import SettingsFile
from tests.biofeedback.cli.test_lock_command import InProcess
from tests.biofeedback.sessions.killed import CHEAP, NEW, OLD
from tests.gui.conftest import opened

LONG_MS = 30_000
LETTER = "A quiet heron wrote this."
OWN, _ = NOTHING.with_guide("Mine", BreathPattern(4.0, 0.0, 6.0, 0.0))


def fill(home: Path) -> None:
    """Keep a session, a letter, and words of one's own."""
    with Store.open(home) as store:
        recorder = store.begin(
            source="sim:1", choices=Choices(), started_at=datetime(2026, 1, 2, 9, tzinfo=UTC)
        )
        recorder.write(Packet(1.0, b"\x10\x3c\x00\x04"))
        recorder.finish("completed", duration_s=60.0, n_packets=1, n_beats=1)
        store.reflections.set_tags(recorder.session_id, ["quiet heron"])
        store.writings.save(
            Writing("letter", (Answer("to", "Dear me,", LETTER),)),
            written_at=datetime(2026, 1, 2, tzinfo=UTC),
        )
    PersonalFile(home).keep(OWN)


@pytest.fixture
def locked_home(home: Path) -> Iterator[Path]:
    fill(home)
    locking.set_lock(home, OLD, cost=CHEAP)
    forget(home)
    yield home
    forget(home)


@pytest.fixture
def no_keyring() -> Iterator[InProcess]:
    before, ours = keyring.get_keyring(), InProcess()
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(before)


@pytest.fixture
def window(look: theme.Look, locked_home: Path, no_keyring: InProcess) -> Iterator[MainWindow]:
    made = opened(MainWindow(locked_home, speed=120.0))
    made.bridge.read_kept()
    yield made
    made.close()
    made.deleteLater()


def shows(window: MainWindow, screen: Screen) -> bool:
    return window.pages.current is screen and screen.isVisible()


def click(widget: QWidget) -> None:
    middle = QPoint(widget.width() // 2, widget.height() // 2)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)


def press(window: MainWindow, key: Qt.Key, *, control: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(QApplication.focusWidget() or window, key, held)


def type_in(text: str) -> None:
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, text)


def unlock(window: MainWindow, qtbot: QtBot, passphrase: str = OLD) -> None:
    type_in(passphrase)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.pages.is_covered, timeout=LONG_MS)


def shows_nothing_private(window: MainWindow) -> bool:
    home = window.home
    return not (home.kept or home.written.isVisibleTo(home) or window.written.saved) and (
        window.personal == NOTHING
    )


def test_a_locked_store_begins_with_the_lock_and_shows_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert shows(window, window.locking.screen)
    assert QApplication.focusWidget() is window.locking.screen.passphrase.field
    qtbot.waitUntil(lambda: not window.bridge._jobs, timeout=LONG_MS)
    window.bridge.drain()
    assert shows_nothing_private(window)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
        press(window, key)
    window.go_home()
    window.preferences.open()
    window.history.open()
    assert shows(window, window.locking.screen)


def test_the_passphrase_opens_it_and_everything_is_there(window: MainWindow, qtbot: QtBot) -> None:
    unlock(window, qtbot)
    assert shows(window, window.home)
    qtbot.waitUntil(lambda: bool(window.home.kept and window.written.saved), timeout=LONG_MS)
    assert window.personal == OWN
    assert window.reflecting.known_tags == ("quiet heron",)
    assert window.locking.screen.passphrase.typed == ""


def test_another_passphrase_is_refused_in_kind_words(window: MainWindow, qtbot: QtBot) -> None:
    screen = window.locking.screen
    type_in("not this one")
    click(screen.open)
    qtbot.waitUntil(lambda: "not the passphrase" in screen.told.text(), timeout=LONG_MS)
    assert shows(window, screen)
    assert screen.passphrase.field.echoMode() is QLineEdit.EchoMode.Password
    click(screen.shows)
    assert screen.passphrase.field.echoMode() is QLineEdit.EchoMode.Normal
    screen.passphrase.field.selectAll()
    unlock(window, qtbot)
    assert screen.passphrase.field.echoMode() is QLineEdit.EchoMode.Password


def test_grounding_and_help_need_no_passphrase(window: MainWindow) -> None:
    press(window, Qt.Key.Key_G, control=True)
    assert shows(window, window.grounding)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.locking.screen)
    press(window, Qt.Key.Key_F1)
    assert shows(window, window.crisis)
    click(window.crisis.ground)
    assert shows(window, window.grounding)
    window.leave_grounding()
    assert shows(window, window.locking.screen)
    window.open_help()
    assert shows(window, window.help)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.locking.screen)


def test_a_practice_without_keeping_leaves_nothing_and_shows_nothing_private(
    window: MainWindow, qtbot: QtBot, locked_home: Path
) -> None:
    click(window.locking.screen.without)
    assert shows(window, window.home)
    assert shows_nothing_private(window)
    window.begin("sim:1", Choices(length_s=30.0))
    qtbot.waitUntil(lambda: window.practice.phase is not None, timeout=LONG_MS)
    window.stop()
    qtbot.waitUntil(lambda: not window.bridge.practising, timeout=LONG_MS)
    window.bridge.drain()
    window.go_home()
    qtbot.waitUntil(lambda: "Ctrl+L opens it" in window.home._notice.text(), timeout=LONG_MS)
    assert shows_nothing_private(window)
    press(window, Qt.Key.Key_L, control=True)
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: len(window.home.kept) == 1, timeout=LONG_MS)
    assert window.home._notice.text() == ""


def test_what_was_chosen_of_ones_own_stays_chosen_behind_the_lock(
    look: theme.Look, home: Path, no_keyring: InProcess, qtbot: QtBot
) -> None:
    fill(home)
    file = SettingsFile(home, OWN)
    file.change(choices=Choices(guide_id=OWN.guides[0].guide_id, ramp=True))
    locking.set_lock(home, OLD, cost=CHEAP)
    forget(home)
    for _ in range(2):
        window = opened(MainWindow(home))
        assert window.settings.choices.guide_id == "ease"
        window.close()  # it writes the settings
        window.deleteLater()
    window = opened(MainWindow(home))
    unlock(window, qtbot)
    assert window.settings.choices.guide_id == OWN.guides[0].guide_id
    window.close()
    window.deleteLater()
    forget(home)


def test_own_words_that_are_made_behind_the_lock_are_kept_when_it_opens(
    window: MainWindow, qtbot: QtBot, locked_home: Path
) -> None:
    click(window.locking.screen.without)
    window.keep_personal(NOTHING.with_hidden("kind", "side"))
    press(window, Qt.Key.Key_L, control=True)
    unlock(window, qtbot)
    assert window.personal == OWN.joined(NOTHING.with_hidden("kind", "side"))
    assert PersonalFile(locked_home).personal == window.personal


# --------------------------------------------------------------------------------- locking
def test_a_key_locks_at_once_and_hides_everything(
    window: MainWindow, qtbot: QtBot, locked_home: Path
) -> None:
    unlock(window, qtbot)
    window.history.open()
    qtbot.waitUntil(lambda: len(window.history.screen.rows) == 1, timeout=LONG_MS)
    press(window, Qt.Key.Key_L, control=True)
    assert shows(window, window.locking.screen)
    assert not window.pages.fading
    qtbot.waitUntil(lambda: is_locked_now(locked_home), timeout=LONG_MS)
    qtbot.waitUntil(lambda: shows_nothing_private(window), timeout=LONG_MS)
    assert not window.history.screen.rows
    assert window.reflecting.known_tags == ()
    unlock(window, qtbot)
    assert shows(window, window.history.screen)  # where it was
    qtbot.waitUntil(lambda: len(window.history.screen.rows) == 1, timeout=LONG_MS)


def test_a_session_that_lies_open_is_forgotten_and_opens_again(
    window: MainWindow, qtbot: QtBot, locked_home: Path
) -> None:
    unlock(window, qtbot)
    page = window.looking_back.session
    window.looking_back.open_session(1)
    qtbot.waitUntil(lambda: page.shown is not None, timeout=LONG_MS)
    assert page.remark.said[0] == ("quiet heron",)
    press(window, Qt.Key.Key_L, control=True)
    qtbot.waitUntil(lambda: is_locked_now(locked_home) and page.shown is None, timeout=LONG_MS)
    assert page.remark.said == ((), "")
    assert not page.trace.table()
    for chart in (page.trace, page.power, page.following, page.bands):
        assert not chart.accessibleDescription()
    assert not any(text.text() for text in (page.title, page.about, page.sentence, page.readout))
    unlock(window, qtbot)
    assert shows(window, page)
    qtbot.waitUntil(lambda: page.shown is not None, timeout=LONG_MS)
    assert page.remark.said[0] == ("quiet heron",)
    press(window, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: window.replay.player is not None, timeout=LONG_MS)
    window.locking.lock()
    qtbot.waitUntil(lambda: window.replay.player is None, timeout=LONG_MS)
    unlock(window, qtbot)
    assert shows(window, page)


def test_a_letter_of_this_visit_is_hidden_and_not_lost(window: MainWindow, qtbot: QtBot) -> None:
    unlock(window, qtbot)
    page = window.written.visit.page_for("letter", spoken.current())
    page.document("letter").setPlainText(LETTER)
    window.locking.lock()
    qtbot.waitUntil(lambda: window._hidden, timeout=LONG_MS)
    click(window.locking.screen.without)
    assert not window.written.visit.pages
    window.locking.lock()
    unlock(window, qtbot)
    assert window.written.visit.pages == [page]


def test_a_practice_goes_on_behind_the_lock_and_is_kept(
    window: MainWindow, qtbot: QtBot, locked_home: Path
) -> None:
    unlock(window, qtbot)
    window.begin("sim:1", Choices(length_s=300.0))
    qtbot.waitUntil(lambda: window.practice.phase is not None, timeout=LONG_MS)
    press(window, Qt.Key.Key_L, control=True)
    screen = window.locking.screen
    assert shows(window, screen)
    assert screen.stop.isVisible()
    assert not screen.without.isVisible()
    assert window.bridge.practising
    qtbot.waitUntil(lambda: is_locked_now(locked_home), timeout=LONG_MS)
    click(screen.stop)
    qtbot.waitUntil(lambda: screen.without.isVisible(), timeout=LONG_MS)
    assert shows(window, screen)  # the page of afterwards waits behind
    qtbot.waitUntil(lambda: window._hidden, timeout=LONG_MS)
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: len(window.home.kept) == 2, timeout=LONG_MS)


def test_who_is_away_is_locked_out_but_never_in_a_practice(
    window: MainWindow, qtbot: QtBot, locked_home: Path
) -> None:
    unlock(window, qtbot)
    idle = window.locking.idle
    assert idle.interval() == 10 * 60_000
    assert idle.isActive()
    window.begin("sim:1", Choices(length_s=300.0))
    qtbot.waitUntil(lambda: window.practice.phase is not None, timeout=LONG_MS)
    idle.timeout.emit()
    assert not window.pages.is_covered
    window.stop()
    qtbot.waitUntil(lambda: not window.bridge.practising, timeout=LONG_MS)
    idle.timeout.emit()
    assert shows(window, window.locking.screen)
    window.locking.set_idle_min(0)
    assert not idle.isActive()


def test_who_is_grounding_is_left_there_and_comes_to_the_lock_from_there(
    window: MainWindow, qtbot: QtBot, locked_home: Path
) -> None:
    unlock(window, qtbot)
    window.history.open()
    press(window, Qt.Key.Key_G)
    assert shows(window, window.grounding)
    window.locking.idle.timeout.emit()
    assert shows(window, window.grounding)
    qtbot.waitUntil(lambda: is_locked_now(locked_home), timeout=LONG_MS)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.locking.screen)
    unlock(window, qtbot)
    assert shows(window, window.history.screen)


def test_without_a_passphrase_the_key_leads_to_where_one_is_set(
    look: theme.Look, home: Path, qtbot: QtBot
) -> None:
    window = opened(MainWindow(home))
    assert shows(window, window.home)
    press(window, Qt.Key.Key_L, control=True)
    assert shows(window, window.preferences.screen)
    assert window.preferences.screen.set.isVisible()
    window.locking.idle.timeout.emit()
    assert shows(window, window.preferences.screen)
    assert not window.locking.idle.isActive()
    window.begin("sim:1", Choices(length_s=300.0))
    qtbot.waitUntil(lambda: window.practice.phase is not None, timeout=LONG_MS)
    press(window, Qt.Key.Key_L, control=True)
    assert shows(window, window.practice)  # nobody is led away from a practice
    window.close()
    window.deleteLater()


def test_a_source_that_was_named_waits_for_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    window.locking.when_open(lambda: window.begin("sim:1", Choices(length_s=300.0)))
    assert not window.bridge.practising
    click(window.locking.screen.without)
    qtbot.waitUntil(lambda: window.practice.phase is not None, timeout=LONG_MS)
    window.stop()
    qtbot.waitUntil(lambda: not window.bridge.practising, timeout=LONG_MS)


# ---------------------------------------------------------------------------- setting it
def test_setting_changing_and_taking_away_by_keyboard(
    look: theme.Look, home: Path, no_keyring: InProcess, qtbot: QtBot
) -> None:
    fill(home)
    window = opened(MainWindow(home))
    window.bridge.read_kept()
    qtbot.waitUntil(lambda: bool(window.home.kept), timeout=LONG_MS)
    press(window, Qt.Key.Key_Comma)
    settings, page = window.preferences.screen, window.preferences.passphrase
    assert QApplication.focusWidget() is settings.set
    press(window, Qt.Key.Key_Space)
    assert "there is no recovery" in page.warning.text()
    assert not page.new.isVisible()  # said first
    press(window, Qt.Key.Key_Space)
    type_in("short")
    press(window, Qt.Key.Key_Return)
    type_in("short")
    press(window, Qt.Key.Key_Return)
    assert "8 characters or more" in page.told.text()
    page.new.field.setText(OLD)
    page.again.field.setText(NEW)
    click(page.do)
    assert "not the same" in page.told.text()
    assert not is_lock_set(home)
    page.again.field.setText(OLD)
    click(page.do)
    qtbot.waitUntil(lambda: shows(window, settings), timeout=LONG_MS)
    assert "encrypted from now on" in settings.told.text()
    assert page.new.typed == page.again.typed == ""
    assert is_lock_set(home)
    assert not (home / "sessions.sqlite3").read_bytes().startswith(b"SQLite format 3")
    assert settings.lock.isVisible()
    qtbot.waitUntil(lambda: len(window.home.kept) == 1, timeout=LONG_MS)

    window.preferences._carry_out(Task.CHANGE, NEW, OLD)
    qtbot.waitUntil(lambda: "not the passphrase" in page.told.text(), timeout=LONG_MS)
    window.preferences._carry_out(Task.CHANGE, OLD, NEW)
    qtbot.waitUntil(lambda: "new passphrase opens" in settings.told.text(), timeout=LONG_MS)
    window.preferences._carry_out(Task.REMOVE, NEW, "")
    qtbot.waitUntil(lambda: "Nothing is encrypted" in settings.told.text(), timeout=LONG_MS)
    assert not is_lock_set(home)
    assert settings.set.isVisible()
    with Store.open(home) as store:
        assert store.writings.all()[0].writing.answers[0].text == LETTER
    window.close()
    window.deleteLater()


def test_remembered_on_this_computer_it_opens_by_itself(
    window: MainWindow, qtbot: QtBot, no_keyring: InProcess, locked_home: Path
) -> None:
    unlock(window, qtbot)
    window.preferences.open()
    settings = window.preferences.screen
    qtbot.waitUntil(lambda: settings.remember.isEnabled(), timeout=LONG_MS)
    assert settings.remember.value == "no"
    settings.remember.chip("yes").click()
    qtbot.waitUntil(lambda: bool(no_keyring.kept), timeout=LONG_MS)
    forget(locked_home)
    again = opened(MainWindow(locked_home))
    qtbot.waitUntil(lambda: not again.pages.is_covered, timeout=LONG_MS)
    assert again.personal == OWN
    again.preferences.open()
    again_settings = again.preferences.screen
    qtbot.waitUntil(lambda: again_settings.remember.value == "yes", timeout=LONG_MS)
    again_settings.remember.chip("no").click()
    qtbot.waitUntil(lambda: not no_keyring.kept, timeout=LONG_MS)
    again.close()
    again.deleteLater()


def test_a_computer_without_a_keyring_says_so(window: MainWindow, qtbot: QtBot) -> None:
    from keyring.backends import fail

    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    unlock(window, qtbot)
    window.preferences.open()
    settings = window.preferences.screen
    qtbot.waitUntil(lambda: "no keyring" in settings.no_keyring.text(), timeout=LONG_MS)
    assert not settings.remember.isVisible()
    assert settings.no_keyring.isVisible()


# --------------------------------------------------------------------------- the settings
def test_what_is_chosen_in_settings_holds_at_once_and_next_time(
    look: theme.Look, home: Path, qtbot: QtBot
) -> None:
    window = opened(MainWindow(home))
    press(window, Qt.Key.Key_Comma)
    settings = window.preferences.screen
    settings.look.chip("dark").click()
    settings.text.chip("150").click()
    settings.motion.chip("less").click()
    settings.idle.chip("30").click()
    assert theme.current().dark
    assert theme.current().text_scale == 1.5
    assert theme.current().reduced_motion
    assert window.locking.idle.interval() == 30 * 60_000
    window.close()
    window.deleteLater()
    theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
    again = opened(MainWindow(home))
    assert theme.current().dark
    assert theme.current().text_scale == 1.5
    assert again.settings.lock_after_min == 30
    press(again, Qt.Key.Key_Comma)
    assert again.preferences.screen.look.value == "dark"
    press(again, Qt.Key.Key_Escape)
    assert shows(again, again.home)
    again.close()
    again.deleteLater()
