"""The breath in a small window above all others: for whoever breathes beside something else."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.roles import Role
from gui.widgets.orb import Orb
from gui.wording import tr

_SIDE_PX = 180
_GAP_PX = 24
_RADIUS_PX = 24
_LONGEST_FRAME_S = 0.25
_CACHE_BYTES = 8 * 1024 * 1024


class SmallOrb(QWidget):
    """An orb that breathes as the large one does. It is dragged by the mouse.

    Parameters
    ----------
    fullness
        Asked for each frame: how full the breath is, 0..1; None while no guide runs.
    warmth
        Asked for each frame: how closely the heart follows, 0..1.
    """

    accessible_role = Role.Pane

    large_wanted = Signal()
    """The large window is wanted back: a double click, Esc, O, or the window was closed."""
    key_pressed = Signal(int)
    """Any other key: it does what it does in the large window."""

    def __init__(self, fullness: Callable[[], float | None], warmth: Callable[[], float]) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint,
        )
        # the program ends with its large window, whatever is open beside it
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._fullness, self._warmth = fullness, warmth
        self._frame_s = perf_counter()
        self._held: QPoint | None = None
        self._placed = False
        name = tr("Small breath guide, above other windows")
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self.setToolTip(tr("Drag it anywhere. A double click, or the key O, opens the window."))
        self.orb = Orb(self, cache_bytes=_CACHE_BYTES)
        self._ticker = QTimer(self)
        self._ticker.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticker.setInterval(theme.FRAME_MS)
        self._ticker.timeout.connect(self._frame)
        theme.look().changed.connect(self.update)
        side = theme.current().px(_SIDE_PX)
        self.resize(side, side)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return its one size; it goes with the text's."""
        side = theme.current().px(_SIDE_PX)
        return QSize(side, side)

    def _frame(self) -> None:
        now_s = perf_counter()
        dt_s = min(now_s - self._frame_s, _LONGEST_FRAME_S)
        self._frame_s = now_s
        self.orb.set_warmth(self._warmth())
        self.orb.breathe(self._fullness(), dt_s)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to breathe; the first time, in the lower corner of the screen."""
        super().showEvent(event)
        if not self._placed:
            self._placed = True
            room = self.screen().availableGeometry()
            far = QPoint(self.width() + _GAP_PX, self.height() + _GAP_PX)
            self.move(room.bottomRight() - far)
        self._frame_s = perf_counter()
        self._ticker.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stop drawing frames."""
        super().hideEvent(event)
        self._ticker.stop()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody is left without a window."""
        super().closeEvent(event)
        self.large_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Round its corners, and let the orb fill it."""
        super().resizeEvent(event)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), _RADIUS_PX, _RADIUS_PX)
        self.setMask(QRegion(path.toFillPolygon().toPolygon()))
        self.orb.place(self.rect().center(), self.width() * 0.38)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the paper, with a line around it so that it stands out from what lies below."""
        tones = theme.current().colours
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tones.paper))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones.line), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS_PX, _RADIUS_PX)

    # --------------------------------------------------------------------- mouse and keys
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of it."""
        # the system's own move, where there is one: on Wayland no other is allowed
        if not self.windowHandle().startSystemMove():
            self._held = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move with the mouse."""
        if self._held is not None:
            self.move(event.globalPosition().toPoint() - self._held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go of it."""
        del event
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the large window."""
        del event
        self.large_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the large window, or pass the key on."""
        if event.key() in {Qt.Key.Key_O, Qt.Key.Key_Escape}:
            self.large_wanted.emit()
        else:
            self.key_pressed.emit(event.key())
