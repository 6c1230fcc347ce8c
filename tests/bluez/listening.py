"""Reads a source on an event loop and thread of its own, as the window does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Self

from biofeedback.types import Event, LinkLost, LinkReason, LinkUp, Packet, SensorFrame
from devices.ble import BleSource
from devices.clock import RealClock
from devices.link import LinkTiming

SPEED = 20.0
QUICK = LinkTiming(
    scan_s=150.0,
    choose_s=1.0,
    connect_s=200.0,
    stall_s=400.0,
    sleep_s=1e6,  # a busy machine stands still at times
    read_s=100.0,
    rest_s=0.2,
    look_again_s=1.0,
    backoff_first_s=0.2,
    backoff_cap_s=1.0,
)
"""At `SPEED`, what a test waits for takes moments, and what it doesn't, longer than the test."""

BRIEF_SCAN = replace(QUICK, scan_s=5.0)
"""For a test that waits for the end of a search that finds nothing."""

_LIMIT_S = 15.0


class Listening:
    """Everything that a source says, for a test that runs on another thread.

    Attributes
    ----------
    events
        All so far, oldest first.
    left_behind
        Names of the tasks that ran on after the source was closed; known after leaving.
    """

    def __init__(
        self,
        address: str | None = None,
        *,
        timing: LinkTiming = QUICK,
        speed: float = SPEED,
        with_pmd: bool = False,
        clock: RealClock | None = None,
        slept: Callable[[], float] = lambda: 0.0,
        keep: Callable[[Event], None] | None = None,
    ) -> None:
        self._keep = keep
        self.events: list[Event] = []
        self.left_behind: list[str] = []
        self.clock = clock or RealClock(speed)
        self.source = BleSource(address, self.clock, timing=timing, slept=slept, with_pmd=with_pmd)
        self._news = threading.Condition()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="listening", daemon=True)
        self._ready = threading.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(_LIMIT_S)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop reading, as a person does who leaves; raises what the source raised."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._reading.cancel)
            self._thread.join(_LIMIT_S)
            assert not self._thread.is_alive(), "the source would not close"
        if self._error is not None:
            raise self._error

    @property
    def packets(self) -> list[bytes]:
        """Payloads so far."""
        return [event.payload for event in self.events if isinstance(event, Packet)]

    @property
    def frames(self) -> list[SensorFrame]:
        """Frames of ECG and accelerometer so far."""
        return [event for event in self.events if isinstance(event, SensorFrame)]

    @property
    def ups(self) -> list[LinkUp]:
        """Each time that the link was up."""
        return [event for event in self.events if isinstance(event, LinkUp)]

    @property
    def reasons(self) -> list[LinkReason]:
        """Each reason that was given for silence."""
        return [event.reason for event in self.events if isinstance(event, LinkLost)]

    def wait_until(self, true: Callable[[], bool], what: str) -> None:
        """Come back when what the source said makes it true."""
        with self._news:
            reached = self._news.wait_for(lambda: self._error is not None or true(), _LIMIT_S)
        if self._error is not None:
            raise self._error
        assert reached, f"waited for {what}; heard {self.events}"

    def wait_packets(self, count: int) -> None:
        """Come back when so many packets have arrived."""
        self.wait_until(lambda: len(self.packets) >= count, f"{count} packets")

    def wait_frames(self, count: int) -> None:
        """Come back when so many frames have arrived."""
        self.wait_until(lambda: len(self.frames) >= count, f"{count} frames")

    def wait_reason(self, reason: LinkReason, count: int = 1) -> None:
        """Come back when this reason has been given so often."""
        self.wait_until(lambda: self.reasons.count(reason) >= count, f"{count} times {reason}")

    def wait_ups(self, count: int) -> None:
        """Come back when the link was said to be up so often."""
        self.wait_until(lambda: len(self.ups) >= count, f"{count} times up")

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as error:  # noqa: BLE001 - raised again on the test's thread
            with self._news:
                self._error = error
                self._news.notify_all()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._reading = asyncio.create_task(self._read())
        self._ready.set()
        await asyncio.wait({self._reading})
        if not self._reading.cancelled():
            self._reading.result()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        # bleak keeps one watch on the message bus for each loop.
        self.left_behind = [
            str(task.get_coro()) for task in left if "_monitor_bus" not in str(task.get_coro())
        ]

    async def _read(self) -> None:
        async with aclosing(self.source.events()) as events:
            async for event in events:
                if self._keep is not None:
                    self._keep(event)
                with self._news:
                    self.events.append(event)
                    self._news.notify_all()
