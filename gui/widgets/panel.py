"""A quiet block that holds what belongs together."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.roles import Role
from gui.widgets.text import Text

PAD_PX = 18


class Panel(QWidget):
    """A heading, and below it whatever is added to `box`, on a ground of its own."""

    accessible_role = Role.Grouping

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(PAD_PX, 14, PAD_PX, 14)
        self.box.setSpacing(theme.UNIT_PX)
        self.box.addWidget(Text(title, theme.BODY_PX, medium=True))
        theme.look().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().colours.sunken))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS_PX, theme.RADIUS_PX)
