"""Whether lines can be spoken here, for ``doctor``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from biofeedback.cli.probing import probed
from biofeedback.practice.languages import languages
from devices.words import Words

PROBE = (sys.executable, "-m", "gui.voice_probe")
"""The process that looks."""

_UNKNOWN = Words(
    "Nothing is known of a voice here.", "Lines are on the screen; they need not be spoken."
)
_NAMES = {"en": "English", "de": "German"}


def _missing_packages() -> list[str]:
    from gui.system import missing_for_speech

    return [package for _, package in missing_for_speech()]


def voice_words(
    missing_packages: Callable[[], list[str]] = _missing_packages,
) -> tuple[bool | None, Words]:
    """Look for voices in a process of its own; nothing is spoken.

    Parameters
    ----------
    missing_packages
        Tells the Debian packages that speech lacks here.

    Returns
    -------
    bool or None
        Whether there is a voice for a language of the words; None where that could not be found
        out.
    Words
        What is the matter, and what helps.
    """
    found = probed(PROBE)
    if found is None:
        return None, _UNKNOWN
    return _words(found, missing_packages)


def _words(found: dict[str, Any], missing_packages: Callable[[], list[str]]) -> tuple[bool, Words]:
    if "missing" in found:
        if packages := missing_packages():
            return False, _install(packages)
        return False, Words(
            "The library for speech (PySide6-Addons) is not installed. Lines are not spoken.",
            "Install it: pip install PySide6-Addons",
        )
    if not found.get("engine"):
        return False, _install(missing_packages() or ["speech-dispatcher"])
    spoken = [code for code in languages() if code in found.get("languages", ())]
    if not spoken:
        return False, Words(
            "There is no voice for the languages of the words. Lines are not spoken.",
            "Install one; on Debian or Ubuntu: apt install speech-dispatcher-espeak-ng",
        )
    named = " and ".join(_NAMES.get(code, code) for code in spoken)
    return True, Words(f"Lines can be spoken in {named}.", "")


def _install(packages: list[str]) -> Words:
    if not sys.platform.startswith("linux"):
        return Words(
            "This system has no voice, so lines are not spoken.",
            "Add one in the system's settings for speech.",
        )
    wanted = [*packages, "speech-dispatcher-espeak-ng"]
    return Words(
        "This system has no voice, so lines are not spoken.",
        "On Debian or Ubuntu: apt install " + " ".join(dict.fromkeys(wanted)),
    )
