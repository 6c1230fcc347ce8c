"""An assessment to show, without the quarter of an hour that it takes."""

from __future__ import annotations

from math import atan, pi, sqrt

from biofeedback.practice.assessing import PACES_PER_MIN
from biofeedback.run import Outcome
from biofeedback.sessions.info import Ended
from biofeedback.sessions.summary import Summary
from biofeedback.signals.resonance_assessment import DRAWN_PER_MIN, ResonanceAssessment
from biofeedback.signals.resonance_curve import fit_curve
from biofeedback.signals.resonance_response import Response


def _responses(f0_per_min: float, q: float) -> tuple[Response, ...]:
    found = []
    for number, rate in enumerate(PACES_PER_MIN):
        off = rate / f0_per_min - f0_per_min / rate
        found.append(
            Response(
                rate_per_min=rate,
                swing_bpm=7 / sqrt(1 + (q * off) ** 2),
                swing_error_bpm=0.3 + 0.15 * number,
                phase_rad=2.0 - atan(q * off) - 2 * pi * rate / 60,
                phase_error_rad=0.08,
                locking=0.95,
                n_breaths=9,
            )
        )
    return tuple(found)


def _assessment() -> ResonanceAssessment:
    responses = _responses(5.3, 2.5)
    curve = fit_curve(responses, DRAWN_PER_MIN)
    return ResonanceAssessment(
        pace_per_min=round(curve.peak_per_min, 1),
        low_per_min=curve.low_per_min,
        high_per_min=curve.high_per_min,
        responses=responses,
        curve=curve,
    )


FOUND = _assessment()
"""A clear peak."""


def assessed_outcome() -> Outcome:
    """Return the outcome of an assessment that came to its end."""
    summary = Summary(
        n_packets=750,
        n_beats=800,
        artefact_fraction=0.0,
        duration_s=750.0,
        completed=True,
        phases=(),
        following=None,
        verdict=None,
        resonance=FOUND,
    )
    return Outcome(1, summary, Ended.COMPLETED)
