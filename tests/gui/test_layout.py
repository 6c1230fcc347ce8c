"""Nothing overlaps, nothing is cut: every screen, at every size and text size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from biofeedback.practice.content import load_content
from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.run import Outcome
from biofeedback.sensing import ChestBreath, EcgSamples, GuideAgreement, RrCheck, RrChecked
from biofeedback.sessions.info import Ended
from biofeedback.sessions.paces import KeptPace
from biofeedback.sessions.reflection import Felt, Moment, Reflection
from biofeedback.sessions.summary import PhaseFigures, Summary
from biofeedback.signals.calm import CalmAnswer, CalmVerdict
from biofeedback.signals.calm_reasons import CalmReason
from biofeedback.timeline import Stretch, Timeline
from biofeedback.types import (
    Beat,
    BreathPattern,
    BreathSegment,
    Following,
    GuideChanged,
    LinkChanged,
    LinkReason,
    Metrics,
    PhaseName,
    PhaseStarted,
    PulseSeen,
    StepStarted,
    Strap,
    StrapKind,
    StrapRecognised,
)
from devices.link import FoundStrap
from gui import pace_words, spoken, theme, wording
from gui.main_window import MainWindow
from gui.pages_of_visit import VisitPage
from gui.player import Player
from gui.screens.passphrase import Task
from gui.screens.screen import Screen
from gui.screens.settings import LockState
from gui.widgets.buttons import Card, Chip, Pill
from gui.widgets.text import Text
from tests.gui import looked_back
from tests.gui.assessed import FOUND, assessed_outcome
from tests.gui.conftest import opened
from tests.gui.kept_rows import NOW, rows
from tests.gui.trend_sessions import sessions

WRITTEN_AT = datetime(2026, 3, 4, 20, 15, tzinfo=UTC)
VARIANTS = {
    "large": ((1280, 800), 1.0),
    "small": ((1024, 600), 1.0),
    "large-text": ((1280, 800), 2.0),
    "small-large-text": ((1024, 600), 2.0),
}
KEPT = [(number, "Today 20:15   ·   5 minutes   ·   7:00 min") for number in (1, 2, 3)]
SCREENS = (
    "home",
    "setup",
    "practice",
    "arriving",
    "signal",
    "steer",
    "ecg",
    "replay",
    "opening",
    "listening",
    "summary",
    "grounding",
    "chooser",
    "help",
    "first_run",
    "crisis",
    "phrases",
    "phrases_written",
    "rest",
    "felt",
    "summary-unrated",
    "practice-following",
    "pace",
    "assessing",
    "pace_found",
    "own_guides",
    "history",
    "history_find",
    "history_calendar",
    "history_remark",
    "history_deleting",
    "history_empty",
    "session",
    "session-empty",
    "session-deleted",
    "session-pace",
    "compare",
    "trends",
    "trends_few",
    "locked",
    "settings",
    "settings_plain",
    "passphrase",
    "passphrase_first",
    "leave",
    "leave-working",
    "leave-asking",
)
SAID = Reflection(Felt(7, 5), Felt(4, None, 3), ("after work",), "Rain on the window.")


@pytest.fixture(scope="module", params=VARIANTS)
def sized(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """One window for each size; the screens are only looked at."""
    size, scale = VARIANTS[request.param]
    theme.install(theme.Look(scheme="light", text_scale=scale, reduced_motion=False))
    made = opened(MainWindow(tmp_path_factory.mktemp("data")), *size)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture(scope="module")
def plain(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """A window at 100 % text."""
    theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
    made = opened(MainWindow(tmp_path_factory.mktemp("data")))
    yield made
    made.close()
    made.deleteLater()


def open_written(window: MainWindow, name: str) -> Screen:
    """Show one of the screens around a letter, with something written."""
    written, lines = window.written, spoken.current().sets["letter"].lines
    page = VisitPage("letter", WRITTEN_AT, spoken.current())
    for line in lines[:3]:
        page.document(line.line_id).setPlainText("You did what you could that day. " * 6)
    if name in ("writing", "earlier"):
        line = lines[3]
        written.writing.leave()
        written.writing.show_line(line, line.text, 120.0, page)
        if name == "earlier":
            window.pages.turn_to(written.writing, at_once=True)
            written.writing.toggle_earlier()
        return written.writing
    if name == "written":
        entry = wording.writing_entry(
            "letter", WRITTEN_AT, WRITTEN_AT, saved=True, day=date(2026, 9, 30)
        )
        written.list.show_list([entry] * 3)
        return written.list
    saved = name == "keep-saved"
    written.keep.show_page(
        page.writing,
        saved=saved,
        reread_on=date(2026, 9, 30) if saved else None,
        today=date(2026, 3, 4),
    )
    if name == "keep-deleted":
        written.keep.show_deleted()
    return written.keep


def open_leaving(window: MainWindow, name: str) -> Screen:
    """Show the page on which data leaves and comes, in one of its states."""
    screen = window.taking_along.screen
    lines = [
        "Practices: 120. Together 18.4 hours, about 9.5 MB.",
        "The name of your strap is in it.",
    ]
    screen.show_held(lines, something=True)
    match name:
        case "leave-working":
            screen.show_working("Writing. You can go on meanwhile.")
            screen.show_progress(0.4)
        case "leave-asking":
            screen.show_done("New practices: 3. Could not be read: 1.\nnotes.txt", confirms=True)
        case _:
            screen.show_done("")
    return screen


def open_history(window: MainWindow, name: str) -> Screen:
    """Show the history in one of its states."""
    screen = window.history.screen
    screen.escape()
    screen.as_list.setChecked(True)
    window.pages.turn_to(screen, at_once=True)
    kept = () if name == "history_empty" else rows(40)
    screen.show_rows(kept, spoken.current(), NOW.date())
    screen.list.rows.unmark()
    screen.bar.hide()
    if name == "history":
        for number in (40, 38):
            screen.list.mark_wanted.emit(number)
        screen.bar.offer("Deleted.")
    if name == "history_find":
        screen.open_finder()
        screen.finder.text.setText("work")
    if name == "history_calendar":
        screen.as_calendar.setChecked(True)
    if name == "history_deleting":
        screen.show_rows(kept, spoken.current(), NOW.date(), kept[:5])
        screen.open_deleting()
        screen.deleting.all.click()
    if name == "history_remark":
        screen.open_remark()
    return screen


def open_looked_back(window: MainWindow, name: str) -> Screen:
    """Show a session that was opened, or two."""
    if name == "compare":
        comparison = window.looking_back.comparison
        comparison.show_pair(*looked_back.pair(), looked_back.NAMES)
        return comparison
    page = window.looking_back.session
    shown = {"session-empty": looked_back.empty, "session-pace": looked_back.assessed}.get(
        name, looked_back.shown
    )()
    page.show_session(shown, looked_back.NAMES[1])
    page.trace.point_at(205.0)
    page.trace.choose((100.0, 130.0))
    page.tell("That part is left out. It stays here to be seen, hatched.", undo=True)
    if name == "session-deleted":
        page.show_gone()
    return page


def open_screen(window: MainWindow, name: str) -> Screen:
    """Show a screen with something in it."""
    practice, choices = window.practice, window.settings.choices
    screen: Screen
    match name:
        case "locked":
            screen = window.locking.screen
            window.locking.screen.expect()
            window.locking.screen.refuse("That is not the passphrase. Try again.")
        case "settings" | "settings_plain":
            screen = window.preferences.screen
            window.preferences.screen.show_settings(
                replace(window.settings, strap=Strap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4"))
            )
            window.preferences.screen.show_lock(
                LockState("/home/me/.local/share/hand-on-heart", name == "settings", False, False)
            )
        case "passphrase":
            screen = window.preferences.passphrase
            window.preferences.passphrase.expect(Task.CHANGE)
        case "passphrase_first":
            screen = window.preferences.passphrase
            window.preferences.passphrase.expect(Task.SET)
        case "arriving":
            practice.expect("ble:", choices, numbers=True)
            practice.take(PhaseStarted(0.0, PhaseName.ARRIVING, None))
            practice.take(LinkChanged(0.0, None, LinkReason.NOT_FOUND))
            screen = practice
        case "practice":
            practice.expect("sim:", choices, numbers=True)
            practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
            practice.take(LinkChanged(0.0, None, LinkReason.STALLED))
            screen = practice
        case "practice-following":
            practice.expect("sim:", choices, numbers=True)
            practice.take(LinkChanged(0.0, Strap("sim:1", "A heart"), None))
            practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
            pace = BreathSegment(0.0, BreathPattern(4.5, 0.0, 5.5, 0.0))
            practice.take(GuideChanged(0.0, pace))
            practice.take(Metrics(1.0, 64.0, 31.0, following=Following(0.9, 0.9, 5.0, 0.9)))
            practice.words.say("I can be on my own side today.")
            screen = practice
        case "signal":
            practice.expect("ble:", choices, numbers=True)
            practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
            strap = Strap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4", 9, "chest", "Polar", "H10")
            practice.take(LinkChanged(0.0, strap, None))
            practice.take(PulseSeen(1.0, 61, True, ()))
            practice.take(Metrics(1.0, hr_bpm=61.0, artefact_fraction=0.3))
            practice.take(StrapRecognised(2.0, StrapKind.SMOOTHED))
            practice.toggle_signal()
            screen = practice
        case "ecg":
            practice.expect("sim:", choices, numbers=True, sensors=True)
            practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
            practice.take(LinkChanged(0.0, Strap("sim:", "Simulated heart", 100), None))
            practice.take(EcgSamples(9.0, 8.0, 1 / 130, (0, 900, -100) * 24, True))
            practice.take(RrChecked(60.0, RrCheck(70, 30, 4.0, 0.5)))
            agreement = GuideAgreement(0.3, 0.2, 0.5)
            practice.take(ChestBreath(60.0, 6.2, 0.6, phase_cycles=0.3, agreement=agreement))
            practice.toggle_signal()
            screen = practice
        case "listening":
            window.signal.blockSignals(True)  # nothing is listened to for a picture
            window.signal.expect("ble:", sensors=True)
            strap = Strap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4", 9, "chest", "Polar", "H10")
            window.signal.take(LinkChanged(0.0, strap, None))
            window.signal.take(PulseSeen(1.0, 61, False, ()))
            screen = window.signal
        case "replay" | "opening":
            window.replay.expect("Opening the session.")
            if name == "replay":
                stretches = (Stretch(0.0, 60.0, PhaseName.QUIET_BEFORE), Stretch(20.0, 40.0, None))
                told = (PhaseStarted(0.0, PhaseName.GUIDED, 300.0),)
                window.replay.play(
                    Player(Timeline(told, (0.0,), 420.0, stretches)),
                    title="Yesterday 21:05   ·   10 minutes of shared humanity",
                    source="sim:",
                    choices=choices,
                    numbers=True,
                )
            screen = window.replay
        case "steer":
            practice.expect("sim:", choices, numbers=True)
            practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
            practice.toggle_steer()
            screen = practice
        case "writing" | "earlier" | "keep" | "keep-saved" | "keep-deleted" | "written":
            screen = open_written(window, name)
        case "home-offer":
            window.home.set_sessions(KEPT)
            window.home.set_written(True, wording.reread_offer("letter", WRITTEN_AT))
            screen = window.home
        case "phrases" | "phrases_written":
            screen = window.phrases
            own = NOTHING.with_edit("en", "settle", "hand", "My hand, resting where it is kind.")
            own, _ = own.with_phrase("en", "settle", "I have come home to this chair again.")
            window.phrases.set_personal(own.with_hidden("settle", "other"), "")
            window.phrases.close_editor()
            if name == "phrases_written":
                window.phrases.rows["posture"].edit.click()
                window.phrases.editor.field.setText("I should take a deep breath, and another one.")
        case "grounding":
            window.grounding.begin(choices, practising=True)
            screen = window.grounding
        case "chooser":
            window.chooser.show_search(0.4)
            window.chooser.add(FoundStrap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4", -50))
            window.chooser.add(FoundStrap("F0:9E:1A:00:00:02", "", None))
            screen = window.chooser
        case "felt":
            window.felt.ask(Moment.BEFORE)
            screen = window.felt
        case "summary" | "summary-unrated":
            rated = name == "summary"
            show_summary(window, SAID if rated else Reflection(), asks=rated)
            screen = window.summary
        case "session" | "session-empty" | "session-deleted" | "session-pace" | "compare":
            screen = open_looked_back(window, name)
        case "own_guides":
            personal, _ = Personal().with_guide("evening", BreathPattern(4.0, 2.0, 6.0, 0.0))
            window.own_guides.show_personal(personal)
            screen = window.own_guides
        case "pace":
            window.pace.explains.set_kept(pace_words.agreement(KeptPace(None, 1)))
            screen = window.pace.explains
        case "assessing":
            window.pace.running.expect("sim:")
            window.pace.running.take(StepStarted(0.0, 120.0, 2, 5, 5.5, 5.5))
            window.pace.running.take(LinkChanged(0.0, None, LinkReason.STALLED))
            screen = window.pace.running
        case "pace_found":
            window.pace.result.show_outcome(assessed_outcome(), FOUND, "")
            window.pace.result.set_agreement(KeptPace(5.4, 2))
            screen = window.pace.result
        case "trends" | "trends_few":
            screen = window.history.trends
            kept = sessions(5 if name == "trends_few" else 60)
            window.history.trends.show_sessions(kept, "en", numbers=True)
        case "leave" | "leave-working" | "leave-asking":
            screen = open_leaving(window, name)
        case _ if name.startswith("history"):
            screen = open_history(window, name)
        case "home":
            window.home.set_written(False, "")
            window.home.set_sessions(KEPT)
            screen = window.home
        case _:
            screen = getattr(window, name)
    window.pages.turn_to(screen, at_once=True)
    for _ in range(4):  # a change deep in a page settles level by level
        QApplication.processEvents()
    return screen


def show_summary(window: MainWindow, said: Reflection, *, asks: bool) -> None:
    """Show the page of afterwards with everything that it can hold."""
    phases = tuple(
        PhaseFigures(name, start_s, start_s + 60.0, 64.0, 31.0)
        for name, start_s in (
            (PhaseName.QUIET_BEFORE, 0.0),
            (PhaseName.GUIDED, 60.0),
            (PhaseName.QUIET_AFTER, 120.0),
        )
    )
    verdict = CalmVerdict(CalmAnswer.SAME, -1.8, (-3.0, -0.6), CalmReason.WITHIN)
    following = Following(0.7, 0.8, 6.0, 0.9)
    summary = Summary(180, 190, 0.0, 180.0, True, phases, following, verdict)
    beats = [Beat(at, 960 + 30 * (at % 7)) for at in range(180)]
    window.summary.show_outcome(
        Outcome(1, summary, Ended.COMPLETED, said=said, n_kept=1),
        beats,
        [],
        "",
        asks=asks,
        known_tags=("after work", "morning", "a rather long name for a tag, in full"),
    )
    window.summary.remark.told("")


def leaves(screen: QWidget) -> list[QWidget]:
    """The words and buttons that can be seen, or scrolled to."""
    return [
        widget
        for kind in (Text, Pill, Card, Chip)
        for widget in screen.findChildren(kind)
        if widget.isVisible() and (not isinstance(widget, Text) or widget.text())
    ]


def place(widget: QWidget, within: QWidget) -> QRect:
    return QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())


def scroller(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def sheet(widget: QWidget, screen: Screen) -> QWidget:
    """What a widget lies on: what scrolls with it, or the screen."""
    area = scroller(widget)
    return (area.widget() if area is not None else None) or screen


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut(sized: MainWindow, name: str) -> None:
    screen = open_screen(sized, name)
    for widget in leaves(screen):
        told = f"{type(widget).__name__} {widget.property('text')!r}"
        if isinstance(widget, Text):
            assert widget.height() >= widget.heightForWidth(widget.width()) - 1, told
            longest = max(widget.text().split(), key=len)
            assert widget.fontMetrics().horizontalAdvance(longest) <= widget.width(), told
        else:
            assert widget.width() >= widget.sizeHint().width() - 1, told
            assert widget.height() >= 24, told
        inside = sheet(widget, screen)
        assert inside.rect().contains(place(widget, inside)), told


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_overlaps(sized: MainWindow, name: str) -> None:
    screen = open_screen(sized, name)
    for one, other in combinations(leaves(screen), 2):
        if scroller(one) is not scroller(other):
            continue
        a, b = place(one, screen), place(other, screen)
        told = f"{one.property('text')!r} over {other.property('text')!r}"
        assert not a.adjusted(1, 1, -1, -1).intersects(b.adjusted(1, 1, -1, -1)), told


@pytest.mark.parametrize("name", SCREENS)
def test_every_control_is_reached_by_tab(plain: MainWindow, name: str) -> None:
    screen = open_screen(plain, name)
    wanted = {
        widget
        for widget in screen.findChildren(QAbstractButton)
        if widget.isVisible() and widget.isEnabled() and not isinstance(widget, Chip)
    }
    screen.setFocus()
    reached: list[QWidget] = []
    for _ in range(80):
        QTest.keyClick(QApplication.focusWidget() or screen, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is None or focused in reached:
            break
        reached.append(focused)
    assert wanted <= set(reached)
    groups = {chip.group() for chip in screen.findChildren(Chip) if chip.isVisible()}
    assert groups == {chip.group() for chip in reached if isinstance(chip, Chip)}


def test_the_keyboard_goes_down_the_page(plain: MainWindow) -> None:
    screen = open_screen(plain, "home")
    home = plain.home
    order = [
        home.begin,
        home.demo,
        home.setup,
        home.own_words,
        home.strap,
        home.pace,
        home.ground,
        home.settings,
        home.help,
    ]
    home.begin.setFocus()
    for expected in order[1:]:
        QTest.keyClick(QApplication.focusWidget() or screen, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected


def test_an_open_sheet_leaves_orb_and_words_in_sight(plain: MainWindow) -> None:
    screen = open_screen(plain, "signal")
    practice = plain.practice
    sheet_left = place(practice.signal, screen).left()
    assert place(practice.words, screen).right() < sheet_left
    assert place(practice.orb, screen).center().x() < sheet_left
    practice.close_sheet()
    assert place(practice.words, screen).center().x() == pytest.approx(screen.width() / 2, abs=1)


def test_in_a_small_window_an_open_sheet_leaves_orb_and_words_in_sight_too(
    plain: MainWindow,
) -> None:
    plain.resize(1024, 600)
    screen = open_screen(plain, "signal")
    practice = plain.practice
    sheet_left = place(practice.signal, screen).left()
    words = place(practice.words, screen)
    assert 0 < words.left() < words.right() < sheet_left
    longest = max(
        (line.text for each in load_content().sets.values() for line in each.lines), key=len
    )
    assert practice.words.room_for(longest, words.width()) <= words.height()
    assert place(practice.orb, screen).center().x() < sheet_left
    assert place(practice.follows, screen).right() < words.center().x()
    practice.close_sheet()
    plain.resize(1280, 800)


@pytest.mark.parametrize("name", ["first_run", "crisis", "pace", "listening"])
def test_a_page_that_holds_little_has_its_buttons_near_its_words(
    plain: MainWindow, name: str
) -> None:
    screen = open_screen(plain, name)
    texts = [place(each, screen) for each in screen.findChildren(Text) if each.isVisible()]
    buttons = [place(each, screen) for each in screen.findChildren(Pill) if each.isVisible()]
    assert min(each.top() for each in buttons) - max(each.bottom() for each in texts) < 60
    assert min(each.top() for each in texts) > 0.05 * screen.height()
    assert max(each.bottom() for each in buttons) < 0.92 * screen.height()


def test_with_large_text_in_a_small_window_the_orb_keeps_its_room(sized: MainWindow) -> None:
    screen = open_screen(sized, "practice")
    practice = sized.practice
    assert practice._controls.height() <= 0.34 * screen.height()


def test_what_was_written_before_leaves_stop_and_grounding_in_sight(plain: MainWindow) -> None:
    screen = open_screen(plain, "earlier")
    assert not plain.written.writing.earlier.isHidden()
    sheet_bottom = place(plain.written.writing.earlier, screen).bottom()
    for button in (plain.written.writing.ground, plain.written.writing.stop):
        assert sheet_bottom < place(button, screen).top()


def test_home_needs_no_scrolling(plain: MainWindow) -> None:
    screen = open_screen(plain, "home")
    assert plain.size().toTuple() == (1280, 800)
    area = scroller(plain.home.begin)
    assert area is not None
    assert area.verticalScrollBar().maximum() == 0
    assert len(plain.home.kept) == len(KEPT)
    for button in plain.home.kept:
        assert screen.rect().contains(place(button, screen))


def test_rows_of_links_at_home_stand_close(plain: MainWindow) -> None:
    screen = open_screen(plain, "home")
    home = plain.home
    for links in ([home.setup, home.ground], home.kept):
        tops = sorted({place(button, screen).top() for button in links})
        assert all(24 <= below - above <= 42 for above, below in pairwise(tops))


def test_the_signal_is_a_button_where_the_strap_is_looked_for(plain: MainWindow) -> None:
    open_screen(plain, "chooser")
    assert plain.chooser.signal.isVisible()


@pytest.mark.parametrize("name", SCREENS)
def test_everything_that_takes_the_keyboard_has_a_name(plain: MainWindow, name: str) -> None:
    screen = open_screen(plain, name)
    assert screen.accessibleName()
    for button in screen.findChildren(QAbstractButton):
        if button.isVisible():
            interface = QAccessible.queryAccessibleInterface(button)
            assert interface.text(QAccessible.Text.Name)
            assert interface.role() in {QAccessible.Role.Button, QAccessible.Role.RadioButton}


def test_the_spoken_line_is_text_for_a_screen_reader(plain: MainWindow) -> None:
    open_screen(plain, "practice")
    plain.practice.words.say("I can go slow.")
    interface = QAccessible.queryAccessibleInterface(plain.practice.words)
    assert interface.text(QAccessible.Text.Name) == "I can go slow."


def test_focus_can_be_seen(plain: MainWindow) -> None:
    open_screen(plain, "home")
    plain.home.demo.setFocus()
    with_ring = plain.home.demo.grab().toImage()
    plain.home.begin.setFocus()
    assert with_ring != plain.home.demo.grab().toImage()


def test_right_to_left_is_mirrored_and_nothing_leaves_the_page(plain: MainWindow) -> None:
    plain.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        for number, name in enumerate(SCREENS):
            screen = open_screen(plain, name)
            plain.resize(1270 + number, 800)
            QApplication.processEvents()
            for widget in leaves(screen):
                inside = sheet(widget, screen)
                assert inside.rect().contains(place(widget, inside)), widget.property("text")
            if name == "home":
                assert place(plain.home.begin, screen).left() > screen.width() / 2
    finally:
        plain.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_nothing_on_the_sheet_of_changes_is_cut(sized: MainWindow) -> None:
    open_screen(sized, "practice")
    sized.practice.toggle_change()
    QApplication.processEvents()
    change = sized.practice.change
    widgets = leaves(change)
    assert len(widgets) > 40
    for widget in widgets:
        inside = sheet(widget, sized.practice)
        assert inside.rect().contains(place(widget, inside)), widget.property("text")
    sized.practice.toggle_change()
