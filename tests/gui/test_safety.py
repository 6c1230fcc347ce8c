"""The first page, and help now: the same place on every screen, without a strap."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from biofeedback.practice.crisis import parse_crisis
from biofeedback.practice.personal import NOTHING
from biofeedback.sessions.first_words import FILE_NAME
from gui import theme
from gui.main_window import MainWindow
from gui.screens.crisis import CrisisScreen
from gui.screens.screen import Screen
from gui.widgets.text import Text
from tests.biofeedback.practice.test_crisis import MADE_UP
from tests.gui.conftest import opened


@pytest.fixture
def fresh(look: theme.Look, home: Path) -> Iterator[MainWindow]:
    """A window as at the very first start."""
    (home / FILE_NAME).unlink()
    made = opened(MainWindow(home, speed=120.0))
    yield made
    made.close()
    made.deleteLater()


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)


def words_on(screen: QWidget) -> str:
    return " ".join(text.text() for text in screen.findChildren(Text) if text.isVisible())


def shown(window: MainWindow) -> Screen | None:
    return window.pages.current


def test_the_first_page_says_what_it_is_what_it_is_not_and_whom_to_ask(fresh: MainWindow) -> None:
    assert shown(fresh) is fresh.first_run
    told = words_on(fresh.first_run)
    assert "It does not test for or treat illness." in told
    assert "Ask your care team first." in told
    assert "No clinician has reviewed it" in told
    assert "No touch is a good choice too." in told


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_one_key_goes_on_and_it_comes_no_more(fresh: MainWindow, home: Path, key: Qt.Key) -> None:
    press(fresh, key)
    assert shown(fresh) is fresh.home
    again = MainWindow(home)
    assert shown(again) is again.home
    again.close()


def test_from_the_first_start_to_breathing_in_two_clicks(fresh: MainWindow, qtbot: QtBot) -> None:
    QTest.mouseClick(fresh.first_run.go_on, Qt.MouseButton.LeftButton)
    assert shown(fresh) is fresh.home
    QTest.mouseClick(fresh.home.demo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: fresh.practice.segment is not None, timeout=30_000)


def test_help_shows_the_first_page_again(window: MainWindow) -> None:
    window.pages.turn_to(window.help, at_once=True)
    window.help.first_words.click()
    assert shown(window) is window.first_run
    press(window, Qt.Key.Key_Return)
    assert shown(window) is window.home


def test_help_now_is_at_the_same_place_on_every_screen_and_a_key_away(window: MainWindow) -> None:
    places = set()
    for owner in (window, window.pace, window.written):
        for name, value in vars(type(owner)).items():
            if isinstance(value, cached_property):
                getattr(owner, name)  # a screen is made when it is asked for
    screens = [each for each in window.pages.findChildren(Screen) if each is not window.crisis]
    assert window.practice in screens
    for screen in screens:
        # without a practice behind it, its screen is left for home
        waits = screen in (window.practice, window.pace.running)
        behind = window.home if waits else screen
        window.pages.turn_to(screen, at_once=True)
        QApplication.processEvents()
        corner = window.help_now
        assert corner.isVisible()
        assert corner.height() >= 24
        middle = corner.mapTo(window, corner.rect().center())
        assert window.childAt(middle) is corner
        places.add((middle.x(), middle.y()))
        QTest.mouseClick(corner, Qt.MouseButton.LeftButton)
        assert shown(window) is window.crisis
        press(window, Qt.Key.Key_Escape)
        assert shown(window) is behind
        press(window, Qt.Key.Key_F1)
        assert shown(window) is window.crisis
        window.crisis.back.click()
        assert shown(window) is behind
    assert len(places) == 1


def test_help_now_says_whom_to_call_without_any_region(window: MainWindow) -> None:
    window.open_help_now()
    QApplication.processEvents()
    told = words_on(window.crisis)
    assert "call your local emergency number" in told
    assert "please reach out to a person now" in told
    assert not window.crisis.region.isVisible()


def test_help_now_pauses_the_practice_and_hides_the_body(window: MainWindow, qtbot: QtBot) -> None:
    window.begin_demo()
    qtbot.waitUntil(lambda: window.practice.phase is not None, timeout=20_000)
    press(window, Qt.Key.Key_F1)
    assert shown(window) is window.crisis
    assert not window.practice.isVisible()
    assert not window.pages.fading
    qtbot.waitUntil(lambda: window.practice.paused, timeout=10_000)
    press(window, Qt.Key.Key_Escape)
    assert shown(window) is window.practice
    assert window.practice.paused


def test_grounding_can_be_reached_from_there_and_leads_back(window: MainWindow) -> None:
    window.pages.turn_to(window.setup, at_once=True)
    press(window, Qt.Key.Key_F1)
    press(window, Qt.Key.Key_G)
    assert shown(window) is window.grounding
    press(window, Qt.Key.Key_Escape)
    assert shown(window) is window.crisis
    window.crisis.ground.click()
    assert shown(window) is window.grounding
    press(window, Qt.Key.Key_Escape)
    assert shown(window) is window.setup


def test_a_region_is_chosen_shown_with_source_and_day_and_remembered(
    look: theme.Look, qtbot: QtBot
) -> None:
    screen = CrisisScreen(parse_crisis(MADE_UP))
    qtbot.addWidget(screen)
    screen.resize(900, 700)
    screen.show()
    chosen: list[str] = []
    screen.region_chosen.connect(chosen.append)
    screen.region.chip("xx").click()
    QApplication.processEvents()
    told = words_on(screen)
    assert chosen == ["xx"]
    assert "A line: +00 (0)12 34-56" in told
    assert "https://help.example.org/contact" in told
    assert "30" in told
    again = CrisisScreen(parse_crisis(MADE_UP))
    qtbot.addWidget(again)
    again.set_region("xx")
    assert again.region.value == "xx"


def test_the_region_is_remembered_between_visits(window: MainWindow, home: Path) -> None:
    window.crisis.region_chosen.emit("xx")
    again = MainWindow(home)
    assert again.settings.region == "xx"
    again.close()


def test_safety_words_are_never_hidden_or_changed(window: MainWindow) -> None:
    own = NOTHING.with_edit("en", "safety", "crisis", "Nothing.")
    own = own.with_hidden("settle", "none").with_hidden("settle", "choice")
    window.keep_personal(own)
    window.open_help_now()
    QApplication.processEvents()
    assert "please reach out to a person now" in words_on(window.crisis)
    window.pages.turn_to(window.first_run, at_once=True)
    QApplication.processEvents()
    assert "No touch is a good choice too." in words_on(window.first_run)
