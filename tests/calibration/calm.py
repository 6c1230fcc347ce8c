"""Measure the error rates of the calm verdict: ``python -m tests.calibration.calm``.

Prints the tables of docs/calm.md; ``--write`` puts them there. Two people's 23-hour recordings
give the pairs with nothing done; a true change is put on top of the pair by stretching every
interval of the second window, so that the drift that hearts have by themselves stays in.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from biofeedback.signals.calm import CalmAnswer, calm_verdict
from biofeedback.signals.causal_batch import causal_flags
from biofeedback.signals.series import NNSeries
from biofeedback.types import BeatFlag
from tests.calibration.resting import (
    STEADY_RANGE_BPM,
    Array,
    Pair,
    Recording,
    long_recordings,
    pairs,
    short_recordings,
    simulated_pair,
)

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "calm.md"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
DROPS_BPM = tuple(range(1, 9))
REFERENCE = (120.0, 300.0)


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of answers over a set of pairs, in percent, and how the pairs drift by themselves.

    ``power_pct[k]`` belongs to a true drop of k bpm. ``risen_pct`` is the share called calmer
    after a true rise of 5 bpm.
    """

    n: int
    sd_bpm: float
    p5_bpm: float
    calmer_pct: float
    more_active_pct: float
    cannot_tell_pct: float
    power_pct: dict[int, float]
    risen_pct: float
    rise_found_pct: float

    @property
    def wrong_pct(self) -> float:
        """Calmer or more active, though nothing was done."""
        return self.calmer_pct + self.more_active_pct


def answers(listed: Sequence[Pair], change_bpm: float) -> Counter[CalmAnswer]:
    """Count the answers after this change of the second window."""
    return Counter(
        calm_verdict(
            _series(pair.before_ms, 0.0),
            _series(pair.shifted_ms(change_bpm), pair.length_s + pair.gap_s),
        ).answer
        for pair in listed
    )


def _series(rr_ms: Array, start_s: float) -> NNSeries:
    """Put a window on a time axis, as a session does, so that the gap is known."""
    keep = np.array([flag is BeatFlag.NORMAL for flag in causal_flags(rr_ms)])
    return NNSeries.from_rr(rr_ms, keep=keep, t_s=start_s + np.cumsum(rr_ms) / 1000)


def rates(listed: Sequence[Pair], drops_bpm: Iterable[int] = (5,)) -> Rates:
    """Measure everything over a set of pairs in which nothing was done."""

    def percent(counted: Counter[CalmAnswer], answer: CalmAnswer) -> float:
        return 100 * counted[answer] / len(listed)

    drift = drifts_bpm(listed)
    null = answers(listed, 0)
    risen = answers(listed, 5)
    return Rates(
        n=len(listed),
        sd_bpm=float(drift.std(ddof=1)),
        p5_bpm=float(np.quantile(drift, 0.05)),
        calmer_pct=percent(null, CalmAnswer.CALMER),
        more_active_pct=percent(null, CalmAnswer.MORE_ACTIVE),
        cannot_tell_pct=percent(null, CalmAnswer.CANNOT_TELL),
        power_pct={d: percent(answers(listed, -d), CalmAnswer.CALMER) for d in drops_bpm},
        risen_pct=percent(risen, CalmAnswer.CALMER),
        rise_found_pct=percent(risen, CalmAnswer.MORE_ACTIVE),
    )


def drifts_bpm(listed: Sequence[Pair]) -> Array:
    """Change of mean heart rate of each pair, all beats taken as they are."""
    return np.array([60_000 / p.after_ms.mean() - 60_000 / p.before_ms.mean() for p in listed])


def spread_of_rate(
    listed: Sequence[Pair], rate: Callable[[Sequence[Pair]], float], *, draws: int = 200
) -> tuple[float, float]:
    """95 % interval of a rate by redrawing whole hours, as stretches overlap and hours differ."""
    hours: dict[tuple[str, int], list[Pair]] = {}
    for pair in listed:
        hours.setdefault((pair.recording, int(pair.start_s // 3600)), []).append(pair)
    groups = list(hours.values())
    rng = np.random.default_rng(1)
    drawn = []
    for _ in range(draws):
        picked = rng.integers(0, len(groups), len(groups))
        drawn.append(rate([pair for i in picked for pair in groups[i]]))
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(low), float(high)


# -------------------------------------------------------------------------------- the tables
def collect(
    recordings: Iterable[Recording],
    length_s: float,
    gap_s: float,
    *,
    step_s: float = 120.0,
    range_bpm: float = STEADY_RANGE_BPM,
) -> list[Pair]:
    """Take the pairs of several recordings."""
    return [
        pair
        for recording in recordings
        for pair in pairs(
            recording, length_s=length_s, gap_s=gap_s, step_s=step_s, range_bpm=range_bpm
        )
    ]


def simulate(n: int, length_s: float, gap_s: float, hr_bpm: float, seed: int = 1) -> list[Pair]:
    """Draw resting hearts of one heart rate."""
    rng = np.random.default_rng(seed)
    return [simulated_pair(rng, hr_bpm=hr_bpm, length_s=length_s, gap_s=gap_s) for _ in range(n)]


HEAD = (
    "| set | n | drift sd, 5th pct (bpm) | calmer | more active | **wrong** | can't tell "
    "| **-5 bpm found** | calmer at +5 |\n|---|---|---|---|---|---|---|---|---|"
)


def row(name: str, found: Rates) -> str:
    """Write one line of the table of error rates."""
    return (
        f"| {name} | {found.n} | {found.sd_bpm:.2f}, {found.p5_bpm:.1f} "
        f"| {found.calmer_pct:.1f} % | {found.more_active_pct:.1f} % "
        f"| **{found.wrong_pct:.1f} %** | {found.cannot_tell_pct:.1f} % "
        f"| **{found.power_pct[5]:.1f} %** | {found.risen_pct:.1f} % |"
    )


def tables(data: Path, *, step_s: float = 120.0, n_simulated: int = 300) -> str:
    """Measure everything and write it as markdown."""
    long = long_recordings(data)
    curves: dict[str, Rates] = {}
    parts = ["### Recordings, nothing done", "", HEAD]
    for length_s, gap_s in ((120, 300), (180, 300), (60, 300), (120, 600), (60, 600)):
        name = f"{length_s} s, {gap_s // 60} min apart"
        curves[name] = rates(collect(long, length_s, gap_s, step_s=step_s), DROPS_BPM)
        parts.append(row(f"both people, {name}", curves[name]))
    parts.extend(
        row(f"{one.name} alone, 120 s", rates(collect([one], *REFERENCE, step_s=step_s)))
        for one in long
    )
    for range_bpm in (8.0, 9.0, 12.0):
        found = rates(collect(long, *REFERENCE, step_s=step_s, range_bpm=range_bpm))
        parts.append(row(f"both, 120 s, steady to {range_bpm:.0f} bpm", found))
    others = collect(short_recordings(data), *REFERENCE, step_s=30.0)
    n_short = len({pair.recording for pair in others})
    parts.append(row(f"{n_short} short recordings, 120 s", rates(others)))

    main = collect(long, *REFERENCE, step_s=step_s)
    wrong = spread_of_rate(main, lambda p: 100 - _same_pct(p), draws=60)
    parts += ["", f"Wrong at 120 s, whole hours redrawn: {wrong[0]:.1f} to {wrong[1]:.1f} %."]

    parts += ["", "### Simulated hearts (drift as over 72 people), nothing done", "", HEAD]
    drawn: list[Pair] = []
    for hr_bpm in (50, 60, 70, 80, 90):
        listed = simulate(n_simulated, *REFERENCE, hr_bpm, seed=hr_bpm)
        drawn += listed
        parts.append(row(f"{hr_bpm} bpm, 120 s", rates(listed)))
    curves["simulated, 120 s"] = rates(drawn, DROPS_BPM)
    parts.append(row("all of them, 120 s", curves["simulated, 120 s"]))
    brief = [p for hr in (55, 65, 75, 85) for p in simulate(n_simulated, 60, 300, hr, seed=hr)]
    curves["simulated, 60 s"] = rates(brief, DROPS_BPM)
    parts.append(row("55 to 85 bpm, 60 s", curves["simulated, 60 s"]))

    parts += ["", "### Power: share called calmer after a true drop", ""]
    parts.append("| windows | " + " | ".join(f"-{drop} bpm" for drop in DROPS_BPM) + " |")
    parts.append("|---" * (len(DROPS_BPM) + 1) + "|")
    for name, found in curves.items():
        cells = " | ".join(f"{share:.0f} %" for share in found.power_pct.values())
        parts.append(f"| {name} | {cells} |")
    return "\n".join(parts)


def _same_pct(listed: Sequence[Pair]) -> float:
    counted = answers(listed, 0)
    return 100 * (counted[CalmAnswer.SAME] + counted[CalmAnswer.CANNOT_TELL]) / len(listed)


def main() -> None:
    """Print the tables, and put them into the page if asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.calibration.calm", description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--step", type=float, default=120.0, help="seconds between stretches")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.name}")
    given = parser.parse_args()
    text = tables(given.data, step_s=given.step)
    print(text)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        head, rest = page.split(BEGIN)
        tail = rest.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
