"""Looks for this computer's voices in a process of its own, and tells of them as JSON.

``python -m gui.voice_probe``: whoever wants to know without loading Qt, or waiting for a speech
service that never answers, starts this. Nothing is spoken.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from gui.sound.voice_process import TEST_ENGINE
from gui.sound.words import quieten_logs


def main() -> int:
    """Print one object: ``missing``, or ``engine`` (empty: none) and ``languages`` (ISO 639)."""
    try:
        found = _look()
    except ImportError as error:
        found = {"missing": str(error)}
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


def _look() -> dict[str, Any]:
    from PySide6.QtCore import QCoreApplication, QLocale
    from PySide6.QtTextToSpeech import QTextToSpeech

    app = QCoreApplication([])
    quieten_logs()
    names = [name for name in QTextToSpeech.availableEngines() if name != TEST_ENGINE]
    speech = QTextToSpeech(names[0], app) if names else None
    if speech is None or speech.state() is QTextToSpeech.State.Error:
        return {"engine": "", "languages": []}
    codes = {QLocale.languageToCode(each.language()) for each in speech.availableLocales()}
    return {"engine": names[0], "languages": sorted(codes)}


if __name__ == "__main__":
    raise SystemExit(main())
