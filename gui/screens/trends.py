"""Trends: how the quiet minutes before went over weeks, like with like; and how it felt, apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.report.trend_words import (
    FROM_THE_HEART,
    figure_words,
    following_guide_words,
    missing_words,
    posture_words,
    series_words,
    time_words,
    trend_words,
)
from biofeedback.report.wording import Wording, wording
from biofeedback.sessions.reflection import Scale
from biofeedback.sessions.trend_series import MIN_SESSIONS, Lacking, Missing, Series
from biofeedback.sessions.trends import (
    ANY,
    RATINGS,
    UNKNOWN_POSTURE,
    TimeOfDay,
    TrendFigure,
    Trends,
    TrendSession,
    time_of_day,
    trends,
)
from gui import theme
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.screens.trend_block import TrendBlock
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.panel import Panel
from gui.widgets.picker import Picker
from gui.widgets.text import Text
from gui.widgets.trend_chart import Drawn

_COLUMN_PX = 900
_SHORT_DAYS = 120
"""A time no longer than this is shown whole anyway."""
_UNSAID = "unsaid"
"""The value of a posture that nobody said; an empty one asks for the most usual."""


class TrendsScreen(Screen):
    """Shows what can be compared; where that is too little, it says kindly what it takes."""

    open_wanted = Signal(int)
    """A session is to be looked at: its number."""
    numbers_wanted = Signal()
    """Figures are to be shown, or no longer."""
    back_wanted = Signal()
    ground_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Trends"), parent)
        self._sessions: tuple[TrendSession, ...] = ()
        self._words: Wording = wording()
        self._numbers = True
        self.found: Trends | None = None
        self.posture = Picker(self.tr("Posture"), self.tr("The usual posture"))
        self.part = Picker(self.tr("Time of day"), self.tr("The usual time of day"))
        self.span = Picker(self.tr("How far back"), self.tr("From the beginning"))
        self.span.set_options(
            (("91", self.tr("The last three months")), ("365", self.tr("The last year")))
        )
        self.figures = Pill("", Kind.QUIET, key="N", low=True)
        self.figures.clicked.connect(self.numbers_wanted)
        self.about = Text("", theme.BODY_PX, tone="ink_soft")
        self.lack = Text("", theme.LEAD_PX)
        self.caveat = Text("", theme.BODY_PX)
        self.legend = Text(
            self.tr(
                "A dot is a day, the line is the mean of its week, the pale band is what has been "
                "usual for you."
            ),
            theme.SMALL_PX,
            tone="ink_soft",
        )
        self.notice = Text("", theme.BODY_PX)
        self.notice.hide()
        self.hearts = {figure: TrendBlock() for figure in FROM_THE_HEART}
        self.ratings = {scale: TrendBlock() for scale in Scale}
        self.felt = Panel(self.tr("How it felt"))
        self.back = Pill(self.tr("Back"), Kind.SOLID, key=self.tr("Esc"))
        self.ground = Pill(self.tr("Grounding"), key="G")
        self._lay_out()
        for picker in (self.posture, self.part, self.span):
            picker.chosen.connect(lambda _: self._work_out())
        for block in (*self.hearts.values(), *self.ratings.values()):
            block.told.connect(self.tell)
            block.grown.connect(self._bring_into_sight)
            block.open_wanted.connect(self.open_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.ground.clicked.connect(self.ground_wanted)
        theme.look().changed.connect(self._arrange)

    def _lay_out(self) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(RING_PX, 0, RING_PX + 10, 0)
        box.setSpacing(12)
        head = Flow(10)
        head.add(Text(self.tr("Trends"), theme.TITLE_PX, wrap=False))
        head.add(self.posture)
        head.add(self.part)
        head.add(self.span)
        head.add(self.figures)
        for widget in (head, self.lack, self.about, self.caveat, self.legend):
            box.addWidget(widget)
        for block in self.hearts.values():
            box.addWidget(block)
        apart = self.tr(
            "Your own word. It stands apart from what a strap measures. "
            "A ring is before, a disc after."
        )
        self.felt.box.addWidget(Text(apart, theme.SMALL_PX, tone="ink_soft"))
        self.felt_lack = Text("", theme.BODY_PX)
        self.felt.box.addWidget(self.felt_lack)
        for block in self.ratings.values():
            self.felt.box.addWidget(block)
        box.addWidget(self.felt)
        box.addStretch(1)
        foot = Flow(6)
        foot.add(self.back)
        foot.add(self.ground)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._area = scrolling(inner)
        self._outer.addWidget(self._area, 1)
        self._outer.addWidget(self.notice)
        self._outer.addWidget(foot)

    # ------------------------------------------------------------------------------ showing
    def show_sessions(
        self,
        sessions: Sequence[TrendSession],
        language: str,
        *,
        numbers: bool,
        found: Trends | None = None,
    ) -> None:
        """Show how these sessions went.

        Parameters
        ----------
        sessions
            All that are kept.
        language
            Of the words.
        numbers
            Whether figures are written out.
        found
            What they come to, put side by side as is most usual; None works it out here.
        """
        self._sessions, self._words, self._numbers = tuple(sessions), wording(language), numbers
        self._offer()
        usual = not (self.posture.value or self.part.value or self.span.value)
        if found is not None and usual:
            self.found = found
            self._show(found)
        else:
            self._work_out()

    def let_go(self) -> None:
        """Show nothing, and hold nothing, until sessions are shown again."""
        self.show_sessions((), self._words.language, numbers=self._numbers)
        for block in (*self.hearts.values(), *self.ratings.values()):
            block.let_go()

    def set_numbers(self, shown: bool) -> None:
        """Write figures out, or leave them away."""
        if shown != self._numbers:
            self._numbers = shown
            if self.found is not None:
                self._show(self.found)

    def _offer(self) -> None:
        """Offer the postures and times of day that there are."""
        words = self._words
        postures = {each.posture or _UNSAID for each in self._sessions}
        parts = {time_of_day(each.started_at) for each in self._sessions}
        named = {each: posture_words("" if each == _UNSAID else each, words) for each in postures}
        offered = sorted(named.items(), key=lambda each: each[1])
        offered.append((ANY, posture_words(ANY, words)))
        self.posture.set_options((each, _capital(label)) for each, label in offered)
        times = [part.value for part in TimeOfDay if part in parts]
        self.part.set_options((each, _capital(time_words(each, words))) for each in (*times, ANY))
        self.posture.setVisible(len(postures) > 1)
        self.part.setVisible(len(parts) > 1)
        days = [each.started_at.date() for each in self._sessions]
        self.span.setVisible(bool(days) and (max(days) - min(days)).days > _SHORT_DAYS)

    def _work_out(self) -> None:
        posture = self.posture.value or None
        self.found = trends(
            self._sessions,
            posture=UNKNOWN_POSTURE if posture == _UNSAID else posture,
            time_of_day=self.part.value or None,
            first=self._first_day(),
        )
        self._show(self.found)

    def _first_day(self) -> date | None:
        """Return the first day to look at: so many before the last practice."""
        if not (self.span.value and self._sessions):
            return None
        last = max(each.started_at.date() for each in self._sessions)
        return last - timedelta(days=int(self.span.value) - 1)

    def _show(self, found: Trends) -> None:
        words = self._words
        self.about.setText(" ".join(trend_words(found, words)))
        enough = found[TrendFigure.LN_RMSSD].is_trend
        shown = self._numbers
        self.figures.setText(self.tr("Hide figures") if shown else self.tr("Show figures"))
        self.figures.updateGeometry()
        self.figures.setVisible(enough)
        self.lack.setText("" if enough else self._kindly(found))
        self.lack.setVisible(not enough)
        one_day, no_verdict = words.say("one_day"), words.say("no_verdict")
        self.caveat.setText(f"{one_day} {no_verdict}" if enough else one_day)
        self.legend.setVisible(enough)
        for figure, block in self.hearts.items():
            block.setVisible(enough)
            if enough:
                name = figure_words(figure, words)
                self._show_block(block, {figure: found[figure]}, name)
        self._show_felt(found)

    def _show_felt(self, found: Trends) -> None:
        """Show ratings before and after; where there are too few, say what it takes."""
        words = self._words
        pairs = {
            scale: {
                figure: found[figure]
                for figure in (TrendFigure(f"{scale}_before"), TrendFigure(f"{scale}_after"))
                if found[figure].days
            }
            for scale in Scale
        }
        rated = [each for pair in pairs.values() for each in pair.values()]
        for scale, block in self.ratings.items():
            enough = any(each.is_trend for each in pairs[scale].values())
            block.setVisible(enough)
            if enough:
                self._show_block(block, pairs[scale], words.say(f"scale_{scale}"))
        most = max(rated, key=lambda each: each.n_sessions, default=None)
        lacks = most is not None and not most.is_trend
        self.felt_lack.setVisible(lacks)
        if most is not None and lacks:
            self.felt_lack.setText(missing_words(_lacking_sessions(most), words))
        self.felt.setVisible(bool(rated))

    def _show_block(self, block: TrendBlock, series: dict[TrendFigure, Series], name: str) -> None:
        """Show a figure or a pair; or why there is no picture of it yet."""
        assert self.found is not None
        words = self._words
        told: list[str] = []
        for figure, each in series.items():
            if len(series) > 1 and self._numbers:
                told.append(f"{figure_words(figure, words)}:")
            told += self._said(figure, each)
        why = ""
        if not any(each.is_trend for each in series.values()):
            why = missing_words(_lacking_sessions(next(iter(series.values()))), words)
        first, last = self.found.first or date.min, self.found.last or date.min
        block.set_name(name)
        drawn = Drawn.of(series, first, last)
        block.show_drawn(drawn, told, words, numbers=self._numbers, why=why)

    def _said(self, figure: TrendFigure, series: Series) -> list[str]:
        said = self._said_of(figure, series)
        if self.found is not None and figure is TrendFigure.FOLLOWING and series.days:
            said.append(following_guide_words(self.found.alike, self._words))
        return said

    def _said_of(self, figure: TrendFigure, series: Series) -> list[str]:
        words = self._words
        missing = [missing_words(each, words) for each in series.missing]
        if figure in RATINGS:
            if self._numbers:
                return series_words(
                    figure, replace(series, band=None, place=None, missing=()), words
                )
            return []
        if self._numbers:
            return series_words(figure, series, words)
        return ([] if series.place is None else [words.say(f"place_{series.place}")]) + missing

    def _kindly(self, found: Trends) -> str:
        """Say that there is no trend yet, what it takes, and what makes a session for it."""
        lacking = _lacking_sessions(found[TrendFigure.LN_RMSSD])
        return " ".join(
            (
                self.tr("There is no trend yet, and no hurry."),
                missing_words(lacking, self._words),
                self.tr("A practice with your strap and a quiet minute before it is one of them."),
            )
        )

    def _bring_into_sight(self, widget: QWidget) -> None:
        """Scroll to a table once it has its room."""
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(widget, 0, 40))

    def tell(self, sentence: str) -> None:
        """Say what was done, or what went wrong; empty says nothing."""
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    # --------------------------------------------------------------------------------- Qt's
    def first_focus(self) -> QWidget:
        """Begin with the first picture; where there is none, with the way back."""
        shown = [block.chart for block in self.hearts.values() if not block.isHidden()]
        return shown[0] if shown else self.back

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(_COLUMN_PX)) // 2)
        self._outer.setContentsMargins(side, 8, side, 14)


def _lacking_sessions(series: Series) -> Missing:
    """Return how many sessions a series has, and how many a trend takes."""
    return Missing(Lacking.SESSIONS, series.n_sessions, MIN_SESSIONS)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
