"""Trends: a picture, its words and its table say the same; too little is said kindly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QMouseEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from biofeedback.report.wording import wording
from biofeedback.sessions.trends import ANY, TrendFigure, trends
from gui import theme
from gui.screens.trends import TrendsScreen
from gui.widgets.trend_chart import Drawn, TrendChart, table_of
from tests.gui.trend_sessions import sessions

RMSSD = TrendFigure.LN_RMSSD
WORDS = wording("en")


@pytest.fixture
def chart(look: theme.Look) -> Iterator[TrendChart]:
    made = TrendChart("RMSSD")
    found = trends(sessions(60))
    assert found.first is not None
    assert found.last is not None
    drawn = Drawn.of({RMSSD: found[RMSSD]}, found.first, found.last)
    made.show_drawn(drawn, "It went so.", WORDS, numbers=True)
    made.resize(800, 230)
    made.show()
    assert QTest.qWaitForWindowExposed(made)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def screen(look: theme.Look) -> Iterator[TrendsScreen]:
    made = TrendsScreen()
    made.resize(1000, 800)
    made.show()
    assert QTest.qWaitForWindowExposed(made)
    yield made
    made.close()
    made.deleteLater()


# ------------------------------------------------------------------------------- the chart
def test_arrows_go_from_day_to_day_and_enter_opens_one(chart: TrendChart) -> None:
    told, opened = QSignalSpy(chart.pointed), QSignalSpy(chart.open_wanted)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert told.count() == 1
    assert told.at(0)[0].startswith("5 March 2026. RMSSD of the quiet time before, in ms:")
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Left)  # there is none before the first
    assert chart.day is not None
    assert chart.day.isoformat() == "2026-01-05"
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert opened.at(0) == [1]


def test_the_mouse_points_at_the_nearest_day(chart: TrendChart) -> None:
    at = QPointF(chart.width() // 2, 100)
    none = Qt.MouseButton.NoButton
    still = Qt.KeyboardModifier.NoModifier
    moved = QMouseEvent(QEvent.Type.MouseMove, at, chart.mapToGlobal(at), none, none, still)
    QApplication.sendEvent(chart, moved)
    assert chart.day is not None
    assert chart.day.isoformat() in {"2026-02-05", "2026-02-06"}  # beside the gap


def test_letters_of_the_window_are_left_to_it(chart: TrendChart) -> None:
    wanted = QSignalSpy(chart.table_wanted)
    QTest.keyClick(chart, Qt.Key.Key_T)
    assert wanted.count() == 1
    QTest.keyClick(chart, Qt.Key.Key_G)
    assert chart.day is None


def test_a_screen_reader_hears_name_and_words(chart: TrendChart) -> None:
    interface = QAccessible.queryAccessibleInterface(chart)
    assert interface.text(QAccessible.Text.Name) == "RMSSD"
    assert interface.text(QAccessible.Text.Description) == "It went so."


def test_the_picture_and_the_days_are_copied(chart: TrendChart) -> None:
    chart.copy_picture()
    assert QGuiApplication.clipboard().pixmap().width() > chart.width()
    chart.copy_table()
    rows = QGuiApplication.clipboard().text().splitlines()
    assert rows[0].startswith("Day\tRMSSD of the quiet time before, in ms\tMean of the week")
    assert len(rows) == 1 + 48
    assert rows[1].startswith("5 March 2026\t")


def test_a_gap_stays_a_gap(chart: TrendChart) -> None:
    """Between the days without a session lies the ground, and the band at most: no line."""
    image = chart.grab().toImage()
    line = QColor(theme.current().colours.breath)
    plot = chart.plot
    middle = int(plot.left() + plot.width() * 26 / 59)
    for x in range(middle - 20, middle + 20):
        column = [image.pixelColor(x, y) for y in range(int(plot.top()), int(plot.bottom()))]
        assert line not in column


def test_without_numbers_none_are_written(chart: TrendChart) -> None:
    with_numbers = chart.grab().toImage()
    found = trends(sessions(60))
    assert found.first is not None
    assert found.last is not None
    drawn = Drawn.of({RMSSD: found[RMSSD]}, found.first, found.last)
    chart.show_drawn(drawn, "", WORDS, numbers=False)
    assert chart.grab().toImage() != with_numbers
    told = QSignalSpy(chart.pointed)
    chart.point(3)
    assert told.at(0) == ["8 January 2026"]


def test_the_table_holds_each_day_with_its_week() -> None:
    found = trends(sessions(10))
    series = {RMSSD: found[RMSSD], TrendFigure.HR: found[TrendFigure.HR]}
    assert found.first is not None
    assert found.last is not None
    rows = table_of(Drawn.of(series, found.first, found.last), WORDS)
    assert len(rows) == 11
    assert {len(row) for row in rows} == {5}
    assert rows[-1][0] == "5 January 2026"
    assert rows[-1][2] == "-"  # a week of one day has no mean
    assert len(table_of(Drawn.of(series, found.first, found.last), WORDS, 3)) == 4


# -------------------------------------------------------------------------------- the page
def test_before_eight_sessions_it_says_why_and_what_is_missing(screen: TrendsScreen) -> None:
    screen.show_sessions(sessions(5, rated=False), "en", numbers=True)
    assert screen.lack.isVisible()
    assert "no hurry" in screen.lack.text()
    assert "There are 5 sessions so far; from 8 on" in screen.lack.text()
    assert (
        "at another time of day" in screen.about.text() or "another posture" in screen.about.text()
    )
    assert not any(block.isVisible() for block in screen.hearts.values())
    assert not screen.felt.isVisible()
    assert screen.first_focus() is screen.back


def test_nothing_kept_is_said_too(screen: TrendsScreen) -> None:
    screen.show_sessions([], "en", numbers=True)
    assert screen.about.text() == "Nothing is kept of that time yet."
    assert not screen.posture.isVisible()


def test_figures_of_the_heart_and_ratings_stand_apart(screen: TrendsScreen) -> None:
    screen.show_sessions(sessions(60), "en", numbers=True)
    assert not screen.lack.isVisible()
    assert all(block.isVisible() for block in screen.hearts.values())
    hearts = screen.hearts[RMSSD].chart
    assert "Your usual band is" in hearts.accessibleDescription()
    assert hearts.accessibleDescription() == screen.hearts[RMSSD].told_words.text()
    tension, _, kindness = screen.ratings.values()
    assert screen.felt.isAncestorOf(tension)
    assert tension.isVisible()
    assert not kindness.isVisible()  # nobody rated it
    assert "usual band" not in tension.told_words.text()  # no verdict on how it feels
    assert "Nothing here says how well you are" in screen.caveat.text()


def test_posture_and_time_of_day_are_chosen(screen: TrendsScreen) -> None:
    screen.show_sessions(sessions(60), "en", numbers=True)
    labels = [screen.posture.itemText(n) for n in range(screen.posture.count())]
    assert labels == ["The usual posture", "Lying down", "Sitting", "Any posture"]
    screen.posture.set_value("lying")
    screen.posture.chosen.emit("lying")
    assert screen.found is not None
    assert screen.found.n_usable == 8
    assert "lying down, in the evening" in screen.about.text()
    screen.posture.set_value(ANY)
    screen.part.set_value(ANY)
    screen.part.chosen.emit(ANY)
    assert screen.found.n_usable == 56


def test_how_far_back_is_chosen_where_there_is_much(screen: TrendsScreen) -> None:
    screen.show_sessions(sessions(60), "en", numbers=True)
    assert not screen.span.isVisible()
    screen.show_sessions(sessions(200), "en", numbers=True)
    assert screen.span.isVisible()
    screen.span.set_value("91")
    screen.span.chosen.emit("91")
    assert screen.found is not None
    assert screen.found.first is not None
    assert screen.found.last is not None
    assert (screen.found.last - screen.found.first).days == 90


def test_too_few_ratings_say_what_it_takes(screen: TrendsScreen) -> None:
    few = sessions(60, rated=False) + sessions(3)
    screen.show_sessions(few, "en", numbers=True)
    assert screen.felt.isVisible()
    assert "There are 3 sessions so far" in screen.felt_lack.text()
    assert not any(block.isVisible() for block in screen.ratings.values())


def test_without_numbers_the_words_hold_none(screen: TrendsScreen) -> None:
    screen.show_sessions(sessions(60), "en", numbers=True)
    screen.set_numbers(False)
    words = screen.hearts[RMSSD].told_words.text()
    assert words.startswith("The last week is")
    assert not any(letter.isdigit() for letter in words)
    assert not screen.hearts[RMSSD].as_table.isVisible()
    assert screen.figures.text() == "Show figures"


def test_the_days_are_shown_as_a_table_on_a_key(screen: TrendsScreen) -> None:
    screen.show_sessions(sessions(90), "en", numbers=True)
    block = screen.hearts[RMSSD]
    QTest.keyClick(block.chart, Qt.Key.Key_T)
    assert block.table is not None
    assert block.table.isVisible()
    assert block.table.rowCount() == 60
    block.as_table.click()
    assert not block.table.isVisible()


def test_the_words_are_in_the_language_that_is_spoken(screen: TrendsScreen) -> None:
    screen.show_sessions(sessions(60), "de", numbers=True)
    assert screen.hearts[RMSSD].chart.title == wording("de").say("figure_ln_rmssd")


def test_nothing_stays_where_it_is_let_go(screen: TrendsScreen) -> None:
    screen.show_sessions(sessions(60), "en", numbers=True)
    block = screen.hearts[RMSSD]
    block.toggle_table()
    block.chart.point(3)
    screen.let_go()
    assert screen.about.text() == "Nothing is kept of that time yet."
    assert block.chart.table() == ""
    assert block.chart.day is None
    assert block.chart.accessibleDescription() == ""
    assert block.told_words.text() == block.readout.text() == ""
    assert block.table is not None
    assert block.table.rowCount() == 0
