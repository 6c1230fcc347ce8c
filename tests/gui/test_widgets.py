from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from biofeedback.practice.content import load_content
from biofeedback.types import (
    Beat,
    BeatFlag,
    BeatsJudged,
    BreathPattern,
    BreathSegment,
    PulseSeen,
    StrapKind,
    StrapRecognised,
)
from gui import theme
from gui.drawn_heart import DrawnHeart
from gui.widgets import words as words_module
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.heart_curve import curve, heart_range, runs
from gui.widgets.heart_trace import HeartTrace
from gui.widgets.orb import REST, Orb
from gui.widgets.words import Words


# ------------------------------------------------------------------------------- the orb
@pytest.fixture
def orb(look: theme.Look, qtbot: QtBot) -> Orb:
    host = QWidget()
    host.resize(500, 500)
    qtbot.addWidget(host)
    made = Orb(host)
    made.place(QPoint(250, 250), 120)
    host.show()
    qtbot.waitUntil(lambda: made.isVisible())
    made.prepare()
    made.host = host  # type: ignore[attr-defined]
    return made


def _dark_width(orb: Orb) -> int:
    """Width of what is drawn on the paper, through the middle."""
    image = orb.grab().toImage()
    paper = QColor(theme.current().colours.paper)
    y = image.height() // 2
    return sum(
        abs(image.pixelColor(x, y).lightness() - paper.lightness()) > 12
        for x in range(image.width())
    )


def test_the_orb_grows_with_the_breath(orb: Orb) -> None:
    widths = []
    for fullness in (0.0, 0.25, 0.5, 0.75, 1.0):
        orb.breathe(fullness, 10.0)
        widths.append(_dark_width(orb))
    assert widths == sorted(widths)
    assert widths[-1] - widths[0] > 90


def test_the_orb_moves_in_steps_that_cannot_be_seen(orb: Orb) -> None:
    """Between two pictures the frames are cross-fades: no step is larger than its neighbours."""
    centre = orb.width() // 2
    before, jumps = None, []
    for step in range(60):
        orb.breathe(0.4 + step * 0.004, 10.0)
        image = orb.grab().toImage()
        row = [image.pixelColor(x, centre).green() for x in range(image.width())]
        if before is not None:
            jumps.append(sum(abs(a - b) for a, b in zip(row, before, strict=True)))
        before = row
    assert max(jumps) < 4 * (sum(jumps) / len(jumps))


def test_the_orb_settles_to_rest_when_the_guide_does(orb: Orb) -> None:
    orb.breathe(1.0, theme.SETTLE_S)
    assert orb.fullness == pytest.approx(1.0)
    for _ in range(4):
        orb.breathe(None, theme.SETTLE_S / 4)
    assert orb.fullness == pytest.approx(REST)


def test_the_orb_grows_warm_slowly(orb: Orb) -> None:
    orb.set_warmth(1.0)
    orb.breathe(0.5, 1.0)
    assert 0.0 < orb.warmth < 0.5
    for _ in range(30):
        orb.breathe(0.5, 1.0)
    assert orb.warmth > 0.99


def test_with_less_motion_the_orb_keeps_its_size_and_grows_stronger(qtbot: QtBot) -> None:
    theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=True))
    host = QWidget()
    host.resize(500, 500)
    qtbot.addWidget(host)
    orb = Orb(host)
    orb.place(QPoint(250, 250), 120)
    host.show()
    orb.prepare()
    orb.breathe(0.35, 10.0)
    small = _dark_width(orb)
    faint = orb.grab().toImage().pixelColor(orb.width() // 2 - 80, orb.height() // 2).lightness()
    orb.breathe(1.0, 10.0)
    strong = orb.grab().toImage().pixelColor(orb.width() // 2 - 80, orb.height() // 2).lightness()
    assert abs(_dark_width(orb) - small) <= 30  # the rim can be seen a little further out
    assert strong < faint - 10


def test_without_a_hand_there_is_warmth_alone(orb: Orb) -> None:
    orb.breathe(0.5, 10.0)
    middle = orb.rect().center()
    with_hand = orb.grab().toImage().pixelColor(middle)
    orb.set_hand(False)
    without = orb.grab().toImage().pixelColor(middle)
    assert with_hand.saturation() > without.saturation() + 20


# ----------------------------------------------------------------------------- the words
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_line_of_the_content_fits_uncut(look: theme.Look, scale: float) -> None:
    look.set_text_scale(scale)
    width, height = 820 if scale == 1.0 else 960, Words().sizeHint().height()
    for line_set in load_content().sets.values():
        for line in line_set.lines:
            font = theme.current().font(theme.WORDS_PX)
            lines = words_module._lines(line.text, font, width)
            while len(lines) * words_module._leading(font) > height:
                font.setPixelSize(font.pixelSize() - 1)
                lines = words_module._lines(line.text, font, width)
            assert font.pixelSize() >= 28
            assert " ".join(lines).split() == line.text.split()
            metrics = QFontMetricsF(font)
            assert max(metrics.horizontalAdvance(each) for each in lines) <= width + 1
    look.set_text_scale(1.0)


def test_a_long_line_is_set_in_lines_of_about_equal_length(look: theme.Look) -> None:
    text = "If kind words feel odd or sore, that is okay. You can just breathe."
    font = theme.current().font(theme.WORDS_PX)
    lines = words_module._lines(text, font, 700)
    widths = [QFontMetricsF(font).horizontalAdvance(line) for line in lines]
    assert len(lines) == 2
    assert min(widths) > 0.7 * max(widths)


def test_words_fade_out_before_others_come(look: theme.Look, qtbot: QtBot) -> None:
    words = Words()
    qtbot.addWidget(words)
    words.resize(800, 90)
    words.say("First")
    words.fade(0.01)
    for _ in range(5):
        words.fade(0.3)
    assert words._opacity == 1.0
    words.say("Second")
    assert words.text() == "Second"  # for a screen reader at once
    words.fade(0.3)
    assert words._shown == "First"
    words.fade(0.5)
    assert words._shown == "Second"


# ----------------------------------------------------------------------------- the heart
def _beats(n: int, start_s: float = 0.0, rr_ticks: int = 900) -> list[Beat]:
    return [
        Beat(start_s + i * rr_ticks / 1024, rr_ticks + (40 if i % 8 < 4 else -40)) for i in range(n)
    ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(300, 2000), min_size=2, max_size=40))
def test_the_curve_never_swings_beyond_the_beats(ticks: list[int]) -> None:
    t_s, beats = 0.0, []
    for rr in ticks:
        t_s += rr / 1024
        beats.append(Beat(t_s, rr))
    for points in runs(beats, lambda t: 20 * t, lambda bpm: -bpm):
        path = curve(points)
        box = path.boundingRect()
        assert box.top() >= min(p.y() for p in points) - 1e-6
        assert box.bottom() <= max(p.y() for p in points) + 1e-6


def test_the_curve_is_cut_at_gaps_and_leaves_flagged_beats_out() -> None:
    beats = _beats(6) + [Beat(20.0 + i, 900, segment=1) for i in range(3)]
    beats[2] = Beat(beats[2].t_s, 300, flag=BeatFlag.EXTRA)
    found = runs(beats, lambda t: t, lambda bpm: bpm)
    assert [len(run) for run in found] == [5, 3]
    assert heart_range([], 16.0) is None


def test_a_point_alone_is_no_path_to_nowhere() -> None:
    assert curve([]).isEmpty()
    assert curve([QPointF(1, 2)]).elementCount() == 2


def test_the_trace_shows_beats_and_moves(look: theme.Look, qtbot: QtBot) -> None:
    trace = HeartTrace()
    qtbot.addWidget(trace)
    trace.resize(900, 130)
    trace.show()
    trace.set_guide(0.0, BreathSegment(0.0, BreathPattern(4.5, 0, 5.5, 0)))
    trace.move_to(60.0)
    qtbot.wait(30)
    empty = trace.grab().toImage()
    trace.set_beats(_beats(60))
    trace.move_to(60.0)
    drawn = trace.grab().toImage()
    trace.move_to(62.0)
    moved = trace.grab().toImage()
    assert empty != drawn != moved


def test_an_hour_of_beats_takes_no_more_room_than_a_few_minutes(look: theme.Look) -> None:
    trace = HeartTrace()
    beats: list[Beat] = []
    for minute in range(60):
        beats += _beats(70, minute * 60.0)
        trace.set_beats(beats)
        trace.set_guide(minute * 60.0, None)
    assert len(trace._beats) <= 512
    assert len(trace._changes) <= 64


def test_beats_that_are_judged_replace_those_that_just_came() -> None:
    heart, beats = DrawnHeart(), _beats(5)
    heart.take(PulseSeen(5.0, 70, None, tuple(beats)))
    heart.take(BeatsJudged(5.0, tuple(beats[:3])))
    assert heart.beats == beats[:3]
    assert heart.fresh == beats[3:]


def test_where_intervals_are_no_heartbeats_the_sensor_s_rate_is_drawn() -> None:
    heart = DrawnHeart()
    heart.take(BeatsJudged(5.0, tuple(_beats(5))))
    assert heart.take(StrapRecognised(6.0, StrapKind.FILLER))
    assert heart.beats == []
    heart.take(PulseSeen(7.0, 60, None, tuple(_beats(2))))
    heart.take(BeatsJudged(7.0, tuple(_beats(2))))
    (beat,) = heart.beats
    assert (beat.t_s, beat.rr_ms) == (7.0, 1000.0)


# --------------------------------------------------------------------------- rows, buttons
def test_a_row_breaks_like_a_line_and_mirrors(look: theme.Look, qtbot: QtBot) -> None:
    row = Flow(4)
    pills = [Pill(f"Button {n}") for n in range(6)]
    for pill in pills:
        row.add(pill)
    qtbot.addWidget(row)
    width = 3 * pills[0].sizeHint().width() + 20
    row.resize(width, row.heightForWidth(width))
    row.show()
    tops = [pill.y() for pill in pills]
    assert tops[0] == tops[2] < tops[3] == tops[5]
    assert row.heightForWidth(width) >= pills[5].geometry().bottom()
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    row.place()
    assert pills[0].x() > pills[1].x() > pills[2].x()


def test_centred_rows_leave_no_button_alone(look: theme.Look, qtbot: QtBot) -> None:
    row = Flow(4, centred=True)
    pills = [Pill(f"Button {n}") for n in range(6)]
    for pill in pills:
        row.add(pill)
    qtbot.addWidget(row)
    width = 5 * pills[0].sizeHint().width() + 20
    row.resize(width, row.heightForWidth(width))
    row.show()
    tops = [pill.y() for pill in pills]
    assert [tops.count(top) for top in sorted(set(tops))] == [3, 3]


def test_a_hidden_button_leaves_no_hole(look: theme.Look, qtbot: QtBot) -> None:
    row = Flow(4)
    pills = [Pill("One"), Pill("Two"), Pill("Three")]
    for pill in pills:
        row.add(pill)
    qtbot.addWidget(row)
    row.resize(600, 60)
    row.show()
    before = pills[2].x()
    pills[1].hide()
    row.place()
    assert pills[2].x() < before


def test_buttons_are_large_enough_to_hit(look: theme.Look) -> None:
    for kind in Kind:
        size = Pill("A", kind).sizeHint()
        assert min(size.height(), size.width()) >= 24


def test_the_widgets_survive_a_change_of_theme(look: theme.Look, qapp: QApplication) -> None:
    pill = Pill("A", key="K")
    pill.show()
    look.set_scheme("dark-high")
    qapp.processEvents()
    image = pill.grab().toImage()
    assert image.pixelColor(image.rect().center()).lightness() < 140
    pill.deleteLater()
    look.set_scheme("light")
