"""A second start hands over to the window that is open: real processes, real sockets."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from biofeedback.types import Choices
from gui import only_one
from gui.app import show_again
from gui.main_window import MainWindow
from gui.only_one import Answer, Asked, OnlyOne

LIMIT_S = 20.0


@pytest.fixture(autouse=True)
def run_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the system keeps sockets of this user: a short name, as a socket's must be."""
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def first(home: Path, qtbot: QtBot) -> Iterator[tuple[OnlyOne, list[Asked]]]:
    """The one that has the window, and what it was asked."""
    asked: list[Asked] = []

    def does(what: Asked) -> Answer:
        asked.append(what)
        return Answer.BUSY if what.source == "sim:13" else Answer.SHOWN

    one = OnlyOne(home)
    assert one.is_first
    one.listen(does)
    yield one, asked
    one.close()


def _started(*arguments: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "biofeedback", *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _ended(process: subprocess.Popen[str], qtbot: QtBot) -> tuple[int, str, str]:
    """Let the first live until the second has ended."""
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=int(1000 * LIMIT_S))
    out, err = process.communicate(timeout=LIMIT_S)
    return process.returncode, out, err


def test_a_second_start_says_so_and_ends(first: tuple[OnlyOne, list[Asked]], qtbot: QtBot) -> None:
    code, out, err = _ended(_started(), qtbot)
    assert (code, out) == (0, "")
    assert err == "Hand on Heart is open already: its window is in front now.\n"
    assert first[1] == [Asked()]


def test_a_recording_is_handed_over_by_its_whole_name(
    first: tuple[OnlyOne, list[Asked]], tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "rr.txt").write_text("800\n810\n")
    code, _, err = _ended(_started("--source", "replay:rr.txt", cwd=tmp_path), qtbot)
    assert code == 0, err
    assert first[1] == [Asked(f"replay:{tmp_path.resolve()}/rr.txt", watching=True)]


def test_a_demo_is_handed_over_with_its_choices_and_a_practice_is_left_in_peace(
    first: tuple[OnlyOne, list[Asked]], qtbot: QtBot
) -> None:
    code, _, err = _ended(_started("demo", "--seed", "13", "--touch", "belly"), qtbot)
    assert code == 0
    assert err.endswith("a practice is running there. It was left in peace.\n")
    (asked,) = first[1]
    assert asked.source == "sim:13"
    assert asked.choices is not None
    assert asked.choices.touch_id == "belly"


def test_the_socket_is_this_users_alone(
    first: tuple[OnlyOne, list[Asked]], run_folder: Path
) -> None:
    sockets = [path for path in run_folder.iterdir() if path.is_socket()]
    assert len(sockets) == 1
    assert sockets[0].stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("line", [b"\n", b"{}}\n", b"[]\n", b'{"source": 3}\n', b"\xff\n"])
def test_what_no_start_of_ours_writes_is_passed_over(
    first: tuple[OnlyOne, list[Asked]], run_folder: Path, qtbot: QtBot, line: bytes
) -> None:
    (place,) = (path for path in run_folder.iterdir() if path.is_socket())
    socket = QLocalSocket()
    socket.connectToServer(str(place))
    assert socket.waitForConnected(1000)
    socket.write(line)
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert first[1] == []


def test_what_a_killed_window_leaves_is_taken_over(home: Path, qtbot: QtBot) -> None:
    code = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from gui.only_one import Answer, OnlyOne
app = QCoreApplication([])
one = OnlyOne(Path(sys.argv[1]))
one.listen(lambda _: Answer.SHOWN)
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code, str(home)], timeout=LIMIT_S, check=False)
    one = OnlyOne(home)
    assert one.is_first
    one.listen(lambda _: Answer.SHOWN)
    assert _ended(_started(), qtbot)[0] == 0
    one.close()


def test_where_nobody_answers_there_is_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(only_one, "TRIES", 1)
    monkeypatch.setattr(only_one, "TRY_MS", 1)
    hung, second = OnlyOne(home), OnlyOne(home)
    assert (hung.is_first, second.is_first) == (True, False)
    assert second.hand_over(Asked()) is None
    assert not OnlyOne(home).is_first
    hung.close()
    assert second.hand_over(Asked()) is None
    assert second.is_first
    second.close()


def test_another_data_folder_has_a_window_of_its_own(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    one, two = OnlyOne(home), OnlyOne(other)
    assert one.is_first
    assert two.is_first
    assert OnlyOne(None).is_first


def test_without_a_folder_of_the_system_they_meet_in_the_data_folder(
    run_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    home = run_folder
    one = OnlyOne(home)
    assert not OnlyOne(home).is_first
    assert list(home.glob("hand-on-heart-*.lock"))
    one.close()
    assert not list(home.glob("hand-on-heart-*"))


@given(
    st.builds(
        Asked,
        st.none() | st.text(),
        st.none() | st.builds(Choices, plan_id=st.text(), quiet_s=st.floats(0, 600)),
        st.booleans(),
        st.booleans(),
    )
)
def test_what_is_handed_over_arrives_as_it_was(asked: Asked) -> None:
    line = asked.to_json()
    assert "\n" not in line
    assert Asked.from_json(line) == asked


def test_the_window_comes_to_the_front_and_plays(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "rr.txt"
    path.write_text("\n".join(["800", "812", "806"] * 40))
    window.showMinimized()
    assert show_again(window, Asked(f"replay:{path}", watching=True)) is Answer.SHOWN
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    assert QTest.qWaitForWindowExposed(window)
    qtbot.waitUntil(lambda: window.pages.current is window.replay)
    window.leave_replay()


def test_two_windows_are_one_and_the_next_start_after_it_is_a_window_again(
    display: str, home: Path, run_folder: Path
) -> None:
    os.environ["DISPLAY"] = display
    window = _started()
    while not list(run_folder.glob("*.lock")):
        with suppress(subprocess.TimeoutExpired):
            window.wait(0.02)
            pytest.fail(f"ended at once: {window.communicate()}")
    second = _started()
    assert second.wait(LIMIT_S) == 0
    assert "open already" in second.communicate(timeout=LIMIT_S)[1]
    window.terminate()
    assert window.wait(LIMIT_S) == 0
    assert window.communicate(timeout=LIMIT_S) == ("", "")
    assert list(run_folder.iterdir()) == []
