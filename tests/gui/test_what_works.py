"""What works here: looked at in a process of its own, told in the person's words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biofeedback.cli.doctor import Answer, data_check
from biofeedback.sessions.store import Store
from gui import looking_what_works
from gui.doctor_words import findings, to_copy
from gui.main_window import MainWindow
from gui.widgets.text import Text
from tests.gui.test_history import fill

LONG_MS = 60_000


def told(window: MainWindow) -> str:
    return "\n".join(
        each.text() for each in window.what_works.screen.findChildren(Text) if each.isVisible()
    )


def test_it_is_opened_from_help_and_tells_what_is_missing(window: MainWindow, qtbot: QtBot) -> None:
    window.open_help()
    window.help.doctor.click()
    page = window.what_works.screen
    assert page.isVisible()
    assert not page.again.isEnabled()
    qtbot.waitUntil(page.again.isEnabled, timeout=LONG_MS)
    qtbot.waitUntil(lambda: "Bluetooth: not yet" in told(window), timeout=LONG_MS)
    assert "Keeping: works" in told(window)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    assert window.help.isVisible()


def test_whoever_leaves_lets_go_of_the_process(window: MainWindow) -> None:
    window.what_works.open()
    process = window.what_works._process
    assert process is not None
    window.what_works.leave()
    assert window.what_works._process is None


def test_one_that_tells_nothing_is_said_and_can_be_tried_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking_what_works, "command", lambda: [sys.executable, "-c", ""])
    window.what_works.open()
    page = window.what_works.screen
    qtbot.waitUntil(page.again.isEnabled, timeout=LONG_MS)
    assert "try again" in page.state.text()
    assert not page.copy.isEnabled()


def test_what_is_copied_holds_no_folder_and_no_name(window: MainWindow) -> None:
    checks = [
        {
            "name": "data",
            "answer": "ok",
            "sentence": "Sessions are kept in /home/ada.",
            "action": "",
        },
        {"name": "strap", "answer": "ok", "sentence": "1 strap is near: Ada's H10.", "action": ""},
    ]
    page = window.what_works.screen
    page.show_findings(findings(checks), to_copy(checks, "0.1.0"), fine=True)
    page.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "ada" not in copied.lower()
    assert "strap: ok" in copied


def test_looking_leaves_what_was_deleted_to_be_brought_back(home: Path) -> None:
    fill(home)
    with Store.open(home, keep_deleted=True) as store:
        store.delete([2])
    assert data_check().answer is Answer.OK
    with Store.open(home, keep_deleted=True) as store:
        store.restore([2])
        assert store.n_sessions() == 4
