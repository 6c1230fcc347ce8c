"""Encrypt a whole file, for those beside the database that hold private words.

A sealed file begins with `MAGIC`; then a nonce of 12 bytes, and AES-256-GCM's output. Whoever
changes a bit of it makes it unreadable, and it says so.
"""

from __future__ import annotations

import os

from biofeedback.sessions.key_file import StoreKey

MAGIC = b"HonH sealed 1\n"
_NONCE_BYTES = 12
_TAG_BYTES = 16


class SealError(ValueError):
    """What was sealed can't be opened: another key, or damage."""


def is_sealed(content: bytes) -> bool:
    """Tell whether it is sealed; the first bytes of a file are enough."""
    return content.startswith(MAGIC)


def seal(content: bytes, key: StoreKey) -> bytes:
    """Encrypt it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return MAGIC + nonce + AESGCM(key.for_files()).encrypt(nonce, content, MAGIC)


def unseal(content: bytes, key: StoreKey) -> bytes:
    """Return what was sealed.

    Raises
    ------
    SealError
        If the key is another one, or the content was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(MAGIC) + _NONCE_BYTES
    if not is_sealed(content) or len(content) < start + _TAG_BYTES:
        raise SealError("it is not whole")
    nonce, encrypted = content[len(MAGIC) : start], content[start:]
    try:
        return AESGCM(key.for_files()).decrypt(nonce, encrypted, MAGIC)
    except InvalidTag:
        raise SealError("it was sealed with another key, or is damaged") from None
