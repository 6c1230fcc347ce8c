"""What stands in place of a history before there is one: a kind sentence and a way to begin."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.text import Text


class NothingKept(QWidget):
    """No empty chart, no empty calendar: nothing is missing."""

    begin_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.begin = Pill(self.tr("Begin with my strap"), Kind.SOLID)
        self.demo = Pill(self.tr("Begin without a strap"))
        self.begin.clicked.connect(self.begin_wanted)
        self.demo.clicked.connect(self.demo_wanted)
        told = self.tr(
            "Whenever you like, take a few quiet minutes. What you practise will be here "
            "to look at again, on this computer only."
        )
        row = Flow(6)
        row.add(self.begin)
        row.add(self.demo)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addStretch(1)
        box.addWidget(Text(self.tr("Nothing is kept here yet."), theme.WORDS_PX))
        box.addWidget(Text(told, theme.LEAD_PX, tone="ink_soft"))
        box.addWidget(row)
        box.addStretch(2)
