"""Plain words for every state of the link: what is the matter, and one way forward.

The window and the command line say the same. A sentence tells, an action offers; both are at
most `MAX_CHARS` long, so that they fit a line.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum

from biofeedback.types import LinkReason

MAX_CHARS = 90
"""Longest sentence or action."""

LOW_BATTERY_PCT = 15
"""At this charge of its battery and below, a strap may not last a session."""


class Notice(StrEnum):
    """What is worth saying while the strap is connected."""

    NO_RR = "no_rr"
    CONTACT_LOST = "contact_lost"
    LOW_BATTERY = "low_battery"


@dataclass(frozen=True, slots=True)
class Words:
    """What is the matter, in one sentence, and what helps, in another."""

    sentence: str
    action: str


_EVERYWHERE: dict[LinkReason | Notice, Words] = {
    LinkReason.SEARCHING: Words(
        "Looking for your strap.",
        "Put it on and moisten the electrodes: it wakes up on the skin.",
    ),
    LinkReason.CONNECTING: Words(
        "Found your strap. Connecting.",
        "This takes a few seconds. Stay near the computer.",
    ),
    LinkReason.NOT_FOUND: Words(
        "No strap found yet. Still looking.",
        "Moisten it, put it on, and close other apps that use it, on a phone or watch too.",
    ),
    LinkReason.DROPPED: Words(
        "The strap has lost touch. Connecting again by itself.",
        "Come a little nearer to the computer. The practice goes on.",
    ),
    LinkReason.STALLED: Words(
        "The strap is connected but has gone silent. Trying again.",
        "Moisten the electrodes and tighten the strap. The practice goes on.",
    ),
    LinkReason.CONNECT_FAILED: Words(
        "The strap was found, but the connection did not work. Trying again.",
        "Close other apps that use it. If it goes on: take the strap off for a minute.",
    ),
    LinkReason.NO_HEART_RATE: Words(
        "This device does not send a heart rate that can be read here.",
        "Choose another device, or turn on heart-rate broadcast in its settings.",
    ),
    LinkReason.FINISHED: Words(
        "The recording has come to its end.",
        "Start it again, or choose another source, whenever you like.",
    ),
    Notice.NO_RR: Words(
        "This strap sends a heart rate, but not the time between beats.",
        "Heart rate is shown; the finer figures need a chest strap that sends RR intervals.",
    ),
    Notice.CONTACT_LOST: Words(
        "The strap does not feel your skin.",
        "Moisten the electrodes and tighten the strap a little.",
    ),
    Notice.LOW_BATTERY: Words(
        "The battery of the strap is low.",
        "This session may still work. Have a new battery ready for the next one.",
    ),
}

_LINUX, _MACOS, _WINDOWS = "linux", "darwin", "win32"
_BY_PLATFORM: dict[LinkReason, tuple[str, dict[str, str]]] = {
    LinkReason.BLUETOOTH_OFF: (
        "Bluetooth is switched off on this computer.",
        {
            _LINUX: "Turn it on in the system settings, or type: bluetoothctl power on",
            _MACOS: "Turn it on in the menu bar or in System Settings, under Bluetooth.",
            _WINDOWS: "Turn it on in Settings, under Bluetooth & devices.",
        },
    ),
    LinkReason.BLUETOOTH_DENIED: (
        "This program may not use Bluetooth on this computer.",
        {
            _LINUX: "Join the group that may: sudo usermod -aG bluetooth $USER, then log in again.",
            _MACOS: "Allow it in System Settings, under Privacy & Security, Bluetooth.",
            _WINDOWS: "Allow it in Settings, under Privacy & security, Radios.",
        },
    ),
    LinkReason.BLUETOOTH_ABSENT: (
        "No Bluetooth answers on this computer.",
        {
            _LINUX: "Plug in an adapter, or start the service: sudo systemctl start bluetooth",
            _MACOS: "Restart the computer, or practise with the simulated heart.",
            _WINDOWS: "Plug in a Bluetooth adapter, or practise with the simulated heart.",
        },
    ),
}


def describe(reason: LinkReason | Notice, platform: str = sys.platform) -> Words:
    """Say what a reason means and what helps.

    Parameters
    ----------
    reason
        Why no packets arrive, or what is worth saying though they do.
    platform
        The system to speak of, as `sys.platform` names it; an unknown one gets the words
        for Linux.

    Returns
    -------
    Words
        One sentence and one action.
    """
    if isinstance(reason, LinkReason) and reason in _BY_PLATFORM:
        sentence, actions = _BY_PLATFORM[reason]
        return Words(sentence, actions.get(platform, actions[_LINUX]))
    return _EVERYWHERE[reason]
