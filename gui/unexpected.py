"""Faults that nobody foresaw: said quietly, with details to copy, and the window stays."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtGui import QGuiApplication

from biofeedback.fault import details

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def details_of(error: BaseException) -> str:
    """Return what can be copied of an error; nothing private is in it."""
    return details(error, qt=qVersion(), display=QGuiApplication.platformName())


class Unexpected(QObject):
    """Listens for exceptions that nothing caught, in every thread, until `let_go`.

    What was done with them before (a line on stderr) is done still.
    """

    happened = Signal(str)
    """Details, to be copied; on the thread of whoever made this."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: Hook = sys.excepthook
        self._before_of_threads = threading.excepthook
        sys.excepthook = self._hear
        threading.excepthook = self._hear_of_thread

    def let_go(self) -> None:
        """Leave exceptions to whoever had them before."""
        sys.excepthook = self._before
        threading.excepthook = self._before_of_threads

    def _hear(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._before(kind, error, trace)
        if isinstance(error, Exception):
            self.happened.emit(details_of(error.with_traceback(trace)))

    def _hear_of_thread(self, args: threading.ExceptHookArgs) -> None:
        self._before_of_threads(args)
        if isinstance(args.exc_value, Exception):
            self.happened.emit(details_of(args.exc_value))
