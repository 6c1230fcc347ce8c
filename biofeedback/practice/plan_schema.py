"""The form of a plan file as a JSON schema, for editors: made from the limits of `plan check`.

An editor that knows it completes keys and ids, and underlines what can't be. It can't know all:
whether a part's own line is in the file, whether the parts are too long together, and what kind
wording is. `plan check` tells those.
"""

from __future__ import annotations

from typing import Any

from biofeedback.practice.content import Content, Cue, load_content
from biofeedback.practice.languages import languages
from biofeedback.practice.plan_fields import ID
from biofeedback.practice.plan_file import (
    FORMS,
    LONGEST_NOTE,
    LONGEST_PLAN_S,
    LONGEST_SLOT_S,
    LONGEST_TITLE,
    MARKS,
    OWN,
    SCHEMA,
    sets_of_plans,
)

Json = dict[str, Any]

_ABOUT_FORMS = {
    "alt_no_touch": "Other words where the person chose no touch, or an object.",
    "alt_no_breath": "Other words where the mind rests elsewhere, or no guide runs.",
    "alt_no_sight": "Other words where looking around does not fit.",
}
_ABOUT_MARKS = {
    "starts_pacing": "The breath guide begins with this line.",
    "ends_pacing": "The breath guide ends with this line.",
    "essential": "Kept when the plan is fitted into a shorter time.",
    "input": "There is a page to write on; with cue user.",
}


def plan_schema() -> Json:
    """Return the schema (JSON Schema, draft 2020-12)."""
    content = load_content()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A plan of Hand on Heart",
        "description": "A practice as a file: words and times. docs/plans.md describes it.",
        "type": "object",
        "properties": {
            "schema_version": {"const": SCHEMA, "description": "The form of this file."},
            "id": _id("A short name; not that of a plan that comes with the program.")
            | {"not": {"enum": list(content.plans)}},
            "title": _text("What the person reads.", LONGEST_TITLE),
            "language": {
                "enum": list(languages()),
                "description": "The language of your lines, and of the practice.",
            },
            "author": _text("Who wrote it.", LONGEST_TITLE),
            "note": _text("What it is for.", LONGEST_NOTE),
            "paced": {
                "type": "boolean",
                "default": True,
                "description": "false where no breath guide is meant to run.",
            },
            "lines": {"type": "array", "items": _line(content)},
            "parts": {
                "type": "array",
                "minItems": 1,
                "items": {"anyOf": [_quiet(), *_spoken(content)]},
            },
        },
        "required": ["schema_version", "id", "title", "language", "parts"],
        "additionalProperties": False,
    }


def _id(description: str) -> Json:
    return {"type": "string", "pattern": f"^{ID.pattern}$", "description": description}


def _text(description: str, longest: int) -> Json:
    return {
        "type": "string",
        "pattern": r"\S",
        "maxLength": longest,
        "description": description,
    }


def _line(content: Content) -> Json:
    words: Json = {"type": "string", "maxLength": content.max_chars}
    return {
        "description": "A line of your own.",
        "type": "object",
        "properties": {
            "id": _id("A short name, for the parts to refer to."),
            "text": words | {"pattern": r"\S", "description": "The line as it is said."},
            "hint": words | {"description": "A smaller line beneath, where something is written."},
            "cue": {
                "enum": [cue.value for cue in Cue],
                "default": Cue.FREE.value,
                "description": "free: on time; exhale, inhale: at the start of that breath; "
                "user: waits for the person.",
            },
            **{form: words | {"description": _ABOUT_FORMS[form]} for form in FORMS},
            **{mark: {"type": "boolean", "description": _ABOUT_MARKS[mark]} for mark in MARKS},
        },
        "required": ["id", "text"],
        "additionalProperties": False,
    }


def _quiet() -> Json:
    return {
        "title": "A quiet stretch",
        "type": "object",
        "properties": {
            "quiet": {
                "type": "number",
                "minimum": 0,
                "maximum": LONGEST_PLAN_S,
                "description": "Seconds, with the breath guide or the anchor alone.",
            },
            "seconds_per_line": {"type": "number"},
        },
        "required": ["quiet"],
        "additionalProperties": False,
    }


def _spoken(content: Content) -> list[Json]:
    """Return a part that has lines, set by set: an editor then offers the lines of that set."""
    sets = {name: content.sets[name].title for name in sets_of_plans(content)}
    return [
        _of_set(name, title, {"enum": [line.line_id for line in content.sets[name].lines]}, content)
        for name, title in sets.items()
    ] + [_of_set(OWN, "Lines of this file", _id("The id of a line of this file."), content)]


def _of_set(name: str, title: str, line_id: Json, content: Content) -> Json:
    return {
        "title": title,
        "type": "object",
        "properties": {
            "set": {"const": name},
            "lines": {"type": "array", "minItems": 1, "items": line_id},
            "seconds_per_line": {
                "type": "number",
                "minimum": content.min_show_s,
                "maximum": LONGEST_SLOT_S,
                "description": "With a breath guide, the nearest number of whole breaths.",
            },
        },
        "required": ["set", "lines", "seconds_per_line"],
        "additionalProperties": False,
    }
