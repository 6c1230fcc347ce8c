"""What is kept is locked: the passphrase opens it, and much goes without."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.announce import announce
from gui.screens.screen import NARROW_MARGIN_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.secret_field import SecretField
from gui.widgets.text import Text

_WIDEST_PX = 560


class LockedScreen(Screen):
    """Lies before everything private; a practice that is not kept, grounding and help go on."""

    open_wanted = Signal(str)
    """The passphrase that was typed."""
    without_wanted = Signal()
    ground_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Locked"), parent)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addStretch(2)
        box.addWidget(Text(self.tr("Locked"), theme.TITLE_PX))
        said = self.tr(
            "What you keep here opens with your passphrase. "
            "Grounding, help and a practice that is not kept need none."
        )
        box.addWidget(Text(said, theme.LEAD_PX, tone="ink_soft"))
        box.addSpacing(6)
        self.passphrase = SecretField(self.tr("Your passphrase"))
        self.passphrase.entered.connect(self._open)
        box.addWidget(self.passphrase)
        self.told = Text("", theme.BODY_PX)
        box.addWidget(self.told)
        self.open = Pill(self.tr("Open"), Kind.SOLID, key=self.tr("Enter"))
        self.open.clicked.connect(self._open)
        self.shows = Pill(self.tr("Show what I type"), Kind.QUIET)
        self.shows.clicked.connect(self._toggle_shown)
        first = Flow(6)
        first.add(self.open)
        first.add(self.shows)
        box.addWidget(first)
        box.addSpacing(14)
        self.without = Pill(self.tr("Practise without keeping"))
        self.ground = Pill(self.tr("Grounding"), key=self.tr("Ctrl+G"))
        self.without.clicked.connect(self.without_wanted)
        self.ground.clicked.connect(self.ground_wanted)
        second = Flow(6)
        self.stop = Pill(self.tr("Stop the practice"))
        self.stop.clicked.connect(self.stop_wanted)
        second.add(self.stop)
        second.add(self.without)
        second.add(self.ground)
        box.addWidget(second)
        box.addStretch(3)
        for text in inner.findChildren(Text, options=Qt.FindChildOption.FindDirectChildrenOnly):
            text.setIndent(RING_PX)
        self._others = second
        self._shown = False
        self.set_practising(False)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(scrolling(inner))
        theme.look().changed.connect(self._arrange)

    def first_focus(self) -> QWidget:
        """Return the field: there the keyboard begins."""
        return self.passphrase.field

    def expect(self, *, practising: bool = False) -> None:
        """Begin anew, with nothing typed; a practice may go on behind."""
        self.passphrase.clear()
        self._show_typed(False)
        self.set_busy(False)
        self.set_practising(practising)
        goes_on = self.tr("Your practice goes on behind this page, and is kept.")
        self.tell(goes_on if practising else "")

    def set_practising(self, practising: bool) -> None:
        """Offer to stop a practice that goes on behind, or else to begin one."""
        if not practising and self.stop.hasFocus():
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stop.setVisible(practising)
        self.without.setVisible(not practising)
        self._others.place()

    def set_busy(self, busy: bool) -> None:
        """Say that the passphrase is being tried, or wait for one."""
        self.open.setEnabled(not busy)
        self.passphrase.field.setReadOnly(busy)
        if busy:
            self.tell(self.tr("One moment."))

    def tell(self, words: str) -> None:
        """Say something below the field; empty says nothing."""
        self.told.setText(words)
        announce(self, words)

    def refuse(self, words: str) -> None:
        """Say why it stays locked, and let another passphrase be typed."""
        self.set_busy(False)
        self.tell(words)
        self.passphrase.field.selectAll()
        self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        typed = self.passphrase.typed
        if typed and self.open.isEnabled():
            self.open_wanted.emit(typed)

    def _toggle_shown(self) -> None:
        self._show_typed(not self._shown)
        self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_typed(self, shown: bool) -> None:
        self._shown = shown
        self.passphrase.show_typed(shown)
        hide, show = self.tr("Hide what I type"), self.tr("Show what I type")
        self.shows.setText(hide if shown else show)
        self.shows.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = theme.current().px(_WIDEST_PX)
        side = max(NARROW_MARGIN_PX, (self.width() - width) // 2)
        self._outer.setContentsMargins(side - RING_PX, 10, side - RING_PX, 10)
