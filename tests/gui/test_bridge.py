from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from biofeedback.sessions.backups import backups
from biofeedback.sessions.info import Ended
from biofeedback.sessions.store import Store
from biofeedback.types import (
    Action,
    Choices,
    LinkReason,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    PulseSeen,
    Update,
)
from gui.bridge import Bridge, Kept, Wanted
from tests.biofeedback.sessions.test_backups import spoil
from tests.biofeedback.sessions.test_deletion import record

SHORT = replace(Choices(), quiet_s=20.0, length_s=60.0)


class Heard:
    """Everything that a bridge told."""

    def __init__(self, bridge: Bridge) -> None:
        self.updates: list[Update] = []
        self.on_main: set[bool] = set()
        self.ended: list[Any] = []
        self.failed: list[str] = []
        self.unkept: list[str] = []
        self.kept: list[Kept] = []
        bridge.updated.connect(self._update)
        bridge.ended.connect(self.ended.append)
        bridge.failed.connect(self.failed.append)
        bridge.unkept.connect(self.unkept.append)
        bridge.kept.connect(self.kept.append)

    def _update(self, update: Update) -> None:
        self.updates.append(update)
        self.on_main.add(QThread.currentThread().isMainThread())

    def has(self, kind: type) -> bool:
        return any(isinstance(update, kind) for update in self.updates)


@pytest.fixture
def bridge(qtbot: QtBot, home: Path) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.close()


def test_a_practice_crosses_to_qt_s_thread_in_order_and_is_kept(
    bridge: Bridge, home: Path, qtbot: QtBot
) -> None:
    heard = Heard(bridge)
    bridge.practise(Wanted("sim:7", SHORT, 200.0))
    qtbot.waitUntil(lambda: bool(heard.ended), timeout=10_000)
    assert heard.on_main == {True}
    times = [update.t_s for update in heard.updates if isinstance(update, PulseSeen)]
    assert times == sorted(times)
    assert heard.has(PracticeEnded)
    outcome = heard.ended[0]
    assert outcome.ended is Ended.COMPLETED
    with Store.open(home) as store:
        assert store.session(outcome.session_id).n_packets == outcome.summary.n_packets > 0


def test_what_the_person_does_reaches_the_practice(bridge: Bridge, qtbot: QtBot) -> None:
    heard = Heard(bridge)
    bridge.practise(Wanted("sim:7", SHORT, 1.0))
    qtbot.waitUntil(lambda: heard.has(PhaseStarted))
    bridge.act(Action.SKIP)
    qtbot.waitUntil(
        lambda: any(
            isinstance(u, PhaseStarted) and u.phase is PhaseName.GUIDED for u in heard.updates
        )
    )
    bridge.act(Action.STOP)
    qtbot.waitUntil(lambda: bool(heard.ended))
    assert heard.ended[0].ended is Ended.STOPPED
    assert not bridge.practising


def test_closing_in_the_middle_saves_and_ends_the_thread(
    bridge: Bridge, home: Path, qtbot: QtBot
) -> None:
    heard = Heard(bridge)
    bridge.practise(Wanted("sim:7", SHORT, 20.0))
    qtbot.waitUntil(lambda: heard.has(PulseSeen))
    bridge.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "straps"]
    with Store.open(home) as store:
        (info,) = store.sessions()
        assert info.ended is Ended.STOPPED
        assert info.n_packets


def test_where_nothing_can_be_kept_the_practice_runs_and_it_is_said(
    bridge: Bridge, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").write_text("in the way")
    monkeypatch.setenv("HAND_ON_HEART_HOME", str(home / "file"))
    heard = Heard(bridge)
    bridge.practise(Wanted("sim:7", SHORT, 200.0))
    qtbot.waitUntil(lambda: bool(heard.ended), timeout=10_000)
    assert len(heard.unkept) == 1
    assert heard.ended[0].session_id is None


def test_a_source_that_is_none_is_said(bridge: Bridge, qtbot: QtBot) -> None:
    heard = Heard(bridge)
    bridge.practise(Wanted("replay:/nowhere/at/all.txt", SHORT))
    qtbot.waitUntil(lambda: bool(heard.failed))
    assert "all.txt" in heard.failed[0]
    assert not bridge.practising


def test_what_was_interrupted_is_closed_and_said(bridge: Bridge, home: Path, qtbot: QtBot) -> None:
    from datetime import datetime

    store = Store.open(home)
    recorder = store.begin(source="sim:", choices=Choices(), started_at=datetime.now().astimezone())
    del recorder
    store.close()
    heard = Heard(bridge)
    bridge.read_kept()
    qtbot.waitUntil(lambda: bool(heard.kept))
    assert "interrupted" in heard.kept[0].notices[0]
    assert len(heard.kept[0].sessions) == 1


def test_a_damaged_store_is_set_aside_and_said(bridge: Bridge, home: Path, qtbot: QtBot) -> None:
    (home / "sessions.sqlite3").write_bytes(b"no database at all" * 400)
    heard = Heard(bridge)
    bridge.read_kept()
    qtbot.waitUntil(lambda: bool(heard.kept))
    assert "damaged" in heard.kept[0].notices[0]
    assert not heard.kept[0].problem


def test_what_is_kept_is_backed_up_once_it_is_seen(
    bridge: Bridge, home: Path, qtbot: QtBot
) -> None:
    with Store.open(home) as store:
        record(store)
    heard = Heard(bridge)
    bridge.read_kept()
    qtbot.waitUntil(lambda: not bridge._timer.isActive())
    assert heard.kept
    assert len(backups(home)) == 1


def test_damage_further_in_is_said_once_what_is_kept_is_seen(
    bridge: Bridge, home: Path, qtbot: QtBot
) -> None:
    with Store.open(home) as store:
        for _ in range(4):
            record(store)
    spoil(home / "sessions.sqlite3")
    said: list[str] = []
    bridge.unwell.connect(said.append)
    heard = Heard(bridge)
    bridge.read_kept()
    qtbot.waitUntil(lambda: bool(said))
    assert "hand-on-heart store restore" in said[0]
    assert len(heard.kept[0].sessions) == 3
    assert backups(home) == []


def test_figures_of_another_version_are_worked_out_anew_in_the_background(
    bridge: Bridge, home: Path, qtbot: QtBot
) -> None:
    heard = Heard(bridge)
    bridge.practise(Wanted("sim:7", SHORT, 200.0))
    qtbot.waitUntil(lambda: bool(heard.ended), timeout=10_000)
    with Store.open(home) as store:
        unreadable = record(store)
        figures = store.figures.all()
        for session_id, kept in figures.items():
            store.figures.set(session_id, replace(kept, algorithm=1, before_hr_bpm=1.0))
        assert store.figures.stale() == [unreadable, 1]
        bridge.read_kept()
        qtbot.waitUntil(lambda: store.figures.stale() == [unreadable], timeout=10_000)
        assert store.figures.of(1) == figures[1]


def test_a_scan_without_bluetooth_says_why(bridge: Bridge, qtbot: QtBot) -> None:
    reasons: list[LinkReason] = []
    bridge.scan_failed.connect(reasons.append)
    bridge.scan(0.5)
    qtbot.waitUntil(lambda: bool(reasons), timeout=10_000)
    assert reasons[0] in {
        LinkReason.BLUETOOTH_ABSENT,
        LinkReason.BLUETOOTH_OFF,
        LinkReason.BLUETOOTH_DENIED,
    }


def test_the_timer_rests_when_nothing_runs(bridge: Bridge, qtbot: QtBot) -> None:
    heard = Heard(bridge)
    bridge.read_kept()
    qtbot.waitUntil(lambda: bool(heard.kept))
    qtbot.waitUntil(lambda: not bridge._timer.isActive())
