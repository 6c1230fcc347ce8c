"""From the command to the first picture, and back to the shell."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from biofeedback.sessions.info import Ended
from biofeedback.sessions.store import Store
from biofeedback.types import Choices
from gui.app import run_app
from gui.main_window import MainWindow

AFTER_FIRST_FRAME = (
    "numpy",
    "scipy",
    "bleak",
    "pyqtgraph",
    *(f"gui.screens.{name}" for name in ("practice", "setup", "summary", "phrases", "writing")),
    *(f"gui.screens.{name}" for name in ("replay", "own_guides", "assessing", "grounding")),
)


def test_a_practice_that_was_asked_for_begins_by_itself(qapp: QApplication, home: Path) -> None:
    seen: list[str] = []

    def look() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window.practice.phase is not None:
                seen.append(window.practice.phase.value)
                timer.stop()
                window.close()

    timer = QTimer()
    timer.setInterval(50)
    timer.timeout.connect(look)
    timer.start()
    assert run_app("sim:3", replace(Choices(), quiet_s=180.0), 5.0) == 0
    assert seen == ["quiet_before"]
    with Store.open(home) as store:
        (info,) = store.sessions()
    assert (info.source, info.ended) == ("sim:3", Ended.STOPPED)
    # no second quit is left for a loop that comes after it
    loop = QEventLoop()
    QTimer.singleShot(50, lambda: loop.exit(3))
    assert loop.exec() == 3


def test_what_takes_long_is_imported_after_the_first_picture(display: str, home: Path) -> None:
    code = f"""
import sys
from PySide6.QtCore import QEventLoop, QTimer
from gui.screens.home import HomeScreen
painted = HomeScreen.paintEvent
def paint(self, event):
    painted(self, event)
    early = [name for name in {AFTER_FIRST_FRAME} if name in sys.modules]
    print('early:', early, flush=True)
    HomeScreen.paintEvent = painted
    QTimer.singleShot(300, self.window().close)
HomeScreen.paintEvent = paint
from gui.app import run_app
sys.exit(run_app())
"""
    done = _ran(code, display)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "early: []"


def test_a_signal_ends_it_well_even_while_a_screen_is_made(display: str, home: Path) -> None:
    code = """
import os, signal, sys
from gui import screens_of_window as make
made = make.crisis
def crisis(window):
    os.kill(os.getpid(), signal.SIGTERM)
    return made(window)
make.crisis = crisis
from gui.app import run_app
sys.exit(run_app())
"""
    done = _ran(code, display)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_ends_when_the_window_is_closed_right_after_its_first_picture(
    display: str, home: Path
) -> None:
    code = """
import sys
from PySide6.QtCore import QEventLoop, QTimer
from gui import screens_of_window as make
made = make.grounding
def grounding(window):
    QTimer.singleShot(0, window, window.close)
    return made(window)
make.grounding = grounding
from gui.app import run_app
sys.exit(run_app())
"""
    done = _ran(code, display)
    assert (done.returncode, done.stderr) == (0, "")


def _ran(code: str, display: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_every_part_of_the_window_belongs_to_it(qapp: QApplication, home: Path) -> None:
    before = set(QApplication.topLevelWidgets())
    window = MainWindow(home)
    for made in (window, window.pace, window.written):
        for name, value in vars(type(made)).items():
            if isinstance(value, cached_property):
                getattr(made, name)
    alone = set(QApplication.topLevelWidgets()) - before - {window}
    # what drops down from a field is Qt's own
    strays = [each for each in alone if not each.inherits("QComboBoxPrivateContainer")]
    assert [(each.metaObject().className(), each.children()) for each in strays] == []
    window.close()
    window.deleteLater()
