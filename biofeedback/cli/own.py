"""The person's own guides, words and plans, and the language that they are spoken in."""

from __future__ import annotations

import argparse
import os

from biofeedback.cli.passphrase import unlock_here
from biofeedback.cli.say import CouldNotError, note
from biofeedback.practice.languages import best_language, languages, system_languages
from biofeedback.practice.personal import Personal
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.folder import data_folder
from biofeedback.sessions.personal_file import PersonalFile


def own(*, asking: bool = True) -> Personal:
    """Return what is the person's own.

    Parameters
    ----------
    asking
        As `own_file`.

    Raises
    ------
    CouldNotError
        If the data folder can't be used.
    """
    return own_file(asking=asking).personal


def own_file(*, asking: bool = True) -> PersonalFile:
    """Open the file of it; one that was set aside is told of.

    Parameters
    ----------
    asking
        Whether the passphrase is asked for where it is locked.

    Raises
    ------
    CouldNotError
        If the data folder can't be used.
    """
    try:
        if asking:
            unlock_here()
        file = PersonalFile(data_folder())
    except StorageError as error:
        raise CouldNotError(str(error)) from error
    if file.notice:
        note(file.notice)
    return file


def given_language(options: argparse.Namespace) -> str:
    """Return the language that was asked for; empty if none was.

    Raises
    ------
    CouldNotError
        If there are no words in it.
    """
    given: str = options.language
    if given and given not in languages():
        raise CouldNotError(
            f"There are no words in the language '{given}'. There are: {', '.join(languages())}."
        )
    return given


def language_for(options: argparse.Namespace) -> str:
    """Return the language that was asked for, or else the system's where there are words in it."""
    return given_language(options) or best_language(system_languages(os.environ))
