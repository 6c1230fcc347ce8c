"""Pausing, skipping, another pace, a lost strap: at any moment, nothing breaks or is lost.

A state machine plays the person and the strap against the engine, with a real store behind it.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from biofeedback.engine import Engine
from biofeedback.hrm import encode
from biofeedback.practice.feedback import kind_line
from biofeedback.run import replay
from biofeedback.sessions.store import Store
from biofeedback.sessions.summary import Tally
from biofeedback.types import (
    Action,
    BeatsJudged,
    Choices,
    Event,
    HeartRateMeasurement,
    LinkLost,
    LinkReason,
    LinkUp,
    Marker,
    Packet,
    Strap,
    Tick,
    Update,
)
from tests.biofeedback.practice.person import CHOICES, CONTENT, PLANS_ANEW, Watch

STRAP = Strap("F0:9E:1A:00:00:01", "Belt", 80)


class AnyMoment(RuleBasedStateMachine):
    """One session, from its choices to what the disk holds of it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.open(self.folder)
        self.ready = False

    @initialize(
        plan_id=st.sampled_from(list(CONTENT.plans)),
        guide_id=st.sampled_from(list(CONTENT.guides)),
        touch_id=st.sampled_from(list(CONTENT.touches)),
        anchor_id=st.sampled_from(list(CONTENT.anchors)),
        quiet_s=st.sampled_from([0.0, 20.0, 60.0]),
        length_s=st.sampled_from([None, None, 240.0]),
        wait_for_heart=st.booleans(),
        attended=st.booleans(),
        ramp=st.booleans(),
    )
    def begin(
        self,
        plan_id: str,
        guide_id: str,
        touch_id: str,
        anchor_id: str,
        quiet_s: float,
        length_s: float | None,
        wait_for_heart: bool,
        attended: bool,
        ramp: bool,
    ) -> None:
        self.choices = Choices(
            plan_id=plan_id,
            guide_id=guide_id,
            touch_id=touch_id,
            anchor_id=anchor_id,
            quiet_s=quiet_s,
            length_s=length_s,
            wait_for_heart=wait_for_heart,
            attended=attended,
            ramp=ramp,
        )
        self.watch = Watch(self.choices)
        self.engine = Engine(self.choices, CONTENT)
        self.recorder = self.store.begin(
            source="ble:", choices=self.choices, started_at=datetime(2026, 3, 4, tzinfo=UTC)
        )
        self.events: list[Event] = []
        self.updates: list[Update] = []
        self.t_s = 0.0
        self.linked = False
        self.sent = 0
        self.checked = 0
        self.ready = True

    def take(self, event: Event) -> None:
        """Record, then step: the way of a running session."""
        if not isinstance(event, Tick):
            self.events.append(event)
            self.recorder.write(event)
        self.updates += self.engine.step(event)

    # ------------------------------------------------------------------------------ rules
    @rule(seconds=st.one_of(st.floats(0.05, 6.0), st.floats(6.0, 90.0)))
    def wait(self, seconds: float) -> None:
        self.t_s += seconds
        self.take(Tick(self.t_s))

    @rule(rr_ticks=st.lists(st.integers(600, 1400), min_size=1, max_size=25))
    def beats(self, rr_ticks: list[int]) -> None:
        if not self.linked:
            self.linked = True
            self.take(LinkUp(self.t_s, STRAP))
        for ticks in rr_ticks:
            self.t_s += ticks / 1024
            self.sent += 1
            packet = encode(HeartRateMeasurement(60 * 1024 // ticks, (ticks,), True))
            self.take(Packet(self.t_s, packet))

    @precondition(lambda self: self.ready and self.linked)
    @rule(reason=st.sampled_from([LinkReason.DROPPED, LinkReason.STALLED]))
    def lose_the_strap(self, reason: LinkReason) -> None:
        self.linked = False
        self.take(LinkLost(self.t_s, reason))

    @rule(
        action=st.sampled_from(
            [
                Action.PAUSE,
                Action.RESUME,
                Action.GROUND,
                Action.NEXT_LINE,
                Action.NEXT_LINE,
                Action.PREVIOUS_LINE,
                Action.SKIP,
                Action.BEGIN,
            ]
        )
    )
    def act(self, action: Action) -> None:
        self.take(Marker(self.t_s, action))
        self.watch.acted(self.t_s, action)

    @rule(choice=st.sampled_from([*CHOICES, *PLANS_ANEW]), seconds=st.floats(0.0, 6.0))
    def choose(self, choice: tuple[Action, str], seconds: float) -> None:
        self.t_s += seconds
        for update in self.engine.step(Tick(self.t_s)):
            self.updates.append(update)
            self.watch.take(update)
            self.checked = len(self.updates)
        self.watch.acted(self.t_s, *choice)
        self.take(Marker(self.t_s, *choice))

    # ------------------------------------------------------------------------- invariants
    @precondition(lambda self: self.ready)
    @invariant()
    def order_cue_and_reading_time_hold(self) -> None:
        for update in self.updates[self.checked :]:
            self.watch.take(update)
        self.checked = len(self.updates)

    # --------------------------------------------------------------------------- the end
    def teardown(self) -> None:
        try:
            if self.ready:
                self._come_to_the_end()
        finally:
            self.store.close()
            shutil.rmtree(self.folder)

    def _come_to_the_end(self) -> None:
        for action in (Action.BEGIN, Action.RESUME, *[Action.NEXT_LINE] * len(self.watch.order)):
            self.act(action)
            self.order_cue_and_reading_time_hold()
            self.wait(5000.0)
            self.order_cue_and_reading_time_hold()
            if self.engine.ended_s is not None:
                break
        assert self.engine.ended_s is not None
        self.updates += self.engine.finish(self.t_s)
        self.recorder.finish("completed", duration_s=self.t_s, n_packets=self.sent, n_beats=0)

        judged = [b for u in self.updates if isinstance(u, BeatsJudged) for b in u.beats]
        assert len(judged) == self.sent, "a beat was lost"
        kept = self.store.events(self.recorder.session_id)
        assert kept == self.events, "an event was lost"
        again, summary = replay(kept, self.store.session(1).choices, self.t_s)
        assert again == self.updates, "a replay differs"

        tally = Tally()
        for update in self.updates:
            tally.add(update)
        facts = tally.summary(self.t_s).facts()
        assert facts == summary.facts()
        answer = summary.verdict.answer.value if summary.verdict else None
        change_bpm = summary.verdict.change_bpm if summary.verdict else None
        for turn in range(4):
            needs = kind_line(answer, facts, CONTENT, turn=turn).needs
            assert facts.issuperset(needs)
            if "hr_lower" in needs:
                assert change_bpm is not None
                assert change_bpm < 0
            if "hr_higher" in needs:
                assert change_bpm is not None
                assert change_bpm > 0


# Few, for each event waits for the disk; what needs no disk is tried more often in test_state.py.
AnyMoment.TestCase.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)
TestAnyMoment = AnyMoment.TestCase
