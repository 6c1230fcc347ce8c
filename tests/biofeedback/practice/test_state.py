"""A practice keeps its order, its cues and its time, whatever the person does."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from biofeedback.practice.breath import phase_at
from biofeedback.practice.state import Practice
from biofeedback.types import (
    Action,
    BreathStage,
    Choices,
    GuideChanged,
    LineShown,
    Paused,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Update,
)
from tests.biofeedback.practice.person import (
    CHOICES,
    CONTENT,
    FAR_S,
    PLANS_ANEW,
    Watch,
    run_through,
)

PLANS = list(CONTENT.plans)


def _run(choices: Choices) -> list[Update]:
    return run_through(choices)


def _lines(updates: list[Update]) -> list[LineShown]:
    return [update for update in updates if isinstance(update, LineShown) and update.line_id]


def _phases(updates: list[Update]) -> list[PhaseName]:
    return [update.phase for update in updates if isinstance(update, PhaseStarted)]


def test_phases_come_in_order_with_their_lengths() -> None:
    updates = _run(Choices())
    starts = [(u.phase, u.t_s) for u in updates if isinstance(u, PhaseStarted)]
    assert starts == [
        (PhaseName.QUIET_BEFORE, 0.0),
        (PhaseName.GUIDED, 60.0),
        (PhaseName.QUIET_AFTER, 360.0),
    ]
    assert updates[-1] == PracticeEnded(420.0, completed=True)


def test_quiet_times_can_be_left_out() -> None:
    updates = _run(Choices(quiet_s=0))
    assert _phases(updates) == [PhaseName.GUIDED]
    assert updates[-1] == PracticeEnded(300.0, completed=True)


@pytest.mark.parametrize("guide_id", [g for g, guide in CONTENT.guides.items() if guide.pattern])
def test_the_guide_starts_with_an_in_breath_and_ends_with_the_breath(guide_id: str) -> None:
    changes = [u for u in _run(Choices(guide_id=guide_id)) if isinstance(u, GuideChanged)]
    start, end = changes
    assert start.segment is not None
    assert end.segment is None
    breaths = (end.t_s - start.t_s) / start.segment.pattern.cycle_s
    assert breaths == pytest.approx(round(breaths))


def test_own_pace_and_grounding_run_without_a_guide() -> None:
    for choices in (Choices(guide_id="own"), Choices(plan_id="ground_five")):
        assert not [u for u in _run(choices) if isinstance(u, GuideChanged)]


@given(st.floats(5.0, 2000.0), st.sampled_from(PLANS), st.sampled_from(list(CONTENT.guides)))
@settings(max_examples=60)
def test_a_practice_fits_the_length_that_was_asked_for(
    length_s: float, plan_id: str, guide_id: str
) -> None:
    choices = Choices(plan_id=plan_id, guide_id=guide_id, length_s=length_s, attended=False)
    updates = _run(choices)
    end = updates[-1]
    assert isinstance(end, PracticeEnded)
    assert end.completed
    assert end.t_s == pytest.approx(length_s, rel=1e-9)
    assert _phases(updates) == [PhaseName.QUIET_BEFORE, PhaseName.GUIDED, PhaseName.QUIET_AFTER]


def test_a_short_practice_keeps_what_it_must_say() -> None:
    shown = {(u.set_id, u.line_id) for u in _lines(_run(Choices(length_s=120)))}
    assert {("settle", "choice"), ("settle", "soft"), ("kind", "odd")} <= shown


def test_updates_do_not_depend_on_how_often_time_is_told() -> None:
    seldom = Practice(Choices(), CONTENT)
    often = Practice(Choices(), CONTENT)
    updates = [update for step in range(5000) for update in often.advance(step / 10)]
    assert updates == seldom.advance(499.9)


def test_arriving_waits_for_the_first_packet() -> None:
    practice = Practice(Choices(wait_for_heart=True), CONTENT)
    assert _phases(practice.advance(500.0)) == [PhaseName.ARRIVING]
    assert _phases(practice.heart_arrived(501.5)) == [PhaseName.QUIET_BEFORE]
    assert _phases(practice.heart_arrived(502.5)) == []


def test_a_person_can_begin_without_a_strap() -> None:
    practice = Practice(Choices(wait_for_heart=True), CONTENT)
    assert PhaseName.QUIET_BEFORE in _phases(practice.act(12.0, Action.BEGIN))
    assert _phases(practice.act(13.0, Action.BEGIN)) == []


def test_stop_ends_at_once_from_anywhere() -> None:
    for at_s in (0.0, 30.0, 115.0, 400.0):
        practice = Practice(Choices(), CONTENT)
        updates = practice.act(at_s, Action.STOP)
        assert updates[-1] == PracticeEnded(at_s, completed=False)
        assert practice.act(at_s + 1, Action.RESUME) == []
        assert practice.breath_at(at_s + 1) is None


def test_a_pause_costs_no_quiet_time() -> None:
    practice = Practice(Choices(), CONTENT)
    practice.act(20.0, Action.PAUSE)
    assert practice.advance(500.0) == []
    practice.act(500.0, Action.RESUME)
    starts = [u.t_s for u in practice.advance(541.0) if isinstance(u, PhaseStarted)]
    assert starts == [540.0]


def test_after_a_pause_the_line_comes_again_and_the_guide_starts_with_an_in_breath() -> None:
    practice = Practice(Choices(), CONTENT)
    practice.act(195.0, Action.PAUSE)
    assert practice.breath_at(201.0) is None
    updates = practice.act(260.0, Action.RESUME)
    line = next(u for u in updates if isinstance(u, LineShown))
    assert (line.set_id, line.line_id) == ("mindful", "name")
    breath = practice.breath_at(260.0)
    assert breath is not None
    assert breath.stage is BreathStage.INHALE
    assert breath.stage_fraction == 0.0


def test_grounding_pauses() -> None:
    practice = Practice(Choices(), CONTENT)
    assert any(isinstance(update, Paused) for update in practice.act(200.0, Action.GROUND))
    assert practice.paused


def test_next_shows_the_next_line_at_once_and_previous_the_one_before() -> None:
    practice = Practice(Choices(), CONTENT)
    practice.advance(195.0)
    shown = _lines(practice.act(195.0, Action.NEXT_LINE))
    assert [(u.t_s, u.line_id) for u in shown] == [(195.0, "part")]
    shown = _lines(practice.act(196.0, Action.PREVIOUS_LINE))
    assert [(u.t_s, u.line_id) for u in shown] == [(196.0, "name")]


def test_skipping_goes_to_the_next_part_and_from_the_last_to_the_quiet_time() -> None:
    practice = Practice(Choices(), CONTENT)
    assert _phases(practice.act(5.0, Action.SKIP)) == [PhaseName.QUIET_BEFORE, PhaseName.GUIDED]
    sets = []
    for step in range(5):
        lines = _lines(practice.act(6.0 + step, Action.SKIP))
        sets.append(lines[-1].set_id if lines else "")
    assert sets == ["anchors", "mindful", "common", "kind", "close"]
    assert _phases(practice.act(20.0, Action.SKIP)) == [PhaseName.QUIET_AFTER]
    assert isinstance(practice.act(21.0, Action.SKIP)[-1], PracticeEnded)


def test_breathing_is_at_most_three_actions_away() -> None:
    practice = Practice(Choices(), CONTENT)
    practice.act(2.0, Action.SKIP)
    practice.act(3.0, Action.SKIP)
    assert practice.breath_at(3.5) is not None


def test_a_new_pace_begins_when_the_breath_ends() -> None:
    practice = Practice(Choices(), CONTENT)
    practice.advance(203.0)
    updates = practice.act(203.0, Action.GUIDE, "light") + practice.advance(211.0)
    change = next(u for u in updates if isinstance(u, GuideChanged))
    assert change.t_s == pytest.approx(210.0)
    assert change.segment is not None
    assert change.segment.pattern.inhale_s == 3.0
    assert change.segment.cycles == 10.0


def test_ones_own_pace_rests_the_guide_at_once() -> None:
    practice = Practice(Choices(), CONTENT)
    practice.advance(203.0)
    updates = practice.act(203.0, Action.GUIDE, "own")
    assert GuideChanged(203.0, None) in updates


def test_the_guide_can_be_asked_for_any_past_time() -> None:
    practice = Practice(Choices(), CONTENT)
    practice.advance(203.0)
    practice.act(203.0, Action.GUIDE, "own")
    practice.advance(300.0)
    assert practice.breath_at(100.0) is None
    breath = practice.breath_at(202.0)
    assert breath is not None
    assert breath.cycles == pytest.approx(9.2)
    assert practice.breath_at(204.0) is None


actions = st.lists(
    st.tuples(
        st.floats(0.0, 60.0),
        st.sampled_from(
            [
                (Action.PAUSE, ""),
                (Action.RESUME, ""),
                (Action.NEXT_LINE, ""),
                (Action.PREVIOUS_LINE, ""),
                (Action.SKIP, ""),
                (Action.GROUND, ""),
                (Action.BEGIN, ""),
                (Action.GUIDE, "light"),
                (Action.GUIDE, "slow"),
                (Action.GUIDE, "own"),
                (Action.TOUCH, "none"),
                (Action.ANCHOR, "feet"),
                (Action.SIGHT, "no"),
            ]
        ),
    ),
    max_size=12,
)


@given(actions, st.sampled_from(PLANS), st.sampled_from(list(CONTENT.guides)), st.booleans())
@settings(max_examples=150, deadline=None)
@example(
    does=[
        (10.0, (Action.RESUME, "")),
        (60.0, (Action.PREVIOUS_LINE, "")),
        (7.0, (Action.PAUSE, "")),
    ],
    plan_id="ground_five",
    guide_id="own",
    fit=True,
)
def test_whatever_the_person_does_time_and_order_hold(
    does: list[tuple[float, tuple[Action, str]]], plan_id: str, guide_id: str, fit: bool
) -> None:
    length_s = 90.0 if fit else None
    choices = Choices(plan_id=plan_id, guide_id=guide_id, length_s=length_s)
    practice = Practice(choices, CONTENT)
    watch = Watch(choices)
    updates: list[Update] = []
    t_s = 0.0

    def act(action: Action, value: str = "") -> None:
        watch.acted(t_s, action)
        came = practice.act(t_s, action, value)
        for update in came:
            watch.take(update)
        updates.extend(came)

    for wait_s, (action, value) in does:
        for update in practice.advance(t_s + wait_s):
            watch.take(update)
            updates.append(update)
        t_s += wait_s
        act(action, value)
    for action in (Action.RESUME, *[Action.NEXT_LINE] * len(watch.order)):
        act(action)
        t_s += FAR_S
        act(Action.BEGIN)  # does nothing any more
    assert isinstance(updates[-1], PracticeEnded)
    assert updates[-1].completed


moments = st.lists(
    st.tuples(
        st.floats(0.0, 30.0),
        st.sampled_from([*CHOICES, *PLANS_ANEW, *[(Action.NEXT_LINE, "")] * 4]),
    ),
    min_size=3,
    max_size=15,
)


@given(moments, st.sampled_from(PLANS), st.sampled_from(list(CONTENT.guides)), st.booleans())
@settings(max_examples=200, deadline=None)
@example(  # another breath leaves room for fewer lines, and then the quiet time is changed
    does=[
        (0.0, (Action.PLAN, "five@120")),
        (0.0, (Action.NEXT_LINE, "")),
        (24.0, (Action.GUIDE, "own")),
        (12.0, (Action.GUIDE, "478")),
        (0.0, (Action.QUIET, "0")),
        (0.0, (Action.PLAN, "five")),
    ],
    plan_id="five",
    guide_id="own",
    ramp=False,
)
def test_another_choice_at_any_moment_leaves_no_line_out_and_hurries_none(
    does: list[tuple[float, tuple[Action, str]]], plan_id: str, guide_id: str, ramp: bool
) -> None:
    choices = Choices(plan_id=plan_id, guide_id=guide_id, quiet_s=0, ramp=ramp)
    practice = Practice(choices, CONTENT)
    watch = Watch(choices)
    t_s = 0.0
    for wait_s, (action, value) in does:
        for update in practice.advance(t_s + wait_s):
            watch.take(update)
        t_s += wait_s
        watch.acted(t_s, action, value)
        for update in practice.act(t_s, action, value):
            watch.take(update)
    for update in practice.advance(t_s + FAR_S):
        watch.take(update)


@given(actions)
@settings(max_examples=80, deadline=None)
def test_updates_are_a_function_of_the_actions_alone(
    does: list[tuple[float, tuple[Action, str]]],
) -> None:
    ticked, plain = Practice(Choices(), CONTENT), Practice(Choices(), CONTENT)
    one: list[Update] = []
    other: list[Update] = []
    t_s = 0.0
    for wait_s, (action, value) in does:
        for part in range(1, 5):
            one += ticked.advance(t_s + wait_s * part / 5)
        t_s += wait_s
        one += ticked.act(t_s, action, value)
        other += plain.act(t_s, action, value)
    assert one == other


# ------------------------------------------------------------------------------- the ramp
def _guides(updates: list[Update]) -> list[GuideChanged]:
    return [update for update in updates if isinstance(update, GuideChanged)]


def test_a_ramp_begins_light_and_comes_to_the_pace_that_was_chosen() -> None:
    segment = _guides(_run(Choices(ramp=True)))[0].segment
    assert segment is not None
    assert segment.lead[0] == CONTENT.guides["light"].pattern
    assert segment.pattern == CONTENT.guides["ease"].pattern


def test_a_ramp_begins_at_the_own_pace_where_it_is_known() -> None:
    practice = Practice(Choices(ramp=True), CONTENT, lambda: 14.0)
    segment = _guides(practice.advance(FAR_S))[0].segment
    assert segment is not None
    assert segment.lead[0].rate_per_min == pytest.approx(14.0)


def test_without_a_ramp_nothing_leads_to_the_pace() -> None:
    assert all(not u.segment.lead for u in _guides(_run(Choices())) if u.segment)


@given(
    st.floats(70.0, 300.0),
    st.sampled_from(["light", "slow", "box", "478", "4-6", "6-0-6-0"]),
    st.booleans(),
)
@settings(max_examples=60)
def test_a_change_of_pace_goes_on_from_the_same_breath(
    t_s: float, guide_id: str, ramp: bool
) -> None:
    practice = Practice(Choices(ramp=ramp), CONTENT)
    updates = practice.act(t_s, Action.GUIDE, guide_id)
    updates += practice.advance(FAR_S)
    for change, after in pairwise(_guides(updates)):
        if change.segment is None or after.segment is None:
            continue
        before = phase_at(change.segment, after.t_s)
        begins = phase_at(after.segment, after.t_s)
        assert begins.cycles == pytest.approx(before.cycles, abs=1e-6)
        assert begins.fullness == pytest.approx(before.fullness, abs=1e-5)
