"""Keeps the screen on while somebody practises: what moves slowly is not to go dark in between.

The system is asked, and let go of at Stop, at the end and in a long pause; where the program ends
by a crash, each system lets go by itself. Where nobody can be asked, nothing is said: the screen
then does as it always does.

Linux: ``org.freedesktop.ScreenSaver`` on the session's bus, else the desktop portal's ``Inhibit``;
over a connection of its own, since the answer is bound to it. macOS: ``caffeinate``, which comes
with it. Windows: ``SetThreadExecutionState``.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from biofeedback.types import Paused, Resumed, Update

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

NAME, REASON = "Hand on Heart", "A practice is running"

PAUSE_HOLDS_S = 300.0
"""Whoever grounds or rests in a pause still sees the screen; whoever left need not light it."""

_ANSWER_LIMIT_S = 5.0

_IDLE = 8
"""The portal's flag: the session is not to count as idle."""

_CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x00000001, 0x00000002


class Awake:
    """Keeps the screen on from ``async with`` to its end, long pauses aside.

    Parameters
    ----------
    pause_holds_s
        How long a pause may last before the screen may go dark.
    """

    def __init__(self, pause_holds_s: float = PAUSE_HOLDS_S) -> None:
        self._pause_holds_s = pause_holds_s
        self.held = asyncio.Event()
        """The system has said yes."""
        self._holding: asyncio.Task[None] | None = None
        self._leaving: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        self._keep()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stay()
        holding = self._holding
        self._let_go()
        if holding is not None:
            await asyncio.wait({holding}, timeout=2 * _ANSWER_LIMIT_S)

    def hear(self, update: Update) -> None:
        """Let the screen go dark in a long pause."""
        match update:
            case Paused():
                self._stay()
                loop = asyncio.get_running_loop()
                self._leaving = loop.call_later(self._pause_holds_s, self._let_go)
            case Resumed():
                self._stay()
                self._keep()
            case _:
                pass

    def _keep(self) -> None:
        if self._holding is None:
            self._holding = asyncio.create_task(self._hold())

    def _stay(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None

    def _let_go(self) -> None:
        if self._holding is not None:
            self._holding.cancel()
            self._holding = None

    async def _hold(self) -> None:
        with suppress(OSError):
            async with _asked():
                self.held.set()
                try:
                    await asyncio.Event().wait()
                finally:
                    self.held.clear()


def _asked() -> AbstractAsyncContextManager[None]:
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _mac()
    return _session_bus(os.environ)


# --------------------------------------------------------------------------------- Linux
def bus_address(environment: Mapping[str, str]) -> str:
    """Return where the session's bus is; empty where there is none. None is ever started."""
    named = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    run = environment.get("XDG_RUNTIME_DIR", "")
    if not named and run and (Path(run) / "bus").exists():
        return f"unix:path={run}/bus"
    return named


@asynccontextmanager
async def _session_bus(environment: Mapping[str, str]) -> AsyncIterator[None]:
    """Hold the session awake; an `OSError` says that nobody could be asked."""
    address = bus_address(environment)
    if not address:
        raise FileNotFoundError("no session bus")
    from dbus_fast.aio import MessageBus
    from dbus_fast.errors import DBusFastError

    failed = (DBusFastError, EOFError, TimeoutError)
    bus: MessageBus | None = None
    try:
        bus = MessageBus(bus_address=address)
        async with asyncio.timeout(_ANSWER_LIMIT_S):
            await bus.connect()
            release = await _inhibit(bus)
        try:
            yield
        finally:
            async with asyncio.timeout(_ANSWER_LIMIT_S):
                await bus.call(release)
    except failed as error:
        raise ConnectionError(str(error)) from error
    finally:
        if bus is not None:
            bus.disconnect()


async def _inhibit(bus: MessageBus) -> Message:
    """Ask the screen saver, then the portal; return the call that takes it back."""
    from dbus_fast import Message, MessageType, Variant

    def saver(path: str, member: str, signature: str, body: list[object]) -> Message:
        name = "org.freedesktop.ScreenSaver"
        return Message(name, path, name, member, signature=signature, body=body)

    for path in ("/org/freedesktop/ScreenSaver", "/ScreenSaver"):
        answer = await bus.call(saver(path, "Inhibit", "ss", [NAME, REASON]))
        if answer.message_type is MessageType.METHOD_RETURN and answer.signature == "u":
            return saver(path, "UnInhibit", "u", answer.body)
    portal = "org.freedesktop.portal.Desktop"
    asking = Message(
        destination=portal,
        path="/org/freedesktop/portal/desktop",
        interface="org.freedesktop.portal.Inhibit",
        member="Inhibit",
        signature="sua{sv}",
        body=["", _IDLE, {"reason": Variant("s", REASON)}],
    )
    answer = await bus.call(asking)
    if answer.message_type is not MessageType.METHOD_RETURN or answer.signature != "o":
        raise FileNotFoundError("nobody keeps this screen on")
    return Message(
        destination=portal,
        path=answer.body[0],
        interface="org.freedesktop.portal.Request",
        member="Close",
    )


# --------------------------------------------------------------------- macOS and Windows
@asynccontextmanager
async def _mac() -> AsyncIterator[None]:
    # -w: it ends with this process, however that ends
    process = await asyncio.create_subprocess_exec(
        "/usr/bin/caffeinate", "-d", "-i", "-w", str(os.getpid())
    )
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


@asynccontextmanager
async def _windows() -> AsyncIterator[None]:
    # The state is this thread's, and goes with it.
    if sys.platform == "win32":
        import ctypes

        state = ctypes.windll.kernel32.SetThreadExecutionState
        state(_CONTINUOUS | _SYSTEM | _DISPLAY)
        try:
            yield
        finally:
            state(_CONTINUOUS)
    else:
        yield
