"""Trends in the terminal: plain words first, a table, JSON and a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from biofeedback.sessions.store import Store
from biofeedback.types import Choices
from tests.benchmarks.trends import fill
from tests.biofeedback.cli.conftest import Command


@pytest.fixture
def years(home: Path) -> Path:
    """A home with a hundred days of sessions."""
    with Store.open(home) as store:
        fill(store, 100, Choices(posture="sitting"))
    return home


def test_without_a_session_it_says_so_and_is_fine(command: Command) -> None:
    said = command("trends", "--language", "en")
    assert (said.code, said.err) == (0, "")
    assert said.out == "Nothing is kept of that time yet.\n"


@pytest.mark.usefixtures("years")
def test_words_come_first_then_a_small_table_of_the_last_days(command: Command) -> None:
    lines = command("trends", "--language", "en").out.splitlines()
    assert lines[0] == "100 sessions are kept of that time."
    assert "sitting, in the morning (5 to 11)" in lines[1]
    assert lines[3].startswith("Not among them: 3 with a simulated heart")
    table = [line for line in lines if line.startswith("  2016-")]
    assert len(table) == 14
    assert any(line.startswith("One day says little") for line in lines)


@pytest.mark.usefixtures("years")
def test_it_says_higher_and_lower_and_nothing_that_judges(command: Command) -> None:
    out = command("trends", "--language", "en").out.lower()
    assert "than your usual band" in out
    for word in ("normal", "better than", "good", "bad", "healthy", "improve", "streak"):
        assert word not in out


@pytest.mark.usefixtures("years")
def test_too_few_sessions_give_no_trend_and_say_what_is_missing(command: Command) -> None:
    out = command("trends", "--language", "en", "--to", "2016-01-09").out
    assert "There are 5 sessions so far; from 8 on there is a trend to look for." in out
    assert "Mean of the week" not in out


@pytest.mark.usefixtures("years")
def test_german_is_whole_with_its_comma(command: Command) -> None:
    out = command("trends", "--language", "de").out
    assert "Gleiches wird mit Gleichem verglichen: im Sitzen, morgens" in out
    assert "Dein übliches Band reicht von 63,5 bis" in out
    assert "usual" not in out


@pytest.mark.usefixtures("years")
def test_it_says_whether_what_is_compared_was_asked_for(command: Command) -> None:
    for asked, said in (
        ((), "That is what there is most of."),
        (("--posture", "sitting"), "One of them is as you asked"),
        (
            ("--posture", "any", "--time-of-day", "any"),
            "any posture, any time of day, as you asked.",
        ),
    ):
        assert said in command("trends", "--language", "en", *asked).out


@pytest.mark.usefixtures("years")
def test_json_holds_every_day_and_what_is_asked_for(command: Command) -> None:
    plain = json.loads(command("trends", "--json").out)
    assert (plain["posture"], plain["time_of_day"]) == ("sitting", "morning")
    assert plain["n_usable"] + sum(plain["left_aside"].values()) == plain["n_sessions"] == 100
    assert len(plain["series"]["ln_rmssd"]["days"]) == plain["n_usable"]
    evening = json.loads(command("trends", "--json", "--time-of-day", "evening").out)
    assert evening["time_of_day_asked"] is True
    assert evening["n_usable"] < plain["n_usable"]
    both = json.loads(command("trends", "--json", "--time-of-day", "any", "--posture", "any").out)
    assert both["n_usable"] == plain["n_usable"] + evening["n_usable"]
    none = json.loads(command("trends", "--json", "--posture", "unsaid").out)
    assert none["n_usable"] == 0


@pytest.mark.usefixtures("years")
def test_a_plot_is_drawn_with_its_words(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "t.svg"
    said = command("trends", "--plot", file, "--language", "en")
    assert (said.code, said.err) == (0, f"Drawn to {file}.\n")
    assert file.read_text().startswith("<?xml")
    unknown = command("trends", "--plot", tmp_path / "t.xyz")
    assert unknown.code == 1
    assert "could not be written" in unknown.err


def test_a_day_that_is_none_and_a_posture_that_nobody_has_are_said(command: Command) -> None:
    said = command("trends", "--from", "yesterday")
    assert said.code == 2
    assert "2026-02-03" in said.err
    said = command("trends", "--from", "2026-02-04", "--to", "2026-02-03")
    assert said.code == 2
    assert "--from is a day after --to" in said.err
    said = command("trends", "--posture", "upside-down", "--language", "en")
    assert said.code == 1
    assert "sitting, lying, standing, moving, unsaid, any" in said.err
