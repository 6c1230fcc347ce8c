"""What all screens share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui import theme

MARGIN_PX = 48
NARROW_MARGIN_PX = 28
NARROW_PX = 1100


class Screen(QWidget):
    """A page of paper. The window shows one at a time.

    ``name`` is what a screen reader says when it comes; ``first_focus`` gets the keyboard.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.look().changed.connect(self.update)

    def first_focus(self) -> QWidget:
        """Return the widget that the keyboard begins with."""
        return self

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the paper."""
        QPainter(self).fillRect(event.rect(), QColor(theme.current().colours.paper))


def scrolling(content: QWidget) -> QScrollArea:
    """Return an area that scrolls ``content`` up and down where it doesn't fit."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def column(gap_px: int = theme.UNIT_PX) -> QVBoxLayout:
    """Return a column without margins."""
    box = QVBoxLayout()
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap_px)
    return box
