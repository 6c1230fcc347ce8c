"""What the window lets be heard: set, kept, silenced by a key, said in words."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biofeedback.sound.choices import SoundChoices
from biofeedback.types import LineShown, Paused, PhaseName, PhaseStarted
from gui.main_window import MainWindow
from gui.settings import FILE_NAME, SettingsFile
from gui.widgets.sound_choices import SoundSection
from tests.conftest import ROOT

LOUD = SoundChoices(
    tones=0.8, bowl=0.6, waves=0.3, heart=0.2, voice=0.7, voice_rate=0.4, muted=True
)


# ---------------------------------------------------------------------------- what is kept
def test_volumes_are_there_next_time(tmp_path: Path) -> None:
    SettingsFile(tmp_path).change(sound=LOUD)
    assert SettingsFile(tmp_path).settings.sound == LOUD


def test_a_volume_that_makes_no_sense_is_as_at_first(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[sound]\ntones=7\nbowl=nan\nwaves=banana\nvoice=0.7\n")
    assert SettingsFile(tmp_path).settings.sound == replace(SoundChoices(), voice=0.7)


def test_the_voice_is_off_at_first_and_the_tones_are_gentle(tmp_path: Path) -> None:
    sound = SettingsFile(tmp_path).settings.sound
    assert sound.voice == 0
    assert 0 < sound.tones <= 0.5


# ------------------------------------------------------------------------------ what is set
def test_what_is_set_on_one_page_counts_and_stands_on_the_other(
    window: MainWindow, home: Path
) -> None:
    setup, change = window.setup.sound, window.practice.change.sound
    window.pages.turn_to(window.setup, at_once=True)
    track = setup.levels["bowl"].track
    track.setFocus()
    for _ in range(3):
        QTest.keyClick(track, Qt.Key.Key_Right)
    assert setup.levels["bowl"].said.startswith("30")
    assert window.settings.sound.bowl == pytest.approx(0.3)
    assert change.levels["bowl"].value == 30
    assert SettingsFile(home).settings.sound.bowl == pytest.approx(0.3)
    for _ in range(3):
        QTest.keyClick(track, Qt.Key.Key_Left)
    assert setup.levels["bowl"].said == "Off"


def test_the_pace_of_the_voice_is_asked_only_where_lines_are_spoken(window: MainWindow) -> None:
    section = window.setup.sound
    assert section.levels["voice_rate"].isHidden()
    section.levels["voice"].track.setValue(60)
    assert not section.levels["voice_rate"].isHidden()


def test_who_shuts_their_eyes_is_told_what_tells_them_where_they_are(window: MainWindow) -> None:
    section = window.setup.sound
    assert section.hint.isHidden()
    for eyes, hidden in (("shut", False), ("half", True), ("shut", False)):
        choices = replace(window.settings.choices, eyes=eyes)
        window.setup.set_choices(choices, numbers=False)
        assert section.hint.isHidden() is hidden
    section.levels["bowl"].track.setValue(40)
    assert section.hint.isHidden()


def test_levels_have_names_and_values_for_a_screen_reader(window: MainWindow) -> None:
    window.pages.turn_to(window.setup, at_once=True)
    for level in window.setup.sound.levels.values():
        interface = QAccessible.queryAccessibleInterface(level.track)
        assert interface.text(QAccessible.Text.Name)
        assert interface.role() is QAccessible.Role.Slider
        assert interface.valueInterface().currentValue() == level.value


def test_the_wheel_scrolls_the_page_not_a_level(window: MainWindow, qtbot: QtBot) -> None:
    window.pages.turn_to(window.setup, at_once=True)
    level = window.setup.sound.levels["tones"]
    before = level.value
    window.setup.begin.setFocus()
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    event = QWheelEvent(
        QPointF(5, 5), QPointF(level.track.mapToGlobal(QPoint(5, 5))), QPoint(0, -120),
        QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(level.track, event)
    assert level.value == before


# ---------------------------------------------------------------------------------- the keys
def test_one_key_silences_everything_on_every_screen_and_brings_it_back(
    window: MainWindow, home: Path
) -> None:
    for screen in (window.home, window.setup, window.practice, window.grounding, window.help):
        window.pages.turn_to(screen, at_once=True)
        for muted, note in ((True, "Sound is off. The key M brings it back."), (False, "")):
            QTest.keyClick(screen, Qt.Key.Key_M)
            assert window.settings.sound.muted is muted
            assert SettingsFile(home).settings.sound.muted is muted
            assert window.practice.sound_note.text() == note
            assert window.setup.sound.mute.value == ("off" if muted else "on")


def test_keys_are_answered_in_sound(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    sounding = window.hearing.sounding
    monkeypatch.setattr(sounding, "ground", lambda: told.append("ground"))
    monkeypatch.setattr(sounding, "say", told.append)
    monkeypatch.setattr(sounding, "leave_grounding", lambda: told.append("back"))
    window.pages.turn_to(window.home, at_once=True)
    QTest.keyClick(window.home, Qt.Key.Key_G)
    QTest.keyClick(window.grounding, Qt.Key.Key_Escape)
    assert told[0] == "ground"
    assert told[-1] == "back"


def test_the_lines_of_grounding_are_spoken_as_they_come(window: MainWindow) -> None:
    lines: list[str] = []
    window.grounding.line_shown.connect(lines.append)
    window.ground()
    QTest.keyClick(window.grounding, Qt.Key.Key_Right)
    assert lines[-1] == window.grounding.line
    assert len(lines) == 2


# --------------------------------------------------------------------------------- in words
def test_what_cannot_be_heard_is_said_small_and_where_it_is_set(window: MainWindow) -> None:
    sentence = "There is no sound: this computer has no audio output just now."
    window.hearing.sounding.noted.emit(sentence)
    assert window.practice.sound_note.text() == sentence
    assert window.setup.sound.note.text() == sentence
    window.hearing.sounding.noted.emit("")
    assert window.practice.sound_note.text() == ""
    assert window.setup.sound.note.isHidden()


def test_a_screen_reader_leaves_lines_to_the_voice(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[str] = []
    monkeypatch.setattr("gui.screens.practice.announce", lambda _, text: announced.append(text))
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    practice = window.practice
    practice.take(LineShown(0.0, "kind", "a", "one"))
    window.hearing.choose(replace(SoundChoices(), voice=0.5))
    practice.take(LineShown(0.0, "kind", "b", "two"))
    assert announced == ["one"]


def test_where_time_runs_faster_sound_rests_and_says_so(window: MainWindow) -> None:
    class Clock:
        def now_s(self) -> float:
            return 0.0

        async def sleep_until(self, t_s: float) -> None: ...

    window.hearing.begin(Clock(), 120.0)
    window.hearing.take(PhaseStarted(0.0, PhaseName.GUIDED, None))
    window.hearing.take(Paused(1.0))
    assert "faster" in window.practice.sound_note.text()
    assert window.hearing.sounding._player is None


# ----------------------------------------------------------------------------------- start
def test_the_window_opens_without_what_sound_needs(display: str, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from gui.app import application; app = application()\n"
        "from gui.main_window import MainWindow\n"
        f"window = MainWindow(Path({str(tmp_path)!r})); window.show()\n"
        "wrong = {'numpy', 'PySide6.QtMultimedia', 'PySide6.QtTextToSpeech'} & set(sys.modules)\n"
        "window.close(); sys.exit(str(wrong) if wrong else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_section_without_a_sample_offers_none(look: object) -> None:
    assert SoundSection().sample.isHidden()
    assert not SoundSection(sample=True).sample.isHidden()
