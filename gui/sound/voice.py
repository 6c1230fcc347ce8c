"""The system's voice, as a `biofeedback.sound.spoken.Speaker`, on a thread of its own.

A speech service can take seconds to list its voices; the window mustn't wait for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QThread, Signal, Slot

from biofeedback.sound.choices import SoundChoices
from gui.sound.words import no_voice, no_voice_for, quieten_logs

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

TEST_ENGINE = "mock"
"""Qt's own engine for tests: it speaks in time, and no sound is heard."""

_CLOSE_MS = 15_000
"""A service that is just listing its voices ends that first."""


class SystemVoice(QObject):
    """Speaks with what the system has; thread and engine are made when a line is near.

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
    _prepare_wanted = Signal()
    _say_wanted = Signal(int, str, float, float)
    _stop_wanted = Signal()
    _language_wanted = Signal(str)
    _close_wanted = Signal()

    def __init__(self, language: str, engine: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._engine_name = engine
        self._thread: QThread | None = None
        self._engine: _Engine | None = None
        self._volume, self._rate = 1.0, 0.0
        self._number = 0
        self._begun = False

    @property
    def begun(self) -> bool:
        """Whether what was said last can be heard yet."""
        return self._begun

    def choose(self, choices: SoundChoices) -> None:
        """Take volume and rate; they count from the next line on."""
        self._volume, self._rate = choices.voice, choices.voice_rate

    def set_language(self, language: str) -> None:
        """Speak another language from the next line on."""
        if language != self._language:
            self._language = language
            self._language_wanted.emit(language)

    def prepare(self) -> None:
        """Get ready: a line is near."""
        self._started()
        self._prepare_wanted.emit()

    def say(self, text: str) -> None:
        """Speak; `finished` comes in any case."""
        engine = self._started()
        self._begun = False
        self._number += 1
        engine.wanted = self._number
        self._say_wanted.emit(self._number, text, self._volume, self._rate)

    def stop(self) -> None:
        """Fall silent; `finished` follows."""
        if self._engine is not None:
            self._engine.wanted = 0
        self._stop_wanted.emit()

    def _begins(self) -> None:
        self._begun = True

    def close(self) -> None:
        """Fall silent, and end the thread."""
        if self._thread is None:
            return
        self._close_wanted.emit()
        self._thread.wait(_CLOSE_MS)
        self._thread = self._engine = None

    def _started(self) -> _Engine:
        if self._engine is not None:
            return self._engine
        self._thread = QThread(self)
        self._thread.setObjectName("voice")
        self._engine = engine = _Engine(self._language, self._engine_name)
        engine.moveToThread(self._thread)
        engine.finished.connect(self.finished)
        engine.noted.connect(self.noted)
        engine.began.connect(self._begins)
        self._prepare_wanted.connect(engine.prepare)
        self._say_wanted.connect(engine.say)
        self._stop_wanted.connect(engine.stop)
        self._language_wanted.connect(engine.set_language)
        self._close_wanted.connect(engine.close)
        self._thread.start()
        return engine


class _Engine(QObject):
    """Lives on the thread of the voice, and has Qt's engine."""

    finished = Signal()
    noted = Signal(str)
    began = Signal()

    def __init__(self, language: str, name: str) -> None:
        super().__init__()
        self.wanted = 0
        """Number of the line that is wanted; set from outside, so that none is begun in vain."""
        self._language = language
        self._name = name
        self._speech: QTextToSpeech | None = None
        self._unable = False
        self._busy = False

    @Slot()
    def prepare(self) -> None:
        self._made()

    @Slot(int, str, float, float)
    def say(self, number: int, text: str, volume: float, rate: float) -> None:
        speech = self._made()
        if speech is None or number != self.wanted:
            self.finished.emit()
            return
        speech.setVolume(volume)
        speech.setRate(rate)
        self._busy = True
        speech.say(text)

    @Slot()
    def stop(self) -> None:
        if self._speech is not None and self._busy:
            self._speech.stop()

    @Slot(str)
    def set_language(self, language: str) -> None:
        self._language = language
        self._unable = False
        self._let_go()

    @Slot()
    def close(self) -> None:
        self._let_go()
        QThread.currentThread().quit()

    @property
    def speaking(self) -> bool:
        """Whether Qt's engine is speaking at this moment."""
        speech = self._speech
        return speech is not None and speech.state() is not speech.State.Ready

    @property
    def locale(self) -> str:
        """The variety that is spoken, such as ``en_GB``; empty before the first line."""
        return self._speech.locale().name() if self._speech is not None else ""

    # --------------------------------------------------------------------------- the engine
    def _made(self) -> QTextToSpeech | None:
        if self._speech is not None or self._unable:
            return self._speech
        self._unable = True
        quieten_logs()
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError:
            self.noted.emit(no_voice())
            return None
        names = [name for name in QTextToSpeech.availableEngines() if name != TEST_ENGINE]
        name = self._name or next(iter(names), "")
        speech = QTextToSpeech(name, self) if name else None
        if speech is None or speech.state() is QTextToSpeech.State.Error:
            self.noted.emit(no_voice())
            return None
        if not self._speaks_language(speech):
            language = QLocale(self._language).nativeLanguageName() or self._language
            self.noted.emit(no_voice_for(language))
            return None
        speech.stateChanged.connect(self._changed)
        self._speech, self._unable = speech, False
        self.noted.emit("")
        return speech

    def _speaks_language(self, speech: QTextToSpeech) -> bool:
        """Take the person's own variety of the language, or any there is."""
        wanted = QLocale(self._language).language()
        known = [each for each in speech.availableLocales() if each.language() is wanted]
        if not known:
            return False
        own = QLocale()
        best = next((each for each in known if each.territory() is own.territory()), known[0])
        if speech.locale().language() is not wanted or own.language() is wanted:
            speech.setLocale(best)
        return True

    def _let_go(self) -> None:
        speech, self._speech = self._speech, None
        if speech is not None:
            speech.stateChanged.disconnect(self._changed)
            speech.stop()
            speech.deleteLater()
        if self._busy:
            self._busy = False
            self.finished.emit()

    @Slot()
    def _changed(self) -> None:
        from PySide6.QtTextToSpeech import QTextToSpeech

        if self._speech is None or not self._busy:
            return
        if self._speech.state() is QTextToSpeech.State.Speaking:
            self.began.emit()
        if self._speech.state() in {QTextToSpeech.State.Ready, QTextToSpeech.State.Error}:
            self._busy = False
            self.finished.emit()
