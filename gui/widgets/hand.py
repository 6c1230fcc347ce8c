"""The outline of a hand that rests, fingers together, drawn from discs along its bones."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath

Joint = tuple[float, float, float]
"""x, y and half the width there; one palm's length is 1, the fingers point up."""

FINGERS: tuple[tuple[Joint, ...], ...] = (
    ((-0.345, 0.90, 0.122), (-0.375, 1.35, 0.118), (-0.350, 1.66, 0.098)),
    ((-0.112, 0.95, 0.124), (-0.118, 1.50, 0.120), (-0.095, 1.83, 0.100)),
    ((0.128, 0.93, 0.120), (0.150, 1.42, 0.116), (0.175, 1.73, 0.096)),
    ((0.352, 0.82, 0.108), (0.405, 1.18, 0.102), (0.435, 1.42, 0.086)),
    ((-0.280, 0.12, 0.200), (-0.550, 0.50, 0.150), (-0.665, 0.80, 0.125), (-0.660, 1.02, 0.100)),
)
"""Four fingers and the thumb, along their bones."""
_DISCS = 24

WRIST_Y, CENTRE_Y = -0.35, 0.84
"""Where the outline ends, and its middle."""


def palm() -> QPainterPath:
    """Return the outline of the palm, to where the arm begins."""
    path = QPainterPath()
    path.moveTo(-0.30, WRIST_Y)
    path.cubicTo(-0.33, 0.10, -0.50, 0.45, -0.455, 0.98)
    path.cubicTo(-0.25, 1.14, 0.25, 1.10, 0.47, 0.86)
    path.cubicTo(0.50, 0.45, 0.40, 0.20, 0.31, WRIST_Y)
    path.closeSubpath()
    return path


def resting_hand() -> QPainterPath:
    """Return the outline; y grows towards the fingertips."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addPath(palm())
    for finger in FINGERS:
        for (x0, y0, w0), (x1, y1, w1) in pairwise(finger):
            for at in range(_DISCS + 1):
                part = at / _DISCS
                width = w0 + (w1 - w0) * part
                centre = QPointF(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part)
                path.addEllipse(centre, width, width)
    return path.simplified()
