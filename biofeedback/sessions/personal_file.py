"""Where a person's own guides, words and plans are kept: one private file in the data folder.

Where what is kept is locked, the file is encrypted like the sessions.
"""

from __future__ import annotations

from pathlib import Path

from biofeedback.practice.personal import NOTHING, Personal, PersonalError
from biofeedback.practice.personal_json import personal_from_json, personal_to_json
from biofeedback.sessions.errors import KeyFileError, LockedStoreError, StorageError
from biofeedback.sessions.schema import free_name
from biofeedback.sessions.sealed import SealError, is_sealed, seal, unseal
from biofeedback.sessions.unlocked import key_of
from biofeedback.sessions.whole_file import write_whole

FILE_NAME = "personal.json"

LONGEST_FILE_BYTES = 4 * 1024 * 1024
"""More than a person writes; what is longer was made by mistake."""


class PersonalFile:
    """Keeps `Personal` in a folder; without one, for this visit only.

    Parameters
    ----------
    folder
        The data folder, or None where it cannot be used.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE_NAME if folder else None
        self.notice = ""
        """A sentence for the person where the file was set aside; empty if all is well."""
        self._known_text = ""
        self.locked = False
        """Whether they are there, and the passphrase is missing."""
        self.personal = self._read()
        """What is the person's own."""

    def keep(self, personal: Personal) -> None:
        """Take ``personal`` from now on, and put it on disk: the new file whole, or the old one.

        Where another program has changed the file meanwhile, what it added stays.

        Raises
        ------
        StorageError
            If the disk didn't take it; for this visit it counts all the same.
        """
        if personal == self.personal:
            return
        theirs = self._changed_elsewhere()
        self.personal = personal if theirs is None else theirs.joined(personal)
        if self._path is not None:
            text = personal_to_json(self.personal, indent=2) + "\n"
            self._write(self._path, text)
            self._known_text = text

    def export(self, path: Path) -> None:
        """Write a copy to ``path``, for this user alone. The copy is not protected.

        Raises
        ------
        StorageError
            If it can't be written there.
        """
        write_whole(path, (personal_to_json(self.personal, indent=2) + "\n").encode())

    def bring_in(self, path: Path) -> Personal:
        """Add what an exported file holds, and keep it; return what it held.

        The file as it was before is kept beside, under another name.

        Raises
        ------
        StorageError
            If the file can't be read, is no export, or the disk didn't take it.
        """
        try:
            brought = personal_from_json(_text_of(path))
        except OSError as error:
            raise StorageError(
                f"{path} cannot be read ({error.strerror or error}). See whether the name is right."
            ) from error
        except (PersonalError, UnicodeDecodeError) as error:
            raise StorageError(
                f"{path} holds no guides, words and plans of Hand on Heart: {error}. "
                "Nothing was changed."
            ) from error
        self.join(brought)
        return brought

    def join(self, brought: Personal) -> None:
        """Add what was brought from elsewhere; the file as it was before is kept beside.

        Raises
        ------
        StorageError
            If the disk didn't take it.
        """
        joined = self.personal.joined(brought)
        if joined != self.personal and self._path is not None and self._path.exists():
            before = free_name(self._path, "before-import")
            self._write(before, personal_to_json(self.personal, indent=2) + "\n")
        self.keep(joined)

    def _read(self) -> Personal:
        if self._path is None:
            return NOTHING
        try:
            text = self._read_text(self._path)
            personal = personal_from_json(text)
        except FileNotFoundError:
            return NOTHING
        except (LockedStoreError, KeyFileError):
            # it stays as it is until it is unlocked
            self.locked = True
            self.notice = (
                "Your own guides, words and plans are locked. What you change holds for this visit."
            )
            self._path = None
        except (PersonalError, UnicodeDecodeError) as error:
            self._set_aside(self._path, str(error))
        except OSError as error:
            # it may be readable next time: it stays, and nothing is written over it
            self.notice = (
                f"Your own guides, words and plans in {self._path} cannot be read for now "
                f"({error.strerror or error}). What you change holds for this visit."
            )
            self._path = None
        else:
            self._known_text = text
            return personal
        return NOTHING

    def _read_text(self, path: Path) -> str:
        content = _content_of(path)
        key = key_of(path.parent)
        if not is_sealed(content):
            return content.decode("utf-8")
        if key is None:
            raise KeyFileError("It is locked, and the key file is missing.")
        try:
            return unseal(content, key).decode("utf-8")
        except SealError as error:
            raise PersonalError(str(error)) from None

    def _write(self, path: Path, text: str) -> None:
        key, content = key_of(path.parent), text.encode()
        write_whole(path, content if key is None else seal(content, key))

    def _changed_elsewhere(self) -> Personal | None:
        """Return what stands on disk if it isn't what was read or written here last."""
        if self._path is None:
            return None
        try:
            text = self._read_text(self._path)
            return None if text == self._known_text else personal_from_json(text)
        except (OSError, PersonalError, UnicodeDecodeError):
            return None

    def _set_aside(self, path: Path, why: str) -> None:
        aside = free_name(path, "unreadable")
        try:
            path.rename(aside)
        except OSError:
            self._path = None
            self.notice = (
                f"Your own guides, words and plans in {path} cannot be read: {why}. The file is "
                "left as it is, and what you change holds for this visit."
            )
        else:
            self.notice = (
                f"Your own guides, words and plans could not be read: {why}. The file is kept as "
                f"{aside.name}, and a fresh one has begun."
            )


def _text_of(path: Path) -> str:
    return _content_of(path).decode("utf-8")


def _content_of(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(LONGEST_FILE_BYTES + 1)
    if len(content) > LONGEST_FILE_BYTES:
        raise PersonalError("it is too long")
    return content
