"""The practice as a state machine: time and the person's actions in, updates out.

Its rules, in order of the phases:

- arriving -> quiet before: with the first packet, or when the person begins without a strap.
- quiet before -> guided -> quiet after -> ended: when their time is over, or by skipping.
- A quiet time has no guide, and one line at its start if there is time to read it. The guided
  phase is laid out by the scheduler; whatever the person does lays it out anew from the step that
  they are in.
- Another plan or length goes on from the same line; where the plan lacks it, after the last line
  that both have. Another quiet time lengthens or shortens the one that runs.
- A step with the cue "user" waits until the person goes on (next, back, skip): time alone never
  leaves it, and the phase has no expected end before. What they write is no business of this file.
- Paused, nothing moves; resumed, the present step begins again and a quiet time goes on.
- Stop ends it at once, from anywhere.

Every transition carries the exact time it was due, however late the caller comes: the updates
are a function of what was recorded alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace

from biofeedback.practice.breath import phase_at
from biofeedback.practice.changing import changed
from biofeedback.practice.content import Content
from biofeedback.practice.guides import spelled
from biofeedback.practice.planned import planned, same_place
from biofeedback.practice.schedule import Due, Entry, Scheduler
from biofeedback.types import (
    Action,
    BreathPattern,
    BreathPhase,
    BreathSegment,
    Choices,
    ChoicesChanged,
    EndMoved,
    GuideChanged,
    LineShown,
    Paused,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Resumed,
    Update,
)

_QUIET_LINES = {PhaseName.QUIET_BEFORE: "before", PhaseName.QUIET_AFTER: "after"}


class Practice:
    """One practice from start to end.

    Parameters
    ----------
    choices
        What the person chose.
    content
        The words; `Content.check` has been passed.
    own_per_min
        Asked once, as the guided phase begins: the person's own pace of breath, where a sensor
        knows it surely. A ramp begins there.
    """

    def __init__(
        self,
        choices: Choices,
        content: Content,
        own_per_min: Callable[[], float | None] = lambda: None,
    ) -> None:
        content.check(choices)
        self.choices = choices
        self.ended_s: float | None = None
        self.paused = False
        self.phase: PhaseName | None = None
        self._content = content
        self._own_per_min = own_per_min
        self._scheduler = Scheduler((), content, hard_end=False)
        self._plan_out()
        self._dues: list[Due] = []
        self._next = 0
        self._end_s: float | None = None
        self._told_end_s: float | None = None
        self._step = 0
        self._said = False
        self._shown: LineShown | None = None
        self._left_s = 0.0
        self._segment: BreathSegment | None = None
        self._drifted: BreathPattern | None = None
        self._guide_times: list[float] = []
        self._guide_segments: list[BreathSegment | None] = []

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.ended_s is not None

    # ------------------------------------------------------------------------------ time
    def advance(self, t_s: float) -> list[Update]:
        """Let time reach ``t_s``; return what was due by then, in order."""
        updates: list[Update] = []
        if self.phase is None:
            self._begin_phase(self._first_phase(), 0.0, updates)
        while not self.ended and not self.paused:
            if self._next < len(self._dues) and self._dues[self._next].t_s <= t_s:
                self._emit(self._dues[self._next], updates)
                self._next += 1
            elif self._next == len(self._dues) and self._end_s is not None and self._end_s <= t_s:
                self._begin_phase(self._phase_after(), self._end_s, updates)
            else:
                break
        return updates

    def heart_arrived(self, t_s: float) -> list[Update]:
        """Begin what waited for the first packet."""
        updates = self.advance(t_s)
        if self.phase is PhaseName.ARRIVING and not self.ended:
            self._begin_phase(self._phase_after(), t_s, updates)
            updates += self.advance(t_s)
        return updates

    def breath_at(self, t_s: float) -> BreathPhase | None:
        """Tell where the guide stands; past times as it was, future ones as planned."""
        segment = None
        at = bisect_right(self._guide_times, t_s)
        if at:
            segment = self._guide_segments[at - 1]
        if not self.paused and not self.ended:
            for due in self._dues[self._next :]:
                if due.t_s > t_s:
                    break
                if isinstance(due.update, GuideChanged):
                    segment = due.update.segment
        return phase_at(segment, t_s) if segment else None

    # --------------------------------------------------------------------------- actions
    def act(self, t_s: float, action: Action, value: str = "") -> list[Update]:
        """Do what the person asked for at ``t_s``.

        An action that makes no sense now (to resume what isn't paused) changes nothing.

        Raises
        ------
        ContentError
            If ``value`` is no choice that the content knows; nothing has changed then.
        """
        updates = self.advance(t_s)
        if self.ended:
            return updates
        match action:
            case Action.STOP:
                self._end(t_s, updates, completed=False)
            case Action.PAUSE | Action.GROUND:
                self._pause(t_s, updates)
            case Action.RESUME:
                self._resume(t_s, updates)
            case Action.SKIP | Action.BEGIN:
                self._skip(t_s, updates, only_arriving=action is Action.BEGIN)
            case Action.NEXT_LINE | Action.PREVIOUS_LINE:
                if self.phase is PhaseName.GUIDED:
                    forward = action is Action.NEXT_LINE
                    to = self._step + 1 if forward else self._previous_line()
                    self._go_to(to, t_s, updates)
            case Action.GUIDE | Action.TOUCH | Action.ANCHOR | Action.SIGHT | Action.EYES:
                self._choose(t_s, action, value, updates)
            case Action.PLAN | Action.QUIET:
                self._plan_anew(t_s, action, value, updates)
        return updates + self.advance(t_s)

    def _pause(self, t_s: float, updates: list[Update]) -> None:
        if self.paused:
            return
        self._left_s = (self._end_s or t_s) - t_s
        self._rest_guide(t_s, updates)
        self.paused = True
        updates.append(Paused(t_s))

    def _resume(self, t_s: float, updates: list[Update]) -> None:
        if not self.paused:
            return
        self.paused = False
        if self.phase is PhaseName.GUIDED:
            self._lay(self._step, t_s, Entry(show_now=True))
            self._told_end_s = self._end_s
        elif self._end_s is not None:
            shift_s = t_s + self._left_s - self._end_s
            self._end_s += shift_s
            for at in range(self._next, len(self._dues)):
                self._dues[at] = _shifted(self._dues[at], shift_s)
            self._told_end_s = self._end_s
        updates.append(Resumed(t_s, self._end_s))

    def _skip(self, t_s: float, updates: list[Update], *, only_arriving: bool) -> None:
        if only_arriving and self.phase is not PhaseName.ARRIVING:
            return
        if self.phase is PhaseName.GUIDED:
            steps = self._scheduler.steps
            part = steps[self._step].part
            later = [at for at in range(self._step, len(steps)) if steps[at].part > part]
            self._go_to(later[0] if later else len(steps), t_s, updates)
        else:
            self._go_to(0, t_s, updates)

    def _previous_line(self) -> int:
        steps = self._scheduler.steps
        earlier = [at for at in range(self._step) if steps[at].line]
        return earlier[-1] if earlier else 0

    def _go_to(self, step: int, t_s: float, updates: list[Update]) -> None:
        """Begin ``step`` of the guided phase now; past its end, or elsewhere, the next phase."""
        self._wake(t_s, updates)
        self._shown = None  # whoever goes on has read it
        if self.phase is PhaseName.GUIDED and step < len(self._scheduler.steps):
            self._lay(step, t_s, Entry(show_now=True))
            self._tell_end(t_s, updates)
        else:
            self._begin_phase(self._phase_after(), t_s, updates)

    def _wake(self, t_s: float, updates: list[Update]) -> None:
        """Whoever moves on while paused has resumed."""
        if self.paused:
            self.paused = False
            updates.append(Resumed(t_s, self._end_s))

    def choices_after(self, action: Action, value: str) -> Choices:
        """Return the choices as they would be after ``action``.

        Raises
        ------
        ContentError
            If the content doesn't know ``value``.
        """
        return changed(self.choices, action, value, self._content)

    def drift(self, t_s: float, breath: BreathPattern) -> list[Update]:
        """Let the guide go on with another breath from its next one on; the choices stay."""
        updates = self.advance(t_s)
        if self.phase is not PhaseName.GUIDED or self.paused or self._segment is None:
            return updates
        self._drifted = breath
        self._lay(self._step, t_s, Entry(left_s=self._left_in_step(t_s), said=self._said))
        self._tell_end(t_s, updates)
        return updates + self.advance(t_s)

    def _choose(self, t_s: float, action: Action, value: str, updates: list[Update]) -> None:
        if action is Action.GUIDE:
            self._drifted = None
        self.choices = self.choices_after(action, value)
        updates.append(ChoicesChanged(t_s, self.choices))
        if self.phase is PhaseName.GUIDED and not self.paused:
            left_s = self._left_in_step(t_s)
            # another anchor has a line of its own to say
            said = self._said and action is not Action.ANCHOR
            said = said or (self._said and self._scheduler.steps[self._step].line is not None)
            self._lay(self._step, t_s, Entry(left_s=left_s, said=said))
            self._tell_end(t_s, updates)

    def _plan_anew(self, t_s: float, action: Action, value: str, updates: list[Update]) -> None:
        """Go on from the same place in another plan, or in one of another length."""
        self.choices = self.choices_after(action, value)
        updates.append(ChoicesChanged(t_s, self.choices))
        running, quiet_s = self._scheduler, self._quiet_s
        self._plan_out()
        if self.phase in _QUIET_LINES:
            self._stretch_quiet(t_s, self._quiet_s - quiet_s, updates)
        elif self.phase is PhaseName.GUIDED and action is Action.QUIET:
            # which lines fit depends on the breath, and that may be another since: those that run
            # stay
            self._scheduler = running
        elif self.phase is PhaseName.GUIDED:
            left_s, said = self._left_in_step(t_s), self._said
            self._step, same = same_place(running.steps, self._step, self._scheduler.steps)
            if self.paused:
                return  # going on lays it
            if not same:
                self._shown = None
            entry = Entry(left_s=left_s, said=said) if same else Entry(show_now=True)
            self._lay(self._step, t_s, entry)
            self._tell_end(t_s, updates)

    def _stretch_quiet(self, t_s: float, by_s: float, updates: list[Update]) -> None:
        """Let a quiet time that runs end later or sooner, at the earliest now."""
        if self.paused:
            self._left_s = max(0.0, self._left_s + by_s)
        elif self._end_s is not None:
            self._end_s = max(t_s, self._end_s + by_s)
            self._dues = [due for due in self._dues[self._next :] if due.t_s <= self._end_s]
            self._next = 0
            self._tell_end(t_s, updates)

    def _left_in_step(self, t_s: float) -> float:
        begins = [due.t_s for due in self._dues[self._next :] if due.update is None]
        ends_s = begins[0] if begins else self._end_s
        return 0.0 if ends_s is None else ends_s - t_s

    # ---------------------------------------------------------------------------- phases
    def _plan_out(self) -> None:
        """Lay out what is chosen now."""
        plan = planned(self.choices, self._content)
        self._quiet_s, self._guided_s = plan.quiet_s, plan.guided_s
        own_per_min = self._scheduler.own_per_min
        self._scheduler = Scheduler(plan.steps, self._content, hard_end=plan.hard_end)
        self._scheduler.own_per_min = own_per_min

    def _first_phase(self) -> PhaseName | None:
        return PhaseName.ARRIVING if self.choices.wait_for_heart else self._phase_after()

    def _phase_after(self) -> PhaseName | None:
        order = list(PhaseName)
        at = order.index(self.phase) if self.phase else 0
        for phase in order[at + 1 :]:
            if phase not in _QUIET_LINES or self._quiet_s > 0:
                return phase
        return None

    def _begin_phase(self, phase: PhaseName | None, t_s: float, updates: list[Update]) -> None:
        if phase is None:
            self._end(t_s, updates, completed=True)
            return
        self._rest_guide(t_s, updates)
        self.phase = phase
        self._step = 0
        self._dues, self._next, self._end_s = [], 0, None
        if phase is PhaseName.GUIDED:
            self._scheduler.own_per_min = self._own_per_min()
            self._lay(0, t_s, Entry())
        elif phase in _QUIET_LINES:
            line_set = self._content.sets["rest"]
            line = line_set.line(_QUIET_LINES[phase])
            text = line.text_for(self.choices, paced=False)
            self._end_s = t_s + self._quiet_s
            fades_s = t_s + line_set.seconds_per_line
            if self._quiet_s >= self._content.min_show_s:
                self._dues.append(Due(t_s, LineShown(t_s, "rest", line.line_id, text), 0))
            if self._dues and fades_s < self._end_s:
                self._dues.append(Due(fades_s, LineShown(fades_s, "", "", ""), 0))
        if self.paused:  # the heart came meanwhile: all of the phase is still to come
            self._left_s = (self._end_s or t_s) - t_s
        self._told_end_s = self._end_s
        updates.append(PhaseStarted(t_s, phase, self._end_s))

    def _tell_end(self, t_s: float, updates: list[Update]) -> None:
        if self._end_s != self._told_end_s:
            self._told_end_s = self._end_s
            updates.append(EndMoved(t_s, self._end_s))

    def _end(self, t_s: float, updates: list[Update], *, completed: bool) -> None:
        self._rest_guide(t_s, updates)
        self.ended_s = t_s
        updates.append(PracticeEnded(t_s, completed))

    # ---------------------------------------------------------------------------- guided
    def _lay(self, step: int, t_s: float, entry: Entry) -> None:
        planned_s = self._planned_s(step)
        if entry.left_s is not None:
            planned_s = entry.left_s + self._planned_s(step + 1)
        choices = self.choices
        if self._drifted is not None:
            choices = replace(choices, guide_id=spelled(self._drifted))
        schedule = self._scheduler.lay(
            step, t_s, t_s + planned_s, choices, self._segment, entry, self._shown
        )
        self._step, self._said = step, entry.said
        self._dues, self._next, self._end_s = list(schedule.dues), 0, schedule.end_s

    def _planned_s(self, step: int) -> float:
        """Return the part of the guided time that falls to ``step`` and those after it."""
        seconds = [each.seconds for each in self._scheduler.steps]
        return self._guided_s * sum(seconds[step:]) / sum(seconds)

    def _emit(self, due: Due, updates: list[Update]) -> None:
        if due.update is None:
            if due.step != self._step:
                self._step, self._said = due.step, False
            return
        if isinstance(due.update, GuideChanged):
            self._set_guide(due.update)
        else:
            self._shown = due.update
            self._said = self._said or bool(due.update.text)
        updates.append(due.update)

    def _rest_guide(self, t_s: float, updates: list[Update]) -> None:
        if self._segment is not None:
            update = GuideChanged(t_s, None)
            self._set_guide(update)
            updates.append(update)

    def _set_guide(self, update: GuideChanged) -> None:
        self._segment = update.segment
        self._guide_times.append(update.t_s)
        self._guide_segments.append(update.segment)


def _shifted(due: Due, shift_s: float) -> Due:
    update = due.update
    if isinstance(update, LineShown):
        update = replace(update, t_s=update.t_s + shift_s)
    return Due(due.t_s + shift_s, update, due.step)
