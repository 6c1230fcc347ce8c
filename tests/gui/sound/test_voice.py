"""The voice for real, with the engine that Qt ships for tests: in time, one line at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from biofeedback.practice.content import load_content
from biofeedback.sound.choices import SoundChoices
from biofeedback.types import LineShown, Paused, PracticeEnded, Resumed
from gui.sound.sounding import Sounding
from gui.sound.voice import SystemVoice
from gui.sound.voice_process import TEST_ENGINE, Engine
from gui.system import missing_for_sound
from tests.gui.conftest import missing

VOICE_ALONE = SoundChoices(tones=0, voice=0.6, voice_rate=1.0)
"""The test engine speaks a word in 50 ms at this rate."""


@pytest.fixture(autouse=True)
def parts() -> None:
    if packages := [package for _, package in missing_for_sound()]:
        missing(f"Qt's speech is missing (Debian: apt install {' '.join(packages)})")


class Listener:
    """Notes what is said, and how often while the engine was speaking already."""

    def __init__(self, sounding: Sounding) -> None:
        self.heard: list[str] = []
        self.overlaps = 0
        voice = sounding.voice
        say = voice.say

        def noted(text: str) -> None:
            self.overlaps += voice.busy
            self.heard.append(text)
            say(text)

        voice.say = noted  # type: ignore[method-assign]


@pytest.fixture
def sounding(display: str, qapp: object) -> Iterator[Sounding]:
    made = Sounding(VOICE_ALONE, load_content(), engine=TEST_ENGINE)
    # answers to keys would open a device: this is about the voice
    made._perform = lambda: None  # type: ignore[method-assign]
    made.begin(lambda: 0.0)
    yield made
    made.close()


def line(text: str) -> LineShown:
    return LineShown(0.0, "kind", "x", text)


def test_lines_are_spoken_one_after_the_other(sounding: Sounding, qtbot: QtBot) -> None:
    listener = Listener(sounding)
    sounding.take(line("one two three"))
    assert sounding.lines.speaking
    sounding.take(line("four five"))
    sounding.take(line("six seven"))
    qtbot.waitUntil(lambda: not sounding.lines.speaking, timeout=10_000)
    assert listener.heard == ["one two three", "six seven"]
    assert listener.overlaps == 0


def test_pausing_silences_the_voice_and_going_on_speaks(sounding: Sounding, qtbot: QtBot) -> None:
    listener = Listener(sounding)
    sounding.take(line("one two three four five six seven eight nine ten"))
    sounding.take(Paused(1.0))
    qtbot.waitUntil(lambda: not sounding.lines.speaking, timeout=5000)
    sounding.take(Resumed(2.0))
    sounding.take(line("again"))
    qtbot.waitUntil(lambda: not sounding.lines.speaking, timeout=10_000)
    assert listener.heard[1:] == ["again"]


def test_the_end_is_announced(sounding: Sounding, qtbot: QtBot) -> None:
    listener = Listener(sounding)
    sounding.take(PracticeEnded(1.0, completed=True))
    qtbot.waitUntil(lambda: not sounding.lines.speaking, timeout=10_000)
    assert listener.heard == ["This practice has come to its end. Take your time."]


def test_the_end_is_announced_in_the_language_of_the_words(sounding: Sounding) -> None:
    listener = Listener(sounding)
    sounding.set_words(load_content("de"))
    sounding.take(PracticeEnded(1.0, completed=True))
    assert listener.heard == [load_content("de").sets["rest"].line("end").text]
    assert "Ende" in listener.heard[0]


def test_grounding_is_spoken_though_the_practice_is_paused(
    sounding: Sounding, qtbot: QtBot
) -> None:
    listener = Listener(sounding)
    sounding.take(line("one two three four five six seven eight nine ten"))
    sounding.ground()
    sounding.say("look around")
    sounding.take(Paused(1.0))
    qtbot.waitUntil(lambda: not sounding.lines.speaking, timeout=10_000)
    assert listener.heard[1:] == ["look around"]
    sounding.say("touch four things near you one two three four five six")
    sounding.take(Resumed(2.0))
    sounding.take(line("back"))
    qtbot.waitUntil(lambda: not sounding.lines.speaking, timeout=1000)
    assert listener.heard[-1] == "back"
    assert listener.overlaps == 0


def test_off_by_default_muted_or_at_another_speed_nothing_is_spoken(
    sounding: Sounding, qtbot: QtBot
) -> None:
    listener = Listener(sounding)
    for choices in (SoundChoices(), VOICE_ALONE.toggled()):
        sounding.choose(choices)
        sounding.take(line("never"))
    sounding.choose(VOICE_ALONE)
    listener.heard.clear()  # the line that is up is spoken as soon as the voice is on
    sounding.lines.hush()
    sounding.begin(lambda: 0.0, speed=20.0)
    sounding.take(line("never"))
    assert listener.heard == []


def test_a_voice_that_is_turned_on_speaks_the_line_that_is_up(
    sounding: Sounding, qtbot: QtBot
) -> None:
    listener = Listener(sounding)
    sounding.choose(SoundChoices(tones=0))
    sounding.take(line("here"))
    sounding.choose(VOICE_ALONE)
    assert listener.heard == ["here"]


def test_a_language_that_no_voice_speaks_is_left_unspoken(qapp: object, qtbot: QtBot) -> None:
    voice = SystemVoice("ja", TEST_ENGINE)
    notes: list[str] = []
    voice.noted.connect(notes.append)
    with qtbot.waitSignal(voice.finished, timeout=10_000):
        voice.say("konnichi wa")
    assert "no voice for" in notes[0]
    voice.close()


def test_the_language_is_that_of_the_words(qapp: object, qtbot: QtBot) -> None:
    engine = Engine("fi", TEST_ENGINE)
    engine.wanted = 1
    with qtbot.waitSignal(engine.finished, timeout=5000):
        engine.say(1, "hei", 0.5, 1.0)
    assert engine._speech is not None
    assert engine._speech.locale().name().startswith("fi")
    engine.set_language("nb")
    engine.wanted = 2
    with qtbot.waitSignal(engine.finished, timeout=5000):
        engine.say(2, "hei", 0.5, 1.0)
    assert engine._speech is not None
    assert engine._speech.locale().name().startswith("nb")


def test_a_line_that_is_not_wanted_any_more_is_not_begun(qapp: object, qtbot: QtBot) -> None:
    engine = Engine("en", TEST_ENGINE)
    with qtbot.waitSignal(engine.finished, timeout=5000), qtbot.assertNotEmitted(engine.began):
        engine.say(1, "gone before the voice was awake", 0.5, 1.0)


def test_without_a_voice_the_note_names_the_package(
    qapp: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", None)
    monkeypatch.setattr(
        "gui.sound.words.missing_for_speech", lambda: [("libspeechd.so.2", "speech-dispatcher")]
    )
    engine = Engine("en", "")
    notes: list[str] = []
    engine.noted.connect(notes.append)
    for number in (1, 2):
        with qtbot.waitSignal(engine.finished, timeout=2000):
            engine.say(number, "said once is enough", 0.5, 0.0)
    (note,) = notes
    assert "apt install speech-dispatcher" in note


def test_a_voice_that_dies_leaves_the_practice_alone(sounding: Sounding, qtbot: QtBot) -> None:
    listener = Listener(sounding)
    sounding.take(line("one two three four five six seven eight nine ten"))
    qtbot.waitUntil(lambda: sounding.voice.begun, timeout=10_000)
    assert sounding.voice._process is not None
    sounding.voice._process.kill()
    qtbot.waitUntil(lambda: not sounding.lines.speaking, timeout=5000)
    sounding.take(line("again"))
    qtbot.waitUntil(lambda: not sounding.lines.speaking, timeout=10_000)
    assert listener.heard[-1] == "again"


def test_a_voice_that_takes_its_time_does_not_hold_up_the_window(
    sounding: Sounding, qtbot: QtBot
) -> None:
    began_s = monotonic()
    sounding.take(line("one"))
    assert monotonic() - began_s < 0.2
    qtbot.waitUntil(lambda: not sounding.lines.speaking, timeout=10_000)
