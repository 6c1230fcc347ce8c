"""The key of a locked store, and the small file that gives it out for a passphrase.

Everything that is kept is encrypted with one random key. ``sessions.key`` holds that key, itself
encrypted (AES-256-GCM) with what Argon2id (RFC 9106) makes of the passphrase; a try costs whoever
guesses half a second and 128 MiB. Another passphrase so means another key file and nothing else:
it is replaced whole, and at any moment either the old passphrase opens everything or the new one.
The passphrase itself is kept nowhere.
"""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from biofeedback.sessions.errors import KeyFileError, WrongPassphraseError, from_os
from biofeedback.sessions.whole_file import write_whole

FILE_NAME = "sessions.key"
FORMAT = "hand-on-heart-key"
VERSION = 1

DATABASE_HEAD = b"HonH lock\n"
"""What every database begins with that is encrypted with a key of ours."""

LEAST_CHARS = 8
"""Of a new passphrase."""
LONGEST_CHARS = 1024
LONGEST_FILE_BYTES = 4096

_KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_SEALED_BYTES = _NONCE_BYTES + _KEY_BYTES + 16
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try at a passphrase costs (Argon2id's parameters).

    Attributes
    ----------
    memory_kib
        Memory in KiB.
    passes
        How often it is gone over.
    lanes
        How many parts can be worked on at once.

    Raises
    ------
    ValueError
        If a file asks for what would bring this computer to a halt, or for what Argon2 doesn't do.
    """

    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        for value, most in ((self.memory_kib, 1024 * 1024), (self.passes, 16), (self.lanes, 16)):
            if type(value) is not int or not 1 <= value <= most:
                raise ValueError("its cost is out of bounds")
        if self.memory_kib < 8 * self.lanes:
            raise ValueError("its cost is out of bounds")


@dataclass(frozen=True, slots=True)
class StoreKey:
    """What opens a locked store. It is in memory alone.

    Attributes
    ----------
    key_id
        Tells one key from another; no secret.
    secret
        32 random bytes.
    """

    key_id: str
    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> StoreKey:
        """Make a key that was never there before."""
        return cls(os.urandom(_ID_BYTES).hex(), os.urandom(_KEY_BYTES))

    def for_database(self) -> bytes:
        """Return the key that SQLite encrypts its pages with, 32 bytes, and a salt of 16.

        The salt is what an encrypted database begins with. It is no secret, and has no work to do
        where the key is random; so it says what this file is and which key opens it.
        """
        return self._derived(b"database") + DATABASE_HEAD + bytes.fromhex(self.key_id)[:6]

    def for_files(self) -> bytes:
        """Return the key of the smaller files beside it, 32 bytes."""
        return self._derived(b"files")

    def _derived(self, use: bytes) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

        return HKDFExpand(SHA256(), _KEY_BYTES, b"hand-on-heart " + use).derive(self.secret)


class Stage(StrEnum):
    """How far locking has come."""

    ON = "on"
    SETTING = "setting"
    """It is being set: what is not encrypted yet has to be."""
    REMOVING = "removing"
    """It is being taken away."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What ``sessions.key`` holds.

    Attributes
    ----------
    key_id
        Of the key inside.
    cost, salt
        For Argon2id.
    sealed
        A nonce of 12 bytes, the encrypted key, and a tag of 16.
    stage
        How far locking has come; the only field that changes without the passphrase.
    """

    key_id: str
    cost: Cost
    salt: bytes
    sealed: bytes
    stage: Stage = Stage.ON

    @classmethod
    def seal(cls, key: StoreKey, passphrase: str, cost: Cost | None = None) -> KeyFile:
        """Encrypt a key with a passphrase.

        Raises
        ------
        ValueError
            If the passphrase is none to take; the message is a sentence.
        """
        if problem := passphrase_problem(passphrase):
            raise ValueError(problem)
        cost = cost or Cost()
        salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
        cipher = _cipher(passphrase, salt, cost)
        encrypted = cipher.encrypt(nonce, key.secret, _bound(key.key_id, cost, salt))
        return cls(key.key_id, cost, salt, nonce + encrypted)

    def open(self, passphrase: str) -> StoreKey:
        """Return the key inside.

        Raises
        ------
        WrongPassphraseError
            If it is another passphrase's.
        """
        from cryptography.exceptions import InvalidTag

        nonce, encrypted = self.sealed[:_NONCE_BYTES], self.sealed[_NONCE_BYTES:]
        cipher = _cipher(passphrase, self.salt, self.cost)
        try:
            secret = cipher.decrypt(nonce, encrypted, _bound(self.key_id, self.cost, self.salt))
        except InvalidTag:
            raise WrongPassphraseError(
                "That is not the passphrase. Nothing was changed; try again."
            ) from None
        return StoreKey(self.key_id, secret)

    def at(self, stage: Stage) -> KeyFile:
        """Return the same at another stage."""
        return replace(self, stage=stage)

    # ------------------------------------------------------------------------ bytes, disk
    def __bytes__(self) -> bytes:
        """Return it as it is written."""
        return (
            json.dumps(
                {
                    "format": FORMAT,
                    "version": VERSION,
                    "about": "The key of your sessions, sealed by your passphrase. Keep this file.",
                    "stage": self.stage.value,
                    "key_id": self.key_id,
                    "kdf": {
                        "name": "argon2id",
                        "memory_kib": self.cost.memory_kib,
                        "passes": self.cost.passes,
                        "lanes": self.cost.lanes,
                        "salt": self.salt.hex(),
                    },
                    "sealed_key": self.sealed.hex(),
                },
                indent=2,
            )
            + "\n"
        ).encode("ascii")

    @classmethod
    def from_bytes(cls, content: bytes) -> KeyFile:
        """Read it.

        Raises
        ------
        ValueError
            If it is no key file, or one of a later version; the message says what is wrong.
        """
        if len(content) > LONGEST_FILE_BYTES:
            raise ValueError("it is too long")
        try:
            fields = json.loads(content.decode("ascii"))
        except (ValueError, RecursionError):
            raise ValueError("it is no JSON") from None
        if not isinstance(fields, dict) or fields.get("format") != FORMAT:
            raise ValueError("it is no key file")
        if fields.get("version") != VERSION:
            raise ValueError("a later version of the program wrote it")
        try:
            return cls._from_fields(fields)
        except (KeyError, TypeError):
            raise ValueError("something is missing in it") from None

    @classmethod
    def _from_fields(cls, fields: dict[str, Any]) -> KeyFile:
        kdf = fields["kdf"]
        if kdf["name"] != "argon2id":
            raise ValueError("a later version of the program wrote it")
        salt, sealed = _from_hex(kdf["salt"]), _from_hex(fields["sealed_key"])
        if len(salt) != _SALT_BYTES or len(sealed) != _SEALED_BYTES:
            raise ValueError("something is missing in it")
        if len(_from_hex(fields["key_id"])) != _ID_BYTES:
            raise ValueError("something is missing in it")
        cost = Cost(kdf["memory_kib"], kdf["passes"], kdf["lanes"])
        return cls(fields["key_id"], cost, salt, sealed, Stage(fields["stage"]))

    @classmethod
    def read(cls, path: Path) -> KeyFile | None:
        """Read the file at ``path``; None if there is none.

        Raises
        ------
        KeyFileError
            If it can't be read.
        """
        try:
            with path.open("rb") as file:
                content = file.read(LONGEST_FILE_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise from_os(error, path) from error
        try:
            return cls.from_bytes(content)
        except ValueError as error:
            raise KeyFileError(
                f"The key file {path} cannot be read: {error}. Put a good copy back from a backup: "
                "without it nobody can open your sessions, with the passphrase or not. "
                "Nothing was changed."
            ) from None

    def write(self, path: Path) -> None:
        """Put it at ``path`` for this user alone: all of it, or what was there before stays.

        Raises
        ------
        StorageError
            If the disk did not take it.
        """
        write_whole(path, bytes(self))


def passphrase_problem(passphrase: str) -> str:
    """Return what speaks against a new passphrase, a sentence; empty if nothing does."""
    n_chars = len(_normal(passphrase))
    if n_chars < LEAST_CHARS:
        return f"A passphrase has {LEAST_CHARS} characters or more; four or five words are good."
    if n_chars > LONGEST_CHARS:
        return f"A passphrase has {LONGEST_CHARS} characters at most."
    return ""


def _normal(passphrase: str) -> str:
    # one keyboard sends an accented letter as one character, another as two
    return unicodedata.normalize("NFC", passphrase)


def _cipher(passphrase: str, salt: bytes, cost: Cost) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=salt,
        length=_KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    words = _normal(passphrase[: LONGEST_CHARS * 4]).encode("utf-8", "surrogatepass")
    return AESGCM(kdf.derive(words))


def _bound(key_id: str, cost: Cost, salt: bytes) -> bytes:
    """Return what the sealed key is bound to, so that nobody can put another cost beside it."""
    numbers = f"{FORMAT} {VERSION} {key_id} {cost.memory_kib} {cost.passes} {cost.lanes} "
    return numbers.encode("ascii") + salt


def _from_hex(text: object) -> bytes:
    if not isinstance(text, str):
        raise ValueError("something is missing in it")
    return bytes.fromhex(text)
