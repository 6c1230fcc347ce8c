"""``demo`` and ``practice`` in the terminal: one JSON object, exit codes, sentences."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from biofeedback.practice.content import load_content
from biofeedback.practice.personal import NOTHING
from biofeedback.sessions.personal_file import PersonalFile
from biofeedback.sessions.store import Store
from biofeedback.types import BreathPattern
from tests.biofeedback.cli.conftest import Command

KEYS = {
    "session_id",
    "source",
    "plan",
    "n_packets",
    "n_beats",
    "artefact_fraction",
    "phases",
    "following",
    "verdict",
}
FAST = ("--headless", "--speed", "0", "--json")


def test_demo_prints_one_object_with_every_key(command: Command) -> None:
    said = command("demo", "--seed", 5, *FAST)
    assert said.code == 0
    result = json.loads(said.out)
    assert set(result) >= KEYS
    assert result["source"] == "sim:5"
    assert [phase["name"] for phase in result["phases"]] == [
        "quiet_before",
        "guided",
        "quiet_after",
    ]
    keys = {"name", "start_s", "end_s", "hr_bpm", "rmssd_ms", "heard_s"}
    assert set(result["phases"][0]) == keys
    assert set(result["following"]) == {"share", "r2", "amplitude_bpm", "locking"}
    assert set(result["verdict"]) == {
        "answer",
        "change_bpm",
        "interval_bpm",
        "reason_id",
        "reason",
    }
    assert result["verdict"]["answer"] in {"calmer", "same", "more_active", "cannot_tell"}
    assert result["n_beats"] > 300
    assert "Traceback" not in said.err


def test_demo_fits_the_seconds_asked_for(command: Command) -> None:
    result = json.loads(command("demo", "--seconds", 40, *FAST).out)
    assert result["phases"][-1]["end_s"] == pytest.approx(40)
    assert result["phases"][0]["start_s"] == 0


def test_the_same_seed_gives_the_same_result(command: Command) -> None:
    one, other = (json.loads(command("demo", "--seed", 7, *FAST).out) for _ in range(2))
    assert one.pop("session_id") != other.pop("session_id")
    assert one == other


def test_without_json_it_tells_the_practice_in_words(command: Command) -> None:
    said = command("demo", "--headless", "--speed", 0, "--seconds", 60, "--seed", 2)
    assert said.code == 0
    assert "Quiet time before" in said.out
    assert "Let your breath be soft and small." in said.out
    assert "heart" in said.out
    assert "Kept on this computer as session 1." in said.out


def test_a_recording_in_text_runs_as_a_practice(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "rr.txt"
    file.write_text("\n".join(str(900 + 10 * (at % 7)) for at in range(600)))
    result = json.loads(command("practice", "--source", f"replay:{file}", *FAST).out)
    assert result["n_beats"] >= 440
    assert result["phases"][0]["hr_bpm"] == pytest.approx(60_000 / 930, rel=0.01)


def test_a_kept_session_can_be_replayed(command: Command) -> None:
    first = json.loads(command("demo", "--seconds", 60, "--seed", 3, *FAST).out)
    again = json.loads(command("practice", "--source", f"replay:{first['session_id']}", *FAST).out)
    assert again["session_id"] == first["session_id"] + 1
    assert again["n_packets"] == first["n_packets"]
    assert again["n_beats"] == first["n_beats"]


def test_sessions_lists_what_was_kept(command: Command) -> None:
    assert json.loads(command("sessions", "--json").out) == []
    command("demo", "--seconds", 30, "--seed", 1, *FAST)
    command("demo", "--seconds", 30, "--seed", 2, *FAST)
    listed = json.loads(command("sessions", "--json").out)
    assert [info["id"] for info in listed] == [2, 1]
    assert set(listed[0]) == {
        "id",
        "started_at",
        "source",
        "plan",
        "duration_s",
        "n_packets",
        "n_beats",
        "ended",
        "felt",
        "tags",
        "note",
    }
    assert listed[0]["ended"] == "completed"
    assert "sim:2" in command("sessions").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("demo", "--speed", "fast"),
        ("demo", "--speed", "-1"),
        ("demo", "--speed", "nan"),
        ("demo", "--seconds", "0"),
        ("demo", "--seed", "1.5"),
        ("demo", "--nonsense"),
        ("nonsense",),
        ("analyze",),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(
    command: Command, arguments: tuple[str, ...]
) -> None:
    said = command(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("hand-on-heart: ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "source",
    ["replay:missing.txt", "replay:99", "replay:.", "nonsense:", "replay:", "sim:heart"],
)
def test_a_source_that_cannot_be_opened_is_one_sentence_and_exit_code_1(
    command: Command, source: str
) -> None:
    said = command("practice", "--source", source, *FAST)
    assert said.code == 1
    assert said.out == ""
    assert said.err.splitlines()[-1].startswith("hand-on-heart: ")
    assert "Traceback" not in said.err
    assert json.loads(command("sessions", "--json").out) == []


def test_the_length_is_chosen_and_the_quiet_times_keep_theirs(command: Command) -> None:
    result = json.loads(command("demo", "--minutes", "2", "--quiet", "30", "--seed", 3, *FAST).out)
    before, guided, after = result["phases"]
    assert before["end_s"] == 30
    assert guided["end_s"] - guided["start_s"] == pytest.approx(120, abs=15)
    assert after["end_s"] - after["start_s"] == 30


def test_eyes_that_nobody_has_are_said(command: Command) -> None:
    said = command("demo", "--eyes", "wide", *FAST)
    assert said.code == 1
    assert "open, half, shut" in said.err


def test_the_posture_is_recorded_with_the_session(command: Command, home: Path) -> None:
    said = command("demo", "--posture", "lying", "--seconds", 20, *FAST)
    assert said.code == 0
    with Store.open(home) as store:
        assert store.sessions()[0].choices.posture == "lying"
        assert store.trend_sessions.all()[0].posture == "lying"


@pytest.mark.parametrize("option", ["--plan", "--guide", "--touch", "--anchor", "--posture"])
def test_an_unknown_choice_names_those_that_are_known(command: Command, option: str) -> None:
    said = command("demo", option, "nonsense", *FAST)
    assert said.code == 1
    assert "There are:" in said.err


def test_a_home_that_is_a_file_is_said(command: Command, home: Path) -> None:
    home.write_text("not a folder")
    said = command("demo", "--seconds", 20, *FAST)
    assert said.code == 1
    assert str(home) in said.err
    assert "Traceback" not in said.err


def test_a_damaged_store_is_kept_aside_and_the_practice_goes_on(
    command: Command, home: Path
) -> None:
    home.mkdir()
    (home / "sessions.sqlite3").write_bytes(b"this is no database" * 300)
    said = command("sessions")
    assert said.code == 1
    assert "Traceback" not in said.err
    said = command("demo", "--seconds", 20, *FAST)
    assert said.code == 0
    kept = [path for path in home.iterdir() if "damaged" in path.name]
    assert kept
    assert kept[0].read_bytes().startswith(b"this is no database")
    assert str(kept[0]) in said.err


def _start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "biofeedback", *arguments],
        env={**os.environ, "HAND_ON_HEART_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _wait_until(process: subprocess.Popen[str], session_s: int) -> None:
    """Read what it says until session time has come to ``session_s``."""
    assert process.stdout
    for line in process.stdout:
        minutes, _, seconds = line.split("  ")[0].partition(":")
        if seconds.isdigit() and int(minutes) * 60 + int(seconds) >= session_s:
            return
    raise AssertionError(f"it ended before {session_s} s")


def test_ctrl_c_stops_at_once_and_keeps_everything(home: Path) -> None:
    process = _start(home, "demo", "--headless", "--speed", "30", "--seed", "1")
    _wait_until(process, 15)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    assert "You stopped" in out
    with Store.open(home) as store:
        assert [info.ended for info in store.sessions()] == ["stopped"]


def test_after_kill_9_the_session_is_there_and_the_next_start_says_so(
    home: Path, command: Command
) -> None:
    process = _start(home, "demo", "--headless", "--speed", "30", "--seed", "1")
    _wait_until(process, 30)
    process.kill()
    process.communicate(timeout=20)
    said = command("sessions", "--json")
    assert "was interrupted" in said.err
    (info,) = json.loads(said.out)
    assert info["ended"] == "interrupted"
    assert info["duration_s"] >= 29
    assert info["n_packets"] >= 29


def test_headless_needs_neither_qt_nor_bluetooth(home: Path) -> None:
    code = (
        "import sys; from biofeedback.cli import main; "
        "code = main(['demo', '--seconds', '20', '--headless', '--speed', '0', '--json']); "
        "heavy = [m for m in sys.modules if m.startswith(('PySide6', 'bleak', 'pyqtgraph'))]; "
        "sys.exit(code or len(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "HAND_ON_HEART_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_without_a_display_demo_says_so_in_one_line_and_runs(home: Path) -> None:
    plain = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "biofeedback", "demo", "--seconds", "20", "--speed", "0"],
        env={**plain, "HAND_ON_HEART_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if sys.platform == "linux":
        assert done.stderr == "There is no display; running in the terminal instead.\n"
        assert "You came to the end after 0:20." in done.stdout


def test_the_terminal_speaks_the_persons_words(command: Command, home: Path) -> None:
    home.mkdir()
    own, guide = NOTHING.with_guide("Mine", BreathPattern(3.0, 0.0, 5.0, 0.0))
    own = own.with_edit("en", "rest", "before", "Just me, here.")
    PersonalFile(home).keep(own)
    said = command("demo", "--headless", "--speed", 0, "--seconds", 60, "--guide", guide.guide_id)
    assert said.code == 0
    assert "Just me, here." in said.out
    with Store.open(home) as store:
        (info,) = store.sessions()
    assert info.personal == own


def test_an_unknown_language_is_refused_with_those_that_there_are(command: Command) -> None:
    said = command("demo", "--language", "xx", *FAST)
    assert said.code == 1
    assert "'xx'" in said.err
    assert "en" in said.err


def test_a_german_practice_says_why_in_german(command: Command) -> None:
    said = command("demo", "--headless", "--language", "de", "--seconds", 60, "--speed", "0")
    assert "In der ruhigen Zeit davor kam nicht einmal eine Minute" in said.out
    assert "The quiet time" not in said.out


@pytest.mark.parametrize("plan_id", ["ten", "twenty", "ten_mindful", "ten_common"])
def test_a_long_practice_runs_to_its_end_without_a_window(command: Command, plan_id: str) -> None:
    said = command("practice", "--source", "sim:3", "--headless", "--plan", plan_id, "--speed", "0")
    assert said.code == 0
    plan = load_content().plans[plan_id]
    for part in plan.parts:
        for line_id in part.line_ids:
            line = load_content().sets[part.set_id].line(line_id)
            assert line.text in said.out, line_id
    minutes = round(plan.seconds / 60) + 2
    assert f"You came to the end after {minutes}:00." in said.out
