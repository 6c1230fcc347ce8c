"""Play for a moment, for real, and tell as JSON what happened: run as a module, in its own process.

``python -m tests.gui.sound.playing [--without-parts] SECONDS [AT:COMMAND ...]``
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.abc import MetaPathFinder
from time import monotonic

from PySide6.QtCore import QCoreApplication, QTimer

from biofeedback.practice.content import load_content
from biofeedback.sound.choices import SoundChoices
from biofeedback.types import (
    BreathPattern,
    BreathSegment,
    GuideChanged,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
)
from gui.sound.sounding import Sounding

CHOICES = SoundChoices(tones=0.8, bowl=0.5, voice=0.5)
BREATH = BreathPattern(1.0, 0.0, 1.0, 0.0)


class _Lacking(MetaPathFinder):
    """Stands for a system without libpulse0: the import fails as it does there."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name in {"PySide6.QtMultimedia", "PySide6.QtTextToSpeech"}:
            raise ImportError("libpulse.so.0: cannot open shared object file")


def main(arguments: list[str]) -> None:
    if arguments[0] == "--without-parts":
        sys.meta_path.insert(0, _Lacking())
        del arguments[0]
    app = QCoreApplication([])
    began_s = monotonic()

    def now_s() -> float:
        return monotonic() - began_s

    notes: list[tuple[float, str]] = []
    playing: list[tuple[float, bool]] = []
    sounding = Sounding(CHOICES, load_content())
    sounding.noted.connect(lambda sentence: notes.append((now_s(), sentence)))
    loaded_before = "PySide6.QtMultimedia" in sys.modules
    sounding.begin(now_s)
    sounding.take(PhaseStarted(0.0, PhaseName.GUIDED, None))
    sounding.take(GuideChanged(0.0, BreathSegment(0.0, BREATH)))

    def look() -> None:
        player = sounding._player
        playing.append((now_s(), player is not None and player.playing))

    looks = QTimer()
    looks.setInterval(100)
    looks.timeout.connect(look)
    looks.start()
    for each in arguments[1:]:
        at, _, command = each.partition(":")
        QTimer.singleShot(
            round(float(at) * 1000),
            lambda command=command: subprocess.run(
                command, shell=True, check=False, stdout=subprocess.DEVNULL
            ),
        )
    QTimer.singleShot(round(float(arguments[0]) * 1000), app.quit)
    app.exec()
    sounding.take(PracticeEnded(now_s(), completed=False))
    closing_s = monotonic()
    sounding.close()
    print(
        json.dumps(
            {
                "began_s": began_s,
                "notes": notes,
                "playing": playing,
                "loaded_before": loaded_before,
                "closed_in_s": monotonic() - closing_s,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
