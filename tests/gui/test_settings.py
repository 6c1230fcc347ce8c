from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from biofeedback.types import Choices, Strap
from gui import theme, wording
from gui.bridge import Kept
from gui.main_window import MainWindow
from gui.settings import FILE_NAME, Settings, SettingsFile
from gui.settings_schema import SCHEMA, Aside, Why, bring_up_to_date


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


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 8,
        b"\0" * 512,
        b"[practice\nplan=ten\n",
        b"[practice]\nplan=ten\n\xff\xfe\n",
        b'{"plan": "ten"}',
        b"schema=banana\n",
    ],
)
def test_a_damaged_file_is_put_aside_whole_and_said_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    file = SettingsFile(tmp_path)
    assert file.aside == Aside(Why.DAMAGED, "settings.damaged-1.ini")
    assert (tmp_path / file.aside.name).read_bytes() == content
    assert file.aside.name in wording.aside_words(file.aside)
    file.change(numbers=True)
    again = SettingsFile(tmp_path)
    assert again.aside is None
    assert again.settings.numbers


def test_a_second_damaged_file_takes_no_place_of_the_first(tmp_path: Path) -> None:
    for _ in range(2):
        (tmp_path / FILE_NAME).write_bytes(b"\0")
        SettingsFile(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "settings.damaged-1.ini",
        "settings.damaged-2.ini",
    }


def test_a_file_of_a_newer_schema_is_put_aside_and_never_written_over(tmp_path: Path) -> None:
    newer = f"[General]\nschema={SCHEMA + 1}\n[practice]\nnumbers=maybe\nfuture=1\n"
    (tmp_path / FILE_NAME).write_text(newer)
    file = SettingsFile(tmp_path)
    assert file.settings == Settings()
    assert file.aside == Aside(Why.NEWER, "settings.newer-1.ini")
    file.change(ratings=True)
    assert (tmp_path / "settings.newer-1.ini").read_text() == newer
    assert "future" not in (tmp_path / FILE_NAME).read_text()


def test_a_file_from_before_schemas_were_named_is_brought_up_to_date(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[practice]\nnumbers=yes\n")
    file = SettingsFile(tmp_path)
    assert file.aside is None
    assert file.settings.numbers
    kept = QSettings(str(tmp_path / FILE_NAME), QSettings.Format.IniFormat)
    assert int(str(kept.value("schema"))) == SCHEMA
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_each_step_is_taken_once_and_in_order(tmp_path: Path) -> None:
    file = QSettings(str(tmp_path / FILE_NAME), QSettings.Format.IniFormat)
    file.setValue("a", "1")
    taken: list[int] = []
    steps = {number: lambda _, number=number: taken.append(number) for number in range(4)}
    bring_up_to_date(file, 1, steps, 4)
    assert taken == [1, 2, 3]
    assert file.value("schema") == 4
    bring_up_to_date(file, 4, steps, 4)
    assert taken == [1, 2, 3]


def test_home_says_what_was_put_aside(home: Path, look: theme.Look) -> None:
    (home / FILE_NAME).write_bytes(b"\0")
    window = MainWindow(home, language="en")
    window._take_kept(Kept((), ()))
    assert "settings.damaged-1.ini" in window.home._notice.text()
    window.close()
    window.deleteLater()


def test_all_is_set_back_but_what_is_not_a_matter_of_taste(
    window: MainWindow, look: theme.Look
) -> None:
    strap = Strap("F0:9E:1A:00:00:01", "Polar H10")
    window._file.change(
        strap=strap, region="de", look="dark", text_pct=150, numbers=True, lock_after_min=30
    )
    window.preferences.open()
    page = window.preferences.screen
    before = window.settings
    page.reset.click()
    assert window.settings == replace(Settings(), strap=strap, region="de", lock_after_min=30)
    assert theme.current().text_scale == 1.0
    assert page.undo.isVisible()
    page.undo.click()
    assert window.settings == before
    assert theme.current().name == "dark"
    assert not page.undo.isVisible()


def test_setting_back_twice_is_undone_to_before_the_first(window: MainWindow) -> None:
    window._file.change(numbers=True)
    window.preferences.open()
    page = window.preferences.screen
    page.reset.click()
    page.reset.click()
    page.undo.click()
    assert window.settings.numbers
