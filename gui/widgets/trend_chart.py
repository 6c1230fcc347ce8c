"""One figure over days: each day a dot, the mean of its week a line, and what has been usual."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import exp, log
from typing import Self

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from biofeedback.report.trend_words import in_units, shown
from biofeedback.report.wording import Wording
from biofeedback.sessions.trend_series import DayValue, Series
from biofeedback.sessions.trends import RATINGS, TrendFigure
from gui import theme
from gui.announce import announce
from gui.day_axis import DayAxis, day_ticks, unbroken, value_ticks
from gui.widgets.chart import PAD_PX, Chart

HEIGHT_PX = 230
_DOT_PX = 2.8
_LABEL_PX = 34
"""Room for the values at the side, at 100 % text."""

_YEAR_DAYS = 366


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a chart shows; `Drawn.of` puts one together.

    Attributes
    ----------
    series
        By figure; of two, the first is drawn hollow (before), the second filled (after).
    first, last
        The days at its sides.
    values, days
        What there is on each day that has a value, and those days, oldest first.
    """

    series: Mapping[TrendFigure, Series]
    first: date
    last: date
    values: Mapping[date, Mapping[TrendFigure, DayValue]]
    days: tuple[date, ...]

    @classmethod
    def of(cls, series: Mapping[TrendFigure, Series], first: date, last: date) -> Self:
        """Put the series of a chart side by side."""
        values: dict[date, dict[TrendFigure, DayValue]] = {}
        for figure, one in series.items():
            for each in one.days:
                values.setdefault(each.day, {})[figure] = each
        return cls(series, first, last, values, tuple(sorted(values)))


class TrendChart(Chart):
    """Arrows go from day to day, Enter opens the day's session, T asks for the table.

    Nothing in it is good or bad: the band is what has been usual, in no colour that judges.
    """

    pointed = Signal(str)
    """What there is on the day that is pointed at."""
    open_wanted = Signal(int)
    """A session is to be looked at: its number."""
    table_wanted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, HEIGHT_PX, parent)
        self._drawn: Drawn | None = None
        self._words: Wording | None = None
        self._numbers = True
        self._at: int | None = None
        self.setMouseTracking(True)

    # ------------------------------------------------------------------------------ showing
    def set_name(self, name: str) -> None:
        """Name the chart."""
        self.title = name
        self.setAccessibleName(name)
        self.update()

    def show_drawn(
        self, drawn: Drawn, told: str, words: Wording, *, numbers: bool, why: str = ""
    ) -> None:
        """Show one figure, or a pair.

        Parameters
        ----------
        drawn
            What to show.
        told
            What the picture says, in sentences.
        words
            The language of words, numbers and days.
        numbers
            Whether values are written beside it.
        why
            Why there is no picture; empty if there is one.
        """
        self._drawn, self._words, self._numbers, self._at = drawn, words, numbers, None
        self.describe(told, partial(table_of, drawn, words), why)

    def let_go(self) -> None:
        """Hold nothing any more."""
        self._drawn, self._at = None, None
        self.describe("", tuple)

    # ----------------------------------------------------------------------------- pointing
    @property
    def day(self) -> date | None:
        """The day that is pointed at; None before anybody did."""
        if self._drawn is None or self._at is None:
            return None
        return self._drawn.days[self._at]

    def point(self, at: int, *, aloud: bool = False) -> None:
        """Point at a day by its place, and say what there is."""
        drawn, words = self._drawn, self._words
        if drawn is None or words is None or not drawn.days:
            return
        self._at = max(0, min(at, len(drawn.days) - 1))
        said = day_words(drawn, drawn.days[self._at], words) if self._numbers else ""
        said = said or words.day(drawn.days[self._at])
        self.pointed.emit(said)
        if aloud:
            announce(self, said)
        self.update()

    def _open(self) -> None:
        if self._drawn is not None and self.day is not None:
            found = next(iter(self._drawn.values[self.day].values()), None)
            if found is not None:
                self.open_wanted.emit(found.session_id)

    # ------------------------------------------------------------------------------ drawing
    @property
    def plot(self) -> QRectF:
        """Where the figures are drawn: beside the values."""
        return super().plot.adjusted(theme.current().px(_LABEL_PX), 4, -6, 0)

    def _axis(self, drawn: Drawn) -> DayAxis:
        plot = self.plot
        return DayAxis(drawn.first, drawn.last, plot.left() + 4, plot.right() - 4)

    def draw_figures(self, painter: QPainter) -> None:
        """Draw values, band, dots, lines and days."""
        drawn, words = self._drawn, self._words
        if drawn is None or words is None or not drawn.days:
            return
        figure = next(iter(drawn.series))
        low, high = _reach(drawn)
        plot = self.plot

        def y(value: float) -> float:
            return plot.bottom() - (value - low) / (high - low) * plot.height()

        axis = self._axis(drawn)
        self._draw_values(painter, figure, (low, high), y)
        pair = len(drawn.series) > 1
        for number, series in enumerate(drawn.series.values()):
            if figure not in RATINGS:  # how it feels has no usual band to be outside of
                self._draw_band(painter, series, axis, y)
            _draw_series(painter, series, axis, y, hollow=pair and number == 0)
        self._draw_days(painter, drawn, axis, words)

    def _draw_values(
        self,
        painter: QPainter,
        figure: TrendFigure,
        reach: tuple[float, float],
        y: Callable[[float], float],
    ) -> None:
        """Draw round values as quiet lines; as shown, while the picture is as worked out."""
        words = self._words
        assert words is not None
        tones = theme.current().colours
        low, high = (in_units(figure, each) for each in reach)
        painter.setFont(theme.current().font(theme.SMALL_PX))
        plot = self.plot
        most = max(2, int(plot.height() / (1.7 * self.line_px)))
        for value in value_ticks(low, high, most):
            at = y(_out_of_units(figure, value))
            painter.setPen(QPen(theme.colour(tones.ink_soft, 0.22), 1))
            painter.drawLine(QPointF(plot.left(), at), QPointF(plot.right(), at))
            if self._numbers:
                painter.setPen(QColor(tones.ink_soft))
                box = QRectF(
                    self.ground.left() + PAD_PX / 2,
                    at - self.line_px / 2,
                    plot.left() - self.ground.left() - PAD_PX / 2 - 6,
                    self.line_px,
                )
                flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(box, int(flags), words.number(value, 0 if value % 1 == 0 else 1))

    def _draw_band(
        self, painter: QPainter, series: Series, axis: DayAxis, y: Callable[[float], float]
    ) -> None:
        band = series.band
        if band is None or self._words is None:
            return
        tones = theme.current().colours
        left, right = axis.x(max(band.first, axis.first)), axis.x(min(band.last, axis.last))
        box = QRectF(QPointF(left - 4, y(band.high)), QPointF(right + 4, y(band.low)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(tones.wave, 0.20))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QPen(theme.colour(tones.breath, 0.55), 1, Qt.PenStyle.DashLine))
        for level in (band.high, band.low):
            painter.drawLine(QPointF(left - 4, y(level)), QPointF(right + 4, y(level)))

    def _draw_days(self, painter: QPainter, drawn: Drawn, axis: DayAxis, words: Wording) -> None:
        wide = 6 * theme.current().px(theme.SMALL_PX)
        most = max(2, int(self.plot.width() / wide))
        far = (drawn.last - drawn.first).days > _YEAR_DAYS
        self.draw_ticks(
            painter,
            [
                (axis.x(day), str(day.year) if far and day.month == 1 else words.short_day(day))
                for day in day_ticks(drawn.first, drawn.last, most)
            ],
        )

    def draw_hand(self, painter: QPainter) -> None:
        """Draw where somebody points."""
        if self._drawn is None or self.day is None or self.why:
            return
        x = self._axis(self._drawn).x(self.day)
        painter.setPen(QPen(QColor(theme.current().colours.ink), 1.2))
        plot = self.plot
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    # --------------------------------------------------------------------------------- Qt's
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from day to day, open one, ask for the table; leave the rest to the chart."""
        drawn = self._drawn
        n = len(drawn.days) if drawn is not None and not self.why else 0
        at = self._at if self._at is not None else n
        steps = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: n - 1,
        }
        key = Qt.Key(event.key())
        if n and key in steps:
            self.point(steps[key], aloud=True)
        elif n and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        elif n and key == Qt.Key.Key_T:
            self.table_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Point at the nearest day."""
        if self._drawn is not None and not self.why:
            at = self._axis(self._drawn).nearest(self._drawn.days, event.position().x())
            if at is not None and at != self._at:
                self.point(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the session of the day."""
        del event
        self._open()


def _draw_series(
    painter: QPainter,
    series: Series,
    axis: DayAxis,
    y: Callable[[float], float],
    *,
    hollow: bool,
) -> None:
    """Draw a dot for each day, and the line of the weeks; hollow ones dashed."""
    tones = theme.current().colours
    radius = theme.current().px(_DOT_PX)
    dots = [QPointF(axis.x(each.day), y(each.value)) for each in series.days]
    if hollow:
        painter.setPen(QPen(QColor(tones.heart), 1.3))
        painter.setBrush(QColor(tones.sunken))
        for dot in dots:
            painter.drawEllipse(dot, radius, radius)
    else:
        # many to a pixel are smaller and fainter, or they would hide what they make up;
        # points with a round pen are discs, and thousands of them are drawn at once
        crowd = max(1.0, len(dots) / max(1.0, (axis.right - axis.left) / 3))
        tone = theme.colour(tones.heart, max(0.25, 0.75 / crowd))
        wide = 2 * radius / min(2.0, crowd**0.5)
        painter.setPen(QPen(tone, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(QPolygonF(dots))
    style = Qt.PenStyle.DashLine if hollow else Qt.PenStyle.SolidLine
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    pen = QPen(QColor(tones.breath), 2.2, style, cap, join)
    for run in unbroken(series.days):
        painter.strokePath(_line(run, axis, y), pen)


def _line(
    run: list[tuple[date, float]], axis: DayAxis, y: Callable[[float], float]
) -> QPainterPath:
    """Return the line through the means of weeks; where days lie within a pixel, through one."""
    path = QPainterPath(QPointF(axis.x(run[0][0]), y(run[0][1])))
    last_x = path.currentPosition().x()
    for number, (day, mean) in enumerate(run):
        x = axis.x(day)
        if x - last_x >= 1 or number == len(run) - 1:
            path.lineTo(QPointF(x + (0.01 if len(run) == 1 else 0.0), y(mean)))
            last_x = x
    return path


def _reach(drawn: Drawn) -> tuple[float, float]:
    """Return the lowest and the highest value to make room for, with a little air."""
    figure = next(iter(drawn.series))
    if figure in RATINGS:
        return -0.4, 10.4
    values = [each.value for series in drawn.series.values() for each in series.days]
    for series in drawn.series.values():
        if series.band is not None:
            values += [series.band.low, series.band.high]
    low, high = min(values), max(values)
    air = max(0.08 * (high - low), 0.02 * abs(high), 0.01)
    return low - air, high + air


def _out_of_units(figure: TrendFigure, value: float) -> float:
    """Undo `in_units`."""
    if figure is TrendFigure.LN_RMSSD:
        return log(max(value, exp(-9)))
    return value / 100 if figure is TrendFigure.FOLLOWING else value


def table_of(drawn: Drawn, words: Wording, most: int | None = None) -> list[list[str]]:
    """Return the days as rows, the first one a heading, the newest day first; at most ``most``."""
    heads = [words.say("table_day")]
    for figure in drawn.series:
        heads += [words.say(f"figure_{figure}"), words.say("plot_week")]
    rows = [heads]
    for day in drawn.days[::-1][:most]:
        values = drawn.values[day]
        cells = [words.day(day)]
        for figure in drawn.series:
            each = values.get(figure)
            cells.append(shown(figure, each.value if each else None, words))
            cells.append(shown(figure, each.week_mean if each else None, words))
        rows.append(cells)
    return rows


def day_words(drawn: Drawn, day: date, words: Wording) -> str:
    """Say what there is on a day."""
    parts = []
    for figure, each in drawn.values[day].items():
        said = f"{words.say(f'figure_{figure}')}: {shown(figure, each.value, words)}"
        if each.week_mean is not None:
            week = shown(figure, each.week_mean, words)
            said += f" ({words.say('plot_week')}: {week})"
        parts.append(said)
    return f"{words.day(day)}. {'. '.join(parts)}"
