"""``words``: what is the person's own, shown, copied out and brought in."""

import json
import stat
from pathlib import Path

import pytest

from biofeedback.practice.personal import NOTHING
from biofeedback.sessions.personal_file import PersonalFile
from biofeedback.types import BreathPattern
from tests.biofeedback.cli.conftest import Command

OWN, _ = NOTHING.with_guide("Mine", BreathPattern(4.0, 0.0, 6.0, 0.0))
OWN = OWN.with_edit("en", "settle", "hand", "My hand.").with_hidden("kind", "side")
OWN = OWN.with_hidden("kind", "slow")


@pytest.fixture
def kept(home: Path) -> Path:
    home.mkdir()
    PersonalFile(home).keep(OWN)
    return home


def test_it_shows_what_is_there(command: Command, kept: Path) -> None:
    said = command("words", "show")
    assert "Mine: 4 - 0 - 6 - 0 s" in said.out
    assert "settle.hand (en): My hand." in said.out
    assert "left out      kind.side" in said.out
    assert json.loads(command("words", "show", "--json").out)["schema"] == 1


def test_nothing_is_said_to_be_nothing(command: Command) -> None:
    assert "Nothing is yours yet." in command("words", "show").out


def test_an_export_goes_to_another_computer(
    command: Command, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.json"
    said = command("words", "export", file)
    assert "1 breath guide, 1 edited line, 2 lines left out" in said.out
    assert "This file is not protected." in said.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = command("words", "export", file)
    assert again.code == 1
    assert "there already" in again.err
    there = tmp_path / "there"
    monkeypatch.setenv("HAND_ON_HEART_HOME", str(there))
    assert command("words", "import", file).code == 0
    assert PersonalFile(there).personal == OWN


def test_what_is_no_export_changes_nothing(command: Command, kept: Path, tmp_path: Path) -> None:
    file = tmp_path / "no.json"
    file.write_text("no")
    said = command("words", "import", file)
    assert said.code == 1
    assert "Nothing was changed." in said.err
    assert PersonalFile(kept).personal == OWN
