"""Tries the sound of this computer in a process of its own, and says what came of it as JSON.

``python -m gui.sound_probe``: whoever wants to know without loading Qt, or risking that one of
its libraries ends the process, starts this. It plays a tenth of a second of silence.
"""

from __future__ import annotations

import json
import sys

_LIMIT_MS = 3000
_SILENCE_S = 0.1


def main() -> int:
    """Print one object: ``missing``, or ``device`` (empty: none) and ``error`` (empty: none)."""
    try:
        found = _try()
    except ImportError as error:
        found = {"missing": str(error)}
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


def _try() -> dict[str, str]:
    from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QTimer
    from PySide6.QtMultimedia import QAudioSink, QMediaDevices, QtAudio

    app = QCoreApplication([])
    device = QMediaDevices.defaultAudioOutput()
    if device.isNull():
        return {"device": "", "error": ""}
    preferred = device.preferredFormat()
    buffer = QBuffer()
    buffer.setData(QByteArray(b"\0" * preferred.bytesForDuration(round(_SILENCE_S * 1e6))))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    sink = QAudioSink(device, preferred)

    def changed(state: QtAudio.State) -> None:
        if state in (QtAudio.State.IdleState, QtAudio.State.StoppedState):
            app.quit()

    sink.stateChanged.connect(changed)
    QTimer.singleShot(_LIMIT_MS, app.quit)
    sink.start(buffer)
    app.exec()
    error = sink.error()
    sink.stop()
    # It ran out of silence: that is how it ends.
    fine = error in (QtAudio.Error.NoError, QtAudio.Error.UnderrunError)
    return {"device": device.description(), "error": "" if fine else error.name}


if __name__ == "__main__":
    raise SystemExit(main())
