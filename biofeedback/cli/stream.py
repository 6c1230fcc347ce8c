"""``stream``: let other programs listen in."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from biofeedback.cli.kept import open_store
from biofeedback.cli.say import CouldNotError, note
from biofeedback.cli.scan import find_strap
from biofeedback.engine import Engine
from biofeedback.outlets.telling import SCHEMA, Outlet, OutletError, Told, told_of, told_of_samples
from biofeedback.ports import Clock, Source
from biofeedback.signals.sensor_samples import SensorReader
from biofeedback.types import (
    BreathPhase,
    Choices,
    Event,
    LinkLost,
    LinkReason,
    SensorFrame,
    SensorStream,
)
from devices.clock import make_clock
from devices.opening import SourceError, open_source

_LISTENING_ALONE = Choices(guide_id="own", quiet_s=0.0, wait_for_heart=True)
"""No guide: nobody is led, and no figure is held against a pace that nobody sees."""


def run(options: argparse.Namespace) -> int:
    """Carry out ``stream``."""
    spec = options.source
    if spec.startswith("ble:"):
        if options.speed not in (None, 1):
            raise CouldNotError("A strap runs in real time: leave --speed out.")
        spec = find_strap(spec)
    clock = make_clock(1.0 if options.speed is None else options.speed)
    with ExitStack() as stack:
        source = _open(spec, clock, stack, with_sensors=options.sensors)
        outlets = _open_outlets(options, clock, stack)
        note(_greeting(options))
        asyncio.run(_stream(source, clock, outlets, options.seconds))
    return 0


def _open(spec: str, clock: Clock, stack: ExitStack, *, with_sensors: bool) -> Source:
    load = None
    if spec.strip().lower().startswith("replay:"):
        load = stack.enter_context(open_store()).events
    try:
        return open_source(spec, clock, _no_guide, load_session=load, with_sensors=with_sensors)
    except SourceError as error:
        raise CouldNotError(str(error)) from error


def _no_guide(_t_s: float) -> BreathPhase | None:
    return None


def _open_outlets(options: argparse.Namespace, clock: Clock, stack: ExitStack) -> list[Outlet]:
    speed = 1.0 if options.speed is None else options.speed

    def ago(t_s: float) -> float:
        return max(0.0, (clock.now_s() - t_s) / speed) if speed else 0.0

    outlets: list[Outlet] = []
    for way in dict.fromkeys(options.to or ["jsonl"]):
        try:
            outlets.append(_outlet(way, options, ago))
        except OutletError as error:
            raise CouldNotError(str(error)) from error
        stack.callback(outlets[-1].close)
    return outlets


def _outlet(way: str, options: argparse.Namespace, ago: Callable[[float], float]) -> Outlet:
    if way == "osc":
        from biofeedback.outlets.osc import Osc

        return Osc(options.host, options.port)
    if way == "lsl":
        from biofeedback.outlets.lsl import Lsl

        return Lsl(ago, with_sensors=options.sensors, network=options.network)
    from biofeedback.outlets.json_lines import JsonLines

    return JsonLines(sys.stdout)


def _greeting(options: argparse.Namespace) -> str:
    ways = dict.fromkeys(options.to or ["jsonl"])
    leaves = options.network if "lsl" in ways else False
    if "osc" in ways and options.host not in ("127.0.0.1", "::1", "localhost"):
        leaves = True
    told = "Heartbeats go out, and nothing is kept here. Ctrl+C stops."
    if leaves:
        told += " They leave this computer, and anybody on the network can read them."
    return told


async def _stream(
    source: Source, clock: Clock, outlets: list[Outlet], seconds: float | None
) -> None:
    """Tell everybody everything, until the source ends or somebody stops it."""
    began_s = clock.now_s()
    teller = _Teller(outlets, source)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    before: dict[signal.Signals, Any] = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(ValueError):  # not the main thread: whoever owns it decides
            before[number] = signal.signal(
                number, lambda *_: loop.call_soon_threadsafe(stopped.set)
            )
    reading = asyncio.create_task(teller.read(source.events()))
    stopping: set[asyncio.Task[Any]] = {asyncio.create_task(stopped.wait())}
    if seconds is not None:
        stopping.add(asyncio.create_task(_after(clock, began_s + seconds)))
    try:
        await asyncio.wait({reading, *stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended_by_itself = reading.done()
        for task in (reading, *stopping):
            task.cancel()
        await asyncio.wait({reading, *stopping})
        for number, handler in before.items():
            signal.signal(number, handler)
    if not reading.cancelled():
        reading.result()
    teller.end(finished=ended_by_itself)


async def _after(clock: Clock, t_s: float) -> None:
    await clock.sleep_until(t_s)


class _Teller:
    """Turns a source's events into what is told."""

    def __init__(self, outlets: list[Outlet], source: Source) -> None:
        self._outlets = outlets
        self._engine = Engine(_LISTENING_ALONE)
        self._readers = {stream: SensorReader(stream) for stream in SensorStream}
        self._reached_s = 0.0
        self._tell(
            {
                "type": "begin",
                "t_s": 0.0,
                "schema": SCHEMA,
                "program": f"hand-on-heart {_version()}",
                "source": source.label.partition(":")[0],
                "started_at": datetime.now().astimezone().isoformat(),
            }
        )

    async def read(self, events: AsyncIterator[Event]) -> None:
        """Read to the end; let go of the source in any case."""
        try:
            async for event in events:
                self._take(event)
        finally:
            if hasattr(events, "aclose"):
                await events.aclose()

    def end(self, *, finished: bool) -> None:
        """Tell the last beats, and that it is over."""
        for update in self._engine.finish(self._reached_s):
            self._tell(told_of(update))
        reason = "finished" if finished else "stopped"
        self._tell({"type": "end", "t_s": self._reached_s, "reason": reason})

    def _take(self, event: Event) -> None:
        self._reached_s = max(self._reached_s, event.t_s)
        if isinstance(event, SensorFrame):
            reader = self._readers[event.stream]
            samples = reader.step(event)
            if samples is not None:
                self._tell(told_of_samples(event.stream, samples, reader.rate_hz))
            return
        if isinstance(event, LinkLost):
            for reader in self._readers.values():
                reader.gap()
            if event.reason is LinkReason.FINISHED:
                return  # the end says so
        for update in self._engine.step(event):
            self._tell(told_of(update))

    def _tell(self, told: Told | None) -> None:
        if told is not None:
            for outlet in self._outlets:
                outlet.tell(told)


def _version() -> str:
    try:
        return version("hand-on-heart")
    except PackageNotFoundError:
        return "(not installed)"
