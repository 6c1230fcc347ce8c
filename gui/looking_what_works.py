"""Runs ``doctor`` in a process of its own, and shows what it finds.

Nothing that hangs or ends there, a sound driver for one, takes the window along.
"""

from __future__ import annotations

import json
import sys
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal

from biofeedback.version import version
from gui.pages import Pages

if TYPE_CHECKING:
    from gui.screens.doctor import DoctorScreen
    from gui.screens.screen import Screen

LISTEN_S = 20
"""How long a strap is listened to at most."""


def command() -> list[str]:
    """Return what runs ``doctor``; in a bundle the program is its own Python."""
    start = [] if getattr(sys, "frozen", False) else ["-m", "biofeedback"]
    return [sys.executable, *start, "doctor", "--json", "--seconds", str(LISTEN_S)]


class LookingWhatWorks(QObject):
    """Leads to the page, and back to where it was opened."""

    ground_wanted = Signal()

    def __init__(self, pages: Pages, home: Screen) -> None:
        super().__init__(pages)
        self._pages = pages
        self._behind: Screen = home
        self._process: QProcess | None = None

    @cached_property
    def screen(self) -> DoctorScreen:
        """The page."""
        from gui.screens.doctor import DoctorScreen

        screen = DoctorScreen()
        self._pages.add(screen)
        screen.look_wanted.connect(self.look)
        screen.back_wanted.connect(self.leave)
        screen.ground_wanted.connect(self.ground_wanted)
        return screen

    def open(self) -> None:
        """Show the page, and look."""
        if self._pages.current is not None and self._pages.current is not self.screen:
            self._behind = self._pages.current
        self._pages.turn_to(self.screen)
        self.look()

    def look(self) -> None:
        """Look, unless that is under way."""
        if self._process is not None:
            return
        self.screen.show_looking()
        self._process = process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._done)
        process.errorOccurred.connect(self._done)
        program, *arguments = command()
        process.start(program, arguments)

    def leave(self) -> None:
        """Go back; what is under way is let go of."""
        self.close()
        self._pages.turn_to(self._behind)

    def escape(self, screen: Screen | None) -> bool:
        """Leave the page; return whether ``screen`` was it."""
        if "screen" not in vars(self) or screen is not self.screen:
            return False
        self.leave()
        return True

    def close(self) -> None:
        """Stop looking."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._done)
            process.errorOccurred.disconnect(self._done)
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def _done(self) -> None:
        from gui.doctor_words import findings, to_copy

        process, self._process = self._process, None
        if process is None:
            return
        process.deleteLater()
        try:
            told = json.loads(bytes(process.readAllStandardOutput().data()))
            checks = told["checks"]
            self.screen.show_findings(
                findings(checks), to_copy(checks, version()), fine=bool(told["ok"])
            )
        except (ValueError, KeyError, TypeError):
            self.screen.show_failed()
