"""The demo's heart is steered from its panel: by mouse, by keyboard, and it shows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biofeedback.types import PhaseName, PhaseStarted
from devices.steering import Steer, SteeringState
from devices.words import describe
from gui.main_window import MainWindow
from tests.gui.test_window import begin_demo

LONG_MS = 30_000


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)


def steering(window: MainWindow) -> SteeringState:
    assert window._wanted is not None
    assert window._wanted.steering is not None
    return window._wanted.steering.state


def test_the_demo_begins_with_the_panel_closed(window: MainWindow, qtbot: QtBot) -> None:
    begin_demo(qtbot, window)
    assert not window.practice.steer.isVisible()
    assert window.practice._buttons["steer"].isVisible()


def test_a_strap_has_no_such_panel(window: MainWindow) -> None:
    practice = window.practice
    window.pages.turn_to(practice, at_once=True)
    practice.expect("ble:", window.settings.choices, numbers=True)
    practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
    practice.setFocus()
    press(window, Qt.Key.Key_D)
    assert not practice.steer.isVisible()
    assert not practice._buttons["steer"].isVisible()


def test_the_heart_is_steered_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    begin_demo(qtbot, window)
    panel = window.practice.steer
    press(window, Qt.Key.Key_D)
    assert panel.isVisible()
    assert QApplication.focusWidget() is panel.moods[Steer.CALMER]
    press(window, Qt.Key.Key_Space)
    assert steering(window).tension == -1
    assert not window.practice.paused  # Space pressed the button, and paused nothing
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Space)
    press(window, Qt.Key.Key_Space)
    assert steering(window).tension == 1
    assert "1" in panel.told
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Space)
    assert steering(window).tension == 0
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Right)
    assert steering(window).strap_restless
    press(window, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert window.bridge.practising


def test_a_lost_link_is_said_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    from biofeedback.types import LinkReason

    begin_demo(qtbot, window)
    practice = window.practice
    qtbot.waitUntil(lambda: len(practice.heart.beats) > 3, timeout=LONG_MS)
    practice.toggle_steer()
    practice.steer.link.chip("lost").click()
    lost = describe(LinkReason.DROPPED).sentence
    qtbot.waitUntil(lambda: practice.state.text() == lost, timeout=LONG_MS)
    assert practice.heart.gaps[-1][1] is None
    phase = practice.phase
    assert phase in {PhaseName.QUIET_BEFORE, PhaseName.GUIDED}  # the practice goes on
    practice.steer.link.chip("there").click()
    qtbot.waitUntil(lambda: practice.heart.gaps[-1][1] is not None, timeout=LONG_MS)


def test_another_demo_begins_unsteered(window: MainWindow, qtbot: QtBot) -> None:
    begin_demo(qtbot, window)
    window.practice.toggle_steer()
    window.practice.steer.moods[Steer.TENSER].click()
    window.stop()
    qtbot.waitUntil(lambda: not window.bridge.practising, timeout=LONG_MS)
    window.begin_demo()
    assert steering(window) == SteeringState()
    assert window.practice.steer.state == SteeringState()
    assert not window.practice.steer.isVisible()
