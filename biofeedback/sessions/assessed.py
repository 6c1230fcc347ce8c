"""The stretches of one pace in a session, for the assessment of one's own pace."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from biofeedback.practice.breath import after_breaths_s, phase_at
from biofeedback.signals.resonance_assessment import ResonanceAssessment, assess
from biofeedback.signals.resonance_response import PacedStretch
from biofeedback.signals.series import NNSeries
from biofeedback.types import Beat, BreathSegment, GuideChanged

BREATHS_TOGETHER = 8
"""Where the pace slides, so many breaths count as one pace: it changes by a quarter of a breath a
minute over them."""


def assessed(
    changes: Sequence[GuideChanged], beats: Sequence[Beat], end_s: float
) -> ResonanceAssessment:
    """Assess what was breathed with the guide.

    Parameters
    ----------
    changes
        The guide's, in order.
    beats
        All that were judged, in order.
    end_s
        When the session ended, in session time.
    """
    stretches: list[PacedStretch] = []
    for change, after in pairwise((*changes, GuideChanged(end_s, None))):
        segment = change.segment
        if segment is None:
            continue
        if not segment.lead:
            rate = segment.pattern.rate_per_min
            stretches.append(_stretch(segment, beats, change.t_s, after.t_s, rate))
            continue
        for first in range(0, len(segment.lead), BREATHS_TOGETHER):
            last = min(first + BREATHS_TOGETHER, len(segment.lead))
            start_s, stop_s, from_s, until_s = (
                after_breaths_s(segment, segment.start_s, max(0, breaths))
                for breaths in (first, last, first - 1, last + 1)
            )
            if stop_s <= after.t_s:
                rate = 60 * (last - first) / (stop_s - start_s)
                until_s = min(until_s, after.t_s)
                stretches.append(_stretch(segment, beats, from_s, until_s, rate))
    return assess(stretches)


def _stretch(
    segment: BreathSegment, beats: Sequence[Beat], from_s: float, until_s: float, rate: float
) -> PacedStretch:
    series = NNSeries.from_beats(beat for beat in beats if from_s <= beat.t_s < until_s)
    cycles = np.array([phase_at(segment, t_s).cycles for t_s in series.t_s.tolist()])
    return PacedStretch(round(rate, 6), series, cycles)
