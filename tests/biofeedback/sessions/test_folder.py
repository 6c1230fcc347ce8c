"""The data folder: where it is, whose it is, and what is said where it cannot be."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from platformdirs import user_data_path

from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.folder import HOME_VARIABLE, data_folder, private_file, private_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no permission bits")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    old = os.umask(mask)
    try:
        yield
    finally:
        os.umask(old)


def test_the_variable_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "a" / "b"))

    assert data_folder() == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.skipif(sys.platform != "linux", reason="the variable is Linux's")
@pytest.mark.parametrize("variable", [None, ""])
def test_without_the_variable_it_is_the_platforms(
    variable: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    if variable is not None:
        monkeypatch.setenv(HOME_VARIABLE, variable)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))

    assert data_folder() == user_data_path("hand-on-heart") == tmp_path / "share" / "hand-on-heart"
    assert mode_of(data_folder()) == 0o700


@pytest.mark.skipif(sys.platform != "linux", reason="the variable is Linux's")
def test_the_platforms_folder_is_made_private_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "hand-on-heart").mkdir()
    (tmp_path / "hand-on-heart").chmod(0o755)

    assert mode_of(data_folder()) == 0o700


@posix
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o277])
def test_a_new_folder_and_file_are_for_this_user_alone(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        folder = private_folder(tmp_path / "new")
        assert private_file(folder / "file")

    assert mode_of(folder) == 0o700
    assert mode_of(folder / "file") == 0o600


@posix
def test_a_folder_that_the_person_named_keeps_its_permissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))

    assert mode_of(data_folder()) == 0o755


@posix
def test_a_file_that_is_there_keeps_its_content_and_becomes_private(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"kept")
    path.chmod(0o644)

    assert not private_file(path)
    assert path.read_bytes() == b"kept"
    assert mode_of(path) == 0o600


def test_a_file_in_the_way_is_named_with_a_way_forward(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("")
    for path in (tmp_path / "taken", tmp_path / "taken" / "below"):
        monkeypatch.setenv(HOME_VARIABLE, str(path))
        with pytest.raises(StorageError, match=r"a file is in the way.* Move that file") as caught:
            data_folder()
        assert str(path) in str(caught.value)


def test_a_name_that_no_folder_can_have_is_refused_in_words(tmp_path: Path) -> None:
    for path in (tmp_path / ("x" * 5000), tmp_path / "a\0b"):
        with pytest.raises(StorageError, match="Choose another"):
            private_folder(path)


@posix
def test_a_user_that_nobody_is_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, "~nobody-of-that-name/x")
    with pytest.raises(StorageError, match="no such user"):
        data_folder()


_AS_ANOTHER_USER = """
import os, sys
from pathlib import Path
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.store import Store
if os.geteuid() == 0:
    os.setuid(65534)  # permissions mean nothing to root
for folder in (Path(sys.argv[1]), Path(sys.argv[1]) / "below"):
    try:
        Store.open(folder)
    except StorageError as error:
        print(error)
"""


@posix
def test_a_folder_that_may_not_be_written_to_is_refused_in_words() -> None:
    # pytest's own folders are closed to other users.
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", _AS_ANOTHER_USER, name],
            capture_output=True,
            text=True,
            check=True,
        )
        said = done.stdout.splitlines()
        assert list(Path(name).iterdir()) == []

    assert len(said) == 2
    assert said[0].startswith(f"This user may not write to {name}. ")
    assert said[1].startswith(f"This user may not write to {Path(name) / 'below'}. ")
