"""The nightly script knows what it needs, and says what is missing and how to get it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.nightly import real_bluez
from tests.nightly.real_bluez import FINE, MISSING, Need, main, missing, needs_here, needs_vm


def test_what_is_missing_is_said_with_the_way_to_get_it(tmp_path: Path) -> None:
    said: list[str] = []
    assert missing(needs_here(tmp_path / "vhci"), said.append)
    line = next(line for line in said if "vhci" in line)
    assert line.startswith("missing")
    assert "modprobe hci_vhci" in line


def test_what_is_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "vmlinuz-6.1").touch()
    kernel = next(need for need in needs_vm(tmp_path) if need.what == "a kernel")
    assert kernel.there
    said: list[str] = []
    assert not missing([kernel], said.append)
    assert said == ["ok       a kernel"]


@pytest.mark.parametrize("arguments", [["--check"], ["--here"], []])
def test_nothing_is_run_while_something_is_missing(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    needs = [Need("a thing", there=False, get="find it")]
    monkeypatch.setattr(real_bluez, "needs_vm", lambda: needs)
    monkeypatch.setattr(real_bluez, "needs_here", lambda: needs)
    assert main(arguments) == MISSING
    assert "a thing: find it" in capsys.readouterr().out


def test_a_check_runs_nothing_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_bluez, "needs_vm", list)
    monkeypatch.setattr(real_bluez, "boot", lambda: pytest.fail("it booted"))
    assert main(["--check"]) == FINE
