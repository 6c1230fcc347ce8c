"""All choices on one page: remembered, and each of them changeable in the middle."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biofeedback.practice.content import load_content
from biofeedback.practice.kinds import Kind, chosen_length, kind_of, kinds, lengths, nearest_length
from biofeedback.sessions.store import Store
from biofeedback.types import (
    Action,
    BreathPattern,
    BreathSegment,
    Choices,
    Following,
    GuideChanged,
    LinkChanged,
    LinkReason,
    Marker,
    Metrics,
    PhaseName,
    PhaseStarted,
    Strap,
)
from gui import wording
from gui.main_window import MainWindow
from gui.screens.setup import UNSAID
from gui.settings import SettingsFile
from gui.widgets.buttons import Chip

CONTENT = load_content()


# ----------------------------------------------------------------------------- what there is
def test_all_five_practices_and_grounding_are_offered_in_their_lengths() -> None:
    assert kinds(CONTENT) == [kind for kind in Kind if kind is not Kind.OWN]
    for kind in (Kind.SOOTHING, Kind.MINDFUL, Kind.COMMON, Kind.GROUNDING):
        assert [length.seconds for length in lengths(kind, CONTENT)] == [300, 600, 1200]
    for kind in (Kind.REFRAME, Kind.LETTER):
        assert all(length.writes and length.guided_s is None for length in lengths(kind, CONTENT))
    assert [length.value for length in lengths(Kind.SOOTHING, CONTENT)] == ["five", "ten", "twenty"]


def test_another_practice_keeps_the_length_that_was_chosen() -> None:
    twenty = replace(Choices(), plan_id="twenty")
    seconds = chosen_length(twenty, CONTENT).seconds
    assert nearest_length(Kind.MINDFUL, seconds, CONTENT).value == "ten_mindful@1200"
    assert nearest_length(Kind.REFRAME, seconds, CONTENT).plan_id == "twenty_reframe"


def test_every_plan_is_offered() -> None:
    offered = {length.plan_id for kind in kinds(CONTENT) for length in lengths(kind, CONTENT)}
    assert offered == set(CONTENT.plans)


def test_the_heart_is_never_the_only_anchor_and_no_touch_is_level_with_the_rest(
    window: MainWindow,
) -> None:
    window.pages.turn_to(window.setup, at_once=True)
    assert len(CONTENT.touches) == 10
    heights = {window.setup.touch.chip(each).sizeHint().height() for each in CONTENT.touches}
    assert len(heights) == 1
    assert {"breath", "feet", "sound", "sight", "touch"} <= set(CONTENT.anchors)


def test_the_first_session_is_five_minutes_or_less(window: MainWindow) -> None:
    choices = window.settings.choices
    assert chosen_length(choices, CONTENT).seconds <= 300
    assert choices.quiet_s == 60.0
    assert not window.settings.ratings


# -------------------------------------------------------------------------------- the page
def test_everything_on_the_page_is_remembered(window: MainWindow, home: Path) -> None:
    setup = window.setup
    window.pages.turn_to(setup, at_once=True)
    setup.kind.chip("mindful").click()
    setup.plan.chip("ten_mindful@300").click()
    setup.quiet.chip("180").click()
    setup.guide.chip("light").click()
    setup.touch.chip("none").click()
    setup.anchor.chip("feet").click()
    setup.sight.chip("no").click()
    setup.posture.chip("lying").click()
    setup.eyes.chip("shut").click()
    assert setup.ramp.value == "yes"
    setup.ramp.chip("no").click()
    setup.numbers.chip("yes").click()
    setup.ratings.chip("yes").click()
    kept = SettingsFile(home).settings
    assert kept.choices == replace(
        Choices(ramp=False),
        plan_id="ten_mindful",
        guided_s=300.0,
        quiet_s=180.0,
        guide_id="light",
        touch_id="none",
        anchor_id="feet",
        posture="lying",
        sight=False,
        eyes="shut",
    )
    assert kept.numbers
    assert kept.ratings
    assert "Mindful awareness, 5 minutes" in window.home._choices.text()
    assert not setup.sight.isVisible()  # with eyes shut the question does not arise
    assert "no line asks you to look" in setup.choices._eyes_note.text()


def test_with_eyes_shut_and_no_sound_it_says_that_nothing_leads(window: MainWindow) -> None:
    setup = window.setup
    window.pages.turn_to(setup, at_once=True)
    setup.eyes.chip("shut").click()
    assert "tones lead your breath" in setup.choices._eyes_note.text()
    setup.sound.mute.chip("off").click()
    assert "No sound leads your breath now" in setup.choices._eyes_note.text()


def test_words_can_be_heard_as_well(window: MainWindow, home: Path) -> None:
    setup = window.setup
    window.pages.turn_to(setup, at_once=True)
    assert setup.choices.words.value == "read"
    setup.choices.words.chip("heard").click()
    assert SettingsFile(home).settings.sound.wants_voice
    assert window.practice.change.sound.choices.wants_voice
    setup.choices.words.chip("read").click()
    assert not SettingsFile(home).settings.sound.wants_voice
    setup.sound.levels["voice"].set_value(30)
    setup.sound._changed()
    assert setup.choices.words.value == "heard"


def test_a_posture_need_not_be_said_is_remembered_and_can_be_taken_back(
    window: MainWindow, home: Path
) -> None:
    setup = window.setup
    window.pages.turn_to(setup, at_once=True)
    assert setup.posture.value == UNSAID
    setup.posture.chip("standing").click()
    assert SettingsFile(home).settings.choices.posture == "standing"
    setup.posture.chip(UNSAID).click()
    assert SettingsFile(home).settings.choices.posture == ""
    (home / "settings.ini").write_text("[practice]\nposture=upside-down\n")
    assert SettingsFile(home).settings.choices.posture == ""


def test_a_length_of_before_that_is_no_length_is_left_out(home: Path) -> None:
    for text in ("soon", "-5", "nan", "1e9"):
        (home / "settings.ini").write_text(f"[practice]\nguided_s={text}\neyes=wide\n")
        choices = SettingsFile(home).settings.choices
        assert choices.guided_s is None
        assert choices.eyes == "open"


def test_arrows_choose_within_a_group_and_tab_goes_to_the_next(window: MainWindow) -> None:
    setup = window.setup
    window.pages.turn_to(setup, at_once=True)
    setup.plan.chip("five").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Right)
    assert window.settings.choices.plan_id == "ten"
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert isinstance(focused, Chip)
    assert focused is setup.quiet.chip("60")


# ---------------------------------------------------------------------------- in the middle
def test_each_choice_is_changed_in_the_middle_recorded_and_remembered(
    window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    window.begin_demo()
    practice = window.practice
    window.bridge.act(Action.PAUSE)  # 120 times as fast as real time, it would be over soon
    qtbot.waitUntil(lambda: practice.paused, timeout=10_000)
    practice.toggle_change()
    change = practice.change
    wanted = {
        Action.QUIET: "180",
        Action.GUIDE: "light",
        Action.TOUCH: "none",
        Action.ANCHOR: "feet",
        Action.SIGHT: "no",
        Action.EYES: "half",
    }
    for action, value in wanted.items():
        change.groups[action].chip(value).click()
    change.choices.kind.chip("common").click()
    qtbot.waitUntil(lambda: window.settings.choices.plan_id == "ten_common")
    change.choices.plan.chip("ten_common@1200").click()
    change.numbers.chip("yes").click()
    change.ratings.chip("yes").click()
    qtbot.waitUntil(lambda: window.settings.choices.guided_s == 1200.0)
    choices = window.settings.choices
    assert (choices.quiet_s, choices.guide_id, choices.touch_id) == (180.0, "light", "none")
    assert (choices.anchor_id, choices.sight, choices.eyes) == ("feet", False, "half")
    assert choices.ramp
    assert not choices.wait_for_heart
    assert window.settings.numbers
    assert window.settings.ratings
    window.stop()
    qtbot.waitUntil(lambda: not window.bridge.practising, timeout=10_000)
    with Store.open(home) as store:
        markers = [e for e in store.events(1) if isinstance(e, Marker)]
    told = {marker.action: marker.value for marker in markers}
    assert told.items() >= wanted.items()
    assert told[Action.PLAN] == "ten_common@1200"


def test_what_a_command_chose_is_not_remembered(window: MainWindow, qtbot: QtBot) -> None:
    window.begin("sim:", Choices(plan_id="twenty"))
    window.bridge.act(Action.PAUSE)
    window.bridge.act(Action.TOUCH, "none")
    qtbot.waitUntil(
        lambda: window.practice.change.groups[Action.TOUCH].value == "none", timeout=10_000
    )
    assert window.settings.choices.touch_id == "heart"


@pytest.mark.parametrize(("eyes", "dark"), [("open", 0.0), ("half", 0.45), ("shut", 0.85)])
def test_the_screen_is_as_dim_as_the_eyes_want_until_somebody_moves(
    window: MainWindow, eyes: str, dark: float
) -> None:
    practice = window.practice
    window.pages.turn_to(practice, at_once=True)
    practice.expect("sim:", replace(Choices(), eyes=eyes), numbers=False)
    assert practice._veil.darkness == 0.0
    practice._awake = 0.0
    practice._show_awake()
    assert practice._veil.darkness == pytest.approx(dark)
    assert practice._veil.isVisible() is (dark > 0)
    practice._awake = 1.0
    practice._show_awake()
    assert practice._veil.darkness == 0.0


# ------------------------------------------------------------------------------------ live
def test_how_the_heart_follows_is_said_with_its_quality_and_not_of_poor_data(
    window: MainWindow,
) -> None:
    practice = window.practice
    window.pages.turn_to(practice, at_once=True)
    practice.expect("sim:", Choices(), numbers=False)
    practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
    practice.take(LinkChanged(0.0, Strap("sim:1", "Heart"), None))
    segment = BreathSegment(0.0, BreathPattern(4.5, 0.0, 5.5, 0.0))
    practice.take(GuideChanged(0.0, segment))

    def beat(t_s: float, r2: float, reason: str = "") -> str:
        practice.take(Metrics(t_s, 64.0, following=Following(r2, r2, 4.0, 0.9), reason=reason))
        return practice.follows.text()

    assert beat(1.0, 0.2) == ""
    assert beat(2.0, 0.55) == "Your heart follows your breath a little"
    assert beat(3.0, 0.9) == "Your heart follows your breath closely"
    assert practice.follows.isVisible()
    assert beat(4.0, 0.9, "artefacts") == ""
    assert beat(5.0, 0.7) == "Your heart follows your breath well"
    practice.take(LinkChanged(6.0, None, LinkReason.DROPPED))
    assert practice.follows.text() == ""
    assert beat(7.0, 0.7) != ""
    practice.take(GuideChanged(8.0, None))
    assert practice.follows.text() == ""


def test_no_word_of_following_holds_a_number_or_a_verdict() -> None:
    from biofeedback.practice.feedback import Follows

    for step in (None, *Follows):
        words = wording.follows_words(step)
        assert not any(letter.isdigit() for letter in words)
        assert "!" not in words


def test_every_choice_has_words() -> None:
    for plan_id, plan in CONTENT.plans.items():
        assert wording.practice_words(Choices(plan_id=plan_id), CONTENT)
        assert wording.kind_words(kind_of(plan, CONTENT))
