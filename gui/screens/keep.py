"""One page that was written: to read, to keep for this visit, to save, or to delete."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QVBoxLayout, QWidget

from biofeedback.practice.writing import Writing
from gui import theme, wording
from gui.announce import announce
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import ChoiceGroup
from gui.widgets.flow import Flow
from gui.widgets.text import Text

_WIDEST_PX = 860
_NO_DAY, _PICK = "none", "pick"
_WEEK, _MONTH = "7", "30"


class KeepScreen(Screen):
    """Shows a page and what can be done with it; what is done leaves it as signals."""

    done_wanted = Signal()
    save_wanted = Signal()
    delete_wanted = Signal()
    undo_wanted = Signal()
    ground_wanted = Signal()
    day_wanted = Signal(object)
    """The `date` for reading it again, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What I wrote"), parent)
        self._today = date.min
        self.title = Text("", theme.TITLE_PX)
        self.state = Text("", theme.BODY_PX, tone="ink_soft")
        self._page = QWidget()
        self._page_box = QVBoxLayout(self._page)
        self._page_box.setContentsMargins(0, 0, 0, 0)
        self._page_box.setSpacing(6)
        self.day = ChoiceGroup(
            self.tr("Read it again"),
            [
                (_NO_DAY, self.tr("No day")),
                (_WEEK, self.tr("In a week")),
                (_MONTH, self.tr("In a month")),
                (_PICK, self.tr("A day I pick")),
            ],
            note=self.tr("On that day the first page offers it, quietly."),
        )
        self.day.chosen.connect(self._day_chosen)
        self.date = QDateEdit()
        self.date.setDisplayFormat(QLocale().dateFormat(QLocale.FormatType.LongFormat))
        self.date.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.PlusMinus)
        self.date.setAccessibleName(self.tr("The day to read it again"))
        self.date.dateChanged.connect(self._date_picked)
        self.day_words = Text("", theme.BODY_PX, tone="ink_soft")
        self.done = Pill(self.tr("Done"), key=self.tr("Esc"))
        self.save = Pill(self.tr("Save it"))
        self.delete = Pill(self.tr("Delete it"))
        self.undo = Pill(self.tr("Undo"))
        self.ground = Pill(self.tr("Grounding"), Kind.QUIET, key=self.tr("Ctrl") + "+G")
        self.done.clicked.connect(self.done_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.delete.clicked.connect(self.delete_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.ground.clicked.connect(self.ground_wanted)
        self._lay_out()
        theme.look().changed.connect(self._arrange)

    def _lay_out(self) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, RING_PX, RING_PX)
        box.setSpacing(6)
        box.addWidget(self.title)
        box.addWidget(self.state)
        box.addSpacing(14)
        box.addWidget(self._page)
        box.addSpacing(18)
        box.addWidget(self.day)
        box.addWidget(self.date)
        box.addWidget(self.day_words)
        box.addStretch(1)
        for text in inner.findChildren(Text):
            text.setIndent(RING_PX)
        self._foot = Flow(6)
        for button in (self.done, self.save, self.delete, self.undo, self.ground):
            self._foot.add(button)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addWidget(self._foot)

    # ------------------------------------------------------------------------------- page
    def show_page(
        self,
        writing: Writing,
        *,
        saved: bool,
        reread_on: date | None,
        today: date,
        encrypted: bool = False,
    ) -> None:
        """Show a page.

        Parameters
        ----------
        writing
            What was written.
        saved
            Whether it is on disk; else it is kept for this visit only.
        reread_on
            The day that was picked for reading it again.
        today
            The person's day.
        encrypted
            Whether there is a passphrase for what is saved.
        """
        self._today = today
        self.title.setText(wording.writing_title(writing.set_id))
        self._show_blocks(writing)
        self.state.setText(self._state_words(saved=saved, encrypted=encrypted))
        self.done.setText(self.tr("Done") if saved else self.tr("Keep for this visit"))
        self._offer(save=not saved, delete=True, undo=False)
        self._page.show()
        self.day.setVisible(saved)
        self._show_day(reread_on if saved else None, shown=saved)

    def _state_words(self, *, saved: bool, encrypted: bool) -> str:
        if saved and encrypted:
            return self.tr("Saved on this computer, encrypted with your passphrase.")
        if saved:
            return self.tr(
                "Saved on this computer. Whoever uses your account can read it; a passphrase, in "
                "Settings, would encrypt it."
            )
        if encrypted:
            return self.tr(
                "Kept for this visit only: it goes when you close the window. You can save it on "
                "this computer, encrypted with your passphrase."
            )
        return self.tr(
            "Kept for this visit only: it goes when you close the window. You can save it on this "
            "computer; whoever uses your account can read it then, unless you set a passphrase in "
            "Settings."
        )

    def show_deleted(self) -> None:
        """Say that it is deleted, and offer to take that back while this page is open."""
        self.state.setText(self.tr("It is deleted. You can undo that until you leave this page."))
        self.done.setText(self.tr("Done"))
        self._offer(save=False, delete=False, undo=True)
        self._page.hide()
        self.day.hide()
        self._show_day(None, shown=False)
        self.undo.setFocus()
        announce(self, self.state.text())

    def tell(self, sentence: str) -> None:
        """Say what went wrong."""
        self.state.setText(sentence)
        announce(self, sentence)

    def _offer(self, *, save: bool, delete: bool, undo: bool) -> None:
        for button, shown in ((self.save, save), (self.delete, delete), (self.undo, undo)):
            button.setVisible(shown)
        for button in (self.done, self.save, self.delete, self.undo):
            button.updateGeometry()
        self._foot.place()

    def _show_blocks(self, writing: Writing) -> None:
        self.forget()
        for heading, text in writing.blocks:
            words = [Text(text, theme.LEAD_PX)]
            if heading:
                words.insert(0, Text(heading, theme.SMALL_PX, tone="ink_soft"))
            for each in words:
                each.setIndent(RING_PX)
                self._page_box.addWidget(each)
            self._page_box.addSpacing(8)

    def forget(self) -> None:
        """Take what was written off the screen and out of its widgets."""
        while (item := self._page_box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()

    @property
    def shown(self) -> list[str]:
        """The texts that can be read, headings among them."""
        return [text.text() for text in self._page.findChildren(Text)]

    # -------------------------------------------------------------------------------- day
    def _show_day(self, day: date | None, *, shown: bool) -> None:
        tomorrow = self._today + timedelta(days=1)
        self.date.blockSignals(True)
        self.date.setMinimumDate(_qdate(tomorrow))
        self.date.setDate(_qdate(max(day, tomorrow) if day else tomorrow))
        self.date.blockSignals(False)
        after = (day - self._today).days if day else 0
        value = _NO_DAY if day is None else str(after) if str(after) in (_WEEK, _MONTH) else _PICK
        self.day.set_value(value)
        self.date.setVisible(shown and value == _PICK)
        self._say_day(day if shown else None)

    def _say_day(self, day: date | None) -> None:
        self.day_words.setVisible(day is not None)
        if day is not None:
            self.day_words.setText(wording.day(day))

    def _day_chosen(self, value: str) -> None:
        self.date.setVisible(value == _PICK)
        if value == _PICK:
            self.date.setFocus()
            self._date_picked()
        else:
            day = None if value == _NO_DAY else self._today + timedelta(days=int(value))
            self._say_day(day)
            self.day_wanted.emit(day)

    def _date_picked(self) -> None:
        picked = self.date.date()
        day = date(picked.year(), picked.month(), picked.day())
        self._say_day(day)
        self.day_wanted.emit(day)

    # ------------------------------------------------------------------------------- Qt's
    def first_focus(self) -> QWidget:
        """Return what leaves everything as it is."""
        return self.done

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        look = theme.current()
        width = self.width()
        margin = MARGIN_PX if width >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (width - look.px(_WIDEST_PX)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 36, side - RING_PX, 16)
        self.date.setFont(look.font(theme.BODY_PX))
        self.date.setMinimumHeight(look.px(theme.TARGET_PX))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
