"""A page as plain values: what it says, before anybody decides how it looks.

The HTML writer and the PDF writer show the same page, so neither can say more than the other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; the first cell of a row names it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences that stand each for itself."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what holds."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What the person wrote, line by line as they wrote it."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, and the same in a table.

    Attributes
    ----------
    svg
        The drawing (`biofeedback.report.svg`), which names and describes itself.
    width, height
        Its size, in the units that it is drawn in.
    description
        What it shows, in words.
    table
        What is drawn.
    """

    svg: str
    width: float
    height: float
    description: str
    table: Table


Block = Paragraph | Bullets | Facts | Written | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that is on paper.

    Attributes
    ----------
    language, direction
        Such as ``en``, ``ltr``.
    title
        Of the file and of the page.
    lead
        The sentence under it.
    sections
        In order.
    foot
        What stands at the end of it, and of every sheet as far as there is room.
    """

    language: str
    direction: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    foot: str
