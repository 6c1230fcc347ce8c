"""Sessions as Qt's views ask for them: a row each, with what is marked to compare."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from biofeedback.practice.content import Content, load_content
from biofeedback.sessions.history import Listed, marked
from gui import history_words

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

ROW = int(Qt.ItemDataRole.UserRole)
"""Role of the `Listed` row itself."""
TITLE, DETAIL = ROW + 1, ROW + 2
"""Roles of its two lines."""


class HistoryModel(QAbstractListModel):
    """Holds rows and says them in words when asked: a view asks only for what it shows.

    ``markable`` tells whether rows can be marked to compare.
    """

    def __init__(self, parent: QObject | None = None, *, markable: bool = True) -> None:
        super().__init__(parent)
        self.markable = markable
        self._rows: tuple[Listed, ...] = ()
        self._places: dict[int, int] = {}
        self._content: Content = load_content()
        self._today = date.min
        self.marks: tuple[int, ...] = ()
        """Sessions that are marked to compare, at most two, in the order of marking."""

    # ------------------------------------------------------------------------------- rows
    @property
    def rows(self) -> tuple[Listed, ...]:
        """The rows, in order."""
        return self._rows

    def set_rows(self, rows: Sequence[Listed], content: Content, today: date) -> None:
        """Show other rows.

        Parameters
        ----------
        rows
            In order.
        content
            The words in use.
        today
            The person's day.
        """
        self.beginResetModel()
        self._rows = tuple(rows)
        self._places = {row.id: place for place, row in enumerate(self._rows)}
        self._content, self._today = content, today
        self.endResetModel()

    def row(self, index: Index) -> Listed | None:
        """Return the row at an index; None where there is none."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def index_of(self, number: int) -> QModelIndex:
        """Return where a session is; an invalid index if it is not shown."""
        place = self._places.get(number)
        return self.index(place) if place is not None else QModelIndex()

    def mark(self, number: int) -> None:
        """Mark a session to compare, or take its mark away."""
        before, self.marks = self.marks, marked(self.marks, number)
        for each in {*before, *self.marks}:
            index = self.index_of(each)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def unmark(self) -> None:
        """Take every mark away."""
        for number in self.marks:
            self.mark(number)

    # ------------------------------------------------------------------------------- Qt's
    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a row can be picked, and that it can carry a mark."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        can = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can |= Qt.ItemFlag.ItemNeverHasChildren
        return can | Qt.ItemFlag.ItemIsUserCheckable if self.markable else can

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row says in a role."""
        row = self.row(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                marks = row.id in self.marks
                return history_words.spoken_row(row, self._content, self._today, marked=marks)
            case Qt.ItemDataRole.CheckStateRole if self.markable:
                on = row.id in self.marks
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case _:
                return self._own(row, role)

    def _own(self, row: Listed, role: int) -> object:
        if role == ROW:
            return row
        if role == TITLE:
            return history_words.title(row, self._content, self._today)
        if role == DETAIL:
            return history_words.detail(row)
        return None
