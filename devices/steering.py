"""Steering a simulated heart while it beats: calmer, more tense, a restless strap, a lost link.

Whoever steers (a panel of the demo, a script) may do so from any thread. The source takes what
was asked for at its next step, notes when that was, and goes on: packets are made, sent and
recorded as ever, so that a recorded session replays without knowing that anybody steered. The
notes make it repeatable: the same seed, the same guide and the same notes give the same bytes.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

MOST_TENSE = 3
"""How many steps of tension there are each way from the heart as it is."""


class Steer(StrEnum):
    """What can be asked of a simulated heart, its person and its strap.

    ``CALMER`` and ``TENSER`` move the person one step of seven; ``AS_IT_WAS`` undoes them. The
    others switch something on until their opposite is asked for: a strap that sits loose on
    somebody who moves (``STRAP_RESTLESS``, ``STRAP_STILL``), and the link (``LINK_LOST``,
    ``LINK_BACK``).
    """

    CALMER = "calmer"
    TENSER = "tenser"
    AS_IT_WAS = "as_it_was"
    STRAP_RESTLESS = "strap_restless"
    STRAP_STILL = "strap_still"
    LINK_LOST = "link_lost"
    LINK_BACK = "link_back"


@dataclass(frozen=True, slots=True)
class Steered:
    """That something was asked for, and the session time at which it took effect.

    Raises
    ------
    ValueError
        If the time is not finite.
    """

    t_s: float
    steer: Steer

    def __post_init__(self) -> None:
        if not math.isfinite(self.t_s):
            raise ValueError(f"a heart is steered at a finite time, not at {self.t_s} s")


@dataclass(frozen=True, slots=True)
class SteeringState:
    """What holds.

    Attributes
    ----------
    tension
        Steps from the heart as it is: below 0 calmer, above 0 more tense, at most `MOST_TENSE`
        either way.
    strap_restless
        Whether the strap sits loose and its wearer moves.
    link_lost
        Whether the link is kept from coming back.
    """

    tension: int = 0
    strap_restless: bool = False
    link_lost: bool = False

    def after(self, steer: Steer) -> SteeringState:
        """Return what holds once ``steer`` was asked for."""
        match steer:
            case Steer.CALMER:
                return replace(self, tension=max(-MOST_TENSE, self.tension - 1))
            case Steer.TENSER:
                return replace(self, tension=min(MOST_TENSE, self.tension + 1))
            case Steer.AS_IT_WAS:
                return replace(self, tension=0)
            case Steer.STRAP_RESTLESS | Steer.STRAP_STILL:
                return replace(self, strap_restless=steer is Steer.STRAP_RESTLESS)
            case Steer.LINK_LOST | Steer.LINK_BACK:
                return replace(self, link_lost=steer is Steer.LINK_LOST)


class Steering:
    """What is asked of one simulated heart.

    Make one, hand it to `devices.opening.open_source` (or `devices.simulator.SimulatedSource`)
    and keep it: `steer` and `state` may be used from any thread, before, during and after.

    Parameters
    ----------
    script
        What was asked for in advance, such as another's `log`, in any order.

    Examples
    --------
    >>> steering = Steering()
    >>> steering.steer(Steer.CALMER)
    >>> steering.state.tension
    -1
    """

    def __init__(self, script: Iterable[Steered] = ()) -> None:
        self._lock = threading.Lock()
        self._script = sorted(script, key=lambda steered: -steered.t_s)
        self._asked: list[Steer] = []
        self._wanted = self._holds = SteeringState()
        self._log: list[Steered] = []

    def steer(self, steer: Steer) -> None:
        """Ask for something; it takes effect within a second of session time."""
        with self._lock:
            self._asked.append(steer)
            self._wanted = self._wanted.after(steer)

    @property
    def state(self) -> SteeringState:
        """What holds, with what was asked for and has yet to take effect."""
        with self._lock:
            return self._wanted

    @property
    def log(self) -> tuple[Steered, ...]:
        """What took effect, and when: a script that steers another heart the same way."""
        with self._lock:
            return tuple(self._log)

    def reach(self, t_s: float) -> SteeringState:
        """Let what is due take effect at ``t_s``. The source calls it at each step, in order."""
        with self._lock:
            while self._script and self._script[-1].t_s <= t_s:
                self._take(t_s, self._script.pop().steer)
            asked, self._asked = self._asked, []
            for steer in asked:
                self._take(t_s, steer)
            self._wanted = self._holds
            return self._holds

    def _take(self, t_s: float, steer: Steer) -> None:
        self._holds = self._holds.after(steer)
        self._log.append(Steered(t_s, steer))
