"""A plan as a file that anybody can write: read, and looked through line by line.

`docs/plans.md` describes the form. Errors are what keeps a plan from running; warnings are what
its author may want to think about again.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from biofeedback.practice.care import rules_for, too_long, warnings
from biofeedback.practice.content import Content, Cue, Line, Plan, PlanPart, load_content
from biofeedback.practice.languages import languages
from biofeedback.practice.personal import OwnPlan, plan_set
from biofeedback.practice.plan_fields import Fields, Finding, Severity, perhaps
from biofeedback.practice.toml_lines import Lines, Path, lines_of
from biofeedback.types import DEFAULT_LANGUAGE

SCHEMA = 1
OWN = "own"
"""What a part says for ``set`` where it takes lines of its own file."""

LONGEST_BYTES = 256 * 1024
LONGEST_PLAN_S = 7200.0
LONGEST_SLOT_S = 600.0
LONGEST_TITLE = 60
LONGEST_NOTE = 300

FORMS = ("alt_no_touch", "alt_no_breath", "alt_no_sight")
_FORM_WORDS = {
    "alt_no_touch": "those who chose no touch",
    "alt_no_breath": "those whose mind rests elsewhere than on the breath",
    "alt_no_sight": "those for whom looking around does not fit",
}
MARKS = ("starts_pacing", "ends_pacing", "essential", "input")
TOP_KEYS = (
    "schema_version", "id", "title", "language", "author", "note", "paced", "lines", "parts",
)  # fmt: skip
LINE_KEYS = ("id", "text", "hint", "cue", *FORMS, *MARKS)
PART_KEYS = ("set", "lines", "seconds_per_line", "quiet")


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What was found in a file, in its order; ``plan`` is None where there are errors."""

    findings: tuple[Finding, ...]
    plan: OwnPlan | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the plan from running."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)


def read_plan(data: bytes) -> PlanReport:
    """Read a plan file and look through it. Whatever the bytes are, the answer is a report."""
    if len(data) > LONGEST_BYTES:
        return _refused(1, f"The file is longer than {LONGEST_BYTES // 1024} KB; it is no plan.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _refused(line, "This is not UTF-8 text; save the file as UTF-8.")
    text = text.replace("\r\n", "\n")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _refused(_line_in(str(error), text), f"This is not TOML: {_plain(str(error))}.")
    except (RecursionError, ValueError) as error:
        return _refused(1, f"This is not TOML that a plan needs ({type(error).__name__}).")
    return _Reading(content, lines_of(text)).report()


def _refused(line: int, message: str) -> PlanReport:
    return PlanReport((Finding(line, Severity.ERROR, message),), None)


def _line_in(message: str, text: str) -> int:
    found = re.search(r"at line (\d+)", message)
    return int(found.group(1)) if found else text.count("\n") + 1


def _plain(message: str) -> str:
    return re.sub(r"\s*\(at .*\)$", "", message).rstrip(".")


class _Reading(Fields):
    """One file on its way from parsed TOML to a plan."""

    def __init__(self, data: Mapping[str, Any], lines: Lines) -> None:
        super().__init__(data, lines)
        self._content = load_content()
        self._language = DEFAULT_LANGUAGE

    def report(self) -> PlanReport:
        plan = self._plan()
        found = tuple(sorted(self._found, key=lambda each: (each.line, each.severity)))
        failed = any(each.severity is Severity.ERROR for each in found)
        return PlanReport(found, None if failed else plan)

    # --------------------------------------------------------------------------- the whole
    def _plan(self) -> OwnPlan | None:
        data = self._data
        self._known_keys((), data, TOP_KEYS)
        schema = data.get("schema_version")
        if type(schema) is not int:
            self._error(("schema_version",), f"Write schema_version = {SCHEMA}.")
        elif schema != SCHEMA:
            self._error(
                ("schema_version",),
                f"This version knows schema_version {SCHEMA}, not {schema}.",
            )
        plan_id = self._id((), data)
        if plan_id in self._content.plans:
            self._error(("id",), f"'{plan_id}' is a plan that comes with the program; rename it.")
        title = self._short((), data, "title", LONGEST_TITLE, needed=True)
        author = self._short((), data, "author", LONGEST_TITLE)
        note = self._short((), data, "note", LONGEST_NOTE)
        self._read_language()
        paced = self._flag((), data, "paced", default=True)
        own = self._own_lines(plan_set(plan_id or "x"))
        parts = self._parts(own, plan_set(plan_id or "x"))
        seconds = sum(part.quiet_s + len(part.line_ids) * part.seconds_per_line for part in parts)
        if not parts:
            return None
        if seconds > LONGEST_PLAN_S:
            self._error(("parts",), f"The plan takes {seconds / 60:.0f} minutes; 120 is the most.")
        self._think_again(parts, own, paced=paced)
        if plan_id is None or title is None:
            return None
        return OwnPlan(
            Plan(plan_id, title, seconds, tuple(parts)),
            self._language,
            tuple(own.values()),
            note or "",
            author or "",
        )

    def _read_language(self) -> None:
        value = self._data.get("language")
        if value is None:
            self._error(("language",), f'Write language = "{DEFAULT_LANGUAGE}" or another one.')
        elif not isinstance(value, str):
            self._error(("language",), 'language is a text, such as "en".')
        elif value not in languages():
            known = ", ".join(languages())
            self._error(("language",), f"There are no words in '{value}'. There are: {known}.")
        else:
            self._language = value
            self._content = load_content(value)

    # --------------------------------------------------------------------------- own lines
    def _own_lines(self, set_id: str) -> dict[str, Line]:
        own: dict[str, Line] = {}
        for number, item in self._tables("lines"):
            path = ("lines", number)
            self._known_keys(path, item, LINE_KEYS)
            line_id = self._id(path, item)
            if line_id in own:
                self._error((*path, "id"), f"There are two lines '{line_id}'; rename one.")
            texts = {key: self._words(path, item, key) for key in ("text", "hint", *FORMS)}
            if not texts["text"]:
                self._error((*path, "text"), "A line needs a text.")
            cue = self._cue(path, item)
            marks = {key: self._flag(path, item, key) for key in MARKS}
            if line_id is None:
                continue
            own[line_id] = Line(
                line_id,
                set_id,
                texts["text"],
                cue,
                hint=texts["hint"],
                alt_no_touch=texts["alt_no_touch"],
                alt_no_breath=texts["alt_no_breath"],
                alt_no_sight=texts["alt_no_sight"],
                wants_text=marks["input"],
                starts_pacing=marks["starts_pacing"],
                ends_pacing=marks["ends_pacing"],
                essential=marks["essential"],
            )
            self._forms(path, own[line_id])
        return own

    def _words(self, path: Path, item: Mapping[str, Any], key: str) -> str:
        value = item.get(key, "")
        at = (*path, key)
        if not isinstance(value, str):
            self._error(at, f"{key} is a text: put it in quotes.")
            return ""
        text = " ".join(value.split())
        if told := too_long(text, self._content.max_chars):
            self._error(at, f"{key} is too long: {told}")
        for told in warnings(text, self._language):
            self._warn(at, told)
        return text

    def _cue(self, path: Path, item: Mapping[str, Any]) -> Cue:
        value = item.get("cue", Cue.FREE.value)
        try:
            return Cue(value)
        except ValueError:
            self._error(
                (*path, "cue"),
                "cue is one of free (on time), exhale, inhale, user (waits for the person).",
            )
            return Cue.FREE

    def _forms(self, path: Path, line: Line) -> None:
        rules = rules_for(self._language)
        if rules is None or line.cue is Cue.USER:
            return
        for form in rules.forms_asked_by(line.text):
            if not getattr(line, form):
                self._warn(
                    (*path, "text"),
                    f'Add {form} = "...": other words for {_FORM_WORDS[form]}.',
                )

    # ------------------------------------------------------------------------------- parts
    def _parts(self, own: Mapping[str, Line], set_id: str) -> list[PlanPart]:
        parts: list[PlanPart] = []
        for number, item in self._tables("parts"):
            path = ("parts", number)
            self._known_keys(path, item, PART_KEYS)
            if "quiet" in item:
                if "set" in item or "lines" in item:
                    self._error(path, "A part is quiet or has lines; make two parts of it.")
                quiet_s = self._seconds(path, item, "quiet", 0.0, LONGEST_PLAN_S)
                if quiet_s:
                    parts.append(PlanPart("", (), 0.0, quiet_s))
                continue
            part = self._spoken(path, item, own, set_id)
            if part is not None:
                parts.append(part)
        if "parts" not in self._data:
            self._error((), "A plan needs parts: [[parts]] with set and lines, or with quiet.")
        elif not parts and not self._found:
            self._error(("parts",), "No part of the plan takes any time.")
        return parts

    def _spoken(
        self,
        path: Path,
        item: Mapping[str, Any],
        own: Mapping[str, Line],
        set_id: str,
    ) -> PlanPart | None:
        name, line_ids = item.get("set"), item.get("lines")
        if not isinstance(name, str):
            self._error((*path, "set"), f'Write set = "kind", set = "{OWN}" or another set.')
            return None
        known = self._set_lines(name, own)
        if known is None:
            sets = [OWN, *sets_of_plans(self._content)]
            self._error(
                (*path, "set"),
                f"There is no set '{name}'{perhaps(name, sets)} Sets: {', '.join(sets)}.",
            )
            return None
        if not isinstance(line_ids, list) or not line_ids:
            self._error((*path, "lines"), f'Write lines = ["{next(iter(known), "id")}", ...].')
            return None
        kept: list[str] = []
        for at, line_id in enumerate(line_ids):
            if not isinstance(line_id, str) or line_id not in known:
                self._error(
                    (*path, "lines", at),
                    f"There is no line {line_id!r} in '{name}'"
                    f"{perhaps(line_id, known)} Lines: {', '.join(known) or 'none'}.",
                )
            else:
                kept.append(line_id)
        least_s = self._content.min_show_s
        seconds = self._seconds(path, item, "seconds_per_line", least_s, LONGEST_SLOT_S)
        if not kept or not seconds:
            return None
        return PlanPart(set_id if name == OWN else name, tuple(kept), seconds, 0.0)

    def _set_lines(self, name: str, own: Mapping[str, Line]) -> list[str] | None:
        if name == OWN:
            return list(own)
        if name not in sets_of_plans(self._content):
            return None
        return [line.line_id for line in self._content.sets[name].lines]

    # -------------------------------------------------------------------------- think again
    def _think_again(self, parts: list[PlanPart], own: Mapping[str, Line], *, paced: bool) -> None:
        """Warn of what a practice is better with."""
        said = [(part.set_id, line_id) for part in parts for line_id in part.line_ids]
        lines = [_line_of(each, self._content, own) for each in said]
        led = [line for line in lines if line.cue is not Cue.USER]
        if paced and led and not any(line.starts_pacing for line in lines):
            self._warn(
                ("parts",),
                "No line starts the breath guide, so none will run. Take in settle.soft, write "
                "starts_pacing = true on a line of your own, or paced = false at the top.",
            )
        stirs = {"kind", "letter", "reframe"} & {set_id for set_id, _ in said}
        if stirs and ("kind", "odd") not in said:
            self._warn(
                ("parts",),
                "Kind words can stir up old pain; take in the line kind.odd, which says so.",
            )
        if ("settle", "choice") not in said and not any(line.essential for line in own.values()):
            self._warn(
                ("parts",),
                "Nothing says that one may stop; take in settle.choice, or mark a line of your "
                "own that says it with essential = true.",
            )
        used = {line_id for set_id, line_id in said if set_id.startswith("plan:")}
        for number, item in self._tables("lines", quietly=True):
            if item.get("id") in own and item.get("id") not in used:
                self._warn(("lines", number), f"No part uses the line '{item['id']}'.")


def sets_of_plans(content: Content) -> list[str]:
    """Return the sets that a plan may take lines of: what is said of a practice is none."""
    return [set_id for set_id in content.sets if not set_id.startswith("fb_")]


def _line_of(said: tuple[str, str], content: Content, own: Mapping[str, Line]) -> Line:
    set_id, line_id = said
    if set_id in content.sets:
        return content.sets[set_id].line(line_id)
    return own[line_id]
