"""The one place that plays sound: a thread of its own that asks a `Performance` for samples.

A window that is busy drawing so never makes the sound stumble. Where sound can't be played, it is
silent and says why in a sentence; it comes back when a device does.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QIODevice,
    QObject,
    Qt,
    QThread,
    QTimer,
    Signal,
    Slot,
)

from biofeedback.sound.control import BLOCK
from biofeedback.sound.performance import Performance
from gui.sound.words import no_sound, no_sound_just_now, no_sound_output, quieten_logs

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices

QUEUE_S = 0.12
"""How much is made ahead at most."""

FILLED_S = 0.04
"""So often the queue is filled; by the rest of it the thread may be late without being heard."""

BEYOND_S = 0.012
"""From Qt's queue to the loudspeaker: what PulseAudio adds, measured at its monitor. What a device
adds of its own (Bluetooth headphones: up to 0.2 s) isn't told to programs."""

STALLED_S = 3.0
"""A device that has taken nothing so long is gone, though nobody said so: PulseAudio ends the
stream of a sink that was unplugged, and Qt doesn't tell. (A sleeping one may need 2 s to wake.)"""

RETRY_MS = 2000
_LOOK_MS = 250
_FADE_MS = round(QUEUE_S * 1000) + 60
_CLOSE_MS = 2000
_LEFT_RUNNING: list[tuple[object, object]] = []


class Player(QObject):
    """Plays one performance at a time."""

    noted = Signal(str)
    """Why nothing can be heard, as a sentence; empty takes it back."""
    _wanted = Signal(object)
    _closing = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: QThread | None = None
        self._output: _Output | None = None

    def play(self, performance: Performance) -> None:
        """Play a performance until it is over, or another comes."""
        if self._thread is None:
            self._thread = QThread(self)
            self._thread.setObjectName("sound")
            self._output = _Output()
            self._output.moveToThread(self._thread)
            self._output.noted.connect(self.noted)
            self._wanted.connect(self._output.play)
            self._closing.connect(self._output.close)
            self._thread.start(QThread.Priority.TimeCriticalPriority)
        self._wanted.emit(performance)

    @property
    def playing(self) -> bool:
        """Whether a device is being fed."""
        return self._output is not None and self._output.playing

    def close(self) -> None:
        """Fade away within a moment, and end the thread."""
        if self._thread is None:
            return
        self._closing.emit()
        if not self._thread.wait(_CLOSE_MS):
            # It may still be finding its devices. Whatever is taken from a running thread ends the
            # program, so all of it stays until the program does.
            self._thread.setParent(None)
            _LEFT_RUNNING.append((self._thread, self._output))
        self._thread = self._output = None


class _Output(QObject):
    """Lives on the thread of sound: finds a device, feeds it, and finds another when it goes."""

    noted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._performance: Performance | None = None
        self._devices: QMediaDevices | None = None
        self._device: QAudioDevice | None = None
        self._sink: QAudioSink | None = None
        self._feed: _Feed | None = None
        self._told: str | None = None
        self._looks: QTimer | None = None

    @property
    def playing(self) -> bool:
        return self._sink is not None

    @Slot(object)
    def play(self, performance: Performance) -> None:
        self._performance = performance
        if self._looks is None:
            self._looks = QTimer(self)
            self._looks.setInterval(_LOOK_MS)
            self._looks.timeout.connect(self._look)
        self._looks.start()
        if self._feed is not None:
            self._feed.change(performance)
        else:
            self._open()

    @Slot()
    def close(self) -> None:
        self._performance = None
        if self._feed is not None:
            self._feed.change(None)
            QTimer.singleShot(_FADE_MS, self, self._end)
        else:
            self._end()

    @Slot()
    def _end(self) -> None:
        self._shut()
        for owned in (self._looks, self._devices):
            if owned is not None:
                owned.deleteLater()
        self._looks = self._devices = None
        QThread.currentThread().quit()

    # ------------------------------------------------------------------------- the device
    @Slot()
    def _open(self) -> None:
        if self._performance is None or self._sink is not None:
            return
        if not self._loaded():
            return
        from PySide6.QtMultimedia import QAudioSink, QMediaDevices

        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            self._note(no_sound_output())
            QTimer.singleShot(RETRY_MS, self, self._open)
            return
        described = _format(device, self._performance.rate_hz)
        if described is None:
            self._note(no_sound_output())
            return
        self._device = device
        self._sink = QAudioSink(device, described, self)
        self._sink.setBufferSize(described.bytesForDuration(round(QUEUE_S * 1e6)))
        self._sink.stateChanged.connect(self._changed)
        self._feed = _Feed(self._performance, self._sink, described, self)
        self._feed.start()
        if self._sink is not None:
            self._note("")

    def _loaded(self) -> bool:
        if self._devices is not None:
            return True
        quieten_logs()
        try:
            from PySide6.QtMultimedia import QMediaDevices
        except ImportError:
            self._note(no_sound())
            return False
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._outputs_changed)
        return True

    @Slot()
    def _outputs_changed(self) -> None:
        """Go to the device that sound goes to now; from one that was unplugged in any case."""
        from PySide6.QtMultimedia import QMediaDevices

        default = QMediaDevices.defaultAudioOutput()
        if self._sink is not None and (self._device is None or default.id() != self._device.id()):
            self._shut()
        self._open()

    @Slot()
    def _changed(self) -> None:
        """Leave a sink that has failed; look for a device again in a while."""
        from PySide6.QtMultimedia import QtAudio

        sink = self._sink
        if sink is None:
            return
        error = sink.error()
        if error in {QtAudio.Error.NoError, QtAudio.Error.UnderrunError}:
            return
        self._give_up()

    def _give_up(self) -> None:
        self._shut()
        self._note(no_sound_just_now())
        QTimer.singleShot(RETRY_MS, self, self._open)

    def _shut(self) -> None:
        sink, feed = self._sink, self._feed
        self._sink = self._feed = self._device = None
        if feed is not None:
            feed.stop()
        if sink is not None:
            sink.stateChanged.disconnect(self._changed)
            sink.stop()
            sink.deleteLater()
        if feed is not None:
            feed.deleteLater()

    @Slot()
    def _look(self) -> None:
        """Rest once all has died away; leave a device that has stopped taking."""
        if self._feed is not None and self._feed.took_s_ago() > STALLED_S:
            self._give_up()
        if self._performance is not None and self._performance.over:
            self._performance = None
            self._shut()
            if self._looks is not None:
                self._looks.stop()

    def _note(self, sentence: str) -> None:
        if sentence != (self._told or ""):
            self._told = sentence
            self.noted.emit(sentence)


class _Feed(QObject):
    """Fills a sink with whole blocks of a performance, in the device's format.

    Qt would ask for every 5 ms of sound by itself; each time costs Python's lock, for which the
    window waits. So the sink is filled up a few times a second.
    """

    def __init__(
        self, performance: Performance, sink: QAudioSink, described: QAudioFormat, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._performance: Performance | None = performance
        self._sink = sink
        self._device: QIODevice | None = None
        self._frame_bytes = described.bytesPerFrame()
        self._bytes_per_s = self._frame_bytes * described.sampleRate()
        self._channels = described.channelCount()
        self._floats = described.bytesPerSample() == 4
        self._left = b""
        self._took_s = monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(FILLED_S * 1000))
        self._timer.timeout.connect(self.fill)

    def start(self) -> None:
        """Begin to fill."""
        self._device = self._sink.start()
        self.fill()
        self._timer.start()

    def stop(self) -> None:
        """Leave the sink alone."""
        self._timer.stop()
        self._device = None

    @Slot()
    def fill(self) -> None:
        """Give the device as much as it has room for."""
        device, room = self._device, self._sink.bytesFree()
        if device is None or room < self._frame_bytes:
            return
        queued = self._sink.bufferSize() - room
        while len(self._left) < room:
            self._left += self._encoded(self._block(queued + len(self._left)))
        took = device.write(self._left[:room])
        if took > 0:
            self._left = self._left[took:]
            self._took_s = monotonic()

    def change(self, performance: Performance | None) -> None:
        """Fade out what sounds, and go on with another performance, or with silence."""
        last = self._block(self._sink.bufferSize() - self._sink.bytesFree() + len(self._left))
        self._left += self._encoded(last * np.linspace(1, 0, len(last), dtype=np.float32))
        self._performance = performance

    def _block(self, before: int) -> NDArray[np.float32]:
        """Make a block that follows on so many bytes."""
        if self._performance is None:
            return np.zeros(BLOCK, dtype=np.float32)
        return self._performance.block(before / self._bytes_per_s + BEYOND_S)

    def took_s_ago(self) -> float:
        """Return the seconds since the device took something."""
        return monotonic() - self._took_s

    def _encoded(self, block: NDArray[np.float32]) -> bytes:
        samples = block if self._floats else np.round(block * 32767).astype(np.int16)
        return np.repeat(samples, self._channels).tobytes()


def _format(device: QAudioDevice, rate_hz: int) -> QAudioFormat | None:
    """Return the best format of ours that a device takes."""
    from PySide6.QtMultimedia import QAudioFormat

    for kind in (QAudioFormat.SampleFormat.Float, QAudioFormat.SampleFormat.Int16):
        for channels in (2, 1):
            described = QAudioFormat()
            described.setSampleRate(rate_hz)
            described.setChannelCount(channels)
            described.setSampleFormat(kind)
            if device.isFormatSupported(described):
                return described
    return None
