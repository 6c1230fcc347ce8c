"""A scripted org.bluez on a private message bus: bleak's real BlueZ back end without a radio.

Nothing in bleak is patched: DBUS_SYSTEM_BUS_ADDRESS leads it to a dbus-daemon of our own, on
which this module owns the name ``org.bluez``::

    with FakeBluez() as bluez:
        strap = bluez.add_strap("Polar H10 12345678", "F0:9E:1A:00:00:01")
        ...  # use bleak as ever, on any thread
        strap.wait_subscribed()
        strap.notify(HR_MEASUREMENT, bytes([0x10, 60, 0, 4]))
        strap.drop()

The service runs on a thread and loop of its own; its control calls may come from any thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, Self, TypeVar

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from tests.bluez.adapter import FakeAdapter
from tests.bluez.bus import PrivateBus
from tests.bluez.gatt import (
    ADAPTER,
    CHARACTERISTIC,
    DEVICE,
    HEART_RATE_SERVICE,
    NOT_READY,
    OBJECT_MANAGER,
    PROPERTIES,
    Profile,
    strap_profile,
)
from tests.bluez.strap import FakeStrap, Interfaces

P = ParamSpec("P")
T = TypeVar("T")

_CALL_LIMIT_S = 10.0
_ANSWERED = frozenset({OBJECT_MANAGER, PROPERTIES, ADAPTER, DEVICE, CHARACTERISTIC})
_WATCH_NAMES = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'"


class FakeBluez:
    """An org.bluez that does as the test says.

    Parameters
    ----------
    powered
        Whether Bluetooth is on.
    adapter
        Whether there is a Bluetooth adapter at all.
    denied
        Let the bus refuse every call to BlueZ.
    advertise_every_s
        How often straps advertise while somebody scans.

    Attributes
    ----------
    tree
        The objects on the bus: properties by interface by path.
    adapter
        The Bluetooth adapter: who scans, and how it answers.
    straps
        All straps, by their path.
    calls
        Every call so far: path and method.
    bugs
        Exceptions in the fake itself; leaving it raises them.
    """

    def __init__(
        self,
        *,
        powered: bool = True,
        adapter: bool = True,
        denied: bool = False,
        advertise_every_s: float = 0.02,
    ) -> None:
        self.tree: dict[str, Interfaces] = {}
        self.adapter = FakeAdapter(
            self, powered=powered, inserted=adapter, advertise_every_s=advertise_every_s
        )
        self.straps: dict[str, FakeStrap] = {}
        self.calls: list[tuple[str, str]] = []
        self.bugs: list[BaseException] = []
        self._private = PrivateBus(deny_bluez=denied)
        self._changed = threading.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        self._bus: MessageBus | None = None

    # ------------------------------------------------------------------ from any thread
    def __enter__(self) -> Self:
        self._private.start()
        self._private.become_system_bus()
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._main(ready)), name="fake-bluez", daemon=True
        )
        self._thread.start()
        if not ready.wait(_CALL_LIMIT_S):
            raise RuntimeError("the fake org.bluez did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_CALL_LIMIT_S)
        self._private.close()
        if self.bugs:
            raise self.bugs[0]

    def add_strap(
        self,
        name: str = "Polar H10 12345678",
        address: str = "F0:9E:1A:00:00:01",
        *,
        profile: Profile | None = None,
        rssi_dbm: int = -60,
        advertises: tuple[str, ...] = (HEART_RATE_SERVICE,),
        advertising: bool = True,
    ) -> FakeStrap:
        """Put a strap in range."""
        strap = FakeStrap(
            self,
            name,
            address,
            strap_profile() if profile is None else profile,
            rssi_dbm=rssi_dbm,
            advertises=advertises,
            advertising=advertising,
        )
        self.call(self.straps.__setitem__, strap.path, strap)
        return strap

    def set_powered(self, on: bool) -> None:
        """Switch Bluetooth off or on."""
        self.call(self.adapter.set_powered, on)

    def remove_adapter(self) -> None:
        """Pull the Bluetooth adapter out."""
        self.call(self.adapter.remove)

    def insert_adapter(self) -> None:
        """Put the Bluetooth adapter in again."""
        self.call(self.adapter.insert)

    def kill_bus(self) -> None:
        """Let the message bus die, and with it every link that it carried."""
        self._private.kill()

    def revive_bus(self) -> None:
        """Bring the message bus and BlueZ back."""
        self._private.start()
        self._run(self._revive())

    def crash(self) -> None:
        """Let bluetoothd die without a word; the bus lives on."""
        self._run(self._crash())

    def restart(self) -> None:
        """Start bluetoothd again after `crash`."""
        self._run(self._restart())

    def wait_until(self, true: Callable[[], bool], what: str, timeout_s: float = 10.0) -> None:
        """Come back when something on the bus has become true.

        Raises
        ------
        TimeoutError
            If it does not.
        """
        with self._changed:
            if not self._changed.wait_for(true, timeout_s):
                raise TimeoutError(f"waited {timeout_s} s for {what}")

    @property
    def discovering(self) -> dict[str, frozenset[str]]:
        """Who scans, and for which service UUIDs."""
        return self.adapter.discovering

    def count(self, member: str) -> int:
        """How often a method was called."""
        return sum(1 for _, called in self.calls if called == member)

    def call(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something on the service's loop."""

        async def there() -> T:
            return do(*args, **kwargs)

        return self._run(there())

    # -------------------------------------------------------------- on the service's loop
    def add(self, path: str, interfaces: Interfaces) -> None:
        """Put an object on the bus."""
        self.tree.setdefault(path, {}).update(interfaces)
        self._signal("/", OBJECT_MANAGER, "InterfacesAdded", "oa{sa{sv}}", [path, interfaces])

    def remove(self, path: str) -> None:
        """Take an object off the bus."""
        names = list(self.tree.pop(path, {}))
        if names:
            self._signal("/", OBJECT_MANAGER, "InterfacesRemoved", "oas", [path, names])

    def changed(
        self, path: str, interface: str, now: dict[str, Variant], gone: tuple[str, ...] = ()
    ) -> None:
        """Change properties of an object, if it is there."""
        if path not in self.tree:
            return
        properties = self.tree[path][interface]
        properties.update(now)
        for name in gone:
            properties.pop(name, None)
        body = [interface, now, list(gone)]
        self._signal(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)

    def send(self, msg: Message) -> None:
        """Send a message, if there is a bus."""
        if self._bus is not None and self._bus.connected:
            # A bus that is dying refuses, at once or later; nobody is there to mind.
            with contextlib.suppress(OSError):
                self._bus.send(msg).add_done_callback(_forget)
        self.look()

    def later(self, delay_s: float, do: Callable[[], None]) -> None:
        """Do something after a while."""
        self._loop.call_later(delay_s, do)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_CALL_LIMIT_S)

    async def _main(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._fill()
        await self._join()
        advertiser = asyncio.create_task(self.adapter.advertise_for_ever())
        ready.set()
        await self._stop.wait()
        advertiser.cancel()
        await self._leave()

    def _fill(self) -> None:
        self.tree["/org/bluez"] = {"org.bluez.AgentManager1": {}}
        if self.adapter.inserted:
            self.tree[self.adapter.path] = {ADAPTER: self.adapter.properties()}

    async def _join(self) -> None:
        bus = MessageBus(bus_address=self._private.address, negotiate_unix_fd=True)
        await bus.connect()
        self._bus = bus
        bus.add_message_handler(self._on_message)
        await bus.call(
            Message(
                destination="org.freedesktop.DBus",
                path="/org/freedesktop/DBus",
                interface="org.freedesktop.DBus",
                member="AddMatch",
                signature="s",
                body=[_WATCH_NAMES],
            )
        )
        await bus.request_name("org.bluez")

    async def _leave(self) -> None:
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.disconnect()
            # It replays the error of a bus that was killed.
            with contextlib.suppress(EOFError, OSError):
                await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]

    async def _revive(self) -> None:
        await self._leave()
        self._wipe()
        self._fill()
        await self._join()

    async def _crash(self) -> None:
        assert self._bus is not None
        await self._bus.release_name("org.bluez")
        self._wipe()

    async def _restart(self) -> None:
        assert self._bus is not None
        await self._bus.request_name("org.bluez")
        self._fill()
        for path, interfaces in self.tree.items():
            self.add(path, interfaces)

    def _wipe(self) -> None:
        self.tree.clear()
        self.adapter.wipe()
        for strap in self.straps.values():
            strap.wipe()

    def _signal(
        self, path: str, interface: str, member: str, signature: str, body: list[Any]
    ) -> None:
        self.send(Message.new_signal(path, interface, member, signature, body))

    def _on_message(self, msg: Message) -> bool | None:
        if msg.message_type is MessageType.SIGNAL and msg.member == "NameOwnerChanged":
            name, _, now = msg.body
            if not now:
                self._client_gone(name)
            return None
        if msg.message_type is not MessageType.METHOD_CALL or msg.interface not in _ANSWERED:
            return None
        self.calls.append((msg.path or "", msg.member or ""))
        task = asyncio.create_task(self._dispatch(msg))
        self._tasks.add(task)
        task.add_done_callback(self._dispatched)
        return True

    def _client_gone(self, name: str) -> None:
        self.adapter.client_gone(name)
        for strap in self.straps.values():
            strap.client_gone(name)
        self.look()

    def _dispatched(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (bug := task.exception()) is not None:
            self.bugs.append(bug)
        self.look()

    def look(self) -> None:
        """Let those who wait see whether it has come."""
        with self._changed:
            self._changed.notify_all()

    async def _dispatch(self, msg: Message) -> None:
        reply = await self._answer(msg)
        if reply is not None:
            self.send(reply)

    async def _answer(self, msg: Message) -> Message | None:
        if msg.interface == OBJECT_MANAGER:
            return Message.new_method_return(msg, "a{oa{sa{sv}}}", [self.tree])
        path = msg.path or ""
        if path not in self.tree:
            text = f'Method "{msg.member}" on interface "{msg.interface}" doesn\'t exist'
            return Message.new_error(msg, "org.freedesktop.DBus.Error.UnknownObject", text)
        match msg.interface:
            case "org.bluez.Adapter1":
                return await self.adapter.answer(msg)
            case "org.bluez.Device1":
                strap = self.straps[path]
                if not self.adapter.powered:
                    return NOT_READY.reply(msg)
                if msg.member == "Connect":
                    return await strap.connect(msg)
                if msg.member == "Disconnect":
                    return strap.disconnect(msg)
            case "org.bluez.GattCharacteristic1":
                for strap in self.straps.values():
                    for characteristics in strap.profile.values():
                        for characteristic in characteristics:
                            if characteristic.path == path:
                                return strap.gatt_call(characteristic, msg)
        text = f"{msg.interface}.{msg.member}"
        return Message.new_error(msg, "org.freedesktop.DBus.Error.UnknownMethod", text)


def _forget(sending: asyncio.Future[None]) -> None:
    if not sending.cancelled():
        sending.exception()
