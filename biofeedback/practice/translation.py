"""Another language's words, put in the places of the first language's.

Times, cues and plans stand in one file alone, so that no two languages can drift apart; the file
of another language holds words by id. What it lacks stays in the first language: a person rather
reads a strange line than none. A test holds every file complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from biofeedback.practice.content import Content, ContentError, Line

FORMS = ("text", "hint", "alt_no_touch", "alt_no_breath", "alt_no_sight")
"""The forms of a line that hold words."""

Words = Mapping[str, Any]


def translated(content: Content, data: Words) -> Content:
    """Return ``content`` in the language of ``data``.

    Raises
    ------
    ContentError
        If the file holds something else than words where words belong.
    """
    words = dict(_words(data))
    said = {key: value for key, value in words.items() if value}

    def say(key: str, other: str) -> str:
        return said.get(key, other)

    return replace(
        content,
        language=_text(data, "language"),
        status=_text(data, "status"),
        direction=_text(data, "direction"),
        sets={
            set_id: replace(
                line_set,
                title=say(f"sets.{set_id}.title", line_set.title),
                lines=tuple(_line(line, said) for line in line_set.lines),
            )
            for set_id, line_set in content.sets.items()
        },
        plans={
            plan_id: replace(plan, title=say(f"plans.{plan_id}", plan.title))
            for plan_id, plan in content.plans.items()
        },
        guides={
            guide_id: replace(
                guide,
                label=say(f"breath_guides.{guide_id}.label", guide.label),
                note=say(f"breath_guides.{guide_id}.note", guide.note),
            )
            for guide_id, guide in content.guides.items()
        },
        touches={
            touch_id: replace(touch, label=say(f"touch_choices.{touch_id}", touch.label))
            for touch_id, touch in content.touches.items()
        },
        anchors={
            anchor_id: replace(
                anchor,
                label=say(f"anchors.{anchor_id}.label", anchor.label),
                line=say(f"anchors.{anchor_id}.line", anchor.line),
            )
            for anchor_id, anchor in content.anchors.items()
        },
        postures={
            posture_id: replace(posture, label=say(f"postures.{posture_id}", posture.label))
            for posture_id, posture in content.postures.items()
        },
    )


def word_ids(content: Content) -> set[str]:
    """Return the ids of all words that a language's file holds, such as ``plans.five``."""
    ids = {f"plans.{plan_id}" for plan_id in content.plans}
    ids |= {f"touch_choices.{touch_id}" for touch_id in content.touches}
    ids |= {f"postures.{posture_id}" for posture_id in content.postures}
    for guide_id, guide in content.guides.items():
        ids.add(f"breath_guides.{guide_id}.label")
        if guide.note:
            ids.add(f"breath_guides.{guide_id}.note")
    for anchor_id in content.anchors:
        ids |= {f"anchors.{anchor_id}.label", f"anchors.{anchor_id}.line"}
    for set_id, line_set in content.sets.items():
        ids.add(f"sets.{set_id}.title")
        for line in line_set.lines:
            beginning = f"sets.{set_id}.lines.{line.line_id}"
            ids |= {f"{beginning}.{form}" for form in FORMS if getattr(line, form)}
    return ids


def ids_in(data: Words) -> set[str]:
    """Return the ids of all words that a parsed file holds."""
    return {key for key, _ in _words(data)}


def _line(line: Line, said: Mapping[str, str]) -> Line:
    """Return the line in other words: all its forms, or none, so that no two languages mix."""
    beginning = f"sets.{line.set_id}.lines.{line.line_id}."
    forms = {form: said.get(beginning + form, "") for form in FORMS}
    if any(getattr(line, form) and not forms[form] for form in FORMS):
        return line
    return replace(
        line,
        text=forms["text"],
        hint=forms["hint"],
        alt_no_touch=forms["alt_no_touch"],
        alt_no_breath=forms["alt_no_breath"],
        alt_no_sight=forms["alt_no_sight"],
    )


_ABOUT_THE_FILE = frozenset({"schema_version", "language", "direction", "status"})


def _words(data: Words, beginning: str = "") -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if not beginning and key in _ABOUT_THE_FILE:
            continue
        if isinstance(value, Mapping):
            yield from _words(value, f"{beginning}{key}.")
        elif isinstance(value, str):
            yield beginning + key, value
        else:
            raise ContentError(f"{beginning}{key} holds no words.")


def _text(data: Words, key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise ContentError(f"The file of words has no '{key}'.")
    return value
