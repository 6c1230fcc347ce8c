"""Dims a screen for eyes that are half or fully shut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui import theme

DIM = {"open": 0.0, "half": 0.45, "shut": 0.85}
"""How much of the light each way to hold one's eyes takes away."""


class Veil(QWidget):
    """Lies over a screen and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._dim = 0.0
        self._lifted = 0.0
        self.hide()

    def set_eyes(self, eyes: str) -> None:
        """Dim as much as these eyes want."""
        self._dim = DIM[eyes]
        self._show()

    def lift(self, part: float) -> None:
        """Lift it as far as the controls have come back, 0..1."""
        if part != self._lifted:
            self._lifted = part
            self._show()

    @property
    def darkness(self) -> float:
        """How much of the light is taken away now, 0..1."""
        return self._dim * (1.0 - self._lifted)

    def _show(self) -> None:
        self.setVisible(self.darkness > 0)
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay a dark, see-through sheet."""
        shade = QColor(theme.DARK.sunken)
        shade.setAlphaF(self.darkness)
        QPainter(self).fillRect(event.rect(), shade)
