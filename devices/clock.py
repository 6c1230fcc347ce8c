"""Session time: as it is, sped up, or as fast as the machine can."""

from __future__ import annotations

import asyncio
import heapq
import math
import time

from biofeedback.ports import Clock

_SETTLE_PASSES = 4
"""Turns of the event loop that others get before virtual time moves on."""


class RealClock:
    """Seconds since it was made, ``speed`` times as fast as the wall's.

    Parameters
    ----------
    speed
        Session seconds in a real second, above 0.

    Raises
    ------
    ValueError
        If ``speed`` is not a finite number above 0.
    """

    def __init__(self, speed: float = 1.0) -> None:
        if not (math.isfinite(speed) and speed > 0):
            raise ValueError(f"a clock's speed is a number above 0, not {speed}")
        self._speed = speed
        self._began_s = time.monotonic()

    def now_s(self) -> float:
        """Return the session time in seconds; any thread may ask."""
        return (time.monotonic() - self._began_s) * self._speed

    async def sleep_until(self, t_s: float) -> None:
        """Come back when session time has reached ``t_s``; others get a turn in any case."""
        while True:
            rest_s = (t_s - self.now_s()) / self._speed
            await asyncio.sleep(max(0.0, rest_s))
            # A loop's timer may fire a hair early.
            if self.now_s() >= t_s:
                return


class VirtualClock:
    """Time that passes only while somebody sleeps, and then at once.

    Sleepers wake in order of time, each at exactly the time it asked for, and whoever it
    wakes gets a few turns of the event loop before time moves on. For one event loop at a
    time; any thread may ask for the time. Time never goes back.
    """

    def __init__(self) -> None:
        self._now_s = 0.0
        self._count = 0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._passes_left = 0
        self._turning: asyncio.AbstractEventLoop | None = None

    def now_s(self) -> float:
        """Return the session time in seconds."""
        return self._now_s

    async def sleep_until(self, t_s: float) -> None:
        """Let time jump to ``t_s`` once everybody who sleeps for less has woken.

        Raises
        ------
        ValueError
            If ``t_s`` is not a finite number: such a time never comes.
        """
        if not math.isfinite(t_s):
            raise ValueError(f"no clock reaches {t_s} s")
        if t_s <= self._now_s:
            await asyncio.sleep(0)
            return
        loop = asyncio.get_running_loop()
        woken = loop.create_future()
        self._count += 1
        heapq.heappush(self._sleepers, (t_s, self._count, woken))
        self._settle(loop)
        await woken

    def _settle(self, loop: asyncio.AbstractEventLoop) -> None:
        self._passes_left = _SETTLE_PASSES
        # A loop that was closed in the middle never took its last turn.
        if self._turning is not loop:
            self._turning = loop
            loop.call_soon(self._turn, loop)

    def _turn(self, loop: asyncio.AbstractEventLoop) -> None:
        self._passes_left -= 1
        if self._passes_left <= 0:
            self._wake_next()
            if not self._sleepers:
                self._turning = None
                return
            self._passes_left = _SETTLE_PASSES
        loop.call_soon(self._turn, loop)

    def _wake_next(self) -> None:
        while self._sleepers:
            t_s, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():  # a cancelled sleeper moves no time
                self._now_s = max(self._now_s, t_s)
                woken.set_result(None)
                return


def make_clock(speed: float) -> Clock:
    """Return a clock that runs ``speed`` times as fast as the wall's.

    Parameters
    ----------
    speed
        1 for real time, more for faster, 0 for as fast as the machine can.

    Raises
    ------
    ValueError
        If ``speed`` is negative or not a finite number.
    """
    if not (math.isfinite(speed) and speed >= 0):
        raise ValueError(
            f"a speed is 0 (as fast as the machine can) or a number above it, not {speed}"
        )
    return VirtualClock() if speed == 0 else RealClock(speed)
