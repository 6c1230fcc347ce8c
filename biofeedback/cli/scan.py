"""``scan``: the straps that are near."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING

from biofeedback.cli.say import CouldNotError, note, say, say_json
from biofeedback.types import LinkReason
from devices.words import describe

if TYPE_CHECKING:
    from devices.ble import FoundStrap

FIND_S = 12.0
"""A strap that is worn advertises about once a second; this leaves room for a busy radio."""


def run(options: argparse.Namespace) -> int:
    """Carry out ``scan``."""
    found = look(options.seconds)
    if options.json:
        say_json([asdict(strap) for strap in found])
    elif not found:
        raise CouldNotError(_words(LinkReason.NOT_FOUND))
    else:
        for strap in found:
            say(f"{strap.address}  {strap.name or '(no name)'}  {strap.rssi_dbm} dBm")
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

    Raises
    ------
    CouldNotError
        If Bluetooth can't be used, or the strap isn't near.
    """
    note("Looking for your strap.")
    wanted = source.removeprefix("ble:")
    found = look(FIND_S)
    for strap in found:
        if not wanted or strap.address.lower() == wanted.lower():
            return f"ble:{strap.address}"
    raise CouldNotError(_words(LinkReason.NOT_FOUND))


def _words(reason: LinkReason) -> str:
    words = describe(reason)
    return f"{words.sentence} {words.action}".strip()
