"""A person who practises, and a watch over what is shown to them."""

from __future__ import annotations

from biofeedback.practice.breath import phase_at
from biofeedback.practice.content import Cue, load_content
from biofeedback.practice.state import Practice
from biofeedback.types import (
    Action,
    BeatsJudged,
    BreathSegment,
    BreathStage,
    Choices,
    GuideChanged,
    LineShown,
    Metrics,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    PulseSeen,
    Update,
)

CONTENT = load_content()
FAR_S = 100_000.0
STAGES = {Cue.EXHALE: BreathStage.EXHALE, Cue.INHALE: BreathStage.INHALE}
MOVES = {Action.NEXT_LINE, Action.PREVIOUS_LINE, Action.SKIP, Action.BEGIN, Action.RESUME}
"""After these a line comes because the person asked, at that moment."""
CHOICES = [
    *((Action.GUIDE, guide_id) for guide_id in CONTENT.guides),
    *((Action.TOUCH, touch_id) for touch_id in ("heart", "none", "object")),
    *((Action.ANCHOR, anchor_id) for anchor_id in CONTENT.anchors),
    (Action.SIGHT, "no"),
    (Action.SIGHT, "yes"),
    (Action.EYES, "shut"),
    (Action.EYES, "open"),
]
PLANS_ANEW = [
    *((Action.PLAN, plan_id) for plan_id in CONTENT.plans),
    *((Action.PLAN, value) for value in ("five@120", "ten@400", "ten_mindful@1200")),
    *((Action.QUIET, seconds) for seconds in ("0", "30", "120")),
]
"""Choices after which the practice is planned anew."""


def waiting(updates: list[Update]) -> LineShown | None:
    """Return the line that waits for the person after ``updates``, or None."""
    for update in reversed(updates):
        if isinstance(update, LineShown):
            return update if update.suggested_s is not None else None
        if isinstance(update, PhaseStarted | PracticeEnded):
            return None
    return None


def run_through(choices: Choices, *, writes_s: float = 37.3) -> list[Update]:
    """Run a practice to its end; each line that waits is left after ``writes_s`` seconds."""
    practice = Practice(choices, CONTENT)
    updates = practice.advance(FAR_S)
    while (line := waiting(updates)) is not None:
        updates += practice.act(line.t_s + writes_s, Action.NEXT_LINE)
        updates += practice.advance(line.t_s + FAR_S)
    return updates


def shown_for(updates: list[Update]) -> list[tuple[LineShown, float, BreathSegment | None]]:
    """Return each line with its seconds on screen and the guide that ran when it came."""
    told: list[tuple[LineShown, float, BreathSegment | None]] = []
    line: LineShown | None = None
    segment: BreathSegment | None = None
    line_segment: BreathSegment | None = None
    phase: PhaseName | None = None
    for update in updates:
        gone = isinstance(update, LineShown | PracticeEnded)
        if isinstance(update, PhaseStarted):
            gone, phase = phase is not None, update.phase
        if gone and line is not None:
            told.append((line, update.t_s - line.t_s, line_segment))
            line = None
        if isinstance(update, GuideChanged):
            segment = update.segment
        if isinstance(update, LineShown) and update.line_id:
            line, line_segment = update, segment
    return told


class Watch:
    """Holds what is shown to its rules: phases in order, lines in order, read and on their cue.

    Tell it of each action before the updates that follow from it.
    """

    def __init__(self, choices: Choices) -> None:
        self.order = _order(choices.plan_id)
        self._cut = choices.guided_s is not None
        self._fitted = choices.length_s is not None
        self._phases: list[PhaseName] = []
        self._segment: BreathSegment | None = None
        self._line: LineShown | None = None
        self._at = -1
        self._asked_s = -1.0
        self._jumped = False
        self._reached_s = 0.0

    def acted(self, t_s: float, action: Action, value: str = "") -> None:
        if action is Action.PLAN:
            plan_id, at, _ = value.partition("@")
            self.order = _order(plan_id)
            self._cut = self._cut or bool(at)  # lines may be left out where they'd have to hurry
            self._jumped = True
            self._asked_s, self._line = t_s, None
        if action in MOVES:
            self._asked_s = t_s
            self._line = None  # whoever moves on has read it
        if action in (Action.SKIP, Action.NEXT_LINE):
            self._jumped = True  # a line that was still to come may be passed over

    def take(self, update: Update) -> None:
        if isinstance(update, BeatsJudged | PulseSeen | Metrics):
            return  # beats are judged later than they happen
        assert update.t_s >= self._reached_s - 1e-9
        self._reached_s = update.t_s
        match update:
            case PhaseStarted(_, phase, _):
                assert phase not in self._phases
                order = list(PhaseName)
                assert all(order.index(phase) > order.index(before) for before in self._phases)
                self._phases.append(phase)
            case GuideChanged(_, segment):
                self._segment = segment
            case LineShown():
                self._shown(update)
            case PracticeEnded():
                assert self._segment is None
            case _:
                pass

    def _shown(self, line: LineShown) -> None:
        by_hand = line.t_s == self._asked_s
        before, self._line = self._line, line if line.text else None
        if before is not None and not by_hand:
            assert line.t_s - before.t_s >= CONTENT.min_show_s - 1e-6, (before, line)
        if not line.text or line.set_id in ("rest", "anchors"):
            return
        words = CONTENT.sets[line.set_id].line(line.line_id)
        assert not words.needs
        at = self.order.index((line.set_id, line.line_id))
        if not (by_hand or self._jumped or self._fitted or self._cut):
            assert at == self._at + 1, f"{line}: one was left out, or came twice"
        self._at, self._jumped = at, False
        if self._segment is not None and words.cue in STAGES and not by_hand:
            phase = phase_at(self._segment, line.t_s + 1e-6)
            assert phase.stage is STAGES[words.cue], line
            assert phase.stage_fraction < 0.01


def _order(plan_id: str) -> list[tuple[str, str]]:
    parts = CONTENT.plans[plan_id].parts
    return [(part.set_id, line_id) for part in parts for line_id in part.line_ids]
