"""``export`` and ``import``: looked at first, written whole or not at all, and back again."""

from __future__ import annotations

import json
import os
import signal
import stat
from pathlib import Path

import pytest

from biofeedback import read_recording
from biofeedback.leaving import export as leaving_export
from biofeedback.sessions.formats.recording import Recording
from biofeedback.sessions.store import Store
from tests.biofeedback.cli.conftest import Command
from tests.biofeedback.leaving.full_session import full_session


@pytest.fixture
def kept(home: Path) -> None:
    with Store.open(home) as store:
        store.arrivals.add(
            [full_session("a" * 32, 1), full_session("b" * 32, 2), full_session("c" * 32, 3)]
        )
        store.reflections.set_tags(2, ["Morning"])


@pytest.mark.usefixtures("kept")
def test_the_preview_and_the_warning_come_before_anything_is_written(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "all.zip"
    said = command("export", "--preview", "-o", path)
    assert said.code == 0
    assert "will hold 3 sessions" in said.err
    assert "strap's name and address stand in 3" in said.err
    assert "This file is not protected" in said.err
    assert not path.exists()
    said = command("export", "-o", path)
    assert said.code == 1
    assert "--yes" in said.err
    assert not path.exists()


@pytest.mark.usefixtures("kept")
def test_what_left_comes_back_in_another_home(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.zip"
    assert command("export", "--yes", "-o", path).code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    monkeypatch.setenv("HAND_ON_HEART_HOME", str(tmp_path / "other"))
    said = command("import", path)
    assert said.code == 0
    assert "1 file: 3 new." in said.out
    assert "1 file: 3 here already." in command("import", path).out
    command("export", "--yes", "-o", tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("options", "uids"),
    [
        ([], "abc"),
        (["2"], "b"),
        (["1", "3"], "ac"),
        (["--from", "2026-03-02"], "bc"),
        (["--from", "2026-03-01", "--to", "2026-03-02"], "ab"),
        (["--tag", "morning"], "b"),
    ],
)
@pytest.mark.usefixtures("kept")
def test_one_some_or_all_leave(
    command: Command, tmp_path: Path, options: list[str], uids: str
) -> None:
    path = tmp_path / "some.json"
    assert command("export", *options, "--format", "json", "--yes", "-o", path).code == 0
    sessions = json.loads(path.read_bytes())["sessions"]
    assert [each["uid"][0] for each in sessions] == list(uids)


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("csv", ["x.csv", "x-sessions.csv"]),
        ("rr", ["2026-03-01-05-06-07-aaaaaaaa.txt", "2026-03-02-05-06-07-bbbbbbbb.txt"]),
        ("edf", ["2026-03-01-05-06-07-aaaaaaaa.edf", "2026-03-02-05-06-07-bbbbbbbb.edf"]),
    ],
)
@pytest.mark.usefixtures("kept")
def test_other_programs_get_what_they_read(
    command: Command, tmp_path: Path, form: str, names: list[str]
) -> None:
    path = tmp_path / ("x.csv" if form == "csv" else "x")
    said = command("export", "1", "2", "--format", form, "--yes", "-o", path)
    assert said.code == 0
    assert [Path(line).name for line in said.out.splitlines()] == names
    assert all(stat.S_IMODE(Path(line).stat().st_mode) == 0o600 for line in said.out.splitlines())
    one = command("export", "1", "--format", form, "--yes", "-o", tmp_path / f"one.{form}")
    assert Path(one.out.splitlines()[0]).name == f"one.{form}"


@pytest.mark.usefixtures("kept")
def test_what_is_there_stays_unless_told(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(b"mine")
    said = command("export", "--yes", "-o", path)
    assert said.code == 1
    assert "--force" in said.err
    assert path.read_bytes() == b"mine"
    assert command("export", "--yes", "--force", "-o", path).code == 0
    assert path.read_bytes() != b"mine"


@pytest.mark.usefixtures("kept")
def test_an_interruption_leaves_no_half_file(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out" / "all.zip"
    path.parent.mkdir()
    path.write_bytes(b"before")
    told: list[int] = []

    def interrupted(done: int, of: int) -> None:
        told.append(done)
        if done == 2:
            raise KeyboardInterrupt

    real = leaving_export.write
    monkeypatch.setattr(
        "biofeedback.cli.export.write",
        lambda *some, **more: real(*some, **(more | {"progress": interrupted})),
    )
    assert command("export", "--yes", "--force", "-o", path).code == 1
    assert told == [0, 1, 2]
    assert [each.name for each in path.parent.iterdir()] == ["all.zip"]
    assert path.read_bytes() == b"before"


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["9"], "There is no session 9."),
        (["--tag", "nothing"], "No session fits"),
        (["-o", "/nowhere/at/all.zip"], "no folder /nowhere/at"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    command: Command, options: list[str], words: str
) -> None:
    said = command("export", "--yes", *options)
    assert said.code == 1
    assert words in said.err


@pytest.mark.parametrize(
    "options",
    [["--format", "json", "--with-writings"], ["--from", "yesterday"], ["0"], ["--format", "x"]],
)
def test_wrong_use_is_told(command: Command, options: list[str]) -> None:
    assert command("export", *options).code == 2


def test_the_schema_can_be_printed(command: Command) -> None:
    assert json.loads(command("export", "--schema").out)["title"]


def test_a_bad_file_is_told_and_the_others_come(command: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.txt").write_text("nothing of the kind", encoding="utf-8")
    rr = "\n".join(str(800 + 10 * (number % 7)) for number in range(60))
    (tmp_path / "in" / "good.txt").write_text(rr, encoding="utf-8")
    said = command("import", tmp_path / "in", "--preview", "--json")
    told = {Path(each["file"]).name: each for each in json.loads(said.out)}
    assert told["bad.txt"]["how"] == "problem"
    assert (told["good.txt"]["how"], told["good.txt"]["n_beats"]) == ("new", 60)
    said = command("import", tmp_path / "in")
    assert said.code == 1
    assert "2 files: 1 new, 1 could not be read." in said.out
    assert said.err.count("\n") == 1
    assert "recording" in command("sessions").out


def test_ctrl_c_keeps_what_is_in_and_the_same_command_goes_on(
    command: Command, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    for step in range(5):
        rr = "\n".join(str(800 + step + 10 * (number % 7)) for number in range(60))
        (tmp_path / "in" / f"{step}.txt").write_text(rr, encoding="utf-8")
    real = read_recording
    read: list[Path] = []

    def interrupted(path: Path) -> Recording:
        read.append(path)
        if len(read) == 3:  # twice: a terminal and what runs between each send it
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
        return real(path)

    monkeypatch.setattr("biofeedback.coming.recorded_elsewhere.read_recording", interrupted)
    said = command("import", tmp_path / "in")
    assert said.code == 1
    assert "Stopped. 3 new sessions are in; the same command goes on" in said.err
    with Store.open(home) as store:
        assert store.n_sessions() == 3
    assert "5 files: 2 new, 3 here already." in command("import", tmp_path / "in").out


def test_a_path_of_nothing_is_told(command: Command, tmp_path: Path) -> None:
    said = command("import", tmp_path / "nowhere")
    assert said.code == 1
    assert "Check the spelling" in said.err
