"""The small button that is at the same place on every screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.buttons import Kind, Pill

_HEIGHT_PX = 30


class Corner(Pill):
    """A quiet button that takes little room, yet is large enough to hit."""

    def __init__(self, text: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(text, Kind.QUIET, size_px=theme.SMALL_PX, key=key, parent=parent)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the label, lower than other buttons."""
        return QSize(super().sizeHint().width(), theme.current().px(_HEIGHT_PX))
