"""What the page of two sessions says: their figures and differences, and no verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from biofeedback.looking_back.comparing import Apart, Figure, Row, compare, same_pace
from gui.session_words import Rows
from gui.wording import minutes, number, phase_words, tr

if TYPE_CHECKING:
    from biofeedback.looking_back.opened import Opened


def figure_words(figure: Figure) -> str:
    """Name a figure."""
    return {
        Figure.HR: tr("beats a minute"),
        Figure.RMSSD: tr("RMSSD, in ms"),
        Figure.FOLLOWING: tr("goes with the guide, 0 to 1"),
        Figure.SWING: tr("swing with each breath, in beats a minute"),
    }[figure]


def value_words(row: Row, value: float | None) -> str:
    """Say a figure's value."""
    if value is None:
        return tr("cannot tell")
    digits = {Figure.HR: 1, Figure.RMSSD: 0, Figure.FOLLOWING: 2, Figure.SWING: 1}[row.figure]
    return number(value, digits)


def difference_words(row: Row) -> str:
    """Say how the later one differs, or why that is not said."""
    if row.apart is not None:
        return apart_words(row.apart)
    difference = row.difference
    if difference is None or row.about_the_same:
        return tr("about the same")
    size = value_words(row, abs(difference))
    if difference < 0:
        return tr("{size} lower in the later one").format(size=size)
    return tr("{size} higher in the later one").format(size=size)


def apart_words(apart: Apart) -> str:
    """Say why two figures are not compared."""
    return {
        Apart.MISSING: tr("one of them cannot be told"),
        Apart.OTHER_PACE: tr("not compared: another pace of breath"),
        Apart.OTHER_HEART: tr("not compared: one heart is simulated"),
        Apart.OTHER_KIND: tr("not compared: the straps measure in different ways"),
    }[apart]


def pace_sentence(first: Opened, second: Opened) -> str:
    """Say at which paces the two were breathed; empty where both had no guide."""
    one, other = first.pace_per_min, second.pace_per_min
    if one is None and other is None:
        return ""
    if one is None or other is None:
        return tr("One of them had a breath guide and the other had none.")
    if same_pace(first, second):
        return tr("Both were breathed at about {n} breaths a minute.").format(n=number(other, 1))
    return tr(
        "The earlier one was breathed at {one} breaths a minute and the later one at {other}. "
        "Another pace moves the heart by itself, so the practice is not compared."
    ).format(one=number(one, 1), other=number(other, 1))


def nothing() -> str:
    """Say that there are no figures to compare."""
    return tr("Neither of them has figures that could be compared.")


def caution() -> str:
    """Say what a difference is not."""
    return tr(
        "Hearts differ from day to day by themselves. A difference says nothing about how well "
        "anybody practised."
    )


def table(first: Opened, second: Opened, names: tuple[str, str], *, same_heart: bool) -> Rows:
    """Return the comparison as a table, a heading first."""
    rows: Rows = [("", names[0], names[1], tr("Difference"))]
    for row in compare(first, second, same_heart=same_heart):
        what = tr("{phase}: {figure}").format(
            phase=phase_words(row.phase), figure=figure_words(row.figure)
        )
        rows.append(
            (what, value_words(row, row.first), value_words(row, row.second), difference_words(row))
        )
    return rows


def moment_words(since_s: float, rates_bpm: tuple[float | None, float | None]) -> str:
    """Say both heart rates at one moment of the practice."""
    told = [number(bpm) if bpm is not None else tr("nothing") for bpm in rates_bpm]
    return tr("{time}: {one} beats a minute in the earlier one, {other} in the later one").format(
        time=since_words(since_s), one=told[0], other=told[1]
    )


def since_words(since_s: float) -> str:
    """Say a time before or after the practice began."""
    sign = "\N{MINUS SIGN}" if round(since_s) < 0 else ""
    return sign + minutes(abs(since_s))
