"""Take your data with you, in the window: looked at first, written, brought back in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from biofeedback.practice.personal import Personal
from biofeedback.practice.writing import Answer, Writing
from biofeedback.sessions.first_words import mark_seen
from biofeedback.sessions.personal_file import PersonalFile
from biofeedback.sessions.store import Store
from gui import theme
from gui.main_window import MainWindow
from gui.screens.leave import LeaveScreen
from tests.biofeedback.leaving.full_session import full_session
from tests.gui.conftest import opened

WAIT_MS = 30_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("kept")
    made.chmod(0o700)
    mark_seen(made)
    PersonalFile(made).keep(Personal().with_phrase("en", "kind", "Slowly, friend.")[0])
    with Store.open(made) as store:
        store.arrivals.add([full_session("a" * 32, 1), full_session("b" * 32, 2)])
        page = Writing("letter", (Answer("topic", "About", "a walk"),))
        store.writings.save(page, written_at=datetime(2026, 1, 2, tzinfo=UTC))
    return made


@pytest.fixture(scope="module")
def window(qapp: QApplication, folder: Path) -> Iterator[MainWindow]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAND_ON_HEART_HOME", str(folder))
        patch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={folder}/no-bus")
        theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
        made = opened(MainWindow(folder))
        yield made
        made.close()
        made.deleteLater()


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> LeaveScreen:
    """The page, opened from help, with what would leave on it."""
    window.open_help()
    window.help.leave.click()
    screen = window.taking_along.screen
    qtbot.waitUntil(lambda: "Practices" in screen.held.text(), timeout=WAIT_MS)
    assert window.pages.current is screen
    return screen


def choose(monkeypatch: pytest.MonkeyPatch, kind: str, answer: object) -> None:
    monkeypatch.setattr(QFileDialog, kind, lambda *_, **__: answer)


def test_what_leaves_and_that_it_is_not_protected_is_said_before(
    window: MainWindow, page: LeaveScreen, qtbot: QtBot
) -> None:
    assert "Practices: 2" in page.held.text()
    assert "guides, words and plans: 1" in page.held.text()
    assert "name and address of your strap" in page.held.text()
    assert "not protected" in page.warning.text()
    assert page.warning.isVisible()
    page.writings.chip("with").click()
    qtbot.waitUntil(lambda: "Pages that you saved: 1" in page.held.text(), timeout=WAIT_MS)
    page.form.chip("rr").click()
    qtbot.waitUntil(lambda: "Pages" not in page.held.text(), timeout=WAIT_MS)
    assert page.writings.isHidden()
    page.writings.set_value("without")
    page.form.chip("zip").click()
    qtbot.waitUntil(lambda: "plans: 1" in page.held.text(), timeout=WAIT_MS)
    QTest.keyClick(page.back, Qt.Key.Key_Escape)
    assert window.pages.current is window.help


def test_it_is_written_and_brought_back_into_another_home(
    window: MainWindow,
    page: LeaveScreen,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "mine.zip"
    choose(monkeypatch, "getSaveFileName", (str(path), ""))
    page.write.click()
    qtbot.waitUntil(lambda: "It is written to" in page.told.text(), timeout=WAIT_MS)
    assert str(path) in page.told.text()
    with ZipFile(path) as archive:
        assert len([name for name in archive.namelist() if name.startswith("sessions/")]) == 2
    choose(monkeypatch, "getOpenFileNames", ([str(path)], ""))
    page.files.click()
    qtbot.waitUntil(lambda: "Here already: 2" in page.told.text(), timeout=WAIT_MS)
    assert page.confirm.isHidden()


def test_what_would_come_in_is_said_first_and_then_comes(
    window: MainWindow,
    page: LeaveScreen,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
) -> None:
    rr = "\n".join(str(800 + 10 * (number % 7)) for number in range(60))
    (tmp_path / "rr.txt").write_text(rr, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no heart in it", encoding="utf-8")
    choose(monkeypatch, "getExistingDirectory", str(tmp_path))
    page.folder.click()
    qtbot.waitUntil(lambda: "New practices: 1" in page.told.text(), timeout=WAIT_MS)
    assert "Could not be read: 1" in page.told.text()
    assert "notes.txt" in page.told.text()
    with Store.open(folder) as store:
        assert store.n_sessions() == 2
    page.confirm.click()
    qtbot.waitUntil(lambda: page.told.text().startswith("Done."), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Practices: 3" in page.held.text(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(window.home.kept) == 3, timeout=WAIT_MS)


def test_stopping_leaves_no_half_file(
    window: MainWindow,
    page: LeaveScreen,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose(monkeypatch, "getSaveFileName", (str(tmp_path / "mine.zip"), ""))
    # The stop comes before the first session is read: it is asked for at once.
    monkeypatch.setattr(window.taking_along._stop, "clear", window.taking_along._stop.set)
    page.write.click()
    qtbot.waitUntil(lambda: "Stopped" in page.told.text(), timeout=WAIT_MS)
    assert list(tmp_path.iterdir()) == []
    assert page.write.isEnabled()


def test_a_place_that_cannot_be_is_said(
    page: LeaveScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, "getSaveFileName", ("/nowhere/at/all.zip", ""))
    page.write.click()
    qtbot.waitUntil(lambda: "no folder /nowhere/at" in page.told.text(), timeout=WAIT_MS)
