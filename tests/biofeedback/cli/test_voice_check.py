"""Whether lines can be spoken: asked of a process of its own, and every answer has its words."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from biofeedback.cli import voice
from devices.words import MAX_CHARS
from tests.biofeedback.cli.test_sound_check import prints

PART = "libspeechd.so.2: cannot open shared object file"


@pytest.mark.parametrize(
    ("found", "packages", "works", "sentence", "action"),
    [
        ({"engine": "speechd", "languages": ["de", "en"]}, [], True, "English and German", ""),
        ({"engine": "speechd", "languages": ["de"]}, [], True, "spoken in German.", ""),
        ({"engine": "speechd", "languages": ["fi"]}, [], False, "no voice for the languages",
         "speech-dispatcher-espeak-ng"),
        ({"engine": "", "languages": []}, [], False, "has no voice", "speech-dispatcher "),
        ({"engine": "", "languages": []}, ["libspeechd2"], False, "has no voice", "libspeechd2"),
        ({"missing": PART}, ["libspeechd2"], False, "has no voice", "apt install libspeechd2"),
        ({"missing": "No module named 'PySide6.QtTextToSpeech'"}, [], False, "PySide6-Addons",
         "pip install PySide6-Addons"),
    ],
)  # fmt: skip
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring a voice")
def test_every_answer_has_a_sentence_and_the_package_that_helps(
    found: dict[str, object],
    packages: list[str],
    works: bool,
    sentence: str,
    action: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(voice, "PROBE", prints(json.dumps(found)))
    told, words = voice.voice_words(lambda: packages)
    assert told is works
    assert sentence in words.sentence
    assert action in words.action
    assert max(len(words.sentence), len(words.action)) <= MAX_CHARS


def test_a_probe_that_ends_badly_is_no_end_of_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice, "PROBE", [sys.executable, "-c", "import os; os.abort()"])
    works, words = voice.voice_words()
    assert works is None
    assert words.sentence


def test_this_computer_gives_one_of_these_answers_and_qt_stays_out() -> None:
    code = (
        "import sys; from biofeedback.cli.voice import voice_words; works, words = voice_words(); "
        "assert works is not None, words; "
        "print([m for m in sys.modules if m.startswith('PySide6')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
