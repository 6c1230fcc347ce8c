"""The process of the voice: lines of JSON in, lines of JSON out.

``python -m gui.sound.voice_process LANGUAGE [ENGINE]``. A speech service may take seconds to list
its voices, and Qt lets no other Python run meanwhile: in the program itself the window would stand
still, and packets of the strap would be stamped late. Here nothing else waits.

In: ``{"do": "say", "number": 1, "text": ..., "volume": ..., "rate": ...}``, ``stop``, ``prepare``,
``language``. Out: ``{"told": "began"}``, ``finished`` or ``noted`` with a sentence. It ends with
its input.
"""

from __future__ import annotations

import json
import sys
import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer, Signal, Slot

from gui.sound.words import no_voice, no_voice_for, quieten_logs

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

TEST_ENGINE = "mock"
"""Qt's own engine for tests: it speaks in time, and no sound is heard."""

_HEARS_MS = 50


class _Ear(QObject):
    """Reads what is wanted on a thread of its own; tells it on Qt's."""

    prepare = Signal()
    say = Signal(int, str, float, float)
    stop = Signal()
    language = Signal(str)
    ended = Signal()

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine
        self.prepare.connect(engine.prepare)
        self.say.connect(engine.say)
        self.stop.connect(engine.stop)
        self.language.connect(engine.set_language)

    def listen(self) -> None:
        """Read until the program that speaks through this has gone."""
        for line in sys.stdin:
            self._hear(json.loads(line))
        self.ended.emit()

    def _hear(self, wanted: dict[str, Any]) -> None:
        match wanted["do"]:
            case "say":
                self._engine.wanted = wanted["number"]
                self.say.emit(wanted["number"], wanted["text"], wanted["volume"], wanted["rate"])
            case "stop":
                self._engine.wanted = 0
                self.stop.emit()
            case "language":
                self.language.emit(wanted["language"])
            case _:
                self.prepare.emit()


class Engine(QObject):
    """Qt's engine, which speaks the lines that are wanted."""

    finished = Signal()
    noted = Signal(str)
    began = Signal()

    def __init__(self, language: str, name: str) -> None:
        super().__init__()
        self.wanted = 0
        """Number of the line that is wanted; set as soon as it is read, ahead of the queue."""
        self._language = language
        self._name = name
        self._speech: QTextToSpeech | None = None
        self._unable = False
        self._busy = False

    @Slot()
    def prepare(self) -> None:
        """Wake the engine."""
        self._made()

    @Slot(int, str, float, float)
    def say(self, number: int, text: str, volume: float, rate: float) -> None:
        """Speak line ``number``, if it is wanted still."""
        waking = self._speech is None
        speech = self._made()
        if speech is not None and waking:
            # it may have taken seconds: first hear whether the line is wanted still
            QTimer.singleShot(_HEARS_MS, self, lambda: self.say(number, text, volume, rate))
            return
        if speech is None or number != self.wanted:
            self.finished.emit()
            return
        speech.setVolume(volume)
        speech.setRate(rate)
        self._busy = True
        speech.say(text)

    @Slot()
    def stop(self) -> None:
        """Fall silent."""
        if self._speech is not None and self._busy:
            self._speech.stop()

    @Slot(str)
    def set_language(self, language: str) -> None:
        """Look for a voice of another language."""
        self._language = language
        self._unable = False
        self._let_go()

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


def main(arguments: list[str]) -> int:
    """Speak until the input ends."""
    app = QCoreApplication([])
    language, name = (*arguments, "")[:2]
    engine = Engine(language, name)
    engine.began.connect(lambda: _tell("began"))
    engine.finished.connect(lambda: _tell("finished"))
    engine.noted.connect(lambda sentence: _tell("noted", sentence))
    ear = _Ear(engine)
    ear.ended.connect(app.quit)
    threading.Thread(target=ear.listen, name="ear", daemon=True).start()
    return app.exec()


def _tell(what: str, sentence: str = "") -> None:
    sys.stdout.write(json.dumps({"told": what, "sentence": sentence}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
