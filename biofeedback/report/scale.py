"""From values to places in a picture, and the round values to write beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log, log10


@dataclass(frozen=True, slots=True)
class Scale:
    """Values along a length; ``logarithmic`` where equal ratios are equal steps."""

    low: float
    high: float
    from_px: float
    to_px: float
    logarithmic: bool = False

    def at(self, value: float) -> float:
        """Return where a value lies; beyond the ends it stays at the end."""
        value = min(max(value, self.low), self.high)
        low, high = self.low, self.high
        if self.logarithmic:
            value, low, high = log(value), log(low), log(high)
        share = (value - low) / (high - low) if high > low else 0.5
        return self.from_px + share * (self.to_px - self.from_px)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Return round values within the ends, at most ``most`` of them."""
    if not high > low:
        return [low]
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** floor(log10(rough))
    for times in (1, 2, 5, 10, 20):
        step = times * power
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return [number * step for number in range(first, last + 1)]
    return [low]


def room_around(values: Iterable[float], least: float, pad: float = 0.08) -> tuple[float, float]:
    """Return ends that hold all values with a little room, at least ``least`` apart."""
    known = list(values)
    if not known:
        return 0.0, least
    low, high = min(known), max(known)
    missing = max(0.0, least - (high - low)) / 2
    low, high = low - missing, high + missing
    room = pad * (high - low)
    return low - room, high + room
