"""What was written so far, as a sheet at the side: to look at, and to edit in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.practice.content import Line
from gui import theme
from gui.pages_of_visit import VisitPage
from gui.roles import Role
from gui.screens.screen import scrolling
from gui.widgets.buttons import Pill
from gui.widgets.paper import Paper, blank_document
from gui.widgets.text import Text


class EarlierPanel(QWidget):
    """The answers to other lines, each in a field of its own."""

    accessible_role = Role.Pane

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What I wrote"))
        self.papers: list[Paper] = []
        self._blank = blank_document()
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(20, 18, 20, 18)
        self._box.setSpacing(theme.UNIT_PX)
        self._box.addWidget(Text(self.tr("What I wrote"), theme.LEAD_PX))
        self._answers: QWidget | None = None
        self.close_button = Pill(self.tr("Close"), key=self.tr("Esc"))
        self.close_button.clicked.connect(self.closed)
        self._box.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignLeading)
        self._box.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.addWidget(scrolling(inner, tone="raised"))
        theme.look().changed.connect(self.update)

    def show_answers(self, page: VisitPage, lines: Sequence[Line]) -> None:
        """Show what the page holds for these lines."""
        self.let_go()
        answers = QWidget()
        box = QVBoxLayout(answers)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.UNIT_PX)
        for line in lines:
            box.addWidget(Text(line.text, theme.SMALL_PX, tone="ink_soft"))
            paper = Paper(96)
            paper.setAccessibleName(line.text)
            paper.write_on(page.document(line.line_id))
            self.papers.append(paper)
            box.addWidget(paper)
        self._answers = answers
        self._box.insertWidget(1, answers)

    def let_go(self) -> None:
        """Show nothing any more: a document must be seen in one place at a time."""
        for paper in self.papers:
            paper.write_on(self._blank)
        self.papers = []
        if self._answers is not None:
            self._answers.setParent(None)
            self._answers.deleteLater()
            self._answers = None

    def first_focus(self) -> QWidget:
        """Return the first field."""
        return self.papers[0] if self.papers else self.close_button

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay a sheet on the paper."""
        tones = theme.current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones.line), 1))
        painter.setBrush(QColor(tones.raised))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS_PX, theme.RADIUS_PX)
