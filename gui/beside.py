"""Goes between the large window and the small orb that stays above all others."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.bridge import Bridge

if TYPE_CHECKING:
    from gui.screens.practice import PracticeScreen
    from gui.small_orb import SmallOrb

_HERE = {Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_S, Qt.Key.Key_M}
"""Keys that do something without a page to look at; any other brings the window back first."""


class Beside(QObject):
    """Shows the orb of a running practice alone, and brings the window back when it ends.

    Parameters
    ----------
    window
        The large one.
    practice
        Its screen of a practice.
    bridge
        Tells when the practice is over.
    """

    def __init__(self, window: QWidget, practice: PracticeScreen, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._practice, self._bridge = window, practice, bridge
        for over in (bridge.ended, bridge.failed):
            over.connect(lambda _: self.leave())

    @cached_property
    def orb(self) -> SmallOrb:
        """The small window."""
        from gui.small_orb import SmallOrb

        practice = self._practice
        made = SmallOrb(lambda: practice.fullness, lambda: practice.orb.warmth)
        made.large_wanted.connect(self.leave)
        made.key_pressed.connect(self._press)
        self.destroyed.connect(made.deleteLater)
        return made

    @property
    def is_shown(self) -> bool:
        """Whether the small orb stands for the window."""
        return "orb" in vars(self) and self.orb.isVisible()

    def toggle(self) -> None:
        """Go from one to the other."""
        if self.is_shown:
            self.leave()
        elif self._bridge.practising:
            self.orb.orb.set_hand(self._practice.orb.with_hand)
            self.orb.show()
            self.orb.activateWindow()
            self._window.showMinimized()

    def leave(self) -> None:
        """Bring the large window back, as it was."""
        if not self.is_shown:
            return
        self.orb.hide()
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def close(self) -> None:
        """Go with the window."""
        if "orb" in vars(self):
            self.orb.hide()

    def _press(self, key: int) -> None:
        if Qt.Key(key) not in _HERE:
            self.leave()
        press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._window, press)
