"""The list of sessions alone: what rows say, what keys do, and that it draws few of many."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from biofeedback.practice.content import load_content
from gui import theme
from gui.history_model import DETAIL, TITLE, HistoryModel
from gui.widgets.session_list import SessionList
from tests.gui.kept_rows import NOW, rows


@pytest.fixture
def listing(look: theme.Look) -> Iterator[SessionList]:
    made = SessionList("Practices")
    made.rows.set_rows(rows(12), load_content(), NOW.date())
    made.resize(700, 300)
    made.show()
    assert QTest.qWaitForWindowExposed(made)
    made.pick(None)
    yield made
    made.close()
    made.deleteLater()


def press(listing: SessionList, *keys: Qt.Key, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    for key in keys:
        QTest.keyClick(listing, key, held)


def marks(listing: SessionList) -> tuple[int, ...]:
    return listing.rows.marks


def test_the_arrows_move_and_enter_opens(listing: SessionList) -> None:
    opened = QSignalSpy(listing.open_wanted)
    press(listing, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert listing.current_number == 10
    assert opened.at(0) == [10]
    press(listing, Qt.Key.Key_End)
    assert listing.current_number == 1


def test_shift_takes_more_along_and_delete_asks_for_them(listing: SessionList) -> None:
    wanted = QSignalSpy(listing.delete_wanted)
    press(listing, Qt.Key.Key_Down)
    press(listing, Qt.Key.Key_Down, Qt.Key.Key_Down, shift=True)
    assert listing.picked_numbers == (11, 10, 9)
    press(listing, Qt.Key.Key_Delete)
    assert wanted.count() == 1
    assert listing.rows.rowCount() == 12  # what is deleted is the owner's to say


def test_space_marks_two(listing: SessionList) -> None:
    listing.mark_wanted.connect(listing.rows.mark)
    press(listing, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert marks(listing) == (12, 11)
    said = listing.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "marked to compare" in said
    press(listing, Qt.Key.Key_Space)
    assert marks(listing) == (12,)
    listing.rows.unmark()
    assert marks(listing) == ()


def test_a_click_on_the_ring_marks(listing: SessionList) -> None:
    wanted = QSignalSpy(listing.mark_wanted)
    rect = listing.visualRect(listing.rows.index(1))
    ring = QPoint(rect.left() + 28, rect.center().y())
    QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=ring)
    assert wanted.at(0) == [11]
    words = QPoint(rect.left() + 200, rect.center().y())
    QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=words)
    assert wanted.count() == 1


def test_letters_are_left_to_the_screen(listing: SessionList) -> None:
    before = listing.current_number
    for key in (Qt.Key.Key_G, Qt.Key.Key_W, Qt.Key.Key_Escape):
        press(listing, key)
    assert listing.current_number == before


def test_a_screen_reader_hears_each_row(listing: SessionList) -> None:
    interface = QAccessible.queryAccessibleInterface(listing)
    assert interface.role() is QAccessible.Role.List
    assert interface.text(QAccessible.Text.Name) == "Practices"
    assert interface.childCount() == 12
    row = interface.child(1)
    assert row.role() is QAccessible.Role.ListItem
    said = row.text(QAccessible.Text.Name)
    assert "Soothing touch and breath, 12 minutes" in said
    assert "#morning" in said


def test_text_size_and_scheme_change_what_is_drawn(listing: SessionList, look: theme.Look) -> None:
    small = listing.height_of_all_px()
    light = listing.grab().toImage()
    look.set_scheme("dark")
    assert listing.grab().toImage() != light
    look.set_text_scale(2.0)
    assert listing.height_of_all_px() > 1.4 * small


def test_only_rows_in_sight_are_put_into_words(listing: SessionList) -> None:
    class Counting(HistoryModel):
        asked = 0

        def data(self, index: object, role: int = Qt.ItemDataRole.DisplayRole) -> object:
            self.asked += role in (TITLE, DETAIL)
            return super().data(index, role)  # type: ignore[arg-type]

    model = Counting(listing)
    model.set_rows(rows(3650), load_content(), NOW.date())
    listing.setModel(model)
    QApplication.processEvents()
    listing.grab()
    assert 0 < model.asked < 60
    listing.scrollToBottom()
    listing.grab()
    assert model.asked < 120


def test_what_was_picked_stays_picked_or_its_place_does(listing: SessionList) -> None:
    listing.pick(8)
    assert listing.current_number == 8
    listing.pick_place(40)
    assert listing.current_number == 1
    listing.rows.set_rows((), load_content(), NOW.date())
    listing.pick(8)
    assert listing.current_number is None
