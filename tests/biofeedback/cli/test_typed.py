"""Written practices in the terminal: typed where somebody is there, by themselves in a pipe."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from biofeedback.cli.keys import split
from biofeedback.cli.typed import TypedPage
from biofeedback.practice.content import load_content
from biofeedback.sessions.store import Store
from biofeedback.types import Action
from tests.biofeedback.cli.conftest import Command

CONTENT = load_content()
CANARY = "marmalade heron"


def typed(*keys: str) -> TypedPage:
    page = TypedPage(CONTENT)
    page.turn_to("reframe", "catch")
    for key in keys:
        page.key(key)
    return page


def test_letters_are_letters_and_editing_keys_edit() -> None:
    assert typed(*"gqn s?").text == "gqn s?"
    assert typed(*"one tow", "\x7f", "\x7f", *"wo").text == "one two"
    assert typed(*"one two", "\x17").text == "one "
    assert typed(*"one", "\n", *"two", "\x15").text == "one\n"
    assert typed(*"\u00fc\u3053\U0001f33f").text == "\u00fc\u3053\U0001f33f"
    assert typed("\x1b[A", "\x1bOP", "\0", "a").text == "a"


def test_enter_begins_a_line_and_on_an_empty_one_goes_on() -> None:
    page = typed(*"one")
    assert page.key("\n") is None
    assert page.key("\r") is Action.NEXT_LINE
    assert page.text == "one"
    assert typed().key("\n") is Action.NEXT_LINE


def test_back_and_leaving_have_keys_that_cannot_be_typed() -> None:
    assert typed(*"x").key("\x02") is Action.PREVIOUS_LINE
    assert typed(*"x").key("\x1b") is Action.STOP


def test_what_was_typed_is_there_when_one_comes_back() -> None:
    page = typed(*"one")
    page.turn_to("reframe", "feel")
    assert page.text == ""
    page.turn_to("reframe", "catch")
    assert page.text == "one"
    assert page.writing is not None
    assert [answer.text for answer in page.writing.written] == ["one"]
    assert typed().writing is None


def test_keys_that_send_sequences_are_one_key() -> None:
    assert split("a\x1b[D\x1b[1;5Cb\x1bOP\x1b") == [
        "a",
        "\x1b[D",
        "\x1b[1;5C",
        "b",
        "\x1bOP",
        "\x1b",
    ]


@pytest.mark.parametrize(
    "plan", ["ten_mindful", "ten_common", "ten_reframe", "twenty_reframe", "letter"]
)
def test_in_a_pipe_every_practice_runs_to_its_end_in_its_time(command: Command, plan: str) -> None:
    said = command(
        "practice", "--source", "sim:1", "--plan", plan, "--headless", "--speed", 0, "--json"
    )
    assert said.code == 0
    result = json.loads(said.out)
    assert result["ended"] == "completed"
    # whole breaths, and the breaths of the ramp, take a little more or less
    assert result["duration_s"] == pytest.approx(CONTENT.plans[plan].seconds + 120, abs=20)


def test_in_a_pipe_each_prompt_is_shown(command: Command) -> None:
    said = command(
        "practice", "--source", "sim:1", "--plan", "ten_reframe", "--headless", "--speed", 0
    )
    for line in CONTENT.sets["reframe"].lines:
        assert line.text in said.out


def test_nothing_saved_is_said(command: Command) -> None:
    assert "Nothing is saved" in command("writing").out
    assert json.loads(command("writing", "--json").out) == []
    assert command("writing", 7).code == 1
    assert command("writing", "--delete").code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
def test_a_thought_is_reframed_in_the_terminal_saved_read_and_deleted(
    home: Path, command: Command
) -> None:
    from tests.biofeedback.cli.test_terminal_keys import LIMIT_S, Terminal

    terminal = Terminal(
        home,
        *("practice", "--source", "sim:1", "--plan", "ten_reframe", "--headless"),
        *("--quiet", "0"),
    )
    try:
        terminal.read_until("Find a way to sit")
        terminal.press("s")
        terminal.read_until("What did the harsh voice say?")
        terminal.press(f"{CANARY} g\u00fcq")
        shown = terminal.read_until(f"{CANARY} g\u00fcq")
        assert "heart " not in shown.split("harsh voice")[-1]  # no body data while one writes
        terminal.press("\x07")
        terminal.read_until("Let your eyes move around the room")
        terminal.press("g")
        terminal.read_until(f"{CANARY} g\u00fcq")
        terminal.press("\n")
        terminal.press("\n")
        terminal.read_until("How is it to hear that?")
        terminal.press("\x1b")
        after = terminal.read_until("Save it?").split("You stopped")[-1]
        assert CANARY not in after
        terminal.press("y\n")
        terminal.read_until("on which day?")
        terminal.press("soon\n")
        terminal.read_until("That is no day")
        terminal.press("2099-12-24\n")
        terminal.read_until("Saved.")
        assert terminal.process.wait(LIMIT_S) == 0
    finally:
        terminal.close()
    with Store.open(home) as store:
        (saved,) = store.writings.all()
        (session,) = store.sessions()
        payloads = [payload for _, _, payload in store.recorded.rows(session.id)]
    assert [answer.text for answer in saved.writing.written] == [f"{CANARY} g\u00fcq"]
    assert saved.reread_on == date(2099, 12, 24)
    assert any(b"next_line" in payload for payload in payloads)
    assert not any(CANARY.encode() in payload for payload in payloads)
    listed = command("writing").out
    assert "2099-12-24" in listed
    assert CANARY not in listed + command("writing", "--json").out
    assert CANARY in command("writing", saved.id).out
    assert "for good" in command("writing", saved.id, "--delete").out
    assert not any(
        CANARY.encode() in path.read_bytes() for path in home.rglob("*") if path.is_file()
    )
