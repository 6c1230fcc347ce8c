"""The orb alone, above other windows: it breathes, takes keys, and gives the window back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.main_window import MainWindow
from gui.small_orb import SmallOrb
from tests.gui.test_window import begin_demo


def shown(window: MainWindow, qtbot: QtBot) -> SmallOrb:
    """Begin a demo, and show its orb alone."""
    begin_demo(qtbot, window)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_O)
    orb = window.beside.orb
    assert orb.isVisible()
    assert QTest.qWaitForWindowExposed(orb)
    return orb


def test_it_stays_above_other_windows_and_the_large_one_makes_room(
    window: MainWindow, qtbot: QtBot
) -> None:
    orb = shown(window, qtbot)
    assert orb.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert window.isMinimized()
    assert orb.accessibleName()
    assert orb.screen().availableGeometry().contains(orb.geometry())


def test_it_breathes_as_the_practice_does(window: MainWindow, qtbot: QtBot) -> None:
    orb = shown(window, qtbot)
    seen: set[float] = set()

    def has_moved() -> bool:
        seen.add(round(orb.orb.fullness, 2))
        return len(seen) > 5

    qtbot.waitUntil(has_moved, timeout=10_000)
    assert orb.orb.with_hand is window.practice.orb.with_hand


def test_space_pauses_and_the_orb_stays(window: MainWindow, qtbot: QtBot) -> None:
    orb = shown(window, qtbot)
    QTest.keyClick(orb, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.practice.paused, timeout=10_000)
    assert orb.isVisible()


def test_grounding_brings_the_window_back_at_once(window: MainWindow, qtbot: QtBot) -> None:
    orb = shown(window, qtbot)
    QTest.keyClick(orb, Qt.Key.Key_G)
    assert not orb.isVisible()
    assert not window.isMinimized()
    assert window.pages.current is window.grounding


def test_o_esc_and_a_double_click_bring_the_window_back_and_the_practice_runs(
    window: MainWindow, qtbot: QtBot
) -> None:
    orb = shown(window, qtbot)
    for leave in (
        lambda: QTest.keyClick(orb, Qt.Key.Key_O),
        lambda: QTest.keyClick(orb, Qt.Key.Key_Escape),
        lambda: QTest.mouseDClick(orb, Qt.MouseButton.LeftButton),
        lambda: orb.close(),
    ):
        leave()
        assert not orb.isVisible()
        assert not window.isMinimized()
        assert window.bridge.practising
        window.beside.toggle()
        assert orb.isVisible()


def test_the_end_of_the_practice_brings_the_window_back(window: MainWindow, qtbot: QtBot) -> None:
    orb = shown(window, qtbot)
    window.stop()
    qtbot.waitUntil(lambda: not window.bridge.practising, timeout=20_000)
    qtbot.waitUntil(lambda: not orb.isVisible(), timeout=5_000)
    assert not window.isMinimized()


def test_without_a_practice_there_is_none(window: MainWindow) -> None:
    window.beside.toggle()
    assert not window.beside.is_shown


def test_it_is_dragged_by_the_mouse(look: theme.Look) -> None:
    orb = SmallOrb(lambda: None, lambda: 0.0)
    orb.show()
    assert QTest.qWaitForWindowExposed(orb)
    orb._held = QPoint(10, 10)  # as without a window manager that moves it by itself
    before, left = orb.pos(), Qt.MouseButton.LeftButton
    to = QPointF(before) + QPointF(-50, -30)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(0, 0), to, left, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(orb, moved)
    assert orb.pos() == before + QPoint(-60, -40)
    orb.hide()
    orb.deleteLater()
