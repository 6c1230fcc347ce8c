"""A real display for real windows: the one there is, or an Xvfb of our own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from biofeedback.sessions.first_words import mark_seen
from gui import theme
from gui.app import application
from gui.main_window import MainWindow
from gui.settings import SettingsFile
from gui.system import display_available, missing_libraries

SCREEN = "1400x900x24"


def missing(reason: str) -> None:
    """Skip for a reason; in continuous integration that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of an X display that answers."""
    if display_available() and os.environ.get("QT_QPA_PLATFORM", "xcb") == "xcb":
        yield os.environ.get("DISPLAY", "")
        return
    if shutil.which("Xvfb") is None:
        missing("no display, and no Xvfb to make one (Debian: apt install xvfb)")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            missing("Xvfb did not start")
        os.environ["DISPLAY"] = f":{number}"
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        yield os.environ["DISPLAY"]
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def qapp(display: str) -> Iterator[QApplication]:
    """The application, on the display; it is gone before the display is."""
    lacking = missing_libraries()
    if lacking:
        packages = " ".join(package for _, package in lacking)
        missing(f"Qt's libraries are missing (Debian: apt install {packages})")
    app = application()
    yield app
    app.shutdown()


@pytest.fixture
def look(qapp: QApplication) -> theme.Look:
    """A light look at 100 % text, whatever the machine's is."""
    return theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, and no Bluetooth."""
    monkeypatch.setenv("HAND_ON_HEART_HOME", str(tmp_path / "data"))
    # an address where nobody answers: the same as a computer without Bluetooth
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/no-bus")
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    mark_seen(folder)
    return folder


@pytest.fixture
def muted(home: Path) -> None:
    """Sound is off: a practice at the wall's pace would look for a loudspeaker."""
    file = SettingsFile(home)
    file.change(sound=replace(file.settings.sound, muted=True))


def opened(window: MainWindow, width: int = 1280, height: int = 800) -> MainWindow:
    """Show a window and give it the keyboard: without a window manager nobody else does."""
    window.resize(width, height)
    window.show()
    assert QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    return window


@pytest.fixture
def window(look: theme.Look, home: Path) -> Iterator[MainWindow]:
    """The window at its home screen, 120 times as fast as the wall's clock."""
    made = opened(MainWindow(home, speed=120.0))
    yield made
    made.close()
    made.deleteLater()
