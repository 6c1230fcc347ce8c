"""Still hills under a wide sky: something to look out at, with nothing of the body in it."""

from __future__ import annotations

from math import pi, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath

from gui import theme

_HILLS = (
    # height of the ridge from the foot, its swell, waves across, shift, strength
    (0.30, 0.035, 1.3, 0.4, 0.16),
    (0.22, 0.045, 1.9, 2.3, 0.22),
    (0.12, 0.040, 1.1, 4.4, 0.30),
)
_STEP_PX = 6


def paint_horizon(painter: QPainter, box: QRectF) -> None:
    """Draw the hills into the lower part of ``box``."""
    tones = theme.current().colours
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for ridge, swell, waves, shift, strength in _HILLS:
        path = QPainterPath(QPointF(box.left(), box.bottom()))
        x = box.left()
        while x <= box.right() + _STEP_PX:
            turn = (x - box.left()) / box.width() * 2 * pi * waves + shift
            rise = ridge + swell * (sin(turn) + 0.35 * sin(2.3 * turn + 1.0))
            path.lineTo(x, box.bottom() - box.height() * rise)
            x += _STEP_PX
        path.lineTo(x, box.bottom())
        wash = QLinearGradient(
            0, box.bottom() - box.height() * (ridge + 1.4 * swell), 0, box.bottom()
        )
        wash.setColorAt(0, theme.colour(tones.wave, strength))
        wash.setColorAt(1, theme.colour(tones.wave, strength * 0.25))
        painter.fillPath(path, wash)
    painter.restore()


def ground(painter: QPainter, box: QRectF) -> None:
    """Lay the paper, and the hills on it."""
    painter.fillRect(box, QColor(theme.current().colours.paper))
    paint_horizon(painter, box)
