"""Grounding: a few lines that look outward. No body data, no clock, nothing that moves."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.types import Choices
from gui import spoken, theme
from gui.screens.screen import Screen
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.horizon import ground
from gui.widgets.text import Text
from gui.widgets.words import Words

_FRAME_MS = 32


class GroundingScreen(Screen):
    """The lines of the set 'ground', at the person's own speed."""

    open_to_all = True

    back_wanted = Signal()
    """To where the person came from."""
    stop_wanted = Signal()
    """To end the practice that waits behind it."""
    line_shown = Signal(str)
    """A line came up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Grounding"), parent)
        self._at = 0
        self._texts: list[str] = []
        self._hills = QPixmap()
        self._hills_in: theme.Theme | None = None
        self.words = Words(self)
        self._place = Text("", theme.SMALL_PX, tone="ink_soft")
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        left, right = "\N{LEFTWARDS ARROW}", "\N{RIGHTWARDS ARROW}"
        self.previous = Pill(self.tr("Previous"), Kind.QUIET, key=left)
        self.next = Pill(self.tr("Next"), Kind.OUTLINE, key=right)
        self.back = Pill(self.tr("Back"), Kind.OUTLINE, key=self.tr("Esc"))
        self.stop = Pill(self.tr("End the practice"), Kind.OUTLINE)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.back.clicked.connect(self.back_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        title = Text(self.tr("Take your time. Any of these can be left out."), theme.LEAD_PX)
        title.set_tone("ink_soft")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = row = Flow(4, centred=True)
        for button in (self.previous, self.next, self.back, self.stop):
            row.add(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 40, 28, 24)
        box.addWidget(title)
        box.addStretch(2)
        box.addWidget(self.words)
        box.addWidget(self._place)
        box.addStretch(3)
        box.addWidget(row)
        self._ticker = QTimer(self)
        self._ticker.setInterval(_FRAME_MS)
        self._ticker.timeout.connect(self._frame)

    def begin(self, choices: Choices, *, practising: bool) -> None:
        """Begin with the first line, in the forms that fit what was chosen."""
        lines = spoken.current().sets["ground"].lines
        self._texts = [line.text_for(choices, paced=False) for line in lines]
        self._at = 0
        self.stop.setVisible(practising)
        self._row.place()
        self.back.setText(self.tr("Back to the practice") if practising else self.tr("Back"))
        self.back.updateGeometry()
        self.words.say("")
        self.words.show_at_once()
        self._show()

    def step(self, by: int) -> None:
        """Go to the next line, or back."""
        self._at = min(len(self._texts) - 1, max(0, self._at + by))
        self._show()

    def first_focus(self) -> QWidget:
        """Next is where the keyboard begins."""
        return self.next

    @property
    def line(self) -> str:
        """The line that is shown."""
        return self._texts[self._at]

    def _show(self) -> None:
        self.words.say(self.line)
        self.line_shown.emit(self.line)
        self._place.setText(self.tr("{n} of {all}").format(n=self._at + 1, all=len(self._texts)))
        self.previous.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < len(self._texts) - 1)

    def _frame(self) -> None:
        self.words.fade(_FRAME_MS / 1000)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the paper, and still hills on it."""
        super().paintEvent(event)
        if self._hills.size() != self.size() or self._hills_in is not theme.current():
            self._hills_in = theme.current()
            self._hills = QPixmap(self.size())
            painter = QPainter(self._hills)
            ground(painter, QRectF(self.rect()))
            painter.end()
        QPainter(self).drawPixmap(event.rect(), self._hills, event.rect())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let lines fade."""
        super().showEvent(event)
        self._ticker.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest."""
        super().hideEvent(event)
        self._ticker.stop()
