"""What a person writes opens the source that they mean, or says in a sentence why not."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from biofeedback.hrm import decode
from biofeedback.ports import Source
from biofeedback.types import (
    Action,
    BreathPhase,
    Event,
    LinkLost,
    LinkReason,
    LinkUp,
    Marker,
    Packet,
    Strap,
)
from devices.clock import VirtualClock
from devices.opening import SOURCE_KINDS, SourceError, open_source, sources_help
from devices.replay import ReplaySource
from devices.simulator import SimulatedSource

RECORDED: list[Event] = [
    LinkUp(0.0, Strap("AA:BB", "A strap")),
    Packet(1.0, b"\x10\x3c\x00\x04"),
    Marker(1.5, Action.STOP),
]


def resting(_t_s: float) -> BreathPhase | None:
    return None


def opened(
    spec: str,
    *,
    seed: int | None = None,
    load_session: Callable[[int], list[Event]] | None = None,
) -> Source:
    return open_source(spec, VirtualClock(), resting, seed=seed, load_session=load_session)


def play(source: Source) -> list[Event]:
    async def collect() -> list[Event]:
        return [event async for event in source.events()]

    return asyncio.run(collect())


def refusal(spec: str, load_session: Callable[[int], list[Event]] | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        opened(spec, load_session=load_session)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


# ------------------------------------------------------------------------ a simulated heart
@pytest.mark.parametrize(
    ("spec", "seed", "label"),
    [
        ("sim:", None, "sim:"),
        ("sim", None, "sim:"),
        (" SIM: ", None, "sim:"),
        ("sim:42", None, "sim:42"),
        ("sim:", 42, "sim:42"),
        ("sim:42", 7, "sim:42"),
    ],
)
def test_a_simulated_heart_is_opened_by_its_seed(spec: str, seed: int | None, label: str) -> None:
    source = opened(spec, seed=seed)
    assert isinstance(source, SimulatedSource)
    assert source.label == label


def test_a_seed_that_is_no_whole_number_is_refused() -> None:
    assert "'seven'" in refusal("sim:seven")
    assert "whole number" in refusal("sim:1.5")


# ------------------------------------------------------------------------------- recordings
def test_a_file_is_replayed(tmp_path: Path) -> None:
    file = tmp_path / "rr.txt"
    file.write_text("\n".join(str(800 + i % 7) for i in range(60)))
    source = opened(f"replay:{file}")
    assert source.label == f"replay:{file}"
    ticks = [rr for e in play(source) if isinstance(e, Packet) for rr in decode(e.payload).rr_ticks]
    assert ticks == [round((800 + i % 7) * 1.024) for i in range(60)]


def test_a_file_in_the_home_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "rr.txt").write_text("\n".join(["800", "810"] * 30))
    assert isinstance(opened("replay:~/rr.txt"), ReplaySource)


def test_a_recorded_session_is_replayed_by_its_number() -> None:
    asked: list[int] = []

    def load(session_id: int) -> list[Event]:
        asked.append(session_id)
        return RECORDED

    source = opened("replay:12", load_session=load)
    assert asked == [12]
    assert source.label == "replay:12"
    assert play(source) == [*RECORDED[:2], LinkLost(1.0, LinkReason.FINISHED)]


def test_a_file_called_like_a_number_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("12").write_text("\n".join(["800", "810"] * 30))
    source = opened("replay:12", load_session=lambda _: RECORDED)
    assert sum(isinstance(event, Packet) for event in play(source)) > 40


def test_a_session_that_is_not_there_is_refused_in_words() -> None:
    def nowhere(session_id: int) -> list[Event]:
        raise KeyError(session_id)

    def unreadable(session_id: int) -> list[Event]:
        raise OSError(f"There is no session {session_id}.")

    assert "12" in refusal("replay:12", nowhere)
    assert refusal("replay:12", unreadable) == "There is no session 12."


def test_a_session_without_heartbeats_is_refused_in_words() -> None:
    assert "no heartbeats" in refusal("replay:12", lambda _: RECORDED[::2])


@pytest.mark.parametrize("name", ["missing.txt", "9" * 40, "x" * 5000, "a\0b", "~nobody-here/x"])
def test_a_file_that_is_not_there_is_refused_in_words(name: str) -> None:
    refusal(f"replay:{name}", lambda _: RECORDED)


def test_a_folder_is_refused_in_words(tmp_path: Path) -> None:
    assert "folder" in refusal(f"replay:{tmp_path}")


@pytest.mark.parametrize("text", ["", "\n\n", "what a lovely day\n", "0\n0\n0\n"])
def test_a_file_without_heartbeats_is_refused_in_words(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rr.txt"
    file.write_text(text)
    refusal(f"replay:{file}")


def test_a_replay_of_nothing_asks_which() -> None:
    assert "replay:my.txt" in refusal("replay:")


# ------------------------------------------------------------------------------------ straps
@pytest.mark.parametrize("spec", ["ble:", "ble:A0:9E:1A:00:00:01", "ble"])
def test_a_strap_is_opened_without_a_look_at_the_radio(spec: str) -> None:
    source = opened(spec)
    assert source.label == (spec if ":" in spec else "ble:")


# ------------------------------------------------------------------------------ and all else
@pytest.mark.parametrize("spec", ["", ":", "usb:", "C:\\rr.txt", "polar"])
def test_an_unknown_source_names_those_that_there_are(spec: str) -> None:
    sentence = refusal(spec)
    assert all(form in sentence for form, _ in SOURCE_KINDS)


def test_a_bare_file_name_is_told_how_to_replay_it() -> None:
    assert "replay:rr.txt" in refusal("rr.txt")


def test_the_help_explains_every_form() -> None:
    lines = sources_help().splitlines()
    assert [line.split()[0] for line in lines] == [form for form, _ in SOURCE_KINDS]


def test_bleak_is_imported_for_a_strap_alone() -> None:
    code = (
        "import sys; from devices.opening import open_source; "
        "from devices.clock import VirtualClock; "
        "open_source('sim:', VirtualClock(), lambda t: None); "
        "print('bleak' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
