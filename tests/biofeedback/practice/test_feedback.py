"""A kind line is shown only if all that it needs holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.practice.content import load_content
from biofeedback.practice.feedback import SETS, kind_line

CONTENT = load_content()
FACTS = sorted(
    {need for set_id in SETS.values() for line in CONTENT.sets[set_id].lines for need in line.needs}
)


@given(st.sampled_from([None, *SETS]), st.frozensets(st.sampled_from(FACTS)), st.integers(0, 50))
def test_every_need_of_the_line_holds(answer: str | None, facts: frozenset[str], turn: int) -> None:
    assert facts.issuperset(kind_line(answer, facts, CONTENT, turn=turn).needs)


@pytest.mark.parametrize(
    ("answer", "facts", "set_id"),
    [
        ("calmer", {"hr_lower", "signal_good"}, "fb_calmer"),
        ("same", {"hr_same", "signal_good"}, "fb_steady"),
        ("more_active", {"hr_higher", "signal_good"}, "fb_notcalmer"),
        ("cannot_tell", {"signal_poor"}, "fb_unclear"),
        (None, {"window_short"}, "fb_unclear"),
        ("cannot_tell", set(), "fb_steady"),
    ],
)
def test_the_line_comes_from_the_set_that_answers(
    answer: str | None, facts: set[str], set_id: str
) -> None:
    assert kind_line(answer, frozenset(facts), CONTENT).set_id == set_id


def test_lines_take_turns() -> None:
    facts = frozenset({"hr_same", "signal_good"})
    assert len({kind_line("same", facts, CONTENT, turn=turn).line_id for turn in range(8)}) == 4
