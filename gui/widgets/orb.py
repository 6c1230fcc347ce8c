"""The orb: it breathes with the guide, and its hand grows warm as the heart follows."""

from __future__ import annotations

from math import ceil, exp
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.roles import Role

if TYPE_CHECKING:
    from gui.widgets.orb_paint import OrbPaint

EMPTY = 0.52
"""Radius of the emptiest orb, in radii of the fullest."""
REST = 0.3
"""Fullness of the orb while no guide runs."""
WARMTH_TIME_S = 4.0
"""The warmth follows the measured heart with this time constant."""

_MAX_FRAMES, _MIN_FRAMES = 40, 12
_RESIZE_RESTS_MS = 60
_LEAST_MOVE_PX = 0.3
"""The rim's soft: a smaller step can't be seen, and at the turn of a breath there are many."""
_LEAST_FADE_PX = 1.0
"""An orb that grows stronger in place instead: so little is less than one level of colour."""
REACH = 1.24
"""The halo ends at this many radii."""
_WARMTH_STEPS = 100
_WHOLE = 0.99
"""Of the larger of two pictures so much covers the smaller one as if it were all of it."""


class Orb(QWidget):
    """The breath as a wash of colour, drawn from pictures that are painted once.

    Whoever owns it calls `breathe` for each frame; only what changed is drawn again.

    Parameters
    ----------
    parent
        The screen.
    cache_bytes
        How much memory its pictures may take; the more there are, the finer the steps between.
    """

    accessible_role = Role.Graphic

    def __init__(
        self, parent: QWidget | None = None, *, cache_bytes: int = 56 * 1024 * 1024
    ) -> None:
        super().__init__(parent)
        self._cache_bytes = cache_bytes
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Breath guide"))
        self._paint: OrbPaint | None = None
        self._frames: list[_Picture | None] = []
        self._warmth_pixmap = QPixmap()
        self._hand_pixmap = QPixmap()
        self._warm: _Picture | None = None
        self._warm_step: tuple[int, bool] | None = None
        self._fullness = self._shown = REST
        self._lead = 0.0
        self._warmth = self._wanted_warmth = 0.0
        self._with_hand = True
        self._full_px = self._wanted_px = 0.0
        self._centre_x = self._centre_y = 0
        self._least_px = _LEAST_MOVE_PX
        self._drawn_half_px = 0
        self._drawn_warmth = 0.0
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._paint_another)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_RESIZE_RESTS_MS)
        self._resized.timeout.connect(self._begin_anew)
        theme.look().changed.connect(self._begin_anew)

    # ---------------------------------------------------------------------------- control
    def place(self, centre: QPoint, full_px: float) -> None:
        """Give the fullest orb a place and a radius; the halo reaches beyond it."""
        half_px = ceil(full_px * REACH)
        self._wanted_px = full_px
        self.setGeometry(centre.x() - half_px, centre.y() - half_px, 2 * half_px, 2 * half_px)

    def set_hand(self, shown: bool) -> None:
        """Show a hand at the centre, or warmth alone (a practice without touch)."""
        if shown is not self._with_hand:
            self._with_hand = shown
            self.update()

    @property
    def with_hand(self) -> bool:
        """Whether a hand is shown at the centre."""
        return self._with_hand

    def set_warmth(self, warmth: float) -> None:
        """Let the warmth move to 0..1; it takes a few seconds."""
        self._wanted_warmth = min(1.0, max(0.0, warmth))

    def breathe(self, fullness: float | None, dt_s: float) -> None:
        """Draw the next frame.

        Parameters
        ----------
        fullness
            Of the breath, 0..1; None while no guide runs.
        dt_s
            Seconds since the last frame.
        """
        step = dt_s / theme.SETTLE_S
        if fullness is None:
            self._lead = max(0.0, self._lead - step)
        else:
            self._fullness = fullness
            self._lead = min(1.0, self._lead + step)
        eased = self._lead * self._lead * (3 - 2 * self._lead)
        shown = REST + (self._fullness - REST) * eased
        warmth = self._warmth + (self._wanted_warmth - self._warmth) * (
            1 - exp(-dt_s / WARMTH_TIME_S)
        )
        self._warmth = warmth
        moved_px = abs(shown - self._shown) * (1 - EMPTY) * self._full_px
        if moved_px < self._least_px and abs(warmth - self._drawn_warmth) < 1 / _WARMTH_STEPS:
            return
        self._shown = shown
        if self._paint is None:
            self.update()
            return
        warm = self._warm_hand()
        half_px = max(self._frame(self._place()[0] + 1).half_px, warm.half_px)
        # what was drawn wider before is drawn over, too
        reach_px = max(half_px, self._drawn_half_px)
        self.update(
            self._centre_x - reach_px, self._centre_y - reach_px, 2 * reach_px, 2 * reach_px
        )

    @property
    def fullness(self) -> float:
        """How full the orb is drawn, 0..1."""
        return self._shown

    @property
    def warmth(self) -> float:
        """How warm it is drawn, 0..1."""
        return self._warmth

    @property
    def ready(self) -> bool:
        """Whether every picture is painted."""
        return bool(self._frames) and all(frame is not None for frame in self._frames)

    def prepare(self) -> None:
        """Paint what is missing now, rather than in idle moments."""
        if self._paint is None:
            self._begin_anew()
        for number in range(len(self._frames)):
            self._frame(number)
        self._idle.stop()

    # --------------------------------------------------------------------------- pictures
    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size at which it looks its best."""
        return QSize(520, 520)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least size at which the breath can be seen."""
        return QSize(120, 120)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the pictures anew once the size rests."""
        super().resizeEvent(event)
        self._centre_x, self._centre_y = (self.width() - 1) // 2, (self.height() - 1) // 2
        if self._paint is not None:
            self._resized.start()

    def _begin_anew(self) -> None:
        if self.width() < 8 or self.height() < 8 or not self.isVisible():
            self._paint = None
            return
        # numpy comes in here: after the first window is up
        from gui.widgets.orb_paint import OrbPaint

        ratio = self.devicePixelRatioF()
        self._full_px = self._wanted_px or min(self.width(), self.height()) / 2 / 1.2
        full_px = self._full_px * ratio
        mean_bytes = 4 * (2 * full_px * REACH) ** 2 * 0.6
        n_frames = round(min(_MAX_FRAMES, max(_MIN_FRAMES, self._cache_bytes / mean_bytes)))
        self._paint = OrbPaint(theme.current(), full_px, full_px * EMPTY, n_frames)
        self._frames = [None] * n_frames
        self._warmth_pixmap = self._pixmap(self._paint.warmth())
        self._hand_pixmap = self._pixmap(self._paint.hand())
        self._warm = None
        still = theme.current().reduced_motion
        self._least_px = _LEAST_FADE_PX if still else _LEAST_MOVE_PX
        self._resized.stop()
        self._idle.start()
        self.update()

    def _paint_another(self) -> None:
        if not self.isVisible():
            self._idle.stop()
            return
        for number, frame in enumerate(self._frames):
            if frame is None:
                self._frame(number)
                return
        self._idle.stop()

    def _frame(self, number: int) -> _Picture:
        frame = self._frames[number]
        if frame is None:
            assert self._paint is not None
            still = theme.current().reduced_motion
            image = self._paint.still(number) if still else self._paint.breath(number)
            frame = self._frames[number] = _Picture.of(self._pixmap(image))
        return frame

    def _pixmap(self, image: QImage) -> QPixmap:
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        return pixmap

    # --------------------------------------------------------------------------- painting
    def _place(self) -> tuple[int, float]:
        """Return between which picture and the next the breath is, and how far, 0..1."""
        place = self._shown * (len(self._frames) - 1)
        low = min(int(place), len(self._frames) - 2)
        return low, place - low

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Copy two neighbouring pictures of the breath over each other, then warmth and hand."""
        painter = QPainter(self)
        rect = event.rect()
        if self._paint is None:
            # The first picture of the window comes first; then there is time for pigment.
            painter.fillRect(rect, QColor(theme.current().colours.paper))
            self._resized.start()
            return
        low, part = self._place()
        below, above, warm = self._frame(low), self._frame(low + 1), self._warm_hand()
        x, y = self._centre_x, self._centre_y
        half_px = above.half_px
        drawn = QRect(x - half_px, y - half_px, 2 * half_px, 2 * half_px)
        if not drawn.contains(rect):
            painter.fillRect(rect, QColor(theme.current().colours.paper))
        # The larger one lies below, whole: it covers all that the smaller one does.
        painter.drawPixmap(x - half_px, y - half_px, above.pixmap)
        if part < _WHOLE:
            painter.setOpacity(1.0 - part)
            painter.drawPixmap(x - below.half_px, y - below.half_px, below.pixmap)
            painter.setOpacity(1.0)
        painter.drawPixmap(x - warm.half_px, y - warm.half_px, warm.pixmap)
        self._drawn_half_px = max(half_px, warm.half_px)
        self._drawn_warmth = self._warmth

    def _warm_hand(self) -> _Picture:
        """Return warmth and hand as one picture; it is made anew only as the warmth changes."""
        step = round(self._warmth * _WARMTH_STEPS), self._with_hand
        if self._warm is None or step != self._warm_step:
            self._warm_step = step
            warmth = step[0] / _WARMTH_STEPS
            both = QPixmap(self._warmth_pixmap.size())
            both.setDevicePixelRatio(self._warmth_pixmap.devicePixelRatio())
            both.fill(Qt.GlobalColor.transparent)
            painter = QPainter(both)
            painter.setOpacity(0.16 + 0.74 * warmth)
            painter.drawPixmap(0, 0, self._warmth_pixmap)
            self._warm = _Picture.of(both)
            if self._with_hand:
                painter.setOpacity(0.62 + 0.36 * warmth)
                inset = self._warm.half_px - _Picture.of(self._hand_pixmap).half_px
                painter.drawPixmap(inset, inset, self._hand_pixmap)
            painter.end()
        return self._warm


class _Picture(NamedTuple):
    """A square picture that lies on the orb's centre."""

    pixmap: QPixmap
    half_px: int
    """Half its side, in the widget's pixels."""

    @classmethod
    def of(cls, pixmap: QPixmap) -> _Picture:
        return cls(pixmap, round(pixmap.width() / pixmap.devicePixelRatio()) // 2)
