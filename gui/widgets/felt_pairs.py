"""Ratings before and after as paired dots, one row a scale."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from biofeedback.sessions.reflection import MOST, Reflection
from gui import theme, wording
from gui.roles import Role

_DOT_PX = 6.5
_SIDE_PX = 12


class FeltPairs(QWidget):
    """A ring for before, a disc for after, on a line from 0 to 10. No colour judges."""

    accessible_role = Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("How it felt before and after"))
        self._said = Reflection()
        theme.look().changed.connect(self._rescale)

    def show_said(self, said: Reflection) -> None:
        """Show what was rated."""
        self._said = said
        self.setAccessibleDescription(wording.felt_words(said))
        self.update()

    def _rescale(self) -> None:
        self.updateGeometry()
        self.update()

    def _row_height(self) -> float:
        look = theme.current()
        height = QFontMetricsF(look.font(theme.BODY_PX)).height()
        return height + look.px(30)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for a name and a line below it, for each scale."""
        return QSize(theme.current().px(300), round(len(self._said.pairs()) * self._row_height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same height, and room for the names."""
        return QSize(theme.current().px(190), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        tones = look.colours
        height = self._row_height()
        name_h = QFontMetricsF(look.font(theme.BODY_PX)).height()
        for row, (scale, (before, after)) in enumerate(self._said.pairs().items()):
            top = row * height
            painter.setFont(look.font(theme.BODY_PX))
            painter.setPen(QColor(tones.ink))
            box = QRectF(0, top, self.width(), name_h)
            leading, trailing = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing
            painter.drawText(box, int(leading), wording.scale_words(scale))
            painter.setFont(look.font(theme.SMALL_PX))
            painter.setPen(QColor(tones.ink_soft))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, int(trailing | middle), wording.pair_words(before, after))
            self._line(painter, top + name_h + look.px(12), before, after)

    def _x(self, rating: int) -> float:
        side = theme.current().px(_SIDE_PX)
        part = rating / MOST
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            part = 1 - part
        return side + part * (self.width() - 2 * side)

    def _line(self, painter: QPainter, y: float, before: int | None, after: int | None) -> None:
        tones = theme.current().colours
        painter.setPen(QPen(theme.colour(tones.line, 0.5), 1.2))
        painter.drawLine(QPointF(self._x(0), y), QPointF(self._x(MOST), y))
        for rating in range(MOST + 1):
            painter.drawLine(QPointF(self._x(rating), y - 2), QPointF(self._x(rating), y + 2))
        radius = theme.current().px(_DOT_PX)
        if before is not None and after is not None and before != after:
            painter.setPen(QPen(QColor(tones.breath), 2.2))
            painter.drawLine(QPointF(self._x(before), y), QPointF(self._x(after), y))
        if after is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.breath))
            painter.drawEllipse(QPointF(self._x(after), y), radius, radius)
        if before is not None:
            # around the disc where both are the same
            grown = radius + (4 if before == after else 0)
            painter.setPen(QPen(QColor(tones.breath), 2.2))
            painter.setBrush(Qt.BrushStyle.NoBrush if before == after else QColor(tones.sunken))
            painter.drawEllipse(QPointF(self._x(before), y), grown, grown)
