"""A plan as text: the file that somebody can go on writing, and the practice as it will be read."""

from __future__ import annotations

import json

from biofeedback.practice.content import Content, Cue, Plan
from biofeedback.practice.personal import PLAN_SET, OwnPlan
from biofeedback.practice.plan_file import OWN, SCHEMA

_ABOUT = """\
# A plan for Hand on Heart. `hand-on-heart plan check FILE` looks through it, and
# `hand-on-heart practice --plan FILE` runs it. docs/plans.md describes every key.
"""

_OWN_LINE = """\
# Lines of your own; use them in a part with set = "own". At most 90 characters each.
# [[lines]]
# id = "here"
# text = "I am here, and that is enough."
# cue = "exhale"                # free, exhale, inhale, or user (waits for the person)
# alt_no_touch = "..."          # other words where the person chose no touch
# alt_no_breath = "..."         # ... or does not follow the breath
# alt_no_sight = "..."          # ... or does not want to look around
# starts_pacing = true          # the breath guide begins with this line
"""


def plan_text(own: OwnPlan) -> str:
    """Return the file of a plan; `plan_file.read_plan` reads the same plan from it."""
    plan = own.plan
    lines = [
        _ABOUT,
        f"schema_version = {SCHEMA}",
        f"id = {_quoted(plan.plan_id)}",
        f"title = {_quoted(plan.title)}",
        f"language = {_quoted(own.language)}",
    ]
    lines += [f"{key} = {_quoted(text)}" for key, text in _about(own) if text]
    lines.append("")
    if not own.lines:
        lines.append(_OWN_LINE)
    for line in own.lines:
        lines += ["[[lines]]", f"id = {_quoted(line.line_id)}", f"text = {_quoted(line.text)}"]
        for key in ("hint", "alt_no_touch", "alt_no_breath", "alt_no_sight"):
            if words := getattr(line, key):
                lines.append(f"{key} = {_quoted(words)}")
        if line.cue is not Cue.FREE:
            lines.append(f"cue = {_quoted(line.cue.value)}")
        marks = {
            "starts_pacing": line.starts_pacing,
            "ends_pacing": line.ends_pacing,
            "essential": line.essential,
            "input": line.wants_text,
        }
        lines += [f"{key} = true" for key, marked in marks.items() if marked]
        lines.append("")
    for part in plan.parts:
        lines.append("[[parts]]")
        if part.set_id:
            set_id = OWN if part.set_id.startswith(PLAN_SET) else part.set_id
            ids = ", ".join(map(_quoted, part.line_ids))
            lines += [
                f"set = {_quoted(set_id)}",
                f"lines = [{ids}]",
                f"seconds_per_line = {part.seconds_per_line:g}",
            ]
        else:
            lines.append(f"quiet = {part.quiet_s:g}")
        lines.append("")
    return "\n".join(lines)


def _about(own: OwnPlan) -> tuple[tuple[str, str], ...]:
    return ("author", own.author), ("note", own.note)


def _quoted(text: str) -> str:
    # a JSON string is a TOML basic string, but for the one letter that TOML wants escaped
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def plan_lines(plan: Plan, content: Content) -> list[str]:
    """Return a plan as it will be read: when each line comes, and what it says."""
    shown = [f"{plan.title} ({_minutes(plan.seconds)})"]
    t_s = 0.0
    for part in plan.parts:
        if not part.set_id:
            shown.append(f"{_minutes(t_s):>6}  (quiet, {_minutes(part.quiet_s)})")
            t_s += part.quiet_s
        for line_id in part.line_ids:
            line = content.sets[part.set_id].line(line_id)
            name = f"{OWN if part.set_id.startswith(PLAN_SET) else part.set_id}.{line_id}"
            shown.append(f"{_minutes(t_s):>6}  {name:<18} {line.text}")
            t_s += part.seconds_per_line
    return shown


def _minutes(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"
