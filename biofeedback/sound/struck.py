"""What is struck and rings: the bowl, and the short notes that answer a key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log, pi, tau

import numpy as np

from biofeedback.sound.control import BLOCK, Samples

_ENDS_AT = 0.003
"""A strike is over when it has come down to this share of itself."""

_LAST_FADE_S = 0.3
_CHOKE_S = 0.2
_TOO_SOON_S = 0.25


@dataclass(frozen=True, slots=True)
class Strike:
    """How something sounds that is struck.

    Attributes
    ----------
    partials
        Frequency in Hz, amplitude, and time constant of its decay in s; amplitudes add up to 1.
    attack_s
        How long it takes to come, so that it never startles.
    level
        Its amplitude, 0..1.
    after_s
        How long after the call it sounds.
    """

    partials: tuple[tuple[float, float, float], ...]
    attack_s: float
    level: float
    after_s: float = 0.0

    @property
    def length_s(self) -> float:
        """How long it can be heard."""
        return self.attack_s - log(_ENDS_AT) * max(decay for _, _, decay in self.partials)


def _bowl(hz: float, level: float) -> Strike:
    """Return a bowl: each mode is a pair, close enough to beat slowly."""
    return Strike(
        (
            (hz, 0.34, 4.2),
            (hz + 0.55, 0.26, 4.2),
            (hz * 2.76, 0.16, 2.1),
            (hz * 2.76 + 0.9, 0.12, 2.1),
            (hz * 5.18, 0.12, 0.9),
        ),
        attack_s=0.06,
        level=level,
    )


def _note(hz: float, after_s: float = 0.0) -> Strike:
    return Strike(((hz, 0.9, 0.30), (2 * hz, 0.1, 0.15)), 0.04, 0.11, after_s)


PHASE_BOWL = (_bowl(233.1, 0.2),)
END_BOWL = (_bowl(174.6, 0.16),)
"""The last one is lower and softer."""

PAUSED = (_note(392.0), _note(293.7, 0.22))
RESUMED = (_note(293.7), _note(392.0, 0.22))
GROUNDED = (_note(220.0), _note(220.0, 0.45))
STOPPED = (_note(261.6),)


@dataclass(slots=True)
class _Ringing:
    strike: Strike
    began: int
    choked: int | None = None


class Struck:
    """Rings whatever has been struck.

    Parameters
    ----------
    rate_hz
        Frames a second.
    """

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._frame = 0
        self._ringing: list[_Ringing] = []
        self._struck_frame: int | None = None

    def strike(self, strikes: tuple[Strike, ...], gain: float) -> None:
        """Strike; what still rings makes room. Blows that follow at once count as one."""
        soon = round(_TOO_SOON_S * self._rate_hz)
        if self._struck_frame is not None and self._frame - self._struck_frame < soon:
            return
        self._struck_frame = self._frame
        for each in self._ringing:
            each.choked = each.choked if each.choked is not None else self._frame
        for strike in strikes:
            began = self._frame + round(strike.after_s * self._rate_hz)
            louder = replace(strike, level=strike.level * gain)
            self._ringing.append(_Ringing(louder, began))

    def render(self) -> Samples:
        """Sound one block."""
        sound = np.zeros(BLOCK)
        frames = self._frame + np.arange(BLOCK)
        for each in self._ringing:
            sound += self._ring(each, frames)
        self._frame += BLOCK
        self._ringing = [each for each in self._ringing if not self._over(each)]
        return sound

    @property
    def still(self) -> bool:
        """Whether nothing rings."""
        return not self._ringing

    def _ring(self, ringing: _Ringing, frames: np.ndarray) -> Samples:
        strike = ringing.strike
        t_s = np.maximum(frames - ringing.began, 0) / self._rate_hz
        rise = np.sin(pi / 2 * np.minimum(1.0, t_s / strike.attack_s)) ** 2
        last = np.clip((strike.length_s - t_s) / _LAST_FADE_S, 0.0, 1.0)
        sound = np.zeros(len(frames))
        for hz, amplitude, decay_s in strike.partials:
            sound += amplitude * np.exp(-t_s / decay_s) * np.sin(tau * hz * t_s)
        sound *= strike.level * rise * last
        if ringing.choked is not None:
            since_s = np.maximum(frames - ringing.choked, 0) / self._rate_hz
            sound *= np.exp(-since_s / _CHOKE_S)
        return sound

    def _over(self, ringing: _Ringing) -> bool:
        if (self._frame - ringing.began) / self._rate_hz >= ringing.strike.length_s:
            return True
        if ringing.choked is None:
            return False
        return (self._frame - ringing.choked) / self._rate_hz >= -2 * log(_ENDS_AT) * _CHOKE_S
