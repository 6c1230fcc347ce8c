"""The rules of the link to a strap: where it stands, what it says, and when it tries again.

No Bluetooth in here, no clock and no waiting. Whoever carries the rules out tells `Link` what
happened and when, then does what `Link.state` asks for until something else happens:

==========  =================================================================
scanning    look for straps; choose one with `Link.choose`
connecting  connect to it and subscribe
streaming   take its packets; watch the time with `Link.until_s`
stalled     let go of a link that is up but silent, or from before a sleep
waiting     do nothing until `Link.until_s`, so as not to hammer a tired radio
off         Bluetooth is switched off; look again at `Link.until_s`
denied      Bluetooth is not permitted; look again at `Link.until_s`
absent      there is no Bluetooth; look again at `Link.until_s`
idle        nothing: not begun, or over
==========  =================================================================
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from biofeedback.types import LinkReason


class LinkState(StrEnum):
    """Where the link stands."""

    IDLE = "idle"
    SCANNING = "scanning"
    CONNECTING = "connecting"
    STREAMING = "streaming"
    STALLED = "stalled"
    WAITING = "waiting"
    OFF = "off"
    DENIED = "denied"
    ABSENT = "absent"


class Happening(StrEnum):
    """What can happen to a link."""

    OPENED = "opened"
    LOOKING = "looking"
    FOUND = "found"
    CONNECTED = "connected"
    PACKET = "packet"
    TIME_UP = "time_up"
    FAILED = "failed"
    NO_HEART_RATE = "no_heart_rate"
    DROPPED = "dropped"
    SLEPT = "slept"
    RELEASED = "released"
    OFF = "off"
    DENIED = "denied"
    ABSENT = "absent"
    CLOSED = "closed"


class _Keep:
    """The reason that was given before still holds."""


_KEEP = _Keep()
_S, _H, _R = LinkState, Happening, LinkReason
_NO_BLUETOOTH: dict[Happening, tuple[LinkState, LinkReason]] = {
    _H.OFF: (_S.OFF, _R.BLUETOOTH_OFF),
    _H.DENIED: (_S.DENIED, _R.BLUETOOTH_DENIED),
    _H.ABSENT: (_S.ABSENT, _R.BLUETOOTH_ABSENT),
}

# The rules: in this state, when this happens, go there and say this.
RULES: dict[tuple[LinkState, Happening], tuple[LinkState, LinkReason | _Keep | None]] = {
    (_S.IDLE, _H.OPENED): (_S.SCANNING, _R.SEARCHING),
    # What went wrong says more than "searching" does, so it stays until something is found.
    (_S.SCANNING, _H.LOOKING): (_S.SCANNING, _KEEP),
    (_S.SCANNING, _H.FOUND): (_S.CONNECTING, _R.CONNECTING),
    (_S.SCANNING, _H.TIME_UP): (_S.WAITING, _R.NOT_FOUND),
    (_S.SCANNING, _H.FAILED): (_S.WAITING, _R.NOT_FOUND),
    (_S.CONNECTING, _H.CONNECTED): (_S.STREAMING, None),
    (_S.CONNECTING, _H.TIME_UP): (_S.WAITING, _R.CONNECT_FAILED),
    (_S.CONNECTING, _H.FAILED): (_S.WAITING, _R.CONNECT_FAILED),
    (_S.CONNECTING, _H.NO_HEART_RATE): (_S.WAITING, _R.NO_HEART_RATE),
    (_S.STREAMING, _H.PACKET): (_S.STREAMING, None),
    (_S.STREAMING, _H.DROPPED): (_S.WAITING, _R.DROPPED),
    (_S.STREAMING, _H.TIME_UP): (_S.STALLED, _R.STALLED),
    # Whatever the system says of a link that was up before the computer slept, it is made afresh.
    (_S.STREAMING, _H.SLEPT): (_S.STALLED, _R.SLEPT),
    (_S.STALLED, _H.RELEASED): (_S.WAITING, _KEEP),
    (_S.WAITING, _H.TIME_UP): (_S.SCANNING, _KEEP),
    **{(_S.SCANNING, happening): after for happening, after in _NO_BLUETOOTH.items()},
    **{(_S.CONNECTING, happening): after for happening, after in _NO_BLUETOOTH.items()},
    **{(state, _H.TIME_UP): (_S.SCANNING, _KEEP) for state, _ in _NO_BLUETOOTH.values()},
    **{(state, _H.CLOSED): (_S.IDLE, None) for state in LinkState},
}

_BLUETOOTH_REASONS = frozenset(reason for _, reason in _NO_BLUETOOTH.values())


@dataclass(frozen=True, slots=True)
class FoundStrap:
    """A strap that advertises heart rate, or that this computer already holds.

    Attributes
    ----------
    address
        Bluetooth address (a UUID on macOS).
    name
        Advertised name; may be empty.
    rssi_dbm
        Signal strength in dBm, nearer to 0 is stronger; None where the system doesn't say.
    """

    address: str
    name: str
    rssi_dbm: int | None


class BluetoothUnavailableError(OSError):
    """Bluetooth can't be used now; ``reason`` has its words in `devices.words`."""

    def __init__(self, reason: LinkReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class LinkRuleError(Exception):
    """Something happened that can't happen in this state: a mistake in the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTiming:
    """How long each part may take, in seconds of session time.

    Attributes
    ----------
    scan_s
        A search that found nothing for so long says so, and goes on.
    choose_s
        After the first strap others get so long to show up, where any strap will do.
    connect_s
        To connect and subscribe.
    stall_s
        No packet for so long while connected: the link is taken for dead. Straps send
        about one a second.
    watch_s
        Between two looks at whether the computer slept, while packets come.
    sleep_s
        Two looks that are so far apart had a sleep between them, or a standstill.
    read_s
        To read one thing that the strap says of itself.
    rest_s
        Between two searches.
    look_again_s
        Between two looks at a Bluetooth that is off, denied or absent.
    backoff_first_s, backoff_cap_s
        Wait after the first failure in a row, and the longest; it doubles in between.
    jitter
        Up to this part of each such wait is left out at random, so that two programs that
        failed together don't go on failing together. 0..1.
    """

    scan_s: float = 10.0
    choose_s: float = 2.0
    connect_s: float = 20.0
    stall_s: float = 8.0
    watch_s: float = 1.0
    sleep_s: float = 6.0
    read_s: float = 5.0
    rest_s: float = 1.0
    look_again_s: float = 3.0
    backoff_first_s: float = 1.0
    backoff_cap_s: float = 15.0
    jitter: float = 0.25


class Link:
    """A link to one strap, as a state machine over `RULES`.

    Parameters
    ----------
    timing
        How long each part may take.
    chance
        Where the jitter comes from; seed it to repeat a run.
    address
        The strap to link to; None for any, and then the first that sends stays the one.
    name_hint
        A name to prefer where any strap will do.

    Attributes
    ----------
    state
        Where the link stands.
    reason
        Why no packets arrive; None while they do, and when idle.
    until_s
        When `Happening.TIME_UP` is due, unless something happens first; None when idle.
    choose_at_s
        While scanning: when to call `choose` again, though nothing new was seen.
    failures
        Attempts in a row that led to no packet.
    ask_held
        Whether straps that this computer says it holds already are worth a try. A strap
        that was left connected does not advertise; but after a failure the computer's
        word may be out of date.
    address
        The strap to link to, if it is settled.
    """

    def __init__(
        self,
        timing: LinkTiming | None = None,
        *,
        chance: random.Random | None = None,
        address: str | None = None,
        name_hint: str = "",
    ) -> None:
        self._timing = timing or LinkTiming()
        self._chance = chance or random.Random()
        self._name_hint = name_hint
        self._refusals: dict[str, int] = {}
        self._trying: str | None = None
        self._sent_packets = False
        self.state = LinkState.IDLE
        self.reason: LinkReason | None = None
        self.until_s: float | None = None
        self.choose_at_s: float | None = None
        self.failures = 0
        self.ask_held = True
        self.address = address

    def on(self, happening: Happening, t_s: float) -> None:
        """Take in what happened.

        Parameters
        ----------
        happening
            What happened.
        t_s
            When, in seconds of session time.

        Raises
        ------
        LinkRuleError
            If that can't happen in this state: whoever carries the rules out lost its way.
        """
        rule = RULES.get((self.state, happening))
        if rule is None:
            raise LinkRuleError(f"'{happening}' cannot happen to a link that is {self.state}")
        before = self.state
        self.state, reason = rule
        if not isinstance(reason, _Keep):
            self.reason = reason
        elif happening is Happening.LOOKING and self.reason in _BLUETOOTH_REASONS:
            # The scan runs, so Bluetooth is back, and that is worth saying at once.
            self.reason = LinkReason.SEARCHING
        self.choose_at_s = None
        wait_s = self._learn(before, happening)
        self.until_s = None if wait_s is None else t_s + wait_s

    def found(self, strap: FoundStrap, t_s: float) -> None:
        """Take in that ``strap`` was chosen: `Happening.FOUND`, and whom it was."""
        self.on(Happening.FOUND, t_s)
        self._trying = strap.address

    def choose(self, seen: Iterable[FoundStrap], t_s: float) -> FoundStrap | None:
        """Choose the strap to connect to, or None to go on looking.

        A strap that was asked for, or that sent packets before, is the only one that will
        do. Where any will do, others get `LinkTiming.choose_s` to show up; then those that
        refused come last, a name that was hinted at comes first, then the strongest.

        Parameters
        ----------
        seen
            What was seen since this search began.
        t_s
            Now.
        """
        if self.address is not None:
            return next((strap for strap in seen if _same(strap.address, self.address)), None)
        best = min(seen, key=self._rank, default=None)
        if best is None:
            return None
        if self.choose_at_s is None:
            last_s = t_s if self.until_s is None else self.until_s
            self.choose_at_s = min(t_s + self._timing.choose_s, last_s)
        hoped_for = self._is_hinted(best) and best.address not in self._refusals
        return best if hoped_for or t_s >= self.choose_at_s else None

    def _is_hinted(self, strap: FoundStrap) -> bool:
        return bool(self._name_hint) and _same(strap.name, self._name_hint)

    def _rank(self, strap: FoundStrap) -> tuple[int, bool, float, str]:
        weakness_dbm = math.inf if strap.rssi_dbm is None else -strap.rssi_dbm
        refusals = self._refusals.get(strap.address, 0)
        return (refusals, not self._is_hinted(strap), weakness_dbm, strap.address)

    def _learn(self, before: LinkState, happening: Happening) -> float | None:
        """Remember what counts for later; return how long the new state may last."""
        timing = self._timing
        match self.state:
            case LinkState.SCANNING:
                self._trying = None
                return timing.scan_s
            case LinkState.CONNECTING:
                self._sent_packets = False
                return timing.connect_s
            case LinkState.STREAMING:
                if happening is Happening.PACKET and not self._sent_packets:
                    self._sent_packets = True
                    self.failures = 0
                    self.ask_held = True
                    self._refusals.clear()
                    # In a room with several straps a person stays with the one they began with.
                    self.address = self.address or self._trying
                return timing.stall_s
            case LinkState.WAITING:
                if before is LinkState.SCANNING and happening is Happening.TIME_UP:
                    self.ask_held = True
                    return timing.rest_s
                if before is not LinkState.SCANNING and self._sent_packets:
                    # It worked until now: most drops heal at the first try.
                    return 0.0
                return self._back_off()
            case LinkState.OFF | LinkState.DENIED | LinkState.ABSENT:
                return timing.look_again_s
            case LinkState.STALLED:
                return 0.0
            case LinkState.IDLE:
                self.failures = 0
                self._refusals.clear()
                return None

    def _back_off(self) -> float:
        self.failures += 1
        if self._trying is not None:
            self._refusals[self._trying] = self._refusals.get(self._trying, 0) + 1
            self.ask_held = False
        # The exponent is bounded: a night of failures would overflow a float.
        doubled_s = self._timing.backoff_first_s * 2.0 ** min(self.failures - 1, 30)
        wait_s = min(self._timing.backoff_cap_s, doubled_s)
        return wait_s * (1 - self._timing.jitter * self._chance.random())


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
