"""Before, practice, after: three calm bands with the heart running through them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from biofeedback.practice.breath import phase_at
from biofeedback.types import Beat, BreathSegment, PhaseName
from gui import theme, wording
from gui.roles import Role
from gui.widgets.heart_curve import curve, heart_range, runs

if TYPE_CHECKING:
    from biofeedback.sessions.summary import PhaseFigures

_SHARES = {PhaseName.QUIET_BEFORE: 1.0, PhaseName.GUIDED: 2.0, PhaseName.QUIET_AFTER: 1.0}
_GAP_PX = 10
_LEAST_BPM = 34.0
_TALLEST_PX = 400
_DENSE = 1.5
"""With more beats to a pixel than one in so many, no curve can be seen between them."""

Change = tuple[float, BreathSegment | None]


class PhaseBands(QWidget):
    """The phases side by side, one scale for the heart rate in all of them."""

    accessible_role = Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Your heart before, during and after the practice"))
        self._phases: tuple[PhaseFigures, ...] = ()
        self._beats: Sequence[Beat] = ()
        self._changes: Sequence[Change] = ()
        self._numbers = True
        self.setMaximumHeight(_TALLEST_PX)
        theme.look().changed.connect(self._rescale)

    def show_session(
        self,
        phases: tuple[PhaseFigures, ...],
        beats: Sequence[Beat],
        changes: Sequence[Change],
    ) -> None:
        """Show a session.

        Parameters
        ----------
        phases
            In order.
        beats
            Of the whole session, judged.
        changes
            When the guide began, changed and rested.
        """
        self._phases, self._beats, self._changes = phases, beats, changes
        told = [f"{wording.phase_words(phase.name)}: {_hr_words(phase)}" for phase in phases]
        self.setAccessibleDescription(". ".join(told))
        self.update()

    def _rescale(self) -> None:
        self.setMaximumHeight(max(_TALLEST_PX, theme.current().px(_TALLEST_PX)))
        self.updateGeometry()
        self.update()

    def set_numbers(self, shown: bool) -> None:
        """Show figures or hide them."""
        self._numbers = shown
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a modest size; the bands take whatever room there is."""
        return QSize(900, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the words of a band and a little of the trace."""
        return QSize(300, theme.current().px(100) + 90)

    # --------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bands."""
        if not self._phases:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        found = heart_range(
            [
                beat
                for beat in self._beats
                if any(phase.start_s <= beat.t_s < phase.end_s for phase in self._phases)
            ],
            _LEAST_BPM,
        )
        level = next((p.hr_bpm for p in self._phases if p.name is PhaseName.QUIET_BEFORE), None)
        for phase, box in zip(self._phases, self._boxes(), strict=True):
            self._band(painter, phase, box, found, level)

    def _boxes(self) -> list[QRectF]:
        shares = [_SHARES.get(phase.name, 1.0) for phase in self._phases]
        width = self.width() - _GAP_PX * (len(shares) - 1)
        boxes, left = [], 0.0
        for share in shares:
            wide = width * share / sum(shares)
            boxes.append(QRectF(left, 0, wide, self.height()))
            left += wide + _GAP_PX
        return boxes

    def _band(
        self,
        painter: QPainter,
        phase: PhaseFigures,
        box: QRectF,
        found: tuple[float, float] | None,
        level_bpm: float | None,
    ) -> None:
        look = theme.current()
        tones = look.colours
        path = QPainterPath()
        path.addRoundedRect(box, theme.RADIUS_PX, theme.RADIUS_PX)
        painter.fillPath(path, QColor(tones.sunken))
        inset = 18.0
        inner = box.adjusted(inset, 14, -inset, -14)
        body, small = look.font(theme.BODY_PX), look.font(theme.SMALL_PX)
        body_h = QFontMetricsF(body).height()
        painter.setFont(body)
        painter.setPen(QColor(tones.ink))
        leading = Qt.AlignmentFlag.AlignLeading
        head = QRectF(inner.left(), inner.top(), inner.width(), body_h)
        painter.drawText(head, int(leading), wording.band_words(phase.name))
        foot_h = self._foot_height(phase, inner.width()) if self._numbers else 0.0
        plot = QRectF(box.left(), head.bottom() + 10, box.width(), 0)
        plot.setBottom(inner.bottom() - foot_h - 8)
        painter.save()
        painter.setClipPath(path)
        if plot.height() > 24 and found is not None:
            self._trace(painter, phase, plot, found, level_bpm)
        painter.restore()
        if self._numbers:
            painter.setFont(small)
            foot = QRectF(inner.left(), inner.bottom() - foot_h, inner.width(), foot_h)
            painter.setPen(QColor(tones.ink))
            wrapped = int(leading | Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(foot, wrapped, _figures(phase))

    def _foot_height(self, phase: PhaseFigures, width: float) -> float:
        small = QFontMetricsF(theme.current().font(theme.SMALL_PX))
        room = QRectF(0, 0, width, 1e4)
        return small.boundingRect(room, int(Qt.TextFlag.TextWordWrap), _figures(phase)).height()

    def _trace(
        self,
        painter: QPainter,
        phase: PhaseFigures,
        plot: QRectF,
        found: tuple[float, float],
        level_bpm: float | None,
    ) -> None:
        tones = theme.current().colours
        low, high = found
        length_s = max(1e-6, phase.end_s - phase.start_s)

        def x(t_s: float) -> float:
            return plot.left() + (t_s - phase.start_s) / length_s * plot.width()

        def y(bpm: float) -> float:
            return plot.bottom() - (bpm - low) / (high - low) * plot.height()

        self._wave(painter, phase, plot)
        if phase.name is not PhaseName.GUIDED and phase.hr_bpm is not None:
            # the quiet time's own level, as a soft bar that can be compared across
            bar = QPen(theme.colour(tones.heart, 0.22), 7)
            painter.setPen(bar)
            at = y(phase.hr_bpm)
            painter.drawLine(QPointF(plot.left(), at), QPointF(plot.right(), at))
        if level_bpm is not None and low <= level_bpm <= high:
            pen = QPen(theme.colour(tones.ink_soft, 0.55), 1.2, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            at = y(level_bpm)
            painter.drawLine(QPointF(plot.left(), at), QPointF(plot.right(), at))
        beats = [beat for beat in self._beats if phase.start_s <= beat.t_s < phase.end_s]
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        thin = 1.2 if phase.name is PhaseName.GUIDED else 1.6
        pen = QPen(QColor(tones.heart), thin, Qt.PenStyle.SolidLine, cap, join)
        if len(beats) * _DENSE > plot.width():  # a curve would look the same, and take long
            painter.setPen(QPen(QColor(tones.heart), 1.0))
            for piece in runs(beats, x, y):
                painter.drawPolyline(QPolygonF(piece))
        else:
            for piece in runs(beats, x, y):
                painter.strokePath(curve(piece), pen)
        if phase.name is PhaseName.QUIET_AFTER and level_bpm is not None:
            self._level_label(painter, plot, y(level_bpm))

    def _level_label(self, painter: QPainter, plot: QRectF, at: float) -> None:
        """Say what the dotted line is, above it and out of the heart's way."""
        small = theme.current().font(theme.SMALL_PX)
        height = QFontMetricsF(small).height()
        painter.setFont(small)
        painter.setPen(QColor(theme.current().colours.ink_soft))
        words = wording.tr("level before")
        width = QFontMetricsF(small).horizontalAdvance(words) + 10
        left = plot.right() - 8 - width
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = plot.left() + 8
        box = QRectF(left, at - height - 10, width, height)
        ground = theme.colour(theme.current().colours.sunken, 0.82)
        path = QPainterPath()
        path.addRoundedRect(box, 5, 5)
        painter.fillPath(path, ground)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)

    def _wave(self, painter: QPainter, phase: PhaseFigures, plot: QRectF) -> None:
        if phase.name is not PhaseName.GUIDED or not self._changes:
            return
        times = [change[0] for change in self._changes]
        floor = plot.bottom() + 6
        path = QPainterPath(QPointF(plot.left(), floor))
        steps = max(2, int(plot.width()))
        for step in range(steps + 1):
            t_s = phase.start_s + (phase.end_s - phase.start_s) * step / steps
            at = bisect_right(times, t_s)
            segment = self._changes[at - 1][1] if at else None
            fullness = phase_at(segment, t_s).fullness if segment else 0.0
            path.lineTo(
                plot.left() + plot.width() * step / steps, floor - fullness * plot.height() * 0.8
            )
        path.lineTo(plot.right(), floor)
        painter.fillPath(path, theme.colour(theme.current().colours.wave, 0.22))


def _figures(phase: PhaseFigures) -> str:
    told = _hr_words(phase)
    if phase.rmssd_ms is not None:
        told += "\n" + wording.tr("RMSSD {ms} ms").format(ms=wording.number(phase.rmssd_ms))
    return told


def _hr_words(phase: PhaseFigures) -> str:
    if phase.hr_bpm is None:
        return wording.tr("not enough beats to say")
    return wording.tr("{bpm} beats a minute").format(bpm=wording.number(phase.hr_bpm, 1))
