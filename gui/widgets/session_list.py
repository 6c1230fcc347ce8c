"""Sessions as rows, drawn one by one as they come into sight: thousands scroll like ten."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui import theme
from gui.history_model import DETAIL, ROW, TITLE, HistoryModel
from gui.widgets.buttons import paint_ring
from gui.widgets.scroll_bar import scroll_bar_style

_SIDE_PX = 14
_ABOVE_PX = 10
_RING_ROOM_PX = 5
_MARK_PX = 7.0
_MARK_ROOM_PX = 30

_MOVES = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)
_OPENS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_DELETES = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


class SessionList(QListView):
    """A list to move in with the arrows; Shift takes more rows along.

    Every other key is left to the screen: a list that searches by letters would swallow them.

    Parameters
    ----------
    name
        What a screen reader calls it.
    markable
        Whether rows can be marked to compare.
    """

    open_wanted = Signal(int)
    """A session is to be looked at: its number."""
    delete_wanted = Signal()
    """What is picked is to be deleted."""
    mark_wanted = Signal(int)
    """A session is to be marked to compare, or its mark taken away."""
    picked = Signal()
    """Other rows are picked than before."""

    def __init__(self, name: str, *, markable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows = HistoryModel(self, markable=markable)
        self.setModel(self.rows)
        self._delegate = SessionRows(self, markable=markable)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._open)
        self._delegate.mark_wanted.connect(self.mark_wanted)
        self.selectionModel().selectionChanged.connect(self.picked)
        theme.look().changed.connect(self._dress)
        self._dress()

    @property
    def picked_numbers(self) -> tuple[int, ...]:
        """The sessions that are picked, in their order."""
        places = sorted(index.row() for index in self.selectedIndexes())
        return tuple(self.rows.rows[place].id for place in places)

    @property
    def current_number(self) -> int | None:
        """The session that the keyboard is on; None if there is none."""
        row = self.rows.row(self.currentIndex())
        return row.id if row is not None else None

    def pick(self, number: int | None) -> None:
        """Pick one session and bring it into sight; without one, the first."""
        index = self.rows.index_of(number) if number is not None else QModelIndex()
        if not index.isValid():
            index = self.rows.index(0)
        if index.isValid():
            self.pick_place(index.row())

    def pick_place(self, place: int) -> None:
        """Pick the row at a place, or the last one where there are fewer."""
        n = self.rows.rowCount()
        if n:
            index = self.rows.index(max(0, min(place, n - 1)))
            command = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, command)
            self.scrollTo(index)

    def height_of_all_px(self) -> int:
        """Return the height at which every row is seen."""
        return self.rows.rowCount() * self._delegate.height_px() + 2

    # ------------------------------------------------------------------------------- Qt's
    def _open(self, index: QModelIndex) -> None:
        row = self.rows.row(index)
        if row is not None:
            self.open_wanted.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move, open, delete, mark; leave the rest to the screen."""
        key = event.key()
        number = self.current_number
        if key in _MOVES:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.selectAll()
        elif key in _OPENS and number is not None:
            self.open_wanted.emit(number)
        elif key in _DELETES and self.picked_numbers:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_Space and number is not None and self.rows.markable:
            self.mark_wanted.emit(number)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the row that the keyboard is on in sight."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def _dress(self) -> None:
        self.setStyleSheet(
            "QListView { background: transparent; border: none; outline: none;"
            " selection-background-color: transparent; }" + scroll_bar_style()
        )
        self._delegate.sizeHintChanged.emit(QModelIndex())
        self.viewport().update()


class SessionRows(QStyledItemDelegate):
    """Draws a row: when, what and how long; below it, softer, what came of it."""

    mark_wanted = Signal(int)

    def __init__(self, parent: QWidget, *, markable: bool) -> None:
        super().__init__(parent)
        self._markable = markable

    def height_px(self) -> int:
        """Return the height of a row."""
        look = theme.current()
        lines = sum(
            QFontMetricsF(look.font(size_px)).height()
            for size_px in (theme.BODY_PX, theme.SMALL_PX)
        )
        return round(lines + look.px(2)) + 2 * (look.px(_ABOVE_PX) + _RING_ROOM_PX)

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the same height for each row."""
        return QSize(theme.current().px(200), self.height_px())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a row."""
        look = theme.current()
        tones = look.colours
        state = option.state
        rect = QRectF(option.rect)
        picked = bool(state & QStyle.StateFlag.State_Selected)
        warm = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = _RING_ROOM_PX
        box = rect.adjusted(inset, inset / 2, -inset, -inset / 2)
        if picked or warm:
            painter.setPen(Qt.PenStyle.NoPen)
            ground = tones.sunken if self._markable else tones.raised  # there they lie on sunken
            painter.setBrush(theme.colour(ground, 1.0 if picked else 0.55))
            painter.drawRoundedRect(box, theme.RADIUS_PX * 0.7, theme.RADIUS_PX * 0.7)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        side, room = look.px(_SIDE_PX), look.px(_MARK_ROOM_PX) if self._markable else 0
        text = box.adjusted(side + room, 0, -side, 0)
        if mirrored:
            text = box.adjusted(side, 0, -side - room, 0)
        self._lines(painter, text, index)
        if self._markable and (checked or picked or warm):
            self._mark(painter, _mark_at(box, mirrored=mirrored), checked=checked)
        if focused:
            paint_ring(painter, box.adjusted(1, 1, -1, -1), theme.RADIUS_PX * 0.7)
        painter.restore()

    def _lines(
        self, painter: QPainter, room: QRectF, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme.current()
        body, small = look.font(theme.BODY_PX), look.font(theme.SMALL_PX)
        body_h, small_h = QFontMetricsF(body).height(), QFontMetricsF(small).height()
        top = room.center().y() - (body_h + look.px(2) + small_h) / 2
        for words, font, tone, y, height in (
            (index.data(TITLE), body, look.colours.ink, top, body_h),
            (index.data(DETAIL), small, look.colours.ink_soft, top + body_h + look.px(2), small_h),
        ):
            _write(painter, QRectF(room.left(), y, room.width(), height), words, font, tone)

    def _mark(self, painter: QPainter, at: QPointF, *, checked: bool) -> None:
        """Draw a ring; marked to compare, it is filled and carries a dot, so colour isn't all."""
        look = theme.current()
        tones = look.colours
        radius = look.px(_MARK_PX)
        painter.setPen(QPen(QColor(tones.breath if checked else tones.line), 1.6))
        painter.setBrush(QColor(tones.breath) if checked else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, radius, radius)
        if checked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.on_breath))
            painter.drawEllipse(at, radius * 0.4, radius * 0.4)

    def editorEvent(  # noqa: N802 - Qt's name
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Take a click on the ring for a mark."""
        if (
            not self._markable
            or not isinstance(event, QMouseEvent)
            or event.type() is not QEvent.Type.MouseButtonRelease
        ):
            return False
        box = QRectF(option.rect)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        at = _mark_at(box, mirrored=mirrored)
        reach = max(theme.LEAST_TARGET_PX / 2, theme.current().px(_MARK_ROOM_PX) / 2)
        place = event.position()
        if abs(place.x() - at.x()) > reach or abs(place.y() - at.y()) > reach:
            return False
        self.mark_wanted.emit(index.data(ROW).id)
        return True


def _mark_at(box: QRectF, *, mirrored: bool) -> QPointF:
    into = theme.current().px(_SIDE_PX + _MARK_ROOM_PX / 2 - 4)
    x = box.right() - into if mirrored else box.left() + into
    return QPointF(x, box.center().y())


def _write(painter: QPainter, room: QRectF, words: str, font: QFont, tone: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(tone))
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    flags = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(room, flags, shown)
