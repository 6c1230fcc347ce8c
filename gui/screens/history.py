"""The history: what is kept, as a list and as a calendar. It counts nothing and expects nothing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from biofeedback.practice.content import Content, load_content
from biofeedback.sessions import history
from biofeedback.sessions.history import Listed
from gui import theme
from gui.announce import announce
from gui.screens.calendar_panel import CalendarPanel
from gui.screens.deleting_sheet import DeletingSheet
from gui.screens.finder import Finder
from gui.screens.history_foot import HistoryFoot
from gui.screens.nothing_kept import NothingKept
from gui.screens.remark_sheet import RemarkSheet
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, Screen
from gui.screens.sheet import Sheet
from gui.widgets.buttons import Chip, Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.quiet_bar import QuietBar
from gui.widgets.session_list import SessionList
from gui.widgets.text import Text

_SHEET_PX = 420
_COLUMN_PX = 1040
_LOW_PX = 420
"""Lower than this at 100 % text, rows need the room of what can be done without."""
_KNOWN_TAGS = 8


class HistoryScreen(Screen):
    """Shows rows and asks; what is done to a session is its owner's."""

    open_wanted = Signal(int)
    compare_wanted = Signal(int, int)
    """Two sessions, the older one first."""
    remark_wanted = Signal(int, object, str)
    """A session's number, its tags (tuple of str) and its note."""
    left_out_wanted = Signal(int, bool)
    """A session's number, and whether it is to be left out of the figures."""
    delete_wanted = Signal(object)
    """Numbers of sessions (tuple of int)."""
    trends_wanted = Signal()
    begin_wanted = Signal()
    demo_wanted = Signal()
    ground_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("History"), parent)
        self._all: tuple[Listed, ...] = ()
        self._content: Content = load_content()
        self._today = date.min
        self._low = False
        self.list = SessionList(self.tr("Practices, newest first"))
        self.calendar = CalendarPanel()
        self.finder = Finder()
        self.finder.hide()
        self.bar = QuietBar(self.tr("Delete for good"))
        self._deleted: tuple[Listed, ...] = ()
        self.notice = Text("", theme.BODY_PX)
        self.notice.hide()
        self.remark = RemarkSheet(self)
        self.deleting = DeletingSheet(self)
        self._sheets: tuple[Sheet, ...] = (self.remark, self.deleting)
        self._stack = QStackedWidget()
        self._blank = QWidget()
        self.nothing = NothingKept()
        for page in (self._blank, self.list, self.calendar, self.nothing):
            self._stack.addWidget(page)
        self.foot = HistoryFoot()
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(10)
        self._head = self._made_head()
        self._outer.addWidget(self._head)
        self._outer.addWidget(self.finder)
        self._outer.addWidget(self.notice)
        self._outer.addWidget(self._stack, 1)
        self._outer.addWidget(self.bar)
        self._outer.addWidget(self.foot)
        self._connect()
        theme.look().changed.connect(self._arrange)

    def _made_head(self) -> QWidget:
        head = Flow(10)
        self._title = Text(self.tr("Your practices"), theme.TITLE_PX, wrap=False)
        head.add(self._title)
        self._views = QButtonGroup(self)
        self.as_list = Chip(self.tr("List"))
        self.as_calendar = Chip(self.tr("Calendar"))
        self.as_list.setChecked(True)
        for chip in (self.as_list, self.as_calendar):
            self._views.addButton(chip)
            head.add(chip)
        self.seek = Pill(self.tr("Find"), Kind.QUIET, key="F", low=True)
        self.trends = Pill(self.tr("Trends"), Kind.QUIET, key="T", low=True)
        self.gone = Pill(self.tr("Deleted"), Kind.QUIET, key="D", low=True)
        self.gone.hide()
        for button in (self.seek, self.trends, self.gone):
            head.add(button)
        return head

    def _connect(self) -> None:
        for each in (self.list, self.calendar.list):
            each.open_wanted.connect(self.open_wanted)
            each.mark_wanted.connect(self._mark)
            each.delete_wanted.connect(self._delete)
        self.list.picked.connect(self._tell_picked)
        self.calendar.picked.connect(self._tell_picked)
        self.finder.changed.connect(self._narrow)
        self.finder.closed.connect(self.close_finder)
        self.remark.changed.connect(self._remarked)
        self.remark.left_out_wanted.connect(self.left_out_wanted)
        self.remark.delete_wanted.connect(lambda number: self._ask_to_delete((number,)))
        self.remark.delete_more_wanted.connect(self.open_deleting)
        self.deleting.delete_wanted.connect(self._ask_to_delete)
        for sheet in self._sheets:
            sheet.closed.connect(self.close_sheet)
        self.as_list.toggled.connect(lambda _: self._turn_view())
        self.seek.clicked.connect(self.open_finder)
        self.gone.clicked.connect(self.open_deleting)
        foot = self.foot
        foot.delete.clicked.connect(self._delete)
        self.trends.clicked.connect(self.trends_wanted)
        self.nothing.begin_wanted.connect(self.begin_wanted)
        self.nothing.demo_wanted.connect(self.demo_wanted)
        foot.open.clicked.connect(self._open)
        foot.edit.clicked.connect(self.open_remark)
        foot.compare.clicked.connect(self._compare)
        foot.mark.clicked.connect(self._mark_current)
        foot.ground.clicked.connect(self.ground_wanted)
        foot.back.clicked.connect(self.back_wanted)

    # ------------------------------------------------------------------------------- rows
    @property
    def shown_list(self) -> SessionList:
        """The list that the person is in: that of everything, or that of a day."""
        return self.calendar.list if self.as_calendar.isChecked() else self.list

    @property
    def rows(self) -> tuple[Listed, ...]:
        """Everything that is kept, narrowed or not."""
        return self._all

    @property
    def deleted(self) -> tuple[Listed, ...]:
        """What is deleted and can still be brought back."""
        return self._deleted

    def show_rows(
        self,
        rows: tuple[Listed, ...],
        content: Content,
        today: date,
        deleted: tuple[Listed, ...] = (),
    ) -> None:
        """Show what is kept.

        Parameters
        ----------
        rows
            Newest first.
        content
            The words in use.
        today
            The person's day.
        deleted
            What is deleted and can still be brought back.
        """
        self._all, self._content, self._today = rows, content, today
        self._deleted = deleted
        self.gone.setVisible(bool(deleted))
        if not self.deleting.isHidden():
            self._show_deleting()
        self.finder.offer(rows, content)
        self._narrow()

    def let_go(self) -> None:
        """Show no session, and hold none, until rows are shown again."""
        for sheet in self._sheets:
            sheet.hide()
        self.bar.hide()
        self.list.rows.unmark()
        self.finder.clear()
        self.show_rows((), self._content, self._today)
        self.remark.let_go()
        self._show_deleting()
        self.calendar.show_rows((), self._content, self._today)

    def _narrow(self) -> None:
        number, place = self.list.current_number, self.list.currentIndex().row()
        rows = self.finder.narrowed.shown(self._all)
        self.finder.tell(len(rows))
        self.list.rows.set_rows(rows, self._content, self._today)
        if number is not None and not self.list.rows.index_of(number).isValid():
            self.list.pick_place(place)  # where it was, now that it is gone
        else:
            self.list.pick(number)
        self._turn_view()

    def _turn_view(self) -> None:
        """Show the page that is wanted, and only the buttons that mean something on it."""
        before = self._stack.currentWidget()
        assert before is not None  # there are always pages
        if not self._all:
            page: QWidget = self.nothing
        else:
            page = self.calendar if self.as_calendar.isChecked() else self.list
        if page is self.calendar:
            self.calendar.show_rows(self.list.rows.rows, self._content, self._today)
        focused = QApplication.focusWidget()
        had_focus = focused is not None and (before is focused or before.isAncestorOf(focused))
        self._stack.setCurrentWidget(page)
        if page is not before and (had_focus or before is self._blank):
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        anything = bool(self._all)
        for button in (self.as_list, self.as_calendar, self.seek, self.trends):
            button.setVisible(anything)
        self._tell_picked()

    def _tell_picked(self) -> None:
        anything = bool(self._all)
        number = self.shown_list.current_number if anything else None
        marks = self.list.rows.marks
        self.foot.tell(
            picked=number is not None,
            marked=number in marks,
            pair=anything and len(history.in_time(self._all, marks)) == 2,
            low=self._low,
        )

    def tell(self, sentence: str) -> None:
        """Say what went wrong; empty says nothing."""
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    # ------------------------------------------------------------------------------- asking
    def _open(self) -> None:
        number = self.shown_list.current_number
        if number is not None:
            self.open_wanted.emit(number)

    def _mark(self, number: int) -> None:
        for each in (self.list, self.calendar.list):
            each.rows.mark(number)
        on = number in self.list.rows.marks
        announce(self, self.tr("Marked to compare") if on else self.tr("No longer marked"))
        self._tell_picked()

    def _mark_current(self) -> None:
        number = self.shown_list.current_number
        if number is not None:
            self._mark(number)

    def _compare(self) -> None:
        both = history.in_time(self._all, self.list.rows.marks)
        if len(both) == 2:
            self.compare_wanted.emit(*both)

    def _delete(self) -> None:
        """Ask for what is picked to be deleted."""
        self._ask_to_delete(self.shown_list.picked_numbers)

    def _ask_to_delete(self, numbers: tuple[int, ...]) -> None:
        self.close_sheet()
        if numbers:
            self.delete_wanted.emit(numbers)

    def toggle_view(self) -> None:
        """Turn from the list to the calendar, and back."""
        if self._all:
            (self.as_list if self.as_calendar.isChecked() else self.as_calendar).setChecked(True)

    def open_finder(self) -> None:
        """Show what narrows the list."""
        if self._all:
            self.finder.show()
            self._give_room()
            self.finder.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_finder(self) -> None:
        """Show everything again."""
        self.finder.hide()
        self._give_room()
        self.finder.clear()
        self.shown_list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_room(self) -> None:
        """On a low page the rows come first: what has a key, or another place, steps back."""
        finding = not self.finder.isHidden()
        self._title.setVisible(not self._low)
        self._head.setVisible(not (self._low and finding))
        self.foot.setVisible(not (self._low and finding))
        self._tell_picked()

    # ------------------------------------------------------------------------------- sheets
    def open_remark(self) -> None:
        """Show tags and note of the practice that is picked."""
        number = self.shown_list.current_number
        row = next((row for row in self._all if row.id == number), None)
        if row is not None:
            known = history.tags(self._all)[:_KNOWN_TAGS]
            self.remark.show_row(row, self._content, self._today, known)
            self._lay(self.remark)

    def open_deleting(self) -> None:
        """Show what deletes days or everything, and what is deleted."""
        if self._all or self._deleted:
            self._show_deleting()
            self._lay(self.deleting)

    def _show_deleting(self) -> None:
        self.deleting.show_rows(self._all, self._deleted, self._content, self._today)

    def _lay(self, sheet: Sheet) -> None:
        self.close_sheet()
        sheet.show()
        sheet.raise_()
        self._arrange()
        sheet.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> bool:
        """Take a sheet away; return whether there was one."""
        open_ones = [sheet for sheet in self._sheets if not sheet.isHidden()]
        for sheet in open_ones:
            sheet.hide()
        if open_ones:
            self.shown_list.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(open_ones)

    def escape(self) -> bool:
        """Close what lies open; return whether anything did."""
        if self.close_sheet():
            return True
        if not self.finder.isHidden():
            self.close_finder()
            return True
        return False

    def _remarked(self, number: int, tags: tuple[str, ...], note: str) -> None:
        self.remark_wanted.emit(number, tags, note)

    # --------------------------------------------------------------------------------- keys
    def first_focus(self) -> QWidget:
        """Begin on the list; where nothing is kept, on the way to begin."""
        page = self._stack.currentWidget()
        if page is self.nothing:
            return self.nothing.begin
        if page is self.calendar:
            return self.calendar.month
        return self.list if page is self.list else self

    def key(self, key: int) -> bool:
        """Do what a key stands for here."""
        if key == Qt.Key.Key_Down and self.finder.text.hasFocus():
            self.shown_list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        does = {
            Qt.Key.Key_F: self.open_finder,
            Qt.Key.Key_Slash: self.open_finder,
            Qt.Key.Key_C: self.toggle_view,
            Qt.Key.Key_E: self.open_remark,
            Qt.Key.Key_D: self.open_deleting,
            Qt.Key.Key_V: self._compare,
            Qt.Key.Key_T: self.trends_wanted.emit,
            Qt.Key.Key_U: self.bar.take_back,
            Qt.Key.Key_Z: self.bar.take_back,
        }.get(Qt.Key(key))
        if does is None:
            return False
        does()
        return True

    # --------------------------------------------------------------------------------- Qt's
    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Take sheets and the bar away with the page."""
        super().hideEvent(event)
        for sheet in self._sheets:
            sheet.hide()
        self.bar.hide()
        self.tell("")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column, and a sheet at its side."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        look = theme.current()
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - look.px(_COLUMN_PX)) // 2)
        self._outer.setContentsMargins(side, 8, side, 14)
        low = self.height() < look.px(_LOW_PX)
        if low is not self._low:
            self._low = low
            self._give_room()
        width = min(look.px(_SHEET_PX), self.width() - 2 * NARROW_MARGIN_PX)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = NARROW_MARGIN_PX if mirrored else self.width() - NARROW_MARGIN_PX - width
        room = QRect(left, 8, width, self.height() - 16)
        for sheet in self._sheets:
            sheet.place(room)
