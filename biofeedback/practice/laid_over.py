"""A language's words with a person's own laid over them.

- An edited line says the person's words in all its forms.
- A hidden line leaves its plans. Its time goes to the plan's first quiet stretch; a plan without
  one gets shorter. A line that begins or ends the guide stays as a silent slot, as does a line of
  the quiet minutes: the breath and the pause are not hidden with the words.
- An own phrase comes last among the lines of its set, but before a closing line that is
  essential. It takes its time from quiet stretches; a plan that has none left gets longer.
- A plan from a file stays as it was written: it takes no phrases, while edits and hiding hold.
- Grounding never ends up empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from biofeedback.practice.content import Content, GuideChoice, Line, LineSet, Plan, PlanPart
from biofeedback.practice.personal import (
    ANCHORS,
    OwnPhrase,
    OwnPlan,
    Personal,
    can_be_changed,
    plan_set,
)

_QUIET_MINUTES = "rest"
_GROUNDING = "ground"

_Ref = tuple[str, str]
"""The ids of a set and of a line in it."""


def laid_over(content: Content, personal: Personal) -> Content:
    """Return ``content`` with what is the person's own."""
    own_plans = [own for own in personal.plans if _fits(own, content)]
    sets = dict(content.sets)
    for own in own_plans:
        if own.lines:
            set_id = plan_set(own.plan.plan_id)
            sets[set_id] = LineSet(set_id, own.plan.title, 0.0, own.lines)
    sets = {set_id: _edited(line_set, content, personal) for set_id, line_set in sets.items()}
    phrases = _phrases(content, personal)
    plans = {
        plan_id: _with_phrases(plan, content, phrases) for plan_id, plan in content.plans.items()
    }
    plans |= {own.plan.plan_id: own.plan for own in own_plans}
    sets = {set_id: _spoken(line_set, phrases.get(set_id, [])) for set_id, line_set in sets.items()}
    silent, gone = _hidden(personal, sets)
    return replace(
        content,
        sets={set_id: _shown(line_set, silent, gone) for set_id, line_set in sets.items()},
        plans={plan_id: _without(plan, gone) for plan_id, plan in plans.items()},
        own_plans=frozenset(own.plan.plan_id for own in own_plans),
        guides=dict(content.guides)
        | {
            guide.guide_id: GuideChoice(guide.guide_id, guide.label, "", guide.pattern)
            for guide in personal.guides
        },
        anchors={
            anchor_id: replace(
                anchor,
                line=personal.edit_of(content.language, ANCHORS, anchor_id) or anchor.line,
            )
            for anchor_id, anchor in content.anchors.items()
        },
    )


def _fits(own: OwnPlan, content: Content) -> bool:
    """Tell whether every line of a plan is there: a later version may have dropped one."""
    here = {(plan_set(own.plan.plan_id), line.line_id) for line in own.lines}
    here |= {(s.set_id, line.line_id) for s in content.sets.values() for line in s.lines}
    return all((part.set_id, line) in here for part in own.plan.parts for line in part.line_ids)


def _edited(line_set: LineSet, content: Content, personal: Personal) -> LineSet:
    if not can_be_changed(line_set.set_id):
        return line_set
    lines = []
    for line in line_set.lines:
        words = personal.edit_of(content.language, line_set.set_id, line.line_id)
        lines.append(_saying(line, words) if words else line)
    return replace(line_set, lines=tuple(lines))


def _saying(line: Line, words: str) -> Line:
    return replace(line, text=words, alt_no_touch="", alt_no_breath="", alt_no_sight="")


# -------------------------------------------------------------------------------- hiding
def _hidden(personal: Personal, sets: dict[str, LineSet]) -> tuple[set[_Ref], set[_Ref]]:
    """Return the hidden lines that keep their slot, and those that go."""
    silent: set[_Ref] = set()
    gone: set[_Ref] = set()
    for line_set in sets.values():
        if not can_be_changed(line_set.set_id):
            continue
        for line in line_set.lines:
            if personal.hides(line_set.set_id, line.line_id):
                slot = line_set.set_id == _QUIET_MINUTES or line.starts_pacing or line.ends_pacing
                (silent if slot else gone).add((line_set.set_id, line.line_id))
    grounding = {(_GROUNDING, line.line_id) for line in sets[_GROUNDING].lines}
    return silent, gone - grounding if grounding <= gone else gone


def _shown(line_set: LineSet, silent: set[_Ref], gone: set[_Ref]) -> LineSet:
    lines = tuple(
        _saying(line, "") if (line_set.set_id, line.line_id) in silent else line
        for line in line_set.lines
        if (line_set.set_id, line.line_id) not in gone
    )
    return replace(line_set, lines=lines)


def _without(plan: Plan, gone: set[_Ref]) -> Plan:
    parts: list[PlanPart] = []
    freed_s = 0.0
    for part in plan.parts:
        kept = tuple(line for line in part.line_ids if (part.set_id, line) not in gone)
        freed_s += (len(part.line_ids) - len(kept)) * part.seconds_per_line
        if kept or not part.set_id:
            parts.append(replace(part, line_ids=kept))
    if not freed_s:
        return plan
    for at, part in enumerate(parts):
        if not part.set_id:
            parts[at] = replace(part, quiet_s=part.quiet_s + freed_s)
            return replace(plan, parts=tuple(parts))
    if not parts:
        return replace(plan, parts=(PlanPart("", (), 0.0, plan.seconds),))
    return replace(plan, parts=tuple(parts), seconds=plan.seconds - freed_s)


# ------------------------------------------------------------------------------- phrases
def _phrases(content: Content, personal: Personal) -> dict[str, list[OwnPhrase]]:
    found: dict[str, list[OwnPhrase]] = {}
    for phrase in personal.phrases:
        known = phrase.language == content.language and phrase.set_id in content.sets
        if known and can_be_changed(phrase.set_id) and phrase.text:
            found.setdefault(phrase.set_id, []).append(phrase)
    return found


def _spoken(line_set: LineSet, phrases: Sequence[OwnPhrase]) -> LineSet:
    if not phrases or not line_set.lines:
        return line_set
    like = line_set.lines[-1]
    own = tuple(
        Line(each.phrase_id, line_set.set_id, each.text, like.cue, wants_text=like.wants_text)
        for each in phrases
    )
    return replace(line_set, lines=line_set.lines + own)


def _with_phrases(plan: Plan, content: Content, phrases: dict[str, list[OwnPhrase]]) -> Plan:
    parts = list(plan.parts)
    added_s = 0.0
    for set_id, own in phrases.items():
        uses = [at for at, part in enumerate(parts) if part.set_id == set_id]
        if not uses:
            continue
        part = parts[uses[-1]]
        ids = [each.phrase_id for each in own]
        last = content.sets[set_id].line(part.line_ids[-1])
        before = len(part.line_ids) - (1 if last.essential else 0)
        line_ids = (*part.line_ids[:before], *ids, *part.line_ids[before:])
        parts[uses[-1]] = replace(part, line_ids=line_ids)
        added_s += len(ids) * part.seconds_per_line
    for at, part in enumerate(parts):
        taken_s = min(part.quiet_s, added_s)
        if taken_s:
            parts[at] = replace(part, quiet_s=part.quiet_s - taken_s)
            added_s -= taken_s
    return replace(plan, parts=tuple(parts), seconds=plan.seconds + added_s)
