"""A thin line that fills while something takes its time."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from gui import theme


class Meter(QProgressBar):
    """How much of a wait is over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, 1000)
        self.setTextVisible(False)
        self.setFixedHeight(6)
        self.setAccessibleName(self.tr("Looking"))
        self._began_s = self._takes_s = 0.0
        self._running = False

    def begin(self, takes_s: float) -> None:
        """Fill from empty within ``takes_s`` seconds."""
        self._began_s, self._takes_s = perf_counter(), takes_s
        self._running = True
        self.advance()

    def advance(self) -> None:
        """Draw how far it is by now."""
        if self._running:
            part = (perf_counter() - self._began_s) / self._takes_s
            self.setValue(round(1000 * min(1.0, part)))
            self.update()

    def hold(self, part: float) -> None:
        """Stand at ``part``, 0..1."""
        self._running = True
        self.setValue(round(1000 * part))
        self.update()

    def end(self) -> None:
        """Fade away."""
        self._running = False
        self.setValue(0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the line."""
        if not self._running:
            return
        tones = theme.current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.sunken))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, 3, 3)
        painter.setBrush(QColor(tones.breath))
        filled = box.width() * self.value() / 1000
        left = box.left()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = box.right() - filled
        painter.drawRoundedRect(QRectF(left, box.top(), filled, box.height()), 3, 3)
