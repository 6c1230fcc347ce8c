"""What all charts of a looked-back session share: ground, title, axis, copying, a place to tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.roles import Role
from gui.wording import tr

_SHARP = 2.0
"""A copied picture has so many pixels for one of the screen."""

PAD_PX = 18


class Chart(QWidget):
    """A picture of figures. It has a name, says in words what it shows, and can be copied.

    With the keyboard on it, C copies the picture and T its figures as a table.

    Parameters
    ----------
    name
        What a screen reader calls it; it also stands above the picture.
    height_px
        At 100 % text.
    """

    accessible_role = Role.Chart

    told = Signal(str)
    """A sentence on what was just done, for the page to show."""
    described = Signal()
    """It shows something else, or says why it does not."""

    def __init__(self, name: str, height_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = name
        self._height_px = height_px
        self._why = ""
        self._table: Callable[[], Sequence[Sequence[str]]] = tuple
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self.restyle)

    # ---------------------------------------------------------------------------- control
    def describe(
        self, words: str, table: Callable[[], Sequence[Sequence[str]]], why: str = ""
    ) -> None:
        """Say what the picture shows.

        Parameters
        ----------
        words
            In a sentence or two.
        table
            Its figures, by row, the first one a heading; asked for when it is copied.
        why
            Why there is no picture; empty if there is one.
        """
        self._why, self._table = why, table
        self.setAccessibleDescription(why or words)
        self.restyle()
        self.described.emit()

    def clear(self) -> None:
        """Forget what was shown."""
        self.describe("", tuple)

    @property
    def why(self) -> str:
        """Why there is no picture; empty if there is one."""
        return self._why

    def table(self) -> str:
        """Return the figures as a table that any spreadsheet takes: tabs between columns."""
        return "\n".join("\t".join(row) for row in self._table())

    def picture(self) -> QPixmap:
        """Return the picture, without what the keyboard adds, sharp enough to be printed."""
        made = QPixmap(self.size() * _SHARP)
        made.setDevicePixelRatio(_SHARP)
        made.fill(QColor(theme.current().colours.paper))
        painter = QPainter(made)
        self.draw(painter)
        painter.end()
        return made

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.picture())
        self.told.emit(tr("The picture can be pasted now. It is not protected."))

    def copy_table(self) -> None:
        """Put the figures on the clipboard."""
        QGuiApplication.clipboard().setText(self.table())
        self.told.emit(tr("The figures can be pasted as a table now. They are not protected."))

    def restyle(self) -> None:
        """Draw anew in the present theme."""
        self.updateGeometry()
        self.update()

    # ----------------------------------------------------------------------------- layout
    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the picture."""
        return QSize(480, theme.current().px(self._height_px))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least at which it can be read."""
        return QSize(260, theme.current().px(self._height_px))

    @property
    def line_px(self) -> float:
        """Height of a line of small text."""
        return QFontMetricsF(theme.current().font(theme.SMALL_PX)).height()

    @property
    def ground(self) -> QRectF:
        """What the picture lies on."""
        return QRectF(self.rect())

    @property
    def plot(self) -> QRectF:
        """Where the figures are drawn."""
        head = theme.current().px(14) + self.line_px + 8
        foot = self.line_px + theme.current().px(14)
        return self.ground.adjusted(PAD_PX, head, -PAD_PX, -foot)

    # --------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the picture, and the ring if the keyboard is here."""
        del event
        painter = QPainter(self)
        self.draw(painter)
        self.draw_hand(painter)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.current().colours.focus), theme.FOCUS_PX))
            box = self.ground.adjusted(1.5, 1.5, -1.5, -1.5)
            painter.drawRoundedRect(box, theme.RADIUS_PX - 1.5, theme.RADIUS_PX - 1.5)

    def draw(self, painter: QPainter) -> None:
        """Draw ground and title; and the figures, or why there are none."""
        tones = theme.current().colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.sunken))
        painter.drawRoundedRect(self.ground, theme.RADIUS_PX, theme.RADIUS_PX)
        painter.setFont(theme.current().font(theme.SMALL_PX))
        painter.setPen(QColor(tones.ink_soft))
        top = self.ground.top() + theme.current().px(10)
        wide = self.ground.width() - 2 * PAD_PX
        head = QRectF(self.ground.left() + PAD_PX, top, wide, self.line_px)
        shown = QFontMetricsF(painter.font()).elidedText(
            self.title, Qt.TextElideMode.ElideRight, head.width()
        )
        painter.drawText(head, int(Qt.AlignmentFlag.AlignLeading), shown)
        if self._why:
            painter.setFont(theme.current().font(theme.BODY_PX))
            painter.setPen(QColor(tones.ink))
            wrapped = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.plot, wrapped, self._why)
        else:
            self.draw_figures(painter)

    def draw_figures(self, painter: QPainter) -> None:
        """Draw what this chart is about."""

    def draw_hand(self, painter: QPainter) -> None:
        """Draw what the mouse or the keyboard points at; it is no part of a copied picture."""

    def draw_ticks(self, painter: QPainter, ticks: Sequence[tuple[float, str]]) -> None:
        """Name places along the foot: x in pixels, and what stands there."""
        tones = theme.current().colours
        painter.setFont(theme.current().font(theme.SMALL_PX))
        metrics = QFontMetricsF(painter.font())
        plot = self.plot
        free_from = self.ground.left()
        for x, words in ticks:
            painter.setPen(QPen(theme.colour(tones.ink_soft, 0.45), 1))
            painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 4))
            wide = metrics.horizontalAdvance(words)
            left = min(max(x - wide / 2, self.ground.left() + 6), self.ground.right() - wide - 6)
            if left < free_from:
                continue
            free_from = left + wide + 8
            painter.setPen(QColor(tones.ink_soft))
            box = QRectF(left, plot.bottom() + 5, wide + 1, self.line_px)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)

    # -------------------------------------------------------------------------------- Qt's
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy the picture or its table; leave other keys to the page."""
        if self._why or (with_control(event) and event.key() != Qt.Key.Key_C):
            event.ignore()
        elif event.key() == Qt.Key.Key_C:
            self.copy_picture()
        elif event.key() == Qt.Key.Key_T:
            self.copy_table()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take it away."""
        super().focusOutEvent(event)
        self.update()


def with_control(event: QKeyEvent) -> bool:
    """Tell whether Ctrl is held: such keys are the window's, but for Ctrl+C."""
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def time_ticks(from_s: float, to_s: float, most: int) -> list[float]:
    """Return round times between two, at most about ``most`` of them."""
    span_s = max(1e-6, to_s - from_s)
    steps = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
    step_s = next((step for step in steps if span_s / step <= most), steps[-1])
    first = int(-(-from_s // step_s))
    return [number * float(step_s) for number in range(first, int(to_s // step_s) + 1)]
