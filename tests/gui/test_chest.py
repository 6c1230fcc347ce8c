"""ECG and breath from the chest: off until chosen, seen, said with its confidence, off again."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QImage, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biofeedback.hrm import encode
from biofeedback.pmd import EcgFrame, Measurement, encode_frame
from biofeedback.pmd_control import Operation
from biofeedback.sensing import ChestBreath, EcgSamples, GuideAgreement, RrCheck, RrChecked
from biofeedback.sessions.store import Store
from biofeedback.types import HeartRateMeasurement, LinkChanged, LinkReason, SensorFrame, Strap
from devices.polar import NEEDS_PAIRING
from gui import theme
from gui.chest_words import breath_words, check_words
from gui.main_window import MainWindow
from gui.screens.chest import ChestView
from gui.settings import SettingsFile
from gui.widgets.chest_ring import STALE_S, chest_fullness
from gui.widgets.ecg_trace import BEHIND_S, SPAN_S, EcgTrace
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import HR_MEASUREMENT
from tests.bluez.pmd import FakePmd
from tests.gui.test_window import begin_demo

pytest_plugins = ["tests.bluez.fixtures"]

WAIT_MS = 30_000
CLEAR = ChestBreath(60.0, 6.1, 0.9, phase_cycles=0.0, amplitude_mg=12.0)


# ----------------------------------------------------------------------------- the words
@pytest.mark.parametrize("reason", ["short", "movement", "unclear"])
def test_a_breath_that_would_be_a_guess_is_refused_in_words(reason: str) -> None:
    sentence, note = breath_words(ChestBreath(60.0, None, 0.3, reason))
    assert sentence
    assert note
    assert not any(letter.isdigit() for letter in sentence + note)


pytestmark = pytest.mark.usefixtures("muted")


def test_the_confidence_is_in_the_words() -> None:
    clear, _ = breath_words(CLEAR)
    assert "6.1" in clear
    assert "clearly" in clear
    faint, _ = breath_words(ChestBreath(60.0, 6.1, 0.6, phase_cycles=0.0))
    assert "about 6 " in faint


@pytest.mark.parametrize(
    ("locking", "share", "told"),
    [
        (0.95, 0.8, "goes with the guide."),
        (0.95, 0.2, "in part"),
        (0.7, 0.8, "in part"),
        (0.3, 0.8, "its own way"),
    ],
)
def test_the_agreement_with_the_guide_is_said(locking: float, share: float, told: str) -> None:
    look = ChestBreath(
        60.0, 6.0, 0.9, phase_cycles=0.0, agreement=GuideAgreement(locking, share, 0.4)
    )
    assert told in breath_words(look)[1]


def test_the_strap_s_beats_are_held_against_its_ecg_in_words() -> None:
    assert "70 of 70" in check_words(RrCheck(70, 70, 1.0, 0.4))[0]
    sentence, helps = check_words(RrCheck(70, 30, 9.0, 0.4))
    assert "30 of 70" in sentence
    assert "Moisten" in helps
    assert "too little" in check_words(None)[0]


# -------------------------------------------------------------------------------- the ring
def test_the_ring_goes_on_from_the_last_look_and_stops_when_it_is_old() -> None:
    assert chest_fullness(CLEAR, 60.0) == pytest.approx(0.0)
    half_s = 30 / 6.1
    ahead = chest_fullness(ChestBreath(60.0, 6.1, 0.9, phase_cycles=0.4), 61.0)
    assert ahead == pytest.approx(0.5 - 0.5 * math.cos(2 * math.pi * (0.4 + 0.5 / half_s)))
    assert chest_fullness(CLEAR, 60.1 + STALE_S) is None
    assert chest_fullness(ChestBreath(60.0, None, 0.2, "unclear"), 60.0) is None
    assert chest_fullness(None, 60.0) is None


# ------------------------------------------------------------------------------- the trace
def bunches(until_s: float, *, missing: tuple[float, float] = (0.0, 0.0)) -> list[EcgSamples]:
    """An ECG of spikes, one a second, in frames of 73; without those inside ``missing``."""
    step_s = 1 / 130
    found, number, starts = [], 0, True
    while (from_s := number * 73 * step_s) < until_s:
        number += 1
        if missing[0] <= from_s < missing[1]:
            starts = True
            continue
        times = [from_s + i * step_s for i in range(73)]
        uv = tuple(1000 if t_s % 1 < 0.02 else 0 for t_s in times)
        found.append(EcgSamples(times[-1] + 0.3, from_s, step_s, uv, starts))
        starts = False
    return found


@pytest.fixture
def trace(look: theme.Look, qtbot: QtBot) -> EcgTrace:
    made = EcgTrace()
    qtbot.addWidget(made)
    made.resize(600, 100)
    made.show()
    assert QTest.qWaitForWindowExposed(made)
    return made


def inked(image: QImage, tone: str = "raised") -> list[bool]:
    """For each column, whether anything is drawn in it."""
    ground = QColor(getattr(theme.current().colours, tone)).rgb()
    return [
        any(image.pixel(x, y) != ground for y in range(image.height()))
        for x in range(image.width())
    ]


def test_the_line_runs_behind_and_fills_the_width(trace: EcgTrace) -> None:
    for samples in bunches(20.0):
        trace.push(samples)
    trace.move_to(18.0)
    assert trace.drawn_s == 18.0 - BEHIND_S
    columns = inked(trace.grab().toImage())
    assert sum(columns) > 560
    head = round((trace.drawn_s % SPAN_S) * 600 / SPAN_S)
    assert not any(columns[head + 4 : head + 14])  # a gap goes ahead of the line


class Painted(QObject):
    """Adds up what a widget is asked to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: list[int] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.widths.append(event.rect().width())
        return False


def test_a_frame_repaints_no_more_than_what_is_new(trace: EcgTrace) -> None:
    for samples in bunches(20.0):
        trace.push(samples)
    trace.move_to(13.0)
    QApplication.processEvents()
    painted = Painted()
    trace.installEventFilter(painted)
    for frame in range(30):
        trace.move_to(13.0 + (frame + 1) * 0.016)
        QApplication.processEvents()
    assert 20 < len(painted.widths) < 40
    assert max(painted.widths) < 40


def test_piece_by_piece_it_is_the_line_that_it_is_at_once(trace: EcgTrace) -> None:
    for samples in bunches(20.0):
        trace.push(samples)
    trace.move_to(12.5)
    for frame in range(60):
        trace.move_to(12.5 + (frame + 1) / 60)
    slowly = inked(trace.grab().toImage())
    trace.resize(601, 100)
    trace.resize(600, 100)
    trace.move_to(13.5)
    at_once = inked(trace.grab().toImage())
    assert sum(a != b for a, b in zip(slowly, at_once, strict=True)) < 12


def test_nothing_is_drawn_where_samples_are_missing(trace: EcgTrace) -> None:
    for samples in bunches(12.0, missing=(7.5, 9.0)):
        trace.push(samples)
    trace.move_to(11.5 + BEHIND_S)
    columns = inked(trace.grab().toImage())
    begin, end = ((t_s - 6.0) * 100 for t_s in (8.0, 8.9))
    assert not any(columns[round(begin) : round(end)])


def test_memory_stays_flat(trace: EcgTrace) -> None:
    for samples in bunches(120.0):
        trace.push(samples)
    assert len(trace._points) <= 4096 + 73


# -------------------------------------------------------------------------------- the view
def test_a_lost_link_takes_back_what_was_said(look: theme.Look, qtbot: QtBot) -> None:
    view = ChestView()
    qtbot.addWidget(view)
    view.show()
    for samples in bunches(3.0):
        view.take(samples)
    view.take(CLEAR)
    view.take(RrChecked(60.0, RrCheck(70, 70, 1.0, 0.4)))
    assert "6.1" in view.told
    assert "70 of 70" in view.told
    view.take(LinkChanged(61.0, None, LinkReason.DROPPED))
    assert "6.1" not in view.told
    assert "No ECG" in view.told


def test_why_no_ecg_comes_is_said_with_what_helps(look: theme.Look, qtbot: QtBot) -> None:
    view = ChestView()
    qtbot.addWidget(view)
    view.set_trouble(NEEDS_PAIRING)
    assert NEEDS_PAIRING.sentence in view.told
    assert NEEDS_PAIRING.action in view.told
    view.set_trouble(None)
    assert NEEDS_PAIRING.sentence not in view.told


# -------------------------------------------------------------------------- in the window
def test_it_is_off_until_chosen_and_the_choice_is_remembered(
    window: MainWindow, home: Path
) -> None:
    assert not window.settings.sensors
    window.setup.sensors.chip("yes").click()
    assert SettingsFile(home).settings.sensors
    window.setup.sensors.chip("no").click()
    assert not SettingsFile(home).settings.sensors


def recorded_frames(home: Path) -> list[SensorFrame]:
    with Store.open(home) as store:
        (info,) = store.sessions()
        return [event for event in store.events(info.id) if isinstance(event, SensorFrame)]


@pytest.mark.parametrize("on", [True, False])
def test_the_demo_has_an_ecg_and_a_breath_where_they_are_on(
    window: MainWindow, qtbot: QtBot, home: Path, on: bool
) -> None:
    window._file.change(sensors=on)
    window._speed = 10.0
    begin_demo(qtbot, window)
    practice = window.practice
    practice.toggle_signal()
    assert practice.signal.chest.isVisible() is on
    if on:
        qtbot.waitUntil(lambda: practice.signal.chest._has_ecg, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: practice.signal.chest._look is not None, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: practice.signal.chest.trace.drawn_s > 0, timeout=WAIT_MS)
    else:
        qtbot.waitUntil(lambda: practice.now_s > 4.0, timeout=WAIT_MS)
    window.stop()
    qtbot.waitUntil(lambda: not window.bridge.practising, timeout=WAIT_MS)
    assert bool(recorded_frames(home)) is on


def test_a_polar_strap_streams_while_it_is_on_and_is_stopped_cleanly(
    window: MainWindow, qtbot: QtBot, home: Path, bluez: FakeBluez
) -> None:
    pmd = FakePmd()
    strap = bluez.add_strap(profile=pmd.profile())
    pmd.join(strap)
    window._file.change(sensors=True, strap=Strap(strap.address, strap.name))
    window.begin_with_strap()
    qtbot.waitUntil(strap.subscribed, timeout=WAIT_MS)
    practice = window.practice
    qtbot.waitUntil(lambda: len(pmd.running) == 2, timeout=WAIT_MS)
    assert strap.notify(HR_MEASUREMENT, encode(HeartRateMeasurement(60, (1000,))))
    payload = encode_frame(EcgFrame(1_000_000_000, tuple(range(73))))
    assert pmd.send(payload)
    qtbot.waitUntil(lambda: practice.signal.chest._has_ecg, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: practice.now_s > 1.5, timeout=WAIT_MS)
    window.stop()
    qtbot.waitUntil(lambda: not window.bridge.practising, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: strap.released, timeout=WAIT_MS)
    stopped = {c.measurement for c in pmd.commands if c.operation is Operation.STOP}
    assert {Measurement.ECG, Measurement.ACC} <= stopped
    assert pmd.running == {}
    assert [frame.payload for frame in recorded_frames(home)] == [payload]


def test_switched_off_nothing_is_asked_of_the_strap(
    window: MainWindow, qtbot: QtBot, bluez: FakeBluez
) -> None:
    pmd = FakePmd()
    strap = bluez.add_strap(profile=pmd.profile())
    pmd.join(strap)
    window._file.change(strap=Strap(strap.address, strap.name))
    window.begin_with_strap()
    qtbot.waitUntil(strap.subscribed, timeout=WAIT_MS)
    for _ in range(3):
        strap.notify(HR_MEASUREMENT, encode(HeartRateMeasurement(60, (1000,))))
    qtbot.waitUntil(lambda: window.practice.now_s > 1.5, timeout=WAIT_MS)
    window.stop()
    qtbot.waitUntil(lambda: not window.bridge.practising, timeout=WAIT_MS)
    assert pmd.commands == []
