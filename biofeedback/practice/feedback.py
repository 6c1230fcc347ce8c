"""What is said of the heart: live how it follows the breath, after a practice one kind line.

Nothing is said that the data does not carry.
"""

from __future__ import annotations

from enum import StrEnum

from biofeedback.practice.content import Content, Line
from biofeedback.types import FOLLOWS_R2, Metrics

SETS = {
    "calmer": "fb_calmer",
    "same": "fb_steady",
    "more_active": "fb_notcalmer",
    "cannot_tell": "fb_unclear",
}
"""Which set answers which verdict."""

ALWAYS_TRUE = "fb_steady"
"""Its lines without needs hold whatever happened."""

DIFFER = "rating_and_hr_differ"
"""The strap and the person's own word disagree: then the unclear set answers, whatever the strap
alone would have said."""


def kind_line(
    answer: str | None, facts: frozenset[str], content: Content, *, turn: int = 0
) -> Line:
    """Return a line that fits.

    Parameters
    ----------
    answer
        The verdict's answer; None where there is no verdict: the person's own ratings, if they
        say something, then answer alone.
    facts
        What holds. A line is shown only if all of its ``needs`` are among them.
    content
        The words.
    turn
        Counts up from practice to practice, so that lines take turns.
    """
    unclear = SETS["cannot_tell"]
    order = [unclear if DIFFER in facts else SETS[answer or "cannot_tell"]]
    if answer is None:
        order.append(SETS["calmer"])
    for set_id in order:
        fitting = [line for line in content.sets[set_id].lines if facts.issuperset(line.needs)]
        if fitting:
            return fitting[turn % len(fitting)]
    always = [line for line in content.sets[ALWAYS_TRUE].lines if not line.needs]
    return always[turn % len(always)]


VERDICT = "fb_verdict"
"""The set that says what the two quiet times tell, and why."""


def verdict_words(reason_id: str, content: Content) -> str:
    """Say why a verdict is what it is.

    Parameters
    ----------
    reason_id
        `signals.calm_reasons.CalmReason`, or the id of another line of the set.
    content
        The words.
    """
    return content.sets[VERDICT].line(reason_id).text


# ----------------------------------------------------------------------------------- live
class Follows(StrEnum):
    """How well the heart follows the breath guide, in steps that words can tell apart."""

    LITTLE = "little"
    WELL = "well"
    CLOSELY = "closely"


_FROM_R2 = {Follows.LITTLE: FOLLOWS_R2, Follows.WELL: 0.65, Follows.CLOSELY: 0.8}
_HOLDS_R2 = 0.05
"""A step is left only when the share of variance lies this far below where it was reached."""

_POOR = frozenset({"artefacts", "gap", "no_rr", "untrue_rr"})


def follows(metrics: Metrics, before: Follows | None = None) -> Follows | None:
    """Tell how well the heart follows the breath; None where nothing can or need be said.

    Poor data is silence, and so is a heart that does not follow: nobody needs to be told that.

    Parameters
    ----------
    metrics
        The latest figures.
    before
        What was said last: a step holds on a little, so that words don't flicker.
    """
    if metrics.following is None or metrics.reason in _POOR:
        return None
    r2 = metrics.following.r2
    reached = None
    for step, from_r2 in _FROM_R2.items():
        held = before is not None and _FROM_R2[step] <= _FROM_R2[before]
        if r2 >= from_r2 - (_HOLDS_R2 if held else 0.0):
            reached = step
    return reached
