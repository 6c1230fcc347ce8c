"""Whether a practice can sound here, for ``doctor``."""

from __future__ import annotations

import sys
from typing import Any

from biofeedback.cli.probing import probed
from devices.words import Words

PROBE = (sys.executable, "-m", "gui.sound_probe")
"""The process that tries."""

_SILENT: Words = Words(
    "Nothing is known of the sound here.", "Practices run silent if there is none."
)


def sound_words() -> tuple[bool | None, Words]:
    """Try the sound in a process of its own; a tenth of a second of silence is played.

    Returns
    -------
    bool or None
        Whether it works; None where that could not be found out.
    Words
        What is the matter, and what helps.
    """
    found = probed(PROBE)
    return (None, _SILENT) if found is None else _words(found)


def _words(found: dict[str, Any]) -> tuple[bool | None, Words]:
    missing = str(found.get("missing", ""))
    if missing:
        return False, _missing_words(missing)
    device, error = str(found.get("device", "")), str(found.get("error", ""))
    if not device:
        return False, Words(
            "There is no loudspeaker or headphone to play on.",
            "Connect one, or practise in silence: words and breath are on the screen.",
        )
    if error:
        return False, Words(
            f"Sound could not be played on {device} ({error}).",
            "Close other programs that use it, or choose another output in the system's settings.",
        )
    return True, Words(f"Sound can be played on {device}.", "")


def _missing_words(error: str) -> Words:
    if "libpulse" in error:
        return Words(
            "Sound needs libpulse.so.0, which is not installed.",
            "On Debian or Ubuntu: apt install libpulse0",
        )
    if "shared object" in error:
        library = error.partition(":")[0]
        return Words(f"Sound needs {library}, which is not installed.", "Install it.")
    return Words(
        "The library for sound (PySide6-Addons) is not installed. Practices run silent.",
        "Install it: pip install PySide6-Addons",
    )
