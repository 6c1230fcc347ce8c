"""``study`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.biofeedback.cli.conftest import Command
from tests.biofeedback.study.people import make_people


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    make_people(folder)
    return folder


def test_it_says_what_the_table_holds_and_what_could_not_be_read(
    command: Command, people: Path, tmp_path: Path
) -> None:
    out = tmp_path / "table.csv"
    said = command("study", people, "--out", out, "--csv")
    assert said.code == 1
    assert "14 rows of 5 sessions of 3 people. 1 session was there twice." in said.out
    assert "notes.txt" in said.err
    first = out.read_bytes()
    assert command("study", people, "--out", out, "--csv").code == 1
    assert "--force" in command("study", people, "--out", out, "--csv").err
    said = command("study", people, "--out", out, "--csv", "--force", "--jobs", 2, "--json")
    assert json.loads(said.out)["n_sessions"] == 5
    assert out.read_bytes() == first


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["nowhere", "--out", "x"], "no folder nowhere"),
        ([".", "--out", "/nowhere/x.parquet"], "no folder /nowhere"),
        ([".", "--out", "x", "--pseudonym", "nosalt"], "salt"),
    ],
)
def test_what_cannot_be_is_told(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = command("study", *options)
    assert said.code == 1
    assert words in said.err


def test_what_it_wrote_itself_is_no_part_of_it(
    command: Command, tmp_path: Path, people: Path
) -> None:
    folder = tmp_path / "one"
    (folder / "ann").mkdir(parents=True)
    (folder / "ann" / "all.zip").write_bytes((people / "ann" / "all.zip").read_bytes())
    out = folder / "table.csv"
    assert command("study", folder, "--out", out, "--csv").code == 0
    assert command("study", folder, "--out", out, "--csv", "--force").code == 0
