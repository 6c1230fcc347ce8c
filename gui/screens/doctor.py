"""What works on this computer: each thing in a line, and what helps where it doesn't."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.announce import announce
from gui.screens.screen import (
    MARGIN_PX,
    NARROW_MARGIN_PX,
    NARROW_PX,
    RING_PX,
    Screen,
    column,
    scrolling,
    settle,
)
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.text import Text

_WIDEST_PX = 760


class Finding(NamedTuple):
    """One thing that was looked at, in the person's language."""

    title: str
    """What, and what came of it in a word."""
    sentence: str
    action: str
    """What helps; empty where nothing need be done."""


class DoctorScreen(Screen):
    """Looks when it is opened, and again when asked to."""

    look_wanted = Signal()
    back_wanted = Signal()
    ground_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What works here"), parent)
        inner = QWidget()
        self._list = column(4)
        box = QVBoxLayout(inner)
        box.setContentsMargins(RING_PX, 0, 10, 0)
        box.setSpacing(12)
        self.state = Text("", theme.BODY_PX, tone="ink_soft")
        box.addWidget(Text(self.tr("What works here"), theme.TITLE_PX))
        box.addWidget(self.state)
        box.addLayout(self._list)
        box.addStretch(1)
        self._findings: tuple[Finding, ...] = ()
        self._copied = ""
        self.again = Pill(self.tr("Look again"))
        self.copy = Pill(self.tr("Copy"), Kind.OUTLINE)
        self.copy.setAccessibleDescription(self.tr("For a report. Nothing private is in it."))
        self.ground = Pill(self.tr("Grounding"), Kind.QUIET, key="G")
        self.back = Pill(self.tr("Back"), key=self.tr("Esc"))
        self.again.clicked.connect(self.look_wanted)
        self.copy.clicked.connect(self._copy)
        self.ground.clicked.connect(self.ground_wanted)
        self.back.clicked.connect(self.back_wanted)
        foot = Flow(6)
        for button in (self.back, self.again, self.copy, self.ground):
            foot.add(button)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(10)
        area = scrolling(inner)
        self._outer.addWidget(area)
        self._outer.addWidget(foot)
        settle(self._outer, area)
        theme.look().changed.connect(self._arrange)

    def show_looking(self) -> None:
        """Say that it takes a moment."""
        self._show((), "")
        self.again.setEnabled(False)
        self._say(self.tr("Looking. It takes up to half a minute; put your strap on meanwhile."))

    def show_findings(self, findings: Sequence[Finding], copied: str, *, fine: bool) -> None:
        """Show what was found.

        Parameters
        ----------
        findings
            In the order in which they are needed.
        copied
            What *Copy* copies.
        fine
            Whether a practice with a strap has all that it needs.
        """
        self._show(findings, copied)
        self.again.setEnabled(True)
        self._say(
            self.tr("All that a practice with a strap needs works.")
            if fine
            else self.tr("A practice with a strap is not possible yet. Without one it is.")
        )

    def show_failed(self) -> None:
        """Say that it could not be looked."""
        self._show((), "")
        self.again.setEnabled(True)
        self._say(self.tr("It could not be looked this time. You can try again."))

    def _show(self, findings: Sequence[Finding], copied: str) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._copied = copied
        self.copy.setEnabled(bool(copied))
        for title, sentence, action in findings:
            self._list.addWidget(Text(title, theme.BODY_PX, medium=True))
            self._list.addWidget(Text(sentence, theme.BODY_PX))
            if action:
                self._list.addWidget(Text(action, theme.SMALL_PX, tone="ink_soft"))
            self._list.addSpacing(10)

    def _say(self, words: str) -> None:
        self.state.setText(words)
        announce(self, words)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._copied)
        self._say(self.tr("Copied. Nothing private is in it."))

    def first_focus(self) -> QWidget:
        """Back is where the keyboard begins."""
        return self.back

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(_WIDEST_PX)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 26, side - RING_PX, 18)
