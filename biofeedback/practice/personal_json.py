"""What is a person's own as JSON: the same in the private file, an export and a kept session."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from math import isfinite
from typing import Any, TypeVar

from biofeedback.practice.content import Cue, Line, Plan, PlanPart
from biofeedback.practice.personal import (
    EditedLine,
    HiddenLine,
    OwnGuide,
    OwnPhrase,
    OwnPlan,
    Personal,
    PersonalError,
    plan_set,
)
from biofeedback.types import BreathPattern

SCHEMA = 1
"""Number of the form below; a change that old versions can't read raises it."""

Json = dict[str, Any]
_T = TypeVar("_T")

_LINE_TEXTS = ("hint", "alt_no_touch", "alt_no_breath", "alt_no_sight")
_LINE_MARKS = {
    "input": "wants_text",
    "starts_pacing": "starts_pacing",
    "ends_pacing": "ends_pacing",
    "essential": "essential",
}


def personal_to_json(personal: Personal, *, indent: int | None = None) -> str:
    """Return it as JSON; equal values give equal text."""
    content = {
        "schema": SCHEMA,
        "guides": [_guide(each) for each in personal.guides],
        "edits": [
            {"language": e.language, "set": e.set_id, "line": e.line_id, "text": e.text}
            for e in personal.edits
        ],
        "hidden": [{"set": each.set_id, "line": each.line_id} for each in personal.hidden],
        "phrases": [
            {"id": p.phrase_id, "language": p.language, "set": p.set_id, "text": p.text}
            for p in personal.phrases
        ],
        "plans": [_plan(each) for each in personal.plans],
    }
    return json.dumps(content, indent=indent, allow_nan=False)


@lru_cache(maxsize=16)  # a long list of sessions repeats a few
def personal_from_json(text: str) -> Personal:
    """Return what `personal_to_json` wrote; what a later version added within the form is left.

    Raises
    ------
    PersonalError
        If it is something else, or in a form that only a later version knows.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PersonalError(f"it is no JSON ({error})") from error
    if not isinstance(content, dict) or type(content.get("schema")) is not int:
        raise PersonalError("it says no schema")
    if content["schema"] != SCHEMA:
        raise PersonalError(
            f"it has schema {content['schema']}, and this version knows {SCHEMA} alone"
        )
    try:
        return Personal(
            guides=_all(content, "guides", _to_guide),
            edits=_all(
                content,
                "edits",
                lambda e: EditedLine(
                    _text(e, "language"), _text(e, "set"), _text(e, "line"), _text(e, "text")
                ),
            ),
            hidden=_all(
                content, "hidden", lambda each: HiddenLine(_text(each, "set"), _text(each, "line"))
            ),
            phrases=_all(
                content,
                "phrases",
                lambda p: OwnPhrase(
                    _text(p, "id"), _text(p, "language"), _text(p, "set"), _text(p, "text")
                ),
            ),
            plans=_all(content, "plans", _to_plan),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise PersonalError(f"something in it is not what it should be ({error})") from error


# ------------------------------------------------------------------------------- writing
def _guide(guide: OwnGuide) -> Json:
    breath = guide.pattern
    return {
        "id": guide.guide_id,
        "label": guide.label,
        "inhale_s": breath.inhale_s,
        "hold_in_s": breath.hold_in_s,
        "exhale_s": breath.exhale_s,
        "hold_out_s": breath.hold_out_s,
    }


def _plan(own: OwnPlan) -> Json:
    return {
        "id": own.plan.plan_id,
        "title": own.plan.title,
        "language": own.language,
        "note": own.note,
        "author": own.author,
        "seconds": own.plan.seconds,
        "parts": [
            {
                "set": part.set_id,
                "lines": [*part.line_ids],
                "seconds_per_line": part.seconds_per_line,
            }
            if part.set_id
            else {"quiet": part.quiet_s}
            for part in own.plan.parts
        ],
        "lines": [_line(line) for line in own.lines],
    }


def _line(line: Line) -> Json:
    written: Json = {"id": line.line_id, "cue": line.cue.value, "text": line.text}
    written |= {key: getattr(line, key) for key in _LINE_TEXTS if getattr(line, key)}
    written |= {key: True for key, name in _LINE_MARKS.items() if getattr(line, name)}
    return written


# ------------------------------------------------------------------------------- reading
def _all(content: Json, key: str, make: Callable[[Json], _T]) -> tuple[_T, ...]:
    return tuple(make(each) for each in content.get(key, ()))


def _text(content: Json, key: str, default: str | None = None) -> str:
    value = content[key] if default is None else content.get(key, default)
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value


def _number(content: Json, key: str) -> float:
    value = content[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise TypeError(f"{key} is no number")
    if value < 0:
        raise TypeError(f"{key} is below 0")
    return float(value)


def _to_guide(content: Json) -> OwnGuide:
    breath = BreathPattern(
        _number(content, "inhale_s"),
        _number(content, "hold_in_s"),
        _number(content, "exhale_s"),
        _number(content, "hold_out_s"),
    )
    return OwnGuide(_text(content, "id"), _text(content, "label"), breath)


def _to_plan(content: Json) -> OwnPlan:
    plan_id = _text(content, "id")
    parts = tuple(
        PlanPart("", (), 0.0, _number(part, "quiet"))
        if "quiet" in part
        else PlanPart(
            _text(part, "set"),
            tuple(_text({"line": line}, "line") for line in part["lines"]),
            _number(part, "seconds_per_line"),
            0.0,
        )
        for part in content["parts"]
    )
    seconds = _number(content, "seconds")
    if not parts or seconds <= 0:
        raise TypeError("a plan has no time")
    return OwnPlan(
        Plan(plan_id, _text(content, "title"), seconds, parts),
        _text(content, "language"),
        tuple(_to_line(each, plan_set(plan_id)) for each in content.get("lines", ())),
        _text(content, "note", ""),
        _text(content, "author", ""),
    )


def _to_line(content: Json, set_id: str) -> Line:
    try:
        cue = Cue(content["cue"])
    except ValueError as error:
        raise TypeError(str(error)) from error
    return Line(
        line_id=_text(content, "id"),
        set_id=set_id,
        text=_text(content, "text"),
        cue=cue,
        **{key: _text(content, key, "") for key in _LINE_TEXTS},  # type: ignore[arg-type]
        **{name: content.get(key) is True for key, name in _LINE_MARKS.items()},  # type: ignore[arg-type]
    )
