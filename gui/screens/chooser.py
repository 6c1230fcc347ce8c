"""Find and choose a strap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.types import LinkReason, Strap
from gui import strap_words, theme
from gui.screens.screen import MARGIN_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Card, Glyph, Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.meter import Meter
from gui.widgets.text import Text

if TYPE_CHECKING:
    from devices.link import FoundStrap

_NEAR_DBM, _FAR_DBM = -65, -80

OTHERS_S = 3.0
"""So long after the first strap another one may still be seen before the first is taken."""


class ChooserScreen(Screen):
    """Scans, lists what is found, and says in words what is in the way."""

    scan_wanted = Signal()
    scan_unwanted = Signal()
    chosen = Signal(object)
    """The `Strap`."""
    settled = Signal(object)
    """A look that was to be quick is over: the only `Strap` that is near, or None."""
    back_wanted = Signal()
    demo_wanted = Signal()
    signal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Find my strap"), parent)
        self._cards: dict[str, Card] = {}
        self._straps: dict[str, Strap] = {}
        self._sentence = Text("", theme.LEAD_PX)
        self._action = Text("", theme.BODY_PX, tone="ink_soft")
        self._meter = Meter()
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(4)
        self._rows.addStretch(1)
        self.again = Pill(self.tr("Look again"))
        self.back = Pill(self.tr("Back"), Kind.OUTLINE, key=self.tr("Esc"))
        self.demo = Pill(self.tr("Begin without a strap"))
        self.signal = Pill(self.tr("Signal"), Kind.QUIET, key="I")
        self.again.clicked.connect(self.look)
        self.back.clicked.connect(self.back_wanted)
        self.demo.clicked.connect(self.demo_wanted)
        self.signal.clicked.connect(self.signal_wanted)
        foot = Flow(4)
        for button in (self.again, self.back, self.demo, self.signal):
            foot.add(button)
        self._box = QVBoxLayout(self)
        self._box.setSpacing(8)
        title = Text(self.tr("Find my strap"), theme.TITLE_PX)
        for text in (title, self._sentence, self._action):
            text.setIndent(RING_PX)
        self._box.addWidget(title)
        self._box.addSpacing(6)
        self._box.addWidget(self._sentence)
        self._box.addWidget(self._action)
        self._box.addWidget(self._meter)
        self._box.addSpacing(8)
        self._box.addWidget(scrolling(self._list), 1)
        self._box.addWidget(foot)
        self._tick = QTimer(self)
        self._tick.setInterval(100)
        self._tick.timeout.connect(self._meter.advance)
        self._quick = False
        self._others = QTimer(self)
        self._others.setSingleShot(True)
        self._others.timeout.connect(self._settle)

    def look(self, *, quick: bool = False) -> None:
        """Begin to scan.

        Parameters
        ----------
        quick
            Tell by `settled` as soon as there is nothing to choose: one strap alone is near, or
            none is found. Where there are two, the person chooses.
        """
        from gui.bridge import SCAN_S

        self._quick = quick
        self._clear()
        self._say(LinkReason.SEARCHING)
        self.again.setEnabled(False)
        self._meter.begin(SCAN_S)
        self._tick.start()
        self.scan_wanted.emit()

    def show_search(self, part: float) -> None:
        """Show a search of which ``part`` (0..1) is over, for a picture; nothing is scanned."""
        self._clear()
        self._say(LinkReason.SEARCHING)
        self.again.setEnabled(False)
        self._meter.hold(part)

    def add(self, strap: FoundStrap) -> None:
        """List a strap, or give it its name."""
        name = strap.name or self.tr("A heart-rate sensor without a name")
        detail = _nearness(strap.rssi_dbm)
        if strap.name:
            detail = self.tr("{nearness}  ·  {address}").format(
                nearness=detail, address=strap.address
            )
        self._straps[strap.address] = Strap(strap.address, strap.name)
        card = self._cards.get(strap.address)
        if card is not None:
            card.setText(name)
            card.set_detail(detail)
            return
        card = Card(name, detail, Glyph.HEART)
        card.clicked.connect(
            lambda _=False, address=strap.address: self.chosen.emit(self._straps[address])
        )
        self._cards[strap.address] = card
        if self._quick:
            self._others.start(round(OTHERS_S * 1000))
        self._rows.insertWidget(self._rows.count() - 1, card)
        self._sentence.setText(self.tr("Which one is yours?"))
        self._action.setText("")
        if self._quick and len(self._cards) == 1:
            self._sentence.setText(self.tr("Found a strap. One moment."))
        if len(self._cards) == 1 and not self.back.hasFocus():
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def cards(self) -> list[Card]:
        """A card for each strap, in the order they were found."""
        return list(self._cards.values())

    @property
    def sentence(self) -> str:
        """What is said of the search."""
        return self._sentence.text()

    def finish(self, found: list[FoundStrap]) -> None:
        """Say that the scan is over."""
        for strap in found:
            self.add(strap)
        self._rest()
        if self._quick:
            self._settle()
        elif not found:
            from devices.words import describe

            self._sentence.setText(self.tr("No strap was found."))
            self._action.setText(strap_words.told(describe(LinkReason.NOT_FOUND))[1])
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def fail(self, reason: LinkReason) -> None:
        """Say why the scan could not be made."""
        self._rest()
        if self._quick:
            self._settle()
            return
        self._say(reason)
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self) -> None:
        """Tell that there is nothing to choose, if so; with two straps, leave it to the person."""
        self._others.stop()
        if self._quick and len(self._straps) < 2:
            self._quick = False
            self.settled.emit(next(iter(self._straps.values()), None))

    def first_focus(self) -> QWidget:
        """Back is where the keyboard begins; the first strap takes over."""
        return self

    def _say(self, reason: LinkReason) -> None:
        from devices.words import describe

        sentence, action = strap_words.told(describe(reason))
        self._sentence.setText(sentence)
        self._action.setText(action)

    def _rest(self) -> None:
        self._tick.stop()
        self._meter.end()
        self.again.setEnabled(True)

    def _clear(self) -> None:
        for card in self._cards.values():
            self._rows.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards.clear()
        self._straps.clear()
        self._others.stop()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stop looking."""
        super().hideEvent(event)
        self._quick = False
        self._others.stop()
        if self._tick.isActive():
            self._rest()
            self.scan_unwanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the column narrow enough to read."""
        super().resizeEvent(event)
        side = max(MARGIN_PX, (self.width() - theme.current().px(720)) // 2)
        if self.width() < theme.current().px(720) + 2 * MARGIN_PX:
            side = 28
        self._box.setContentsMargins(side, 26, side, 18)


def _nearness(rssi_dbm: int | None) -> str:
    from gui.wording import tr

    if rssi_dbm is None:
        return tr("Known to this computer")
    if rssi_dbm >= _NEAR_DBM:
        return tr("Very near")
    return tr("Near") if rssi_dbm >= _FAR_DBM else tr("A little away")
