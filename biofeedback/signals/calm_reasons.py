"""Why a verdict is what it is: one id a reason, and its words in English.

The words that a person reads stand in the content files, language by language, under the same
ids (`practice.feedback.verdict_reason`); a test holds both to the same English.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class CalmReason(StrEnum):
    """Why; the value never changes."""

    TOO_LONG_BEFORE = "too_long_before"
    TOO_LONG_AFTER = "too_long_after"
    NONE_BEFORE = "none_before"
    NONE_AFTER = "none_after"
    SHORT_BEFORE = "short_before"
    SHORT_AFTER = "short_after"
    UNCLEAR_BEFORE = "unclear_before"
    UNCLEAR_AFTER = "unclear_after"
    FEW_BEFORE = "few_before"
    FEW_AFTER = "few_after"
    FLAT = "flat"
    RESTLESS = "restless"
    DIFFER = "differ"
    SLOWER = "slower"
    SLOWER_OWN = "slower_own"
    FASTER = "faster"
    FASTER_OWN = "faster_own"
    WITHIN = "within"
    WITHIN_OWN = "within_own"
    RATE_ALONE = "rate_alone"
    AVERAGES = "averages"
    NOT_MEASURED = "not_measured"


ENGLISH: Mapping[CalmReason, str] = {
    CalmReason.TOO_LONG_BEFORE: "The quiet time before was too long for a fair comparison.",
    CalmReason.TOO_LONG_AFTER: "The quiet time after was too long for a fair comparison.",
    CalmReason.NONE_BEFORE: "No heartbeats came in the quiet time before.",
    CalmReason.NONE_AFTER: "No heartbeats came in the quiet time after.",
    CalmReason.SHORT_BEFORE: "The quiet time before had less than a minute of heartbeats.",
    CalmReason.SHORT_AFTER: "The quiet time after had less than a minute of heartbeats.",
    CalmReason.UNCLEAR_BEFORE: "Too many heartbeats were unclear in the quiet time before.",
    CalmReason.UNCLEAR_AFTER: "Too many heartbeats were unclear in the quiet time after.",
    CalmReason.FEW_BEFORE: "Too few heartbeats came in the quiet time before.",
    CalmReason.FEW_AFTER: "Too few heartbeats came in the quiet time after.",
    CalmReason.FLAT: "The intervals hardly vary, so the strap may not send true heartbeats.",
    CalmReason.RESTLESS: "Your heart was on the move within the quiet times themselves.",
    CalmReason.DIFFER: "Heart rate and beat-to-beat change point in different directions.",
    CalmReason.SLOWER: "Your heart beat slower, by more than hearts drift at rest.",
    CalmReason.SLOWER_OWN: "Your heart beat slower, by more than yours drifts at rest.",
    CalmReason.FASTER: "Your heart beat faster, by more than hearts drift at rest.",
    CalmReason.FASTER_OWN: "Your heart beat faster, by more than yours drifts at rest.",
    CalmReason.WITHIN: "The change is no larger than hearts drift at rest.",
    CalmReason.WITHIN_OWN: "The change is no larger than yours drifts at rest.",
    CalmReason.RATE_ALONE: "This strap sends heart rate alone, and that is too coarse to compare.",
    CalmReason.AVERAGES: "This strap sends averages, not single heartbeats: too coarse to compare.",
    CalmReason.NOT_MEASURED: (
        "What this strap sends as heartbeats is not measured, so nothing can be compared."
    ),
}
"""Each a sentence of at most 90 characters."""
