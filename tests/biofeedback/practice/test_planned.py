"""Length, plan, quiet time and eyes: chosen before, and changed in the middle."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.engine import Engine
from biofeedback.practice.content import ContentError, load_content
from biofeedback.practice.planned import planned, same_place
from biofeedback.practice.state import Practice
from biofeedback.practice.steps import plan_steps
from biofeedback.run import replay
from biofeedback.sessions.event_codec import from_row, to_row
from biofeedback.types import (
    EYES,
    Action,
    Choices,
    ChoicesChanged,
    EndMoved,
    Event,
    LineShown,
    Marker,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Tick,
    Update,
)

CONTENT = load_content()
ALONE = Choices(attended=False)
TIMED = [
    plan_id
    for plan_id, plan in CONTENT.plans.items()
    if not any(step.waits for step in plan_steps(plan, CONTENT))
]
FAR_S = 100_000.0


def phases(updates: list[Update]) -> dict[PhaseName, tuple[float, float | None]]:
    return {u.phase: (u.t_s, u.ends_s) for u in updates if isinstance(u, PhaseStarted)}


def lines(updates: list[Update]) -> list[tuple[str, str]]:
    return [
        (u.set_id, u.line_id)
        for u in updates
        if isinstance(u, LineShown) and u.line_id and u.set_id not in ("rest", "anchors")
    ]


def lines_of(plan_id: str) -> list[tuple[str, str]]:
    return [
        (step.line.set_id, step.line.line_id)
        for step in plan_steps(CONTENT.plans[plan_id], CONTENT)
        if step.line
    ]


# -------------------------------------------------------------------------------- before
@pytest.mark.parametrize("minutes", [5, 10, 20])
@pytest.mark.parametrize("plan_id", TIMED)
def test_a_practice_takes_the_length_that_was_chosen(plan_id: str, minutes: int) -> None:
    choices = replace(ALONE, plan_id=plan_id, guided_s=60.0 * minutes)
    updates = Practice(choices, CONTENT).advance(FAR_S)
    told = phases(updates)
    start_s, _ = told[PhaseName.GUIDED]
    end_s, _ = told[PhaseName.QUIET_AFTER]
    assert start_s == 60.0  # the quiet time keeps its own length
    assert end_s - start_s == pytest.approx(60.0 * minutes, abs=15.0)
    assert set(lines(updates)) <= set(lines_of(plan_id))


def test_where_the_person_writes_nobody_is_hurried() -> None:
    for plan_id in set(CONTENT.plans) - set(TIMED):
        choices = replace(ALONE, plan_id=plan_id, guided_s=300.0)
        assert planned(choices, CONTENT).guided_s == CONTENT.plans[plan_id].seconds


def test_with_eyes_shut_no_line_asks_to_look() -> None:
    looking = [line for each in CONTENT.sets.values() for line in each.lines if line.alt_no_sight]
    assert looking
    for line in looking:
        assert line.text_for(replace(ALONE, eyes="shut"), paced=True) == line.alt_no_sight
        for eyes in ("open", "half"):
            assert line.text_for(replace(ALONE, eyes=eyes), paced=True) != line.alt_no_sight


@pytest.mark.parametrize(
    ("action", "value"),
    [
        (Action.EYES, "wide"),
        (Action.PLAN, "nonsense"),
        (Action.PLAN, "five@soon"),
        (Action.PLAN, "five@1"),
        (Action.PLAN, "five@nan"),
        (Action.QUIET, "-1"),
        (Action.QUIET, "inf"),
        (Action.QUIET, ""),
    ],
)
def test_a_choice_that_makes_no_sense_changes_nothing(action: Action, value: str) -> None:
    practice = Practice(ALONE, CONTENT)
    practice.advance(10.0)
    with pytest.raises(ContentError):
        practice.act(10.0, action, value)
    assert practice.choices == ALONE


# -------------------------------------------------------------------------- in the middle
def test_another_quiet_time_lengthens_or_shortens_the_one_that_runs() -> None:
    practice = Practice(ALONE, CONTENT)
    practice.advance(20.0)
    assert EndMoved(20.0, 120.0) in practice.act(20.0, Action.QUIET, "120")
    assert EndMoved(30.0, 60.0) in practice.act(30.0, Action.QUIET, "60")
    updates = practice.act(40.0, Action.QUIET, "0")
    assert phases(updates)[PhaseName.GUIDED][0] == 40.0
    assert PhaseName.QUIET_AFTER not in phases(practice.advance(FAR_S))


def test_both_quiet_times_stay_the_same_length() -> None:
    practice = Practice(ALONE, CONTENT)
    practice.advance(20.0)
    practice.act(20.0, Action.QUIET, "120")
    told = phases(practice.advance(FAR_S))
    start_s, ends_s = told[PhaseName.QUIET_AFTER]
    assert told[PhaseName.GUIDED][0] == 120.0
    assert ends_s == start_s + 120.0


def test_a_quiet_time_that_stands_still_is_stretched_when_it_goes_on() -> None:
    practice = Practice(ALONE, CONTENT)
    practice.advance(20.0)
    practice.act(20.0, Action.PAUSE)
    practice.act(30.0, Action.QUIET, "120")
    practice.act(50.0, Action.RESUME)
    assert phases(practice.advance(FAR_S))[PhaseName.GUIDED][0] == 150.0


def test_another_plan_goes_on_from_the_line_that_both_have() -> None:
    practice = Practice(replace(ALONE, quiet_s=0.0), CONTENT)
    before = lines(practice.advance(150.0))
    updates = practice.act(150.0, Action.PLAN, "twenty") + practice.advance(FAR_S)
    after = lines(updates)
    assert isinstance(updates[0], ChoicesChanged)
    place = lines_of("twenty").index(before[-1])
    assert after == lines_of("twenty")[place + 1 :]
    assert isinstance(updates[-1], PracticeEnded)
    assert updates[-1].t_s > 900.0


def test_where_the_other_plan_lacks_the_line_it_goes_on_after_the_last_common_one() -> None:
    practice = Practice(replace(ALONE, quiet_s=0.0), CONTENT)
    before = lines(practice.advance(200.0))
    assert before[-1] not in lines_of("ground_five")
    updates = practice.act(200.0, Action.PLAN, "ground_five") + practice.advance(FAR_S)
    assert lines(updates) == lines_of("ground_five")


def test_a_longer_practice_gives_the_lines_to_come_more_time() -> None:
    practice = Practice(replace(ALONE, quiet_s=0.0), CONTENT)
    before = lines(practice.advance(100.0))
    updates = practice.act(100.0, Action.PLAN, "five@600")
    assert any(isinstance(u, EndMoved) and (u.ends_s or 0) > 420.0 for u in updates)
    updates += practice.advance(FAR_S)
    assert lines(updates) == lines_of("five")[len(before) :]
    back = Practice(replace(ALONE, quiet_s=0.0, guided_s=600.0), CONTENT)
    back.advance(50.0)
    back.act(50.0, Action.PLAN, "five")
    assert back.choices.guided_s is None
    assert (back.advance(FAR_S)[-1].t_s) < 400.0


@given(st.sampled_from(sorted(CONTENT.plans)), st.sampled_from(sorted(CONTENT.plans)), st.data())
@settings(max_examples=200)
def test_a_place_is_always_found(one: str, other: str, data: st.DataObject) -> None:
    steps = plan_steps(CONTENT.plans[one], CONTENT)
    others = plan_steps(CONTENT.plans[other], CONTENT)
    at = data.draw(st.integers(0, len(steps) - 1))
    place, same = same_place(steps, at, others)
    assert 0 <= place < len(others)
    line = steps[at].line
    if one == other and line is not None:
        assert (place, same) == (at, True)
    if same:
        assert (others[place].line is None) == (line is None)


CHANGES = [
    *((Action.EYES, eyes) for eyes in EYES),
    *((Action.PLAN, plan_id) for plan_id in CONTENT.plans),
    *((Action.PLAN, value) for value in ("five@600", "ten_mindful@300", "ground_five@1200")),
    *((Action.QUIET, value) for value in ("0", "60", "180")),
    (Action.PAUSE, ""),
    (Action.RESUME, ""),
    (Action.SKIP, ""),
    (Action.NEXT_LINE, ""),
    (Action.GUIDE, "light"),
    (Action.GUIDE, "own"),
]
moments = st.lists(st.tuples(st.floats(0.0, 90.0), st.sampled_from(CHANGES)), max_size=10)


@given(moments, st.sampled_from(sorted(CONTENT.plans)), st.booleans())
@settings(max_examples=80, deadline=None)
def test_any_change_at_any_moment_keeps_time_and_order_and_replays_to_the_last_bit(
    does: list[tuple[float, tuple[Action, str]]], plan_id: str, wait: bool
) -> None:
    choices = replace(ALONE, plan_id=plan_id, quiet_s=20.0, wait_for_heart=wait)
    engine = Engine(choices, CONTENT)
    events: list[Event] = []
    updates: list[Update] = []
    t_s = 0.0
    for wait_s, (action, value) in [*does, (0.0, (Action.BEGIN, "")), (1.0, (Action.RESUME, ""))]:
        t_s += wait_s
        updates += engine.step(Tick(t_s))
        events.append(Marker(t_s, action, value))
        updates += engine.step(events[-1])
    end_s = t_s + 20_000.0
    updates += engine.step(Tick(end_s))
    assert isinstance(updates[-1], PracticeEnded)
    assert updates[-1].completed
    times = [update.t_s for update in updates]
    assert times == sorted(times)
    started = [u.phase for u in updates if isinstance(u, PhaseStarted)]
    assert started == sorted(set(started), key=list(PhaseName).index)
    stored = [from_row(*to_row(event)) for event in events]
    assert replay(stored, choices, end_s)[0] == updates
