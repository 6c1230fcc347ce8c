"""What can be copied of a fault tells where it was, and nothing of the person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.fault import _within_the_program, details
from biofeedback.types import Choices
from biofeedback.version import version

PRIVATE = st.text(st.characters(min_codepoint=0x100, max_codepoint=0x24F), min_size=4)


def raised(words: str) -> Exception:
    try:
        try:
            raise ValueError(words)
        except ValueError as inner:
            raise OSError(2, words, f"/home/{words}/letter.txt") from inner
    except OSError as error:
        return error


@given(PRIVATE)
def test_no_word_of_a_message_and_no_name_of_a_file_is_told(words: str) -> None:
    told = details(raised(words))
    assert words not in told
    assert "letter.txt" not in told
    assert "ValueError" in told
    assert "FileNotFoundError" in told


def test_version_and_system_are_told() -> None:
    told = details(ValueError(), qt="6.9")
    assert told.startswith(f"hand-on-heart {version()}, python 3.")
    assert "qt 6.9" in told.splitlines()[0]


def test_a_place_in_the_program_is_told_without_the_folder_it_lies_in() -> None:
    with pytest.raises(TypeError) as caught:
        Choices(guided_s=object() < 1)  # type: ignore[operator]
    told = details(caught.value)
    assert "biofeedback/test_fault.py:" in told
    assert "/tests/" not in told


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/home/ada/src/hoh/gui/home.py", "gui/home.py"),
        ("/home/gui/src/biofeedback/sessions/store.py", "biofeedback/sessions/store.py"),
        ("C:\\Users\\Ada\\hoh\\devices\\ble.py", "devices/ble.py"),
        ("/home/ada/.venv/lib/python3.11/site-packages/bleak/x.py", "bleak/x.py"),
        ("/home/ada/drum.py", "drum.py"),
        ("<string>", "<string>"),
    ],
)
def test_of_a_path_only_the_part_in_a_program_is_told(path: str, told: str) -> None:
    assert _within_the_program(path) == told
