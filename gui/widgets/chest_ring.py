"""A small ring that widens and narrows as the chest does, inside that of the guide."""

from __future__ import annotations

from math import cos, pi, sqrt

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from biofeedback.sensing import ChestBreath
from gui import theme
from gui.roles import Role

STALE_S = 4.0
"""A look that is older says nothing of now."""

_SIZE_PX = 56
_LEAST = 0.35


def chest_fullness(look: ChestBreath | None, now_s: float) -> float | None:
    """Return how far the chest is out at ``now_s``, 0..1; None where it isn't known."""
    if look is None or look.rate_per_min is None or look.phase_cycles is None:
        return None
    ahead_s = now_s - look.t_s
    if not 0 <= ahead_s <= STALE_S:
        return None
    phase = look.phase_cycles + ahead_s * look.rate_per_min / 60
    return 0.5 - 0.5 * cos(2 * pi * phase)


class ChestRing(QWidget):
    """The chest as a disc, the guide as a line around it. Decoration: words say the same."""

    accessible_role = Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Your breath, as the strap feels it"))
        self._chest: float | None = None
        self._guide: float | None = None

    def show_breath(self, chest: float | None, guide: float | None) -> None:
        """Show how full each is, 0..1; None: not known, or at rest."""
        steps = [None if each is None else round(each * 60) / 60 for each in (chest, guide)]
        if steps != [self._chest, self._guide]:
            self._chest, self._guide = steps
            self.update()

    @property
    def chest(self) -> float | None:
        """How full the chest is shown."""
        return self._chest

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return its size, which goes with the text's."""
        side = theme.current().px(_SIZE_PX)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw disc and line; areas, not radii, go with the breath."""
        tones = theme.current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        full = min(self.width(), self.height()) / 2 - 2
        if self._chest is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(tones.breath, 0.55))
            radius = full * _radius(self._chest)
            painter.drawEllipse(middle, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tones.line), 1.4))
        radius = full * (1.0 if self._guide is None else _radius(self._guide))
        painter.drawEllipse(middle, radius, radius)


def _radius(fullness: float) -> float:
    return sqrt(_LEAST**2 + (1 - _LEAST**2) * fullness)
