"""``plan``: list, show, check, write, keep; and ``practice --plan FILE``."""

import json
from pathlib import Path

import pytest

from biofeedback.sessions.personal_file import PersonalFile
from biofeedback.sessions.store import Store
from tests.biofeedback.cli.conftest import Command
from tests.biofeedback.practice.test_plan_file import GOOD


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "evening.toml"
    path.write_text(GOOD)
    return path


def test_check_tells_file_line_and_what_to_write(command: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(GOOD.replace('"side"', '"syde"').replace("enough.", "all you must do."))
    said = command("plan", "check", bad)
    assert said.code == 1
    lines = said.out.splitlines()
    assert lines[0].startswith(f"{bad}:10: warning: 'must'")
    assert lines[1].startswith(f"{bad}:28: error: There is no line 'syde' in 'kind'")
    assert "did you mean 'side'?" in lines[1]
    assert lines[-1] == f"{bad}: cannot run; 1 error, 1 warning."


def test_check_of_a_good_plan_says_how_long_it_is(command: Command, file: Path) -> None:
    said = command("plan", "check", file)
    assert said.code == 0
    assert said.out == f"{file}: can run, 3.0 minutes; no warnings.\n"


def test_warnings_fail_where_they_are_asked_to(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    path.write_text(GOOD.replace("enough.", "all you must do."))
    assert command("plan", "check", path).code == 0
    assert command("plan", "check", "--strict", path).code == 1


def test_check_goes_on_after_a_file_that_cannot_be_read(command: Command, file: Path) -> None:
    said = command("plan", "check", "missing.toml", file, "--json")
    assert said.code == 1
    assert "missing.toml cannot be read" in said.err
    (report,) = json.loads(said.out)
    assert report == {"file": str(file), "ok": True, "findings": []}


def test_new_writes_a_plan_that_can_run_and_overwrites_nothing(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command("plan", "new", "morning", "--like", "ten").code == 0
    assert command("plan", "check", "morning.toml", "--strict").code == 0
    text = (tmp_path / "morning.toml").read_text()
    again = command("plan", "new", "morning")
    assert again.code == 1
    assert "there already" in again.err
    assert (tmp_path / "morning.toml").read_text() == text
    assert command("plan", "new", "x", "--like", "nothing").code == 1
    assert "schema_version" in command("plan", "new", "evening", "--to", "-").out


@pytest.mark.parametrize("name", ["five", "Not A Name"])
def test_new_refuses_a_name_that_no_plan_can_have(command: Command, name: str) -> None:
    assert command("plan", "new", name).code == 1


def test_a_plan_that_is_kept_is_listed_shown_and_removed(
    command: Command, file: Path, home: Path
) -> None:
    said = command("plan", "add", file)
    assert said.code == 0
    assert [each.plan.plan_id for each in PersonalFile(home).personal.plans] == ["evening"]
    assert "evening" in command("plan", "list").out
    listed = json.loads(command("plan", "list", "--json").out)
    assert {each["id"] for each in listed if each["own"]} == {"evening"}
    shown = command("plan", "show", "evening").out
    assert "own.here" in shown
    assert "I am here, and that is enough." in shown
    toml = command("plan", "show", "evening", "--toml").out
    file.write_text(toml)
    assert command("plan", "check", "--strict", file).code == 0
    assert command("plan", "remove", "evening").code == 0
    assert PersonalFile(home).personal.empty
    said = command("plan", "remove", "evening")
    assert said.code == 1
    assert "none of your own" in said.err


def test_a_file_is_shown_without_being_kept(command: Command, file: Path, home: Path) -> None:
    assert "own.here" in command("plan", "show", file).out
    assert PersonalFile(home).personal.empty


def test_practice_runs_a_plan_from_its_file(command: Command, file: Path, home: Path) -> None:
    said = command(
        "practice", "--source", "sim:3", "--plan", file, "--quiet", 0, "--headless", "--speed", 0
    )
    assert said.code == 0
    assert "I am here, and that is enough." in said.out
    with Store.open(home) as store:
        (info,) = store.sessions()
    assert info.plan == "evening"
    assert [each.plan.plan_id for each in info.personal.plans] == ["evening"]
    assert PersonalFile(home).personal.empty


def test_practice_refuses_a_plan_with_errors_and_tells_them(
    command: Command, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(GOOD.replace('"side"', '"syde"'))
    said = command("demo", "--plan", bad, "--headless", "--speed", 0)
    assert said.code == 1
    assert f"{bad}:28: error:" in said.err


def test_a_german_plan_speaks_german(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "abend.toml"
    path.write_text(GOOD.replace('"en"', '"de"').replace("I am here", "Ich bin da"))
    said = command("demo", "--plan", path, "--quiet", 0, "--headless", "--speed", 0)
    assert "Ich bin da" in said.out
    assert "Ich kann heute auf meiner Seite sein." in said.out


def test_a_second_language_speaks_throughout(command: Command) -> None:
    said = command("--language", "de", "demo", "--headless", "--speed", 0, "--quiet", 20)
    assert said.code == 0
    assert "Lass den Atem weich und klein sein." in said.out
    assert "Let your breath" not in said.out


def test_the_words_follow_the_systems_language(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    assert "Sitz, steh oder lieg so" in command("plan", "show", "five").out
    assert "Find a way to sit" in command("--language", "en", "plan", "show", "five").out


def test_the_schema_for_editors_is_printed(command: Command) -> None:
    said = command("plan", "schema")
    assert said.code == 0
    assert json.loads(said.out)["$schema"].endswith("2020-12/schema")
