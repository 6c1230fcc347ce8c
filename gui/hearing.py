"""Joins the window and its sound: what is set, what is told, what the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from biofeedback.sound.choices import SoundChoices
from biofeedback.types import BreathPattern, Update
from gui import spoken
from gui.settings import SettingsFile
from gui.sound.sounding import Sounding

if TYPE_CHECKING:
    from biofeedback.ports import Clock
    from gui.screens.grounding import GroundingScreen
    from gui.screens.practice import PracticeScreen
    from gui.screens.setup import SetupScreen
    from gui.widgets.sound_choices import SoundSection

_SAMPLE_BREATH = BreathPattern(4.5, 0.0, 5.5, 0.0)
"""What a sample sounds where the person has chosen no guide."""


class Hearing(QObject):
    """What the window's screens let be heard.

    Parameters
    ----------
    file
        Where volumes are kept.
    """

    def __init__(
        self,
        file: SettingsFile,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._practice: PracticeScreen | None = None
        self._sections: list[SoundSection] = []
        self._note = ""
        self.sounding = Sounding(file.settings.sound, spoken.current(), parent=self)
        self.sounding.noted.connect(self._tell)
        spoken.spoken().changed.connect(self._take_words)

    def join_setup(self, setup: SetupScreen) -> None:
        """Set on this screen what is heard."""
        self._join(setup.sound)
        setup.back_wanted.connect(self.sounding.stop_sample)

    def join_practice(self, practice: PracticeScreen) -> None:
        """Set on this screen what is heard, and say there what can't be."""
        self._practice = practice
        self._join(practice.change.sound)
        self._tell(self._note)

    def join_grounding(self, grounding: GroundingScreen) -> None:
        """Say the lines of this screen."""
        grounding.line_shown.connect(self.sounding.say)

    def _join(self, section: SoundSection) -> None:
        self._sections.append(section)
        section.changed.connect(self.choose)
        section.set_choices(self._file.settings.sound)
        section.set_note(self._note)
        self.sounding.noted.connect(section.set_note)
        self.sounding.sampling.connect(section.set_sampling)
        section.sample_wanted.connect(self._sample)

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
        if self._practice is not None:
            self._practice.tell_sound(sentence, spoken=self.sounding.speaks)
