"""The main job on the real thing: a strap over bleak's own back end, through disk, to figures."""

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from biofeedback.hrm import encode
from biofeedback.run import Outcome, practise, replay
from biofeedback.sessions.formats import read_recording
from biofeedback.sessions.store import Store
from biofeedback.types import (
    Action,
    Choices,
    HeartRateMeasurement,
    LinkChanged,
    Packet,
    PracticeEnded,
    PulseSeen,
    Update,
)
from devices.opening import open_source
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import HR_MEASUREMENT

pytest_plugins = ["tests.bluez.fixtures"]

LIMIT_S = 20.0


class LeapingClock:
    """Real time that leaps ahead when the test says so: ten minutes of a strap take seconds."""

    def __init__(self) -> None:
        self._begin_s = time.monotonic()
        self._guard = threading.Lock()
        self._sleeping: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def now_s(self) -> float:
        return time.monotonic() - self._begin_s

    def leap(self, t_s: float) -> None:
        """Let it be at least ``t_s``."""
        with self._guard:
            self._begin_s -= max(0.0, t_s - self.now_s())
            sleeping = list(self._sleeping)
        for loop, event in sleeping:
            loop.call_soon_threadsafe(event.set)

    async def sleep_until(self, t_s: float) -> None:
        sleeper = (asyncio.get_running_loop(), asyncio.Event())
        with self._guard:
            self._sleeping.add(sleeper)
        try:
            while (left_s := t_s - self.now_s()) > 0:
                sleeper[1].clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(sleeper[1].wait(), left_s)
        finally:
            with self._guard:
                self._sleeping.discard(sleeper)


class Practising:
    """A practice with a strap, on a thread and loop of its own, as the window runs it."""

    def __init__(self, folder: Path, choices: Choices) -> None:
        self.clock = LeapingClock()
        self.updates: list[Update] = []
        self.outcome: Outcome | None = None
        self._folder = folder
        self._choices = choices
        self._news = threading.Condition()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()), daemon=True)
        self._thread.start()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._inbox: asyncio.Queue[tuple[Action, str]] = asyncio.Queue()
        with Store.open(self._folder) as store:
            self.outcome = await practise(
                choices=self._choices,
                open_source=lambda clock, guide: open_source("ble:", clock, guide),
                clock=self.clock,
                store=store,
                sink=self._hear,
                inbox=self._inbox,
                started_at=datetime(2026, 1, 1, tzinfo=UTC),
            )

    def _hear(self, update: Update) -> None:
        with self._news:
            self.updates.append(update)
            self._news.notify_all()

    def wait_until(self, true: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(true, LIMIT_S), self.updates[-3:]

    @property
    def begun_s(self) -> float:
        """When the link came up, near enough."""
        links = [update for update in self.updates if isinstance(update, LinkChanged)]
        return next((link.t_s for link in links if link.strap), 0.0)

    def heard(self, packets: int) -> bool:
        """Whether so many packets have come, or the practice is over."""
        return self.count(PulseSeen) >= packets or self.count(PracticeEnded) > 0

    def count(self, kind: type[Update]) -> int:
        return sum(isinstance(update, kind) for update in self.updates)

    def stop(self) -> Outcome:
        self._loop.call_soon_threadsafe(self._inbox.put_nowait, (Action.STOP, ""))
        # a practice that hangs would hang the test: time goes on until it has ended
        self._thread.join(LIMIT_S)
        assert self.outcome is not None
        return self.outcome


def _packets(rr_ticks: NDArray[np.int64]) -> list[tuple[float, bytes]]:
    """What a strap sends: once a second, the intervals that ended since."""
    ends_s = np.cumsum(rr_ticks) / 1024
    packets = []
    for second in range(1, int(ends_s[-1]) + 2):
        held = rr_ticks[(ends_s > second - 1) & (ends_s <= second)]
        hr_bpm = round(60 * 1024 / float(held.mean())) if held.size else 60
        measurement = HeartRateMeasurement(hr_bpm, tuple(int(ticks) for ticks in held))
        packets.append((float(second), encode(measurement)))
    return packets


def _stored(folder: Path, session_id: int | None) -> list[Packet]:
    assert session_id is not None
    with Store.open(folder) as store:
        return [event for event in store.events(session_id) if isinstance(event, Packet)]


def _ticks(packets: list[Packet]) -> list[int]:
    from biofeedback.hrm import decode

    return [ticks for packet in packets for ticks in decode(packet.payload).rr_ticks]


@pytest.fixture
def polar_ticks(shared_data: Path) -> NDArray[np.int64]:
    recording = read_recording(shared_data / "polar_h10_dhyb" / "sample_data_ibi.csv")
    return np.round(recording.rr_ms * 1.024).astype(np.int64)


def test_a_real_recording_comes_through_the_strap_as_it_is_in_the_file(
    bluez: FakeBluez, polar_ticks: NDArray[np.int64], tmp_path: Path
) -> None:
    from biofeedback import analyze

    strap = bluez.add_strap("Polar H10 12345678", "F0:9E:1A:00:00:01")
    practice = Practising(tmp_path, Choices(wait_for_heart=True))
    strap.wait_subscribed()
    sent = _packets(polar_ticks)
    for heard, (t_s, payload) in enumerate(sent, start=1):
        practice.clock.leap(practice.begun_s + t_s)
        if practice.outcome is not None:
            break
        strap.notify(HR_MEASUREMENT, payload)
        practice.wait_until(lambda heard=heard: practice.heard(heard))  # type: ignore[misc]
    outcome = practice.stop()
    stored = _stored(tmp_path, outcome.session_id)
    assert [packet.payload for packet in stored] == [payload for _, payload in sent[: len(stored)]]
    assert len(stored) >= 419
    ticks = _ticks(stored)
    assert ticks == polar_ticks[: len(ticks)].tolist()
    from_strap = analyze(np.array(ticks) * 1000 / 1024)
    from_file = analyze(polar_ticks[: len(ticks)] * 1000 / 1024)
    assert from_strap.to_dict() == from_file.to_dict()
    assert outcome.summary.n_beats == len(ticks)
    assert outcome.summary.completed
    assert outcome.summary.verdict is not None


def test_a_drop_in_the_middle_loses_only_what_was_sent_meanwhile(
    bluez: FakeBluez, polar_ticks: NDArray[np.int64], tmp_path: Path
) -> None:
    strap = bluez.add_strap("Polar H10 12345678", "F0:9E:1A:00:00:01")
    practice = Practising(tmp_path, Choices())
    strap.wait_subscribed()
    kept: list[bytes] = []
    for t_s, payload in _packets(polar_ticks)[:200]:
        if t_s == 100:
            strap.drop()
            practice.wait_until(lambda: _is_down(practice))
        if 100 <= t_s < 130:
            continue
        if t_s == 130:
            practice.clock.leap(t_s)
            strap.wait_subscribed()
            practice.wait_until(lambda: not _is_down(practice))
        practice.clock.leap(t_s)
        assert strap.notify(HR_MEASUREMENT, payload)
        kept.append(payload)
        practice.wait_until(lambda: practice.count(PulseSeen) >= len(kept))
    outcome = practice.stop()
    assert [packet.payload for packet in _stored(tmp_path, outcome.session_id)] == kept
    links = [update for update in practice.updates if isinstance(update, LinkChanged)]
    assert sum(link.strap is not None for link in links) >= 2
    with Store.open(tmp_path) as store:
        assert outcome.session_id is not None
        info = store.session(outcome.session_id)
        again, _ = replay(store.events(info.id), info.choices, info.duration_s)
    assert again == practice.updates


def _is_down(practice: Practising) -> bool:
    links = [update for update in practice.updates if isinstance(update, LinkChanged)]
    return bool(links) and links[-1].reason is not None
