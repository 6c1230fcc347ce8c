"""Every plan runs to its end with every touch, anchor and guide: each line read, and on its cue."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from biofeedback.practice.breath import phase_at
from biofeedback.practice.content import Cue
from biofeedback.types import (
    BreathStage,
    Choices,
    EndMoved,
    GuideChanged,
    LineShown,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Update,
)
from tests.biofeedback.practice.person import CONTENT, run_through, shown_for

AROUND = {"rest", "anchors"}
STAGES = {Cue.EXHALE: BreathStage.EXHALE, Cue.INHALE: BreathStage.INHALE}


def check(choices: Choices, updates: list[Update]) -> None:
    plan = CONTENT.plans[choices.plan_id]
    wanted = [(part.set_id, line_id) for part in plan.parts for line_id in part.line_ids]
    lines = [update for update in updates if isinstance(update, LineShown) and update.line_id]
    assert [(u.set_id, u.line_id) for u in lines if u.set_id not in AROUND] == wanted
    assert all(a.t_s <= b.t_s for a, b in pairwise(updates))
    assert updates[-1] == PracticeEnded(updates[-1].t_s, completed=True)
    paced = CONTENT.guide(choices.guide_id).pattern is not None
    for line, seconds, segment in shown_for(updates):
        assert seconds >= CONTENT.min_show_s - 1e-6, line
        if line.set_id in AROUND:
            continue
        words = CONTENT.sets[line.set_id].line(line.line_id)
        # with the guide that runs here, or with none: the form is the one that fits
        assert line.text in {
            words.text_for(choices, paced=paced),
            words.text_for(choices, paced=False),
        }
        assert segment is None or words.cue is not Cue.USER, "the guide rests while one writes"
        if segment is not None and words.cue in STAGES:
            phase = phase_at(segment, line.t_s + 1e-6)
            assert phase.stage is STAGES[words.cue]
            assert phase.stage_fraction < 0.01
    anchors = {line.text for line in lines if line.set_id == "anchors"}
    assert anchors <= {CONTENT.anchors[choices.anchor_id].line}
    guide = [update for update in updates if isinstance(update, GuideChanged)]
    assert not guide or guide[-1].segment is None


@pytest.mark.parametrize("attended", [True, False])
@pytest.mark.parametrize("plan_id", CONTENT.plans)
def test_every_plan_with_every_touch_anchor_and_guide_runs_to_its_end(
    plan_id: str, attended: bool
) -> None:
    for guide_id, touch_id, anchor_id in product(CONTENT.guides, CONTENT.touches, CONTENT.anchors):
        choices = Choices(
            plan_id=plan_id,
            guide_id=guide_id,
            touch_id=touch_id,
            anchor_id=anchor_id,
            attended=attended,
        )
        check(choices, run_through(choices))


@pytest.mark.parametrize("plan_id", CONTENT.plans)
@pytest.mark.parametrize("guide_id", [*CONTENT.guides, "4-6", "6-0-6-2"])
def test_every_plan_runs_to_its_end_with_a_ramp_and_a_guide_of_ones_own(
    plan_id: str, guide_id: str
) -> None:
    choices = Choices(plan_id=plan_id, guide_id=guide_id, ramp=True)
    check(choices, run_through(choices))


@pytest.mark.parametrize("plan_id", CONTENT.plans)
@pytest.mark.parametrize("quiet_s", [0.0, 3.0, 12.0, 120.0])
def test_every_plan_runs_without_looking_around_and_with_any_quiet_time(
    plan_id: str, quiet_s: float
) -> None:
    choices = Choices(plan_id=plan_id, sight=False, quiet_s=quiet_s)
    updates = run_through(choices)
    phases = [update.phase for update in updates if isinstance(update, PhaseStarted)]
    quiet = {PhaseName.QUIET_BEFORE, PhaseName.QUIET_AFTER} if quiet_s else set()
    assert set(phases) == {PhaseName.GUIDED} | quiet
    check(choices, updates)


@pytest.mark.parametrize("plan_id", CONTENT.plans)
def test_a_plan_keeps_its_length_where_nobody_waits(plan_id: str) -> None:
    choices = Choices(plan_id=plan_id, quiet_s=0, attended=False)
    assert run_through(choices)[-1].t_s == pytest.approx(CONTENT.plans[plan_id].seconds)


WRITTEN = [
    plan.plan_id
    for plan in CONTENT.plans.values()
    if any(
        CONTENT.sets[part.set_id].line(line_id).cue is Cue.USER
        for part in plan.parts
        for line_id in part.line_ids
    )
]


def test_the_five_practices_are_there() -> None:
    sets = {
        plan_id: {part.set_id for part in plan.parts} for plan_id, plan in CONTENT.plans.items()
    }
    for soothing in ("five", "ten", "twenty"):
        assert {"mindful", "common", "kind"} <= sets[soothing]
    assert "mindful" in sets["ten_mindful"] - {"common"}
    assert "common" in sets["ten_common"] - {"mindful"}
    assert "reframe" in sets["ten_reframe"]
    assert "letter" in sets["letter"]
    assert set(WRITTEN) == {"twenty_reframe", "ten_reframe", "letter"}


def test_the_line_about_old_pain_is_in_every_seated_plan() -> None:
    for plan in CONTENT.plans.values():
        if plan.plan_id != "ground_five":
            lines = [(part.set_id, line_id) for part in plan.parts for line_id in part.line_ids]
            assert ("kind", "odd") in lines, plan.plan_id


@pytest.mark.parametrize("plan_id", WRITTEN)
@pytest.mark.parametrize("writes_s", [0.0, 1.0, 5000.0])
def test_a_line_that_waits_is_left_by_the_person_alone(plan_id: str, writes_s: float) -> None:
    updates = run_through(Choices(plan_id=plan_id), writes_s=writes_s)
    lines = [update for update in updates if isinstance(update, LineShown)]
    waits = [at for at, line in enumerate(lines) if line.suggested_s is not None]
    part = next(
        part for part in CONTENT.plans[plan_id].parts if part.set_id in ("reframe", "letter")
    )
    assert [lines[at].line_id for at in waits] == list(part.line_ids)
    for at in waits:
        assert lines[at].suggested_s == part.seconds_per_line
        assert lines[at + 1].t_s - lines[at].t_s == pytest.approx(writes_s)
    assert isinstance(updates[-1], PracticeEnded)


def test_the_end_is_open_until_the_writing_is_done() -> None:
    updates = run_through(Choices(plan_id="letter"))
    guided = next(u for u in updates if isinstance(u, PhaseStarted) and u.phase == "guided")
    assert guided.ends_s is None
    told = [update.ends_s for update in updates if isinstance(update, EndMoved)]
    after = next(u for u in updates if isinstance(u, PhaseStarted) and u.phase == "quiet_after")
    assert told == [after.t_s]
