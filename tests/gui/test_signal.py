"""The signal in words: contact, clear beats, link, battery, what the strap gives; and its gaps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biofeedback.types import (
    Beat,
    BeatsJudged,
    BreathPattern,
    BreathSegment,
    GuideChanged,
    LinkChanged,
    LinkReason,
    Metrics,
    PhaseName,
    PhaseStarted,
    PulseSeen,
    Strap,
    StrapKind,
    StrapRecognised,
    Update,
)
from devices.words import Notice, describe
from gui import theme
from gui.drawn_heart import DrawnHeart
from gui.main_window import MainWindow
from gui.screens.practice import PracticeScreen
from gui.signal_heard import SignalHeard
from gui.widgets.heart_trace import HeartTrace
from gui.widgets.text import Text

BELT = Strap("F0", "Belt", battery_pct=80)
PATTERN = BreathPattern(4.5, 0, 5.5, 0)


def heard(*updates: Update) -> SignalHeard:
    signal = SignalHeard()
    for update in updates:
        signal.take(update)
    return signal


def said(*updates: Update) -> str:
    return "\n".join(f"{sentence} {action}" for sentence, action in heard(*updates).words())


def practising(window: MainWindow) -> PracticeScreen:
    window.pages.turn_to(window.practice, at_once=True)
    window.practice.expect("ble:", window.settings.choices, numbers=True)
    window.practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
    return window.practice


# ----------------------------------------------------------------------------- the words
@pytest.mark.parametrize(
    ("fraction", "helps"),
    [(0.3, "Moisten the electrodes."), (0.1, "Tighten the strap."), (0.03, "Sit still")],
)
def test_a_poor_signal_says_what_helps(fraction: float, helps: str) -> None:
    words = said(LinkChanged(0.0, BELT, None), Metrics(1.0, 60.0, artefact_fraction=fraction))
    assert helps in words


def test_contact_link_and_battery_are_said() -> None:
    words = said(LinkChanged(0.0, BELT, None), PulseSeen(1.0, 60, True, ()))
    assert "The strap is connected." in words
    assert "feels your skin" in words
    assert "80 %" in words
    off = said(LinkChanged(0.0, BELT, None), PulseSeen(1.0, 60, False, ()))
    assert off.startswith(describe(Notice.CONTACT_LOST).sentence)


def test_a_low_battery_is_said() -> None:
    assert describe(Notice.LOW_BATTERY).sentence in said(
        LinkChanged(0.0, Strap("F0", "Belt", battery_pct=9), None)
    )


@pytest.mark.parametrize("kind", list(StrapKind))
def test_what_a_strap_gives_is_one_plain_sentence(kind: StrapKind) -> None:
    words = heard(LinkChanged(0.0, BELT, None), StrapRecognised(9.0, kind)).words()
    assert (describe(kind).sentence, describe(kind).action) in words


@pytest.mark.parametrize("reason", ["no_rr", "untrue_rr"])
def test_where_intervals_are_no_heartbeats_no_share_of_clear_ones_is_said(reason: str) -> None:
    words = said(LinkChanged(0.0, BELT, None), Metrics(9.0, 60.0, reason=reason))
    assert "%" not in words.replace("80 %", "")


def test_a_lost_link_says_so_and_nothing_of_what_was_before() -> None:
    words = said(
        LinkChanged(0.0, BELT, None),
        PulseSeen(1.0, 60, True, ()),
        Metrics(1.0, 60.0),
        LinkChanged(2.0, None, LinkReason.DROPPED),
    )
    assert describe(LinkReason.DROPPED).sentence in words
    assert "skin" not in words
    assert "clear" not in words


# ----------------------------------------------------------------------------- the panel
def test_one_key_and_one_button_open_the_signal_beside_the_practice(window: MainWindow) -> None:
    practice = practising(window)
    practice.take(LinkChanged(1.0, BELT, None))
    practice.setFocus()
    assert not practice.signal.isVisible()
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_I)
    assert practice.signal.isVisible()
    assert "The strap is connected." in practice.signal.words.sentences
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    assert not practice.signal.isVisible()
    assert window.pages.current is practice
    practice._buttons["signal"].click()
    assert practice.signal.isVisible()
    practice.toggle_change()
    assert practice.change.isVisible()
    assert not practice.signal.isVisible()  # one sheet at a time


def test_nothing_of_the_practice_lies_over_an_open_sheet(window: MainWindow) -> None:
    practice = practising(window)
    practice.toggle_change()
    practice.take(Metrics(9.0, hr_bpm=61.0))  # the corners are placed anew
    QApplication.processEvents()
    corner = practice.change.geometry().topRight() + QPoint(-30, 30)
    on_top = practice.childAt(corner)
    assert on_top is not None
    assert practice.change.isAncestorOf(on_top) or on_top is practice.change


def test_the_open_panel_follows_the_signal(window: MainWindow) -> None:
    practice = practising(window)
    practice.toggle_signal()
    practice.take(LinkChanged(1.0, BELT, None))
    practice.take(Metrics(2.0, 60.0, artefact_fraction=0.4))
    assert "Moisten the electrodes." in practice.signal.words.helps
    practice.take(Metrics(90.0, 60.0))
    assert not practice.signal.words.helps[:1] or "Moisten" not in practice.signal.words.helps[0]


def test_the_panel_has_a_name_and_its_words_are_text_without_colour(window: MainWindow) -> None:
    practice = practising(window)
    practice.take(LinkChanged(1.0, BELT, None))
    practice.take(PulseSeen(2.0, 60, False, ()))
    practice.toggle_signal()
    assert QAccessible.queryAccessibleInterface(practice.signal).text(QAccessible.Text.Name)
    tones = theme.current().colours
    for text in practice.signal.words.findChildren(Text):
        if text.isVisible():
            interface = QAccessible.queryAccessibleInterface(text)
            assert interface.role() is QAccessible.Role.StaticText
            assert interface.text(QAccessible.Text.Name) == text.text()
            shown = text.palette().windowText().color()
            assert shown.name().upper() in {tones.ink, tones.ink_soft}


@pytest.mark.parametrize("kind", [kind for kind in StrapKind if kind.untrue])
def test_hrv_is_hidden_where_intervals_are_no_heartbeats(
    window: MainWindow, kind: StrapKind
) -> None:
    practice = practising(window)
    practice.take(LinkChanged(1.0, BELT, None))
    practice.take(StrapRecognised(30.0, kind))
    practice.take(Metrics(31.0, hr_bpm=60.0, reason="untrue_rr"))
    assert "60" in practice.figures.text()
    assert "RMSSD" not in practice.figures.text()


# --------------------------------------------------------------------------- lost and back
def test_the_breath_guide_goes_on_while_the_link_is_lost(window: MainWindow) -> None:
    practice = practising(window)
    segment = BreathSegment(1.0, PATTERN)
    practice.take(GuideChanged(1.0, segment))
    practice.take(LinkChanged(2.0, BELT, None))
    practice.take(LinkChanged(20.0, None, LinkReason.DROPPED))
    assert practice.segment == segment
    assert not practice.paused


def test_a_gap_is_known_from_the_loss_to_the_next_packet() -> None:
    drawn = DrawnHeart()
    drawn.take(LinkChanged(0.0, None, LinkReason.SEARCHING))
    assert drawn.gaps == []  # nothing was heard yet: nothing is missing
    drawn.take(LinkChanged(1.0, BELT, None))
    drawn.take(PulseSeen(2.0, 60, True, ()))
    drawn.take(LinkChanged(20.0, None, LinkReason.DROPPED))
    drawn.take(LinkChanged(22.0, None, LinkReason.SEARCHING))
    assert drawn.gaps == [(20.0, None)]
    drawn.take(LinkChanged(30.0, BELT, None))
    drawn.take(PulseSeen(31.0, 60, True, ()))
    drawn.take(PulseSeen(40.0, 0, False, ()))
    drawn.take(PulseSeen(41.0, 0, False, ()))
    drawn.take(PulseSeen(45.0, 61, True, ()))
    assert drawn.gaps == [(20.0, 31.0), (40.0, 45.0)]


def test_the_gap_is_marked_on_the_trace_and_nothing_is_joined_across_it(
    look: theme.Look, qtbot: QtBot
) -> None:
    drawn = DrawnHeart()
    drawn.take(LinkChanged(0.0, BELT, None))
    drawn.take(PulseSeen(1.0, 60, True, ()))
    beats = [Beat(float(t_s), 1000 + 40 * (t_s % 5), 0) for t_s in range(2, 25)]
    drawn.take(BeatsJudged(25.0, tuple(beats)))
    drawn.take(LinkChanged(25.0, None, LinkReason.DROPPED))
    drawn.take(LinkChanged(38.0, BELT, None))
    drawn.take(PulseSeen(40.0, 60, True, ()))
    beats = [Beat(float(t_s), 1000 + 40 * (t_s % 5), 1) for t_s in range(41, 54)]
    drawn.take(BeatsJudged(54.0, tuple(beats)))
    trace = HeartTrace()
    qtbot.addWidget(trace)
    trace.resize(900, 130)
    trace.show()

    def rows(gaps: list[tuple[float, float | None]], t_s: float) -> list[list[int]]:
        """For each column in a second of the trace, the rows that are drawn on."""
        trace.clear()
        trace.set_beats(drawn.beats, (), gaps)
        trace.move_to(60.0)
        image = trace.grab().toImage()
        paper = QColor(theme.current().colours.paper).rgb()
        px_per_s = 900 * 0.86 / 60
        first = round(t_s * px_per_s)
        return [
            [y for y in range(image.height()) if image.pixel(x, y) != paper]
            for x in range(first, first + round(4 * px_per_s))
        ]

    assert drawn.gaps == [(25.0, 40.0)]
    assert not any(rows([], 30.0))  # without the mark there is nothing at all
    marked = rows(drawn.gaps, 30.0)
    assert any(marked)
    assert {y for column in marked for y in column} <= {63, 64, 65, 66}  # dots in the middle
    assert not all(marked)  # and no line
    assert trace.accessibleDescription()


def test_an_open_gap_goes_on_with_time(look: theme.Look, qtbot: QtBot) -> None:
    trace = HeartTrace()
    qtbot.addWidget(trace)
    trace.resize(900, 130)
    trace.show()
    beats = [Beat(float(t_s), 1000, 0) for t_s in range(1, 20)]
    trace.set_beats(beats, (), [(20.0, None)])
    paper = QColor(theme.current().colours.paper).rgb()

    def dots(now_s: float) -> int:
        trace.move_to(now_s)
        image = trace.grab().toImage()
        columns = range(round((80 - now_s) * 12.9) + 13, 700)
        return sum(image.pixel(x, 65) != paper for x in columns)

    assert dots(45.0) > 10
    assert dots(52.0) > dots(45.0)
