"""How it felt, on the page of afterwards: apart from the heart, and never one score with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from biofeedback.sessions.reflection import Reflection
from gui import theme, wording
from gui.widgets.buttons import Pill
from gui.widgets.felt_pairs import FeltPairs
from gui.widgets.flow import Flow
from gui.widgets.panel import Panel
from gui.widgets.text import Text


class FeltPanel(Panel):
    """Paired dots, how many pairs there are, what is missing, and how to take it."""

    rate_wanted = Signal()
    asking_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        title = wording.tr("How it felt")
        super().__init__(title, parent)
        self.pairs = FeltPairs()
        self.count = Text("", theme.SMALL_PX, tone="ink_soft")
        self.drift = Text(
            self.tr("People often start when tense, and drift back by themselves."),
            theme.SMALL_PX,
            tone="ink_soft",
        )
        self.rate = Pill(self.tr("Rate how it is now"), size_px=theme.SMALL_PX)
        self.asking = Pill(self.tr("Ask me next time, before and after"), size_px=theme.SMALL_PX)
        self.rate.clicked.connect(self.rate_wanted)
        self.asking.clicked.connect(self.asking_wanted)
        row = Flow(4)
        row.add(self.rate)
        row.add(self.asking)
        for widget in (self.pairs, self.count, self.drift, row):
            self.box.addWidget(widget)
        self.box.addStretch(1)

    def show_said(self, said: Reflection, *, asks: bool, kept: bool) -> None:
        """Show what was rated.

        Parameters
        ----------
        said
            The ratings; they may be missing.
        asks
            Whether the person is asked before and after each practice.
        kept
            Whether a rating can still be kept with the session.
        """
        any_given = any(felt is not None and felt.given for felt in (said.before, said.after))
        self.pairs.show_said(said)
        for widget in (self.pairs, self.drift):
            widget.setVisible(any_given)
        told = self.tr("Nothing was rated this time.")
        if any_given:
            told = self.tr("Ring: before. Disc: after.") + " " + wording.pairs_words(said)
        self.count.setText(told)
        self.rate.setVisible(kept and not (said.after is not None and said.after.given))
        self.asking.setVisible(not asks)
