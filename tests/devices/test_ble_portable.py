"""A strap over virtual radios: what must hold on every system, whatever its Bluetooth."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from biofeedback.hrm import decode
from biofeedback.types import Event, LinkLost, LinkReason, LinkUp, Packet, Strap
from devices.ble import BleSource, scan
from devices.clock import RealClock
from devices.link import LinkTiming
from tests.bluez.listening import BRIEF_SCAN, QUICK, SPEED
from tests.bumble_radio.radio import Air
from tests.bumble_radio.strap import VirtualStrap

NAME, ADDRESS = "Polar H10 12345678", "F0:9E:1A:00:00:01"
OTHER = "F0:9E:1A:00:00:02"
_LIMIT_S = 20.0
_LEAVING_S = 10.0

Scenario = Callable[[Air], Coroutine[Any, Any, None]]


class Heard:
    """What a source has said so far."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.news = asyncio.Condition()

    @property
    def packets(self) -> list[bytes]:
        return [event.payload for event in self.events if isinstance(event, Packet)]

    @property
    def reasons(self) -> list[LinkReason]:
        return [event.reason for event in self.events if isinstance(event, LinkLost)]

    @property
    def ups(self) -> list[Strap]:
        return [event.strap for event in self.events if isinstance(event, LinkUp)]

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(_LIMIT_S), self.news:
            await self.news.wait_for(true)


@asynccontextmanager
async def listening(address: str | None = None, timing: LinkTiming = QUICK):  # type: ignore[no-untyped-def]
    heard = Heard()
    source = BleSource(address, RealClock(SPEED), timing=timing)

    async def read() -> None:
        async with aclosing(source.events()) as events:
            async for event in events:
                async with heard.news:
                    heard.events.append(event)
                    heard.news.notify_all()

    reading = asyncio.create_task(read())
    try:
        yield heard
        if reading.done():
            reading.result()
    finally:
        reading.cancel()
        _, hanging = await asyncio.wait({reading}, timeout=_LEAVING_S)
        assert not hanging, "it would not leave"


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[[Scenario], None]:
    def run(scenario: Scenario) -> None:
        async def main() -> None:
            air = Air()
            air.install(monkeypatch)
            await air.switch_on()
            before = asyncio.all_tasks()
            await scenario(air)
            left = [t for t in asyncio.all_tasks() - before if "bumble" not in str(t.get_coro())]
            assert left == []

        asyncio.run(main())

    return run


async def sends(strap: VirtualStrap, heard: Heard, count: int) -> None:
    """See that packets come through now, and that all so far came once and in order."""
    for _ in range(count):
        number = len(strap.sent)
        await strap.send(60 + number % 60, (1.0, (100 + number) / 1024))
    await heard.until(lambda: len(heard.packets) >= len(strap.sent))
    assert heard.packets == strap.sent


def test_it_searches_connects_says_who_it_is_and_streams(play: Callable[[Scenario], None]) -> None:
    async def scenario(air: Air) -> None:
        strap = VirtualStrap(air, NAME, ADDRESS)
        await strap.wake()
        async with listening() as heard:
            await heard.until(lambda: len(heard.ups) == 2)
            await sends(strap, heard, 20)
        assert heard.ups == [
            Strap(ADDRESS, NAME),
            Strap(ADDRESS, NAME, 87, "chest", "Polar Electro Oy", "H10"),
        ]
        assert heard.reasons == [LinkReason.SEARCHING, LinkReason.CONNECTING]
        assert not strap.connected

    play(scenario)


def test_what_another_stack_encodes_is_what_we_read(play: Callable[[Scenario], None]) -> None:
    async def scenario(air: Air) -> None:
        strap = VirtualStrap(air)
        await strap.wake()
        async with listening() as heard:
            await heard.until(lambda: bool(heard.ups))
            await strap.send(72, (0.8125, 0.875))
            await strap.send(300, ())
            await heard.until(lambda: len(heard.packets) == 2)
        first, second = map(decode, heard.packets)
        assert (first.hr_bpm, first.rr_ticks, first.contact) == (72, (832, 896), True)
        assert (second.hr_bpm, second.rr_ticks) == (300, ())

    play(scenario)


def test_drops_heal_and_no_packet_is_lost_or_doubled(play: Callable[[Scenario], None]) -> None:
    async def scenario(air: Air) -> None:
        strap = VirtualStrap(air)
        await strap.wake()
        async with listening() as heard:
            for drops in range(4):
                await heard.until(lambda n=drops: heard.reasons.count(LinkReason.CONNECTING) > n)
                await heard.until(lambda: isinstance(heard.events[-1], LinkUp | Packet))
                await sends(strap, heard, 3)
                await strap.drop()
                await heard.until(lambda n=drops: heard.reasons.count(LinkReason.DROPPED) > n)
        assert len(strap.sent) == 12

    play(scenario)


def test_a_strap_that_went_away_is_looked_for_until_it_is_back(
    play: Callable[[Scenario], None],
) -> None:
    async def scenario(air: Air) -> None:
        strap = VirtualStrap(air)
        await strap.wake()
        async with listening(timing=BRIEF_SCAN) as heard:
            await heard.until(lambda: bool(heard.ups))
            await sends(strap, heard, 3)
            await strap.vanish()
            await heard.until(lambda: LinkReason.NOT_FOUND in heard.reasons)
            ups = len(heard.ups)
            await strap.appear()
            await heard.until(lambda: len(heard.ups) > ups)
            await sends(strap, heard, 3)

    play(scenario)


def test_a_silent_strap_is_let_go_and_connected_again(play: Callable[[Scenario], None]) -> None:
    async def scenario(air: Air) -> None:
        strap = VirtualStrap(air)
        await strap.wake()
        async with listening(timing=replace(QUICK, stall_s=30.0)) as heard:
            await heard.until(lambda: bool(heard.ups))
            await sends(strap, heard, 2)
            await heard.until(lambda: LinkReason.STALLED in heard.reasons)
            ups = len(heard.ups)
            await heard.until(lambda: len(heard.ups) > ups)
            await sends(strap, heard, 2)

    play(scenario)


def test_the_strap_that_was_asked_for_is_used(play: Callable[[Scenario], None]) -> None:
    async def scenario(air: Air) -> None:
        mine, theirs = VirtualStrap(air, NAME, ADDRESS), VirtualStrap(air, NAME, OTHER)
        await theirs.wake()
        await mine.wake()
        async with listening(ADDRESS) as heard:
            await heard.until(lambda: bool(heard.ups))
            await sends(mine, heard, 2)
            assert not theirs.connected

    play(scenario)


def test_a_device_without_heart_rate_is_let_go(play: Callable[[Scenario], None]) -> None:
    async def scenario(air: Air) -> None:
        scales = VirtualStrap(air, "Scales", with_heart_rate=False)
        await scales.wake()
        async with listening() as heard:
            await heard.until(lambda: LinkReason.NO_HEART_RATE in heard.reasons)
        assert not scales.connected

    play(scenario)


def test_a_strap_that_says_nothing_of_itself_streams(play: Callable[[Scenario], None]) -> None:
    async def scenario(air: Air) -> None:
        strap = VirtualStrap(air, with_details=False)
        await strap.wake()
        async with listening() as heard:
            await heard.until(lambda: bool(heard.ups))
            await sends(strap, heard, 3)

    play(scenario)


def test_a_scan_finds_straps_by_service(play: Callable[[Scenario], None]) -> None:
    async def scenario(air: Air) -> None:
        await VirtualStrap(air, NAME, ADDRESS).wake()
        await VirtualStrap(air, "TICKR", OTHER).wake()
        found = await scan(40.0, clock=RealClock(SPEED))
        assert {(strap.address, strap.name) for strap in found} == {
            (ADDRESS, NAME),
            (OTHER, "TICKR"),
        }

    play(scenario)
