"""Two sessions along one time, which begins with the practice: one above the other, or together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui import compare_words, theme, wording
from gui.session_words import Rows
from gui.time_view import TimeView
from gui.widgets.session_paint import (
    Scale,
    heart_limits,
    paint_hatched,
    paint_heart,
    paint_levels,
    paint_phases,
)
from gui.widgets.time_chart import TimeChart

if TYPE_CHECKING:
    from biofeedback.looking_back.opened import Opened

HEIGHT_PX = 340
_NEAR_S = 3.0
_GAP_PX = 10


class CompareTrace(TimeChart):
    """Two hearts. Together, the later one is dashed and has the other colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            wording.tr("Both hearts, in minutes from where the practice began"), HEIGHT_PX, parent
        )
        self._pair: tuple[Opened, Opened] | None = None
        self._names = ("", "")
        self._starts_s = (0.0, 0.0)
        self._before_s = 0.0
        self._limits = (50.0, 80.0)
        self.together = False

    # ---------------------------------------------------------------------------- control
    def show_pair(self, first: Opened, second: Opened, names: tuple[str, str]) -> None:
        """Show two sessions, the earlier one first, each with a short name."""
        self._pair, self._names = (first, second), names
        self._starts_s = first.guided_from_s or 0.0, second.guided_from_s or 0.0
        self._before_s = max(self._starts_s)
        after_s = max(
            opened.duration_s - start_s
            for opened, start_s in zip(self._pair, self._starts_s, strict=True)
        )
        limits = [heart_limits(opened) for opened in self._pair if opened.heart.size]
        if limits:
            self._limits = min(low for low, _ in limits), max(high for _, high in limits)
        self.view = TimeView(self._before_s + after_s)
        self.view.whole()
        self.cursor_s = None
        why = "" if limits else wording.tr("Nothing was heard of either heart.")
        self.describe(self._words(), self._table_rows, why)

    def clear(self) -> None:
        """Forget both sessions."""
        self._pair, self._names = None, ("", "")
        super().clear()

    def set_together(self, together: bool) -> None:
        """Draw both in one place, or one above the other."""
        self.together = together
        self.restyle()

    def words_at(self, t_s: float) -> str:
        """Say both heart rates."""
        return compare_words.moment_words(t_s - self._before_s, self._rates(t_s))

    def tick_words(self, t_s: float) -> str:
        """Name a time before or after the practice began."""
        return compare_words.since_words(t_s - self._before_s)

    def _rates(self, t_s: float) -> tuple[float | None, float | None]:
        if self._pair is None:
            return None, None
        found: list[float | None] = []
        for opened, start_s in zip(self._pair, self._starts_s, strict=True):
            session_s = t_s - self._before_s + start_s
            at = opened.heart.nearest(session_s)
            near = at is not None and abs(float(opened.heart.t_s[at]) - session_s) <= _NEAR_S
            clean = at is not None and near and opened.heart.normal[at]
            found.append(float(opened.heart.hr_bpm[at]) if at is not None and clean else None)
        return found[0], found[1]

    def _words(self) -> str:
        if self._pair is None:
            return ""
        return ". ".join(
            wording.tr("{name}: {length} minutes").format(
                name=name, length=wording.minutes(opened.duration_s)
            )
            for name, opened in zip(self._names, self._pair, strict=True)
        )

    def _table_rows(self) -> Rows:
        rows: Rows = [
            (
                wording.tr("Session"),
                wording.tr("Seconds from the practice"),
                wording.tr("Beats a minute"),
            )
        ]
        for name, opened, start_s in zip(
            self._names, self._pair or (), self._starts_s, strict=False
        ):
            heart = opened.heart
            kept = heart.kept(opened.left_out)
            for t_s, bpm in zip(heart.t_s[kept].tolist(), heart.hr_bpm[kept].tolist(), strict=True):
                rows.append((name, f"{t_s - start_s:.3f}", f"{bpm:.1f}"))
        return rows

    # --------------------------------------------------------------------------- painting
    def paint_view(self, painter: QPainter) -> None:
        """Draw both."""
        if self._pair is None:
            return
        tones = theme.current().colours
        inks = QColor(tones.heart), QColor(tones.breath)
        for number, (opened, name) in enumerate(zip(self._pair, self._names, strict=True)):
            scale = self._scale(number)
            if (number == 0 or not self.together) and self.numbers:
                paint_levels(painter, scale)
            painter.save()
            painter.setClipRect(scale.plot.adjusted(-1, -1, 1, 1))
            if not self.together:
                paint_phases(painter, opened, scale)
            dashed = self.together and number == 1
            paint_heart(painter, opened, scale, inks[number], dashed=dashed)
            if not self.together:
                for from_s, to_s in opened.left_out:
                    paint_hatched(painter, scale.box(from_s, to_s))
            painter.restore()
            self._name(painter, number, name, scale)
        x = self.x_of(self._before_s)
        if self.plot.left() <= x <= self.plot.right():
            painter.setPen(QPen(QColor(tones.ink_soft), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(int(x), int(self.plot.top()), int(x), int(self.plot.bottom()))

    def _scale(self, number: int) -> Scale:
        """Return where a session is drawn, in its own session time."""
        shift_s = self._starts_s[number] - self._before_s
        view = TimeView(self.view.duration_s, self.view.from_s + shift_s, self.view.to_s + shift_s)
        plot = self.plot
        if not self.together:
            high = (plot.height() - _GAP_PX - self.line_px) / 2
            top = plot.top() + number * (high + _GAP_PX + self.line_px)
            plot = QRectF(plot.left(), top, plot.width(), high)
        return Scale(view, plot, *self._limits)

    def _name(self, painter: QPainter, number: int, name: str, scale: Scale) -> None:
        """Name a session above its own part; together, with a piece of its line."""
        look = theme.current()
        painter.setFont(look.font(theme.SMALL_PX))
        metrics = QFontMetricsF(painter.font())
        left = scale.plot.left()
        top = scale.plot.top() - self.line_px - 2
        if self.together:
            left += number * scale.plot.width() / 2
            tone = look.colours.heart if number == 0 else look.colours.breath
            style = Qt.PenStyle.SolidLine if number == 0 else Qt.PenStyle.DashLine
            painter.setPen(QPen(QColor(tone), 2, style))
            y = top + self.line_px / 2
            painter.drawLine(int(left), int(y), int(left + look.px(34)), int(y))
            left += look.px(42)
        painter.setPen(QColor(look.colours.ink))
        room = QRectF(left, top, scale.plot.right() - left, self.line_px)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft), shown)
