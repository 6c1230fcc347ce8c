"""What a person leaves out of the figures: stretches of session time, such as a phone call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from biofeedback.types import Beat

Span = tuple[float, float]
"""From when to when, in seconds of session time."""


def beats_outside(beats: Iterable[Beat], left_out: Sequence[Span]) -> list[Beat]:
    """Return the beats whose intervals lie wholly outside what is left out.

    Beats on two sides of a stretch get different segments, so that nothing is joined across it.
    """
    if not left_out:
        return list(beats)
    kept = []
    for beat in beats:
        start_s = beat.t_s - beat.rr_ms / 1000
        if is_outside(start_s, beat.t_s, left_out):
            n_past = sum(until_s <= start_s for _, until_s in left_out)
            kept.append(replace(beat, segment=beat.segment * (len(left_out) + 1) + n_past))
    return kept


def is_outside(start_s: float, end_s: float, left_out: Iterable[Span]) -> bool:
    """Return whether a stretch of time shares none with what is left out."""
    return not any(start_s < until_s and from_s < end_s for from_s, until_s in left_out)


def spans_outside(start_s: float, end_s: float, left_out: Iterable[Span]) -> list[Span]:
    """Return what remains of a stretch of time, in order."""
    spans = []
    for from_s, until_s in sorted(left_out):
        if from_s > start_s:
            spans.append((start_s, min(from_s, end_s)))
        start_s = max(start_s, until_s)
        if start_s >= end_s:
            return [span for span in spans if span[0] < span[1]]
    return [span for span in (*spans, (start_s, end_s)) if span[0] < span[1]]
