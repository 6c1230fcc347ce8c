"""How the heart followed the guide in the course of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from gui import session_words, theme, wording
from gui.time_view import TimeView
from gui.widgets.chart import PAD_PX, Chart, time_ticks
from gui.widgets.session_paint import Scale, paint_hatched

if TYPE_CHECKING:
    from biofeedback.looking_back.opened import Opened

HEIGHT_PX = 240
_DOT_PX = 2.2
_RESTED_S = 40.0
"""Windows further apart than this have something else between them: no line joins them."""


class FollowingChart(Chart):
    """A line from 0 (own way) to 1 (all with the guide), in the time in which the guide ran."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            wording.tr("How the heart went with the guide, over eight breaths each"),
            HEIGHT_PX,
            parent,
        )
        self._opened: Opened | None = None

    def show_session(self, opened: Opened) -> None:
        """Show a session, or say why it can't be shown."""
        self._opened = opened
        self.describe(
            session_words.following_words(opened.following),
            lambda: session_words.following_table(opened.following),
            session_words.following_lack(opened),
        )

    def clear(self) -> None:
        """Forget the session."""
        self._opened = None
        super().clear()

    @property
    def plot(self) -> QRectF:
        """Where the line is drawn: beside the words that name its height."""
        metrics = QFontMetricsF(theme.current().font(theme.SMALL_PX))
        words = (wording.tr("all"), wording.tr("half"), wording.tr("none"))
        side = max(metrics.horizontalAdvance(each) for each in words)
        return super().plot.adjusted(side + 10, 0, 0, 0)

    def draw_figures(self, painter: QPainter) -> None:
        """Draw the two ends, the line and its gaps."""
        opened = self._opened
        if opened is None or not opened.guided:
            return
        tones = theme.current().colours
        view = TimeView(opened.duration_s, opened.guided[0].from_s, opened.guided[-1].to_s)
        plot = self.plot
        scale = Scale(view, plot, 0.0, 1.0)
        painter.setFont(theme.current().font(theme.SMALL_PX))
        for level, words in (
            (1.0, wording.tr("all")),
            (0.5, wording.tr("half")),
            (0.0, wording.tr("none")),
        ):
            y = scale.y(level)
            painter.setPen(QPen(theme.colour(tones.ink_soft, 0.35), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(tones.ink_soft))
            painter.drawText(QPointF(self.ground.left() + PAD_PX, y + self.line_px * 0.3), words)
        for from_s, to_s in opened.left_out:
            paint_hatched(painter, scale.box(from_s, to_s))
        line = opened.following
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        pen = QPen(QColor(tones.breath), 2.2, Qt.PenStyle.SolidLine, cap, join)
        path: QPainterPath | None = None
        last_s = 0.0
        for t_s, r2 in zip(line.t_s.tolist(), line.r2.tolist(), strict=True):
            rested = t_s - last_s > _RESTED_S
            if path is not None and (np.isnan(r2) or rested):
                painter.strokePath(path, pen)
                path = None
            if np.isnan(r2):
                continue
            point = QPointF(scale.x(t_s), scale.y(r2))
            if path is None:
                path = QPainterPath(point)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tones.breath))
                painter.drawEllipse(point, _DOT_PX, _DOT_PX)
            else:
                path.lineTo(point)
            last_s = t_s
        if path is not None:
            painter.strokePath(path, pen)
        most = max(2, int(plot.width() / (6 * theme.current().px(theme.SMALL_PX))))
        ticks = time_ticks(view.from_s, view.to_s, most)
        self.draw_ticks(painter, [(scale.x(t_s), wording.minutes(t_s)) for t_s in ticks])
