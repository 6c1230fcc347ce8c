"""A sheet on which days are deleted, or everything; and what is deleted is brought back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from biofeedback.practice.content import Content
from biofeedback.sessions.history import Listed, between
from gui import history_words, theme, wording
from gui.screens.sheet import Sheet
from gui.widgets.buttons import Kind, Pill
from gui.widgets.day_field import DayField
from gui.widgets.flow import Flow
from gui.widgets.panel import Panel
from gui.widgets.session_list import SessionList
from gui.widgets.text import Text

_ROWS_SEEN = 3


class DeletingSheet(Sheet):
    """Days can be brought back after; everything is asked for once, and is for good."""

    delete_wanted = Signal(object)
    """Numbers of sessions (tuple of int)."""
    delete_all_wanted = Signal()
    restore_wanted = Signal(object)
    """Numbers of deleted sessions (tuple of int)."""
    purge_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        name = wording.tr("Delete practices")
        super().__init__(name, name, wording.tr("Esc"), parent)
        self._rows: tuple[Listed, ...] = ()
        self.lay(self._made_deleted(), self._made_days(), self._made_all())

    def _made_days(self) -> QWidget:
        panel = Panel(self.tr("Some days"))
        self.first = DayField(self.tr("From this day"))
        self.last = DayField(self.tr("To this day"))
        days = Flow(8)
        days.add(self.first)
        days.add(Text(self.tr("to"), theme.BODY_PX, tone="ink_soft", wrap=False))
        days.add(self.last)
        self.found = Text("", theme.BODY_PX)
        self.days = Pill(self.tr("Delete these"), low=True)
        for field in (self.first, self.last):
            field.changed.connect(self._tell_days)
        self.days.clicked.connect(lambda: self.delete_wanted.emit(self._in_days()))
        for widget in (days, self.found, self.days):
            panel.box.addWidget(widget)
        return panel

    def _made_all(self) -> QWidget:
        panel = Panel(self.tr("Everything"))
        self.all = Pill(self.tr("Delete everything"), low=True)
        self.question = Text(
            self.tr(
                "This deletes every practice for real: heartbeats, figures, ratings, tags and "
                "notes. It can't be taken back. Pages that you wrote and saved stay."
            ),
            theme.BODY_PX,
        )
        self.keep = Pill(self.tr("Keep everything"), low=True)
        self.sure = Pill(self.tr("Delete everything for good"), low=True)
        self._answers = Flow(4)
        self._answers.add(self.keep)
        self._answers.add(self.sure)
        self.all.clicked.connect(lambda: self._ask(asking=True))
        self.keep.clicked.connect(lambda: self._ask(asking=False))
        self.sure.clicked.connect(self._everything)
        for widget in (self.all, self.question, self._answers):
            panel.box.addWidget(widget)
        self._ask(asking=False)
        return panel

    def _made_deleted(self) -> QWidget:
        self._deleted = Panel(self.tr("Deleted, and not yet gone"))
        told = self.tr("These can be brought back until Hand on Heart is closed.")
        self.list = SessionList(self.tr("Deleted practices"), markable=False)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restore = Pill(self.tr("Bring back"), low=True)
        self.purge = Pill(self.tr("Delete for good now"), Kind.QUIET, low=True)
        self.restore.clicked.connect(lambda: self.restore_wanted.emit(self.list.picked_numbers))
        self.list.open_wanted.connect(lambda number: self.restore_wanted.emit((number,)))
        self.purge.clicked.connect(self.purge_wanted)
        row = Flow(4)
        row.add(self.restore)
        row.add(self.purge)
        for widget in (Text(told, theme.SMALL_PX, tone="ink_soft"), self.list, row):
            self._deleted.box.addWidget(widget)
        self._deleted.hide()
        return self._deleted

    def show_rows(
        self,
        rows: tuple[Listed, ...],
        deleted: tuple[Listed, ...],
        content: Content,
        today: date,
    ) -> None:
        """Show what is kept, newest first, and what is deleted."""
        fresh = not self._rows
        self._rows = rows
        if fresh and rows:
            self.first.set_day(rows[0].day)
            self.last.set_day(rows[0].day)
        self._ask(asking=False)
        self._tell_days()
        self.list.rows.set_rows(deleted, content, today)
        self.list.pick(None)
        row_px = self.list.height_of_all_px() / max(1, len(deleted))
        self.list.setFixedHeight(round(row_px * min(_ROWS_SEEN, max(1, len(deleted)))))
        self._deleted.setVisible(bool(deleted))

    def first_focus(self) -> QWidget:
        """Begin with what is deleted, where there is something; else with the days."""
        return self.first if self._deleted.isHidden() else self.list

    def _in_days(self) -> tuple[int, ...]:
        return tuple(row.id for row in between(self._rows, self.first.day, self.last.day))

    def _tell_days(self) -> None:
        n = len(self._in_days())
        self.found.setText(
            history_words.practices_words(n) if n else self.tr("No practice on these days.")
        )
        self.days.setVisible(bool(n))

    def _ask(self, *, asking: bool) -> None:
        """Ask once, in words, or take the question back."""
        self.all.setVisible(not asking)
        self.question.setVisible(asking)
        self._answers.setVisible(asking)
        if asking:
            self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _everything(self) -> None:
        self._ask(asking=False)
        self.delete_all_wanted.emit()
