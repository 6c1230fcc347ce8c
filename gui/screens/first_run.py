"""The page of the first start: what this is, what it isn't, ask first, and that all is a choice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui import spoken, theme
from gui.screens.screen import (
    MARGIN_PX,
    NARROW_MARGIN_PX,
    NARROW_PX,
    RING_PX,
    Screen,
    scrolling,
    settle,
)
from gui.widgets.buttons import Kind, Pill
from gui.widgets.text import Text


class FirstRunScreen(Screen):
    """Shown once; any key that goes on will do. Help shows it again."""

    open_to_all = True

    go_on_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Before you begin"), parent)
        self._lines: dict[tuple[str, str], Text] = {}
        self._inner = inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setHorizontalSpacing(56)
        self._grid.setVerticalSpacing(26)
        self._grid.setContentsMargins(RING_PX, 0, 10, 0)
        self._parts = (
            self._part(
                self.tr("What this is"),
                [self.tr("A quiet place to practise kindness to yourself, with slow breath.")],
                [("safety", "what")],
            ),
            self._part(self.tr("Ask first"), [], [("safety", "who"), ("safety", "therapy")]),
            self._part(
                self.tr("All of it is your choice"),
                [],
                [("settle", "choice"), ("settle", "eyes"), ("settle", "none")],
            ),
            self._part(self.tr("Take care"), [], [("safety", "stop"), ("safety", "where")]),
        )
        draft = self.tr("The wording is a draft. No clinician has reviewed it yet.")
        self._draft = Text(draft, theme.SMALL_PX, tone="ink_soft")
        self.go_on = Pill(self.tr("Go on"), Kind.SOLID, key=self.tr("Enter"))
        self.go_on.clicked.connect(self.go_on_wanted)
        title = Text(self.tr("Before you begin"), theme.TITLE_PX)
        for text in (title, self._draft):
            text.setIndent(RING_PX)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(10)
        self._outer.addWidget(title)
        self._outer.addSpacing(6)
        area = scrolling(inner)
        self._outer.addWidget(area)
        self._outer.addWidget(self._draft)
        self._outer.addWidget(self.go_on, alignment=Qt.AlignmentFlag.AlignLeading)
        settle(self._outer, area)
        theme.look().changed.connect(self._arrange)
        spoken.spoken().changed.connect(self._take_words)

    def _part(self, title: str, said: list[str], lines: list[tuple[str, str]]) -> QWidget:
        part = QWidget(self._inner)
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(Text(title, theme.BODY_PX, tone="breath", medium=True))
        for sentence in said:
            box.addWidget(Text(sentence, theme.LEAD_PX))
        for line in lines:
            self._lines[line] = Text("", theme.LEAD_PX)
            box.addWidget(self._lines[line])
        box.addStretch(1)
        self._take_words()
        return part

    def _take_words(self) -> None:
        sets = spoken.language_alone().sets
        for (set_id, line_id), text in self._lines.items():
            text.setText(sets[set_id].line(line_id).text)

    def first_focus(self) -> QWidget:
        """Return the button that goes on."""
        return self.go_on

    def key(self, key: int) -> bool:
        """Go on with Enter; return whether a key means something here."""
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go_on_wanted.emit()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set it in two columns, or in one where it is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(1060)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 26, side - RING_PX, 18)
        two = self.width() >= theme.current().px(860)
        for number, each in enumerate(self._parts):
            self._grid.removeWidget(each)
            row, column = divmod(number, 2) if two else (number, 0)
            self._grid.addWidget(each, row, column)
        self._grid.setRowStretch(2 if two else len(self._parts), 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if two else 0)
