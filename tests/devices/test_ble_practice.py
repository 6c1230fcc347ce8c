"""A practice with a strap that drops: the guide goes on, the gap is marked, nothing is joined."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from biofeedback.hrm import encode
from biofeedback.ports import Clock, Guide, Source
from biofeedback.practice.breath import phase_at
from biofeedback.run import Outcome, practise, replay
from biofeedback.sessions.store import Store
from biofeedback.types import (
    Action,
    BeatsJudged,
    Choices,
    GuideChanged,
    HeartRateMeasurement,
    LinkChanged,
    LinkReason,
    Packet,
    Update,
)
from devices.ble import BleSource
from devices.clock import RealClock
from tests.bluez.fake import FakeBluez
from tests.bluez.gatt import HR_MEASUREMENT
from tests.bluez.listening import QUICK, SPEED
from tests.bluez.strap import FakeStrap

pytest_plugins = ["tests.bluez.fixtures"]

CHOICES = Choices(quiet_s=0.0)


class _Practising:
    """A practice on a thread of its own, as in the window."""

    def __init__(self, store: Store) -> None:
        self.updates: list[Update] = []
        self.clock = RealClock(SPEED)
        self._news = threading.Condition()
        self._store = store
        self._thread = threading.Thread(target=self._run)
        self._ready = threading.Event()
        self.outcome: Outcome | None = None
        self._thread.start()
        self._ready.wait(10)

    def _run(self) -> None:
        async def main() -> None:
            self._inbox: asyncio.Queue[tuple[Action, str]] = asyncio.Queue()
            self._loop = asyncio.get_running_loop()
            self._ready.set()
            self.outcome = await practise(
                choices=CHOICES,
                open_source=self._open,
                clock=self.clock,
                store=self._store,
                sink=self._take,
                inbox=self._inbox,
                started_at=datetime(2026, 1, 2, tzinfo=UTC),
            )

        asyncio.run(main())

    def _open(self, clock: Clock, _: Guide) -> Source:
        return BleSource(None, clock, timing=QUICK)

    def _take(self, update: Update) -> None:
        with self._news:
            self.updates.append(update)
            self._news.notify_all()

    def wait(self, wanted: Callable[[Update], bool], count: int) -> None:
        def reached() -> bool:
            return sum(map(wanted, self.updates)) >= count

        with self._news:
            assert self._news.wait_for(reached, 15)

    def stop(self) -> Outcome:
        self._loop.call_soon_threadsafe(self._inbox.put_nowait, (Action.STOP, ""))
        self._thread.join(15)
        assert self.outcome is not None
        return self.outcome


def test_the_practice_goes_on_through_a_drop_and_joins_nothing_across_it(
    bluez: FakeBluez, strap: FakeStrap, tmp_path: Path
) -> None:
    numbers = itertools.count(900)

    def beat(count: int) -> None:
        strap.wait_subscribed()
        for _ in range(count):
            ticks = next(numbers)
            assert strap.notify(HR_MEASUREMENT, encode(HeartRateMeasurement(66, (ticks,))))

    with Store.open(tmp_path / "home") as store:
        practice = _Practising(store)
        beat(8)
        practice.wait(lambda update: isinstance(update, GuideChanged), 1)
        strap.drop()
        practice.wait(lambda update: isinstance(update, LinkChanged) and not update.reason, 3)
        beat(8)
        practice.wait(lambda update: isinstance(update, BeatsJudged), 14)
        outcome = practice.stop()
        assert outcome.session_id is not None
        stored = store.events(outcome.session_id)
    # what the strap sent while connected, each once, and a replay says the same to the bit
    assert [event.payload for event in stored if isinstance(event, Packet)] == strap.sent
    again, _ = replay(stored, CHOICES, outcome.summary.duration_s)
    assert again == practice.updates
    # the gap is marked
    links = [u for u in practice.updates if isinstance(u, LinkChanged)]
    assert LinkReason.DROPPED in [link.reason for link in links]
    dropped_s = next(link.t_s for link in links if link.reason is LinkReason.DROPPED)
    back_s = next(link.t_s for link in links if link.reason is None and link.t_s > dropped_s)
    # beats on either side are of different segments
    beats = [b for u in practice.updates if isinstance(u, BeatsJudged) for b in u.beats]
    before, after = beats[:8], beats[8:]
    assert {b.segment for b in before}.isdisjoint({b.segment for b in after})
    assert [b.rr_ticks for b in beats] == list(range(900, 916))
    # the guide ran all the while: one segment, with a phase at every moment of the gap
    guides = [u for u in practice.updates if isinstance(u, GuideChanged) and u.segment is not None]
    assert guides
    assert guides[0].t_s <= dropped_s
    assert not [u for u in practice.updates if isinstance(u, GuideChanged) and u.segment is None][
        1:
    ]
    segment = guides[0].segment
    assert segment is not None
    cycles = [phase_at(segment, dropped_s + i * (back_s - dropped_s) / 9).cycles for i in range(10)]
    assert all(a < b for a, b in itertools.pairwise(cycles))
