"""The lines of the practices as the person changes them, step by step, each of which can be undone.

A plain object that the page of own words views.
"""

from __future__ import annotations

from dataclasses import dataclass

from biofeedback.practice.content import Content
from biofeedback.practice.personal import NOTHING, Personal, can_be_changed

_KEPT_STEPS = 200

PLANS = "plans"
"""Stands among the sets for the person's own plans, which can be removed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it stands.

    Attributes
    ----------
    line_id
        Its id in the set, or that of an own phrase.
    text
        What is said now.
    came_as
        What it said as it came; empty for an own phrase.
    hidden
        Whether it is left out.
    own
        Whether it is a phrase of the person's own.
    important
        Whether it is there for care: who hides it is told so.
    plan
        Whether it is no line but a plan of the person's own, by its title.
    """

    line_id: str
    text: str
    came_as: str
    hidden: bool = False
    own: bool = False
    important: bool = False
    plan: bool = False

    @property
    def edited(self) -> bool:
        """Whether the person's words stand in a line's place."""
        return not self.own and self.text != self.came_as


class OwnWords:
    """What is the person's own, and the way back.

    Parameters
    ----------
    content
        The words of the language as they came.
    personal
        What is the person's own so far.
    """

    def __init__(self, content: Content, personal: Personal = NOTHING) -> None:
        self.content = content
        self.personal = personal
        self._before: list[Personal] = []

    def set_content(self, content: Content) -> None:
        """Go on in another language."""
        self.content = content

    def take(self, personal: Personal) -> None:
        """Begin anew from ``personal``, which somebody else has changed."""
        if personal != self.personal:
            self.personal = personal
            self._before.clear()

    # ---------------------------------------------------------------------------- looking
    def sets(self) -> list[tuple[str, str]]:
        """Return the ids of the sets that can be changed, and their names in a few words."""
        return [
            (line_set.set_id, _short(line_set.title))
            for line_set in self.content.sets.values()
            if can_be_changed(line_set.set_id)
        ]

    @property
    def knows_plans(self) -> bool:
        """Whether there is a plan of the person's own, or one that can be brought back."""
        return any(each.plans for each in (self.personal, *self._before))

    def rows(self, set_id: str) -> list[Row]:
        """Return the lines of a set in their order, own phrases last; or the own plans."""
        if set_id == PLANS:
            return [
                Row(each.plan.plan_id, each.plan.title, "", own=True, plan=True)
                for each in self.personal.plans
            ]
        language = self.content.language
        rows = [
            Row(
                line.line_id,
                self.personal.edit_of(language, set_id, line.line_id) or line.text,
                line.text,
                hidden=self.personal.hides(set_id, line.line_id),
                important=line.essential,
            )
            for line in self.content.sets[set_id].lines
        ]
        rows += [
            Row(phrase.phrase_id, phrase.text, "", own=True)
            for phrase in self.personal.phrases
            if (phrase.language, phrase.set_id) == (language, set_id)
        ]
        return rows

    def row(self, set_id: str, line_id: str) -> Row:
        """Return one line; KeyError if it is gone."""
        for row in self.rows(set_id):
            if row.line_id == line_id:
                return row
        raise KeyError(line_id)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._before)

    @property
    def changed(self) -> bool:
        """Whether any word is the person's own or hidden."""
        return self.personal.without_words() != self.personal

    # --------------------------------------------------------------------------- changing
    def say(self, set_id: str, line_id: str, text: str) -> None:
        """Put the person's words in a line's place, or in that of an own phrase."""
        row = self.row(set_id, line_id)
        if row.own:
            self._step(self.personal.with_phrase_text(line_id, text))
        else:
            words = None if text.split() == row.came_as.split() else text
            language = self.content.language
            self._step(self.personal.with_edit(language, set_id, line_id, words))

    def add(self, set_id: str, text: str) -> str:
        """Add a phrase; return its id."""
        personal, phrase = self.personal.with_phrase(self.content.language, set_id, text)
        self._step(personal)
        return phrase.phrase_id

    def hide(self, set_id: str, line_id: str, *, hidden: bool = True) -> None:
        """Leave a line out, or take it in again; an own phrase or plan is dropped."""
        if set_id == PLANS:
            self._step(self.personal.without_plan(line_id))
        elif self.row(set_id, line_id).own:
            self._step(self.personal.without_phrase(line_id))
        else:
            self._step(self.personal.with_hidden(set_id, line_id, hidden=hidden))

    def put_back(self, set_id: str, line_id: str) -> None:
        """Put a line back as it came, and in sight."""
        language = self.content.language
        personal = self.personal.with_edit(language, set_id, line_id, None)
        self._step(personal.with_hidden(set_id, line_id, hidden=False))

    def put_all_back(self) -> None:
        """Put every line back as it came, and drop own phrases; guides and plans stay."""
        self._step(self.personal.without_words())

    def undo(self) -> None:
        """Take the last step back."""
        if self._before:
            self.personal = self._before.pop()

    def _step(self, personal: Personal) -> None:
        if personal != self.personal:
            self._before.append(self.personal)
            del self._before[:-_KEPT_STEPS]
            self.personal = personal


def _short(title: str) -> str:
    """Return the title up to what explains it."""
    for mark in (":", ","):
        title = title.partition(mark)[0]
    return title
