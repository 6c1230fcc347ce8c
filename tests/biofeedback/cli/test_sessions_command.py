"""Sessions in the terminal: narrowed, shown, tagged, noted, deleted, brought back, left out."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from biofeedback.cli import main
from biofeedback.sessions.store import Store
from biofeedback.types import Choices, Tick
from tests.biofeedback.cli.conftest import Command

FIRST_DAY = datetime(2026, 3, 4, 20, 15, tzinfo=UTC)


@pytest.fixture
def kept(home: Path) -> Path:
    """Four sessions, a day apart; the third is a letter."""
    with Store.open(home) as store:
        for n, plan in enumerate(("five", "ten", "letter", "five")):
            recorder = store.begin(
                source="sim:7",
                choices=Choices(plan_id=plan),
                started_at=FIRST_DAY + timedelta(days=n),
            )
            recorder.write(Tick(1.0))
            recorder.finish("stopped", duration_s=120.0, n_packets=100, n_beats=110)
        store.reflections.set_tags(2, ["rain"])
    return home


def numbers(command: Command, *more: str) -> list[int]:
    return [each["id"] for each in json.loads(command("sessions", "--json", *more).out)]


def test_the_list_is_narrowed(command: Command, kept: Path) -> None:
    assert numbers(command) == [4, 3, 2, 1]
    assert numbers(command, "--tag", "RAIN") == [2]
    assert numbers(command, "--plan", "letter") == [3]
    assert numbers(command, "--plan", "soothing") == [4, 2, 1]
    assert numbers(command, "--from", "2026-03-05", "--to", "2026-03-06") == [3, 2]
    said = command("sessions", "--tag", "snow")
    assert (said.code, said.out) == (0, "Nothing that is kept fits that.\n")


def test_one_is_shown(command: Command, kept: Path) -> None:
    command("sessions", "note", 3, "A long day.\nRain.")
    said = command("sessions", "show", 3)
    assert said.code == 0
    assert "Session 3, 2026-03-06 20:15" in said.out
    assert "Before and after were not compared." in said.out
    assert "    A long day.\n    Rain.\n" in said.out
    assert "--source replay:3" in said.out
    plain = json.loads(command("sessions", "show", 3, "--json").out)
    assert (plain["id"], plain["note"], plain["left_out"]) == (3, "A long day.\nRain.", [])
    missing = command("sessions", "show", 9)
    assert (missing.code, missing.err) == (1, "hand-on-heart: There is no session 9.\n")


def test_tags_are_added_and_taken_away(command: Command, kept: Path) -> None:
    assert command("sessions", "tag", 2, "late", "Rain").out == "#rain  #late\n"
    assert command("sessions", "tag", 2, "RAIN", "--remove").out == "#late\n"
    assert command("sessions", "tag", 2, "late", "--remove").out == "No tags.\n"
    assert command("sessions", "tag", 9, "late").code == 1


def test_a_note_is_written_read_and_cleared(
    command: Command, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("sessions", "note", 1).out == "No note.\n"
    assert command("sessions", "note", 1, "Dull.").code == 0
    assert command("sessions", "note", 1).out == "Dull.\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("Typed\nelsewhere.\n"))
    command("sessions", "note", 1, "-")
    assert command("sessions", "note", 1).out == "Typed\nelsewhere.\n"
    assert command("sessions", "note", 1, "--clear").out == "No note.\n"


def test_deleted_ones_are_brought_back(command: Command, kept: Path) -> None:
    said = command("sessions", "delete", 2, 3)
    assert said.out == "2 sessions deleted.\n"
    assert "sessions undelete 2 3" in said.err
    assert numbers(command) == [4, 1]  # looking at the list ends nothing
    listed = command("sessions", "undelete")
    assert [line.split()[0] for line in listed.out.splitlines()] == ["3", "2"]
    assert command("sessions", "undelete", 3).out == "Session 3 brought back.\n"
    assert numbers(command) == [4, 3, 1]
    assert command("sessions", "undelete", "--all").out == "Session 2 brought back.\n"
    assert numbers(command) == [4, 3, 2, 1]
    assert command("sessions", "undelete", 1).code == 1


def test_another_command_lets_them_go_for_good(command: Command, kept: Path) -> None:
    command("sessions", "delete", 2)
    command("trends")
    assert command("sessions", "undelete").out.startswith("Nothing is deleted")
    assert numbers(command) == [4, 3, 1]


def test_days_are_deleted_and_for_good_is_at_once(command: Command, kept: Path) -> None:
    said = command("sessions", "delete", "--from", "2026-03-06", "--for-good")
    assert said.out == "2 sessions deleted for good.\n"
    assert command("sessions", "undelete", "--all").out.startswith("Nothing is deleted")
    assert numbers(command) == [2, 1]


def test_everything_wants_a_yes(
    command: Command, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = command("sessions", "delete", "--all")
    assert refused.code == 1
    assert "for real" in refused.err
    assert numbers(command) == [4, 3, 2, 1]

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert command("sessions", "delete", "--all").out == "Everything is left as it is.\n"
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    said = command("sessions", "delete", "--all")
    assert "it can't be taken back" in said.err
    assert said.out == "4 sessions deleted for good.\n"
    assert numbers(command) == []


def test_nothing_named_is_nothing_deleted(command: Command, kept: Path) -> None:
    said = command("sessions", "delete")
    assert said.code == 1
    assert "Name sessions by NUMBER" in said.err
    assert command("sessions", "delete", 2, 9).code == 1
    assert numbers(command) == [4, 3, 2, 1]  # all or none


def test_a_session_is_left_out_in_part_or_whole_and_taken_in(command: Command, kept: Path) -> None:
    said = command("sessions", "leave-out", 1, "--range", "1:00-1:30")
    assert said.out == "Left out of session 1: 1:00 to 1:30.\n"
    assert json.loads(command("sessions", "show", 1, "--json").out)["left_out"] == [[60.0, 90.0]]
    assert "Left out of session 1: all of it." in command("sessions", "leave-out", 1).out
    assert "Left out of the figures: all of it." in command("sessions", "show", 1).out
    assert command("sessions", "take-in", 1).out == "All of session 1 counts.\n"
    late = command("sessions", "leave-out", 1, "--range", "300-400")
    assert late.code == 1
    assert "2:00 long" in late.err


@pytest.mark.parametrize("stretch", ["90-60", "60", "a-b", "-5-10", "1:00-0:59"])
def test_a_stretch_that_is_none_is_refused(command: Command, kept: Path, stretch: str) -> None:
    said = command("sessions", "leave-out", 1, f"--range={stretch}")
    assert said.code == 2
    assert stretch in said.err


def test_the_help_teaches_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "--help"]) == 0
    told = capsys.readouterr().out
    for word in ("show", "tag", "note", "delete", "undelete", "leave-out", "take-in", "--tag"):
        assert f"sessions {word}" in told
