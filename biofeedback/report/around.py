"""What stands on every report: who may see what, what to know, and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from biofeedback.practice.assessing import PROTOCOLS
from biofeedback.practice.listening import RECORDING
from biofeedback.report.page import Bullets, Page, Section
from biofeedback.report.wording import Wording
from biofeedback.sessions.paces import heart_of

_BROUGHT_IN = "import:"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report may tell. Letters and other writing are in none.

    Attributes
    ----------
    made_on
        The day on which it is made.
    version
        Of the program.
    with_notes
        Whether tags and the note, the person's own words, are in it.
    private
        Whether ratings, touch and times of day stay out as well, for other people's eyes.
    """

    made_on: date
    version: str
    with_notes: bool = False
    private: bool = False


def knowing(words: Wording) -> Section:
    """Return what to know of every figure on the page."""
    names = (
        "know_draft",
        "know_wellness",
        "know_cannot_tell",
        "know_paced",
        "know_alike",
    )
    return Section(words.say("knowing"), (Bullets(tuple(words.say(name) for name in names)),))


def page(title: str, lead: str, sections: list[Section], words: Wording, wanted: Wanted) -> Page:
    """Put a page together."""
    foot = words.say("foot", version=wanted.version, day=words.day(wanted.made_on))
    return Page(
        words.language,
        words.content.direction,
        title,
        lead,
        (*sections, knowing(words)),
        foot,
    )


def is_brought_in(source: str) -> bool:
    """Return whether a session was read from another program's file."""
    return source.startswith(_BROUGHT_IN)


def source_words(source: str, words: Wording) -> str:
    """Say where heartbeats came from; never which strap it was."""
    if is_brought_in(source):
        return words.say("source_file")
    if heart_of(source) == "person":
        return words.say("source_strap")
    return words.say("source_sim" if source.startswith("sim:") else "source_replay")


def plan_words(plan_id: str, words: Wording) -> str:
    """Name a practice; one of the person's own without its title, which they wrote."""
    plan = words.content.plans.get(plan_id)
    if plan is not None:
        return plan.title
    if plan_id == RECORDING:
        return words.say("plan_recording")
    return words.say("plan_assessment" if plan_id in PROTOCOLS else "plan_own")
