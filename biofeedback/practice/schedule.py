"""Steps laid on the time axis: which line, and which breath, when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from biofeedback.practice.breath import after_breaths_s, breath_end_s, breath_from, continued
from biofeedback.practice.content import Content, Cue
from biofeedback.practice.guides import first_breath, ramp
from biofeedback.practice.steps import Step
from biofeedback.types import BreathPattern, BreathSegment, Choices, GuideChanged, LineShown

_TINY_S = 1e-6


@dataclass(frozen=True, slots=True)
class Due:
    """An update that is due at ``t_s``; None marks that step number ``step`` begins."""

    t_s: float
    update: GuideChanged | LineShown | None
    step: int

    @property
    def says(self) -> bool:
        """Whether a line of words comes."""
        return isinstance(self.update, LineShown) and bool(self.update.text)


@dataclass(frozen=True, slots=True)
class Entry:
    """How the first step of a schedule is entered.

    Attributes
    ----------
    show_now
        The person asked for it: its line comes at once, not at its cue.
    left_s
        It is running already and has this long to go. None: it begins.
    said
        Its line (or a quiet stretch's anchor line) has been shown and stays.
    """

    show_now: bool = False
    left_s: float | None = None
    said: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is due when, in order, and when the guided phase is over.

    ``end_s`` is None where the last step waits for the person; what comes after it is laid when
    they go on.
    """

    dues: tuple[Due, ...]
    end_s: float | None


class Scheduler:
    """Lays steps on the time axis.

    Parameters
    ----------
    steps
        The guided phase.
    content
        For the anchor's line and the shortest time a line is shown.
    hard_end
        End exactly on time; a line that could not be read before is left out. Otherwise the last
        line gets its time.
    """

    def __init__(self, steps: Sequence[Step], content: Content, *, hard_end: bool) -> None:
        self._steps = tuple(steps)
        self._content = content
        self._hard_end = hard_end
        self.own_per_min: float | None = None
        """The person's own pace of breath, where it is surely known: ramps begin there."""

    def lay(
        self,
        first: int,
        start_s: float,
        end_s: float,
        choices: Choices,
        running: BreathSegment | None,
        entry: Entry,
        shown: LineShown | None = None,
    ) -> Schedule:
        """Lay steps ``first`` and on from ``start_s``, to end about ``end_s``.

        Where the person is there, the schedule stops at the first step that waits for them.

        The first quiet stretch takes up what whole breaths leave over or take too much; what
        then remains goes to the last step.

        Parameters
        ----------
        first
            Number of the first step.
        start_s
            When it begins (or goes on).
        end_s
            When the guided phase is meant to end.
        choices
            Guide, touch, anchor, sight.
        running
            The breath guide that runs at ``start_s``, or None.
        entry
            How the first step is entered.
        shown
            What was shown last: a line that is still to be read puts off the next.
        """
        layout = _Layout(self, choices, running, start_s)
        if shown is not None and shown.text and not entry.show_now:
            layout.shown_s = shown.t_s
            layout.visible = True
        for number in range(first, len(self._steps)):
            layout.add(number, end_s, entry if number == first else Entry())
            if choices.attended and self._steps[number].waits:
                return Schedule(layout.in_order(), None)
        finish_s = max(end_s, layout.t_s, layout.shown_s + self._content.min_show_s)
        if self._hard_end:
            # a line that the person asked for is read in peace even there
            asked_for_s = self._content.min_show_s if entry.show_now else 0.0
            finish_s = max(end_s, start_s + asked_for_s)
        if layout.running:
            layout.put(finish_s, GuideChanged(finish_s, None), len(self._steps) - 1)
        by_s = finish_s - self._content.min_show_s + _TINY_S
        asked_s = start_s if entry.show_now else -1.0
        dues = tuple(
            due
            for due in layout.in_order()
            if due.t_s <= finish_s and (not due.says or due.t_s <= by_s or due.t_s == asked_s)
        )
        return Schedule(dues, finish_s)

    def planned_s(self, first: int, pattern: BreathPattern | None) -> float:
        """Return how long steps ``first`` and on take with a breath of ``pattern``."""
        min_show_s = self._content.min_show_s
        return sum(step.duration_s(pattern, min_show_s) for step in self._steps[first:])

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that are laid."""
        return self._steps

    @property
    def content(self) -> Content:
        """The words."""
        return self._content


class _Layout:
    """The work of one call of `Scheduler.lay`: a cursor ``t_s`` that moves along the steps."""

    def __init__(
        self,
        scheduler: Scheduler,
        choices: Choices,
        running: BreathSegment | None,
        start_s: float,
    ) -> None:
        self._scheduler = scheduler
        self._content = scheduler.content
        self._choices = choices
        self._pattern = self._content.guide(choices.guide_id).pattern
        self.running = running
        self.dues: list[Due] = []
        self.t_s = start_s
        self.shown_s = start_s - self._content.min_show_s
        self.visible = False  # whether a line was there when the schedule was made
        self._step = 0

    def in_order(self) -> tuple[Due, ...]:
        return tuple(sorted(self.dues, key=lambda due: due.t_s))

    def put(self, t_s: float, update: GuideChanged | LineShown | None, step: int) -> None:
        self.dues.append(Due(t_s, update, step))

    def add(self, number: int, end_s: float, entry: Entry) -> None:
        self._step = number
        step = self._scheduler.steps[number]
        begins_s = self.t_s
        self.put(begins_s, None, number)
        if entry.show_now and step.line:
            self._show(step, begins_s)
        if not (entry.said and step.line and step.line.ends_pacing and self.running is None):
            self._turn_guide(step)
        left_s = None
        if entry.left_s is not None:
            left_s = max(0.0, entry.left_s - (self.t_s - begins_s))
        if step.line is None:
            self._quiet(number, end_s, left_s, said=entry.said)
        elif left_s is not None and entry.said:
            self._go_on(step, left_s)
        else:
            self._words(step, entry)

    def _turn_guide(self, step: Step) -> None:
        """Start, stop or change the guide; the cursor moves to where a breath begins."""
        wanted = self._pattern if step.paced else None
        if wanted is None:
            if self.running:
                self.put(self.t_s, GuideChanged(self.t_s, None), self._step)
                self.running = None
            return
        if self.running is None:
            self.running = BreathSegment(self.t_s, wanted, 0.0, self._lead(wanted))
            self.put(self.t_s, GuideChanged(self.t_s, self.running), self._step)
            return
        boundary_s = breath_end_s(self.running, self.t_s)
        if self.running.pattern != wanted:
            before = breath_from(self.running, boundary_s)
            lead = ramp(before, wanted) if self._choices.ramp else ()
            self.running = continued(self.running, boundary_s, wanted, lead)
            self.put(boundary_s, GuideChanged(boundary_s, self.running), self._step)
        self.t_s = boundary_s

    def _lead(self, wanted: BreathPattern) -> tuple[BreathPattern, ...]:
        """Return the breaths by which a guide that begins comes to its pace."""
        light = self._content.guides.get("light")
        if not self._choices.ramp or light is None or light.pattern is None:
            return ()
        first = first_breath(self._scheduler.own_per_min, light.pattern, wanted)
        return ramp(first, wanted)

    def _breaths(self, seconds: float, *, at_most: bool = False) -> int:
        """Return how many of the breaths that come now take ``seconds``, to the nearest one.

        With ``at_most`` they take no longer than that.
        """
        assert self.running is not None
        breaths = 0
        while True:
            at_s = after_breaths_s(self.running, self.t_s, breaths)
            cycle_s = breath_from(self.running, at_s).cycle_s
            left_s = self.t_s + seconds - at_s
            if cycle_s == self.running.pattern.cycle_s:
                break
            if left_s + _TINY_S < (cycle_s if at_most else cycle_s / 2):
                return breaths
            breaths += 1
        if at_most:
            return breaths + max(0, int((left_s + _TINY_S) / cycle_s))
        return breaths + max(0, round(left_s / cycle_s))

    def _go_on(self, step: Step, left_s: float) -> None:
        """Finish a step that was running when the schedule was made anew."""
        if step.paced and self.running:
            self.t_s = after_breaths_s(self.running, self.t_s, self._breaths(left_s))
        else:
            self.t_s += left_s

    def _quiet(self, number: int, end_s: float, left_s: float | None, *, said: bool) -> None:
        length_s = left_s
        if length_s is None:
            later_s = self._scheduler.planned_s(number + 1, self._pattern)
            length_s = max(0.0, end_s - self.t_s - later_s)
        ends_s = self.t_s + length_s
        min_show_s = stays_s = self._content.min_show_s
        if self.running:
            stays_s = max(min_show_s, breath_from(self.running, self.t_s).cycle_s)
            breaths = self._breaths(length_s, at_most=left_s is None)
            ends_s = after_breaths_s(self.running, self.t_s, breaths)
        if said:
            fades_s = max(self.t_s, self.shown_s + stays_s) if self.visible else ends_s
        else:
            fades_s = max(self.t_s, self.shown_s + min_show_s)
            if ends_s - fades_s >= 2 * min_show_s:
                anchor = self._content.anchors[self._choices.anchor_id]
                line = LineShown(fades_s, "anchors", anchor.choice_id, anchor.line)
                self.put(fades_s, line, number)
                self.shown_s = fades_s
                fades_s += stays_s
        if fades_s < ends_s:
            self.put(fades_s, LineShown(fades_s, "", "", ""), number)
        self.t_s = ends_s

    def _words(self, step: Step, entry: Entry) -> None:
        assert step.line is not None
        readable_s = self.shown_s + self._content.min_show_s
        if self.running is None:
            if not entry.show_now:
                self._show(step, max(self.t_s, readable_s))
            self.t_s += step.duration_s(self._pattern, self._content.min_show_s)
            return
        breaths = max(1, self._breaths(step.seconds))
        while self._ends_s(breaths) < self.t_s + self._content.min_show_s - _TINY_S:
            breaths += 1
        if not entry.show_now:
            # a line before it that needs longer pushes it to a later breath, never off its cue
            late = 0
            while (cue_s := self._cue_s(step.line.cue, late)) < readable_s - _TINY_S:
                late += 1
            breaths = max(breaths, late + 1)
            self._show(step, cue_s)
        ends_s = self._ends_s(breaths)
        if step.line.ends_pacing:
            rests_s = min(ends_s, breath_end_s(self.running, max(self.shown_s, self.t_s + _TINY_S)))
            self.put(rests_s, GuideChanged(rests_s, None), self._step)
            self.running = None
        self.t_s = ends_s

    def _ends_s(self, breaths: int) -> float:
        assert self.running is not None
        return after_breaths_s(self.running, self.t_s, breaths)

    def _cue_s(self, cue: Cue, late: int) -> float:
        """Return when the cue comes in the breath that is ``late`` breaths from now."""
        assert self.running is not None
        begins_s = self._ends_s(late)
        if cue is not Cue.EXHALE:
            return begins_s
        breath = breath_from(self.running, begins_s)
        return begins_s + breath.inhale_s + breath.hold_in_s

    def _show(self, step: Step, t_s: float) -> None:
        assert step.line is not None
        paced = step.paced and self._pattern is not None
        text = step.line.text_for(self._choices, paced=paced)
        suggested_s = step.seconds if step.waits and self._choices.attended else None
        line = LineShown(t_s, step.line.set_id, step.line.line_id, text, suggested_s)
        self.put(t_s, line, self._step)
        self.shown_s = t_s
