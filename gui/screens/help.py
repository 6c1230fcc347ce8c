"""Help: the safety lines, and what the keys do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from biofeedback.practice.crisis import load_crisis
from gui import spoken, theme
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.text import Text


class HelpScreen(Screen):
    """Safety first, then the keys."""

    open_to_all = True

    back_wanted = Signal()
    ground_wanted = Signal()
    first_words_wanted = Signal()
    help_now_wanted = Signal()
    leave_wanted = Signal()
    doctor_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Help"), parent)
        self._lines: dict[str, Text] = {}
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setHorizontalSpacing(56)
        self._grid.setContentsMargins(RING_PX, 0, 10, 0)
        self._sides = (self._safety(inner), self._keys(inner))
        self.back = Pill(self.tr("Back"), Kind.OUTLINE, key=self.tr("Esc"))
        self.help_now = Pill(self.tr("Help now"), Kind.OUTLINE, key="F1")
        self.first_words = Pill(self.tr("The first page again"), Kind.QUIET)
        self.leave = Pill(self.tr("Take your data with you"), Kind.QUIET)
        self.leave.clicked.connect(self.leave_wanted)
        self.doctor = Pill(self.tr("What works here"), Kind.QUIET)
        self.doctor.clicked.connect(self.doctor_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.help_now.clicked.connect(self.help_now_wanted)
        self.first_words.clicked.connect(self.first_words_wanted)
        foot = Flow(6)
        for button in (self.back, self.help_now, self.first_words, self.leave, self.doctor):
            foot.add(button)
        self._outer = QVBoxLayout(self)
        title = Text(self.tr("Good to know"), theme.TITLE_PX)
        title.setIndent(RING_PX)
        self._outer.addWidget(title)
        self._outer.addSpacing(10)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addWidget(foot)
        self._take_words()
        theme.look().changed.connect(self._arrange)
        spoken.spoken().changed.connect(self._take_words)

    def _take_words(self) -> None:
        self._emergency.setText(load_crisis().sentence(spoken.current().language))
        for line in spoken.current().sets["safety"].lines:
            self._lines[line.line_id].setText(line.text)

    def _safety(self, parent: QWidget) -> QWidget:
        side = QWidget(parent)
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        for line in spoken.current().sets["safety"].lines:
            self._lines[line.line_id] = Text(line.text, theme.BODY_PX)
            box.addWidget(self._lines[line.line_id])
        self._emergency = Text("", theme.BODY_PX, medium=True)
        box.addWidget(self._emergency)
        draft = self.tr("This wording is a draft. No clinician has reviewed it yet.")
        box.addWidget(Text(draft, theme.SMALL_PX, tone="ink_soft"))
        box.addStretch(1)
        return side

    def _keys(self, parent: QWidget) -> QWidget:
        side = QWidget(parent)
        grid = QGridLayout(side)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        keys = (
            (self.tr("Esc"), self.tr("Stop, or go back. It asks nothing and loses nothing.")),
            (self.tr("Space"), self.tr("Pause, and go on")),
            ("\N{RIGHTWARDS ARROW}  \N{LEFTWARDS ARROW}", self.tr("Next line, previous line")),
            ("S", self.tr("Skip this part")),
            ("C", self.tr("Change your choices during a practice")),
            ("I", self.tr("The signal in words, at home and during a practice")),
            ("H", self.tr("What you practised so far, at home")),
            ("B", self.tr("Begin without waiting for the strap")),
            ("G", self.tr("Grounding, from every screen. It hides all body data.")),
            ("N", self.tr("Numbers on or off")),
            ("M", self.tr("Sound and voice off or on, from every screen")),
            ("F1", self.tr("Help now: whom to call, from every screen")),
            (self.tr("Ctrl+L"), self.tr("Lock what is kept, where there is a passphrase")),
            (",", self.tr("Settings, at home")),
            ("D", self.tr("Steer the simulated heart, during a demo")),
            ("O", self.tr("The shape alone, above other windows, during a practice")),
            (self.tr("Ctrl+O"), self.tr("Open a file; or drop it on the window")),
            ("F11", self.tr("Full screen")),
            ("?", self.tr("This page")),
        )
        for row, (key, meaning) in enumerate(keys):
            name = Text(key, theme.BODY_PX, tone="breath", wrap=False)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Text(meaning, theme.BODY_PX), row, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(keys), 1)
        return side

    def first_focus(self) -> QWidget:
        """Back is where the keyboard begins."""
        return self.back

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set it in two columns, or in one where it is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(1120)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 26, side - RING_PX, 18)
        two = self.width() >= theme.current().px(860)
        for number, each in enumerate(self._sides):
            self._grid.removeWidget(each)
            self._grid.addWidget(each, 0 if two else number, number if two else 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if two else 0)
