"""What ``hand-on-heart doctor --json`` found, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from gui.screens.doctor import Finding
from gui.strap_words import CONTEXT as STRAPS
from gui.wording import tr


def findings(checks: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """Return each check in words."""
    return [_finding(check) for check in checks]


def to_copy(checks: Sequence[Mapping[str, Any]], version: str) -> str:
    """Return it for a report, in English: no folder, no strap's name, nothing that was heard."""
    lines = [f"{check['name']}: {check['answer']} {check['action']}".rstrip() for check in checks]
    return "\n".join([f"hand-on-heart {version}", *lines]) + "\n"


def _finding(check: Mapping[str, Any]) -> Finding:
    name, answer = str(check["name"]), str(check["answer"])
    sentence, action = str(check["sentence"]), str(check["action"])
    works = answer == "ok"
    if name == "data" and works:
        sentence = tr("What you practise can be kept.")
    elif name == "window" and works:
        sentence = tr("This window is open.")
    elif name == "strap" and works:
        sentence = tr("Near: {names}").format(names=sentence.partition(": ")[2])
    title = f"{_names().get(name, name)}: {_answers().get(answer, answer)}"
    return Finding(title, _said(sentence), _said(action))


def _names() -> dict[str, str]:
    return {
        "data": tr("Keeping"),
        "window": tr("Window"),
        "sound": tr("Sound"),
        "voice": tr("Voice"),
        "bluetooth": tr("Bluetooth"),
        "strap": tr("Strap"),
        "intervals": tr("Heartbeats"),
        "signal": tr("Signal"),
        "battery": tr("Battery"),
    }


def _answers() -> dict[str, str]:
    return {
        "ok": tr("works"),
        "attention": tr("not yet"),
        "could not check": tr("not known"),
    }


def _said(text: str) -> str:
    """Translate what is known; what names a package or a device stays as it is."""
    if not text:
        return ""
    told = QCoreApplication.translate(STRAPS, text)
    return _known().get(text, text) if told == text else told


def _known() -> dict[str, str]:
    return {
        "Bluetooth is on.": tr("Bluetooth is on."),
        "There is no loudspeaker or headphone to play on.": tr(
            "There is no loudspeaker or headphone to play on."
        ),
        "Connect one, or practise in silence: words and breath are on the screen.": tr(
            "Connect one, or practise in silence: words and breath are on the screen."
        ),
        "This system has no voice, so lines are not spoken.": tr(
            "This system has no voice, so lines are not spoken."
        ),
        "Nothing is known of the sound here.": tr("Nothing is known of the sound here."),
        "Practices run silent if there is none.": tr("Practices run silent if there is none."),
        "Nothing is known of a voice here.": tr("Nothing is known of a voice here."),
        "Lines are on the screen; they need not be spoken.": tr(
            "Lines are on the screen; they need not be spoken."
        ),
        "Its signal is faint: sit closer.": tr("Its signal is faint: sit closer."),
        "There were no beats to judge it by.": tr("There were no beats to judge it by."),
        "The strap did not say how full its battery is.": tr(
            "The strap did not say how full its battery is."
        ),
    }
