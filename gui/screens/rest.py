"""Rest: nothing to do, nothing to read, until the person goes on."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from biofeedback.types import Choices
from gui import spoken, theme
from gui.screens.screen import Screen
from gui.widgets.buttons import Pill
from gui.widgets.orb import Orb
from gui.widgets.text import Text


class RestScreen(Screen):
    """The orb at rest, and one line."""

    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Rest"), parent)
        self.orb = Orb(self, cache_bytes=0)
        self._text = Text("", theme.LEAD_PX, parent=self)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back = Pill(self.tr("Done"), key=self.tr("Esc"), parent=self)
        self.back.clicked.connect(self.back_wanted)

    def first_focus(self) -> QWidget:
        """Done is where the keyboard begins."""
        return self.back

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Say the line, and let the orb come to rest."""
        super().showEvent(event)
        line = spoken.current().sets["rest"].line("after")
        self._text.setText(line.text_for(Choices(), paced=False))
        self._arrange()
        self.orb.breathe(None, theme.SETTLE_S)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Place the three things."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        size = self.back.sizeHint()
        text_w = min(width - 56, theme.current().px(640))
        text_h = self._text.heightForWidth(text_w)
        foot = height - size.height() - 24
        self.back.setGeometry((width - size.width()) // 2, foot, size.width(), size.height())
        self._text.setGeometry((width - text_w) // 2, foot - text_h - 28, text_w, text_h)
        room = foot - text_h - 28
        self.orb.place(QPoint(width // 2, room // 2), max(48.0, room * 0.36))
        self.orb.lower()
