"""Another program's recording in the window: listed, opened and replayed like a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biofeedback.coming.bringing_in import bring_in
from biofeedback.sessions.first_words import mark_seen
from biofeedback.sessions.store import Store
from gui import theme
from gui.main_window import MainWindow
from tests.gui.conftest import opened

WAIT_MS = 30_000
RECORDING = Path(__file__).parents[3] / "shared" / "data" / "polar_h10_dhyb" / "sample_data_ibi.csv"


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    folder = tmp_path_factory.mktemp("kept")
    folder.chmod(0o700)
    mark_seen(folder)
    with Store.open(folder) as store:
        list(bring_in([RECORDING], store))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAND_ON_HEART_HOME", str(folder))
        patch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={folder}/no-bus")
        theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
        made = opened(MainWindow(folder))
        yield made
        made.close()
        made.deleteLater()


def test_it_is_listed_as_a_recording(window: MainWindow, qtbot: QtBot) -> None:
    window.bridge.read_kept()
    qtbot.waitUntil(lambda: len(window.home.kept) == 1, timeout=WAIT_MS)
    assert "a recording" in window.home.kept[0].text()


def test_its_page_opens(window: MainWindow, qtbot: QtBot) -> None:
    window.looking_back.open_session(1)
    screen = window.looking_back.session
    qtbot.waitUntil(lambda: screen.shown is not None, timeout=WAIT_MS)
    assert "A recording" in screen.about.text()


def test_it_is_replayed(window: MainWindow, qtbot: QtBot) -> None:
    window.watch("replay:1")
    screen = window.replay
    qtbot.waitUntil(lambda: screen.player is not None, timeout=WAIT_MS)
    screen.toggle_play()
    screen.seek(100.0)
    assert len(screen.view.heart.beats) > 80
