"""What came of looking for one's own pace: a picture, an honest sentence, keep it or not now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import pace_words, theme, wording
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.pace_curve import PaceCurve
from gui.widgets.text import Text

if TYPE_CHECKING:
    from biofeedback.run import Outcome
    from biofeedback.sessions.paces import KeptPace
    from biofeedback.signals.resonance_assessment import ResonanceAssessment


class PaceFoundScreen(Screen):
    """Shows an assessment. It is no score: there is no better or worse heart in it."""

    keep_wanted = Signal(float)
    """The pace that two tries agree on, in breaths a minute."""
    done_wanted = Signal()
    ground_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("My pace"), parent)
        self._pace_per_min: float | None = None
        self.headline = Text("", theme.WORDS_PX)
        self.explained = Text("", theme.LEAD_PX, tone="ink_soft")
        self.curve = PaceCurve()
        self.agreement = Text("", theme.BODY_PX)
        self.kept = Text("", theme.SMALL_PX, tone="ink_soft")
        self.keep = Pill("", Kind.SOLID)
        self.done = Pill(self.tr("Not now"), key=self.tr("Esc"))
        self.ground = Pill(self.tr("Grounding"), Kind.QUIET, key="G")
        self.keep.clicked.connect(self._keep)
        self.done.clicked.connect(self.done_wanted)
        self.ground.clicked.connect(self.ground_wanted)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(RING_PX, 0, RING_PX + 10, 0)
        box.setSpacing(12)
        box.addWidget(self.headline)
        box.addWidget(self.explained)
        box.addSpacing(6)
        box.addWidget(self.curve, 1)
        box.addSpacing(6)
        box.addWidget(self.agreement)
        box.addWidget(self.kept)
        foot = Flow(6)
        for button in (self.keep, self.done, self.ground):
            foot.add(button)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addWidget(foot)
        theme.look().changed.connect(self._arrange)

    def show_outcome(self, outcome: Outcome, found: ResonanceAssessment, problem: str) -> None:
        """Show what came of it; ``problem`` is a sentence where it could not be kept."""
        self.headline.setText(pace_words.headline(found))
        self.explained.setText(pace_words.explained(found))
        self.curve.show_found(found)
        length = wording.minutes(outcome.summary.duration_s)
        kept = self.tr("{length} minutes, kept on this computer only.").format(length=length)
        self.kept.setText(outcome.problem or problem or kept)
        self._pace_per_min = None
        self.agreement.setText("")
        self.agreement.hide()
        self._tell_keep()

    def set_agreement(self, kept: KeptPace) -> None:
        """Say whether two tries agree; only then a pace can be kept."""
        self._pace_per_min = kept.pace_per_min
        self.agreement.setText(pace_words.agreement(kept))
        self.agreement.show()
        self._tell_keep()

    def set_simulated(self) -> None:
        """Say that the heart was none: its pace is nobody's to keep."""
        self._pace_per_min = None
        self.agreement.setText(
            self.tr("This was a simulated heart, so there is no pace of yours in it.")
        )
        self.agreement.show()
        self._tell_keep()

    def _tell_keep(self) -> None:
        pace = self._pace_per_min
        self.keep.setVisible(pace is not None)
        self.done.setText(self.tr("Done") if pace is None else self.tr("Not now"))
        self.done.updateGeometry()
        if pace is not None:
            words = self.tr("Use {pace} breaths a minute as my guide")
            self.keep.setText(words.format(pace=wording.number_short(pace)))
            self.keep.updateGeometry()

    def _keep(self) -> None:
        if self._pace_per_min is not None:
            self.keep_wanted.emit(self._pace_per_min)

    def first_focus(self) -> QWidget:
        """Leaving it is where the keyboard begins: nothing is kept by a stray key."""
        return self.done

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(900)) // 2)
        top = max(20, min(56, round(self.height() * 0.06)))
        self._outer.setContentsMargins(side - RING_PX, top, side - RING_PX, 18)
