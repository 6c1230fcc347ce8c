"""A chart of the trends with what it says in words, and its days as a table when asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.report.wording import Wording
from gui import theme
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.plain_table import PlainTable
from gui.widgets.text import Text
from gui.widgets.trend_chart import Drawn, TrendChart, table_of

ROWS = 60
"""So many of the newest days the table shows; what is copied holds all."""


class TrendBlock(QWidget):
    """Picture, words, table: the same in three ways."""

    told = Signal(str)
    open_wanted = Signal(int)
    grown = Signal(object)
    """A table was shown: the widget, so that it can be brought into sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn: Drawn | None = None
        self._words: Wording | None = None
        self.chart = TrendChart("")
        self.told_words = Text("", theme.BODY_PX, tone="ink_soft")
        self.readout = Text("", theme.SMALL_PX)
        self.readout.hide()
        small = theme.SMALL_PX
        self.as_table = Pill(
            self.tr("Days as a table"), Kind.QUIET, size_px=small, key="T", low=True
        )
        self.copy = Pill(self.tr("Copy the picture"), Kind.QUIET, size_px=small, key="C", low=True)
        self.copy_table = Pill(self.tr("Copy the days"), Kind.QUIET, size_px=small, low=True)
        self._row = Flow(2)
        for button in (self.as_table, self.copy, self.copy_table):
            self._row.add(button)
        self.table: PlainTable | None = None
        """Made when it is first asked for."""
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        for widget in (self.chart, self.readout, self.told_words, self._row):
            self._box.addWidget(widget)
        self.chart.pointed.connect(self._point)
        self.chart.table_wanted.connect(self.toggle_table)
        self.chart.told.connect(self.told)
        self.chart.open_wanted.connect(self.open_wanted)
        self.as_table.clicked.connect(self.toggle_table)
        self.copy.clicked.connect(self.chart.copy_picture)
        self.copy_table.clicked.connect(self.chart.copy_table)

    def set_name(self, name: str) -> None:
        """Say what the chart shows; its buttons and its table say what they belong to."""
        self.chart.set_name(name)
        for button in (self.as_table, self.copy, self.copy_table):
            button.setAccessibleDescription(name)
        if self.table is not None:
            self.table.setAccessibleName(name)

    def show_drawn(
        self, drawn: Drawn, told: list[str], words: Wording, *, numbers: bool, why: str = ""
    ) -> None:
        """Show a figure or a pair; see `TrendChart.show_drawn`."""
        self._drawn, self._words = drawn, words
        self.chart.show_drawn(drawn, " ".join(told), words, numbers=numbers, why=why)
        self.told_words.setText(" ".join(told))
        self.told_words.setVisible(bool(told) and not why)
        self._row.setVisible(not why)
        self.readout.hide()
        for button in (self.as_table, self.copy_table):
            button.setVisible(numbers)
        if self.table is not None:
            shown = not self.table.isHidden() and numbers and not why
            self.table.setVisible(shown)
            if shown:
                self._fill(self.table)

    def let_go(self) -> None:
        """Hold nothing any more."""
        self._drawn = None
        self.chart.let_go()
        for text in (self.told_words, self.readout):
            text.setText("")
        if self.table is not None:
            self.table.setRowCount(0)
            self.table.hide()

    def toggle_table(self) -> None:
        """Show the days as a table, or take it away."""
        if self._drawn is None or self.as_table.isHidden():
            return
        if self.table is None:
            self.table = PlainTable(self.chart.title)
            self._box.addWidget(self.table)
            self._fill(self.table)
            self.table.show()
        else:
            self.table.setVisible(self.table.isHidden())
            self._fill(self.table)
        if not self.table.isHidden():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.grown.emit(self.table)

    def _fill(self, table: PlainTable) -> None:
        if self._drawn is not None and self._words is not None:
            table.show_rows(table_of(self._drawn, self._words, ROWS))

    def _point(self, words: str) -> None:
        self.readout.setText(words)
        self.readout.show()
