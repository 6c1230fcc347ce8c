"""The system's voice, as a `biofeedback.sound.spoken.Speaker`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from biofeedback.sound.choices import SoundChoices
from gui.sound.words import no_voice, no_voice_for, quieten_logs

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

TEST_ENGINE = "mock"
"""Qt's own engine for tests: it speaks in time, and no sound is heard."""


class SystemVoice(QObject):
    """Speaks with what the system has; the engine is made for the first line.

    Parameters
    ----------
    language
        Of the lines, as ISO 639 says it; a voice of another language doesn't read them.
    engine
        Qt's name of an engine; empty takes the system's own.
    """

    finished = Signal()
    """The line is over, was stopped, or couldn't be spoken."""
    noted = Signal(str)
    """Why nothing is spoken, as a sentence; empty takes it back."""

    def __init__(self, language: str, engine: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._wanted_engine = engine
        self._engine: QTextToSpeech | None = None
        self._unable = False
        self._busy = False
        self._volume, self._rate = 1.0, 0.0

    def choose(self, choices: SoundChoices) -> None:
        """Take volume and rate; they count from the next line on."""
        self._volume, self._rate = choices.voice, choices.voice_rate

    def set_language(self, language: str) -> None:
        """Speak another language from the next line on."""
        if language != self._language:
            self._language = language
            self._unable = False
            if self._engine is not None:
                self.stop()
                self.close()

    def say(self, text: str) -> None:
        """Speak; `finished` comes in any case."""
        engine = self._made()
        if engine is None:
            QTimer.singleShot(0, self, self.finished.emit)
            return
        engine.setVolume(self._volume)
        engine.setRate(self._rate)
        self._busy = True
        engine.say(text)

    def stop(self) -> None:
        """Fall silent; `finished` follows."""
        if self._engine is not None and self._busy:
            self._engine.stop()

    def close(self) -> None:
        """Let the engine go."""
        if self._engine is not None:
            self._engine.stateChanged.disconnect(self._changed)
            self._engine.stop()
            self._engine.deleteLater()
            self._engine = None
            if self._busy:
                self._busy = False
                QTimer.singleShot(0, self, self.finished.emit)

    # --------------------------------------------------------------------------- the engine
    def _made(self) -> QTextToSpeech | None:
        if self._engine is not None or self._unable:
            return self._engine
        self._unable = True
        quieten_logs()
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError:
            self.noted.emit(no_voice())
            return None
        names = [name for name in QTextToSpeech.availableEngines() if name != TEST_ENGINE]
        name = self._wanted_engine or next(iter(names), "")
        engine = QTextToSpeech(name, self) if name else None
        if engine is None or engine.state() is QTextToSpeech.State.Error:
            self.noted.emit(no_voice())
            return None
        if not self._speaks_language(engine):
            name = QLocale(self._language).nativeLanguageName() or self._language
            self.noted.emit(no_voice_for(name))
            return None
        engine.stateChanged.connect(self._changed)
        self._engine, self._unable = engine, False
        self.noted.emit("")
        return engine

    def _speaks_language(self, engine: QTextToSpeech) -> bool:
        """Take the person's own variety of the language, or any there is."""
        wanted = QLocale(self._language).language()
        known = [each for each in engine.availableLocales() if each.language() is wanted]
        if not known:
            return False
        own = QLocale()
        best = next((each for each in known if each.territory() is own.territory()), known[0])
        if engine.locale().language() is not wanted or own.language() is wanted:
            engine.setLocale(best)
        return True

    def _changed(self) -> None:
        from PySide6.QtTextToSpeech import QTextToSpeech

        if self._engine is None or not self._busy:
            return
        if self._engine.state() in {QTextToSpeech.State.Ready, QTextToSpeech.State.Error}:
            self._busy = False
            # not within the engine's own call: the next line would be said from inside it
            QTimer.singleShot(0, self, self.finished.emit)
