"""Remember the key of a lock in the system's own keyring, where the person wants that.

The keyring opens with the person's login, so whoever uses this account can open what is kept. It
holds the key and never the passphrase. The library (extra ``keyring``) is imported when it is
first needed; without it, or without a keyring behind it, it is said in words.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.key_file import StoreKey

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Hand on Heart"
_KEY_BYTES = 32

T = TypeVar("T")


def keyring_problem() -> str:
    """Return why nothing can be remembered here, a sentence; empty where it can."""
    try:
        _backend()
    except StorageError as error:
        return str(error)
    return ""


def remember(key: StoreKey) -> None:
    """Put a key into the system's keyring.

    Raises
    ------
    StorageError
        If there is none, or it didn't take it.
    """
    _do("take the key", lambda backend: backend.set_password(SERVICE, key.key_id, key.secret.hex()))


def remembered(key_id: str) -> StoreKey | None:
    """Return the key with that name; None if the keyring has none, or there is no keyring."""
    try:
        secret = _do("give the key", lambda backend: backend.get_password(SERVICE, key_id))
    except StorageError:
        return None
    with suppress(ValueError):
        key = bytes.fromhex(secret or "")
        if len(key) == _KEY_BYTES:
            return StoreKey(key_id, key)
    return None


def forget_remembered(key_id: str) -> None:
    """Take a key out of the keyring; nothing happens without one.

    Raises
    ------
    StorageError
        If it is there and can't be taken out.
    """
    if remembered(key_id) is not None:
        _do("give up the key", lambda backend: backend.delete_password(SERVICE, key_id))


def _do(what: str, work: Callable[[KeyringBackend], T]) -> T:
    backend = _backend()
    try:
        return work(backend)
    except Exception as error:  # noqa: BLE001 - back ends raise what their systems raise
        # without its message: who knows what a back end quotes
        raise StorageError(
            f"The system's keyring did not {what} ({type(error).__name__}). "
            "See whether it is unlocked; your passphrase opens everything all the same."
        ) from None


def _backend() -> KeyringBackend:
    try:
        import keyring
        from keyring.backends import fail, null
    except ImportError:
        raise StorageError(
            "Remembering needs one more package: pip install 'hand-on-heart[keyring]'."
        ) from None
    backend = keyring.get_keyring()
    if isinstance(backend, fail.Keyring | null.Keyring):
        raise StorageError(
            "This computer has no keyring to remember it in. You can type your passphrase at each "
            "start instead."
        )
    if type(backend).__module__.startswith("keyrings.alt"):
        raise StorageError(
            "The keyring of this computer is a file that is not well protected, so nothing is "
            "remembered in it. You can type your passphrase at each start instead."
        )
    return backend
