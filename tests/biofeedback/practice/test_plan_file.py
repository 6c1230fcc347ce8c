"""Plan files: what is wrong is told with its line and what to write instead; no file crashes."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.engine import Engine
from biofeedback.practice.content import load_content
from biofeedback.practice.languages import languages
from biofeedback.practice.personal import NOTHING, OwnPlan, plan_set
from biofeedback.practice.personal_json import personal_from_json, personal_to_json
from biofeedback.practice.plan_fields import Severity
from biofeedback.practice.plan_file import (
    LINE_KEYS,
    LONGEST_BYTES,
    PART_KEYS,
    TOP_KEYS,
    PlanReport,
    read_plan,
)
from biofeedback.practice.plan_text import plan_lines, plan_text
from biofeedback.types import Choices, GuideChanged, LineShown, Tick

CONTENT = load_content()
GOOD = """\
schema_version = 1
id = "evening"
title = "Evening, 3 minutes"
language = "en"
author = "A friend"
note = "For the evening."

[[lines]]
id = "here"
text = "I am here, and that is enough."
cue = "exhale"

[[parts]]
set = "settle"
lines = ["choice", "soft"]
seconds_per_line = 10

[[parts]]
quiet = 60

[[parts]]
set = "own"
lines = ["here"]
seconds_per_line = 20

[[parts]]
set = "kind"
lines = ["side", "odd"]
seconds_per_line = 20

[[parts]]
set = "close"
lines = ["own", "time"]
seconds_per_line = 20
"""


def _read(text: str) -> PlanReport:
    return read_plan(text.encode())


def _only(report: PlanReport) -> tuple[int, str, str]:
    (found,) = report.findings
    return found.line, found.severity.value, found.message


def test_a_good_plan_is_read_and_nothing_is_said() -> None:
    report = _read(GOOD)
    assert report.findings == ()
    own = report.plan
    assert own is not None
    assert (own.plan.plan_id, own.plan.seconds, own.language) == ("evening", 180.0, "en")
    assert (own.author, own.note) == ("A friend", "For the evening.")
    assert [line.set_id for line in own.lines] == [plan_set("evening")]


def test_it_runs_to_its_end_with_its_own_lines() -> None:
    own = _read(GOOD).plan
    assert own is not None
    engine = Engine(
        Choices(plan_id="evening", quiet_s=0), CONTENT.with_personal(NOTHING.with_plan(own))
    )
    updates = [each for t_s in range(400) for each in engine.step(Tick(float(t_s)))]
    assert engine.ended_s is not None
    assert "I am here, and that is enough." in [
        each.text for each in updates if isinstance(each, LineShown)
    ]
    assert any(isinstance(each, GuideChanged) and each.segment for each in updates)


ERRORS = [
    ("schema_version = 1", "schema_version = 2", 1, "schema_version 1, not 2"),
    ("schema_version = 1", 'schema_version = "1"', 1, "schema_version = 1"),
    ('id = "evening"', 'id = "five"', 2, "comes with the program"),
    ('id = "evening"', 'id = "Evening!"', 2, "a-short-name"),
    ('title = "Evening, 3 minutes"', "title = 3", 3, 'title = "..."'),
    ('title = "Evening, 3 minutes"', f'title = "{"x" * 61}"', 3, "at most 60"),
    ('language = "en"', 'language = "xx"', 4, "There are: en, de"),
    ('language = "en"', "language = 4", 4, 'such as "en"'),
    ('author = "A friend"', 'autor = "A friend"', 5, "did you mean 'author'"),
    ('author = "A friend"', 'guide = "box"', 5, "the person picks the breath guide"),
    ('author = "A friend"', "hold_in_s = 4", 5, "holds no breath"),
    ('author = "A friend"', "seconds = 180", 5, "the sum of the parts"),
    ('author = "A friend"', 'paced = "no"', 5, "true or false"),
    ('id = "here"', 'id = "Here"', 9, "a-short-name"),
    ("that is enough.", "that is " + "very " * 14 + "enough.", 10, "text is too long"),
    ('text = "I am here, and that is enough."', "text = 5", 10, "put it in quotes"),
    ('cue = "exhale"', 'cue = "later"', 11, "exhale, inhale, user"),
    ('set = "settle"', 'set = "setle"', 14, "did you mean 'settle'"),
    ('set = "settle"', 'set = "fb_calmer"', 14, "no set 'fb_calmer'"),
    ('"choice", "soft"', '"choice", "sofd"', 15, "did you mean 'soft'"),
    ('["choice", "soft"]', "[]", 15, "Write lines = "),
    ('["choice", "soft"]', '"choice"', 15, "Write lines = "),
    ('["choice", "soft"]', '["choice", 3]', 15, "no line 3"),
    ("seconds_per_line = 10", "seconds_per_line = 7", 16, "can't be read in time"),
    ("seconds_per_line = 10", 'seconds_per_line = "10"', 16, "without quotes"),
    ("seconds_per_line = 10", "seconds_per_line = nan", 16, "from 8 to 600"),
    ("quiet = 60", "quiet = -1", 19, "from 0 to 7200"),
    ("quiet = 60", "quiet = 9e999", 19, "from 0 to 7200"),
    ("quiet = 60", "quiet = 7100", 13, "120 is the most"),
    ('lines = ["here"]', 'lines = ["there"]', 23, "no line 'there' in 'own'"),
    ("quiet = 60", 'quiet = 60\nset = "kind"', 18, "make two parts"),
]


@pytest.mark.parametrize(("was", "now", "line", "told"), ERRORS)
def test_an_error_has_its_line_and_says_what_to_write(
    was: str, now: str, line: int, told: str
) -> None:
    assert GOOD.count(was) >= 1
    report = _read(GOOD.replace(was, now, 1))
    assert report.plan is None
    errors = [(each.line, each.message) for each in report.errors]
    assert (line, True) in [(at, told in message) for at, message in errors], errors


@pytest.mark.parametrize(
    ("was", "now", "line", "told"),
    [
        ("that is enough.", "you should relax.", 10, "'should' can be hard to hear"),
        ("that is enough.", "take a deep breath.", 10, "soft and small"),
        ("that is enough.", "hold your breath.", 10, "soft and small"),
        ("I am here, and", "My hands on my lap, hand over your heart,", 10, "alt_no_touch"),
        ("I am here, and", "Look around;", 10, "alt_no_sight"),
        ('"choice", "soft"', '"choice"', 13, "No line starts the breath guide"),
        ('"side", "odd"', '"side"', 13, "kind.odd"),
        ('"choice", "soft"', '"soft"', 13, "settle.choice"),
        ('set = "own"\nlines = ["here"]', 'set = "kind"\nlines = ["slow"]', 8, "No part uses"),
    ],
)
def test_a_warning_has_its_line_and_the_plan_runs_all_the_same(
    was: str, now: str, line: int, told: str
) -> None:
    assert GOOD.count(was) == 1
    report = _read(GOOD.replace(was, now))
    assert report.plan is not None
    assert report.findings
    assert all(each.severity is Severity.WARNING for each in report.findings)
    assert (line, True) in [(each.line, told in each.message) for each in report.findings], (
        report.findings
    )


def test_a_plan_may_say_that_it_means_to_run_without_a_guide() -> None:
    text = GOOD.replace('"choice", "soft"', '"choice"')
    text = text.replace('author = "A friend"', "paced = false")
    assert _read(text).findings == ()


def test_every_error_is_told_at_once() -> None:
    text = GOOD.replace('"side"', '"syde"').replace("quiet = 60", "quiet = x = 1")
    assert len(_read(text).findings) == 1  # no TOML: nothing more can be known
    text = GOOD.replace('"side"', '"syde"').replace('"time"', '"tyme"').replace("here", "HERE", 1)
    assert len(_read(text).errors) >= 3


def test_what_is_no_toml_is_told_with_its_line() -> None:
    line, severity, message = _only(_read(GOOD.replace('set = "own"', "set = own")))
    assert (line, severity) == (22, "error")
    assert message.startswith("This is not TOML")


@pytest.mark.parametrize("data", [b"", b"\xff\xfea", b"a = " + b"[" * 20_000, b"#" * 300_000])
def test_what_is_no_plan_is_told(data: bytes) -> None:
    report = read_plan(data)
    assert report.plan is None
    assert report.errors
    assert len(data) <= LONGEST_BYTES or "longer than" in report.errors[0].message


def test_a_windows_file_with_a_mark_is_read() -> None:
    text = "\N{ZERO WIDTH NO-BREAK SPACE}" + GOOD.replace("\n", "\r\n")
    assert read_plan(text.encode()).findings == ()


def test_german_lines_are_looked_at_by_german_rules() -> None:
    text = GOOD.replace('"en"', '"de"').replace(
        "I am here, and that is enough.", "Du musst tief atmen."
    )
    told = [each.message for each in _read(text).findings]
    assert any("'musst'" in message for message in told)
    assert any("alt_no_breath" in message for message in told)


@pytest.mark.parametrize("language", languages())
def test_every_plan_that_comes_with_the_program_makes_a_file_without_errors(
    language: str,
) -> None:
    content = load_content(language)
    for plan in content.plans.values():
        own = OwnPlan(plan, language)
        text = plan_text(own).replace(f'id = "{plan.plan_id}"', 'id = "mine"', 1)
        report = _read(text)
        assert report.errors == ()
        assert report.plan is not None
        assert report.plan.plan.parts == plan.parts
        assert report.plan.plan.seconds == plan.seconds
        assert len(plan_lines(plan, content)) > 5


def test_what_is_written_is_read_back_whole() -> None:
    own = _read(GOOD).plan
    assert own is not None
    assert _read(plan_text(own)).plan == own
    kept = NOTHING.with_plan(own)
    assert personal_from_json(personal_to_json(kept)) == kept


# ----------------------------------------------------------------------- no file crashes
keys = st.sampled_from(
    ["schema_version", "id", "title", "language", "lines", "parts", "set", "quiet", "cue", "text"]
)
values = st.recursive(
    st.sampled_from(['"en"', '"kind"', '"own"', '"side"', "1", "-3", "nan", "1e999", "true", '""'])
    | st.sampled_from(["2026-01-02", "0x7fffffffffffffffffff", '"\\u0000"', "'''\n'''"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]")
        | st.tuples(keys, inner).map(lambda pair: f"{{{pair[0]} = {pair[1]}}}")
    ),
    max_leaves=5,
)
statements = st.one_of(
    st.tuples(keys, values).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    st.sampled_from(["[[lines]]", "[[parts]]", "[lines]", "[parts]", "", "[id]"]),
    st.sampled_from(GOOD.splitlines()),
)


@given(st.lists(statements, max_size=14))
def test_no_plan_crashes_the_check(written: list[str]) -> None:
    report = _read("\n".join(written))
    assert (report.plan is None) == bool(report.errors)
    json.dumps([[each.line, each.message] for each in report.findings])


BLOCKS = GOOD.split("\n\n")[1:]


plans = st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=8).map(
    lambda written: "\n\n".join([GOOD.split("\n\n")[0], *written])
)
"""Plans with the parts of a good one in any number and order."""


@given(plans)
def test_no_order_of_a_plans_parts_crashes_it_or_the_practice(text: str) -> None:
    report = _read(text)
    if report.plan is not None:
        content = CONTENT.with_personal(NOTHING.with_plan(report.plan))
        engine = Engine(Choices(plan_id=report.plan.plan.plan_id, quiet_s=0), content)
        engine.step(Tick(10_000.0))


@given(st.integers(0, len(GOOD)), st.sampled_from(["", '"', "[", "\n", "=", "\\", "9", "\t#"]))
def test_no_slip_of_the_pen_crashes_it(at: int, slip: str) -> None:
    report = _read(GOOD[:at] + slip + GOOD[at + 1 :])
    assert (report.plan is None) == bool(report.errors)
    lines = GOOD.count("\n") + 3
    assert all(1 <= each.line <= lines for each in report.findings)


@given(st.binary(max_size=80))
def test_no_bytes_crash_it(data: bytes) -> None:
    assert read_plan(data).plan is None


def test_the_plan_in_the_docs_is_a_good_one() -> None:
    docs = (Path(__file__).parents[3] / "docs" / "plans.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", docs, re.DOTALL)
    assert _read(example).findings == ()
    for key in (*TOP_KEYS, *LINE_KEYS, *PART_KEYS):
        assert f"`{key}`" in docs or f"`[[{key}]]`" in docs or f"`{key} = " in docs, key
