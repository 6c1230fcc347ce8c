"""One choice among many, folded away: for lists that grow with the person's own words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from gui import theme
from gui.widgets.buttons import RING, paint_ring

_WIDEST_PX = 230
_SIDE_PX = 14
_ARROW_PX = 5.0


class Picker(QComboBox):
    """Offers ``anything`` and, below it, values with their labels.

    Parameters
    ----------
    name
        What a screen reader calls it.
    anything
        The label of no choice; its value is empty.
    """

    chosen = Signal(str)
    """The person chose: the value."""

    def __init__(self, name: str, anything: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._anything = anything
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.addItem(anything, "")
        self.activated.connect(lambda _: self.chosen.emit(self.value))
        self.currentIndexChanged.connect(lambda _: self.updateGeometry())
        theme.look().changed.connect(self._dress)
        self._dress()

    @property
    def value(self) -> str:
        """What is chosen; empty for no choice."""
        return str(self.currentData() or "")

    def set_options(self, options: Iterable[tuple[str, str]]) -> None:
        """Offer these from now on, pairs of value and label; a choice that is gone is let go."""
        value, wanted = self.value, [("", self._anything), *options]
        if wanted == [(self.itemData(n), self.itemText(n)) for n in range(self.count())]:
            return
        self.clear()
        for each, label in wanted:
            self.addItem(label, each)
        self.set_value(value)

    def set_value(self, value: str) -> None:
        """Choose without telling; a value that is not offered chooses nothing."""
        self.setCurrentIndex(max(0, self.findData(value)))

    # ------------------------------------------------------------------------------- Qt's
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave letters to the screen: one of them opens grounding, wherever the keyboard is."""
        if event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for what is chosen, up to a limit, and the arrow."""
        look = theme.current()
        words = QFontMetricsF(look.font(theme.BODY_PX)).horizontalAdvance(self.currentText())
        width = min(words, look.px(_WIDEST_PX)) + look.px(2 * _SIDE_PX + 22)
        return QSize(round(width) + 2 * RING, look.px(36) + 2 * RING)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the pill; where something is chosen its outline is heavier."""
        look = theme.current()
        tones = look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        radius = box.height() / 2
        chosen = bool(self.value)
        painter.setPen(QPen(QColor(tones.breath if chosen else tones.line), 2.2 if chosen else 1.2))
        painter.setBrush(QColor(tones.sunken if self.underMouse() else tones.raised))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        side, room = look.px(_SIDE_PX), look.px(22)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        words = box.adjusted(
            side + (room if mirrored else 0), 0, -side - (0 if mirrored else room), 0
        )
        font = look.font(theme.BODY_PX)
        painter.setFont(font)
        painter.setPen(QColor(tones.ink))
        elide = Qt.TextElideMode.ElideRight
        shown = QFontMetricsF(font).elidedText(self.currentText(), elide, words.width() + 1)
        flags = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(words, flags, shown)
        x = box.left() + side + room / 3 if mirrored else box.right() - side - room / 3
        y, reach = box.center().y(), look.px(_ARROW_PX)
        painter.setPen(QPen(QColor(tones.ink_soft), 1.6))
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(x - reach, y - reach / 2),
                    QPointF(x, y + reach / 2),
                    QPointF(x + reach, y - reach / 2),
                ]
            )
        )
        if self.hasFocus():
            paint_ring(painter, box, radius)

    def _dress(self) -> None:
        look = theme.current()
        tones = look.colours
        self.setFont(look.font(theme.BODY_PX))
        self.setStyleSheet(
            f"QComboBox QAbstractItemView {{ background: {tones.raised}; color: {tones.ink};"
            f" selection-background-color: {tones.breath}; selection-color: {tones.on_breath};"
            f" border: 1px solid {tones.line}; }}"
        )
        self.updateGeometry()
