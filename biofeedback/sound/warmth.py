"""How well the heart follows the breath, as one value for what is drawn and what sounds."""

from __future__ import annotations

from biofeedback.types import Metrics


def warmth(metrics: Metrics) -> float:
    """Return how well the heart follows the breath, 0..1; 0 where it can't be said.

    The share of variance that the guide explains (`Following.r2`), from nothing at 0.1 to full
    at 0.75, eased at both ends.
    """
    if metrics.following is None or metrics.reason not in {"", "short"}:
        return 0.0
    part = min(1.0, max(0.0, (metrics.following.r2 - 0.1) / 0.65))
    return part * part * (3 - 2 * part)
