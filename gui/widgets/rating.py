"""A scale from 0 to 10 that begins with nothing chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from gui import theme
from gui.roles import Role
from gui.widgets.buttons import RING, Chip, paint_ring
from gui.widgets.flow import Flow
from gui.widgets.text import Text

LEAST, MOST = 0, 10
_DOT_PX = 36


_ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}


class RatingDot(Chip):
    """One number of a scale. Keys but Space are the scale's."""

    arrow = Signal(int)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a circle with room for its ring."""
        side = theme.current().px(_DOT_PX) + 2 * RING
        return QSize(side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Give arrows to the scale (a page that scrolls would take them), leave the rest."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif event.key() in _ARROWS:
            self.arrow.emit(event.key())
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw a ring with the number; chosen, a full disc."""
        look = theme.current()
        tones = look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        chosen = self.isChecked()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.breath))
            painter.drawEllipse(box)
        else:
            warm = self.underMouse() or self.isDown()
            painter.setPen(QPen(QColor(tones.line), 1.2))
            painter.setBrush(QColor(tones.sunken if warm else tones.raised))
            painter.drawEllipse(box.adjusted(0.6, 0.6, -0.6, -0.6))
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
        painter.setFont(look.font(theme.BODY_PX, weight=weight))
        painter.setPen(QColor(tones.on_breath if chosen else tones.ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self.hasFocus():
            paint_ring(painter, box, box.height() / 2)


class RatingScale(QWidget):
    """A name and eleven dots. `value` is None until the person chooses."""

    accessible_role = Role.Grouping

    changed = Signal()
    left = Signal(int)
    """Up or down was pressed: to the scale before (-1) or after (1)."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._value: int | None = None
        self._tens = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        heading = Text(title, theme.LEAD_PX)
        heading.setIndent(RING)
        box.addWidget(heading)
        row = Flow(2)
        self._group = QButtonGroup(self)
        self._dots: list[RatingDot] = []
        for number in range(LEAST, MOST + 1):
            dot = RatingDot(str(number), str(number))
            dot.setAccessibleName(self.tr("{title}: {n} of 10").format(title=title, n=number))
            dot.arrow.connect(self._arrow)
            dot.clicked.connect(lambda _=False, number=number: self._clicked(number))
            self._group.addButton(dot)
            self._dots.append(dot)
            row.add(dot)
        box.addWidget(row)
        self._let_tab_in()

    @property
    def value(self) -> int | None:
        """What is chosen; None where nothing is."""
        return self._value

    def dot(self, number: int) -> RatingDot:
        """Return the dot of a number."""
        return self._dots[number]

    def set_value(self, value: int | None) -> None:
        """Choose, or choose nothing; the keyboard goes along if it is here."""
        here = self.has_keyboard
        self._value = value
        self._group.setExclusive(False)  # an exclusive group never lets go of its last choice
        for number, dot in enumerate(self._dots):
            dot.setChecked(number == value)
        self._group.setExclusive(True)
        self._let_tab_in()
        if here:
            self.take_keyboard()
        self.changed.emit()

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is on one of the dots."""
        return any(dot.hasFocus() for dot in self._dots)

    def take_keyboard(self) -> None:
        """Put the keyboard on the dot that is chosen, or on the first."""
        self._dots[self._value or 0].setFocus(Qt.FocusReason.TabFocusReason)

    def digit(self, digit: int) -> None:
        """Choose what is typed; a 0 right after a 1 makes it 10."""
        ten = digit == 0 and self._value == 1 and self._tens
        self.set_value(10 if ten else digit)
        self._tens = digit == 1

    def step(self, by: int) -> None:
        """Go up or down by one; from nothing, begin at the end one comes from."""
        self._tens = False
        if self._value is None:
            self.set_value(LEAST if by > 0 else MOST)
        else:
            self.set_value(min(MOST, max(LEAST, self._value + by)))

    def _arrow(self, key: int) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        match key:
            case Qt.Key.Key_Up:
                self.left.emit(-1)
            case Qt.Key.Key_Down:
                self.left.emit(1)
            case _:
                self.step(1 if (key == Qt.Key.Key_Right) is not mirrored else -1)

    def _clicked(self, number: int) -> None:
        """Choose it; the same once more takes it back."""
        self._tens = False
        self.set_value(None if number == self._value else number)

    def _let_tab_in(self) -> None:
        """Give Tab one way in: the dot that is chosen, or the first."""
        way_in = self._dots[self._value or 0]
        for dot in self._dots:
            strong = dot is way_in
            dot.setFocusPolicy(Qt.FocusPolicy.StrongFocus if strong else Qt.FocusPolicy.ClickFocus)
