"""``doctor``: what works here, what doesn't, and what helps."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from biofeedback.cli.say import note, say, say_json
from biofeedback.cli.scan import remembered_strap
from biofeedback.engine import Engine
from biofeedback.ports import Clock, Source
from biofeedback.sessions.backups import backups
from biofeedback.sessions.errors import DamagedStoreError, LockedStoreError, StorageError
from biofeedback.sessions.folder import data_folder
from biofeedback.sessions.store import Store
from biofeedback.types import (
    Choices,
    LinkChanged,
    LinkReason,
    Metrics,
    PulseSeen,
    Strap,
    StrapKind,
    StrapRecognised,
    Update,
)
from devices.words import FAIR_SHARE, LOW_BATTERY_PCT, Notice, Words, describe, signal_words

if TYPE_CHECKING:
    from devices.link import FoundStrap

LISTEN_S = 45.0
"""Within this a strap is recognised at any heart rate from 40 beats a minute on."""

LOOK_S = 8.0
CONNECT_S = 30.0
"""How long the search, and then the connection, may take."""

_DETAILS_S = 8.0  # What a strap says of itself comes within this, or hardly ever.
_FAINT_DBM = -88


class Answer(StrEnum):
    """What came of a check."""

    OK = "ok"
    ATTENTION = "attention"
    UNKNOWN = "could not check"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes
    ----------
    name
        What: data, window, sound, voice, bluetooth, strap, intervals, signal or battery.
    answer
        What came of it.
    words
        A sentence, and a way forward that is empty where none is called for.
    needed
        Whether a practice with a strap can't do without it.
    """

    name: str
    answer: Answer
    words: Words
    needed: bool = False


def run(options: argparse.Namespace) -> int:
    """Carry out ``doctor``."""
    checks = []
    for check in examine(options.seconds):
        checks.append(check)
        if not options.json:
            _tell(check)
    fine = all(check.answer is Answer.OK or not check.needed for check in checks)
    if options.json:
        say_json({"ok": fine, "checks": [_plain(check) for check in checks]})
    else:
        say()
        say(
            "All that a practice with a strap needs works."
            if fine
            else "A practice with a strap is not possible yet; `hand-on-heart demo` needs none."
        )
    return 0 if fine else 1


def examine(seconds: float) -> Iterator[Check]:
    """Look at one thing after the other; each is told as soon as it is known.

    Parameters
    ----------
    seconds
        How long to listen to a strap at most.
    """
    yield data_check()
    yield window_check()
    yield sound_check()
    yield voice_check()
    bluetooth, found = bluetooth_check(min(LOOK_S, seconds))
    yield bluetooth
    if bluetooth.answer is not Answer.OK:
        return
    chosen = choose(found, remembered_strap())
    yield strap_check(found, chosen)
    if chosen is not None:
        yield from _listening_checks(chosen, seconds)


# --------------------------------------------------------------------- this computer
def data_check() -> Check:
    """See whether sessions can be kept, and whether those that are can be read."""
    try:
        folder = data_folder()
        # it only looks: what was deleted can be brought back still
        with Store.open(folder, keep_deleted=True) as store:
            found = store.check()
            kept = store.n_sessions() if not found else 0
        there = backups(folder)
    except LockedStoreError:
        words = Words(f"Sessions are kept in {folder}, locked with your passphrase.", "")
        return Check("data", Answer.OK, words, needed=True)
    except DamagedStoreError as error:
        # a practice begins a fresh file and goes on
        return Check("data", Answer.ATTENTION, Words(str(error), ""))
    except StorageError as error:
        return Check("data", Answer.ATTENTION, Words(str(error), ""), needed=True)
    if found:
        words = Words(
            f"The file of sessions in {folder} is damaged.",
            "`hand-on-heart store check` says where, `hand-on-heart store restore newest` puts a "
            "backup in place.",
        )
        return Check("data", Answer.ATTENTION, words)
    newest = f"; newest backup {there[0].day}" if there else ""
    words = Words(f"Sessions are kept in {folder} ({kept} so far{newest}).", "")
    return Check("data", Answer.OK, words, needed=True)


def window_check() -> Check:
    """See whether a window can open, without touching Qt."""
    from gui.system import display_available, missing_libraries

    if find_spec("PySide6") is None:
        words = Words(
            "The library of the window (PySide6) is not installed.",
            "Install it, or practise in the terminal: add --headless.",
        )
        return Check("window", Answer.ATTENTION, words)
    if not display_available():
        words = Words(
            "There is no display to open a window on.", "Practices run in the terminal instead."
        )
        return Check("window", Answer.ATTENTION, words)
    missing = missing_libraries()
    if missing:
        words = Words(
            f"The window needs {missing[0][0]}, which is not installed.",
            "On Debian or Ubuntu: apt install " + " ".join(package for _, package in missing),
        )
        return Check("window", Answer.ATTENTION, words)
    return Check("window", Answer.OK, Words("A window can open.", ""))


def sound_check() -> Check:
    """See whether there is something to play on; a practice does without."""
    from biofeedback.cli.sound import sound_words

    works, words = sound_words()
    if works is None:
        return Check("sound", Answer.UNKNOWN, words)
    return Check("sound", Answer.OK if works else Answer.ATTENTION, words)


def voice_check() -> Check:
    """See whether lines can be spoken; they are on the screen anyway."""
    from biofeedback.cli.voice import voice_words

    works, words = voice_words()
    if works is None:
        return Check("voice", Answer.UNKNOWN, words)
    return Check("voice", Answer.OK if works else Answer.ATTENTION, words)


# ------------------------------------------------------------------------- Bluetooth
def bluetooth_check(seconds: float) -> tuple[Check, list[FoundStrap]]:
    """See whether Bluetooth can be used, and which straps are near, strongest first."""
    try:
        from devices.ble import BluetoothUnavailableError, scan
    except ImportError:
        words = Words("The library for Bluetooth (bleak) is not installed.", "Install it.")
        return Check("bluetooth", Answer.UNKNOWN, words, needed=True), []
    note(f"Looking for straps for {seconds:g} s. Put yours on: it wakes up on the skin.")
    try:
        found = asyncio.run(scan(seconds))
    except BluetoothUnavailableError as error:
        words = describe(error.reason)
        return Check("bluetooth", Answer.ATTENTION, words, needed=True), []
    return Check("bluetooth", Answer.OK, Words("Bluetooth is on.", ""), needed=True), found


def choose(found: list[FoundStrap], remembered: str) -> FoundStrap | None:
    """Return the strap that was used last if it is near, else the strongest."""
    for strap in found:
        if strap.address.lower() == remembered.lower():
            return strap
    return found[0] if found else None


def strap_check(found: list[FoundStrap], chosen: FoundStrap | None) -> Check:
    """Say which straps are near."""
    if chosen is None:
        return Check("strap", Answer.ATTENTION, describe(LinkReason.NOT_FOUND), needed=True)
    names = ", ".join(
        (strap.name or strap.address)
        + (f" ({strap.rssi_dbm} dBm)" if strap.rssi_dbm is not None else "")
        for strap in found
    )
    near = "1 strap is near" if len(found) == 1 else f"{len(found)} straps are near"
    faint = chosen.rssi_dbm is not None and chosen.rssi_dbm < _FAINT_DBM
    words = Words(f"{near}: {names}.", "Its signal is faint: sit closer." if faint else "")
    return Check("strap", Answer.OK, words, needed=True)


# ------------------------------------------------------------------------- listening
class Heard:
    """What a strap said while it was listened to."""

    def __init__(self) -> None:
        self.n_packets = 0
        self.up_s: float | None = None
        self.strap: Strap | None = None
        self.link: LinkReason | None = LinkReason.SEARCHING
        self.contact: bool | None = None
        self.kind = StrapKind.UNKNOWN
        self.clear_share: float | None = None

    def take(self, update: Update) -> None:
        """Take note of one update."""
        match update:
            case LinkChanged(t_s, strap, reason):
                self.link = reason
                if strap is not None:
                    self.strap = strap
                    self.up_s = t_s if self.up_s is None else self.up_s
            case PulseSeen(_, _, contact, _):
                self.n_packets += 1
                self.contact = contact
            case StrapRecognised(_, kind):
                self.kind = kind
            case Metrics() if not update.reason.endswith("_rr"):
                self.clear_share = 1 - update.artefact_fraction
            case _:
                pass

    def is_enough(self, now_s: float) -> bool:
        """Tell whether all is known that can be."""
        told = self.strap is not None and self.strap.battery_pct is not None
        waited = self.up_s is not None and now_s >= self.up_s + _DETAILS_S
        return self.kind is not StrapKind.UNKNOWN and (told or waited)


async def listen(open_source: Callable[[Clock], Source], clock: Clock, seconds: float) -> Heard:
    """Listen to a strap until all is known, or for ``seconds`` once it is connected."""
    heard, engine, connected = Heard(), Engine(Choices()), asyncio.Event()
    events = open_source(clock).events()

    async def read() -> None:
        async for event in events:
            for update in engine.step(event):
                heard.take(update)
            if heard.up_s is not None:
                connected.set()
            if heard.is_enough(event.t_s):
                return

    reading = asyncio.create_task(read())
    try:
        await _first(reading, connected.wait(), clock.sleep_until(clock.now_s() + CONNECT_S))
        if heard.up_s is not None:
            await _first(reading, clock.sleep_until(heard.up_s + seconds))
        if reading.done():
            reading.result()
    finally:
        reading.cancel()
        await asyncio.wait({reading})
        if hasattr(events, "aclose"):
            await events.aclose()
    return heard


async def _first(reading: asyncio.Task[None], *others: Coroutine[Any, Any, object]) -> None:
    """Come back when one of them is done; the others, but for ``reading``, are let go."""
    tasks = {asyncio.ensure_future(other) for other in others}
    await asyncio.wait({reading, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


def _listening_checks(chosen: FoundStrap, seconds: float) -> Iterator[Check]:
    from devices.ble import BleSource
    from devices.clock import RealClock

    name = chosen.name or chosen.address
    note(f"Listening to {name} for up to {seconds:g} s. Sit still.")
    heard = asyncio.run(
        listen(lambda clock: BleSource(chosen.address, clock), RealClock(), seconds)
    )
    yield from heard_checks(heard)


def heard_checks(heard: Heard) -> Iterator[Check]:
    """Say what a strap gives, how good its signal is, and how full its battery."""
    if not heard.n_packets:
        words = describe(heard.link or LinkReason.STALLED)
        yield Check("intervals", Answer.ATTENTION, words, needed=True)
    elif heard.kind is StrapKind.UNKNOWN:
        words = Words(
            "It sends its heart rate; what its intervals are is not clear yet.",
            "Sit still and listen longer: hand-on-heart doctor --seconds 90",
        )
        yield Check("intervals", Answer.UNKNOWN, words)
    else:
        true = heard.kind is StrapKind.TRUE_RR
        answer = Answer.OK if true else Answer.ATTENTION
        yield Check("intervals", answer, describe(heard.kind), needed=True)
    if heard.n_packets:
        yield _signal_check(heard)
    yield _battery_check(heard.strap.battery_pct if heard.strap else None)


def _signal_check(heard: Heard) -> Check:
    words = signal_words(
        contact=heard.contact, clear_share=heard.clear_share, link=heard.link, battery_pct=None
    )[0]
    if heard.link is not None or heard.contact is False:
        return Check("signal", Answer.ATTENTION, words, needed=True)
    if heard.clear_share is None:
        return Check("signal", Answer.UNKNOWN, Words("There were no beats to judge it by.", ""))
    fair = heard.clear_share >= FAIR_SHARE
    return Check("signal", Answer.OK if fair else Answer.ATTENTION, words)


def _battery_check(percent: int | None) -> Check:
    if percent is None:
        words = Words("The strap did not say how full its battery is.", "")
        return Check("battery", Answer.UNKNOWN, words)
    if percent <= LOW_BATTERY_PCT:
        return Check("battery", Answer.ATTENTION, describe(Notice.LOW_BATTERY))
    return Check("battery", Answer.OK, Words(f"The strap's battery is at {percent} %.", ""))


# --------------------------------------------------------------------------- telling
def _tell(check: Check) -> None:
    say(f"{check.answer:<15}  {check.name:<9}  {check.words.sentence}")
    if check.words.action:
        say(" " * 28 + check.words.action)


def _plain(check: Check) -> dict[str, str | bool]:
    return {
        "name": check.name,
        "answer": check.answer.value,
        "sentence": check.words.sentence,
        "action": check.words.action,
        "needed": check.needed,
    }
