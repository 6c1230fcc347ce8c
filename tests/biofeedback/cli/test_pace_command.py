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


@pytest.fixture
def real(shared_data: Path) -> Path:
    """Ten minutes of a Polar H10, with times; about four breaths a minute."""
    return shared_data / "polar_h10_dhyb" / "sample_data_ibi.csv"


def _responses(command: Command, file: Path, steps: str) -> list[dict[str, float]]:
    said = command("pace", file, "--steps", steps, "--json")
    assert said.code == 0, said.err
    responses: list[dict[str, float]] = json.loads(said.out)["resonance"]["responses"]
    return responses


def test_a_real_recording_is_assessed_whatever_its_unit_and_form(
    command: Command, tmp_path: Path, real: Path
) -> None:
    steps = "0:200:4,200:400:4.2,400:600:4.4"
    with_times = _responses(command, real, steps)
    assert [each["rate_per_min"] for each in with_times] == [4.0, 4.2, 4.4]
    assert 5 < with_times[0]["swing_bpm"] < 9
    assert with_times[0]["locking"] > 0.6
    rr_ms = np.loadtxt(real, delimiter=",")[:, 1]
    for name, values in (("ms.txt", rr_ms), ("s.txt", rr_ms / 1000)):
        np.savetxt(tmp_path / name, values, fmt="%.6g")
        alone = _responses(command, tmp_path / name, steps)
        assert [each["swing_bpm"] for each in alone] == pytest.approx(
            [each["swing_bpm"] for each in with_times], rel=0.05
        )


def test_a_gap_moves_no_step_and_is_told(command: Command, tmp_path: Path, real: Path) -> None:
    rows = real.read_text().splitlines()
    whole = _responses(command, real, "0:200:4,200:400:4,400:600:4")
    times_s = [float(row.split(",")[0]) for row in rows]
    file = tmp_path / "gap.csv"
    file.write_text("\n".join(r for r, t in zip(rows, times_s, strict=True) if not 230 < t < 300))
    said = command("pace", file, "--steps", "0:200:4,200:400:4,400:600:4", "--json")
    found = json.loads(said.out)["resonance"]["responses"]
    assert "Step 2 (200:400:4) has gaps of 69 s together" in said.err
    assert found[0] == whole[0]
    assert found[2]["swing_bpm"] == pytest.approx(whole[2]["swing_bpm"], rel=0.02)
    assert found[1]["n_breaths"] < whole[1]["n_breaths"]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ("0:200:4,700:900:5", "Step 2 (700:900:5) lies outside the recording"),
        ("0:200:4,100:300:5", "Two steps overlap"),
    ],
)
def test_steps_of_another_recording_are_refused(
    command: Command, real: Path, steps: str, told: str
) -> None:
    said = command("pace", real, "--steps", steps)
    assert said.code == 1
    assert told in said.err
    assert said.out == ""


def test_a_step_that_goes_beyond_counts_as_far_as_it_is_there(command: Command, real: Path) -> None:
    said = command("pace", real, "--steps", "0:200:4,400:900:4")
    assert said.code == 0
    assert "Step 2 (400:900:4) goes beyond the recording; the part inside counts." in said.err


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
