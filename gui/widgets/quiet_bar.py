"""A quiet bar that says what was done and takes it back; it waits as long as the page is there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui import theme
from gui.announce import announce
from gui.widgets.buttons import Kind, Pill
from gui.widgets.text import Text


class QuietBar(QWidget):
    """A sentence, *Undo*, and a button that lets go. Nothing in it runs out.

    ``let_go`` says what is let go of when the bar is closed.
    """

    undo_wanted = Signal()
    dismissed = Signal()
    """It was closed: what it offered is not wanted."""

    def __init__(self, let_go: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Text("", theme.BODY_PX)
        self.undo = Pill(self.tr("Undo"), key="U", low=True)
        self.dismiss = Pill(let_go, Kind.QUIET, low=True)
        self.undo.clicked.connect(self.take_back)
        self.dismiss.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        row.addWidget(self.dismiss)
        theme.look().changed.connect(self.update)
        self.hide()

    def offer(self, sentence: str) -> None:
        """Say what was done, and offer to take it back."""
        self.words.setText(sentence)
        self.show()
        announce(self, sentence)

    def take_back(self) -> None:
        """Take it back, if it is offered."""
        if not self.isHidden():
            self.hide()
            self.undo_wanted.emit()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().colours.sunken))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS_PX, theme.RADIUS_PX)
