"""The history as a calendar: a month, and the practices of the day that is picked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from biofeedback.practice.content import Content, load_content
from biofeedback.sessions.history import Listed, by_day, months_on
from gui import history_words, theme
from gui.screens.screen import scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.month import MonthView
from gui.widgets.session_list import SessionList
from gui.widgets.text import Text

_BESIDE_PX = 300
"""The day's practices stand beside the month where they have at least this width, unscaled."""


class CalendarPanel(QWidget):
    """A month at the reading side, the day beside it; narrow, below it."""

    picked = Signal()
    """Other practices are picked than before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: dict[date, tuple[Listed, ...]] = {}
        self._content: Content = load_content()
        self._today = date.min
        self.month = MonthView()
        self.name = Text("", theme.LEAD_PX, wrap=False)
        self.back = Pill("\N{LEFTWARDS ARROW}", Kind.QUIET, low=True)
        self.back.setAccessibleName(self.tr("The month before"))
        self.on = Pill("\N{RIGHTWARDS ARROW}", Kind.QUIET, low=True)
        self.on.setAccessibleName(self.tr("The month after"))
        self.today = Pill(self.tr("Today"), Kind.QUIET, low=True)
        self.day = Text("", theme.LEAD_PX)
        self.none = Text(self.tr("No practice on this day."), theme.BODY_PX, tone="ink_soft")
        self.list = SessionList(self.tr("Practices of this day"))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.back.clicked.connect(lambda: self.month.go_to(months_on(self.month.day, -1)))
        self.on.clicked.connect(lambda: self.month.go_to(months_on(self.month.day, 1)))
        self.today.clicked.connect(lambda: self.month.go_to(self._today))
        self.month.picked.connect(lambda _: self._show_day())
        self.month.picked.connect(lambda _: self._bring_into_sight())
        self.month.entered.connect(self._enter)
        self.list.picked.connect(self.picked)
        theme.look().changed.connect(self._arrange)
        inner = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._row.setContentsMargins(0, 0, 10, 0)
        self._row.setSpacing(24)
        self._row.addWidget(self._made_month(), 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._made_day(), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = scrolling(inner)
        outer.addWidget(self._area)

    def _made_month(self) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self.name, 1)
        for button in (self.today, self.back, self.on):
            head.addWidget(button)
        box.addLayout(head)
        box.addWidget(self.month)
        return made

    def _made_day(self) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.day)
        box.addWidget(self.none)
        box.addWidget(self.list)
        box.addStretch(1)
        return made

    def show_rows(self, rows: Sequence[Listed], content: Content, today: date) -> None:
        """Show these practices; the day that is picked stays."""
        self._days, self._content, self._today = by_day(rows), content, today
        self.month.show_days(today, self._days)
        self._show_day()

    def _show_day(self) -> None:
        day = self.month.day
        rows = self._days.get(day, ())
        self.name.setText(history_words.month_words(day))
        self.day.setText(history_words.whole_day_words(day))
        place = self.list.currentIndex().row()
        self.list.rows.set_rows(rows, self._content, self._today)
        self.list.pick_place(max(0, place))
        self.none.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.list.setFixedHeight(max(1, self.list.height_of_all_px()))
        self.picked.emit()

    def _bring_into_sight(self) -> None:
        """Scroll to the day where the page is lower than the month."""
        cell = self.month.visualRect(self.month.currentIndex())
        inside = self._area.widget()
        if inside is not None:
            at = self.month.viewport().mapTo(inside, cell.center())
            self._area.ensureVisible(at.x(), at.y(), 0, cell.height())

    def _enter(self) -> None:
        """Go from a day to its practices."""
        if not self.list.isHidden():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------- Qt's
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the day beside the month, or below it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        needs = self.month.sizeHint().width() + theme.current().px(_BESIDE_PX)
        beside = self.width() >= needs
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self.list.setFixedHeight(max(1, self.list.height_of_all_px()))
