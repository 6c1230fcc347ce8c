"""``hand-on-heart`` alone opens the window; with ``--source`` it opens that in it."""

from __future__ import annotations

from typing import Any

import pytest

from biofeedback.cli import parser


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the window was asked to open; it stays closed."""
    calls: list[dict[str, Any]] = []

    def run_app(**options: Any) -> int:
        calls.append(options)
        return 0

    monkeypatch.setattr("gui.system.display_available", lambda: True)
    monkeypatch.setattr("gui.system.missing_libraries", list)
    monkeypatch.setattr("gui.app.run_app", run_app)
    return calls


def test_a_recording_is_looked_at_and_begins_no_practice(opened: list[dict[str, Any]]) -> None:
    assert parser.main(["--source", "replay:rr.txt"]) == 0
    assert opened[0]["source"] == "replay:rr.txt"
    assert opened[0]["watching"]


def test_another_source_begins_a_practice(opened: list[dict[str, Any]]) -> None:
    assert parser.main(["--source", "sim:7"]) == 0
    assert opened[0]["source"] == "sim:7"
    assert not opened[0]["watching"]


def test_without_a_source_the_window_opens_at_home(opened: list[dict[str, Any]]) -> None:
    assert parser.main([]) == 0
    assert opened[0]["source"] is None
    assert not opened[0]["watching"]


def test_the_source_of_a_practice_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def run(options: Any) -> int:
        seen.append(options.source)
        return 0

    monkeypatch.setattr("biofeedback.cli.practice.run", run)
    parser.main(["practice"])
    parser.main(["practice", "--source", "sim:3"])
    assert seen == ["ble:", "sim:3"]
