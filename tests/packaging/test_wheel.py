"""What is installed holds all that runs, and nothing that does not."""

from __future__ import annotations

import zipfile
from configparser import ConfigParser
from email import message_from_string

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.conftest import ROOT

PACKAGES = ("biofeedback", "devices", "gui")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built as `uv build` does."""
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return zipfile.ZipFile(built)


def _read(wheel: zipfile.ZipFile, ending: str) -> str:
    (name,) = (name for name in wheel.namelist() if name.endswith(ending))
    return wheel.read(name).decode()


def test_every_file_of_the_packages_is_in_it(wheel: zipfile.ZipFile) -> None:
    there = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert inside == there


@pytest.mark.parametrize(
    "name",
    [
        *(f"{package}/py.typed" for package in PACKAGES),
        *(f"biofeedback/practice/content/{name}.toml" for name in ("en", "de", "crisis")),
    ],
)
def test_words_help_lines_and_the_mark_of_types_are_in_it(
    wheel: zipfile.ZipFile, name: str
) -> None:
    assert name in wheel.namelist()


def test_the_licence_is_in_it(wheel: zipfile.ZipFile) -> None:
    assert _read(wheel, ".dist-info/licenses/LICENSE") == (ROOT / "LICENSE").read_text()
    assert message_from_string(_read(wheel, "METADATA"))["License-Expression"] == "MIT"


def test_the_command_is_in_it(wheel: zipfile.ZipFile) -> None:
    points = ConfigParser()
    points.read_string(_read(wheel, "entry_points.txt"))
    assert points["console_scripts"]["hand-on-heart"] == "biofeedback.cli:main"


def test_the_version_that_is_said_is_the_one_that_is_built(wheel: zipfile.ZipFile) -> None:
    from biofeedback.version import version

    assert message_from_string(_read(wheel, "METADATA"))["Version"] == version()
