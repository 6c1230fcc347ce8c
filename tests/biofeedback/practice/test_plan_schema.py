"""The schema of plan files says of a plan what `plan check` says, as far as a schema can."""

from __future__ import annotations

import json
import tomllib
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from biofeedback.practice.content import load_content
from biofeedback.practice.personal import OwnPlan
from biofeedback.practice.plan_file import read_plan
from biofeedback.practice.plan_schema import plan_schema
from biofeedback.practice.plan_text import plan_text
from tests.biofeedback.practice.test_plan_file import ERRORS, GOOD, plans

SCHEMA = plan_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
BEYOND_A_SCHEMA = {
    "quiet = 7100": "the sum of the parts",
    'lines = ["there"]': "which lines the file itself holds",
    "seconds_per_line = nan": "no number of JSON",
}
"""What only `plan check` can tell, by what stands in the file."""


def _fits(plan: dict[str, Any]) -> bool:
    return bool(VALIDATOR.is_valid(plan))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_file_that_is_shipped_is_what_the_program_prints() -> None:
    file = resources.files("biofeedback.practice") / "content" / "plan.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == SCHEMA


def test_a_good_plan_fits() -> None:
    assert [error.message for error in VALIDATOR.iter_errors(tomllib.loads(GOOD))] == []


@pytest.mark.parametrize("plan", load_content().plans.values(), ids=lambda plan: plan.plan_id)
def test_every_plan_that_comes_with_the_program_fits_under_a_name_of_ones_own(plan: Any) -> None:
    own = tomllib.loads(plan_text(OwnPlan(plan, "en")))
    assert not _fits(own)  # its name is taken
    assert _fits(own | {"id": "mine"})


@pytest.mark.parametrize(("was", "now"), [(was, now) for was, now, *_ in ERRORS])
def test_what_the_check_refuses_the_schema_refuses(was: str, now: str) -> None:
    assert _fits(tomllib.loads(GOOD.replace(was, now, 1))) == (now in BEYOND_A_SCHEMA)


@given(plans)
def test_what_the_check_lets_run_fits_the_schema(text: str) -> None:
    if read_plan(text.encode()).plan is not None:
        assert _fits(tomllib.loads(text))
