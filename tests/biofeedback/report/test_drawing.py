"""Pictures are well formed whatever is written in them, and nothing lies outside its scale."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.report.scale import Scale, room_around, ticks
from biofeedback.report.svg import INK, Drawing

NUMBERS = st.floats(-1e6, 1e6)


@given(st.text(), st.text(), st.text())
def test_any_words_make_a_well_formed_picture_that_says_them(
    title: str, description: str, words: str
) -> None:
    drawing = Drawing("a", 10, 10, title, description)
    drawing.text(1, 1, words)
    root = ElementTree.fromstring(str(drawing))
    assert [each.tag for each in root] == ["title", "desc", "text"]
    sayable = "".join(each for each in words if each.isprintable() and each not in "\r\n")
    assert all(each in (root[2].text or "") for each in sayable if each < "\ud800")


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=5))
def test_shapes_hold_numbers_alone(points: list[tuple[float, float]]) -> None:
    drawing = Drawing("a", 10, 10, "t", "d")
    drawing.polyline(points, stroke=INK)
    for element in ElementTree.fromstring(str(drawing)).iter("polyline"):
        for pair in element.attrib["points"].split():
            assert len([float(each) for each in pair.split(",")]) == 2


@given(NUMBERS, st.floats(0.001, 1e5), st.integers(2, 12))
def test_round_values_lie_within_and_are_not_too_many(low: float, width: float, most: int) -> None:
    high = low + width
    found = ticks(low, high, most)
    assert 1 <= len(found) <= most
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert all(low - slack <= each <= high + slack for each in found)
    steps = [after - before for before, after in pairwise(found)]
    assert all(step == pytest.approx(steps[0], rel=1e-3, abs=slack) for step in steps)


@given(st.lists(st.floats(1.0, 300.0), min_size=1), st.booleans())
def test_every_value_lies_between_the_ends_in_order(values: list[float], log: bool) -> None:
    low, high = room_around(values, 0.5, 0.0)
    scale = Scale(max(low, 0.1), high, 200.0, 10.0, logarithmic=log)
    places = [scale.at(value) for value in sorted(values)]
    assert all(10.0 - 1e-6 <= place <= 200.0 + 1e-6 for place in places)
    assert places == sorted(places, reverse=True)
