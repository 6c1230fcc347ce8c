"""A practice in the terminal can be heard, and goes on where it can't."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from tests.conftest import ROOT
from tests.gui.sound.conftest import PulseAudio


def demo(environment: dict[str, str], home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable, "-m", "biofeedback", "demo", "--headless", "--no-ramp",
            "--quiet", "0", "--seed", "1", *more,
        ],
        cwd=ROOT,
        env={**environment, "HAND_ON_HEART_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )  # fmt: skip


def test_a_practice_in_the_terminal_is_heard(pulse: PulseAudio, tmp_path: Path) -> None:
    with pulse.listening() as heard:
        done = demo(pulse.environment, tmp_path, "--seconds", "4", "--speed", "1", "--sound")
    assert done.returncode == 0, done.stderr
    sound, _ = heard.sound()
    assert np.max(np.abs(sound)) > 0.005


def test_without_a_device_or_a_voice_it_says_so_and_goes_on(tmp_path: Path) -> None:
    nobody = {**os.environ, "PULSE_SERVER": f"unix:{tmp_path}/nobody"}
    done = demo(nobody, tmp_path, "--seconds", "3", "--speed", "1", "--sound", "--voice")
    assert done.returncode == 0, done.stderr
    assert "There is no sound" in done.stderr
    assert "Traceback" not in done.stderr


def test_at_another_speed_it_rests_and_says_so(tmp_path: Path) -> None:
    done = demo(dict(os.environ), tmp_path, "--seconds", "30", "--speed", "60", "--sound")
    assert done.returncode == 0, done.stderr
    assert "rest while time runs faster" in done.stderr
