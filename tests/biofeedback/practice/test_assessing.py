"""An assessment keeps its order and its time, whatever the person does, and loses nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.practice.assessing import (
    PACES_PER_MIN,
    REST_S,
    SLIDE,
    SLIDE_BREATHS,
    STEP_S,
    STEPPED,
    Assessing,
    order,
    planned_s,
    slide,
)
from biofeedback.practice.breath import phase_at
from biofeedback.practice.content import ContentError
from biofeedback.types import (
    Action,
    Choices,
    GuideChanged,
    Paused,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Resumed,
    StepStarted,
    Update,
)

FAR_S = 100_000.0
STEPS = Choices(plan_id=STEPPED, seed=5)


def _steps(updates: list[Update]) -> list[StepStarted]:
    return [update for update in updates if isinstance(update, StepStarted)]


def _guides(updates: list[Update]) -> list[GuideChanged]:
    return [update for update in updates if isinstance(update, GuideChanged)]


def test_five_paces_come_for_two_minutes_each_in_the_order_of_the_seed_with_rests() -> None:
    updates = Assessing(STEPS).advance(FAR_S)
    steps = _steps(updates)
    assert [step.number for step in steps] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert {step.n_steps for step in steps} == {5}
    rests, paces = steps[::2], steps[1::2]
    assert {step.rate_per_min for step in rests} == {None}
    assert [round(step.rate_per_min or 0, 6) for step in paces] == list(order(5))
    assert all(step.ends_s - step.t_s == pytest.approx(STEP_S) for step in paces)
    assert all(step.ends_s - step.t_s == REST_S for step in rests)
    assert all(one.ends_s == pytest.approx(other.t_s) for one, other in pairwise(steps))
    end = updates[-1]
    assert end == PracticeEnded(pytest.approx(planned_s(STEPS)), completed=True)  # type: ignore[arg-type]


def test_each_step_is_whole_breaths_of_its_pace_and_a_rest_has_no_guide() -> None:
    changes = _guides(Assessing(STEPS).advance(FAR_S))
    for change, after in pairwise(changes):
        if change.segment is not None:
            assert after.segment is None
            assert phase_at(change.segment, after.t_s).fullness == pytest.approx(0.0, abs=1e-6)


def test_the_order_follows_from_the_seed_alone_and_every_order_can_come() -> None:
    assert order(7) == order(7)
    assert all(sorted(order(seed)) == sorted(PACES_PER_MIN) for seed in range(50))
    assert len({order(seed) for seed in range(3000)}) == 120


def test_the_slide_takes_78_breaths_from_6_75_to_4_25_each_longer_by_the_same_time() -> None:
    breaths = slide()
    assert len(breaths) == SLIDE_BREATHS
    assert breaths[0].rate_per_min == pytest.approx(6.75)
    assert breaths[-1].rate_per_min == pytest.approx(4.25)
    longer = [after.cycle_s - before.cycle_s for before, after in pairwise(breaths)]
    assert longer == pytest.approx([longer[0]] * len(longer))
    updates = Assessing(Choices(plan_id=SLIDE)).advance(FAR_S)
    start, end = _guides(updates)
    assert start.segment is not None
    assert phase_at(start.segment, end.t_s).cycles == pytest.approx(SLIDE_BREATHS)
    step = _steps(updates)[1]
    assert step.rate_per_min == pytest.approx(6.75)
    assert step.to_per_min == pytest.approx(4.25)


def test_it_waits_for_the_heart_or_begins_without_it() -> None:
    waits = Choices(plan_id=STEPPED, wait_for_heart=True)
    one = Assessing(waits)
    assert one.advance(50.0) == [PhaseStarted(0.0, PhaseName.ARRIVING, None)]
    assert _steps(one.heart_arrived(60.0))[0].t_s == 60.0
    other = Assessing(waits)
    assert _steps(other.act(20.0, Action.BEGIN))[0].t_s == 20.0


def test_skip_goes_to_the_rest_and_from_the_rest_to_the_step() -> None:
    one = Assessing(STEPS)
    (step,) = _steps(one.act(5.0, Action.SKIP)[1:])[-1:]
    assert (step.t_s, step.number) == (5.0, 1)
    assert step.rate_per_min is not None
    (rest,) = _steps(one.act(65.0, Action.SKIP))
    assert (rest.t_s, rest.number, rest.rate_per_min) == (65.0, 2, None)


def test_skipping_the_last_step_ends_it() -> None:
    one = Assessing(STEPS)
    updates: list[Update] = []
    for turn in range(10):
        updates += one.act(float(turn), Action.SKIP)
    assert updates[-1] == PracticeEnded(9.0, completed=True)


def test_a_pause_begins_the_step_anew_and_the_rest_of_it_keeps_its_time() -> None:
    one = Assessing(STEPS)
    one.advance(90.0)
    paused = one.act(100.0, Action.PAUSE)
    assert paused == [GuideChanged(100.0, None), Paused(100.0)]
    assert one.advance(1000.0) == []
    assert one.breath_at(1000.0) is None
    resumed = one.act(2000.0, Action.RESUME)
    assert any(isinstance(update, Resumed) for update in resumed)
    (step,) = _steps(resumed)
    assert (step.t_s, step.number) == (2000.0, 1)
    assert step.ends_s == pytest.approx(2000.0 + STEP_S)


def test_stop_ends_it_at_once() -> None:
    one = Assessing(STEPS)
    one.advance(40.0)
    assert one.act(50.0, Action.STOP)[-1] == PracticeEnded(50.0, completed=False)
    assert one.act(60.0, Action.SKIP) == []


def test_an_unknown_assessment_is_refused() -> None:
    with pytest.raises(ContentError, match="resonance_steps"):
        Assessing(Choices(plan_id="five"))


actions = st.lists(
    st.tuples(st.floats(0.0, 200.0), st.sampled_from(list(Action))), min_size=0, max_size=12
)


@given(actions, st.integers(0, 1000), st.sampled_from([STEPPED, SLIDE]))
@settings(max_examples=80)
def test_whatever_is_done_order_holds_and_updates_do_not_depend_on_how_time_is_told(
    done: list[tuple[float, Action]], seed: int, protocol: str
) -> None:
    choices = Choices(plan_id=protocol, seed=seed)

    def run(*, told: bool) -> list[Update]:
        one, t_s, updates = Assessing(choices), 0.0, []
        for wait_s, action in done:
            if told:
                for part in (0.2, 0.5, 0.9):
                    updates += one.advance(t_s + part * wait_s)
            t_s += wait_s
            updates += one.act(t_s, action)
        updates += one.act(t_s, Action.RESUME)
        return updates + one.advance(FAR_S)

    updates = run(told=False)
    assert updates == run(told=True)
    assert [u.t_s for u in updates] == sorted(u.t_s for u in updates)
    assert isinstance(updates[-1], PracticeEnded)
    numbers = [step.number for step in _steps(updates)]
    assert numbers == sorted(numbers)
    assert sum(isinstance(update, PracticeEnded) for update in updates) == 1


@given(st.integers(0, 50), st.floats(0.0, 800.0))
def test_the_breath_ahead_is_the_breath_that_comes(seed: int, t_s: float) -> None:
    choices = Choices(plan_id=STEPPED, seed=seed)
    ahead, along = Assessing(choices), Assessing(choices)
    ahead.advance(0.0)
    along.advance(t_s)
    assert ahead.breath_at(t_s) == along.breath_at(t_s)
