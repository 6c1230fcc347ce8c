"""The system's voice, as a `biofeedback.sound.spoken.Speaker`: a process of its own that speaks.

Why a process, and what is said to it: `gui.sound.voice_process`.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from biofeedback.sound.choices import SoundChoices
from gui.sound.words import no_voice

_CLOSE_MS = 400
_TRIES = 3
"""A voice that ends by itself is begun again so often."""


class SystemVoice(QObject):
    """Speaks with what the system has; the process begins when a line is near.

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
        self._engine = engine
        self._process: QProcess | None = None
        self._tries = 0
        self._volume, self._rate = 1.0, 0.0
        self._number = 0
        self._busy = self._begun = False

    @property
    def begun(self) -> bool:
        """Whether what was said last can be heard yet."""
        return self._begun

    @property
    def busy(self) -> bool:
        """Whether a line was said and isn't over."""
        return self._busy

    def choose(self, choices: SoundChoices) -> None:
        """Take volume and rate; they count from the next line on."""
        self._volume, self._rate = choices.voice, choices.voice_rate

    def set_language(self, language: str) -> None:
        """Speak another language from the next line on."""
        if language != self._language:
            self._language = language
            if self._process is not None:
                self._ask({"do": "language", "language": language})

    def prepare(self) -> None:
        """Wake the voice: a line is near."""
        if self._awake():
            self._ask({"do": "prepare"})

    def say(self, text: str) -> None:
        """Speak; `finished` comes in any case."""
        self._busy, self._begun = True, False
        self._number += 1
        if not self._awake():
            QTimer.singleShot(0, self, self._done)
            return
        self._ask(
            {
                "do": "say",
                "number": self._number,
                "text": text,
                "volume": self._volume,
                "rate": self._rate,
            }
        )

    def stop(self) -> None:
        """Fall silent; `finished` follows."""
        if self._process is not None and self._busy:
            self._ask({"do": "stop"})

    def close(self) -> None:
        """Let the voice go."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._ended)
            process.errorOccurred.disconnect(self._ended)
            process.closeWriteChannel()
            if not process.waitForFinished(_CLOSE_MS):
                process.kill()
                process.waitForFinished(_CLOSE_MS)
            process.deleteLater()

    # -------------------------------------------------------------------------- the process
    def _awake(self) -> bool:
        if self._process is not None:
            return True
        if self._tries >= _TRIES:
            return False
        self._tries += 1
        self._process = process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._ended)
        arguments = ["-m", "gui.sound.voice_process", self._language, self._engine]
        process.start(sys.executable, arguments)
        return True

    def _ask(self, what: dict[str, object]) -> None:
        if self._process is not None:
            self._process.write(json.dumps(what).encode() + b"\n")

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            told = json.loads(bytes(self._process.readLine().data()))
            match told["told"]:
                case "began":
                    self._begun = True
                case "noted":
                    self.noted.emit(told["sentence"])
                case _:
                    self._done()

    def _done(self) -> None:
        if self._busy:
            self._busy = False
            self.finished.emit()

    def _ended(self) -> None:
        """Go on without a voice that has ended by itself."""
        process, self._process = self._process, None
        if process is None:
            return
        process.deleteLater()
        if self._tries >= _TRIES:
            self.noted.emit(no_voice())
        self._done()
