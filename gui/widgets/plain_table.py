"""A table of words that can be read, gone through by key, and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui import theme

_FIRST_SHARE, _LAST_SHARE = 1.7, 1.7
"""The first and the last column hold words, and are so much wider than those with figures."""

_EDGE_PX = 8


class PlainTable(QTableWidget):
    """As high as its words need; the page scrolls, not the table."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        theme.look().changed.connect(self._dress)
        self._dress()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show rows, the first one being the heading."""
        head, *body = rows
        self.setColumnCount(len(head))
        self.setRowCount(len(body))
        self.setHorizontalHeaderLabels(list(head))
        for y, row in enumerate(body):
            for x, words in enumerate(row):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.setItem(y, x, item)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of all rows."""
        height = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length()
        height += 2 * _EDGE_PX + 4
        return QSize(480, height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same height."""
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Break the words anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the width out, and give each row the height that its words need."""
        n = self.columnCount()
        if not n:
            return
        shares = [_FIRST_SHARE, *([1.0] * (n - 2)), _LAST_SHARE] if n > 2 else [1.0] * n
        for x, share in enumerate(shares):
            self.setColumnWidth(x, int(self.viewport().width() * share / sum(shares)))
        metrics = self.fontMetrics()
        pad = self._pad_px
        for y in range(self.rowCount()):
            heights = [metrics.height()]
            for x in range(n):
                item = self.item(y, x)
                room = QRect(0, 0, self.columnWidth(x) - 2 * pad - 8, 10_000)
                words = item.text() if item is not None else ""
                box = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), words)
                heights.append(box.height())
            self.setRowHeight(y, max(heights) + 2 * pad)
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)
            self.updateGeometry()

    @property
    def _pad_px(self) -> int:
        return theme.current().px(6)

    def _dress(self) -> None:
        look = theme.current()
        tones = look.colours
        self.setFont(look.font(theme.BODY_PX))
        self.horizontalHeader().setFont(look.font(theme.SMALL_PX))
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        )
        self.setStyleSheet(
            f"QTableWidget {{ background: {tones.sunken}; color: {tones.ink};"
            f" border-radius: 12px; padding: {_EDGE_PX}px;"
            f" selection-background-color: {tones.breath}; selection-color: {tones.on_breath}; }}"
            f"QTableWidget::item {{ padding: 0 {self._pad_px}px; }}"
            f"QHeaderView {{ background: transparent; }}"
            f"QHeaderView::section {{ background: {tones.sunken}; color: {tones.ink_soft};"
            f" border: none; padding: {self._pad_px}px; }}"
            f"QTableWidget:focus {{ border: 3px solid {tones.focus}; padding: {_EDGE_PX - 3}px; }}"
        )
        self._fit()
