"""What was written: pages of this visit, and those that are saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Card, Glyph, Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.text import Text

_WIDEST_PX = 720


class WrittenScreen(Screen):
    """A list of pages; it shows when and of what kind, and nothing of what is in them."""

    opened = Signal(int)
    """The place in the list of the page to open."""
    back_wanted = Signal()
    ground_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What I wrote"), parent)
        self.cards: list[Card] = []
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(RING_PX, 0, RING_PX, RING_PX)
        self._box.setSpacing(6)
        self._box.addWidget(Text(self.tr("What I wrote"), theme.TITLE_PX))
        self._nothing = Text(self.tr("There is nothing here."), theme.BODY_PX, tone="ink_soft")
        self._box.addWidget(self._nothing)
        self._box.addSpacing(8)
        self._box.addStretch(1)
        self.back = Pill(self.tr("Back"), key=self.tr("Esc"))
        self.ground = Pill(self.tr("Grounding"), Kind.QUIET, key="G")
        self.back.clicked.connect(self.back_wanted)
        self.ground.clicked.connect(self.ground_wanted)
        foot = Flow(6)
        foot.add(self.back)
        foot.add(self.ground)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addWidget(foot)
        theme.look().changed.connect(self._arrange)

    def show_list(self, entries: Sequence[tuple[str, str]]) -> None:
        """List pages as pairs of a title and a detail."""
        for card in self.cards:
            card.setParent(None)
            card.deleteLater()
        self.cards = []
        for place, (title, detail) in enumerate(entries):
            card = Card(title, detail, Glyph.PAGE)
            card.clicked.connect(lambda _=False, place=place: self.opened.emit(place))
            self._box.insertWidget(self._box.count() - 1, card)
            self.cards.append(card)
        self._nothing.setVisible(not entries)

    def first_focus(self) -> QWidget:
        """Return the newest page."""
        return self.cards[0] if self.cards else self.back

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(_WIDEST_PX)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 36, side - RING_PX, 16)
