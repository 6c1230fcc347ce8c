"""One private file: written whole, set aside when unreadable, exported and brought in."""

import json
import os
import stat
from pathlib import Path

import pytest

from biofeedback.practice.personal import NOTHING
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.personal_file import FILE_NAME, PersonalFile

OWN = NOTHING.with_edit("en", "settle", "hand", "Meine Hand, \N{WAVING HAND SIGN}.")


def _files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_kept_is_there_next_time_and_for_this_user_alone(tmp_path: Path) -> None:
    PersonalFile(tmp_path).keep(OWN)
    assert PersonalFile(tmp_path).personal == OWN
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert _files(tmp_path) == {FILE_NAME}


def test_without_a_folder_it_holds_for_this_visit() -> None:
    file = PersonalFile(None)
    file.keep(OWN)
    assert file.personal == OWN


def test_a_full_disk_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = PersonalFile(tmp_path)
    file.keep(OWN)
    before = (tmp_path / FILE_NAME).read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="disk is full"):
        file.keep(NOTHING.with_hidden("kind", "side"))
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert _files(tmp_path) == {FILE_NAME}
    assert file.personal.hides("kind", "side")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[1]", b'{"schema": 9}', b'{"schema": 1, "edits": [3]}', b"{" * 100_000],
)
def test_an_unreadable_file_is_set_aside_with_a_sentence_and_never_lost(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    file = PersonalFile(tmp_path)
    assert file.personal == NOTHING
    aside = tmp_path / "personal.unreadable-1.json"
    assert aside.name in file.notice
    assert aside.read_bytes() == content
    file.keep(OWN)
    assert PersonalFile(tmp_path).personal == OWN
    assert aside.read_bytes() == content


def test_a_file_that_cannot_be_opened_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    file = PersonalFile(tmp_path)
    assert "cannot be read" in file.notice
    file.keep(OWN)
    assert (tmp_path / FILE_NAME).is_dir()


def test_an_export_brings_everything_to_another_place(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    file = PersonalFile(here)
    file.keep(OWN)
    file.export(tmp_path / "mine.json")
    other = PersonalFile(there)
    assert other.bring_in(tmp_path / "mine.json") == OWN
    assert PersonalFile(there).personal == OWN
    assert stat.S_IMODE((tmp_path / "mine.json").stat().st_mode) == 0o600


def test_what_was_there_before_an_import_is_kept_beside(tmp_path: Path) -> None:
    first = NOTHING.with_edit("en", "settle", "hand", "First.")
    file = PersonalFile(tmp_path)
    file.keep(first)
    export = PersonalFile(None)
    export.keep(OWN)
    export.export(tmp_path / "mine.json")
    file.bring_in(tmp_path / "mine.json")
    assert file.personal == OWN
    kept = json.loads((tmp_path / "personal.before-import-1.json").read_text())
    assert kept["edits"][0]["text"] == "First."


@pytest.mark.parametrize("content", [b"no", b'{"schema": 2}', b"\xff"])
def test_an_import_that_is_none_changes_nothing(tmp_path: Path, content: bytes) -> None:
    file = PersonalFile(tmp_path)
    file.keep(OWN)
    (tmp_path / "x").write_bytes(content)
    for path in (tmp_path / "x", tmp_path / "missing", tmp_path):
        with pytest.raises(StorageError):
            file.bring_in(path)
    assert file.personal == OWN
    assert PersonalFile(tmp_path).personal == OWN


def test_what_another_program_added_meanwhile_stays(tmp_path: Path) -> None:
    window, terminal = PersonalFile(tmp_path), PersonalFile(tmp_path)
    window.keep(OWN)
    terminal.keep(NOTHING.with_hidden("kind", "side"))
    assert terminal.personal == OWN.with_hidden("kind", "side")
    window.keep(OWN.with_edit("en", "kind", "slow", "Slowly."))
    both = PersonalFile(tmp_path).personal
    assert both.hides("kind", "side")
    assert both.edit_of("en", "kind", "slow") == "Slowly."
    assert both.edit_of("en", "settle", "hand") == OWN.edits[0].text
    window.keep(both.without_words())
    assert PersonalFile(tmp_path).personal == NOTHING
