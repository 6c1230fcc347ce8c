"""A strap in the window: found, chosen, remembered, lost, found again."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biofeedback.hrm import encode
from biofeedback.sessions.store import Store
from biofeedback.types import (
    HeartRateMeasurement,
    LinkChanged,
    LinkReason,
    PhaseName,
    PulseSeen,
    Strap,
)
from devices.words import describe
from gui.main_window import MainWindow
from gui.screens import chooser
from gui.settings import SettingsFile
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import HR_MEASUREMENT, DBusFault

pytest_plugins = ["tests.bluez.fixtures"]

WAIT_MS = 20_000
OTHER = "F0:9E:1A:00:00:77"


pytestmark = pytest.mark.usefixtures("muted")


def press(key: Qt.Key, window: MainWindow) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)


def test_of_two_straps_the_person_chooses_and_the_choice_is_remembered(
    window: MainWindow, home: Path, bluez: FakeBluez, qtbot: QtBot
) -> None:
    one, other = bluez.add_strap(), bluez.add_strap(address=OTHER, name="Belt 2")
    window.home.begin.click()
    qtbot.waitUntil(lambda: len(window.chooser.cards) == 2, timeout=WAIT_MS)
    qtbot.waitUntil(window.chooser.again.isEnabled, timeout=WAIT_MS)  # the whole search is over
    assert window.pages.current is window.chooser
    assert not one.subscribed()
    (card,) = [card for card in window.chooser.cards if card.text() == other.name]
    card.click()
    qtbot.waitUntil(other.subscribed, timeout=WAIT_MS)
    assert not one.subscribed()
    remembered = SettingsFile(home).settings.strap
    assert remembered is not None
    assert remembered.address == other.address


def test_the_only_strap_is_taken_without_asking(
    window: MainWindow, bluez: FakeBluez, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chooser, "OTHERS_S", 0.2)
    strap = bluez.add_strap()
    window.home.begin.click()
    qtbot.waitUntil(strap.subscribed, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.pages.current is window.practice)


def test_who_waits_for_the_wrong_strap_can_choose_another(
    window: MainWindow, home: Path, bluez: FakeBluez, qtbot: QtBot
) -> None:
    near = bluez.add_strap()
    SettingsFile(home).change(strap=Strap(OTHER, near.name))  # the same name, another strap
    window._file = SettingsFile(home)
    window.home.begin.click()
    qtbot.waitUntil(lambda: window.practice.arriving, timeout=WAIT_MS)
    button = window.practice.other_button
    qtbot.waitUntil(button.isVisible)
    assert not near.subscribed()
    button.click()
    qtbot.waitUntil(lambda: window.pages.current is window.chooser, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(window.chooser.cards) == 1, timeout=WAIT_MS)
    window.chooser.cards[0].click()
    qtbot.waitUntil(near.subscribed, timeout=WAIT_MS)


def test_a_strap_from_the_list_to_the_summary(
    window: MainWindow, home: Path, bluez: FakeBluez, qtbot: QtBot
) -> None:
    strap = bluez.add_strap()
    numbers = itertools.count(900)

    def beat() -> bool:
        rr_ticks = 880 + next(numbers) % 40
        return strap.notify(HR_MEASUREMENT, encode(HeartRateMeasurement(68, (rr_ticks,))))

    practice = window.practice
    seen: list[PulseSeen] = []
    window.bridge.updated.connect(lambda u: seen.append(u) if isinstance(u, PulseSeen) else None)
    window.home.strap.click()
    qtbot.waitUntil(lambda: len(window.chooser.cards) == 1, timeout=WAIT_MS)
    assert strap.name in window.chooser.cards[0].text()
    qtbot.waitUntil(lambda: window.chooser.cards[0].hasFocus())
    press(Qt.Key.Key_Space, window)
    qtbot.waitUntil(lambda: window.pages.current is practice)
    qtbot.waitUntil(strap.subscribed, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: practice.arriving)
    assert beat()
    qtbot.waitUntil(lambda: practice.phase is PhaseName.QUIET_BEFORE, timeout=WAIT_MS)
    assert strap.name in practice.state.text()
    strap.vanish()
    lost = describe(LinkReason.DROPPED).sentence
    qtbot.waitUntil(lambda: practice.state.text() == lost, timeout=WAIT_MS)
    strap.appear()
    qtbot.waitUntil(strap.subscribed, timeout=WAIT_MS)
    for _ in range(5):
        beat()
    qtbot.waitUntil(lambda: strap.name in practice.state.text(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(seen) == 6, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: practice.now_s > 1.5)  # shorter ones have nothing to sum up
    press(Qt.Key.Key_Escape, window)
    qtbot.waitUntil(lambda: window.pages.current is window.summary, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: strap.released, timeout=WAIT_MS)
    remembered = SettingsFile(home).settings.strap
    assert remembered is not None
    assert remembered.address == strap.address
    assert strap.name in window.home.begin.detail
    with Store.open(home) as store:
        (info,) = store.sessions()
    assert info.n_packets == 6
    assert info.strap is not None
    assert info.strap.address == strap.address


def test_the_signal_is_seen_before_a_practice_and_nothing_is_kept(
    window: MainWindow, home: Path, bluez: FakeBluez, qtbot: QtBot
) -> None:
    strap = bluez.add_strap()
    SettingsFile(home).change(strap=Strap(strap.address, strap.name))
    window._file = SettingsFile(home)
    press(Qt.Key.Key_I, window)
    signal = window.signal
    assert window.pages.current is signal
    qtbot.waitUntil(strap.subscribed, timeout=WAIT_MS)
    for _ in range(3):
        assert strap.notify(HR_MEASUREMENT, encode(HeartRateMeasurement(68, (880,))))
    connected = "The strap is connected."
    qtbot.waitUntil(lambda: connected in signal.view.words.sentences, timeout=WAIT_MS)
    press(Qt.Key.Key_Escape, window)
    qtbot.waitUntil(lambda: window.pages.current is window.home)
    qtbot.waitUntil(lambda: strap.released, timeout=WAIT_MS)
    with Store.open(home) as store:
        assert store.sessions() == []


def test_from_its_signal_a_practice_begins_with_the_same_strap(
    window: MainWindow, home: Path, bluez: FakeBluez, qtbot: QtBot
) -> None:
    strap = bluez.add_strap()
    SettingsFile(home).change(strap=Strap(strap.address, strap.name))
    window._file = SettingsFile(home)
    press(Qt.Key.Key_I, window)
    qtbot.waitUntil(strap.subscribed, timeout=WAIT_MS)
    window.signal.begin.click()
    qtbot.waitUntil(lambda: window.practice.arriving, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: strap.released or strap.subscribed(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.practice._strap is not None, timeout=WAIT_MS)
    assert strap.subscribed()
    assert strap.notify(HR_MEASUREMENT, encode(HeartRateMeasurement(68, (880,))))
    qtbot.waitUntil(lambda: not window.practice.arriving, timeout=WAIT_MS)


def test_where_there_is_no_bluetooth_the_signal_says_so(window: MainWindow, qtbot: QtBot) -> None:
    press(Qt.Key.Key_I, window)
    words = window.signal.view.words
    qtbot.waitUntil(lambda: "Bluetooth" in " ".join(words.sentences), timeout=WAIT_MS)


def test_another_program_that_holds_the_strap_is_said_with_a_way_forward(
    window: MainWindow, home: Path, bluez: FakeBluez, qtbot: QtBot
) -> None:
    strap = bluez.add_strap()
    busy = DBusFault("org.bluez.Error.InProgress", "br-connection-busy")
    strap.connect_faults = [busy] * 500
    SettingsFile(home).change(strap=Strap(strap.address, strap.name))
    window._file = SettingsFile(home)
    window.home.begin.click()
    practice = window.practice
    reasons: list[LinkReason | None] = []
    window.bridge.updated.connect(
        lambda u: reasons.append(u.reason) if isinstance(u, LinkChanged) else None
    )
    told = describe(LinkReason.CONNECT_FAILED)
    qtbot.waitUntil(lambda: LinkReason.CONNECT_FAILED in reasons, timeout=WAIT_MS)
    assert "other apps" in told.action
    qtbot.waitUntil(lambda: practice._hint.text() == told.action, timeout=WAIT_MS)
    assert practice.words.shown == told.sentence
    assert practice.begin_button.isVisible()  # the practice needs no strap
