"""Joins the window and its sound: what is set, what is told, what the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from biofeedback.sound.choices import SoundChoices
from biofeedback.types import BreathPattern, Update
from gui import spoken
from gui.settings import SettingsFile
from gui.sound.sounding import Sounding
from gui.widgets.sound_choices import SoundSection

if TYPE_CHECKING:
    from biofeedback.ports import Clock
    from gui.screens.grounding import GroundingScreen
    from gui.screens.practice import PracticeScreen
    from gui.screens.setup import SetupScreen

_SAMPLE_BREATH = BreathPattern(4.5, 0.0, 5.5, 0.0)
"""What a sample sounds where the person has chosen no guide."""


class Hearing(QObject):
    """What the window's screens let be heard.

    Parameters
    ----------
    file
        Where volumes are kept.
    setup, practice, grounding
        The screens that set and say something of it.
    """

    def __init__(
        self,
        file: SettingsFile,
        setup: SetupScreen,
        practice: PracticeScreen,
        grounding: GroundingScreen,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._practice = practice
        self._sections: tuple[SoundSection, ...] = (setup.sound, practice.change.sound)
        self._note = ""
        self.sounding = Sounding(file.settings.sound, spoken.current(), parent=self)
        for section in self._sections:
            section.changed.connect(self.choose)
            section.set_choices(file.settings.sound)
            self.sounding.noted.connect(section.set_note)
            self.sounding.sampling.connect(section.set_sampling)
            section.sample_wanted.connect(self._sample)
        self.sounding.noted.connect(self._tell)
        setup.back_wanted.connect(self.sounding.stop_sample)
        grounding.line_shown.connect(self.sounding.say)
        spoken.spoken().changed.connect(self._take_words)
        self._tell("")

    def begin(self, clock: Clock, speed: float) -> None:
        """Sound a practice that begins on this clock."""
        self.sounding.begin(clock.now_s, speed=speed)

    def take(self, update: Update) -> None:
        """Let an update be heard."""
        self.sounding.take(update)

    def end(self) -> None:
        """Let what still sounds die away: no practice runs any more."""
        self.sounding.end()

    def ground(self) -> None:
        """Answer the key of grounding."""
        self.sounding.ground()

    def leave_grounding(self) -> None:
        """Leave its lines."""
        self.sounding.leave_grounding()

    def choose(self, choices: SoundChoices) -> None:
        """Take other volumes, and keep them."""
        self._file.change(sound=choices)
        for section in self._sections:
            if section.choices != choices:
                section.set_choices(choices)
        self.sounding.choose(choices)
        self._tell(self._note)

    def toggle_mute(self) -> None:
        """Silence everything, or bring it back."""
        self.choose(self._file.settings.sound.toggled())

    def close(self) -> None:
        """Fall silent."""
        self.sounding.close()

    def _sample(self) -> None:
        content, choices = spoken.current(), self._file.settings.choices
        pattern = content.guide(choices.guide_id).pattern or _SAMPLE_BREATH
        self.sounding.toggle_sample(pattern, content.anchors[choices.anchor_id].line)

    def _take_words(self) -> None:
        self.sounding.set_words(spoken.current())

    def _tell(self, sentence: str) -> None:
        """Say in the practice what can't be heard; that all is off comes first."""
        self._note = sentence
        if self._file.settings.sound.muted:
            sentence = self.tr("Sound is off. The key M brings it back.")
        self._practice.tell_sound(sentence, spoken=self.sounding.speaks)
