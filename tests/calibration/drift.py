"""Measure where the adaptive guide drifts: ``python -m tests.calibration.drift``.

Simulated hearts breathe with a guide that begins at several paces; each move is held against the
heart's true resonance.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass

from biofeedback.practice.breath import breath_end_s, continued, phase_at
from biofeedback.practice.guides import paced
from biofeedback.signals.adaptive_pace import AdaptivePace
from biofeedback.signals.causal import CausalArtefacts
from biofeedback.signals.resonance_assessment import FASTEST_PER_MIN, SLOWEST_PER_MIN
from biofeedback.types import Beat, BreathPhase, BreathSegment
from devices.heart import Heart, HeartTraits

STARTS_PER_MIN = (5.0, 6.0, 6.6)


@dataclass(frozen=True, slots=True)
class Path:
    """The paces of one guide in order, and the truth."""

    f0_per_min: float
    paces_per_min: tuple[float, ...]

    def moves(self) -> Iterable[bool]:
        """Yield for each move whether it led toward the resonance."""
        for before, after in zip(self.paces_per_min, self.paces_per_min[1:], strict=False):
            yield abs(after - self.f0_per_min) < abs(before - self.f0_per_min)


def drift(seed: int, start_per_min: float, minutes: int) -> Path:
    """Let one heart breathe with a guide that drifts."""
    person = HeartTraits.draw(seed)
    heart, judge = Heart(seed, traits=person), CausalArtefacts()
    pace = AdaptivePace(SLOWEST_PER_MIN, FASTEST_PER_MIN)
    segments = [BreathSegment(0.0, paced(start_per_min))]
    pace.keep_to(start_per_min, 0.0)
    paces = [start_per_min]

    def guide(t_s: float) -> BreathPhase:
        segment = segments[-1] if t_s >= segments[-1].start_s else segments[-2]
        return phase_at(segment, t_s)

    for second in range(1, 60 * minutes + 1):
        for seen in heart.advance(float(second), guide):
            for beat in judge.push(Beat(seen.t_s, seen.rr_ticks)):
                pace.push(beat, guide(beat.t_s).cycles)
        decided = pace.decide(float(second))
        if decided is not None:
            at_s = breath_end_s(segments[-1], float(second))
            segments.append(continued(segments[-1], at_s, paced(decided)))
            pace.keep_to(decided, at_s)
            paces.append(decided)
    return Path(60 * person.f0_hz, tuple(paces))


def main() -> None:
    """Print how many moves led toward the resonance, from each start."""
    parser = argparse.ArgumentParser(prog="python -m tests.calibration.drift", description=__doc__)
    parser.add_argument("--hearts", type=int, default=20, help="for each start (default 20)")
    parser.add_argument("--seed", type=int, default=2000, help="of the first heart")
    parser.add_argument("--minutes", type=int, default=20, help="of breathing (default 20)")
    given = parser.parse_args()
    for start in STARTS_PER_MIN:
        paths = [drift(given.seed + at, start, given.minutes) for at in range(given.hearts)]
        moves = [toward for path in paths for toward in path.moves()]
        print(
            f"from {start:g} a minute: {given.hearts} hearts, {len(moves)} moves, "
            f"{sum(moves)} toward the resonance and {len(moves) - sum(moves)} away"
        )


if __name__ == "__main__":
    main()
