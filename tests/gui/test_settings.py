from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

from biofeedback.types import Choices, Strap
from gui.settings import FILE_NAME, Settings, SettingsFile


def test_what_was_chosen_is_there_next_time(tmp_path: Path) -> None:
    choices = replace(
        Choices(), plan_id="ten", touch_id="none", sight=False, quiet_s=120.0, guide_id="slow"
    )
    strap = Strap("F0:9E:1A:00:00:01", "Polar H10")
    SettingsFile(tmp_path).change(choices=choices, numbers=True, strap=strap, window=b"\x00\x01")
    again = SettingsFile(tmp_path).settings
    assert again == Settings(choices=choices, numbers=True, strap=strap, window=b"\x00\x01")


def test_the_file_is_for_this_user_alone(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path)
    file.change(numbers=True)
    file.change(numbers=False)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_a_choice_that_is_no_longer_known_gives_the_defaults(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[practice]\nplan=forty\nquiet_s=banana\nnumbers=yes\n")
    settings = SettingsFile(tmp_path).settings
    assert settings.choices == Settings().choices
    assert settings.numbers


def test_a_damaged_file_gives_the_defaults(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(bytes(range(256)) * 8)
    assert SettingsFile(tmp_path).settings == Settings()


def test_without_a_folder_choices_hold_for_this_visit() -> None:
    file = SettingsFile(None)
    file.change(numbers=True)
    assert file.settings.numbers


def test_a_folder_that_cannot_be_written_spoils_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    file = SettingsFile(tmp_path)
    file.change(numbers=True)
    assert file.settings.numbers
