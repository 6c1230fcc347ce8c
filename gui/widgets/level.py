"""A level that a person sets: a track with a knob, painted in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.buttons import paint_ring
from gui.widgets.text import Text

_KNOB_PX = 18
_TRACK_PX = 4
_EDGE_PX = 6
_STEP = 10


class Track(QSlider):
    """A horizontal slider in whole steps; ``low`` and ``high`` are its ends."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(low, high)
        self.setSingleStep(_STEP)
        self.setPageStep(2 * _STEP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the knob and the ring around it."""
        return QSize(theme.current().px(140), theme.current().px(_KNOB_PX) + 2 * _EDGE_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least that can be used."""
        return QSize(theme.current().px(80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the track, what is filled of it, the knob, and the ring if the keyboard is here."""
        del event
        tones = theme.current().colours
        knob = theme.current().px(_KNOB_PX)
        room = self.width() - knob - 2 * _EDGE_PX
        share = (self.value() - self.minimum()) / (self.maximum() - self.minimum())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = _EDGE_PX + knob / 2 + room * (1 - share if mirrored else share)
        y = self.height() / 2
        begins, ends = _EDGE_PX + knob / 2, self.width() - _EDGE_PX - knob / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tones.line), _TRACK_PX)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(begins, y), QPointF(ends, y))
        pen.setColor(QColor(tones.breath))
        painter.setPen(pen)
        if share > 0:
            painter.drawLine(QPointF(ends if mirrored else begins, y), QPointF(x, y))
        painter.setPen(QPen(QColor(tones.breath), 2))
        painter.setBrush(QColor(tones.breath if share > 0 else tones.raised))
        box = QRectF(x - knob / 2 + 1, y - knob / 2 + 1, knob - 2, knob - 2)
        painter.drawEllipse(box)
        if self.hasFocus():
            paint_ring(painter, box, box.height() / 2)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page unless the keyboard is here."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Level(QWidget):
    """A name, its value in words, and a track.

    Parameters
    ----------
    name
        What the level is of.
    low, high
        Its ends, as whole numbers.
    note
        A small line under the name.
    """

    changed = Signal(int)
    """The person set another value."""

    def __init__(
        self,
        name: str,
        low: int = 0,
        high: int = 100,
        *,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.track = Track(low, high)
        self.track.setAccessibleName(name)
        self.track.setAccessibleDescription(note)
        self._value = Text("", theme.BODY_PX, tone="ink_soft", wrap=False)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Text(name, theme.BODY_PX), 1)
        row.addWidget(self._value)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row)
        if note:
            box.addWidget(Text(note, theme.SMALL_PX, tone="ink_soft"))
        box.addWidget(self.track)
        self.track.valueChanged.connect(self._moved)

    def say(self, words: str) -> None:
        """Say the value in words beside the name."""
        self._value.setText(words)

    @property
    def said(self) -> str:
        """The value in words."""
        return self._value.text()

    @property
    def value(self) -> int:
        """What is set."""
        return self.track.value()

    def set_value(self, value: int) -> None:
        """Set without telling."""
        blocked = self.track.blockSignals(True)
        self.track.setValue(value)
        self.track.blockSignals(blocked)
        self.track.update()

    def _moved(self, value: int) -> None:
        self.changed.emit(value)
