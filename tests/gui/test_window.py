"""The window for real: from home to the summary, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from biofeedback.practice.content import load_content
from biofeedback.sessions.info import Ended
from biofeedback.sessions.store import Store
from biofeedback.types import (
    LineShown,
    LinkChanged,
    LinkReason,
    PhaseName,
    PhaseStarted,
    PulseSeen,
    RecordingProblem,
    Strap,
    StrapKind,
    StrapRecognised,
    Update,
)
from devices.link import FoundStrap
from devices.words import Notice, describe
from gui import theme
from gui.main_window import MainWindow
from gui.screens.screen import Screen
from gui.settings import SettingsFile
from tests.gui.conftest import opened

LONG_MS = 30_000
LEFT = Qt.MouseButton.LeftButton


def shows(window: MainWindow, screen: Screen) -> bool:
    return window.pages.current is screen and screen.isVisible()


def click(qtbot: QtBot, widget: QWidget) -> None:
    middle = QPoint(widget.width() // 2, widget.height() // 2)
    QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, middle)


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    """Press a key where the keyboard is, as a person would."""
    QTest.keyClick(QApplication.focusWidget() or window, key)


def lines_on(window: MainWindow) -> list[str]:
    """Take down each line that comes on the screen."""
    shown: list[str] = []

    def look(update: Update) -> None:
        if isinstance(update, LineShown):
            shown.append(window.practice.words.shown)

    window.bridge.updated.connect(look)
    return shown


def begin_demo(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, window.home.demo)
    qtbot.waitUntil(lambda: shows(window, window.practice))
    qtbot.waitUntil(lambda: window.practice.phase is not None, timeout=10_000)


@pytest.fixture
def at_once(look: theme.Look, home: Path) -> Iterator[MainWindow]:
    """The window on a clock that doesn't wait: how busy the machine is makes no difference."""
    made = opened(MainWindow(home, speed=0.0))
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def unhurried(look: theme.Look, home: Path) -> Iterator[MainWindow]:
    """The window at a pace at which no phase is over before its keys are pressed."""
    file = SettingsFile(home)
    file.change(choices=replace(file.settings.choices, quiet_s=180.0))
    made = opened(MainWindow(home, speed=5.0))
    yield made
    made.close()
    made.deleteLater()


def test_from_home_to_the_summary_by_mouse_in_twenty_minutes(
    at_once: MainWindow, qtbot: QtBot, home: Path
) -> None:
    window = at_once
    window.setup.plan.chip("twenty").click()
    shown = lines_on(window)
    told: list[Update] = []
    window.bridge.updated.connect(told.append)
    click(qtbot, window.home.demo)
    qtbot.waitUntil(lambda: shows(window, window.summary), timeout=LONG_MS)
    lines = [each for each in told if isinstance(each, LineShown)]
    assert [each.text for each in lines if each.text] == [text for text in shown if text]
    wanted = [
        (part.set_id, line_id)
        for part in load_content().plans["twenty"].parts
        for line_id in part.line_ids
    ]
    ids = [(each.set_id, each.line_id) for each in lines if each.line_id]
    assert [each for each in ids if each[0] not in ("rest", "anchors")] == wanted
    phases = [each.phase for each in told if isinstance(each, PhaseStarted)]
    assert phases == [PhaseName.QUIET_BEFORE, PhaseName.GUIDED, PhaseName.QUIET_AFTER]
    assert window.summary.bands.isVisible()
    assert window.summary.kind.text()
    assert window.summary.sentence.text()
    with Store.open(home) as store:
        (info,) = store.sessions()
    assert info.ended is Ended.COMPLETED
    assert info.duration_s == pytest.approx(1320.0, abs=1.0)
    assert info.n_packets == 1320
    click(qtbot, window.summary.done)
    qtbot.waitUntil(lambda: shows(window, window.home))
    qtbot.waitUntil(lambda: bool(window.home.kept), timeout=10_000)
    assert "simulated heart" in window.home.kept[0].text()


def test_from_home_to_the_summary_by_keyboard(
    unhurried: MainWindow, qtbot: QtBot, home: Path
) -> None:
    window = unhurried
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.home.begin)
    press(qtbot, window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is window.home.demo
    press(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.practice.phase is PhaseName.QUIET_BEFORE, timeout=10_000)
    press(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.practice.paused)
    press(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.practice.paused)
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: window.practice.phase is PhaseName.GUIDED)
    qtbot.waitUntil(lambda: window.practice.words.shown != "")
    press(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.practice.paused)
    line = window.practice.words.shown
    press(qtbot, window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.practice.words.shown not in {line, ""})
    qtbot.waitUntil(lambda: len(window.practice.heart.beats) > 2, timeout=LONG_MS)
    press(qtbot, window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.summary), timeout=5000)
    with Store.open(home) as store:
        (info,) = store.sessions()
    assert info.ended is Ended.STOPPED
    press(qtbot, window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.home))


def test_breathing_is_one_click_from_home(window: MainWindow, qtbot: QtBot) -> None:
    begin_demo(qtbot, window)
    qtbot.waitUntil(lambda: window.practice.segment is not None, timeout=LONG_MS)


def test_grounding_is_a_key_away_from_every_screen(window: MainWindow, qtbot: QtBot) -> None:
    for screen in (window.home, window.setup, window.help, window.chooser, window.rest):
        window.pages.turn_to(screen, at_once=True)
        press(qtbot, window, Qt.Key.Key_G)
        assert shows(window, window.grounding)
        press(qtbot, window, Qt.Key.Key_Escape)
        assert shows(window, screen)


def test_grounding_hides_the_body_and_the_practice_waits(window: MainWindow, qtbot: QtBot) -> None:
    begin_demo(qtbot, window)
    press(qtbot, window, Qt.Key.Key_G)
    assert shows(window, window.grounding)  # at once, with no fade over it
    assert not window.practice.isVisible()
    assert not window.pages.fading
    qtbot.waitUntil(lambda: window.practice.paused)
    first = window.grounding.line
    press(qtbot, window, Qt.Key.Key_Right)
    assert window.grounding.line != first
    press(qtbot, window, Qt.Key.Key_Escape)
    assert shows(window, window.practice)
    qtbot.waitUntil(lambda: not window.practice.paused)


def test_the_practice_can_be_ended_from_grounding(window: MainWindow, qtbot: QtBot) -> None:
    begin_demo(qtbot, window)
    qtbot.waitUntil(lambda: window.practice.phase is PhaseName.GUIDED, timeout=LONG_MS)
    press(qtbot, window, Qt.Key.Key_G)
    click(qtbot, window.grounding.stop)
    qtbot.waitUntil(lambda: shows(window, window.summary))


def test_numbers_come_and_go_with_a_key_and_are_remembered(
    window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    begin_demo(qtbot, window)
    assert not window.practice.figures.isVisible()
    press(qtbot, window, Qt.Key.Key_N)
    assert window.practice.figures.isVisible()
    qtbot.waitUntil(lambda: "beats a minute" in window.practice.figures.text(), timeout=LONG_MS)
    assert SettingsFile(home).settings.numbers


def test_choices_can_be_changed_during_the_practice(window: MainWindow, qtbot: QtBot) -> None:
    from biofeedback.types import Action

    begin_demo(qtbot, window)
    qtbot.waitUntil(lambda: window.practice.segment is not None, timeout=LONG_MS)
    press(qtbot, window, Qt.Key.Key_C)
    assert window.practice.change.isVisible()
    group = window.practice.change.groups[Action.GUIDE]
    click(qtbot, group.chip("light"))
    qtbot.waitUntil(
        lambda: (
            window.practice.segment is not None and window.practice.segment.pattern.inhale_s == 3.0
        ),
        timeout=LONG_MS,
    )
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.practice.change.isVisible()
    assert window.bridge.practising  # Esc closed the sheet, not the practice


def test_choices_are_remembered(window: MainWindow, qtbot: QtBot, home: Path) -> None:
    click(qtbot, window.home.setup)
    assert shows(window, window.setup)
    click(qtbot, window.setup.touch.chip("none"))
    click(qtbot, window.setup.plan.chip("ten"))
    kept = SettingsFile(home).settings.choices
    assert (kept.touch_id, kept.plan_id) == ("none", "ten")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert shows(window, window.home)
    assert "10 minutes" in window.home._choices.text()


def test_everything_else_fades_and_comes_back_with_the_mouse(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "CHROME_STAYS_S", 0.3)
    begin_demo(qtbot, window)
    qtbot.waitUntil(lambda: window.practice.awake == 0.0)
    QTest.mouseMove(window.practice, QPoint(40, 300))
    QTest.mouseMove(window.practice, QPoint(60, 320))
    qtbot.waitUntil(lambda: window.practice.awake > 0.9)


def test_without_bluetooth_it_says_so_and_the_practice_can_begin(
    window: MainWindow, qtbot: QtBot
) -> None:
    click(qtbot, window.home.begin)
    qtbot.waitUntil(lambda: shows(window, window.practice))
    qtbot.waitUntil(lambda: "Bluetooth" in window.practice.words.shown, timeout=15_000)
    assert window.practice.arriving
    assert window.practice.begin_button.isVisible()
    click(qtbot, window.practice.begin_button)
    qtbot.waitUntil(lambda: not window.practice.arriving)
    press(qtbot, window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shows(window, window.practice))
    assert "without a strap" in window.summary.sentence.text()


def test_the_chooser_says_what_is_in_the_way(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window.home.strap)
    assert shows(window, window.chooser)
    qtbot.waitUntil(lambda: "Bluetooth" in window.chooser.sentence, timeout=15_000)
    assert window.chooser.again.isEnabled()


def test_a_strap_is_chosen_and_remembered(window: MainWindow, qtbot: QtBot) -> None:
    window.pages.turn_to(window.chooser, at_once=True)
    window.chooser.show_search(0.2)
    window.chooser.add(FoundStrap("F0:9E:1A:00:00:01", "", -60))
    window.chooser.add(FoundStrap("F0:9E:1A:00:00:01", "Polar H10 1", -60))
    (card,) = window.chooser.cards
    assert card.text() == "Polar H10 1"
    click(qtbot, card)
    qtbot.waitUntil(lambda: shows(window, window.practice))
    strap = window.settings.strap
    assert strap == Strap("F0:9E:1A:00:00:01", "Polar H10 1")
    press(qtbot, window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.home))  # nothing happened: nothing to sum up
    assert "Polar H10 1" in window.home.begin.detail


@pytest.mark.parametrize("reason", list(LinkReason))
def test_every_state_of_the_link_has_its_words(
    window: MainWindow, qtbot: QtBot, reason: LinkReason
) -> None:
    practice = window.practice
    window.pages.turn_to(practice, at_once=True)
    practice.expect("ble:", window.settings.choices, numbers=True)
    practice.take(PhaseStarted(0.0, PhaseName.ARRIVING, None))
    practice.take(LinkChanged(0.0, None, reason))
    assert practice.words.shown == describe(reason).sentence
    practice.take(PhaseStarted(1.0, PhaseName.QUIET_BEFORE, 61.0))
    practice.take(LinkChanged(2.0, None, reason))
    assert practice.state.text() == describe(reason).sentence


def test_what_the_strap_lacks_is_said_while_it_is_connected(window: MainWindow) -> None:
    practice = window.practice
    window.pages.turn_to(practice, at_once=True)
    practice.expect("ble:", window.settings.choices, numbers=True)
    practice.take(PhaseStarted(0.0, PhaseName.QUIET_BEFORE, 61.0))
    practice.take(LinkChanged(0.0, Strap("F0", "Belt", battery_pct=80), None))
    assert practice.state.text() == "Belt is connected, battery 80 %"
    practice.take(PulseSeen(1.0, 61, False, ()))
    assert practice.state.text() == describe(Notice.CONTACT_LOST).sentence
    practice.take(PulseSeen(2.0, 61, True, ()))
    assert "Belt" in practice.state.text()
    practice.take(StrapRecognised(12.0, StrapKind.NONE))
    assert practice.state.text() == describe(Notice.NO_RR).sentence
    practice.take(LinkChanged(13.0, Strap("F0", "Belt", battery_pct=9), None))
    practice.take(StrapRecognised(14.0, StrapKind.TRUE_RR))
    assert practice.state.text() == describe(Notice.LOW_BATTERY).sentence


def test_trouble_with_the_disk_is_said_and_taken_back(window: MainWindow) -> None:
    practice = window.practice
    window.pages.turn_to(practice, at_once=True)
    practice.expect("sim:", window.settings.choices, numbers=False)
    practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
    practice.take(RecordingProblem(1.0, "The disk is full."))
    assert practice.help_text == "The disk is full."
    practice.take(RecordingProblem(9.0, ""))
    assert practice.help_text == ""


def test_help_opens_on_a_question_mark_and_pauses(window: MainWindow, qtbot: QtBot) -> None:
    begin_demo(qtbot, window)
    press(qtbot, window, Qt.Key.Key_Question)
    assert shows(window, window.help)
    qtbot.waitUntil(lambda: window.practice.paused)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert shows(window, window.practice)


def test_closing_in_the_middle_loses_nothing(window: MainWindow, qtbot: QtBot, home: Path) -> None:
    begin_demo(qtbot, window)
    qtbot.waitUntil(lambda: window.practice.phase is PhaseName.GUIDED, timeout=LONG_MS)
    window.close()
    with Store.open(home) as store:
        (info,) = store.sessions()
    assert info.ended is Ended.STOPPED
    assert info.n_packets


def test_the_window_comes_back_as_it_was(window: MainWindow, home: Path, qtbot: QtBot) -> None:
    window.resize(1111, 777)
    window.close()
    again = MainWindow(home)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (1111, 777)
