"""One session opened in the window, and two compared: read, pointed at, copied, left again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biofeedback.coming.bringing_in import bring_in
from biofeedback.looking_back.opened import open_session
from biofeedback.run import practise
from biofeedback.sessions.first_words import mark_seen
from biofeedback.sessions.left_out import Range
from biofeedback.sessions.reflection import Felt, Moment
from biofeedback.sessions.store import Store
from biofeedback.timeline import timeline
from biofeedback.types import Choices
from devices.clock import VirtualClock
from devices.simulator import SimulatedSource
from gui import compare_words, session_words, theme
from gui.main_window import MainWindow
from gui.report_saving import filters, with_ending
from gui.screens.compare import CompareScreen
from gui.screens.screen import Screen
from gui.screens.session import SessionScreen
from gui.shown import UnwantedError, read_shown
from gui.widgets.chart_tools import ChartTools
from gui.widgets.following_chart import FollowingChart
from gui.widgets.power_chart import PowerChart
from gui.widgets.session_trace import SessionTrace
from tests.biofeedback.looking_back.made import laid_out, rough, smooth
from tests.gui.conftest import opened
from tests.gui.looked_back import NAMES, assessed, empty, shown

WAIT_MS = 30_000
BEGAN = datetime(2026, 1, 2, 20, 15, tzinfo=UTC)
CHOICES = replace(Choices(), quiet_s=30.0, length_s=180.0)


def keep(store: Store, choices: Choices, seed: int, at: datetime) -> int:
    outcome = asyncio.run(
        practise(
            choices=choices,
            open_source=lambda clock, guide: SimulatedSource(clock, guide, seed),
            clock=VirtualClock(),
            store=store,
            sink=lambda _: None,
            inbox=asyncio.Queue(),
            started_at=at,
        )
    )
    assert outcome.session_id is not None
    return outcome.session_id


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("kept")
    made.chmod(0o700)
    mark_seen(made)
    with Store.open(made) as store:
        keep(store, CHOICES, 3, BEGAN)
        second = keep(store, replace(CHOICES, guide_id="light"), 5, BEGAN + timedelta(days=1))
        store.reflections.set_felt(second, Moment.BEFORE, Felt(7, 5, 3))
        store.reflections.set_felt(second, Moment.AFTER, Felt(4, None, 5))
        store.reflections.set_tags(second, ("after work",))
        store.reflections.set_note(second, "Rain on the window.")
    return made


@pytest.fixture(scope="module")
def window(qapp: QApplication, folder: Path) -> Iterator[MainWindow]:
    """One window over two kept sessions, 1 and 2."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAND_ON_HEART_HOME", str(folder))
        patch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={folder}/no-bus")
        theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
        made = opened(MainWindow(folder))
        yield made
        made.close()
        made.deleteLater()


def session(window: MainWindow, qtbot: QtBot, number: int = 2) -> SessionScreen:
    window.pages.turn_to(window.home, at_once=True)
    window.looking_back.open_session(number)
    screen = window.looking_back.session
    qtbot.waitUntil(lambda: screen.shown is not None, timeout=WAIT_MS)
    assert screen.shown is not None
    assert screen.shown.info.id == number
    return screen


def compared(window: MainWindow, qtbot: QtBot) -> CompareScreen:
    window.pages.turn_to(window.home, at_once=True)
    window.looking_back.compare(2, 1)
    screen = window.looking_back.comparison
    qtbot.waitUntil(lambda: screen.shown_ids is not None, timeout=WAIT_MS)
    return screen


def choice(trace: SessionTrace) -> tuple[float, float] | None:
    return trace.choice


def left_out(screen: SessionScreen) -> tuple[Range, ...] | None:
    return screen.shown.left_out if screen.shown is not None else None


def shows(window: MainWindow, screen: Screen) -> bool:
    return window.pages.current is screen


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)


# ---------------------------------------------------------------------------- the window
def test_a_session_opens_from_home_with_all_that_was_said_of_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.bridge.read_kept()
    qtbot.waitUntil(lambda: len(window.home.kept) == 2, timeout=WAIT_MS)
    window.home.kept[0].click()
    screen = window.looking_back.session
    qtbot.waitUntil(lambda: screen.shown is not None, timeout=WAIT_MS)
    assert shows(window, screen)
    assert "January 3" in screen.title.text()
    assert "simulated" in screen.about.text()
    assert screen.remark.said == (("after work",), "Rain on the window.")
    assert "Tension" in screen.felt.pairs.accessibleDescription()
    assert screen.trace.hasFocus()
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.home)


def test_the_keyboard_reads_along_and_looks_closer(window: MainWindow, qtbot: QtBot) -> None:
    screen = session(window, qtbot)
    trace = screen.trace
    press(window, Qt.Key.Key_Right)
    first = screen.readout.text()
    assert "beats a minute" in first
    press(window, Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    assert trace.view.span_s < trace.view.duration_s / 3
    press(window, Qt.Key.Key_End)
    assert trace.cursor_s == trace.view.duration_s
    assert trace.view.to_s == pytest.approx(trace.view.duration_s)
    press(window, Qt.Key.Key_PageUp)
    assert trace.view.to_s < trace.view.duration_s
    press(window, Qt.Key.Key_0)
    assert trace.view.is_whole
    press(window, Qt.Key.Key_N)
    assert "beats a minute" not in screen.readout.text()
    press(window, Qt.Key.Key_N)


def test_a_part_is_chosen_by_key_and_let_go_of_before_the_page_is_left(
    window: MainWindow, qtbot: QtBot
) -> None:
    screen = session(window, qtbot)
    assert screen.leave_part.isHidden()
    screen.trace.point_at(40.0)
    press(window, Qt.Key.Key_S)
    screen.trace.point_at(52.0)
    press(window, Qt.Key.Key_E)
    assert screen.trace.choice == (40.0, 52.0)
    assert screen.leave_part.isVisible()
    assert "0:40 to 0:52" in screen.readout.text()
    press(window, Qt.Key.Key_Escape)
    assert choice(screen.trace) is None
    assert shows(window, screen)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.home)


def test_picture_and_figures_are_copied(window: MainWindow, qtbot: QtBot) -> None:
    screen = session(window, qtbot)
    clipboard = QApplication.clipboard()
    press(window, Qt.Key.Key_C)
    assert not clipboard.pixmap().isNull()
    assert "not protected" in screen.state.text()
    press(window, Qt.Key.Key_T)
    rows = clipboard.text().splitlines()
    assert screen.shown is not None
    assert len(rows) == screen.shown.opened.heart.size + 1
    assert all(row.count("\t") == 3 for row in rows)


def test_every_chart_is_copied_by_mouse_too(window: MainWindow, qtbot: QtBot) -> None:
    screen = session(window, qtbot)
    heads = set()
    for tools in screen.findChildren(ChartTools):
        assert tools.isVisibleTo(screen)
        tools.figures.click()
        heads.add(QApplication.clipboard().text().splitlines()[0])
        tools.picture.click()
        assert not QApplication.clipboard().pixmap().isNull()
    assert len(heads) == 3


def figures(folder: Path, number: int) -> tuple[float | None, bool]:
    """The kept heart rate of the practice, and whether it is of today."""
    with Store.open(folder) as store:
        kept = store.figures.of(number)
        return kept.guided_hr_bpm if kept else None, number not in store.figures.stale()


def test_a_part_is_left_out_its_figures_worked_out_anew_and_brought_back(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    screen = session(window, qtbot)
    assert screen.shown is not None
    before = screen.shown.opened
    was, _ = figures(folder, 2)
    screen.trace.zoom(1)
    seen = screen.trace.view.from_s, screen.trace.view.to_s
    screen.trace.choose((60.0, 110.0))
    press(window, Qt.Key.Key_Delete)
    qtbot.waitUntil(
        lambda: screen.shown is not None and bool(screen.shown.left_out), timeout=WAIT_MS
    )
    after = screen.shown.opened
    assert after.left_out == ((60.0, 110.0),)
    assert after.heart.size == before.heart.size  # it stays to be seen
    assert after.summary.phases[1].hr_bpm != before.summary.phases[1].hr_bpm
    assert (screen.trace.view.from_s, screen.trace.view.to_s) == seen
    assert "left out" in screen.state.text()
    qtbot.waitUntil(lambda: figures(folder, 2) == (after.summary.phases[1].hr_bpm, True))
    screen.trace.point_at(70.0)
    assert "left out by you" in screen.readout.text()
    assert screen.take_part.isVisible()
    press(window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: left_out(screen) == (), timeout=WAIT_MS)
    assert screen.shown.opened.summary == before.summary
    assert screen.undo.isHidden()
    qtbot.waitUntil(lambda: figures(folder, 2) == (was, True), timeout=WAIT_MS)


def test_a_part_is_taken_in_again_where_it_is_pointed_at(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    with Store.open(folder) as store:
        store.left_out.add(2, (40.0, 50.0))
    screen = session(window, qtbot)
    screen.trace.point_at(45.0)
    press(window, Qt.Key.Key_Insert)
    qtbot.waitUntil(lambda: left_out(screen) == (), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.bridge._jobs == 0, timeout=WAIT_MS)
    press(window, Qt.Key.Key_Z)
    qtbot.waitUntil(
        lambda: screen.shown is not None and bool(screen.shown.left_out), timeout=WAIT_MS
    )
    with Store.open(folder) as store:
        ((again,),) = store.left_out.all().values()
        assert again.span == (40.0, 50.0)
        store.left_out.remove(again.id)
    qtbot.waitUntil(lambda: window.bridge._jobs == 0, timeout=WAIT_MS)


def test_all_of_it_is_left_out_and_its_own_page_shows_it_all_the_same(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    screen = session(window, qtbot)
    assert screen.shown is not None
    summary = screen.shown.opened.summary
    press(window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: screen.shown is not None and screen.shown.whole is not None)
    assert screen.shown.opened.all_left_out
    assert screen.shown.opened.summary == summary
    qtbot.waitUntil(lambda: figures(folder, 2) == (None, True), timeout=WAIT_MS)
    press(window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: screen.shown is not None and screen.shown.whole is None)
    qtbot.waitUntil(lambda: figures(folder, 2)[0] is not None, timeout=WAIT_MS)


def test_a_deleted_session_is_gone_at_once_and_comes_back_whole(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    screen = session(window, qtbot)
    press(window, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: screen.undo.isVisible(), timeout=WAIT_MS)
    assert screen.shown is None
    assert screen.trace.isHidden()
    qtbot.waitUntil(lambda: len(window.home.kept) == 1, timeout=WAIT_MS)
    assert screen.undo.hasFocus()
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: screen.shown is not None, timeout=WAIT_MS)
    assert screen.remark.said == (("after work",), "Rain on the window.")
    with Store.open(folder) as store:
        assert [info.id for info in store.sessions()] == [2, 1]


def test_watching_it_again_comes_back_to_the_session(window: MainWindow, qtbot: QtBot) -> None:
    screen = session(window, qtbot)
    press(window, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: window.replay.player is not None, timeout=WAIT_MS)
    assert shows(window, window.replay)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, screen)
    assert screen.shown is not None


def test_grounding_hides_it_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    screen = session(window, qtbot)
    press(window, Qt.Key.Key_G)
    assert shows(window, window.grounding)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, screen)


def test_a_note_is_kept_from_here(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    screen = session(window, qtbot, 1)
    screen.remark.note.setPlainText("Birds outside.")
    screen.remark.commit()
    qtbot.waitUntil(lambda: bool(screen.remark.state.text()), timeout=WAIT_MS)
    with Store.open(folder) as store:
        assert store.reflections.of(1).note == "Birds outside."
    screen.remark.undo.click()
    qtbot.waitUntil(lambda: screen.remark.said[1] == "", timeout=WAIT_MS)


def test_a_session_that_is_not_there_is_said_on_the_page(window: MainWindow, qtbot: QtBot) -> None:
    window.looking_back.open_session(4711)
    screen = window.looking_back.session
    qtbot.waitUntil(lambda: "4711" in screen.title.text(), timeout=WAIT_MS)
    assert screen.trace.isHidden()
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.home)


def test_who_leaves_is_not_read_on_for(folder: Path) -> None:
    parts: list[float] = []

    def goes_on(part: float) -> bool:
        parts.append(part)
        return len(parts) < 2

    with Store.open(folder) as store, pytest.raises(UnwantedError):
        asyncio.run(read_shown(store, 2, goes_on))
    assert len(parts) == 2
    assert 0 < parts[0] < parts[1] < 1


def test_a_copy_is_saved_that_can_be_brought_back(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = session(window, qtbot)
    screen.copy_wanted.emit(tmp_path / "copy.json")
    qtbot.waitUntil(lambda: "copy.json" in screen.state.text(), timeout=WAIT_MS)
    assert "not protected" in screen.state.text()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    with Store.open(elsewhere) as store:
        list(bring_in([tmp_path / "copy.json"], store))
        assert screen.shown is not None
        assert [info.uid for info in store.sessions()] == [screen.shown.info.uid]
    screen.copy_wanted.emit(tmp_path / "nowhere" / "copy.json")
    qtbot.waitUntil(lambda: "copy.json" not in screen.state.text().split(" is saved")[0])


def test_a_page_to_print_is_saved_by_the_ending_of_its_file(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = session(window, qtbot, 2)
    for name, begin in (("page.pdf", b"%PDF-"), ("page.html", b"<!DOCTYPE html>")):
        screen.copy_wanted.emit(tmp_path / name)
        qtbot.waitUntil(lambda name=name: name in screen.state.text(), timeout=WAIT_MS)  # type: ignore[misc]
        assert "not protected" in screen.state.text()
        content = (tmp_path / name).read_bytes()
        assert content.startswith(begin)
        assert b"Rain on the window" not in content
    screen.copy_wanted.emit(tmp_path / "nowhere" / "page.pdf")
    qtbot.waitUntil(lambda: "could not be saved" in screen.state.text(), timeout=WAIT_MS)


def test_a_file_without_an_ending_gets_that_of_its_kind() -> None:
    pdf, html = filters("Sessions (*.json)").split(";;")[1:]
    assert with_ending("a", pdf) == Path("a.pdf")
    assert with_ending("a", html) == Path("a.html")
    assert with_ending("a", "Sessions (*.json)") == Path("a.json")
    assert with_ending("a.json", pdf) == Path("a.json")


def test_who_opens_another_meanwhile_sees_that_one(window: MainWindow, qtbot: QtBot) -> None:
    window.looking_back.open_session(1)
    screen = session(window, qtbot, 2)
    QTest.qWait(100)
    assert screen.shown is not None
    assert screen.shown.info.id == 2


def test_two_sessions_are_compared_the_earlier_one_first(window: MainWindow, qtbot: QtBot) -> None:
    screen = compared(window, qtbot)
    assert screen.shown_ids == (1, 2)
    assert "another pace" in screen.pace.text().lower() or "Another pace" in screen.pace.text()
    words = [
        [item.text() if (item := screen.table.item(y, x)) else "" for x in range(4)]
        for y in range(screen.table.rowCount())
    ]
    assert any(row[0].startswith("Quiet time before") for row in words)
    guided = [row for row in words if row[0].startswith("Practice")]
    assert guided
    assert all("another pace" in row[3] for row in guided)
    assert "well anybody practised" in screen.caution.text()
    press(window, Qt.Key.Key_O)
    assert screen.trace.together
    press(window, Qt.Key.Key_O, Qt.Key.Key_K)
    assert QApplication.clipboard().text().count("\n") == len(words)


def test_from_the_comparison_to_one_of_them_and_back_and_out(
    window: MainWindow, qtbot: QtBot
) -> None:
    screen = compared(window, qtbot)
    press(window, Qt.Key.Key_1)
    one = window.looking_back.session
    qtbot.waitUntil(lambda: one.shown is not None and one.shown.info.id == 1, timeout=WAIT_MS)
    press(window, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: "no session before" in one.state.text(), timeout=WAIT_MS)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, screen)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.home)


def test_two_without_figures_say_so(window: MainWindow) -> None:
    screen = window.looking_back.comparison
    screen.show_pair(empty(), empty(), NAMES)
    assert screen.table.isHidden()
    assert "Neither" in screen.pace.text()


def test_the_session_before_is_a_key_away(window: MainWindow, qtbot: QtBot) -> None:
    screen = session(window, qtbot)
    press(window, Qt.Key.Key_P)
    pair = window.looking_back.comparison
    qtbot.waitUntil(lambda: shows(window, pair) and pair.shown_ids == (1, 2), timeout=WAIT_MS)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, screen)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.home)


def test_a_search_for_ones_pace_shows_how_far_the_heart_swung(window: MainWindow) -> None:
    screen = window.looking_back.session
    screen.show_session(assessed(), NAMES[0])
    assert screen.paces.isVisibleTo(screen)
    assert "breaths a minute" in screen.sentence.text()
    screen.show_session(shown(), NAMES[0])
    assert screen.paces.isHidden()


# ---------------------------------------------------------------------------- the charts
@pytest.fixture
def trace(look: theme.Look, qtbot: QtBot) -> SessionTrace:
    made = SessionTrace()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show_session(rough())
    made.show()
    return made


def at(trace: SessionTrace, t_s: float) -> QPoint:
    return QPointF(trace.x_of(t_s), trace.plot.center().y()).toPoint()


def test_every_chart_has_a_name_and_says_what_it_shows(look: theme.Look, qtbot: QtBot) -> None:
    for chart in (SessionTrace(), PowerChart(), FollowingChart()):
        qtbot.addWidget(chart)
        chart.show_session(rough())
        interface = QAccessible.queryAccessibleInterface(chart)
        assert interface.text(QAccessible.Text.Name)
        assert len(interface.text(QAccessible.Text.Description)) > 20
        assert "\t" in chart.table()


def test_the_trace_says_what_is_missing(trace: SessionTrace) -> None:
    words = trace.accessibleDescription()
    assert "1:20 to 1:36" in words or "Paused" in words
    assert "Nothing was heard at 4:20" in words
    assert "not used" in words


def test_dragging_chooses_a_part_and_a_click_lets_go_of_it(trace: SessionTrace) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(trace, left, pos=at(trace, 100.0))
    QTest.mouseMove(trace, at(trace, 130.0))
    QTest.mouseRelease(trace, left, pos=at(trace, 130.0))
    assert trace.choice == pytest.approx((100.0, 130.0), abs=1.0)
    QTest.mouseClick(trace, left, pos=at(trace, 200.0))
    assert choice(trace) is None
    assert trace.cursor_s == pytest.approx(200.0, abs=1.0)


def test_dragging_backwards_is_the_same_part(trace: SessionTrace) -> None:
    trace.choose((130.0, 100.0))
    assert trace.choice == (100.0, 130.0)
    trace.choose((130.0, 130.1))
    assert choice(trace) is None


def wheel(trace: SessionTrace, modifiers: Qt.KeyboardModifier) -> bool:
    spot = QPointF(at(trace, 100.0))
    event = QWheelEvent(
        spot,
        trace.mapToGlobal(spot),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(trace, event)
    return event.isAccepted()


def test_the_wheel_scrolls_the_page_until_it_is_meant_for_the_chart(trace: SessionTrace) -> None:
    trace.clearFocus()
    assert not wheel(trace, Qt.KeyboardModifier.NoModifier)
    assert trace.view.span_s == trace.view.duration_s
    assert wheel(trace, Qt.KeyboardModifier.ControlModifier)
    assert trace.view.span_s < trace.view.duration_s
    span_s, from_s = trace.view.span_s, trace.view.from_s
    assert wheel(trace, Qt.KeyboardModifier.ShiftModifier)
    assert trace.view.span_s == pytest.approx(span_s)
    assert trace.view.from_s < from_s


def test_the_strip_below_moves_what_is_in_sight(trace: SessionTrace) -> None:
    trace.zoom(3)
    before_s = trace.view.from_s
    foot = QPoint(round(trace.plot.right() - 30), trace.height() - 14)
    QTest.mousePress(trace, Qt.MouseButton.LeftButton, pos=foot)
    QTest.mouseRelease(trace, Qt.MouseButton.LeftButton, pos=foot)
    assert trace.view.from_s > before_s
    assert choice(trace) is None


def test_what_is_left_out_looks_different_from_the_rest(trace: SessionTrace) -> None:
    trace.show_session(open_session(laid_out()))
    plain = trace.grab().toImage()
    trace.show_session(open_session(laid_out(), [(200.0, 240.0)]))
    hatched = trace.grab().toImage()
    inside, outside = at(trace, 220.0).x(), at(trace, 120.0).x()
    rows = range(int(trace.plot.top()), int(trace.plot.bottom()))
    assert any(plain.pixel(inside, y) != hatched.pixel(inside, y) for y in rows)
    assert all(plain.pixel(outside, y) == hatched.pixel(outside, y) for y in rows)


def test_a_session_without_a_heart_says_one_sentence(look: theme.Look, qtbot: QtBot) -> None:
    empty = open_session(timeline([], Choices(), 100.0))
    for chart in (SessionTrace(), PowerChart(), FollowingChart()):
        qtbot.addWidget(chart)
        chart.show_session(empty)
        assert "Nothing was heard" in chart.why
        assert chart.accessibleDescription() == chart.why
        chart.grab()


# ------------------------------------------------------------------------------- the words
def test_a_moment_is_said_with_time_heart_phase_and_breath(qapp: QApplication) -> None:
    words = session_words.moment_words(smooth(), 200.0)
    assert words.startswith("3:20")
    assert "beats a minute" in words
    assert "Practice" in words
    assert "breathing" in words
    paused = session_words.moment_words(rough(), 85.0)
    assert "paused" in paused
    assert "nothing was heard" in session_words.moment_words(rough(), 264.0)


def test_no_word_of_these_pages_judges_or_claims(qapp: QApplication) -> None:
    told = " ".join(
        [
            session_words.trace_words(rough()),
            session_words.following_words(rough().following),
            session_words.power_words(rough().quiet_power, rough().guided_power),
            *(
                " ".join(row)
                for row in compare_words.table(smooth(), rough(), ("", ""), same_heart=True)
            ),
            compare_words.caution(),
        ]
    ).casefold()
    for word in ("better", "worse", "normal", "stress", "score", "improve", "ectopic", "heal"):
        assert word not in told
