"""A file that is dropped on the window, or chosen with Ctrl+O, is opened as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.opening_files import Leads, leads
from tests.biofeedback.practice.test_plan_file import GOOD
from tests.gui.test_window import begin_demo

LONG_MS = 20_000
NOTHING, COPY = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton


def drop(window: MainWindow, *paths: Path) -> bool:
    """Drag files onto the window and let go; return whether it takes them."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enters = QDragEnterEvent(window.rect().center(), COPY, held, LEFT, NOTHING)
    QApplication.sendEvent(window, enters)
    if not enters.isAccepted():
        return False
    event = QDropEvent(QPointF(window.rect().center()), COPY, held, LEFT, NOTHING)
    QApplication.sendEvent(window, event)
    return event.isAccepted()


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "intervals.txt"
    path.write_text("\n".join(str(900 + 40 * (i % 6)) for i in range(200)))
    return path


def test_each_kind_of_file_leads_somewhere(tmp_path: Path) -> None:
    assert leads(tmp_path) is Leads.BRING
    assert leads(tmp_path / "mine.ZIP") is Leads.BRING
    assert leads(tmp_path / "evening.toml") is Leads.PLAN
    assert leads(tmp_path / "night.edf") is Leads.WATCH


def test_a_recording_that_is_dropped_is_looked_at(
    window: MainWindow, qtbot: QtBot, recording: Path
) -> None:
    assert drop(window, recording)
    qtbot.waitUntil(lambda: window.pages.current is window.replay, timeout=LONG_MS)
    qtbot.waitUntil(lambda: window.replay.player is not None, timeout=LONG_MS)


def test_a_plan_that_is_dropped_is_kept_and_chosen(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "evening.toml"
    path.write_text(GOOD)
    assert drop(window, path)
    assert window.pages.current is window.phrases
    assert window.settings.choices.plan_id in {own.plan.plan_id for own in window.personal.plans}


def test_what_is_to_be_brought_in_is_looked_at_first(
    window: MainWindow, qtbot: QtBot, recording: Path
) -> None:
    assert drop(window, recording.parent)
    page = window.taking_along.screen
    assert window.pages.current is page
    qtbot.waitUntil(page.confirm.isVisible, timeout=LONG_MS)


def test_while_a_practice_runs_nothing_is_taken(
    window: MainWindow, qtbot: QtBot, recording: Path
) -> None:
    begin_demo(qtbot, window)
    assert not drop(window, recording)
    assert window.pages.current is window.practice


def test_words_that_are_dragged_are_not_taken(window: MainWindow) -> None:
    held = QMimeData()
    held.setText("a few words")
    enters = QDragEnterEvent(window.rect().center(), COPY, held, LEFT, NOTHING)
    enters.ignore()
    QApplication.sendEvent(window, enters)
    assert not enters.isAccepted()


def test_ctrl_o_asks_for_a_file_and_opens_it(
    window: MainWindow, qtbot: QtBot, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_: object, title: str, *__: object) -> tuple[str, str]:
        asked.append(title)
        return str(recording), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    focused = QApplication.focusWidget() or window
    QTest.keyClick(focused, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert len(asked) == 1
    qtbot.waitUntil(lambda: window.pages.current is window.replay, timeout=LONG_MS)
