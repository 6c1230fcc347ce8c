"""The words, choices and plans of a language, read from its content file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from math import inf
from typing import TYPE_CHECKING, Any

from biofeedback.practice.guides import GuideError, asks_first, read_pattern
from biofeedback.types import (
    DEFAULT_LANGUAGE,
    EYES,
    LONGEST_GUIDED_S,
    SHORTEST_GUIDED_S,
    BreathPattern,
    Choices,
)

if TYPE_CHECKING:
    from biofeedback.practice.personal import Personal

NO_HAND = frozenset({"none", "object"})
"""Touches for which a line that speaks of a hand takes its other form."""


class ContentError(ValueError):
    """A content file that can't be used; the message says where and why."""


class Cue(StrEnum):
    """What a line waits for."""

    FREE = "free"
    EXHALE = "exhale"
    INHALE = "inhale"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words and its other forms."""

    line_id: str
    set_id: str
    text: str
    cue: Cue
    hint: str = ""
    alt_no_touch: str = ""
    alt_no_breath: str = ""
    alt_no_sight: str = ""
    needs: tuple[str, ...] = ()
    wants_text: bool = False
    starts_pacing: bool = False
    ends_pacing: bool = False
    essential: bool = False

    def text_for(self, choices: Choices, *, paced: bool) -> str:
        """Return the form that fits what the person chose.

        Parameters
        ----------
        choices
            Touch, anchor, sight and eyes decide.
        paced
            Whether a breath guide runs with this line.
        """
        looks = choices.sight and choices.eyes != "shut"
        if not looks and self.alt_no_sight:
            return self.alt_no_sight
        if choices.touch_id in NO_HAND and self.alt_no_touch:
            return self.alt_no_touch
        if (choices.anchor_id != "breath" or not paced) and self.alt_no_breath:
            return self.alt_no_breath
        return self.text


@dataclass(frozen=True, slots=True)
class LineSet:
    """Lines that belong together."""

    set_id: str
    title: str
    seconds_per_line: float
    lines: tuple[Line, ...]

    def line(self, line_id: str) -> Line:
        """Return the line of that id; KeyError if there is none."""
        for line in self.lines:
            if line.line_id == line_id:
                return line
        raise KeyError(line_id)


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A part of a plan: some lines of a set, or a quiet stretch (``set_id`` empty)."""

    set_id: str
    line_ids: tuple[str, ...]
    seconds_per_line: float
    quiet_s: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A timed practice, without the quiet times around it."""

    plan_id: str
    title: str
    seconds: float
    parts: tuple[PlanPart, ...]


@dataclass(frozen=True, slots=True)
class GuideChoice:
    """A breath guide to pick; ``pattern`` is None for one's own pace."""

    guide_id: str
    label: str
    note: str
    pattern: BreathPattern | None

    @property
    def asks_first(self) -> bool:
        """Whether the note on who should ask first belongs to it (`guides.asks_first`)."""
        return asks_first(self.pattern)


@dataclass(frozen=True, slots=True)
class Choice:
    """A touch, an anchor or a posture to pick; an anchor has a line of its own."""

    choice_id: str
    label: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a language's file holds."""

    language: str
    min_show_s: float
    sets: Mapping[str, LineSet]
    plans: Mapping[str, Plan]
    guides: Mapping[str, GuideChoice]
    touches: Mapping[str, Choice]
    anchors: Mapping[str, Choice]
    postures: Mapping[str, Choice]
    max_chars: int = field(default=90)
    status: str = ""
    direction: str = "ltr"
    own_plans: frozenset[str] = frozenset()

    def check(self, choices: Choices) -> None:
        """Hold the ids of ``choices`` against the content.

        Raises
        ------
        ContentError
            If one is unknown; the message lists those that are known.
        """
        for kind, chosen, known in (
            ("plan", choices.plan_id, self.plans),
            ("touch", choices.touch_id, self.touches),
            ("anchor", choices.anchor_id, self.anchors),
        ):
            if chosen not in known:
                raise ContentError(
                    f"There is no {kind} called '{chosen}'. There are: {', '.join(known)}."
                )
        if choices.posture and choices.posture not in self.postures:
            raise ContentError(
                f"There is no posture called '{choices.posture}'. "
                f"There are: {', '.join(self.postures)}."
            )
        self.guide(choices.guide_id)
        if choices.eyes not in EYES:
            raise ContentError(f"Eyes are {', '.join(EYES)}, not '{choices.eyes}'.")
        if choices.guided_s is not None and not (
            SHORTEST_GUIDED_S <= choices.guided_s <= LONGEST_GUIDED_S
        ):
            raise ContentError("A practice is 1 to 120 minutes long.")
        if not 0 <= choices.quiet_s < inf:
            raise ContentError("A quiet time is 0 seconds long, or more.")

    def guide(self, guide_id: str) -> GuideChoice:
        """Return the breath guide of that id, or that is spelled out there.

        Raises
        ------
        ContentError
            If there is none, or it lies outside the limits.
        """
        named = self.guides.get(guide_id)
        if named is not None:
            return named
        if not guide_id[:1].isdecimal():
            raise ContentError(
                f"There is no breath guide called '{guide_id}'. There are: "
                f"{', '.join(self.guides)}; or seconds in and out, such as 4-6."
            )
        try:
            return GuideChoice(guide_id, guide_id, "", read_pattern(guide_id))
        except GuideError as error:
            raise ContentError(str(error)) from error

    def with_personal(self, personal: Personal) -> Content:
        """Return this with what is the person's own laid over it (see `laid_over`)."""
        if personal.empty:
            return self
        from biofeedback.practice.laid_over import laid_over

        return laid_over(self, personal)


@cache
def load_content(language: str = DEFAULT_LANGUAGE) -> Content:
    """Read the content of ``language``.

    Raises
    ------
    ContentError
        If there is no such language, or its file is not what it should be.
    """
    data = read_words(language)
    if language == DEFAULT_LANGUAGE:
        return parse_content(data)
    from biofeedback.practice.translation import translated

    return translated(load_content(), data)


def read_words(language: str) -> dict[str, Any]:
    """Read a language's file as it stands.

    Raises
    ------
    ContentError
        If there is none, or it is no TOML.
    """
    file = resources.files("biofeedback.practice") / "content" / f"{language}.toml"
    if not (language.isalpha() and file.is_file()):
        raise ContentError(f"There are no words in the language '{language}'.")
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{language}.toml: {error}") from error


def parse_content(data: Mapping[str, Any]) -> Content:
    """Turn a parsed content file into values, and check what refers to what.

    Raises
    ------
    ContentError
        If a key is missing or a plan names a line that isn't there.
    """
    try:
        sets = {item["id"]: _line_set(item) for item in data["sets"]}
        content = Content(
            language=data["language"],
            min_show_s=float(data["display"]["min_show_seconds"]),
            max_chars=int(data["max_chars"]),
            status=data.get("status", ""),
            direction=data.get("direction", "ltr"),
            sets=sets,
            plans={item["id"]: _plan(item) for item in data["plans"]},
            guides={item["id"]: _guide(item) for item in data["breath_guides"]},
            touches={
                item["id"]: Choice(item["id"], item["label"]) for item in data["touch_choices"]
            },
            anchors={
                item["id"]: Choice(item["id"], item["label"], item["line"])
                for item in data["anchors"]
            },
            postures={item["id"]: Choice(item["id"], item["label"]) for item in data["postures"]},
        )
    except KeyError as error:
        raise ContentError(f"The content has no {error}.") from error
    for plan in content.plans.values():
        for part in plan.parts:
            for line_id in part.line_ids:
                try:
                    content.sets[part.set_id].line(line_id)
                except KeyError as error:
                    raise ContentError(
                        f"Plan '{plan.plan_id}' names {part.set_id}.{line_id}, which isn't there."
                    ) from error
    return content


def _line_set(item: Mapping[str, Any]) -> LineSet:
    return LineSet(
        set_id=item["id"],
        title=item["title"],
        seconds_per_line=float(item["seconds_per_line"]),
        lines=tuple(
            Line(
                line_id=line["id"],
                set_id=item["id"],
                text=line["text"],
                cue=Cue(line.get("cue", item["cue"])),
                hint=line.get("hint", ""),
                alt_no_touch=line.get("alt_no_touch", ""),
                alt_no_breath=line.get("alt_no_breath", ""),
                alt_no_sight=line.get("alt_no_sight", ""),
                needs=tuple(line.get("needs", ())),
                wants_text=bool(line.get("input", False)),
                starts_pacing=bool(line.get("starts_pacing", False)),
                ends_pacing=bool(line.get("ends_pacing", False)),
                essential=bool(line.get("essential", False)),
            )
            for line in item["lines"]
        ),
    )


def _plan(item: Mapping[str, Any]) -> Plan:
    parts = tuple(
        PlanPart("", (), 0.0, float(part["quiet"]))
        if "quiet" in part
        else PlanPart(part["set"], tuple(part["lines"]), float(part["seconds_per_line"]), 0.0)
        for part in item["parts"]
    )
    return Plan(item["id"], item["title"], float(item["seconds"]), parts)


def _guide(item: Mapping[str, Any]) -> GuideChoice:
    inhale_s, exhale_s = float(item["inhale_s"]), float(item["exhale_s"])
    paced = inhale_s > 0 and exhale_s > 0
    pattern = (
        BreathPattern(
            inhale_s,
            float(item.get("hold_in_s", 0.0)),
            exhale_s,
            float(item.get("hold_out_s", 0.0)),
        )
        if paced
        else None
    )
    return GuideChoice(item["id"], item["label"], item.get("note", ""), pattern)
