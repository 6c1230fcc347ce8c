"""``scan``: the straps that are near."""

from __future__ import annotations

import argparse
import asyncio
import configparser
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from biofeedback.cli.say import CouldNotError, note, say, say_json
from biofeedback.sessions.folder import data_folder
from biofeedback.types import LinkReason
from devices.words import describe

if TYPE_CHECKING:
    from devices.ble import FoundStrap

FIND_S = 12.0
"""A strap that is worn advertises about once a second; this leaves room for a busy radio."""

CHOOSE_S = 1.5
"""After the first strap, another one that is nearer has this long to be seen."""


def run(options: argparse.Namespace) -> int:
    """Carry out ``scan``."""
    found = look(options.seconds)
    if options.json:
        say_json([asdict(strap) for strap in found])
    elif not found:
        raise CouldNotError(_words(LinkReason.NOT_FOUND))
    else:
        for strap in found:
            strength = f"{strap.rssi_dbm} dBm" if strap.rssi_dbm is not None else "connected"
            say(f"{strap.address}  {strap.name or '(no name)'}  {strength}")
    return 0


def look(seconds: float) -> list[FoundStrap]:
    """Return the straps that are near, strongest first.

    Raises
    ------
    CouldNotError
        If Bluetooth can't be used; the message says what to do.
    """
    from devices.ble import BluetoothUnavailableError, scan

    try:
        return asyncio.run(scan(seconds))
    except BluetoothUnavailableError as error:
        raise CouldNotError(_words(error.reason)) from error


def find_strap(source: str) -> str:
    """Make sure the strap of a ``ble:`` source is near; return the source with its address.

    Where any will do, the strap that the window used last goes before a stronger one.

    Raises
    ------
    CouldNotError
        If Bluetooth can't be used, or the strap isn't near.
    """
    from devices.ble import BluetoothUnavailableError

    note("Looking for your strap.")
    try:
        strap = asyncio.run(
            _first(source.removeprefix("ble:").strip().lower(), remembered_strap().lower())
        )
    except BluetoothUnavailableError as error:
        raise CouldNotError(_words(error.reason)) from error
    if strap is None:
        raise CouldNotError(_words(LinkReason.NOT_FOUND))
    return f"ble:{strap.address}"


def remembered_strap() -> str:
    """Return the address of the strap that the window used last; empty if there is none."""
    # the window's file is Qt's, and Qt is too much to load for one line of it
    settings = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        settings.read(Path(data_folder()) / "settings.ini", encoding="utf-8")
        return settings.get("strap", "address", fallback="").strip('"')
    except (OSError, UnicodeDecodeError, configparser.Error):
        return ""


async def _first(address: str, remembered: str = "") -> FoundStrap | None:
    """Return the strap of that address, or one soon after the first was seen.

    Of several that is the one remembered, else the strongest.
    """
    from devices.ble import scan

    seen: dict[str, FoundStrap] = {}
    news = asyncio.Event()

    def on_found(strap: FoundStrap) -> None:
        if not address or strap.address.lower() == address:
            seen[strap.address.lower()] = strap
            news.set()

    scanning = asyncio.create_task(scan(FIND_S, on_found))
    waiting = asyncio.create_task(news.wait())
    try:
        await asyncio.wait({scanning, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if scanning.done():
            scanning.result()  # raises where Bluetooth can't be used
        elif not address and remembered not in seen:
            await asyncio.wait({scanning}, timeout=CHOOSE_S)
    finally:
        for task in (scanning, waiting):
            task.cancel()
        await asyncio.gather(scanning, waiting, return_exceptions=True)
    return seen.get(remembered) or max(seen.values(), key=_strength, default=None)


def _strength(strap: FoundStrap) -> float:
    return strap.rssi_dbm if strap.rssi_dbm is not None else float("-inf")


def _words(reason: LinkReason) -> str:
    words = describe(reason)
    return f"{words.sentence} {words.action}".strip()
