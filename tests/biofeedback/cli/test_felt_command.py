"""Ratings from the command line: given or asked for, null where skipped, safe from a crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from biofeedback.sessions.reflection import Felt, Moment, Reflection
from biofeedback.sessions.store import Store
from tests.biofeedback.cli.conftest import Command
from tests.biofeedback.cli.test_terminal_keys import Terminal

FAST = ("--headless", "--speed", "0", "--json", "--seconds", "20", "--seed", "3")
NOBODY = {"tension": None, "distress": None, "kindness": None}


def test_ratings_given_are_kept_and_printed_null_where_skipped(
    command: Command, home: Path
) -> None:
    said = command("demo", *FAST, "--felt-before", "7,-,2", "--felt-after", "4,,10")
    felt = {
        "before": {"tension": 7, "distress": None, "kindness": 2},
        "after": {"tension": 4, "distress": None, "kindness": 10},
    }
    assert json.loads(said.out)["felt"] == felt
    (listed,) = json.loads(command("sessions", "--json").out)
    assert listed["felt"] == felt
    with Store.open(home) as store:
        assert store.reflections.of(1) == Reflection(Felt(7, None, 2), Felt(4, None, 10))


def test_without_ratings_every_one_is_null(command: Command, home: Path) -> None:
    assert json.loads(command("demo", *FAST).out)["felt"] == {"before": NOBODY, "after": NOBODY}
    with Store.open(home) as store:
        assert store.reflections.all() == {}


@pytest.mark.parametrize("text", ["3", "3,4", "3,4,5,6", "3,4,11", "-1,4,5", "a,b,c", "3,4,²", ""])
def test_what_is_no_rating_is_one_sentence_and_exit_code_2(command: Command, text: str) -> None:
    said = command("demo", *FAST, f"--felt-before={text}")
    assert said.code == 2
    assert said.out == ""
    assert "such as 3,4,5" in said.err
    assert said.err.count("\n") == 1


def test_in_words_ratings_stand_apart_with_what_is_missing(command: Command) -> None:
    said = command(
        "demo", "--headless", "--speed", 0, "--seconds", 20,
        "--felt-before", "7,5,2", "--felt-after", "4,-,3",
    )  # fmt: skip
    assert "2 of 3 rated both times." in said.out
    assert "drift back by themselves" in said.out
    row = next(line for line in said.out.splitlines() if "Distress" in line)
    assert row.split() == ["Distress", "before", "5", "after", "-"]


def test_sessions_shows_ratings_tags_and_that_there_is_a_note(command: Command, home: Path) -> None:
    command("demo", *FAST, "--felt-before", "7,-,2")
    with Store.open(home) as store:
        store.reflections.set_tags(1, ["rain", "after work"])
        store.reflections.set_note(1, "Sat by the window.")
    said = command("sessions")
    assert "tension 7 → -, kindness 2 → -" in said.out
    assert "#rain  #after work  (a note)" in said.out
    assert "window" not in said.out
    (listed,) = json.loads(command("sessions", "--json").out)
    assert listed["tags"] == ["rain", "after work"]
    assert listed["note"] == "Sat by the window."


def test_where_nobody_can_answer_nobody_is_asked(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "biofeedback", "demo", *FAST, "--felt"],
        env={**os.environ, "HAND_ON_HEART_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Nobody is there to ask" in done.stderr
    assert json.loads(done.stdout)["felt"] == {"before": NOBODY, "after": NOBODY}


def test_in_a_terminal_each_is_asked_before_and_after_and_enter_skips(home: Path) -> None:
    terminal = Terminal(
        home, "demo", "--headless", "--speed", "0", "--seconds", "20", "--seed", "3", "--felt"
    )
    try:
        assert "How is it right now?" in terminal.read_until("Tension")
        terminal.press("8\n")
        terminal.read_until("Distress")
        terminal.press("\n")
        terminal.read_until("Kindness")
        terminal.press("11\n")
        terminal.read_until("A whole number from 0 to 10")
        terminal.press("1\n")
        assert "how is it now?" in terminal.read_until("Tension")
        terminal.press("5\n")
        terminal.read_until("Distress")
        terminal.press("\x04")
        terminal.read_until("1 of 3 rated both times.")
        assert terminal.process.wait(20) == 0
    finally:
        terminal.close()
    with Store.open(home) as store:
        assert store.reflections.of(1) == Reflection(Felt(8, None, 1), Felt(5))


def test_stop_asks_nothing(home: Path) -> None:
    terminal = Terminal(home, "demo", "--headless", "--seed", "3", "--felt", "--speed", "1")
    try:
        for name in ("Tension", "Distress", "Kindness"):
            terminal.read_until(name)
            terminal.press("5\n")
        terminal.read_until("Quiet time before")
        terminal.press("q")
        terminal.read_until("You stopped")
        assert terminal.process.wait(20) == 0
    finally:
        terminal.close()
    with Store.open(home) as store:
        assert store.reflections.of(1) == Reflection(before=Felt(5, 5, 5))


def test_kill_9_in_the_middle_leaves_the_ratings_before(home: Path, command: Command) -> None:
    process = subprocess.Popen(
        [
            sys.executable, "-m", "biofeedback", "demo", "--headless", "--speed", "30",
            "--seed", "1", "--felt-before", "9,8,1",
        ],
        env={**os.environ, "HAND_ON_HEART_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip
    assert process.stdout
    for line in process.stdout:
        if "Quiet time before" in line:
            break
    process.kill()
    process.communicate(timeout=20)
    (listed,) = json.loads(command("sessions", "--json").out)
    assert listed["ended"] == "interrupted"
    assert listed["felt"]["before"] == {"tension": 9, "distress": 8, "kindness": 1}
    assert listed["felt"]["after"] == NOBODY


def test_a_rating_after_that_the_disk_refuses_is_said(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from biofeedback.sessions.errors import StorageError
    from biofeedback.sessions.reflection import Reflections

    def refuse(self: Reflections, session_id: int, moment: Moment, felt: Felt | None) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(Reflections, "set_felt", refuse)
    said = command("demo", *FAST, "--felt-after", "4,4,4")
    assert said.code == 1
    assert "The disk is full." in said.err
