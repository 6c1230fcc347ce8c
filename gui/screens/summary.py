"""Afterwards: three calm bands, one sentence, one kind line; how it felt apart; tags and a note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from biofeedback.types import Beat
from gui import spoken, theme, wording
from gui.screens.felt_panel import FeltPanel
from gui.screens.remark import RemarkPanel
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.phase_bands import Change, PhaseBands
from gui.widgets.text import Text

if TYPE_CHECKING:
    from biofeedback.run import Outcome


class SummaryScreen(Screen):
    """How a practice went. It judges no one."""

    done_wanted = Signal()
    ground_wanted = Signal()
    rest_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Afterwards"), parent)
        self._numbers = True
        self._sentences = ("", "")
        self.kind = Text("", theme.WORDS_PX)
        self.sentence = Text("", theme.LEAD_PX, tone="ink_soft")
        self.bands = PhaseBands()
        self.follows = Text("", theme.BODY_PX)
        self._apart = QWidget(self)
        self.felt = FeltPanel(self._apart)
        self.remark = RemarkPanel(self._apart)
        self.kept = Text("", theme.SMALL_PX, tone="ink_soft")
        self.done = Pill(self.tr("Done"), Kind.SOLID, key=self.tr("Esc"))
        self.ground = Pill(self.tr("Grounding"), key="G")
        self.rest = Pill(self.tr("Rest a little"), key="R")
        self.done.clicked.connect(self.done_wanted)
        self.ground.clicked.connect(self.ground_wanted)
        self.rest.clicked.connect(self.rest_wanted)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(RING_PX, 0, RING_PX, 0)
        box.setSpacing(0)
        box.addWidget(self.kind)
        box.addSpacing(8)
        box.addWidget(self.sentence)
        box.addSpacing(18)
        box.addWidget(self.bands, 8)
        box.addSpacing(14)
        box.addWidget(self.follows)
        box.addSpacing(14)
        self._grid = QGridLayout(self._apart)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.UNIT_PX + 2)
        self._columns = 0
        box.addWidget(self._apart)
        box.addSpacing(10)
        box.addWidget(self.kept)
        box.addStretch(1)
        foot = Flow(6)
        for button in (self.done, self.ground, self.rest):
            foot.add(button)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addWidget(foot)
        theme.look().changed.connect(self._arrange)

    def show_outcome(
        self,
        outcome: Outcome,
        beats: Sequence[Beat],
        changes: Sequence[Change],
        problem: str,
        *,
        asks: bool = False,
        known_tags: Sequence[str] = (),
    ) -> None:
        """Tell how it went.

        Parameters
        ----------
        outcome
            Of the practice.
        beats, changes
            Of the whole session, for the bands.
        problem
            A sentence where it could not be kept; empty if it is.
        asks
            Whether the person is asked how it feels, before and after.
        known_tags
            Tags to pick from.
        """
        summary = outcome.summary
        self.show_said(outcome, asks=asks)
        self.remark.setVisible(outcome.session_id is not None)
        self.remark.show_said(outcome.said.tags, outcome.said.note, known_tags)
        self._sentences = (
            wording.verdict_sentence(summary),
            wording.verdict_sentence(summary, numbers=False),
        )
        self._show_numbers(True)
        self.bands.setVisible(bool(beats) and bool(summary.phases))
        self.bands.show_session(summary.phases, beats, changes)
        follows = wording.following_sentence(summary)
        self.follows.setText(follows)
        self.follows.setVisible(bool(follows))
        self.kept.setText(self._kept_words(outcome, problem))

    def show_said(self, outcome: Outcome, *, asks: bool) -> None:
        """Show how it felt, and the kind sentence that fits that too."""
        self.kind.setText(outcome.kind_line(spoken.current()).text)
        kept = outcome.session_id is not None
        self.felt.show_said(outcome.said, asks=asks, kept=kept)
        self._arrange()

    def _kept_words(self, outcome: Outcome, problem: str) -> str:
        sentence = outcome.problem or problem
        if sentence:
            return sentence
        length = wording.minutes(outcome.summary.duration_s)
        return self.tr("{length} minutes, kept on this computer only.").format(length=length)

    def _show_numbers(self, shown: bool) -> None:
        self._numbers = shown
        self.bands.set_numbers(shown)
        self.sentence.setText(self._sentences[0 if shown else 1])

    def first_focus(self) -> QWidget:
        """Done is where the keyboard begins."""
        return self.done

    def key(self, key: int) -> bool:
        """Do what a key stands for here; return whether it stands for anything."""
        match key:
            case Qt.Key.Key_R:
                self.rest_wanted.emit()
            case Qt.Key.Key_N:
                self._show_numbers(not self._numbers)
            case _:
                return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(1080)) // 2)
        top = max(20, min(40, round(self.height() * 0.05)))
        self._outer.setContentsMargins(side - RING_PX, top, side - RING_PX, 20)
        columns = 2 if self.width() - 2 * side >= theme.current().px(800) else 1
        if columns != self._columns:
            self._columns = columns
            for place, panel in enumerate((self.felt, self.remark)):
                self._grid.removeWidget(panel)
                row, column = (0, place) if columns == 2 else (place, 0)
                self._grid.addWidget(panel, row, column)
            for column in range(2):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)
