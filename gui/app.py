"""Starts the window."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from biofeedback.practice.personal import OwnPlan
from biofeedback.types import Choices
from biofeedback.version import version
from gui import roles, theme
from gui.icon import window_icon

if TYPE_CHECKING:
    from gui.main_window import MainWindow
    from gui.only_one import Answer, Asked


def application() -> QApplication:
    """Return the running application, or make it."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QApplication.setApplicationName("hand-on-heart")
    QApplication.setApplicationDisplayName("Hand on Heart")
    QApplication.setApplicationVersion(version())
    QApplication.setDesktopFileName("hand-on-heart")
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    roles.install()
    return app


def run_app(
    source: str | None = None,
    choices: Choices | None = None,
    speed: float = 1.0,
    language: str = "",
    *,
    felt: bool = False,
    plan: OwnPlan | None = None,
    watching: bool = False,
) -> int:
    """Open the window, and stay until it is closed.

    Parameters
    ----------
    source
        Begin a practice with it at once; None shows the home screen.
    choices
        For that practice; None takes those that are remembered.
    speed
        Times real time, for simulated hearts and recordings.
    language
        Language of the words, for this visit; empty takes what is remembered, or the system's.
    felt
        Ask how it feels before and after, whatever is remembered.
    plan
        A plan from a file, to be kept among the person's and chosen.
    watching
        The source is a recording that is looked at; no practice begins.

    Returns
    -------
    int
        The exit code.
    """
    app = application()
    from gui.only_one import Asked, OnlyOne

    asked = Asked(_whole(source), choices, felt, watching)
    one = OnlyOne(_folder())
    if not one.is_first and plan is None and speed == 1.0:
        answer = one.hand_over(asked)
        if answer is not None:
            sys.stderr.write(_SAID[answer.value] + "\n")
            return 0
    theme.install(theme.Look())
    from gui.made import InIdleTime
    from gui.main_window import MainWindow
    from gui.unexpected import Unexpected

    app.setWindowIcon(window_icon())
    # By itself Qt goes on, unseen, where something of its own is still under way; and its quit
    # comes a second time, to a loop that is run after this one.
    app.setQuitOnLastWindowClosed(False)
    ends = app.lastWindowClosed.connect(lambda: app.exit(0))
    shown = _Shown(lambda named: MainWindow(_folder(), speed, named))
    window = shown.show_one(language)
    unexpected = Unexpected(app)
    unexpected.happened.connect(lambda details: shown.window.tell_unexpected(details))
    if plan is not None:
        window.locking.when_open(lambda: window.add_plan(plan))

    def settle() -> None:
        if not window.isVisible():
            return  # closed again at once
        window.bridge.read_kept()
        _start(window, asked)
        one.listen(lambda later: show_again(shown.window, later))
        InIdleTime(window.in_idle_time, window)

    after = _AfterFirstPaint(settle, window)
    (window.pages.current or window.home).installEventFilter(after)
    window.show()
    with _interruptible(shown.close):
        code = app.exec()
    unexpected.let_go()
    QObject.disconnect(ends)
    one.close()
    return code


_SAID = {
    "shown": "Hand on Heart is open already: its window is in front now.",
    "busy": "Hand on Heart is open, and a practice is running there. It was left in peace.",
}


def show_again(window: MainWindow, asked: Asked) -> Answer:
    """Bring the window to the front for a second start, and do what that wants."""
    from gui.only_one import Answer

    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    if asked.source is not None and window.bridge.practising:
        return Answer.BUSY
    # once the other start has its answer
    QTimer.singleShot(0, window, lambda: _start(window, asked))
    return Answer.SHOWN


def _start(window: MainWindow, asked: Asked) -> None:
    source = asked.source
    if source is not None and asked.watching:
        window.locking.when_open(lambda: window.watch(source))
    elif source is not None:
        window.locking.when_open(lambda: window.begin(source, asked.choices, felt=asked.felt))


def _whole(source: str | None) -> str | None:
    """Name a file so that a window that was started elsewhere finds it."""
    kind, _, rest = (source or "").partition(":")
    if kind.strip().lower() == "replay":
        with suppress(OSError):
            if Path(rest.strip()).exists():
                return f"replay:{Path(rest.strip()).resolve()}"
    return source


class _Shown:
    """The window that is shown; another takes its place when the language is changed."""

    def __init__(self, make: Callable[[str], MainWindow]) -> None:
        self._make = make
        self._window: MainWindow | None = None

    def show_one(self, language: str) -> MainWindow:
        """Make a window; it is not shown yet."""
        self._window = window = self._make(language)
        # once the page that was clicked has done its part
        window.language_changed.connect(lambda: QTimer.singleShot(0, window, self._replace))
        return window

    @property
    def window(self) -> MainWindow:
        """The one that can be seen."""
        assert self._window is not None
        return self._window

    def _replace(self) -> None:
        before = self._window
        assert before is not None
        window = self.show_one("")
        window.take_over(before)
        window.bridge.read_kept()
        window.show()
        before.close()
        before.deleteLater()

    def close(self) -> None:
        """Close it as its button would."""
        if self._window is not None:
            self._window.close()


class _AfterFirstPaint(QObject):
    """Does what takes longer once the first picture of the window is up."""

    def __init__(self, does: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._does: Callable[[], None] | None = does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for a picture."""
        if event.type() is QEvent.Type.Paint and self._does is not None:
            does, self._does = self._does, None
            QTimer.singleShot(0, self, does)
        return super().eventFilter(watched, event)


def _folder() -> Path | None:
    from biofeedback.sessions.errors import StorageError
    from biofeedback.sessions.folder import data_folder

    try:
        return data_folder()
    except StorageError:
        return None  # the bridge meets it again, and its sentence is shown


class _interruptible:  # noqa: N801 - reads as a phrase
    """Let Ctrl+C in the terminal close the window as its button would."""

    def __init__(self, close: Callable[[], object]) -> None:
        self._close = close
        self._timer = QTimer()
        # Python sees a signal only when it gets a turn.
        self._timer.setInterval(250)
        self._timer.timeout.connect(lambda: None)

    def __enter__(self) -> None:
        # Python hears a signal in the middle of anything: of a screen that is being made, for one.
        self._before = {
            number: signal.signal(number, lambda *_: QTimer.singleShot(0, self._close))
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.stop()
        for number, handler in self._before.items():
            signal.signal(number, handler)
