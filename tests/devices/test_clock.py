"""Session time: real, sped up, and virtual."""

from __future__ import annotations

import asyncio
import math
import threading
import time

import pytest

from devices.clock import RealClock, VirtualClock, make_clock


def test_speed_zero_makes_a_virtual_clock_and_any_other_a_real_one() -> None:
    assert isinstance(make_clock(0), VirtualClock)
    assert isinstance(make_clock(1), RealClock)
    assert isinstance(make_clock(0.5), RealClock)


@pytest.mark.parametrize("speed", [-1.0, -0.001, math.nan, math.inf, -math.inf])
def test_a_speed_that_is_no_speed_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        make_clock(speed)


@pytest.mark.parametrize("speed", [0.0, -1.0, math.nan])
def test_a_real_clock_refuses_to_stand_still(speed: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        RealClock(speed)


def test_a_real_clock_runs_as_many_times_faster_as_asked() -> None:
    clock = RealClock(1000)

    async def sleep() -> float:
        await clock.sleep_until(20.0)
        return clock.now_s()

    before_s = time.monotonic()
    reached_s = asyncio.run(sleep())
    assert reached_s >= 20.0
    assert time.monotonic() - before_s < 5.0


def test_a_real_clock_comes_back_at_once_when_the_time_has_passed() -> None:
    clock = RealClock(1)

    async def sleep() -> float:
        before_s = time.monotonic()
        await clock.sleep_until(-100.0)
        return time.monotonic() - before_s

    assert asyncio.run(sleep()) < 1.0


def test_virtual_time_jumps_to_exactly_the_time_asked_for() -> None:
    clock = VirtualClock()

    async def sleep() -> list[float]:
        seen = []
        for t_s in (0.1, 3600.0, 86400.7):
            await clock.sleep_until(t_s)
            seen.append(clock.now_s())
        return seen

    assert asyncio.run(sleep()) == [0.1, 3600.0, 86400.7]


def test_virtual_time_never_goes_back() -> None:
    clock = VirtualClock()

    async def sleep() -> float:
        await clock.sleep_until(10.0)
        await clock.sleep_until(3.0)
        return clock.now_s()

    assert asyncio.run(sleep()) == 10.0


@pytest.mark.parametrize("t_s", [math.nan, math.inf])
def test_a_time_that_never_comes_is_refused(t_s: float) -> None:
    with pytest.raises(ValueError, match="no clock reaches"):
        asyncio.run(VirtualClock().sleep_until(t_s))


def test_sleepers_wake_in_order_of_time_each_at_its_own() -> None:
    clock = VirtualClock()
    woken: list[tuple[str, float, float]] = []

    async def walker(name: str, step_s: float, steps: int) -> None:
        for step in range(1, steps + 1):
            await clock.sleep_until(step * step_s)
            woken.append((name, step * step_s, clock.now_s()))

    async def both() -> None:
        await asyncio.gather(walker("slow", 1.0, 30), walker("fast", 0.3, 100))

    asyncio.run(both())
    assert len(woken) == 130
    assert all(asked_s == seen_s for _, asked_s, seen_s in woken)
    times = [seen_s for _, _, seen_s in woken]
    assert times == sorted(times)


def test_whoever_a_sleeper_feeds_gets_its_turn_before_time_moves_on() -> None:
    clock = VirtualClock()

    async def both() -> list[tuple[float, float]]:
        queue: asyncio.Queue[float] = asyncio.Queue()
        seen: list[tuple[float, float]] = []

        async def feed() -> None:
            for step in range(1, 21):
                await clock.sleep_until(float(step))
                await queue.put(clock.now_s())

        async def read() -> None:
            while len(seen) < 20:
                sent_s = await queue.get()
                seen.append((sent_s, clock.now_s()))

        await asyncio.gather(feed(), read())
        return seen

    assert all(sent_s == read_s for sent_s, read_s in asyncio.run(both()))


def test_others_get_a_turn_when_no_time_has_to_pass() -> None:
    clock = VirtualClock()

    async def both() -> bool:
        turned = asyncio.Event()
        asyncio.get_running_loop().call_soon(turned.set)
        await clock.sleep_until(0.0)
        return turned.is_set()

    assert asyncio.run(both())


def test_a_cancelled_sleeper_moves_no_time() -> None:
    clock = VirtualClock()

    async def cancel() -> float:
        task = asyncio.ensure_future(clock.sleep_until(1e6))
        await asyncio.sleep(0)
        task.cancel()
        await clock.sleep_until(5.0)
        for _ in range(20):
            await asyncio.sleep(0)
        return clock.now_s()

    assert asyncio.run(cancel()) == 5.0


def test_a_virtual_clock_starts_again_after_everybody_slept() -> None:
    clock = VirtualClock()

    async def twice() -> float:
        await clock.sleep_until(1.0)
        for _ in range(20):
            await asyncio.sleep(0)
        await clock.sleep_until(2.0)
        return clock.now_s()

    assert asyncio.run(twice()) == 2.0


def test_a_virtual_clock_outlives_a_loop_that_was_closed_in_the_middle() -> None:
    clock = VirtualClock()

    async def leave_a_sleeper() -> None:
        task = asyncio.ensure_future(clock.sleep_until(1.0))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(leave_a_sleeper())

    async def sleep() -> float:
        await asyncio.wait_for(clock.sleep_until(2.0), timeout=5.0)
        return clock.now_s()

    assert asyncio.run(sleep()) == 2.0


def test_any_thread_may_ask_for_the_time() -> None:
    for clock in (RealClock(10), VirtualClock()):
        seen: list[float] = []
        thread = threading.Thread(target=lambda c=clock, s=seen: s.append(c.now_s()))
        thread.start()
        thread.join()
        assert 0.0 <= seen[0] <= clock.now_s()
