"""What really happened in a simulated heart, for tests to hold estimates against."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Truth:
    """Kept by a `devices.heart.Heart` that is given one; the resonance is in its traits.

    Attributes
    ----------
    beats_s
        When the heart really beat, in session time: beats that the strap missed are in it, and
        those that it made up are not.
    t_s
        The times of the steps, 1/32 s apart, that the lists below belong to.
    lungs
        Lung filling, about -1 (empty) to 1 (full).
    follows
        Whether the breath keeps to the guide.
    calm_bpm
        How much the mean rate has truly changed by then.
    """

    beats_s: list[float] = field(default_factory=list)
    t_s: list[float] = field(default_factory=list)
    lungs: list[float] = field(default_factory=list)
    follows: list[bool] = field(default_factory=list)
    calm_bpm: list[float] = field(default_factory=list)
