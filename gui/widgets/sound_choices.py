"""What can be heard, each with its own volume; on the set-up page and in the middle."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.sound.choices import SoundChoices
from gui import theme, wording
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import ChoiceGroup
from gui.widgets.level import Level
from gui.widgets.text import Text

MUTE_KEY = "M"
SPOKEN_VOLUME = 0.6
"""How loud lines are spoken where no volume was set before."""

_VOLUMES = ("tones", "bowl", "waves", "heart", "voice")


class SoundSection(QWidget):
    """Volumes, the voice, and mute.

    Parameters
    ----------
    sample
        Offer to listen to one breath.
    """

    changed = Signal(object)
    """The `SoundChoices`, each time something is set."""
    sample_wanted = Signal()

    def __init__(self, *, sample: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = SoundChoices()
        self._eyes_shut = False
        self.levels = {
            "tones": Level(
                self.tr("Breath tones"), note=self.tr("Bright and rising in, dark and falling out.")
            ),
            "bowl": Level(
                self.tr("Bowl"), note=self.tr("When a part of the practice begins or ends.")
            ),
            "waves": Level(self.tr("Waves"), note=self.tr("They swell as you breathe in.")),
            "heart": Level(
                self.tr("Heart tone"),
                note=self.tr("It warms as your heart follows your breath. Needs a strap."),
            ),
            "voice": Level(
                self.tr("Spoken lines"),
                note=self.tr("By your system's voice, on this computer."),
            ),
            "voice_rate": Level(self.tr("Pace of the voice"), -100, 100),
        }
        self.mute = ChoiceGroup(
            self.tr("Sound"),
            [("on", self.tr("As set below")), ("off", self.tr("All off"))],
            note=self.tr("The key {key} turns all of it off, and on again.").format(key=MUTE_KEY),
        )
        self.note = Text("", theme.SMALL_PX, tone="ink_soft")
        self.note.hide()
        self.hint = Text(
            self.tr("With eyes shut, a bowl or spoken lines tell you where you are."),
            theme.SMALL_PX,
            tone="ink_soft",
        )
        self.sample = Pill("", Kind.OUTLINE, parent=self)
        self.sample.setVisible(sample)
        self.sample.clicked.connect(self.sample_wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.UNIT_PX)
        box.addWidget(self.mute)
        box.addWidget(self.note)
        box.addWidget(self.hint)
        for level in self.levels.values():
            box.addWidget(level)
            level.changed.connect(self._changed)
        if sample:
            box.addWidget(self.sample, alignment=Qt.AlignmentFlag.AlignLeading)
        self.mute.chosen.connect(self._changed)
        self.set_sampling(False)
        self.set_choices(self._choices)

    @property
    def choices(self) -> SoundChoices:
        """What is set."""
        return self._choices

    def set_choices(self, choices: SoundChoices) -> None:
        """Show what is set, without telling."""
        self._choices = choices
        self.mute.set_value("off" if choices.muted else "on")
        for name, level in self.levels.items():
            level.set_value(round(getattr(choices, name) * 100))
        self._say()

    def set_eyes(self, eyes: str) -> None:
        """Take how the person holds their eyes: shut, they need something to hear."""
        self._eyes_shut = eyes == "shut"
        self._say()

    def speak(self, wanted: bool) -> None:
        """Let the lines be heard, or leave them to be read."""
        voice = (self._choices.voice or SPOKEN_VOLUME) if wanted else 0.0
        muted = self._choices.muted and not wanted
        self.set_choices(replace(self._choices, voice=voice, muted=muted))
        self.changed.emit(self._choices)

    def set_note(self, sentence: str) -> None:
        """Say why something can't be heard; empty takes it back."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def set_sampling(self, sounding: bool) -> None:
        """Say what the button of the sample does now."""
        self.sample.setText(
            self.tr("Stop listening") if sounding else self.tr("Listen to a breath")
        )
        self.sample.updateGeometry()

    def _changed(self) -> None:
        volumes = {name: level.value / 100 for name, level in self.levels.items()}
        self._choices = replace(
            self._choices,
            muted=self.mute.value == "off",
            **volumes,
        )
        self._say()
        self.changed.emit(self._choices)

    def _say(self) -> None:
        told = self._choices.bowl > 0 or self._choices.voice > 0
        self.hint.setVisible(self._eyes_shut and not told)
        for name in _VOLUMES:
            level = self.levels[name]
            percent = QLocale().toString(level.value)
            level.say(
                self.tr("{percent} %").format(percent=percent) if level.value else self.tr("Off")
            )
        self.levels["voice_rate"].say(_pace(self.levels["voice_rate"].value))
        self.levels["voice_rate"].setVisible(self.levels["voice"].value > 0)


def _pace(value: int) -> str:
    if abs(value) < 10:
        return wording.tr("As the voice has it")
    return wording.tr("Slower") if value < 0 else wording.tr("Faster")
