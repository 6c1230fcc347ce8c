"""The line of words: it fades in, stays, and fades away."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui import theme

_SMALLEST_PX = 28
_WIDEST_PX = 760


class Words(QLabel):
    """One line of words at a time, centred and set in lines of about equal length.

    A screen reader finds the line as the text of a label.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._shown = ""
        self._next: str | None = None
        self._opacity = 0.0
        self._picture = QPixmap()
        theme.look().changed.connect(self._redraw)

    def say(self, text: str) -> None:
        """Let the present line fade, and ``text`` come in its place; empty: only fade."""
        if text == (self._shown if self._next is None else self._next):
            return
        self._next = text
        self.setText(text)  # for a screen reader, at once

    def fade(self, dt_s: float) -> bool:
        """Move the fade on by ``dt_s`` seconds; return whether anything changed."""
        before = self._opacity
        if self._next is not None:
            # the old line goes faster than the new one comes: words never lie on words
            self._opacity = max(0.0, before - dt_s / (theme.LINE_FADE_S * 0.6))
            if self._opacity == 0.0:
                self._shown, self._next = self._next, None
                self._redraw()
        elif self._shown:
            self._opacity = min(1.0, before + dt_s / theme.LINE_FADE_S)
        if self._opacity == before:
            return False
        self.update()
        return True

    def show_at_once(self) -> None:
        """Skip the fade."""
        if self._next is not None:
            self._shown, self._next = self._next, None
        self._opacity = 1.0 if self._shown else 0.0
        self._redraw()

    @property
    def shown(self) -> str:
        """The line that can be seen, or is on its way."""
        return self._shown if self._next is None else self._next

    # -------------------------------------------------------------------------- layout
    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for two lines."""
        return QSize(600, self.height_of(2))

    def height_of(self, lines: int) -> int:
        """Return the height that so many lines take."""
        leading = theme.current().px(theme.WORDS_PX) * theme.LEADING
        return ceil(lines * leading) + 8

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same room, at any width."""
        return QSize(200, self.sizeHint().height())

    def room_for(self, text: str, width: int) -> int:
        """Return the height that ``text`` takes at full size in ``width`` pixels."""
        font = theme.current().font(theme.WORDS_PX)
        return ceil(len(_lines(text, font, min(width, self._widest()))) * _leading(font)) + 8

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set the line anew for the new width."""
        super().resizeEvent(event)
        self._redraw()

    def _widest(self) -> int:
        return theme.current().px(_WIDEST_PX)

    def _redraw(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture = QPixmap(self.size() * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        if self._shown and self.width() > 0:
            self._set(self._shown)
        self.update()

    def _set(self, text: str) -> None:
        """Draw ``text`` into the picture, a little smaller only where it would not fit."""
        look = theme.current()
        font = look.font(theme.WORDS_PX)
        width = min(self.width(), self._widest())
        lines = _lines(text, font, width)
        while len(lines) * _leading(font) > self.height() and font.pixelSize() > _SMALLEST_PX:
            font.setPixelSize(font.pixelSize() - 1)
            lines = _lines(text, font, min(self.width(), self._widest()))
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(QColor(look.colours.ink))
        leading = _leading(font)
        top = max(0.0, (self.height() - len(lines) * leading) / 2)
        for number, line in enumerate(lines):
            box = QRectF(0, top + number * leading, self.width(), leading)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), line)
        painter.end()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Copy the line at its present opacity."""
        if self._opacity <= 0:
            return
        painter = QPainter(self)
        painter.setOpacity(self._opacity * self._opacity * (3 - 2 * self._opacity))
        painter.drawPixmap(QPoint(0, 0), self._picture)


def _leading(font: QFont) -> float:
    return font.pixelSize() * theme.LEADING


def _lines(text: str, font: QFont, width: float) -> list[str]:
    """Break ``text`` into as few lines as fit, of about equal length."""
    greedy = _broken(text, font, width)
    if len(greedy) < 2:
        return greedy
    low, high = width / len(greedy) * 0.8, float(width)
    while high - low > 4:
        middle = (low + high) / 2
        if len(_broken(text, font, middle)) > len(greedy):
            low = middle
        else:
            high = middle
    return _broken(text, font, high)


def _broken(text: str, font: QFont, width: float) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        lines.append(text[start : start + length].strip())
    layout.endLayout()
    return lines
