"""Set a passphrase, take another one, or take it away: one page, and nothing by halves."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.sessions.key_file import LEAST_CHARS, passphrase_problem
from gui import theme
from gui.announce import announce
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import chain_tabs
from gui.widgets.flow import Flow
from gui.widgets.secret_field import SecretField
from gui.widgets.text import Text

_WIDEST_PX = 720


class Task(StrEnum):
    """What the page is for."""

    SET = "set"
    CHANGE = "change"
    REMOVE = "remove"


class PassphraseScreen(Screen):
    """Says first that there is no recovery; only whoever has read that sets one."""

    wanted = Signal(object, str, str)
    """The `Task`, the passphrase that holds now, and the new one; empty where there is none."""
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Passphrase"), parent)
        self.task = Task.SET
        self._shown = False
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 10, 0)
        box.setSpacing(12)
        self.warning = Text("", theme.LEAD_PX)
        self.covered = Text("", theme.BODY_PX, tone="ink_soft")
        self.old = SecretField(self.tr("The passphrase that holds now"))
        self.new = SecretField(self.tr("The new passphrase"))
        self.again = SecretField(self.tr("The same once more"))
        self.told = Text("", theme.BODY_PX)
        self.understood = Pill(self.tr("I know that. Go on"), Kind.SOLID)
        self.do = Pill("", Kind.SOLID)
        self.shows = Pill(self.tr("Show what I type"), Kind.QUIET)
        for widget in (self.warning, self.covered, self.old, self.new, self.again, self.told):
            box.addWidget(widget)
        row = Flow(6)
        for button in (self.understood, self.do, self.shows):
            row.add(button)
        box.addWidget(row)
        box.addStretch(1)
        self._row = row
        self.understood.clicked.connect(self._go_on)
        self.do.clicked.connect(self._do)
        self.shows.clicked.connect(lambda: self._show_typed(not self._shown))
        for field in self._fields:
            field.entered.connect(self._entered)
        self.back = Pill(self.tr("Back"), key=self.tr("Esc"))
        self.back.clicked.connect(self.back_wanted)
        self._title = Text("", theme.TITLE_PX)
        for text in (self._title, self.warning, self.covered, self.told):
            text.setIndent(RING_PX)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(10)
        self._outer.addWidget(self._title)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignLeading)
        theme.look().changed.connect(self._arrange)

    @property
    def _fields(self) -> tuple[SecretField, ...]:
        return (self.old, self.new, self.again)

    def expect(self, task: Task) -> None:
        """Begin anew for a task, with nothing typed."""
        self.task = task
        self._forget()
        title, warning, do = {
            Task.SET: (
                self.tr("Set a passphrase"),
                self.tr(
                    "First: there is no recovery. Whoever forgets the passphrase loses everything "
                    "that is kept here. Nobody can open it again, and neither can we."
                ),
                self.tr("Set it"),
            ),
            Task.CHANGE: (
                self.tr("Another passphrase"),
                self.tr(
                    "There is no recovery for the new one either. Copies that you made elsewhere "
                    "still open with the old one."
                ),
                self.tr("Take the new one"),
            ),
            Task.REMOVE: (
                self.tr("Take the passphrase away"),
                self.tr(
                    "What is kept is decrypted then: whoever can use your account can read it."
                ),
                self.tr("Take it away"),
            ),
        }[task]
        self._title.setText(title)
        self.warning.setText(warning)
        self.covered.setText(
            self.tr(
                "Your sessions, ratings, notes, saved letters and own words are encrypted, with "
                "every copy that the program makes of them. Writing it down and keeping the paper "
                "in a safe place is a good idea."
            )
        )
        self.covered.setVisible(task is Task.SET)
        self.do.setText(do)
        self.do.updateGeometry()
        self._show_form(task is not Task.SET)

    def first_focus(self) -> QWidget:
        """Return what is to be read or typed first."""
        if not self.understood.isHidden():
            return self.understood
        return self.new.field if self.old.isHidden() else self.old.field

    def set_busy(self, busy: bool) -> None:
        """Say that it is being done, or that it can be."""
        for button in (self.do, self.back, self.shows):
            button.setEnabled(not busy)
        for field in self._fields:
            field.field.setReadOnly(busy)
        if busy:
            self._tell(self.tr("One moment. Everything that is kept is gone through."))

    def refuse(self, words: str) -> None:
        """Say why it was not done."""
        self.set_busy(False)
        self._tell(words)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep nothing of what was typed."""
        self._forget()

    def _forget(self) -> None:
        for field in self._fields:
            field.clear()
        self.set_busy(False)
        self.told.setText("")
        self._show_typed(False)

    def _show_form(self, shown: bool) -> None:
        self.understood.setVisible(not shown)
        self.old.setVisible(shown and self.task is not Task.SET)
        for field in (self.new, self.again):
            field.setVisible(shown and self.task is not Task.REMOVE)
        self.told.setVisible(shown)
        self.do.setVisible(shown)
        self.shows.setVisible(shown)
        self._row.place()
        chain_tabs((*self._fields, self.understood, self.do, self.shows, self.back))

    def _go_on(self) -> None:
        self._show_form(True)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self) -> None:
        """Go to the next field that is empty; from the last, do it."""
        for field in self._fields:
            if not field.isHidden() and not field.typed:
                field.field.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self._do()

    def _do(self) -> None:
        if not self.do.isEnabled():
            return
        old, new = self.old.typed, self.new.typed
        if self.task is not Task.REMOVE:
            if passphrase_problem(new):
                self._tell(
                    self.tr(
                        "A passphrase has {n} characters or more; four or five words are good."
                    ).format(n=LEAST_CHARS)
                )
                self.new.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            if new != self.again.typed:
                self._tell(self.tr("The two are not the same. Type the new one twice."))
                self.again.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.wanted.emit(self.task, old, new)

    def _show_typed(self, shown: bool) -> None:
        self._shown = shown
        for field in self._fields:
            field.show_typed(shown)
        hide, show = self.tr("Hide what I type"), self.tr("Show what I type")
        self.shows.setText(hide if shown else show)
        self.shows.updateGeometry()

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        announce(self, words)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(_WIDEST_PX)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 26, side - RING_PX, 18)
