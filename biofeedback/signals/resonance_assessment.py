"""The assessment of one's own pace: paces breathed one after the other, and what they say.

The answer is the peak of the curve (`resonance_curve`), with its interval, or that there is none
to speak of; both are good answers. The six criteria of Shaffer & Meehan (2020) are reported beside
it (`resonance.find_resonance`): they rank the paces that were tried, while the curve also says how
sure that is and finds a peak between two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.causal_batch import causal_flags
from biofeedback.signals.resonance import Resonance, StepScore, find_resonance, score_step
from biofeedback.signals.resonance_curve import Curve, fit_curve
from biofeedback.signals.resonance_response import PacedStretch, Response, response
from biofeedback.signals.series import NNSeries
from biofeedback.types import BeatFlag

SLOWEST_PER_MIN, FASTEST_PER_MIN = 4.5, 7.0
"""No pace outside is ever suggested."""

BEYOND_PER_MIN = 0.3
"""A peak so little outside is taken for the slowest or fastest pace; farther out, none is named."""

MIN_PACES = 3
MIN_LOCKING = 0.6
"""A heart follows where its phase keeps so well to the guide's; by chance, over eight breaths, it
does in 3 of 100."""

MIN_PEAKED = 0.5
MAX_ERROR_PER_MIN = 0.8
"""There is a clear peak where a curve with a peak is so likely, and its place is so sure."""

AGREE_PER_MIN = 0.5
"""Two assessments agree if both name a pace, and these are no farther apart."""

DRAWN_PER_MIN = tuple(round(4.0 + 0.1 * step, 1) for step in range(33))
"""Paces at which the curve is drawn: 4 to 7.2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResonanceAssessment:
    """What an assessment came to.

    Attributes
    ----------
    pace_per_min
        The person's own pace in breaths a minute, to a tenth, or None: no clear peak.
    low_per_min, high_per_min
        The paces between which the peak lies (90 %), as far as the curve could be drawn.
    reason
        Empty, or why there is no pace: ``short`` (fewer than three paces with enough breaths),
        ``not_following`` (the heart followed the guide at fewer than three, or than half of
        them, or beyond chance at fewer than half), ``no_clear_peak`` (several are as good, or
        the peak can't be placed), ``beyond`` (the peak lies outside the paces that are ever
        suggested).
    responses
        One for each pace with enough breaths, in the order they were breathed.
    curve
        None where ``reason`` is ``short`` or ``not_following``.
    criteria
        What the six criteria of Shaffer & Meehan (2020) say of the paces that were tried.
    """

    pace_per_min: float | None
    low_per_min: float | None = None
    high_per_min: float | None = None
    reason: str = ""
    responses: tuple[Response, ...] = ()
    curve: Curve | None = None
    criteria: Resonance | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> ResonanceAssessment:
        """Read back what `to_dict` gave.

        Raises
        ------
        KeyError, TypeError
            If it is something else.
        """
        curve, criteria = content["curve"], content["criteria"]
        return cls(
            pace_per_min=content["pace_per_min"],
            low_per_min=content["low_per_min"],
            high_per_min=content["high_per_min"],
            reason=content["reason"],
            responses=tuple(Response(**each) for each in content["responses"]),
            curve=None if curve is None else _curve(curve),
            criteria=None if criteria is None else Resonance(**criteria),
        )


def _curve(content: Mapping[str, Any]) -> Curve:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list | tuple) else value
        for name, value in content.items()
    }
    return Curve(**values)


def assess(stretches: Iterable[PacedStretch]) -> ResonanceAssessment:
    """Say where the resonance lies, or why that can't be said.

    Parameters
    ----------
    stretches
        One for each pace, in the order they were breathed. Where a pace comes twice, both count.
    """
    listed = list(stretches)
    responses = tuple(found for each in listed if (found := response(each)) is not None)
    scores = _scores(listed)
    criteria = find_resonance(scores)
    if len({each.rate_per_min for each in responses}) < MIN_PACES:
        return ResonanceAssessment(
            pace_per_min=None, reason="short", responses=responses, criteria=criteria
        )
    following = sum(each.locking >= MIN_LOCKING for each in responses)
    beyond_chance = sum(each.locked for each in scores)
    if following < max(MIN_PACES, (len(responses) + 1) // 2) or 2 * beyond_chance < len(scores):
        return ResonanceAssessment(
            pace_per_min=None, reason="not_following", responses=responses, criteria=criteria
        )
    curve = fit_curve(responses, DRAWN_PER_MIN)
    pace, reason = _decided(curve)
    return ResonanceAssessment(
        pace_per_min=pace,
        low_per_min=curve.low_per_min,
        high_per_min=curve.high_per_min,
        reason=reason,
        responses=responses,
        curve=curve,
        criteria=criteria,
    )


def _decided(curve: Curve) -> tuple[float | None, str]:
    if curve.peaked < MIN_PEAKED or curve.error_per_min > MAX_ERROR_PER_MIN:
        return None, "no_clear_peak"
    inside = min(max(curve.peak_per_min, SLOWEST_PER_MIN), FASTEST_PER_MIN)
    if abs(inside - curve.peak_per_min) > BEYOND_PER_MIN:
        return None, "beyond"
    return round(inside, 1), ""


def _scores(stretches: Sequence[PacedStretch]) -> list[StepScore]:
    """Score each pace once: the first time that it can be scored."""
    scores: dict[float, StepScore] = {}
    for each in stretches:
        if each.rate_per_min not in scores and each.series.size > 1:
            score = score_step(each.series, each.cycles, each.rate_per_min)
            if score is not None:
                scores[each.rate_per_min] = score
    return list(scores.values())


def agreed_per_min(first: float | None, second: float | None) -> float | None:
    """Return the pace that two assessments agree on, or None: then none is kept.

    They agree if both name a pace and these are at most `AGREE_PER_MIN` apart; the pace is the
    middle of the two, to a tenth.
    """
    if first is None or second is None or abs(first - second) > AGREE_PER_MIN + 1e-9:
        return None
    middle = (first + second) / 2
    return min(max(round(middle, 1), SLOWEST_PER_MIN), FASTEST_PER_MIN)


# ---------------------------------------------------------------------- from a recording
@dataclass(frozen=True, slots=True, kw_only=True)
class PaceStep:
    """A step of a stepped recording: from when to when, in seconds, at what pace.

    A breath in is taken to begin at ``start_s``.
    """

    start_s: float
    end_s: float
    pace_per_min: float

    def __post_init__(self) -> None:
        """Refuse what is no step."""
        if not all(isfinite(v) for v in (self.start_s, self.end_s, self.pace_per_min)):
            raise ValueError("a step needs numbers for its start, its end and its pace")
        if self.end_s <= self.start_s:
            raise ValueError(f"a step from {self.start_s:g} to {self.end_s:g} s has no length")
        if not 1 <= self.pace_per_min <= 30:
            raise ValueError(f"{self.pace_per_min:g} breaths a minute is no pace for a step")


def resonance_assessment(
    rr_ms: Sequence[float] | NDArray[np.float64],
    steps: Iterable[PaceStep | Mapping[str, float]],
    *,
    t_s: Sequence[float] | NDArray[np.float64] | None = None,
    starts: NDArray[np.bool_] | None = None,
) -> ResonanceAssessment:
    """Assess a stepped recording.

    Parameters
    ----------
    rr_ms
        All RR intervals in ms, shape (n,), in order. Beats that are no normal ones are left out.
    steps
        Each a `PaceStep`, or a mapping with ``start_s``, ``end_s`` and ``pace_per_min`` (or
        ``pace``), in seconds of the recording and breaths a minute.
    t_s
        When each interval ended, in seconds; None: their running sum.
    starts
        Shape (n,): True where an interval begins after a gap; None: nowhere but the first.

    Raises
    ------
    ValueError
        If a step is none, or the shapes differ.
    """
    rr = np.asarray(rr_ms, dtype=np.float64)
    if rr.ndim != 1 or not np.isfinite(rr).all() or (rr < 0).any():
        raise ValueError("intervals are a row of numbers in ms, none of them below 0")
    ended_s = np.cumsum(rr) / 1000 if t_s is None else np.asarray(t_s, dtype=np.float64)
    if ended_s.shape != rr.shape:
        raise ValueError("t_s needs one time for each interval")
    flags = causal_flags(rr, None if starts is None else starts.tolist())
    keep = np.array([flag is BeatFlag.NORMAL for flag in flags], dtype=np.bool_)
    series = NNSeries.from_rr(rr, keep=keep, starts=starts, t_s=ended_s)
    return assess(_stretch(series, step) for step in map(_step, steps))


def _step(given: PaceStep | Mapping[str, float]) -> PaceStep:
    if isinstance(given, PaceStep):
        return given
    try:
        pace = given["pace_per_min"] if "pace_per_min" in given else given["pace"]
        return PaceStep(
            start_s=float(given["start_s"]), end_s=float(given["end_s"]), pace_per_min=float(pace)
        )
    except (KeyError, TypeError) as error:
        raise ValueError("a step is start_s, end_s and pace_per_min") from error


def _stretch(series: NNSeries, step: PaceStep) -> PacedStretch:
    part = series.between(step.start_s, step.end_s)
    cycles = (part.t_s - step.start_s) * step.pace_per_min / 60
    return PacedStretch(step.pace_per_min, part, cycles)
