"""A sheet for one kept session: its tags, its note, and whether the figures count it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from biofeedback.practice.content import Content
from biofeedback.sessions.history import Listed
from gui import history_words, theme, wording
from gui.screens.remark import RemarkPanel
from gui.screens.sheet import Sheet
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.text import Text


class RemarkSheet(Sheet):
    """Every change is kept as it settles, and can be taken back on the sheet."""

    changed = Signal(int, object, str)
    """A session's number, its tags (tuple of str) and its note."""
    left_out_wanted = Signal(int, bool)
    """A session's number, and whether it is to be left out of the figures."""
    delete_wanted = Signal(int)
    """A session's number."""
    delete_more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        name = wording.tr("This practice")
        super().__init__(name, name, wording.tr("Esc"), parent)
        self._left_out = False
        self.row: Listed | None = None
        self.which = Text("", theme.SMALL_PX, tone="ink_soft")
        self.remark = RemarkPanel()
        self.remark.changed.connect(self._said)
        self.out = Pill("", Kind.OUTLINE, low=True)
        self.out.clicked.connect(self._turn)
        self.why = Text(
            self.tr("Left out, it stays in the list. Trends and ranges go without it."),
            theme.SMALL_PX,
            tone="ink_soft",
        )
        self.delete = Pill(self.tr("Delete this practice"), Kind.QUIET, low=True)
        self.more = Pill(self.tr("Delete more"), Kind.QUIET, key="D", low=True)
        self.delete.clicked.connect(self._delete)
        self.more.clicked.connect(self.delete_more_wanted)
        deleting = Flow(2)
        deleting.add(self.delete)
        deleting.add(self.more)
        self.lay(self.which, self.remark, self.out, self.why, deleting)

    def show_row(self, row: Listed, content: Content, today: date, known: Iterable[str]) -> None:
        """Show one session; ``known`` are tags to pick from."""
        self.remark.commit()
        self.row = row
        self.which.setText(history_words.title(row, content, today))
        self.remark.show_said(row.tags, row.note, known)
        self.set_left_out(row.left_out)

    def let_go(self) -> None:
        """Hold nothing of a session any more."""
        self.row = None
        self.which.setText("")
        self.remark.show_said((), "")

    def set_left_out(self, left_out: bool) -> None:
        """Say whether the figures go without it."""
        self._left_out = left_out
        words = (
            self.tr("Take it back into the figures")
            if left_out
            else self.tr("Leave it out of the figures")
        )
        self.out.setText(words)
        self.out.updateGeometry()

    def first_focus(self) -> QWidget:
        """Tags are where the keyboard begins."""
        return self.remark.tags

    def _said(self, tags: tuple[str, ...], note: str) -> None:
        if self.row is not None:
            self.changed.emit(self.row.id, tags, note)

    def _delete(self) -> None:
        if self.row is not None:
            self.delete_wanted.emit(self.row.id)

    def _turn(self) -> None:
        if self.row is not None:
            self.left_out_wanted.emit(self.row.id, not self._left_out)
