"""The calendar alone: a dot where somebody practised, arrows over the edges, words for each day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QSignalSpy, QTest

from biofeedback.practice.content import load_content
from gui import theme
from gui.screens.calendar_panel import CalendarPanel
from gui.widgets.month import MonthView
from tests.gui.kept_rows import NOW, rows

TODAY = date(2026, 3, 9)
PRACTISED = (date(2026, 3, 4), date(2026, 2, 27))


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def month(look: theme.Look) -> Iterator[MonthView]:
    made = MonthView()
    made.show_days(TODAY, PRACTISED)
    made.resize(made.sizeHint())
    made.show()
    assert QTest.qWaitForWindowExposed(made)
    yield made
    made.close()
    made.deleteLater()


def press(month: MonthView, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(month, key)


def test_it_opens_on_today_and_arrows_go_over_the_edges(month: MonthView) -> None:
    assert month.day == TODAY
    told = QSignalSpy(month.picked)
    press(month, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert month.day == date(2026, 2, 28)
    assert told.count() == 3
    press(month, Qt.Key.Key_PageDown)
    assert month.day == date(2026, 3, 28)
    press(month, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp)
    assert month.day == date(2026, 1, 28)
    press(month, Qt.Key.Key_Home)
    assert month.day == TODAY


def test_right_to_left_the_arrows_are_mirrored(month: MonthView) -> None:
    month.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    press(month, Qt.Key.Key_Left)
    assert month.day == date(2026, 3, 10)


def test_each_day_is_told_in_words_and_the_week_begins_as_the_locale_does(
    month: MonthView,
) -> None:
    model = month.month
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Mo"
    said = [
        model.index_of(day).data(Qt.ItemDataRole.AccessibleTextRole)
        for day in (date(2026, 3, 4), TODAY, date(2026, 3, 10))
    ]
    assert said == [
        "Mittwoch, 4. März 2026, you practised",
        "Montag, 9. März 2026, today",
        "Dienstag, 10. März 2026",  # nothing is made of a day without
    ]
    interface = QAccessible.queryAccessibleInterface(month)
    assert interface.role() is QAccessible.Role.Table
    assert interface.text(QAccessible.Text.Name) == "Calendar"


def test_days_of_other_months_are_not_there(month: MonthView) -> None:
    first = month.month.index(0, 0)  # Monday 23 February
    assert first.data() is None
    assert month.month.flags(first) == Qt.ItemFlag.NoItemFlags
    assert not month.month.index_of(date(2026, 2, 27)).isValid()


def test_a_dot_is_drawn_where_somebody_practised(month: MonthView, look: theme.Look) -> None:
    def has_dot(day: date) -> bool:
        rect = month.visualRect(month.month.index_of(day))
        image = month.viewport().grab(rect).toImage()
        tone = QColor(theme.current().colours.breath)
        return any(
            image.pixelColor(x, y) == tone
            for x in range(image.width())
            for y in range(image.height())
        )

    assert has_dot(date(2026, 3, 4))
    assert not has_dot(date(2026, 3, 5))


def test_a_day_shows_its_practices_and_an_empty_one_shames_nobody(look: theme.Look) -> None:
    panel = CalendarPanel()
    panel.show_rows(rows(10), load_content(), NOW.date())
    assert [row.id for row in panel.list.rows.rows] == [10]
    assert not panel.list.isHidden()
    panel.month.go_to(date(2026, 3, 5))
    assert panel.list.isHidden()
    assert panel.none.text() == "No practice on this day."
    assert panel.day.text() == "Donnerstag, 5. März 2026"
    panel.on.click()
    assert panel.name.text() == "April 2026"
    panel.today.click()
    assert panel.month.day == NOW.date()
    panel.deleteLater()
