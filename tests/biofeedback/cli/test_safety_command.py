"""``safety``, and the first words before the first practice in the terminal."""

import json
from pathlib import Path

from biofeedback.sessions.first_words import seen
from tests.biofeedback.cli.conftest import Command


def test_it_says_whom_to_call_and_what_to_know_first(command: Command) -> None:
    said = command("safety")
    assert said.code == 0
    assert said.out.startswith("In an emergency, call your local emergency number.")
    assert "It does not test for or treat illness." in said.out
    assert "draft" in said.out
    assert "Im Notfall" in command("safety", "--language", "de").out


def test_as_json(command: Command) -> None:
    told = json.loads(command("safety", "--json").out)
    assert set(told) == {"emergency", "lines", "numbers", "status"}
    assert told["numbers"] == []


def test_an_unknown_region_is_refused_in_words(command: Command) -> None:
    said = command("safety", "--region", "atlantis")
    assert said.code == 1
    assert "none was checked at its source" in said.err


def test_the_first_words_come_once_before_the_first_practice(command: Command, home: Path) -> None:
    demo = ("demo", "--headless", "--speed", 0, "--seconds", 20)
    first = command(*demo)
    assert first.out.startswith("This app is for calm and self-care. It does not test for or")
    assert "Ask your care team first." in first.out
    assert seen(home)
    again = command(*demo)
    assert again.code == 0
    assert "It does not test" not in again.out


def test_json_says_nothing_but_json(command: Command, home: Path) -> None:
    said = command("demo", "--headless", "--speed", 0, "--seconds", 20, "--json")
    json.loads(said.out)
    assert not seen(home)
