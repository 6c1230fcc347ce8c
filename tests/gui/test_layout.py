"""Nothing overlaps, nothing is cut: every screen, at every size and text size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from biofeedback.practice.content import load_content
from biofeedback.types import Following, Metrics
from gui import theme
from gui.main_window import MainWindow
from gui.screens.screen import Screen
from gui.widgets.buttons import Card, Chip, Pill
from gui.widgets.text import Text
from tests.gui.conftest import opened
from tests.gui.every_screen import KEPT, SCREENS, open_screen

VARIANTS = {
    "large": ((1280, 800), 1.0),
    "small": ((1024, 600), 1.0),
    "large-text": ((1280, 800), 2.0),
    "small-large-text": ((1024, 600), 2.0),
}


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
        if reached and focused is reached[-1]:
            continue  # within it: a date goes from its day to its month to its year
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


def test_in_a_session_that_is_looked_at_orb_words_and_corner_keep_apart(
    sized: MainWindow,
) -> None:
    screen = open_screen(sized, "replay")
    view = sized.replay.view
    view.take(Metrics(1.0, 64.0, 31.0, following=Following(0.9, 0.9, 5.0, 0.9)))
    view.words.say("I can be on my own side today.")
    view._arrange()
    words = place(view.words, screen)
    assert place(view.orb, screen).center().y() + 48 <= words.top() + 1
    for corner in (view.state, view.follows):
        if corner.isVisible():
            assert not place(corner, screen).intersects(words)
