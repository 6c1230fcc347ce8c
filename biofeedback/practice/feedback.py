"""One kind line after a practice, never one that the data doesn't carry."""

from __future__ import annotations

from biofeedback.practice.content import Content, Line

SETS = {
    "calmer": "fb_calmer",
    "same": "fb_steady",
    "more_active": "fb_notcalmer",
    "cannot_tell": "fb_unclear",
}
"""Which set answers which verdict."""

ALWAYS_TRUE = "fb_steady"
"""Its lines without needs hold whatever happened."""


def kind_line(
    answer: str | None, facts: frozenset[str], content: Content, *, turn: int = 0
) -> Line:
    """Return a line that fits.

    Parameters
    ----------
    answer
        The verdict's answer; None where there is no verdict.
    facts
        What holds. A line is shown only if all of its ``needs`` are among them.
    content
        The words.
    turn
        Counts up from practice to practice, so that lines take turns.
    """
    wanted = content.sets[SETS[answer or "cannot_tell"]].lines
    fitting = [line for line in wanted if facts.issuperset(line.needs)]
    if not fitting:
        fitting = [line for line in content.sets[ALWAYS_TRUE].lines if not line.needs]
    return fitting[turn % len(fitting)]
