"""Text in one of the theme's sizes and colours, which follows the theme when it changes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui import theme


class Text(QLabel):
    """A label.

    Parameters
    ----------
    text
        What it says.
    size_px
        One of the theme's five sizes.
    tone
        Name of a colour of `theme.Colours`.
    wrap
        Break it into lines where it doesn't fit in one.
    medium
        A slightly heavier face, for headings.
    """

    def __init__(
        self,
        text: str = "",
        size_px: int = theme.BODY_PX,
        *,
        tone: str = "ink",
        wrap: bool = True,
        medium: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._size_px = size_px
        self._tone = tone
        self._medium = medium
        self._opacity = 1.0
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        theme.look().changed.connect(self._restyle)
        self._restyle()

    @property
    def tone(self) -> str:
        """Name of its colour."""
        return self._tone

    def set_tone(self, tone: str) -> None:
        """Take another colour of the theme."""
        self._tone = tone
        self._recolour()

    def set_opacity(self, opacity: float) -> None:
        """Let it fade; 0 can't be seen, 1 can."""
        if opacity != self._opacity:
            self._opacity = opacity
            self._recolour()

    def fitted(self, widest_px: int) -> QSize:
        """Return the room that the text takes when it is broken to fit ``widest_px``."""
        if not self.text():
            return QSize(0, 0)
        room = QRect(0, 0, widest_px, 10_000)
        box = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())
        width = min(widest_px, box.width() + 2)
        return QSize(width, max(box.height(), self.heightForWidth(width)))

    def _restyle(self) -> None:
        weight = QFont.Weight.DemiBold if self._medium else QFont.Weight.Normal
        self.setFont(theme.current().font(self._size_px, weight=weight))
        self._recolour()
        self.updateGeometry()

    def _recolour(self) -> None:
        palette = QPalette(self.palette())
        value = getattr(theme.current().colours, self._tone)
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(value, self._opacity))
        self.setPalette(palette)
