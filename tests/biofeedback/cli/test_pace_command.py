"""``pace``: an assessment from end to end on a real store, and recordings with given steps."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from biofeedback.cli.pace import kept_line
from biofeedback.practice.assessing import order
from biofeedback.run import replay
from biofeedback.sessions.paces import KeptPace
from biofeedback.sessions.store import Store
from tests.biofeedback.cli.conftest import Command

FAST = ("--speed", "0", "--json")


def test_an_assessment_runs_at_full_speed_and_says_its_steps_and_its_answer(
    command: Command, home: Path
) -> None:
    said = command("pace", "--source", "sim:5", "--seed", 4, *FAST)
    assert said.code == 0
    result = json.loads(said.out)
    assert result["protocol"] == "resonance_steps"
    assert result["ended"] == "completed"
    found = result["resonance"]
    assert [each["rate_per_min"] for each in found["responses"]] == list(order(4))
    assert found["pace_per_min"] is None or 4.5 <= found["pace_per_min"] <= 7.0
    assert (found["pace_per_min"] is None) == bool(found["reason"])
    assert "Step 1 of 5" in said.err
    with Store.open(home) as store:
        (info,) = store.sessions()
        # the order is recorded: the same updates and the same answer, to the last bit
        assert info.choices.seed == 4
        _, summary = replay(store.events(info.id), info.choices, info.duration_s)
        assert info.summary is not None
        assert json.loads(json.dumps(summary.to_dict())) == info.summary
        assert json.loads(json.dumps(summary.to_dict()))["resonance"] == found


def test_a_simulated_hearts_pace_is_never_kept_as_the_persons(command: Command) -> None:
    said = command("pace", "--source", "sim:5001", "--seed", 1, "--speed", "0")
    assert "simulated heart, so there is no pace of yours in it: none is kept." in said.out


@pytest.mark.parametrize(
    ("kept", "source", "words"),
    [
        (KeptPace(5.3, 2), "ble:AA", "5.3 breaths a minute is your own pace"),
        (KeptPace(None, 2), "ble:AA", "more than 0.5 apart"),
        (KeptPace(None, 1), "ble:AA", "when two assessments"),
        (KeptPace(None, 0), "sim:3", "simulated heart"),
    ],
)
def test_whether_a_pace_is_kept_is_said(kept: KeptPace, source: str, words: str) -> None:
    assert words in kept_line(kept, source)


def test_a_recording_is_analysed_with_its_steps(command: Command, tmp_path: Path) -> None:
    t_s, rr_ms = 0.0, []
    while t_s < 400:
        pace = (6.5, 6.0, 5.5)[min(2, int(t_s // 130))]
        size = {6.5: 5.0, 6.0: 8.0, 5.5: 5.0}[pace]
        rr_ms.append(60_000 / (65 + size * np.cos(2 * np.pi * pace / 60 * t_s)))
        t_s += rr_ms[-1] / 1000
    file = tmp_path / "rr.txt"
    file.write_text("\n".join(f"{rr:.1f}" for rr in rr_ms))
    steps = "0:130:6.5,130:260:6,260:390:5.5"
    said = command("pace", file, "--steps", steps, "--json")
    assert said.code == 0
    found = json.loads(said.out)["resonance"]
    swings = {each["rate_per_min"]: each["swing_bpm"] for each in found["responses"]}
    assert swings == {
        6.5: pytest.approx(5.0, rel=0.1),
        6.0: pytest.approx(8.0, rel=0.1),
        5.5: pytest.approx(5.0, rel=0.1),
    }
    table = tmp_path / "steps.csv"
    table.write_text(
        "start_s,end_s,pace\n"
        + steps.replace(":", ",").replace(",130,260", "\n130,260").replace(",260,390", "\n260,390")
    )
    assert json.loads(command("pace", file, "--steps", table, "--json").out)["resonance"] == found
    in_words = command("pace", file, "--steps", steps)
    assert in_words.code == 0
    assert "6.00 a minute" in in_words.out


@pytest.mark.parametrize("steps", ["0:130", "a:b:c", "130:0:6", "0:130:0"])
def test_steps_that_are_none_are_named(command: Command, tmp_path: Path, steps: str) -> None:
    file = tmp_path / "rr.txt"
    file.write_text("900\n" * 50)
    said = command("pace", file, "--steps", steps)
    assert said.code == 1
    assert "Step 1" in said.err
    assert "Traceback" not in said.err


def test_what_is_missing_is_said(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "rr.txt"
    file.write_text("900\n" * 50)
    assert "--steps" in command("pace", file).err
    assert command("pace", "--steps", "0:1:6", "--source", "sim:").code == 1
    missing = command("pace", tmp_path / "none.txt", "--steps", "0:120:6")
    assert missing.code == 1
    assert "none.txt" in missing.err
    strap = command("pace", "--source", "ble:", "--speed", "3")
    assert strap.code == 1
    assert "real time" in strap.err


def test_too_little_is_an_answer_and_no_error(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "rr.txt"
    file.write_text("900\n" * 50)
    said = command("pace", file, "--steps", "0:20:6")
    assert said.code == 0
    assert "too few breaths" in said.out
