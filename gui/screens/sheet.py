"""A sheet of paper at the side of a screen: what it holds scrolls, a button closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.roles import Role
from gui.screens.screen import scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.text import Text

_EDGE_PX = 2


class Sheet(QWidget):
    """A titled sheet.

    Parameters
    ----------
    name
        What a screen reader calls it.
    title
        What stands on top of it.
    key
        The key that opens and closes it.
    """

    accessible_role = Role.Pane

    closed = Signal()
    """Its button was pressed; whoever laid it there takes it away."""

    def __init__(self, name: str, title: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._room = QRect()
        self._inner = inner = QWidget()
        inner.installEventFilter(self)
        self.box = QVBoxLayout(inner)
        self.box.setContentsMargins(20, 18, 20, 18)
        self.box.setSpacing(theme.UNIT_PX * 2)
        self.box.addWidget(Text(title, theme.LEAD_PX))
        self.close_button = Pill(self.tr("Close"), Kind.OUTLINE, key=key)
        self.close_button.clicked.connect(self.closed)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        outer.addWidget(scrolling(inner, tone="raised"))
        theme.look().changed.connect(self.update)
        self.hide()

    def lay(self, *widgets: QWidget) -> None:
        """Put these on it, in order, and the button that closes it below them."""
        for widget in widgets:
            self.box.addWidget(widget)
        self.box.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignLeading)
        self.box.addStretch(1)

    def place(self, room: QRect) -> None:
        """Lie at the top of ``room``, as high as the words need, at most as high as it is."""
        self._room = room
        self._fit()

    def _fit(self) -> None:
        if self._room.isNull():
            return
        needs = self.box.totalHeightForWidth(self._room.width() - 2 * _EDGE_PX)
        if needs < 0:
            needs = self.box.totalSizeHint().height()
        height = min(self._room.height(), needs + 2 * _EDGE_PX)
        self.setGeometry(QRect(self._room.topLeft(), QSize(self._room.width(), height)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Fit again when something on it has changed."""
        if watched is self._inner and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def first_focus(self) -> QWidget:
        """Return the widget that the keyboard begins with."""
        return self.close_button

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay a sheet on the paper."""
        tones = theme.current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones.line), 1))
        painter.setBrush(QColor(tones.raised))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS_PX, theme.RADIUS_PX)
