"""A report is written where it was asked for, says that it is not protected, and spares files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from biofeedback.sessions.store import Store
from biofeedback.types import Choices
from tests.benchmarks.trends import fill
from tests.biofeedback.cli.conftest import Command

FAST = ("--headless", "--speed", "0", "--json")


@pytest.fixture
def kept(command: Command, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A practice with ratings and a note; reports go to an empty folder."""
    assert command("demo", "--seconds", 150, "--seed", 1, *FAST).code == 0
    with Store.open(home) as store:
        store.reflections.set_note(1, "only for me")
    folder = tmp_path / "reports"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_report_goes_to_a_file_for_this_user_alone_and_says_it_is_not_protected(
    command: Command, kept: Path
) -> None:
    said = command("report", 1, "--language", "en")
    assert (said.code, said.out) == (0, "session-1.html\n")
    assert "This file is not protected" in said.err
    file = kept / "session-1.html"
    html = file.read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert "only for me" not in html
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_spared_unless_forced(command: Command, kept: Path) -> None:
    file = kept / "mine.html"
    file.write_text("something of mine")
    said = command("report", 1, "-o", file)
    assert said.code == 1
    assert "--force" in said.err
    assert "not protected" not in said.err
    assert file.read_text() == "something of mine"
    assert command("report", 1, "-o", file, "--force", "--with-notes").code == 0
    assert "only for me" in file.read_text(encoding="utf-8")
    assert [each.name for each in kept.iterdir()] == ["mine.html"]


def test_a_time_is_reported_in_the_language_that_is_asked_for(
    command: Command, home: Path, kept: Path
) -> None:
    with Store.open(home) as store:
        fill(store, 30, Choices(posture="sitting"))
    said = command("report", "--from", "2016-01-01", "--to", "2016-01-20", "--language", "de")
    assert said.code == 0
    assert "nicht geschützt" in said.err
    html = (kept / "report.html").read_text(encoding="utf-8")
    evening = command("report", "--time-of-day", "evening", "-o", "e.html", "--language", "en")
    assert evening.code == 0
    assert "in the evening (17 to 22), as you asked" not in html
    assert "in the evening (17 to 22)" in (kept / "e.html").read_text(encoding="utf-8")
    assert "Vom 1. Januar 2016 bis 20. Januar 2016" in html
    assert "20 Übungen sind aus dieser Zeit aufbewahrt." in html


def test_what_cannot_be_written_or_is_not_there_is_said(command: Command, kept: Path) -> None:
    assert "There is no session 9." in command("report", 9).err
    said = command("report", 1, "-o", kept / "nowhere" / "r.html")
    assert said.code == 1
    assert "could not be written" in said.err
    assert command("report", 1, "--from", "2026-01-01").code == 2
    assert command("report", 1, "--posture", "any").code == 2
    assert command("report", "one").code == 2
