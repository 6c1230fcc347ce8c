"""The last minute of the heart as a soft line, the guide's breath faintly behind it.

Both are painted into strips wider than the widget; a frame only copies them, moved on by whole
pixels. A gap is a row of dots; nothing is joined across it. The newest seconds lie in a mist,
since beats arrive in bunches: the line grows out of it without a jump.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from biofeedback.practice.breath import phase_at
from biofeedback.types import Beat, BreathSegment
from gui import theme
from gui.roles import Role
from gui.widgets.heart_curve import curve, heart_range, runs

SPAN_S = 60.0
NOW_AT = 0.86
"""Where 'now' lies, as a part of the width; right of it the guide's next breaths."""

_MARGIN_S = 8.0
_MIST_FROM = NOW_AT * (1 - 4.5 / SPAN_S)
_MIST_TO = NOW_AT * (1 - 0.6 / SPAN_S)
_LEAST_BPM = 16.0
_EASE = 0.25
_KEPT_BEATS = 512
_KEPT_CHANGES = 64
_KEPT_GAPS = 32
_DOT_PX, _DOT_EVERY_PX = 2.4, 9.0
_WAVE_STEP_PX = 4
_SIDE_FADE = 0.07

Gap = tuple[float, float | None]
"""From when to when nothing was heard, in session time; None: it goes on."""


class HeartTrace(QWidget):
    """The heart's trace. Whoever owns it tells it the beats and the guide, and calls `move_to`."""

    accessible_role = Role.Chart

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Your heart over the last minute"))
        self._beats: tuple[Beat, ...] = ()
        self._gaps: tuple[Gap, ...] = ()
        self._changes: deque[tuple[float, BreathSegment | None]] = deque(maxlen=_KEPT_CHANGES)
        self._low_bpm = self._high_bpm = 0.0
        self._now_s = 0.0
        self._heart, self._heart_from_s = QPixmap(), 0.0
        self._wave, self._wave_from_s = QPixmap(), 0.0
        self._layer, self._mist = QPixmap(), QPixmap()
        self._left, self._right = QPixmap(), QPixmap()
        self._heart_stale = self._wave_stale = True
        self._offset_px: tuple[int, int] | None = None
        theme.look().changed.connect(self._all_stale)

    # ---------------------------------------------------------------------------- control
    def clear(self) -> None:
        """Forget everything: another session begins."""
        self._beats, self._gaps = (), ()
        self.setAccessibleDescription("")
        self._changes.clear()
        self._low_bpm = self._high_bpm = 0.0
        self._all_stale()

    def set_beats(
        self, beats: Sequence[Beat], fresh: Sequence[Beat] = (), gaps: Sequence[Gap] = ()
    ) -> None:
        """Show these beats: judged ones, those that have just come, and where there are none."""
        self._beats = (*beats[-_KEPT_BEATS:], *fresh)
        self._heart_stale = True
        told = tuple(gaps[-_KEPT_GAPS:])
        if told != self._gaps:
            self._gaps = told
            self._tell_gap()

    def _tell_gap(self) -> None:
        """Say in words what the dots show."""
        if self._gaps and self._gaps[-1][1] is None:
            self.setAccessibleDescription(self.tr("A gap: nothing is heard of the heart just now."))
        elif self._gaps:
            self.setAccessibleDescription(self.tr("There was a gap. Nothing is joined across it."))

    def set_guide(self, t_s: float, segment: BreathSegment | None) -> None:
        """From ``t_s`` on the guide runs as ``segment`` says, or rests."""
        self._changes.append((t_s, segment))
        self._wave_stale = True

    def move_to(self, now_s: float) -> None:
        """Let time reach ``now_s``; draw again if that moves anything by a pixel."""
        self._now_s = now_s
        if self.width() < 8 or self.height() < 8 or not self.isVisible():
            return
        left_s = now_s - SPAN_S
        if self._heart_stale or not 0 <= left_s - self._heart_from_s <= _MARGIN_S:
            self._draw_heart(left_s)
        if self._wave_stale or not 0 <= left_s - self._wave_from_s <= _MARGIN_S:
            self._draw_wave(left_s)
        offset = self._offsets()
        if offset != self._offset_px:
            self._offset_px = offset
            self.update()

    @property
    def heart_stale(self) -> bool:
        """Whether beats have come that are not drawn yet."""
        return self._heart_stale

    # ----------------------------------------------------------------------------- layout
    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a calm height."""
        return QSize(800, 128)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least height at which the line can be followed."""
        return QSize(120, 48)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw everything anew."""
        super().resizeEvent(event)
        self._all_stale()

    def _all_stale(self) -> None:
        self._heart_stale = self._wave_stale = True
        self._mist = QPixmap()
        self._offset_px = None
        self.update()

    # ----------------------------------------------------------------------------- strips
    @property
    def _px_per_s(self) -> float:
        return self.width() * NOW_AT / SPAN_S

    def _offsets(self) -> tuple[int, int]:
        """Return where the strips lie; both move in the same frame."""
        left_px = round((self._now_s - SPAN_S) * self._px_per_s)
        return (
            round(self._heart_from_s * self._px_per_s) - left_px,
            round(self._wave_from_s * self._px_per_s) - left_px,
        )

    def _strip(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        width = self.width() + _MARGIN_S * self._px_per_s + 2
        strip = QPixmap(round(width * ratio), round(self.height() * ratio))
        strip.setDevicePixelRatio(ratio)
        return strip

    def _draw_heart(self, left_s: float) -> None:
        self._heart_stale = False
        self._heart_from_s = left_s
        self._offset_px = None
        tones = theme.current().colours
        strip = self._strip()
        strip.fill(Qt.GlobalColor.transparent)
        self._heart = strip
        self._dot_gaps(strip, left_s)
        beats = [beat for beat in self._beats if beat.t_s >= left_s - 4]
        if not self._find_range(beats):
            return
        padding = self.height() * 0.16
        scale = (self.height() - 2 * padding) / (self._high_bpm - self._low_bpm)
        pieces = runs(
            beats,
            lambda t_s: (t_s - left_s) * self._px_per_s,
            lambda bpm: padding + (self._high_bpm - bpm) * scale,
        )
        painter = QPainter(strip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        pens = (
            QPen(theme.colour(tones.heart, 0.10), 8, Qt.PenStyle.SolidLine, cap, join),
            QPen(QColor(tones.heart), 2.4, Qt.PenStyle.SolidLine, cap, join),
        )
        for piece in pieces:
            path = curve(piece)
            for pen in pens:
                painter.strokePath(path, pen)
        painter.end()

    def _dot_gaps(self, strip: QPixmap, left_s: float) -> None:
        """Mark gaps by a row of dots in the middle: something is missing, nothing is guessed."""
        width = strip.deviceIndependentSize().width()
        painter = QPainter(strip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().colours.line))
        y = self.height() / 2
        for from_s, to_s in self._gaps:
            # counted from the session's start, so that dots keep their places as time moves on
            first = ceil((from_s * self._px_per_s + _DOT_EVERY_PX / 2) / _DOT_EVERY_PX)
            x = first * _DOT_EVERY_PX - left_s * self._px_per_s
            end = width if to_s is None else min(width, (to_s - left_s) * self._px_per_s)
            x += _DOT_EVERY_PX * max(0, ceil((-_DOT_PX - x) / _DOT_EVERY_PX))
            while x <= end - _DOT_EVERY_PX / 2:
                painter.drawEllipse(QPointF(x, y), _DOT_PX / 2, _DOT_PX / 2)
                x += _DOT_EVERY_PX
        painter.end()

    def _find_range(self, beats: list[Beat]) -> bool:
        """Move the vertical range gently to where the beats are."""
        found = heart_range(beats, _LEAST_BPM)
        if found is None:
            return False
        low, high = found
        if self._high_bpm <= self._low_bpm:
            self._low_bpm, self._high_bpm = low, high
        else:
            self._low_bpm = min(low, self._low_bpm + (low - self._low_bpm) * _EASE)
            self._high_bpm = max(high, self._high_bpm + (high - self._high_bpm) * _EASE)
        return True

    def _draw_wave(self, left_s: float) -> None:
        self._wave_stale = False
        self._wave_from_s = left_s
        self._offset_px = None
        tones = theme.current().colours
        strip = self._strip()
        strip.fill(Qt.GlobalColor.transparent)
        self._wave = strip
        width = strip.deviceIndependentSize().width()
        floor, rise = self.height() - 1.0, self.height() * 0.72
        times = [change[0] for change in self._changes]
        painter = QPainter(strip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        points: list[QPointF] = []
        x = 0.0
        while x <= width:
            fullness = self._fullness(left_s + x / self._px_per_s, times)
            points.append(QPointF(x, floor - rise * fullness))
            x += _WAVE_STEP_PX
        for piece in _risen(points, floor):
            fill = QLinearGradient(0, floor - rise, 0, floor)
            strength = 0.34 if theme.current().dark else 0.30
            fill.setColorAt(0, theme.colour(tones.wave, strength))
            fill.setColorAt(1, theme.colour(tones.wave, 0.02))
            painter.fillPath(piece, fill)
        painter.end()

    def _fullness(self, t_s: float, times: list[float]) -> float:
        at = bisect_right(times, t_s)
        segment = self._changes[at - 1][1] if at else None
        return phase_at(segment, t_s).fullness if segment else 0.0

    # --------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Copy the breath and the heart; the heart's newest seconds by way of a layer of mist."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.current().colours.paper))
        if self._heart.isNull() or self._wave.isNull():
            return
        if self._mist.isNull():
            self._draw_masks()
        heart_px, wave_px = self._offset_px or self._offsets()
        painter.drawPixmap(wave_px, 0, self._wave)
        clear_px = round(_MIST_FROM * self.width())
        painter.setClipRect(0, 0, clear_px, self.height())
        painter.drawPixmap(heart_px, 0, self._heart)
        painter.setClipping(False)
        layer = QPainter(self._layer)
        layer.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        layer.drawPixmap(heart_px - clear_px, 0, self._heart)
        layer.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        layer.drawPixmap(0, 0, self._mist)
        layer.end()
        painter.drawPixmap(clear_px, 0, self._layer)
        # What lies behind is paper all over: paper over the sides is as good as fading them.
        painter.drawPixmap(0, 0, self._left)
        painter.drawPixmap(self.width() - self._side_px, 0, self._right)

    @property
    def _side_px(self) -> int:
        return round(_SIDE_FADE * self.width())

    def _draw_masks(self) -> None:
        mist_px = round(_MIST_TO * self.width()) - round(_MIST_FROM * self.width())
        solid, clear = QColor(0, 0, 0), QColor(0, 0, 0, 0)
        self._mist = self._gradient(mist_px, solid, clear)
        self._layer = self._gradient(mist_px, clear, clear)
        paper = theme.current().colours.paper
        self._left = self._gradient(self._side_px, QColor(paper), theme.colour(paper, 0.0))
        self._right = self._gradient(self._side_px, theme.colour(paper, 0.0), QColor(paper))

    def _gradient(self, width_px: int, left: QColor, right: QColor) -> QPixmap:
        """Return a picture of the widget's height that runs from one colour to the other."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(width_px * ratio), round(self.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        gradient = QLinearGradient(0, 0, width_px, 0)
        gradient.setColorAt(0, left)
        gradient.setColorAt(1, right)
        painter = QPainter(pixmap)
        painter.fillRect(QRectF(0, 0, width_px, self.height()), gradient)
        painter.end()
        return pixmap


def _risen(points: list[QPointF], floor: float) -> list[QPainterPath]:
    """Return the areas under the wave where it is above its floor."""
    paths: list[QPainterPath] = []
    path: QPainterPath | None = None
    for point in points:
        up = point.y() < floor - 0.05
        if up and path is None:
            path = QPainterPath(QPointF(point.x(), floor))
        if path is not None:
            path.lineTo(point)
            if not up:
                path.lineTo(point.x(), floor)
                path.closeSubpath()
                paths.append(path)
                path = None
    if path is not None and points:
        path.lineTo(points[-1].x(), floor)
        path.closeSubpath()
        paths.append(path)
    return paths
