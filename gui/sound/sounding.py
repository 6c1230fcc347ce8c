"""What a practice sounds like in the window and the terminal: updates in, sound and voice out."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from biofeedback.sound.choices import SoundChoices
from biofeedback.sound.spoken import SpokenLines, spoken_words
from biofeedback.types import (
    BreathPattern,
    BreathSegment,
    Following,
    GuideChanged,
    LineShown,
    LinkChanged,
    Metrics,
    Paused,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Resumed,
    Update,
)
from gui.sound.voice import SystemVoice
from gui.sound.words import no_sound_at_speed

if TYPE_CHECKING:
    from biofeedback.practice.content import Content
    from biofeedback.sound.performance import Performance
    from biofeedback.sound.soundscape import Soundscape
    from gui.sound.player import Player

_HEARD = (GuideChanged, PhaseStarted, Metrics, LinkChanged, Paused, Resumed, PracticeEnded)
_STATE = (PhaseStarted, GuideChanged, Metrics)


class Sounding(QObject):
    """Sounds and speaks; what it needs of Qt and numpy is imported when a first sound is due.

    Parameters
    ----------
    choices
        Volumes and voice.
    content
        The words that are spoken: their language, and those for the end.
    engine
        Qt's name of a voice engine; empty takes the system's own.
    """

    noted = Signal(str)
    """Why something can't be heard, as a sentence; empty takes it back."""
    sampling = Signal(bool)
    """A sample began, or is over."""

    def __init__(
        self,
        choices: SoundChoices,
        content: Content,
        *,
        engine: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._player: Player | None = None
        self._performance: Performance | None = None
        self._now_s: Callable[[], float] | None = None
        self._state: dict[type, Update] = {}
        self._line = ""
        self._content = content
        self._notes = {"sound": "", "voice": ""}
        self.voice = SystemVoice(content.language, engine, self)
        self.voice.choose(choices)
        self.voice.noted.connect(lambda sentence: self._note("voice", sentence))
        self.lines = SpokenLines(self.voice, monotonic, self._make_room)
        self.voice.finished.connect(self.lines.finished)
        self._sample_end = QTimer(self)
        self._sample_end.setSingleShot(True)
        self._sample_end.timeout.connect(self._end_sample)

    def set_words(self, content: Content) -> None:
        """Speak other words, maybe of another language."""
        self._content = content
        self.voice.set_language(content.language)

    # --------------------------------------------------------------------------- a practice
    def begin(self, now_s: Callable[[], float], *, speed: float = 1.0) -> None:
        """Get ready for a practice on this clock; only one in real time can be heard."""
        self.stop_sample()
        self._state = {}
        self._line = ""
        self._now_s = now_s if speed == 1.0 else None
        if self._now_s is None and self._choices.wants_sound:
            self._note("sound", no_sound_at_speed())
        else:
            self._note("sound", "")
            if self._choices.wants_voice:
                self.voice.prepare()
        self._perform()

    def take(self, update: Update) -> None:
        """Let an update be heard."""
        if self._now_s is None:
            return
        if isinstance(update, _STATE):
            self._state[type(update)] = update
        if isinstance(update, LineShown):
            self._line = spoken_words(update, self._content)
        if isinstance(update, _HEARD):
            self._tell(lambda soundscape: soundscape.take(update))
        if self._choices.wants_voice or not isinstance(update, LineShown):
            self.lines.take(update, self._content if self._choices.wants_voice else None)
        if isinstance(update, PracticeEnded):
            self._now_s = None
            if self._performance is not None:
                self._performance.finish()

    def end(self) -> None:
        """End what hasn't ended by itself."""
        if self._now_s is not None and not self._sample_end.isActive():
            self.take(PracticeEnded(self._now_s(), completed=False))

    def choose(self, choices: SoundChoices) -> None:
        """Take other volumes, another voice, or mute."""
        spoke = self._choices.wants_voice
        self._choices = choices
        self.voice.choose(choices)
        self._tell(lambda soundscape: soundscape.choose(choices))
        self._perform()
        if spoke and not choices.wants_voice:
            self.lines.hush()
        if choices.wants_voice and not spoke and self._now_s is not None:
            self.voice.prepare()
            if self._line:
                self.lines.say(self._line)

    @property
    def audible(self) -> bool:
        """Whether something sounds or is being spoken."""
        performance = self._performance
        playing = self._player is not None and self._player.playing
        sounds = playing and performance is not None and not performance.over
        return sounds or self.lines.speaking

    @property
    def speaks(self) -> bool:
        """Whether lines are spoken; a screen reader needn't say them then."""
        return self._choices.wants_voice

    # ---------------------------------------------------------------------------- grounding
    def ground(self) -> None:
        """Answer the key of grounding; its lines follow."""
        self.stop_sample()
        self.lines.ground()
        self._tell(lambda soundscape: soundscape.ground())

    def say(self, text: str) -> None:
        """Speak a line of grounding, if lines are spoken."""
        if self._choices.wants_voice:
            self.lines.say(text)

    def leave_grounding(self) -> None:
        """Leave the lines of grounding."""
        self.lines.leave_grounding()

    # ----------------------------------------------------------------------------- a sample
    def toggle_sample(self, pattern: BreathPattern, line: str) -> None:
        """Sound one breath as chosen, or stop doing so; not during a practice."""
        if self._sample_end.isActive():
            self.stop_sample()
        elif self._now_s is None:
            began_s = monotonic()
            self._now_s = lambda: monotonic() - began_s
            self._state = {}
            self._perform()
            for update in (
                PhaseStarted(0.0, PhaseName.GUIDED, None),
                GuideChanged(0.0, BreathSegment(0.0, pattern)),
                Metrics(0.0, following=Following(0.8, 0.75, 5.0, 0.9)),
            ):
                self.take(update)
            self.say(line)
            self._sample_end.start(round(pattern.cycle_s * 1000))
            self.sampling.emit(True)

    def stop_sample(self) -> None:
        """Stop the sample, if one sounds."""
        if self._sample_end.isActive():
            self._sample_end.stop()
            self.lines.hush()
            self._end_sample()

    def _end_sample(self) -> None:
        if self._now_s is not None and self._performance is not None:
            ends_s = self._now_s()
            performance = self._performance
            for update in (GuideChanged(ends_s, None), PracticeEnded(ends_s, completed=True)):
                performance.take(update)
            performance.finish()
        self._now_s = None
        self.sampling.emit(False)

    # ------------------------------------------------------------------------------- inside
    def close(self) -> None:
        """Fall silent and let everything go."""
        self._sample_end.stop()
        self.voice.close()
        if self._player is not None:
            self._player.close()
            self._player = None

    def _perform(self) -> None:
        """Begin to sound once there is something to hear and a clock to follow."""
        if self._now_s is None:
            return
        if self._performance is not None and not self._performance.finishing:
            return
        if not self._choices.wants_sound:
            return
        from biofeedback.sound.performance import Performance
        from biofeedback.sound.soundscape import Soundscape
        from gui.sound.player import Player

        if self._player is None:
            self._player = Player(self)
            self._player.noted.connect(lambda sentence: self._note("sound", sentence))
        self._performance = Performance(Soundscape(self._choices), self._now_s)
        for update in self._state.values():
            self._performance.take(update)
        self._player.play(self._performance)

    def _tell(self, what: Callable[[Soundscape], None]) -> None:
        if self._performance is not None and not self._performance.finishing:
            self._performance.tell(what)

    def _make_room(self, speaking: bool) -> None:
        self._tell(lambda soundscape: soundscape.speak(speaking))

    def _note(self, about: str, sentence: str) -> None:
        self._notes[about] = sentence
        self.noted.emit(" ".join(note for note in self._notes.values() if note))
