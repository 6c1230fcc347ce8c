"""A fault that nobody foresaw is said quietly, its details can be copied, and the window stays."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.unexpected import Unexpected

LONG_MS = 20_000


@pytest.fixture
def heard(qtbot: QtBot) -> Iterator[list[BaseException]]:
    """What reaches the hook that was there before: pytest's own would fail the test."""
    before, of_threads = sys.excepthook, threading.excepthook
    caught: list[BaseException] = []
    sys.excepthook = lambda _, error, __: caught.append(error)
    threading.excepthook = lambda args: caught.append(args.exc_value or Exception())
    yield caught
    sys.excepthook, threading.excepthook = before, of_threads


def fail() -> None:
    raise ValueError("Dear me, this is private")


def test_a_fault_in_the_window_is_said_at_home_and_passed_on(
    window: MainWindow, heard: list[BaseException], qtbot: QtBot
) -> None:
    unexpected = Unexpected()
    unexpected.happened.connect(window.tell_unexpected)
    QTimer.singleShot(0, fail)
    qtbot.waitUntil(window.home.copy_details.isVisible, timeout=LONG_MS)
    assert "unexpected" in window.home._notice.text()
    assert [str(each) for each in heard] == ["Dear me, this is private"]
    window.home.copy_details.click()
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert "in fail" in copied
    assert "Dear me" not in copied
    assert "Copied" in window.home.copy_details.text()
    unexpected.let_go()


def test_a_fault_on_another_thread_is_said_too(
    window: MainWindow, heard: list[BaseException], qtbot: QtBot
) -> None:
    unexpected = Unexpected()
    unexpected.happened.connect(window.tell_unexpected)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(window.home.copy_details.isVisible, timeout=LONG_MS)
    assert len(heard) == 1
    unexpected.let_go()


def test_afterwards_exceptions_are_left_to_whoever_had_them(heard: list[BaseException]) -> None:
    hook, of_threads = sys.excepthook, threading.excepthook
    Unexpected().let_go()
    assert sys.excepthook is hook
    assert threading.excepthook is of_threads


def test_a_recording_that_cannot_be_read_says_why_and_its_details_hold_no_path(
    window: MainWindow, qtbot: QtBot, tmp_path: object
) -> None:
    window.watch("replay:/home/ada/private-letter.txt")
    qtbot.waitUntil(lambda: window.pages.current is window.home, timeout=LONG_MS)
    assert window.home.copy_details.isVisible()
    window.home.copy_details.click()
    copied = QGuiApplication.clipboard().text()
    assert "Error" in copied
    assert "ada" not in copied
    assert "private-letter" not in copied


def test_a_notice_that_is_no_error_has_no_details(window: MainWindow) -> None:
    window.home.set_notice("Something calm.")
    assert not window.home.copy_details.isVisible()
