"""In a terminal a practice is led by single keys; grounding hides all body data."""

import os
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from biofeedback.sessions.store import Store

pty = (
    pytest.importorskip("pty") if sys.platform != "win32" else pytest.skip(allow_module_level=True)
)

_CONTROL = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
LIMIT_S = 20.0


class Terminal:
    """A command in a terminal of its own."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self._main, child = pty.openpty()
        plain = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "biofeedback", *arguments],
            env={**plain, "HAND_ON_HEART_HOME": str(home), "TERM": "xterm", "COLUMNS": "100"},
            stdin=child,
            stdout=child,
            stderr=child,
        )
        os.close(child)

    def read_until(self, words: str) -> str:
        """Return what was shown from now until ``words`` came."""
        shown = b""
        while words.encode() not in _CONTROL.sub(b"", shown):
            ready, _, _ = select.select([self._main], [], [], LIMIT_S)
            assert ready, f"never showed {words!r}: {shown[-500:]!r}"
            shown += os.read(self._main, 65536)
        return _CONTROL.sub(b"", shown).decode(errors="replace")

    def press(self, key: str) -> None:
        os.write(self._main, key.encode())

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._main)


def test_grounding_hides_body_data_and_q_keeps_everything(home: Path) -> None:
    terminal = Terminal(home, "demo", "--headless", "--seed", "1")
    try:
        terminal.read_until("Quiet time before")
        terminal.read_until("heart")
        terminal.press("s")
        terminal.read_until("Find a way to sit")
        terminal.press("g")
        terminal.read_until("Let your eyes move around the room")
        terminal.press("n")
        shown = terminal.read_until("Find five things you can see")
        after = shown.split("Let your eyes move")[-1]
        assert "heart" not in after
        assert "RMSSD" not in after
        terminal.press("g")
        terminal.read_until("Practice")
        terminal.press("q")
        terminal.read_until("Kept on this computer")
        assert terminal.process.wait(LIMIT_S) == 0
    finally:
        terminal.close()
    with Store.open(home) as store:
        assert [info.ended for info in store.sessions()] == ["stopped"]


def test_help_now_is_a_key_away_and_the_practice_waits(home: Path) -> None:
    terminal = Terminal(home, "demo", "--headless", "--seed", "1")
    try:
        terminal.read_until("Quiet time before")
        terminal.press("h")
        shown = terminal.read_until("call your local emergency number")
        terminal.read_until("goes back to the practice")
        assert "RMSSD" not in shown.rpartition("In an emergency")[2]
        terminal.press("n")
        terminal.read_until("please reach out to a person now")
        terminal.press("h")
        terminal.read_until("Quiet time before")
        terminal.press("q")
        terminal.read_until("You stopped")
    finally:
        terminal.close()
