"""The screen stays on in a practice: a real private bus, and who keeps screens on as a fake."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus
from pytestqt.qtbot import QtBot

from biofeedback.types import Action, Paused, Resumed
from gui.awake import Awake, bus_address
from gui.bridge import Bridge, Wanted
from tests.bluez.bus import PrivateBus
from tests.gui.test_bridge import SHORT, Heard

SAVER, PORTAL = "org.freedesktop.ScreenSaver", "org.freedesktop.portal.Desktop"
LIMIT_S = 10.0


class FakeKeeper:
    """Owns the name of who keeps screens on, and takes down what is asked of it."""

    def __init__(self, address: str, name: str) -> None:
        self.calls: list[tuple[str, list[object]]] = []
        self.senders: list[str] = []
        self._news = asyncio.Event()
        self._name = name
        self.bus = MessageBus(bus_address=address)

    async def start(self) -> None:
        await self.bus.connect()
        self.bus.add_message_handler(self._answer)
        await self.bus.request_name(self._name)

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        if message.member not in {"Inhibit", "UnInhibit", "Close"}:
            return None
        self.calls.append((message.member, list(message.body)))
        self.senders.append(message.sender or "")
        self._news.set()
        if message.member != "Inhibit":
            return Message.new_method_return(message)
        if self._name == SAVER:
            return Message.new_method_return(message, "u", [4_000_000_000])
        return Message.new_method_return(message, "o", ["/org/freedesktop/portal/request/1"])

    async def until(self, n_calls: int) -> None:
        async with asyncio.timeout(LIMIT_S):
            while len(self.calls) < n_calls:
                self._news.clear()
                await self._news.wait()

    @property
    def members(self) -> list[str]:
        return [member for member, _ in self.calls]

    async def gone(self, sender: str) -> None:
        """Wait until a connection has left the bus: who keeps screens on lets go of its wishes."""
        async with asyncio.timeout(LIMIT_S):
            while True:
                asked = Message(
                    "org.freedesktop.DBus",
                    "/org/freedesktop/DBus",
                    "org.freedesktop.DBus",
                    "NameHasOwner",
                    signature="s",
                    body=[sender],
                )
                answer = await self.bus.call(asked)
                if not answer.body[0]:
                    return


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    made = PrivateBus()
    made.start()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
    yield made
    made.close()


@asynccontextmanager
async def keeper(bus: PrivateBus, name: str = SAVER) -> AsyncIterator[FakeKeeper]:
    made = FakeKeeper(bus.address, name)
    await made.start()
    try:
        yield made
    finally:
        made.bus.disconnect()


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def limited() -> None:
        async with asyncio.timeout(30):
            await test()

    asyncio.run(limited())


def test_it_is_asked_for_at_the_beginning_and_taken_back_at_the_end(bus: PrivateBus) -> None:
    async def test() -> None:
        async with keeper(bus) as saver:
            async with Awake() as awake:
                await awake.held.wait()
            assert saver.members == ["Inhibit", "UnInhibit"]
            assert saver.calls[0][1][0] == "Hand on Heart"
            assert saver.calls[1][1] == [4_000_000_000]
            await saver.gone(saver.senders[0])

    run(test)


def test_a_long_pause_lets_the_screen_go_dark_and_going_on_lights_it(bus: PrivateBus) -> None:
    async def test() -> None:
        async with keeper(bus) as saver, Awake(pause_holds_s=0.0) as awake:
            await awake.held.wait()
            awake.hear(Paused(1.0))
            await saver.until(2)
            awake.hear(Resumed(2.0))
            await saver.until(3)
            assert saver.members == ["Inhibit", "UnInhibit", "Inhibit"]

    run(test)


def test_a_short_pause_changes_nothing(bus: PrivateBus) -> None:
    async def test() -> None:
        async with keeper(bus) as saver:
            async with Awake() as awake:
                await awake.held.wait()
                awake.hear(Paused(1.0))
                awake.hear(Resumed(2.0))
            assert saver.members == ["Inhibit", "UnInhibit"]

    run(test)


def test_without_a_screen_saver_the_portal_is_asked(bus: PrivateBus) -> None:
    async def test() -> None:
        async with keeper(bus, PORTAL) as portal:
            async with Awake() as awake:
                await awake.held.wait()
            assert portal.members == ["Inhibit", "Close"]
            assert portal.calls[0][1][1] == 8

    run(test)


def test_a_crash_takes_it_back_by_itself(bus: PrivateBus) -> None:
    code = "import asyncio; from gui.awake import Awake\nasync def main():\n"
    code += "    async with Awake():\n        await asyncio.Event().wait()\nasyncio.run(main())"

    async def test() -> None:
        async with keeper(bus) as saver:
            process = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
            try:
                await saver.until(1)
            finally:
                process.kill()
                await process.wait()
            await saver.gone(saver.senders[0])
            assert saver.members == ["Inhibit"]

    run(test)


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all", "no address"])
def test_where_nobody_can_be_asked_nothing_is_said(
    address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")

    async def test() -> None:
        async with Awake() as awake:
            awake.hear(Resumed(1.0))

    run(test)
    assert capfd.readouterr() == ("", "")


def test_a_bus_without_anybody_on_it_is_the_same(bus: PrivateBus) -> None:
    async def test() -> None:
        async with Awake():
            pass

    run(test)


def test_the_bus_is_found_where_the_system_keeps_it(tmp_path: Path) -> None:
    assert bus_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    (tmp_path / "bus").touch()
    assert bus_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"
    assert bus_address({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/a"}) == "unix:path=/a"


def test_a_practice_in_the_window_keeps_the_screen_on_until_stop(
    bus: PrivateBus, qtbot: QtBot, home: object
) -> None:
    bridge = Bridge()
    heard = Heard(bridge)

    async def test() -> None:
        async with keeper(bus) as saver:
            bridge.practise(Wanted("sim:7", SHORT, 1.0))
            await saver.until(1)
            bridge.act(Action.STOP)
            await saver.gone(saver.senders[0])

    run(test)
    qtbot.waitUntil(lambda: bool(heard.ended), timeout=10_000)
    bridge.close()
