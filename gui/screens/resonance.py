"""Find my pace: what it is, how long it takes, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.practice.assessing import SLIDE, STEPPED
from gui import theme
from gui.screens.screen import (
    MARGIN_PX,
    NARROW_MARGIN_PX,
    NARROW_PX,
    RING_PX,
    Screen,
    scrolling,
    settle,
)
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import ChoiceGroup
from gui.widgets.flow import Flow
from gui.widgets.text import Text


class ResonanceScreen(Screen):
    """Explains the assessment of one's own pace in plain words; nothing begins by itself."""

    begin_wanted = Signal(str, bool)
    """The protocol, and whether a strap is used (otherwise a simulated heart)."""
    back_wanted = Signal()
    ground_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Find my pace"), parent)
        self.way = ChoiceGroup(
            self.tr("Which way"),
            [
                (STEPPED, self.tr("Five paces, 12 and a half minutes")),
                (SLIDE, self.tr("One slow slide, 15 and a half minutes")),
            ],
            note=self.tr("Both find the same thing. The slide never changes all at once."),
        )
        self.way.set_value(STEPPED)
        self.kept = Text("", theme.BODY_PX)
        self.begin = Pill(self.tr("Begin with my strap"), Kind.SOLID)
        self.demo = Pill(self.tr("Try it with a simulated heart"))
        self.ground = Pill(self.tr("Grounding"), Kind.QUIET, key="G")
        self.back = Pill(self.tr("Back"), Kind.QUIET, key=self.tr("Esc"))
        self.begin.clicked.connect(lambda: self.begin_wanted.emit(self.way.value, True))
        self.demo.clicked.connect(lambda: self.begin_wanted.emit(self.way.value, False))
        self.ground.clicked.connect(self.ground_wanted)
        self.back.clicked.connect(self.back_wanted)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 10, 10)
        box.setSpacing(12)
        for words in (
            self.tr(
                "With each slow breath, a heart beats a little faster and a little slower. At one "
                "pace it swings the most. That pace differs from person to person."
            ),
            self.tr(
                "You breathe with the shape at a few paces, one after the other, with a short rest "
                "before each. Soft and small breaths are best. You can skip a pace or stop at any "
                "time, and nothing is lost."
            ),
            self.tr(
                "Afterwards you see how far your heart swung. Often no pace stands out, and that "
                "is a good answer too. A pace is kept when two tries agree."
            ),
        ):
            box.addWidget(Text(words, theme.LEAD_PX))
        box.addWidget(self.kept)
        box.addSpacing(6)
        box.addWidget(self.way)
        box.addSpacing(6)
        box.addWidget(
            Text(
                self.tr(
                    "If you are pregnant, or have heart, lung, seizure or panic problems, ask your "
                    "care team first. If you feel dizzy or tight, stop and breathe your own way."
                ),
                theme.BODY_PX,
                tone="ink_soft",
            )
        )
        box.addStretch(1)
        title = Text(self.tr("Find my pace"), theme.TITLE_PX)
        for text in (title, *inner.findChildren(Text)):
            text.setIndent(RING_PX)
        foot = Flow(6)
        for button in (self.begin, self.demo, self.ground, self.back):
            foot.add(button)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addWidget(title)
        area = scrolling(inner)
        self._outer.addWidget(area)
        self._outer.addWidget(foot)
        settle(self._outer, area)
        self.set_kept("")
        theme.look().changed.connect(self._arrange)

    def set_kept(self, words: str) -> None:
        """Say which pace is kept, or what it takes; empty says nothing."""
        self.kept.setText(words)
        self.kept.setVisible(bool(words))

    def first_focus(self) -> QWidget:
        """Begin is where the keyboard begins."""
        return self.begin

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column that is narrow enough to read."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(820)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 26, side - RING_PX, 18)
