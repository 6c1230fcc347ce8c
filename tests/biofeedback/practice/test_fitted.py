"""A plan fitted into any length: it ends on time, and no line is flashed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.practice.content import Plan, PlanPart
from biofeedback.practice.personal import NOTHING, OwnPlan
from biofeedback.practice.state import Practice
from biofeedback.types import Choices, LineShown, PracticeEnded
from tests.biofeedback.practice.person import CONTENT, FAR_S, run_through, shown_for

breaths = st.sampled_from([*CONTENT.guides, "4-6", "4.7-0-9-0", "1.5-1.5"])


@given(
    plan_id=st.sampled_from(list(CONTENT.plans)),
    guide_id=breaths,
    ramp=st.booleans(),
    length_s=st.floats(10.0, 1800.0),
    quiet_s=st.sampled_from([0.0, 7.0, 60.0, 120.0]),
    touch_id=st.sampled_from(["heart", "none"]),
)
def test_a_line_is_left_out_rather_than_flashed(
    plan_id: str, guide_id: str, ramp: bool, length_s: float, quiet_s: float, touch_id: str
) -> None:
    choices = Choices(
        plan_id=plan_id,
        guide_id=guide_id,
        ramp=ramp,
        length_s=length_s,
        quiet_s=quiet_s,
        touch_id=touch_id,
        attended=False,
    )
    updates = run_through(choices)
    assert updates[-1] == PracticeEnded(updates[-1].t_s, completed=True)
    assert updates[-1].t_s == pytest.approx(length_s)
    for line, seconds, _ in shown_for(updates):
        assert seconds >= CONTENT.min_show_s - 1e-6, line
    shown = [(u.set_id, u.line_id) for u in updates if isinstance(u, LineShown) and u.line_id]
    assert len(shown) == len(set(shown)) or "anchors" in {set_id for set_id, _ in shown}
    lines = [
        CONTENT.sets[part.set_id].line(line_id)
        for part in CONTENT.plans[plan_id].parts
        for line_id in part.line_ids
    ]
    if any((each.set_id, each.line_id) in shown and not each.essential for each in lines):
        for each in lines:
            assert not each.essential or (each.set_id, each.line_id) in shown, each.line_id


@given(length_s=st.floats(5.0, 100.0), n=st.integers(1, 4))
def test_a_plan_without_a_quiet_stretch_fits_too(length_s: float, n: int) -> None:
    ids = tuple(line.line_id for line in CONTENT.sets["ground"].lines[:n])
    plan = Plan("mine", "Mine", 10.0 * n, (PlanPart("ground", ids, 10.0, 0.0),))
    content = CONTENT.with_personal(NOTHING.with_plan(OwnPlan(plan, "en")))
    choices = Choices(plan_id="mine", quiet_s=0.0, length_s=length_s)
    updates = Practice(choices, content).advance(FAR_S)
    assert isinstance(updates[-1], PracticeEnded)
    assert updates[-1].t_s == pytest.approx(length_s)
    assert all(seconds >= CONTENT.min_show_s - 1e-6 for _, seconds, _ in shown_for(updates))
