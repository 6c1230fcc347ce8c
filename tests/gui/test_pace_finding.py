"""Finding one's pace in the window: explained, one step at a time, a picture, kept if two agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biofeedback.practice.assessing import STEPPED
from biofeedback.sessions.info import Ended
from biofeedback.sessions.paces import KeptPace
from biofeedback.sessions.store import Store
from biofeedback.signals.resonance_assessment import ResonanceAssessment
from gui import pace_words, theme
from gui.main_window import MainWindow
from tests.gui.assessed import FOUND, assessed_outcome
from tests.gui.conftest import opened


@pytest.fixture
def quick(look: theme.Look, home: Path) -> Iterator[MainWindow]:
    """The window, 400 times as fast as the wall's clock."""
    made = opened(MainWindow(home, speed=400.0))
    yield made
    made.close()
    made.deleteLater()


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)


def shown(window: MainWindow) -> object:
    return window.pages.current


def test_from_home_through_the_steps_to_the_picture(
    quick: MainWindow, qtbot: QtBot, home: Path
) -> None:
    pace = quick.pace
    QTest.mouseClick(quick.home.pace, Qt.MouseButton.LeftButton)
    assert shown(quick) is pace.explains
    QTest.mouseClick(pace.explains.demo, Qt.MouseButton.LeftButton)
    assert shown(quick) is pace.running
    qtbot.waitUntil(lambda: pace.running.step is not None, timeout=20_000)
    qtbot.waitUntil(lambda: shown(quick) is pace.result, timeout=60_000)
    assert pace.result.headline.text()
    assert pace.result.explained.text()
    assert pace.result.headline.text() in pace.result.curve.accessibleDescription()
    qtbot.waitUntil(lambda: bool(pace.result.agreement.text()), timeout=20_000)
    assert "simulated" in pace.result.agreement.text()
    assert pace.result.keep.isHidden()  # a simulated heart's pace is nobody's
    with Store.open(home) as store:
        (info,) = store.sessions()
    assert info.plan == STEPPED
    assert info.ended is Ended.COMPLETED
    press(quick, Qt.Key.Key_Escape)
    assert shown(quick) is quick.home


def test_grounding_waits_and_stop_loses_nothing(
    quick: MainWindow, qtbot: QtBot, home: Path
) -> None:
    pace = quick.pace
    pace.open()
    pace.explains.demo.click()
    qtbot.waitUntil(
        lambda: pace.running.step is not None and pace.running.step.rate_per_min is not None,
        timeout=20_000,
    )
    press(quick, Qt.Key.Key_G)
    assert shown(quick) is quick.grounding
    qtbot.waitUntil(lambda: pace.running.paused, timeout=20_000)
    press(quick, Qt.Key.Key_Escape)
    assert shown(quick) is pace.running
    qtbot.waitUntil(lambda: not pace.running.paused, timeout=20_000)
    press(quick, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shown(quick) in {pace.result, quick.home}, timeout=20_000)
    with Store.open(home) as store:
        (info,) = store.sessions()
    assert info.ended is Ended.STOPPED
    assert (info.n_packets or 0) > 0


def test_a_pace_that_two_tries_agree_on_becomes_the_guide(window: MainWindow) -> None:
    result = window.pace.result
    result.show_outcome(assessed_outcome(), FOUND, "")
    assert result.keep.isHidden()
    result.set_agreement(KeptPace(None, 1))
    assert result.keep.isHidden()  # one try keeps nothing
    result.set_agreement(KeptPace(5.4, 2))
    assert not result.keep.isHidden()
    result.keep.click()
    assert shown(window) is window.home
    guide_id = window.settings.choices.guide_id
    (guide,) = window.personal.guides
    assert guide.guide_id == guide_id
    assert guide.pattern.rate_per_min == pytest.approx(5.4, abs=0.01)
    assert guide.pattern.hold_in_s == guide.pattern.hold_out_s == 0
    # keeping the same pace again makes no second guide
    result.keep.click()
    assert len(window.personal.guides) == 1


@pytest.mark.parametrize("reason", ["short", "not_following", "no_clear_peak", "beyond"])
def test_no_clear_peak_is_said_kindly_and_without_a_pace(reason: str) -> None:
    found = ResonanceAssessment(pace_per_min=None, reason=reason)
    words = f"{pace_words.headline(found)} {pace_words.explained(found)}".lower()
    assert words.strip()
    for judging in ("fail", "bad", "wrong", "try harder", "score", "normal"):
        assert judging not in words


def test_the_picture_is_described_in_words() -> None:
    words = pace_words.picture(FOUND)
    for rate in ("6.5", "6", "5.5", "5", "4.5"):
        assert f"At {rate} breaths" in words
    assert pace_words.headline(FOUND) in words
