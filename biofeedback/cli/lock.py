"""``lock``: a passphrase for everything that is kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from biofeedback.cli.passphrase import (
    ask,
    lines_of_stdin,
    passphrase_from_file,
    somebody_is_here,
    unlock_here,
)
from biofeedback.cli.say import CouldNotError, note, say, say_json
from biofeedback.sessions import locking
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.folder import data_folder
from biofeedback.sessions.key_file import FILE_NAME, KeyFile, passphrase_problem
from biofeedback.sessions.os_keyring import (
    forget_remembered,
    keyring_problem,
    remember,
    remembered,
)
from biofeedback.sessions.unlocked import is_lock_set, key_of


def run(options: argparse.Namespace) -> int:
    """Carry out one of the commands of ``lock``."""
    try:
        folder = data_folder()
        match options.lock_command:
            case "set":
                _set(folder, options)
            case "change":
                _change(folder, options)
            case "remove":
                _remove(folder, options)
            case "remember":
                _remember(folder)
            case "forget":
                _forget(folder)
            case _:
                _status(folder, as_json=options.json)
    except StorageError as error:
        raise CouldNotError(str(error)) from error
    except ValueError as error:  # a passphrase that is none
        raise CouldNotError(str(error)) from None
    return 0


def _status(folder: Path, *, as_json: bool) -> None:
    locking.recover_now(folder)
    file = KeyFile.read(folder / FILE_NAME)
    in_keyring = file is not None and remembered(file.key_id) is not None
    problem = keyring_problem()
    if as_json:
        say_json(
            {
                "locked": file is not None,
                "folder": str(folder),
                "remembered": in_keyring,
                "keyring": problem or None,
            }
        )
        return
    if file is None:
        say(f"No passphrase is set: whoever can read {folder} can read what is kept.")
        say("`hand-on-heart lock set` encrypts it.")
        return
    say(f"What is kept in {folder} is encrypted. It opens with your passphrase.")
    say(
        "This computer's keyring remembers the key; `hand-on-heart lock forget` takes it out."
        if in_keyring
        else "It is not remembered: the passphrase is asked for each time."
    )
    if not in_keyring and problem:
        say(problem)


def _set(folder: Path, options: argparse.Namespace) -> None:
    locking.recover_now(folder)
    if is_lock_set(folder):
        raise CouldNotError(
            "There is a passphrase already: `hand-on-heart lock change` takes another one."
        )
    note(locking.NO_RECOVERY)
    if not options.yes:
        if options.stdin or not somebody_is_here():
            raise CouldNotError("Say that you know this with --yes. Nothing was changed.")
        note("Write it down and keep it in a safe place, if that helps.")
        _confirm()
    (new,) = lines_of_stdin(1) if options.stdin else (_asked_twice(),)
    locking.set_lock(folder, new)
    say("Everything that is kept is encrypted from now on, with its copies. Keep the passphrase.")
    say(f"The file {FILE_NAME} belongs to it: a copy of your sessions needs it, too.")


def _change(folder: Path, options: argparse.Namespace) -> None:
    _see_that_it_is_set(folder)
    if options.stdin:
        old, new = lines_of_stdin(2)
    else:
        old, new = _present(options), _asked_twice()
    locking.change_passphrase(folder, old, new)
    say("Done. The new passphrase opens what is kept, and the old one no longer does.")
    note("Copies that you made elsewhere still open with the old one and the key file beside them.")


def _remove(folder: Path, options: argparse.Namespace) -> None:
    _see_that_it_is_set(folder)
    file = KeyFile.read(folder / FILE_NAME)
    locking.remove_lock(folder, _present(options))
    if file is not None:
        forget_remembered(file.key_id)
    say("Nothing is encrypted any more: whoever can read the folder can read what is kept.")


def _remember(folder: Path) -> None:
    _see_that_it_is_set(folder)
    if problem := keyring_problem():
        raise CouldNotError(problem)
    unlock_here()
    key = key_of(folder)
    assert key is not None
    remember(key)
    say(
        "Remembered in this computer's keyring. Whoever uses your account can open what is kept; "
        "`hand-on-heart lock forget` takes it out again."
    )


def _forget(folder: Path) -> None:
    _see_that_it_is_set(folder)
    file = KeyFile.read(folder / FILE_NAME)
    if file is not None:
        forget_remembered(file.key_id)
    say("It is not remembered: the passphrase is asked for each time.")


def _see_that_it_is_set(folder: Path) -> None:
    locking.recover_now(folder)
    if not is_lock_set(folder):
        raise CouldNotError("No passphrase is set. `hand-on-heart lock set` sets one.")


def _present(options: argparse.Namespace) -> str:
    """Return the passphrase that holds now."""
    if options.stdin:
        return lines_of_stdin(1)[0]
    given = passphrase_from_file()
    if given is not None:
        return given
    _see_that_it_can_be_asked()
    return ask("Passphrase: ")


def _asked_twice() -> str:
    _see_that_it_can_be_asked()
    new = ask("New passphrase: ")
    if problem := passphrase_problem(new):
        raise CouldNotError(problem)
    if ask("The same once more: ") != new:
        raise CouldNotError("The two are not the same. Nothing was changed; try again.")
    return new


def _see_that_it_can_be_asked() -> None:
    if not somebody_is_here():
        raise CouldNotError("Nobody is there to ask. For a script: --stdin reads it, a line each.")


def _confirm() -> None:
    note("Type yes to go on.")
    try:
        answer = input()
    except EOFError:
        answer = ""
    if answer.strip().lower() != "yes":
        raise CouldNotError("Nothing was changed.")
