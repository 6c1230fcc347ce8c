"""A kept session in the window: opened, played at any speed, and shown as it was at any moment."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biofeedback.run import practise
from biofeedback.sessions.store import Store
from biofeedback.timeline import Timeline, timeline
from biofeedback.types import Action, Choices, LineShown, PhaseName, Update
from devices.clock import VirtualClock
from devices.faults import Fault, FaultKind
from devices.simulator import SimulatedSource
from gui.main_window import MainWindow
from gui.player import SPEEDS, Player
from gui.screens.practice import PracticeScreen
from gui.screens.replay import ReplayScreen
from gui.screens.screen import Screen

WAIT_MS = 30_000
CHOICES = replace(Choices(), quiet_s=20.0, length_s=120.0)


def keep_a_session(home: Path) -> int:
    """Practise with a simulated heart whose link is lost, and keep it."""

    async def run(store: Store) -> int | None:
        outcome = await practise(
            choices=CHOICES,
            open_source=lambda clock, guide: SimulatedSource(
                clock, guide, 7, faults=[Fault(50.0, FaultKind.LINK_DROPPED, 9.0)]
            ),
            clock=VirtualClock(),
            store=store,
            sink=lambda _: None,
            inbox=asyncio.Queue(),
            started_at=datetime(2026, 1, 2, tzinfo=UTC),
        )
        return outcome.session_id

    with Store.open(home) as store:
        number = asyncio.run(run(store))
    assert number is not None
    return number


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    folder = tmp_path_factory.mktemp("kept")
    number = keep_a_session(folder)
    with Store.open(folder) as store:
        info = store.session(number)
        return timeline(store.events(number), info.choices, info.duration_s)


def opened(window: MainWindow, qtbot: QtBot, number: int) -> ReplayScreen:
    window.watch(f"replay:{number}")
    screen = window.replay
    assert screen is not None
    qtbot.waitUntil(lambda: screen.player is not None, timeout=WAIT_MS)
    return screen


def player_of(screen: ReplayScreen) -> Player:
    assert screen.player is not None
    return screen.player


def shows(window: MainWindow, screen: Screen) -> bool:
    return window.pages.current is screen


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)


# ------------------------------------------------------------------------------ the player
@pytest.mark.parametrize("speed", [speed for speed in SPEEDS if speed != inf])
def test_at_every_speed_everything_is_told_once_and_in_its_time(
    laid_out: Timeline, speed: float
) -> None:
    player = Player(laid_out)
    player.speed, player.playing = speed, True
    told: list[Update] = []
    frame_s = 0.016 if speed < 60 else 0.1
    while player.now_s() < min(20 * speed, laid_out.duration_s):
        before = len(told)
        player.advance(frame_s, told.append, lambda: True)
        assert told == list(laid_out.until(player.now_s()))
        if len(told) > before:
            assert laid_out.told_s[len(told) - 1] > player.now_s() - frame_s * speed - 1e-9


def test_as_fast_as_it_goes_stops_for_each_frame_and_tells_everything(laid_out: Timeline) -> None:
    player = Player(laid_out)
    player.speed, player.playing = inf, True
    told: list[Update] = []
    frames = 0
    while player.playing:
        asked = iter([False, True])
        player.advance(0.016, told.append, lambda asked=asked: next(asked))  # type: ignore[misc]
        frames += 1
        assert frames < 1000
    assert frames > 10
    assert told == list(laid_out.updates)
    assert player.now_s() == laid_out.duration_s


def test_time_stands_still_while_it_is_paused(laid_out: Timeline) -> None:
    player = Player(laid_out)
    player.advance(5.0, lambda _: pytest.fail("told"), lambda: True)
    assert player.now_s() == 0.0


# ------------------------------------------------------------------------------- the window
def test_a_kept_session_opens_from_home_and_plays(
    window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    keep_a_session(home)
    window.bridge.read_kept()
    qtbot.waitUntil(lambda: bool(window.home.kept), timeout=WAIT_MS)
    window.home.kept[0].setFocus()
    press(window, Qt.Key.Key_Space)
    page = window.looking_back.session
    qtbot.waitUntil(lambda: page.shown is not None, timeout=WAIT_MS)
    press(window, Qt.Key.Key_W)
    screen = window.replay
    assert screen is not None
    qtbot.waitUntil(lambda: screen.player is not None, timeout=WAIT_MS)
    assert shows(window, screen)
    player = player_of(screen)
    assert player.playing
    qtbot.waitUntil(lambda: player.now_s() > 0.5, timeout=WAIT_MS)
    assert screen.view.phase is PhaseName.QUIET_BEFORE
    assert not screen.view._controls.isVisible()  # nothing there acts on a practice
    press(window, Qt.Key.Key_Escape)
    assert shows(window, page)
    assert not player_of(screen).playing
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.home)
    with Store.open(home) as store:
        assert len(store.sessions()) == 1  # looking at a session makes no other one


def test_play_pause_seek_and_speed_by_keyboard(
    window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    screen = opened(window, qtbot, keep_a_session(home))
    player = player_of(screen)
    press(window, Qt.Key.Key_Space)
    assert not player.playing
    screen.setFocus()
    at_s = player.now_s()
    press(window, Qt.Key.Key_Right)
    assert player.now_s() == pytest.approx(at_s + 5)
    press(window, Qt.Key.Key_Left)
    assert player.now_s() == pytest.approx(at_s)
    press(window, Qt.Key.Key_End)
    assert player.at_end
    press(window, Qt.Key.Key_Home)
    assert player.now_s() == 0.0
    press(window, Qt.Key.Key_Plus)
    assert player.speed == 2.0
    for _ in range(9):
        press(window, Qt.Key.Key_Plus)
    assert player.speed == inf
    assert "fast" in screen.rate.text()
    for _ in range(9):
        press(window, Qt.Key.Key_Minus)
    assert player.speed == 0.1
    screen.line.setFocus()
    press(window, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: player.now_s() == 60.0)
    assert "1:00" in screen.clock.text()


def test_a_click_on_the_line_goes_there(window: MainWindow, qtbot: QtBot, home: Path) -> None:
    screen = opened(window, qtbot, keep_a_session(home))
    player = player_of(screen)
    screen.toggle_play()
    line = screen.line
    middle = QPoint(line.width() // 2, line.height() // 2)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    qtbot.waitUntil(lambda: player.now_s() == pytest.approx(60.0, abs=0.5))
    interface = QAccessible.queryAccessibleInterface(line)
    assert interface.role() is QAccessible.Role.Slider
    assert interface.text(QAccessible.Text.Name)
    assert "1:00 of 2:00" in line.accessibleDescription()


def test_as_fast_as_it_goes_reaches_the_end(window: MainWindow, qtbot: QtBot, home: Path) -> None:
    screen = opened(window, qtbot, keep_a_session(home))
    player = player_of(screen)
    player.speed = inf
    qtbot.waitUntil(lambda: player.at_end and not player.playing, timeout=WAIT_MS)
    screen.toggle_play()  # from the end it begins again
    assert player.now_s() < 5.0


def test_grounding_waits_with_the_replay(window: MainWindow, qtbot: QtBot, home: Path) -> None:
    screen = opened(window, qtbot, keep_a_session(home))
    press(window, Qt.Key.Key_G)
    assert shows(window, window.grounding)
    assert not player_of(screen).playing
    press(window, Qt.Key.Key_Escape)
    assert shows(window, screen)


def test_the_signal_of_a_recorded_session_opens_and_closes(
    window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    screen = opened(window, qtbot, keep_a_session(home))
    screen.toggle_play()
    screen.seek(40.0)
    press(window, Qt.Key.Key_I)
    assert screen.view.signal.isVisible()
    screen.seek(55.0)  # the link is lost then, and the panel says so
    assert screen.view.signal.isVisible()
    assert "connected." not in " ".join(screen.view.signal.words.sentences)
    press(window, Qt.Key.Key_Escape)
    assert not screen.view.signal.isVisible()
    assert shows(window, screen)


def test_going_somewhere_says_the_line_that_is_due_there_alone(
    window: MainWindow, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened(window, qtbot, keep_a_session(home))
    screen.toggle_play()
    laid = player_of(screen).timeline
    due = [update.text for update in laid.until(90.0) if isinstance(update, LineShown)]
    assert len(due) > 2
    said: list[str] = []
    monkeypatch.setattr(screen.view, "_say", said.append)
    screen.seek(90.0)
    assert said == due[-1:]


def test_a_file_is_replayed_too(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "rr.txt"
    path.write_text("\n".join(str(900 + 40 * (i % 6)) for i in range(200)))
    window.watch(f"replay:{path}")
    screen = window.replay
    assert screen is not None
    qtbot.waitUntil(lambda: screen.player is not None, timeout=WAIT_MS)
    screen.toggle_play()
    screen.seek(100.0)
    assert len(screen.view.heart.beats) > 80


@pytest.mark.parametrize("name", ["/nowhere/at/all.txt", "4711", ""])
def test_what_cannot_be_opened_is_said_at_home(window: MainWindow, qtbot: QtBot, name: str) -> None:
    window.watch(f"replay:{name}")
    qtbot.waitUntil(lambda: window.pages.current is window.home, timeout=WAIT_MS)
    assert window.home._notice.text()


def test_who_leaves_while_it_opens_is_left_in_peace(
    window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    window.watch(f"replay:{keep_a_session(home)}")
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.home)
    QTest.qWait(300)
    assert shows(window, window.home)


# ------------------------------------------------------------------- any moment, exactly
def picture(view: PracticeScreen) -> QImage:
    """What a view shows once all that eases has come to rest, whatever frames were drawn before."""
    view._ticker.stop()
    QCoreApplication.sendPostedEvents()  # a layout that words have changed since is made at once
    view.orb.prepare()
    view.trace._low_bpm = view.trace._high_bpm = 0.0
    view.trace._all_stale()
    view.settle()
    return view.grab().toImage()


@pytest.mark.parametrize("t_s", [0.0, 19.0, 45.0, 54.0, 63.5, 99.9, 118.0])
def test_seeking_shows_what_playing_up_to_there_shows(
    window: MainWindow, qtbot: QtBot, home: Path, t_s: float
) -> None:
    number = keep_a_session(home)
    screen = opened(window, qtbot, number)
    screen.toggle_play()
    laid = player_of(screen).timeline
    screen.seek(110.0)
    screen.seek(t_s)
    sought = picture(screen.view)
    fresh = ReplayScreen()
    window.pages.add(fresh)
    window.pages.turn_to(fresh, at_once=True)
    fresh.play(
        Player(laid), title=screen._title.text(), source="sim:7", choices=CHOICES, numbers=False
    )
    player = player_of(fresh)
    while player.now_s() < t_s:
        player.speed = 1.0
        player.advance(min(0.25, t_s - player.now_s()), fresh.view.take, lambda: True)
    player.playing = False
    fresh._tell()
    assert list(laid.until(t_s)) == list(laid.updates[: player._told])
    assert picture(fresh.view) == sought


def test_twenty_minutes_are_sought_in_well_under_a_second(window: MainWindow) -> None:
    choices = replace(Choices(), plan_id="twenty", quiet_s=60.0)
    events = []

    async def run() -> None:
        from biofeedback.engine import Engine

        source = SimulatedSource(VirtualClock(), Engine(choices).breath_at, 4)
        async for event in source.events():
            if event.t_s > 1200:
                return
            events.append(event)

    asyncio.run(run())
    screen = window.replay = ReplayScreen()
    window.pages.add(screen)
    window.pages.turn_to(screen, at_once=True)
    laid = timeline(events, choices, 1200.0)
    screen.play(Player(laid), title="", source="sim:", choices=choices, numbers=True)
    screen.toggle_play()
    began_s = process_time()
    screen.seek(1190.0)
    assert process_time() - began_s < 0.7
    assert screen.view.heart.beats


def test_what_the_person_did_is_in_the_replay(window: MainWindow, qtbot: QtBot, home: Path) -> None:
    window._speed = 5.0  # a busy machine would miss a quiet time of half a second
    window.begin_demo()
    qtbot.waitUntil(lambda: window.practice.phase is PhaseName.QUIET_BEFORE, timeout=WAIT_MS)
    window.bridge.act(Action.SKIP)
    qtbot.waitUntil(lambda: window.practice.phase is PhaseName.GUIDED, timeout=WAIT_MS)
    window.bridge.act(Action.PAUSE)
    qtbot.waitUntil(lambda: window.practice.paused, timeout=WAIT_MS)
    QTest.qWait(50)
    window.stop()
    qtbot.waitUntil(lambda: not shows(window, window.practice), timeout=WAIT_MS)
    with Store.open(home) as store:
        (info,) = store.sessions()
    screen = opened(window, qtbot, info.id)
    screen.toggle_play()
    screen.seek((info.duration_s or 0.0) - 0.01)
    assert screen.view.paused
    assert screen.view.phase is PhaseName.GUIDED
