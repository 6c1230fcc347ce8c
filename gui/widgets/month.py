"""A month on one page: a soft dot for a day with a practice, a ring around today, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from biofeedback.sessions.history import month_grid, months_on
from gui import history_words, theme, wording
from gui.widgets.buttons import paint_ring

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_CELL_PX = (54, 46)
_HEAD_PX = 28
_DOT_PX = 3.6
_DAYS, _WEEKS = 7, 6

DAY = int(Qt.ItemDataRole.UserRole)
"""Role of the day itself; None for a cell that belongs to another month."""


class MonthModel(QAbstractTableModel):
    """The weeks of a month as rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.month = date(2000, 1, 1)
        self.today = date(2000, 1, 1)
        self.practised: frozenset[date] = frozenset()
        self._first_weekday = 0
        self._weeks = month_grid(self.month, 0)

    def show(self, month: date, today: date, practised: Iterable[date], first_weekday: int) -> None:
        """Show a month.

        Parameters
        ----------
        month
            Any day of it.
        today
            The person's day.
        practised
            The days that get a dot.
        first_weekday
            0 is Monday.
        """
        self.beginResetModel()
        self.month, self.today, self.practised = month, today, frozenset(practised)
        self._first_weekday = first_weekday
        self._weeks = month_grid(month, first_weekday)
        self.endResetModel()

    def day(self, index: Index) -> date | None:
        """Return the day of a cell; None outside the month."""
        if not index.isValid() or index.row() >= len(self._weeks):
            return None
        day = self._weeks[index.row()][index.column()]
        return day if (day.year, day.month) == (self.month.year, self.month.month) else None

    def index_of(self, day: date) -> QModelIndex:
        """Return the cell of a day of this month; an invalid index for any other."""
        for row, week in enumerate(self._weeks):
            if day in week and self.day(self.index(row, week.index(day))) is not None:
                return self.index(row, week.index(day))
        return QModelIndex()

    # ------------------------------------------------------------------------------- Qt's
    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return room for the longest month, so that the page stays as high."""
        return 0 if parent.isValid() else _WEEKS

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the days of a week."""
        return 0 if parent.isValid() else _DAYS

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that the days of this month can be picked."""
        if self.day(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says in a role."""
        day = self.day(index)
        if day is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return wording.number(day.day)
            case Qt.ItemDataRole.AccessibleTextRole:
                practised = day in self.practised
                return history_words.spoken_day(day, practised=practised, today=day == self.today)
            case _:
                return day if role == DAY else None

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Name the days of the week."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        weekday = (section + self._first_weekday) % _DAYS
        if role == Qt.ItemDataRole.DisplayRole:
            return history_words.weekday_words(weekday, short=True)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return history_words.weekday_words(weekday)
        return None


class MonthView(QTableView):
    """Shows a `MonthModel`; arrows move by days and weeks, over the edges of the month, too."""

    picked = Signal(object)
    """The `date` that the person is on now."""
    entered = Signal()
    """Enter was pressed on a day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Calendar"))
        self.month = MonthModel(self)
        self.setModel(self.month)
        self.setItemDelegate(_Days(self))
        self._day = self.month.today
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(1)
            header.setHighlightSections(False)
            header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.horizontalHeader().setSectionsClickable(False)
        self.clicked.connect(self._clicked)
        theme.look().changed.connect(self._dress)
        self._dress()

    @property
    def day(self) -> date:
        """The day that the person is on."""
        return self._day

    def show_days(self, today: date, practised: Iterable[date]) -> None:
        """Mark these days; the month that is shown stays."""
        fresh = self.month.today == date(2000, 1, 1)
        self.month.today, self.month.practised = today, frozenset(practised)
        self._show(today if fresh else self._day)

    def go_to(self, day: date) -> None:
        """Move to a day, and tell."""
        if date.min + timedelta(days=62) < day < date.max - timedelta(days=62):
            self._show(day)
            self.picked.emit(day)

    def _show(self, day: date) -> None:
        self._day = day
        month = self.month
        month.show(day, month.today, month.practised, history_words.first_weekday())
        command = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(month.index_of(day), command)

    def _clicked(self, index: QModelIndex) -> None:
        day = self.month.day(index)
        if day is not None:
            self.go_to(day)

    # ------------------------------------------------------------------------------- Qt's
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move by days, weeks and months; leave the rest to the screen."""
        forward = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        days = {
            Qt.Key.Key_Right: forward,
            Qt.Key.Key_Left: -forward,
            Qt.Key.Key_Down: _DAYS,
            Qt.Key.Key_Up: -_DAYS,
        }
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key in days:
            self.go_to(self._day + timedelta(days=days[key]))
        elif key in months:
            self.go_to(months_on(self._day, months[key]))
        elif key == Qt.Key.Key_Home:
            self.go_to(self.month.today)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            event.ignore()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for six weeks."""
        look = theme.current()
        width, height = (look.px(side) for side in _CELL_PX)
        return QSize(_DAYS * width + 2, _WEEKS * height + look.px(_HEAD_PX) + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same."""
        return self.sizeHint()

    def _dress(self) -> None:
        look = theme.current()
        tones = look.colours
        width, height = (look.px(side) for side in _CELL_PX)
        self.horizontalHeader().setDefaultSectionSize(width)
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(look.px(_HEAD_PX))
        self.horizontalHeader().setFont(look.font(theme.SMALL_PX))
        self.setStyleSheet(
            "QTableView { background: transparent; border: none; outline: none;"
            " selection-background-color: transparent; }"
            "QHeaderView, QHeaderView::section { background: transparent; border: none;"
            f" color: {tones.ink_soft}; padding: 0; }}"
        )
        self.updateGeometry()
        self.viewport().update()


class _Days(QStyledItemDelegate):
    """Draws a day: its number, and a dot beneath it where somebody practised."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        day = index.data(DAY)
        if day is None:
            return
        model = index.model()
        assert isinstance(model, MonthModel)
        look = theme.current()
        tones = look.colours
        state = option.state
        box = QRectF(option.rect).adjusted(4, 3, -4, -3)
        radius = theme.RADIUS_PX * 0.6
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            whole = state & QStyle.StateFlag.State_Selected
            painter.setBrush(theme.colour(tones.wave, 0.30 if whole else 0.14))
            painter.drawRoundedRect(box, radius, radius)
        today = day == model.today
        if today:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tones.line), 1.4))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        weight = QFont.Weight.DemiBold if today else QFont.Weight.Normal
        font = look.font(theme.BODY_PX, weight=weight)
        painter.setFont(font)
        painter.setPen(QColor(tones.ink))
        dot = look.px(10)
        words = box.adjusted(0, 0, 0, -dot * 0.8)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), index.data())
        if day in model.practised:
            below = words.center().y() + QFontMetricsF(font).height() / 2
            at = QPointF(box.center().x(), min(below + look.px(2), box.bottom() - look.px(_DOT_PX)))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.breath))
            painter.drawEllipse(at, look.px(_DOT_PX), look.px(_DOT_PX))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, box.adjusted(1.5, 1.5, -1.5, -1.5), radius)
        painter.restore()
