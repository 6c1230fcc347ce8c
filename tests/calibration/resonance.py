"""Measure how often the own pace is found: ``python -m tests.calibration.resonance``.

Prints the table of docs/resonance.md; ``--write`` puts it there. Simulated hearts, whose resonance
is known, breathe through both protocols, and their intervals are assessed as a recording's are.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from biofeedback.practice.assessing import SLIDE, STEPPED, Assessing
from biofeedback.sessions.assessed import assessed
from biofeedback.signals.causal_batch import causal_flags
from biofeedback.signals.resonance_assessment import (
    FASTEST_PER_MIN,
    SLOWEST_PER_MIN,
    ResonanceAssessment,
    agreed_per_min,
    resonance_assessment,
)
from biofeedback.types import Beat, Choices, GuideChanged, StepStarted
from devices.faults import Fault, FaultKind
from devices.heart import Heart, HeartTraits

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "resonance.md"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
NEAR_PER_MIN = 0.5
FAULT_EVERY_S = 90.0
FAULTS = (FaultKind.ECTOPIC, FaultKind.ECTOPIC, FaultKind.MISSED, FaultKind.EXTRA)


class Kind(StrEnum):
    """What a heart's resonance is like."""

    CLEAR = "clear peak (Q 2 to 3)"
    BLUNT = "blunt peak (Q 1 to 2)"
    FLAT = "flat"
    DEAF = "does not follow"


TURNS = (
    Kind.CLEAR,
    Kind.CLEAR,
    Kind.FLAT,
    Kind.BLUNT,
    Kind.CLEAR,
    Kind.DEAF,
    Kind.CLEAR,
    Kind.FLAT,
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One heart in one protocol, and what was said of it."""

    kind: Kind
    f0_per_min: float
    found: ResonanceAssessment

    @property
    def near(self) -> bool:
        """Whether a pace was named, within half a breath of the truth."""
        pace = self.found.pace_per_min
        return pace is not None and abs(pace - self.f0_per_min) <= NEAR_PER_MIN + 1e-9

    @property
    def unsafe(self) -> bool:
        """Whether a pace was named that never should be."""
        pace = self.found.pace_per_min
        return pace is not None and not SLOWEST_PER_MIN <= pace <= FASTEST_PER_MIN


def traits(seed: int, kind: Kind) -> HeartTraits:
    """Draw a heart of a kind."""
    drawn = HeartTraits.draw(seed)
    match kind:
        case Kind.CLEAR:
            return replace(drawn, q=random.Random(f"quality {seed}").uniform(2.0, 3.0))
        case Kind.FLAT:
            return replace(drawn, q=0.05)
        case Kind.DEAF:
            return replace(drawn, rsa_bpm=0.0)
        case Kind.BLUNT:
            return drawn


def trial(seed: int, kind: Kind, protocol: str = STEPPED, *, again: int = 0) -> Trial:
    """Let one heart breathe through a protocol; ``again`` is the same person on another day."""
    person = traits(seed, kind)
    day = seed + 100_003 * again
    practice = Assessing(Choices(plan_id=protocol, seed=day))
    planned = practice.advance(1e6)
    end_s = planned[-1].t_s
    guide = Assessing(Choices(plan_id=protocol, seed=day))
    guide.advance(0.0)
    heart = Heart(day, traits=person, faults=tuple(_faults(day, end_s)))
    beats = heart.advance(end_s, guide.breath_at)
    rr_ms = np.array([beat.rr_ticks for beat in beats]) * 1000 / 1024
    # as the beats' sum has it: what a recording holds
    ended_s = beats[0].t_s - rr_ms[0] / 1000 + np.cumsum(rr_ms) / 1000
    if protocol == STEPPED:
        steps = [
            {"start_s": step.t_s, "end_s": step.ends_s, "pace_per_min": step.rate_per_min}
            for step in planned
            if isinstance(step, StepStarted) and step.rate_per_min is not None
        ]
        found = resonance_assessment(rr_ms, steps, t_s=ended_s)
    else:
        flags = causal_flags(rr_ms)
        listed = [
            Beat(t_s, beat.rr_ticks, 0, flag)
            for t_s, beat, flag in zip(ended_s.tolist(), beats, flags, strict=True)
        ]
        changes = [change for change in planned if isinstance(change, GuideChanged)]
        found = assessed(changes, listed, end_s)
    return Trial(kind, 60 * person.f0_hz, found)


def _faults(seed: int, end_s: float) -> Iterable[Fault]:
    chance = random.Random(f"faults {seed}")
    t_s = chance.expovariate(1 / FAULT_EVERY_S)
    while t_s < end_s:
        yield Fault(t_s, chance.choice(FAULTS))
        t_s += chance.expovariate(1 / FAULT_EVERY_S)


def trials(n: int, first_seed: int, protocol: str = STEPPED, *, again: int = 0) -> list[Trial]:
    """Let ``n`` hearts breathe, of the kinds in turn."""
    return [
        trial(first_seed + at, TURNS[at % len(TURNS)], protocol, again=again) for at in range(n)
    ]


HEAD = (
    "| protocol | heart | n | pace named | **within 0.5 of the truth** | **no clear peak** "
    "| median error | 90 % interval held the truth |\n|---|---|---|---|---|---|---|---|"
)


def row(name: str, kind: Kind, listed: Sequence[Trial]) -> str:
    """Write one line of the table; shares are of all hearts of the kind."""
    of_kind = [each for each in listed if each.kind is kind]
    named = [each for each in of_kind if each.found.pace_per_min is not None]

    def percent(count: int, of: int) -> str:
        return f"{100 * count / of:.0f} %" if of else ""

    errors = [abs((each.found.pace_per_min or 0.0) - each.f0_per_min) for each in named]
    held = [
        each
        for each in named
        if (each.found.low_per_min or 0) <= each.f0_per_min <= (each.found.high_per_min or 0)
    ]
    true_peak = kind in (Kind.CLEAR, Kind.BLUNT)
    n = len(of_kind)
    return (
        f"| {name} | {kind} | {n} | {percent(len(named), n)} "
        f"| {percent(sum(each.near for each in of_kind), n) if true_peak else ''} "
        f"| {percent(n - len(named), n)} "
        f"| {f'{np.median(errors):.2f}' if errors and true_peak else ''} "
        f"| {percent(len(held), len(named)) if true_peak else ''} |"
    )


def tables(n: int, first_seed: int) -> str:
    """Measure everything and write it as markdown."""
    parts = [HEAD]
    stepped = trials(n, first_seed)
    everything = list(stepped)
    parts += [row("steps", kind, stepped) for kind in Kind]
    sliding = trials(n, first_seed, SLIDE)
    everything += sliding
    parts += [row("slide", kind, sliding) for kind in Kind]
    retest = trials(n, first_seed, again=1)
    everything += retest
    kept = [
        (one, agreed_per_min(one.found.pace_per_min, other.found.pace_per_min))
        for one, other in zip(stepped, retest, strict=True)
    ]
    parts.append("")
    for kind in Kind:
        paces = [(one, pace) for one, pace in kept if one.kind is kind]
        agreed = [(one, pace) for one, pace in paces if pace is not None]
        near = sum(abs(pace - one.f0_per_min) <= NEAR_PER_MIN for one, pace in agreed)
        parts.append(
            f"- Two assessments by steps, {kind}: a pace was kept for {len(agreed)} of "
            f"{len(paces)}, within 0.5 of the truth for {near}."
        )
    unsafe = sum(each.unsafe for each in everything)
    parts.append(f"- Paces named outside 4.5 to 7: {unsafe} of {len(everything)} assessments.")
    return "\n".join(parts)


def main() -> None:
    """Print the table, and put it into the page if asked."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.calibration.resonance", description=__doc__
    )
    parser.add_argument("--hearts", type=int, default=200, help="how many (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the first heart (default 1)")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.name}")
    given = parser.parse_args()
    text = tables(given.hearts, given.seed)
    print(text)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        head, rest = page.split(BEGIN)
        tail = rest.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
