"""``wav`` writes what the window would sound."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from biofeedback.cli import main


def written(path: Path) -> tuple[np.ndarray, int]:
    with wave.open(str(path)) as file:
        assert file.getsampwidth() == 2
        return np.frombuffer(file.readframes(file.getnframes()), "<i2"), file.getframerate()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAND_ON_HEART_HOME", str(tmp_path / "data"))


def test_a_practice_becomes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "practice.wav"
    assert main(["wav", str(path), "--seconds", "30", "--quiet", "30", "--bowl", "0"]) == 0
    sound, rate_hz = written(path)
    assert 29 < len(sound) / rate_hz < 33
    assert np.max(np.abs(sound)) > 1000
    assert not np.any(sound[: 2 * rate_hz])  # quiet time is quiet
    assert str(path) in capsys.readouterr().out


def test_what_is_there_already_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.wav"
    path.write_bytes(b"mine")
    assert main(["wav", str(path), "--seconds", "30"]) == 1
    assert path.read_bytes() == b"mine"
    assert "there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--tones", "1.5"], 2, "not between 0 and 1"),
        (["--tones", "loud"], 2, "not a number"),
        (["--plan", "forty"], 1, "forty"),
    ],
)
def test_what_is_wrong_is_said(
    arguments: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "x.wav"
    assert main(["wav", str(path), *arguments]) == code
    assert said in capsys.readouterr().err
    assert not path.exists()


def test_a_folder_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["wav", str(tmp_path / "no" / "x.wav"), "--seconds", "30"]) == 1
    assert "could not be written" in capsys.readouterr().err
