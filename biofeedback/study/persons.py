"""Whose file is it: the name in an export, else the folder, else the file; or a pseudonym of it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from pathlib import Path

LEAST_SALT_BYTES = 16
PSEUDONYM_DIGITS = 16


class NoSaltError(ValueError):
    """The file of the salt can't be used; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Persons:
    """Names people.

    Attributes
    ----------
    salt
        What makes pseudonyms; None where names stay as they are.
    """

    salt: bytes | None = None

    def name(self, folder: Path, path: Path, in_export: str) -> str:
        """Return what a person is called.

        Parameters
        ----------
        folder
            Of the study.
        path
            Of the person's file, in that folder.
        in_export
            What the export itself calls them; empty if nothing.
        """
        parts = path.relative_to(folder).parts
        return self._told(in_export or (parts[0] if len(parts) > 1 else path.stem))

    def file(self, folder: Path, path: Path) -> str | None:
        """Return where the file is within the folder; None where that would tell the person."""
        return None if self.salt is not None else path.relative_to(folder).as_posix()

    def _told(self, name: str) -> str:
        if self.salt is None:
            return name
        return hmac.new(self.salt, name.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[
            :PSEUDONYM_DIGITS
        ]


def read_salt(path: Path) -> bytes:
    """Read the secret that pseudonyms are made with.

    Raises
    ------
    NoSaltError
        If it can't be read, or is too short to be one.
    """
    try:
        salt = path.read_bytes()
    except OSError as error:
        raise NoSaltError(
            f"The file of the salt {path} cannot be read ({error.strerror}). "
            "Make one with: head -c 32 /dev/urandom > salt"
        ) from error
    if len(salt) < LEAST_SALT_BYTES:
        raise NoSaltError(
            f"The salt in {path} has {len(salt)} bytes; take {LEAST_SALT_BYTES} or more, such as "
            "by: head -c 32 /dev/urandom > salt"
        )
    return salt
