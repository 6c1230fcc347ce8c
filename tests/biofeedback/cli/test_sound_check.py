"""Whether the sound works: asked of a process of its own, and every answer has its words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from biofeedback.cli import sound
from devices.words import MAX_CHARS


def prints(text: str) -> list[str]:
    return [sys.executable, "-c", f"print({text!r})"]


@pytest.mark.parametrize(
    ("found", "works", "sentence", "action"),
    [
        ({"device": "Speakers", "error": ""}, True, "Sound can be played on Speakers.", ""),
        ({"device": "", "error": ""}, False, "no loudspeaker", "Connect one"),
        ({"device": "Speakers", "error": "OpenError"}, False, "OpenError", "another output"),
        ({"missing": "libpulse.so.0: cannot open shared object file"}, False, "libpulse.so.0",
         "apt install libpulse0"),
        ({"missing": "libx.so.1: cannot open shared object file"}, False, "libx.so.1", "Install"),
        ({"missing": "No module named 'PySide6.QtMultimedia'"}, False, "PySide6-Addons",
         "pip install PySide6-Addons"),
    ],
)  # fmt: skip
def test_every_answer_has_a_sentence_and_what_helps(
    found: dict[str, str],
    works: bool,
    sentence: str,
    action: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sound, "PROBE", prints(json.dumps(found)))
    told, words = sound.sound_words()
    assert told is works
    assert sentence in words.sentence
    assert action in words.action
    assert max(len(words.sentence), len(words.action)) <= MAX_CHARS


@pytest.mark.parametrize(
    "command",
    [
        prints("no JSON"),
        prints("[]"),
        prints(""),
        [sys.executable, "-c", "import os; os.abort()"],
        ["/nowhere/python"],
    ],
)
def test_a_probe_that_ends_badly_is_no_end_of_the_check(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound, "PROBE", command)
    works, words = sound.sound_words()
    assert works is None
    assert words.sentence


def test_this_computer_gives_one_of_these_answers_and_qt_stays_out() -> None:
    code = (
        "import sys; from biofeedback.cli.sound import sound_words; works, words = sound_words(); "
        "assert works is not None, words; "
        "print([m for m in sys.modules if m.startswith('PySide6')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_the_library_the_probe_says_which(tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").touch()
    (tmp_path / "PySide6" / "QtCore.py").write_text(
        "QBuffer = QByteArray = QCoreApplication = QTimer = None\n"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    probe = [sys.executable, "-m", "gui.sound_probe"]
    done = subprocess.run(probe, capture_output=True, text=True, check=True, env=env)
    assert "QtMultimedia" in json.loads(done.stdout)["missing"]
