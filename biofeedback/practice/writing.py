"""What a person writes in a guided writing: in memory, for this visit.

It never enters the engine or its log. Its words don't show in a ``repr``, so that no log and no
traceback can hold them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from biofeedback.practice.content import Content

WRITTEN_SETS = ("reframe", "letter")
"""The sets of lines that are answered in writing."""

TOPIC = "topic"
"""The line of a letter that names what it is about, and is no part of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was written to one line.

    Attributes
    ----------
    line_id
        Id of the line.
    prompt
        The line as it was shown: it may be worded otherwise when this is read again.
    text
        What the person wrote; may be empty.
    """

    line_id: str
    prompt: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Writing:
    """A page: the answers to the lines of a set, in the order of the set."""

    set_id: str
    answers: tuple[Answer, ...] = field(repr=False)

    @property
    def has_text(self) -> bool:
        """Whether anything was written."""
        return any(answer.text.strip() for answer in self.answers)

    @property
    def written(self) -> tuple[Answer, ...]:
        """The answers that are not empty, without blank lines around them."""
        return tuple(
            replace(answer, text=answer.text.strip("\n").rstrip())
            for answer in self.answers
            if answer.text.strip()
        )

    @property
    def blocks(self) -> tuple[tuple[str, str], ...]:
        """The page to read: pairs of a heading (may be empty) and a text.

        A letter reads as a letter, so its prompts are left out; the rest is shown under its own.
        """
        if self.set_id != "letter":
            return tuple((answer.prompt, answer.text) for answer in self.written)
        topic = [answer for answer in self.written if answer.line_id == TOPIC]
        letter = [answer.text for answer in self.written if answer.line_id != TOPIC]
        blocks = [(answer.prompt, answer.text) for answer in topic]
        if letter:
            blocks.append(("", "\n\n".join(letter)))
        return tuple(blocks)


def writing_of(set_id: str, texts: dict[str, str], content: Content) -> Writing:
    """Return the page of what was written.

    Parameters
    ----------
    set_id
        One of `WRITTEN_SETS`.
    texts
        What was written, by the id of its line; lines that are not there were left out.
    content
        For the prompts and their order.
    """
    lines = content.sets[set_id].lines
    return Writing(
        set_id,
        tuple(
            Answer(line.line_id, line.text, texts[line.line_id])
            for line in lines
            if line.line_id in texts
        ),
    )
