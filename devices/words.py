"""Plain words for every state of the link: what is the matter, and one way forward.

The window and the command line say the same. A sentence tells, an action offers; both are at
most `MAX_CHARS` long, so that they fit a line.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum

from biofeedback.types import LinkReason, StrapKind

MAX_CHARS = 90
"""Longest sentence or action."""

LOW_BATTERY_PCT = 15
"""At this charge of its battery and below, a strap may not last a session."""

CLEAR_SHARE, FAIR_SHARE, POOR_SHARE = 0.98, 0.95, 0.8
"""Shares of clear beats in the last minute. A movement costs a beat or two; below the second one
figures are withheld (`biofeedback.signals.live.MAX_FLAGGED`); below the third, contact is poor."""


class Notice(StrEnum):
    """What is worth saying while the strap is connected."""

    NO_RR = "no_rr"
    CONTACT_LOST = "contact_lost"
    LOW_BATTERY = "low_battery"


@dataclass(frozen=True, slots=True)
class Words:
    """What is the matter, in one sentence, and what helps, in another.

    Attributes
    ----------
    template
        The sentence; ``{percent}`` in it stands for a number.
    action
        Only `signal_words` leaves it empty, where there is nothing to do.
    percent
        That number, 0..100; None where the sentence has none.
    """

    template: str
    action: str
    percent: int | None = None

    @property
    def sentence(self) -> str:
        """The sentence with its number."""
        return self.template.format(percent=self.percent)


_EVERYWHERE: dict[LinkReason | Notice | StrapKind, Words] = {
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
    LinkReason.SLEPT: Words(
        "This computer was asleep. Connecting again by itself.",
        "Nothing to do. The practice goes on from here.",
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
    StrapKind.UNKNOWN: Words(
        "What this strap gives is not clear yet.",
        "Keep it on for a minute, and sit still.",
    ),
    StrapKind.TRUE_RR: Words(
        "This strap measures each heartbeat.",
        "All figures can be shown.",
    ),
    StrapKind.SMOOTHED: Words(
        "This strap sends averages over many heartbeats, not each one.",
        "Heart rate is shown; an ECG chest strap gives the finer figures too.",
    ),
    StrapKind.CONSTANT: Words(
        "This strap sends the same time between beats again and again.",
        "Heart rate is shown. Moisten and tighten it; if that changes nothing, try another.",
    ),
    StrapKind.DERIVED: Words(
        "This strap reckons the time between beats from its heart rate.",
        "Heart rate is shown; a chest strap that measures each beat gives the finer figures.",
    ),
    StrapKind.FILLER: Words(
        "This strap sends fixed numbers in place of the time between beats.",
        "Heart rate is shown; the finer figures come with a chest strap that measures beats.",
    ),
}
_EVERYWHERE[StrapKind.NONE] = _EVERYWHERE[Notice.NO_RR]

_CONNECTED = Words("The strap is connected.", "")
_ON_SKIN = Words("The strap feels your skin.", "")
_CLEAR = Words("{percent} % of the last minute's beats are clear.", "")
_CHARGE = Words("The strap's battery is at {percent} %.", "")
_MOISTEN, _TIGHTEN, _SIT_STILL = (
    "Moisten the electrodes.",
    "Tighten the strap.",
    "Sit still for a moment.",
)

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


def describe(reason: LinkReason | Notice | StrapKind, platform: str = sys.platform) -> Words:
    """Say what a reason means and what helps.

    Parameters
    ----------
    reason
        Why no packets arrive, what is worth saying though they do, or what the strap gives.
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


def every_text() -> tuple[str, ...]:
    """Return each sentence and action that can be told, on any system: what a translator needs."""
    words = (*_EVERYWHERE.values(), _CONNECTED, _ON_SKIN, _CLEAR, _CHARGE)
    texts = [text for each in words for text in (each.template, each.action)]
    for sentence, actions in _BY_PLATFORM.values():
        texts += [sentence, *actions.values()]
    texts += [_MOISTEN, _TIGHTEN, _SIT_STILL]
    return tuple(dict.fromkeys(text for text in texts if text))


def signal_words(
    *,
    contact: bool | None,
    clear_share: float | None,
    link: LinkReason | None,
    battery_pct: int | None,
) -> tuple[Words, ...]:
    """Say how good the signal is, what matters most first; what isn't known is left out.

    Parameters
    ----------
    contact
        Whether the strap feels the skin; None where it can't tell.
    clear_share
        Share of the last minute's beats that are clear, 0..1 (1 - `Metrics.artefact_fraction`).
    link
        Why no packets arrive; None while they do. Then the rest of the signal is past.
    battery_pct
        Charge of the strap's battery in percent.

    Returns
    -------
    tuple of Words
        Each with an action that is empty where there is nothing to do.
    """
    if link is not None:
        return (describe(link), *_battery_words(battery_pct))
    told = [_CONNECTED]
    if contact is False:
        told.insert(0, describe(Notice.CONTACT_LOST))
    else:
        if contact:
            told.append(_ON_SKIN)
        if clear_share is not None:
            told.insert(0, _clear_words(clear_share))
    return (*told, *_battery_words(battery_pct))


def _clear_words(share: float) -> Words:
    # rounded down, so that no unclear beat hides behind a 100
    percent = int(share * 100 + 1e-9)
    action = ""
    if share < POOR_SHARE:
        action = _MOISTEN
    elif share < FAIR_SHARE:
        action = _TIGHTEN
    elif share < CLEAR_SHARE:
        action = _SIT_STILL
    return Words(_CLEAR.template, action, percent)


def _battery_words(percent: int | None) -> tuple[Words, ...]:
    if percent is None:
        return ()
    if percent <= LOW_BATTERY_PCT:
        return (describe(Notice.LOW_BATTERY),)
    return (Words(_CHARGE.template, "", percent),)
