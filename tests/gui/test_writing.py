"""The written practices in the window: write, look back, ground, keep, save, read again."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from biofeedback.practice.content import load_content
from biofeedback.practice.writing import Writing
from biofeedback.sessions.store import Store
from biofeedback.sound.choices import SoundChoices
from biofeedback.types import Action, Choices, Marker, Update
from gui import theme
from gui.main_window import MainWindow
from gui.screens.keep import KeepScreen
from gui.screens.screen import Screen
from gui.settings import SettingsFile
from tests.gui.conftest import opened

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LONG_MS = 30_000
CANARY = "marmalade heron g?n at dusk"
LINES = load_content().sets
PAGES = {"letter": "letter", "reframe": "ten_reframe"}


@pytest.fixture
def window(look: theme.Look, home: Path) -> Iterator[MainWindow]:
    """The window, 20 times as fast as the wall's clock: slow enough to skip in time."""
    made = opened(MainWindow(home, speed=20.0))
    yield made
    made.close()
    made.deleteLater()


def shows(window: MainWindow, screen: Screen) -> bool:
    return window.pages.current is screen and screen.isVisible()


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT, pos=QPoint(widget.width() // 2, widget.height() // 2))


def press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    where = QApplication.focusWidget() or window
    QTest.keyClick(where, key, held or Qt.KeyboardModifier.NoModifier)


def type_in(text: str) -> None:
    """Type where the keyboard is, as a person would."""
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, text)


def begin(window: MainWindow, qtbot: QtBot, set_id: str) -> None:
    """Begin a written practice and come to its first prompt."""
    window.begin("sim:4", Choices(plan_id=PAGES[set_id], quiet_s=0.0))
    qtbot.waitUntil(lambda: window.practice.phase is not None, timeout=LONG_MS)
    for _ in range(2 if set_id == "letter" else 1):
        window.bridge.act(Action.SKIP)
    qtbot.waitUntil(lambda: shows(window, window.written.writing), timeout=LONG_MS)


def prompt(set_id: str, line_id: str) -> str:
    return LINES[set_id].line(line_id).text


def come_to(window: MainWindow, qtbot: QtBot, set_id: str, line_id: str) -> None:
    page = window.written.writing
    qtbot.waitUntil(lambda: page.prompt.text() == prompt(set_id, line_id), timeout=LONG_MS)


def write_all(window: MainWindow, qtbot: QtBot, set_id: str) -> None:
    """Write something to each prompt, going on with the keyboard alone."""
    for line in LINES[set_id].lines:
        come_to(window, qtbot, set_id, line.line_id)
        if line.wants_text:
            qtbot.waitUntil(lambda: QApplication.focusWidget() is window.written.writing.paper)
            type_in(f"{line.line_id} {CANARY}")
        press(window, Qt.Key.Key_Return, CONTROL)


def come_to_the_end(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not shows(window, window.written.writing), timeout=LONG_MS)
    window.bridge.act(Action.SKIP)
    window.bridge.act(Action.SKIP)
    window.bridge.act(Action.SKIP)
    qtbot.waitUntil(lambda: shows(window, window.written.keep), timeout=LONG_MS)


def saved_in(home: Path) -> list[str]:
    with Store.open(home) as store:
        return [answer.text for each in store.writings.all() for answer in each.writing.written]


# ------------------------------------------------------------------------------- writing
@pytest.mark.parametrize("set_id", ["letter", "reframe"])
def test_a_written_practice_runs_from_start_to_end_by_keyboard(
    window: MainWindow, qtbot: QtBot, home: Path, set_id: str
) -> None:
    begin(window, qtbot, set_id)
    write_all(window, qtbot, set_id)
    come_to_the_end(window, qtbot)
    shown = "\n".join(window.written.keep.shown)
    for line in LINES[set_id].lines:
        assert (f"{line.line_id} {CANARY}" in shown) == line.wants_text
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.summary))
    assert saved_in(home) == []  # for this visit only, unless the person says otherwise


@pytest.mark.parametrize("plan_id", ["ten_mindful", "ten_common", "ground_five"])
def test_the_practices_that_are_read_run_from_start_to_end_on_screen(
    look: theme.Look, home: Path, qtbot: QtBot, plan_id: str
) -> None:
    window = opened(MainWindow(home, speed=400.0))
    window.begin("sim:4", Choices(plan_id=plan_id, quiet_s=0.0))
    qtbot.waitUntil(lambda: shows(window, window.practice), timeout=LONG_MS)
    qtbot.waitUntil(lambda: shows(window, window.summary), timeout=LONG_MS)
    assert not window.written.visit.pages
    window.close()
    window.deleteLater()
    (ended,) = rows(home, "SELECT ended FROM session")
    assert ended == ("completed",)


def test_no_time_goes_by_while_someone_writes(window: MainWindow, qtbot: QtBot) -> None:
    begin(window, qtbot, "reframe")
    came_s = window.practice.now_s
    qtbot.waitUntil(lambda: window.practice.now_s > came_s + 90, timeout=LONG_MS)
    assert window.written.writing.prompt.text() == prompt("reframe", "catch")
    assert shows(window, window.written.writing)


def test_keys_that_mean_something_elsewhere_are_letters_here(
    window: MainWindow, qtbot: QtBot
) -> None:
    begin(window, qtbot, "reframe")
    type_in("gnscb r?GN ")
    press(window, Qt.Key.Key_Left)
    assert window.written.writing.paper.toPlainText() == "gnscb r?GN "
    assert shows(window, window.written.writing)
    assert not window.settings.numbers


def test_back_shows_what_was_written_and_it_can_be_changed_and_undone(
    window: MainWindow, qtbot: QtBot
) -> None:
    begin(window, qtbot, "reframe")
    page = window.written.writing
    type_in("first")
    press(window, Qt.Key.Key_Return, CONTROL)
    come_to(window, qtbot, "reframe", "feel")
    assert page.paper.toPlainText() == ""
    type_in("second")
    press(window, Qt.Key.Key_Left, ALT)
    come_to(window, qtbot, "reframe", "catch")
    assert page.paper.toPlainText() == "first"
    type_in(" more")
    press(window, Qt.Key.Key_Z, CONTROL)
    assert page.paper.toPlainText() != "first more"
    press(window, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert page.paper.toPlainText() == "first more"
    press(window, Qt.Key.Key_Return, CONTROL)
    come_to(window, qtbot, "reframe", "feel")
    assert page.paper.toPlainText() == "second"


def test_earlier_answers_can_be_looked_at_and_edited_at_the_side(
    window: MainWindow, qtbot: QtBot
) -> None:
    begin(window, qtbot, "reframe")
    page = window.written.writing
    assert not page.show_earlier.isVisible()
    type_in("first")
    press(window, Qt.Key.Key_Return, CONTROL)
    come_to(window, qtbot, "reframe", "feel")
    type_in("second")
    press(window, Qt.Key.Key_E, CONTROL)
    (field,) = page.earlier.papers
    assert field.toPlainText() == "first"
    assert field.accessibleName() == prompt("reframe", "catch")
    type_in(" edited")
    press(window, Qt.Key.Key_Escape)
    assert page.earlier.isHidden()
    assert window.bridge.practising  # Esc closed the sheet, not the practice
    assert QApplication.focusWidget() is page.paper
    assert page.paper.toPlainText() == "second"
    press(window, Qt.Key.Key_Left, ALT)
    come_to(window, qtbot, "reframe", "catch")
    assert page.paper.toPlainText() == "first edited"


def test_paste_brings_plain_text_and_tab_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    from PySide6.QtCore import QMimeData

    begin(window, qtbot, "letter")
    page = window.written.writing
    mime = QMimeData()
    mime.setHtml("<b>bold</b>")
    mime.setText("plain")
    QGuiApplication.clipboard().setMimeData(mime)
    press(window, Qt.Key.Key_V, CONTROL)
    assert page.paper.toPlainText() == "plain"
    press(window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.next
    seen = []
    for _ in range(4):
        seen.append(QApplication.focusWidget())
        press(window, Qt.Key.Key_Tab)
    assert seen == [page.next, page.ground, page.help, page.stop]
    assert page.paper.accessibleName() == prompt("letter", "topic")
    assert page.paper.accessibleDescription() == LINES["letter"].line("topic").hint


def test_an_input_method_writes_here_and_is_asked_to_learn_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    from PySide6.QtGui import QInputMethodEvent

    begin(window, qtbot, "letter")
    paper = window.written.writing.paper
    assert paper.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    composed = QInputMethodEvent()
    composed.setCommitString("\u3053\u3093\u306b\u3061\u306f")
    QApplication.sendEvent(paper, composed)
    assert paper.toPlainText() == "\u3053\u3093\u306b\u3061\u306f"


def test_a_plan_of_ones_own_may_wait_for_words_in_its_own_language(
    window: MainWindow, qtbot: QtBot
) -> None:
    from biofeedback.practice.plan_file import read_plan

    plan = read_plan(
        b"""
schema_version = 1
id = "abend"
title = "Abend"
language = "de"
[[lines]]
id = "gut"
text = "Was war heute gut?"
cue = "user"
input = true
[[parts]]
set = "own"
lines = ["gut"]
seconds_per_line = 60
[[parts]]
set = "kind"
lines = ["odd"]
seconds_per_line = 20
"""
    ).plan
    assert plan is not None
    window.add_plan(plan)
    window.begin("sim:4", Choices(plan_id="abend", quiet_s=0.0))
    page = window.written.writing
    qtbot.waitUntil(lambda: shows(window, page), timeout=LONG_MS)
    assert page.prompt.text() == "Was war heute gut?"
    type_in("Die Sonne")
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.written.keep), timeout=LONG_MS)
    assert window.written.keep.shown == ["Was war heute gut?", "Die Sonne"]


def test_a_prompt_without_an_answer_shows_no_page(window: MainWindow, qtbot: QtBot) -> None:
    begin(window, qtbot, "letter")
    press(window, Qt.Key.Key_Return, CONTROL)
    come_to(window, qtbot, "letter", "who")
    page = window.written.writing
    assert not page.paper.isVisible()
    assert QApplication.focusWidget() is page.next


# ----------------------------------------------------------------------------- grounding
def test_grounding_is_a_key_away_while_typing(window: MainWindow, qtbot: QtBot) -> None:
    begin(window, qtbot, "reframe")
    page = window.written.writing
    assert page.ground.isVisible()
    type_in("half a sent")
    press(window, Qt.Key.Key_G, CONTROL)
    assert shows(window, window.grounding)
    assert not window.pages.fading
    assert not page.isVisible()
    assert not window.practice.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert shows(window, page)
    qtbot.waitUntil(lambda: not window.practice.paused)
    assert page.paper.toPlainText() == "half a sent"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.paper)
    type_in("ence")
    assert page.paper.toPlainText() == "half a sentence"


def test_help_is_a_key_away_while_typing(window: MainWindow, qtbot: QtBot) -> None:
    begin(window, qtbot, "letter")
    type_in("dear")
    press(window, Qt.Key.Key_F1)
    assert shows(window, window.crisis)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.written.writing)
    assert window.written.writing.paper.toPlainText() == "dear"


def test_grounding_is_a_key_away_from_every_screen_and_every_field(
    window: MainWindow, qtbot: QtBot
) -> None:
    begin(window, qtbot, "letter")
    type_in("x")
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.written.keep), timeout=LONG_MS)
    click(window.written.keep.save)
    qtbot.waitUntil(lambda: window.written.keep.day.isVisible())
    click(window.written.keep.day.chip("pick"))
    n_fields = 0
    for screen in window.pages.findChildren(Screen):
        running = (window.written.writing, window.practice, window.pace.running)
        if screen is window.grounding or screen in running:  # these need what runs in them
            continue
        window.pages.turn_to(screen, at_once=True)
        kinds = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)
        fields = [w for kind in kinds for w in screen.findChildren(kind) if w.isVisible()]
        n_fields += len(fields)
        for where in (QApplication.focusWidget(), *fields):
            assert where is not None
            where.setFocus()
            press(window, Qt.Key.Key_G, CONTROL)
            assert shows(window, window.grounding), (screen.accessibleName(), where)
            press(window, Qt.Key.Key_Escape)
            assert shows(window, screen), (screen.accessibleName(), where)
    assert n_fields >= 2  # a day and a remark at least


# ------------------------------------------------------------------------------- leaving
def test_esc_leaves_asks_nothing_and_loses_nothing_in_this_visit(
    window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    begin(window, qtbot, "letter")
    type_in("half a letter")
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.written.keep), timeout=LONG_MS)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.summary))
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.home))
    assert window.home.written.isVisible()
    begin(window, qtbot, "letter")  # it goes on where it was left
    assert window.written.writing.paper.toPlainText() == "half a letter"


def test_a_finished_letter_makes_room_for_another(window: MainWindow, qtbot: QtBot) -> None:
    begin(window, qtbot, "letter")
    write_all(window, qtbot, "letter")
    come_to_the_end(window, qtbot)
    press(window, Qt.Key.Key_Escape)
    begin(window, qtbot, "letter")
    assert window.written.writing.paper.toPlainText() == ""
    assert len(window.written.visit.written) == 1


def test_an_empty_page_is_not_asked_about(window: MainWindow, qtbot: QtBot) -> None:
    begin(window, qtbot, "reframe")
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.summary), timeout=LONG_MS)


# ------------------------------------------------------------------------------- keeping
@pytest.fixture
def letter(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window that shows a letter of two words, not saved."""
    begin(window, qtbot, "letter")
    type_in("Dear me")
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.written.keep), timeout=LONG_MS)
    return window


def test_a_letter_is_saved_when_asked_and_read_again_on_its_day(
    letter: MainWindow, qtbot: QtBot, home: Path
) -> None:
    window, keep = letter, letter.written.keep
    today = date(2026, 3, 4)
    window.written.today = lambda: today
    assert "whoever uses your account can read it" in keep.state.text()
    assert keep.day.isHidden()
    click(keep.save)
    qtbot.waitUntil(lambda: keep.day.isVisible())
    assert "Whoever uses your account can read it" in keep.state.text()
    assert saved_in(home) == ["Dear me"]
    click(keep.day.chip("7"))
    assert keep.day_words.text()
    click(keep.day.chip("pick"))
    assert keep.date.isVisible()
    keep.date.stepBy(1)
    day = date(*keep.date.date().getDate())
    click(keep.done)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.home))
    assert window.home.offer == ""
    window.written.today = lambda: day
    window.written.read()
    qtbot.waitUntil(lambda: window.home.offer != "", timeout=LONG_MS)
    assert window.home.read_offer.isVisible()
    click(window.home.read_offer)
    assert keep.shown[-1] == "Dear me"
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.home)
    assert window.home.offer == ""  # read: it is offered no more
    window.written.read()
    qtbot.wait(100)
    assert window.home.offer == ""


def test_the_day_is_picked_as_ones_language_writes_it(look: theme.Look, qtbot: QtBot) -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("de_DE"))
        keep = KeepScreen()
        qtbot.addWidget(keep)
        keep.show_page(
            Writing("letter", ()), saved=True, reread_on=date(2026, 12, 24), today=date(2026, 3, 4)
        )
        assert keep.day.value == "pick"
        assert keep.date.text() == "Donnerstag, 24. Dezember 2026"
        assert keep.day_words.text() == "Donnerstag, 24. Dezember 2026"
        assert keep.date.minimumDate() == QDate(2026, 3, 5)
    finally:
        QLocale.setDefault(before)


def test_an_offer_can_be_left_and_does_not_come_back(
    letter: MainWindow, qtbot: QtBot, home: Path
) -> None:
    window, keep = letter, letter.written.keep
    click(keep.save)
    qtbot.waitUntil(lambda: keep.day.isVisible())
    click(keep.day.chip("7"))
    later = window.written.today() + timedelta(days=9)
    window.written.today = lambda: later
    click(keep.done)
    window.pages.turn_to(window.home, at_once=True)
    window.written.read()
    qtbot.waitUntil(lambda: window.home.offer != "", timeout=LONG_MS)
    click(window.home.not_now)
    assert window.home.offer == ""
    window.close()
    with Store.open(home) as store:
        assert [each.reread_on for each in store.writings.all()] == [None]


def test_deleting_can_be_undone_until_the_page_is_left(
    letter: MainWindow, qtbot: QtBot, home: Path
) -> None:
    window, keep = letter, letter.written.keep
    click(keep.delete)
    assert keep.shown == [] or not keep._page.isVisible()
    assert not window.home.written.isVisibleTo(window.home)
    click(keep.undo)
    assert keep.shown[-1] == "Dear me"
    click(keep.save)
    qtbot.waitUntil(lambda: keep.day.isVisible())
    click(keep.delete)
    qtbot.waitUntil(lambda: saved_in_open(home) == [])
    click(keep.undo)
    qtbot.waitUntil(lambda: len(saved_in_open(home)) == 1)
    click(keep.delete)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.summary))
    qtbot.waitUntil(lambda: count(home) == 0)
    assert window.written.visit.written == []


def rows(home: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask the file itself, as another program would: opening a `Store` would tidy up."""
    with closing(sqlite3.connect(home / "sessions.sqlite3")) as connection:
        return connection.execute(sql).fetchall()


def saved_in_open(home: Path) -> list[tuple[object, ...]]:
    return rows(home, "SELECT id FROM writing WHERE NOT deleted")


def count(home: Path) -> int:
    return len(rows(home, "SELECT id FROM writing"))


def test_where_nothing_can_be_saved_it_is_said_and_the_page_stays(
    look: theme.Look, home: Path, qtbot: QtBot
) -> None:
    (home / "sessions.sqlite3").mkdir()
    window = opened(MainWindow(home, speed=20.0))
    keep = window.written.keep
    begin(window, qtbot, "letter")
    type_in("Dear me")
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, keep), timeout=LONG_MS)
    click(keep.save)
    qtbot.waitUntil(lambda: "is a folder" in keep.state.text(), timeout=LONG_MS)
    assert keep.save.isVisible()  # it can be tried again
    assert keep.shown[-1] == "Dear me"
    assert len(window.written.visit.written) == 1
    window.close()
    window.deleteLater()


def test_everything_written_is_listed_without_a_word_of_it(
    letter: MainWindow, qtbot: QtBot
) -> None:
    window = letter
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shows(window, window.home))
    click(window.home.written)
    (card,) = window.written.list.cards
    assert "letter" in card.text()
    assert "visit" in card.detail
    assert "Dear" not in card.text() + card.detail
    click(card)
    assert shows(window, window.written.keep)
    press(window, Qt.Key.Key_Escape)
    assert shows(window, window.written.list)


# ------------------------------------------------------------------------------- privacy
@pytest.fixture
def traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Find where the canary turned up: files, output, tracebacks."""
    import tempfile
    import traceback

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    told: list[str] = []
    monkeypatch.setattr(
        sys, "excepthook", lambda *error: told.extend(traceback.format_exception(*error))
    )

    def found() -> list[str]:
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        return [
            *(str(path) for path in files if CANARY.encode() in path.read_bytes()),
            *(line for line in told if CANARY in line),
        ]

    return found


def test_what_is_typed_leaves_no_trace_anywhere(
    look: theme.Look,
    home: Path,
    qtbot: QtBot,
    traces: Callable[[], list[str]],
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    window = opened(MainWindow(home, speed=20.0))
    begin(window, qtbot, "reframe")
    write_all(window, qtbot, "reframe")
    # a fault of ours in the midst of it: what a traceback with locals shows of the pages
    page = window.written.visit.written[0]
    for held in (
        page,
        page.writing,
        page.writing.answers[0],
        window.written,
        page.document("feel"),
    ):
        assert CANARY not in repr(held)
    come_to_the_end(window, qtbot)
    assert CANARY in "\n".join(window.written.keep.shown)
    title = window.windowTitle()
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Escape)
    window.close()
    window.deleteLater()
    assert traces() == []
    assert CANARY not in title
    out, err = capfd.readouterr()
    assert CANARY not in out + err + caplog.text
    (session,) = rows(home, "SELECT count(*) FROM session")
    assert session == (1,)
    with Store.open(home) as store:
        markers = [event for event in store.events(1) if isinstance(event, Marker)]
    assert sum(marker.action is Action.NEXT_LINE for marker in markers) >= 6
    assert not any(CANARY.split()[0] in marker.value for marker in markers)


def test_a_replay_of_a_written_practice_is_identical(
    window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    from biofeedback.run import replay

    told: list[Update] = []
    window.bridge.updated.connect(told.append)
    begin(window, qtbot, "reframe")
    write_all(window, qtbot, "reframe")
    come_to_the_end(window, qtbot)
    window.close()
    with Store.open(home) as store:
        (info,) = store.sessions()
        again, _ = replay(store.events(info.id), info.choices, info.duration_s)
    assert again == told


# -------------------------------------------------------------------------------- by voice
@pytest.fixture
def spoken(look: theme.Look, home: Path) -> Iterator[tuple[MainWindow, list[str]]]:
    """A window in real time whose lines are spoken, and what it says."""
    file = SettingsFile(home)
    file.change(sound=SoundChoices(tones=0.0, bowl=0.0, voice=0.6))
    made = opened(MainWindow(home, speed=1.0))
    heard: list[str] = []
    voice = made.hearing.sounding.voice

    def say(text: str) -> None:
        heard.append(text)
        QTimer.singleShot(0, voice, voice.finished.emit)

    # this computer may have no voice; all up to it is the real thing
    voice.say = say  # type: ignore[method-assign]
    voice.prepare = lambda: None  # type: ignore[method-assign]
    yield made, heard
    made.close()
    made.deleteLater()


@pytest.mark.parametrize("set_id", ["reframe", "letter"])
def test_each_prompt_is_spoken_with_its_hint_and_never_what_was_written(
    spoken: tuple[MainWindow, list[str]], qtbot: QtBot, set_id: str
) -> None:
    window, heard = spoken
    begin(window, qtbot, set_id)
    write_all(window, qtbot, set_id)
    qtbot.waitUntil(lambda: not shows(window, window.written.writing), timeout=LONG_MS)
    for line in LINES[set_id].lines:
        assert f"{line.text} {line.hint}" in heard
    assert CANARY not in " ".join(heard)
    window.stop()
    qtbot.waitUntil(lambda: shows(window, window.written.keep), timeout=LONG_MS)
    assert CANARY not in " ".join(heard)


def test_a_screen_reader_leaves_prompts_to_the_voice(
    spoken: tuple[MainWindow, list[str]], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _ = spoken
    announced: list[str] = []
    monkeypatch.setattr("gui.screens.writing.announce", lambda _, text: announced.append(text))
    begin(window, qtbot, "reframe")
    assert announced == []
    window.hearing.choose(SoundChoices(voice=0.0, tones=0.0, bowl=0.0))
    press(window, Qt.Key.Key_Return, CONTROL)
    come_to(window, qtbot, "reframe", "feel")
    line = LINES["reframe"].line("feel")
    assert announced == [f"{line.text} {line.hint}"]
