"""What is said where nothing can be heard, and keeping Qt from saying it in its own way."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLoggingCategory

from gui.system import missing_for_sound, missing_for_speech


def tr(text: str) -> str:
    """Return ``text`` in the person's language."""
    return QCoreApplication.translate("sound", text)


def quieten_logs() -> None:
    """Keep what Qt's sound and speech say of missing parts off the terminal: we say it in words."""
    QLoggingCategory.setFilterRules("qt.multimedia.*=false\nqt.speech.*=false")


def no_sound() -> str:
    """Say why Qt can't sound here, and what to install where we know it."""
    packages = " ".join(package for _, package in missing_for_sound())
    if packages:
        return tr(
            "There is no sound: a part is missing (on Debian: apt install {packages})."
        ).format(packages=packages)
    return tr("There is no sound: Qt's part for it is missing.")


def no_sound_output() -> str:
    """Say that there is no device."""
    return tr("There is no sound: this computer has no audio output just now.")


def no_sound_just_now() -> str:
    """Say that the device has gone."""
    return tr("There is no sound just now. It comes back with the audio output.")


def no_sound_at_speed() -> str:
    """Say that nothing sounds where time runs faster."""
    return tr("Sound and voice rest while time runs faster.")


def no_voice() -> str:
    """Say why nothing is spoken, and what to install where we know it."""
    packages = " ".join(package for _, package in missing_for_speech())
    if packages:
        return tr(
            "The lines are not spoken: a part is missing (on Debian: apt install {packages})."
        ).format(packages=packages)
    return tr("The lines are not spoken: this system has no voice.")


def no_voice_for(language: str) -> str:
    """Say that no voice of the words' language is installed."""
    return tr("The lines are not spoken: no voice for {language} is installed.").format(
        language=language
    )
