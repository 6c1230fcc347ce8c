"""What a person made their own: breath guides, words, plans. Values, and how they are written.

`Content.with_personal` lays it over the words of a language. A session keeps the part of it that
it used (`Personal.used_by`), so that a replay needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from biofeedback.practice import guides
from biofeedback.practice.content import Line, Plan
from biofeedback.types import BreathPattern

LONGEST_LABEL = 40
"""Characters in the name of an own guide."""

PLAN_SET = "plan:"
"""Begins the id of the set that holds a plan's own lines; the plan's id follows."""

ANCHORS = "anchors"
"""The id under which an anchor's line is edited, as if the anchors were a set."""

_FIXED = ("safety",)
_FIXED_BEGINNING = "fb_"


class PersonalError(ValueError):
    """Something personal that can't be used; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class OwnGuide:
    """A breath guide that the person made and named."""

    guide_id: str
    label: str
    pattern: BreathPattern

    def __post_init__(self) -> None:
        if not 1 <= len(self.label.strip()) <= LONGEST_LABEL:
            raise PersonalError(f"A breath guide needs a name of 1 to {LONGEST_LABEL} letters.")
        try:
            guides.check(self.pattern)
        except guides.GuideError as error:
            raise PersonalError(str(error)) from error


@dataclass(frozen=True, slots=True)
class EditedLine:
    """The person's words in the place of a line, in one language, whatever the choices are."""

    language: str
    set_id: str
    line_id: str
    text: str


@dataclass(frozen=True, slots=True)
class HiddenLine:
    """A line that the person doesn't want to see, in any language."""

    set_id: str
    line_id: str


@dataclass(frozen=True, slots=True)
class OwnPhrase:
    """A line that the person wrote, said with the lines of a set in one language."""

    phrase_id: str
    language: str
    set_id: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A plan from a file, with the lines that it brings (their ``set_id`` is `plan_set`)."""

    plan: Plan
    language: str
    lines: tuple[Line, ...] = ()
    note: str = ""
    author: str = ""


def plan_set(plan_id: str) -> str:
    """Return the id of the set that holds a plan's own lines."""
    return PLAN_SET + plan_id


def can_be_changed(set_id: str) -> bool:
    """Tell whether the lines of a set are the person's to edit and hide.

    Safety lines stay as they are, and lines of feedback keep to what the data carries.
    """
    return set_id not in _FIXED and not set_id.startswith(_FIXED_BEGINNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """All that a person made their own. Empty at first.

    What refers to a line that a later version no longer has does nothing, and is kept.
    """

    guides: tuple[OwnGuide, ...] = ()
    edits: tuple[EditedLine, ...] = ()
    hidden: tuple[HiddenLine, ...] = ()
    phrases: tuple[OwnPhrase, ...] = ()
    plans: tuple[OwnPlan, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing of the person's own."""
        return self == NOTHING

    # ---------------------------------------------------------------------------- guides
    def with_guide(self, label: str, pattern: BreathPattern) -> tuple[Personal, OwnGuide]:
        """Add a breath guide; return the whole and the guide with its new id.

        Raises
        ------
        PersonalError
            If the name or the times are out of bounds, or the name is taken.
        """
        if any(guide.label == label.strip() for guide in self.guides):
            raise PersonalError(f"There is a guide called '{label.strip()}'. Give it another name.")
        number = free_number("my-", (guide.guide_id for guide in self.guides))
        guide = OwnGuide(f"my-{number}", label.strip(), pattern)
        return replace(self, guides=(*self.guides, guide)), guide

    def without_guide(self, guide_id: str) -> Personal:
        """Drop a breath guide."""
        return replace(self, guides=tuple(g for g in self.guides if g.guide_id != guide_id))

    # ----------------------------------------------------------------------------- lines
    def edit_of(self, language: str, set_id: str, line_id: str) -> str | None:
        """Return the person's words for a line; None where it is as it came."""
        for edit in self.edits:
            if (edit.language, edit.set_id, edit.line_id) == (language, set_id, line_id):
                return edit.text
        return None

    def with_edit(self, language: str, set_id: str, line_id: str, text: str | None) -> Personal:
        """Put the person's words in a line's place; None puts the line back."""
        kept = tuple(
            edit
            for edit in self.edits
            if (edit.language, edit.set_id, edit.line_id) != (language, set_id, line_id)
        )
        if text is not None:
            kept += (EditedLine(language, set_id, line_id, _one_line(text)),)
        return replace(self, edits=kept)

    def hides(self, set_id: str, line_id: str) -> bool:
        """Tell whether a line is hidden."""
        return HiddenLine(set_id, line_id) in self.hidden

    def with_hidden(self, set_id: str, line_id: str, *, hidden: bool = True) -> Personal:
        """Hide a line, or show it again."""
        line = HiddenLine(set_id, line_id)
        kept = tuple(each for each in self.hidden if each != line)
        return replace(self, hidden=(*kept, line) if hidden else kept)

    def with_phrase(self, language: str, set_id: str, text: str) -> tuple[Personal, OwnPhrase]:
        """Add a phrase at the end of a set; return the whole and the phrase with its new id."""
        number = free_number("my-", (phrase.phrase_id for phrase in self.phrases))
        phrase = OwnPhrase(f"my-{number}", language, set_id, _one_line(text))
        return replace(self, phrases=(*self.phrases, phrase)), phrase

    def with_phrase_text(self, phrase_id: str, text: str) -> Personal:
        """Change the words of a phrase."""
        words = _one_line(text)
        return replace(
            self,
            phrases=tuple(
                replace(each, text=words) if each.phrase_id == phrase_id else each
                for each in self.phrases
            ),
        )

    def without_phrase(self, phrase_id: str) -> Personal:
        """Drop a phrase."""
        return replace(self, phrases=tuple(p for p in self.phrases if p.phrase_id != phrase_id))

    def without_words(self) -> Personal:
        """Put every line back as it came; own guides and plans stay."""
        return replace(self, edits=(), hidden=(), phrases=())

    # ----------------------------------------------------------------------------- plans
    def with_plan(self, plan: OwnPlan) -> Personal:
        """Add a plan, in the place of one with the same id."""
        return replace(self, plans=(*self.without_plan(plan.plan.plan_id).plans, plan))

    def without_plan(self, plan_id: str) -> Personal:
        """Drop a plan."""
        return replace(self, plans=tuple(p for p in self.plans if p.plan.plan_id != plan_id))

    # ---------------------------------------------------------------------------- wholes
    def joined(self, other: Personal) -> Personal:
        """Return this with all of ``other`` added; where both say something, ``other`` holds."""
        whole = self
        for guide in other.guides:
            if any((g.label, g.pattern) == (guide.label, guide.pattern) for g in whole.guides):
                continue
            ids = {each.guide_id for each in whole.guides}
            free = f"my-{free_number('my-', ids)}" if guide.guide_id in ids else guide.guide_id
            whole = replace(whole, guides=(*whole.guides, replace(guide, guide_id=free)))
        for edit in other.edits:
            whole = whole.with_edit(edit.language, edit.set_id, edit.line_id, edit.text)
        for line in other.hidden:
            whole = whole.with_hidden(line.set_id, line.line_id)
        known = {(each.language, each.set_id, each.text) for each in whole.phrases}
        for phrase in other.phrases:
            if (phrase.language, phrase.set_id, phrase.text) not in known:
                whole, _ = whole.with_phrase(phrase.language, phrase.set_id, phrase.text)
        for plan in other.plans:
            whole = whole.with_plan(plan)
        return whole

    def used_by(self, language: str) -> Personal:
        """Return the part that a practice in ``language`` can show.

        All guides and plans belong to it, and the words of all sets: another guide or plan can be
        picked in the middle.
        """
        return replace(
            self,
            edits=tuple(each for each in self.edits if each.language == language),
            phrases=tuple(each for each in self.phrases if each.language == language),
        )


NOTHING = Personal()
"""Nothing of one's own: the words as they came."""


def free_number(beginning: str, ids: Iterable[str]) -> int:
    """Return the number after the highest that follows ``beginning`` in ``ids``; 1 at first.

    An id is not given twice, so that a kept session and a setting mean what they meant.
    """
    numbers = [
        int(each.removeprefix(beginning))
        for each in ids
        if each.startswith(beginning) and each.removeprefix(beginning).isdecimal()
    ]
    return max(numbers, default=0) + 1


def _one_line(text: str) -> str:
    """Return what was typed as one line."""
    return " ".join(text.split())
