"""Set a lock on everything that is kept, change its passphrase, take it away, open it.

What is encrypted: the database with its log, every copy of it beside it, and the person's own
words. The moment at which the database itself is put in place decides: killed before, setting is
as if it had not begun; killed after, `unlock` does what is left. Removing is the same, backwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from biofeedback.sessions.backups import no_backup_is_made
from biofeedback.sessions.converting import (
    decrypt_database,
    encrypt_database,
    is_encrypted,
    is_plain,
    refuse_if_in_use,
    seal_file,
    sidecars,
    unseal_file,
    wipe,
    wipe_leftovers,
)
from biofeedback.sessions.database import FILE_NAME as DATABASE
from biofeedback.sessions.database import opening
from biofeedback.sessions.deletion import BACKUPS, copies
from biofeedback.sessions.errors import (
    DamagedStoreError,
    KeyFileError,
    LockedStoreError,
    StorageError,
    from_os,
)
from biofeedback.sessions.folder import private_folder
from biofeedback.sessions.key_file import FILE_NAME, Cost, KeyFile, Stage, StoreKey
from biofeedback.sessions.sealed import SealError
from biofeedback.sessions.unlocked import forget, hold
from biofeedback.sessions.whole_file import settle

NO_RECOVERY = (
    "There is no recovery: whoever forgets the passphrase loses everything that is kept here. "
    "Nobody can open it again, and neither can we."
)
"""Said first, and to be confirmed."""


def set_lock(folder: Path, passphrase: str, *, cost: Cost | None = None) -> StoreKey:
    """Encrypt everything that is kept in ``folder``, now and from now on.

    Parameters
    ----------
    folder
        The data folder.
    passphrase
        A new one; `key_file.passphrase_problem` says what speaks against it.
    cost
        Of a try at it; None takes what is good on a desktop computer.

    Returns
    -------
    StoreKey
        Its key, which this program holds from now on.

    Raises
    ------
    StorageError
        If there is a lock already, another program has the sessions open, or the disk did not take
        it; everything is as before then.
    ValueError
        If the passphrase is none to take; the message is a sentence.
    """
    key = StoreKey.new()
    file = KeyFile.seal(key, passphrase, cost).at(Stage.SETTING)
    with opening(private_folder(folder) / "opening.lock"), no_backup_is_made(folder):
        recover(folder)
        if KeyFile.read(folder / FILE_NAME) is not None:
            raise StorageError("There is a passphrase already. You can change it, or take it away.")
        database = folder / DATABASE
        if database.exists():
            refuse_if_in_use(database, None)
        file.write(folder / FILE_NAME)
        try:
            if database.exists():
                encrypt_database(database, key)
        except BaseException:
            _drop_key_files(folder)
            raise
        hold(folder, key)
        _settle(folder, key, file)
    return key


def change_passphrase(folder: Path, old: str, new: str, *, cost: Cost | None = None) -> StoreKey:
    """Put another passphrase in place of the old one, in one step.

    Raises
    ------
    WrongPassphraseError
        If ``old`` is not the passphrase; nothing is changed.
    StorageError
        If there is no lock, or the disk did not take it; the old one holds then.
    ValueError
        If the new one is none to take; the message is a sentence.
    """
    key = _file_of(folder).open(old)
    new_file = KeyFile.seal(key, new, cost)
    with opening(folder / "opening.lock"):
        file = _file_of(folder)
        if file.key_id != key.key_id:
            raise StorageError("Another program has changed the lock just now. Try again.")
        _write_key_files(folder, new_file.at(file.stage))
    hold(folder, key)
    return key


def remove_lock(folder: Path, passphrase: str) -> None:
    """Decrypt everything: from now on nothing is needed to open it.

    Raises
    ------
    WrongPassphraseError
        If it is not the passphrase; nothing is changed.
    StorageError
        If there is no lock, another program has the sessions open, or the disk did not take it;
        the lock stays then.
    """
    key = unlock(folder, passphrase)
    with opening(folder / "opening.lock"), no_backup_is_made(folder):
        file = _file_of(folder)
        database = folder / DATABASE
        if database.exists():
            refuse_if_in_use(database, key)
        removing = file.at(Stage.REMOVING)
        _write_key_files(folder, removing)
        try:
            for path in _small_files(folder):
                with suppress(SealError):  # damaged before: it stays as it is
                    unseal_file(path, key)
            for path in copies(database):
                if is_encrypted(path):
                    with suppress(DamagedStoreError):
                        decrypt_database(path, key)
                for each in (path, *sidecars(path)):
                    with suppress(SealError):
                        unseal_file(each, key)
            if database.exists():
                decrypt_database(database, key)
        except BaseException:
            _settle(folder, key, removing)
            raise
        _drop_key_files(folder)
        forget(folder)


def unlock(folder: Path, passphrase: str) -> StoreKey:
    """Open what is locked, for this program; what a kill left to do is done first.

    Raises
    ------
    WrongPassphraseError
        If it is not the passphrase.
    KeyFileError
        If the key file can't be read.
    StorageError
        If there is no lock.
    """
    recover_now(folder)
    key = _file_of(folder).open(passphrase)
    unlock_with(folder, key)
    return key


def unlock_with(folder: Path, key: StoreKey) -> None:
    """Open what is locked with a key that was remembered.

    Raises
    ------
    StorageError
        If it is the key of another lock, or there is none.
    """
    with opening(folder / "opening.lock"):
        recover(folder)
        file = _file_of(folder)
        if file.key_id != key.key_id:
            raise StorageError("What is remembered opens another lock. Give the passphrase.")
        hold(folder, key)
        _settle(folder, key, file)


def recover_now(folder: Path) -> None:
    """Do as `recover`, for whoever has not the lock of opening; without a store, nothing.

    Raises
    ------
    StorageError
        If another program has that lock for long, or the disk did not take it.
    """
    if folder.is_dir():
        with opening(folder / "opening.lock"):
            recover(folder)


def recover(folder: Path) -> None:
    """Bring back to order what a kill left in the middle, as far as that needs no passphrase.

    The caller has the lock of opening.
    """
    for each in (folder, folder / BACKUPS):
        wipe_leftovers(each, "sessions")
    for name in ("restored", ".restored"):  # a plain copy that was about to be encrypted
        wipe_leftovers(folder, name)
    file = KeyFile.read(folder / FILE_NAME)
    if file is None or file.stage is Stage.ON:
        return
    for each in (folder, folder / BACKUPS):
        wipe_leftovers(each)
    if is_plain(folder / DATABASE):
        _drop_key_files(folder)


def refuse_without_key(folder: Path) -> None:
    """See that what can't be read is not simply locked, its key file gone.

    A copy of the key file that the backups hold is put back.

    Raises
    ------
    KeyFileError
        If so.
    LockedStoreError
        If the key file was put back.
    """
    path = folder / FILE_NAME
    if path.exists() or not is_encrypted(folder / DATABASE):
        return
    spare = KeyFile.read(folder / BACKUPS / FILE_NAME)
    if spare is None:
        raise KeyFileError(
            f"What is kept is locked, and its key file {path} is missing. Put it back, from a "
            "backup or another computer: without it nobody can open your sessions, with the "
            "passphrase or not. Nothing was changed."
        )
    spare.write(path)
    raise LockedStoreError(
        "What is kept is locked. Its key file was missing and is put back from the backups; it "
        "opens with your passphrase."
    )


# -------------------------------------------------------------------------------- inside
def _file_of(folder: Path) -> KeyFile:
    file = KeyFile.read(folder / FILE_NAME)
    if file is None:
        raise StorageError("No passphrase is set, so there is nothing to open.")
    return file


def _settle(folder: Path, key: StoreKey, file: KeyFile) -> None:
    """Encrypt whatever is still plain beside the database, and the database; then it is on."""
    database = folder / DATABASE
    if file.stage is not Stage.ON:
        if is_plain(database):
            encrypt_database(database, key)
        for path in copies(database):
            if is_plain(path):
                _protect(path, key)
        for each in (folder, folder / BACKUPS):
            wipe_leftovers(each)
    for path in _small_files(folder):
        seal_file(path, key)
    _write_key_files(folder, file.at(Stage.ON))


def _protect(path: Path, key: StoreKey) -> None:
    """Encrypt a copy as a database, or whole where it is too damaged for that."""
    try:
        encrypt_database(path, key)
    except DamagedStoreError:
        for each in (path, *sidecars(path)):
            seal_file(each, key)


def _small_files(folder: Path) -> Iterator[Path]:
    """Return the files of the person's own words, those that were set aside as well."""
    yield from sorted(folder.glob("personal*.json"))


def _write_key_files(folder: Path, file: KeyFile) -> None:
    """Write the key file and its copy among the backups, where they differ."""
    for path in (folder / FILE_NAME, private_folder(folder / BACKUPS) / FILE_NAME):
        known: KeyFile | None = None
        with suppress(KeyFileError):
            known = KeyFile.read(path)
        if known != file:
            file.write(path)


def _drop_key_files(folder: Path) -> None:
    # the copy first: while the file itself is there, what is left to do is found again
    for path in (folder / BACKUPS / FILE_NAME, folder / FILE_NAME):
        old = path.with_name(f".{path.name}.old")
        try:
            path.replace(old)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise from_os(error, path) from error
        settle(path.parent)
        wipe(old)
