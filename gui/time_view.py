"""Which part of a session a picture shows: zoomed and moved, never beyond its ends."""

from __future__ import annotations

from dataclasses import dataclass

LEAST_SPAN_S = 10.0
"""A few heartbeats wide: nearer there is nothing more to see."""

ZOOM = 1.6
"""One step of looking closer."""


@dataclass(slots=True)
class TimeView:
    """A window on a time that runs from 0 to ``duration_s``.

    Attributes
    ----------
    duration_s
        Of the session.
    from_s, to_s
        What is shown.
    """

    duration_s: float = 0.0
    from_s: float = 0.0
    to_s: float = 0.0

    def whole(self) -> None:
        """Show all of it."""
        self.from_s, self.to_s = 0.0, self.duration_s

    @property
    def span_s(self) -> float:
        """How much is shown."""
        return self.to_s - self.from_s

    @property
    def is_whole(self) -> bool:
        """Whether all of it is shown."""
        return self.span_s >= self.duration_s

    def zoom(self, steps: float, around_s: float) -> None:
        """Look closer by so many steps, or with less than 0 further; ``around_s`` stays put."""
        if self.span_s <= 0:
            return
        span_s = min(max(LEAST_SPAN_S, self.span_s / ZOOM**steps), self.duration_s)
        around_s = min(max(around_s, self.from_s), self.to_s)
        part = (around_s - self.from_s) / self.span_s
        self._place(around_s - part * span_s, span_s)

    def pan(self, by_s: float) -> None:
        """Move along by so many seconds, as far as there is anything."""
        self._place(self.from_s + by_s, self.span_s)

    def show(self, t_s: float) -> None:
        """Move just as far as it takes to have ``t_s`` in sight, with a little room."""
        room_s = 0.08 * self.span_s
        if t_s < self.from_s + room_s:
            self._place(t_s - room_s, self.span_s)
        elif t_s > self.to_s - room_s:
            self._place(t_s + room_s - self.span_s, self.span_s)

    def part(self, t_s: float) -> float:
        """Return where ``t_s`` lies, 0 at the beginning of what is shown and 1 at its end."""
        return (t_s - self.from_s) / self.span_s if self.span_s > 0 else 0.0

    def at(self, part: float) -> float:
        """Return the time at a part of the width, within the session."""
        return min(max(0.0, self.from_s + part * self.span_s), self.duration_s)

    def _place(self, from_s: float, span_s: float) -> None:
        self.from_s = min(max(0.0, from_s), max(0.0, self.duration_s - span_s))
        self.to_s = self.from_s + span_s
