"""Which stores this program has unlocked: their keys, in memory alone.

A key is held for the whole program, since a store is opened in many places. `forget` locks it
again: what is opened from then on needs the passphrase; a recording that runs goes on.
"""

from __future__ import annotations

import threading
from pathlib import Path

from biofeedback.sessions.errors import LockedStoreError
from biofeedback.sessions.key_file import FILE_NAME, KeyFile, StoreKey

_keys: dict[Path, StoreKey] = {}
_guard = threading.Lock()


def is_lock_set(folder: Path) -> bool:
    """Tell whether what is kept in ``folder`` has a lock."""
    return (folder / FILE_NAME).exists()


def is_locked_now(folder: Path) -> bool:
    """Tell whether a passphrase is needed before anything can be read."""
    return is_lock_set(folder) and held(folder) is None


def key_of(folder: Path) -> StoreKey | None:
    """Return the key of what is kept in ``folder``; None where there is no lock.

    Raises
    ------
    LockedStoreError
        If there is one, and nobody has given the passphrase.
    KeyFileError
        If the key file can't be read.
    """
    file = KeyFile.read(folder / FILE_NAME)
    if file is None:
        return None
    key = held(folder)
    # another program may have taken the lock away and set a new one
    if key is None or key.key_id != file.key_id:
        raise LockedStoreError("What is kept is locked. It opens with your passphrase.")
    return key


def held(folder: Path) -> StoreKey | None:
    """Return the key that this program holds for ``folder``; None if it has none."""
    with _guard:
        return _keys.get(_name(folder))


def hold(folder: Path, key: StoreKey) -> None:
    """Hold a key from now on."""
    with _guard:
        _keys[_name(folder)] = key


def forget(folder: Path) -> None:
    """Hold it no longer; nothing happens without one."""
    with _guard:
        _keys.pop(_name(folder), None)


def _name(folder: Path) -> Path:
    return folder.resolve()
