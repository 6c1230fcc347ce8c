"""Buttons that paint themselves: large enough to hit, with a focus ring, able to fade."""

from __future__ import annotations

from enum import StrEnum
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QRadioButton, QSizePolicy, QWidget

from gui import theme

RING = theme.FOCUS_PX + 2
"""Room around a button for its focus ring; `gui.screens.screen.RING_PX` is the same."""


class Kind(StrEnum):
    """How much a button stands out."""

    SOLID = "solid"
    OUTLINE = "outline"
    QUIET = "quiet"


def paint_ring(painter: QPainter, box: QRectF, radius: float) -> None:
    """Draw the ring that shows where the keyboard is, around ``box``."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.current().colours.focus), theme.FOCUS_PX))
    grown = box.adjusted(-2.5, -2.5, 2.5, 2.5)
    painter.drawRoundedRect(grown, radius + 2.5, radius + 2.5)


class Pill(QPushButton):
    """A rounded button with a word or two.

    Parameters
    ----------
    text
        Its label.
    kind
        How much it stands out.
    size_px
        One of the theme's text sizes.
    key
        The key that does the same, shown small behind the label.
    low
        Take less height, for links that stand in rows of text.
    """

    def __init__(
        self,
        text: str = "",
        kind: Kind = Kind.OUTLINE,
        *,
        size_px: int = theme.BODY_PX,
        key: str = "",
        low: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self._low = low
        self._size_px = size_px
        self._key = key
        self._key_shown = True
        self._opacity = 1.0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        theme.look().changed.connect(self.updateGeometry)

    def set_opacity(self, opacity: float) -> None:
        """Let it fade; it stays where it is and can still be reached."""
        if opacity != self._opacity:
            self._opacity = opacity
            self.update()

    def set_key_shown(self, shown: bool) -> None:
        """Show the key behind the label, or leave it out where there is little room."""
        if shown is not self._key_shown:
            self._key_shown = shown
            self.updateGeometry()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the arrows to the screen: there they turn lines."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _font(self) -> QFont:
        return theme.current().font(self._size_px)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the label, the key and the ring."""
        look = theme.current()
        width = QFontMetricsF(self._font()).horizontalAdvance(self.text())
        if self._key and self._key_shown:
            small = QFontMetricsF(look.font(theme.SMALL_PX))
            width += look.px(8) + small.horizontalAdvance(self._key)
        side = look.px(12 if self._kind is Kind.QUIET else 22)
        height = max(theme.TARGET_PX, round(2.1 * look.px(self._size_px)))
        if self._low:
            height = max(theme.LEAST_TARGET_PX, round(1.8 * look.px(self._size_px)))
        return QSize(round(width) + 2 * (side + RING), height + 2 * RING)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: a cut label is no label."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the pill, its label, and the ring if the keyboard is here."""
        look = theme.current()
        tones = look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self._opacity)
        box = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        radius = box.height() / 2
        warm = self.underMouse() or self.isDown()
        ink = tones.ink
        if self._kind is Kind.SOLID:
            ink = tones.on_breath
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(tones.breath, 0.88 if warm else 1.0))
            painter.drawRoundedRect(box, radius, radius)
        elif self._kind is Kind.OUTLINE:
            painter.setPen(QPen(QColor(tones.line), 1.4))
            painter.setBrush(QColor(tones.sunken if warm else tones.raised))
            painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), radius, radius)
        elif warm:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.sunken))
            painter.drawRoundedRect(box, radius, radius)
        if not self.isEnabled():
            painter.setOpacity(self._opacity * 0.5)
        self._label(painter, box, ink)
        if self.hasFocus():
            painter.setOpacity(max(self._opacity, 0.0))
            paint_ring(painter, box, radius)

    def _label(self, painter: QPainter, box: QRectF, ink: str) -> None:
        look = theme.current()
        painter.setFont(self._font())
        painter.setPen(QColor(ink))
        if not (self._key and self._key_shown):
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.text())
            return
        label = QFontMetricsF(self._font()).horizontalAdvance(self.text())
        small = look.font(theme.SMALL_PX)
        key = QFontMetricsF(small).horizontalAdvance(self._key)
        gap = look.px(8)
        left = box.center().x() - (label + gap + key) / 2
        first, second = (self.text(), label, self._font(), ink), (self._key, key, small, "")
        order = [first, second]
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            order.reverse()
        for text, width, font, tone in order:
            painter.setFont(font)
            soft = look.colours.on_breath if self._kind is Kind.SOLID else look.colours.ink_soft
            painter.setPen(QColor(tone or soft))
            spot = QRectF(left, box.top(), width + 1, box.height())
            painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), text)
            left += width + gap

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Show that it is under the mouse."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Stop showing it."""
        super().leaveEvent(event)
        self.update()


class Glyph(StrEnum):
    """The small drawing on a card."""

    HEART = "heart"
    BREATH = "breath"
    PAGE = "page"


class Card(QPushButton):
    """A large button with a title, a line of detail and a small drawing."""

    def __init__(
        self, title: str, detail: str, glyph: Glyph, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self._detail = detail
        self._glyph = glyph
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAutoDefault(False)
        self.setAccessibleDescription(detail)
        theme.look().changed.connect(self.updateGeometry)

    @property
    def detail(self) -> str:
        """The line under the title."""
        return self._detail

    def set_detail(self, detail: str) -> None:
        """Say something else under the title."""
        if detail != self._detail:
            self._detail = detail
            self.setAccessibleDescription(detail)
            self.updateGeometry()
            self.update()

    def _text_left(self) -> float:
        return theme.current().px(78)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for title and detail."""
        look = theme.current()
        title = QFontMetricsF(look.font(theme.LEAD_PX)).horizontalAdvance(self.text())
        width = self._text_left() + max(title, look.px(200)) + look.px(24)
        return QSize(round(width), self.heightForWidth(max(self.width(), round(width))))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Return that a narrow card is a higher one."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height at which the title and all of the detail can be read."""
        look = theme.current()
        room = QRectF(0, 0, width - 2 * RING - self._text_left() - look.px(16), 1e4)
        body = QFontMetricsF(look.font(theme.BODY_PX))
        detail = body.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._detail)
        title = QFontMetricsF(look.font(theme.LEAD_PX)).height() * 1.1
        height = title + detail.height() + look.px(2) + 2 * look.px(14)
        return ceil(max(height, look.px(72))) + 2 * RING

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the card."""
        look = theme.current()
        tones = look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        warm = self.underMouse() or self.isDown()
        painter.setPen(QPen(QColor(tones.line), 1.4))
        painter.setBrush(QColor(tones.sunken if warm else tones.raised))
        painter.drawRoundedRect(
            box.adjusted(0.7, 0.7, -0.7, -0.7), theme.RADIUS_PX, theme.RADIUS_PX
        )
        left = self._text_left()
        text = box.adjusted(left, look.px(14), -look.px(16), -look.px(10))
        centre = QPointF(box.left() + look.px(40), box.center().y())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            text = box.adjusted(look.px(16), look.px(14), -left, -look.px(10))
            centre.setX(box.right() - look.px(40))
        paint_glyph(painter, self._glyph, centre, look.px(19))
        title_font = look.font(theme.LEAD_PX)
        painter.setFont(title_font)
        painter.setPen(QColor(tones.ink))
        line = QFontMetricsF(title_font).height() * 1.1
        leading = Qt.AlignmentFlag.AlignLeading
        top = QRectF(text.left(), text.top(), text.width(), line)
        painter.drawText(top, int(leading | Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.setFont(look.font(theme.BODY_PX))
        painter.setPen(QColor(tones.ink_soft))
        rest = text.adjusted(0, line + look.px(2), 0, 0)
        flags = int(leading | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(rest, flags, self._detail)
        if self.hasFocus():
            paint_ring(painter, box, theme.RADIUS_PX)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Show that it is under the mouse."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Stop showing it."""
        super().leaveEvent(event)
        self.update()


def paint_glyph(painter: QPainter, glyph: Glyph, centre: QPointF, size: float) -> None:
    """Draw a heart, a ring of breath or a written page, of half-width ``size``."""
    tones = theme.current().colours
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    join, cap = Qt.PenJoinStyle.RoundJoin, Qt.PenCapStyle.RoundCap
    if glyph is Glyph.HEART:
        painter.setPen(QPen(QColor(tones.heart), size * 0.13, Qt.PenStyle.SolidLine, cap, join))
        x, y, s = centre.x(), centre.y() + size * 0.08, size
        heart = QPainterPath(QPointF(x, y + 0.78 * s))
        heart.cubicTo(x - 1.25 * s, y - 0.05 * s, x - 0.80 * s, y - 0.98 * s, x, y - 0.36 * s)
        heart.cubicTo(x + 0.80 * s, y - 0.98 * s, x + 1.25 * s, y - 0.05 * s, x, y + 0.78 * s)
        painter.drawPath(heart)
    elif glyph is Glyph.PAGE:
        painter.setPen(QPen(QColor(tones.breath), size * 0.13, Qt.PenStyle.SolidLine, cap, join))
        sheet = QRectF(centre.x() - 0.66 * size, centre.y() - 0.86 * size, 1.32 * size, 1.72 * size)
        painter.drawRoundedRect(sheet, size * 0.16, size * 0.16)
        for row, part in ((-0.36, 0.66), (0.0, 0.66), (0.36, 0.36)):
            left = QPointF(sheet.left() + 0.34 * size, centre.y() + row * size)
            painter.drawLine(left, left + QPointF(part * size, 0))
    else:
        painter.setPen(QPen(QColor(tones.breath), size * 0.13))
        painter.drawEllipse(centre, size * 0.86, size * 0.86)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(tones.breath, 0.28))
        painter.drawEllipse(centre, size * 0.48, size * 0.48)
    painter.restore()


class Chip(QRadioButton):
    """One of several choices, as a pill that fills when it is chosen."""

    def __init__(self, text: str, value: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.value = value
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the label and a tick."""
        look = theme.current()
        width = QFontMetricsF(look.font(theme.BODY_PX)).horizontalAdvance(self.text())
        return QSize(round(width) + look.px(44) + 2 * RING, look.px(36) + 2 * RING)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same."""
        return self.sizeHint()

    def hitButton(self, position: object) -> bool:  # noqa: N802 - Qt's name
        """Take a click anywhere on it."""
        del position
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the pill; chosen, it is filled and carries a dot, so colour isn't all."""
        look = theme.current()
        tones = look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        radius = box.height() / 2
        chosen = self.isChecked()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.breath))
            painter.drawRoundedRect(box, radius, radius)
        else:
            warm = self.underMouse() or self.isDown()
            painter.setPen(QPen(QColor(tones.line), 1.2))
            painter.setBrush(QColor(tones.sunken if warm else tones.raised))
            painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), radius, radius)
        ink = QColor(tones.on_breath if chosen else tones.ink)
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        label = box
        if chosen:
            inset = look.px(17)
            x = box.right() - inset if right_to_left else box.left() + inset
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(x, box.center().y()), look.px(3.2), look.px(3.2))
            shift = look.px(5)
            label = box.translated(-shift if right_to_left else shift, 0)
        painter.setFont(look.font(theme.BODY_PX))
        painter.setPen(ink)
        painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self.hasFocus():
            paint_ring(painter, box, radius)
