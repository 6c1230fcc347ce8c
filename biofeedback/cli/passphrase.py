"""Where a passphrase comes from: the keyring, a file that a script names, or whoever sits here.

Never from the command line, which other users of the computer can read.
"""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from biofeedback.cli.say import CouldNotError, note
from biofeedback.sessions.errors import StorageError, WrongPassphraseError
from biofeedback.sessions.folder import data_folder
from biofeedback.sessions.key_file import FILE_NAME, LONGEST_CHARS, KeyFile
from biofeedback.sessions.unlocked import is_lock_set, is_locked_now

FILE_VARIABLE = "HAND_ON_HEART_PASSPHRASE_FILE"
TRIES = 3

_LONGEST_BYTES = LONGEST_CHARS * 4 + 2


def unlock_here() -> None:
    """Open what is kept if it is locked, asking for the passphrase where somebody can answer.

    Raises
    ------
    CouldNotError
        If nobody can, or it is not the passphrase.
    """
    folder = data_folder()
    if not is_locked_now(folder):
        return
    from biofeedback.sessions.locking import recover_now, unlock

    try:
        recover_now(folder)
        if not is_lock_set(folder) or _opened_by_keyring(folder):
            return
        given = passphrase_from_file()
        if given is not None:
            unlock(folder, given)
            return
        _see_that_somebody_is_here()
        for left in reversed(range(TRIES)):
            try:
                unlock(folder, ask("Passphrase: "))
            except WrongPassphraseError as error:
                if not left:
                    raise
                note(str(error))
            else:
                return
    except StorageError as error:
        raise CouldNotError(str(error)) from error


def passphrase_from_file() -> str | None:
    """Return the first line of the file that `FILE_VARIABLE` names; None where it names none.

    Raises
    ------
    CouldNotError
        If it can't be read, or others can read it as well.
    """
    named = os.environ.get(FILE_VARIABLE)
    if not named:
        return None
    path = Path(named).expanduser()
    try:
        if os.name == "posix" and path.is_file() and path.stat().st_mode & 0o077:
            raise CouldNotError(
                f"Others can read {path}, which {FILE_VARIABLE} names. chmod 600 it first."
            )
        with path.open("rb") as file:
            line = file.readline(_LONGEST_BYTES)
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise CouldNotError(f"The passphrase in {path} is no text in UTF-8.") from None
    except OSError as error:
        raise CouldNotError(
            f"{path}, which {FILE_VARIABLE} names, cannot be read: {error.strerror or error}."
        ) from error


def lines_of_stdin(n_lines: int) -> list[str]:
    """Return so many passphrases from standard input, one a line.

    Raises
    ------
    CouldNotError
        If there are fewer.
    """
    lines = [sys.stdin.readline(_LONGEST_BYTES) for _ in range(n_lines)]
    if not all(lines):
        wanted = "a line" if n_lines == 1 else f"{n_lines} lines"
        raise CouldNotError(f"--stdin reads {wanted} from standard input, and there are fewer.")
    return [line.rstrip("\r\n") for line in lines]


def ask(prompt: str) -> str:
    """Ask for a passphrase; nothing that is typed is shown.

    Raises
    ------
    CouldNotError
        If the input ends.
    """
    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise CouldNotError("No passphrase was given. Nothing was changed.") from None


def somebody_is_here() -> bool:
    """Tell whether somebody can be asked."""
    return sys.stdin.isatty()


def _see_that_somebody_is_here() -> None:
    if not somebody_is_here():
        raise CouldNotError(
            "What is kept is locked. In a terminal you are asked for the passphrase; for a script, "
            f"put it into a file that you alone can read, and name that file in {FILE_VARIABLE}."
        )


def _opened_by_keyring(folder: Path) -> bool:
    from biofeedback.sessions.locking import unlock_with
    from biofeedback.sessions.os_keyring import remembered

    file = KeyFile.read(folder / FILE_NAME)
    key = None if file is None else remembered(file.key_id)
    if key is None:
        return False
    unlock_with(folder, key)
    return True
