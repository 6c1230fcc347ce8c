"""How it felt: dots before and after, joined where both are there. Apart from the heart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from biofeedback.report.page import Picture, Table
from biofeedback.report.scale import Scale
from biofeedback.report.svg import BREATH, GRID, LINE, PAPER, SMALL_PX, SOFT, Drawing
from biofeedback.report.wording import Wording
from biofeedback.sessions.reflection import LEAST, MOST, Reflection
from biofeedback.sessions.reflection import Scale as FeltScale

WIDTH = 720.0
_ROW_PX, _TOP, _FOOT = 36.0, 8.0, 44.0
_LEFT, _RIGHT = 220.0, 690.0


@dataclass(frozen=True, slots=True)
class FeltPair:
    """One scale, before and after.

    Attributes
    ----------
    scale
        What was rated.
    before, after
        The rating, or the mean of those sessions that were rated both times; None where none is.
    n_both, n_one
        Sessions that were rated both times, and those rated at one of them alone.
    """

    scale: FeltScale
    before: float | None
    after: float | None
    n_both: int
    n_one: int


def felt_pairs(said: Iterable[Reflection]) -> tuple[FeltPair, ...]:
    """Gather the ratings of sessions; of several, the means of those rated both times."""
    rated = [each.pairs() for each in said]
    pairs = []
    for scale in FeltScale:
        both = [
            (b, a) for each in rated for b, a in [each[scale]] if b is not None and a is not None
        ]
        n_one = sum((each[scale][0] is None) != (each[scale][1] is None) for each in rated)
        if both:
            before: float | None = sum(b for b, _ in both) / len(both)
            after: float | None = sum(a for _, a in both) / len(both)
        elif len(rated) == 1:
            before, after = rated[0][scale]
        else:
            before = after = None
        pairs.append(FeltPair(scale, before, after, len(both), n_one))
    return tuple(pairs)


def felt_picture(pairs: tuple[FeltPair, ...], words: Wording, *, several: bool) -> Picture:
    """Draw ratings on their scale of 0 to 10.

    Parameters
    ----------
    pairs
        One a scale.
    words
        The language.
    several
        Whether they are means of several sessions.
    """
    height = _TOP + _ROW_PX * len(pairs) + _FOOT
    description = words.say("felt_desc_several" if several else "felt_desc")
    drawing = Drawing("felt", WIDTH, height, words.say("felt_title"), description)
    scale = Scale(LEAST, MOST, _LEFT, _RIGHT)
    bottom = height - _FOOT
    for value in range(LEAST, MOST + 1):
        x = scale.at(value)
        drawing.line(x, _TOP, x, bottom, stroke=GRID, width=0.8)
        drawing.text(x, bottom + 16, words.number(value), anchor="middle", fill=SOFT, size=SMALL_PX)
    for number, pair in enumerate(pairs):
        y = _TOP + (number + 0.5) * _ROW_PX
        drawing.text(20, y + 5, words.say(f"scale_{pair.scale}"))
        if pair.before is not None and pair.after is not None:
            drawing.line(
                scale.at(pair.before), y, scale.at(pair.after), y, stroke=BREATH, width=2.0
            )
        elif pair.before is None and pair.after is None:
            drawing.text(_LEFT + 8, y + 5, words.say("not_rated"), fill=SOFT, size=SMALL_PX)
        if pair.before is not None:
            drawing.circle(scale.at(pair.before), y, 6, fill=PAPER, stroke=BREATH)
        if pair.after is not None:
            drawing.circle(scale.at(pair.after), y, 5, fill=BREATH, stroke=BREATH)
    drawing.line(_LEFT, bottom, _RIGHT, bottom, stroke=LINE)
    drawing.text(20, height - 8, words.say("legend_felt"), fill=SOFT, size=SMALL_PX)
    return Picture(str(drawing), WIDTH, height, description, _table(pairs, words, several=several))


def _table(pairs: tuple[FeltPair, ...], words: Wording, *, several: bool) -> Table:
    digits = 1 if several else 0
    rows = []
    for pair in pairs:
        row = [words.say(f"scale_{pair.scale}")]
        row += [
            words.say("not_rated") if value is None else words.number(value, digits)
            for value in (pair.before, pair.after)
        ]
        if several:
            row += [words.number(pair.n_both), words.number(pair.n_one)]
        rows.append(tuple(row))
    heads = ["col_scale", "col_before", "col_after", *(["col_n_both", "col_n_one"] * several)]
    return Table(words.say("felt_table"), tuple(words.say(head) for head in heads), tuple(rows))
